"""A restored database has a life of its own: nothing is lost, no number comes twice, no open file goes."""

from __future__ import annotations

import json
import os
import random
import shutil
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.errors import Refused
from grants_app.store.database import locks
from grants_app.store.database.leftovers import sweep, unfinished
from grants_app.store.database.restoring import Remembered, Restored, restore
from grants_app.store.database.state import NumberRange, Series
from grants_app.store.engine import create_store, open_store
from tests.store.store_makers import NOW, PERMIT, clock, handed_in, made_campaign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grants_app.store.engine import Store

ROOT = Path(__file__).resolve().parents[2]
APPLICATIONS = Series("2026", "application", "B")
LETTERS = Series("2026", "paper:award_letter", "K")


def refusal(address: str | Path, file: Path, *, beside: bool = False) -> str:
    with pytest.raises(Refused) as caught:
        restore(str(address), file, clock, permit=PERMIT, beside=beside)
    return caught.value.code


def brought_back(store: Store, file: Path, remembered: Remembered | None = None) -> Restored:
    store.close()
    return restore(store.address, file, clock, permit=PERMIT, remembered=remembered or Remembered())


@pytest.fixture
def backup(sqlite_store: Store, tmp_path: Path) -> Path:
    """A backup of two people; the database holds three more since."""
    campaign = made_campaign(sqlite_store)
    handed_in(sqlite_store, campaign.id, 2)
    file = sqlite_store.backup_to(tmp_path / "copy.sqlite").file
    handed_in(sqlite_store, campaign.id, 3, first=10)
    return file


@contextmanager
def process(act: str, address: str, backup: str = "") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.store.holder", act, address, backup]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline()
        try:
            yield running
        finally:
            running.kill()


# Its identity and its numbers


def test_a_restored_database_has_an_identity_of_its_own_and_knows_its_parent(
    sqlite_store: Store, backup: Path
) -> None:
    with sqlite_store.reading() as reading:
        before = reading.state()
    made = brought_back(sqlite_store, backup)
    with open_store(sqlite_store.address, clock).reading() as reading:
        state = reading.state()
    assert (state.database, state.parent) == (made.database, before.database)
    assert state.database != before.database


def test_numbers_given_out_after_the_backup_are_void_and_never_given_again(
    sqlite_store: Store, backup: Path
) -> None:
    made = brought_back(sqlite_store, backup)
    assert made.void == (NumberRange(APPLICATIONS, 3, 5),)
    store = open_store(sqlite_store.address, clock)
    assert store.check() == ()
    with store.work(PERMIT) as work:
        assert work.applications.next_numbers(1, "B", 1)[0] == "B-0006"
    store.close()


def test_numbers_this_machine_saw_are_void_although_the_file_is_gone(
    sqlite_store: Store, backup: Path, tmp_path: Path
) -> None:
    seen = Remembered(
        journal=40, series={APPLICATIONS: 30, LETTERS: 7, Series("2031", "application", "B"): 4}
    )
    sqlite_store.close()
    made = restore(str(tmp_path / "new.sqlite"), backup, clock, permit=PERMIT, remembered=seen, beside=True)
    assert made.lost == (4, 40)
    assert made.void == (NumberRange(APPLICATIONS, 3, 30), NumberRange(LETTERS, 1, 7))
    store = open_store(made.target, clock)
    assert store.check() == (), "a series of papers begun with void numbers is in order"
    with store.work(PERMIT) as work:
        assert work.papers.next_number(1, "K", "award_letter", "КБ", "2026") == "КБ-2026-0008"
    store.close()


def test_another_campaigns_numbers_are_nothing_to_the_one_that_replaces_it(
    sqlite_store: Store, backup: Path, tmp_path: Path
) -> None:
    other = create_store(str(tmp_path / "other.sqlite"), clock)
    handed_in(other, made_campaign(other).id, 9)
    other.close()
    made = restore(other.address, backup, clock, permit=PERMIT)
    assert (made.void, made.lost) == ((), None)
    assert made.kept is not None


@pytest.mark.parametrize("statement", [
    "DELETE FROM void_numbers",
    "INSERT INTO void_numbers VALUES (1, 'paper:award_letter', 'K', 1, 1)",
    "UPDATE void_numbers SET last = 4",
])  # fmt: skip
def test_the_check_accepts_the_void_numbers_of_a_restore_and_no_others(
    sqlite_store: Store, backup: Path, statement: str
) -> None:
    brought_back(sqlite_store, backup)
    store = open_store(sqlite_store.address, clock)
    assert store.check() == ()
    with store.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql(statement)
    assert "void_numbers" in {finding.code for finding in store.check()}
    store.close()


