"""The allocation beside `matching` and beside sorting alone, its growth, and the what-if.

One instance serves both rows of 5,000 people: the sample's nine programmes at its two branches, the seats of
a campaign of 60 grants for 664 people (the number announced for the next year, the sample's people) at this
size, 450 in all; everybody is admitted to four programmes and wants them in a random order, so that 20,000
choices are ranked. The merits are those the default rules make of each candidate's results; `matching` is
told that the lower number comes first among equals, since it knows none.

The peer's time depends on the shape, while ours hardly changes, so the ratio is one of this shape: measured
once beside 42 x here, it was 36 x with the seats of 50 grants in the nine pools, 242 x with 2,000 seats in
them (the peer takes about eight times as long), and 6 to 12 x with 45 pools, whose lists are short. Nine
pools are what a campaign of this kind has.
"""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from grants_app.domain.scenario import WhatIf
from grants_app.rules import allocation, explanation, scenario
from grants_app.rules.eligibility import Gate
from grants_app.rules.inputs import prepare
from grants_app.services import runs
from grants_app.services.presets import preset
from grants_app.services.run_inputs import candidate_of, pools_of
from tests import makers
from tests.benchmarks import measuring
from tests.benchmarks.measuring import Row, best, cpu_seconds, ms, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grants_app.domain.ranking import Candidate, PoolSeats, Ranked, RunInputs
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office

PEOPLE = 5_000
CHOICES = 4
GRANTS, APPLICANTS = 60, 664
ROUNDS = 4  # each of them: the peer once, ours twice; the least of all counts
GROWTH = (100_000, 1_000_000)
GROWTH_QUICK = (10_000, 100_000)


def instance(count: int) -> tuple[RuleSet, tuple[PoolSeats, ...], list[Candidate]]:
    """The default rules, the sample's pools with their share of seats, and so many candidates.

    Equal results are one object, as they are when a campaign is read from the store.
    """
    setup, rules = preset("sample", 2026)
    share = GRANTS / setup.total * count / APPLICANTS
    pools = tuple(replace(pool, seats=round(pool.seats * share)) for pool in pools_of(setup))
    gates = [(pool.id, Gate(rules, pool)) for pool in pools]
    chance = Random(makers.SEED)
    known: dict[Decimal, Decimal] = {}
    people: list[Candidate] = []
    for application in makers.applications(setup, 2 * count):
        candidate = candidate_of(application, setup)
        open_to = [pool for pool, gate in gates if gate.admit(candidate).admitted]
        if len(open_to) >= CHOICES and len(people) < count:
            scores = {code: known.setdefault(value, value) for code, value in candidate.scores.items()}
            choices = tuple(chance.sample(open_to, CHOICES))
            people.append(replace(candidate, scores=scores, choices=choices))
    return rules, pools, people


def prepared(rules: RuleSet, pools: tuple[PoolSeats, ...], people: list[Candidate]) -> Ranked:
    """Their merits and the run's inputs."""
    return prepare(rules, pools, people, campaign="2026", total=sum(pool.seats for pool in pools))


def peer_seconds(inputs: RunInputs) -> tuple[float, float]:
    """`matching`'s HospitalResident on the same preferences: solving, and making it of ready-sorted lists."""
    from matching.games import HospitalResident

    residents = {
        one.no: [choice.pool for choice in one.choices] for one in inputs.applications if one.choices
    }
    ranked: dict[str, list[tuple[tuple[Decimal, ...], str]]] = {}
    for one in inputs.applications:
        for choice in one.choices:
            key = tuple(-Decimal(value) for value in choice.merit)
            ranked.setdefault(choice.pool, []).append((key, one.no))
    hospitals = {pool: [no for _, no in sorted(members)] for pool, members in ranked.items()}
    seats = {pool.id: pool.seats for pool in inputs.pools if pool.id in hospitals}
    began = time.process_time()
    game = HospitalResident.create_from_dictionaries(residents, hospitals, seats)
    making = time.process_time() - began
    return cpu_seconds(lambda: game.solve(optimal="resident")), making


def sort_seconds(inputs: RunInputs) -> tuple[float, float]:
    """Sorting the merit tuples alone, pool by pool: ready-made, and made of the texts the inputs write."""
    pools: dict[str, list[tuple[str, ...]]] = {}
    for one in inputs.applications:
        for choice in one.choices:
            pools.setdefault(choice.pool, []).append(choice.merit)

    def number(merit: tuple[str, ...]) -> tuple[Decimal, ...]:
        return tuple(map(Decimal, merit))

    ready = [
        [tuple(int(value * 1_000_000) for value in number(key)) for key in keys] for keys in pools.values()
    ]
    return best(lambda: [sorted(keys) for keys in ready]), best(
        lambda: [sorted(keys, key=number) for keys in pools.values()]
    )


