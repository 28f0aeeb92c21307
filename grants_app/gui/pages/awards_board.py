"""The ledger on the screen: seats as squares and rows, and beside them the card or the act under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.answer import AnswerPanel, Asked
from grants_app.gui.dialogs.cascade import CascadePanel
from grants_app.gui.dialogs.orders import ExtensionPanel, SeatsPanel
from grants_app.gui.dialogs.reasoned import Reasoned, ReasonPanel
from grants_app.gui.pages.awards_card import SeatCard, SeatShown
from grants_app.gui.pages.awards_data import filter_counts, seat_rows, total_chips
from grants_app.gui.pages.awards_seats import SeatGrid
from grants_app.gui.pages.awards_table import FILTERS, LedgerTable
from grants_app.gui.pages.awards_ticks import TickBar
from grants_app.gui.widgets.chips import ChipRow
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.services import clock, seats, way_back
from grants_app.services.access import PERMISSIONS

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from grants_app.domain.award import LedgerLine
    from grants_app.domain.rounds import Answer, CascadeRecord, GivenAnswer
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.awards_data import Ledger, LedgerRow

_BAR = 36
_NARROW = 1150


class AwardsBoard(QWidget):
    """Seats, ledger, card; every act on seats and answers opens in the column at the right."""

    done = Signal(str, object)
    """Something was done: the sentence that says so, and what changed."""
    sealed = Signal(object)
    """A chain was confirmed; carries its record."""
    moved = Signal()
    """Another seat is on view."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.words = context, context.words
        self.ledger: Ledger | None = None
        self._chosen: tuple[str, int] | None = None
        theme, words = context.theme, self.words
        self.grid = SeatGrid(theme, self)
        self.grid.setObjectName("seat_grid")
        self.filters = TabRow(theme, FILTERS, self)
        self.chips = ChipRow(theme, self)
        self.tick_bar = TickBar(theme, self)
        self.table = LedgerTable(theme, words, self)
        self.card = SeatCard(theme, words, self)
        self.answer_panel = AnswerPanel(context, self)
        self.cascade_panel = CascadePanel(context, self)
        self.extension_panel = ExtensionPanel(context, self)
        self.seats_panel = SeatsPanel(context, self)
        self.reason_panel = ReasonPanel(context, self)
        self.right = QStackedWidget(self)
        for panel in (self.card, *self._panels()):
            self.right.addWidget(panel)
        self._lay_out()
        self._connect()

    def _panels(
        self,
    ) -> tuple[AnswerPanel, CascadePanel, ExtensionPanel, SeatsPanel, ReasonPanel]:
        return (
            self.answer_panel,
            self.cascade_panel,
            self.extension_panel,
            self.seats_panel,
            self.reason_panel,
        )

    def _lay_out(self) -> None:
        theme = self.context.theme
        for button in self.filters.buttons.values():
            button.setFixedHeight(_BAR)
        self.filters.setFixedHeight(_BAR)
        bar = QHBoxLayout()
        bar.setContentsMargins(6, 0, 14, 0)
        bar.addWidget(self.filters)
        bar.addWidget(self.chips, 1)
        self.filters.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(Hairline(theme, self))
        left.addWidget(self.grid)
        left.addLayout(bar)
        left.addWidget(self.tick_bar)
        left.addWidget(Hairline(theme, self))
        left.addWidget(self.table, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.right)

    def _connect(self) -> None:
        self.grid.seat_chosen.connect(self.choose)
        self.table.chosen.connect(self._on_row_chosen)
        self.table.ticked_changed.connect(self._on_ticked_changed)
        self.filters.chosen.connect(self.table.filter)
        self.tick_bar.wanted.connect(self._on_ticked_wanted)
        self.card.answer_wanted.connect(self.ask_answer)
        self.card.act_wanted.connect(self.ask_act)
        self.card.next_round_wanted.connect(self.ask_next_round)
        for panel in self._panels():
            panel.closed.connect(self.show_card)
        self.answer_panel.recorded.connect(self._on_recorded)
        self.answer_panel.cascade_wanted.connect(self._on_cascade_wanted)
        self.cascade_panel.confirmed.connect(self._on_confirmed)
        for ordered in (self.extension_panel, self.seats_panel):
            ordered.done.connect(self._on_ordered)
        self.reason_panel.done.connect(self._on_ordered)

    # ---- showing --------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Word everything again; the ledger is read in the new language by the page."""
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
        self._word_filters()
        self.tick_bar.word(words)
        self.card.retranslate()
        for panel in self._panels():
            panel.retranslate()

    def show_ledger(self, ledger: Ledger) -> None:
        """Show the ledger, the cursor where it was."""
        self.ledger = ledger
        self._word_filters()
        self.grid.show_rows(seat_rows(self.words, ledger))
        self.table.show_ledger(ledger.columns, ledger.rows)
        if self._chosen is not None:
            self.choose(*self._chosen)

    def _word_filters(self) -> None:
        words, ledger = self.words, self.ledger
        counts = filter_counts(ledger.totals) if ledger else {}
        for key, text in (
            ("all", words("All")),
            ("offered", words("Waiting")),
            ("overdue", words("Overdue")),
            ("confirmed", words("Confirmed")),
            ("free", words("Free")),
        ):
            self.filters.set_word(key, f"{text} {counts[key]}" if key in counts else text)
        if ledger is None or ledger.sealed is None:
            return
        self.chips.show_states(total_chips(words, ledger.totals))

    @Slot(str, int)
    def choose(self, pool: str, seat: int) -> None:
        """Put the cursor on a seat, whatever the filter hides."""
        if not self.table.choose(pool, seat):
            self.filters.choose("all")
            self.table.choose(pool, seat)

    @Slot()
    def show_card(self) -> None:
        """Back to the card of the chosen seat."""
        self.right.setCurrentWidget(self.card)

    def may(self, act: str) -> bool:
        """Whether the officer's role may do it in this campaign now."""
        closed = self.ledger is not None and self.ledger.campaign.read_only
        return not closed and act in PERMISSIONS[self.context.office.actor.role]

    # ---- acts -----------------------------------------------------------------------------------------

    @Slot(str)
    def ask_answer(self, answer: str) -> None:
        """Open the recording of an answer for the seat on view."""
        shown = self.card.shown
        if shown is not None:
            self._ask(answer, (shown.row.line,))

    def _ask(self, answer: str, lines: tuple[LedgerLine, ...]) -> None:
        self.right.setCurrentWidget(self.answer_panel)
        asked = Asked(lines, cast("Answer", answer), self._programme, may_seal=self.may("seal"))
        self.answer_panel.ask(asked)

    @Slot()
    def ask_next_round(self) -> None:
        """Open the next round for the free seats."""
        self._on_cascade_wanted(())

    @Slot()
    def ask_seats(self) -> None:
        """Open the moving of seats and the changing of the total."""
        self.right.setCurrentWidget(self.seats_panel)
        self.seats_panel.ask(self._programme)

    @Slot()
    def ask_clock(self) -> None:
        """Open the confirming of the computer's clock."""
        words, office = self.words, self.context.office

        def texts() -> tuple[str, str, str, str]:
            now = words.current.date_time(office.store.now(), office.campaign().setup.zone)
            return (
                words("Confirm the computer's clock"),
                words(
                    "The clock shows {now}, earlier than the last event in the journal. Put it right if "
                    "it is wrong; if it is right, say why.",
                    now=now,
                ),
                words("The clock is right"),
                words("The clock is confirmed; acts with a date go on."),
            )

        self._reason(Reasoned(texts, lambda reason: clock.confirm_clock(office, reason)))

    @Slot(str)
    def ask_act(self, act: str) -> None:
        """Open an act on the seat on view: extend, undo or take_back."""
        shown = self.card.shown
        if shown is None:
            return
        if act == "extend":
            self._extend((shown.row.line,))
        elif act == "undo":
            self._ask_undo(shown)
        else:
            self._ask_take_back(shown.row.line)

    def _extend(self, lines: tuple[LedgerLine, ...]) -> None:
        self.right.setCurrentWidget(self.extension_panel)
        self.extension_panel.ask(lines)

    def _ask_undo(self, shown: SeatShown) -> None:
        words, office, last = self.words, self.context.office, shown.history[-1]

        def texts() -> tuple[str, str, str, str]:
            return (
                words("Undo the answer of {name}", name=last.full_name),
                words("The offer stands again as before; a cancelled letter is issued anew."),
                words("Undo the answer"),
                words("The answer is undone."),
            )

        number = last.award.application_no
        self._reason(Reasoned(texts, lambda reason: way_back.undo_answer(office, number, reason)))

    def _ask_take_back(self, line: LedgerLine) -> None:
        words, office = self.words, self.context.office

        def texts() -> tuple[str, str, str, str]:
            return (
                words("Take the seat back from {name}", name=line.full_name),
                words("They hold nothing then and compete no more; their letter is cancelled."),
                words("Take the seat back"),
                words("The seat is taken back."),
            )

        number = line.application_no
        self._reason(Reasoned(texts, lambda reason: way_back.take_back(office, number, reason)))

    def _reason(self, asked: Reasoned) -> None:
        self.right.setCurrentWidget(self.reason_panel)
        self.reason_panel.ask(asked)

    def _programme(self, pool: str) -> str:
        return self.ledger.programme(self.words, pool) if self.ledger is not None else pool

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_row_chosen(self, row: LedgerRow | None) -> None:
        ledger = self.ledger
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
            self.may("award"),
            may_extend=self.may("extend"),
            may_revoke=self.may("revoke"),
        )
        self.show_card()
        self.card.show_seat(ledger, shown)
        self.moved.emit()

    @Slot()
    def _on_ticked_changed(self) -> None:
        rows = self.table.ticked()
        states = {row.standing for row in rows}
        self.tick_bar.show_count(
            len(rows) if self.may("award") else 0,
            unanswered=states <= {"offered", "overdue"},
            overdue=states <= {"overdue"},
            extend=self.may("extend"),
        )

    @Slot(str)
    def _on_ticked_wanted(self, act: str) -> None:
        lines = tuple(row.line for row in self.table.ticked())
        if act == "clear":
            self.table.tick(())
        elif act == "extend":
            self._extend(lines)
        elif lines:
            self._ask(act, lines)

    @Slot(object)
    def _on_cascade_wanted(self, answers: tuple[GivenAnswer, ...]) -> None:
        self.right.setCurrentWidget(self.cascade_panel)
        self.cascade_panel.ask(answers, self._programme)

    @Slot()
    def _on_recorded(self) -> None:
        self.table.tick(())
        self.show_card()
        self.done.emit(self.words("The answer is recorded."), Changed(awards=True, papers=True))

    @Slot(object)
    def _on_confirmed(self, record: CascadeRecord) -> None:
        self.table.tick(())
        self.show_card()
        self.sealed.emit(record)

    @Slot(str)
    def _on_ordered(self, sentence: str) -> None:
        self.table.tick(())
        self.show_card()
        self.done.emit(sentence, Changed(awards=True, campaign=True, papers=True, runs=True))

    def showEvent(self, event: QShowEvent) -> None:
        """A card filled out of sight was measured for another width: again, once this one is settled."""
        super().showEvent(event)
        QTimer.singleShot(0, self.card.retranslate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card gives way to the ledger in a small window."""
        super().resizeEvent(event)
        self.right.setFixedWidth(310 if self.width() < _NARROW else 372)
