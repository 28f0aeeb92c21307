"""The window keeps its place on the screens, its focus in the page and its words in step with the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QHeaderView, QPushButton

from grants_app.domain.campaign import CampaignState
from grants_app.domain.errors import Refused
from grants_app.gui.frame.clock_watch import ClockWatch
from grants_app.gui.frame.placing import fitted
from grants_app.gui.frame_reading import frame_facts
from grants_app.gui.widgets.strip import FADE_MS, MessageStrip
from grants_app.services import campaign_acts, demonstration
from grants_app.wording import Words
from tests.gui.desks import page_of, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.tasks import Tasks
    from grants_app.gui.theme import Theme
    from grants_app.services.access import Office

PAGES = ("today", "applicants", "ranking", "awards", "papers", "journal", "campaign")
FRAME = QSize(2, 30)


@pytest.mark.parametrize(
    ("window", "screens", "stands"),
    [
        (QRect(100, 50, 1366, 768), [QRect(0, 0, 1920, 1040)], QRect(100, 50, 1366, 768)),
        # 1366×768 at 125 % and at 150 %: no larger than what is free
        (QRect(0, 0, 1366, 768), [QRect(0, 0, 1093, 574)], QRect(0, 0, 1091, 544)),
        (QRect(0, 0, 1366, 768), [QRect(0, 0, 911, 472)], QRect(0, 0, 909, 442)),
        # the second monitor is gone
        (QRect(2000, 90, 1000, 600), [QRect(0, 0, 1366, 728)], QRect(364, 90, 1000, 600)),
        (QRect(-1200, 90, 1000, 600), [QRect(0, 0, 1366, 728)], QRect(0, 90, 1000, 600)),
        # it stands on the second one
        (QRect(1500, 60, 900, 600), [QRect(0, 0, 1366, 728), QRect(1366, 0, 1920, 1040)],
         QRect(1500, 60, 900, 600)),
    ],
)  # fmt: skip
def test_the_window_fits_the_screens_there_are(window: QRect, screens: list[QRect], stands: QRect) -> None:
    assert fitted(window, screens, FRAME) == stands


def test_a_window_kept_on_a_lost_monitor_comes_back(make_window: Callable[..., MainWindow]) -> None:
    first = make_window()
    first.setGeometry(5000, 4000, 900, 600)
    first.parts.settings.setValue("geometry", first.saveGeometry())
    again = make_window(settings=first.parts.settings)
    room = again.screen().availableGeometry()
    assert room.contains(again.geometry())
    again.move(QPoint(9000, 9000))
    again.placing.fit()
    assert room.contains(again.geometry())


class _Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock(datetime(2026, 7, 10, 17, 58, tzinfo=UTC))


@pytest.fixture
def heard(clock: _Clock, qapp: QApplication) -> tuple[ClockWatch, list[int]]:
    watch = ClockWatch(clock, QObject(qapp))
    watch.wait_for(None, "Asia/Bishkek")
    told: list[int] = []
    watch.passed.connect(lambda: told.append(1))
    watch.look()
    return watch, told


def test_nothing_is_said_while_the_clock_only_ticks(
    clock: _Clock, heard: tuple[ClockWatch, list[int]]
) -> None:
    clock.now += timedelta(seconds=15)
    heard[0].look()
    assert heard[1] == []


def test_the_day_turns_by_the_office_s_own_clock(clock: _Clock, heard: tuple[ClockWatch, list[int]]) -> None:
    for _ in range(3):  # 23:58 in Bishkek, and on
        clock.now += timedelta(seconds=60)
        heard[0].look()
    assert heard[1] == [1]


def test_a_computer_that_slept_is_noticed(clock: _Clock, heard: tuple[ClockWatch, list[int]]) -> None:
    heard[0].look()
    clock.now += timedelta(hours=-3)
    heard[0].look()
    assert heard[1] == [1]


def test_a_date_that_passes_is_noticed_once(clock: _Clock, heard: tuple[ClockWatch, list[int]]) -> None:
    heard[0].wait_for(clock.now + timedelta(seconds=20), "Asia/Bishkek")
    for _ in range(4):
        clock.now += timedelta(seconds=15)
        heard[0].look()
    assert heard[1] == [1]


def test_the_clock_asks_nothing_of_a_database_that_is_away(
    stage_office: Callable[[str], Office],
    desk_window: Callable[..., MainWindow],
    qtbot: QtBot,
    tasks: Tasks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A server gone for a minute is no fault of the clock: the next act says it."""
    office = stage_office("settled")
    window = desk_window(office)
    settle(qtbot, tasks)

    def away(_store: object) -> None:
        raise Refused("server_unreachable")

    with monkeypatch.context() as gone:
        gone.setattr(type(office.store), "reading", away)
        window.clock_watch.look()
        window.clock_watch.look()


