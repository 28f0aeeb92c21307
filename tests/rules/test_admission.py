"""Who may compete, with every reason why not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import Hold, Out, Placement, PoolSeats
from grants_app.domain.ruleset import PaperBlock, PoolQuotas, ProgrammeRule, Quota, ScoreFormula, Term
from grants_app.rules.eligibility import admit
from grants_app.rules.inputs import prepare, run_pool
from tests.rules.rule_makers import ECOLOGY, INFORMATICS, LAW, candidate, preset


def reasons(
    pool: PoolSeats = INFORMATICS, rules: dict[str, Any] | None = None, **changes: Any
) -> list[tuple[str, dict]]:
    verdict = admit(candidate(**changes), pool, preset(**(rules or {})))
    assert verdict.admitted is not bool(verdict.findings)
    return [(finding.code, dict(finding.facts)) for finding in verdict.findings]


def test_who_passes_every_threshold_is_admitted() -> None:
    assert reasons(scores={"ort_main": "110", "math": "60"}) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"scores": {"ort_main": "104"}}, ("ort_main_below", {"has": "104", "needs": "110"})),
        ({"scores": {"ort_main": None}}, ("ort_main_absent", {})),
        (
            {"scores": {"math": "59.5"}},
            ("subject_below", {"criterion": "math", "has": "59.5", "needs": "60"}),
        ),
        ({"scores": {"math": None}}, ("no_admitted_subject", {"admits": "math physics", "needs": "1"})),
        ({"state": "draft"}, ("state_does_not_compete", {"state": "draft"})),
        ({"state": "withdrawn"}, ("state_does_not_compete", {"state": "withdrawn"})),
        ({"conflict": True}, ("in_conflict", {})),
        ({"late": True}, ("late", {})),
    ],
)
def test_every_reason_against_admission_is_told(changes: dict, expected: tuple) -> None:
    assert reasons(**changes) == [expected]


def test_all_reasons_are_told_at_once() -> None:
    codes = [
        code
        for code, _ in reasons(state="draft", conflict=True, late=True, scores={"ort_main": "1", "math": "2"})
    ]
    assert codes == ["state_does_not_compete", "in_conflict", "late", "ort_main_below", "subject_below"]


def test_what_is_right_is_not_told_as_a_reason() -> None:
    assert [code for code, _ in reasons(scores={"ort_main": "110", "math": "2"})] == ["subject_below"]
    score = ScoreFormula(terms=(Term(criterion="ort_main"), Term(criterion="interview")))
    codes = [code for code, _ in reasons(rules={"score": score}, scores={"math": "2", "interview": "0"})]
    assert codes == ["subject_below"]


@pytest.mark.parametrize(
    ("scores", "named"),
    [
        ({"math": "40", "physics": "55"}, "physics"),
        ({"math": "55", "physics": "40"}, "math"),
        ({"math": "55", "physics": "55"}, "math"),  # the one the programme names first
    ],
)
def test_of_several_subjects_below_the_best_is_named(scores: dict, named: str) -> None:
    [(_, facts)] = reasons(scores=scores)
    assert facts["criterion"] == named


def test_a_subject_that_reached_the_threshold_is_not_named_as_below_it() -> None:
    two = {"score": ScoreFormula(terms=(Term(criterion="profile", best_of=2),))}
    below = [("subject_below", {"criterion": "physics", "has": "59", "needs": "60"})]
    assert reasons(rules=two, scores={"math": "94", "physics": "59"}) == below
    assert reasons(rules=two, scores={"math": "60", "physics": "59"}) == below


def test_the_main_test_is_needed_where_the_score_or_a_threshold_asks_for_it() -> None:
    without = ScoreFormula(terms=(Term(criterion="average"), Term(criterion="ort_main", required=False)))
    absent = {"ort_main": None}
    assert reasons(rules={"score": without}, scores=absent) == [("ort_main_absent", {})]
    free = replace(preset().thresholds, main=None)
    assert reasons(rules={"thresholds": free}, scores=absent) == [("ort_main_absent", {})]
    assert reasons(rules={"thresholds": free, "score": without}, scores=absent) == []


def test_a_late_application_with_its_legal_basis_competes() -> None:
    assert reasons(late=True, late_basis="order 14") == []
    assert reasons(late=True, late_basis="order 14", rules={"late": "refused"}) == [("late", {})]
    assert reasons(late=True, rules={"late": "competes"}) == []


def test_a_programmes_own_thresholds_replace_the_general_ones() -> None:
    rule = ProgrammeRule(programme="6B06102", any_subject=("math",), main=Decimal(151), subject=Decimal(95))
    assert [code for code, _ in reasons(rules={"programmes": (rule,)})] == ["ort_main_below", "subject_below"]


def test_a_programme_the_rules_do_not_name_admits_nobody() -> None:
    first, second = reasons(replace(INFORMATICS, programme="7M01"))
    assert first == ("programme_without_rules", {"programme": "7M01"})
    assert second[0] == "no_admitted_subject"


def test_a_required_criterion_not_given_bars_admission() -> None:
    score = ScoreFormula(terms=(Term(criterion="ort_main", required=False), Term(criterion="interview")))
    none = replace(preset().thresholds, main=None, subject=None)
    rules = {"score": score, "thresholds": none}
    assert reasons(rules=rules, scores={"ort_main": None}) == [
        ("criterion_absent", {"criterion": "interview"})
    ]
    assert reasons(rules=rules, scores={"interview": "0"}) == []


def test_two_best_subjects_need_two_subjects() -> None:
    score = ScoreFormula(terms=(Term(criterion="profile", best_of=2),))
    facts = {"admits": "math physics", "needs": "2"}
    assert reasons(rules={"score": score}) == [("no_admitted_subject", facts)]
    after_another = ScoreFormula(terms=(Term(criterion="ort_main"), *score.terms))
    assert reasons(rules={"score": after_another}) == [("no_admitted_subject", facts)]
    assert reasons(rules={"score": score}, scores={"physics": "59"})[0][0] == "subject_below"
    optional = ScoreFormula(terms=(Term(criterion="profile", best_of=2, required=False),))
    assert reasons(rules={"score": optional}) == []  # one admitted subject is needed all the same


def ready(*people: Any, rules: Any = None, **more: Any) -> Any:
    pools = (INFORMATICS, ECOLOGY, LAW)
    return prepare(rules or preset(), pools, people, campaign="2026", total=50, **more)


def test_a_run_holds_only_admitted_choices_in_the_applicants_order() -> None:
    person = candidate(choices=(LAW.id, INFORMATICS.id, "X/Y"), scores={"history": "30"})
    ranked = ready(person, candidate("B-0002", state="draft"))
    assert [[c.pool for c in a.choices] for a in ranked.inputs.applications] == [[INFORMATICS.id]]
    assert {key: v.findings[0].code for key, v in ranked.not_admitted.items()} == {
        ("B-0001", LAW.id): "subject_below",
        ("B-0001", "X/Y"): "pool_not_in_run",
        ("B-0002", INFORMATICS.id): "state_does_not_compete",
    }
    elsewhere = ranked.not_admitted["B-0001", "X/Y"]
    assert (elsewhere.admitted, elsewhere.findings[0].facts) == (False, {"pool": "X/Y"})


def test_who_is_out_enters_the_run_without_being_admitted() -> None:
    ranked = ready(candidate(state="withdrawn"), out=(Out(application="B-0001", why="withdrawn"),))
    assert [a.no for a in ranked.inputs.applications] == ["B-0001"]


@pytest.mark.parametrize(
    "seated",
    [
        {"placements": (Placement(application="B-0001", pool=INFORMATICS.id, reason="court"),)},
        {"holds": (Hold(application="B-0001", pool=INFORMATICS.id, upgrade=True),)},
    ],
)
def test_nobody_inadmissible_gets_in_by_hand(seated: dict) -> None:
    with pytest.raises(Refused, match="seated_not_admitted"):
        ready(candidate(conflict=True), **seated)
    assert ready(candidate(), **seated).inputs.applications


def test_a_placement_of_nobody_known_is_refused() -> None:
    for no, pool in (("B-9", INFORMATICS.id), ("B-0001", "X")):
        with pytest.raises(Refused, match="seated_unknown"):
            ready(candidate(), placements=(Placement(application=no, pool=pool, reason="court"),))


def test_a_claimed_ground_counts_before_its_paper_is_seen_only_if_the_rules_say_so() -> None:
    person = candidate(grounds=(("orphan", True), ("mountain", False)))
    assert ready(person).inputs.applications[0].grounds == ("mountain", "orphan")
    strict = preset(unseen_grounds_count=False)
    assert ready(person, rules=strict).inputs.applications[0].grounds == ("orphan",)


@pytest.mark.parametrize(
    ("percent", "rounding", "seats"),
    [
        ("10", "down", 0),
        ("10", "up", 1),
        ("10", "half_up", 1),
        ("8", "half_up", 0),
        ("50", "down", 3),
        ("0", "up", 0),
        ("50", "up", 3),
        ("100", "up", 6),
    ],
)
def test_a_percentage_becomes_whole_seats_by_its_rounding(percent: str, rounding: Any, seats: int) -> None:
    quota = Quota(ground="orphan", percent=Decimal(percent), rounding=rounding)
    rules = preset(quotas=(PoolQuotas(pool="*", quotas=(quota,)),))
    assert run_pool(INFORMATICS, rules).quotas[0].seats == seats


def test_a_pools_own_quotas_go_before_those_of_every_pool() -> None:
    own = PoolQuotas(pool=LAW.id, quotas=(Quota(ground="orphan", seats=1),), order="open_first")
    rules = preset(quotas=(PoolQuotas(pool="*", quotas=()), own))
    assert run_pool(LAW, rules).order == "open_first"
    assert run_pool(LAW, rules).quotas[0].seats == 1
    assert run_pool(ECOLOGY, rules).quotas == ()
    assert run_pool(ECOLOGY, preset()).quotas == ()
    assert run_pool(ECOLOGY, preset()).order == "quota_first"
    none = PoolQuotas(pool="*", quotas=(Quota(ground="orphan", seats=0),))
    assert run_pool(ECOLOGY, preset(quotas=(none,))).quotas[0].seats == 0


BLOCKED = (PaperBlock(paper="id", stage="offer"), PaperBlock(paper="medical", stage="letter"))


@pytest.mark.parametrize(
    ("lacks", "kept", "unkept_block", "codes"),
    [
        (("id", "medical"), True, False, ["paper_blocks_offer"]),
        (("medical",), True, False, []),
        (("id",), False, False, []),
        (("id",), False, True, ["paper_blocks_offer"]),
        ((), True, True, []),
    ],
)
def test_a_paper_missing_for_certain_blocks_the_offer_if_the_rules_say_so(
    lacks: tuple[str, ...], kept: bool, unkept_block: bool, codes: list[str]
) -> None:
    rules = preset(blocks=BLOCKED, unkept_papers_block=unkept_block)
    verdict = admit(candidate(lacks=lacks, papers_kept=kept), INFORMATICS, rules)
    assert [finding.code for finding in verdict.findings] == codes
    assert verdict.admitted is (not codes)
