"""A read-only table over lines fetched in blocks; it does not know where the lines come from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)

from grants_app.gui.theme import ROW_HEIGHT, ChipKind, ColourRole

Index = QModelIndex | QPersistentModelIndex
Align = Literal["left", "right", "center"]

BLOCK = 64
"""Lines fetched at once: a screen and a half; four times as many made each key and each jump wait."""
KEPT_BLOCKS = 256
"""Blocks kept; the ones looked at longest ago are forgotten first."""

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
CHIPS_ROLE = Qt.ItemDataRole.UserRole + 2
PARTS_ROLE = Qt.ItemDataRole.UserRole + 3
BAND_ROLE = Qt.ItemDataRole.UserRole + 4
TONE_ROLE = Qt.ItemDataRole.UserRole + 5
ICON_ROLE = Qt.ItemDataRole.UserRole + 6


@dataclass(frozen=True, slots=True)
class ChipText:
    """A chip in a cell: its kind, word and icon (empty for none)."""

    kind: ChipKind
    text: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cell's text in its own weight and colour."""

    text: str
    bold: bool = False
    colour: ColourRole = "text"


@dataclass(frozen=True, slots=True)
class Band:
    """A line that is no line but a sentence across the whole table, as at the cutoff."""

    kind: ChipKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its key (what sorting is asked by), its title in the language in force, what a cell shows.

    `text` always gives the plain text (copied, read aloud); `parts`, `chips` and `icon` say how it is
    painted. `title` is called again after a language switch.
    """

    key: str
    title: Callable[[], str]
    text: Callable[[Any], str]
    width: int = 100
    align: Align = "left"
    parts: Callable[[Any], Sequence[Part]] | None = None
    chips: Callable[[Any], Sequence[ChipText]] | None = None
    icon: Callable[[Any], str] | None = None
    tone: ColourRole = "text"
    bold: bool = False
    sortable: bool = True
    stretch: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What the lines are sorted by: a column's key and the direction."""

    key: str = ""
    descending: bool = False


Fetch = Callable[[int, int, Order], Sequence[Any]]
"""`fetch(offset, limit, order)` answers at most `limit` frozen lines from `offset`, in that order."""

ALIGN: dict[Align, Qt.AlignmentFlag] = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


class LinesModel(QAbstractTableModel):
    """Lines of one list. Sorting and filtering are the fetch's; the model keeps blocks of its answers."""

    failed = Signal(object)
    """An exception while reading or wording a line; once until the next `show`."""
    order_chosen = Signal(object)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = tuple(columns)
        self._fetch: Fetch | None = None
        self._total = 0
        self._order = Order()
        self._blocks: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._told = False
        self.sortable = True

    @property
    def order(self) -> Order:
        """What the lines are sorted by now."""
        return self._order

    def show(self, total: int, fetch: Fetch, first: Sequence[Any] = (), order: Order | None = None) -> None:
        """Show `total` lines; `first` are the leading ones if they were read already (in the background)."""
        self._put(total, fetch, first, order, sortable=True)

    def _put(
        self, total: int, fetch: Fetch, first: Sequence[Any], order: Order | None, *, sortable: bool
    ) -> None:
        self.beginResetModel()
        self.sortable = sortable
        self._fetch = fetch
        self._total = total
        self._order = order or self._order
        self._blocks.clear()
        self._told = False
        whole = len(first) if len(first) == total else len(first) // BLOCK * BLOCK
        for start in range(0, whole, BLOCK):
            self._blocks[start // BLOCK] = tuple(first[start : start + BLOCK])
        self.endResetModel()

    def show_all(self, lines: Sequence[Any]) -> None:
        """Show lines that are all at hand already, in the order given; headings do not sort them."""
        kept = tuple(lines)
        self._put(
            len(kept),
            lambda offset, limit, _order: kept[offset : offset + limit],
            (),
            Order(),
            sortable=False,
        )

    def line(self, row: int) -> Any:  # noqa: ANN401 - whatever the fetch answers
        """The line at this row; IndexError outside, or when the list became shorter behind our back."""
        if not 0 <= row < self._total:
            raise IndexError(row)
        number, place = divmod(row, BLOCK)
        if number not in self._blocks:
            if self._fetch is None:
                raise IndexError(row)
            self._blocks[number] = self._fetch(number * BLOCK, BLOCK, self._order)
            while len(self._blocks) > KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(number)
        return self._blocks[number][place]

    def painted(self, row: int, place: int) -> Band | Sequence[ChipText] | str | Sequence[Part]:
        """What a cell is painted from: a band, chips, an icon's name, or pieces of text.

        Asked by the delegate directly: through Qt's roles each cell would be worded five times. A failure
        is told once, and the cell stays empty.
        """
        column = self.columns[place]
        try:
            line = self.line(row)
            if isinstance(line, Band):
                return line
            if column.chips and (chips := column.chips(line)):
                return chips
            if column.icon and (icon := column.icon(line)):
                return icon
            if column.parts and (parts := column.parts(line)):
                return parts
            return (Part(column.text(line), column.bold, column.tone),)
        except Exception as error:  # noqa: BLE001 - raised here it would be printed once per cell and lost
            self._tell(error)
            return ()

    def every_line(self) -> Sequence[Any]:
        """All lines in their order, read at once: for copying and writing the whole list."""
        if self._fetch is None or not self._total:
            return ()
        return self._fetch(0, self._total, self._order)

    def find(self, wanted: Callable[[Any], bool]) -> int:
        """The row of the first kept line that is `wanted`, or -1; looks only at what was read already."""
        for number in sorted(self._blocks):
            for place, line in enumerate(self._blocks[number]):
                if wanted(line):
                    return number * BLOCK + place
        return -1

    def retranslate(self) -> None:
        """Word headings and cells again."""
        if self._total:
            last = self.index(self._total - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """The number of lines."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """The number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """What a cell shows; a failure is told once, not once per cell."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN[column.align]
        if role not in _READ_ROLES:
            return None
        try:
            return _cell(column, self.line(index.row()), role)
        except Exception as error:  # noqa: BLE001 - raised here it would be printed once per cell and lost
            self._tell(error)
            return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """The column's title, on its cells' side."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN[self.columns[section].align]
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(self.columns[section].width, ROW_HEIGHT)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask the fetch for another order; whoever shows the list hears of it and keeps the selection."""
        if not (self.sortable and 0 <= column < len(self.columns) and self.columns[column].sortable):
            return
        chosen = Order(self.columns[column].key, order == Qt.SortOrder.DescendingOrder)
        if chosen == self._order:
            return
        self.beginResetModel()
        self._order = chosen
        self._blocks.clear()
        self.endResetModel()
        self.order_chosen.emit(chosen)

    def _tell(self, error: Exception) -> None:
        if not self._told:
            self._told = True
            self.failed.emit(error)


_READ_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole,
        LINE_ROLE, CHIPS_ROLE, PARTS_ROLE, BAND_ROLE, TONE_ROLE, ICON_ROLE,
    }
)  # fmt: skip


def _cell(column: Column, line: Any, role: int) -> Any:  # noqa: ANN401, PLR0911 - an answer per role
    if role == LINE_ROLE:
        return line
    if isinstance(line, Band):
        if role == BAND_ROLE:
            return line
        return (
            line.text if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        )
    if role == CHIPS_ROLE:
        return tuple(column.chips(line)) if column.chips else None
    if role == PARTS_ROLE:
        return tuple(column.parts(line)) if column.parts else None
    if role == TONE_ROLE:
        return column.tone
    if role == ICON_ROLE:
        return column.icon(line) if column.icon else None
    return None if role == BAND_ROLE else column.text(line)
