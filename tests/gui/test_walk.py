"""What holds on every page and tab: Enter opens a line, and what cannot be pressed says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QHeaderView

from grants_app.gui.widgets.tab_row import TabRow
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.gui.pressing import press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.page import Page
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office

STAGES = ("empty", "settled", "sealed")


class Walk:
    """Goes through the window, page by page and tab by tab."""

    def __init__(self, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.window, self._qtbot, self._tasks = window, qtbot, tasks

    def settle(self) -> None:
        """Let the background end."""
        settle(self._qtbot, self._tasks)

    def places(self) -> Iterator[tuple[str, str, Page]]:
        """Every page and tab, each on view when it is answered."""
        for entry in self.window.parts.pages:
            page = self.at(entry.page_id)
            tabs = self._tabs(page)
            for tab in list(tabs.buttons) if tabs else [""]:
                yield entry.page_id, tab, self.at(entry.page_id, tab)

    def at(self, page_id: str, tab: str = "") -> Page:
        """The page on a tab."""
        self.window.stack.go(page_id)
        self.settle()
        page = page_of(self.window)
        tabs = self._tabs(page)
        if tab and tabs is not None and tabs.current != tab:
            tabs.choose(tab)
            self.settle()
        return page

    @staticmethod
    def _tabs(page: Page) -> TabRow | None:
        return next((row for row in page.header.findChildren(TabRow) if not row.isHidden()), None)


@pytest.fixture
def walk(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> Callable[[str], Walk]:
    """Begins a walk at a stage of the sample."""
    return lambda stage: Walk(desk_window(stage_office(stage)), qtbot, tasks)


@pytest.mark.parametrize("stage", STAGES)
def test_a_button_that_cannot_be_pressed_says_why(walk: Callable[[str], Walk], stage: str) -> None:
    silent = []
    for page_id, tab, page in walk(stage).places():
        for button in page.findChildren(QAbstractButton):
            if not button.isVisible() or button.isEnabled():
                continue
            said = button.toolTip()
            if not said or said in (button.text(), button.accessibleName()):
                silent.append((page_id, tab, button.objectName() or type(button).__name__, button.text()))
    print("SILENT", *silent, sep="\n  ")
    assert silent == []


@pytest.mark.parametrize("stage", ["settled", "sealed"])
def test_enter_opens_a_line_in_every_list(walk: Callable[[str], Walk], stage: str) -> None:
    walking = walk(stage)
    dead = []
    for page_id, tab, page in walking.places():
        names = [number for number, _ in enumerate(_lists(page))]
        for number in names:
            page = walking.at(page_id, tab)
            lists = _lists(page)
            if number >= len(lists):
                continue
            view = lists[number]
            view.setFocus(Qt.FocusReason.TabFocusReason)
            if not view.currentIndex().isValid():
                view.setCurrentIndex(view.model().index(0, 0))
            walking.settle()
            if not view.isVisible():
                continue
            press(Qt.Key.Key_Return)
            walking.settle()
            if QApplication.focusWidget() is view and page_of(walking.window) is page:
                dead.append((page_id, tab, view.objectName() or view.accessibleName(), type(view).__name__))
            press(Qt.Key.Key_Escape)
            walking.settle()
    print("DEAD", *dead, sep="\n  ")
    assert dead == []


def _lists(page: Page) -> list[QAbstractItemView]:
    return [
        view
        for view in page.findChildren(QAbstractItemView)
        if view.isVisible()
        and not isinstance(view, QHeaderView)
        and view.focusPolicy() != Qt.FocusPolicy.NoFocus
        and view.model() is not None
        and view.model().rowCount()
    ]
