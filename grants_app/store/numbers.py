"""Numbers without gaps, each series in a row of its own that its writer holds until the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from grants_app.store.database.state import NumberRange
from grants_app.store.register_tables import number_series, void_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine import Connection

    from grants_app.store.database.state import Series
    from grants_app.store.transaction import Transaction


_MINE = (
    (number_series.c.campaign == bindparam("of_campaign"))
    & (number_series.c.kind == bindparam("of_kind"))
    & (number_series.c.owner == bindparam("of_owner"))
)
_TAKE = (
    update(number_series)
    .where(_MINE)
    .values(last=number_series.c.last + bindparam("count"))
    .returning(number_series.c.last)
)


def next_numbers(transaction: Transaction, campaign_id: int, kind: str, owner: str, count: int = 1) -> range:
    """The next `count` numbers of the series; rolled back, they are free again."""
    if count < 1:
        return range(0)
    connection = transaction.connection
    given = {"of_campaign": campaign_id, "of_kind": kind, "of_owner": owner, "count": count}
    last = connection.execute(_TAKE, given).scalar()
    if last is None:
        _begin(connection, {"campaign": campaign_id, "kind": kind, "owner": owner, "last": 0})
        last = connection.execute(_TAKE, given).scalar_one()
    transaction.numbers[campaign_id, kind, owner] = last
    return range(last - count + 1, last + 1)


def skip_numbers(connection: Connection, campaign_id: int, kind: str, owner: str, last: int) -> range:
    """Enter the numbers up to `last` that were not given out here as void; the next one follows them."""
    mine = {"of_campaign": campaign_id, "of_kind": kind, "of_owner": owner}
    found = connection.execute(select(number_series.c.last).where(_MINE), mine).scalar()
    if found is None:
        _begin(connection, {"campaign": campaign_id, "kind": kind, "owner": owner, "last": 0})
    first = (found or 0) + 1
    if last < first:
        return range(0)
    connection.execute(update(number_series).where(_MINE).values(last=last), mine)
    row = {"campaign": campaign_id, "kind": kind, "owner": owner, "first": first, "last": last}
    connection.execute(void_numbers.insert(), row)
    return range(first, last + 1)


def skip_all(
    connection: Connection, campaign_id: int, code: str, highest: Mapping[Series, int]
) -> list[NumberRange]:
    """Skip a campaign's numbers up to the highest given out anywhere; answers those that are void now."""
    void = []
    for series in sorted(highest):
        if series.campaign == code:
            numbers = skip_numbers(connection, campaign_id, series.kind, series.owner, highest[series])
            if numbers:
                void.append(NumberRange(series, numbers[0], numbers[-1]))
    return void


def void_facts(ranges: Sequence[NumberRange]) -> list[list[object]]:
    """Void numbers as the journal tells them: kind, owner, first, last."""
    return [[one.series.kind, one.series.owner, one.first, one.last] for one in ranges]


def _begin(connection: Connection, row: dict[str, object]) -> None:
    """Make the series, unless another desk is just making it."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        connection.execute(insert(number_series).on_conflict_do_nothing(), row)
    else:  # a writer has the whole SQLite file to itself
        connection.execute(number_series.insert(), row)
