"""What hangs on a branch, a pool or a required paper, counted; it decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from grants_app.domain.setup_checks import Hanging
from grants_app.store.application_tables import application, checklist_item, choice
from grants_app.store.commission_tables import seat_act
from grants_app.store.decision_tables import award, paper, placement, run, run_line, seat, tie_decision
from grants_app.store.register_tables import number_series

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Select
    from sqlalchemy.engine import Connection


def on_branch(connection: Connection, campaign_id: int, code: str, letter: str) -> Sequence[Hanging]:
    """Applications received there, numbers its letter gave out, papers it issued."""
    numbers = select(func.coalesce(func.sum(number_series.c.last), 0)).where(
        number_series.c.campaign == campaign_id, number_series.c.owner.in_((code, letter))
    )
    return _counted(
        connection,
        (
            (
                "hanging_applications",
                select(func.count()).where(
                    application.c.campaign == campaign_id, application.c.branch == code
                ),
            ),
            ("hanging_numbers", numbers),
            (
                "hanging_papers",
                select(func.count()).where(paper.c.campaign == campaign_id, paper.c.branch == code),
            ),
        ),
    )


def on_pools(connection: Connection, campaign_id: int, pools: Sequence[str]) -> Sequence[Hanging]:
    """Choices of them, places in runs, decisions on equals, placements, awards, seats moved by order."""
    count = select(func.count())
    return _counted(
        connection,
        (
            ("hanging_choices", count.where(choice.c.campaign == campaign_id, choice.c.pool.in_(pools))),
            (
                "hanging_runs",
                select(func.count(run_line.c.run.distinct()))
                .select_from(run_line.join(run, run_line.c.run == run.c.id))
                .where(run.c.campaign == campaign_id, run_line.c.pool.in_(pools)),
            ),
            (
                "hanging_ties",
                count.where(tie_decision.c.campaign == campaign_id, tie_decision.c.pool.in_(pools)),
            ),
            (
                "hanging_placements",
                count.where(placement.c.campaign == campaign_id, placement.c.pool.in_(pools)),
            ),
            (
                "hanging_awards",
                count.select_from(award.join(seat, award.c.seat == seat.c.id)).where(
                    award.c.campaign == campaign_id, seat.c.pool.in_(pools)
                ),
            ),
            (
                "hanging_seat_acts",
                count.where(
                    seat_act.c.campaign == campaign_id,
                    or_(seat_act.c.from_pool.in_(pools), seat_act.c.to_pool.in_(pools)),
                ),
            ),
        ),
    )


def on_required_paper(connection: Connection, campaign_id: int, code: str) -> Sequence[Hanging]:
    """Files where it was ticked off."""
    ticked = (
        select(func.count())
        .select_from(checklist_item.join(application, checklist_item.c.application == application.c.id))
        .where(application.c.campaign == campaign_id, checklist_item.c.item == code)
    )
    return _counted(connection, (("hanging_ticks", ticked),))


def _counted(connection: Connection, counts: Iterable[tuple[str, Select[Any]]]) -> Sequence[Hanging]:
    found = [Hanging(code, int(connection.execute(query).scalar_one())) for code, query in counts]
    return [one for one in found if one.count]
