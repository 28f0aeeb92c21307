"""Appeals as records: received, due, decided under minutes; a granted one leads to a run with its news."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from grants_app.domain.comparison import AdmissionChange, AwardChange, Comparison, RankChange
from grants_app.domain.errors import Refused
from grants_app.domain.ranking import RunResult
from grants_app.domain.records import Appeal
from grants_app.domain.runs import RunKind
from grants_app.rules import allocation, comparison, runfile
from grants_app.services import commission, gathering, runs, standing
from grants_app.services.commission import LONG, limited
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from grants_app.domain.permit import Permit
    from grants_app.domain.records import AppealDecision
    from grants_app.services.access import Office

_HELD = "run_hold_refused"

AppealState = Literal["open", "overdue", "granted", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealForm:
    """An appeal as typed at the counter."""

    application_no: str
    received_at: datetime
    deadline: datetime | None = None
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What came of a granted appeal: words, the run it led to and what differs there from the sealed one.

    Without a run `holder` is who stands in its way: they hold a seat that would not be theirs. `moved` counts
        everybody whose place on a list differs; of those only the appellant's own are kept.
    """

    words: str = ""
    run: int | None = None
    before: int | None = None
    holder: str = ""
    awards: tuple[AwardChange, ...] = ()
    admissions: tuple[AdmissionChange, ...] = ()
    ranks: tuple[RankChange, ...] = ()
    moved: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealLine:
    """An appeal for the list, with whose it is, how it stands, and its effect read."""

    appeal: Appeal
    application_no: str
    full_name: str
    state: AppealState
    effect: Effect
    run_kind: RunKind | None = None


def state_of(appeal: Appeal, now: datetime) -> AppealState:
    """Open, overdue once its day has passed undecided, else as decided."""
    if appeal.decision:
        return appeal.decision
    overdue = appeal.deadline is not None and appeal.deadline < now
    return "overdue" if overdue else "open"


def effect_of(appeal: Appeal) -> Effect:
    """The effect as kept; a plain sentence is one too."""
    if not appeal.effect.startswith("{"):
        return Effect(words=appeal.effect)
    return msgspec.json.decode(appeal.effect, type=Effect)


def lines(office: Office) -> tuple[AppealLine, ...]:
    """The campaign's appeals: those that wait first, by their day, then the decided, latest first."""
    now = office.clock()
    with office.store.reading() as reading:
        kinds = {run.no: run.kind for run in reading.runs(office.campaign_id)}
        made = []
        for appeal in reading.appeals(office.campaign_id):
            application = reading.application(appeal.application)
            effect = effect_of(appeal)
            made.append(
                AppealLine(
                    appeal=appeal,
                    application_no=application.no,
                    full_name=application.entry.person.full_name,
                    state=state_of(appeal, now),
                    effect=effect,
                    run_kind=kinds.get(effect.run) if effect.run is not None else None,
                )
            )
    waiting = [line for line in made if not line.appeal.decision]
    decided = [line for line in made if line.appeal.decision]
    waiting.sort(key=lambda line: (line.appeal.deadline is None, line.appeal.deadline or now))
    return (*waiting, *reversed(decided))


def granted_for(office: Office, application_no: str) -> tuple[Appeal, ...]:
    """The granted appeals of an application: what lets a correction of its results through a freeze."""
    with office.store.reading() as reading:
        application = reading.application_by_no(office.campaign_id, application_no.strip().upper())
        return tuple(
            appeal
            for appeal in reading.appeals(office.campaign_id)
            if appeal.application == application.id and appeal.decision == "granted"
        )


def record(office: Office, form: AppealForm) -> Appeal:
    """Record an appeal that came in. Refused without a subject, and with a day due before it came."""
    permit = office.demand("appeal")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    subject = limited(form.subject, LONG)
    if not subject:
        raise Refused("appeal_subject_missing")
    if form.deadline is not None and form.deadline < form.received_at:
        raise Refused("appeal_due_before_received")
    if form.received_at > office.clock():
        raise Refused("appeal_from_the_future")
    number = commission.number_of(form.application_no)
    with office.store.work(permit) as work:
        application = work.applications.by_no(campaign.id, number)
        made = Appeal(
            campaign=campaign.id,
            application=application.id,
            received_at=form.received_at,
            deadline=form.deadline,
            subject=subject,
        )
        made = replace(made, id=work.appeals.add(made))
        work.journal.add(
            "appeal.received",
            application.no,
            after=text_of({"subject": subject, "received_at": form.received_at.isoformat()}),
            campaign=campaign.id,
        )
        work.commit()
    return made


