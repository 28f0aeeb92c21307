"""Which grants hang by a thread: found by allocating anew, and spared only where nothing can follow."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import (
    Candidate,
    Hold,
    Placement,
    Ranked,
    RunApplication,
    RunChoice,
    RunInputs,
    RunPool,
    RunQuota,
    RunResult,
    TieOrder,
)
from grants_app.domain.ruleset import RuleSet, Term
from grants_app.domain.scenario import ScoreChange
from grants_app.domain.sensitivity import Fragile, Sensitivity
from grants_app.domain.values import Finding
from grants_app.rules import scenario, sensitivity, small_steps
from grants_app.rules.allocation import allocate
from grants_app.rules.inputs import prepare
from grants_app.rules.spared import Spared
from grants_app.rules.tie_orders import obeyed
from tests.rules.market_makers import market
from tests.rules.rule_makers import ECOLOGY, LAW, candidate, preset

RULES = preset()
POOL = replace(LAW, seats=1)


def person(no: str, main: str, history: str, **scores: str | None) -> Candidate:
    given = {"ort_main": main, "history": history, "math": None, **scores}
    return candidate(no, scores=given, choices=(LAW.id,))


def gathered(*people: Candidate, rules: RuleSet = RULES, seats: int = 1, **decided: Any) -> Ranked:
    pools = (replace(POOL, seats=seats),)
    return prepare(rules, pools, people, campaign="2026", total=seats, **decided)


def searched(ranked: Ranked, **how: Any) -> Sensitivity:
    return sensitivity.fragile(ranked, allocate(ranked.inputs), **how)


def found(ranked: Ranked, code: str) -> list[Fragile]:
    return [one for one in searched(ranked).fragile if one.why.code == code]


SURE = person("B-0001", "200", "100")
FAR = person("B-0002", "150", "100")


def test_a_grant_won_by_far_hangs_on_nothing() -> None:
    assert searched(gathered(SURE, FAR)).fragile == ()


def test_a_grant_that_five_percent_of_a_weight_decides_is_named_with_who_would_get_it() -> None:
    reader, speaker = person("B-0001", "200", "100"), person("B-0002", "180", "119")
    facts = {"criterion": "ort_main", "has_points": "1", "would_points": "0.95"}
    assert found(gathered(reader, speaker), "fragile_weight")[0] == Fragile(
        application="B-0001",
        pool=LAW.id,
        kind="weight",
        why=Finding("fragile_weight", facts),
        instead=("B-0002",),
    )


def test_every_weight_is_tried_both_ways() -> None:
    tried = [dict(why.facts) for why, _ in small_steps.weight_changes(RULES)]
    assert [(facts["criterion"], facts["would_points"]) for facts in tried] == [
        ("ort_main", "0.95"),
        ("ort_main", "1.05"),
        ("profile", "0.95"),
        ("profile", "1.05"),
    ]


def test_a_weight_of_nought_has_nothing_to_try() -> None:
    none = replace(RULES, score=replace(RULES.score, terms=(Term(criterion="ort_main", weight=Decimal(0)),)))
    assert list(small_steps.weight_changes(none)) == []


def test_one_point_less_of_the_holders_own_results_is_told() -> None:
    near = gathered(person("B-0001", "150", "101"), FAR)
    assert [one.why.facts for one in found(near, "fragile_own_score")] == [
        {"criterion": "history", "has_points": "101", "would_points": "100"},
    ]


def test_one_point_more_of_the_first_refused_is_told_as_a_rivals() -> None:
    near = gathered(person("B-0001", "150", "101"), FAR)
    lines = found(near, "fragile_rival_score")
    assert {one.why.facts["rival"] for one in lines} == {"B-0002"}
    assert {one.application for one in lines} == {"B-0001"}


def test_somebody_admitted_by_a_hair_hangs_on_the_threshold() -> None:
    lines = found(gathered(person("B-0001", "110", "100")), "fragile_threshold_main")
    assert [(one.application, one.why.facts) for one in lines] == [
        ("B-0001", {"has_points": "110", "would_points": "111"}),
    ]


def test_a_threshold_a_step_lower_that_lets_somebody_better_in_is_told() -> None:
    barred = person("B-0002", "240", "59")
    lines = found(gathered(person("B-0001", "150", "100"), barred), "fragile_threshold_subject")
    assert [(one.application, one.why.facts["would_points"], one.instead) for one in lines] == [
        ("B-0001", "59", ("B-0002",)),
    ]


def test_a_programmes_own_threshold_is_tried_too() -> None:
    programmes = tuple(
        replace(one, main=Decimal(150)) if one.programme == LAW.programme else one for one in RULES.programmes
    )
    rules = replace(RULES, programmes=programmes)
    lines = found(
        gathered(person("B-0001", "150", "100"), rules=rules), "fragile_threshold_main_of_programme"
    )
    assert [one.why.facts for one in lines] == [
        {"programme": LAW.programme, "has_points": "150", "would_points": "151"},
    ]


def test_a_threshold_of_nought_is_not_lowered() -> None:
    open_to_all = replace(RULES, thresholds=replace(RULES.thresholds, main=Decimal(0), subject=None))
    told = [why.facts["would_points"] for why, _ in small_steps.threshold_changes(open_to_all)]
    assert told[0] == "1"


def test_a_result_at_its_limit_is_not_taken_beyond_it() -> None:
    top = person("B-0002", "245", "149", average="5")
    lines = found(gathered(person("B-0001", "245", "150", average="5"), top), "fragile_rival_score")
    assert {one.why.facts["criterion"] for one in lines} == {"history"}


def test_a_criterion_that_counts_against_is_tried_the_other_way() -> None:
    against = (*RULES.score.terms, Term(criterion="average", weight=Decimal(-10), required=False))
    rules = replace(RULES, score=replace(RULES.score, terms=against))
    pair = (person("B-0001", "151", "100", average="4"), person("B-0002", "151", "100", average="4.01"))
    lines = found(gathered(*pair, rules=rules), "fragile_own_score")
    assert ("average", "4.01") in {
        (one.why.facts["criterion"], one.why.facts["would_points"]) for one in lines
    }


def test_someone_held_up_by_a_tie_is_said_to_be_tied() -> None:
    near = gathered(person("B-0001", "150", "101", average="4"), person("B-0002", "150", "100", average="4"))
    lines = [one for one in found(near, "fragile_own_score") if one.why.facts["criterion"] == "history"]
    assert [(one.after, one.tied) for one in lines] == [("", True)]


def test_the_best_refused_for_each_kind_of_seat_are_tried() -> None:
    for seed in range(300):
        ranked, result = market(Random(seed))
        if ranked.ruleset.quotas and sensitivity.fragile(ranked, result).fragile:
            return
    pytest.fail("no market with quotas had a grant that hangs on anything")


# ---- what was decided by hand ----------------------------------------------------------------------------


def test_somebody_placed_hangs_on_being_admitted_only() -> None:
    placed = Placement(application="B-0001", pool=LAW.id, reason="court decision 12")
    ranked = gathered(person("B-0001", "110", "61"), FAR, placements=(placed,))
    told = {(one.kind, one.why.facts.get("criterion", "")) for one in searched(ranked).fragile}
    assert told == {("score", "ort_main"), ("threshold", "")}


def test_a_holder_whom_a_change_would_refuse_is_named_though_the_run_itself_would_be_refused() -> None:
    hold = Hold(application="B-0001", pool=LAW.id, upgrade=False)
    ranked = gathered(person("B-0001", "150", "101"), FAR, holds=(hold,))
    assert {one.application for one in searched(ranked).fragile} == {"B-0001"}
    told = {(one.kind, one.why.code, one.why.facts.get("rival")) for one in searched(ranked).fragile}
    assert told == {("score", "fragile_own_score", None), ("score", "fragile_rival_score", "B-0002")}


def test_a_holder_whom_somebody_elses_loss_would_push_out_is_told_whose_loss_it_is() -> None:
    own = {"ort_main": "150", "math": None, "biology": "70"}
    people = (
        candidate("B-0001", scores={**own, "history": "101"}, choices=(LAW.id, ECOLOGY.id)),
        candidate("B-0002", scores={**own, "history": "100.5"}, choices=(LAW.id,)),
        candidate("B-0003", scores={**own, "biology": "65"}, choices=(ECOLOGY.id,)),
    )
    hold = Hold(application="B-0003", pool=ECOLOGY.id, upgrade=False)
    pools = (POOL, replace(ECOLOGY, seats=1))
    ranked = prepare(RULES, pools, people, campaign="2026", total=2, holds=(hold,))
    told = [one.why for one in searched(ranked).fragile if one.application == "B-0003"]
    assert {(why.code, why.facts["rival"]) for why in told if why.facts.get("would_points") == "100"} == {
        ("fragile_rival_score", "B-0001")
    }


def test_a_holder_waiting_at_a_tie_is_named_by_the_seat_held() -> None:
    hold = Hold(application="B-0001", pool=LAW.id, upgrade=False)
    twin = person("B-0002", "110", "100")
    ranked = gathered(person("B-0001", "110", "100"), twin, holds=(hold,))
    result = allocate(ranked.inputs)
    assert not result.final
    lines = sensitivity.fragile(ranked, result).fragile
    assert {(one.application, one.pool) for one in lines} >= {("B-0001", LAW.id)}


# ---- what it costs -----------------------------------------------------------------------------------------


def test_the_cost_is_counted_bounded_and_told() -> None:
    steps: list[tuple[int, int]] = []
    near = gathered(person("B-0001", "150", "101"), FAR)
    whole = searched(near, progress=lambda done, total: steps.append((done, total)))
    assert whole.left == 0
    assert steps[-1][0] == steps[-1][1] == len(steps)
    bounded = searched(near, most=0)
    assert bounded.left > 0
    assert bounded.holders("score") == ()
    assert whole.holders() == ("B-0001",)
    assert whole.awards == 1


def test_people_far_from_every_cutoff_cost_no_allocation() -> None:
    far = searched(gathered(SURE, FAR))
    rules = len(list(small_steps.small_changes(RULES)))
    assert far.allocations == rules
    assert far.spared > 0


# ---- sparing an allocation never hides anything ---------------------------------------------------------


def single(ranked: Ranked, change: ScoreChange) -> RunResult | str:
    """The result with one person's result changed, made from nothing; who is named when it is refused."""
    inputs = ranked.inputs
    people = scenario.with_scores(ranked.candidates, [change]).values()
    try:
        made = prepare(
            ranked.ruleset, list(ranked.pools.values()), people, campaign="2026", total=inputs.total,
            placements=inputs.placements, holds=inputs.holds, out=inputs.out,
        ).inputs  # fmt: skip
        return allocate(obeyed(made, inputs.ties).inputs)
    except Refused as refused:
        return str(refused.facts["application"])


