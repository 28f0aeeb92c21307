"""Backups are read back before they count, and a restored one keeps what it replaces."""

from __future__ import annotations

import errno
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.errors import Altered, Refused
from grants_app.store.backup import read_back
from grants_app.store.database.restoring import restore
from grants_app.store.engine import create_store, open_store
from tests.store.store_makers import PERMIT, clock, handed_in, made_campaign

if TYPE_CHECKING:
    from pathlib import Path

    from grants_app.store.engine import Store


def filled(store: Store, people: int) -> int:
    campaign = made_campaign(store)
    handed_in(store, campaign.id, people)
    return campaign.id


def test_a_backup_holds_what_the_database_holds(store: Store, tmp_path: Path) -> None:
    campaign = filled(store, 5)
    facts = store.backup_to(tmp_path / "copy.sqlite")
    assert (facts.applications, facts.campaigns, facts.journal_seq) == (5, 1, 6)
    copy = open_store(str(facts.file), clock)
    with copy.reading() as theirs, store.reading() as ours:
        assert theirs.applications(campaign) == ours.applications(campaign)
        assert theirs.campaigns() == ours.campaigns()
        assert theirs.checkpoint() == ours.checkpoint()
        assert theirs.application_lines(campaign, search="усонова")[0] == 5
    assert copy.check() == ()
    copy.close()


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite"
    file.write_text("мой файл", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        store.backup_to(file)
    assert caught.value.code == "file_exists"
    assert file.read_text(encoding="utf-8") == "мой файл"


def test_a_backup_is_taken_while_somebody_reads_and_leaves_no_scraps(store: Store, tmp_path: Path) -> None:
    filled(store, 2)
    folder = tmp_path / "backups"
    folder.mkdir()
    with store.reading() as reading:
        reading.campaigns()
        store.backup_to(folder / "copy.sqlite")
    assert [file.name for file in folder.iterdir()] == ["copy.sqlite"]


@pytest.mark.parametrize("where", [0.3, 0.6, 0.9])
def test_a_damaged_backup_is_never_brought_back(sqlite_store: Store, tmp_path: Path, where: float) -> None:
    filled(sqlite_store, 50)
    file = sqlite_store.backup_to(tmp_path / "copy.sqlite").file
    data = bytearray(file.read_bytes())
    start = int(len(data) * where) // 4096 * 4096
    data[start : start + 4096] = bytes(4096)
    file.write_bytes(data)
    before = (tmp_path / "grants.sqlite").read_bytes()
    sqlite_store.close()
    with pytest.raises(Altered) as caught:
        restore(sqlite_store.address, file, clock, permit=PERMIT)
    assert caught.value.code == "backup_damaged"
    assert (tmp_path / "grants.sqlite").read_bytes() == before


def test_a_backup_whose_journal_was_edited_is_found_out(sqlite_store: Store, tmp_path: Path) -> None:
    filled(sqlite_store, 3)
    file = sqlite_store.backup_to(tmp_path / "copy.sqlite").file
    copy = open_store(str(file), clock)
    with copy.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_keeps_updates_out")
        connection.exec_driver_sql("UPDATE journal SET actor = 'Никто' WHERE seq = 2")
    copy.close()
    with pytest.raises(Altered):
        read_back(file)


@pytest.mark.parametrize(("content", "code"), [(None, "file_missing"), ("письмо" * 50, "not_a_backup")])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: str | None, code: str) -> None:
    file = tmp_path / "copy.sqlite"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        restore(str(tmp_path / "grants.sqlite"), file, clock, permit=PERMIT)
    assert caught.value.code == code


def test_restoring_keeps_the_replaced_database_beside_it(sqlite_store: Store, tmp_path: Path) -> None:
    campaign = filled(sqlite_store, 2)
    file = sqlite_store.backup_to(tmp_path / "copy.sqlite").file
    handed_in(sqlite_store, campaign, 3, first=10)
    sqlite_store.close()
    restored = restore(sqlite_store.address, file, clock, permit=PERMIT)
    assert restored.facts.applications == 2
    assert restored.kept is not None
    for path, people in ((sqlite_store.address, 2), (str(restored.kept), 5)):
        there = open_store(path, clock)
        with there.reading() as reading:
            assert len(reading.applications(campaign)) == people
        there.close()
    assert file.exists()


