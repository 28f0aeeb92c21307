"""What people answer to an offer: judged by when the paper came in, recorded one or several, all or none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grants_app.domain.award import AwardState
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.services import holders, standing
from grants_app.services.clock import demand_clock
from grants_app.services.entry_changes import text_of
from grants_app.services.offers import cancel_papers
from grants_app.wording import local

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from grants_app.domain.award import Award
    from grants_app.domain.campaign import Campaign
    from grants_app.domain.rounds import GivenAnswer
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork

STATES: Final[Mapping[str, AwardState]] = {
    "confirm": AwardState.CONFIRMED,
    "decline": AwardState.DECLINED,
    "expire": AwardState.EXPIRED,
}


def state_of(answer: str) -> AwardState:
    """The state an answer leads to; Refused for any other word."""
    if answer not in STATES:
        raise Refused("answer_unknown", answer=answer)
    return STATES[answer]


def award_of(office: Office, application_no: str) -> Award:
    """The award that holds the application's seat; Refused (no_award) when there is none."""
    with office.store.reading() as reading:
        return _holding(reading.awards(office.campaign_id), application_no)


def _holding(awards: Sequence[Award], application_no: str) -> Award:
    number = application_no.strip().upper()
    for award in awards:
        if award.application_no == number and award.state.holds_seat:
            return award
    raise Refused("no_award", no=application_no)


def judge(award: Award, answer: str, received: datetime, now: datetime, zone: str) -> AwardState:
    """The state the answer leads to, by the moment its paper came in, typed to the minute.

    In time though recorded later, it counts; after the deadline no confirmation counts, unless an extension
    moved the deadline. A refusal gives the seat back whenever it comes. Only an offer nobody answered in time
    expires. Refused (received_in_future, received_before_offer, received_late, already_confirmed,
    not_overdue); a deadline in words is as the clock of `zone` shows it.
    """
    state, number = state_of(answer), award.application_no
    if received > now:
        raise Refused("received_in_future", no=number)
    if received < _minute(award.offered_at):
        raise Refused("received_before_offer", no=number)
    if state is AwardState.CONFIRMED:
        if award.state is AwardState.CONFIRMED:
            raise Refused("already_confirmed", no=number)
        if award.deadline is not None and _minute(received) > award.deadline:
            raise Refused("received_late", no=number, due=f"{local(award.deadline, zone):%d.%m.%Y %H:%M}")
    if state is AwardState.EXPIRED and not award.overdue(now):
        raise Refused("not_overdue", no=number)
    return state


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def record_many(office: Office, answers: Sequence[GivenAnswer]) -> Changed:
    """Record what several people answered in one act: all of them, or none when one is refused."""
    permit = office.demand("award")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    demand_clock(office)
    demand_each_once(answers)
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        for given in answers:
            write_answer(office, work, campaign, given)
        undo = work.reversal(campaign.id)
        work.commit()
    return Changed(awards=True, papers=True, undo=undo)


def demand_each_once(answers: Sequence[GivenAnswer]) -> None:
    """Refuse nothing to record, and two answers of one person."""
    demand_no_repeats([given.application.strip().upper() for given in answers])


def demand_no_repeats(numbers: Sequence[str]) -> None:
    """Refuse an act on nobody, and one on the same person twice."""
    if not numbers:
        raise Refused("nobody_chosen")
    twice = next((number for number in numbers if numbers.count(number) > 1), "")
    if twice:
        raise Refused("answered_twice", no=twice)


def write_answer(office: Office, work: UnitOfWork, campaign: Campaign, given: GivenAnswer) -> None:
    """Write one answer: the award, the papers and the placement a seat given back takes with it."""
    now = office.clock()
    award = _holding(work.awards.holding(campaign.id), given.application)
    received = now if given.answer == "expire" else given.received or now
    state = judge(award, given.answer, received, now, campaign.setup.zone)
    if state is AwardState.CONFIRMED:
        application = work.applications.by_no(campaign.id, award.application_no)
        rules = standing.current_rules(office)
        holders.demand_fit(application, award, campaign, rules)
        standing.demand_no_stop(application, campaign, rules, "confirmation")
    work.awards.put(
        replace(award, state=state, answered_at=received, reason=given.reason), seen=award.version
    )
    work.journal.add(
        f"award.{state}",
        award.application_no,
        reason=given.reason,
        before=text_of({"state": award.state}),
        after=text_of({"state": state, "received_at": received.isoformat()}),
        campaign=campaign.id,
    )
    if not state.holds_seat:
        give_back(office, work, award, state.value)


def give_back(office: Office, work: UnitOfWork, award: Award, why: str) -> None:
    """Cancel what rested on a seat given back: its papers, and a placement, which would offer it again."""
    cancel_papers(work, award, why)
    for one in work.decisions.placements(award.campaign):
        if one.application_no == award.application_no:
            work.decisions.revoke_placement(one.id, why, office.actor.name)
            work.journal.add("placement.undone", award.application_no, reason=why, campaign=award.campaign)