def keeps(ranked: Ranked, result: RunResult | str, no: str, pool: str) -> bool:
    """Whether the person has the pool, or one they like better."""
    if isinstance(result, str):
        return result != no
    wanted = ranked.candidates[no].choices
    has = next((award.pool for award in result.awards if award.application == no), "")
    better = pool in wanted and has in wanted and wanted.index(has) < wanted.index(pool)
    return has == pool or better


def chosen(no: str, *choices: tuple[str, str]) -> RunApplication:
    return RunApplication(no, tuple(RunChoice(pool, (merit,)) for pool, merit in choices))


def chain(pushed: RunApplication) -> RunInputs:
    """P takes the one pushed out of C by X, whom Y sent there from D after the one pushed had sent Y away."""
    pools = tuple(RunPool(id=name, order="quota_first", seats=1) for name in ("C", "D", "P"))
    others = (chosen("X", ("D", "5"), ("C", "10")), chosen("Y", ("C", "7"), ("D", "10")))
    return RunInputs(campaign="2026", total=3, pools=pools, applications=(pushed, *others))


def test_somebody_who_comes_to_equal_another_where_both_applied_is_allocated_anew() -> None:
    before = chain(chosen("B", ("C", "8"), ("P", "8")))
    result = allocate(before)
    assert result.final
    assert [(award.application, award.pool) for award in result.awards] == [
        ("B", "P"),
        ("X", "C"),
        ("Y", "D"),
    ]
    spared = Spared(before, result)
    equal = chosen("B", ("C", "7"), ("P", "7"))
    assert not spared.proves(equal, lowers=True)
    assert "B" not in {award.application for award in allocate(chain(equal)).awards}
    assert spared.proves(chosen("B", ("C", "6"), ("P", "6")), lowers=True)
    assert "B" in {a.application for a in allocate(chain(chosen("B", ("C", "6"), ("P", "6")))).awards}


