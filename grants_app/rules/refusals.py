"""How a comparison is told: the level at which two merits differ, and what score would have been enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grants_app.domain.ranking import MeritPart, unscaled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grants_app.domain.ranking import ChoiceLine
    from grants_app.rules.standings import PoolList

Merit = tuple[str, ...]
Row = tuple[int, int, int, Merit, tuple[MeritPart, ...], int, int, str, str]
"""Somebody on a pool's list, as `Rows` has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A pool's list column by column, in the order of people's numbers.

    `members` by their place among all people, `entries` as in `standings`, `choices` the choice's place among
    the person's own, `reserve` the place there (0: not refused), `above` and `below` the neighbours' numbers.
    """

    members: list[int]
    entries: list[int]
    choices: list[int]
    merits: list[Merit]
    parts: list[tuple[MeritPart, ...]]
    positions: list[int]
    reserve: list[int]
    above: list[str]
    below: list[str]

    def __iter__(self) -> Iterator[Row]:
        """Person by person."""
        return zip(
            self.members, self.entries, self.choices, self.merits, self.parts, self.positions,
            self.reserve, self.above, self.below, strict=True,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rival:
    """Somebody a person is compared with."""

    no: str
    entry: int
    merit: Merit


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """Compares merits of one pool.

    `levels` names the level of each element, `step` is the smallest step of the total in millionths,
    `ordered` says whether a tie order decides between equals, `numbers` reads a merit's elements.
    """

    levels: tuple[str, ...]
    step: int
    ordered: bool
    numbers: dict[str, int]

    def level(self, merit: Merit, other: Merit) -> str:
        """The first level at which two merits differ: `tie_order` or `tie` when none does."""
        for level, own, others in zip(self.levels, merit, other, strict=True):
            if own != others:
                return level
        return "tie_order" if self.ordered else "tie"

    def enough(self, other: Merit, *, better: bool) -> str:
        """The total that would have been enough against the other.

        Who is the better in the rest of the merit needs the other's total, anybody else one step more.
        """
        return unscaled(self.numbers[other[0]] + (0 if better else self.step))


class Refusal:
    """What is told alike to all whom a pool refused and who could have had the same seats.

    All are compared with the same one, the last taken on those seats. Entries (see `standings`) that lie
    in one stride have the same total; where in its stride an entry lies is the rest of the merit.
    """

    def __init__(self, template: ChoiceLine, last: Rival, comparing: Comparing, pool_list: PoolList) -> None:
        """`template`: the line without what is the person's own."""
        self._template = template
        self._last = last
        self._comparing = comparing
        self._stride = stride = pool_list.span * pool_list.tails
        self._equal_from = last.entry // stride * stride
        self._better_from = (last.entry % stride // pool_list.span + 1) * pool_list.span
        self._more = comparing.enough(last.merit, better=False)
        self._same = comparing.enough(last.merit, better=True)

    def lines(self, rows: Iterable[Row]) -> dict[int, ChoiceLine]:
        """The lines of those of these who were refused, by their place among all people."""
        template, more, same, first = self._template, self._more, self._same, self._comparing.levels[0]
        stride, better_from = self._stride, self._better_from
        equal_from, equal_to = self._equal_from, self._equal_from + stride
        return {
            a: replace(
                template,
                no=no,
                merit=merit,
                parts=parts,
                position=position,
                reserve=reserve,
                deciding_level=self._level(merit) if equal_from <= entry < equal_to else first,
                needed=same if entry % stride >= better_from else more,
                above=above,
                below=below,
            )
            for a, entry, no, merit, parts, position, reserve, above, below in rows
            if reserve
        }

    def _level(self, merit: Merit) -> str:
        return self._comparing.level(merit, self._last.merit)
