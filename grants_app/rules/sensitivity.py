"""Which grants a small change would take away: a weight 5 % more or less, one point, a threshold's step.

Every answer is an allocation made anew, except where a change of one person's result is proved to do nothing
(see `spared`). It knows what was gathered for a run; it reads and keeps nothing.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import RunApplication, decimal_text
from grants_app.domain.ruleset import MAIN
from grants_app.domain.scenario import ScoreChange, WhatIf
from grants_app.domain.sensitivity import Fragile, Sensitivity
from grants_app.domain.stopping import breathing
from grants_app.domain.values import Finding
from grants_app.rules import comparison
from grants_app.rules.allocation import allocate
from grants_app.rules.eligibility import admit
from grants_app.rules.inputs import prepare
from grants_app.rules.scenario import remade, unchanged, with_scores
from grants_app.rules.small_steps import small_changes
from grants_app.rules.spared import Spared
from grants_app.rules.tie_orders import obeyed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grants_app.domain.ranking import Candidate, Ranked, RunAward, RunInputs, RunResult
    from grants_app.domain.ruleset import RuleSet
    from grants_app.domain.sensitivity import FragileKind


def fragile(
    ranked: Ranked,
    result: RunResult,
    *,
    most: int | None = None,
    sparing: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Sensitivity:
    """Every grant of the result that hangs on a weight ± 5 %, on one step of a score or of a threshold.

    Weights and thresholds are tried one at a time, both ways. Whoever got a grant is tried with one step less
    of each result that counts there; the best refused by each pool, and their equals, with one step
    more. `most` bounds the allocations for single people; `sparing` skips those proved to change nothing.
    `progress` hears how many of the changes were looked at.
    """
    return _Search(ranked, result, most, sparing=sparing).all(progress)


class _Search:
    """One search: the run looked at, what was found, and what it cost."""

    def __init__(self, ranked: Ranked, result: RunResult, most: int | None, *, sparing: bool) -> None:
        self._ranked = ranked
        self._result = result
        self._most = most
        self._awards: dict[str, RunAward] = {award.application: award for award in result.awards}
        self._members: dict[str, set[str]] = _members(result)
        self._at = {one.no: place for place, one in enumerate(ranked.inputs.applications)}
        self._spared = Spared(ranked.inputs, result) if sparing else None
        self._placed = {one.application: one.pool for one in ranked.inputs.placements}
        self._found: list[Fragile] = []
        self._allocations = self._without = self._left = 0

    def all(self, progress: Callable[[int, int], None] | None) -> Sensitivity:
        """Try everything."""
        rules = [*small_changes(self._ranked.ruleset)]
        people = [*self._lowered(), *self._raised()]
        total = len(rules) + len(people)
        for done, (kind, why, changed) in enumerate(breathing(rules), start=1):
            self._try_rules(kind, why, changed)
            _tell(progress, done, total)
        for done, (change, lowers) in enumerate(breathing(people), start=len(rules) + 1):
            self._try_score(change, lowers=lowers)
            _tell(progress, done, total)
        found = sorted(self._found, key=_place)
        return Sensitivity(
            fragile=tuple(found), awards=len(self._awards), allocations=self._allocations,
            spared=self._without, left=self._left,
        )  # fmt: skip

    # ---- rules -----------------------------------------------------------------------------------------

    def _try_rules(self, kind: FragileKind, why: Finding, rules: RuleSet) -> None:
        seats, total = unchanged(self._ranked)
        self._allocations += 1
        try:
            made, _ = remade(self._ranked, WhatIf(rules=rules, seats=seats, total=total))
            result = allocate(made.inputs)
        except Refused as refused:
            self._refused(kind, why, refused)
            return
        self._compare(kind, why, made.inputs, result)

    def _compare(
        self, kind: FragileKind, why: Finding, inputs: RunInputs, result: RunResult, *, only: str = ""
    ) -> None:
        """Note everybody (or only this one) who would not keep what they have, or better."""
        now = _members(result)
        for change in comparison.award_changes(self._ranked.inputs, self._result, inputs, result):
            if change.kind in ("lost", "worse", "moved") and only in ("", change.application):
                came = now.get(change.before, set()) - self._members[change.before]
                self._found.append(
                    Fragile(
                        application=change.application, pool=change.before, kind=kind, why=why,
                        after=change.after, tied=change.tied, instead=tuple(sorted(came)),
                    )
                )  # fmt: skip

    def _refused(self, kind: FragileKind, why: Finding, refused: Refused) -> None:
        """Somebody placed or holding a grant could not keep it: the run itself would be refused."""
        no, held = str(refused.facts["application"]), str(refused.facts["pool"])
        pool = self._awards[no].pool if no in self._awards else held
        self._found.append(Fragile(application=no, pool=pool, kind=kind, why=why))

    # ---- one person's result -----------------------------------------------------------------------------

    def _lowered(self) -> Iterator[tuple[ScoreChange, bool]]:
        """Everybody with a grant, with a step less of each result that counts."""
        for no, award in sorted(self._awards.items()):
            for change in self._steps(no, award.pool, up=False):
                yield change, True

    def _raised(self) -> Iterator[tuple[ScoreChange, bool]]:
        """The best refused of each pool and their equals, with a step more of each result that counts."""
        changes = {
            change: None
            for reserve in self._result.reserve
            for no in self._first_refused(reserve.pool, reserve.applications)
            for change in self._steps(no, reserve.pool, up=True)
        }
        for change in changes:
            yield change, False

    def _first_refused(self, pool: str, reserve: tuple[str, ...]) -> list[str]:
        """The best of the reserve for each kind of the pool's seats, with their equals."""
        applications = self._ranked.inputs.applications
        quotas = next(one.quotas for one in self._ranked.inputs.pools if one.id == pool)
        found: dict[str, None] = {}
        for ground in ("", *(quota.ground for quota in quotas)):
            best: tuple[str, ...] | None = None
            for no in reserve:
                application = applications[self._at[no]]
                if ground and ground not in application.grounds:
                    continue
                merit = next(choice.merit for choice in application.choices if choice.pool == pool)
                if best not in (None, merit):
                    break
                best = merit
                found[no] = None
        return list(found)

    def _steps(self, no: str, pool: str, *, up: bool) -> Iterator[ScoreChange]:
        """One step of each result that counts in the pool, to the person's gain (`up`) or loss."""
        rules, candidate = self._ranked.ruleset, self._ranked.candidates[no]
        weights = {term.criterion: term.weight for term in rules.score.terms}
        for code in counting(rules, self._ranked.pools[pool].programme):
            measure, value = rules.measure(code), candidate.scores.get(code)
            if measure is None or value is None:
                continue
            step = Decimal(1).scaleb(-measure.places)
            changed = value + (step if up == (weights.get(code, 1) >= 0) else -step)
            if measure.minimum <= changed <= measure.maximum:
                yield ScoreChange(application=no, criterion=code, value=changed)

    def _try_score(self, change: ScoreChange, *, lowers: bool) -> None:
        no = change.application
        candidate = with_scores({no: self._ranked.candidates[no]}, [change])[no]
        why = self._why(change, lowers=lowers)
        placed = self._placed.get(no)
        if placed is not None:
            self._without += 1
            if not admit(candidate, self._ranked.pools[placed], self._ranked.ruleset).admitted:
                self._found.append(Fragile(application=no, pool=placed, kind="score", why=why))
            return
        application = self._application(candidate)
        if self._spared is not None and self._spared.proves(application, lowers=lowers):
            self._without += 1
        elif self._most is not None and self._allocations >= self._most:
            self._left += 1
        else:
            self._allocate(application, why, lowers=lowers)

    def _allocate(self, application: RunApplication, why: Finding, *, lowers: bool) -> None:
        self._allocations += 1
        before = self._ranked.inputs
        applications = list(before.applications)
        applications[self._at[application.no]] = application
        inputs = replace(before, applications=tuple(applications), ties=())
        try:
            inputs = obeyed(inputs, before.ties).inputs if before.ties else inputs
            result = allocate(inputs)
        except Refused as refused:
            own = refused.facts["application"] == application.no
            self._refused("score", why if own else _of_rival(application.no, why), refused)
        else:
            self._compare("score", why, inputs, result, only=application.no if lowers else "")

    def _application(self, candidate: Candidate) -> RunApplication:
        """The candidate as the run would have them: their choices admitted, with their merits."""
        pools = [self._ranked.pools[pool] for pool in candidate.choices if pool in self._ranked.pools]
        made = prepare(self._ranked.ruleset, pools, [candidate], campaign="", total=0).inputs.applications
        return made[0] if made else RunApplication(candidate.no, ())

    def _why(self, change: ScoreChange, *, lowers: bool) -> Finding:
        candidate = self._ranked.candidates[change.application]
        facts = {
            "criterion": change.criterion,
            "has_points": decimal_text(candidate.scores[change.criterion]),
            "would_points": decimal_text(change.value or Decimal(0)),
        }
        why = Finding("fragile_own_score", facts)
        return why if lowers else _of_rival(change.application, why)


def _of_rival(rival: str, why: Finding) -> Finding:
    """The same change, told to somebody else whose grant hangs on it."""
    return Finding("fragile_rival_score", {**why.facts, "rival": rival})


def counting(rules: RuleSet, programme: str) -> tuple[str, ...]:
    """The results that can matter in a programme: of the score, the tie chain, the thresholds."""
    rule = rules.programme(programme)
    named = [MAIN, *(term.criterion for term in rules.score.terms), *rules.ties.levels]
    return tuple(dict.fromkeys((*named, *(rule.any_subject if rule else ()))))


def _members(result: RunResult) -> dict[str, set[str]]:
    members: dict[str, set[str]] = {}
    for award in result.awards:
        members.setdefault(award.pool, set()).add(award.application)
    return members


def _place(one: Fragile) -> tuple[object, ...]:
    return one.application, one.pool, one.kind, one.why.code, tuple(sorted(one.why.facts.items()))


def _tell(progress: Callable[[int, int], None] | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
