"""Keeps the focus where the eye is: when what had it goes, it goes to the row, never out of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.gui.page import Page


class FocusKeeper(QObject):
    """A button that was pressed goes grey or away; Qt then gives the focus to whatever comes next."""

    def __init__(self, page: Callable[[], Page | None], parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._left: QWidget | None = None
        self._list: QAbstractItemView | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        page = self._page()
        if page is None:
            return
        if isinstance(now, QAbstractItemView) and page.isAncestorOf(now):
            self._list = now
        if before is not None and shiboken6.isValid(before) and page.isAncestorOf(before):
            self._left = before
            # Whoever acted may be about to say where the focus goes; only what nobody said is mended.
            QTimer.singleShot(0, self._look)

    @Slot()
    def _look(self) -> None:
        left, page = self._left, self._page()
        self._left = None
        if left is None or page is None or QApplication.activePopupWidget() is not None:
            return
        window = page.window()
        if QApplication.activeModalWidget() is not None or not window.isActiveWindow():
            return
        gone = not shiboken6.isValid(left) or not left.isVisible() or not left.isEnabled()
        if gone and not self._well_placed(page, QApplication.focusWidget()):
            self.give_back(page)

    @staticmethod
    def _well_placed(page: Page, focus: QWidget | None) -> bool:
        return focus is not None and page.isAncestorOf(focus) and not page.header.isAncestorOf(focus)

    def give_back(self, page: Page) -> None:
        """To the list that had the focus last, else to the page's first region."""
        kept = self._list
        if kept is not None and shiboken6.isValid(kept) and page.isAncestorOf(kept) and kept.isVisible():
            kept.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        region = next((area for area in page.regions() if area.isVisible() and area.isEnabled()), None)
        if region is not None:
            region.setFocus(Qt.FocusReason.OtherFocusReason)
