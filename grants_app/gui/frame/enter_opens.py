"""Enter opens in every list: where a list has no answer of its own, it goes into what the list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView, QWidget

from grants_app.gui.widgets.panels import SidePanel
from grants_app.gui.widgets.tables import LinesTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.gui.page import Page


class EnterOpens(QObject):
    """After Enter in a list that keeps the focus, the card beside it has it, or what comes next on the page.

    A list that opens a form, a page or a card of its own has done so by then, and is left alone.
    """

    def __init__(self, page: Callable[[], Page | None], parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._known: WeakSet[QAbstractItemView] = WeakSet()
        self._opened: QAbstractItemView | None = None

    def take_up(self) -> None:
        """Listen to the lists of the page on view."""
        page = self._page()
        if page is None:
            return
        for view in page.findChildren(QAbstractItemView):
            if view in self._known or view.window() is not page.window():
                continue
            self._known.add(view)
            opened = view.line_opened if isinstance(view, LinesTable) else view.activated
            opened.connect(self._on_opened)

    def _on_opened(self) -> None:
        view = self.sender()
        if isinstance(view, QAbstractItemView):
            self._opened = view
            QTimer.singleShot(0, self._look)

    @Slot()
    def _look(self) -> None:
        view, page = self._opened, self._page()
        self._opened = None
        if view is None or page is None or not shiboken6.isValid(view) or not page.isAncestorOf(view):
            return
        if view.hasFocus() and (target := _beside(page, view)) is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)


def _beside(page: Page, view: QAbstractItemView) -> QWidget | None:
    """The card of a table, else what Tab would come to on the page."""
    if isinstance(view, LinesTable):
        for panel in page.findChildren(SidePanel):
            if panel.isVisible() and not panel.isAncestorOf(view):
                inside = (panel.scroll_area, *panel.findChildren(QWidget))
                found = next((one for one in inside if _takes_focus(one)), None)
                if found is not None:
                    return found
    following = view.nextInFocusChain()
    while following is not None and following is not view:
        if (
            _takes_focus(following)
            and page.isAncestorOf(following)
            and not page.header.isAncestorOf(following)
        ):
            return following
        following = following.nextInFocusChain()
    return None


def _takes_focus(widget: QWidget) -> bool:
    tabbed = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tabbed and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
