"""Keeps the window on the screens there are: at its first opening, after a change, when a monitor goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Slot
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QMainWindow

WANTED = QSize(1366, 768)
LEAST = QSize(800, 500)
_GRIP = 80
"""So much of a window must lie on a screen to be taken hold of."""


def fitted(window: QRect, screens: Sequence[QRect], frame: QSize) -> QRect:
    """Where a window may stand: as it is while it can be seen whole on one screen, else inside the nearest.

    `screens` are the rooms free on each, the main one first; `frame` is what the window's edges take.
    """
    if not screens:
        return window
    shares = [window.intersected(screen) for screen in screens]
    best = max(range(len(screens)), key=lambda place: shares[place].width() * shares[place].height())
    seen = shares[best]
    room = screens[best if seen.width() >= _GRIP and seen.height() >= _GRIP else 0]
    size = window.size().boundedTo(room.size() - frame)
    left = max(room.left(), min(window.left(), room.right() + 1 - size.width() - frame.width()))
    top = max(room.top(), min(window.top(), room.bottom() + 1 - size.height() - frame.height()))
    return QRect(QPoint(left, top), size)


class Placing(QObject):
    """Puts the window back into view whenever the screens change."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._on_screens_changed)
            application.screenAdded.connect(self._on_screen_added)
            application.primaryScreenChanged.connect(self._on_screens_changed)
        for screen in QGuiApplication.screens():
            screen.availableGeometryChanged.connect(self._on_screens_changed)

    def fit(self) -> None:
        """Into the screens there are now, no larger than the one it stands on."""
        window = self._window
        if window.isMaximized() or window.isFullScreen():
            return
        main = QGuiApplication.primaryScreen()
        others = [screen for screen in QGuiApplication.screens() if screen is not main]
        rooms = [screen.availableGeometry() for screen in (main, *others)]
        frame = window.frameGeometry().size() - window.geometry().size()
        least = min((room.size() for room in rooms), key=lambda size: size.width(), default=LEAST)
        window.setMinimumSize(LEAST.boundedTo(least - frame))
        window.setGeometry(fitted(window.geometry(), rooms, frame))

    @Slot(object)
    def _on_screen_added(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._on_screens_changed)

    @Slot()
    def _on_screens_changed(self) -> None:
        self.fit()
