"""Numbers without gaps, each series in a row of its own that its writer holds until the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from grants_app.store.register_tables import number_series

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def next_numbers(connection: Connection, campaign_id: int, kind: str, owner: str, count: int = 1) -> range:
    """The next `count` numbers of the series; rolled back, they are free again."""
    if count < 1:
        return range(0)
    mine = (
        (number_series.c.campaign == campaign_id)
        & (number_series.c.kind == kind)
        & (number_series.c.owner == owner)
    )
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        first = insert(number_series).values(campaign=campaign_id, kind=kind, owner=owner, last=0)
        connection.execute(first.on_conflict_do_nothing())
    elif connection.execute(select(number_series.c.last).where(mine)).first() is None:
        connection.execute(
            number_series.insert(), {"campaign": campaign_id, "kind": kind, "owner": owner, "last": 0}
        )
    taken = update(number_series).where(mine).values(last=number_series.c.last + count)
    last = int(connection.execute(taken.returning(number_series.c.last)).scalar_one())
    return range(last - count + 1, last + 1)
