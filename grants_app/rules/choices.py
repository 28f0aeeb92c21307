"""Everybody's choices laid out pool by pool, their merits column by column; it takes them as they come.

It checks nothing and ranks nothing: the checks and the lists of a run both work on this one layout.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, repeat
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grants_app.domain.ranking import RunApplication


class PoolChoices:
    """Who chose one pool, as indices of applications in the order of their numbers, each with their merit."""

    __slots__ = ("_columns", "_values", "members", "merits")

    def __init__(self) -> None:
        self.members: list[int] = []
        self.merits: list[tuple[str, ...]] = []
        self._columns: list[list[str]] | None = None
        self._values: list[set[str]] | None = None

    def columns(self) -> list[list[str]]:
        """The merits, all of one length, element by element: everybody's first, their second, and so on.

        Picked one by one: to unzip a hundred thousand tuples takes as many iterators at a time.
        """
        if self._columns is None:
            length = len(self.merits[0]) if self.merits else 0
            self._columns = [list(map(itemgetter(place), self.merits)) for place in range(length)]
        return self._columns

    def values(self) -> list[set[str]]:
        """The different texts of each column."""
        if self._values is None:
            self._values = [set(column) for column in self.columns()]
        return self._values

    def forget_columns(self) -> None:
        """Keep members and merits only: a million applications' merits need not be held twice."""
        self._columns, self._values = None, None

    def texts(self) -> set[str]:
        """The different texts of all columns."""
        return set().union(*self.values())


class Choices:
    """The choices of all applications, these in the order of their numbers, best liked first.

    `pools` is one list of all choices' pools, person after person; `counts` says how many are whose.
    """

    def __init__(self, applications: Iterable[RunApplication]) -> None:
        self.applications = sorted(applications, key=attrgetter("no"))
        lists = [application.choices for application in self.applications]
        self.counts = list(map(len, lists))
        self.pools = [choice.pool for choice in chain.from_iterable(lists)]
        self.by_pool: dict[str, PoolChoices] = defaultdict(PoolChoices)
        owners = chain.from_iterable(map(repeat, range(len(lists)), self.counts))
        for a, choice in zip(owners, chain.from_iterable(lists), strict=True):
            pool = self.by_pool[choice.pool]
            pool.members.append(a)
            pool.merits.append(choice.merit)
