"""Right results of random runs, spoilt in one place: whatever is spoilt, the checker finds it."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from dataclasses import replace
from itertools import count, islice, product
from random import Random
from typing import TYPE_CHECKING

import msgspec
import pytest
from matching.games import HospitalResident

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import (
    OPEN,
    PLACEMENT,
    ReserveList,
    RunApplication,
    RunAward,
    RunChoice,
    RunInputs,
    RunPool,
    RunResult,
)
from grants_app.rules.allocation import allocate
from grants_app.rules.checker import check_result
from grants_app.rules.runfile import parse
from tests.rules import oracle, run_makers
from tests.rules.run_makers import GROUNDS, random_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Every finding that one thing changed in a result can bring about.
FOUND = frozenset(
    {
        *("check_seats", "check_total", "check_quota", "check_not_chosen", "check_ground_not_held"),
        *("check_envy", "check_tie_order", "check_tie_passed_over", "check_waste", "check_placement"),
        *("check_out", "check_hold", "check_position", "check_reserve"),
        *("check_reserve_order", "check_seat_label", "check_ring"),
    }
)


def final_runs(seeds: range) -> Iterator[tuple[int, RunInputs, RunResult]]:
    for seed in seeds:
        inputs = parse(json.dumps(random_run(Random(seed))).encode()).inputs
        try:
            result = allocate(inputs)
        except Refused:
            continue
        if result.final:
            yield seed, inputs, result


def with_award(random: Random, result: RunResult, **changes: object) -> RunResult:
    """One award, any, with something else in it."""
    awards = list(result.awards)
    number = random.randrange(len(awards))
    awards[number] = replace(awards[number], **changes)
    return replace(result, awards=tuple(awards))


def with_two_swapped(random: Random, inputs: RunInputs, result: RunResult) -> RunResult:
    """Two people in each other's place, whether awarded or not."""
    one, other = random.choices([application.no for application in inputs.applications], k=2)
    names = {one: other, other: one}
    awards = [replace(a, application=names.get(a.application, a.application)) for a in result.awards]
    refused = [names.get(no, no) for no in result.not_awarded]
    return replace(
        result,
        awards=tuple(sorted(awards, key=lambda award: award.application)),
        not_awarded=tuple(sorted(refused)),
    )


def with_one_refused(random: Random, result: RunResult) -> RunResult:
    gone = random.choice(result.awards)
    return replace(
        result,
        awards=tuple(award for award in result.awards if award != gone),
        not_awarded=tuple(sorted((*result.not_awarded, gone.application))),
    )


def with_one_more(random: Random, inputs: RunInputs, result: RunResult) -> RunResult:
    no = random.choice(result.not_awarded)
    award = RunAward(application=no, pool=random.choice(inputs.pools).id, seat=OPEN, position=1)
    rest = tuple(other for other in result.not_awarded if other != no)
    return replace(result, awards=(*result.awards, award), not_awarded=rest)


def with_reserve(random: Random, result: RunResult) -> RunResult:
    lists = list(result.reserve)
    number = random.randrange(len(lists))
    people = list(lists[number].applications)
    if random.random() < 0.5:
        random.shuffle(people)
    else:
        people = people[:-1]
    lists[number] = replace(lists[number], applications=tuple(people))
    return replace(result, reserve=tuple(lists))


def spoilt(random: Random, inputs: RunInputs, result: RunResult) -> RunResult:
    """The result with one thing changed; now and then with none, when there was nothing to change."""
    ways = [lambda: with_reserve(random, result)]
    if result.not_awarded:
        ways.append(lambda: with_one_more(random, inputs, result))
    if result.awards:
        ways += [
            lambda: with_award(random, result, seat=random.choice([OPEN, PLACEMENT, *GROUNDS])),
            lambda: with_award(random, result, pool=random.choice(inputs.pools).id),
            lambda: with_award(random, result, position=random.choice([None, 1, 2, 3])),
            lambda: with_one_refused(random, result),
            lambda: with_two_swapped(random, inputs, result),
        ]
    return random.choice(ways)()


def wrong_results(seeds: range) -> Iterator[tuple[int, RunInputs, RunResult]]:
    for seed, inputs, right in final_runs(seeds):
        random = Random(seed)
        for _ in range(3):
            wrong = spoilt(random, inputs, right)
            if wrong != right:
                yield seed, inputs, wrong


@pytest.mark.prove
@pytest.mark.parametrize("part", range(20))
def test_whatever_is_spoilt_in_a_right_result_is_found(part: int, figure: Callable[[int], int]) -> None:
    size = figure(500)
    for seed, inputs, wrong in wrong_results(range(part * size, (part + 1) * size)):
        assert check_result(inputs, wrong), f"seed {seed}: {wrong}"


