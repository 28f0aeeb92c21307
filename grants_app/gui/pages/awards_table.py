"""The ledger as a table, a row per seat, filtered by how seats stand; its columns are the exported ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.gui.pages.awards_data import KINDS, LedgerRow
from grants_app.gui.pages.ranking_table import cell_text, programme_parts
from grants_app.gui.table_models import ChipText, Column, LinesModel
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.tick_table import TickTable, tick_column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grants_app.domain import papers
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

FILTERS = ("all", "offered", "overdue", "confirmed", "free")

_ADMITS: Mapping[str, frozenset[str]] = {
    "offered": frozenset({"offered", "overdue"}),
    "overdue": frozenset({"overdue"}),
    "confirmed": frozenset({"confirmed"}),
    "free": frozenset({"free", "returned"}),
}
_WIDTHS = {
    "programme": 190,
    "seat": 70,
    "label": 80,
    "no": 70,
    "holder": 170,
    "state": 118,
    "deadline": 132,
    "phone": 112,
}
_SPARE = ("label", "phone", "deadline")


def _tick(row: LedgerRow) -> int | None:
    """A seat somebody holds may be ticked."""
    return row.line.award


class LedgerTable(QStackedWidget):
    """Every seat, or those that stand one way."""

    chosen = Signal(object)
    """The `LedgerRow` under the cursor, or None."""
    ticked_changed = Signal()
    """Other seats are ticked."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._keys: tuple[str, ...] = ()
        self._rows: tuple[LedgerRow, ...] = ()
        self._shown: list[LedgerRow] = []
        self._filter = "all"
        self.table: TickTable | None = None
        self.empty = EmptyState(theme, "filter", self)
        self.addWidget(self.empty)

    def show_ledger(self, columns: Sequence[papers.Column], rows: Sequence[LedgerRow]) -> None:
        """Show the ledger under the filter in force."""
        self._rows = tuple(rows)
        if self.table is not None:
            self.table.ticked &= {one for one in map(_tick, rows) if one is not None}
            self.ticked_changed.emit()
        keys = tuple(column.key for column in columns)
        if self.table is None or keys != self._keys:
            self._make(columns)
            self._keys = keys
        self.filter(self._filter)

    @Slot(str)
    def filter(self, standing: str) -> None:
        """Show the seats that stand this way."""
        self._filter = standing
        if self.table is None:
            return
        admitted = _ADMITS.get(standing)
        rows = [row for row in self._rows if admitted is None or row.standing in admitted]
        self._shown = rows
        self.table.lines.show_all(rows)
        self.empty.show_state(self._words("No seats have this status."))
        self.setCurrentWidget(self.table if rows else self.empty)

    def choose(self, pool: str, seat: int) -> bool:
        """Put the cursor on a seat; False when the filter hides it."""
        return self._choose(lambda row: (row.line.pool, row.line.seat) == (pool, seat))

    def choose_number(self, number: str) -> bool:
        """Put the cursor on the seat an application holds."""
        return self._choose(lambda row: row.line.application_no == number)

    def numbers(self) -> list[str]:
        """The applications of the seats on view, in their order."""
        return [row.line.application_no for row in self._shown if row.line.application_no]

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """What the table shows now, as text."""
        if self.table is None:
            return ()
        model = self.table.lines
        return tuple(
            tuple(str(model.index(row, place).data() or "") for place in range(1, model.columnCount()))
            for row in range(model.rowCount())
        )

    def ticked(self) -> tuple[LedgerRow, ...]:
        """The ticked seats in the ledger's order."""
        if self.table is None:
            return ()
        return tuple(row for row in self._rows if _tick(row) in self.table.ticked)

    def tick(self, numbers: Sequence[str]) -> None:
        """Tick these holders and no others."""
        if self.table is None:
            return
        self.table.ticked.clear()
        wanted = (row.line.award for row in self._rows if row.line.application_no in numbers)
        self.table.ticked |= {award for award in wanted if award is not None}
        self.table.viewport().update()
        self.ticked_changed.emit()

    def _choose(self, wanted: Callable[[LedgerRow], bool]) -> bool:
        if self.table is None:
            return False
        row = next((place for place, one in enumerate(self._shown) if wanted(one)), -1)
        if row >= 0 and self.table.currentIndex().row() != row:
            self.table.choose_row(row)
        return row >= 0

    def _make(self, columns: Sequence[papers.Column]) -> None:
        if self.table is not None:
            self.removeWidget(self.table)
            self.table.deleteLater()
        shown = [self._column(place, column) for place, column in enumerate(columns)]
        model = LinesModel([tick_column(), *shown], self)
        self.table = TickTable(self._theme, model, _SPARE, _tick, self)
        self.table.setObjectName("ledger_table")
        self.table.line_chosen.connect(self.chosen)
        self.table.ticked_changed.connect(self.ticked_changed)
        self.addWidget(self.table)

    def _column(self, place: int, column: papers.Column) -> Column:
        def title() -> str:
            return column.title if column.named else self._words(column.title)

        def text(row: LedgerRow) -> str:
            return cell_text(self._words, row.cells[place])

        def chips(row: LedgerRow) -> tuple[ChipText, ...]:
            kind, icon = KINDS[row.standing]
            late = row.standing in ("overdue", "returned")
            return (ChipText(kind, self._words.code(f"seat_{row.standing}") if late else text(row), icon),)

        key = column.key
        return Column(
            key=key,
            title=title,
            text=text,
            width=_WIDTHS.get(key, 100),
            align="right" if column.kind in ("int", "decimal") else "left",
            parts=programme_parts(text) if key == "programme" else None,
            chips=chips if key == "state" else None,
            tone="muted" if key in ("no", "label", "phone") else "text",
            bold=key == "holder",
            stretch=key == "holder",
        )
