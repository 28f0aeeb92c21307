"""How people are ordered."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import Merit, decimal_text
from grants_app.domain.ruleset import ProgrammeRule, ScoreFormula, Term, TieChain
from grants_app.rules.merit import merit
from tests.rules.rule_makers import INFORMATICS, candidate, preset

NO_SUBJECTS = ProgrammeRule(programme=INFORMATICS.programme)


def merit_of(rules: dict[str, Any] | None = None, **changes: Any) -> Merit:
    return merit(candidate(**changes), INFORMATICS, preset(**(rules or {})))


def formula(*terms: Term, places: int = 2) -> dict[str, Any]:
    return {"score": ScoreFormula(terms=terms, places=places), "ties": TieChain(levels=())}


def test_a_merit_is_score_then_the_tie_chain() -> None:
    person = merit_of(grounds=(("mountain", True), ("large_family", False)), sources={"math": "certificate"})
    assert person.values == ("244", "2", "1", "4.85", "94", "150")
    assert person.levels == ("score", "grounds", "average", "average", "profile", "ort_main")
    lines = [(p.level, p.criterion, p.value, p.points, p.source) for p in person.parts]
    assert lines == [
        ("score", "ort_main", "150", "150", ""),
        ("score", "math", "94", "94", "certificate"),
        ("grounds", "grounds", "mountain", "2", ""),
        ("average", "average", "4.85", "4.85", ""),
        ("profile", "math", "94", "94", "certificate"),
        ("ort_main", "ort_main", "150", "150", ""),
    ]


def test_not_given_is_not_zero() -> None:
    missing = merit_of(scores={"average": None})
    assert missing.values[2:4] == ("0", "0")
    assert missing.parts[3].value is None
    assert merit_of(scores={"average": "2"}).values[2:4] == ("1", "2")


def test_only_the_best_ground_counts_and_only_if_the_rules_let_it() -> None:
    claimed = (("orphan", False), ("honours", True), ("unheard_of", True))
    assert merit_of(grounds=claimed).values[1] == "5"
    assert merit_of({"unseen_grounds_count": False}, grounds=claimed).values[1] == "3"
    assert merit_of({"unseen_grounds_count": False}, grounds=claimed[:1]).values[1] == "0"


def test_the_best_admitted_subject_counts() -> None:
    assert merit_of(scores={"physics": "120", "history": "149"}).values[0] == "270"
    better = merit_of(scores={"math": "120", "physics": "94"})
    assert (better.values[0], better.parts[1].criterion) == ("270", "math")


def test_of_equal_subjects_the_one_the_programme_names_first_counts() -> None:
    assert merit_of(scores={"math": "94", "physics": "94"}).parts[1].criterion == "math"


def test_weights_are_exact_and_the_total_is_rounded_half_up() -> None:
    third = Term(criterion="math", weight=Decimal("0.333333"))
    assert merit_of(formula(third, places=6)).values == ("31.333302",)
    assert merit_of(formula(Term(criterion="math", weight=Decimal("0.005")))).values == ("0.47",)
    assert merit_of(formula(Term(criterion="math", weight=Decimal("-0.005")), places=1)).values == ("-0.5",)
    assert (
        merit_of(formula(Term(criterion="average", weight=Decimal("-0.333333")))).parts[0].points
        == "-1.61666505"
    )


def test_best_of_sums_the_best_subjects() -> None:
    two = Term(criterion="profile", best_of=2)
    assert merit_of(formula(two), scores={"physics": "70"}).values == ("164",)
    with_main = formula(Term(criterion="ort_main"), two)
    assert merit_of(with_main, scores={"physics": "70"}).values == ("314",)


@pytest.mark.parametrize(
    ("best_of", "biology", "math", "history", "counted"),
    [
        (1, "70", "94", "61", ["physics"]),
        (2, "70", "94", "61", ["physics", "math"]),
        (3, "70", "94", "61", ["physics", "math", "biology"]),
        (2, "94", "94", "61", ["physics", "biology"]),  # of equals the one the programme names first
        (2, None, "94", "59", ["physics", "math"]),
    ],
)
def test_the_subjects_that_count_are_shown_best_first(
    best_of: int, biology: str | None, math: str, history: str, counted: list[str]
) -> None:
    subjects = ("biology", "math", "physics", "history")
    rule = ProgrammeRule(programme=INFORMATICS.programme, any_subject=subjects)
    rules = formula(Term(criterion="profile", best_of=best_of)) | {"programmes": (rule,)}
    scores = {"biology": biology, "math": math, "physics": "95", "history": history}
    person = merit_of(rules, scores=scores)
    assert [part.criterion for part in person.parts] == counted
    assert Decimal(person.values[0]) == sum(Decimal(part.points) for part in person.parts)


def test_a_criterion_not_required_adds_nothing_when_not_given() -> None:
    terms = (Term(criterion="ort_main"), Term(criterion="essay", required=False))
    person = merit_of(formula(*terms))
    assert person.values == ("150",)
    assert (person.parts[1].value, person.parts[1].points) == (None, "0")


def test_a_profile_not_given_adds_nothing_and_is_told_apart_from_zero() -> None:
    score = ScoreFormula(
        terms=(Term(criterion="ort_main"), Term(criterion="profile", required=False)), places=6
    )
    rules = {"score": score, "ties": TieChain(levels=("profile",)), "programmes": (NO_SUBJECTS,)}
    assert merit_of(rules).values == ("150", "0", "0")


def test_a_ground_that_is_not_ranked_or_not_known_counts_for_nothing_between_equals() -> None:
    first, *others = preset().grounds
    rules = {"grounds": (replace(first, ranked=False), *others)}
    assert merit_of(rules, grounds=(("orphan", True),)).values[1] == "0"
    assert merit_of(rules, grounds=(("disability", True),)).values[1] == "4"
    unknown = merit_of(grounds=(("unheard_of", True),))
    assert (unknown.values[1], unknown.parts[2].value) == ("0", None)


def test_the_best_ground_is_shown_whatever_the_order_they_were_claimed_in() -> None:
    for claimed in (("large_family", "orphan"), ("orphan", "large_family")):
        part = merit_of(grounds=tuple((code, True) for code in claimed)).parts[2]
        assert (part.value, part.points) == ("orphan", "5")


@pytest.mark.parametrize(
    ("weight", "math", "points"),
    [
        ("0.01", "4", "0.04"),
        ("-0.5", "0", "0"),
        ("-0.5", "1", "-0.5"),
        ("0.000001", "0.000001", "0.000000000001"),
    ],
)
def test_points_are_the_exact_product_of_value_and_weight(weight: str, math: str, points: str) -> None:
    rules = formula(Term(criterion="math", weight=Decimal(weight)))
    assert merit_of(rules, scores={"math": math}).parts[0].points == points


@pytest.mark.parametrize(("math", "total"), [("93", "0.47"), ("92.999999", "0.46"), ("0", "0")])
def test_half_a_unit_of_the_score_is_rounded_up(math: str, total: str) -> None:
    rules = formula(Term(criterion="math", weight=Decimal("0.005")))
    assert merit_of(rules, scores={"math": math}).values == (total,)


def test_a_profile_nobody_has_is_shown_as_not_given() -> None:
    terms = (Term(criterion="ort_main"), Term(criterion="profile", required=False))
    person = merit_of(formula(*terms), scores={"math": None})
    assert person.values == ("150",)
    assert person.parts[1].criterion == "profile"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1E+2", "100"),
        ("-0.0", "0"),
        ("4.850", "4.85"),
        ("-1.5", "-1.5"),
        ("0.000001", "0.000001"),
        ("999999999999", "999999999999"),
    ],
)
def test_decimals_have_one_way_to_be_written(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "1E+12", "0.0000001", "1E-999", "1.0000000000000000000000000000001"]
)
def test_a_number_a_merit_cannot_write_is_refused(value: str) -> None:
    with pytest.raises(Refused, match="number_out_of_range"):
        decimal_text(Decimal(value))