def test_results_are_spoilt_in_every_way() -> None:
    found = [
        finding.code
        for _, inputs, wrong in wrong_results(range(1_000))
        for finding in check_result(inputs, wrong)
    ]
    assert set(found) >= FOUND


def every_result(run: dict) -> Iterator[RunResult]:
    """Every way to give the seats of a small run so that no pool has more people than it would take."""
    chosen = {a["no"]: [choice["pool"] for choice in a["choices"]] for a in run["applications"]}
    for depth in product(*(range(len(pools) + 1) for pools in chosen.values())):
        wishes = {no: pools[at:] for at, (no, pools) in zip(depth, chosen.items(), strict=True)}
        refused = {
            pool["id"]: {no for no, left in wishes.items() if pool["id"] in set(chosen[no]) - set(left)}
            for pool in run["pools"]
        }
        outcomes = {}
        for pool in refused:
            standing = [no for no, left in wishes.items() if left[:1] == [pool]]
            outcomes[pool] = [oracle.choose(run, pool, oracle.label_order(run, pool, standing))]
            if len(outcomes[pool][0]) < len(standing):
                break
        else:
            yield msgspec.convert(oracle.assemble(run, wishes, refused, outcomes, {}), RunResult)


@pytest.mark.prove
def test_of_every_way_to_give_the_seats_only_the_right_one_passes(figure: Callable[[int], int]) -> None:
    tried: Counter[str] = Counter()
    for seed in range(figure(1_000)):
        random = Random(seed)
        some = (run_makers.random_pool(random, f"P{n}") for n in count())
        pools = list(islice((pool for pool in some if pool["seats"] in {1, 2}), 2))
        applications = []
        for number in range(4):
            wished = random.sample(pools, random.choice([1, 2, 2, 2]))
            choices = [{"pool": p["id"], "merit": [str(random.randrange(99)), str(number)]} for p in wished]
            grounds = [g for g in GROUNDS if random.random() < 0.4]
            applications.append({"no": f"B-{number}", "grounds": grounds, "choices": choices})
        run = {"format": "grants-run/1", "campaign": "2026", "total": 50, "pools": pools}
        run["applications"] = applications
        inputs = parse(json.dumps(run).encode()).inputs
        right = allocate(inputs)
        for result in every_result(run):
            found = {finding.code for finding in check_result(inputs, result)}
            assert (not found) == (result == right), f"seed {seed}: {result}"
            tried["ring" if found == {"check_ring"} else "wrong" if found else "right"] += 1
    assert min(tried.values()) >= 1
    assert tried.keys() == {"ring", "wrong", "right"}


def best_for_the_pools(inputs: RunInputs) -> RunResult:
    """The outcome a published solver gives when pools propose."""
    wishes = {a.no: [choice.pool for choice in a.choices] for a in inputs.applications}
    merits = {(a.no, c.pool): int(c.merit[0]) for a in inputs.applications for c in a.choices}
    lists = {
        pool.id: sorted((no for no in wishes if pool.id in wishes[no]), key=lambda no: -merits[no, pool.id])
        for pool in inputs.pools
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seats = {pool.id: pool.seats for pool in inputs.pools}
        solved = HospitalResident.create_from_dictionaries(wishes, lists, seats).solve(optimal="hospital")
    given = {str(no): str(pool) for pool, taken in solved.items() for no in taken}
    above = {no: wish[: wish.index(given[no])] if no in given else wish for no, wish in wishes.items()}
    return RunResult(
        awards=tuple(
            RunAward(application=no, pool=pool, seat=OPEN, position=1 + lists[pool].index(no))
            for no, pool in sorted(given.items())
        ),
        reserve=tuple(
            ReserveList(pool=pool, applications=tuple(no for no in lists[pool] if pool in above[no]))
            for pool in sorted(lists)
        ),
        not_awarded=tuple(no for no in sorted(wishes) if no not in given),
    )


def test_of_all_results_that_wrong_nobody_only_the_best_for_the_applicants_is_right() -> None:
    differing = 0
    for seed in range(100):
        random = Random(seed)
        pools = tuple(
            RunPool(id=f"P{n}", order="quota_first", seats=random.randint(1, 3))
            for n in range(random.randint(2, 5))
        )
        merits = iter(random.sample(range(1_000), 100))
        people = tuple(
            RunApplication(
                f"B-{n:03}",
                tuple(RunChoice(pool.id, (str(next(merits)),)) for pool in random.sample(pools, len(pools))),
            )
            for n in range(sum(pool.seats for pool in pools))
        )
        inputs = RunInputs(campaign="2026", total=50, pools=pools, applications=people)
        right, other = allocate(inputs), best_for_the_pools(inputs)
        assert check_result(inputs, right) == ()
        if {(a.application, a.pool) for a in right.awards} != {(a.application, a.pool) for a in other.awards}:
            differing += 1
            assert {finding.code for finding in check_result(inputs, other)} == {"check_ring"}
    assert differing > 20
