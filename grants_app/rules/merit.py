"""The exact tuple that orders people in one pool, and where each part of it comes from.

It knows the score formula and the tie chain; it does not know seats, quotas or who was admitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.ranking import Candidate, Merit, MeritPart, PoolSeats, decimal_text, scaled, unscaled
from grants_app.domain.ruleset import GROUNDS, PROFILE, SCORE
from grants_app.rules.eligibility import Gate

if TYPE_CHECKING:
    from decimal import Decimal

    from grants_app.domain.ruleset import RuleSet

_MILLION = 10**6
_GIVEN, _NOT_GIVEN = "1", "0"


class MeritMaker:
    """The merit of one pool under one rule set, made once and asked for every candidate.

    All arithmetic is on integers: values and weights in millionths, their products in 10⁻¹².
    """

    def __init__(self, ruleset: RuleSet, pool: PoolSeats, gate: Gate | None = None) -> None:
        self._gate = gate or Gate(ruleset, pool)
        self._terms = tuple((term.criterion, scaled(term.weight)) for term in ruleset.score.terms)
        self._unit: int = 10 ** (12 - ruleset.score.places)
        self._best_of = next((t.best_of for t in ruleset.score.terms if t.criterion == PROFILE), 1)
        self._chain = tuple((level, self._may_lack(level)) for level in ruleset.ties.levels)
        self._unseen_count = ruleset.unseen_grounds_count
        ranked = [ground.code for ground in ruleset.grounds if ground.ranked]
        self._ranks = {code: len(ranked) - place for place, code in enumerate(ranked)}
        self._wants_profile = PROFILE in ruleset.ties.levels or any(c == PROFILE for c, _ in self._terms)
        self._texts = _Texts()
        self._part_keys: dict[tuple[str, ...], list[tuple[str, str, int]]] = {}
        self.levels = (SCORE, *(name for name, two in self._chain for _ in range(1 + two)))

    def _may_lack(self, level: str) -> bool:
        return level != GROUNDS and self._gate.may_lack(level)

    def values(self, candidate: Candidate, known: dict[str, int] | None = None) -> tuple[str, ...]:
        """The run file's strings. `known`: the candidate's scores in millionths, if at hand."""
        given = in_millionths(candidate) if known is None else known
        profile = self._profile(candidate, given)
        total = 0
        for criterion, weight in self._terms:
            value = profile if criterion == PROFILE else given.get(criterion)
            if value is not None:
                total += value * weight
        texts = self._texts
        values = [texts[self._rounded(total)]]
        for level, may_lack in self._chain:
            if level == GROUNDS:
                values.append(str(self._rank(candidate)) if candidate.grounds else "0")
                continue
            value = profile if level == PROFILE else given.get(level)
            if may_lack:
                values.append(_NOT_GIVEN if value is None else _GIVEN)
            values.append(texts[value or 0])
        return tuple(values)

    def _profile(self, candidate: Candidate, given: dict[str, int]) -> int | None:
        """The sum of the best admitted subjects, None when there are none or nothing asks."""
        if not self._wants_profile:
            return None
        best = self._gate.best_subjects(candidate)
        if len(best) > 1 and self._best_of > 1:
            return sum([given[code] for _, code in best[: self._best_of]])
        return given[best[0][1]] if best else None

    def parts(self, candidate: Candidate) -> tuple[MeritPart, ...]:
        """Where the values come from, line by line: the score's terms, then the levels of the tie chain."""
        return self.lines(CandidateParts(candidate, self))

    def lines(self, parts: CandidateParts) -> tuple[MeritPart, ...]:
        """The same, of parts this candidate may share between pools."""
        best = tuple([code for _, code in self._gate.best_subjects(parts.candidate)[: self._best_of]])
        keys = self._part_keys.get(best)
        if keys is None:
            keys = self._part_keys[best] = self._keys(best)
        return tuple([parts[key] for key in keys])

    def _keys(self, best: tuple[str, ...]) -> list[tuple[str, str, int]]:
        keys: list[tuple[str, str, int]] = []
        for criterion, weight in self._terms:
            codes = best or (PROFILE,) if criterion == PROFILE else (criterion,)
            keys += [(SCORE, code, weight) for code in codes]
        for level, _ in self._chain:
            keys += [(level, code, _MILLION) for code in (best if level == PROFILE else (level,))]
        return keys

    def of(self, candidate: Candidate) -> Merit:
        """Values, the level of each, and their parts."""
        return Merit(values=self.values(candidate), levels=self.levels, parts=self.parts(candidate))

    def _rank(self, candidate: Candidate) -> int:
        """The rank of the best ground that counts: the first in the rules has the highest; 0 without one."""
        if not candidate.grounds:
            return 0
        return max((self._ranks.get(code, 0) for code in self.counted(candidate)), default=0)

    def counted(self, candidate: Candidate) -> tuple[str, ...]:
        """The codes of the candidate's grounds that count: all, or those whose paper was seen."""
        return tuple(code for code, seen in candidate.grounds if seen or self._unseen_count)

    def ground_part(self, candidate: Candidate) -> MeritPart:
        """The line of the grounds: the best that counts, and its rank as points."""
        rank = self._rank(candidate)
        best = next((code for code in self.counted(candidate) if self._ranks.get(code) == rank), None)
        return MeritPart(level=GROUNDS, criterion=GROUNDS, value=best, points=str(rank))

    def _rounded(self, total: int) -> int:
        """A sum of products in 10⁻¹² as millionths, rounded half up (by magnitude) to the score's places."""
        units: int = (2 * abs(total) + self._unit) // (2 * self._unit)
        millionths = units * self._unit // _MILLION
        return millionths if total >= 0 else -millionths


