"""Which small steps are tried, one by one: weights, thresholds, results; and what is told of a grant lost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from grants_app.domain.ranking import Hold, Placement, PoolSeats
from grants_app.domain.ruleset import PoolQuotas, Quota, RuleSet, Term
from grants_app.domain.scenario import WhatIf
from grants_app.rules import scenario, small_steps
from grants_app.rules.allocation import allocate
from grants_app.rules.inputs import prepare
from tests.rules.rule_makers import ECOLOGY, LAW, candidate, preset
from tests.rules.test_sensitivity import FAR, found, gathered, person, searched

if TYPE_CHECKING:
    from grants_app.domain.ranking import Candidate, Ranked

RULES = preset()
FREE = replace(RULES, thresholds=replace(RULES.thresholds, main=None, subject=None))


def scored(*terms: Term, rules: RuleSet = FREE) -> RuleSet:
    return replace(rules, score=replace(rules.score, terms=terms))


def with_programme(code: str, **changes: Any) -> RuleSet:
    programmes = (replace(one, **changes) if one.programme == code else one for one in RULES.programmes)
    return replace(RULES, programmes=tuple(programmes))


def two_pools(
    *people: Candidate, seats: tuple[int, int] = (1, 1), rules: RuleSet = RULES, **decided: Any
) -> Ranked:
    """Ecology and law with so many seats each."""
    pools: tuple[PoolSeats, ...] = (replace(ECOLOGY, seats=seats[0]), replace(LAW, seats=seats[1]))
    return prepare(rules, pools, people, campaign="2026", total=sum(seats), **decided)


# ---- rules -------------------------------------------------------------------------------------------------


def test_a_weight_is_changed_alone_and_in_its_place() -> None:
    for why, rules in small_steps.weight_changes(RULES):
        weights = {term.criterion: term.weight for term in rules.score.terms}
        assert list(weights) == ["ort_main", "profile"]
        changed = weights.pop(str(why.facts["criterion"]))
        assert f"{changed.normalize()}" == why.facts["would_points"]
        assert list(weights.values()) == [1]


def test_a_threshold_of_one_can_be_lowered_to_nought() -> None:
    low = replace(RULES, thresholds=replace(RULES.thresholds, main=Decimal(1), subject=None))
    told = [why.facts["would_points"] for why, _ in small_steps.threshold_changes(low)]
    assert told == ["0", "2"]


def test_a_threshold_moves_by_the_smallest_step_of_the_results_it_is_about() -> None:
    finer = {"ort_main": 1, "history": 2}
    measures = tuple(replace(one, places=finer.get(one.code, one.places)) for one in RULES.measures)
    told = [
        (why.code, why.facts["would_points"])
        for why, _ in small_steps.threshold_changes(replace(RULES, measures=measures))
    ]
    assert told == [
        ("fragile_threshold_main", "109.9"),
        ("fragile_threshold_main", "110.1"),
        ("fragile_threshold_subject", "59.99"),
        ("fragile_threshold_subject", "60.01"),
    ]
    bare = [
        why.facts["would_points"] for why, _ in small_steps.threshold_changes(replace(RULES, measures=()))
    ]
    assert bare == ["109", "111", "59", "61"]


def test_a_programmes_threshold_moves_for_that_programme_alone() -> None:
    rules = with_programme(LAW.programme, subject=Decimal(70))
    moved = [
        [one.programme for one, old in zip(after.programmes, rules.programmes, strict=True) if one != old]
        for why, after in small_steps.threshold_changes(rules)
        if "programme" in why.facts
    ]
    assert moved == [[LAW.programme], [LAW.programme]]


def test_who_would_only_move_to_another_choice_is_told_where() -> None:
    rules = with_programme(LAW.programme, main=Decimal(150))
    first = candidate(
        "B-0001", scores={"ort_main": "150", "history": "100", "biology": "90"}, choices=(LAW.id, ECOLOGY.id)
    )
    lines = found(two_pools(first, rules=rules), "fragile_threshold_main_of_programme")
    assert [(one.application, one.pool, one.after) for one in lines] == [("B-0001", LAW.id, ECOLOGY.id)]


def test_everybody_who_would_come_instead_is_named_by_number() -> None:
    holders = [person(f"B-{n}", "110", "150") for n in range(1, 5)]
    others = [person(f"B-{n}", "150", "60") for n in (8, 6, 7, 5)]
    lines = found(gathered(*holders, *others, seats=4), "fragile_threshold_main")
    assert {one.instead for one in lines} == {("B-5", "B-6", "B-7", "B-8")}
    assert len(lines) == 4


# ---- one person's result -----------------------------------------------------------------------------------


def test_every_change_looked_at_is_counted_once() -> None:
    for ranked in (
        gathered(person("B-0001", "150", "101"), FAR),
        gathered(person("B-0001", "200", "100"), FAR),
        gathered(
            person("B-0001", "110", "61"),
            FAR,
            placements=(Placement(application="B-0001", pool=LAW.id, reason="court"),),
        ),
    ):
        for most in (None, 0, 5):
            steps: list[tuple[int, int]] = []
            told = searched(ranked, most=most, progress=lambda *step, steps=steps: steps.append(step))
            total = told.allocations + told.spared + told.left
            assert steps == [(done, total) for done in range(1, total + 1)]


def test_no_more_allocations_are_made_for_single_people_than_allowed() -> None:
    near = gathered(person("B-0001", "150", "101"), FAR)
    rules = len(list(small_steps.small_changes(RULES)))
    assert searched(near).allocations > rules + 1
    assert searched(near, most=rules + 1).allocations == rules + 1


def test_somebody_placed_is_looked_at_without_an_allocation() -> None:
    placed = Placement(application="B-0001", pool=LAW.id, reason="court")
    told = searched(gathered(person("B-0001", "150", "100"), placements=(placed,)))
    assert told.spared == 3  # main test, average, history
    assert told.allocations == len(list(small_steps.small_changes(RULES)))


def test_only_the_best_refused_and_their_equals_are_tried() -> None:
    others = [person(f"C-{n}", str(140 - n), "100") for n in range(5)]
    holder = person("B-0001", "200", "100")
    some = [searched(gathered(holder, FAR, *others[:count])) for count in (0, 5)]
    assert some[0] == some[1]
    equals = searched(gathered(holder, FAR, replace(FAR, no="B-0003"), *others))
    assert equals.spared + equals.allocations > some[0].spared + some[0].allocations


def test_the_best_refused_who_has_the_ground_of_a_quota_is_tried() -> None:
    quota = Quota(ground="orphan", seats=1, unused="empty")
    rules = replace(RULES, quotas=(PoolQuotas(pool=LAW.id, quotas=(quota,)),))
    orphans = [
        replace(person(no, "150", h), grounds=(("orphan", True),))
        for no, h in (("O-1", "101"), ("O-2", "100"))
    ]
    others = [person("B-1", "240", "100"), person("B-2", "200", "100"), person("B-3", "190", "100")]
    ranked = two_pools(*orphans, *others, seats=(0, 2), rules=rules)
    assert [award.application for award in allocate(ranked.inputs).awards] == ["B-1", "O-1"]
    lines = found(ranked, "fragile_rival_score")
    assert {(one.application, one.why.facts["rival"]) for one in lines} == {("O-1", "O-2")}


def test_of_two_choices_the_merit_in_the_pool_itself_is_looked_at() -> None:
    here = person("B-0001", "150", "101")
    equal = [
        candidate(
            no,
            scores={"ort_main": "150", "history": "100", "biology": biology, "math": None},
            choices=(ECOLOGY.id, LAW.id),
        )
        for no, biology in (("B-0002", "70"), ("B-0003", "80"))
    ]
    lines = found(two_pools(here, *equal, seats=(0, 1)), "fragile_rival_score")
    assert {one.why.facts["rival"] for one in lines} == {"B-0002", "B-0003"}


@pytest.mark.parametrize(("weight", "would"), [("0.5", "149"), ("-0.5", "151")])
def test_a_result_is_moved_to_the_holders_loss_whatever_its_weight(weight: str, would: str) -> None:
    rules = scored(Term(criterion="ort_main", weight=Decimal(weight)))
    pair = (person("B-0001", "150", "101"), person("B-0002", "150", "100"))
    lines = found(gathered(*pair, rules=rules), "fragile_own_score")
    told = {one.why.facts["would_points"] for one in lines if one.why.facts["criterion"] == "ort_main"}
    assert told == {would}


def test_a_rival_at_the_limit_of_a_result_gets_no_more_of_it() -> None:
    rules = scored(Term(criterion="ort_main", weight=Decimal(5)), Term(criterion="profile"))
    pair = (person("B-0001", "245", "150", average="5"), person("B-0002", "245", "147", average="5"))
    assert found(gathered(*pair, rules=rules), "fragile_rival_score") == []


def test_a_result_may_fall_to_its_limit() -> None:
    pair = (person("B-0001", "150", "100", average="2.01"), person("B-0002", "150", "100", average="2"))
    told = [one.why.facts for one in found(gathered(*pair), "fragile_own_score")]
    assert {"criterion": "average", "has_points": "2.01", "would_points": "2"} in told


def test_a_result_that_falls_to_nought_is_told_as_nought() -> None:
    pair = (person("B-0001", "150", "1"), person("B-0002", "150", "0"))
    told = [one.why.facts for one in found(gathered(*pair, rules=FREE), "fragile_own_score")]
    assert {"criterion": "history", "has_points": "1", "would_points": "0"} in told


def test_a_choice_the_run_does_not_have_is_passed_over() -> None:
    holder = replace(person("B-0001", "150", "101"), choices=("X/Y", LAW.id))
    lines = found(gathered(holder, FAR), "fragile_own_score")
    assert {one.why.facts["criterion"] for one in lines} == {"history"}


def test_a_rival_who_would_take_a_seat_held_is_told_as_a_rival() -> None:
    hold = Hold(application="B-0001", pool=LAW.id, upgrade=False)
    rival = person("B-0002", "150", "100", average="4.8")
    told = searched(gathered(person("B-0001", "150", "100"), rival, holds=(hold,)))
    assert {one.kind for one in told.fragile} <= {"score", "weight", "threshold"}
    own = {str(one.why.facts) for one in told.fragile if one.why.code == "fragile_own_score"}
    rivals = {one.why.facts["rival"] for one in told.fragile if one.why.code == "fragile_rival_score"}
    assert own
    assert rivals == {"B-0002"}


def test_a_fall_of_ones_own_is_not_told_of_those_who_fall_with_it() -> None:
    both = {"ort_main": "150", "biology": "101", "math": None}
    first = candidate("A-1", scores=both | {"history": "101"}, choices=(LAW.id, ECOLOGY.id))
    second = candidate("A-2", scores=both | {"biology": "100", "history": None}, choices=(ECOLOGY.id,))
    third = person("A-3", "150", "100", average="4.9")
    lines = found(two_pools(first, second, third), "fragile_own_score")
    fallen = {one.application for one in lines if one.why.facts["criterion"] == "history"}
    assert fallen == {"A-1"}


# ---- what-ifs ----------------------------------------------------------------------------------------------


def test_only_those_admitted_somewhere_compete() -> None:
    placed = Placement(application="B-0001", pool=LAW.id, reason="court")
    ranked = gathered(replace(person("B-0001", "150", "100"), choices=()), FAR, placements=(placed,))
    seats, total = scenario.unchanged(ranked)
    changed = WhatIf(rules=RULES, seats=seats, total=total)
    assert scenario.what_if(ranked, ranked.inputs, allocate(ranked.inputs), changed).competing == (1, 1)


def test_groups_not_in_order_follow_by_name_and_the_unknown_comes_last() -> None:
    people = [person(no, "150", "100") for no in ("B-1", "C-1", "A-1", "-")]
    result = allocate(gathered(*people, seats=4).inputs)

    def group(no: str, _pool: str) -> str:
        return no.rstrip("-1")

    assert [one.key for one in scenario.tallies(result, result, group, ("C",))] == ["C", "A", "B", ""]
