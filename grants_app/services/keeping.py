"""Writing a run into the register: as a draft with its lists and reasons, and as sealed with its offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from grants_app.domain.ranking import Explanation, Ranked, RunInputs, RunResult
from grants_app.domain.runs import NewRun, RunLine, RunRecord, SealFacts
from grants_app.rules import runfile
from grants_app.rules.tie_orders import Obeyed
from grants_app.services.entry_changes import text_of
from grants_app.services.offers import offer_awards

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grants_app.domain.campaign import Campaign
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What a run is sealed with: its inputs with the minutes in them, and until when its offers stand."""

    material: RunInputs
    result: RunResult
    minutes_on: date
    confirm_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A run worked out: what it is made from, the orders of equals it obeys, its result, the reasons."""

    ranked: Ranked
    ties: Obeyed
    result: RunResult
    told: Mapping[str, Explanation]


def keep_draft(office: Office, work: UnitOfWork, draft: Draft) -> tuple[RunRecord, str]:
    """Keep a run as a draft, journalled; answers it and the fingerprint it would be sealed under."""
    campaign, ranked, result, told = office.campaign_id, draft.ranked, draft.result, draft.told
    numbers = work.applications.numbers(campaign)
    record = work.runs.add(
        NewRun(
            campaign=campaign,
            kind="draft",
            round=ranked.inputs.round or 1,
            rules=ranked.ruleset.version,
            file=runfile.write(ranked.inputs, result),
            lines=tuple(_lines(told.values(), numbers)),
            explanations=told,
            awards=len(result.awards),
            open_ties=len(result.open_ties),
            at=office.clock(),
            by=office.actor.name,
        )
    )
    fingerprint = runfile.fingerprint(runfile.canonical(ranked.inputs, result))
    work.journal.add(
        "run.proposed",
        str(record.no),
        after=text_of({"fingerprint": fingerprint, "awards": len(result.awards)} | _void(draft.ties)),
        campaign=campaign,
    )
    return record, fingerprint


def _void(ties: Obeyed) -> dict[str, object]:
    """What the journal says of orders the run could not obey; nothing where it obeyed all."""
    if not ties.void:
        return {}
    return {"void_ties": [f"{one.pool}: {', '.join(one.order)} ({one.how})" for one in ties.void]}


def _lines(told: Iterable[Explanation], numbers: Mapping[str, int]) -> Iterator[RunLine]:
    for one in told:
        for line in one.choices:
            yield RunLine(
                pool=line.pool,
                application=numbers[one.application],
                application_no=one.application,
                choice=line.no,
                position=line.position,
                merit=line.merit,
                outcome=line.outcome,
                seat=line.seat,
                reserve=line.reserve,
                deciding_level=line.deciding_level,
                decided_against=line.decided_against,
                cutoff=line.cutoff,
            )


def keep_sealed(office: Office, work: UnitOfWork, campaign: Campaign, record: RunRecord, seal: Seal) -> str:
    """Seal a kept draft, offer what it awards, journalled; answers the fingerprint."""
    from grants_app.rules import sealing

    key = work.keys.of_campaign(campaign.id)
    data = sealing.seal(seal.material, seal.result, key.private)
    sealed = runfile.parse(data)
    minutes_no = seal.material.minutes.no if seal.material.minutes else ""
    work.runs.seal(
        record.id,
        SealFacts(
            file=data,
            fingerprint=sealed.fingerprint,
            signature=sealed.signature,
            minutes_no=minutes_no,
            minutes_on=seal.minutes_on,
            at=office.clock(),
            by=office.actor.name,
        ),
    )
    offer_awards(office, work, campaign, record, seal.result, seal.confirm_by)
    work.journal.add(
        "run.sealed",
        str(record.no),
        reason=minutes_no,
        after=text_of({"fingerprint": sealed.fingerprint}),
        campaign=campaign.id,
    )
    return sealed.fingerprint
