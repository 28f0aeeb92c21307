"""Who gets which seat, against an oracle, a published solver and the contract's own example."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import msgspec
import pytest
from matching.games import HospitalResident

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import RunApplication, RunChoice, RunInputs, RunPool
from grants_app.rules.allocation import allocate
from grants_app.rules.checker import check_result
from grants_app.rules.runfile import parse, write
from grants_app.rules.standings import Standings
from tests.rules.oracle import solve
from tests.rules.run_features import FEATURES, features
from tests.rules.run_makers import random_run

if TYPE_CHECKING:
    from collections.abc import Callable


def result_of(run: dict) -> dict:
    """The allocation's result of plain data, as the run file writes it."""
    result = allocate(parse(json.dumps(run).encode()).inputs)
    return json.loads(msgspec.json.encode(result))


def run_of(pools: list, applications: dict, **more: list) -> dict:
    """A run of (id, seats) pools and {number: {pool: merit}} applications."""
    return {
        "format": "grants-run/1",
        "campaign": "2026",
        "total": 50,
        "pools": [
            p if isinstance(p, dict) else {"id": p[0], "seats": p[1], "order": "quota_first"} for p in pools
        ],
        "applications": [
            {"no": no, "choices": [{"pool": p, "merit": [m]} for p, m in choices.items()]}
            for no, choices in applications.items()
        ],
        **more,
    }


@pytest.fixture(params=range(20))
def seeds(request: pytest.FixtureRequest, figure: Callable[[int], int]) -> range:
    """A twentieth of the ten thousand random runs, or of a tenth of them."""
    size = figure(500)
    return range(request.param * size, (request.param + 1) * size)


@pytest.mark.prove
def test_random_runs_equal_an_oracle_that_tries_every_order(seeds: range) -> None:
    for seed in seeds:
        run = random_run(Random(seed))
        expected = solve(run)
        if "refused" in expected:
            with pytest.raises(Refused, match="run_hold_refused") as refused:
                result_of(run)
            assert refused.value.facts["application"] in expected["refused"], f"seed {seed}"
            continue
        assert result_of(run) == expected, f"seed {seed}"


@pytest.mark.prove
def test_the_random_runs_have_everything_in_them(figure: Callable[[int], int]) -> None:
    seen: Counter[str] = Counter()
    for seed in range(figure(10_000)):
        run = random_run(Random(seed))
        seen.update(features(run, solve(run)))
    assert seen.keys() == FEATURES
    assert min(seen.values()) > 10, seen
    print(*(f"{seen[name]:6} with {name}" for name in sorted(seen)), sep="\n")  # noqa: T201 - part of the proof


@pytest.mark.prove
def test_the_independent_checker_agrees_with_random_runs(seeds: range) -> None:
    for seed in seeds:
        inputs = parse(json.dumps(random_run(Random(seed))).encode()).inputs
        try:
            result = allocate(inputs)
        except Refused:
            continue
        assert check_result(inputs, result) == (), f"seed {seed}"


@pytest.mark.prove
def test_strict_runs_equal_a_published_solver(figure: Callable[[int], int]) -> None:
    for seed in range(figure(1_000)):
        random = Random(seed)
        pools = {f"P{n}": random.randint(1, 4) for n in range(random.randint(1, 5))}
        people = {f"B-{n:03}": random.sample(list(pools), random.randint(1, len(pools))) for n in range(20)}
        merits = dict(zip(people, random.sample(range(1000), 20), strict=True))
        chosen = {
            p: sorted((b for b in people if p in people[b]), key=merits.get, reverse=True) for p in pools
        }
        pools = {p: seats for p, seats in pools.items() if chosen[p]}
        run = run_of(list(pools.items()), {b: {p: str(merits[b]) for p in people[b]} for b in people})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            game = HospitalResident.create_from_dictionaries(people, {p: chosen[p] for p in pools}, pools)
            solved = game.solve(optimal="resident")
        expected = {(str(b), str(p)) for p, taken in solved.items() for b in taken}
        assert {(a["application"], a["pool"]) for a in result_of(run)["awards"]} == expected


