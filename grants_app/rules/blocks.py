"""Who stands at a pool, seat block by seat block; it refuses nobody whom some order of equals would take.

A pool without quotas is one block. Else quota by quota and the open seats are blocks of it: each person
stands at the first of their blocks that has not refused them, which is the pool's choice by the contract
wherever no tie crosses a block's last seat. A block refuses only those with as many people *surely* before
them as it has seats; where a tie crosses a last seat, `orders` has the exact answer.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grants_app.domain.ranking import RunPool
    from grants_app.rules.standings import PoolList

_FEW = 8  # so few newcomers among those standing are put in their places one by one


class Shape:
    """A pool's blocks with the seats placements left: `first` open seats, the quotas, and what the rest gets.

    With quotas first, the rest gets the open seats and the leftovers of `open` quotas; with open seats
    first, these go before the quotas and the rest gets the leftovers alone.
    """

    __slots__ = ("base", "first", "grounds", "opens", "quotas")

    def __init__(self, pool: RunPool, placed: Mapping[str, int]) -> None:
        self.grounds = tuple(quota.ground for quota in pool.quotas)
        self.quotas = tuple(quota.seats - placed.get(quota.ground, 0) for quota in pool.quotas)
        self.opens = tuple(quota.unused == "open" for quota in pool.quotas)
        seats = pool.seats - sum(quota.seats for quota in pool.quotas) - placed.get("open", 0)
        self.first = seats if pool.order == "open_first" and pool.quotas else 0
        self.base = seats - self.first

    def kind(self, grounds: Iterable[str]) -> tuple[int, ...]:
        """The quotas, by their place in the pool, somebody with these grounds may have a seat of."""
        held = frozenset(grounds)
        return tuple(j for j, ground in enumerate(self.grounds) if ground in held)

    def leftover(self, left: Iterable[int]) -> int:
        """The seats the rest gets when the quotas have so many left."""
        return self.base + sum(seats for seats, opens in zip(left, self.opens, strict=True) if opens)


class OpenSeats:
    """A pool without quotas: who stands there is one list, the worst first.

    It sends away all whom every order of equals refuses, so that `orders` need not look for more.
    """

    def __init__(self, shape: Shape, pool_list: PoolList) -> None:
        self.shape = shape
        self.pool_list = pool_list
        self.kinds: Mapping[int, tuple[int, ...]] = {}  # without quotas, none may have a seat of one
        self._standing: list[int] = []

    def propose(self, arriving: Sequence[int]) -> list[int]:
        """Let these stand at the pool too; whom it sends away for good."""
        standing = self._standing
        if len(arriving) * _FEW < len(standing):
            for entry in arriving:
                insort(standing, entry)
        else:
            standing += arriving
            standing.sort()
        sent = standing[: self._surely_refused()]
        del standing[: len(sent)]
        return sent

    def _surely_refused(self) -> int:
        """How many of the worst have as many people surely before them as there are seats."""
        standing, pool_list = self._standing, self.pool_list
        excess = len(standing) - self.shape.base
        if excess <= 0:
            return 0
        if excess == len(standing):
            return excess
        group = standing[excess] // pool_list.span * pool_list.span  # whose equals the last seat is among
        below = bisect_left(standing, group)
        first_free = bisect_left(standing, group + (pool_list.width - 1) * pool_list.n)
        free = bisect_left(standing, group + pool_list.span) - first_free
        return max(below, min(first_free, excess - free))

    def standing(self) -> list[int]:
        """The entries standing here, best first."""
        return self._standing[::-1]

    @property
    def settled(self) -> bool:
        """Whether every order of equals takes all who stand here."""
        return len(self._standing) <= self.shape.base


class Block:
    """Some seats of one kind and the entries standing at them, the worst on top."""

    __slots__ = ("_free", "_list", "heap", "seats")

    def __init__(self, seats: int, pool_list: PoolList) -> None:
        self.seats = seats
        self.heap: list[int] = []
        self._list = pool_list
        self._free: dict[int, int] = {}  # how many free equals stand here, by merit

    def add(self, entry: int) -> None:
        """Let one more stand here."""
        heappush(self.heap, entry)
        if self._list.is_free(entry):
            group = entry // self._list.span
            self._free[group] = self._free.get(group, 0) + 1

    def overflow(self) -> list[int]:
        """Send away those with as many surely before them as there are seats."""
        sent = []
        heap, free, pool_list = self.heap, self._free, self._list
        while len(heap) > self.seats:
            worst = heap[0]
            group = worst // pool_list.span
            equals = free.get(group, 0)
            is_free = pool_list.is_free(worst)
            if len(heap) - (equals if is_free else equals + 1) < self.seats:
                break
            sent.append(heappop(heap))
            if is_free:
                free[group] = equals - 1
        return sent


class PoolBlocks:
    """One pool's blocks in the order people with their grounds try them."""

    def __init__(self, shape: Shape, pool_list: PoolList, kinds: Mapping[int, tuple[int, ...]]) -> None:
        """`kinds`: the quotas each member (by index) may try; nobody else may."""
        self.shape = shape
        self.pool_list = pool_list
        self.kinds = kinds
        self._paths: dict[tuple[int, ...], list[Block]] = {}
        self._tried: dict[int, int] = {}
        self._set_up()

    def _set_up(self) -> None:
        shape = self.shape
        self._first = Block(shape.first, self.pool_list)
        self._quotas = [Block(seats, self.pool_list) for seats in shape.quotas]
        self._rest = Block(shape.leftover(shape.quotas), self.pool_list)
        self._open_quotas = {id(b) for b, opens in zip(self._quotas, shape.opens, strict=True) if opens}
        self._paths.clear()
        self._tried.clear()

    def _path(self, entry: int) -> list[Block]:
        kind = self.kinds.get(self.pool_list.member(entry), ())
        path = self._paths.get(kind)
        if path is None:
            first = [self._first] if self.shape.first else []
            path = self._paths[kind] = [*first, *(self._quotas[j] for j in kind), self._rest]
        return path

    def propose(self, arriving: Iterable[int]) -> list[int]:
        """Let these stand at the pool too; whom it sends away for good."""
        return [refused for entry in arriving for refused in self._let_in(entry)]

    def _let_in(self, entry: int) -> list[int]:
        refused = []
        moving = [entry]
        tried = self._tried
        while moving:
            one = moving.pop()
            path, at = self._path(one), tried.get(one, 0)
            if at == len(path):
                refused.append(one)
                continue
            block = path[at]
            block.add(one)
            if id(block) in self._open_quotas and len(block.heap) <= block.seats:
                self._rest.seats -= 1
                moving += self._sent(self._rest)
            moving += self._sent(block)
        return refused

    def _sent(self, block: Block) -> list[int]:
        sent = block.overflow()
        for one in sent:
            self._tried[one] = self._tried.get(one, 0) + 1
        return sent

    def restart(self, standing: Iterable[int]) -> list[int]:
        """Begin again with these alone; whom the blocks send away even so."""
        self._set_up()
        return self.propose(standing)

    @property
    def blocks(self) -> list[Block]:
        """All blocks."""
        return [self._first, *self._quotas, self._rest]

    def standing(self) -> list[int]:
        """The entries standing here, best first."""
        return sorted((entry for block in self.blocks for entry in block.heap), reverse=True)

    @property
    def settled(self) -> bool:
        """Whether every order of equals takes all who stand here: no block has more people than seats."""
        return all(len(block.heap) <= block.seats for block in self.blocks)
