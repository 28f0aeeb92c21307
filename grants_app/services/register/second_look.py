"""The second look: decisive numbers typed again by somebody who did not see the first typing.

Equal verifies the number; different keeps both until an officer decides with the paper. Who typed or
imported a number never vouches for it a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from grants_app.domain.application import GONE, Application, State
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.judging import AVERAGE, judge, plain
from grants_app.domain.second_look import WHOLE, SecondLook, SecondTyping
from grants_app.domain.values import LANGS, Names
from grants_app.rules import lots
from grants_app.services import standing
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from grants_app.domain.application import Entry, Score
    from grants_app.domain.campaign import Campaign
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork

# The codes under which a campaign asks for the papers decisive numbers are read from.
_TESTS_PAPER = "ort"
_PAPER_OF = {AVERAGE: "certificate"}

NumberState = Literal["waits", "own", "differs", "verified"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One decisive number as whoever types it again may see it: never its value while it waits.

    `first` and `second` are shown only where the two typings differ, with who typed each. `paper` is the
    document to read it from, as the campaign calls it, and `source` what was noted of it when it was typed.
    """

    criterion: str
    source: str
    state: NumberState
    paper: Names | None = None
    first: Decimal | None = None
    first_by: str = ""
    second: Decimal | None = None
    second_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One application whose numbers want a second look: how many wait, differ, and are this officer's own."""

    id: int
    no: str
    surname: str
    given: str
    patronymic: str
    branch: str
    waits: int
    differs: int
    own: int
    verified: int
    version: int

    @property
    def mine(self) -> bool:
        """Whether nothing of it can be typed again by this officer."""
        return not self.waits and not self.differs


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The second look of a campaign: whose is asked for, who waits, and by branch (done, asked for)."""

    look: SecondLook
    waiting: tuple[Waiting, ...]
    by_branch: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Typed:
    """The application after a number was typed again, and whether it was the same number."""

    application: Application
    equal: bool
    changed: Changed


def overview(office: Office) -> Overview:
    """Whoever waits for a second look, by number."""
    shown = standing.of_office(office)
    with office.store.reading() as reading:
        look = reading.second_look(office.campaign_id)
        applications = reading.applications(office.campaign_id)
        differing = {(one.application, one.criterion) for one in reading.second_typings(office.campaign_id)}
        by_branch = reading.looked_at_twice(office.campaign_id)
    told = (_waiting(one, shown, differing, office.actor.name) for one in applications)
    waiting = [one for one in told if one is not None]
    waiting.sort(key=lambda one: one.no)  # nothing moves under the hand while numbers are typed
    return Overview(look=look, waiting=tuple(waiting), by_branch=by_branch)


def again(office: Office, seen: Overview, application_id: int) -> Overview:
    """The overview with one application read again, everybody else as they were seen."""
    shown = standing.of_office(office)
    with office.store.reading() as reading:
        found = reading.application(application_id)
        differing = {(one.application, one.criterion) for one in reading.second_typings(office.campaign_id)}
        by_branch = reading.looked_at_twice(office.campaign_id)
    now = _waiting(found, shown, differing, office.actor.name)
    kept = [now if one.id == application_id else one for one in seen.waiting]
    return replace(seen, waiting=tuple(one for one in kept if one is not None), by_branch=by_branch)


def _waiting(
    application: Application, shown: standing.Standing, differing: set[tuple[int, str]], officer: str
) -> Waiting | None:
    """What waits of one application, None where nothing does."""
    if application.state is State.DRAFT or not shown.unverified(application):
        return None
    person = application.entry.person
    states = Counter(_state(score, application, differing, officer) for score in shown.decisive(application))
    return Waiting(
        id=application.id,
        no=application.no,
        surname=person.surname,
        given=person.given,
        patronymic=person.patronymic,
        branch=application.entry.branch,
        waits=states["waits"],
        differs=states["differs"],
        own=states["own"],
        verified=states["verified"],
        version=application.version,
    )


def _state(
    score: Score, application: Application, differing: set[tuple[int, str]], officer: str
) -> NumberState:
    if score.verified_by:
        return "verified"
    if (application.id, score.criterion) in differing:
        return "differs"
    return "own" if score.entered_by == officer else "waits"


def numbers(office: Office, application_id: int) -> tuple[Application, tuple[Number, ...]]:
    """The application and its decisive numbers, each as this officer may see it."""
    shown = standing.of_office(office)
    with office.store.reading() as reading:
        found = reading.application(application_id)
        typings = {
            one.criterion: one
            for one in reading.second_typings(office.campaign_id)
            if one.application == application_id
        }
    differing = {(application_id, criterion) for criterion in typings}
    papers = {paper.code: paper.names for paper in office.campaign().setup.required_papers}
    told = []
    for score in shown.decisive(found):
        state = _state(score, found, differing, office.actor.name)
        paper = papers.get(_PAPER_OF.get(score.criterion, _TESTS_PAPER))
        number = Number(criterion=score.criterion, source=score.source, state=state, paper=paper)
        if state == "differs":
            typing = typings[score.criterion]
            number = replace(
                number,
                first=score.value,
                first_by=score.entered_by,
                second=typing.value,
                second_by=typing.typed_by,
            )
        told.append(number)
    return found, tuple(told)


def type_again(office: Office, application_id: int, seen: int, criterion: str, value: Decimal) -> Typed:
    """Type a number a second time without having seen the first: equal verifies it, different keeps both."""
    permit = office.demand("verify")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    rules = standing.current_rules(office)
    with office.store.work(permit) as work:
        known = work.applications.get(application_id, seen=seen)
        score = _score(known, criterion, rules)
        if score.entered_by == office.actor.name:
            raise Refused("verify_own_typing", criterion=_named(criterion, rules))
        if score.verified_by:
            raise Refused("verified_already", criterion=_named(criterion, rules), name=score.verified_by)
        if work.second_looks.typing(known.id, criterion) is not None:
            raise Refused("second_typing_waits", criterion=_named(criterion, rules))
        _demand_possible(office, campaign, rules, known, replace(score, value=value))
        if score.value == value:
            saved = _put(work, known, replace(score, verified_by=office.actor.name), seen)
            work.journal.add(
                "score.verified",
                known.no,
                campaign=campaign.id,
                after=text_of({criterion: plain(value)}),
            )
        else:
            saved = work.applications.put(known, seen=seen)
            work.second_looks.put_typing(
                SecondTyping(
                    application=known.id,
                    criterion=criterion,
                    value=value,
                    typed_by=office.actor.name,
                    typed_at=office.clock(),
                )
            )
            work.journal.add(
                "score.differed",
                known.no,
                campaign=campaign.id,
                before=text_of({criterion: plain(score.value)}),
                after=text_of({criterion: plain(value)}),
            )
        saved = standing.refresh_line(work, saved, campaign, rules)
        undo = work.reversal(campaign.id)
        work.commit()
    return Typed(saved, score.value == value, Changed(applications=frozenset({saved.id}), undo=undo))


def decide(
    office: Office, application_id: int, seen: int, criterion: str, value: Decimal, *, paper: str
) -> Typed:
    """Keep one value where two typings differ, with the paper it was read from.

    The number is verified when two people stand behind it: its typist and whoever decides. Decided by the one
    who typed that value, it waits for somebody else to type it again.
    """
    permit = office.demand("decide_second_look")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    rules = standing.current_rules(office)
    if not paper.strip():
        raise Refused("decision_needs_paper")
    me = office.actor.name
    with office.store.work(permit) as work:
        known = work.applications.get(application_id, seen=seen)
        score = _score(known, criterion, rules)
        typing = work.second_looks.typing(known.id, criterion)
        if typing is None:
            raise Refused("nothing_differs", criterion=_named(criterion, rules))
        if value != score.value and campaign.state in standing.DECIDED:
            raise Refused("campaign_frozen")
        typist = me
        if value == score.value:
            typist = score.entered_by
        elif value == typing.value:
            typist = typing.typed_by
        decided = replace(score, value=value, entered_by=typist, verified_by="" if typist == me else me)
        _demand_possible(office, campaign, rules, known, decided)
        saved = _put(work, known, decided, seen)
        work.second_looks.remove_typing(known.id, criterion)
        work.journal.add(
            "score.decided",
            known.no,
            reason=paper.strip(),
            campaign=campaign.id,
            before=text_of(
                {
                    criterion: [
                        f"{score.entered_by}: {plain(score.value)}",
                        f"{typing.typed_by}: {plain(typing.value)}",
                    ]
                }
            ),
            after=text_of({criterion: plain(value)}),
        )
        saved = standing.refresh_line(work, saved, campaign, rules)
        undo = work.reversal(campaign.id)
        work.commit()
    return Typed(saved, bool(decided.verified_by), Changed(applications=frozenset({saved.id}), undo=undo))


def choose(office: Office, percent: int, seed: str = "") -> Changed:
    """Choose whose numbers are typed twice: everybody's, or a share drawn by a seed that is recorded.

    Those drawn are known from the seed alone (`SecondLook.asks`); whoever applies later is drawn by it too.
    """
    permit = office.demand("draw_second_look")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if not 1 <= percent <= WHOLE:
        raise Refused("share_out_of_range")
    if percent < WHOLE and not seed.strip():
        raise Refused("sample_without_seed")
    look = SecondLook(
        campaign=campaign.id,
        percent=percent,
        seed="" if percent == WHOLE else lots.demand_seed(seed),
        drawn_at=office.clock(),
        drawn_by=office.actor.name,
    )
    rules = standing.current_rules(office)
    with office.store.work(permit) as work:
        before = work.second_looks.get(campaign.id)
        work.second_looks.put(look)
        standing.refresh_lines(work, campaign, rules)
        drawn = [
            one.no
            for one in work.applications.load(campaign.id)
            if one.state not in GONE and look.asks(one.no)
        ]
        work.journal.add(
            "second_look.chosen",
            campaign.setup.code,
            campaign=campaign.id,
            before=text_of({"percent": before.percent, "seed": before.seed}),
            after=text_of({"percent": look.percent, "seed": look.seed, "application": len(drawn)}),
        )
        work.commit()
    return Changed(campaign=True)


def forget_typings(work: UnitOfWork, before: Application, entry: Entry) -> None:
    """A number changed or taken out takes the second typing that differed from it away too."""
    now = {score.criterion: score.value for score in entry.scores}
    for score in before.entry.scores:
        if now.get(score.criterion) != score.value:
            work.second_looks.remove_typing(before.id, score.criterion)


def _put(work: UnitOfWork, known: Application, changed: Score, seen: int) -> Application:
    scores = tuple(changed if one.criterion == changed.criterion else one for one in known.entry.scores)
    return work.applications.put(replace(known, entry=replace(known.entry, scores=scores)), seen=seen)


def _score(known: Application, criterion: str, rules: RuleSet) -> Score:
    found = next((one for one in known.entry.scores if one.criterion == criterion), None)
    if found is None or known.state in GONE:
        raise Refused("number_not_there", criterion=_named(criterion, rules), no=known.no)
    return found


def _demand_possible(
    office: Office, campaign: Campaign, rules: RuleSet, known: Application, typed: Score
) -> None:
    """Refuse a value nobody can have: it says nothing about the first one."""
    others = tuple(one for one in known.entry.scores if one.criterion != typed.criterion)
    entry = replace(known.entry, scores=(*others, typed))
    issues = judge(entry, campaign.setup, standing.limits(rules), office.today(), submitted=False)
    if any(issue.severity == "error" and issue.field == typed.criterion for issue in issues):
        raise Refused("number_impossible", criterion=_named(typed.criterion, rules), value=plain(typed.value))


def _named(criterion: str, rules: RuleSet) -> dict[str, str]:
    measure = rules.measure(criterion)
    return measure.names.by_language() if measure else dict.fromkeys(LANGS, criterion)
