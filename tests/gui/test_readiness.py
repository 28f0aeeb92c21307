"""A campaign not set up yet: Today's checklist opens each place, intake says in words what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from grants_app.domain.campaign import Programme
from grants_app.domain.values import Names
from grants_app.services import intake
from grants_app.services.campaign import readiness, structure
from tests.gui.desks import page_of, settle
from tests.gui.pressing import focused, press

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


@pytest.fixture
def office(stage_office: Callable[[str], Office]) -> Office:
    """A campaign nobody set up."""
    return stage_office("empty")


@pytest.fixture
def window(desk_window: Callable[..., MainWindow], office: Office) -> MainWindow:
    """The window there; Today is its first page."""
    return desk_window(office)


def test_every_line_of_the_checklist_opens_its_place(
    window: MainWindow, office: Office, qtbot: QtBot, tasks: Tasks
) -> None:
    page = page_of(window)
    lines = readiness.readiness(office)
    assert [queue.key for queue in page.ready._queues] == [line.code for line in lines]
    for line in lines:
        if line.place in ("backup", "keys"):
            continue
        window.stack.go("today")
        settle(qtbot, tasks)
        page_of(window).ready.opened.emit(line.code)
        settle(qtbot, tasks)
        campaign = page_of(window)
        assert (campaign.page_id, campaign.tabs.current) == ("campaign", line.place)


def test_the_checklist_is_walked_by_keys(window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
    page = page_of(window)
    assert focused() is page.ready
    for _ in range(2):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    settle(qtbot, tasks)
    campaign = page_of(window)
    assert campaign.tabs.current == "programmes"
    assert campaign.lists.stacks["programmes"].empty.act_button.hasFocus()


def test_the_checklist_says_what_is_lacking_and_goes_when_nothing_is(
    window: MainWindow, stage_office: Callable[[str], Office], qtbot: QtBot, tasks: Tasks
) -> None:
    page = page_of(window)
    assert page.ready_card.isVisible()
    assert "программ" in page.ready.accessibleName()
    assert page.ready_card.title_label.text() == "Подготовка кампании: готово 4 из 9"
    window.parts.desk.take(stage_office("nobody"))
    settle(qtbot, tasks)
    assert not page_of(window).ready_card.isVisible()


def test_while_somebody_has_applied_only_what_is_lacking_is_listed(
    stage_office: Callable[[str], Office], desk_window: Callable[..., MainWindow]
) -> None:
    office = stage_office("imported")
    campaign = office.campaign()
    structure.change(office, 0, replace(campaign.setup.pools[0], seats=1), campaign.version)
    page = page_of(desk_window(office))
    assert [queue.key for queue in page.ready._queues] == ["seats"]
    assert page.tiles["applications"].isVisible()


def test_insert_says_what_is_missing_instead_of_opening_empty_lists(
    window: MainWindow, qtbot: QtBot, tasks: Tasks
) -> None:
    assert "new" not in page_of(window).commands()
    assert "программ" in page_of(window).nothing_label.text()
    window.stack.go("applicants")
    settle(qtbot, tasks)
    page = page_of(window)
    assert "программ" in page.list.empty_state.sentence_label.text()
    assert not page.header.primary_button.isEnabled()
    assert page.header.primary_button.toolTip()
    window.do("new")
    assert page.form.isHidden()
    assert "программ" in page.strip.text
    page.strip.action_link.click()
    settle(qtbot, tasks)
    assert page_of(window).tabs.current == "programmes"


def test_intake_begins_as_soon_as_there_is_something_to_choose(
    window: MainWindow, office: Office, qtbot: QtBot, tasks: Tasks
) -> None:
    window.stack.go("applicants")
    settle(qtbot, tasks)
    programme = Programme(
        code="6B05101", branch=office.actor.branch, level="bachelor", names=Names(ru="Биология")
    )
    changed = structure.add(office, programme, office.campaign().version, tests=("biology",), seats=5)
    window.parts.desk.tell(changed)
    settle(qtbot, tasks)
    window.do("new")
    assert page_of(window).form.mode == "new"


def test_what_was_closed_is_offered_to_nobody_new_and_stays_with_who_chose_it(
    stage_office: Callable[[str], Office],
    desk_window: Callable[..., MainWindow],
    qtbot: QtBot,
    tasks: Tasks,
) -> None:
    office = stage_office("imported")
    campaign = office.campaign()
    pool = campaign.setup.pools[0]
    structure.change(office, 0, replace(pool, seats=0), campaign.version)
    structure.close(office, "pools", 0, office.campaign().version)
    window = desk_window(office)
    window.stack.go("applicants", {"new": "1"})
    settle(qtbot, tasks)
    page = page_of(window)
    offered = {option.code for option in page.form.body.fields["choice1"].editor.options}
    assert pool.id not in offered
    assert len(offered) == len(campaign.setup.pools) - 1
    chosen = next(line for line in intake.lines(office, limit=1000)[1] if line.first_choice == pool.id)
    page.board.open_application(chosen.id)
    settle(qtbot, tasks)
    assert page.form.body.fields["choice1"].editor.code == pool.id
