"""Databases are made, recognised, upgraded after a copy, and refused when they are not ours or too new."""

from __future__ import annotations

import ctypes
import shutil
import sqlite3
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from grants_app.domain.errors import Refused
from grants_app.store import schema
from grants_app.store.engine import create_store, open_store
from grants_app.store.guards import missing_guards
from grants_app.store.refusals import code_of
from grants_app.store.sqlite import demand_engine, sqlite_engine
from grants_app.store.tables import METADATA
from grants_app.store.whereabouts import demand_safe_place
from tests.store.store_makers import clock, handed_in, made_campaign

if TYPE_CHECKING:
    from grants_app.store.engine import Store


def refusal(address: str | Path) -> str:
    with pytest.raises(Refused) as caught:
        open_store(str(address), clock)
    return caught.value.code


def test_the_migrations_make_exactly_the_tables_of_the_model(store: Store) -> None:
    with store.engine.begin() as connection:
        command.check(schema.config_for(connection))


def test_every_table_of_the_model_is_there(store: Store) -> None:
    with store.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
    assert set(METADATA.tables) <= there


def test_the_known_versions_are_the_shipped_migrations(sqlite_store: Store) -> None:
    with sqlite_store.engine.connect() as connection:
        scripts = ScriptDirectory.from_config(schema.config_for(connection))
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == schema.KNOWN
    assert scripts.get_current_head() == schema.HEAD


def test_no_deletion_takes_other_rows_with_it(store: Store) -> None:
    with store.engine.connect() as connection:
        inspector = inspect(connection)
        cascades = [
            (table, key["name"])
            for table in METADATA.tables
            for key in inspector.get_foreign_keys(table)
            if key["options"].get("ondelete")
        ]
    assert cascades == []


def test_making_a_database_never_overwrites_one(address: str) -> None:
    create_store(address, clock).close()
    with pytest.raises(Refused) as caught:
        create_store(address, clock)
    assert caught.value.code == "database_exists"


def test_a_database_opens_again_with_what_was_in_it(address: str) -> None:
    store = create_store(address, clock)
    campaign = made_campaign(store)
    store.close()
    again = open_store(address, clock)
    with again.reading() as reading:
        assert reading.campaign(campaign.id) == campaign
    again.close()


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.sqlite") == "database_missing"


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite"
    file.write_text("Кат" * 100, encoding="utf-8")
    assert refusal(file) == "not_a_database"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.sqlite"
    file.touch()
    assert refusal(file) == "not_a_database"


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE about (id INTEGER)")
    connection.close()
    assert refusal(file) == "not_ours"


def test_an_empty_server_database_is_not_ours(postgres_database: str) -> None:
    assert refusal(postgres_database) == "not_ours"


def test_a_server_that_is_not_there_is_said_to_be_out_of_reach(tmp_path: Path) -> None:
    assert refusal(f"postgresql://nobody@/none?host={tmp_path}") == "server_unreachable"


def test_a_database_of_a_newer_program_is_refused(address: str) -> None:
    store = create_store(address, clock)
    with store.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    assert refusal(address) == "database_newer"


def test_a_database_without_its_guards_is_refused(sqlite_store: Store) -> None:
    with sqlite_store.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_keeps_deletes_out")
    assert refusal(sqlite_store.address) == "guards_missing"
    assert [finding.code for finding in sqlite_store.check()] == ["guard_missing"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        create_store(str(tmp_path / "none" / "grants.sqlite"), clock)
    assert caught.value.code == "folder_missing"


@pytest.mark.parametrize("kind", ["cifs", "nfs4", "fuse.sshfs"])
def test_a_database_on_a_network_share_is_refused(tmp_path: Path, kind: str) -> None:
    mounts = f"disk / ext4 rw 0 0\n//server/share {tmp_path} {kind} rw 0 0\n"
    with pytest.raises(Refused) as caught:
        demand_safe_place(tmp_path / "grants.sqlite", mounts)
    assert caught.value.code == "network_folder"


def test_a_local_disk_under_a_network_share_is_taken(tmp_path: Path) -> None:
    mounts = f"server:/ / nfs4 rw 0 0\n/dev/sda1 {tmp_path} ext4 rw 0 0\n"
    demand_safe_place(tmp_path / "grants.sqlite", mounts)


def test_lines_nobody_understands_among_the_mounts_are_passed_over(tmp_path: Path) -> None:
    demand_safe_place(tmp_path / "grants.sqlite", f"?\n\n/dev/sda1 {tmp_path} ext4 rw 0 0\n")


def test_a_database_on_a_windows_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = []
    monkeypatch.setattr(sys, "platform", "win32")
    drives = SimpleNamespace(GetDriveTypeW=lambda anchor: shared.append(anchor) or 4)
    demand_safe_place(tmp_path / "grants.sqlite")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=drives), raising=False)
    with pytest.raises(Refused) as caught:
        demand_safe_place(tmp_path / "grants.sqlite")
    assert caught.value.code == "network_folder"
    assert shared == [tmp_path.anchor]


