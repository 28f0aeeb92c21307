"""Typing applications in: judge, save, withdraw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grants_app.domain.application import GONE, Application, Entry, PersonFacts, State
from grants_app.domain.completeness import Completeness
from grants_app.domain.errors import Refused
from grants_app.domain.imports import Issue
from grants_app.domain.journal import Changed
from grants_app.domain.judging import judge, tidy
from grants_app.domain.matching import evidence
from grants_app.domain.second_look import carried
from grants_app.services import corrections, standing
from grants_app.services.entry_changes import changes, text_of
from grants_app.services.register import second_look

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from grants_app.domain.application import ApplicationLine
    from grants_app.domain.campaign import Campaign
    from grants_app.domain.journal import Event
    from grants_app.domain.reversal import Reversal
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveForm:
    """What the entry form hands over: a new application, or the one and the version it showed.

    `submit` asks for a submitted application and is refused while an error or an unaccepted doubt
    stands; without it a draft is kept as it is. `reason` explains a correction, `paper` proves it.
    """

    entry: Entry
    application: int | None = None
    seen: int | None = None
    submit: bool = True
    reason: str = ""
    paper: str = ""
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The application as it now stands, what the judge still says, and what changed."""

    application: Application
    issues: tuple[Issue, ...]
    changed: Changed


