"""A full, failing or write-protected disk is said in clear words, and nothing acknowledged is lost by it."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.errors import Refused
from grants_app.store.engine import create_store, open_store
from grants_app.wording import Words
from tests.makers import PERMIT
from tests.store.store_makers import clock, handed_in, made_campaign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grants_app.store.engine import Store

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534
ROOM = 128 * 1024  # what is left on the disk, in bytes: some saves, not many


@contextlib.contextmanager
def without_roots_rights() -> Iterator[None]:
    """Root may write whatever is write-protected; inside, this process is nobody in particular."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder everybody may look into."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def people(store: Store, campaign: int) -> int:
    with store.reading() as reading:
        return len(reading.applications(campaign))


def test_a_full_disk_refuses_the_save_that_no_longer_fits_and_keeps_every_earlier_one(
    sqlite_store: Store,
) -> None:
    campaign = made_campaign(sqlite_store).id
    with sqlite_store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def room_for(more: int) -> None:
        # SQLite's own limit gives the answer a file system without room gives, at every place it can come.
        with sqlite_store.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")

    room_for(ROOM // 4096)
    saved, refused = 0, ""
    while not refused:
        try:
            handed_in(sqlite_store, campaign, 5, first=1 + saved)
            saved += 5
        except Refused as full:
            refused = full.code
    assert refused == "disk_full"
    assert saved > 0
    assert people(sqlite_store, campaign) == saved
    assert sqlite_store.check() == ()
    room_for(1000)
    handed_in(sqlite_store, campaign, 5, first=1 + saved)
    assert people(sqlite_store, campaign) == saved + 5


def test_a_disk_that_takes_no_more_bytes_loses_nothing_acknowledged(sqlite_store: Store) -> None:
    campaign = made_campaign(sqlite_store).id
    sqlite_store.close()
    size = Path(sqlite_store.address).stat().st_size
    limit = size + ROOM

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "tests.store.saver", sqlite_store.address, str(campaign), "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limited)
    assert "('disk_failed', {})" in done.stderr
    acknowledged = [line.split() for line in done.stdout.splitlines()]
    added = {int(number) for act, number in acknowledged if act == "added"}
    assert added
    again = open_store(sqlite_store.address, clock)
    with again.reading() as reading:
        there = {one.id: one for one in reading.applications(campaign)}
        events = reading.journal_head()
    assert there.keys() == added
    corrected = {number for number, one in there.items() if one.version == 2}
    assert corrected == {int(number) for act, number in acknowledged if act == "corrected"}
    assert events == 1 + len(added) + len(corrected)
    assert again.check() == ()
    handed_in(again, campaign, 1, first=9000)
    again.close()


def test_a_write_protected_database_can_be_read_and_says_why_it_takes_nothing(open_folder: Path) -> None:
    path = open_folder / "grants.sqlite"
    store = create_store(str(path), clock)
    campaign = made_campaign(store).id
    handed_in(store, campaign, 2)
    assert store.check() == ()
    store.close()
    before = path.read_bytes()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    with without_roots_rights():
        shut = open_store(str(path), clock)
        assert people(shut, campaign) == 2
        with pytest.raises(Refused) as caught:
            handed_in(shut, campaign, 1, first=9)
        with pytest.raises(Refused) as unkept:
            shut.backup_to(open_folder / "copy.sqlite")
        shut.close()
    assert caught.value.code == "database_read_only"
    assert unkept.value.code == "cannot_write"
    assert path.read_bytes() == before
    assert [file.name for file in open_folder.iterdir()] == ["grants.sqlite"]


def test_a_database_that_may_not_be_read_is_said_so(open_folder: Path) -> None:
    path = open_folder / "grants.sqlite"
    create_store(str(path), clock).close()
    path.chmod(0o000)
    with without_roots_rights(), pytest.raises(Refused) as caught:
        open_store(str(path), clock)
    assert caught.value.code == "cannot_read"


def test_a_database_held_by_another_writer_is_said_to_be_busy_and_taken_up_again_when_free(
    sqlite_store: Store,
) -> None:
    campaign = made_campaign(sqlite_store).id
    with sqlite_store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 20")  # the full wait is five seconds
    with (
        contextlib.closing(open_store(sqlite_store.address, clock)) as another,
        another.work(PERMIT),
        pytest.raises(Refused) as caught,
    ):
        handed_in(sqlite_store, campaign, 1)
    assert caught.value.code == "database_busy"
    handed_in(sqlite_store, campaign, 1)
    assert people(sqlite_store, campaign) == 1


def test_a_backup_onto_a_disk_without_room_leaves_no_scraps(sqlite_store: Store, tmp_path: Path) -> None:
    made_campaign(sqlite_store)
    folder = tmp_path / "backups"
    folder.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))
    try:
        with pytest.raises(Refused) as caught:
            sqlite_store.backup_to(folder / "copy.sqlite")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.code == "cannot_write"
    assert list(folder.iterdir()) == []
    assert sqlite_store.check() == ()


@pytest.mark.parametrize("lang", ["ky", "ru", "kk", "en"])
def test_what_a_disk_refuses_has_words(lang: str) -> None:
    words = Words(lang)
    said = {words.code(code) for code in ("disk_full", "disk_failed", "database_read_only")}
    assert len(said) == 3
