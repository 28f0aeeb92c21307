"""The cascade: what answers set off through all pools, shown first, then done as one act or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import Minutes, Ranked, RunResult
from grants_app.domain.rounds import Cascade, CascadeDocument, CascadeRecord
from grants_app.rules import allocation, explanation, runfile, sensitivity
from grants_app.rules.tie_orders import Obeyed
from grants_app.services import answers as answering
from grants_app.services import (
    chains,
    chair_sheet,
    duplicates,
    gathering,
    keeping,
    offers,
    sealing,
    sheet_counts,
    standing,
)
from grants_app.services.clock import demand_clock
from grants_app.services.entry_changes import text_of
from grants_app.services.sensitivity import MOST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from grants_app.domain.campaign import Campaign
    from grants_app.domain.chair_sheet import SheetLine
    from grants_app.domain.rounds import GivenAnswer
    from grants_app.domain.runs import RunRecord
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Worked:
    """A cascade with the run it would seal."""

    cascade: Cascade
    ranked: Ranked
    ties: Obeyed
    result: RunResult


def preview(office: Office, answers: Sequence[GivenAnswer] = ()) -> Cascade:
    """What these answers would set off through all pools, from stored scores; nothing is written.

    Without answers: what filling the free seats would do. Refused as recording the answers would be.
    """
    return _worked(office, _settled(office, answers)).cascade


def _settled(office: Office, answers: Sequence[GivenAnswer]) -> tuple[GivenAnswer, ...]:
    """The answers with their numbers as stored and their moments fixed: what is previewed is recorded."""
    now = office.clock()
    return tuple(
        replace(one, application=one.application.strip().upper(), received=one.received or now)
        for one in answers
    )


def _worked(office: Office, answers: tuple[GivenAnswer, ...]) -> _Worked:
    if answers:
        answering.demand_each_once(answers)
    campaign, now = office.campaign(), office.clock()
    with office.store.reading() as reading:
        holding = {one.application_no: one for one in reading.awards(campaign.id) if one.state.holds_seat}
    states = {}
    for given in answers:
        award = holding.get(given.application)
        if award is None:
            raise Refused("no_award", no=given.application)
        states[given.application] = answering.judge(
            award, given.answer, given.received or now, now, campaign.setup.zone
        )
    ranked, ties = gathering.gathered(office, answers=states)
    result = allocation.allocate(ranked.inputs)
    seats = {pool.id: pool.seats for pool in campaign.setup.pools}
    named = {won.application for won in result.awards} | set(holding)
    ground = chains.Ground(
        holding=holding,
        answers=states,
        result=result,
        seats=seats,
        names=_names(office, named),
        reserve=_reserve(office, campaign),
    )
    cascade = Cascade(
        answers=answers,
        chains=chains.chains(ground),
        before=chains.sum_of(campaign.setup.total, seats, [one.state for one in holding.values()]),
        after=chains.sum_after(campaign.setup.total, ground),
        ties=len(result.open_ties),
        fingerprint=_fingerprint(answers, runfile.canonical(ranked.inputs, None)),
    )
    return _Worked(cascade, ranked, ties, result)


def _fingerprint(answers: tuple[GivenAnswer, ...], inputs: bytes) -> str:
    told = msgspec.json.encode(answers, order="sorted")
    return hashlib.sha256(told + b"\n" + inputs).hexdigest()


def _names(office: Office, numbers: set[str]) -> dict[str, str]:
    with office.store.reading() as reading:
        return {
            one.no: one.entry.person.full_name
            for one in reading.applications(office.campaign_id)
            if one.no in numbers
        }


def _reserve(office: Office, campaign: Campaign) -> dict[tuple[str, str], int]:
    """Places in the reserves of the last sealed run, by pool and number."""
    with office.store.reading() as reading:
        sealed = reading.last_run(campaign.id, "sealed")
        if sealed is None:
            return {}
        return {
            (line.pool, line.application_no): line.reserve
            for line in reading.run_lines(sealed.id)
            if line.reserve is not None
        }


def confirm(
    office: Office, cascade: Cascade, minutes_no: str, minutes_on: date, confirm_by: datetime | None = None
) -> CascadeRecord:
    """Do what was previewed as one act: answers, the next round sealed under its minutes, moves and offers.

    Letters of seats given up are cancelled with it, and the chain is kept for its annex to the minutes. All
    of it or nothing. Refused when anything it was worked out from has changed since (cascade_outdated), while
    the chair's sheet of the new run forbids sealing it, and when it changes nothing; what the sheet only
    wants a reason for is accepted by the minutes.
    """
    office.demand("award")
    permit = office.demand("seal")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    demand_clock(office)
    if not minutes_no.strip():
        raise Refused("minutes_missing")
    if not cascade.answers and not cascade.offers:
        raise Refused("cascade_empty")
    shown = _as_shown(office, cascade)
    hanging = chair_sheet.fragile_line(sensitivity.fragile(shown.ranked, shown.result, most=MOST))
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        # Read by another connection: with the campaign locked nobody can change what it sees any more.
        worked = _as_shown(office, cascade)
        for given in cascade.answers:
            answering.write_answer(office, work, campaign, given)
        minutes = Minutes(no=minutes_no.strip(), date=minutes_on.isoformat())
        seal = keeping.Seal(
            material=replace(worked.ranked.inputs, minutes=minutes),
            result=worked.result,
            minutes_on=minutes_on,
            confirm_by=confirm_by,
        )
        kept = _sealed(office, work, worked, seal, hanging)
        work.commit()
    return kept


def _as_shown(office: Office, cascade: Cascade) -> _Worked:
    """The cascade worked out anew; Refused unless it comes to what was shown."""
    worked = _worked(office, cascade.answers)
    if worked.cascade.fingerprint != cascade.fingerprint or worked.cascade.chains != cascade.chains:
        raise Refused("cascade_outdated")
    if worked.result.open_ties:
        raise Refused("run_has_open_ties", n=len(worked.result.open_ties))
    return worked


def _sealed(
    office: Office, work: UnitOfWork, worked: _Worked, seal: keeping.Seal, hanging: SheetLine
) -> CascadeRecord:
    """Keep the new run, its sheet, its seal, and the chain beside it."""
    campaign, cascade = office.campaign(), worked.cascade
    told = explanation.explain_all(worked.ranked, worked.result)
    draft = keeping.Draft(worked.ranked, worked.ties, worked.result, told)
    record, _ = keeping.keep_draft(office, work, draft)
    minutes_no = seal.material.minutes.no if seal.material.minutes else ""
    accepting = sealing.by_minutes(minutes_no, seal.minutes_on)
    found = _examined(office, work, worked, record, chair_sheet.Beside((), hanging, minutes_no))
    sealing.demand_sealable(found.sheet, accepting)
    fingerprint = sealing.write_sealed(office, work, campaign, found, seal, accepting)
    kept = _record(office, campaign, cascade, seal, (record, fingerprint))
    work.journal.add(
        "cascade.confirmed",
        str(record.no),
        reason=minutes_no,
        after=text_of({"answers": len(cascade.answers), "awards": cascade.offers}),
        campaign=campaign.id,
    )
    return replace(kept, id=work.rounds.add_cascade(kept))


def _record(
    office: Office, campaign: Campaign, cascade: Cascade, seal: keeping.Seal, run: tuple[RunRecord, str]
) -> CascadeRecord:
    """The chain as it is kept: with the run it sealed and that run's fingerprint."""
    record, fingerprint = run
    minutes_no = seal.material.minutes.no if seal.material.minutes else ""
    document = CascadeDocument(
        run=record.no,
        fingerprint=fingerprint,
        minutes_no=minutes_no,
        minutes_on=seal.minutes_on,
        confirm_by=offers.answer_due(office, campaign, seal.confirm_by),
        answers=cascade.answers,
        chains=cascade.chains,
        before=cascade.before,
        after=cascade.after,
    )
    return CascadeRecord(
        campaign=campaign.id,
        run=record.id,
        minutes_no=minutes_no,
        minutes_on=seal.minutes_on,
        document=msgspec.json.encode(document, order="sorted").decode(),
        at=office.clock(),
        by=office.actor.name,
    )


