"""Where applications and campaigns stand: complete or not, late or not, writable or not, ruled by what."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.application import GONE, ListLine, State
from grants_app.domain.campaign import CampaignState
from grants_app.domain.errors import Refused
from grants_app.domain.ranking import Candidate
from grants_app.domain.values import LANGS
from grants_app.rules.completeness import Requirements, day_of
from grants_app.rules.eligibility import Gate
from grants_app.rules.merit import MeritMaker
from grants_app.rules.second_look import DecisiveNumbers
from grants_app.services import paper_blocks
from grants_app.services.run_inputs import candidate_of, pools_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.application import Application, Entry, Score
    from grants_app.domain.campaign import Campaign, CampaignSetup
    from grants_app.domain.completeness import Completeness
    from grants_app.domain.ruleset import RuleSet, Stage
    from grants_app.domain.runs import RunRecord
    from grants_app.domain.second_look import SecondLook
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork

DECIDED = (CampaignState.FROZEN, CampaignState.PUBLISHED, CampaignState.CLOSED)
_ONCE, _TWICE = 1, 2  # how often the decisive numbers were typed


def demand_writable(campaign: Campaign) -> None:
    """Refuse any change of a closed campaign."""
    if campaign.read_only:
        raise Refused("campaign_closed", campaign=campaign.setup.code)


def is_late(entry: Entry, campaign: Campaign) -> bool:
    """Whether the paper was received after the calendar's closing moment; unknown is not late."""
    close = campaign.setup.deadline("close")
    return close is not None and entry.received_at is not None and entry.received_at > close.at


class Standing:
    """What lists show of applications and where they stand, by one campaign's set-up and rules.

    Made once and asked for each: state, marks, the first choice's total and the second look all come from
    here, so that no two pages say different things of one application.
    """

    def __init__(self, campaign: Campaign, rules: RuleSet, look: SecondLook) -> None:
        self._campaign = campaign
        self._rules = rules
        self._look = look
        self._requirements = Requirements(campaign.setup, rules)
        self._numbers = DecisiveNumbers(campaign.setup, rules)

    def completeness(self, application: Application) -> Completeness:
        """What the application lacks."""
        day = day_of(application.entry, application.entered_at, self._campaign.setup)
        known = paper_blocks.kept(application) or application.state is State.COMPLETE
        return self._requirements.completeness(application.entry, day, papers_known=known)

    def submitted(self, application: Application) -> State:
        """Where the application stands once an officer hands it in: what its file holds is known by that."""
        known = replace(application, state=State.INCOMPLETE)
        return State.INCOMPLETE if self.completeness(known).lacks else State.COMPLETE

    def unverified(self, application: Application) -> tuple[Score, ...]:
        """Decisive numbers of it that still want a second pair of eyes; none where it was not drawn."""
        if application.state in GONE or not self._look.asks(application.no):
            return ()
        return self._numbers.unverified(application.entry)

    def decisive(self, application: Application) -> tuple[Score, ...]:
        """The numbers of it that decide, as the rules list them."""
        return self._numbers.of(application.entry)

    def state(self, application: Application) -> State:
        """Complete when nothing is lacking, else incomplete; submitted while nobody ticked its papers.

        Drafts and those withdrawn or annulled stay what they are. After the freeze nobody's state follows
        any more: whether it competes is decided.
        """
        known = application.state
        if known in (State.DRAFT, State.VERIFIED, *GONE) or self._campaign.state in DECIDED:
            return known
        if known is State.SUBMITTED and not paper_blocks.kept(application):
            return known
        return State.INCOMPLETE if self.completeness(application).lacks else State.COMPLETE

    def lines(self, applications: Sequence[Application]) -> dict[str, ListLine]:
        """What the list shows of each beside what was typed, by number."""
        scores = first_scores(applications, self._campaign, self._rules)
        return {one.no: self._line(one, scores[one.no]) for one in applications}

    def _line(self, application: Application, score: Decimal | None) -> ListLine:
        numbers = self._numbers.of(application.entry)
        verified = 0
        if numbers:
            verified = _TWICE if all(one.verified_by for one in numbers) else _ONCE
        flags: tuple[str, ...] = ()
        if application.state not in GONE:
            flags = self.completeness(application).flags
            if self._campaign.state is not CampaignState.SETUP and self.unverified(application):
                flags = (*flags, "unverified")
        return ListLine(score=score, flags=flags, verified=verified, state=self.state(application))


def of_work(work: UnitOfWork, campaign: Campaign, rules: RuleSet) -> Standing:
    """What lists show of a campaign's applications, within a transaction."""
    return Standing(campaign, rules, work.second_looks.get(campaign.id))


def of_office(office: Office) -> Standing:
    """The same as the campaign stands now, by the rules in force today."""
    campaign = office.campaign()
    rules = current_rules(office)
    with office.store.reading() as reading:
        return Standing(campaign, rules, reading.second_look(campaign.id))


