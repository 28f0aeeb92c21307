"""The rail: seven pages with their figures, icons only when the window is narrow; it knows no page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from grants_app.gui.theme import RAIL_NARROW, RAIL_WIDTH, Theme
from grants_app.gui.widgets.buttons import paint_focus_ring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent

_TOP = 10
_ROW = 32
_GAP = 14


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One page in the rail; `gap` draws a line before it."""

    page_id: str
    icon: str
    text: str = ""
    count: str = ""
    gap: bool = False
    chord: str = ""


class NavRail(QWidget):
    """The pages; ↑ ↓ and Enter, Ctrl+1…7 or a press choose one."""

    page_chosen = Signal(str)

    def __init__(self, theme: Theme, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: list[RailEntry] = list(entries)
        self._current = entries[0].page_id if entries else ""
        self._marked = 0
        self._narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(RAIL_WIDTH)

    @property
    def narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._narrow

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a plain setter
        """48 px with icons only, or 168 px with words."""
        self._narrow = narrow
        self.setFixedWidth(RAIL_NARROW if narrow else RAIL_WIDTH)
        self.update()

    @property
    def current(self) -> str:
        """The page on view."""
        return self._current

    def set_current(self, page_id: str) -> None:
        """Mark the page on view."""
        self._current = page_id
        self._marked = next((n for n, entry in enumerate(self._entries) if entry.page_id == page_id), 0)
        self.update()

    def set_text(self, page_id: str, text: str) -> None:
        """Word a page's name."""
        self._entries = [replace(e, text=text) if e.page_id == page_id else e for e in self._entries]
        self.update()

    def set_count(self, page_id: str, count: str) -> None:
        """The figure at the right of a page's name."""
        self._entries = [replace(e, count=count) if e.page_id == page_id else e for e in self._entries]
        self.update()

    def text_of(self, page_id: str) -> str:
        """The name of a page as shown."""
        return next(entry.text for entry in self._entries if entry.page_id == page_id)

    def row_rect(self, row: int) -> QRect:
        """Where an entry stands."""
        gaps = sum(1 for entry in self._entries[: row + 1] if entry.gap)
        side = 4 if self._narrow else 8
        return QRect(side, _TOP + row * _ROW + gaps * _GAP, self.width() - 2 * side - 1, _ROW - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press chooses."""
        for row, entry in enumerate(self._entries):
            if self.row_rect(row).contains(event.position().toPoint()):
                self.page_chosen.emit(entry.page_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and choose."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._marked = max(0, min(len(self._entries) - 1, self._marked + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.page_chosen.emit(self._entries[self._marked].page_id)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Show a page's name and chord as the tool tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for row, entry in enumerate(self._entries):
                if self.row_rect(row).contains(event.pos()):
                    QToolTip.showText(event.globalPos(), f"{entry.text}   {entry.chord}".strip(), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, a hairline at the right, the entries."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(tokens.window))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(tokens.hairline))
        for row, entry in enumerate(self._entries):
            self._paint_entry(painter, self.row_rect(row), entry)
            if entry.gap:
                y = self.row_rect(row).top() - _GAP // 2 - 1
                painter.fillRect(
                    16 if not self._narrow else 10, y, self.width() - 32, 1, QColor(tokens.hairline)
                )
            if self.hasFocus() and row == self._marked:
                paint_focus_ring(painter, self._theme, QRectF(self.row_rect(row)))

    def _paint_entry(self, painter: QPainter, box: QRect, entry: RailEntry) -> None:
        tokens = self._theme.tokens
        on_view = entry.page_id == self._current
        if on_view:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selected))
            painter.drawRoundedRect(QRectF(box), 6, 6)
        pixmap = self._theme.pixmap(entry.icon, "accent" if on_view else "text", 18, self.devicePixelRatioF())
        left = box.center().x() - 8 if self._narrow else box.left() + 10
        painter.drawPixmap(left, box.center().y() - 8, pixmap)
        if self._narrow:
            return
        font = self._theme.font("bold" if on_view else "body")
        small = self._theme.font("small")
        count_width = QFontMetrics(small).horizontalAdvance(entry.count) + 8 if entry.count else 0
        room = box.adjusted(34, 0, -count_width - 4, 0)
        painter.setFont(font)
        painter.setPen(tokens.colour("accent" if on_view else "text"))
        text = QFontMetrics(font).elidedText(entry.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
        if entry.count:
            painter.setFont(small)
            painter.setPen(tokens.colour("muted"))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(box.adjusted(0, 0, -8, 0), int(right), entry.count)
