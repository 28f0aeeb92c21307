"""What an application lacks: the one answer that state, marks, lists, letters and the chair's sheet ask for.

It reads nothing and decides nobody's place; admission is `eligibility`'s, which is asked for the results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.application import OF_AGE, age_on
from grants_app.domain.completeness import Completeness
from grants_app.domain.ranking import Candidate, PoolSeats
from grants_app.domain.ruleset import MAIN
from grants_app.domain.values import Finding
from grants_app.rules.eligibility import Gate
from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from grants_app.domain.application import Entry
    from grants_app.domain.campaign import CampaignSetup, RequiredPaper
    from grants_app.domain.ruleset import RuleSet, Stage

_STAGES: tuple[Stage, ...] = ("offer", "letter", "confirmation")
BELOW = frozenset({"ort_main_below", "subject_below"})


def day_of(entry: Entry, entered_at: datetime, setup: CampaignSetup) -> date:
    """The day age and papers are judged on: that of receipt, where unknown that of entry, as dated here."""
    return local_day(entry.received_at or entered_at, setup.zone)


def applies(paper: RequiredPaper, claimed: Iterable[str], *, under_age: bool) -> bool:
    """Whether the campaign asks for the paper here: of everybody, of those under age, or with its ground."""
    if paper.closed or (paper.under_age and not under_age):
        return False
    return not paper.condition or paper.condition in claimed


def absent_papers(entry: Entry, setup: CampaignSetup, day: date) -> tuple[RequiredPaper, ...]:
    """The papers asked for here that the file does not hold, in the campaign's order; optional ones too."""
    held = {item.item for item in entry.checklist if item.received}
    claimed = {claim.ground for claim in entry.grounds}
    born = entry.person.born
    under = born is not None and age_on(born, day) < OF_AGE
    return tuple(
        [
            paper
            for paper in setup.required_papers
            if paper.code not in held and applies(paper, claimed, under_age=under)
        ]
    )


class Requirements:
    """What one campaign's set-up and rules ask of every application, made once and asked for each."""

    def __init__(self, setup: CampaignSetup, ruleset: RuleSet) -> None:
        self._setup = setup
        self._gates = {
            pool.id: Gate(
                ruleset,
                PoolSeats(id=pool.id, programme=pool.programme, branch=pool.branch, seats=pool.seats),
            )
            for pool in setup.pools
        }
        self._blocking = frozenset[str]().union(*(ruleset.blocking(stage) for stage in _STAGES))
        deciding = {quota.ground for quotas in ruleset.quotas for quota in quotas.quotas}
        self._deciding = deciding | {ground.code for ground in ruleset.grounds if ground.ranked}

    def completeness(self, entry: Entry, day: date, *, papers_known: bool = True) -> Completeness:
        """Everything the application lacks, on the day it is judged on."""
        absent, below = self._results(entry)
        lacks = (
            *self._papers(entry, day, known=papers_known),
            *_guardian(entry, day),
            *_consent(entry, day),
            *(() if entry.choices else (Finding("lacks_choice"),)),
            *absent,
            *(
                Finding("lacks_ground_paper", {"ground": claim.ground})
                for claim in entry.grounds
                if claim.ground in self._deciding and not claim.seen
            ),
        )
        return Completeness(lacks=lacks, below=below, papers_known=papers_known)

    def _papers(self, entry: Entry, day: date, *, known: bool) -> tuple[Finding, ...]:
        """A paper the rules stop something for is needed, whatever the list of papers calls it."""
        if not known:
            return (Finding("papers_not_ticked"),)
        return tuple(
            Finding("lacks_paper", {"paper": paper.code})
            for paper in absent_papers(entry, self._setup, day)
            if paper.required or paper.condition or paper.under_age or paper.code in self._blocking
        )

    def _results(self, entry: Entry) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """The results without which nothing chosen can be competed for, and those short of every threshold.

        Somebody admitted to one choice lacks nothing for the others: they only do not compete there.
        """
        scores = {score.criterion: score.value for score in entry.scores}
        probe = Candidate(no="", state="", scores=scores, choices=entry.choices)
        told = [self._gates[choice].results(probe) for choice in entry.choices if choice in self._gates]
        if not told:
            return (() if MAIN in scores else (Finding("ort_main_absent"),)), ()
        if not all(told):
            return (), ()
        absent = [[one for one in findings if one.code not in BELOW] for findings in told]
        below = [one for findings in told for one in findings if one.code in BELOW]
        lacking = absent[0] if all(absent) else []
        return tuple(lacking), tuple(_once(below))


def completeness(
    entry: Entry, setup: CampaignSetup, ruleset: RuleSet, day: date, *, papers_known: bool = True
) -> Completeness:
    """What one application lacks; `Requirements` answers the same for many."""
    return Requirements(setup, ruleset).completeness(entry, day, papers_known=papers_known)


def _guardian(entry: Entry, day: date) -> tuple[Finding, ...]:
    born = entry.person.born
    if born is None:  # whether a guardian is needed is not known: that is not "no"
        return (Finding("lacks_birth_date"),)
    if age_on(born, day) < OF_AGE and entry.person.guardian is None:
        return (Finding("lacks_guardian"),)
    return ()


def _consent(entry: Entry, day: date) -> tuple[Finding, ...]:
    consent, born = entry.consent, entry.person.born
    if consent is None:
        return (Finding("lacks_consent"),)
    under = born is not None and age_on(born, day) < OF_AGE
    return (
        *((Finding("lacks_guardian_signature"),) if under and not consent.signed_by_guardian else ()),
        *(() if consent.cross_border else (Finding("lacks_cross_border"),)),
    )


def _once(findings: Iterable[Finding]) -> Iterable[Finding]:
    seen: list[Finding] = []
    for one in findings:
        if one not in seen:
            seen.append(one)
    return seen
