"""The pools of a run as figures, counted out of its lines; within a transaction too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from grants_app.domain.runs import PoolSummary
from grants_app.store.decision_tables import run, run_line
from grants_app.store.register_tables import pool as pool_table

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Row

TAKEN = ("awarded", "placed")


def load_summaries(connection: Connection, run_id: int) -> list[PoolSummary]:
    """Each pool of the run in the campaign's order: who competes, who is taken, the last merit taken."""
    lines = run_line.c
    counted = (
        select(
            lines.pool,
            func.count(lines.position).label("competing"),
            func.sum(case((lines.outcome.in_(TAKEN), 1), else_=0)).label("awarded"),
            func.sum(case((lines.outcome == "tied", 1), else_=0)).label("tied"),
            func.count(lines.reserve).label("reserve"),
            func.coalesce(
                func.max(case(((lines.outcome == "awarded") & (lines.seat == "open"), lines.place))),
                func.max(case((lines.outcome == "awarded", lines.place))),
            ).label("last"),
        )
        .where(lines.run == run_id)
        .group_by(lines.pool)
    )
    counts = {row.pool: row for row in connection.execute(counted)}
    cutoffs = {
        pool: connection.execute(
            select(lines.merit).where(lines.run == run_id, lines.pool == pool, lines.place == row.last)
        ).scalar()
        for pool, row in counts.items()
        if row.last is not None
    }
    pools = select(pool_table.c.code, pool_table.c.seats).where(
        pool_table.c.campaign == select(run.c.campaign).where(run.c.id == run_id).scalar_subquery()
    )
    return [
        _summary(row.code, row.seats, counts.get(row.code), cutoffs.get(row.code) or "")
        for row in connection.execute(pools.order_by(pool_table.c.place))
    ]


def _summary(pool: str, seats: int, row: Row[Any] | None, cutoff: str) -> PoolSummary:
    if row is None:
        return PoolSummary(pool=pool, seats=seats, competing=0, awarded=0, tied=0, reserve=0)
    return PoolSummary(
        pool=pool,
        seats=seats,
        competing=row.competing,
        awarded=row.awarded,
        tied=row.tied,
        reserve=row.reserve,
        cutoff=tuple(cutoff.split()),
    )
