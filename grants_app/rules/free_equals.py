"""In which ways free equals can fill a pool's blocks, over all their orders; found without trying orders.

Whatever the order, some blocks run full one after another and others stay open. Fix which run full, in which
sequence. Then somebody may end in a block only if all blocks they try before it ran full earlier; who finds
none of the full ones ends in the first block of theirs that stays open, or in the rest. Conversely any such
distribution that fills the full blocks exactly comes about in some order: first all who end in the first
full block, then those of the second, and so on. How many of each class of people (by where they end else) the
full blocks can hold is a polymatroid: a few inequalities (Hall's condition) say which numbers are possible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

State = tuple[int, ...]  # open seats that come first, then the seats left of each quota
Kind = tuple[int, ...]  # the quotas somebody may have a seat of, in the order they fill

_REST = -1


def free_after(start: State, counts: Mapping[Kind, int]) -> set[State]:
    """The states reachable from `start` by walking so many free equals of each kind, in any order."""
    supply: dict[tuple[int, ...], int] = {}
    for kind, count in counts.items():
        path = tuple(block for block in (0, *(quota + 1 for quota in kind)) if start[block])
        if path:
            supply[path] = supply.get(path, 0) + count
    if len(supply) < 2:  # noqa: PLR2004 - one kind alone has no orders
        return {_straight(start, supply)}
    blocks = sorted({block for path in supply for block in path})
    found: set[State] = set()
    seen: set[tuple[frozenset[int], tuple[tuple[int, ...], ...]]] = set()
    for size in range(len(blocks) + 1):
        for sequence in permutations(blocks, size):
            endings = tuple(_full_endings(path, sequence) for path in supply)
            key = (frozenset(sequence), endings)
            if key not in seen:
                seen.add(key)
                found.update(_Filling(start, supply, frozenset(sequence), endings).states())
    return found


def _straight(start: State, supply: Mapping[tuple[int, ...], int]) -> State:
    """The only state after people of one kind."""
    left = list(start)
    for path, count in supply.items():
        remaining = count
        for block in path:
            taken = min(left[block], remaining)
            left[block] -= taken
            remaining -= taken
    return tuple(left)


def _full_endings(path: tuple[int, ...], sequence: tuple[int, ...]) -> tuple[int, ...]:
    """The full blocks somebody with this path may end in: each ran full later than all before it."""
    endings, latest = [], -1
    for block in path:
        if block not in sequence:
            break
        when = sequence.index(block)
        if when > latest:
            endings.append(block)
            latest = when
    return tuple(endings)


@dataclass(frozen=True, slots=True)
class _Filling:
    """One choice of the blocks that run full, with who may end in them."""

    start: State
    supply: Mapping[tuple[int, ...], int]
    full: frozenset[int]
    endings: tuple[tuple[int, ...], ...]

    def states(self) -> Iterator[State]:
        """The states in which exactly these blocks are full."""
        ends = [next((b for b in path if b not in self.full), _REST) for path in self.supply]
        classes = sorted(set(ends))
        total = {
            c: sum(n for n, end in zip(self.supply.values(), ends, strict=True) if end == c) for c in classes
        }
        seats = sum(self.start[block] for block in self.full)
        hold = {
            chosen: self._most_held([end in chosen for end in ends])
            for size in range(1, len(classes) + 1)
            for chosen in combinations(classes, size)
        }
        if hold.get(tuple(classes), 0) != seats:
            return
        staying = [c for c in classes if c != _REST]
        ranges = []
        for c in staying:
            others = tuple(other for other in classes if other != c)
            least = max(seats - hold.get(others, 0), total[c] - self.start[c] + 1, 0)
            ranges.append(range(least, hold[c,] + 1))
        for used in product(*ranges):
            held = dict(zip(staying, used, strict=True))
            if _REST in total:
                held[_REST] = seats - sum(used)
            if sum(held.values()) == seats and all(
                0 <= sum(held[c] for c in chosen) <= most for chosen, most in hold.items()
            ):
                yield self._state({c: total[c] - held[c] for c in staying})

    def _most_held(self, chosen: list[bool]) -> int:
        """How many of the chosen people the full blocks hold at most (the least cut)."""
        people = [
            (frozenset(ending), count)
            for ending, count, takes_part in zip(self.endings, self.supply.values(), chosen, strict=True)
            if takes_part
        ]
        return min(
            sum(self.start[block] for block in cut)
            + sum(count for ending, count in people if not ending.issubset(cut))
            for size in range(len(self.full) + 1)
            for cut in combinations(self.full, size)
        )

    def _state(self, loads: Mapping[int, int]) -> State:
        return tuple(
            0 if block in self.full else left - loads.get(block, 0) for block, left in enumerate(self.start)
        )
