"""What if: other rules, seats or results beside the official run; what was decided stays in force."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from grants_app.domain.comparison import AwardChange
from grants_app.domain.errors import Refused
from grants_app.domain.ranking import Candidate, Hold, Out, Placement, Ranked, RunResult, TieOrder
from grants_app.domain.ruleset import RuleSet, Term
from grants_app.domain.scenario import Effect, ScoreChange, Tally, WhatIf
from grants_app.rules import scenario
from grants_app.rules.allocation import allocate
from grants_app.rules.comparison import award_changes
from grants_app.rules.inputs import prepare
from tests.rules.market_makers import market
from tests.rules.rule_makers import ECOLOGY, LAW, candidate, preset

RULES = preset()
POOLS = (replace(LAW, seats=1), replace(ECOLOGY, seats=1))
READER = candidate("B-0001", scores={"ort_main": "180", "history": "80", "biology": "80"}, choices=(LAW.id,))
COUNTER = candidate("B-0002", scores={"ort_main": "150", "history": "100", "math": "140"}, choices=(LAW.id,))


def gathered(*people: Candidate, rules: RuleSet = RULES, **decided: Any) -> Ranked:
    return prepare(rules, POOLS, people, campaign="2026", total=2, **decided)


def changed(held: Ranked, **changes: Any) -> WhatIf:
    seats, total = scenario.unchanged(held)
    given = {"rules": held.ruleset, "seats": seats, "total": total} | changes
    return WhatIf(**given)


def told(held: Ranked, **changes: Any) -> Effect:
    return scenario.what_if(held, held.inputs, allocate(held.inputs), changed(held, **changes))


def weighing(rules: RuleSet, criterion: str, weight: str, *, required: bool = True) -> RuleSet:
    terms = [term for term in rules.score.terms if term.criterion != criterion]
    terms.append(Term(criterion=criterion, weight=Decimal(weight), required=required))
    return replace(rules, score=replace(rules.score, terms=tuple(terms)))


def test_an_unchanged_scenario_changes_nothing() -> None:
    held = gathered(READER, COUNTER)
    effect = told(held)
    assert effect.awards == ()
    assert effect.inputs == held.inputs
    assert effect.notes == ()


def test_adding_mathematics_to_the_score_shows_who_gains_and_who_loses() -> None:
    effect = told(gathered(READER, COUNTER), rules=weighing(RULES, "math", "2", required=False))
    assert effect.awards == (
        AwardChange(application="B-0001", before=LAW.id, after="", kind="lost"),
        AwardChange(application="B-0002", before="", after=LAW.id, kind="gained"),
    )
    assert effect.count("gained") == 1
    assert effect.count("gained", "lost") == 2


def test_more_seats_give_more_grants_and_fewer_take_them() -> None:
    held = gathered(READER, COUNTER)
    assert told(held, seats={LAW.id: 2}, total=3).count("gained") == 1
    assert told(held, seats={LAW.id: 0}).count("lost") == 1


def test_a_granted_appeal_is_tried_without_touching_the_register() -> None:
    held = gathered(READER, COUNTER)
    appeal = ScoreChange(application="B-0002", criterion="ort_main", value=Decimal(200))
    assert told(held, scores=(appeal,)).count("gained") == 1
    assert held.candidates["B-0002"].scores["ort_main"] == 150


def test_a_result_taken_away_counts_as_not_given() -> None:
    gone = ScoreChange(application="B-0001", criterion="ort_main", value=None)
    effect = told(gathered(READER, COUNTER), scores=(gone,))
    assert [(change.application, change.kind) for change in effect.awards] == [
        ("B-0001", "lost"),
        ("B-0002", "gained"),
    ]


def test_a_result_of_somebody_unknown_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        told(gathered(READER), scores=(ScoreChange(application="X-1", criterion="math", value=None),))
    assert refused.value.code == "application_unknown"


def test_how_many_compete_is_counted_before_and_after() -> None:
    higher = replace(RULES, thresholds=replace(RULES.thresholds, main=Decimal(160)))
    assert told(gathered(READER, COUNTER), rules=higher).competing == (2, 1)


def test_more_seats_than_the_total_are_refused_in_plain_words() -> None:
    with pytest.raises(Refused) as refused:
        told(gathered(READER), seats={LAW.id: 5})
    assert refused.value.code == "seats_over_total"
    assert refused.value.facts == {"seats": 6, "total": 2}


# ---- what the register decided -------------------------------------------------------------------------


def test_a_placement_stays_and_those_out_stay_out() -> None:
    placed = Placement(application="B-0002", pool=LAW.id, reason="court decision 12")
    held = gathered(READER, COUNTER, placements=(placed,), out=(Out(application="B-0001", why="declined"),))
    effect = told(held, rules=weighing(RULES, "ort_main", "3"))
    assert [award.application for award in effect.result.awards] == ["B-0002"]
    assert effect.inputs.placements == (placed,)
    assert effect.inputs.out == held.inputs.out


def test_somebody_placed_who_would_not_be_admitted_is_named() -> None:
    held = gathered(
        READER, COUNTER, placements=(Placement(application="B-0002", pool=LAW.id, reason="court"),)
    )
    with pytest.raises(Refused) as refused:
        told(held, rules=replace(RULES, thresholds=replace(RULES.thresholds, main=Decimal(160))))
    assert refused.value.code == "seated_not_admitted"
    assert refused.value.facts["application"] == "B-0002"


def test_a_holder_who_would_lose_their_grant_is_named() -> None:
    held = gathered(READER, COUNTER, holds=(Hold(application="B-0001", pool=LAW.id, upgrade=False),))
    with pytest.raises(Refused) as refused:
        told(held, rules=weighing(RULES, "math", "2", required=False))
    assert refused.value.code == "run_hold_refused"


def test_a_scenario_may_let_holders_compete_anew() -> None:
    held = gathered(READER, COUNTER, holds=(Hold(application="B-0001", pool=LAW.id, upgrade=False),))
    effect = told(held, rules=weighing(RULES, "math", "2", required=False), released=True)
    assert effect.count("lost") == 1
    assert effect.inputs.holds == ()


EQUAL = candidate("B-0003", scores={"ort_main": "180", "history": "80", "biology": "80"}, choices=(LAW.id,))
ORDER = TieOrder(pool=LAW.id, order=("B-0003", "B-0001"), how="minutes 3")


def test_an_order_of_equals_stays_while_they_are_equals() -> None:
    held = gathered(READER, EQUAL, ties=(ORDER,))
    effect = told(held, seats={LAW.id: 0, ECOLOGY.id: 1})
    assert effect.inputs.ties == (ORDER,)
    assert effect.notes == ()


def test_an_order_of_people_no_longer_equal_is_left_out_and_said() -> None:
    held = gathered(READER, EQUAL, ties=(ORDER,))
    better = ScoreChange(application="B-0001", criterion="ort_main", value=Decimal(181))
    effect = told(held, scores=(better,))
    assert [award.application for award in effect.result.awards] == ["B-0001"]
    assert effect.inputs.ties == ()
    assert [(note.code, note.facts["people"]) for note in effect.notes] == [
        ("tie_order_void", "B-0003, B-0001")
    ]


def test_an_order_of_people_no_longer_admitted_is_left_out() -> None:
    held = gathered(READER, EQUAL, ties=(ORDER,))
    gone = tuple(ScoreChange(application=no, criterion="ort_main", value=Decimal(1)) for no in ORDER.order)
    assert told(held, scores=gone).inputs.ties == ()


def test_two_orders_that_come_to_be_about_the_same_equals_are_both_left_out() -> None:
    lower = [replace(one, no=no) for one, no in ((READER, "B-0005"), (READER, "B-0006"))]
    lower = [replace(one, scores={**one.scores, "ort_main": Decimal(170)}) for one in lower]
    second = TieOrder(pool=LAW.id, order=("B-0006", "B-0005"), how="minutes 4")
    held = gathered(READER, EQUAL, *lower, ties=(ORDER, second))
    raised = tuple(
        ScoreChange(application=no, criterion="ort_main", value=Decimal(180)) for no in second.order
    )
    effect = told(held, scores=raised)
    assert len(effect.notes) == 2
    assert not effect.result.final


def test_an_order_spoilt_by_one_of_its_own_does_not_spoil_another() -> None:
    third = replace(READER, no="B-0007", scores={**READER.scores, "ort_main": Decimal(170)})
    fourth = replace(third, no="B-0008")
    second = TieOrder(pool=LAW.id, order=("B-0008", "B-0007"), how="minutes 4")
    held = gathered(READER, EQUAL, third, fourth, ties=(ORDER, second))
    sunk = ScoreChange(application="B-0001", criterion="ort_main", value=Decimal(170))
    assert told(held, scores=(sunk,)).inputs.ties == (second,)


# ---- totals --------------------------------------------------------------------------------------------


def test_grants_are_counted_by_group_before_and_after() -> None:
    held = gathered(READER, COUNTER)
    before = allocate(held.inputs)
    after = told(held, rules=weighing(RULES, "math", "2", required=False)).result
    sexes = {"B-0001": "F", "B-0002": ""}

    def sex(application: str, _pool: str) -> str:
        return sexes[application]

    def pool(_application: str, pool: str) -> str:
        return pool

    assert scenario.tallies(before, after, sex, ("F", "M")) == (
        Tally("F", 1, 0),
        Tally("M", 0, 0),
        Tally("", 0, 1),
    )
    assert scenario.tallies(before, after, pool) == (Tally(LAW.id, 1, 1),)
    assert scenario.tallies(RunResult(), RunResult(), pool) == ()


def test_random_scenarios_equal_a_run_made_from_nothing() -> None:
    seen = 0
    for seed in range(200):
        random = Random(seed)
        held, result = market(random)
        weight = Decimal(random.choice(["0.5", "2", "-1"]))
        terms = (replace(held.ruleset.score.terms[0], weight=weight), *held.ruleset.score.terms[1:])
        rules = replace(held.ruleset, score=replace(held.ruleset.score, terms=terms))
        total = held.inputs.total + 1
        first = next(iter(held.pools.values()))
        seats = {first.id: first.seats + 1}
        try:
            effect = scenario.what_if(
                held, held.inputs, result, WhatIf(rules=rules, seats=seats, total=total)
            )
        except Refused:
            continue
        pools = [replace(pool, seats=seats.get(pool.id, pool.seats)) for pool in held.pools.values()]
        anew = prepare(
            rules, pools, held.candidates.values(), campaign="2026", total=total,
            placements=held.inputs.placements, holds=held.inputs.holds, out=held.inputs.out,
            ties=effect.inputs.ties,
        ).inputs  # fmt: skip
        assert effect.result == allocate(anew)
        assert effect.awards == award_changes(held.inputs, result, anew, allocate(anew))
        seen += bool(effect.awards)
    assert seen > 50
