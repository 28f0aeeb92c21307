"""The column beside the ledger: the card of the chosen seat, and every act on seats and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.answer import AnswerPanel, Asked
from grants_app.gui.dialogs.cascade import CascadePanel
from grants_app.gui.dialogs.orders import ExtensionPanel, SeatsPanel
from grants_app.gui.dialogs.reasoned import Reasoned, ReasonPanel
from grants_app.gui.pages import awards_reasons
from grants_app.gui.pages.awards_card import SeatCard, SeatShown

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from grants_app.domain.award import LedgerLine
    from grants_app.domain.rounds import Answer, CascadeRecord, GivenAnswer
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.awards_data import Ledger


class SeatActs(QStackedWidget):
    """The card, and in its place the panel of the act under way."""

    done = Signal(str, object)
    """Something was done: the sentence that says so, and what changed."""
    sealed = Signal(object)
    """A chain was confirmed; carries its record."""
    left = Signal()
    """The panel that had the focus closed."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._words = context, context.words
        self._ledger: Ledger | None = None
        self.card = SeatCard(context.theme, context.words, self)
        self.answer_panel = AnswerPanel(context, self)
        self.cascade_panel = CascadePanel(context, self)
        self.extension_panel = ExtensionPanel(context, self)
        self.seats_panel = SeatsPanel(context, self)
        self.reason_panel = ReasonPanel(context, self)
        self._panels = (
            self.answer_panel,
            self.cascade_panel,
            self.extension_panel,
            self.seats_panel,
            self.reason_panel,
        )
        for widget in (self.card, *self._panels):
            self.addWidget(widget)
        self._connect()

    def _connect(self) -> None:
        self.card.answer_wanted.connect(self.ask_answer)
        self.card.act_wanted.connect(self.ask_act)
        self.card.next_round_wanted.connect(self.ask_next_round)
        for panel in self._panels:
            panel.closed.connect(self.show_card)
        self.answer_panel.recorded.connect(self._on_recorded)
        self.answer_panel.cascade_wanted.connect(self._on_cascade_wanted)
        self.cascade_panel.confirmed.connect(self._on_confirmed)
        for ordered in (self.extension_panel, self.seats_panel, self.reason_panel):
            ordered.done.connect(self._on_ordered)

    def retranslate(self) -> None:
        """Word everything again."""
        self.card.retranslate()
        for panel in self._panels:
            panel.retranslate()

    def show_ledger(self, ledger: Ledger) -> None:
        """Acts are on the seats of this ledger now."""
        self._ledger = ledger

    def show_seat(self, shown: SeatShown) -> None:
        """Show the card of a seat."""
        if self._ledger is not None:
            self.show_card()
            self.card.show_seat(self._ledger, shown)

    @Slot()
    def show_card(self) -> None:
        """Back to the card of the chosen seat."""
        focus, panel = QApplication.focusWidget(), self.currentWidget()
        inside = panel in self._panels and focus is not None and self.isAncestorOf(focus)
        self.setCurrentWidget(self.card)
        if inside:
            self.left.emit()

    # ---- acts -----------------------------------------------------------------------------------------

    @Slot(str)
    def ask_answer(self, answer: str) -> None:
        """Open the recording of an answer for the seat on view."""
        shown = self.card.shown
        if shown is not None:
            self.ask_answers(answer, (shown.row.line,))

    def ask_answers(self, answer: str, lines: tuple[LedgerLine, ...]) -> None:
        """Open the recording of one answer for several seats."""
        may_seal = self._ledger is not None and "seal" in self._ledger.allowed
        self.setCurrentWidget(self.answer_panel)
        self.answer_panel.ask(Asked(lines, cast("Answer", answer), self._programme, may_seal=may_seal))

    @Slot()
    def ask_next_round(self) -> None:
        """Open the next round for the free seats."""
        self._on_cascade_wanted(())

    @Slot()
    def ask_seats(self) -> None:
        """Open the moving of seats and the changing of the total."""
        self.setCurrentWidget(self.seats_panel)
        self.seats_panel.ask(self._programme)

    @Slot()
    def ask_clock(self) -> None:
        """Open the confirming of the computer's clock."""
        self._ask_reason(awards_reasons.confirmed_clock(self._context))

    @Slot(str)
    def ask_act(self, act: str) -> None:
        """Open an act on the seat on view: extend, undo or take_back."""
        shown = self.card.shown
        if shown is None:
            return
        if act == "extend":
            self.ask_extension((shown.row.line,))
        elif act == "undo":
            self._ask_reason(awards_reasons.undone_answer(self._context, shown.history[-1]))
        else:
            self._ask_reason(awards_reasons.taken_back(self._context, shown.row.line))

    def ask_extension(self, lines: tuple[LedgerLine, ...]) -> None:
        """Open the putting off of what these seats' holders have to answer by."""
        self.setCurrentWidget(self.extension_panel)
        self.extension_panel.ask(lines)

    def _ask_reason(self, asked: Reasoned) -> None:
        self.setCurrentWidget(self.reason_panel)
        self.reason_panel.ask(asked)

    def _programme(self, pool: str) -> str:
        return self._ledger.programme(self._words, pool) if self._ledger is not None else pool

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_cascade_wanted(self, answers: tuple[GivenAnswer, ...]) -> None:
        self.setCurrentWidget(self.cascade_panel)
        self.cascade_panel.ask(answers, self._programme)

    @Slot(object)
    def _on_recorded(self, changed: Changed) -> None:
        self.show_card()
        self.done.emit(self._words("The answer is recorded."), changed)

    @Slot(object)
    def _on_confirmed(self, record: CascadeRecord) -> None:
        self.show_card()
        self.sealed.emit(record)

    @Slot(str)
    def _on_ordered(self, sentence: str) -> None:
        self.show_card()
        self.done.emit(sentence, Changed(awards=True, campaign=True, papers=True, runs=True))

    def showEvent(self, event: QShowEvent) -> None:
        """A card filled out of sight was measured for another width: again, once this one is settled."""
        super().showEvent(event)
        QTimer.singleShot(0, self.card.retranslate)
