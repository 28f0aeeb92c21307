"""The ledger of seats: who holds which, what people answered, who comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from grants_app.domain.award import Award, AwardState
from grants_app.domain.rounds import Answer, GivenAnswer, Step
from grants_app.rules import allocation
from grants_app.services import answers, runs, sealing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from grants_app.domain.award import LedgerLine
    from grants_app.domain.ranking import RunInputs
    from grants_app.services.access import Office
    from grants_app.services.runs import Proposal


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
        overdue=sum(line.overdue(now) for line in lines),
        declined=gone.count(AwardState.DECLINED),
        expired=gone.count(AwardState.EXPIRED),
    )


def preview(office: Office, application_no: str, answer: str) -> tuple[Step, ...]:
    """What an answer would do and whom it would bring in, from stored scores; nothing is written."""
    state = answers.state_of(answer)
    award = answers.award_of(office, application_no)
    first = _step(office, state.value, award)
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
    office: Office,
    application_no: str,
    answer: str,
    *,
    reason: str = "",
    received: datetime | None = None,
) -> tuple[Step, ...]:
    """Record an answer to an offer by when its paper came in (None: now).

    A seat given back is free until the next round is sealed.
    """
    office.demand("award")
    state = answers.state_of(answer)
    award = answers.award_of(office, application_no)
    given = GivenAnswer(
        application=award.application_no, answer=cast("Answer", answer), received=received, reason=reason
    )
    answers.record_many(office, (given,))
    return (_step(office, state.value, award),)


def offer_next(
    office: Office, minutes_no: str, minutes_on: date, confirm_by: datetime | None = None
) -> Proposal:
    """Fill the free seats from the reserve: propose the next round from stored scores and seal it.

    What its chair's sheet wants a reason for is accepted by the minutes the round is sealed under.
    """
    proposal = runs.propose(office)
    reason = sealing.by_minutes(minutes_no, minutes_on)
    return sealing.seal(office, proposal.no, minutes_no, minutes_on, confirm_by, accepting=reason)


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
