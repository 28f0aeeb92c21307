"""Copies of a database that were read back, and bringing one back without losing what it replaces."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from grants_app.domain.errors import Altered, Refused
from grants_app.store import schema
from grants_app.store.application_tables import application
from grants_app.store.check import journal_findings
from grants_app.store.engine import PRODUCT, Store, create_store, is_server, publish, sync_folder
from grants_app.store.refusals import code_of, translate_errors
from grants_app.store.register_tables import about, campaign, journal_head
from grants_app.store.sqlite import demand_ours, sqlite_engine
from grants_app.store.tables import METADATA
from grants_app.store.whereabouts import demand_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.engine import Connection

_AT_ONCE = 5_000
_PAGES = 2_000


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a copy was found to hold when it was read back."""

    file: Path
    applications: int
    campaigns: int
    journal_seq: int
    journal_link: str
    schema: str
    database: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, from which file, and where what it replaced is kept (None: there was none)."""

    file: Path
    applications: int
    kept: Path | None


def back_up(store: Store, file: Path) -> BackupFacts:
    """Copy the open database to `file`, a SQLite database whatever the engine, and read the copy back.

    The copy gets its name only when it says what the database says. Refused: file_exists, backup_failed,
    folder_missing, cannot_write.
    """
    file = file.absolute()
    demand_folder(file)
    if file.exists():
        raise Refused("file_exists", file=str(file))
    unfinished = file.with_name(f".{file.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        with store.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                # A reading transaction stands while the pages are copied: the copy is of this moment.
                said = _facts(connection, file)
                _copy_pages(connection, unfinished)
            else:
                connection.execution_options(isolation_level="REPEATABLE READ")
                said = _facts(connection, file)
                _copy_rows(connection, unfinished)
        found = read_back(unfinished)
        if _told(found) != _told(said):
            raise Refused("backup_failed", file=str(file))
        _sync(unfinished)
        publish(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    return said


def read_back(file: Path) -> BackupFacts:
    """Read a backup through: every page, every reference, the journal's whole chain.

    Refused: file_missing, not_a_backup; Altered: backup_damaged.
    """
    if not file.exists():
        raise Refused("file_missing", file=str(file))
    try:
        demand_ours(file)
    except Refused as refused:
        if refused.code in ("not_a_database", "not_ours"):
            raise Refused("not_a_backup", file=str(file)) from refused
        raise
    engine = sqlite_engine(file)
    translate_errors(engine)
    try:
        with engine.connect() as connection:
            schema.demand_known(schema.version_of(connection))
            damage = [row[0] for row in connection.exec_driver_sql("PRAGMA quick_check(1)") if row[0] != "ok"]
            damage += [row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
            damage += [finding.code for finding in journal_findings(connection)]
            if damage:
                raise Altered("backup_damaged", file=str(file), what=damage[0])
            return _facts(connection, file)
    except Refused as refused:
        if refused.code in ("not_a_database", "database_damaged"):
            raise Altered("backup_damaged", file=str(file), what=refused.code) from refused
        raise
    finally:
        engine.dispose()


def restore(address: str, file: Path, clock: Callable[[], datetime]) -> Restored:
    """Put a backup in the database's place; what stood there is kept beside it under a dated name.

    The store must be closed. On a server the database must be empty: Refused (database_exists).
    """
    facts = read_back(file)
    if is_server(address):
        _restore_server(address, file, clock)
        return Restored(file, facts.applications, None)
    path = Path(address).absolute()
    demand_folder(path)
    incoming = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    kept: Path | None = None
    try:
        shutil.copyfile(file, incoming)
        if _told(read_back(incoming)) != _told(facts):
            raise Refused("backup_failed", file=str(file))
        _sync(incoming)
        if path.exists():
            kept = path.with_name(f"{path.stem}-replaced-{clock():%Y%m%d-%H%M%S-%f}{path.suffix}")
            _keep(path, kept)
        incoming.replace(path)  # at once: the old database or the new one stands here, never neither
        sync_folder(path.parent)
    finally:
        incoming.unlink(missing_ok=True)
    return Restored(file, facts.applications, kept)


def _keep(path: Path, kept: Path) -> None:
    """Give the old database a second name; where the file system has no links, a copy."""
    _settle(path, kept)
    try:
        os.link(path, kept)
    except FileExistsError:
        raise Refused("file_exists", file=str(kept)) from None
    except OSError:
        shutil.copyfile(path, kept)
        _sync(kept)


def _settle(path: Path, kept: Path) -> None:
    """Undo what a killed program left half done: its journal must never meet the database brought back."""
    journal = path.with_name(path.name + "-journal")
    if not journal.exists():
        return
    engine = sqlite_engine(path)
    translate_errors(engine)
    try:
        with engine.execution_options(writing=True).begin() as connection:
            connection.exec_driver_sql("SELECT 1")
    except Refused as refused:
        if refused.code == "database_busy":
            raise
    finally:
        engine.dispose()
    if journal.exists():  # the old database is damaged beyond that: its journal goes with it
        journal.rename(kept.with_name(kept.name + "-journal"))


def _copy_pages(connection: Connection, target: Path) -> None:
    from sqlcipher3 import dbapi2

    source: Any = connection.connection.driver_connection
    try:
        with contextlib.closing(dbapi2.connect(str(target))) as copy:
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE")
    except dbapi2.Error as problem:
        code = "disk_full" if code_of(problem) == "disk_full" else "cannot_write"
        raise Refused(code, file=str(target.parent), why=str(problem)) from problem


def _copy_rows(connection: Connection, target: Path) -> None:
    """A server's rows into a fresh SQLite file of the same schema."""
    made_at = connection.execute(select(about)).one()
    empty = create_store(str(target), lambda: _moment(made_at.made_at))
    try:
        _pour(connection, empty)
    finally:
        empty.close()


