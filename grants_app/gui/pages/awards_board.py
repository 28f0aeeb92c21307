"""The ledger on the screen, and beside it the card of the chosen seat or the act under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from grants_app.gui.pages.awards_acts import SeatActs
from grants_app.gui.pages.awards_card import SeatShown
from grants_app.gui.pages.awards_ledger import LedgerView
from grants_app.gui.widgets.layouts import flush_row
from grants_app.services import seats

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from grants_app.domain.award import LedgerLine
    from grants_app.domain.journal import Changed
    from grants_app.domain.rounds import CascadeRecord
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.awards_data import Ledger, LedgerRow

_NARROW = 1150


class AwardsBoard(QWidget):
    """Seats and rows at the left, card and acts at the right; what is done ends the ticks."""

    done = Signal(str, object)
    """Something was done: the sentence that says so, and what changed."""
    sealed = Signal(object)
    """A chain was confirmed; carries its record."""
    moved = Signal()
    """Another seat is on view."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ledger: Ledger | None = None
        self.view = LedgerView(context, self)
        self.acts = SeatActs(context, self)
        layout = flush_row(self)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.acts)
        self.view.row_chosen.connect(self._on_row_chosen)
        self.view.ticked_wanted.connect(self._on_ticked_wanted)
        self.acts.done.connect(self._on_done)
        self.acts.sealed.connect(self._on_sealed)
        self.acts.left.connect(self.view.focus_rows)

    @property
    def shown(self) -> SeatShown | None:
        """The seat on view."""
        return self.acts.card.shown

    def retranslate(self) -> None:
        """Word everything again; the ledger is read in the new language by the page."""
        self.view.retranslate()
        self.acts.retranslate()

    def show_ledger(self, ledger: Ledger) -> None:
        """Show the ledger, the cursor where it was."""
        self._ledger = ledger
        self.acts.show_ledger(ledger)
        self.view.show_ledger(ledger)

    def show_big(self, *, big: bool) -> None:
        """The rows alone, or with the squares and the card."""
        self.view.grid.setVisible(not big)
        self.acts.setVisible(not big)

    @Slot(object)
    def _on_row_chosen(self, row: LedgerRow) -> None:
        if self._ledger is None:
            return
        office, line, allowed = self._context.office, row.line, self._ledger.allowed
        self.acts.show_seat(
            SeatShown(
                row,
                seats.history(office, line.pool, line.seat),
                seats.reserve(office, line.pool),
                "award" in allowed,
                may_extend="extend" in allowed,
                may_revoke="revoke" in allowed,
            )
        )
        self.moved.emit()

    @Slot(str, object)
    def _on_ticked_wanted(self, act: str, lines: tuple[LedgerLine, ...]) -> None:
        if act == "extend":
            self.acts.ask_extension(lines)
        else:
            self.acts.ask_answers(act, lines)

    @Slot(str, object)
    def _on_done(self, sentence: str, changed: Changed) -> None:
        self.view.table.tick(())
        self.done.emit(sentence, changed)

    @Slot(object)
    def _on_sealed(self, record: CascadeRecord) -> None:
        self.view.table.tick(())
        self.sealed.emit(record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card gives way to the ledger in a small window."""
        super().resizeEvent(event)
        self.acts.setFixedWidth(310 if self.width() < _NARROW else 372)
