"""The deadline of the offers at the foot of the chair's sheet: the calendar's, another, a wrong one, none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from grants_app.gui.pages.ranking import RankingPage
from grants_app.services import awards, chair_sheet, runs
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.gui.pressing import press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pytestqt.qtbot import QtBot

    from grants_app.gui.dialogs.seal import SealBar
    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


class Foot:
    """The foot of a sheet that wants nothing more but its minutes, on this day."""

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self._qtbot, self._tasks = office, qtbot, tasks
        runs.propose(office)
        sheet = chair_sheet.look(office)
        chair_sheet.accept(office, sheet.run, {line.code: "сверено" for line in sheet.waiting}, seen=sheet)
        window.stack.go("ranking")
        self.settle()
        page = page_of(window)
        assert isinstance(page, RankingPage)
        page.run_tab.open_sheet()
        self.settle()
        self.bar: SealBar = page.run_tab.sheet.seal_bar

    def settle(self) -> None:
        """Let the background end."""
        settle(self._qtbot, self._tasks)

    def type_deadline(self, day: str, hour: str) -> None:
        """Everything by keys, from the minutes to the act."""
        for text in ("3", "", day, hour, "3"):
            type_text(text)
            press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return)
        self.settle()

    @property
    def deadlines(self) -> set[datetime | None]:
        """Until when the offers made stand."""
        return {line.deadline for line in awards.ledger(self.office) if line.application_no}


@pytest.fixture
def foot(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> Callable[..., Foot]:
    """Opens the sheet so many days after the calendar's date of the answers (before it: less than none)."""

    def open_at(days: int) -> Foot:
        office = stage_office("settled")
        confirm = office.campaign().setup.deadline("confirm")
        assert confirm is not None
        day = confirm.at + timedelta(days=days)
        office = replace(office, clock=lambda: day)
        return Foot(office, desk_window(office), qtbot, tasks)

    return open_at


def test_the_calendar_s_deadline_stands_there_and_holds(foot: Callable[..., Foot]) -> None:
    desk = foot(-5)
    confirm = desk.office.campaign().setup.deadline("confirm")
    assert confirm is not None
    local = confirm.at.astimezone(desk.office.now().tzinfo)
    assert desk.bar.due_on_edit.date == local.date()
    assert desk.bar.due_hour_edit.time == local.time()
    desk.type_deadline("", "")
    assert desk.deadlines == {confirm.at}


def test_another_deadline_typed_is_the_offers(foot: Callable[..., Foot]) -> None:
    desk = foot(5)
    assert desk.bar.due_on_edit.text() == ""
    due = (desk.office.now() + timedelta(days=4)).replace(hour=18, minute=30, second=0, microsecond=0)
    desk.type_deadline(f"{due:%d.%m.%Y}", "18:30")
    assert runs.overview(desk.office).state == "sealed"
    assert desk.deadlines == {due}


def test_without_a_deadline_the_field_says_so_and_none_is_set(foot: Callable[..., Foot]) -> None:
    desk = foot(5)
    assert desk.bar.due_on_edit.placeholderText() == "без срока"
    desk.type_deadline("", "")
    assert desk.deadlines == {None}


def test_a_deadline_that_is_past_is_refused_in_words_and_can_be_mended(foot: Callable[..., Foot]) -> None:
    desk = foot(5)
    past = desk.office.now() - timedelta(days=1)
    desk.type_deadline(f"{past:%d.%m.%Y}", "18:00")
    assert runs.overview(desk.office).state == "draft"
    assert "18:00 уже прошло: укажите будущие дату и время." in desk.bar.state_label.text()
    assert desk.bar.act_button.isEnabled()
    desk.bar.form.focus("due_on")
    type_text(f"{past + timedelta(days=9):%d.%m.%Y}")
    desk.bar.act_button.click()
    desk.settle()
    assert runs.overview(desk.office).state == "sealed"


def test_half_a_deadline_keeps_the_act_shut_and_enter_goes_to_the_other_half(
    foot: Callable[..., Foot],
) -> None:
    desk = foot(5)
    desk.type_deadline("31.12.2026", "")
    assert runs.overview(desk.office).state == "draft"
    assert not desk.bar.act_button.isEnabled()
    desk.bar.form.focus("minutes_again")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is desk.bar.due_hour_edit
