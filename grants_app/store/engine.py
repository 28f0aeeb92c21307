"""Opening and creating databases, SQLite files and PostgreSQL servers alike, and handing out transactions."""

from __future__ import annotations

import contextlib
import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, select

from grants_app.domain.errors import Refused
from grants_app.domain.journal import utc_text
from grants_app.store import schema
from grants_app.store.database.leftovers import sweep_beside, unfinished
from grants_app.store.database.locks import hold_open
from grants_app.store.guards import make_guards, missing_guards
from grants_app.store.refusals import translate_errors
from grants_app.store.register_tables import about
from grants_app.store.shelf import Shelf
from grants_app.store.sqlite import APPLICATION_ID, demand_ours, is_copy, sqlite_engine
from grants_app.store.whereabouts import demand_folder, demand_safe_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.engine import Engine

    from grants_app.domain.permit import Permit
    from grants_app.domain.values import Finding
    from grants_app.store.backup import BackupFacts
    from grants_app.store.database.locks import Hold
    from grants_app.store.database.state import Committed, FirstWrite, Watch
    from grants_app.store.queries import Reading
    from grants_app.store.unit_of_work import UnitOfWork

PRODUCT = "grants-app"
_SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")


class Store:
    """An open database. Made by `open_store` and `create_store` only."""

    def __init__(
        self, address: str, engine: Engine, clock: Callable[[], datetime], hold: Hold | None = None
    ) -> None:
        self.address = address
        self.engine = engine
        self.is_copy = False
        """Whether this is a backup: it may be read, and is restored before anything is written."""
        self.watch: Watch | None = None
        """Told after every commit where the journal stands and which numbers were given out."""
        self.first: FirstWrite | None = None
        """What the first writing transaction has to do before anything else; dropped when that commits."""
        self._clock = clock
        self._hold = hold
        self._shelf = Shelf()
        self.upgraded = False
        """Whether opening brought an older schema up to date: what lists show must be worked out anew."""

    @property
    def engine_name(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @property
    def path(self) -> Path | None:
        """The database's file, None on a server."""
        return None if is_server(self.address) else Path(self.address)

    def now(self) -> datetime:
        """What the clock says that the journal is written by."""
        return self._clock()

    def work(self, permit: Permit) -> UnitOfWork:
        """A writing transaction for the act permitted, to be entered with `with`."""
        from grants_app.store.unit_of_work import UnitOfWork

        if self.is_copy:
            raise Refused("file_is_backup", file=self.address)
        return UnitOfWork(self.engine, self._clock, permit, self)

    def committed(self, done: Committed) -> None:
        """A writing transaction has ended well: whoever watches hears of it."""
        self.first = None
        if self.watch is not None:
            self.watch(done)

    def reading(self) -> Reading:
        """A reading transaction of its own, to be entered with `with`; it never waits for a writer's work."""
        from grants_app.store.queries import Reading

        return Reading(self.engine, self._shelf)

    def backup_to(self, file: Path) -> BackupFacts:
        """Copy the database to a file and read the copy back; Refused unless both say the same."""
        from grants_app.store.backup import back_up

        return back_up(self, file)

    def check(self) -> tuple[Finding, ...]:
        """Everything that is not as it must be; empty when all is well."""
        from grants_app.store.check import check

        return check(self)

    def close(self) -> None:
        """Let go of every connection and of the file."""
        self.engine.dispose()
        if self._hold is not None:
            self._hold.release()


def is_server(address: str) -> bool:
    """Whether the address names a PostgreSQL database rather than a file."""
    return address.startswith(_SCHEMES)


def create_store(address: str, clock: Callable[[], datetime]) -> Store:
    """Make an empty database; Refused when something is there already or the place is unfit.

    A file is made complete beside its place and then given its name: a power cut leaves none or all.
    """
    if is_server(address):
        return _create_on_server(address, clock)
    path = Path(address).absolute()
    demand_folder(path)
    demand_safe_place(path)
    if path.exists():
        raise Refused("database_exists", file=str(path))
    with unfinished(path, "new") as fresh:
        engine = _file_engine(fresh)
        try:
            _furnish(engine, clock)
        finally:
            engine.dispose()
        publish(fresh, path)
    return Store(str(path), _file_engine(path), clock, hold_open(path))


def open_store(address: str, clock: Callable[[], datetime], *, backups: Path | None = None) -> Store:
    """Open a database of ours; an older schema is upgraded after a verified copy into `backups`.

    Refused: missing, no database, not ours, newer than this program, on a network share or in a
    synchronised folder. Without `backups` the copy before an upgrade lies beside the file.
    """
    if is_server(address):
        store = Store(address, _server_engine(address), clock)
    else:
        path = Path(address).absolute()
        demand_ours(path)
        demand_safe_place(path)
        hold = hold_open(path)
        sweep_beside(path.resolve())
        store = Store(str(path), _file_engine(path), clock, hold)
        store.is_copy = is_copy(path)
    try:
        _bring_up_to_date(store, clock, backups)
    except BaseException:
        store.close()
        raise
    return store


def furnish_file(path: Path, clock: Callable[[], datetime]) -> Store:
    """Make an empty database in a file nobody else knows yet."""
    engine = _file_engine(path)
    _furnish(engine, clock)
    return Store(str(path), engine, clock)


def _demand_empty(store: Store) -> None:
    with store.engine.connect() as connection:
        if connection.dialect.has_table(connection, "about") or schema.version_of(connection):
            raise Refused("database_exists", file=_plain(store.address))


def _create_on_server(address: str, clock: Callable[[], datetime]) -> Store:
    store = Store(address, _server_engine(address), clock)
    try:
        _demand_empty(store)
        _furnish(store.engine, clock)
    except BaseException:
        store.close()
        raise
    return store


def _bring_up_to_date(store: Store, clock: Callable[[], datetime], backups: Path | None) -> None:
    with store.engine.connect() as connection:
        ours = connection.dialect.has_table(connection, "about")
        if not ours or connection.execute(select(about.c.product)).scalar_one_or_none() != PRODUCT:
            raise Refused("not_ours", file=_plain(store.address))
        version = schema.version_of(connection)
        schema.demand_known(version)
        guards_missing = missing_guards(connection) if version == schema.HEAD else ()
    if version == schema.HEAD:
        if guards_missing:
            raise Refused("guards_missing", names=", ".join(guards_missing))
        return
    if store.is_copy:
        raise Refused("file_is_backup", file=store.address)
    if store.path is not None:
        folder = backups or store.path.parent
        folder.mkdir(parents=True, exist_ok=True)
        stamp = clock().strftime("%Y%m%d-%H%M%S-%f")
        store.backup_to(folder / f"{store.path.stem}-before-{schema.HEAD}-{stamp}.sqlite")
    schema.upgrade(store.engine)
    store.upgraded = True


def _furnish(engine: Engine, clock: Callable[[], datetime]) -> None:
    schema.upgrade(engine)
    with engine.execution_options(writing=True).begin() as connection:
        make_guards(connection)
        connection.execute(
            about.insert(),
            {"id": 1, "product": PRODUCT, "database": uuid.uuid4().hex, "made_at": utc_text(clock())},
        )
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _file_engine(path: Path) -> Engine:
    engine = sqlite_engine(path)
    translate_errors(engine)
    return engine


def _server_engine(address: str) -> Engine:
    scheme, _, rest = address.partition("://")
    del scheme
    engine = create_engine(
        f"postgresql+psycopg://{rest}",
        pool_pre_ping=True,
        pool_size=8,
        max_overflow=32,
        connect_args={"connect_timeout": 10},
    )
    translate_errors(engine)
    return engine


def publish(unfinished: Path, path: Path) -> None:
    """Give a finished file its name without ever overwriting, and make the name last; Refused if taken."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise Refused("database_exists", file=str(path)) from None
    except OSError:  # a file system without hard links (FAT): the name was free a moment ago
        unfinished.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make new names in the folder survive a power cut, where the system can."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _plain(address: str) -> str:
    """The address without a password."""
    if not is_server(address):
        return address
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
