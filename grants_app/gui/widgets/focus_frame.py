"""The ring around a list, table or preview that has the focus, which Qt draws round none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFocusFrame,
    QScrollArea,
    QWidget,
)

from grants_app.gui.widgets.buttons import paint_focus_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from grants_app.gui.theme import Theme


_EDGE = 4


class ListRing(QFocusFrame):
    """Follows the focus to lists and texts of many lines; other fields and buttons draw their own ring.

    What only scrolls, a whole page among it, is marked at its left edge: a ring round all says nothing.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()  # else the window shows it at its corner before any list had the focus
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring, or the edge of what only scrolls."""
        painter = QPainter(self)
        if isinstance(self.widget(), QScrollArea):
            painter.fillRect(QRectF(0, 0, _EDGE, self.height()), self._theme.tokens.colour("accent"))
        else:
            paint_focus_ring(painter, self._theme, self.rect().toRectF(), 2)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        ringed = isinstance(now, QAbstractScrollArea)
        self.setWidget(now if ringed and now is not None and not now.isWindow() else None)  # type: ignore[arg-type]  # None takes it off
