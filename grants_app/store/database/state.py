"""What a database is and how far it has come: its identity, its journal's end, the numbers it gave out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import inspect, select

from grants_app.store.register_tables import about, campaign, journal, journal_head, number_series

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from grants_app.store.unit_of_work import UnitOfWork


class Series(NamedTuple):
    """A series of numbers, by the code of its campaign: its id is another one in another database."""

    campaign: str
    kind: str
    owner: str


class NumberRange(NamedTuple):
    """Numbers of one series, both ends included."""

    series: Series
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A database at one moment; `parent` is the database it was restored from, "" when it is nobody's."""

    database: str
    parent: str
    journal: int
    link: str
    series: Mapping[Series, int]


@dataclass(frozen=True, slots=True)
class Committed:
    """What one commit did: the journal's end after it, and the last number of every series it took from."""

    journal: int
    link: str
    numbers: Mapping[Series, int]


Watch = Callable[[Committed], None]
FirstWrite = Callable[["UnitOfWork"], None]


def state_of(connection: Connection) -> State:
    """The state as this transaction sees it; of an older schema too, which knows no parent."""
    known = connection.execute(select(about.c.database)).one()
    parent = connection.execute(select(about.c.parent)).scalar_one() if knows_parent(connection) else ""
    head = connection.execute(select(journal_head.c.seq, journal_head.c.link)).one()
    rows = connection.execute(
        select(campaign.c.code, number_series.c.kind, number_series.c.owner, number_series.c.last).join(
            campaign, campaign.c.id == number_series.c.campaign
        )
    )
    return State(
        database=known.database,
        parent=parent or "",
        journal=head.seq,
        link=head.link,
        series={Series(row.code, row.kind, row.owner): row.last for row in rows},
    )


def knows_parent(connection: Connection) -> bool:
    """Whether the schema is new enough to say what a database was restored from."""
    return any(column["name"] == "parent" for column in inspect(connection).get_columns("about"))


def link_at(connection: Connection, position: int) -> str:
    """The link of the journal's event at a position, "" where there is none."""
    return connection.execute(select(journal.c.link).where(journal.c.seq == position)).scalar() or ""


class StateQueries:
    """The part of a reading that looks at the database as a whole."""

    _connection: Connection

    def state(self) -> State:
        """The database's identity, its journal's end and the numbers it gave out."""
        return state_of(self._connection)

    def link_at(self, position: int) -> str:
        """The link of the journal's event at a position, "" where there is none."""
        return link_at(self._connection, position)