def test_nothing_is_taken_for_proved_where_quotas_or_a_raised_merit_come_in() -> None:
    before = chain(chosen("B", ("C", "8"), ("P", "8")))
    quota = RunQuota(ground="orphan", seats=1, unused="open")
    guarded = replace(before, pools=tuple(replace(pool, quotas=(quota,)) for pool in before.pools))
    lower = chosen("B", ("C", "6"), ("P", "6"))
    assert not Spared(guarded, allocate(guarded)).proves(lower, lowers=True)
    spared = Spared(before, allocate(before))
    assert not spared.proves(chosen("B", ("C", "11"), ("P", "8")), lowers=True)
    assert not spared.proves(chosen("B", ("D", "1"), ("C", "8"), ("P", "7")), lowers=True)
    assert not spared.proves(chosen("B", ("C", "8")), lowers=True)


def test_a_loss_is_proved_to_reach_nobody_where_the_better_liked_pool_refuses_them_still() -> None:
    before = chain(chosen("B", ("C", "8"), ("P", "8")))
    spared = Spared(before, allocate(before))
    assert spared.proves(chosen("B", ("P", "6")), lowers=True)  # no longer admitted there
    passes_y = chosen("B", ("C", "6"), ("P", "8"))
    assert spared.proves(passes_y, lowers=True)
    assert not spared.proves(passes_y, lowers=False)


