"""The SQLite profile every connection gets, and what a file says of itself before it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event

from grants_app.domain.errors import Refused

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from sqlalchemy.engine import Connection, Engine

APPLICATION_ID = 0x47524E54  # "GRNT"
_HEADER = b"SQLite format 3\x00"
_HEADER_BYTES = 100  # sqlite.org/fileformat2.html: the database header
_ID_AT = 68
_MARK_AT = 60  # the same header's user version
COPY_MARK = 0x434F5059  # "COPY": a backup, which is restored and never worked in
OLDEST = (3, 51, 3)  # 3.7.0 to 3.51.2 can lose commits (architecture.md)

# DELETE + EXTRA lost nothing in 3,000 simulated power cuts, DELETE + FULL lost 596 acknowledged commits.
_PROFILE = (
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "cache_spill = OFF",
    "foreign_keys = ON",
    "busy_timeout = 5000",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
    "cache_size = -16000",
)


def sqlite_engine(path: Path) -> Engine:
    """An engine on the file with the profile; `writing` among the execution options begins IMMEDIATE."""
    from sqlcipher3 import dbapi2

    demand_engine(dbapi2.sqlite_version_info)
    engine = create_engine(f"sqlite+pysqlite:///{path}", module=dbapi2, pool_size=8, max_overflow=24)
    event.listen(engine, "connect", _profile)
    event.listen(engine, "begin", _begin)
    return engine


def demand_engine(version: tuple[int, ...]) -> None:
    """Refused when the SQLite library is one that can lose commits."""
    if version < OLDEST:
        raise Refused("engine_old", version=".".join(map(str, version)), needs=".".join(map(str, OLDEST)))


def _profile(connection: Any, record: object) -> None:  # noqa: ANN401 - the driver's connection is untyped
    del record
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PROFILE:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN DEFERRED")


def demand_ours(path: Path) -> None:
    """Refused when there is no such file, it is no database, or not one of this program's."""
    try:
        with path.open("rb") as stream:
            header = stream.read(_HEADER_BYTES)
    except FileNotFoundError:
        raise Refused("database_missing", file=str(path)) from None
    except OSError as problem:
        raise Refused("cannot_read", file=str(path), why=problem.strerror or "") from problem
    if not header.startswith(_HEADER) or len(header) < _HEADER_BYTES:
        raise Refused("not_a_database", file=str(path))
    if int.from_bytes(header[_ID_AT : _ID_AT + 4]) != APPLICATION_ID:
        raise Refused("not_ours", file=str(path))


def is_copy(path: Path) -> bool:
    """Whether the file says of itself that it is a backup; those made before the mark do not say it."""
    try:
        with path.open("rb") as stream:
            header = stream.read(_HEADER_BYTES)
    except OSError:
        return False
    return header.startswith(_HEADER) and int.from_bytes(header[_MARK_AT : _MARK_AT + 4]) == COPY_MARK
