"""Whom a pool takes under every order of its free equals, and under some; exact, without trying the orders.

People are walked best first, group of equals by group, keeping the reachable states: seats left per block.
Who finds no seat of a block that is theirs joins the rest, who get the open seats and leftovers at the
end; how many joined it follows from the state and the number of people walked. For a free person two orders
decide, first among the equals and last: moving up alone never hurts. Who is ordered cannot move past those
ordered beside them, so for them it is also tried which free ones come before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from grants_app.rules.free_equals import Kind, State, free_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grants_app.rules.blocks import Shape


@dataclass(frozen=True, slots=True)
class Group:
    """Equals: those a tie orders, best first, and the free ones; (entry, kind) each."""

    ordered: tuple[tuple[int, Kind], ...]
    free: tuple[tuple[int, Kind], ...]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.ordered) + len(self.free)


@dataclass(frozen=True, slots=True)
class Weighing:
    """Entries taken under every order, under some, and the most people any order takes."""

    always: frozenset[int]
    sometimes: frozenset[int]
    most: int


def weigh(shape: Shape, groups: Sequence[Group]) -> Weighing:
    """Whom the pool takes of these groups of equals (best first)."""
    return _Walk(shape, groups).weighing()


class _Walk:
    """The states before and after each group, and the least and most the rest may get from each."""

    def __init__(self, shape: Shape, groups: Sequence[Group]) -> None:
        self._shape = shape
        self._groups = groups
        self._start: State = (shape.first, *shape.quotas)
        self._seats = sum(self._start)
        self._reached: list[list[State]] = [[self._start]]
        following: list[dict[State, set[State]]] = []
        for group in groups:
            steps = {state: _group_after(state, group) for state in self._reached[-1]}
            following.append(steps)
            self._reached.append(sorted(set().union(*steps.values())))
        rest = {state: shape.leftover(state[1:]) for state in self._reached[-1]}
        self._least, self._most = [rest], [rest]
        for steps in reversed(following):
            least, most = self._least[-1], self._most[-1]
            self._least.append({s: min(least[t] for t in after) for s, after in steps.items()})
            self._most.append({s: max(most[t] for t in after) for s, after in steps.items()})
        self._least.reverse()
        self._most.reverse()

    def weighing(self) -> Weighing:
        always: set[int] = set()
        sometimes: set[int] = set()
        walked = 0
        for number, group in enumerate(self._groups):
            if self._all_fit(number, walked + group.size):
                always.update(entry for entry, _ in (*group.ordered, *group.free))
                sometimes.update(entry for entry, _ in (*group.ordered, *group.free))
            else:
                self._weigh_free(number, walked, always, sometimes)
                self._weigh_ordered(number, walked, always, sometimes)
            walked += group.size
        return Weighing(frozenset(always), frozenset(sometimes), self._most_taken(walked))

    def _resting(self, state: State, walked: int) -> int:
        """How many of those walked found no seat of a block."""
        return walked - (self._seats - sum(state))

    def _all_fit(self, number: int, walked: int) -> bool:
        """Whether all in the rest after a group fit, whatever comes: then nobody of it is ever refused."""
        least = self._least[number + 1]
        return all(self._resting(state, walked) <= least[state] for state in self._reached[number + 1])

    def _weigh_free(self, number: int, walked: int, always: set[int], sometimes: set[int]) -> None:
        group = self._groups[number]
        taken: dict[Kind, tuple[bool, bool]] = {}
        for entry, kind in group.free:
            if kind not in taken:
                some = self._first_of_group(number, walked, kind)
                taken[kind] = some, some and not self._refused_last(number, walked, kind)
            some, every = taken[kind]
            if some:
                sometimes.add(entry)
            if every:
                always.add(entry)

    def _first_of_group(self, number: int, walked: int, kind: Kind) -> bool:
        most = self._most[number]
        return any(
            _seated(state, kind) is not None or self._resting(state, walked) < most[state]
            for state in self._reached[number]
        )

    def _refused_last(self, number: int, walked: int, kind: Kind) -> bool:
        group = self._groups[number]
        others = Counter(other for _, other in group.free)
        others[kind] -= 1
        ordered = tuple(other for _, other in group.ordered)
        least = self._least[number + 1]
        before = walked + group.size - 1
        return any(
            _seated(state, kind) is None and self._resting(state, before) >= least[state]
            for start in self._reached[number]
            for state in _after(start, ordered, others)
        )

    def _weigh_ordered(self, number: int, walked: int, always: set[int], sometimes: set[int]) -> None:
        for place, (entry, _) in enumerate(self._groups[number].ordered):
            if self._early(number, walked, place):
                sometimes.add(entry)
                if not self._late_refused(number, walked, place):
                    always.add(entry)

    def _early(self, number: int, walked: int, place: int) -> bool:
        """Whether an ordered one is taken in some order: right after the one ordered before them is best.

        Which free equals come before that one is tried: they may leave the ordered ones another seat.
        """
        group, most = self._groups[number], self._most[number + 1]
        kinds = tuple(kind for _, kind in group.ordered)
        for start in self._reached[number]:
            before = self._resting(start, walked)
            for moment in _moments(start, kinds[:place], group, linger=False):
                if _seated(moment.state, kinds[place]) is not None:
                    return True
                room = max(most[after] for after in _after(moment.state, kinds[place + 1 :], moment.left))
                if before + moment.resting < room:
                    return True
        return False

    def _late_refused(self, number: int, walked: int, place: int) -> bool:
        """Whether an ordered one is refused in some order: right before the one ordered after them is worst.

        Free equals who find no seat any more come before; which of the others do is tried.
        """
        group, least = self._groups[number], self._least[number + 1]
        kinds = tuple(kind for _, kind in group.ordered)
        for start in self._reached[number]:
            before = self._resting(start, walked)
            for moment in _moments(start, kinds[:place], group, linger=True):
                if _seated(moment.state, kinds[place]) is not None:
                    continue
                seatless = [kind for kind in moment.left if _seated(moment.state, kind) is None]
                resting = before + moment.resting + sum(moment.left.pop(kind) for kind in seatless)
                following = _after(moment.state, kinds[place + 1 :], moment.left)
                if resting >= min(least[after] for after in following):
                    return True
        return False

    def _most_taken(self, walked: int) -> int:
        return max(
            self._seats - sum(state) + min(self._resting(state, walked), self._shape.leftover(state[1:]))
            for state in self._reached[-1]
        )


def _seated(state: State, kind: Kind) -> State | None:
    """The state after one of this kind took the first seat that is theirs; None when there is none."""
    if state[0]:
        return (state[0] - 1, *state[1:])
    for quota in kind:
        if state[quota + 1]:
            return (*state[: quota + 1], state[quota + 1] - 1, *state[quota + 2 :])
    return None


def _along(state: State, kinds: Iterable[Kind]) -> State:
    """The state after people in this very order."""
    for kind in kinds:
        state = _seated(state, kind) or state
    return state


class _Moment(NamedTuple):
    """A moment in an order of equals: the state, how many ordered ones found no seat, the free ones left."""

    state: State
    resting: int
    left: Counter[Kind]


def _moments(start: State, ordered: tuple[Kind, ...], group: Group, *, linger: bool) -> Iterator[_Moment]:
    """The moments at which these ordered ones were walked, and whichever free ones of the group before.

    Only free ones who find a seat come before: the others change nothing, now or later. `linger`: some may
    come after the last of those ordered, too.
    """
    free = Counter(kind for _, kind in group.free)
    kinds = tuple(free)
    first = (start, 0, 0, tuple(free.values()))
    open_ends, seen = [first], {first}
    while open_ends:
        state, place, resting, counts = open_ends.pop()
        nexts = []
        if place == len(ordered):
            yield _Moment(state, resting, Counter(dict(zip(kinds, counts, strict=True))))
        else:
            after = _seated(state, ordered[place])
            nexts.append((after or state, place + 1, resting + (after is None), counts))
        if linger or place < len(ordered):
            for number, count in enumerate(counts):
                after = _seated(state, kinds[number]) if count else None
                if after is not None:
                    fewer = (*counts[:number], count - 1, *counts[number + 1 :])
                    nexts.append((after, place, resting, fewer))
        for one in nexts:
            if one not in seen:
                seen.add(one)
                open_ends.append(one)


def _group_after(state: State, group: Group) -> set[State]:
    if group.size == 1:  # the common case: nothing to order
        kind = (group.ordered or group.free)[0][1]
        return {_seated(state, kind) or state}
    ordered = tuple(kind for _, kind in group.ordered)
    return _after(state, ordered, Counter(kind for _, kind in group.free))


def _after(start: State, ordered: tuple[Kind, ...], free: Counter[Kind]) -> set[State]:
    """The states reachable by walking all of these in any order that keeps the ordered ones in theirs."""
    if not ordered:
        return free_after(start, {kind: count for kind, count in free.items() if count > 0})
    return _searched(start, ordered, free)


def _searched(start: State, ordered: tuple[Kind, ...], free: Counter[Kind]) -> set[State]:
    """The same by search, one person at a time.

    Who finds no seat changes nothing, now or later, so only those who find one are walked; and of a kind
    no more matter than the seats it could still find.
    """
    kinds = [kind for kind, count in free.items() if count > 0]
    found: set[State] = set()
    first = _reduced(start, 0, tuple(free[kind] for kind in kinds), ordered, kinds)
    open_ends, seen = [first], {first}
    while open_ends:
        state, place, counts = open_ends.pop()
        nexts = []
        if place < len(ordered):
            nexts.append((_along(state, ordered[place : place + 1]), place + 1, counts))
        for number, count in enumerate(counts):
            if count:
                fewer = (*counts[:number], count - 1, *counts[number + 1 :])
                nexts.append((_along(state, kinds[number : number + 1]), place, fewer))
        if not nexts:
            found.add(state)
        for one in nexts:
            reduced = _reduced(*one, ordered, kinds)
            if reduced not in seen:
                seen.add(reduced)
                open_ends.append(reduced)
    return found


def _reduced(
    state: State, place: int, counts: tuple[int, ...], ordered: Sequence[Kind], kinds: Sequence[Kind]
) -> tuple[State, int, tuple[int, ...]]:
    """Pass over ordered ones who find no seat, and count of each kind only those who could."""
    while place < len(ordered) and _seated(state, ordered[place]) is None:
        place += 1
    possible = [
        min(count, state[0] + sum(state[quota + 1] for quota in kind))
        for count, kind in zip(counts, kinds, strict=True)
    ]
    return state, place, tuple(possible)
