"""Proofs that a change of one person's result takes no grant away, so that nobody need be allocated anew.

Only those who applied to a pool in the run (it took or refused them) can matter to it. Two proofs are used,
both for a run without open ties, of somebody whom no recorded order of equals names:

*Nothing moved.* In every pool the person applied to, the changed merit passes and meets nobody who applied
there. Every comparison the allocation made comes out as before, so the result is the same.

*A loss that reaches nobody.* The person stands at pool P and every merit of theirs is lower or as it was. P
has no quotas, and the person stays above all P refused; no better liked pool that still admits them has
quotas or anybody of exactly their merit. Then, whatever the order of equals, the result stays stable: P would
choose the same people again, and pools which refused the person refuse them the more. The applicants' best
stable result is no worse for anybody, so nobody applies where they did not apply before; P always has a
seat for the person, and better liked pools, where they are nobody's equal, take or refuse them for certain.
They end at P or better. (Others may change places, but only for the better. An order of equals that falls
away could upset that, so the proof is not used where others could join those in order, or the person would.)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from grants_app.rules.standings import Millionths

if TYPE_CHECKING:
    from grants_app.domain.ranking import RunApplication, RunInputs, RunResult

Key = tuple[int, ...]


class Spared:
    """Who applied where in one run, and which single changes its cutoffs prove harmless."""

    def __init__(self, inputs: RunInputs, result: RunResult) -> None:
        self._numbers = Millionths()
        self._final = result.final
        self._awarded = {award.application: award.pool for award in result.awards}
        self._choices = {one.no: [choice.pool for choice in one.choices] for one in inputs.applications}
        self._ordered = {no for tie in inputs.ties for no in tie.order}
        self._quotas = {pool.id for pool in inputs.pools if pool.quotas}
        self._refused = {reserve.pool: frozenset(reserve.applications) for reserve in result.reserve}
        placed = {placement.application for placement in inputs.placements}
        self._merits: dict[str, dict[str, Key]] = {}
        self._keys: dict[str, list[Key]] = {pool.id: [] for pool in inputs.pools}
        self._best_refused: dict[str, Key] = {}
        for application in inputs.applications:
            if application.no not in placed:
                self._note(application)
        for keys in self._keys.values():
            keys.sort()
        self._orders = self._ordered_merits(inputs)
        self._joinable = any(
            self._between(pool, key, key) > applied for (pool, key), applied in self._orders.items()
        )

    def _ordered_merits(self, inputs: RunInputs) -> Counter[tuple[str, Key]]:
        """The merits put in order, pool by pool, and how many of those in order applied there."""
        if not inputs.ties:
            return Counter()
        merits = {
            (one.no, choice.pool): self._key(choice.merit)
            for one in inputs.applications
            if one.no in self._ordered
            for choice in one.choices
        }
        orders: Counter[tuple[str, Key]] = Counter()
        for tie in inputs.ties:
            for no in tie.order:
                orders[tie.pool, merits[no, tie.pool]] += tie.pool in self._merits.get(no, {})
        return orders

    def _note(self, application: RunApplication) -> None:
        """Put the person among those who applied to each pool that took or refused them."""
        no = application.no
        mine = self._merits[no] = {}
        for choice in application.choices:
            refused = no in self._refused[choice.pool]
            if refused or self._awarded.get(no) == choice.pool:
                key = mine[choice.pool] = self._key(choice.merit)
                self._keys[choice.pool].append(key)
                if refused and key > self._best_refused.get(choice.pool, ()):
                    self._best_refused[choice.pool] = key

    def proves(self, changed: RunApplication, *, lowers: bool) -> bool:
        """Whether the change is proved to take no grant away: nobody's, or with `lowers` the person's own."""
        if not self._final or changed.no in self._ordered:
            return False
        had = self._merits.get(changed.no, {})
        has = {choice.pool: self._key(choice.merit) for choice in changed.choices}
        if self._choices[changed.no] == list(has) and all(
            self._between(pool, key, has[pool]) == 1 for pool, key in had.items()
        ):
            return True
        pool = self._awarded.get(changed.no, "")
        return lowers and pool in had and self._keeps(pool, had, has)

    def _keeps(self, pool: str, had: dict[str, Key], has: dict[str, Key]) -> bool:
        if self._joinable or any((other, key) in self._orders for other, key in has.items()):
            return False
        lowest = self._best_refused.get(pool, ())
        if pool not in has or pool in self._quotas or not lowest < has[pool] <= had[pool]:
            return False
        for better, key in had.items():
            mine = has.get(better)
            if better == pool or mine is None:
                continue
            own = 1 if mine == key else 0
            if mine > key or better in self._quotas or self._between(better, mine, mine) > own:
                return False
        pools = list(has)
        return had.keys() >= set(pools[: pools.index(pool)])

    def _between(self, pool: str, one: Key, other: Key) -> int:
        """How many who applied to the pool have a merit from one to the other, both included."""
        low, high = min(one, other), max(one, other)
        keys = self._keys[pool]
        return bisect_right(keys, high) - bisect_left(keys, low)

    def _key(self, merit: tuple[str, ...]) -> Key:
        return tuple(map(self._numbers.__getitem__, merit))
