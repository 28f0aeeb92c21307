"""What every repository does with rows: the id of one just written, one that must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import select

from grants_app.domain.errors import Refused

if TYPE_CHECKING:
    from sqlalchemy import Select, Table
    from sqlalchemy.engine import Connection, CursorResult, Row

K = TypeVar("K")
V = TypeVar("V")


def new_id(result: CursorResult[Any]) -> int:
    """The id the engine gave to the one row inserted."""
    return int(cast("tuple[int]", result.inserted_primary_key)[0])


def row_of(connection: Connection, table: Table, row_id: int, *, lock: bool = False) -> Row[Any]:
    """The table's row by id; Refused (not_found) when there is none. `lock` keeps it until the commit."""
    query = select(table).where(table.c.id == row_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise Refused("not_found", kind=table.name, key=row_id)
    return row


def pairs(connection: Connection, query: Select[K, V]) -> dict[K, V]:
    """A query of two columns as a dictionary; of two rows with one key the last counts."""
    return {row[0]: row[1] for row in connection.execute(query)}
