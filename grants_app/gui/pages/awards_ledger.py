"""The seats of the campaign as squares and as rows: filtered by how they stand, several ticked at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from grants_app.gui.pages.awards_data import filter_counts, seat_rows, total_chips
from grants_app.gui.pages.awards_seats import SeatGrid
from grants_app.gui.pages.awards_table import FILTERS, LedgerTable
from grants_app.gui.pages.awards_ticks import TickBar
from grants_app.gui.widgets.chips import ChipRow
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.tab_row import TabRow

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.awards_data import Ledger, LedgerRow

_BAR = 36
_BARS = 38


class LedgerView(QWidget):
    """Seats over their filter, the bar of ticks over the rows; the cursor is one, whatever it is moved in."""

    row_chosen = Signal(object)
    """The cursor is on this seat; carries its row."""
    ticked_wanted = Signal(str, object)
    """An act (confirm, decline, expire, extend) on all ticked seats; carries their lines."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = context.theme, context.words
        self._ledger: Ledger | None = None
        self._chosen: tuple[str, int] | None = None
        self.grid = SeatGrid(self._theme, self)
        self.grid.setObjectName("seat_grid")
        self.filters = TabRow(self._theme, FILTERS, self)
        self.chips = ChipRow(self._theme, self)
        self.tick_bar = TickBar(self._theme, self)
        self.bars = QStackedWidget(self)
        self.table = LedgerTable(self._theme, self._words, self)
        self._lay_out()
        self.grid.seat_chosen.connect(self.choose)
        self.table.chosen.connect(self._on_row_chosen)
        self.table.ticked_changed.connect(self._on_ticked_changed)
        self.filters.chosen.connect(self.table.filter)
        self.filters.chosen.connect(self._order_tabs)
        self.tick_bar.wanted.connect(self._on_ticked_wanted)

    def _lay_out(self) -> None:
        for button in self.filters.buttons.values():
            button.setFixedHeight(_BAR)
        self.filters.setFixedHeight(_BAR)
        self.filters.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # Filters and acts stand in one place: a bar that came in between would push the rows under the hand.
        filtering = QWidget(self)
        bar = QHBoxLayout(filtering)
        bar.setContentsMargins(6, 0, 14, 0)
        bar.addWidget(self.filters)
        bar.addWidget(self.chips, 1)
        self.bars.setFixedHeight(_BARS)
        self.bars.addWidget(filtering)
        self.bars.addWidget(self.tick_bar)
        column = flush_column(self)
        column.addWidget(Hairline(self._theme, self))
        column.addWidget(self.grid)
        column.addWidget(self.bars)
        column.addWidget(Hairline(self._theme, self))
        column.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Word everything again; the ledger is read in the new language by the page."""
        words = self._words
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

    def show_ledger(self, ledger: Ledger) -> None:
        """Show the ledger, the cursor where it was."""
        self._ledger = ledger
        self._word_filters()
        self.grid.show_rows(seat_rows(self._words, ledger))
        self.table.show_ledger(ledger.columns, ledger.rows)
        self._order_tabs()
        if self._chosen is not None:
            self.choose(*self._chosen)

    @Slot(str, int)
    def choose(self, pool: str, seat: int) -> None:
        """Put the cursor on a seat, whatever the filter hides."""
        if not self.table.choose(pool, seat):
            self.filters.choose("all")
            self.table.choose(pool, seat)

    @Slot()
    def focus_rows(self) -> None:
        """The focus to the rows."""
        if self.table.table is not None:
            self.table.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _order_tabs(self) -> None:
        """Tab goes on from the rows to what is done with the ticked, then to the card."""
        filter_, buttons = self.filters.buttons[self.filters.current], self.tick_bar.buttons.values()
        if self.table.table is not None:
            for one, following in pairwise((self.grid, filter_, self.table.table, *buttons)):
                self.setTabOrder(one, following)

    def _word_filters(self) -> None:
        words, ledger = self._words, self._ledger
        counts = filter_counts(ledger.totals) if ledger else {}
        for key, text in (
            ("all", words("All")),
            ("offered", words("Waiting")),
            ("overdue", words("Overdue")),
            ("confirmed", words("Confirmed")),
            ("free", words("Free")),
        ):
            self.filters.set_word(key, f"{text} {counts[key]}" if key in counts else text)
        if ledger is not None and ledger.sealed is not None:
            self.chips.show_states(total_chips(words, ledger.totals))

    @Slot(object)
    def _on_row_chosen(self, row: LedgerRow | None) -> None:
        if row is not None and self._ledger is not None:
            self._chosen = (row.line.pool, row.line.seat)
            self.grid.choose(*self._chosen)
            self.row_chosen.emit(row)

    @Slot()
    def _on_ticked_changed(self) -> None:
        rows = self.table.ticked()
        states = {row.standing for row in rows}
        allowed = self._ledger.allowed if self._ledger is not None else frozenset()
        self.tick_bar.show_count(
            len(rows) if "award" in allowed else 0,
            unanswered=states <= {"offered", "overdue"},
            overdue=states <= {"overdue"},
            extend="extend" in allowed,
        )
        acting = bool(rows) and "award" in allowed
        self.bars.setCurrentIndex(1 if acting else 0)

    @Slot(str)
    def _on_ticked_wanted(self, act: str) -> None:
        lines = tuple(row.line for row in self.table.ticked())
        if act == "clear":
            self.table.tick(())
        elif lines:
            self.ticked_wanted.emit(act, lines)
