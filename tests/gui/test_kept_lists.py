"""Columns, widths, order and sort of lists are remembered for each officer, over the window's end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from grants_app.gui.widgets.tables import LinesTable
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office

Looks = tuple[dict[str, int], list[str], tuple[str, bool]]


class Lists:
    """Lists at a window that may be opened again by whom one likes."""

    def __init__(
        self, office: Office, open_window: Callable[..., MainWindow], qtbot: QtBot, tasks: Tasks
    ) -> None:
        self._office, self._open, self._qtbot, self._tasks = office, open_window, qtbot, tasks

    def table(self, page_id: str, officer: str = "Бакытова А.") -> LinesTable:
        """The first list of a page in a new window, with somebody at the desk."""
        window = self._open(self._office.acting_as(replace(self._office.actor, name=officer)))
        window.stack.go(page_id)
        self.settle()
        return next(one for one in page_of(window).findChildren(LinesTable) if one.isVisible())

    def settle(self) -> None:
        """Let the background end."""
        settle(self._qtbot, self._tasks)


@pytest.fixture
def lists(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> Lists:
    """The lists of the sealed sample campaign."""
    return Lists(stage_office("sealed"), desk_window, qtbot, tasks)


def widen(table: LinesTable, key: str, by: int) -> None:
    """Drag the right edge of a heading."""
    header = table.horizontalHeader()
    place = [column.key for column in table.lines.columns].index(key)
    edge = QPoint(header.sectionViewportPosition(place) + header.sectionSize(place) - 1, header.height() // 2)
    view = header.viewport()
    QTest.mouseMove(view, edge)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=edge)
    for step in (by // 2, by):
        QTest.mouseMove(view, edge + QPoint(step, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=edge + QPoint(by, 0))


def order(table: LinesTable) -> list[str]:
    """The columns' keys from left to right."""
    header = table.horizontalHeader()
    return [table.lines.columns[header.logicalIndex(place)].key for place in range(header.count())]


def width(table: LinesTable, key: str) -> int:
    """How wide a column is."""
    return table.columnWidth([column.key for column in table.lines.columns].index(key))


def move_last_to_second(table: LinesTable) -> None:
    """As a drag of the heading does."""
    header = table.horizontalHeader()
    header.moveSection(header.count() - 1, 1)
    table.horizontalHeader().dragged.emit([])


def test_a_width_drawn_by_the_mouse_is_there_again_after_a_restart(lists: Lists) -> None:
    table = lists.table("journal")
    was = width(table, "at")
    widen(table, "at", 40)
    assert width(table, "at") == was + 40
    assert width(lists.table("journal"), "at") == was + 40


def test_the_order_of_columns_and_the_sort_are_there_again_after_a_restart(lists: Lists) -> None:
    table = lists.table("applicants")
    move_last_to_second(table)
    place = [column.key for column in table.lines.columns].index("no")
    table.sortByColumn(place, Qt.SortOrder.DescendingOrder)
    lists.settle()
    again = lists.table("applicants")
    assert order(again) == order(table)
    assert (again.lines.order.key, again.lines.order.descending) == ("no", True)
    assert again.lines.line(0).no == table.lines.line(0).no


def test_the_columns_ticked_are_there_again_after_a_restart(lists: Lists) -> None:
    table = lists.table("applicants")
    table.parent().chooser.show_column("score", on=False)
    again = lists.table("applicants")
    assert again.isColumnHidden([column.key for column in again.lines.columns].index("score"))


def test_another_officer_has_lists_of_their_own(lists: Lists) -> None:
    table = lists.table("journal")
    was, stood = width(table, "at"), order(table)
    widen(table, "at", 40)
    move_last_to_second(table)
    other = lists.table("journal", "Ким В.")
    assert (width(other, "at"), order(other)) == (was, stood)
    assert width(lists.table("journal"), "at") == was + 40


def test_whoever_sits_down_finds_the_lists_on_view_as_they_left_them(lists: Lists) -> None:
    table = lists.table("journal")
    was = width(table, "at")
    widen(table, "at", 40)
    window = table.window()
    desk, first = window.parts.desk, window.parts.desk.office.actor
    for officer, expected in ((replace(first, name="Ким В."), was), (first, was + 40)):
        desk.sit(desk.office.acting_as(officer))
        lists.settle()
        assert width(table, "at") == expected


def test_a_list_that_only_grew_with_the_window_is_not_remembered(lists: Lists) -> None:
    table = lists.table("journal")
    table.window().resize(1600, 800)
    lists.settle()
    assert table.arrangement().widths == {}


def test_what_was_kept_and_cannot_be_read_leaves_the_list_as_it_was_made(lists: Lists) -> None:
    table = lists.table("journal")
    was = width(table, "at")
    settings = table.window().parts.settings
    settings.setValue("lists/Бакытова А./journal/journal_table", '{"widths": [1, 2')
    assert width(lists.table("journal"), "at") == was
