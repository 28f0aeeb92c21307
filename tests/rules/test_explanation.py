"""What everybody is told about their place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from grants_app.domain.ranking import (
    Candidate,
    ChoiceLine,
    Explanation,
    Hold,
    Out,
    Placement,
    TieOrder,
)
from grants_app.domain.ruleset import PoolQuotas, Quota, RuleSet, ScoreFormula, Term
from grants_app.rules.allocation import allocate
from grants_app.rules.explanation import explain_all, score_step
from grants_app.rules.inputs import prepare
from tests.rules.rule_makers import ECOLOGY, INFORMATICS, LAW, candidate, preset

ONE_SEAT = LAW.id  # law has one seat, ecology two, informatics six


def law(
    no: str, main: int, history: int = 100, *, choices: tuple[str, ...] = (ONE_SEAT,), **more: Any
) -> Candidate:
    scores = {"ort_main": str(main), "history": str(history), "biology": "90"} | more.pop("scores", {})
    return candidate(no, scores=scores, choices=choices, **more)


def explained(*people: Candidate, rules: RuleSet | None = None, **more: Any) -> dict[str, Explanation]:
    pools = (INFORMATICS, ECOLOGY, LAW)
    ranked = prepare(rules or preset(), pools, people, campaign="2026", total=50, **more)
    found = explain_all(ranked, allocate(ranked.inputs))
    assert msgspec.json.decode(msgspec.json.encode(found)), "it can be kept and shown as it is"
    return found


def line(found: dict[str, Explanation], no: str, place: int = 1) -> ChoiceLine:
    return found[no].choices[place - 1]


def test_a_refusal_names_who_was_ahead_at_which_level_and_what_would_have_been_enough() -> None:
    refused = line(explained(law("A", 150), law("B", 145), law("C", 120)), "C")
    assert (refused.outcome, refused.position, refused.competing, refused.reserve) == ("refused", 3, 3, 2)
    assert (refused.deciding_level, refused.decided_against) == ("score", "A")
    assert refused.cutoff[0] == "250"
    assert (refused.merit[0], refused.needed) == ("220", "251")
    assert (refused.above, refused.below) == ("B", "")


def test_the_same_score_would_have_been_enough_for_the_better_in_the_tie_chain() -> None:
    refused = line(explained(law("A", 150), law("B", 140, grounds=(("orphan", True),))), "B")
    assert refused.needed == "250"


def test_the_level_of_the_tie_chain_that_decided_is_named() -> None:
    found = explained(law("A", 150, grounds=(("mountain", True),)), law("B", 150))
    refused = line(found, "B")
    assert (refused.deciding_level, refused.decided_against, refused.needed) == ("grounds", "A", "251")
    awarded = line(found, "A")
    assert (awarded.outcome, awarded.deciding_level, awarded.decided_against) == ("awarded", "grounds", "B")
    assert (found["A"].outcome, found["A"].pool, found["A"].seat, found["A"].position) == (
        "awarded",
        LAW.id,
        "open",
        1,
    )


def test_a_boundary_tie_names_the_equals_and_the_seats_at_stake() -> None:
    found = explained(law("A", 150), law("B", 150), law("C", 120))
    tied = line(found, "A")
    assert (tied.outcome, tied.tied_with, tied.seats_at_stake) == ("tied", ("B",), 1)
    assert (found["A"].outcome, found["A"].pool) == ("tied", LAW.id)
    assert line(found, "C").deciding_level == "score"


def test_a_recorded_tie_order_is_the_reason_it_gives() -> None:
    order = (TieOrder(pool=LAW.id, order=("B", "A"), how="minutes 3"),)
    refused = line(explained(law("A", 150), law("B", 150), ties=order), "A")
    assert (refused.outcome, refused.deciding_level, refused.decided_against) == ("refused", "tie_order", "B")


def test_choices_below_the_one_given_say_whether_they_would_have_taken_the_person() -> None:
    both = (LAW.id, ECOLOGY.id)
    found = explained(
        law("A", 150, choices=both),
        *(law(f"E{n}", 160, choices=(ECOLOGY.id,)) for n in range(2)),
        law("B", 200, choices=(ECOLOGY.id,), scores={"biology": "60"}),
    )
    below = line(found, "A", 2)
    assert (below.outcome, below.would_have) == ("higher_choice", False)
    found = explained(law("A", 150, choices=both), law("E", 120, choices=(ECOLOGY.id,)))
    assert line(found, "A", 2).would_have
    tied = explained(law("A", 150, choices=both), law("B", 150))
    assert line(tied, "A", 2).outcome == "higher_tied"


def test_not_admitted_choices_stay_in_their_place_with_every_reason() -> None:
    person = law("A", 150, choices=(ECOLOGY.id, LAW.id), scores={"biology": "10"})
    first, second = explained(person)["A"].choices
    assert (first.no, first.outcome, first.findings[0].code) == (1, "not_admitted", "subject_below")
    assert (second.no, second.outcome) == (2, "awarded")


def test_who_is_not_admitted_sees_what_was_given_and_where_it_was_read() -> None:
    first = explained(law("A", 90, sources={"ort_main": "certificate 7"}))["A"].choices[0]
    assert (first.outcome, first.merit, first.position) == ("not_admitted", (), None)
    given = {part.criterion: (part.value, part.source) for part in first.parts}
    assert given["ort_main"] == ("90", "certificate 7")


def test_who_holds_a_grant_of_an_earlier_round_is_told_which() -> None:
    hold = Hold(application="A", pool=ONE_SEAT, upgrade=True)
    found = explained(law("A", 150), law("B", 120), holds=(hold,))
    assert (found["A"].held, found["B"].held) == (ONE_SEAT, "")


def test_who_does_not_compete_is_told_why() -> None:
    found = explained(
        law("A", 150, state="withdrawn"),
        law("B", 90),
        law("C", 150, choices=()),
        law("D", 90, conflict=True, late=True),
    )
    assert [f.code for f in found["D"].findings] == ["in_conflict", "late"]
    assert found["A"].outcome == "not_competing"
    assert [f.code for f in found["A"].findings] == ["state_does_not_compete"]
    assert found["B"].findings == ()
    assert line(found, "B").findings[0].code == "ort_main_below"
    assert [f.code for f in found["C"].findings] == ["no_choices"]


def test_placed_out_and_holding_people_are_explained_as_such() -> None:
    both = (LAW.id, ECOLOGY.id)
    found = explained(
        law("A", 120, choices=both),
        law("B", 160, choices=both),
        law("C", 150, choices=both),
        law("D", 110, choices=()),
        placements=(
            Placement(application="A", pool=ECOLOGY.id, reason="court"),
            Placement(application="D", pool=LAW.id, reason="order 7"),
        ),
        out=(Out(application="B", why="declined"),),
        holds=(Hold(application="C", pool=ECOLOGY.id, upgrade=False),),
    )
    assert (found["A"].outcome, found["A"].reason) == ("placed", "court")
    assert [c.outcome for c in found["A"].choices] == ["dropped", "placed"]
    assert (found["B"].outcome, found["B"].reason) == ("out", "declined")
    assert [c.outcome for c in found["B"].choices] == ["out", "out"]
    assert [c.outcome for c in found["C"].choices] == ["dropped", "awarded"]
    assert (found["D"].outcome, found["D"].position) == ("placed", None)


def test_quotas_tried_show_who_holds_the_ground_and_what_it_took() -> None:
    quotas = PoolQuotas(pool=ECOLOGY.id, quotas=(Quota(ground="orphan", seats=1, unused="empty"),))
    rules = preset(quotas=(quotas,))
    here = (ECOLOGY.id,)
    orphan = (("orphan", True),)
    found = explained(
        law("A", 200, choices=here),
        law("B", 150, choices=here),
        law("C", 130, choices=here, grounds=orphan),
        law("D", 120, choices=here, grounds=orphan),
        rules=rules,
    )
    taken = line(found, "C")
    assert (taken.outcome, taken.seat, taken.decided_against) == ("awarded", "orphan", "D")
    assert [(q.ground, q.seats, q.taken, q.held, q.got) for q in taken.quotas] == [
        ("orphan", 1, 1, True, True),
        ("open", 1, 1, True, False),
    ]
    refused = line(found, "B")
    assert (refused.decided_against, [q.held for q in refused.quotas]) == ("A", [False, True])
    assert line(found, "D").decided_against == "C"
    assert [(g.ground, g.seen, g.counted) for g in found["C"].grounds] == [("orphan", True, True)]
    alone = explained(law("A", 200, choices=here), law("B", 150, choices=here), rules=rules)
    assert line(alone, "B").outcome == "refused"


def test_a_holder_at_a_tie_is_explained_there() -> None:
    both = (LAW.id, ECOLOGY.id)
    holds = (Hold(application="A", pool=ECOLOGY.id, upgrade=False),)
    people = [law(no, 150, choices=(ECOLOGY.id,)) for no in ("B", "C")]
    found = explained(law("A", 150, choices=both), *people, holds=holds)
    assert [c.outcome for c in found["A"].choices] == ["dropped", "tied"]


def test_a_pool_all_of_whose_seats_are_placed_says_there_were_none() -> None:
    placed = (Placement(application="A", pool=LAW.id, reason="court"),)
    refused = line(explained(law("A", 120), law("B", 150), placements=placed), "B")
    assert (refused.outcome, refused.deciding_level, refused.cutoff) == ("refused", "no_seats", ())


def test_who_lacks_the_ground_all_seats_are_held_for_is_told_there_were_none() -> None:
    quotas = PoolQuotas(pool=LAW.id, quotas=(Quota(ground="orphan", seats=1, unused="empty"),))
    orphans = [law(no, 150 - place, grounds=(("orphan", True),)) for place, no in enumerate("AB")]
    found = explained(law("C", 200), *orphans, rules=preset(quotas=(quotas,)))
    assert (line(found, "C").outcome, line(found, "C").deciding_level) == ("refused", "no_seats")
    assert (line(found, "B").outcome, line(found, "B").decided_against) == ("refused", "A")


def test_a_quota_seat_left_open_would_have_taken_who_holds_the_ground() -> None:
    quotas = PoolQuotas(pool=ECOLOGY.id, quotas=(Quota(ground="orphan", seats=1, unused="empty"),))
    person = law("A", 150, choices=(LAW.id, ECOLOGY.id), grounds=(("orphan", True),))
    other = law("B", 200, choices=(ECOLOGY.id,))
    assert line(explained(person, other, rules=preset(quotas=(quotas,))), "A", 2).would_have


def test_the_smallest_step_of_a_score_follows_from_its_weights() -> None:
    assert score_step(preset()) == 1_000_000
    half = ScoreFormula(terms=(Term(criterion="ort_main", weight=Decimal("0.5")),))
    assert score_step(preset(score=half)) == 500_000
    marks = ScoreFormula(terms=(Term(criterion="average", weight=Decimal("0.33")),), places=1)
    assert score_step(preset(score=marks)) == 100_000


def test_a_full_quota_pool_would_not_have_taken_who_came_below() -> None:
    quotas = PoolQuotas(pool=ECOLOGY.id, quotas=(Quota(ground="orphan", seats=1, unused="empty"),))
    orphan = (("orphan", True),)
    person = law("A", 150, choices=(LAW.id, ECOLOGY.id), grounds=orphan)
    others = (law("B", 200, choices=(ECOLOGY.id,)), law("C", 190, choices=(ECOLOGY.id,), grounds=orphan))
    found = explained(person, *others, rules=preset(quotas=(quotas,)))
    assert (line(found, "A", 2).outcome, line(found, "A", 2).would_have) == ("higher_choice", False)
    assert line(explained(*others, rules=preset(quotas=(quotas,))), "B").seat == "open"


def test_a_tie_elsewhere_changes_nothing_here() -> None:
    found = explained(law("A", 150), law("B", 150), law("C", 150, choices=(ECOLOGY.id,)))
    assert line(found, "C").seats_at_stake == 0
    assert line(found, "C").outcome == "awarded"


def test_people_alike_are_told_the_same_story_of_a_pool_with_quotas() -> None:
    quota = PoolQuotas(pool=ECOLOGY.id, quotas=(Quota(ground="orphan", seats=1),), order="quota_first")
    people = [law(no, 150 - place, choices=(ECOLOGY.id,)) for place, no in enumerate("ABCD")]
    orphans = [
        law(no, 140 - place, choices=(ECOLOGY.id,), grounds=(("orphan", True),))
        for place, no in enumerate("EFGH")
    ]
    found = explained(*people, *orphans, rules=preset(quotas=(quota,)))
    told = [line(found, no) for no in "CD"]
    assert told[0].quotas == told[1].quotas
    assert told[0].decided_against == told[1].decided_against == "A"
    assert line(found, "G").quotas == line(found, "H").quotas
    assert line(found, "E").seat == "orphan"


def test_everybody_on_the_last_seats_is_compared_with_the_same_first_refused() -> None:
    found = explained(*(law(no, 150 - place, choices=(ECOLOGY.id,)) for place, no in enumerate("ABC")))
    assert [line(found, no).decided_against for no in "AB"] == ["C", "C"]