def shared(*more: RunApplication, ties: tuple[TieOrder, ...] = ()) -> RunInputs:
    """B and Z share P; Z could lose it to nobody. C and D are taken by others who stand higher."""
    seats = {"C": 1, "D": 1, "P": 2}
    pools = tuple(RunPool(id=name, order="quota_first", seats=many) for name, many in seats.items())
    people = (
        chosen("B", ("C", "8"), ("P", "8"), ("D", "3")),
        chosen("X", ("C", "10")),
        chosen("Z", ("P", "7")),
        *more,
    )
    return RunInputs(campaign="2026", total=4, pools=pools, applications=people, ties=ties)


def proved(inputs: RunInputs, *choices: tuple[str, str]) -> bool:
    """Whether it is proved that B with these choices keeps a grant as good."""
    return Spared(inputs, allocate(inputs)).proves(chosen("B", *choices), lowers=True)


def test_passing_somebody_who_keeps_their_seat_takes_nothing_away() -> None:
    assert proved(shared(), ("C", "8"), ("P", "6"), ("D", "3"))
    equal = chosen("Q", ("C", "8"))
    assert not proved(shared(equal), ("C", "8"), ("P", "6"), ("D", "3"))  # with Q it takes an order of equals


WAITING = (chosen("Q", ("D", "5")), chosen("R", ("D", "5")), chosen("Y", ("D", "9")))
ORDER = (TieOrder(pool="D", order=("Q", "R"), how="minutes 3"),)


def test_a_recorded_order_of_all_equals_who_applied_disturbs_no_proof_elsewhere() -> None:
    assert proved(shared(*WAITING, ties=ORDER), ("C", "8"), ("P", "6"), ("D", "3"))


def test_nothing_is_proved_of_somebody_who_would_come_to_equal_people_in_a_recorded_order() -> None:
    elsewhere = (chosen("Q", ("E", "9"), ("D", "5")), chosen("R", ("E", "8"), ("D", "5")))
    inputs = shared(*elsewhere, chosen("Y", ("D", "9")), ties=ORDER)
    inputs = replace(inputs, pools=(*inputs.pools, RunPool(id="E", order="quota_first", seats=2)), total=6)
    assert proved(inputs, ("C", "8"), ("P", "6"), ("D", "4"))
    assert not proved(inputs, ("C", "8"), ("P", "6"), ("D", "5"))


def test_nothing_is_proved_where_an_equal_nobody_ordered_could_join_a_recorded_order() -> None:
    inputs = shared(*WAITING, chosen("W", ("D", "5")), ties=ORDER)
    assert not proved(inputs, ("C", "8"), ("P", "6"), ("D", "3"))


@pytest.mark.parametrize("block", range(6))
def test_every_single_change_comes_out_as_a_run_made_from_nothing(block: int) -> None:
    told = spared = 0
    for seed in range(block * 15, block * 15 + 15):
        random = Random(seed)
        ranked, result = market(random, random.choice([6, 12, 25]))
        whole = sensitivity.fragile(ranked, result)
        spared += whole.spared
        own = {
            (one.application, one.why.facts["criterion"], one.why.facts["would_points"])
            for one in whole.fragile
            if one.why.code == "fragile_own_score"
        }
        for award in result.awards:
            person = ranked.candidates[award.application]
            programme = ranked.pools[award.pool].programme
            for code in sensitivity.counting(ranked.ruleset, programme):
                measure, value = ranked.ruleset.measure(code), person.scores.get(code)
                if measure is None or value is None:
                    continue
                less = value - Decimal(1).scaleb(-measure.places)
                change = ScoreChange(application=person.no, criterion=code, value=less)
                lost = not keeps(ranked, single(ranked, change), person.no, award.pool)
                assert ((person.no, code, f"{less.normalize():f}") in own) == lost, (seed, change)
                told += lost
    assert told > 5
    assert spared > 10


@pytest.mark.parametrize("block", range(6))
def test_sparing_allocations_finds_the_same_as_making_them_all(block: int) -> None:
    spared = 0
    for seed in range(1000 + block * 15, 1000 + block * 15 + 15):
        random = Random(seed)
        ranked, result = market(random, random.choice([6, 12, 25]))
        quick = sensitivity.fragile(ranked, result)
        thorough = sensitivity.fragile(ranked, result, sparing=False)
        assert quick.fragile == thorough.fragile, seed
        spared += thorough.allocations - quick.allocations
    assert spared > 15
