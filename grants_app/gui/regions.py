"""Where the focus goes in the window: the search, the page's regions in turn, the big table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from grants_app.gui.widgets.tab_row import TabRow

if TYPE_CHECKING:
    from grants_app.gui.main_window import MainWindow


class Regions(QObject):
    """Moves the focus between the window's regions by keys."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._owed: QWidget | None = None
        self.big = False

    @Slot()
    def focus_search(self) -> None:
        """Ctrl+↑: to the search over everything, its text chosen."""
        self._window.top_bar.setVisible(True)
        self._window.top_bar.search_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.top_bar.search_edit.selectAll()

    @Slot()
    def focus_page(self) -> None:
        """To the first region of the page on view; one that is still reading gets it later."""
        regions = self._of_page()
        self._owed = None if regions else self._window.stack.page
        (regions[0] if regions else self._window.rail).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def on_task_ended(self) -> None:
        """Something was read: its answer comes just behind, and with it a place for the focus."""
        if self._owed is not None:
            QTimer.singleShot(0, self.give_owed_focus)

    @Slot()
    def give_owed_focus(self) -> None:
        """The page on view has regions now: the first gets the focus, unless somebody went elsewhere."""
        if self._owed is None or self._owed is not self._window.stack.page:
            return
        rail, focus = self._window.rail, QApplication.focusWidget()
        waiting = focus is None or focus is rail or rail.isAncestorOf(focus)
        if waiting and self._of_page():
            self.focus_page()

    @Slot()
    def focus_next(self) -> None:
        """F6: to the region after the one with the focus, round and round."""
        regions: list[QWidget] = [self._window.rail, *self._of_page(), self._window.top_bar.search_edit]
        regions = [region for region in regions if region.isVisible()]
        focus = QApplication.focusWidget()
        self._owed = None
        here = -1
        for number, region in enumerate(regions):
            if focus is not None and (region is focus or region.isAncestorOf(focus)):
                here = number
        if regions:
            regions[(here + 1) % len(regions)].setFocus(Qt.FocusReason.TabFocusReason)

    def step_tab(self, step: int) -> None:
        """Ctrl+Tab: to the page's next tab, and there to its first region; a page without tabs stays."""
        page = self._window.stack.page
        tabs = (
            next((row for row in page.header.findChildren(TabRow) if row.isVisible()), None) if page else None
        )
        if tabs is not None:
            tabs.step(step)
            self.focus_page()

    @Slot()
    def toggle_big(self) -> None:
        """F11: the table alone, or everything again."""
        self.big = not self.big
        for part in (self._window.rail, self._window.top_bar):
            part.setVisible(not self.big)
        if self._window.stack.page is not None:
            self._window.stack.page.set_big(self.big)

    def _of_page(self) -> list[QWidget]:
        page = self._window.stack.page
        return list(page.regions()) if page is not None else []
