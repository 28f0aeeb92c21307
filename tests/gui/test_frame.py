"""The window's frame: languages, rail, history, messages, commands, closing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from grants_app.domain.errors import Refused
from grants_app.gui.application import Collector, OnlyInstance
from grants_app.gui.dialogs.help_dialogs import HelpDialog
from grants_app.gui.keys import COMMANDS, MENUS
from grants_app.gui.office_acts import OfficeActs
from grants_app.gui.theme import RAIL_NARROW, RAIL_WIDTH
from grants_app.gui.widgets.bars import FrameFacts, StatusFact
from grants_app.gui.widgets.search_popup import Found
from grants_app.gui.widgets.strip import StripAction
from grants_app.wording import LANGUAGES, Words
from tests.gui.conftest import AN_OFFICE
from tests.gui.keyboard import type_text
from tests.offices import new_office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.qt_words import Speech


def titles(window: MainWindow) -> list[str]:
    return [action.text() for action in window.menuBar().actions()]


def test_a_language_switch_words_menus_rail_page_and_search_without_a_restart(window: MainWindow) -> None:
    before = titles(window)
    window.status_bar.language_chosen.emit("ky")
    ky = Words("ky")
    assert titles(window) == [ky(text) for _menu, text in MENUS] != before
    assert window.rail.text_of("applicants") == ky("Applicants")
    assert window.stack.page.header.title_label.text() == ky("Today")
    assert window.top_bar.search_edit.placeholderText() == ky("Find a person, a number or an action")
    assert window.findChild(object, "ky_button").isChecked()


def test_standard_buttons_speak_the_language_in_force_and_follow_a_switch(
    speech: Speech, qtbot: QtBot
) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    button = box.button(QDialogButtonBox.StandardButton.Cancel)
    assert button.text() == Words("ru").qt("QPlatformTheme", "Cancel") == "Отмена"
    speech.switch("ky")
    QApplication.processEvents()
    assert button.text() == Words("ky").qt("QPlatformTheme", "Cancel") != "Cancel"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_and_menu_has_words_in_every_language(lang: str) -> None:
    words, english = Words(lang), Words("en")
    texts = [text for _menu, text in MENUS] + [command.text for command in COMMANDS]
    same = [text for text in texts if words(text) == english(text)]
    assert same == (texts if lang == "en" else [])


def test_the_rail_shows_icons_only_below_1200_px(window: MainWindow) -> None:
    window.resize(1200, 700)
    assert (window.rail.narrow, window.rail.width()) == (False, RAIL_WIDTH)
    window.resize(1199, 700)
    assert (window.rail.narrow, window.rail.width()) == (True, RAIL_NARROW)


def test_ctrl_and_a_figure_open_the_pages(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitExposed(window):
        window.activateWindow()
    for number, page_id in ((2, "applicants"), (7, "campaign"), (1, "today")):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.stack.page.page_id == page_id
        assert window.rail.current == page_id


def test_back_and_forward_walk_the_pages_visited_with_their_filters(window: MainWindow) -> None:
    window.stack.go("applicants", {"search": "усонова"})
    window.stack.go("journal")
    window.do("back")
    assert window.stack.page.page_id == "applicants"
    assert window.stack.page.seen.count("filter {'search': 'усонова'}") == 2
    window.do("back")
    assert window.stack.page.page_id == "today"
    window.do("forward")
    window.do("forward")
    window.do("forward")
    assert window.stack.page.page_id == "journal"


def test_a_page_that_must_not_be_left_stays_on_view(window: MainWindow) -> None:
    window.stack.page.may_leave = False
    window.stack.go("journal")
    assert window.stack.page.page_id == "today"
    assert window.rail.current == "today"
    assert not window.close()
    window.stack.page.may_leave = True


def test_pages_not_on_view_read_again_only_when_they_come_on_view(window: MainWindow) -> None:
    today = window.stack.page
    window.stack.go("journal")
    journal = window.stack.page
    today.seen.clear()
    journal.seen.clear()
    window.parts.desk.tell("something")
    assert (today.seen, journal.seen) == ([], ["refresh"])
    window.stack.go("today")
    assert today.seen == ["refresh"]


def test_a_page_is_built_at_its_first_visit(window: MainWindow) -> None:
    assert window.stack.count() == 1
    window.stack.go("papers")
    assert window.stack.count() == 2


def test_the_page_answers_its_commands_and_others_are_grey(window: MainWindow) -> None:
    window.do("save_next")
    assert "saved" in window.stack.page.seen
    grey = {a.objectName() for a in window.actions() if not a.isEnabled()}
    assert {"print_preview", "person_card"} <= grey
    assert not grey & {"new", "recalculate", "save_next", "copy", "search"}


def test_a_command_nobody_answers_is_not_in_the_menu(window: MainWindow) -> None:
    shown = {action.objectName() for action in window.actions() if action.isVisible()}
    assert "search" in shown
    assert "about" not in shown


def test_a_refusal_is_said_in_the_strip_and_nothing_pops_up(window: MainWindow) -> None:
    window.context.tell_failure(Refused("task_cancelled"))
    assert window.stack.page.strip.text == "Остановлено. Ничего не изменено."
    assert window.stack.page.strip.kind == "warn"
    assert QApplication.activeModalWidget() is None


def test_a_bug_is_one_sentence_with_the_place_of_its_report(
    window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    window.context.tell_failure(ZeroDivisionError("x"))
    assert "report.txt" in window.stack.page.strip.text
    assert window.stack.page.strip.kind == "bad"
    assert "ZeroDivisionError" in caplog.text
    caplog.clear()


def test_the_strip_s_link_acts_and_its_cross_dismisses(window: MainWindow) -> None:
    acted: list[int] = []
    strip = window.stack.page.strip
    window.context.show_message("info", "text", StripAction("act", lambda: acted.append(1)))
    strip.action_link.click()
    strip.dismiss_button.click()
    assert (acted, strip.text) == ([1], "")


def test_f6_goes_round_the_regions_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    visited = []
    for _press in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        visited.append(QApplication.focusWidget())
    page = window.stack.page
    assert visited == [page.note_edit, window.top_bar.search_edit, window.rail, page.name_edit]


def test_f11_leaves_only_the_table_and_brings_everything_back(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert [window.rail.isVisible(), window.top_bar.isVisible(), window.stack.page.note_edit.isVisible()] == [
        False
    ] * 3
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.rail.isVisible()
    assert window.stack.page.note_edit.isVisible()


def test_the_search_finds_actions_by_their_words_and_does_them(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.do("search")
    field = window.top_bar.search_edit
    assert field.hasFocus()
    type_text(field, "пересч")
    texts = [found.text for found in window.search.popup.found]
    assert texts == ["Абитуриенты: пересч", "Пересчитать"]
    window.stack.page.seen.clear()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.stack.page.seen == ["refresh"]


def test_the_search_offers_people_the_office_found(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_window(find=lambda office, text, _words: [Found(f"{office}: {text}", page_id="applicants")])
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.do("search")
    type_text(window.top_bar.search_edit, "усо")
    qtbot.waitUntil(lambda: [f.text for f in window.search.popup.found][:1] == ["an office: усо"])


def test_the_frame_shows_what_it_is_told_of_the_office(
    make_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    facts = FrameFacts(
        title="Гранты 2026", officer="Токтогулова А.", facts=(StatusFact("journal", "ok", "Журнал цел"),),
        counts={"applicants": "674"},
    )  # fmt: skip
    window = make_window(facts=lambda _office, _words: facts)
    qtbot.waitUntil(lambda: window.windowTitle() == "Гранты 2026")
    assert window.top_bar.officer_label.text() == "Токтогулова А."


def test_without_an_office_only_the_first_start_is_shown(make_window: Callable[..., MainWindow]) -> None:
    window = make_window(office=None)
    window.show()
    window.stack.go("journal")
    assert window.stack.page.page_id == "start"
    assert not window.rail.isVisible()
    window.parts.desk.take(AN_OFFICE)
    assert window.stack.page.page_id == "today"
    assert window.rail.isVisible()


def test_language_appearance_and_place_are_remembered(make_window: Callable[..., MainWindow]) -> None:
    window = make_window()
    window.resize(800, 560)
    window.status_bar.language_chosen.emit("kk")
    window._on_mode_chosen("dark")
    window.close()
    again = make_window(settings=window.parts.settings)
    assert (again.width(), again.height()) == (800, 560)
    assert window.parts.settings.value("language") == "kk"
    assert window.parts.settings.value("appearance") == "dark"


def test_closing_ends_the_background_work(window: MainWindow, qtbot: QtBot) -> None:
    window.close()
    assert not window.parts.tasks._thread.is_alive()


def test_help_lists_every_chord(window: MainWindow) -> None:
    dialog = HelpDialog(window.context, window.stack.page, window)
    shown = {label.text() for label in dialog.findChildren(type(dialog.sentence_label))}
    for command in COMMANDS:
        if command.chords:
            assert window.words(command.text) in shown


def test_a_second_start_raises_the_window_that_is_open(
    qapp: QApplication, qtbot: QtBot, tmp_path: object
) -> None:
    first, second = OnlyInstance(str(tmp_path), qapp), OnlyInstance(str(tmp_path), qapp)
    assert first.is_first()
    with qtbot.waitSignal(first.raised):
        assert not second.is_first()
    first.deleteLater()
    second.deleteLater()


def test_none_keeps_its_references_over_ten_thousand_void_calls(window: MainWindow) -> None:
    """PySide6 6.12.0 dropped one at every void call and aborted on Python 3.11 after some thousands."""
    before = sys.getrefcount(None)
    for _call in range(10_000):
        window.update()
    assert abs(sys.getrefcount(None) - before) < 100


def test_garbage_is_collected_by_a_timer_only(qapp: QApplication, qtbot: QtBot) -> None:
    import gc

    try:
        collector = Collector(qapp)
        assert not gc.isenabled()
        collector.deleteLater()
    finally:
        gc.enable()


def test_the_menu_s_backup_is_read_back_and_the_check_says_so(
    make_window: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(office=new_office(tmp_path))
    acts = OfficeActs(window)
    acts.back_up_to(tmp_path / "copy.sqlite")
    qtbot.waitUntil(lambda: "copy.sqlite" in window.stack.page.strip.text)
    assert (tmp_path / "copy.sqlite").stat().st_size > 0
    acts.check()
    qtbot.waitUntil(
        lambda: (
            window.stack.page.strip.text
            == window.words("The database, journal and seat ledger are consistent.")
        )
    )