class _Texts(dict[int, str]):
    """The canonical text of numbers of millionths; most come many times."""

    def __missing__(self, number: int) -> str:
        text = self[number] = unscaled(number)
        return text


def in_millionths(candidate: Candidate, known: dict[Decimal, int] | None = None) -> dict[str, int]:
    """The candidate's scores by criterion, in millionths; `known`: values scaled before, to be shared."""
    known = {} if known is None else known
    given = {}
    for code, value in candidate.scores.items():
        number = known.get(value)
        if number is None:
            number = known[value] = scaled(value)
        given[code] = number
    return given


def merit(candidate: Candidate, pool: PoolSeats, ruleset: RuleSet) -> Merit:
    """The candidate's merit in a pool; meaningful only where `eligibility.admit` admits them."""
    return MeritMaker(ruleset, pool).of(candidate)


class CandidateParts(dict[tuple[str, str, int], MeritPart]):
    """The lines of one candidate by (level, criterion, weight), made when first asked for."""

    def __init__(
        self, candidate: Candidate, maker: MeritMaker, texts: dict[Decimal, str] | None = None
    ) -> None:
        """`texts`: values already written, shared between candidates."""
        super().__init__()
        self._texts = {} if texts is None else texts
        self.candidate = candidate
        self._maker = maker

    def __missing__(self, key: tuple[str, str, int]) -> MeritPart:
        """Make the line; a criterion not given has no value and no points."""
        level, code, weight = key
        if level == GROUNDS:
            part = self._maker.ground_part(self.candidate)
        elif (value := self.candidate.scores.get(code)) is not None:
            text = self._texts.get(value)
            if text is None:
                text = self._texts[value] = decimal_text(value)
            part = MeritPart(
                level=level,
                criterion=code,
                value=text,
                weight="1" if weight == _MILLION else unscaled(weight),
                points=text if weight == _MILLION else _product(scaled(value), weight),
                source=self.candidate.sources.get(code, ""),
            )
        else:
            part = MeritPart(level=level, criterion=code, value=None, weight=unscaled(weight))
        self[key] = part
        return part


def _product(value: int, weight: int) -> str:
    """The exact product of two numbers of millionths, which may have up to twelve places."""
    whole, part = divmod(abs(value * weight), 10**12)
    sign = "-" if value * weight < 0 else ""
    return f"{sign}{whole}" + (f".{part:012d}".rstrip("0") if part else "")
