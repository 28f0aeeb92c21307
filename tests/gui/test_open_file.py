"""Which file a window opens, what it says of it, who answers for it, and where its backups go."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from grants_app import bootstrap
from grants_app.bootstrap import Outside
from grants_app.gui import application
from grants_app.gui.application import OnlyInstance, OpenFile, make_window
from grants_app.gui.dialogs.backup_folder import BackupFolderDialog
from grants_app.services import beginning, opening, upkeep
from grants_app.services.start import recent
from grants_app.wording import Words
from tests import offices
from tests.gui.desks import page_of, settle
from tests.gui.pressing import press, type_text
from tests.services.desks import applied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office

ACTOR = offices.SECRETARY


@pytest.fixture
def started(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    """Starts the window as the program does, on the machine of the test."""
    windows: list[MainWindow] = []

    def start(address: str = "") -> MainWindow:
        outside = Outside()
        window = make_window(qapp, outside, address)
        OpenFile(window, outside, OnlyInstance(f"{outside.settings_file()} test", qapp))
        windows.append(window)
        window.show()
        qtbot.waitExposed(window)
        settle(qtbot, window.parts.tasks)
        return window

    yield start
    for window in windows:
        if window.parts.desk.open:
            window.parts.desk.office.store.close()
        window.close()
        window.words.remove()
        window.deleteLater()
    qapp.processEvents()


def begun(name: str = "grants.sqlite") -> Office:
    premises = Outside().premises
    address = str(premises.folders.data / name)
    return beginning.begin(premises, address, "sample", ACTOR)


def test_a_restart_opens_what_was_open_last(started: Callable[..., MainWindow]) -> None:
    for name in ("grants.sqlite", "other.sqlite"):
        begun(name).store.close()
    folder = Outside().folders.data
    first = started(str(folder / "other.sqlite"))
    assert Path(first.parts.desk.office.store.address).name == "other.sqlite"
    first.parts.desk.office.store.close()
    again = started()
    assert Path(again.parts.desk.office.store.address).name == "other.sqlite"
    assert "other.sqlite" in again.windowTitle()
    assert str(folder) in again.windowTitle()


def test_a_file_that_is_gone_is_named_and_the_others_are_offered(started: Callable[..., MainWindow]) -> None:
    folders = Outside().folders
    for name in ("grants.sqlite", "gone.sqlite"):
        office = begun(name)
        recent.opened(folders, office)
        office.store.close()
    (folders.data / "gone.sqlite").unlink()
    window = started()
    assert not window.parts.desk.open
    page = page_of(window)
    assert "gone.sqlite" in page.strip.text
    assert page.sheet.way == "open"
    assert page.sheet.recent_list.count() == 2


def test_a_backup_given_to_the_window_is_to_be_restored(
    started: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    office = begun()
    upkeep.backup(office, tmp_path / "copy.sqlite")
    office.store.close()
    window = started(str(tmp_path / "copy.sqlite"))
    settle(qtbot, window.parts.tasks)
    assert not window.parts.desk.open
    sheet = page_of(window).sheet
    assert sheet.restores
    assert sheet.file_edit.text() == str(tmp_path / "copy.sqlite")
    assert sheet.source_label.text()


def test_an_older_state_is_said_once_the_file_is_open(started: Callable[..., MainWindow]) -> None:
    office = begun()
    path = Path(office.store.address)
    shutil.copy(path, path.with_name("older.sqlite"))
    applied(office)
    office.store.close()
    window = started(str(path.with_name("older.sqlite")))
    sentence = window.words.code("database_behind", here="1", seen="2")
    assert page_of(window).strip.text == sentence


def test_each_file_has_a_window_of_its_own_and_its_second_start_raises_that_one(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    def only(name: str) -> OnlyInstance:
        return OnlyInstance(str(tmp_path / name), qapp)

    first = only("a.sqlite")
    assert first.is_first()
    other = only("b.sqlite")
    assert other.is_first(), "a window open on another file is no reason not to open this one"
    first.move_to(str(tmp_path / "c.sqlite"))
    with qtbot.waitSignal(first.raised):
        assert not only("c.sqlite").is_first()
    assert only("a.sqlite").is_first(), "that file is open in no window any more"
    first.move_to(str(tmp_path / "b.sqlite"))
    with qtbot.waitSignal(other.raised):
        assert not only("b.sqlite").is_first()


def test_links_to_a_file_are_that_file(tmp_path: Path) -> None:
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "real.sqlite")
    key = Outside().same_file_key
    assert key(str(tmp_path / "link.sqlite")) == key(str(tmp_path / "real.sqlite"))
    assert key("postgresql://a:secret@b/c") == "postgresql://a@b/c"


@pytest.mark.parametrize(
    ("line", "address"),
    [([], ""), (["--db", "a.sqlite"], "a.sqlite"), (["--db=b.db"], "b.db"), (["c.sqlite"], "c.sqlite")],
)
def test_the_window_opens_the_file_it_is_started_with(
    monkeypatch: pytest.MonkeyPatch, line: list[str], address: str
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(application, "run", lambda _outside, given: asked.append(given) or 0)
    assert bootstrap.start(line) == 0
    assert asked == [address]


def test_what_a_start_is_about_is_the_file_named_then_the_environments_then_the_last_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outside = Outside()
    assert outside.address_to_open("") == str(outside.folders.data / "grants.sqlite")
    office = begun("last.sqlite")
    outside.opened(office)
    office.store.close()
    assert outside.address_to_open("") == office.store.address
    monkeypatch.setenv("GRANTS_APP_DB", "named.sqlite")
    assert outside.address_to_open("") == "named.sqlite"
    assert outside.address_to_open("given.sqlite") == "given.sqlite"


# The second folder of backups


def test_a_second_folder_is_set_by_keys_and_its_absence_is_said_in_the_frame(
    desk_window: Callable[..., MainWindow],
    stage_office: Callable[[str], Office],
    qtbot: QtBot,
    tasks: Tasks,
    tmp_path: Path,
) -> None:
    office = stage_office("nobody")
    window = desk_window(office)
    stick = tmp_path / "stick"
    stick.mkdir()
    dialog = BackupFolderDialog(window.context, window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.form.focus("folder")
    type_text(str(tmp_path / "nowhere"))
    press(Qt.Key.Key_Return)
    dialog.act_button.click()
    settle(qtbot, tasks)
    assert str(tmp_path / "nowhere") in dialog.strip.text
    dialog.form.focus("folder")
    dialog.folder_edit.setText(str(stick))
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    settle(qtbot, tasks)
    assert not dialog.isVisible()
    assert len(list(stick.glob("*.sqlite"))) == 1
    shutil.rmtree(stick)
    window.parts.desk.tell(None)
    settle(qtbot, tasks)
    told = [fact.key for fact in Outside().frame_facts(office, Words("ru")).facts]
    assert "second" in told
    assert page_text(window, window.words("Second backup folder"))
    again = BackupFolderDialog(window.context, window)
    again.open()
    qtbot.waitUntil(again.isActiveWindow)
    assert again.folder_edit.text() == str(stick)
    again.folder_edit.clear()
    again.act_button.click()
    settle(qtbot, tasks)
    assert upkeep.backup_place(office).second is None


def page_text(window: MainWindow, text: str) -> bool:
    """Whether the page on view says this among its facts."""
    from grants_app.gui.pages.today_words import TodayWords
    from grants_app.services import today

    facts = TodayWords(window.words, today.look(window.parts.desk.office)).backup()
    return text in [fact.name for fact in facts]


def test_a_servers_database_says_whose_business_its_backups_are(
    desk_window: Callable[..., MainWindow], postgres_database: str, tmp_path: Path
) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    office = offices.new_office(folder, address=postgres_database)
    window = desk_window(office)
    dialog = BackupFolderDialog(window.context, window)
    assert not dialog.act_button.isEnabled()
    assert window.words("This database is on a server. Its administrator makes the backups.") == (
        dialog.sentence_label.text()
    )
    dialog.deleteLater()
    office.store.close()


def test_opening_another_file_lets_go_of_the_one_before(
    desk_window: Callable[..., MainWindow],
    stage_office: Callable[[str], Office],
    qtbot: QtBot,
    tasks: Tasks,
) -> None:
    first, second = stage_office("nobody"), stage_office("nobody")
    window = desk_window(first)
    window.parts.desk.take(first.acting_as(ACTOR))
    settle(qtbot, tasks)
    assert lock_there(first), "another officer at the same file keeps it"
    window.parts.desk.take(second)
    settle(qtbot, tasks)
    assert not lock_there(first)
    assert lock_there(second)
    opening.let_go(second)


def lock_there(office: Office) -> bool:
    path = Path(office.store.address)
    return path.with_name(f".{path.name}.lock").exists()