def _restore_server(address: str, file: Path, clock: Callable[[], datetime]) -> None:
    source = sqlite_engine(file)
    try:
        with source.connect() as connection:
            if schema.version_of(connection) != schema.HEAD:
                raise Refused("backup_old", file=str(file))
            with contextlib.closing(create_store(address, clock)) as store:
                _pour(connection, store)
    finally:
        source.dispose()


def _pour(source: Connection, target: Store) -> None:
    """Every row of every table in one transaction, parents before children."""
    with target.engine.execution_options(writing=True).begin() as connection:
        connection.execute(about.delete())
        connection.exec_driver_sql(
            "DROP TRIGGER journal_head_stays"
            + (" ON journal_head" if connection.dialect.name == "postgresql" else "")
        )
        connection.execute(journal_head.delete())
        for table in METADATA.sorted_tables:
            rows = source.execute(select(table).order_by(*table.primary_key.columns))
            while part := rows.fetchmany(_AT_ONCE):
                connection.execute(table.insert(), [dict(row._mapping) for row in part])  # noqa: SLF001 - public API
            if connection.dialect.name == "postgresql" and table.autoincrement_column is not None:
                connection.exec_driver_sql(
                    f"SELECT setval('{table.name}_id_seq', (SELECT coalesce(max(id), 1) FROM {table.name}))"  # noqa: S608 - our own table names
                )
        from grants_app.store.guards import make_guards

        make_guards(connection)


def _facts(connection: Connection, file: Path) -> BackupFacts:
    identity = connection.execute(select(about.c.database).where(about.c.product == PRODUCT)).scalar()
    head = connection.execute(select(journal_head.c.seq, journal_head.c.link)).one()
    return BackupFacts(
        file=file,
        applications=connection.execute(select(func.count()).select_from(application)).scalar_one(),
        campaigns=connection.execute(select(func.count()).select_from(campaign)).scalar_one(),
        journal_seq=head.seq,
        journal_link=head.link,
        schema=schema.version_of(connection),
        database=identity or "",
    )


def _told(facts: BackupFacts) -> tuple[object, ...]:
    return (facts.applications, facts.campaigns, facts.journal_seq, facts.journal_link, facts.database)


def _moment(text: str) -> datetime:
    from grants_app.store.moments import utc_of

    return utc_of(text)


def _sync(file: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(file, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
