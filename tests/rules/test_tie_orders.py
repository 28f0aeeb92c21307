"""When a recorded order of equals still holds: whole, or not at all."""

from __future__ import annotations

from typing import Any

from grants_app.domain.ranking import (
    Hold,
    RunApplication,
    RunChoice,
    RunInputs,
    RunPool,
    TieOrder,
)
from grants_app.rules.allocation import allocate
from grants_app.rules.tie_orders import obeyed

POOL, OTHER = "KAZNU-BSH/6B06102", "ENU-OSH/6B05201"


def person(no: str, score: str = "250", *pools: str) -> RunApplication:
    return RunApplication(no, tuple(RunChoice(pool, (score,)) for pool in pools or (POOL,)))


def inputs(*people: RunApplication, seats: int = 1, **more: Any) -> RunInputs:
    pools = tuple(RunPool(id=pool, order="quota_first", seats=seats) for pool in (POOL, OTHER))
    return RunInputs(campaign="2026", total=seats * 2, pools=pools, applications=people, **more)


def order(*numbers: str, pool: str = POOL) -> TieOrder:
    return TieOrder(pool=pool, order=numbers, how="minutes 3, 06.08.2026")


def reasons(run: RunInputs, *orders: TieOrder) -> list[str]:
    held = obeyed(run, orders)
    assert len(held.void) + len(held.inputs.ties) == len(orders)
    allocate(held.inputs)  # whatever is left can be allocated
    return [finding.facts["why_code"] for finding in held.findings]


def test_an_order_among_equals_holds() -> None:
    held = obeyed(inputs(person("A"), person("B")), [order("B", "A")])
    assert (held.inputs.ties, held.void, held.findings) == ((order("B", "A"),), (), ())


def test_an_order_among_people_who_are_no_longer_equal_is_left_out_and_said() -> None:
    held = obeyed(inputs(person("A"), person("B", "251")), [order("A", "B")])
    assert held.inputs.ties == ()
    assert held.void == (order("A", "B"),)
    (finding,) = held.findings
    assert finding.code == "tie_order_void"
    assert finding.facts == {
        "pool": POOL,
        "people": "A, B",
        "how": "minutes 3, 06.08.2026",
        "why_code": "tie_void_unequal",
    }


def test_an_order_with_somebody_gone_is_not_applied_to_the_rest() -> None:
    three = order("A", "B", "C")
    assert reasons(inputs(person("A"), person("B")), three) == ["tie_void_gone"]
    assert reasons(inputs(person("A"), person("B"), person("C", "250", OTHER)), three) == ["tie_void_gone"]
    assert reasons(inputs(), three) == ["tie_void_gone"]


def test_a_group_others_have_come_to_at_the_last_seat_is_decided_anew() -> None:
    run = inputs(person("A"), person("B"), person("C"))
    held = obeyed(run, [order("A", "B")])
    assert [finding.facts["why_code"] for finding in held.findings] == ["tie_void_joined"]
    (tie,) = allocate(held.inputs).open_ties
    assert tie.applications == ("A", "B", "C")


def test_equals_who_do_not_stand_at_the_last_seat_leave_the_order_alone() -> None:
    run = inputs(person("A"), person("B"), person("C", "250", OTHER, POOL))
    assert reasons(run, order("A", "B")) == []


def test_a_tie_in_one_pool_leaves_the_order_of_another_alone() -> None:
    people = (person("A"), person("B"), person("C", "250", OTHER), person("D", "250", OTHER))
    assert reasons(inputs(*people), order("A", "B")) == []


def test_two_orders_whose_groups_have_become_one_are_both_left_out() -> None:
    run = inputs(person("A"), person("B"), person("C"), person("D"))
    assert reasons(run, order("A", "B"), order("D", "C")) == ["tie_void_joined", "tie_void_joined"]


def test_one_order_that_fell_may_bring_down_another() -> None:
    # D has become better than C, who therefore comes to A and B.
    people = (
        person("A"),
        person("B"),
        person("C", "250", OTHER, POOL),
        person("D", "251", OTHER),
    )
    assert reasons(inputs(*people), order("A", "B"), order("D", "C", pool=OTHER)) == [
        "tie_void_unequal",
        "tie_void_joined",
    ]


def test_a_holder_the_pool_would_refuse_is_left_for_the_run_itself_to_name() -> None:
    hold = Hold(application="C", pool=POOL, upgrade=False)
    run = inputs(person("A"), person("B"), person("C", "200"), holds=(hold,))
    held = obeyed(run, [order("A", "B")])
    assert held.inputs.ties == (order("A", "B"),)
