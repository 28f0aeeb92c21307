"""The chair's way back: a mistaken answer undone, a seat taken back from somebody who may not hold it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.award import AwardState
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.ranking import PLACEMENT
from grants_app.domain.runs import PlacementRecord
from grants_app.services import holders, standing
from grants_app.services.answers import award_of, give_back
from grants_app.services.clock import demand_clock
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from grants_app.domain.award import Award
    from grants_app.domain.campaign import Campaign
    from grants_app.domain.permit import Permit
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork


def undo_answer(office: Office, application_no: str, reason: str) -> Changed:
    """Take back the last answer of somebody: their offer stands again, on its seat or another of its pool.

    Refused when nothing was answered, when no seat of the pool is free any more, when the person moved or was
    offered another seat since, and when they are not admitted to it now. Cancelled letters stay cancelled: a
    new one is issued.
    """
    permit, campaign = _demand(office, reason)
    number = application_no.strip().upper()
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        application = work.applications.by_no(campaign.id, number)
        history = work.awards.history(application.id)
        last = history[-1] if history else None
        if last is None or last.state is AwardState.OFFERED:
            raise Refused("nothing_to_undo", no=number)
        if last.state is not AwardState.CONFIRMED:
            holders.demand_fit(application, last, campaign, standing.current_rules(office))
            _demand_room(work, campaign, last)
        offered = _offered_again(work, last, reason.strip())
        if last.label == PLACEMENT and not last.state.holds_seat:
            _placed_again(office, work, campaign, last, reason.strip())
        work.journal.add(
            "award.reinstated",
            number,
            reason=reason.strip(),
            before=text_of({"state": last.state, "pool": last.pool, "seat": last.seat}),
            after=text_of({"state": offered.state, "pool": offered.pool, "seat": offered.seat}),
            campaign=campaign.id,
        )
        work.commit()
    return Changed(awards=True, papers=True, runs=True)


def take_back(office: Office, application_no: str, reason: str) -> Changed:
    """Take a seat back from its holder, with a reason: they hold nothing and compete no more."""
    permit, campaign = _demand(office, reason)
    award = award_of(office, application_no)
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        now = office.clock()
        work.awards.put(
            replace(award, state=AwardState.REVOKED, answered_at=now, reason=reason.strip()),
            seen=award.version,
        )
        work.journal.add(
            "award.revoked",
            award.application_no,
            reason=reason.strip(),
            before=text_of({"state": award.state, "pool": award.pool, "seat": award.seat}),
            after=text_of({"state": AwardState.REVOKED}),
            campaign=campaign.id,
        )
        give_back(office, work, award, AwardState.REVOKED.value)
        work.commit()
    return Changed(awards=True, papers=True, runs=True)


def _demand(office: Office, reason: str) -> tuple[Permit, Campaign]:
    permit = office.demand("revoke")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    demand_clock(office)
    if not reason.strip():
        raise Refused("reason_missing")
    return permit, campaign


def _demand_room(work: UnitOfWork, campaign: Campaign, last: Award) -> None:
    if not work.awards.free_seats(campaign.id, last.pool):
        raise Refused("seat_gone", no=last.application_no, pool=campaign.setup.pool_called(last.pool))


def _offered_again(work: UnitOfWork, last: Award, reason: str) -> Award:
    """The same award while its seat is free, else a new one on another seat of the pool."""
    if last.state is AwardState.CONFIRMED or last.seat in work.awards.free_seats(last.campaign, last.pool):
        again = replace(last, state=AwardState.OFFERED, answered_at=None, reason=reason)
        return work.awards.put(again, seen=last.version)
    return work.awards.offer(
        campaign=last.campaign,
        application=last.application,
        pool=last.pool,
        label=last.label,
        run=last.run,
        round=last.round,
        at=last.offered_at,
        deadline=last.deadline,
    )


def _placed_again(office: Office, work: UnitOfWork, campaign: Campaign, last: Award, reason: str) -> None:
    """The placement a refused seat came from, else the next run would find its holder nowhere."""
    work.decisions.add_placement(
        PlacementRecord(
            campaign=campaign.id,
            application_no=last.application_no,
            pool=last.pool,
            reason=reason,
            placed_at=office.clock(),
            placed_by=office.actor.name,
        )
    )
