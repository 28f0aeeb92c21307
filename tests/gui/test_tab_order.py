"""Tab goes as one reads, though pages and tables are made late, and what has the focus can be seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from grants_app.gui.pages.awards import AwardsPage
from grants_app.gui.pages.ranking import RankingPage
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.services import awards, demonstration
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.gui.pressing import focused, press

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.page import Page
    from grants_app.gui.tasks import Tasks
    from grants_app.gui.theme import Theme
    from grants_app.services.access import Office


class Desk:
    """A window on the sealed sample, a page of it on view."""

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self.window, self._qtbot, self._tasks = office, window, qtbot, tasks

    def settle(self) -> None:
        """Let the background end."""
        settle(self._qtbot, self._tasks)

    def at(self, name: str) -> Page:
        """Go to a page."""
        self.window.stack.go(name)
        self.settle()
        return page_of(self.window)


@pytest.fixture
def desk(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> Desk:
    """The sample after its seal."""
    office = replace(stage_office("sealed"), clock=lambda: demonstration.SAMPLE_DAY)
    return Desk(office, desk_window(office), qtbot, tasks)


def after(widget: QWidget, *, back: bool = False) -> QWidget | None:
    """Where Tab (or Shift+Tab) goes from here."""
    widget.setFocus()
    press(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
    return QApplication.focusWidget()


def test_tab_goes_from_the_rail_into_the_page(desk: Desk) -> None:
    page = desk.at("ranking")
    into = after(desk.window.rail)
    assert into is not None
    assert page.isAncestorOf(into)


def test_tab_goes_from_the_programmes_to_their_list(desk: Desk) -> None:
    page = desk.at("ranking")
    assert isinstance(page, RankingPage)
    assert after(page.run_tab.board.pool_list) is page.run_tab.board.list.table.table


def test_tab_goes_back_from_the_weights_to_the_name_of_the_scenario(desk: Desk) -> None:
    page = desk.at("ranking")
    assert isinstance(page, RankingPage)
    page.tabs.choose("scenarios")
    desk.settle()
    changes, shelf = page.scenarios_tab.desk.changes, page.scenarios_tab.shelf
    first = next(iter(changes.rows.values())).editor
    assert after(first, back=True) is changes.scroll_area
    into = after(changes.scroll_area, back=True)
    assert into is not None
    assert shelf.isAncestorOf(into)


def test_tab_goes_from_the_ticked_to_what_is_done_with_them(desk: Desk) -> None:
    page = desk.at("awards")
    assert isinstance(page, AwardsPage)
    board = page.board
    board.view.table.tick([line.application_no for line in awards.ledger(desk.office)][:4])
    table = board.view.table.table
    assert table is not None
    assert after(table) is board.view.tick_bar.buttons["confirm"]
    assert after(board.view.tick_bar.buttons["confirm"]) is board.view.tick_bar.buttons["decline"]


def test_tab_goes_through_a_decision_from_its_fields_to_its_act_and_enter_keeps_the_field_in_sight(
    desk: Desk,
) -> None:
    page = desk.at("awards")
    assert isinstance(page, AwardsPage)
    desk.window.resize(1093, 614)
    board = page.board
    board.view.table.tick([line.application_no for line in awards.ledger(desk.office)][:4])
    board.view.tick_bar.buttons["decline"].click()
    desk.settle()
    panel = board.acts.answer_panel
    panel.received_edit.setFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is panel.reason_edit
    assert not panel.reason_edit.visibleRegion().isEmpty()
    panel.reason_edit.setText("заявления")
    assert after(panel.reason_edit) is panel.act_button
    assert after(panel.act_button) is panel.cancel_button
    assert after(panel.cancel_button) is panel.cascade_button


def test_who_goes_back_from_a_decision_stands_in_the_ledger(desk: Desk) -> None:
    page = desk.at("awards")
    assert isinstance(page, AwardsPage)
    board = page.board
    board.view.table.tick([line.application_no for line in awards.ledger(desk.office)][:4])
    board.view.tick_bar.buttons["decline"].click()
    desk.settle()
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is board.view.table.table


def test_a_row_of_tabs_is_one_stop_at_the_tab_on_view(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    row = TabRow(theme, ("order", "lot", "none"))
    shown(row)
    offered = [key for key, button in row.buttons.items() if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert offered == ["order"]
    row.buttons["order"].setFocus()
    press(Qt.Key.Key_Right)
    assert (row.current, row.buttons["lot"].hasFocus()) == ("lot", True)


def test_ctrl_tab_goes_round_the_tabs_of_a_page_and_into_what_stands_there(desk: Desk, qtbot: QtBot) -> None:
    page = desk.at("ranking")
    assert isinstance(page, RankingPage)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    seen = []
    for key, held in (
        *((Qt.Key.Key_Tab, control),) * 2,
        *((Qt.Key.Key_Backtab, control | shift),) * 3,
        (Qt.Key.Key_Tab, control),
    ):
        qtbot.keyClick(focused(), key, held)
        desk.settle()
        seen.append(page.tabs.current)
        assert page.isAncestorOf(focused())
    assert seen == ["rules", "scenarios", "rules", "list", "commission", "list"]


def test_a_page_without_tabs_keeps_its_focus_on_ctrl_tab(desk: Desk, qtbot: QtBot) -> None:
    desk.at("today")
    before = focused()
    qtbot.keyClick(before, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert focused() is before
