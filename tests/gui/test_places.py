"""The focus on every page and tab: inside the page, on something that takes keys, and to be seen there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from grants_app.gui.widgets.list_stack import ListStack
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.gui.widgets.tick_table import TickTable
from tests.gui.desks import desk_window, page_of, sample_stages, stage_office  # noqa: F401 - fixtures
from tests.gui.pressing import press
from tests.gui.test_walk import walk  # noqa: F401 - the fixture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from grants_app.domain.journal import Role
    from grants_app.gui.main_window import MainWindow
    from tests.gui.test_walk import Walk

_STAGES = [
    ("empty", "secretary"),
    ("nobody", "secretary"),
    ("nobody", "verifier"),
    ("imported", "chair"),
    ("settled", "officer"),
    ("settled", "verifier"),
    ("sealed", "chair"),
    ("sealed", "auditor"),
]
_FORMS = ("new", "edit", "add", "take_away", "next_campaign", "import_setup", "seal")
_ROUND = 12  # more regions than any page has


def _misplaced(window: MainWindow, *, anywhere: bool = False) -> str:
    """What is wrong with where the focus is; "" for nothing. `anywhere`: rail and search are places too."""
    focus, page = QApplication.focusWidget(), page_of(window)
    if focus is None:
        return "nowhere"
    name = focus.objectName() or focus.accessibleName() or type(focus).__name__
    if not anywhere and (not page.isAncestorOf(focus) or page.header.isAncestorOf(focus)):
        return f"outside: {name}"
    seen = focus.viewport() if isinstance(focus, QAbstractScrollArea) else focus
    inside = QRect(seen.mapTo(window, QPoint(0, 0)), seen.size())
    if not focus.isVisible() or not focus.isEnabled() or not _shown(focus).intersects(inside):
        return f"not to be seen: {name}"
    return "" if _marked(window, focus) else f"unmarked: {name}"


def _shown(focus: QWidget) -> QRect:
    """What of the window the widgets around leave on view of it."""
    window = focus.window()
    shown, around = window.rect(), focus.parentWidget()
    while around is not None and around is not window:
        shown &= QRect(around.mapTo(window, QPoint(0, 0)), around.size())
        around = around.parentWidget()
    return shown


def _marked(window: MainWindow, focus: QWidget) -> bool:
    """Whether the window looks otherwise there than without the focus."""
    around = QRect(focus.mapTo(window, QPoint(0, 0)), focus.size()).adjusted(-4, -4, 4, 4)
    with_it = window.grab(around).toImage()
    focus.clearFocus()
    without = window.grab(around).toImage()
    focus.setFocus(Qt.FocusReason.OtherFocusReason)
    return with_it != without


def _said(places: Iterable[Sequence[str]]) -> str:
    """The places with something wrong, a line each."""
    return "\n".join(" › ".join(place) for place in dict.fromkeys(map(tuple, places)) if place[-1])


def _tabs(window: MainWindow) -> TabRow | None:
    rows = page_of(window).header.findChildren(TabRow)
    return next((row for row in rows if not row.isHidden()), None)


@pytest.mark.parametrize(("stage", "role"), _STAGES)
def test_the_focus_is_on_the_page_wherever_ctrl_number_and_ctrl_tab_lead(
    walk: Callable[..., Walk],  # noqa: F811 - the fixture
    stage: str,
    role: Role,
) -> None:
    walking = walk(stage, role)
    window, wrong = walking.window, []
    for entry in window.parts.pages:
        walking.at(entry.page_id)
        tabs = _tabs(window)
        wrong.append((entry.page_id, tabs.current if tabs else "", "Ctrl+number", _misplaced(window)))
        for command in ("next_tab",) * len(tabs.buttons) + ("previous_tab",) if tabs else ():
            window.do(command)
            walking.settle()
            wrong.append((entry.page_id, tabs.current, command, _misplaced(window)))
            here = tabs.current
            walking.at("today" if entry.page_id != "today" else "papers")
            walking.at(entry.page_id)
            again = tabs.current == here
            wrong.append((entry.page_id, here, "Ctrl+number back", _misplaced(window) if again else ""))
            tabs.choose(here)
            walking.settle()
    assert _said(wrong) == ""


@pytest.mark.parametrize(("stage", "role"), _STAGES)
def test_f6_goes_round_marked_places_and_comes_back_to_the_page(
    walk: Callable[..., Walk],  # noqa: F811 - the fixture
    stage: str,
    role: Role,
) -> None:
    walking = walk(stage, role)
    window, wrong = walking.window, []
    for page_id, tab, _page in walking.places():
        window.regions.focus_page()
        walking.settle()
        first, back = QApplication.focusWidget(), False
        for _step in range(_ROUND):
            window.do("next_region")
            walking.settle()
            wrong.append((page_id, tab, _misplaced(window, anywhere=True)))
            back = back or QApplication.focusWidget() is first
        wrong.append((page_id, tab, "" if back else "never back"))
    assert _said(wrong) == ""


@pytest.mark.parametrize(("stage", "role"), _STAGES)
def test_the_focus_is_on_the_page_in_a_form_and_after_esc_from_it(
    walk: Callable[..., Walk],  # noqa: F811 - the fixture
    stage: str,
    role: Role,
) -> None:
    walking = walk(stage, role)
    window, wrong = walking.window, []
    for page_id, tab, _page in list(walking.places()):
        for command in _FORMS:
            page = walking.at(page_id, tab)
            window.regions.focus_page()
            if command not in page.commands():
                continue
            page.commands()[command]()
            walking.settle()
            wrong.append((page_id, tab, command, _misplaced(window)))
            press(Qt.Key.Key_Escape)
            walking.settle()
            wrong.append((page_id, tab, f"Esc from {command}", _misplaced(window)))
    assert _said(wrong) == ""


@pytest.mark.parametrize(("stage", "role"), _STAGES)
def test_the_focus_is_on_the_page_that_a_door_of_today_or_the_menu_opens(
    walk: Callable[..., Walk],  # noqa: F811 - the fixture
    stage: str,
    role: Role,
) -> None:
    walking = walk(stage, role)
    window, wrong = walking.window, []
    today = walking.at("today")
    doors = {tile: button.pressed.emit for tile, button in today.tiles.items() if button.isVisible()}
    if today.queues.isVisible():
        for row in range(today.queues.height() // today.queues.ROW):
            doors[f"queue {row}"] = partial(_open_line, today.queues, row)
    doors["import"] = partial(window.stack.go, "applicants", {"tab": "import"})
    for name, door in doors.items():
        walking.at("today")
        door()
        walking.settle()
        wrong.append((name, page_of(window).page_id, _misplaced(window)))
    assert _said(wrong) == ""


def _open_line(lines: QWidget, row: int) -> None:
    lines.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Up,) * _ROUND + (Qt.Key.Key_Down,) * row + (Qt.Key.Key_Return,):
        press(key)


@pytest.mark.parametrize(("page_id", "tab"), [("awards", "ledger"), ("papers", "")])
def test_a_tick_leaves_the_focus_in_the_rows(
    walk: Callable[..., Walk],  # noqa: F811 - the fixture
    page_id: str,
    tab: str,
) -> None:
    walking = walk("sealed")
    page = walking.at(page_id, tab)
    table = next(view for view in page.findChildren(TickTable) if view.isVisible())
    table.setFocus(Qt.FocusReason.TabFocusReason)
    table.choose_row(0)
    for ticks in (1, 2, 1):
        press(Qt.Key.Key_Space)
        walking.settle()
        assert len(table.ticked) == ticks
        assert QApplication.focusWidget() is table
        table.choose_row(1)
    assert not _misplaced(walking.window)


@pytest.mark.parametrize("tab", ["reserve", "calls", "register"])
def test_the_focus_stays_on_the_page_when_an_act_empties_its_list_or_fills_it(
    walk: Callable[..., Walk],  # noqa: F811 - the fixture
    tab: str,
) -> None:
    walking = walk("sealed")
    page = walking.at("awards", tab)
    stack = next(stack for stack in page.findChildren(ListStack) if stack.isVisible())
    lines = [stack.table.lines.line(row) for row in range(stack.table.lines.rowCount())]
    stack.table.setFocus(Qt.FocusReason.TabFocusReason)
    for shown in ((), lines, ()):
        stack.show_lines(shown, "Никого")
        walking.settle()
        assert not _misplaced(walking.window)