def test_the_journal_tells_the_restore_with_the_range_it_lost(sqlite_store: Store, backup: Path) -> None:
    made = brought_back(sqlite_store, backup)
    store = open_store(sqlite_store.address, clock)
    with store.reading() as reading:
        (event,) = reading.events(1, act="database.restored")[1]
    store.close()
    assert (event.actor, event.subject) == (PERMIT.account, "copy.sqlite")
    told = json.loads(event.after)
    assert told["lost"] == [4, 6]
    assert told["void"] == [["application", "B", 3, 5]]
    assert made.kept is not None
    assert told["replaced"] == made.kept.name
    assert json.loads(event.before)["database"] == made.parent


def test_a_second_restore_over_the_first_one_skips_what_the_first_one_gave_out(
    sqlite_store: Store, backup: Path
) -> None:
    brought_back(sqlite_store, backup)
    again = open_store(sqlite_store.address, clock)
    handed_in(again, 1, 2, first=20)
    again.close()
    made = restore(again.address, backup, lambda: NOW + timedelta(minutes=1), permit=PERMIT)
    assert made.void == (NumberRange(APPLICATIONS, 3, 7),)
    assert made.lost == (4, 6), "the restore before it was event 4"


def test_a_backup_of_an_older_schema_becomes_a_database_of_this_one(tmp_path: Path) -> None:
    old = Path(shutil.copy(ROOT / "tests/old_databases/0004.sqlite", tmp_path / "old.sqlite"))
    made = restore(str(tmp_path / "new.sqlite"), old, clock, permit=PERMIT)
    store = open_store(made.target, clock)
    assert store.check() == ()
    store.close()


def test_a_damaged_database_is_replaced_and_kept_as_it_was(sqlite_store: Store, backup: Path) -> None:
    sqlite_store.close()
    path = Path(sqlite_store.address)
    path.write_bytes(b"SQLite format 3\x00" + bytes(4096))
    made = restore(str(path), backup, clock, permit=PERMIT)
    assert made.kept is not None
    assert made.kept.read_bytes()[100:] == bytes(4096 - 84)
    store = open_store(str(path), clock)
    assert store.check() == ()
    store.close()


# A backup is not a database


def test_a_backup_may_be_read_but_nothing_is_written_into_it(backup: Path) -> None:
    store = open_store(str(backup), clock)
    assert store.is_copy
    with store.reading() as reading:
        assert len(reading.applications(1)) == 2
    with pytest.raises(Refused) as caught:
        store.work(PERMIT)
    assert caught.value.code == "file_is_backup"
    store.close()


def test_a_restored_database_is_no_copy_any_more(sqlite_store: Store, backup: Path) -> None:
    brought_back(sqlite_store, backup)
    store = open_store(sqlite_store.address, clock)
    assert not store.is_copy
    handed_in(store, 1, 1, first=30)
    store.close()


# Whose file it is


def test_a_database_open_in_another_process_is_not_replaced_until_that_process_ends(
    sqlite_store: Store, backup: Path
) -> None:
    sqlite_store.close()
    before = Path(sqlite_store.address).read_bytes()
    with process("hold", sqlite_store.address) as holder:
        assert refusal(sqlite_store.address, backup) == "database_open"
        assert Path(sqlite_store.address).read_bytes() == before
        holder.kill()
        holder.wait()
        assert restore(sqlite_store.address, backup, clock, permit=PERMIT).kept is not None


def test_a_database_open_in_this_window_is_not_replaced_by_any_of_its_names(
    sqlite_store: Store, backup: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.sqlite"
    link.symlink_to(sqlite_store.address)
    assert refusal(sqlite_store.address, backup) == "database_open"
    assert refusal(link, backup) == "database_open"
    again = open_store(str(link), clock)
    sqlite_store.close()
    assert refusal(sqlite_store.address, backup) == "database_open"
    again.close()
    restore(sqlite_store.address, backup, clock, permit=PERMIT)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".lock")] == []


def test_a_database_being_replaced_opens_when_that_is_over(sqlite_store: Store) -> None:
    sqlite_store.close()
    hold = locks.hold_alone(Path(sqlite_store.address))
    with pytest.raises(Refused) as caught:
        open_store(sqlite_store.address, clock)
    assert caught.value.code == "database_being_restored"
    hold.release()
    open_store(sqlite_store.address, clock).close()


def test_beside_never_takes_a_name_that_is_taken(sqlite_store: Store, backup: Path, tmp_path: Path) -> None:
    sqlite_store.close()
    assert refusal(sqlite_store.address, backup, beside=True) == "database_exists"
    assert refusal(backup, backup) == "restore_onto_itself"
    assert restore(str(tmp_path / "free.sqlite"), backup, clock, permit=PERMIT, beside=True).kept is None


