"""Two versions of the rules held side by side: every value that differs, from what to what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from unittest.mock import ANY

import pytest

from grants_app.domain.rule_changes import RuleDifference
from grants_app.domain.ruleset import PaperBlock, PoolQuotas, Quota, RuleSet, Term
from grants_app.domain.values import Names
from grants_app.rules.rule_changes import differences
from tests.rules.rule_makers import preset


def changed(
    after: RuleSet, before: RuleSet | None = None
) -> list[tuple[str, tuple[str, ...], object, object]]:
    return [(one.what, one.of, one.before, one.after) for one in differences(before or preset(), after)]


def test_the_same_rules_under_another_number_differ_in_nothing() -> None:
    assert differences(preset(), preset(version=2)) == ()


def test_a_lowered_threshold_is_told_from_what_to_what() -> None:
    rules = preset()
    lower = replace(rules, thresholds=replace(rules.thresholds, main=Decimal(100), subject=None))
    assert changed(lower) == [("main", (), "110", "100"), ("subject", (), "60", "")]


def test_a_criterion_added_has_no_value_before() -> None:
    rules = preset()
    terms = (*rules.score.terms, Term(criterion="math", weight=Decimal("1.50"), required=False))
    assert changed(replace(rules, score=replace(rules.score, terms=terms))) == [
        ("weight", ("math",), None, "1.5"),
        ("required", ("math",), None, "0"),
    ]


def test_how_many_subjects_count_is_told_of_the_profile_alone() -> None:
    rules = preset()
    main, profile = rules.score.terms
    more = replace(rules, score=replace(rules.score, terms=(main, replace(profile, best_of=2))))
    assert changed(more) == [("best_of", ("profile",), "1", "2")]


def test_a_ground_taken_out_has_no_value_afterwards() -> None:
    rules = preset()
    told = changed(replace(rules, grounds=rules.grounds[:-1]))
    assert ("ground_order", (), "orphan disability honours mountain large_family",
            "orphan disability honours mountain") in told  # fmt: skip
    assert ("ground_name", ("large_family", "ru"), "Многодетная семья", None) in told


def test_every_group_of_values_is_looked_at() -> None:
    rules = preset()
    first, *programmes = rules.programmes
    test, *measures = rules.measures
    ground, *grounds = rules.grounds
    other = replace(
        rules,
        title=replace(rules.title, en="Other"),
        in_force_from=date(2026, 7, 1),
        legal_source="Order 12",
        programmes=(replace(first, any_subject=("math",), main=Decimal(130), uncertain=False), *programmes),
        score=replace(rules.score, places=3, source="Order 12"),
        ties=replace(rules.ties, levels=("average",)),
        measures=(replace(test, maximum=Decimal(250), names=Names(ru="Тест")), *measures),
        grounds=(replace(ground, ranked=False, sensitive=False), *grounds),
        competing_states=("verified",),
        late="refused",
        unseen_grounds_count=False,
        blocks=(PaperBlock(paper="id", stage="offer"),),
        unkept_papers_block=True,
    )
    assert {one.what for one in differences(rules, other)} == {
        *("title", "in_force_from", "legal_source", "programme_subjects", "programme_main", "uncertain"),
        *("score_places", "source", "ties", "measure_maximum", "measure_name", "ground_ranked"),
        *("ground_sensitive", "competing_states", "late", "unseen_grounds", "blocks", "unkept_papers"),
    }


def first_of(group: str, **changes: Any) -> RuleSet:
    """The default rules with something else in the first of a group."""
    rules = preset()
    first, *others = getattr(rules, group)
    return replace(rules, **{group: (replace(first, **changes), *others)})


def part_of(group: str, **changes: Any) -> RuleSet:
    return replace(preset(), **{group: replace(getattr(preset(), group), **changes)})


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (part_of("thresholds", source="Order 1"), ("source", ("thresholds",), ANY, "Order 1")),
        (part_of("thresholds", uncertain=True), ("uncertain", ("thresholds",), "0", "1")),
        (part_of("score", uncertain=False), ("uncertain", ("score",), "1", "0")),
        (part_of("ties", uncertain=False), ("uncertain", ("ties",), "1", "0")),
        (
            part_of("ties", levels=("average", "profile")),
            ("ties", (), "grounds average profile ort_main", "average profile"),
        ),
        (
            first_of("programmes", any_subject=("math",)),
            ("programme_subjects", ("6B06102",), "math physics", "math"),
        ),
        (first_of("programmes", subject=Decimal(70)), ("programme_subject", ("6B06102",), "", "70")),
        (first_of("programmes", uncertain=False), ("uncertain", ("programme", "6B06102"), "1", "0")),
        (first_of("measures", minimum=Decimal(10)), ("measure_minimum", ("ort_main",), "0", "10")),
        (first_of("measures", places=1), ("measure_places", ("ort_main",), "0", "1")),
        (first_of("measures", subject=True), ("measure_subject", ("ort_main",), "0", "1")),
        (first_of("measures", uncertain=True), ("uncertain", ("measure", "ort_main"), "0", "1")),
        (first_of("grounds", uncertain=False), ("uncertain", ("ground", "orphan"), "1", "0")),
        (
            first_of("grounds", paper=replace(preset().grounds[0].paper, en="Decision")),
            ("ground_paper", ("orphan", "en"), ANY, "Decision"),
        ),
        (
            preset(competing_states=("verified", "complete")),
            ("competing_states", (), "complete incomplete submitted verified", "complete verified"),
        ),
    ],
)
def test_a_value_is_told_by_its_name_from_what_to_what(after: RuleSet, expected: tuple) -> None:
    assert changed(after) == [expected]


@pytest.mark.parametrize("stage", ["offer", "letter", "confirmation"])
def test_papers_asked_for_are_compared_stage_by_stage(stage: Any) -> None:
    before = preset(blocks=(PaperBlock(paper="photo", stage=stage),))
    after = preset(blocks=(*before.blocks, PaperBlock(paper="id", stage=stage)))
    assert changed(after, before) == [("blocks", (stage,), "photo", "id photo")]


def test_the_order_of_quotas_and_what_they_rest_on_are_compared() -> None:
    quotas = PoolQuotas(pool="*", quotas=(QUOTA, Quota(ground="honours", seats=1)))
    turned = replace(quotas, order="open_first", quotas=quotas.quotas[::-1], uncertain=True)
    assert changed(preset(quotas=(turned,)), preset(quotas=(quotas,))) == [
        ("quota_order", ("*",), "quota_first", "open_first"),
        ("quota_places", ("*",), "orphan honours", "honours orphan"),
        ("uncertain", ("quotas", "*"), "0", "1"),
    ]


QUOTA = Quota(ground="orphan", seats=1)


@pytest.mark.parametrize(
    ("quota", "what"),
    [
        (Quota(ground="orphan", seats=2), {"quota_share"}),
        (Quota(ground="orphan", percent=Decimal("2.5")), {"quota_share", "quota_rounding"}),
        (Quota(ground="orphan", seats=1, unused="empty"), {"quota_unused"}),
        (Quota(ground="honours", seats=1), {"quota_places", "quota_share", "quota_unused"}),
    ],
)
def test_a_quota_is_compared_part_by_part(quota: Quota, what: set[str]) -> None:
    def rules(one: Quota) -> RuleSet:
        return preset(quotas=(PoolQuotas(pool="*", quotas=(one,)),))

    assert {one.what for one in differences(rules(QUOTA), rules(quota))} == what


def test_a_percentage_is_written_with_its_sign() -> None:
    before = preset("kz_priorities")
    pool, first = before.quotas[0], before.quotas[0].quotas[0]
    after = replace(
        before, quotas=(replace(pool, quotas=(replace(first, percent=Decimal("2.5")), *pool.quotas[1:])),)
    )
    assert differences(before, after) == (
        RuleDifference(what="quota_share", of=("*", "orphan"), before="1 %", after="2.5 %"),
    )
