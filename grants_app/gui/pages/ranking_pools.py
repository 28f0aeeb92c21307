"""The pools at the left of the ranking: two lines and a chip each; it knows neither runs nor the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from grants_app.gui.theme import CHIP_HEIGHT, ChipKind
from grants_app.gui.widgets.chips import chip_width, paint_chip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.gui.theme import Theme

ROW = 49
_PAD = 12
_DOT = " · "
_POOL_ROLE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PoolLine:
    """One pool as it is listed: its id ("" for all of them), name, a muted line, a chip."""

    pool: str
    name: str
    note: str
    chip: str = ""
    kind: ChipKind = "neutral"
    icon: str = ""


class PoolsModel(QAbstractListModel):
    """The pools, in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: tuple[PoolLine, ...] = ()

    def show(self, pools: Sequence[PoolLine]) -> None:
        """Take other pools."""
        if len(pools) == len(self._pools):
            self._pools = tuple(pools)
            if pools:
                self.dataChanged.emit(self.index(0), self.index(len(pools) - 1))
            return
        self.beginResetModel()
        self._pools = tuple(pools)
        self.endResetModel()

    def row_of(self, pool: str) -> int:
        """Where a pool stands, -1 when it is not there."""
        return next((row for row, line in enumerate(self._pools) if line.pool == pool), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """The number of pools."""
        return 0 if parent.isValid() else len(self._pools)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """The pool itself, or its words."""
        if not index.isValid() or not 0 <= index.row() < len(self._pools):
            return None
        pool = self._pools[index.row()]
        if role == _POOL_ROLE:
            return pool
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{pool.name}. {pool.note}. {pool.chip}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{pool.name}\n{pool.note}"
        return None


class PoolDelegate(QStyledItemDelegate):
    """Paints a pool: name and chip, the muted line under them, a hairline."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines."""
        return QSize(180, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row."""
        pool: PoolLine = index.data(_POOL_ROLE)
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        tokens = self._theme.tokens
        painter.save()
        painter.fillRect(rect, QColor(tokens.selected if chosen else tokens.base))
        painter.setPen(QColor(tokens.hairline))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        name = QRect(rect.left() + _PAD, rect.top() + 6, rect.width() - 2 * _PAD, CHIP_HEIGHT)
        note = QRect(name.left(), rect.top() + 26, name.width(), 18)
        font = self._theme.font("bold" if chosen else "body")
        if pool.chip:
            width = min(chip_width(self._theme, pool.chip, pool.icon), rect.width() // 2)
            beside = QFontMetrics(font).horizontalAdvance(pool.name) + width + 6 <= name.width()
            line = name if beside else note
            place = QRect(line.right() - width + 1, line.top() - (0 if beside else 2), width, CHIP_HEIGHT)
            paint_chip(painter, self._theme, place, pool.kind, pool.chip, pool.icon)
            line.setRight(line.right() - width - 6)
        painter.setFont(font)
        painter.setPen(tokens.colour("text"))
        self._line(painter, name, pool.name)
        painter.setFont(self._theme.font("small"))
        painter.setPen(tokens.colour("muted"))
        self._line(painter, note, whole_pieces(pool.note, QFontMetrics(painter.font()), note.width()))
        painter.restore()

    @staticmethod
    def _line(painter: QPainter, room: QRect, text: str) -> None:
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


def whole_pieces(note: str, metrics: QFontMetrics, width: int) -> str:
    """As many pieces of the note, parted by dots, as stand in the width whole; the first one in any case."""
    pieces = note.split(_DOT)
    while len(pieces) > 1 and metrics.horizontalAdvance(_DOT.join(pieces)) > width:
        pieces.pop()
    return _DOT.join(pieces)


class PoolList(QListView):
    """The pools; ↑ ↓ choose, Enter goes on to the table."""

    pool_chosen = Signal(str)
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pools = PoolsModel(self)
        self._theme = theme
        self.setModel(self._pools)
        self.setItemDelegate(PoolDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.activated.connect(self._on_activated)
        theme.changed.connect(self.viewport().update)

    def show_pools(self, pools: Sequence[PoolLine], chosen: str) -> None:
        """Show the pools and put the cursor on one of them."""
        self._pools.show(pools)
        row = max(0, self._pools.row_of(chosen))
        if self.currentIndex().row() != row:
            self.setCurrentIndex(self._pools.index(row))

    @property
    def pools(self) -> PoolsModel:
        """The model."""
        return self._pools

    @property
    def chosen(self) -> str:
        """The pool under the cursor."""
        pool = self.currentIndex().data(_POOL_ROLE) if self.currentIndex().isValid() else None
        return pool.pool if pool else ""

    def choose(self, pool: str) -> None:
        """Put the cursor on a pool, if it is listed."""
        row = self._pools.row_of(pool)
        if row >= 0:
            self.setCurrentIndex(self._pools.index(row))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which pool is chosen."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.pool_chosen.emit(self.chosen)

    def _on_activated(self, _index: QModelIndex) -> None:
        self.entered.emit()