def allocate_rows() -> Iterator[Row]:
    """Allocation of 5,000 with four choices against its peer and its floor; processor time, by turns.

    The ratios are to the peer's solving alone, its game made before the watch is started; ours begins
    with unsorted inputs and checks them. What making the game takes is told beside it.
    """
    rules, pools, people = instance(PEOPLE)
    inputs = prepared(rules, pools, people).inputs

    def together() -> None:
        ranked = prepared(rules, pools, people)
        standings = allocation.checked_standings(ranked.inputs)
        explanation.explain_all(ranked, allocation.allocate_checked(ranked.inputs, standings), standings)

    solving, making, alone, all_of_it = [], [], [], []
    for _ in range(ROUNDS):
        solved, made = peer_seconds(inputs)
        solving.append(solved)
        making.append(made)
        alone.append(best(lambda: allocation.allocate(inputs), 2))
        all_of_it.append(best(together, 2))
    peer, ours, everything = min(solving), min(alone), min(all_of_it)
    beside = f"matching {ms(peer)}, its game {ms(min(making))} more"
    yield Row(
        "allocate 5,000 x 4", ">= 40 x faster", ms(ours), beside, f"{peer / ours:.0f} x", peer / ours >= 40,
    )  # fmt: skip
    yield Row(
        "... with merits and everybody's explanation", ">= 15 x faster", ms(everything), beside,
        f"{peer / everything:.1f} x", peer / everything >= 15,
    )  # fmt: skip
    floor, from_text = sort_seconds(inputs)
    yield Row(
        "... beside sorting the merit tuples", "<= 10 x", ms(everything),
        f"sort {ms(floor)} (from texts {ms(from_text)})", f"{everything / floor:.1f} x",
        everything / floor <= 10,
    )  # fmt: skip


def growth_rows(*, full: bool) -> Iterator[Row]:
    """`recompute` of a run and of one ten times its size, each in a process of its own."""
    small, large = GROWTH if full else GROWTH_QUICK
    with TemporaryDirectory() as folder:
        told = {}
        for count in (small, large):
            path = Path(folder) / f"{count}.json"
            measuring.told(["-m", "tests.benchmarks.recomputing", "make", str(count), str(path)])
            told[count] = measuring.told(["-m", "tests.benchmarks.recomputing", str(path)])
    ratio = told[large]["seconds"] / told[small]["seconds"]
    gib = told[large]["peak"] / 1024
    yield Row(
        f"recompute {large:,} x 4", "<= 20 x" + (", <= 4.5 GiB" if full else ""),
        f"{told[large]['seconds']:.1f} s, {gib:.2f} GiB", f"{small:,}: {told[small]['seconds']:.2f} s",
        f"{ratio:.1f} x", ratio <= 20 and gib <= 4.5,
    )  # fmt: skip


def what_if_rows(office: Office) -> Iterator[Row]:
    """A weight changed, the gains and losses seen, with 20,000 people held in memory; processor time.

    As in the window, where the cyclic collector does not start by itself but on a timer.
    """
    load = seconds(lambda: runs.gathered(office))
    held = runs.gathered(office)
    terms = held.ruleset.score.terms
    rules = replace(
        held.ruleset,
        score=replace(held.ruleset.score, terms=(replace(terms[0], weight=Decimal("1.5")), *terms[1:])),
    )
    seats, total = scenario.unchanged(held)
    changed = WhatIf(rules=rules, seats=seats, total=total)
    result = allocation.allocate(held.inputs)
    merits = best(lambda: scenario.remade(held, changed))
    made, _ = scenario.remade(held, changed)
    allocated = best(lambda: allocation.allocate(made.inputs))
    effect = scenario.what_if(held, held.inputs, result, changed)
    collecting = best(lambda: scenario.what_if(held, held.inputs, result, changed), 5)
    gc.disable()
    ours = best(lambda: scenario.what_if(held, held.inputs, result, changed), 5)
    gc.enable()
    yield Row(
        f"what-if, {len(held.candidates):,}: a weight changed", "<= 500 ms", ms(ours),
        f"collector on {ms(collecting)}: merits {ms(merits)}, allocate {ms(allocated)}; "
        f"{len(effect.awards)} grants change; load once {ms(load)}", "", ours <= 0.5,
    )  # fmt: skip