def decide(
    office: Office,
    appeal_id: int,
    decision: AppealDecision,
    *,
    minutes_no: str,
    minutes_on: date,
    effect: str,
) -> Appeal:
    """Decide an appeal once, under numbered minutes, with its effect in words.

    Refused when it is decided already, and when the sitting is recorded and has no quorum in this matter.
    """
    permit = office.demand("decide_appeal")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    number, words = limited(minutes_no), limited(effect, LONG)
    if not number:
        raise Refused("minutes_missing")
    if decision not in ("granted", "refused"):
        raise Refused("appeal_decision_unknown", decision=decision)
    if not words:
        raise Refused("appeal_effect_missing")
    line = _line(office, appeal_id)
    if line.appeal.decision:
        raise Refused("appeal_decided", no=line.application_no)
    _demand_quorum(office, number, line.application_no)
    decided = replace(
        line.appeal,
        decision=decision,
        minutes_no=number,
        minutes_on=minutes_on,
        effect=_text(Effect(words=words)),
    )
    with office.store.work(permit) as work:
        if any(one.id == appeal_id and one.decision for one in work.appeals.all(campaign.id)):
            raise Refused("appeal_decided", no=line.application_no)
        work.appeals.put(decided)
        work.journal.add(
            f"appeal.{decision}",
            line.application_no,
            reason=words,
            after=text_of({"minutes_no": number, "minutes_on": minutes_on.isoformat()}),
            campaign=campaign.id,
        )
        work.commit()
    return decided


def propose_run(office: Office, appeal_id: int) -> AppealLine:
    """Propose the run a granted appeal leads to and keep with it what differs from the last sealed one.

    The correction itself is made in the register first. Where somebody who holds a seat would lose it, nobody
    does by a run: none is proposed, the holder is kept in the effect with what would differ if the offers not
    yet confirmed did not stand, and the commission takes the seat back or places by hand. Refused before the
    appeal is granted and before anything is sealed. A later call takes the place of an earlier one.
    """
    permit = office.demand("run")
    line = _line(office, appeal_id)
    if line.appeal.decision != "granted":
        raise Refused("appeal_not_granted", no=line.application_no)
    with office.store.reading() as reading:
        last = reading.last_run(office.campaign_id, "sealed")
        if last is None:
            raise Refused("nothing_sealed")
        before = runfile.parse(reading.run_file(last.id))
    try:
        proposal = runs.propose(office)
    except Refused as refusal:
        if refusal.code != _HELD:
            raise
        inputs = gathering.gathered(office, offers_stand=False)[0].inputs
        result = allocation.allocate(inputs)
        effect = Effect(words=line.effect.words, before=last.no, holder=str(refusal.facts["application"]))
    else:
        inputs = runfile.parse(runs.run_file(office, proposal.no)).inputs
        result = proposal.result
        effect = Effect(words=line.effect.words, before=last.no, run=proposal.no)
    differs = comparison.compare(before.inputs, before.result or RunResult(), inputs, result)
    _keep_effect(office, permit, line, _with_differences(effect, line.application_no, differs))
    return _line(office, appeal_id)


def _with_differences(effect: Effect, number: str, differs: Comparison) -> Effect:
    return replace(
        effect,
        awards=differs.awards,
        admissions=differs.admissions,
        ranks=tuple(one for one in differs.ranks if one.application == number),
        moved=len({one.application for one in differs.ranks}),
    )


def _keep_effect(office: Office, permit: Permit, line: AppealLine, effect: Effect) -> None:
    with office.store.work(permit) as work:
        work.appeals.put(replace(line.appeal, effect=_text(effect)))
        work.journal.add(
            "appeal.run",
            line.application_no,
            after=text_of({"run": effect.run, "awards": len(effect.awards)}),
            campaign=office.campaign_id,
        )
        work.commit()


def _text(effect: Effect) -> str:
    return msgspec.json.encode(effect, order="sorted").decode()


def _line(office: Office, appeal_id: int) -> AppealLine:
    found = [line for line in lines(office) if line.appeal.id == appeal_id]
    if not found:
        raise Refused("not_found", kind="appeal", key=appeal_id)
    return found[0]


def _demand_quorum(office: Office, minutes_no: str, application_no: str) -> None:
    """A sitting that was recorded needs its quorum; one kept on paper alone is taken at its word."""
    if not any(one.meeting.minutes_no == minutes_no for one in commission.meetings(office)):
        return
    found = commission.quorum(office, minutes_no, application_no)
    if not found.reached:
        raise Refused("no_quorum", present=found.present, needed=found.needed)


def waiting(office: Office) -> Sequence[AppealLine]:
    """The appeals nobody has decided yet."""
    return [line for line in lines(office) if line.state in ("open", "overdue")]
