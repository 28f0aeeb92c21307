"""How people are ordered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import Merit, decimal_text
from grants_app.domain.ruleset import ScoreFormula, Term, TieChain
from grants_app.rules.merit import merit
from tests.rules.rule_makers import INFORMATICS, candidate, preset


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


def test_a_criterion_not_required_adds_nothing_when_not_given() -> None:
    terms = (Term(criterion="ort_main"), Term(criterion="essay", required=False))
    person = merit_of(formula(*terms))
    assert person.values == ("150",)
    assert (person.parts[1].value, person.parts[1].points) == (None, "0")


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
