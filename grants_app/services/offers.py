"""Offering what a sealed run awards: holders keep their seat or move, the others get a free one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.award import AwardState
from grants_app.domain.errors import Refused
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from datetime import datetime

    from grants_app.domain.award import Award
    from grants_app.domain.campaign import Campaign
    from grants_app.domain.ranking import RunAward, RunResult
    from grants_app.domain.runs import RunRecord
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork


def offer_awards(
    office: Office,
    work: UnitOfWork,
    campaign: Campaign,
    record: RunRecord,
    result: RunResult,
    confirm_by: datetime | None = None,
) -> None:
    """Offer what the sealed run awards: holders keep their seat or move, the others get a free one.

    Who moves gives the former seat back with its papers. Refused when a holder is not in the result: nobody
    loses a seat by a run.
    """
    due = answer_due(office, campaign, confirm_by)
    holding = {award.application_no: award for award in work.awards.holding(campaign.id)}
    wanted = {award.application: award for award in result.awards}
    for number, award in sorted(holding.items()):
        target = wanted.get(number)
        if target is None:
            raise Refused("run_hold_refused", application=number, pool=award.pool)
        if target.pool != award.pool:
            _moved(office, work, award, record)
        elif target.seat != award.label:
            _relabelled(work, award, target)
    for number, target in sorted(wanted.items()):
        held = holding.get(number)
        if held is not None and held.pool == target.pool:
            continue
        offered = work.awards.offer(
            campaign=campaign.id,
            application=work.applications.by_no(campaign.id, number).id,
            pool=target.pool,
            label=target.seat,
            run=record.id,
            round=record.round,
            at=office.clock(),
            deadline=due,
        )
        after = {"pool": target.pool, "seat": offered.seat} | ({"due_at": due.isoformat()} if due else {})
        work.journal.add("award.offered", number, after=text_of(after), campaign=campaign.id)


def answer_due(office: Office, campaign: Campaign, confirm_by: datetime | None) -> datetime | None:
    """Until when offers made now stand: the moment given, else the calendar's if it is still ahead.

    Refused when the moment given is not ahead of the clock.
    """
    now = office.clock()
    if confirm_by is not None:
        if confirm_by <= now:
            raise Refused("deadline_not_ahead", due=office.told(confirm_by))
        return confirm_by
    confirm = campaign.setup.deadline("confirm")
    return confirm.at if confirm is not None and confirm.at > now else None


def cancel_papers(work: UnitOfWork, award: Award, why: str) -> None:
    """Cancel the papers in force for a seat that is given back; their numbers stay used."""
    for paper in work.papers.of_award(award.id):
        if paper.state == "issued":
            work.papers.cancel(paper.id, reason=why)
            work.journal.add("paper.cancelled", paper.number, campaign=award.campaign)


def _moved(office: Office, work: UnitOfWork, award: Award, record: RunRecord) -> None:
    state = AwardState.REVOKED
    work.awards.put(
        replace(award, state=state, answered_at=office.clock(), reason=f"run {record.no}"), seen=award.version
    )
    work.journal.add(
        "award.revoked",
        award.application_no,
        before=text_of({"state": award.state, "pool": award.pool, "seat": award.seat}),
        after=text_of({"state": state, "run": record.no}),
        campaign=award.campaign,
    )
    cancel_papers(work, award, state.value)


def _relabelled(work: UnitOfWork, award: Award, target: RunAward) -> None:
    """The kind of seat a holder sits on may change with a run; the seat and its state do not."""
    work.awards.put(replace(award, label=target.seat), seen=award.version)
    work.journal.add(
        "award.relabelled",
        award.application_no,
        before=text_of({"kind": award.label}),
        after=text_of({"kind": target.seat}),
        campaign=award.campaign,
    )
