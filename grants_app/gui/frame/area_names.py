"""Gives every list and scrolled area a name for screen readers; what a page named itself keeps its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QHeaderView, QWidget

from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.widgets.tab_row import TabRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.gui.page import Page

_OURS = "named_by_frame"


class AreaNames(QObject):
    """Names areas after the form they show, else the page's tab they stand on, else the page."""

    def __init__(self, page: Callable[[], Page | None], parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @Slot()
    def name_all(self) -> None:
        """Every area of the page on view that may have the focus."""
        page = self._page()
        if page is None:
            return
        for area in page.findChildren(QAbstractScrollArea):
            if area.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(area, QHeaderView):
                self._name(page, area)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        page = self._page()
        if page is not None and isinstance(now, QAbstractScrollArea) and page.isAncestorOf(now):
            self._name(page, now)

    def _name(self, page: Page, area: QAbstractScrollArea) -> None:
        if area.accessibleName() and not area.property(_OURS):
            return
        area.setProperty(_OURS, True)  # noqa: FBT003 - Qt's own form
        area.setAccessibleName(self._wording(page, area))

    @staticmethod
    def _wording(page: Page, area: QAbstractScrollArea) -> str:
        above = area.parentWidget()
        while above is not None and above is not page:
            if isinstance(above, DecisionPanel) and above.title_label.text():
                return above.title_label.text()
            above = above.parentWidget()
        tabs = next((row for row in page.header.findChildren(TabRow) if not row.isHidden()), None)
        tab = tabs.buttons[tabs.current].text() if tabs is not None else ""
        return f"{page.title()}: {tab}" if tab else page.title()
