"""Who may compete for which pool, with every reason why not; the only place that decides it.

Every path (run, reserve, cascade, placement, restore) asks here. It knows nothing of seats or rank.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants_app.domain.ranking import Candidate, PoolSeats, Verdict, decimal_text, scaled
from grants_app.domain.ruleset import MAIN, PROFILE
from grants_app.domain.values import Finding
from grants_app.rules.scores import LOWEST, Scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from grants_app.domain.ruleset import RuleSet

ADMITTED = Verdict(admitted=True)
# What keeps an application out as a whole, whatever it chose.
STANDING_CODES = frozenset({"state_does_not_compete", "in_conflict", "late", "paper_blocks_offer"})


@dataclass(frozen=True, slots=True)
class Profiles:
    """Of some candidates: what the best admitted subjects of each come to (None: none), if they suffice."""

    sums: list[int | None]
    enough: list[bool]


class Gate:
    """The admission of one pool under one rule set, made once and asked for every candidate."""

    def __init__(self, ruleset: RuleSet, pool: PoolSeats) -> None:
        rule = ruleset.programme(pool.programme)
        general = ruleset.thresholds
        self._known = rule is not None
        self._programme = pool.programme
        self._subjects = rule.any_subject if rule else ()
        self._main = rule.main if rule and rule.main is not None else general.main
        self._subject = rule.subject if rule and rule.subject is not None else general.subject
        self._states = frozenset(ruleset.competing_states)
        self._late = ruleset.late
        self._papers = ruleset.blocking("offer")
        self._unkept_block = ruleset.unkept_papers_block
        profile = [term for term in ruleset.score.terms if term.criterion == PROFILE and term.required]
        self._subjects_needed = profile[0].best_of if profile else int(bool(self._subjects))
        self.best_of = next((t.best_of for t in ruleset.score.terms if t.criterion == PROFILE), 1)
        self._required = dict.fromkeys(
            term.criterion
            for term in ruleset.score.terms
            if term.required and term.criterion not in {PROFILE, MAIN}
        ).keys()
        self._main_needed = self._main is not None or any(
            term.required and term.criterion == MAIN for term in ruleset.score.terms
        )
        self._floors = {MAIN: LOWEST if self._main is None else scaled(self._main)}
        self._floors |= dict.fromkeys(self._required, LOWEST)

    def may_lack(self, criterion: str) -> bool:
        """Whether somebody admitted here may lack a value of the criterion."""
        if criterion == PROFILE:
            return not self._subjects_needed
        if criterion == MAIN:
            return not self._main_needed
        return criterion not in self._required

    def best_subjects(self, candidate: Candidate) -> list[tuple[Decimal, str]]:
        """The admitted subjects the candidate has at or above the threshold, best first.

        Of equal results the one the programme names first.
        """
        scores, needs, passed = candidate.scores, self._subject, []
        for code in self._subjects:
            value = scores.get(code)
            if value is not None and (needs is None or value >= needs):
                passed.append((value, code))
        if len(passed) > 1:
            passed.sort(key=_by_value, reverse=True)
        return passed

    def admit(self, candidate: Candidate) -> Verdict:
        """Whether the candidate may compete here; every reason if not."""
        findings = (*self._standing(candidate), *self.results(candidate))
        return Verdict(admitted=False, findings=findings) if findings else ADMITTED

    def verdicts(
        self, scores: Scores, members: Sequence[int], standing: Sequence[bool], profiles: Profiles
    ) -> list[Verdict]:
        """The same of each member (a place in `scores`) at once.

        `standing` is everybody's `competes`. Where nothing is amiss, no reasons need be gathered.
        """
        passed = [
            self._known and enough and standing[i] for i, enough in zip(members, profiles.enough, strict=True)
        ]
        for criterion, least in self._floors.items():
            column = scores.of(criterion)
            passed = [
                good and (value := column[i]) is not None and value >= least
                for i, good in zip(members, passed, strict=True)
            ]
        people = scores.candidates
        return [ADMITTED if good else self.admit(people[i]) for i, good in zip(members, passed, strict=True)]

    def profiles(self, scores: Scores, members: Sequence[int]) -> Profiles:
        """The best admitted subjects of each member (a place in `scores`)."""
        if self.best_of == 1:
            sums = self._best_alone(scores, members)
            needs_none = not self._subjects_needed
            return Profiles(sums, [needs_none or value is not None for value in sums])
        people = scores.candidates
        best = [(i, self.best_subjects(people[i])) for i in members]
        return Profiles(
            sums=[
                sum([scaled(value) for value, _ in passed[: self.best_of]]) if passed else None
                for _, passed in best
            ],
            enough=[len(passed) >= self._subjects_needed for _, passed in best],
        )

    def best_codes(self, scores: Scores, members: Sequence[int]) -> list[tuple[str, ...]]:
        """The codes of the subjects that count for each member (a place in `scores`), best first."""
        if self.best_of > 1:
            best = [self.best_subjects(scores.candidates[i]) for i in members]
            return [tuple([code for _, code in passed[: self.best_of]]) for passed in best]
        sums = self._best_alone(scores, members)
        codes: list[tuple[str, ...]] = [()] * len(members)
        for code in reversed(self._subjects):  # of equal results the one the programme names first
            alone, column = (code,), scores.of(code)
            codes = [
                alone if value is not None and column[i] == value else other
                for i, value, other in zip(members, sums, codes, strict=True)
            ]
        return codes

    def _best_alone(self, scores: Scores, members: Sequence[int]) -> list[int | None]:
        """Each member's one best result in a subject the programme admits, at or above the threshold."""
        least = LOWEST if self._subject is None else scaled(self._subject)
        best = [least - 1] * len(members)
        for code in self._subjects:
            column = scores.of(code)
            best = [
                value if (value := column[i]) is not None and value > other else other
                for i, other in zip(members, best, strict=True)
            ]
        return [value if value >= least else None for value in best]

    def _standing(self, candidate: Candidate) -> list[Finding]:
        findings = []
        if candidate.state not in self._states:
            findings.append(Finding("state_does_not_compete", {"state": candidate.state}))
        if candidate.conflict:
            findings.append(Finding("in_conflict"))
        if candidate.late and (
            self._late == "refused" or (self._late == "with_basis" and not candidate.late_basis)
        ):
            findings.append(Finding("late"))
        papers = self._blocking(candidate)
        findings.extend(Finding("paper_blocks_offer", {"paper": paper}) for paper in papers)
        if not self._known:
            findings.append(Finding("programme_without_rules", {"programme": self._programme}))
        return findings

    def _blocking(self, candidate: Candidate) -> list[str]:
        """The papers the file lacks without which nothing is offered."""
        if not (candidate.papers_kept or self._unkept_block):
            return []
        return [paper for paper in candidate.lacks if paper in self._papers]

    def results(self, candidate: Candidate) -> list[Finding]:
        """What the results alone speak against; empty when they suffice here."""
        findings = []
        main = candidate.scores.get(MAIN)
        if main is None:
            if self._main_needed:
                findings.append(Finding("ort_main_absent"))
        elif self._main is not None and main < self._main:
            facts = {"has": decimal_text(main), "needs": decimal_text(self._main)}
            findings.append(Finding("ort_main_below", facts))
        if len(self.best_subjects(candidate)) < self._subjects_needed:
            findings.append(self._subject_finding(candidate))
        findings.extend(
            Finding("criterion_absent", {"criterion": code})
            for code in self._required
            if code not in candidate.scores
        )
        return findings

    def _subject_finding(self, candidate: Candidate) -> Finding:
        """Why the admitted subjects do not suffice: not taken, or below the threshold (the best is named)."""
        taken = [(candidate.scores[code], code) for code in self._subjects if code in candidate.scores]
        if len(taken) < self._subjects_needed or self._subject is None:
            admits = " ".join(self._subjects)
            return Finding("no_admitted_subject", {"admits": admits, "needs": str(self._subjects_needed)})
        value, code = max((pair for pair in taken if pair[0] < self._subject), key=_by_value)
        facts = {"criterion": code, "has": decimal_text(value), "needs": decimal_text(self._subject)}
        return Finding("subject_below", facts)


def competes(ruleset: RuleSet, candidates: Iterable[Candidate]) -> list[bool]:
    """Of each whether nothing can keep the application out as a whole; else `Gate.admit` knows if it does."""
    states, papers = frozenset(ruleset.competing_states), bool(ruleset.blocking("offer"))
    return [
        candidate.state in states
        and not candidate.conflict
        and not candidate.late
        and not (papers and candidate.lacks)
        for candidate in candidates
    ]


def admit(candidate: Candidate, pool: PoolSeats, ruleset: RuleSet) -> Verdict:
    """Whether the candidate may compete for the pool under the rules; every reason if not."""
    return Gate(ruleset, pool).admit(candidate)


def _by_value(pair: tuple[Decimal, str]) -> Decimal:
    return pair[0]
