"""The allocation beside `matching` and beside sorting alone, its growth, and the what-if."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from grants_app.rules import allocation, explanation
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
PLACES = 5
SHARE = 2 / 5  # so many grants a head, as makers.run_inputs has
GROWTH = (100_000, 1_000_000)
GROWTH_QUICK = (10_000, 100_000)


def candidates(count: int) -> tuple[RuleSet, tuple[PoolSeats, ...], list[Candidate]]:
    """The default rules, the sample's programmes at five places each, and so many candidates."""
    setup, rules = preset("sample", 2026)
    branches = [f"{branch.code}{place}" for branch in setup.branches[:1] for place in range(PLACES)]
    seats = int(count * SHARE / len(setup.pools) / PLACES)
    pools = tuple(
        replace(pool, id=f"{branch}/{pool.programme}", branch=branch, seats=seats)
        for branch in branches
        for pool in pools_of(setup)
    )
    chance = Random(makers.SEED)
    ids = [pool.id for pool in pools]
    made = [
        replace(candidate_of(application, setup), choices=tuple(chance.sample(ids, 4)))
        for application in makers.applications(setup, count)
    ]
    return rules, pools, made


def prepared(rules: RuleSet, pools: tuple[PoolSeats, ...], people: list[Candidate]) -> Ranked:
    """Their merits and the run's inputs."""
    return prepare(rules, pools, people, campaign="2026", total=sum(pool.seats for pool in pools))


def peer_seconds(inputs: RunInputs) -> float:
    """`matching`'s HospitalResident on the same preferences, its game made before the watch is started."""
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
    game = HospitalResident.create_from_dictionaries(residents, hospitals, seats)
    return cpu_seconds(lambda: game.solve(optimal="resident"))


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
    """Allocation of 5,000 with four choices against its peer and its floor."""
    inputs = makers.run_inputs(PEOPLE)
    peer = peer_seconds(inputs)
    ours = best(lambda: allocation.allocate(inputs))
    yield Row(
        "allocate 5,000 x 4", ">= 40 x faster", ms(ours), f"matching {ms(peer)}", f"{peer / ours:.0f} x",
        peer / ours >= 40,
    )  # fmt: skip
    rules, pools, people = candidates(PEOPLE)

    def together() -> None:
        ranked = prepared(rules, pools, people)
        explanation.explain_all(ranked, allocation.allocate(ranked.inputs))

    ranked = prepared(rules, pools, people)
    peer = peer_seconds(ranked.inputs)
    ours = best(together)
    floor, from_text = sort_seconds(ranked.inputs)
    yield Row(
        "... with merits and everybody's explanation", ">= 15 x faster", ms(ours), f"matching {ms(peer)}",
        f"{peer / ours:.1f} x", peer / ours >= 15,
    )  # fmt: skip
    yield Row(
        "... beside sorting the merit tuples", "<= 10 x", ms(ours),
        f"sort {ms(floor)} (from texts {ms(from_text)})", f"{ours / floor:.1f} x",
        ours / floor <= 10,
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
    """A weight changed, the gains and losses seen, with 20,000 people held in memory."""
    load = seconds(lambda: runs.gathered(office))
    held = runs.gathered(office)
    pools = tuple(held.pools.values())
    people = list(held.candidates.values())
    terms = held.ruleset.score.terms
    rules = replace(
        held.ruleset,
        score=replace(held.ruleset.score, terms=(replace(terms[0], weight=Decimal("1.5")), *terms[1:])),
    )
    before = {(award.application, award.pool) for award in allocation.allocate(held.inputs).awards}
    merits = best(lambda: prepared(rules, pools, people))
    changed = prepared(rules, pools, people)
    allocated = best(lambda: allocation.allocate(changed.inputs))
    ours = best(lambda: before ^ _awards(prepared(rules, pools, people)))
    yield Row(
        "what-if, 20,000: a weight changed", "<= 500 ms", ms(ours),
        f"merits {ms(merits)}, allocate {ms(allocated)}, load once {ms(load)}", "", ours <= 0.5,
    )  # fmt: skip


def _awards(ranked: Ranked) -> set[tuple[str, str]]:
    return {(award.application, award.pool) for award in allocation.allocate(ranked.inputs).awards}