def demand_papers(office: Office, application_no: str, stage: Stage) -> None:
    """Refuse a stage the rules in force do not let a file reach without a paper it lacks."""
    campaign = office.campaign()
    rules = current_rules(office)
    with office.store.reading() as reading:
        application = reading.application_by_no(campaign.id, application_no)
    demand_no_stop(application, campaign, rules, stage)


def demand_no_stop(application: Application, campaign: Campaign, rules: RuleSet, stage: Stage) -> None:
    """The same of an application at hand."""
    missing = paper_blocks.stopping(application, campaign.setup, rules, stage)
    if missing:
        raise Refused(
            "papers_stop_letter" if stage == "letter" else "papers_stop_confirmation",
            no=application.no,
            papers=paper_names(missing, campaign.setup),
        )


def paper_names(papers: Sequence[str], setup: CampaignSetup) -> dict[str, str]:
    """These papers by name, one after another, in each language."""
    named = [paper.names for paper in setup.required_papers if paper.code in papers]
    return {lang: ", ".join(names.get(lang) for names in named) for lang in LANGS}


def limits(rules: RuleSet) -> dict[str, Decimal]:
    """The highest value each measure can have."""
    return {measure.code: measure.maximum for measure in rules.measures}


def refresh_line(
    work: UnitOfWork, application: Application, campaign: Campaign, rules: RuleSet
) -> Application:
    """Bring what follows from a saved application up to date: its total, its marks, and where it stands.

    Answers the application as it stands then.
    """
    line = of_work(work, campaign, rules).lines([application])[application.no]
    work.applications.set_lines({application.id: line})
    return replace(application, state=line.state)


def refresh_lines(work: UnitOfWork, campaign: Campaign, rules: RuleSet) -> None:
    """The same of every application of the campaign: after the rules, the set-up or the draw changed."""
    applications = work.applications.load(campaign.id)
    lines = of_work(work, campaign, rules).lines(applications)
    work.applications.set_lines({one.id: lines[one.no] for one in applications})


def refresh_upgraded(office: Office) -> None:
    """The same of every campaign still open, after an older database was brought up to date.

    An earlier program marked less than this one does; without this its applications would show it until
    somebody saved them.
    """
    if not office.store.upgraded:
        return
    permit = office.demand("sit_down")
    today = office.today()
    with office.store.reading() as reading:
        every = [(one, reading.rule_set(one.id, today)) for one in reading.campaigns() if not one.read_only]
    with office.store.work(permit) as work:
        for campaign, rules in every:
            refresh_lines(work, campaign, rules)
        work.commit()
    office.store.upgraded = False


def first_scores(
    applications: Sequence[Application], campaign: Campaign, rules: RuleSet
) -> dict[str, Decimal | None]:
    """The total each application has for its first choice, None when it is not admitted there."""
    pools = {pool.id: pool for pool in pools_of(campaign.setup)}
    scores: dict[str, Decimal | None] = dict.fromkeys(application.no for application in applications)
    wanted: dict[str, list[Candidate]] = {}
    for application in applications:
        first = next(iter(application.entry.choices), "")
        if first in pools and application.entry.scores:
            wanted.setdefault(first, []).append(candidate_of(application, campaign.setup))
    for pool, candidates in wanted.items():
        merits = MeritMaker(rules, pools[pool]).values_of(candidates)
        scores |= {
            candidate.no: Decimal(merit[0]) for candidate, merit in zip(candidates, merits, strict=True)
        }
    return scores


def totals(entry: Entry, campaign: Campaign, rules: RuleSet) -> tuple[Decimal | None, ...]:
    """The total an entry would have for each of its choices; None where the results do not admit it."""
    pools = {pool.id: pool for pool in pools_of(campaign.setup)}
    probe = Candidate(
        no="",
        state=State.COMPLETE.value,
        scores={score.criterion: score.value for score in entry.scores},
        sources={},
        choices=entry.choices,
        grounds=tuple((claim.ground, claim.seen) for claim in entry.grounds),
        late_basis=entry.late_basis,
    )
    found: list[Decimal | None] = []
    for choice in entry.choices:
        gate = Gate(rules, pools[choice]) if choice in pools else None
        admitted = gate is not None and gate.admit(probe).admitted
        found.append(Decimal(MeritMaker(rules, pools[choice], gate).values(probe)[0]) if admitted else None)
    return tuple(found)


def rules_of_run(office: Office, record: RunRecord) -> RuleSet:
    """The rule set a run was made by, whatever is in force today: its words are the run's words."""
    with office.store.reading() as reading:
        return reading.rule_set_version(record.campaign, record.rules)


def current_rules(office: Office) -> RuleSet:
    """The rule set in force today, by the campaign's own clock, in the campaign chosen."""
    today = office.today()
    with office.store.reading() as reading:
        return reading.rule_set(office.campaign_id, today)
