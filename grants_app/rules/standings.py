"""Everybody's place on every pool's list, as integers that compare as merits and tie orders do.

It knows merits and recorded tie orders; it does not know seats, quotas or who gets one.

An *entry* is one integer per choice, larger is better: `(merit key × width + order) × n + n - 1 - index`.
The merit key is the merit's elements, each replaced by its place among the values that occur in the pool and
joined as digits of one number; `order` puts those a tie orders (the free equals stand highest, so that nobody
ordered is surely before them); `index` is the application's place by number. So the lists of a run sort as
plain integers, and entries of free equals differ in their last digit only.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from operator import add
from typing import TYPE_CHECKING

from grants_app.rules.choices import Choices, PoolChoices

if TYPE_CHECKING:
    from grants_app.domain.ranking import RunInputs


class PoolList:
    """The list of one pool: `members` who chose it by number, the `merits` and `entries` of each."""

    __slots__ = ("entries", "members", "merits", "n", "sorted_entries", "span", "tails", "width")

    def __init__(
        self, choices: PoolChoices, n: int, ordered: dict[int, int], numbers: dict[str, int] | None = None
    ) -> None:
        """`ordered`: the places a tie gives its members; `numbers`: texts already read, shared by pools."""
        self.n = n
        self.width = max(ordered.values()) + 2 if ordered else 1
        self.span = self.width * n  # entries of one merit lie in one span
        self.members, self.merits = choices.members, choices.merits
        self.entries = self._digits(choices.members, ordered)
        self.tails = 1  # so many merits with one first element are told apart
        self._add_merits(choices, Millionths() if numbers is None else numbers)
        choices.forget_columns()
        self.sorted_entries = sorted(self.entries)

    def _digits(self, members: list[int], ordered: dict[int, int]) -> list[int]:
        """The last two digits of each entry: the order among equals, and the index."""
        last = self.n - 1
        if not ordered:
            return [last - a for a in members]
        free = self.width - 1
        return [(free - 1 - ordered[a] if a in ordered else free) * self.n + last - a for a in members]

    def _add_merits(self, choices: PoolChoices, numbers: dict[str, int]) -> None:
        """Put the digits of the merit before them, the last element first."""
        weight = self.span
        for column, texts in zip(reversed(choices.columns()), reversed(choices.values()), strict=True):
            self.tails = weight // self.span
            if len(texts) > 1:
                ascending = sorted(texts, key=numbers.__getitem__)
                places = {text: place * weight for place, text in enumerate(ascending)}
                self.entries = list(map(add, self.entries, map(places.__getitem__, column)))
                weight *= len(texts)

    def member(self, entry: int) -> int:
        """The index of the application an entry belongs to."""
        return self.n - 1 - entry % self.n

    def is_free(self, entry: int) -> bool:
        """Whether no tie order places the entry among its equals."""
        return entry // self.n % self.width == self.width - 1

    def position(self, entry: int) -> int:
        """1 + those listed with higher merit."""
        end = (entry // self.span + 1) * self.span - 1
        return len(self.sorted_entries) - bisect_right(self.sorted_entries, end) + 1

    def listed(self, entries: list[int]) -> list[int]:
        """The entries by merit, tie order and number; of equals those no tie orders come last."""
        if self.width == 1:
            return sorted(entries, reverse=True)
        return sorted(entries, key=self._place, reverse=True)

    def ranks(self) -> list[int]:
        """Where in `members` the first of the list stands, where the second, and so on."""
        entries = self.entries
        keys = entries if self.width == 1 else list(map(self._place, entries))
        return sorted(range(len(entries)), key=keys.__getitem__, reverse=True)

    def positions(self) -> list[int]:
        """Of all on the list, best first: 1 + those with higher merit."""
        groups = [entry // self.span for entry in reversed(self.sorted_entries)]
        positions = list(range(1, len(groups) + 1))
        for place, (above, group) in enumerate(pairwise(groups), start=1):
            if group == above:
                positions[place] = positions[place - 1]
        return positions

    def _place(self, entry: int) -> tuple[int, int, int]:
        order = entry // self.n % self.width
        return entry // self.span, -1 if order == self.width - 1 else order, entry % self.n


class Standings:
    """The lists of all pools of a run; applications are known by their index in the order of numbers.

    `chosen` (pools by index) and `entries` hold all choices, person after person; those of application `a`
    lie from `first[a]` to before `first[a + 1]`.
    """

    def __init__(self, inputs: RunInputs, choices: Choices | None = None) -> None:
        """`choices`: the layout of the inputs' applications, if it was made before."""
        choices = choices or Choices(inputs.applications)
        self.applications = choices.applications
        self.pools = sorted(inputs.pools, key=lambda pool: pool.id)
        self.pool_index = {pool.id: index for index, pool in enumerate(self.pools)}
        self.index = {application.no: a for a, application in enumerate(self.applications)}
        self.first = list(accumulate(choices.counts, initial=0))
        self.chosen = list(map(self.pool_index.__getitem__, choices.pools))
        ordered: list[dict[int, int]] = [{} for _ in self.pools]
        for tie in inputs.ties:
            placed = {self.index[no]: place for place, no in enumerate(tie.order)}
            ordered[self.pool_index[tie.pool]].update(placed)
        numbers = Millionths()
        self.lists = []
        for pool, order in zip(self.pools, ordered, strict=True):
            own = choices.by_pool.get(pool.id) or PoolChoices()
            self.lists.append(PoolList(own, len(self.applications), order, numbers))
        following = [iter(pool_list.entries) for pool_list in self.lists]
        self.entries = list(map(next, map(following.__getitem__, self.chosen)))

    def entry(self, a: int, pool: int) -> int | None:
        """The application's entry on a pool's list, None when it did not choose the pool."""
        first, end = self.first[a], self.first[a + 1]
        chosen = self.chosen[first:end]
        return self.entries[first + chosen.index(pool)] if pool in chosen else None

    def ranked(self, pool: int) -> list[tuple[int, int]]:
        """(position, application's index) of everybody on a pool's list, best first, equals in tie order."""
        pool_list = self.lists[pool]
        members = map(pool_list.members.__getitem__, pool_list.ranks())
        return list(zip(pool_list.positions(), members, strict=True))


class Millionths(dict[str, int]):
    """A merit's elements as whole numbers of millionths; most come many times."""

    def __missing__(self, text: str) -> int:
        whole, _, part = text.partition(".")
        number = self[text] = int(whole + part.ljust(6, "0"))
        return number