def test_the_header_s_word_follows_the_dates_and_the_acts(stage_office: Callable[[str], Office]) -> None:
    office = stage_office("settled")
    words = Words("ru")
    setup = office.campaign().setup
    opens, close = setup.deadline("open"), setup.deadline("close")
    assert opens is not None
    assert close is not None

    def stage(at: datetime) -> str:
        return frame_facts(replace(office, clock=lambda: at), words).stage

    day = timedelta(days=1)
    assert stage(opens.at - day).startswith("приём с ")
    assert stage(close.at - day).startswith("приём открыт до ")
    assert stage(close.at + day).startswith("приём завершён ")
    assert frame_facts(office, words).changes_at == min(
        one.at for one in setup.deadlines if one.at > office.clock()
    )
    campaign_acts.freeze(office, "сверка")
    assert office.campaign().state is CampaignState.FROZEN
    assert stage(close.at + day) == words.code("stage_frozen")


def test_success_fades_and_trouble_stays(
    shown: Callable[[QWidget], QWidget], theme: Theme, speech: Speech
) -> None:
    strip = MessageStrip(theme, speech)
    shown(strip)
    strip.show_message("ok", "Записано.")
    assert strip.fades_in == FADE_MS
    away = QPushButton("elsewhere")
    shown(away)
    strip.fade()
    assert strip.text == "" or strip.underMouse()
    strip.show_message("warn", "Не записано.")
    assert strip.fades_in == 0


def test_a_refusal_goes_when_the_matter_is_settled_and_not_before(window: MainWindow) -> None:
    page = page_of(window)
    page.show_message("warn", "Занято.")
    window.parts.desk.tell("the same act")
    assert page.strip.text == "Занято."
    QApplication.processEvents()
    window.parts.desk.tell("a later act")
    assert page.strip.text == ""


def test_a_button_that_goes_gives_the_focus_to_the_row_never_to_the_status_bar(
    stage_office: Callable[[str], Office], desk_window: Callable[..., MainWindow], qtbot: QtBot, tasks: Tasks
) -> None:
    office = replace(stage_office("sealed"), clock=lambda: demonstration.SAMPLE_DAY)
    window = desk_window(office)
    for name in ("applicants", "awards", "papers", "journal", "campaign"):
        window.stack.go(name)
        settle(qtbot, tasks)
        page = page_of(window)
        lists = [view for view in page.regions() if view.isVisible()]
        lists[0].setFocus()
        button = QPushButton("act", page)
        button.show()
        for gone in (button.hide, partial(button.setEnabled, False)):  # noqa: FBT003 - Qt's own form
            button.setEnabled(True)
            button.show()
            button.setFocus()
            gone()
            QApplication.processEvents()
            qtbot.wait(1)
            focus = QApplication.focusWidget()
            assert focus is not None, name
            assert page.isAncestorOf(focus), (name, focus)
        button.deleteLater()


def test_the_language_switch_is_out_of_the_chain_of_tab(window: MainWindow) -> None:
    buttons = [window.status_bar.findChild(QObject, f"{lang}_button") for lang in ("ru", "kk", "ky", "en")]
    assert all(button.focusPolicy() == Qt.FocusPolicy.NoFocus for button in buttons)


def test_every_list_and_scrolled_area_has_a_name(
    stage_office: Callable[[str], Office], desk_window: Callable[..., MainWindow], qtbot: QtBot, tasks: Tasks
) -> None:
    office = replace(stage_office("sealed"), clock=lambda: demonstration.SAMPLE_DAY)
    window = desk_window(office)
    nameless = set()
    for name in PAGES:
        window.stack.go(name)
        settle(qtbot, tasks)
        page = page_of(window)
        tabs = getattr(page, "tabs", None) or getattr(page, "views", None)
        for _ in range(len(tabs.buttons) if tabs is not None else 1):
            for area in page.findChildren(QAbstractScrollArea):
                counts = area.isVisible() and not isinstance(area, QHeaderView)
                if counts and area.focusPolicy() != Qt.FocusPolicy.NoFocus and not area.accessibleName():
                    nameless.add(
                        (name, tabs.current if tabs else "", area.objectName() or type(area).__name__)
                    )
            window.do("next_tab")
            settle(qtbot, tasks)
    assert nameless == set()


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_at_800_pixels_every_primary_button_is_reachable(
    stage_office: Callable[[str], Office],
    desk_window: Callable[..., MainWindow],
    qtbot: QtBot,
    tasks: Tasks,
    speech: Speech,
    lang: str,
) -> None:
    window = desk_window(stage_office("settled"), (800, 500))
    speech.switch(lang)
    for name in PAGES:
        window.stack.go(name)
        settle(qtbot, tasks)
        button = page_of(window).header.primary_button
        if button.isVisible():
            box = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
            assert QRect(QPoint(0, 0), QSize(800, 500)).contains(box), (name, box)
