"""Copies of a database that were read back: made, marked, and proven to say what the database says."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from grants_app.domain.errors import Altered, Refused
from grants_app.domain.values import LANGS, Names
from grants_app.store import schema
from grants_app.store.application_tables import application
from grants_app.store.check import journal_findings
from grants_app.store.database.leftovers import unfinished
from grants_app.store.engine import PRODUCT, Store, furnish_file, publish
from grants_app.store.refusals import code_of, translate_errors
from grants_app.store.register_tables import about, campaign, journal, journal_head
from grants_app.store.sqlite import COPY_MARK, demand_ours, sqlite_engine
from grants_app.store.tables import METADATA
from grants_app.store.whereabouts import demand_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.engine import Connection

_AT_ONCE = 5_000


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
    last_at: str = ""
    """The moment of the journal's last event, as the journal writes it."""
    codes: tuple[str, ...] = ()
    """The campaigns' codes, the newest first."""
    titles: tuple[Names, ...] = ()
    """What the campaigns are called, in the same order."""


def back_up(store: Store, file: Path) -> BackupFacts:
    """Copy the open database to `file`, a SQLite database whatever the engine, and read the copy back.

    The copy gets its name only when it says what the database says; it is marked as a copy and has the
    database's rights. Refused: file_exists, backup_failed, folder_missing, cannot_write.
    """
    file = file.absolute()
    demand_folder(file)
    if file.exists():
        raise Refused("file_exists", file=str(file))
    with making(file) as part:
        with store.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                # A reading transaction stands while the pages are copied: the copy is of this moment.
                said = facts_of(connection, file)
                _copy_pages(connection, part)
            else:
                connection.execution_options(isolation_level="REPEATABLE READ")
                said = facts_of(connection, file)
                _copy_rows(connection, part)
        mark(part, COPY_MARK)
        found = read_back(part)
        if told_by(found) != told_by(said):
            raise Refused("backup_failed", file=str(file))
        if store.path is not None:
            keep_rights(store.path, part)
        sync_file(part)
        publish(part, file)
    return said


@contextlib.contextmanager
def making(file: Path) -> Iterator[Path]:
    """A file being made beside `file`; Refused (cannot_write) where it cannot be."""
    try:
        with unfinished(file) as part:
            yield part
    except OSError as problem:
        raise Refused("cannot_write", file=str(file), why=problem.strerror or "") from problem


def keep_rights(of: Path, to: Path) -> None:
    """Give a file the rights of another, as far as this account may, and keep it writable for its owner."""
    with contextlib.suppress(OSError):
        to.chmod(stat.S_IMODE(of.stat().st_mode) | stat.S_IRUSR | stat.S_IWUSR)
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # only the system's administrator gives files away
            os.chown(to, of.stat().st_uid, of.stat().st_gid)


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
            return facts_of(connection, file)
    except Refused as refused:
        if refused.code in ("not_a_database", "database_damaged"):
            raise Altered("backup_damaged", file=str(file), what=refused.code) from refused
        raise
    finally:
        engine.dispose()


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


def mark(file: Path, version: int) -> None:
    """Write the file's user version, which says whether it is a copy."""
    from sqlcipher3 import dbapi2

    with contextlib.closing(dbapi2.connect(str(file))) as connection:
        connection.execute(f"PRAGMA user_version = {version}")


def _copy_rows(connection: Connection, target: Path) -> None:
    """A server's rows into a fresh SQLite file of the same schema."""
    made_at = connection.execute(select(about)).one()
    empty = furnish_file(target, lambda: _moment(made_at.made_at))
    try:
        with empty.engine.execution_options(writing=True).begin() as filled:
            pour(connection, filled)
    finally:
        empty.close()


def pour(source: Connection, connection: Connection) -> None:
    """Every row of every table into the furnished database, parents before children."""
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


def facts_of(connection: Connection, file: Path) -> BackupFacts:
    """What the database connected to holds; `file` is the name it goes by."""
    titles = [campaign.c.code, *(campaign.c[f"title_{lang}"] for lang in LANGS)]
    campaigns = connection.execute(select(*titles).order_by(campaign.c.id.desc())).all()
    identity = connection.execute(select(about.c.database).where(about.c.product == PRODUCT)).scalar()
    head = connection.execute(select(journal_head.c.seq, journal_head.c.link)).one()
    return BackupFacts(
        file=file,
        applications=connection.execute(select(func.count()).select_from(application)).scalar_one(),
        campaigns=len(campaigns),
        journal_seq=head.seq,
        journal_link=head.link,
        schema=schema.version_of(connection),
        database=identity or "",
        last_at=connection.execute(select(journal.c.at).where(journal.c.seq == head.seq)).scalar() or "",
        codes=tuple(code for code, *_ in campaigns),
        titles=tuple(Names(**dict(zip(LANGS, names, strict=True))) for _, *names in campaigns),
    )


def told_by(facts: BackupFacts) -> tuple[object, ...]:
    """What two copies of one database say alike."""
    return (facts.applications, facts.campaigns, facts.journal_seq, facts.journal_link, facts.database)


def _moment(text: str) -> datetime:
    from grants_app.store.moments import utc_of

    return utc_of(text)


def sync_file(file: Path) -> None:
    """Make the file's contents survive a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(file, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
