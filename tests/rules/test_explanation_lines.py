"""What an explanation's lines say of places, neighbours, cutoffs and seats left, and what they leave out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from grants_app.domain.ranking import Placement, TieOrder
from grants_app.domain.ruleset import PaperBlock, PoolQuotas, Quota, ScoreFormula, Term, TieChain, Unused
from grants_app.rules.explanation import score_step
from tests.rules.rule_makers import ECOLOGY, INFORMATICS, LAW, preset
from tests.rules.test_explanation import explained, law, line

BOTH = (LAW.id, ECOLOGY.id)
HERE = (ECOLOGY.id,)
ORPHAN = (("orphan", True),)


def one_orphan(unused: Unused = "empty", seats: int = 1) -> dict:
    """Rules under which ecology holds a seat for orphans."""
    quota = Quota(ground="orphan", seats=seats, unused=unused)
    return {"rules": preset(quotas=(PoolQuotas(pool=ECOLOGY.id, quotas=(quota,)),))}


def test_everybody_sees_their_place_and_who_stands_above_and_below() -> None:
    people = [law(no, main) for no, main in (("A", 160), ("B", 150), ("C", 150), ("D", 140))]
    found = explained(*people)
    told = [(line(found, no).position, line(found, no).above, line(found, no).below) for no in "ABCD"]
    assert told == [(1, "", "B"), (2, "A", "C"), (2, "B", "D"), (4, "C", "")]
    alone = line(explained(law("A", 160)), "A")
    assert (alone.position, alone.above, alone.below) == (1, "", "")


def test_what_does_not_apply_is_left_empty() -> None:
    found = explained(law("A", 160), law("B", 150), law("C", 90))
    refused, awarded = line(found, "B"), line(found, "A")
    assert (found["B"].outcome, found["B"].pool, found["B"].seat, found["B"].position) == (
        "not_awarded",
        "",
        "",
        None,
    )
    assert [found[no].reason for no in "ABC"] == ["", "", ""]
    assert (refused.seat, refused.would_have, refused.quotas, refused.tied_with) == ("", False, (), ())
    assert (awarded.needed, awarded.would_have, awarded.quotas) == ("", False, ())
    assert [line(found, no).admitted for no in "ABC"] == [True, True, False]


def test_a_ground_counts_when_its_paper_was_seen_or_the_rules_do_not_ask() -> None:
    grounds = (("orphan", True), ("mountain", False))
    lenient = explained(law("A", 160, grounds=grounds))["A"].grounds
    strict = explained(law("A", 160, grounds=grounds), rules=preset(unseen_grounds_count=False))["A"].grounds
    assert [(one.seen, one.counted) for one in lenient] == [(True, True), (False, True)]
    assert [(one.seen, one.counted) for one in strict] == [(True, True), (False, False)]


def test_a_paper_without_which_nothing_is_offered_keeps_the_whole_application_out() -> None:
    rules = preset(blocks=(PaperBlock(paper="id", stage="offer"),))
    findings = explained(law("A", 160, lacks=("id",)), rules=rules)["A"].findings
    assert [(one.code, one.facts) for one in findings] == [("paper_blocks_offer", {"paper": "id"})]


def test_every_choice_below_the_one_given_says_so() -> None:
    person = law("A", 150, choices=(LAW.id, ECOLOGY.id, INFORMATICS.id), scores={"math": "90"})
    outcomes = [choice.outcome for choice in explained(person)["A"].choices]
    assert outcomes == ["awarded", "higher_choice", "higher_choice"]
    tied = [person, law("B", 150)]
    outcomes = [choice.outcome for choice in explained(*tied)["A"].choices]
    assert outcomes == ["tied", "higher_tied", "higher_tied"]


def test_the_first_level_that_differs_is_the_one_that_decided() -> None:
    first = law("A", 144, choices=HERE, scores={"biology": "100"})
    others = [law(no, main, choices=HERE) for no, main in (("B", 154), ("C", 134))]
    found = explained(*others, first, law("D", 154, choices=HERE, scores={"average": "4.9"}))
    # A and B have 244 both; A's subject is the better one, so B was refused at that level.
    assert (line(found, "B").deciding_level, line(found, "B").decided_against) == ("profile", "A")
    assert (line(found, "A").outcome, line(found, "D").outcome) == ("awarded", "awarded")
    assert line(found, "A").deciding_level == "profile"
    assert line(found, "B").needed == "245"


def test_the_cutoff_is_the_merit_of_the_last_one_taken() -> None:
    found = explained(*(law(no, main, choices=HERE) for no, main in (("A", 160), ("B", 150), ("C", 140))))
    assert [line(found, no).cutoff[0] for no in "ABC"] == ["240", "240", "240"]
    enough = explained(law("A", 160, choices=HERE), law("B", 150, choices=HERE))
    assert line(enough, "A").cutoff[0] == "240"
    assert (line(enough, "A").deciding_level, line(enough, "A").decided_against) == ("", "")


def test_a_cutoff_is_the_merit_in_that_pool_and_no_other() -> None:
    people = [law(no, main, choices=BOTH) for no, main in (("A", 170), ("B", 160), ("C", 150), ("D", 140))]
    found = explained(*people)
    assert line(found, "D", 2).cutoff[0] == "240"  # C: 150 and 90 in biology; by history it would be 250
    assert (line(found, "D", 2).decided_against, line(found, "D", 1).decided_against) == ("C", "A")
    assert line(found, "C", 1).seat == ""
    assert line(found, "C", 2).seat == "open"


def test_no_comparison_decided_about_somebody_placed() -> None:
    placed = (Placement(application="A", pool=LAW.id, reason="court"),)
    for others in ((), (law("B", 150),)):
        person = line(explained(law("A", 120), *others, placements=placed), "A")
        assert (person.outcome, person.deciding_level, person.decided_against) == ("placed", "", "")
        assert person.cutoff == ()


def test_a_choice_not_reached_where_nobody_competes_would_have_taken_the_person() -> None:
    below = line(explained(law("A", 150, choices=BOTH)), "A", 2)
    assert (below.outcome, below.deciding_level, below.would_have) == ("higher_choice", "", True)


def test_a_tie_is_told_at_the_choice_where_it_is() -> None:
    best = law("Z", 200)
    found = explained(best, *(law(no, 150, choices=BOTH) for no in "ABC"))
    first, second = found["A"].choices
    assert (first.outcome, first.tied_with, first.seats_at_stake) == ("refused", (), 0)
    assert (second.outcome, second.tied_with, second.seats_at_stake) == ("tied", ("B", "C"), 2)
    assert (found["A"].pool, second.would_have) == (ECOLOGY.id, False)


def test_a_recorded_order_is_the_reason_in_its_own_pool() -> None:
    orders = (
        TieOrder(pool=ECOLOGY.id, order=("C", "D", "E"), how="minutes 3"),
        TieOrder(pool=LAW.id, order=("A", "B"), how="minutes 3"),
    )
    people = [law("A", 150), law("B", 150), *(law(no, 150, choices=HERE) for no in "CDE")]
    found = explained(*people, ties=orders)
    assert [line(found, no).deciding_level for no in "BE"] == ["tie_order", "tie_order"]


@pytest.mark.parametrize(("placed", "would_have"), [(("P",), True), (("P", "Q"), False)])
def test_seats_of_people_placed_are_not_there_for_others(placed: tuple[str, ...], would_have: bool) -> None:
    people = [law("A", 150, choices=BOTH), *(law(no, 120, choices=()) for no in placed)]
    placements = tuple(Placement(application=no, pool=ECOLOGY.id, reason="court") for no in placed)
    elsewhere = (Placement(application="X", pool=INFORMATICS.id, reason="court"),)
    found = explained(
        *people, law("X", 120, choices=(), scores={"math": "90"}), placements=placements + elsewhere
    )
    assert line(found, "A", 2).would_have is would_have


@pytest.mark.parametrize(
    ("unused", "others", "would_have"),
    [
        ("open", 1, True),  # one on an open seat, the quota's seat opens up
        ("empty", 1, False),  # it stays empty
        ("open", 2, False),
        ("empty", 0, True),
    ],
)
def test_an_unused_quota_seat_is_there_for_others_only_if_it_opens_up(
    unused: Unused, others: int, would_have: bool
) -> None:
    people = [law(f"E{n}", 160 - n, choices=HERE) for n in range(others)]
    found = explained(law("A", 120, choices=BOTH), *people, **one_orphan(unused))
    assert line(found, "A", 2).would_have is would_have


@pytest.mark.parametrize(("ground", "would_have"), [("orphan", False), ("disability", True)])
def test_an_empty_seat_of_one_quota_is_not_there_for_another_ground(ground: str, would_have: bool) -> None:
    quotas = tuple(
        Quota(ground=code, seats=seats, unused="empty") for code, seats in (("orphan", 0), ("disability", 1))
    )
    rules = preset(quotas=(PoolQuotas(pool=ECOLOGY.id, quotas=quotas),))
    best = law("B", 200, choices=HERE)
    found = explained(law("A", 120, choices=BOTH, grounds=((ground, True),)), best, rules=rules)
    assert (line(found, "A", 2).outcome, line(found, "A", 2).would_have) == ("higher_choice", would_have)


def test_a_quota_fully_used_locks_no_other_seat() -> None:
    people = [law("E", 160, choices=HERE, grounds=ORPHAN)]
    found = explained(law("A", 120, choices=BOTH), *people, **one_orphan())
    assert line(found, "A", 2).would_have is True


@pytest.mark.parametrize(("main", "would_have"), [(151, True), (150, False), (149, False)])
def test_a_full_pool_would_have_taken_only_who_stands_before_its_last(main: int, would_have: bool) -> None:
    others = [law(no, mark, choices=HERE) for no, mark in (("B", 160), ("C", 150), ("D", 120))]
    found = explained(law("A", main, choices=BOTH), *others)
    assert (line(found, "A").outcome, line(found, "A", 2).would_have) == ("awarded", would_have)


def test_each_kind_of_seat_shows_its_own_cutoff() -> None:
    orphans = [law(no, main, choices=HERE, grounds=ORPHAN) for no, main in (("C", 130), ("D", 125))]
    rules = one_orphan(seats=1)
    found = explained(law("A", 200, choices=HERE), law("B", 150, choices=HERE), *orphans, **rules)
    shown = [(one.ground, one.cutoff[:1]) for one in line(found, "B").quotas]
    assert shown == [("orphan", ("220",)), ("open", ("290",))]
    empty = line(explained(law("A", 200, choices=HERE), **rules), "A").quotas
    assert (empty[0].ground, empty[0].taken, empty[0].cutoff) == ("orphan", 0, ())
    both = explained(law("A", 200, choices=HERE), law("B", 150, choices=HERE), **one_orphan("open"))
    assert line(both, "A").quotas[1].cutoff[:1] == ("240",)


def test_the_step_of_a_score_goes_by_the_places_its_own_values_have() -> None:
    average = ScoreFormula(terms=(Term(criterion="average"),), places=2)
    assert score_step(preset(score=average)) == 10_000
    rules = preset()
    measures = tuple(replace(m, places=1) if m.code == "history" else m for m in rules.measures)
    assert score_step(replace(rules, measures=measures)) == 100_000
    without = tuple(one for one in rules.measures if not one.subject)
    assert score_step(replace(rules, measures=without)) == 1_000_000
    main = ScoreFormula(terms=(Term(criterion="ort_main", weight=Decimal(2)),), places=2)
    assert score_step(preset(score=main)) == 2_000_000


def test_somebody_placed_where_seats_are_left_is_not_told_they_would_have_had_one() -> None:
    placed = (Placement(application="A", pool=ECOLOGY.id, reason="court"),)
    person = line(explained(law("A", 120, choices=HERE), placements=placed), "A")
    assert (person.outcome, person.would_have) == ("placed", False)


def test_a_choice_the_run_does_not_have_keeps_its_place_without_lines() -> None:
    first, second = explained(law("A", 150, choices=("X/Y", LAW.id)))["A"].choices
    assert (first.pool, first.outcome, first.parts) == ("X/Y", "not_admitted", ())
    assert (second.no, second.outcome) == (2, "awarded")


@pytest.mark.parametrize(("both", "one"), [("A", "B"), ("B", "A"), ("C", "D"), ("D", "C")])
def test_who_waits_at_a_tie_is_not_told_they_would_have_been_taken(both: str, one: str) -> None:
    grounds = ("orphan", "disability")
    quotas = tuple(Quota(ground=ground, seats=1, unused="empty") for ground in grounds)
    rules = preset(quotas=(PoolQuotas(pool=ECOLOGY.id, quotas=quotas),), ties=TieChain(levels=()))
    people = (
        law(both, 150, choices=HERE, grounds=tuple((ground, True) for ground in grounds)),
        law(one, 150, choices=HERE, grounds=ORPHAN),
    )
    tied = line(explained(*people, rules=rules), one)
    assert (tied.outcome, tied.would_have) == ("tied", False)


def test_with_the_rest_alike_the_total_has_to_be_higher() -> None:
    rules = preset(ties=TieChain(levels=("average",)))
    found = explained(law("A", 150), law("B", 145), law("C", 140, scores={"average": "4.9"}), rules=rules)
    assert [line(found, no).needed for no in "BC"] == ["251", "250"]
