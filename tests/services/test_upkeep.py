"""Keeping the data whole: copies read back, old ones let go, a restore that loses nothing, files whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from grants_app.services import demonstration, files, intake, upkeep
from grants_app.services.access import Folders
from tests import offices
from tests.services.desks import applied, as_role, refuses

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from grants_app.services.access import Clock, Office
    from grants_app.wording import Words


def stopped(moment: datetime) -> Clock:
    """A clock that stands still."""
    return lambda: moment


def test_only_the_newest_automatic_backups_are_kept(empty: Office) -> None:
    made = []
    moments = [empty.clock() + timedelta(seconds=second) for second in range(upkeep.KEPT_BACKUPS + 3)]
    for moment in moments:
        report = upkeep.automatic_backup(replace(empty, clock=stopped(moment)), "import")
        assert report is not None
        made.append(report.file.name)
    kept = sorted(path.name for path in empty.folders.backups.glob("*.sqlite"))
    assert kept == made[-upkeep.KEPT_BACKUPS :]


def test_a_backup_of_the_same_state_in_the_same_second_replaces_itself(empty: Office) -> None:
    first, again = (upkeep.automatic_backup(empty, "import") for _ in range(2))
    assert first is not None
    assert again is not None
    assert first.file == again.file
    assert len(list(empty.folders.backups.iterdir())) == 1


def test_a_servers_database_makes_no_backup_file_by_itself(postgres_database: str, tmp_path: Path) -> None:
    office = offices.new_office(tmp_path, address=postgres_database)
    assert upkeep.automatic_backup(office, "import") is None
    assert not office.folders.backups.exists()
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


def test_a_restore_keeps_the_replaced_database_beside_it(empty: Office, tmp_path: Path) -> None:
    upkeep.backup(as_role(empty, "auditor"), tmp_path / "copy.sqlite")
    applied(empty)
    empty.store.close()
    here = empty.folders.data / "grants.sqlite"
    done = upkeep.restore(str(here), tmp_path / "copy.sqlite", empty.clock)
    assert (done.file, done.applications) == (tmp_path / "copy.sqlite", 0)
    assert intake.lines(offices.opened(empty.folders.data))[0] == 0
    assert done.kept is not None
    aside = tmp_path / "aside"
    aside.mkdir()
    (aside / "grants.sqlite").write_bytes(done.kept.read_bytes())
    kept = offices.opened(aside)
    assert intake.lines(kept)[0] == 1
    kept.store.close()


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
