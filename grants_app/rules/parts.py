"""Where everybody's points come from, line by line. It knows scores and grounds, not admissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.ranking import MeritPart, unscaled
from grants_app.domain.ruleset import GROUNDS

if TYPE_CHECKING:
    from grants_app.domain.ruleset import RuleSet
    from grants_app.rules.scores import Scores

MILLION = 10**6

PartKey = tuple[str, str, int]
"""Which line: the merit's level it belongs to, the criterion whose value it is, the weight in millionths."""

Claims = tuple[tuple[str, bool], ...]
"""Grounds claimed by a candidate, and of each whether its paper was seen."""


class GroundRanks:
    """Which grounds count under a rule set, and for how much between equals."""

    def __init__(self, ruleset: RuleSet) -> None:
        ranked = [ground.code for ground in ruleset.grounds if ground.ranked]
        self._ranks = {code: len(ranked) - place for place, code in enumerate(ranked)}
        self._unseen_count = ruleset.unseen_grounds_count

    def counted(self, claims: Claims) -> tuple[str, ...]:
        """The codes of the claimed grounds that count, in order: all, or those whose paper was seen."""
        return tuple(sorted(code for code, seen in claims if seen or self._unseen_count))

    def rank(self, claims: Claims) -> int:
        """The rank of the best ground that counts: the first in the rules has the highest; 0 without one."""
        return max((self._ranks.get(code, 0) for code in self.counted(claims)), default=0)

    def part(self, claims: Claims) -> MeritPart:
        """The line of the grounds: the best that counts, and its rank as points."""
        rank = self.rank(claims)
        best = next((code for code in self.counted(claims) if self._ranks.get(code) == rank), None)
        return MeritPart(level=GROUNDS, criterion=GROUNDS, value=best, points=str(rank))


class Parts:
    """The lines of everybody's merits, a column per line, made when first asked for."""

    def __init__(self, ruleset: RuleSet, scores: Scores) -> None:
        self.scores = scores
        self._ranks = GroundRanks(ruleset)
        self._columns: dict[PartKey, list[MeritPart]] = {}
        self._given: dict[str, list[tuple[int | None, str]]] = {}

    def of(self, key: PartKey) -> list[MeritPart]:
        """Everybody's line of this key; a criterion not given has no value and no points."""
        column = self._columns.get(key)
        if column is None:
            column = (
                self._grounds()
                if key[0] == GROUNDS
                else list(map(_Lines(key).__getitem__, self._read(key[1])))
            )
            self._columns[key] = column
        return column

    def _read(self, criterion: str) -> list[tuple[int | None, str]]:
        """Everybody's value of a criterion and where it was read."""
        given = self._given.get(criterion)
        if given is None:
            sources = [candidate.sources.get(criterion, "") for candidate in self.scores.candidates]
            given = self._given[criterion] = list(zip(self.scores.of(criterion), sources, strict=True))
        return given

    def _grounds(self) -> list[MeritPart]:
        claims = [candidate.grounds for candidate in self.scores.candidates]
        known = {claimed: self._ranks.part(claimed) for claimed in set(claims)}
        return [known[claimed] for claimed in claims]


class _Lines(dict["tuple[int | None, str]", MeritPart]):
    """The lines of one key by value and source; most come many times."""

    def __init__(self, key: PartKey) -> None:
        super().__init__()
        self._level, self._criterion, self._weight = key

    def __missing__(self, given: tuple[int | None, str]) -> MeritPart:
        value, source = given
        weight = unscaled(self._weight)
        if value is None:
            part = MeritPart(level=self._level, criterion=self._criterion, value=None, weight=weight)
        else:
            points = _product(value, self._weight)
            part = MeritPart(
                level=self._level,
                criterion=self._criterion,
                value=unscaled(value),
                weight=weight,
                points=points,
                source=source,
            )
        self[given] = part
        return part


def _product(value: int, weight: int) -> str:
    """The exact product of two numbers of millionths, which may have up to twelve places."""
    whole, part = divmod(abs(value * weight), 10**12)
    sign = "-" if value * weight < 0 else ""
    return f"{sign}{whole}" + (f".{part:012d}".rstrip("0") if part else "")
