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
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.ranking import RunApplication, RunInputs


class PoolList:
    """The list of one pool: `entries` of those who chose it, in the order of their numbers."""

    __slots__ = ("entries", "n", "sorted_entries", "span", "width")

    def __init__(self, members: list[int], keys: list[int], n: int, ordered: dict[int, int]) -> None:
        self.n = n
        self.width = width = max(ordered.values()) + 2 if ordered else 1
        self.span = width * n  # entries of one merit lie in one span
        last = n - 1
        if ordered:
            free = width - 1
            self.entries = [
                (key * width + free - 1 - ordered[a] if a in ordered else key * width + free) * n + last - a
                for key, a in zip(keys, members, strict=True)
            ]
        else:
            self.entries = [key * n + last - a for key, a in zip(keys, members, strict=True)]
        self.sorted_entries = sorted(self.entries)

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

    def _place(self, entry: int) -> tuple[int, int, int]:
        order = entry // self.n % self.width
        return entry // self.span, -1 if order == self.width - 1 else order, entry % self.n

    @property
    def strict(self) -> bool:
        """Whether everybody's place among all others is certain: no two equals, or a tie orders them all."""
        sizes = Counter([entry // self.span for entry in self.entries])
        if len(sizes) == len(self.entries):
            return True
        return self.width > 1 and not any(
            self.is_free(entry) and sizes[entry // self.span] > 1 for entry in self.entries
        )


class Standings:
    """The lists of all pools of a run; applications are known by their index in the order of numbers."""

    def __init__(self, inputs: RunInputs) -> None:
        self.applications: list[RunApplication] = sorted(inputs.applications, key=_number)
        self.pools = sorted(inputs.pools, key=lambda pool: pool.id)
        self.pool_index = {pool.id: index for index, pool in enumerate(self.pools)}
        self.index = {application.no: a for a, application in enumerate(self.applications)}
        members: list[list[int]] = [[] for _ in self.pools]
        merits: list[list[tuple[str, ...]]] = [[] for _ in self.pools]
        index = self.pool_index
        self.chosen = [
            [index[choice.pool] for choice in application.choices] for application in self.applications
        ]
        for a, (application, pools) in enumerate(zip(self.applications, self.chosen, strict=True)):
            for pool, choice in zip(pools, application.choices, strict=True):
                members[pool].append(a)
                merits[pool].append(choice.merit)
        ordered: list[dict[int, int]] = [{} for _ in self.pools]
        for tie in inputs.ties:
            ordered[index[tie.pool]].update({self.index[no]: place for place, no in enumerate(tie.order)})
        self.lists = []
        for pool in range(len(self.pools)):
            keys = merit_keys(merits[pool])
            merits[pool] = []  # a million applications' tuples are not kept twice
            self.lists.append(PoolList(members[pool], keys, len(self.applications), ordered[pool]))
        following = [iter(pool_list.entries).__next__ for pool_list in self.lists]
        self.entries = [[following[pool]() for pool in pools] for pools in self.chosen]

    def ranked(self, pool: int) -> list[tuple[int, int]]:
        """(position, application's index) of everybody on a pool's list, best first, equals in tie order."""
        pool_list, ranked, position, group = self.lists[pool], [], 0, -1
        for place, entry in enumerate(pool_list.listed(pool_list.entries), start=1):
            if entry // pool_list.span != group:
                group, position = entry // pool_list.span, place
            ranked.append((position, pool_list.member(entry)))
        return ranked


def merit_keys(merits: Sequence[tuple[str, ...]]) -> list[int]:
    """One integer per merit, the higher the merit the larger, equal for equal merits only."""
    keys = [0] * len(merits)
    for column in zip(*merits, strict=True):
        values = sorted(set(column), key=millionths)
        if len(values) > 1:
            places = {text: place for place, text in enumerate(values)}
            size = len(values)
            keys = [key * size + places[text] for key, text in zip(keys, column, strict=True)]
    return keys


def millionths(text: str) -> int:
    """A merit's element as a whole number of millionths."""
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(6, "0"))


def _number(application: RunApplication) -> str:
    return application.no