@pytest.fixture
def hidden_tie() -> dict:
    """The contract's example: either order of A and B ends without a visible tie, with different winners."""
    people = {"A": {"P": "1", "Q": "2"}, "B": {"P": "1"}, "C": {"Q": "1", "P": "2"}}
    return run_of([("P", 1), ("Q", 1)], people)


def test_a_tie_is_found_even_where_either_order_would_hide_it(hidden_tie: dict) -> None:
    result = result_of(hidden_tie)
    assert result["open_ties"] == [{"pool": "P", "applications": ["A", "B"], "seats_at_stake": 1}]
    assert [a["application"] for a in result["awards"]] == ["C"]
    assert result["not_awarded"] == []


@pytest.mark.parametrize(
    ("order", "winners"), [(["A", "B"], {"A": "P", "C": "Q"}), (["B", "A"], {"A": "Q", "C": "P"})]
)
def test_the_commissions_order_decides_a_tie(hidden_tie: dict, order: list, winners: dict) -> None:
    hidden_tie["ties"] = [{"pool": "P", "order": order, "how": "minutes 3"}]
    result = result_of(hidden_tie)
    assert {a["application"]: a["pool"] for a in result["awards"]} == winners
    assert result["open_ties"] == []


def test_a_tie_that_decides_nothing_is_not_reported() -> None:
    result = result_of(run_of([("P", 2)], {"A": {"P": "1"}, "B": {"P": "1"}}))
    assert result["open_ties"] == []
    assert len(result["awards"]) == 2


def test_an_order_of_some_equals_refuses_nobody_an_order_of_the_others_would_take() -> None:
    """B comes after A by the commission's order; where D comes before both, a quota's seat opens up for B."""
    quotas = [
        {"ground": ground, "seats": seats, "unused": unused}
        for ground, seats, unused in (
            ("orphan", 2, "empty"),
            ("disability", 1, "empty"),
            ("honours", 1, "open"),
        )
    ]
    grounds = {"A": ["disability"], "C": ["orphan", "disability", "honours"], "D": ["honours"]}
    run = run_of(
        [{"id": "P", "seats": 5, "order": "open_first", "quotas": quotas}], {no: {"P": "1"} for no in "ABCD"}
    )
    for application in run["applications"]:
        application["grounds"] = grounds.get(application["no"], [])
    run["ties"] = [{"pool": "P", "order": ["A", "B"], "how": "minutes 3"}]
    result = result_of(run)
    assert result == solve(run)
    assert [award["application"] for award in result["awards"]] == ["A", "C", "D"]
    assert result["not_awarded"] == []
    assert result["open_ties"] == [{"pool": "P", "applications": ["A", "B", "C", "D"], "seats_at_stake": 1}]


def test_a_tie_that_somebody_better_settles_later_is_not_reported() -> None:
    """Every order of X and Y refuses Z at Q, who goes on to P, where A and B were equals for the seat."""
    orphans = {"ground": "orphan", "seats": 1, "unused": "open"}
    pools = [("P", 1), {"id": "Q", "seats": 2, "order": "quota_first", "quotas": [orphans]}]
    people = {"A": {"P": "5"}, "B": {"P": "5"}, "X": {"Q": "5"}, "Y": {"Q": "5"}, "Z": {"Q": "3", "P": "9"}}
    run = run_of(pools, people)
    for application in run["applications"]:
        application["grounds"] = ["orphan"] if application["no"] in "XY" else []
    result = result_of(run)
    assert {a["application"]: a["pool"] for a in result["awards"]} == {"X": "Q", "Y": "Q", "Z": "P"}
    assert (result["open_ties"], result["not_awarded"]) == ([], ["A", "B"])


def test_the_order_of_rows_never_changes_a_byte() -> None:
    for seed in range(200):
        run, random = random_run(Random(seed)), Random(seed)
        try:
            expected = written(run)
        except Refused:
            continue
        for key in ("pools", "applications", "placements", "holds", "out", "ties"):
            random.shuffle(run[key])
        for application in run["applications"]:
            random.shuffle(application["grounds"])
        assert written(run) == expected


