"""Who gets which seat: deferred acceptance, applicants proposing, as the contract of the run file says.

It knows a run's inputs and nothing else: no rule set, no names, no clock. A pool refuses only whom it would
refuse under every order of its free equals; where such orders matter, the tie is left open.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from heapq import heappush, heappushpop
from itertools import groupby
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import (
    OPEN,
    PLACEMENT,
    OpenTie,
    ReserveList,
    RunAward,
    RunResult,
)
from grants_app.rules.blocks import PoolBlocks, Shape
from grants_app.rules.orders import Group, Weighing, weigh
from grants_app.rules.run_checks import check_inputs
from grants_app.rules.standings import Standings

if TYPE_CHECKING:
    from grants_app.domain.ranking import RunInputs
    from grants_app.rules.standings import PoolList


def allocate(inputs: RunInputs) -> RunResult:
    """The result of a run. Refused when the inputs break the contract, or a holder would lose their seat."""
    check_inputs(inputs)
    return allocate_checked(inputs)


def allocate_checked(inputs: RunInputs, standings: Standings | None = None) -> RunResult:
    """The result of inputs that passed `check_inputs`; `standings` if they were made before."""
    contest = Contest(inputs, standings or Standings(inputs))
    contest.settle()
    return contest.result()


class Contest:
    """One run under way: each application's next choice, and who stands at each pool."""

    def __init__(self, inputs: RunInputs, standings: Standings) -> None:
        self._inputs = inputs
        self._standings = standings
        self._n = len(standings.applications)
        placed = {pool.id: Counter[str]() for pool in standings.pools}
        for placement in inputs.placements:
            placed[placement.pool][placement.seat or OPEN] += 1
        self._shapes = [Shape(pool, placed[pool.id]) for pool in standings.pools]
        self._plain: list[list[int] | None] = []  # strict pools without quotas: just a heap
        self._blocks: list[PoolBlocks | None] = []
        for shape, pool_list in zip(self._shapes, standings.lists, strict=True):
            plain = not shape.quotas and pool_list.strict
            self._plain.append([] if plain else None)
            self._blocks.append(None if plain else self._pool_blocks(shape, pool_list))
        self._refused: list[list[int]] = [[] for _ in standings.pools]
        self._next = [0] * self._n
        self._chosen = standings.chosen
        self._entries = standings.entries
        self._weighings: dict[int, Weighing] = {}
        self._set_aside: set[int] = set()
        self._holders: dict[int, str] = {}
        self._cut_choices()

    def _pool_blocks(self, shape: Shape, pool_list: PoolList) -> PoolBlocks:
        kinds = {}
        if shape.quotas:
            applications = self._standings.applications
            for entry in pool_list.entries:
                member = pool_list.member(entry)
                if applications[member].grounds:
                    kinds[member] = shape.kind(applications[member].grounds)
        return PoolBlocks(shape, pool_list, kinds)

    def _cut_choices(self) -> None:
        """Placed and out compete nowhere; a hold drops what is below it, and above unless upgrading."""
        index = self._standings.index
        self._set_aside = {index[placement.application] for placement in self._inputs.placements}
        self._set_aside |= {index[out.application] for out in self._inputs.out}
        if self._set_aside or self._inputs.holds:
            self._chosen, self._entries = list(self._chosen), list(self._entries)
        for a in self._set_aside:
            self._chosen[a] = self._entries[a] = []
        for hold in self._inputs.holds:
            a = index[hold.application]
            at = self._chosen[a].index(self._standings.pool_index[hold.pool])
            keep = slice(0 if hold.upgrade else at, at + 1)
            self._chosen[a], self._entries[a] = self._chosen[a][keep], self._entries[a][keep]
            self._holders[a] = hold.pool

    def settle(self) -> None:
        """Let everybody propose until nobody more can be refused."""
        waiting = list(range(self._n))
        while waiting:
            self._propose(waiting)
            waiting = self._refuse_by_orders()
        for a, pool in self._holders.items():
            if self._next[a] == len(self._chosen[a]):
                no = self._standings.applications[a].no
                raise Refused("run_hold_refused", application=no, pool=pool)

    def _propose(self, waiting: list[int]) -> None:
        """Let the waiting, and whom they displace, propose down their lists."""
        chosen, entries, following = self._chosen, self._entries, self._next
        plain, refused, n = self._plain, self._refused, self._n
        seats = [shape.base for shape in self._shapes]
        while waiting:
            a = waiting.pop()
            at = following[a]
            if at == len(chosen[a]):
                continue
            pool, entry = chosen[a][at], entries[a][at]
            heap = plain[pool]
            if heap is None:
                sent = self._at_blocks(pool, entry)
            elif len(heap) < seats[pool]:
                heappush(heap, entry)
                continue
            else:
                sent = [heappushpop(heap, entry)]
            for one in sent:
                refused[pool].append(one)
                loser = n - 1 - one % n
                following[loser] += 1
                waiting.append(loser)

    def _at_blocks(self, pool: int, entry: int) -> list[int]:
        blocks = self._blocks[pool]
        assert blocks is not None, "a pool is plain or has blocks"  # noqa: S101 - narrows for mypy only
        return blocks.propose(entry)

    def _refuse_by_orders(self) -> list[int]:
        """Refuse whom every order of equals refuses, where a tie crosses a last seat; who goes on."""
        going_on = []
        self._weighings = {}
        for pool, blocks in enumerate(self._blocks):
            if blocks is None or blocks.settled:
                continue
            standing = blocks.standing()
            weighing = weigh(blocks.shape, self._groups(blocks, standing))
            staying = [entry for entry in standing if entry in weighing.sometimes]
            if len(staying) == len(standing):
                if len(weighing.always) < len(standing):
                    self._weighings[pool] = weighing
                continue
            gone = [entry for entry in standing if entry not in weighing.sometimes]
            gone += blocks.restart(staying)
            self._refused[pool] += gone
            for entry in gone:
                loser = blocks.pool_list.member(entry)
                self._next[loser] += 1
                going_on.append(loser)
        return going_on

    @staticmethod
    def _groups(blocks: PoolBlocks, standing: list[int]) -> list[Group]:
        """Those standing, group of equals by group, best first."""
        pool_list = blocks.pool_list
        groups = []
        for _, equals in groupby(standing, key=lambda entry: entry // pool_list.span):
            pairs = [(entry, blocks.kinds.get(pool_list.member(entry), ())) for entry in equals]
            free = tuple(pair for pair in pairs if pool_list.is_free(pair[0]))
            ordered = tuple(pair for pair in pairs if not pool_list.is_free(pair[0]))
            groups.append(Group(ordered=ordered, free=free))
        return groups

    # ---- the result ------------------------------------------------------------------------------------

    def result(self) -> RunResult:
        """The settled result as the run file writes it."""
        standings = self._standings
        numbers = [application.no for application in standings.applications]
        awards, contested = self._placed(), set()
        for pool, shape in enumerate(self._shapes):
            standing = self._standing(pool)
            weighing = self._weighings.get(pool)
            labels = self._labels(pool, shape, standing)
            for entry in standing:
                if weighing and entry not in weighing.always:
                    contested.add(standings.lists[pool].member(entry))
                    continue
                awards.append(self._award(pool, entry, labels.get(entry, OPEN)))
        awards.sort(key=lambda award: award.application)
        awarded = {award.application for award in awards}
        return RunResult(
            awards=tuple(awards),
            reserve=tuple(self._reserve(pool, numbers) for pool in range(len(self._shapes))),
            not_awarded=tuple(no for a, no in enumerate(numbers) if no not in awarded and a not in contested),
            open_ties=tuple(
                tie for pool in sorted(self._weighings) for tie in self._open_ties(pool, numbers)
            ),
        )

    def _standing(self, pool: int) -> list[int]:
        heap, blocks = self._plain[pool], self._blocks[pool]
        if blocks is not None:
            return blocks.standing()
        return heap or []

    def _award(self, pool: int, entry: int, seat: str) -> RunAward:
        pool_list = self._standings.lists[pool]
        return RunAward(
            application=self._standings.applications[pool_list.member(entry)].no,
            pool=self._standings.pools[pool].id,
            seat=seat,
            position=pool_list.position(entry),
        )

    def _placed(self) -> list[RunAward]:
        """Awards of those placed by hand; their position is None when they did not choose the pool."""
        standings, awards = self._standings, []
        for placement in self._inputs.placements:
            a, pool = standings.index[placement.application], standings.pool_index[placement.pool]
            position = None
            if pool in standings.chosen[a]:
                entry = standings.entries[a][standings.chosen[a].index(pool)]
                position = standings.lists[pool].position(entry)
            awards.append(
                RunAward(
                    application=placement.application, pool=placement.pool, seat=PLACEMENT, position=position
                )
            )
        return awards

    def _labels(self, pool: int, shape: Shape, standing: list[int]) -> dict[int, str]:
        """On which quota each of those standing sits; equals in tie order, then by SHA-256 of the number."""
        if not shape.quotas:
            return {}
        blocks, applications = self._blocks[pool], self._standings.applications
        assert blocks is not None, "a pool with quotas has blocks"  # noqa: S101 - narrows for mypy only
        pool_list = blocks.pool_list

        def place(entry: int) -> tuple[int, bool, int, str]:
            free = pool_list.is_free(entry)
            number = applications[pool_list.member(entry)].no
            drawn = hashlib.sha256(number.encode()).hexdigest()
            return -(entry // pool_list.span), free, 0 if free else -entry, drawn

        labels = {}
        first, left = shape.first, list(shape.quotas)
        for entry in sorted(standing, key=place):
            if first:
                first -= 1
                continue
            for quota in blocks.kinds.get(pool_list.member(entry), ()):
                if left[quota]:
                    left[quota] -= 1
                    labels[entry] = shape.grounds[quota]
                    break
        return labels

    def _reserve(self, pool: int, numbers: list[str]) -> ReserveList:
        pool_list = self._standings.lists[pool]
        listed = pool_list.listed(self._refused[pool])
        last, n = self._n - 1, self._n
        return ReserveList(
            pool=self._standings.pools[pool].id,
            applications=tuple([numbers[last - entry % n] for entry in listed]),
        )

    def _open_ties(self, pool: int, numbers: list[str]) -> list[OpenTie]:
        """Every group not wholly ordered with somebody contested; if none, every group not wholly ordered."""
        blocks, weighing = self._blocks[pool], self._weighings[pool]
        assert blocks is not None, "only pools with blocks are weighed"  # noqa: S101 - narrows for mypy only
        undecided = [
            [entry for entry, _ in (*group.ordered, *group.free)]
            for group in self._groups(blocks, blocks.standing())
            if group.free and group.size > 1
        ]
        contested = [group for group in undecided if not weighing.always.issuperset(group)]
        ties = [
            OpenTie(
                pool=self._standings.pools[pool].id,
                applications=tuple(sorted(numbers[blocks.pool_list.member(entry)] for entry in group)),
                seats_at_stake=weighing.most - len(weighing.always),
            )
            for group in contested or undecided
        ]
        return sorted(ties, key=lambda tie: tie.applications)