def test_a_refused_server_never_tells_a_password(postgres_database: str) -> None:
    create_store(postgres_database, clock).close()
    secret = postgres_database.replace("postgres@", "postgres:geheim@", 1)
    with pytest.raises(Refused) as caught:
        create_store(secret, clock)
    assert caught.value.code == "database_exists"
    assert "geheim" not in str(caught.value.facts)


@pytest.mark.parametrize("folder", ["Dropbox", "OneDrive - Office", "Yandex.Disk", "Google Drive"])
def test_a_database_in_a_synchronised_folder_is_refused(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    with pytest.raises(Refused) as caught:
        create_store(str(tmp_path / folder / "grants.sqlite"), clock)
    assert caught.value.code == "cloud_folder"


def test_an_engine_that_can_lose_commits_is_refused() -> None:
    demand_engine((3, 51, 3))
    with pytest.raises(Refused) as caught:
        demand_engine((3, 51, 2))
    assert caught.value.code == "engine_old"


def test_every_connection_gets_the_durable_profile(sqlite_store: Store) -> None:
    expected = {
        "journal_mode": "delete",
        "synchronous": 3,
        "cache_spill": 0,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "temp_store": 2,
    }
    with sqlite_store.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
    assert found == expected


def test_a_full_disk_and_a_read_only_file_have_words() -> None:
    assert code_of(sqlite3.OperationalError("database or disk is full")) == "disk_full"
    assert code_of(sqlite3.OperationalError("attempt to write a readonly database")) == "database_read_only"
    assert code_of(sqlite3.IntegrityError("UNIQUE constraint failed")) is None


OLD = Path(__file__).parents[1] / "old_databases"


def test_an_upgrade_copies_the_database_first_and_brings_the_guards_back(tmp_path: Path) -> None:
    path = tmp_path / "grants.sqlite"
    shutil.copy(OLD / "0003.sqlite", path)
    engine = sqlite_engine(path)
    with engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_keeps_updates_out")
    engine.dispose()
    backups = tmp_path / "backups"
    again = open_store(str(path), clock, backups=backups)
    assert again.check() == ()
    (copy,) = backups.iterdir()
    engine = sqlite_engine(copy)
    with engine.connect() as connection:
        assert schema.version_of(connection) == "0003"
    engine.dispose()
    again.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(sqlite_store.address)
    fresh = path.with_name("fresh.sqlite")
    engine = sqlite_engine(fresh)

    def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(schema, "make_guards", broken)
    with pytest.raises(ValueError, match=r"^$"):
        schema.upgrade(engine)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()


def test_guards_are_made_again_when_one_is_missing(store: Store) -> None:
    campaign = made_campaign(store)
    handed_in(store, campaign.id, 2)
    gone = (
        "DROP TRIGGER journal_keeps_truncates_out ON journal"
        if store.engine_name == "postgresql"
        else "DROP TABLE application_search"
    )
    with store.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql(gone)
        assert missing_guards(connection) != ()
        schema.make_guards(connection)
        assert missing_guards(connection) == ()
    with store.reading() as reading:
        assert reading.application_lines(campaign.id, search="усонова")[0] == 2
