"""The ledger of seats: every seat a cell and a row, answers, the next round; the sum is always shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.answer import AnswerPanel, Asked
from grants_app.gui.dialogs.seal import short_fingerprint
from grants_app.gui.dialogs.seal_next import NextRoundPanel
from grants_app.gui.page import Filter, Page, PageContext
from grants_app.gui.pages.appeals_tab import AppealsTab
from grants_app.gui.pages.awards_card import SeatCard, SeatShown
from grants_app.gui.pages.awards_data import read_ledger, seat_rows, sum_text, total_chips
from grants_app.gui.pages.awards_seats import SeatGrid
from grants_app.gui.pages.awards_table import FILTERS, LedgerTable
from grants_app.gui.widgets.chips import ChipRow
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.services import seats
from grants_app.services.access import PERMISSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QResizeEvent

    from grants_app.gui.dialogs.answer import Answer
    from grants_app.gui.pages.awards_data import Ledger, LedgerRow
    from grants_app.gui.tasks import Task
    from grants_app.services.runs import Proposal

_BAR = 36
_NARROW = 1150


class AwardsPage(Page):
    """Seats, ledger, answers, the next round."""

    page_id: ClassVar[str] = "awards"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ledger: Ledger | None = None
        self._chosen: tuple[str, int] | None = None
        theme, words = self.theme, self.words
        self.views = TabRow(theme, ("ledger", "appeals"), self)
        self.header.filters.addWidget(self.views)
        self.chips = ChipRow(theme, self)
        self.header.filters.addWidget(self.chips, 1)
        self.sum_label = Label(theme, "bold", parent=self)
        self.sum_label.setObjectName("sum_label")
        self.header.acts.addWidget(self.sum_label)
        self.grid = SeatGrid(theme, self)
        self.grid.setObjectName("seat_grid")
        self.tabs = TabRow(theme, FILTERS, self)
        self.table = LedgerTable(theme, words, self)
        self.run_label = Label(theme, "small", "muted", parent=self)
        self.card = SeatCard(theme, words, self)
        self.answer_panel = AnswerPanel(context, self)
        self.next_panel = NextRoundPanel(context, self)
        self.right = QStackedWidget(self)
        for panel in (self.card, self.answer_panel, self.next_panel):
            self.right.addWidget(panel)
        self.empty = EmptyState(theme, "awards", self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._lists())
        self.appeals_tab = AppealsTab(context, self)
        self.stack.addWidget(self.appeals_tab)
        self.body.addWidget(self.stack)
        self._connect()
        self.retranslate()

    def _lists(self) -> QWidget:
        whole = QWidget(self)
        for button in self.tabs.buttons.values():
            button.setFixedHeight(_BAR)
        self.tabs.setFixedHeight(_BAR)
        bar = QHBoxLayout()
        bar.setContentsMargins(6, 0, 14, 0)
        bar.addWidget(self.tabs, 1)
        bar.addWidget(self.run_label)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(Hairline(self.theme, whole))
        left.addWidget(self.grid)
        left.addLayout(bar)
        left.addWidget(Hairline(self.theme, whole))
        left.addWidget(self.table, 1)
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.right)
        return whole

    def _connect(self) -> None:
        self.grid.seat_chosen.connect(self._on_seat_chosen)
        self.table.chosen.connect(self._on_row_chosen)
        self.tabs.chosen.connect(self.table.filter)
        self.card.answer_wanted.connect(self.ask_answer)
        self.card.next_round_wanted.connect(self.ask_next_round)
        self.answer_panel.closed.connect(self._show_card)
        self.next_panel.closed.connect(self._show_card)
        self.answer_panel.recorded.connect(self._on_recorded)
        self.next_panel.sealed.connect(self._on_sealed)
        self.empty.pressed.connect(self._on_empty_pressed)
        self.views.chosen.connect(self._on_view_chosen)
        self.appeals_tab.failed.connect(self.on_failed)
        self.appeals_tab.told.connect(self.show_message)
        self.appeals_tab.changed.connect(self.context.desk.tell)
        self.appeals_tab.register_wanted.connect(self._on_register_wanted)

    # ---- what the window asks -------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return self.words("Awards")

    def refresh(self) -> None:
        """Read the ledger again."""
        office, words = self.context.office, self.words.current

        def work(_task: Task[Ledger]) -> Ledger:
            return read_ledger(office, words)

        self.run(work, self._on_ledger_read, key="awards_ledger")

    def retranslate(self) -> None:
        """Word everything again; the ledger is read in the new language."""
        super().retranslate()
        words = self.words
        self.grid.set_titles(
            (
                words("Programme"),
                words("Branch"),
                words("Seats"),
                words("All"),
                words("Conf."),
                words("Reserve"),
            )
        )
        for key, text in (
            ("all", words("All seats")),
            ("offered", words("Waiting")),
            ("overdue", words("Overdue")),
            ("confirmed", words("Confirmed")),
            ("free", words("Free")),
        ):
            self.tabs.set_word(key, text)
        self.views.set_word("ledger", words("Ledger"))
        self.views.set_word("appeals", words("Appeals"))
        for panel in (self.card, self.answer_panel, self.next_panel, self.appeals_tab):
            panel.retranslate()
        self._word_state()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the menu may ask of the page now."""
        offered: dict[str, Callable[[], None]] = {"recalculate": self.refresh, "export": self._open_export}
        if self.card.shown is not None and self.card.shown.row.line.application_no:
            offered["person_card"] = self._open_card
        return offered

    def regions(self) -> list[QWidget]:
        """What F6 walks through: the seats, then the lists on view."""
        return [self.grid, *super().regions()]

    def help_text(self) -> str:
        """What F1 says of the page, or of the tab on view."""
        if self.views.current == "appeals":
            return self.appeals_tab.help_text()
        return self.words(
            "Every seat with its holder, state and history. Record what people answer: what "
            "an answer sets off is shown before it is recorded. Free seats go to the reserve "
            "in the next round, sealed under its own minutes."
        )

    def set_big(self, big: bool) -> None:  # noqa: FBT001 - the frame's own form
        """The ledger alone, or with the seats and the card."""
        self.grid.setVisible(not big)
        self.right.setVisible(not big)

    def apply_filter(self, filter_: Filter) -> None:
        """`view` (ledger, appeals), `state` (all, offered, overdue, confirmed, free), `no` (application)."""
        if filter_:
            self.views.choose(filter_.get("view", "ledger"))
        if "state" in filter_ and filter_["state"] in FILTERS:
            self.tabs.choose(filter_["state"])
        if "no" in filter_:
            self.table.choose_number(filter_["no"])

    def primary_action(self) -> None:
        """Record the answer of the chosen seat, or fill the free ones."""
        shown = self.card.shown
        if shown is None or not shown.may_answer:
            return
        if shown.row.standing == "overdue":
            self.ask_answer("expire")
        elif shown.row.standing == "offered":
            self.ask_answer("confirm")
        elif shown.row.standing == "confirmed":
            self.ask_answer("decline")
        else:
            self.ask_next_round()

    # ---- acts -----------------------------------------------------------------------------------------

    @Slot(str)
    def ask_answer(self, answer: Answer) -> None:
        """Open the recording of an answer for the seat on view."""
        ledger, shown = self._ledger, self.card.shown
        if ledger is None or shown is None:
            return
        self.right.setCurrentWidget(self.answer_panel)
        self.answer_panel.ask(Asked(shown.row.line, answer, lambda pool: ledger.programme(self.words, pool)))

    @Slot()
    def ask_next_round(self) -> None:
        """Open the next round for the free seats."""
        ledger = self._ledger
        if ledger is None:
            return
        self.right.setCurrentWidget(self.next_panel)
        self.next_panel.ask(ledger.totals.free, lambda pool: ledger.programme(self.words, pool))

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_ledger_read(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._word_state()
        self._on_view_chosen(self.views.current)
        if ledger.sealed is None:
            return
        self.grid.show_rows(seat_rows(self.words, ledger))
        self.table.show_ledger(ledger.columns, ledger.rows)
        if self._chosen is not None:
            self._choose(*self._chosen)

    @Slot(str, int)
    def _on_seat_chosen(self, pool: str, seat: int) -> None:
        self._choose(pool, seat)

    def _choose(self, pool: str, seat: int) -> None:
        if not self.table.choose(pool, seat):
            self.tabs.choose("all")
            self.table.choose(pool, seat)

    @Slot(object)
    def _on_row_chosen(self, row: LedgerRow | None) -> None:
        ledger = self._ledger
        if row is None or ledger is None:
            return
        line = row.line
        self._chosen = (line.pool, line.seat)
        self.grid.choose(line.pool, line.seat)
        office = self.context.office
        shown = SeatShown(
            row,
            seats.history(office, line.pool, line.seat),
            seats.reserve(office, line.pool),
            self._may("award"),
        )
        self.card.show_seat(ledger, shown)
        self._show_card()
        self._word_state()
        self.commands_changed.emit()

    @Slot(object)
    def _on_recorded(self, steps: object) -> None:
        del steps
        self.show_message("ok", self.words("The answer is recorded."))
        self._tell(Changed(awards=True, papers=True))

    @Slot(object)
    def _on_sealed(self, proposal: Proposal) -> None:
        text = self.words("Run {no} is sealed and its grants are offered.", no=proposal.no)
        self.show_message("ok", text)
        self._tell(Changed(runs=True, awards=True))

    def _tell(self, changed: Changed) -> None:
        self._show_card()
        self.context.desk.tell(changed)
        self.refresh()

    # ---- state ----------------------------------------------------------------------------------------

    @Slot(str)
    def _on_view_chosen(self, view: str) -> None:
        if view == "appeals":
            self.stack.setCurrentWidget(self.appeals_tab)
            self.appeals_tab.refresh()
        else:
            self.stack.setCurrentIndex(0 if self._ledger is None or self._ledger.sealed is None else 1)
        self._word_state()

    @Slot(str)
    def _on_register_wanted(self, number: str) -> None:
        self.context.go("applicants", {"no": number, "search": number})

    @Slot()
    def _show_card(self) -> None:
        self.right.setCurrentWidget(self.card)

    def _word_state(self) -> None:
        words, ledger = self.words, self._ledger
        shown = self.card.shown
        if ledger is None:
            self.empty.show_state(words("Reading…"), icon="hourglass")
        else:
            self.empty.show_state(
                words("No grant has been offered yet. They are offered when a run is sealed in Ranking."),
                words("Go to Ranking"),
                "awards",
            )
        if ledger is None or ledger.sealed is None or self.views.current == "appeals":
            self.header.set_primary("")
            self.chips.show_states([])
            self.sum_label.setText("")
            return
        self.chips.show_states(total_chips(words, ledger.totals))
        self.sum_label.setText(sum_text(ledger.totals))
        self.sum_label.set_colour("text" if ledger.totals.adds_up else "bad")
        self.sum_label.setToolTip(
            words("Offered + confirmed + free + not yet given to any programme = all grants")
        )
        run = ledger.sealed
        self.run_label.setText(
            words(
                "Run {no}, minutes {minutes} of {day} · {fingerprint}",
                no=run.no,
                minutes=run.minutes_no,
                day=words.current.date(run.minutes_on) if run.minutes_on else "",
                fingerprint=short_fingerprint(run.fingerprint),
            )
        )
        answerable = shown is not None and shown.may_answer
        free = shown is not None and shown.row.standing in ("free", "returned")
        self.header.set_primary(words("Next round…") if free else words("Record answer…"), enabled=answerable)
        self.header.primary_button.updateGeometry()

    def _may(self, act: str) -> bool:
        closed = self._ledger is not None and self._ledger.campaign.read_only
        return not closed and act in PERMISSIONS[self.context.office.actor.role]

    def _open_card(self) -> None:
        shown = self.card.shown
        if shown is not None:
            number = shown.row.line.application_no
            self.context.go("applicants", {"no": number, "search": number})

    def _open_export(self) -> None:
        self.context.go("papers", {"kind": "ledger"})

    @Slot()
    def _on_empty_pressed(self) -> None:
        self.context.go("ranking")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card gives way to the ledger in a small window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.right.setFixedWidth(310 if narrow else 372)
        self.run_label.setVisible(not narrow)