def lines(
    office: Office,
    *,
    search: str = "",
    filters: Mapping[str, str] | None = None,
    sort: str = "name",
    descending: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[int, Sequence[ApplicationLine]]:
    """How many applications fit, and the page of them asked for, sorted and filtered in the database."""
    with office.store.reading() as reading:
        return reading.application_lines(
            office.campaign_id,
            search=search,
            filters=filters or {},
            sort=sort,
            descending=descending,
            limit=limit,
            offset=offset,
        )


def place(
    office: Office,
    application_id: int,
    *,
    search: str = "",
    filters: Mapping[str, str] | None = None,
    sort: str = "name",
    descending: bool = False,
) -> int | None:
    """At which row of that list the application stands, or None where the list does not show it."""
    with office.store.reading() as reading:
        return reading.application_place(
            office.campaign_id,
            application_id,
            search=search,
            filters=filters or {},
            sort=sort,
            descending=descending,
        )


def application(office: Office, application_id: int) -> Application:
    """One application as it stands."""
    with office.store.reading() as reading:
        return reading.application(application_id)


def application_by_no(office: Office, number: str) -> Application:
    """One application of this campaign by its number; Refused when there is none."""
    with office.store.reading() as reading:
        return reading.application_by_no(office.campaign_id, number)


def history(office: Office, application_id: int) -> Sequence[Event]:
    """Every journal event about an application, oldest first."""
    found = application(office, application_id)
    with office.store.reading() as reading:
        return reading.events_about(office.campaign_id, found.no)


def lacking(office: Office, known: Application) -> Completeness:
    """What an application lacks as it stands now; nothing of one that is gone."""
    if known.state in GONE:
        return Completeness()
    return standing.of_office(office).completeness(known)


def judged(office: Office, entry: Entry, *, submitted: bool = True) -> tuple[Issue, ...]:
    """What is impossible or doubtful about an entry, without saving it.

    With `submitted=False` (it is being typed) nothing is said of what is merely not there yet.
    """
    campaign = office.campaign()
    limits = standing.limits(standing.current_rules(office))
    return judge(entry, campaign.setup, limits, office.today(), submitted=submitted)


def may_type(office: Office) -> bool:
    """Whether the one at the desk may enter and correct applications."""
    return office.may("intake")


def tidied(entry: Entry) -> tuple[Entry, tuple[Issue, ...]]:
    """The entry with look-alike letters, spaces and the writing of phones put right, and what was done."""
    return tidy(entry)


def choice_totals(office: Office, entry: Entry) -> tuple[Decimal | None, ...]:
    """The total every choice would rank with, in the order chosen; None where the results do not admit it."""
    campaign = office.campaign()
    return standing.totals(entry, campaign, standing.current_rules(office))


def save(office: Office, form: SaveForm) -> Saved:
    """Save a new or corrected application; refused when someone else saved it after it was shown."""
    permit = office.demand("intake")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    rules = standing.current_rules(office)
    form = replace(form, entry=tidy(form.entry)[0])
    issues = judge(form.entry, campaign.setup, standing.limits(rules), office.today(), submitted=form.submit)
    if form.submit:
        _demand_settled(form.entry, issues)
    with office.store.work(permit) as work:
        if form.application is None:
            saved = _save_new(office, work, campaign, form)
        else:
            saved = _save_known(office, work, campaign, form, rules)
        saved = standing.refresh_line(work, saved, campaign, rules)
        undo = work.reversal(campaign.id)
        work.commit()
    return Saved(saved, issues, _changed(saved.id, undo))


def _changed(application_id: int, undo: Reversal) -> Changed:
    """What a save changed; nothing is there to take back where it found everything as it should be."""
    return Changed(applications=frozenset({application_id}), undo=undo if undo.applications else None)


def _demand_settled(entry: Entry, issues: tuple[Issue, ...]) -> None:
    accepted = {(warning.code, warning.field) for warning in entry.accepted}
    open_issues = [
        issue
        for issue in issues
        if issue.severity == "error"
        or (issue.severity == "warning" and (issue.code, issue.field) not in accepted)
    ]
    if open_issues:
        raise Refused("entry_has_problems", n=len(open_issues))


def _save_new(office: Office, work: UnitOfWork, campaign: Campaign, form: SaveForm) -> Application:
    if campaign.state in standing.DECIDED:
        raise Refused("campaign_frozen")
    entry = form.entry
    person_id = form.person or _carrier_of_pin(work, campaign.id, entry.person)
    if person_id is not None:
        known = work.applications.by_person(campaign.id, person_id)
        if known is not None:
            raise Refused("already_applied", no=known.no)
        work.persons.put(person_id, entry.person)
    else:
        person_id = work.persons.add(entry.person)
    branch = campaign.setup.receiving(entry.branch or office.actor.branch)
    entry = replace(
        entry,
        branch=branch.code,
        received_by=entry.received_by or office.actor.name,
        scores=carried((), entry.scores, office.actor.name),
    )
    saved = work.applications.add(
        campaign=campaign.id,
        person_id=person_id,
        no=work.applications.next_no(campaign.id, branch.letter),
        entry=entry,
        state=State.INCOMPLETE if form.submit else State.DRAFT,  # what it lacks is asked once it is kept
        entered_at=office.clock(),
        entered_by=office.actor.name,
        late=standing.is_late(entry, campaign),
    )
    work.journal.add(
        "application.submitted" if form.submit else "application.drafted",
        saved.no,
        after=text_of(changes(None, entry)[1]),
        campaign=campaign.id,
        reason=form.reason,
    )
    return saved


def _carrier_of_pin(work: UnitOfWork, campaign_id: int, person: PersonFacts) -> int | None:
    """The person of an earlier campaign with this PIN; Refused when everything else says it is another's.

    Whose application here was annulled is passed over: it stays as it is, and they are entered afresh.
    """
    person_id = next(
        (
            one
            for one in work.persons.by_pin(person.pin)
            if (known := work.applications.by_person(campaign_id, one)) is None
            or known.state is not State.ANNULLED
        ),
        None,
    )
    if person_id is not None:
        carrier = work.persons.get(person_id)
        if evidence(person, carrier).verdict != "same":
            raise Refused("pin_of_another", name=carrier.full_name)
    return person_id


def _save_known(
    office: Office, work: UnitOfWork, campaign: Campaign, form: SaveForm, rules: RuleSet
) -> Application:
    known = work.applications.get(form.application or 0, seen=form.seen)
    entry = replace(
        form.entry,
        branch=form.entry.branch or known.entry.branch,
        scores=carried(known.entry.scores, form.entry.scores, office.actor.name),
    )
    before, after = changes(known.entry, entry)
    state = known.state
    if form.submit and state in (State.DRAFT, State.SUBMITTED, State.COMPLETE, State.INCOMPLETE):
        state = standing.of_work(work, campaign, rules).submitted(replace(known, entry=entry))
    corrections.demand_correctable(campaign, rules, known, entry, state, (form.paper, form.reason))
    if not after and state is known.state:
        return known
    if any(key.startswith("person.") for key in after):
        work.persons.put(known.person_id, entry.person)
    saved = work.applications.put(
        replace(known, entry=entry, state=state, late=standing.is_late(entry, campaign)), seen=form.seen
    )
    second_look.forget_typings(work, known, entry)
    work.journal.add(
        "application.corrected" if known.state is not State.DRAFT else "application.submitted",
        saved.no,
        before=text_of(before),
        after=text_of(after),
        campaign=campaign.id,
        reason=corrections.proved(form.paper, form.reason),
    )
    corrections.replace_letter(office, work, known, saved, corrections.proved(form.paper, form.reason))
    return saved


def withdraw(office: Office, application_id: int, seen: int, reason: str) -> Changed:
    """Withdraw an application at the applicant's own wish; it stays readable."""
    permit = office.demand("intake")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if not reason.strip():
        raise Refused("reason_missing")
    rules = standing.current_rules(office)
    with office.store.work(permit) as work:
        known = work.applications.get(application_id, seen=seen)
        if work.awards.of_application(known.id):
            raise Refused("holds_award", no=known.no)
        gone = work.applications.put(replace(known, state=State.WITHDRAWN), seen=seen)
        standing.refresh_line(work, gone, campaign, rules)
        work.journal.add(
            "application.withdrawn",
            known.no,
            reason=reason,
            campaign=known.campaign,
            before=text_of({"state": known.state}),
            after=text_of({"state": State.WITHDRAWN}),
        )
        undo = work.reversal(known.campaign)
        work.commit()
    return _changed(application_id, undo)


def take_back_withdrawal(office: Office, application_id: int, seen: int, reason: str) -> Saved:
    """Let a withdrawn application stand again, complete or not as its papers are, with the reason.

    Refused when it is not withdrawn, and in a frozen campaign, where it would compete anew.
    """
    permit = office.demand("intake")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if not reason.strip():
        raise Refused("reason_missing")
    rules = standing.current_rules(office)
    with office.store.work(permit) as work:
        known = work.applications.get(application_id, seen=seen)
        if known.state is not State.WITHDRAWN:
            raise Refused("not_withdrawn", no=known.no)
        state = standing.of_work(work, campaign, rules).submitted(known)
        corrections.demand_correctable(campaign, rules, known, known.entry, state, ("", ""))
        saved = work.applications.put(replace(known, state=state), seen=seen)
        work.journal.add(
            "application.reinstated",
            known.no,
            reason=reason.strip(),
            campaign=known.campaign,
            before=text_of({"state": known.state}),
            after=text_of({"state": state}),
        )
        saved = standing.refresh_line(work, saved, campaign, rules)
        undo = work.reversal(campaign.id)
        work.commit()
    return Saved(saved, (), _changed(saved.id, undo))
