"""Offering what a sealed run awards: holders keep their seat or move, the others get a free one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.award import AwardState
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from grants_app.domain.campaign import Campaign
    from grants_app.domain.ranking import RunResult
    from grants_app.domain.runs import RunRecord
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork


def offer_awards(
    office: Office, work: UnitOfWork, campaign: Campaign, record: RunRecord, result: RunResult
) -> None:
    """Offer what the sealed run awards: holders keep their seat or move, the others get a free one."""
    holding = {award.application_no: award for award in work.awards.holding(campaign.id)}
    wanted = {award.application: award for award in result.awards}
    for number, award in holding.items():
        target = wanted.get(number)
        if target is None or target.pool != award.pool:
            work.awards.put(
                replace(
                    award, state=AwardState.REVOKED, answered_at=office.clock(), reason=f"run {record.no}"
                ),
                seen=award.version,
            )
    confirm = campaign.setup.deadline("confirm")
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
            deadline=confirm.at if confirm and confirm.at > office.clock() else None,
        )
        work.journal.add(
            office.actor,
            "award.offered",
            number,
            after=text_of({"pool": target.pool, "seat": offered.seat}),
            campaign=campaign.id,
        )