def test_restoring_where_nothing_was_makes_the_database(sqlite_store: Store, tmp_path: Path) -> None:
    filled(sqlite_store, 2)
    file = sqlite_store.backup_to(tmp_path / "copy.sqlite").file
    restored = restore(str(tmp_path / "new.sqlite"), file, clock, permit=PERMIT)
    assert restored.kept is None
    there = [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")]
    assert sorted(there) == ["copy.sqlite", "grants.sqlite", "new.sqlite"]


def test_a_backup_moves_from_a_file_to_a_server(
    sqlite_store: Store, postgres_database: str, tmp_path: Path
) -> None:
    campaign = filled(sqlite_store, 4)
    file = sqlite_store.backup_to(tmp_path / "copy.sqlite").file
    restore(postgres_database, file, clock, permit=PERMIT)
    server = open_store(postgres_database, clock)
    with server.reading() as theirs, sqlite_store.reading() as ours:
        assert theirs.applications(campaign) == ours.applications(campaign)
        assert theirs.state().parent == ours.state().database
        assert theirs.checkpoint()[0] == ours.checkpoint()[0] + 1
        assert theirs.link_at(ours.checkpoint()[0]) == ours.checkpoint()[1]
    handed_in(server, campaign, 1, first=20)
    assert server.check() == ()
    server.close()
    with pytest.raises(Refused) as caught:
        restore(postgres_database, file, clock, permit=PERMIT)
    assert caught.value.code == "database_exists"


def test_making_a_database_leaves_no_scraps(tmp_path: Path) -> None:
    create_store(str(tmp_path / "grants.sqlite"), clock).close()
    assert [file.name for file in tmp_path.iterdir()] == ["grants.sqlite"]


def of_older_schema(store: Store, file: Path) -> Path:
    """A backup that says it was made before the present schema."""
    copy = store.backup_to(file).file
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    connection.close()
    return copy


def test_a_backup_of_an_older_schema_leaves_the_server_untouched(
    sqlite_store: Store, postgres_database: str, tmp_path: Path
) -> None:
    filled(sqlite_store, 1)
    old = of_older_schema(sqlite_store, tmp_path / "old.sqlite")
    with pytest.raises(Refused) as caught:
        restore(postgres_database, old, clock, permit=PERMIT)
    assert caught.value.code == "backup_old"
    restore(postgres_database, sqlite_store.backup_to(tmp_path / "new.sqlite").file, clock, permit=PERMIT)


def test_a_broken_journal_beside_the_replaced_database_never_meets_the_one_brought_back(
    sqlite_store: Store, tmp_path: Path
) -> None:
    campaign = filled(sqlite_store, 2)
    file = sqlite_store.backup_to(tmp_path / "copy.sqlite").file
    sqlite_store.close()
    left = tmp_path / "grants.sqlite-journal"
    left.write_bytes(bytes(512))
    restored = restore(sqlite_store.address, file, clock, permit=PERMIT)
    assert not left.exists()
    assert restored.kept is not None
    there = open_store(sqlite_store.address, clock)
    with there.reading() as reading:
        assert len(reading.applications(campaign)) == 2
    assert there.check() == ()
    there.close()


def test_the_replaced_database_never_takes_the_name_of_one_kept_before(
    sqlite_store: Store, tmp_path: Path
) -> None:
    filled(sqlite_store, 2)
    file = sqlite_store.backup_to(tmp_path / "copy.sqlite").file
    sqlite_store.close()
    before = restore(sqlite_store.address, file, clock, permit=PERMIT).kept
    assert before is not None
    kept = before.read_bytes()
    with pytest.raises(Refused) as caught:
        restore(sqlite_store.address, file, clock, permit=PERMIT)
    assert caught.value.code == "file_exists"
    assert before.read_bytes() == kept
    assert not list(tmp_path.glob("*.part"))


def test_a_file_system_without_links_gets_its_backup_and_its_kept_database_too(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    campaign = filled(sqlite_store, 2)
    monkeypatch.setattr(os, "link", no_links)
    file = sqlite_store.backup_to(tmp_path / "copy.sqlite").file
    handed_in(sqlite_store, campaign, 1, first=10)
    sqlite_store.close()
    restored = restore(sqlite_store.address, file, clock, permit=PERMIT)
    for path, people in ((sqlite_store.address, 2), (str(restored.kept), 3)):
        there = open_store(path, clock)
        with there.reading() as reading:
            assert len(reading.applications(campaign)) == people
        there.close()
