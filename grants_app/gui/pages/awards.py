"""The awards: the ledger of seats with its sum; in tabs the reserve, calls, orders, confirmed chains."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.seal import short_fingerprint
from grants_app.gui.page import Filter, Page, PageContext
from grants_app.gui.pages.appeals_tab import AppealsTab
from grants_app.gui.pages.awards_annexes import AnnexesTab
from grants_app.gui.pages.awards_board import AwardsBoard
from grants_app.gui.pages.awards_calls import CallsTab
from grants_app.gui.pages.awards_data import read_ledger, sum_text
from grants_app.gui.pages.awards_register import RegisterTab
from grants_app.gui.pages.awards_reserve import ReserveTab
from grants_app.gui.pages.awards_table import FILTERS
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.strip import StripAction
from grants_app.gui.widgets.tab_row import TabRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QResizeEvent

    from grants_app.domain.rounds import CascadeRecord
    from grants_app.gui.pages.awards_data import Ledger
    from grants_app.gui.pages.awards_list_tab import AwardsListTab
    from grants_app.gui.tasks import Task

LEDGER, APPEALS = "ledger", "appeals"
_NARROW = 1150


class AwardsPage(Page):
    """Seats, ledger, answers, the next round; a tab for each list that hangs on them."""

    page_id: ClassVar[str] = "awards"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ledger: Ledger | None = None
        theme = self.theme
        self.board = AwardsBoard(context, self)
        self.reserve_tab = ReserveTab(context, self)
        self.calls_tab = CallsTab(context, self)
        self.register_tab = RegisterTab(context, self)
        self.annexes_tab = AnnexesTab(context, self)
        self.appeals_tab = AppealsTab(context, self)
        self._lists: dict[str, AwardsListTab | AnnexesTab] = {
            "reserve": self.reserve_tab,
            "calls": self.calls_tab,
            "register": self.register_tab,
            "annexes": self.annexes_tab,
        }
        self._tabs = {LEDGER: self.board, **self._lists, APPEALS: self.appeals_tab}
        self.views = TabRow(theme, tuple(self._tabs), self)
        self.header.filters.addWidget(self.views)
        self.header.filters.addStretch(1)
        self.sum_label = Label(theme, "bold", parent=self)
        self.sum_label.setObjectName("sum_label")
        self.seats_button = KeyButton(theme, self)
        self.seats_button.setObjectName("seats_button")
        self.run_label = Label(theme, "small", "muted", parent=self)
        self.header.acts.addWidget(self.run_label)
        self.header.acts.addSpacing(8)
        self.header.acts.addWidget(self.sum_label)
        self.header.acts.addWidget(self.seats_button)
        self.empty = EmptyState(theme, "awards", self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        for tab in self._tabs.values():
            self.stack.addWidget(tab)
        self.body.addWidget(self.stack)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.views.chosen.connect(self._show_tab)
        self.seats_button.clicked.connect(self.board.acts.ask_seats)
        self.board.done.connect(self._on_done)
        self.board.sealed.connect(self._on_sealed)
        self.board.moved.connect(self._word_state)
        self.board.moved.connect(self.commands_changed)
        for tab in self._lists.values():
            tab.done.connect(self._on_done)
        self.empty.pressed.connect(self._on_empty_pressed)
        self.appeals_tab.failed.connect(self.on_failed)
        self.appeals_tab.told.connect(self.show_message)
        self.appeals_tab.changed.connect(self.context.desk.tell)
        self.appeals_tab.register_wanted.connect(self._on_person_wanted)

    # ---- what the window asks -------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return self.words("Awards")

    def refresh(self) -> None:
        """Read the ledger again, and the tab on view."""
        office, words = self.context.office, self.words.current

        def work(_task: Task[Ledger]) -> Ledger:
            return read_ledger(office, words)

        self.run(work, self._on_ledger_read, key="awards_ledger")

    def retranslate(self) -> None:
        """Word everything again; the ledger is read in the new language."""
        super().retranslate()
        words = self.words
        for key, text in (
            (LEDGER, words("Ledger")),
            ("reserve", words("Reserve")),
            ("calls", words("Calls")),
            ("register", words("Orders")),
            ("annexes", words("Chains")),
            (APPEALS, words("Appeals")),
        ):
            self.views.set_word(key, text)
        self.seats_button.setText(words("Move seats…"))
        self.seats_button.updateGeometry()
        for tab in self._tabs.values():
            tab.retranslate()
        self._word_state()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the menu may ask of the page now."""
        exported = {"kind": "reserve" if self.views.current == "reserve" else "ledger"}
        offered: dict[str, Callable[[], None]] = {
            "recalculate": self.refresh,
            "export": lambda: self.context.go("papers", exported),
        }
        number = self.board.shown.row.line.application_no if self.board.shown is not None else ""
        if number:
            offered["person_card"] = lambda: self._on_person_wanted(number)
        if self.views.current == "annexes" and self.annexes_tab.shown_pdf:
            offered["print_preview"] = self.annexes_tab.print_annex
        return offered

    def regions(self) -> list[QWidget]:
        """What F6 walks through: the seats, then the lists on view."""
        grid = self.board.view.grid
        seats = [grid] if grid.isVisibleTo(self) else []
        return [*seats, *super().regions()]

    def help_text(self) -> str:
        """What F1 says of the page, or of the tab on view."""
        if self.views.current == APPEALS:
            return self.appeals_tab.help_text()
        return self.words(
            "All seats with their holder, status and history. Record each answer with the time "
            "it was received; press Space to tick several. The effects on all programmes are "
            "shown first and can be confirmed as one action under the minutes. Nothing expires "
            "automatically; deadlines and seats change only by order."
        )

    def set_big(self, big: bool) -> None:  # noqa: FBT001 - the frame's own form
        """The ledger alone, or with the seats and the card."""
        self.board.show_big(big=big)

    def apply_filter(self, filter_: Filter) -> None:
        """`view` (a tab), `state` (all, offered, overdue, confirmed, free), `no` (an application)."""
        if filter_:
            self.views.choose(filter_.get("view", LEDGER))
        if "state" in filter_ and filter_["state"] in FILTERS:
            self.board.view.filters.choose(filter_["state"])
        if "no" in filter_:
            self.board.view.table.choose_number(filter_["no"])

    def place(self) -> Filter:
        """As it stands."""
        return {}

    def primary_action(self) -> None:
        """Record the answer of the chosen seat, or fill the free ones."""
        shown = self.board.shown
        if shown is None or not shown.may_answer:
            return
        answers = {"overdue": "expire", "offered": "confirm", "confirmed": "decline"}
        if shown.row.standing in answers:
            self.board.acts.ask_answer(answers[shown.row.standing])
        else:
            self.board.acts.ask_next_round()

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_ledger_read(self, ledger: Ledger) -> None:
        self._ledger = ledger
        if ledger.sealed is not None:
            self.board.show_ledger(ledger)
        self._show_tab()
        self._tell_troubles(ledger)

    def _tell_troubles(self, ledger: Ledger) -> None:
        """What stops acts now, in the strip, with what to do about it."""
        words = self.words
        if ledger.clock_behind:
            action = StripAction(words("Confirm the clock…"), self._ask_clock)
            text = words(
                "The computer clock is earlier than the last journal entry; dated actions are blocked."
            )
            self.show_message("bad", text, action)
        elif ledger.unfit and ledger.sealed is not None:
            first = ledger.unfit[0]
            facts = dict(first.facts) | {"pool": ledger.programme(words, first.facts["pool"])}
            self.show_message("warn", words.code(first.code, **facts))

    @Slot()
    def _show_tab(self) -> None:
        """Show the tab chosen and read what it lists."""
        ledger, key = self._ledger, self.views.current
        self._word_state()
        if key == APPEALS:
            self.stack.setCurrentWidget(self.appeals_tab)
            self.appeals_tab.refresh()
        elif ledger is None or ledger.sealed is None:
            self.stack.setCurrentWidget(self.empty)
        else:
            self.stack.setCurrentWidget(self._tabs[key])
            if key in self._lists:
                self._lists[key].show_ledger(ledger)
        self.commands_changed.emit()

    @Slot(str, object)
    def _on_done(self, sentence: str, changed: Changed) -> None:
        self.context.tell_done(sentence, changed)
        self.refresh()

    @Slot(object)
    def _on_sealed(self, record: CascadeRecord) -> None:
        text = self.words(
            "The run has been sealed under minutes No. {number} and its grants have been offered.",
            number=record.minutes_no,
        )
        self.annexes_tab.choose(record.id)
        action = StripAction(self.words("Print the annex…"), lambda: self.views.choose("annexes"))
        self.show_message("ok", text, action)
        self.strip.action_link.setFocus()  # the next step
        self.context.desk.tell(Changed(runs=True, awards=True, papers=True))
        self.refresh()

    @Slot(str)
    def _on_person_wanted(self, number: str) -> None:
        self.context.open_person(
            number, self.board.view.table.numbers() if self.views.current == LEDGER else ()
        )

    # ---- state ----------------------------------------------------------------------------------------

    @Slot()
    def _word_state(self) -> None:
        words, ledger = self.words, self._ledger
        shown = self.board.shown
        if ledger is None:
            self.empty.show_state(words("Reading…"), icon="hourglass")
        else:
            self.empty.show_state(
                words("No grants yet. Grants are offered when a run is sealed in Ranking."),
                words("Go to Ranking"),
                "awards",
            )
        seen = ledger is not None and ledger.sealed is not None
        may_move = ledger is not None and "setup" in ledger.allowed
        self.seats_button.setVisible(seen and self.views.current == LEDGER and may_move)
        if ledger is None or not seen:
            self.header.set_primary("")
            self.sum_label.setText("")
            self.run_label.setText("")
            return
        run = ledger.sealed
        if run is not None:
            day = words.current.date(run.minutes_on) if run.minutes_on else ""
            self.run_label.setText(
                words("Run {no}, minutes No. {minutes} of {day}", no=run.no, minutes=run.minutes_no, day=day)
            )
            self.run_label.setToolTip(short_fingerprint(run.fingerprint))
        self.sum_label.setText(sum_text(ledger.totals))
        self.sum_label.set_colour("text" if ledger.totals.adds_up else "bad")
        self.sum_label.setToolTip(
            words("Offered + confirmed + free + not yet assigned to a programme = all grants")
        )
        answerable = shown is not None and shown.may_answer
        free = shown is not None and shown.row.standing in ("free", "returned")
        text = words("Next round…") if free else words("Record answer…")
        why_not = "" if answerable else words("Choose a seat that was offered, or a free one.")
        self.header.set_primary(text if self.views.current == LEDGER else "", why_not=why_not)
        self.header.primary_button.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The run's name gives way to the tabs in a small window."""
        super().resizeEvent(event)
        self.run_label.setVisible(self.width() >= _NARROW)

    def _ask_clock(self) -> None:
        self.views.choose(LEDGER)
        self.board.acts.ask_clock()

    @Slot()
    def _on_empty_pressed(self) -> None:
        self.context.go("ranking")