def _examined(
    office: Office, work: UnitOfWork, worked: _Worked, record: RunRecord, beside: chair_sheet.Beside
) -> chair_sheet.Examined:
    """The chair's sheet of a run only this transaction knows yet."""
    with office.store.reading() as reading:
        applications = {one.no: one for one in reading.applications(office.campaign_id)}
    campaign = office.campaign()
    basis = sheet_counts.Basis(
        run=record.no,
        rules_version=record.rules,
        inputs=worked.ranked.inputs,
        result=worked.result,
        current=worked.ranked,
        applications=applications,
        campaign=campaign,
        rules=worked.ranked.ruleset,
        run_lines=work.runs.lines(record.id),
        pairs=duplicates.pairs(office),
        standing=standing.of_work(work, campaign, worked.ranked.ruleset),
    )
    summaries = tuple(work.runs.summaries(record.id))
    return chair_sheet.drawn(office, record, basis, replace(beside, summaries=summaries))


def confirmed(office: Office) -> Sequence[CascadeRecord]:
    """Every confirmed cascade of the campaign, the latest first."""
    with office.store.reading() as reading:
        return reading.cascades(office.campaign_id)


def document_of(record: CascadeRecord) -> CascadeDocument:
    """What was confirmed, out of its record."""
    return msgspec.json.decode(record.document, type=CascadeDocument)
