"""Where applications and campaigns stand: complete or not, late or not, writable or not, ruled by what."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.application import State
from grants_app.domain.campaign import CampaignState
from grants_app.domain.errors import Refused
from grants_app.domain.ranking import Candidate
from grants_app.domain.values import LANGS
from grants_app.rules.eligibility import Gate
from grants_app.rules.merit import MeritMaker
from grants_app.services import paper_blocks
from grants_app.services.run_inputs import candidate_of, pools_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.application import Application, Entry
    from grants_app.domain.campaign import Campaign, CampaignSetup
    from grants_app.domain.ruleset import RuleSet, Stage
    from grants_app.domain.runs import RunRecord
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork

DECIDED = (CampaignState.FROZEN, CampaignState.PUBLISHED, CampaignState.CLOSED)


def demand_writable(campaign: Campaign) -> None:
    """Refuse any change of a closed campaign."""
    if campaign.read_only:
        raise Refused("campaign_closed", campaign=campaign.setup.code)


def is_late(entry: Entry, campaign: Campaign) -> bool:
    """Whether the paper was received after the calendar's closing moment; unknown is not late."""
    close = campaign.setup.deadline("close")
    return close is not None and entry.received_at is not None and entry.received_at > close.at


def missing_papers(entry: Entry, campaign: Campaign) -> tuple[str, ...]:
    """Codes of the required papers the file does not hold yet, in the campaign's order."""
    held = {item.item for item in entry.checklist if item.received}
    claimed = {claim.ground for claim in entry.grounds}
    return tuple(
        paper.code
        for paper in campaign.setup.required_papers
        if paper.required and paper.code not in held and (not paper.condition or paper.condition in claimed)
    )


def state_of(entry: Entry, campaign: Campaign) -> State:
    """Complete when every required paper is there, else incomplete."""
    return State.INCOMPLETE if missing_papers(entry, campaign) else State.COMPLETE


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


def refresh_line(work: UnitOfWork, application: Application, campaign: Campaign, rules: RuleSet) -> None:
    """Bring what the list shows of an application up to date: its total for the first choice, its flags."""
    work.applications.set_line(
        application.id,
        score=first_scores([application], campaign, rules)[application.no],
        flags=flags_of(application, campaign),
    )


def flags_of(application: Application, campaign: Campaign) -> tuple[str, ...]:
    """What the list marks beside the states the store knows: scores nobody retyped yet."""
    scores = application.entry.scores
    unverified = bool(scores) and not all(score.verified_by for score in scores)
    return ("unverified",) if unverified and campaign.state is not CampaignState.SETUP else ()


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