def test_a_symbolic_link_stays_and_the_file_it_names_is_replaced(
    sqlite_store: Store, backup: Path, tmp_path: Path
) -> None:
    sqlite_store.close()
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "grants.sqlite"
    link.symlink_to(sqlite_store.address)
    made = restore(str(link), backup, clock, permit=PERMIT)
    assert link.is_symlink()
    assert made.kept is not None
    assert made.kept.parent == tmp_path
    store = open_store(sqlite_store.address, clock)
    with store.reading() as reading:
        assert len(reading.applications(1)) == 2
    store.close()


@pytest.mark.parametrize("rights", [0o600, 0o660, 0o644])
def test_the_files_rights_stay(sqlite_store: Store, backup: Path, rights: int) -> None:
    path = Path(sqlite_store.address)
    path.chmod(rights)
    backup.chmod(0o444)
    made = brought_back(sqlite_store, backup)
    assert made.kept is not None
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(made.kept.stat().st_mode) == rights


def test_a_backup_has_its_databases_rights_and_restored_beside_can_be_written(
    sqlite_store: Store, tmp_path: Path
) -> None:
    made_campaign(sqlite_store)
    Path(sqlite_store.address).chmod(0o600)
    file = sqlite_store.backup_to(tmp_path / "copy.sqlite").file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o400)
    restore(str(tmp_path / "new.sqlite"), file, clock, permit=PERMIT)
    assert stat.S_IMODE((tmp_path / "new.sqlite").stat().st_mode) == 0o600


def test_where_the_new_database_cannot_take_its_place_the_old_one_has_no_second_name(
    sqlite_store: Store, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "Access is denied")

    sqlite_store.close()
    monkeypatch.setattr(Path, "replace", held)
    assert refusal(sqlite_store.address, backup) == "database_open"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.sqlite", "grants.sqlite"]


# What a crash leaves


def test_what_a_crash_left_is_swept_when_a_database_is_opened(sqlite_store: Store, tmp_path: Path) -> None:
    made_campaign(sqlite_store)
    sqlite_store.close()
    left = [tmp_path / f".{name}" for name in ("a.sqlite.0123abcd.part", "a.sqlite.0123abcd.part-journal")]
    left += [tmp_path / ".b.sqlite.89abcdef.new", tmp_path / ".c.sqlite.89abcdef.part-journal"]
    kept = [tmp_path / ".mine.part", tmp_path / "letter.0123abcd.part", tmp_path / ".folder.0123abcd.part"]
    for file in (*left, *kept[:2]):
        file.write_bytes(b"x")
    kept[2].mkdir()
    second_name = tmp_path / "grants-replaced-20260710-030000-000000.sqlite"
    os.link(sqlite_store.address, second_name)
    other = tmp_path / "grants-replaced-20260709-030000-000000.sqlite"
    shutil.copy(sqlite_store.address, other)
    open_store(sqlite_store.address, clock).close()
    assert not [file for file in (*left, second_name) if file.exists()]
    assert all(file.exists() for file in (*kept, other))


def test_what_somebody_is_still_making_is_not_swept(tmp_path: Path) -> None:
    with unfinished(tmp_path / "copy.sqlite") as part:
        part.with_name(part.name + "-journal").write_bytes(b"x")
        assert sweep(tmp_path) == 0
        assert part.exists()
    assert sweep(tmp_path / "no such folder") == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.prove
def test_killed_while_restoring_the_old_database_or_the_new_one_stands_there(
    sqlite_store: Store, tmp_path: Path, figure: Callable[[int], int]
) -> None:
    campaign = made_campaign(sqlite_store)
    handed_in(sqlite_store, campaign.id, 300)
    file = sqlite_store.backup_to(tmp_path / "copy.sqlite").file
    handed_in(sqlite_store, campaign.id, 200, first=1000)
    sqlite_store.close()
    whole = tmp_path / "whole.sqlite"
    shutil.copy(sqlite_store.address, whole)
    began = time.monotonic()
    probe = tmp_path / "probe.sqlite"
    shutil.copy(whole, probe)
    restore(str(probe), file, clock, permit=PERMIT)
    took = time.monotonic() - began
    chance, stood = random.Random(20260810), {"old": 0, "new": 0}
    for _ in range(figure(100)):
        folder = tmp_path / "office"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        database = shutil.copy(whole, folder / "grants.sqlite")
        with process("restore", str(database), str(file)) as victim:
            assert victim.stdin is not None
            victim.stdin.write("go\n")
            victim.stdin.flush()
            time.sleep(chance.uniform(0, took))
        store = open_store(str(database), clock)
        assert store.check() == ()
        with store.reading() as reading:
            people, parent = len(reading.applications(campaign.id)), reading.state().parent
            assert reading.events(campaign.id, act="database.restored")[0] == (1 if parent else 0)
        store.close()
        assert people == (300 if parent else 500)
        stood["new" if parent else "old"] += 1
        kept = list(folder.glob("*-replaced-*.sqlite"))
        assert len(kept) == (1 if parent else 0), "a name of the database itself is swept"
        assert not list(folder.glob(".*"))
    assert stood["old"]
