"""Seats moved between pools and a changed total: acts on an order, only over free seats, never in silence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.ranking import PoolSeats
from grants_app.domain.rounds import Order, SeatAct
from grants_app.rules.inputs import run_pool
from grants_app.services import standing
from grants_app.services.clock import demand_clock
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.campaign import Campaign, CampaignSetup
    from grants_app.domain.permit import Permit
    from grants_app.services.access import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatMove:
    """So many seats from one pool to another; "" is the total's part no pool has yet."""

    from_pool: str = ""
    to_pool: str = ""
    seats: int


def move(office: Office, wanted: SeatMove, order: Order) -> Changed:
    """Move free seats between pools, or to and from the part of the total no pool has; by an order.

    Refused when fewer seats are free there, and when a pool's quotas would not fit into what is left.
    """
    permit, campaign = _demand(office, order)
    if wanted.seats < 1 or wanted.from_pool == wanted.to_pool:
        raise Refused("seats_not_moved")
    setup = campaign.setup
    known = {pool.id for pool in setup.pools} | {""}
    for pool in (wanted.from_pool, wanted.to_pool):
        if pool not in known:
            raise Refused("pool_unknown", pool=pool)
    free = _free(office, campaign, wanted.from_pool)
    if wanted.seats > free:
        raise Refused("too_few_free", pool=setup.pool_called(wanted.from_pool), free=free, seats=wanted.seats)
    changes = {wanted.from_pool: -wanted.seats, wanted.to_pool: wanted.seats}
    pools = tuple(replace(pool, seats=pool.seats + changes.get(pool.id, 0)) for pool in setup.pools)
    act = SeatAct(
        campaign=campaign.id,
        kind="moved",
        from_pool=wanted.from_pool,
        to_pool=wanted.to_pool,
        seats=wanted.seats,
        total_before=setup.total,
        total_after=setup.total,
        order_no=order.no.strip(),
        order_on=order.on,
        reason=order.reason.strip(),
        at=office.clock(),
        by=office.actor.name,
    )
    after = replace(setup, pools=pools)
    _demand_quotas(office, after)
    return _written(office, permit, campaign, after, act)


def change_total(office: Office, total: int, order: Order) -> Changed:
    """Change how many grants there are, by an order; never under what is given to pools.

    New grants belong to no pool until seats are moved to one.
    """
    permit, campaign = _demand(office, order)
    setup = campaign.setup
    given = sum(pool.seats for pool in setup.pools)
    if total == setup.total:
        raise Refused("seats_not_moved")
    if total < given:
        raise Refused("seats_over_total", seats=given, total=total)
    act = SeatAct(
        campaign=campaign.id,
        kind="total",
        seats=abs(total - setup.total),
        total_before=setup.total,
        total_after=total,
        order_no=order.no.strip(),
        order_on=order.on,
        reason=order.reason.strip(),
        at=office.clock(),
        by=office.actor.name,
    )
    return _written(office, permit, campaign, replace(setup, total=total), act)


def register(office: Office) -> Sequence[SeatAct]:
    """Every act on seats, the latest first."""
    with office.store.reading() as reading:
        return reading.seat_acts(office.campaign_id)


def free_seats(office: Office) -> dict[str, int]:
    """How many seats of each pool nobody holds, and under "" how many no pool has."""
    campaign = office.campaign()
    return {pool: _free(office, campaign, pool) for pool in ("", *(one.id for one in campaign.setup.pools))}


def demand_no_silent_change(office: Office, before: CampaignSetup, after: CampaignSetup) -> None:
    """Once a run was sealed, seats and total change by an act with its order only."""
    seats = [{pool.id: pool.seats for pool in setup.pools if pool.seats} for setup in (before, after)]
    if before.total == after.total and seats[0] == seats[1]:
        return
    with office.store.reading() as reading:
        sealed = reading.last_run(office.campaign_id, "sealed")
    if sealed is not None:
        raise Refused("seats_by_act")


def _demand(office: Office, order: Order) -> tuple[Permit, Campaign]:
    permit = office.demand("setup")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    demand_clock(office)
    demand_order(order)
    return permit, campaign


def demand_order(order: Order) -> None:
    """Refuse an act without the number, the date and the reason of its order."""
    if not order.no.strip() or order.on is None:
        raise Refused("order_missing")
    if not order.reason.strip():
        raise Refused("reason_missing")


def _free(office: Office, campaign: Campaign, pool: str) -> int:
    setup = campaign.setup
    if not pool:
        return setup.total - sum(one.seats for one in setup.pools)
    with office.store.reading() as reading:
        held = sum(one.state.holds_seat and one.pool == pool for one in reading.awards(campaign.id))
    return setup.pool(pool).seats - held


def _demand_quotas(office: Office, setup: CampaignSetup) -> None:
    rules = standing.current_rules(office)
    for pool in setup.pools:
        seats = PoolSeats(id=pool.id, programme=pool.programme, branch=pool.branch, seats=pool.seats)
        held = sum(quota.seats for quota in run_pool(seats, rules).quotas)
        if held > pool.seats:
            raise Refused("quotas_over_seats", pool=setup.pool_called(pool.id), seats=pool.seats, quotas=held)


def _written(
    office: Office, permit: Permit, campaign: Campaign, setup: CampaignSetup, act: SeatAct
) -> Changed:
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        work.campaigns.put(replace(campaign, setup=setup), seen=campaign.version)
        work.rounds.add_seat_act(act)
        work.journal.add(
            f"seats.{act.kind}",
            act.to_pool or act.from_pool or campaign.setup.code,
            reason=f"{act.order_no}: {act.reason}",
            before=text_of({"total": act.total_before, "pools": _seats(campaign.setup)}),
            after=text_of({"total": act.total_after, "pools": _seats(setup)}),
            campaign=campaign.id,
        )
        work.commit()
    return Changed(campaign=True, awards=True, runs=True)


def _seats(setup: CampaignSetup) -> dict[str, int]:
    return {pool.id: pool.seats for pool in setup.pools}
