"""Keeping the data whole: copies read back, old ones let go, a restore that loses nothing, files whole."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from grants_app.services import demonstration, files, upkeep
from grants_app.services.access import Folders
from grants_app.store.backup import read_back
from tests import offices
from tests.services.desks import applied, as_role, refuses

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    import pytest

    from grants_app.services.access import Clock, Office
    from grants_app.wording import Words


def stopped(moment: datetime) -> Clock:
    """A clock that stands still."""
    return lambda: moment


def test_only_the_newest_automatic_backups_are_kept(empty: Office) -> None:
    made = []
    for place in range(upkeep.KEPT_BACKUPS + 3):
        applied(empty, place)
        report = upkeep.automatic_backup(empty, "import")
        assert report is not None
        made.append(report.file.name)
    kept = sorted(path.name for path in empty.folders.backups.glob("*.sqlite"))
    assert kept == made[-upkeep.KEPT_BACKUPS :]


def test_backups_of_another_database_are_never_pushed_out(
    empty: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "KEPT_BACKUPS", 2)
    (tmp_path / "other").mkdir()
    other = replace(offices.new_office(tmp_path / "other"), folders=empty.folders)
    theirs = upkeep.automatic_backup(other, "import")
    other.store.close()
    before = empty.folders.backups / "20260101-090000-0000012-import.sqlite"
    before.write_bytes(b"of an earlier version")
    for place in range(4):
        applied(empty, place)
        upkeep.automatic_backup(empty, "import")
    assert theirs is not None
    assert theirs.file.exists()
    assert before.exists()
    assert len(list(empty.folders.backups.glob("*.sqlite"))) == 2 + 2


def test_backups_go_by_the_journal_and_not_by_the_clock_and_the_one_just_made_stays(
    empty: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "KEPT_BACKUPS", 2)
    older = tmp_path / "older.sqlite"
    shutil.copy(empty.store.address, older)
    for place in range(3):
        applied(empty, place)
        upkeep.automatic_backup(empty, "import")
    (tmp_path / "back").mkdir()
    shutil.copy(older, tmp_path / "back" / "grants.sqlite")
    back = replace(offices.opened(tmp_path / "back"), folders=empty.folders)
    past = replace(back, clock=stopped(empty.clock() - timedelta(days=900)))
    report = upkeep.automatic_backup(past, "import")
    back.store.close()
    assert report is not None
    assert report.file.exists(), "the state is older than every other backup's: it stays all the same"
    assert len(list(empty.folders.backups.glob("*.sqlite"))) == 2


def test_a_backup_of_the_same_state_replaces_itself(empty: Office) -> None:
    first, again = (upkeep.automatic_backup(empty, "import") for _ in range(2))
    assert first is not None
    assert again is not None
    assert first.file == again.file
    assert len(list(empty.folders.backups.iterdir())) == 1


def test_backups_are_copied_to_a_second_folder_and_its_absence_is_said(empty: Office, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    assert upkeep.backup_place(empty).second_state == "none"
    with refuses("folder_missing"):
        upkeep.set_second_folder(empty, stick)
    stick.mkdir()
    made = upkeep.set_second_folder(empty, stick)
    assert made is not None
    assert read_back(stick / made.file.name).journal_seq == made.journal_seq
    assert upkeep.backup_place(empty).second_state == "there"
    shutil.rmtree(stick)
    applied(empty)
    assert upkeep.automatic_backup(empty, "import") is not None
    place = upkeep.backup_place(empty)
    assert (place.second, place.second_state) == (stick, "absent")
    assert not stick.exists(), "a stick that is not plugged in is not made up"
    stick.mkdir()
    assert upkeep.backup_place(empty).second_state == "lacking"
    upkeep.automatic_backup(empty, "import")
    assert upkeep.backup_place(empty).second_state == "there"
    upkeep.set_second_folder(empty, None)
    assert upkeep.backup_place(empty).second is None


def test_the_second_folder_is_another_one_that_can_be_written(empty: Office) -> None:
    upkeep.automatic_backup(empty, "import")
    with refuses("second_folder_is_first"):
        upkeep.set_second_folder(empty, empty.folders.backups)


def test_a_second_folder_that_takes_nothing_keeps_no_backup_from_being_made(
    empty: Office, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = upkeep.set_second_folder(empty, stick)
    assert made is not None
    applied(empty)
    with empty.store.reading() as reading:
        state = reading.state()
    (stick / f"{state.database}-{state.journal:09}-import.sqlite").mkdir()
    assert upkeep.automatic_backup(empty, "import") is not None


def test_a_servers_database_makes_no_backup_file_by_itself(postgres_database: str, tmp_path: Path) -> None:
    office = offices.new_office(tmp_path, address=postgres_database)
    assert upkeep.automatic_backup(office, "import") is None
    assert not office.folders.backups.exists()
    place = upkeep.backup_place(office)
    assert (place.folder, place.second_state) == (None, "none"), "its administrator makes the copies"
    office.store.close()


def test_where_no_backup_can_be_made_it_is_said_and_nothing_is_begun(empty: Office, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    blocked = replace(empty, folders=Folders(tmp_path / "taken"))
    with refuses("cannot_write"):
        upkeep.automatic_backup(blocked, "import")


def test_a_backup_never_overwrites_a_file(empty: Office, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite").write_text("mine", encoding="utf-8")
    with refuses("file_exists"):
        upkeep.backup(empty, tmp_path / "copy.sqlite")
    assert (tmp_path / "copy.sqlite").read_text(encoding="utf-8") == "mine"


def test_the_journal_is_searched_by_act_person_and_subject(empty: Office) -> None:
    known = applied(empty)
    applied(as_role(empty, "officer", "Бакыт кызы Асел"), 1)
    assert upkeep.journal(empty, actor="Бакыт кызы Асел")[0] == 1
    assert upkeep.journal(empty, subject=known.no)[0] == 1
    assert upkeep.journal(empty, act="application.submitted")[0] == 2
    newest = upkeep.journal(empty, limit=1, offset=1)[1]
    assert newest[0].subject == known.no


# Files


def test_a_file_is_written_whole_or_the_old_one_stays(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "list.csv"
    files.write_whole(target, b"old")
    with refuses("cannot_write", file=str(target)):
        files.write_whole(target / "under", b"new")
    assert target.read_bytes() == b"old"
    (tmp_path / "folder").mkdir()
    with refuses("cannot_write", file=str(tmp_path / "folder")):
        files.write_whole(tmp_path / "folder", b"new")
    with refuses("cannot_write"):
        files.write_whole(tmp_path / ("long" * 100), b"new")
    assert {path.name for path in tmp_path.iterdir()} == {"deep", "folder"}, "no half of a file is left"


def test_a_file_missing_unreadable_or_too_large_is_named(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 11)
    with refuses("file_missing", file=str(tmp_path / "none")):
        files.read_limited(tmp_path / "none", 10)
    with refuses("cannot_read", file=str(tmp_path)):
        files.read_limited(tmp_path, 10)
    with refuses("file_too_large", file=str(tmp_path / "big")):
        files.read_limited(tmp_path / "big", 10)
    assert files.read_limited(tmp_path / "big", 11) == b"x" * 11


# The demonstration's folder


def test_an_earlier_demonstration_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    demonstration.clear_folder(folder)
    files.write_whole(folder / demonstration.MARKER, b"")
    for name in ("letters/КБ-1.pdf", "lists/public.csv", "run.json", "grants.sqlite"):
        files.write_whole(folder / name, b"x")
    files.write_whole(folder / "notes.txt", b"mine")
    demonstration.clear_folder(folder)
    assert {path.name for path in folder.iterdir()} == {demonstration.MARKER, "notes.txt"}
    (tmp_path / "file").write_text("", encoding="utf-8")
    with refuses("demo_folder_taken"):
        demonstration.clear_folder(tmp_path / "file")
    with refuses("cannot_write"):
        demonstration.clear_folder(tmp_path / "file" / "demo")


def test_the_demonstration_says_by_which_paper_each_difference_was_decided(
    office_at: Callable[[str], Office], words: Words
) -> None:
    papers = {"score": words("test certificate"), "choices": words("signed application")}
    papers |= {"grounds": words("document proving the priority category"), "person": words("identity card")}
    office = office_at("settled")
    with office.store.reading() as reading:
        decided = [one for found in reading.applications(office.campaign_id) for one in found.conflicts]
    assert decided
    for conflict in decided:
        assert conflict.paper == papers[conflict.field.partition(":")[0]], conflict.field
