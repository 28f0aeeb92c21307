"""Everybody's scores criterion by criterion, as whole numbers of millionths; it knows no rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.ranking import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from grants_app.domain.ranking import Candidate

LOWEST = -(10**18)
"""Below any score: a score has at most twelve digits before the point and six behind it."""


class Scores:
    """The scores of these candidates, a column per criterion in their order, None where not given."""

    def __init__(
        self, candidates: Sequence[Candidate], columns: Mapping[str, Sequence[int | None]] | None = None
    ) -> None:
        """`columns`: those made before of the same candidates."""
        self.candidates = candidates
        self.columns = dict(columns or {})
        self._given = [candidate.scores for candidate in candidates]
        self._numbers = _Numbers({None: None})

    def of(self, criterion: str) -> Sequence[int | None]:
        """Everybody's value of a criterion; Refused when a merit cannot write one of them."""
        column = self.columns.get(criterion)
        if column is None:
            values = [given.get(criterion) for given in self._given]
            column = self.columns[criterion] = list(map(self._numbers.__getitem__, values))
        return column


class _Numbers(dict["Decimal | None", "int | None"]):
    """Values in millionths; most come many times."""

    def __missing__(self, value: Decimal) -> int:
        number = self[value] = scaled(value)
        return number
