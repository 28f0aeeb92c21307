"""The first start: a sample, a new campaign, a file or a backup, by keys."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from grants_app.domain.campaign import Programme
from grants_app.domain.values import Names
from grants_app.gui.dialogs.officer import OfficerDialog
from grants_app.services import intake, opening, upkeep
from grants_app.services.access import Folders
from grants_app.services.campaign import setup_file, structure
from grants_app.services.start import recent
from grants_app.store.database.locks import hold_alone
from tests.gui.desks import page_of, settle
from tests.gui.pressing import press, type_text
from tests.services.desks import applied

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.dialogs.first_start import FirstStart
    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


@pytest.fixture
def window(desk_window: Callable[..., MainWindow]) -> MainWindow:
    """The window without an office."""
    return desk_window(None)


@pytest.fixture
def sheet(window: MainWindow) -> FirstStart:
    """The sheet on view."""
    return page_of(window).sheet


def begin(window: MainWindow, qtbot: QtBot, tasks: Tasks) -> Office:
    """Press Ctrl+Enter and wait for the office."""
    window.do("save_next")
    settle(qtbot, tasks)
    qtbot.waitUntil(lambda: window.parts.desk.open, timeout=30_000)
    settle(qtbot, tasks)
    return window.parts.desk.office


def test_a_new_campaign_is_begun_by_keys(
    window: MainWindow, sheet: FirstStart, qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    sheet.title_edit.setFocus()
    type_text("Гранты Казахстана")
    press(Qt.Key.Key_Return)
    sheet.year_edit.selectAll()
    type_text("2027")
    sheet.path_edit.setFocus()
    sheet.path_edit.selectAll()
    type_text(str(tmp_path / "own.sqlite"))
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    type_text("Токтогулова А.")
    office = begin(window, qtbot, tasks)
    setup = office.campaign().setup
    assert (setup.code, setup.titles.ru, setup.sample) == ("2027", "Гранты Казахстана", False)
    assert (setup.programmes, setup.pools, setup.signatories, setup.deadlines) == ((), (), (), ())
    assert office.actor.name == "Токтогулова А."
    assert Path(tmp_path / "own.sqlite").exists()


def test_nothing_of_the_sample_is_offered_to_a_real_campaign(sheet: FirstStart) -> None:
    assert [option.code for option in sheet.source_edit._options] == ["empty", "last", "file"]
    assert sheet.source_edit.code == "empty"


def test_a_new_campaign_starts_from_a_file_of_settings(
    window: MainWindow,
    sheet: FirstStart,
    stage_office: Callable[[str], Office],
    qtbot: QtBot,
    tasks: Tasks,
    tmp_path: Path,
) -> None:
    source = stage_office("empty")
    programme = Programme(code="6B05101", branch="ENU-OSH", level="bachelor", names=Names(ru="Биология"))
    structure.add(source, programme, source.campaign().version, tests=("biology",), seats=5)
    setup_file.export_setup(source, tmp_path / "settings.toml")
    sheet.source_edit.setFocus()
    sheet.source_edit.selectAll()
    type_text("файл настроек")
    press(Qt.Key.Key_Return)
    assert sheet.settings_edit.isVisible()
    sheet.settings_edit.setFocus()
    type_text(str(tmp_path / "settings.toml"))
    press(Qt.Key.Key_Return)
    sheet.path_edit.setText(str(tmp_path / "own.sqlite"))
    sheet.name_edit.setText("Асанова Г.")
    setup = begin(window, qtbot, tasks).campaign().setup
    assert [(pool.programme, pool.seats) for pool in setup.pools] == [("6B05101", 5)]


def test_a_file_that_is_none_of_settings_is_said_in_words(sheet: FirstStart, tmp_path: Path) -> None:
    wrong = tmp_path / "settings.toml"
    wrong.write_text("nothing", encoding="utf-8")
    sheet.source_edit.set_code("file")
    sheet._on_way_toggled()
    sheet.settings_edit.setFocus()
    type_text(str(wrong))
    press(Qt.Key.Key_Return)
    assert sheet.problem_label.text()


@pytest.mark.parametrize("way", ["new", "open", "sample"])
def test_tab_goes_from_the_last_field_to_the_button_that_begins(sheet: FirstStart, way: str) -> None:
    sheet.choose_way(way)  # type: ignore[arg-type]  # one of the three
    sheet.name_edit.setText("Асанова Г.")
    sheet.file_edit.setText("grants.sqlite")
    sheet.role_edit.setFocus()
    press(Qt.Key.Key_Tab)
    assert sheet.begin_button.hasFocus()
    press(Qt.Key.Key_Backtab)
    assert sheet.role_edit.hasFocus()


def test_without_a_name_nothing_begins_and_the_caret_goes_there(
    window: MainWindow, sheet: FirstStart
) -> None:
    window.do("save_next")
    assert not window.parts.desk.open
    assert sheet.name_edit.hasFocus()


def test_the_chosen_way_and_the_focused_one_look_different(sheet: FirstStart) -> None:
    def edge_and_ground(way: str) -> tuple[bool, bool]:
        card = sheet.ways[way]
        image, tokens = card.grab().toImage(), sheet.context.theme.tokens
        middle = card.height() - 24
        ringed = image.pixelColor(0, middle) == QColor(tokens.accent)
        return ringed, image.pixelColor(12, middle) == QColor(tokens.selected)

    sheet.ways["open"].setChecked(True)
    sheet.ways["new"].setFocus()
    assert edge_and_ground("open") == (False, True)
    assert edge_and_ground("new") == (True, False)
    assert edge_and_ground("sample") == (False, False)


def test_the_sample_comes_with_its_people(
    window: MainWindow, sheet: FirstStart, qtbot: QtBot, tasks: Tasks
) -> None:
    sheet.choose_way("sample")
    sheet.name_edit.setText("Асанова Г.")
    office = begin(window, qtbot, tasks)
    assert office.campaign().setup.sample
    assert intake.lines(office)[0] == 664


def test_a_file_is_opened_at_its_campaign(
    window: MainWindow,
    sheet: FirstStart,
    stage_office: Callable[[str], Office],
    qtbot: QtBot,
    tasks: Tasks,
) -> None:
    known = stage_office("imported")
    sheet.choose_way("open")
    sheet.file_edit.setFocus()
    type_text(known.store.address)
    press(Qt.Key.Key_Return)
    sheet.name_edit.setText("Асанова Г.")
    office = begin(window, qtbot, tasks)
    assert intake.lines(office)[0] == 664
    assert office.actor.name == "Асанова Г."
    office.store.close()


def backed_up(window: MainWindow, known: Office, copy: Path) -> None:
    """A backup of one application, and a second one entered after it, on this machine."""
    premises = window.parts.desk.premises
    address = known.store.address
    known.store.close()
    office = opening.open_desk(premises, address, known.actor, shown=True)
    upkeep.backup(office, copy)
    applied(office)
    office.store.close()


def test_a_backup_is_restored_beside_by_keys_after_it_was_confirmed_in_words(
    window: MainWindow,
    sheet: FirstStart,
    stage_office: Callable[[str], Office],
    qtbot: QtBot,
    tasks: Tasks,
    tmp_path: Path,
) -> None:
    known = stage_office("imported")
    backed_up(window, known, tmp_path / "copy.sqlite")
    before = Path(known.store.address).read_bytes()
    sheet.ways["open"].setChecked(True)
    sheet.file_edit.setFocus()
    type_text(str(tmp_path / "copy.sqlite"))
    press(Qt.Key.Key_Return)
    settle(qtbot, tasks)
    assert sheet.backup_tick.isChecked(), "the file says of itself that it is a backup"
    assert "664" in sheet.source_label.text()
    target = Path(sheet.target_edit.text())
    assert target == tmp_path / "own" / "grants-restored.sqlite"
    sheet.name_edit.setText("Асанова Г.")
    window.do("save_next")
    asked = sheet.confirmation
    assert asked.isVisible()
    assert not sheet.form.isVisible()
    said = " ".join(label.text() for label in asked.lines if label.isVisible())
    for part in ("copy.sqlite", "2026", "664", str(target), "0380"):
        assert part in said
    assert asked.back_button.hasFocus(), "a second Enter confirms nothing"
    press(Qt.Key.Key_Escape)
    assert not asked.isVisible()
    assert not target.exists()
    window.do("save_next")
    asked.act_button.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.parts.desk.open, timeout=30_000)
    settle(qtbot, tasks)
    office = window.parts.desk.office
    assert intake.lines(office)[0] == 664
    assert Path(office.store.address) == target
    assert Path(known.store.address).read_bytes() == before
    assert upkeep.check(office) == ()
    office.store.close()


def test_a_backup_of_an_earlier_version_is_ticked_by_hand_and_a_damaged_one_is_refused(
    window: MainWindow,
    sheet: FirstStart,
    stage_office: Callable[[str], Office],
    qtbot: QtBot,
    tasks: Tasks,
    tmp_path: Path,
) -> None:
    known = stage_office("imported")
    known.store.close()
    old = Path(shutil.copy(known.store.address, tmp_path / "old.sqlite"))
    sheet.open_file(str(old))
    sheet.backup_tick.setChecked(True)
    settle(qtbot, tasks)
    assert "664" in sheet.source_label.text()
    data = bytearray(old.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(data)
    sheet.open_file(str(broken))
    settle(qtbot, tasks)
    assert "broken.sqlite" in sheet.problem_label.text()
    assert not sheet.ready
    assert not window.parts.desk.open


def test_files_opened_before_are_listed_and_a_missing_one_says_so(
    desk_window: Callable[..., MainWindow],
    stage_office: Callable[[str], Office],
    qtbot: QtBot,
    tasks: Tasks,
    tmp_path: Path,
) -> None:
    folders = Folders(tmp_path / "own")
    known, gone = stage_office("imported"), stage_office("nobody")
    recent.opened(folders, known)
    recent.opened(folders, gone)
    for office in (known, gone):
        office.store.close()
    Path(gone.store.address).unlink()
    window = desk_window(None)
    sheet = page_of(window).sheet
    sheet.ways["open"].setChecked(True)
    rows = [sheet.recent_list.item(row).text() for row in range(sheet.recent_list.count())]
    missing = window.words("{file} · missing from {folder}", file="grants.sqlite", folder=tmp_path / "desk-1")
    assert rows[0] == missing
    assert str(tmp_path / "desk-0") in rows[1]
    sheet.recent_list.setFocus()
    sheet.recent_list.setCurrentRow(0)
    press(Qt.Key.Key_Return)
    assert str(tmp_path / "desk-1") in sheet.problem_label.text()
    sheet.recent_list.setFocus()
    press(Qt.Key.Key_Delete)
    assert sheet.recent_list.count() == 1
    sheet.recent_list.setCurrentRow(0)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.parts.desk.open, timeout=30_000)
    settle(qtbot, tasks)
    assert window.parts.desk.office.store.address == known.store.address
    assert str(tmp_path / "desk-0") in window.windowTitle()
    assert "grants.sqlite" in window.windowTitle()
    window.parts.desk.office.store.close()


def test_another_file_is_chosen_over_the_open_one_and_esc_goes_back_to_it(
    desk_window: Callable[..., MainWindow],
    stage_office: Callable[[str], Office],
    qtbot: QtBot,
    tasks: Tasks,
) -> None:
    first, second = stage_office("imported"), stage_office("nobody")
    second.store.close()
    window = desk_window(first)
    window.stack.go("journal")
    window.stack.show_start({"way": "open"})
    settle(qtbot, tasks)
    assert page_of(window).page_id == "start"
    assert window.parts.desk.office is first
    press(Qt.Key.Key_Escape)
    assert page_of(window).page_id == "journal"
    window.stack.show_start({"way": "open"})
    sheet = page_of(window).sheet
    sheet.open_file(str(Path(second.store.address).with_name("none.sqlite")))
    assert sheet.problem_label.text()
    assert window.parts.desk.office is first, "what is open stays open until the other one is"
    sheet.open_file(second.store.address)
    sheet.begin()
    qtbot.waitUntil(lambda: window.parts.desk.office is not first, timeout=30_000)
    settle(qtbot, tasks)
    restoring_needs_it_alone = hold_alone(Path(first.store.address))
    restoring_needs_it_alone.release()
    window.parts.desk.office.store.close()


def test_a_file_that_is_no_database_gets_one_plain_sentence(
    window: MainWindow, sheet: FirstStart, tmp_path: Path
) -> None:
    wrong = tmp_path / "notes.sqlite"
    wrong.write_text("no database", encoding="utf-8")
    sheet.choose_way("open")
    sheet.file_edit.setFocus()
    type_text(str(wrong))
    press(Qt.Key.Key_Return)
    assert sheet.problem_label.text()
    assert not window.parts.desk.open


def test_another_officer_sits_down_by_keys(
    stage_office: Callable[[str], Office], desk_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = desk_window(stage_office("nobody"))
    dialog = OfficerDialog(window.context, window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.form.focus("name")
    type_text("Асанова Г.")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    assert window.parts.desk.office.actor.name == "Асанова Г."


def test_a_role_that_is_in_no_list_is_told_beside_its_field(
    stage_office: Callable[[str], Office], desk_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = desk_window(stage_office("nobody"))
    before = window.parts.desk.office.actor
    dialog = OfficerDialog(window.context, window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.form.focus("name")
    type_text("Асанова Г.")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    type_text("верифик")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    assert dialog.form.fields["role"].message == "Выберите из списка."
    assert dialog.role_edit.hasFocus()
    assert window.parts.desk.office.actor == before
