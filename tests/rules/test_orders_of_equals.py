"""Whom a pool takes under every order of its equals and under some, against trying the orders one by one."""

from __future__ import annotations

import itertools
from functools import cache
from itertools import permutations, product
from random import Random
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.ranking import RunPool, RunQuota
from grants_app.rules.blocks import Shape
from grants_app.rules.free_equals import free_after
from grants_app.rules.orders import Group, weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grants_app.rules.free_equals import Kind, State


def random_kind(random: Random, quotas: int) -> Kind:
    return tuple(quota for quota in range(quotas) if random.random() < 0.5)


def seat(state: State, kind: Kind) -> State | None:
    """The state after one more of this kind, None when no block has a seat for them."""
    for block in (0, *(quota + 1 for quota in kind)):
        if state[block]:
            return (*state[:block], state[block] - 1, *state[block + 1 :])
    return None


@cache
def one_by_one(state: State, left: tuple[tuple[Kind, int], ...]) -> frozenset[State]:
    """The states after everybody left was walked, whoever is next."""
    found = {state} if not any(count for _, count in left) else set()
    for number, (kind, count) in enumerate(left):
        if count:
            fewer = (*left[:number], (kind, count - 1), *left[number + 1 :])
            found |= one_by_one(seat(state, kind) or state, fewer)
    return frozenset(found)


@pytest.fixture(params=range(20))
def seeds(request: pytest.FixtureRequest, figure: Callable[[int], int]) -> range:
    """A twentieth of the random cases, or of a tenth of them."""
    size = figure(400)
    return range(request.param * size, (request.param + 1) * size)


@pytest.mark.prove
def test_free_equals_fill_the_seats_as_walking_them_in_every_order_does(seeds: range) -> None:
    several = 0
    for seed in seeds:
        random = Random(seed)
        quotas = random.randint(1, 4)
        start = tuple(random.choice([0, 0, 1, 1, 2, 3]) for _ in range(quotas + 1))
        counts = {random_kind(random, quotas): random.randint(1, 3) for _ in range(random.randint(0, 4))}
        expected = one_by_one(start, tuple(counts.items()))
        assert free_after(start, counts) == expected, f"seed {seed}: {start}, {counts}"
        several += len(expected) > 1
    assert several > 0


def random_shape(random: Random) -> Shape:
    quotas = tuple(
        RunQuota(ground=str(n), seats=random.choice([0, 1, 1, 2]), unused=random.choice(["open", "empty"]))
        for n in range(random.randint(0, 3))
    )
    seats = sum(quota.seats for quota in quotas) + random.choice([0, 0, 1, 2])
    order = random.choice(["open_first", "quota_first"])
    return Shape(RunPool(id="P", order=order, seats=seats, quotas=quotas), {})


def random_groups(random: Random, quotas: int, most: int) -> list[Group]:
    """Groups of equals, best first, of at most so many people together, some of them in a recorded order."""
    people = [(entry, random_kind(random, quotas)) for entry in range(random.randint(1, most))]
    groups = []
    while people:
        size = random.choice([1, 2, 3, 4])
        group, people = people[:size], people[size:]
        ordered = random.choice([0, 0, 2, 3]) if len(group) > 1 else 0
        groups.append(Group(ordered=tuple(group[:ordered]), free=tuple(group[ordered:])))
    return groups


def orders(groups: list[Group]) -> Iterator[list[tuple[int, Kind]]]:
    """Everybody in every order that goes by group and keeps the recorded orders."""
    ways = []
    for group in groups:
        kept = list(group.ordered)
        every = permutations((*group.ordered, *group.free))
        ways.append([order for order in every if [one for one in order if one in kept] == kept])
    for combination in product(*ways):
        yield [one for part in combination for one in part]


def taken(shape: Shape, order: list[tuple[int, Kind]]) -> set[int]:
    """Whom the pool takes of people in a strict order: the contract's words."""
    state: State = (shape.first, *shape.quotas)
    seated, rest = set(), []
    for entry, kind in order:
        after = seat(state, kind)
        if after is None:
            rest.append(entry)
        else:
            state = after
            seated.add(entry)
    opened = sum(left for left, opens in zip(state[1:], shape.opens, strict=True) if opens)
    return seated | set(rest[: shape.base + opened])


def weighed(seed: int) -> bool:
    """Compare one random case with trying every order; whether its pool is settled."""
    random = Random(seed)
    shape = random_shape(random)
    groups = random_groups(random, len(shape.quotas), 7)
    results = [taken(shape, order) for order in orders(groups)]
    weighing = weigh(shape, groups)
    assert weighing.always == set.intersection(*results), f"seed {seed}"
    assert weighing.sometimes == set.union(*results), f"seed {seed}"
    assert weighing.most == max(map(len, results)), f"seed {seed}"
    return weighing.always == weighing.sometimes


@pytest.mark.prove
def test_whom_a_pool_takes_is_what_trying_every_order_says(seeds: range) -> None:
    assert {weighed(seed) for seed in seeds} == {True, False}


@pytest.mark.parametrize("seed", [1622, 11723, 15153])
def test_free_equals_who_come_before_the_ordered_may_leave_them_another_seat(seed: int) -> None:
    assert not weighed(seed)


def quota_shape(open_first: int, quotas: str) -> Shape:
    """A pool of so many open seats given first, and quotas: seats, and ! where unused seats open up."""
    held = tuple(
        RunQuota(ground=str(n), seats=int(word.rstrip("!")), unused="open" if "!" in word else "empty")
        for n, word in enumerate(quotas.split())
    )
    seats = open_first + sum(quota.seats for quota in held)
    return Shape(RunPool(id="P", order="open_first", seats=seats, quotas=held), {})


@pytest.mark.parametrize(
    ("shape", "groups"),
    [
        pytest.param(
            quota_shape(1, "1 0! 2!"),
            [((), ((), (0, 1, 2))), ((), ((0, 1, 2), (0, 1), (1,))), ((), ((2,),))],
            id="later equals decide how many seats are left over",
        ),
        pytest.param(
            quota_shape(2, "0 1 1!"),
            [((), ((0, 1), (), (), (1, 2))), (((1,), ()), ())],
            id="the last of its equals needs the seat that is left over",
        ),
        pytest.param(
            quota_shape(2, "1 2 0!"),
            [(((), (0, 1)), ((1,), (2,)))],
            id="an open seat is one more that everybody could find",
        ),
    ],
)
def test_what_is_left_over_is_weighed_to_the_seat(
    shape: Shape, groups: list[tuple[tuple[Kind, ...], tuple[Kind, ...]]]
) -> None:
    numbers = itertools.count()
    made = [
        Group(ordered=tuple(zip(numbers, tied)), free=tuple(zip(numbers, free)))  # noqa: B905 - as many as there are
        for tied, free in groups
    ]
    results = [taken(shape, order) for order in orders(made)]
    weighing = weigh(shape, made)
    assert weighing.always == set.intersection(*results)
    assert weighing.sometimes == set.union(*results)
    assert weighing.most == max(map(len, results))
