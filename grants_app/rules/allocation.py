"""Who gets which seat: deferred acceptance, applicants proposing, as the contract of the run file says.

It knows a run's inputs and nothing else: no rule set, no names, no clock. A pool refuses only whom it would
refuse under every order of its free equals; where such orders matter, the tie is left open.
"""

from __future__ import annotations

import hashlib
from collections import Counter
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
from grants_app.domain.stopping import breathe
from grants_app.rules.blocks import OpenSeats, PoolBlocks, Shape
from grants_app.rules.choices import Choices
from grants_app.rules.orders import Group, Weighing, weigh
from grants_app.rules.run_checks import check_inputs
from grants_app.rules.standings import Standings

if TYPE_CHECKING:
    from grants_app.domain.ranking import RunInputs
    from grants_app.rules.standings import PoolList


def allocate(inputs: RunInputs) -> RunResult:
    """The result of a run. Refused when the inputs break the contract, or a holder would lose their seat."""
    return allocate_checked(inputs, checked_standings(inputs))


def checked_standings(inputs: RunInputs) -> Standings:
    """The lists of all pools of a run; Refused when the inputs break the contract."""
    choices = Choices(inputs.applications)
    check_inputs(inputs, choices)
    return Standings(inputs, choices)


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
        self._seats = [
            self._pool_blocks(shape, pool_list) if shape.quotas else OpenSeats(shape, pool_list)
            for shape, pool_list in zip(self._shapes, standings.lists, strict=True)
        ]
        self._refused: list[list[int]] = [[] for _ in standings.pools]
        self._next = standings.first[:-1]  # where everybody's next choice stands among all choices
        self._end = standings.first[1:]
        self._weighings: dict[int, Weighing] = {}
        self._holders: dict[int, str] = {}
        self._cut_choices()

    def _pool_blocks(self, shape: Shape, pool_list: PoolList) -> PoolBlocks:
        kinds = {}
        applications = self._standings.applications
        for entry in pool_list.entries:
            member = pool_list.member(entry)
            if applications[member].grounds:
                kinds[member] = shape.kind(applications[member].grounds)
        return PoolBlocks(shape, pool_list, kinds)

    def _cut_choices(self) -> None:
        """Placed and out compete nowhere; a hold drops what is below it, and above unless upgrading."""
        index, chosen = self._standings.index, self._standings.chosen
        set_aside = {placement.application for placement in self._inputs.placements}
        set_aside |= {out.application for out in self._inputs.out}
        for no in set_aside:
            self._end[index[no]] = self._next[index[no]]
        for hold in self._inputs.holds:
            a = index[hold.application]
            at = chosen.index(self._standings.pool_index[hold.pool], self._next[a])
            self._end[a] = at + 1
            if not hold.upgrade:
                self._next[a] = at
            self._holders[a] = hold.pool

    def settle(self) -> None:
        """Let everybody propose until nobody more can be refused."""
        waiting = list(range(self._n))
        while waiting:
            self._propose(waiting)
            waiting = self._refuse_by_orders()
        for a, pool in self._holders.items():
            if self._next[a] == self._end[a]:
                no = self._standings.applications[a].no
                raise Refused("run_hold_refused", application=no, pool=pool)

    def _propose(self, waiting: list[int]) -> None:
        """Let the waiting propose to their next choices, then those refused to theirs, round by round."""
        chosen, entries = self._standings.chosen, self._standings.entries
        following, end = self._next, self._end
        while waiting:
            breathe()
            arriving: list[list[int]] = [[] for _ in self._seats]
            for a in waiting:
                at = following[a]
                if at < end[a]:
                    arriving[chosen[at]].append(entries[at])
            waiting = []
            for pool, arrived in enumerate(arriving):
                if arrived:
                    waiting += self._sent_away(pool, self._seats[pool].propose(arrived))

    def _sent_away(self, pool: int, refused: list[int]) -> list[int]:
        """Note whom a pool refused for good; who they are, each now at their next choice."""
        self._refused[pool] += refused
        last, n, following = self._n - 1, self._n, self._next
        losers = [last - entry % n for entry in refused]
        for a in losers:
            following[a] += 1
        return losers

    def _refuse_by_orders(self) -> list[int]:
        """Refuse whom every order of equals refuses, where a tie crosses a last seat; who goes on."""
        going_on: list[int] = []
        self._weighings = {}
        for pool, blocks in enumerate(self._seats):
            if blocks.settled:
                continue
            standing = blocks.standing()
            weighing = weigh(blocks.shape, self._groups(blocks, standing))
            staying = [entry for entry in standing if entry in weighing.sometimes]
            if isinstance(blocks, OpenSeats) or len(staying) == len(standing):
                if len(weighing.always) < len(standing):
                    self._weighings[pool] = weighing
                continue
            gone = [entry for entry in standing if entry not in weighing.sometimes]
            going_on += self._sent_away(pool, gone + blocks.restart(staying))
        return going_on

    @staticmethod
    def _groups(blocks: PoolBlocks | OpenSeats, standing: list[int]) -> list[Group]:
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
            standing = self._seats[pool].standing()
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
            entry = standings.entry(a, pool)
            position = None if entry is None else standings.lists[pool].position(entry)
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
        kinds, applications = self._seats[pool].kinds, self._standings.applications
        pool_list = self._standings.lists[pool]

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
            for quota in kinds.get(pool_list.member(entry), ()):
                if left[quota]:
                    left[quota] -= 1
                    labels[entry] = shape.grounds[quota]
                    break
        return labels

    def _reserve(self, pool: int, numbers: list[str]) -> ReserveList:
        listed = self._standings.lists[pool].listed(self._refused[pool])
        last, n = self._n - 1, self._n
        return ReserveList(
            pool=self._standings.pools[pool].id,
            applications=tuple([numbers[last - entry % n] for entry in listed]),
        )

    def _open_ties(self, pool: int, numbers: list[str]) -> list[OpenTie]:
        """Every group not wholly ordered with somebody contested; if none, every group not wholly ordered."""
        blocks, weighing = self._seats[pool], self._weighings[pool]
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
