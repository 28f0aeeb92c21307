"""The ledger of seats: who holds which, what people answered, who comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from grants_app.domain.award import Award, AwardState
from grants_app.domain.errors import Refused
from grants_app.rules import allocation
from grants_app.services import runs, standing
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from grants_app.domain.award import LedgerLine
    from grants_app.domain.ranking import RunInputs
    from grants_app.services.access import Office
    from grants_app.services.runs import Proposal

Answer = Literal["confirm", "decline", "expire"]
_ANSWERS = {
    "confirm": AwardState.CONFIRMED,
    "decline": AwardState.DECLINED,
    "expire": AwardState.EXPIRED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing an answer does or sets off: confirmed, declined, expired, moves, enters, stays_empty."""

    kind: str
    application: str
    full_name: str
    pool: str
    from_pool: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The ledger's sum: offered + confirmed + free = total at every moment."""

    total: int
    offered: int
    confirmed: int
    free: int
    unassigned: int
    overdue: int
    declined: int
    expired: int

    @property
    def adds_up(self) -> bool:
        """Whether the seats held, free and not yet given to any pool make up the total."""
        return self.offered + self.confirmed + self.free + self.unassigned == self.total


def ledger(office: Office) -> Sequence[LedgerLine]:
    """Every seat of every pool with its present holder."""
    with office.store.reading() as reading:
        return reading.ledger(office.campaign_id)


def totals(office: Office) -> Totals:
    """The ledger's sum as it stands now."""
    setup = office.campaign().setup
    lines = ledger(office)
    now = office.clock()
    with office.store.reading() as reading:
        gone = [award.state for award in reading.awards(office.campaign_id)]
    return Totals(
        total=setup.total,
        offered=sum(line.state is AwardState.OFFERED for line in lines),
        confirmed=sum(line.state is AwardState.CONFIRMED for line in lines),
        free=sum(line.award is None for line in lines),
        unassigned=setup.total - len(lines),
        overdue=sum(
            line.state is AwardState.OFFERED and line.deadline is not None and line.deadline < now
            for line in lines
        ),
        declined=gone.count(AwardState.DECLINED),
        expired=gone.count(AwardState.EXPIRED),
    )


def preview(office: Office, application_no: str, answer: str) -> tuple[Step, ...]:
    """What an answer would do and whom it would bring in, from stored scores; nothing is written."""
    state = _state(answer)
    award = _award(office, application_no)
    first = _step(office, _kind(state), award)
    if state is AwardState.CONFIRMED:
        return (first,)
    return (first, *_set_off(office, award))


def _set_off(office: Office, leaving: Award) -> tuple[Step, ...]:
    """Who moves and who comes in when one holder leaves: the allocation with that holder out."""
    inputs = runs.gathered(office).inputs
    anyway = frozenset(_news(office, inputs, inputs, ""))
    after = _news(office, inputs, runs.without(inputs, leaving.application_no), leaving.pool)
    own = tuple(step for step in after if step not in anyway)
    return own or (Step(kind="stays_empty", application="", full_name="", pool=leaving.pool),)


def next_round(office: Office) -> tuple[Step, ...]:
    """Who would move and who would come in if the free seats were filled now; nothing is written."""
    inputs = runs.gathered(office).inputs
    return _news(office, inputs, inputs, "")


def _news(office: Office, inputs: RunInputs, after: RunInputs, empty: str) -> tuple[Step, ...]:
    """Whom `after` awards what they do not hold in `inputs`; `empty` names the pool left alone."""
    held = {hold.application: hold.pool for hold in inputs.holds}
    held |= {placement.application: placement.pool for placement in inputs.placements}
    result = allocation.allocate(after)
    steps: list[Step] = []
    for won in result.awards:
        before = held.get(won.application, "")
        if before == won.pool:
            continue
        steps.append(
            Step(
                kind="moves" if before else "enters",
                application=won.application,
                full_name=_name(office, won.application),
                pool=won.pool,
                from_pool=before,
            )
        )
    steps.sort(key=lambda step: (step.kind != "moves", step.application))
    steps += [
        Step(kind="tie", application=", ".join(tie.applications), full_name="", pool=tie.pool)
        for tie in result.open_ties
    ]
    if not steps:
        steps.append(Step(kind="stays_empty", application="", full_name="", pool=empty))
    return tuple(steps)


def record(
    office: Office, application_no: str, answer: str, *, reason: str = "", on: date | None = None
) -> tuple[Step, ...]:
    """Record an answer to an offer; a seat given back is free until the next round is sealed."""
    office.demand("award")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    state = _state(answer)
    award = _award(office, application_no)
    if state is AwardState.EXPIRED and not _overdue(award, office.clock()):
        raise Refused("not_overdue", no=award.application_no)
    if state is AwardState.CONFIRMED:
        standing.demand_papers(office, award.application_no, "confirmation")
    with office.store.work() as work:
        work.campaigns.lock(campaign.id)
        work.awards.put(
            replace(award, state=state, answered_at=office.clock(), reason=reason), seen=award.version
        )
        work.journal.add(
            office.actor,
            f"award.{state}",
            award.application_no,
            reason=reason,
            before=text_of({"state": award.state}),
            after=text_of({"state": state} | ({"received_on": on.isoformat()} if on else {})),
            campaign=campaign.id,
        )
        if not state.holds_seat:
            for paper in work.papers.of_award(award.id):
                work.papers.cancel(paper.id, reason=state.value)
                work.journal.add(office.actor, "paper.cancelled", paper.number, campaign=campaign.id)
        work.commit()
    return (_step(office, _kind(state), award),)


def _overdue(award: Award, now: datetime) -> bool:
    """Whether nobody answered the offer in time; what was confirmed does not expire."""
    return award.state is AwardState.OFFERED and award.deadline is not None and award.deadline <= now


def offer_next(office: Office, minutes_no: str, minutes_on: date) -> Proposal:
    """Fill the free seats from the reserve: propose the next round from stored scores and seal it."""
    proposal = runs.propose(office)
    return runs.seal(office, proposal.no, minutes_no, minutes_on)


def _state(answer: str) -> AwardState:
    if answer not in _ANSWERS:
        raise Refused("answer_unknown", answer=answer)
    return _ANSWERS[answer]


def _kind(state: AwardState) -> str:
    return state.value


def _award(office: Office, application_no: str) -> Award:
    number = application_no.strip().upper()
    with office.store.reading() as reading:
        found = [
            award
            for award in reading.awards(office.campaign_id)
            if award.application_no == number and award.state.holds_seat
        ]
    if not found:
        raise Refused("no_award", no=application_no)
    return found[0]


def _step(office: Office, kind: str, award: Award) -> Step:
    return Step(
        kind=kind,
        application=award.application_no,
        full_name=_name(office, award.application_no),
        pool=award.pool,
    )


def _name(office: Office, number: str) -> str:
    with office.store.reading() as reading:
        return reading.application_by_no(office.campaign_id, number).entry.person.full_name