def written(run: dict) -> bytes:
    inputs = parse(json.dumps(run).encode()).inputs
    return write(inputs, allocate(inputs))


def test_a_holder_the_pool_would_refuse_stops_the_run_by_name() -> None:
    run = run_of([("P", 1)], {"A": {"P": "1"}, "B": {"P": "2"}})
    run["holds"] = [{"application": "A", "pool": "P", "upgrade": True}]
    with pytest.raises(Refused) as refused:
        result_of(run)
    assert refused.value.code == "run_hold_refused"
    assert refused.value.facts == {"application": "A", "pool": "P"}


def test_a_holder_who_asks_for_it_moves_up() -> None:
    people = {"A": {"P": "1", "Q": "1"}}
    run = run_of([("P", 1), ("Q", 1)], people, holds=[{"application": "A", "pool": "Q", "upgrade": True}])
    assert result_of(run)["awards"][0]["pool"] == "P"
    run["holds"][0]["upgrade"] = False
    assert result_of(run)["awards"][0]["pool"] == "Q"


def test_who_comes_late_to_a_large_pool_ousts_the_last_one_only() -> None:
    early = {f"E-{place:02}": {"P": str(100 + place)} for place in range(20)}
    late = {"L": {"Q": "1", "P": "110"}, "M": {"Q": "2"}}
    result = result_of(run_of([("P", 20), ("Q", 1)], early | late))
    assert result["not_awarded"] == ["E-00"]
    assert {award["application"] for award in result["awards"]} == (early.keys() | late.keys()) - {"E-00"}


def test_who_is_out_stays_ranked_and_competes_nowhere() -> None:
    run = run_of(
        [("P", 1)], {"A": {"P": "3"}, "B": {"P": "2"}}, out=[{"application": "A", "why": "declined"}]
    )
    result = result_of(run)
    assert result["awards"] == [{"application": "B", "pool": "P", "seat": "open", "position": 2}]
    assert result["not_awarded"] == ["A"]
    assert result["reserve"] == [{"pool": "P", "applications": []}]


def test_inputs_that_were_not_read_from_a_file_are_checked_too() -> None:
    pools = (RunPool(id="P", order="quota_first", seats=2),)
    people = (RunApplication("A", (RunChoice("P", ("1",)),)),)
    with pytest.raises(Refused, match="run_pools_above_total"):
        allocate(RunInputs(campaign="2026", total=1, pools=pools, applications=people))


def test_two_thousand_equals_with_three_quotas_are_weighed_without_trying_orders() -> None:
    random = Random(5)
    grounds = ("orphan", "disability", "honours")
    quotas = [
        {"ground": g, "seats": 8, "unused": u}
        for g, u in zip(grounds, ("open", "empty", "open"), strict=True)
    ]
    run = run_of([{"id": "P", "seats": 60, "order": "open_first", "quotas": quotas}], {})
    run["total"] = 60
    run["applications"] = [
        {
            "no": f"B-{n:04}",
            "grounds": [g for g in grounds if random.random() < 0.3],
            "choices": [{"pool": "P", "merit": [str(random.randrange(40))]}],
        }
        for n in range(2_000)
    ]
    result = result_of(run)
    assert result["open_ties"]
    assert len(result["awards"]) + result["open_ties"][0]["seats_at_stake"] <= 60


def test_a_ranked_list_gives_equals_one_position_and_keeps_their_tie_order() -> None:
    run = run_of([("P", 1)], {no: {"P": merit} for no, merit in zip("ABCDE", "23331", strict=True)})
    run["ties"] = [{"pool": "P", "order": ["D", "B"], "how": "minutes 3"}]
    standings = Standings(parse(json.dumps(run).encode()).inputs)
    ranked = [(position, standings.applications[a].no) for position, a in standings.ranked(0)]
    assert ranked == [(1, "D"), (1, "B"), (1, "C"), (4, "A"), (5, "E")]
