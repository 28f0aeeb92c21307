"""One transaction as repositories see it: connection, clock, campaign locks; it knows no use case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from grants_app.domain.errors import Refused
from grants_app.store.register_tables import campaign

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from grants_app.domain.application import PersonFacts

CLOSED = "closed"
_STANDING = select(campaign.c.state, campaign.c.code).where(campaign.c.id == bindparam("this"))
_SHARED, _EXCLUSIVE = _STANDING.with_for_update(read=True), _STANDING.with_for_update()


class Transaction:
    """What the repositories of one unit of work share.

    Locks are taken in one order everywhere (campaign, rows by id, number series, journal), so that two
    desks never wait for each other in a circle.
    """

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self.connection = connection
        self.now = clock
        # A writer has the whole SQLite file to itself.
        self.rows_need_locks = connection.dialect.name != "sqlite"
        # People this transaction read or wrote, while nobody else can write them.
        self.people: dict[int, PersonFacts] = {}
        # The last number this transaction took from each series: campaign, kind, owner.
        self.numbers: dict[tuple[int, str, str], int] = {}
        self.codes: dict[int, str] = {}
        """Codes of the campaigns it writes in."""
        self._shared: set[int] = set()
        self._exclusive: set[int] = set()

    def demand_open(self, campaign_id: int, *, exclusive: bool = False) -> None:
        """Lock the campaign for this transaction and refuse when it is closed: every write comes here first.

        `exclusive` keeps every other writer of the campaign out: for runs, awards, imports, set-up. On
        SQLite the whole file is locked already.
        """
        if campaign_id in self._exclusive or (not exclusive and campaign_id in self._shared):
            return
        query = _EXCLUSIVE if exclusive else _SHARED
        row = self.connection.execute(query, {"this": campaign_id}).one_or_none()
        if row is None:
            raise Refused("not_found", kind="campaign", key=campaign_id)
        if row.state == CLOSED:
            raise Refused("campaign_closed", campaign=row.code)
        self.codes[campaign_id] = row.code
        (self._exclusive if exclusive else self._shared).add(campaign_id)
