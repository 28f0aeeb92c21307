"""Seats of every pool as small squares in the colour of their state; it tells which one was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from grants_app.gui.theme import ROW_HEIGHT, ChipKind
from grants_app.gui.widgets.buttons import paint_focus_ring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from grants_app.gui.theme import Theme

_HEAD = 28
_CELL = 18
_STEP = 22
_PAD = 14
_NUMBER = 64


@dataclass(frozen=True, slots=True)
class SeatCell:
    """One seat: its number, the kind of its colours ("" for a free one), and what the pointer tells."""

    seat: int
    kind: ChipKind | None
    meaning: str


@dataclass(frozen=True, slots=True)
class SeatRow:
    """The seats of one pool."""

    pool: str
    name: str
    branch: str
    cells: tuple[SeatCell, ...]
    confirmed: int
    reserve: int


class SeatGrid(QWidget):
    """A row per pool; ← → ↑ ↓ walk over the seats, a press chooses one."""

    seat_chosen = Signal(str, int)
    """`seat_chosen(pool, seat)`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[SeatRow, ...] = ()
        self._titles = ("", "", "", "", "", "")
        self._chosen: tuple[str, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_titles(self, titles: tuple[str, str, str, str, str, str]) -> None:
        """Word the headings: programme, branch, seats, all, confirmed, reserve."""
        self._titles = titles
        self.update()

    def show_rows(self, rows: Sequence[SeatRow]) -> None:
        """Show the pools' seats."""
        self._rows = tuple(rows)
        self.setAccessibleName(
            "; ".join(
                f"{row.name}: {sum(cell.kind is not None for cell in row.cells)}/{len(row.cells)}"
                for row in rows
            )
        )
        self.updateGeometry()
        self.update()

    @property
    def rows(self) -> tuple[SeatRow, ...]:
        """What is shown."""
        return self._rows

    def choose(self, pool: str, seat: int) -> None:
        """Mark a seat, without telling anybody."""
        self._chosen = (pool, seat)
        self.update()

    def sizeHint(self) -> QSize:
        """A heading and a row each."""
        return QSize(600, _HEAD + ROW_HEIGHT * len(self._rows) + 1)

    def minimumSizeHint(self) -> QSize:
        """All rows are seen."""
        return QSize(300, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk."""
        step = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }.get(Qt.Key(event.key()))
        if step is None or event.modifiers() or not self._rows:
            super().keyPressEvent(event)
            return
        row, place = self._where()
        row = max(0, min(len(self._rows) - 1, row + step[0]))
        place = max(0, min(len(self._rows[row].cells) - 1, place + step[1]))
        self._take(row, place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the seat under the pointer."""
        found = self._cell_at(event.position())
        if found is not None:
            self._take(*found)

    def event(self, event: QEvent) -> bool:
        """Tell what a seat means while the pointer rests on it."""
        if event.type() == event.Type.ToolTip:
            found = self._cell_at(QPointF(event.pos()))  # type: ignore[attr-defined]  # a QHelpEvent, by its type
            if found is not None:
                QToolTip.showText(event.globalPos(), self._rows[found[0]].cells[found[1]].meaning, self)  # type: ignore[attr-defined]  # as above
                return True
            QToolTip.hideText()
        return super().event(event)

    def _where(self) -> tuple[int, int]:
        for row, line in enumerate(self._rows):
            for place, cell in enumerate(line.cells):
                if (line.pool, cell.seat) == self._chosen:
                    return row, place
        return 0, 0

    def _take(self, row: int, place: int) -> None:
        if not self._rows[row].cells:
            return
        self._chosen = (self._rows[row].pool, self._rows[row].cells[place].seat)
        self.update()
        self.seat_chosen.emit(*self._chosen)

    def _columns(self) -> tuple[int, int, int]:
        """Where branches, seats and figures begin."""
        metrics = QFontMetrics(self._theme.font("body"))
        names = max((metrics.horizontalAdvance(row.name) for row in self._rows), default=100) + 24
        branches = max((metrics.horizontalAdvance(row.branch) for row in self._rows), default=60) + 24
        seats = max((len(row.cells) for row in self._rows), default=1) * _STEP + 10
        figures = self.width() - 3 * _NUMBER - _PAD
        names = min(names, max(120, figures - seats - branches - _PAD))
        if figures - _PAD - names - branches < seats:
            branches = max(0, figures - _PAD - names - seats)
        return _PAD + names, _PAD + names + branches, figures

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        row = int(point.y() - _HEAD) // ROW_HEIGHT
        _branch, left, _figures = self._columns()
        if point.y() < _HEAD or not 0 <= row < len(self._rows) or point.x() < left:
            return None
        place = int(point.x() - left) // _STEP
        return (row, place) if place < len(self._rows[row].cells) else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Headings, names, squares, figures, hairlines."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.base))
        branch, left, figures = self._columns()
        painter.setFont(self._theme.font("small"))
        painter.setPen(tokens.colour("muted"))
        head = QRect(0, 0, self.width(), _HEAD)
        self._line(painter, head, self._titles[:3], (branch, left, figures))
        self._figures(painter, head, self._titles[3:], figures)
        self._hairline(painter, head)
        for place, row in enumerate(self._rows):
            box = QRect(0, _HEAD + place * ROW_HEIGHT, self.width(), ROW_HEIGHT)
            if self._chosen is not None and self._chosen[0] == row.pool:
                painter.fillRect(box, QColor(tokens.selected))
            painter.setFont(self._theme.font("body"))
            painter.setPen(tokens.colour("text"))
            self._line(painter, box, (row.name,), (branch, left, figures))
            self._figures(painter, box, (str(len(row.cells)), str(row.confirmed), str(row.reserve)), figures)
            painter.setPen(tokens.colour("muted"))
            self._line(painter, box, ("", row.branch), (branch, left, figures))
            self._seats(painter, box, row, left)
            self._hairline(painter, box)

        if self.hasFocus():
            paint_focus_ring(painter, self._theme, self.rect().toRectF(), 2)

    def _seats(self, painter: QPainter, box: QRect, row: SeatRow, left: int) -> None:
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, cell in enumerate(row.cells):
            square = QRectF(left + place * _STEP, box.top() + 4, _CELL, _CELL).adjusted(0.5, 0.5, -0.5, -0.5)
            colours = tokens.chip(cell.kind) if cell.kind else None
            painter.setPen(QPen(QColor(colours.fore if colours else tokens.border), 1))
            painter.setBrush(QColor(colours.back if colours else tokens.base))
            painter.drawRoundedRect(square, 4, 4)
            if self._chosen == (row.pool, cell.seat):
                paint_focus_ring(painter, self._theme, square.adjusted(-2, -2, 2, 2), 5)
        painter.restore()

    def _hairline(self, painter: QPainter, box: QRect) -> None:
        painter.setPen(QColor(self._theme.tokens.hairline))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    @staticmethod
    def _line(painter: QPainter, box: QRect, texts: Sequence[str], ends: tuple[int, int, int]) -> None:
        starts = (_PAD, ends[0], ends[1])
        for text, start, end in zip(texts, starts, ends, strict=False):
            room = QRect(start, box.top(), max(0, end - start - 8), box.height())
            shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)

    @staticmethod
    def _figures(painter: QPainter, box: QRect, texts: Sequence[str], left: int) -> None:
        for place, text in enumerate(texts):
            room = QRect(left + place * _NUMBER, box.top(), _NUMBER, box.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), text)
