"""Wrong results made on purpose, each found by the checker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from grants_app.domain.ranking import (
    Hold,
    OpenTie,
    Order,
    Out,
    Placement,
    ReserveList,
    RunApplication,
    RunAward,
    RunChoice,
    RunInputs,
    RunPool,
    RunQuota,
    RunResult,
    TieOrder,
    Unused,
)
from grants_app.rules.allocation import allocate
from grants_app.rules.checker import check_result
from grants_app.rules.checker_seats import next_in_line, rings, seats_given
from grants_app.wording import Words


def person(no: str, *choices: tuple[str, str], grounds: tuple[str, ...] = ()) -> RunApplication:
    return RunApplication(no, tuple(RunChoice(pool, (merit,)) for pool, merit in choices), grounds)


@pytest.fixture
def inputs() -> RunInputs:
    orphans = RunQuota(ground="orphan", seats=1, unused="open")
    return RunInputs(
        campaign="2026",
        total=5,
        pools=(
            RunPool(id="P", order="quota_first", seats=2, quotas=(orphans,)),
            RunPool(id="Q", order="quota_first", seats=2),
            RunPool(id="R", order="quota_first", seats=1),
        ),
        applications=(
            person("A", ("P", "9"), ("Q", "9")),
            person("B", ("P", "8"), ("Q", "8")),
            person("C", ("P", "7"), grounds=("orphan",)),
            person("D", ("Q", "5")),
            person("E", ("Q", "5")),
            person("F", ("R", "3"), ("Q", "3")),
            person("G", ("P", "1")),
            person("H", ("P", "9")),
            person("I", ("R", "1")),
        ),
        placements=(Placement(application="G", pool="Q", reason="order 2"),),
        holds=(Hold(application="F", pool="R", upgrade=True),),
        out=(Out(application="H", why="declined"),),
        ties=(TieOrder(pool="Q", order=("D", "E"), how="minutes 3"),),
    )


def test_the_right_result_has_no_findings(inputs: RunInputs) -> None:
    assert check_result(inputs, allocate(inputs)) == ()


def test_the_order_of_pools_in_a_run_is_of_no_matter(inputs: RunInputs) -> None:
    assert check_result(replace(inputs, pools=inputs.pools[::-1]), allocate(inputs)) == ()


Change = Callable[[RunResult], RunResult]


def without(no: str) -> Change:
    return lambda r: replace(
        r,
        awards=tuple(a for a in r.awards if a.application != no),
        not_awarded=tuple(sorted({*r.not_awarded, no})),
    )


def with_award(no: str, pool: str, seat: str = "open", position: int | None = 1) -> Change:
    award = RunAward(application=no, pool=pool, seat=seat, position=position)
    return lambda r: replace(
        r,
        awards=(*(a for a in r.awards if a.application != no), award),
        not_awarded=tuple(n for n in r.not_awarded if n != no),
    )


def both(*changes: Change) -> Change:
    def change(result: RunResult) -> RunResult:
        for one in changes:
            result = one(result)
        return result

    return change


def with_reserve(pool: str, *numbers: str) -> Change:
    def change(result: RunResult) -> RunResult:
        lists = {entry.pool: entry for entry in result.reserve} | {
            pool: ReserveList(pool=pool, applications=numbers)
        }
        return replace(result, reserve=tuple(lists[p] for p in sorted(lists)))

    return change


WRONG: dict[str, tuple[str, Change]] = {
    "a holder moved down": ("check_hold", with_award("F", "Q", position=5)),
    "a pool over its seats": ("check_seats", with_award("I", "R", position=2)),
    "the total passed": ("check_total", both(with_award("E", "Q"), with_award("I", "R"))),
    "a quota over its seats": ("check_quota", with_award("A", "P", "orphan")),
    "a quota seat without the ground": ("check_ground_not_held", with_award("A", "P", "orphan")),
    "a pool not chosen": ("check_not_chosen", with_award("D", "P", position=None)),
    "somebody passed over": ("check_envy", both(without("A"), with_award("B", "P", position=3))),
    "a seat left empty": ("check_waste", without("B")),
    "a placement forgotten": ("check_placement", without("G")),
    "a placement nobody made": ("check_placement", with_award("A", "P", "placement")),
    "somebody out with a grant": ("check_out", with_award("H", "P")),
    "a holder left with nothing": ("check_hold", without("F")),
    "two places for one": (
        "check_two_places",
        lambda r: replace(r, not_awarded=(*r.not_awarded, "A")),
    ),
    "somebody lost": ("check_unaccounted", lambda r: replace(r, not_awarded=r.not_awarded[1:])),
    "an unknown person": ("check_unknown", with_award("Z", "P")),
    "an unknown person in a reserve": ("check_unknown", with_reserve("Q", "D", "E", "Z")),
    "somebody else in a reserve": ("check_reserve", with_reserve("P", "G")),
    "somebody twice in a reserve": ("check_reserve", with_reserve("Q", "D", "D", "E")),
    "an unknown pool": ("check_unknown", with_award("A", "Z")),
    "a wrong position": ("check_position", with_award("A", "P", position=7)),
    "somebody missing in the reserve": ("check_reserve", with_reserve("Q", "E")),
    "a reserve out of order": ("check_reserve_order", with_reserve("Q", "E", "D")),
    "a pool without a reserve": ("check_reserve_missing", lambda r: replace(r, reserve=r.reserve[1:])),
    "a tie among unequals": (
        "check_open_tie",
        lambda r: replace(r, open_ties=(OpenTie(pool="P", applications=("A", "B"), seats_at_stake=1),)),
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_result_is_found_and_said_in_words(inputs: RunInputs, wrong: str) -> None:
    code, change = WRONG[wrong]
    found = check_result(inputs, change(allocate(inputs)))
    assert code in {finding.code for finding in found}
    for finding in found:
        told = Words("en").code(finding.code, **finding.facts)
        assert all(str(fact) in told for fact in finding.facts.values())


def test_a_tie_order_turned_round_is_found() -> None:
    ties = (TieOrder(pool="P", order=("A", "B"), how="minutes 3"),)
    inputs = small(ties)
    assert check_result(inputs, allocate(inputs)) == ()
    turned = allocate(small((TieOrder(pool="P", order=("B", "A"), how="minutes 3"),)))
    assert [finding.code for finding in check_result(inputs, turned)] == ["check_tie_order"]


def test_a_tie_decided_in_silence_is_found() -> None:
    silent = allocate(small((TieOrder(pool="P", order=("B", "A"), how="minutes 3"),)))
    assert [finding.code for finding in check_result(small(()), silent)] == ["check_tie_passed_over"]


def test_somebody_inadmissible_with_a_grant_is_found() -> None:
    inputs = small((TieOrder(pool="P", order=("A", "B"), how="minutes 3"),))
    found = check_result(inputs, allocate(inputs), {("A", "P")})
    assert [finding.code for finding in found] == ["check_not_admitted"]


def small(ties: tuple[TieOrder, ...]) -> RunInputs:
    people = (person("A", ("P", "1")), person("B", ("P", "1")))
    pools = (RunPool(id="P", order="quota_first", seats=1),)
    return RunInputs(campaign="2026", total=1, pools=pools, applications=people, ties=ties)


def test_a_tie_of_one_known_to_nobody_is_found(inputs: RunInputs) -> None:
    result = replace(allocate(inputs), open_ties=(OpenTie(pool="P", applications=("Z",), seats_at_stake=1),))
    found = [(finding.code, dict(finding.facts)) for finding in check_result(inputs, result)]
    assert found == [("check_unknown", {"name": "Z"})]


def two_orphans(order: Order = "quota_first", unused: Unused = "open") -> RunInputs:
    quota = RunQuota(ground="orphan", seats=1, unused=unused)
    people = [person(no, ("P", merit), grounds=("orphan",)) for no, merit in (("A", "9"), ("B", "8"))]
    pools = (RunPool(id="P", order=order, seats=2, quotas=(quota,)),)
    return RunInputs(campaign="2026", total=2, pools=pools, applications=(*people, person("C", ("P", "5"))))


def codes(inputs: RunInputs, result: RunResult) -> list[str]:
    return [finding.code for finding in check_result(inputs, result)]


def test_somebody_passed_over_on_a_quota_is_found() -> None:
    inputs = two_orphans(unused="empty")
    inputs = replace(inputs, applications=(*inputs.applications, person("D", ("P", "9.5"))))
    right = allocate(inputs)
    assert [(a.application, a.seat) for a in right.awards] == [("A", "orphan"), ("D", "open")]
    change = both(without("A"), with_award("B", "P", "orphan", 3), with_reserve("P", "A", "C"))
    assert codes(inputs, change(right)) == ["check_envy"]


def test_a_quota_seat_left_empty_is_found_only_where_somebody_holds_the_ground() -> None:
    inputs = two_orphans(unused="empty")
    alone = replace(inputs, applications=(person("C", ("P", "5")), person("D", ("P", "4"))))
    assert codes(alone, allocate(alone)) == []
    without_b = both(without("B"), with_award("A", "P", "open"), with_reserve("P", "B", "C"))
    assert codes(inputs, without_b(allocate(inputs))) == ["check_waste", "check_seat_label"]


@pytest.mark.parametrize(
    ("order", "seats"),
    [("quota_first", {"A": "orphan", "B": "open"}), ("open_first", {"A": "open", "B": "orphan"})],
)
def test_a_seat_counted_on_another_quota_is_found(order: Order, seats: dict) -> None:
    inputs = two_orphans(order)
    right = allocate(inputs)
    assert {award.application: award.seat for award in right.awards} == seats
    turned = both(with_award("A", "P", seats["B"]), with_award("B", "P", seats["A"], 2))(right)
    assert codes(inputs, turned) == ["check_seat_label", "check_seat_label"]
    assert [dict(f.facts)["seat"] for f in check_result(inputs, turned)] == [seats["A"], seats["B"]]


def quota_pool(seats: int, *quotas: RunQuota) -> tuple[RunPool, ...]:
    return (RunPool(id="P", order="quota_first", seats=seats, quotas=quotas),)


def given(seats: dict[str, str], *reserve: str) -> RunResult:
    """Those awarded with their seats, in the order of their places, all others refused."""
    awards = [
        RunAward(application=no, pool="P", seat=seat, position=place)
        for place, (no, seat) in enumerate(seats.items(), start=1)
    ]
    lists = (ReserveList(pool="P", applications=reserve),)
    return RunResult(awards=tuple(awards), reserve=lists, not_awarded=tuple(sorted(reserve)))


ORPHAN = RunQuota(ground="orphan", seats=1, unused="open")
DISABILITY = RunQuota(ground="disability", seats=1, unused="open")


@pytest.mark.parametrize(
    ("pools", "seats"),
    [
        (quota_pool(2), {"A": "orphan", "B": "open"}),  # the pool has no such quota
        (quota_pool(2, ORPHAN, DISABILITY), {"A": "orphan", "B": "orphan"}),  # another's seat is not theirs
        (quota_pool(2, replace(ORPHAN, unused="empty")), {"A": "open", "B": "open"}),  # it stays empty
        (quota_pool(2, replace(ORPHAN, seats=2)), {"A": "orphan", "B": "open", "C": "open"}),
    ],
)
def test_seats_no_quota_has_left_are_found(pools: tuple[RunPool, ...], seats: dict[str, str]) -> None:
    people = [person(no, ("P", merit), grounds=("orphan",)) for no, merit in zip("AB", "98", strict=True)]
    people += [person("C", ("P", "7"))] if "C" in seats else []
    inputs = RunInputs(campaign="2026", total=3, pools=pools, applications=tuple(people))
    assert "check_quota" in codes(inputs, given(seats))


def test_leftovers_of_a_quota_that_opens_up_are_not_wasted() -> None:
    people = (person("A", ("P", "9")), person("B", ("P", "8")))
    inputs = RunInputs(campaign="2026", total=1, pools=quota_pool(1, ORPHAN), applications=people)
    assert codes(inputs, given({"A": "open"}, "B")) == []
    assert codes(inputs, given({}, "A", "B")) == ["check_waste", "check_waste"]


def test_of_those_on_the_seats_the_worst_is_who_was_put_before_somebody_better() -> None:
    people = (person("A", ("P", "9")), person("B", ("P", "8")), person("C", ("P", "7")))
    inputs = RunInputs(campaign="2026", total=2, pools=quota_pool(2), applications=people)
    wrong = given({"A": "open", "B": "open"}, "B")
    wrong = replace(wrong, awards=(wrong.awards[0], replace(wrong.awards[1], application="C", position=3)))
    [found] = check_result(inputs, wrong)
    assert (found.code, found.facts) == ("check_envy", {"application": "B", "pool": "P", "against": "C"})


@pytest.mark.parametrize("taken", ["A", "C"])
def test_an_order_of_some_of_the_equals_does_not_decide_about_the_others(taken: str) -> None:
    people = tuple(person(no, ("P", "9")) for no in "ABC")
    ties = (TieOrder(pool="P", order=("A", "B"), how="minutes 3"),)
    inputs = RunInputs(campaign="2026", total=1, pools=quota_pool(1), applications=people, ties=ties)
    reserve = [no for no in "ABC" if no != taken]
    assert set(codes(inputs, given({taken: "open"}, *reserve))) == {"check_tie_passed_over"}


def test_a_ring_of_people_who_could_all_have_more_is_found() -> None:
    people = (
        person("A", ("P", "1"), ("Q", "2")),
        person("B", ("Q", "1"), ("P", "2")),
        person("C", ("P", "0")),
    )
    pools = tuple(RunPool(id=name, order="quota_first", seats=1) for name in "PQ")
    inputs = RunInputs(campaign="2026", total=2, pools=pools, applications=people)
    change = both(
        with_award("A", "Q"), with_award("B", "P"), with_reserve("P", "A", "C"), with_reserve("Q", "B")
    )
    [found] = check_result(inputs, change(allocate(inputs)))
    assert (found.code, set(dict(found.facts)["applications"].split())) == ("check_ring", {"A", "B"})


def test_who_waits_for_a_tie_is_in_no_ring() -> None:
    people = (
        person("A", ("Q", "1"), ("P", "2")),
        person("B", ("P", "2")),
        person("R", ("P", "1"), ("Q", "2")),
    )
    pools = tuple(RunPool(id=name, order="quota_first", seats=1) for name in "PQ")
    inputs = RunInputs(campaign="2026", total=2, pools=pools, applications=people)
    result = allocate(inputs)
    assert [tie.applications for tie in result.open_ties] == [("A", "B")]
    assert codes(inputs, result) == []


def two_ties() -> RunInputs:
    people = [person(no, ("P", "1")) for no in "ABC"] + [person(no, ("Q", "1")) for no in "DE"]
    pools = (RunPool(id="P", order="quota_first", seats=2), RunPool(id="Q", order="quota_first", seats=1))
    return RunInputs(campaign="2026", total=3, pools=pools, applications=tuple(people))


def test_an_open_tie_kept_quiet_is_found() -> None:
    inputs = two_ties()
    right = allocate(inputs)
    assert codes(inputs, right) == []
    quiet = replace(right, open_ties=right.open_ties[:1])
    assert [dict(f.facts) for f in check_result(inputs, quiet)] == [{"application": no} for no in "DE"]
    assert set(codes(inputs, quiet)) == {"check_unaccounted"}
    assert set(codes(inputs, replace(right, open_ties=()))) == {"check_unaccounted"}


@pytest.mark.parametrize(
    "tie",
    [
        OpenTie(pool="P", applications=("A", "B", "C"), seats_at_stake=0),
        OpenTie(pool="P", applications=("A", "B", "C"), seats_at_stake=3),
        OpenTie(pool="P", applications=("A", "A"), seats_at_stake=2),
        OpenTie(pool="P", applications=("A",), seats_at_stake=2),
    ],
)
def test_an_open_tie_that_is_none_is_found(tie: OpenTie) -> None:
    right = allocate(two_ties())
    assert codes(two_ties(), replace(right, open_ties=(tie, right.open_ties[1]))) == ["check_open_tie"]


def test_a_tie_over_seats_that_are_given_already_is_found() -> None:
    people = (person("A", ("P", "9")), *(person(no, ("P", "1")) for no in "BCD"))
    inputs = RunInputs(campaign="2026", total=2, pools=quota_pool(2), applications=people)
    right = allocate(inputs)
    [tie] = right.open_ties
    assert tie.seats_at_stake == 1
    assert codes(inputs, replace(right, open_ties=(replace(tie, seats_at_stake=2),))) == ["check_open_tie"]


def test_an_open_tie_of_people_who_stand_elsewhere_or_are_in_order_is_found() -> None:
    inputs = small((TieOrder(pool="P", order=("A", "B"), how="minutes 3"),))
    tie = OpenTie(pool="P", applications=("A", "B"), seats_at_stake=1)
    undecided = replace(allocate(small(())), open_ties=(tie,))
    assert codes(small(()), undecided) == []
    assert codes(inputs, undecided) == ["check_open_tie"]
    refused = both(without("B"), with_reserve("P", "B"), lambda r: replace(r, open_ties=(tie,)))
    assert "check_open_tie" in codes(small(()), refused(undecided))


QUOTA_AND_OPEN = RunPool(id="P", order="quota_first", seats=2, quotas=(ORPHAN,))
ROOM = {"orphan": 1, "open": 1}


def line_up(*people: str) -> tuple[list[str], dict[str, frozenset[str]]]:
    """Numbers, best first, and their grounds: who is written in capitals is an orphan."""
    return list(people), {no: frozenset({"orphan"} if no.isupper() else ()) for no in people}


def test_seats_left_over_go_to_the_best_of_the_rest_once() -> None:
    line, grounds = line_up("a", "b", "c")
    assert seats_given(QUOTA_AND_OPEN, ROOM, line, grounds) == {"a": "open", "b": "open"}
    open_first = replace(QUOTA_AND_OPEN, order="open_first")
    assert seats_given(open_first, ROOM, line, grounds) == {"a": "open", "b": "open"}
    empty = replace(QUOTA_AND_OPEN, quotas=(replace(ORPHAN, unused="empty"),))
    assert seats_given(empty, ROOM, line, grounds) == {"a": "open"}


@pytest.mark.parametrize(
    ("people", "standing", "following"),
    [
        (("a", "b", "O", "P"), "aO", {"a": "b", "O": "P"}),  # each seat to the best who may have it
        (("O", "P", "b"), "OP", {"O": "b", "P": "b"}),  # P moves to the quota, b gets the open seat
        (("a", "O"), "aO", {}),
        (("a", "b", "c"), "ab", {"a": "c", "b": "c"}),
    ],
)
def test_who_comes_next_depends_on_the_seat_that_is_left(
    people: tuple[str, ...], standing: str, following: dict[str, str]
) -> None:
    line, grounds = line_up(*people)
    assert next_in_line(QUOTA_AND_OPEN, ROOM, line, set(standing), grounds) == following


def test_who_only_waits_for_somebody_of_a_ring_is_not_in_it() -> None:
    assert rings({"X": "A", "A": "B", "B": "A", "Y": "X", "C": "D"}) == [["A", "B"]]
