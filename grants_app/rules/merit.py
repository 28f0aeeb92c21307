"""The exact tuple that orders people in one pool, and where each part of it comes from.

It knows the score formula and the tie chain; it does not know seats, quotas or who was admitted.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from grants_app.domain.ranking import Candidate, Merit, MeritPart, PoolSeats, scaled, unscaled
from grants_app.domain.ruleset import GROUNDS, PROFILE, SCORE
from grants_app.rules.eligibility import Gate
from grants_app.rules.parts import MILLION, GroundRanks, PartKey, Parts
from grants_app.rules.scores import Scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grants_app.domain.ruleset import RuleSet


class OwnMerits:
    """What everybody's merits take from the person alone, whatever the pool: made once for all pools.

    All arithmetic is on integers: values and weights in millionths, their products in 10⁻¹².
    """

    def __init__(self, ruleset: RuleSet, scores: Scores) -> None:
        self.scores = scores
        self._ranks = GroundRanks(ruleset)
        self.totals = [0] * len(scores.candidates)
        for term in ruleset.score.terms:
            if term.criterion != PROFILE:
                weight, values = scaled(term.weight), scores.of(term.criterion)
                self.totals = [
                    total if value is None else total + value * weight
                    for total, value in zip(self.totals, values, strict=True)
                ]
        self.total_texts = _TotalTexts(ruleset.score.places)
        self.texts = Texts()
        self._columns: dict[str, list[str]] = {}
        self._given: dict[str, list[str]] = {}

    def level(self, level: str) -> list[str]:
        """Everybody's value at a level of the tie chain, 0 where not given."""
        if level not in self._columns:
            self._columns[level] = (
                self._ground_ranks() if level == GROUNDS else self.texts.of(self.scores.of(level))
            )
        return self._columns[level]

    def _ground_ranks(self) -> list[str]:
        claims = [candidate.grounds for candidate in self.scores.candidates]
        known = {claimed: str(self._ranks.rank(claimed)) for claimed in set(claims)}
        return [known[claimed] for claimed in claims]

    def given(self, level: str) -> list[str]:
        """Whether each has a value at a level of the tie chain: 1 or 0."""
        if level not in self._given:
            self._given[level] = _given(self.scores.of(level))
        return self._given[level]


class MeritMaker:
    """The merit of one pool under one rule set, made once and asked for every candidate."""

    def __init__(self, ruleset: RuleSet, pool: PoolSeats, gate: Gate | None = None) -> None:
        self._ruleset = ruleset
        self._gate = gate or Gate(ruleset, pool)
        self._terms = tuple((term.criterion, scaled(term.weight)) for term in ruleset.score.terms)
        self._profile_weight = dict(self._terms).get(PROFILE, 0)
        self._chain = tuple((level, self._may_lack(level)) for level in ruleset.ties.levels)
        self.levels = (SCORE, *(name for name, two in self._chain for _ in range(1 + two)))

    def _may_lack(self, level: str) -> bool:
        return level != GROUNDS and self._gate.may_lack(level)

    def values(self, candidate: Candidate) -> tuple[str, ...]:
        """The run file's strings."""
        return self.values_of([candidate])[0]

    def values_of(self, candidates: Sequence[Candidate]) -> list[tuple[str, ...]]:
        """The run file's strings of each of these."""
        own, members = OwnMerits(self._ruleset, Scores(candidates)), range(len(candidates))
        return self.column(own, members, self._gate.profiles(own.scores, members).sums)

    def column(
        self, own: OwnMerits, members: Sequence[int], profiles: Sequence[int | None]
    ) -> list[tuple[str, ...]]:
        """The run file's strings of each member (a place in `own.scores`); `profiles`: best subjects."""
        weight = self._profile_weight
        totals = [own.totals[i] + (value or 0) * weight for i, value in zip(members, profiles, strict=True)]
        columns = [list(map(own.total_texts.__getitem__, totals))]
        for level, may_lack in self._chain:
            if level == PROFILE:
                columns += [_given(profiles)] if may_lack else []
                columns.append(own.texts.of(profiles))
            else:
                columns += [_of(own.given(level), members)] if may_lack else []
                columns.append(_of(own.level(level), members))
        return list(zip(*columns, strict=True))

    def parts(self, candidate: Candidate) -> tuple[MeritPart, ...]:
        """Where the values come from, line by line: the score's terms, then the levels of the tie chain."""
        return self.lines(Parts(self._ruleset, Scores([candidate])), [0])[0]

    def lines(self, parts: Parts, members: Sequence[int]) -> dict[int, tuple[MeritPart, ...]]:
        """The same of each member (a place in `parts.scores`)."""
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for i, best in zip(members, self._gate.best_codes(parts.scores, members), strict=True):
            groups[best].append(i)
        lines: dict[int, tuple[MeritPart, ...]] = {}
        for best, group in groups.items():
            columns = [map(parts.of(key).__getitem__, group) for key in self._keys(best)]
            lines.update(zip(group, zip(*columns, strict=True), strict=True))
        return lines

    def _keys(self, best: tuple[str, ...]) -> list[PartKey]:
        keys: list[PartKey] = []
        for criterion, weight in self._terms:
            codes = best or (PROFILE,) if criterion == PROFILE else (criterion,)
            keys += [(SCORE, code, weight) for code in codes]
        for level, _ in self._chain:
            keys += [(level, code, MILLION) for code in (best if level == PROFILE else (level,))]
        return keys

    def of(self, candidate: Candidate) -> Merit:
        """Values, the level of each, and their parts."""
        return Merit(values=self.values(candidate), levels=self.levels, parts=self.parts(candidate))


class Texts(dict["int | None", str]):
    """The canonical text of numbers of millionths, 0 for None; most come many times."""

    def __missing__(self, number: int | None) -> str:
        text = self[number] = unscaled(number or 0)
        return text

    def of(self, numbers: Iterable[int | None]) -> list[str]:
        """The texts of these."""
        return list(map(self.__getitem__, numbers))


class _TotalTexts(dict[int, str]):
    """The text of a sum of products in 10⁻¹², rounded half up (by magnitude) to the score's places."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self._unit: int = 10 ** (12 - places)

    def __missing__(self, total: int) -> str:
        units: int = (2 * abs(total) + self._unit) // (2 * self._unit)
        millionths = units * self._unit // MILLION
        text = self[total] = unscaled(millionths if total >= 0 else -millionths)
        return text


def _given(values: Iterable[int | None]) -> list[str]:
    return ["0" if value is None else "1" for value in values]


def _of(column: Sequence[str], members: Iterable[int]) -> list[str]:
    """The values of these members."""
    return list(map(column.__getitem__, members))


def merit(candidate: Candidate, pool: PoolSeats, ruleset: RuleSet) -> Merit:
    """The candidate's merit in a pool; meaningful only where `eligibility.admit` admits them."""
    return MeritMaker(ruleset, pool).of(candidate)
