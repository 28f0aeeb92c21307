"""Changing the rules: versions by date, what a change would do, and who may put it in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from grants_app.domain.ruleset import PoolQuotas, Quota
from grants_app.services import intake, rule_changes, runs, sealing, standing, upkeep
from tests.services.desks import CLOSED, applied, as_role, moved_to, refuses

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office

TODAY = date(2026, 7, 10)


def with_main(rules: RuleSet, main: int, day: date = TODAY) -> RuleSet:
    """The rules with another main threshold from a day on."""
    thresholds = replace(rules.thresholds, main=Decimal(main))
    return replace(rules, thresholds=thresholds, in_force_from=day)


def with_weight(rules: RuleSet, weight: str) -> RuleSet:
    """The rules with another weight of the profile subject."""
    main, profile = rules.score.terms
    terms = (main, replace(profile, weight=Decimal(weight)))
    return replace(rules, score=replace(rules.score, terms=terms), in_force_from=TODAY)


# Versions


def test_new_rules_hold_and_the_old_ones_stay_readable_with_who_changed_what(empty: Office) -> None:
    old = standing.current_rules(empty)
    rule_changes.put(empty, with_main(old, 105), "приказ 12")
    assert standing.current_rules(empty).thresholds.main == 105
    new, first = rule_changes.versions(empty)
    assert (new.rules.version, new.state, new.by, new.reason) == (
        2,
        "in_force",
        empty.actor.name,
        "приказ 12",
    )
    assert (first.rules, first.state, first.until) == (old, "past", TODAY)
    assert first.by == empty.actor.name
    (event,) = upkeep.journal(empty, act="rules.changed")[1]
    assert (event.before, event.after) == (
        '{"in_force_from":"2026-06-01","main":"110"}',
        '{"in_force_from":"2026-07-10","main":"105"}',
    )


def test_a_version_is_not_used_before_its_day(empty: Office) -> None:
    rule_changes.put(
        empty, with_main(standing.current_rules(empty), 105, TODAY + timedelta(days=5)), "приказ"
    )
    assert standing.current_rules(empty).thresholds.main == 110
    assert [one.state for one in rule_changes.versions(empty)] == ["future", "in_force"]
    later = replace(empty, clock=lambda: empty.clock() + timedelta(days=5))
    assert standing.current_rules(later).thresholds.main == 105


def test_a_new_day_begins_by_the_campaigns_own_clock(empty: Office) -> None:
    rule_changes.put(
        empty, with_main(standing.current_rules(empty), 105, TODAY + timedelta(days=1)), "приказ"
    )
    bishkek = ZoneInfo("Asia/Bishkek")
    before = replace(empty, clock=lambda: datetime(2026, 7, 10, 23, 59, tzinfo=bishkek))
    after = replace(empty, clock=lambda: datetime(2026, 7, 11, 0, 1, tzinfo=bishkek))
    assert standing.current_rules(before).version == 1
    assert standing.current_rules(after).version == 2


def test_a_later_version_for_an_earlier_day_leaves_the_one_between_never_in_force(empty: Office) -> None:
    rules = standing.current_rules(empty)
    rule_changes.put(empty, with_main(rules, 105, TODAY + timedelta(days=9)), "приказ 1")
    rule_changes.put(empty, with_main(rules, 100, TODAY + timedelta(days=3)), "приказ 2")
    assert [one.state for one in rule_changes.versions(empty)] == ["future", "never", "in_force"]


def test_a_version_like_the_last_one_is_refused_and_so_is_one_without_a_reason(empty: Office) -> None:
    rules = standing.current_rules(empty)
    with refuses("rules_unchanged", version=1):
        rule_changes.put(empty, rules, "приказ")
    with refuses("reason_missing"):
        rule_changes.put(empty, with_main(rules, 105), " ")


def test_a_closed_campaign_keeps_its_rules(empty: Office) -> None:
    rules = with_main(standing.current_rules(empty), 105)
    moved_to(empty, CLOSED)
    with refuses("campaign_closed"):
        rule_changes.put(empty, rules, "поздно")


def test_only_secretary_and_chair_change_the_rules(empty: Office) -> None:
    rules = standing.current_rules(empty)
    for role in ("officer", "verifier", "auditor"):
        with refuses("not_allowed", act="setup"):
            rule_changes.put(as_role(empty, role), with_main(rules, 105), "приказ")
    rule_changes.put(as_role(empty, "chair"), with_main(rules, 105), "приказ")


def test_rules_that_cannot_be_applied_are_refused(empty: Office) -> None:
    quotas = (PoolQuotas(pool="*", quotas=(Quota(ground="orphan", seats=7),)),)
    rules = replace(standing.current_rules(empty), quotas=quotas)
    with refuses("run_quotas_above_seats"):
        rule_changes.put(empty, rules, "приказ")


# What a change would do


def test_the_effect_of_a_weight_names_who_gains_and_who_loses_and_writes_nothing(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    rules = with_weight(standing.current_rules(office), "2")
    head = upkeep.journal(office, limit=1)
    effect = rule_changes.preview(office, rules)
    kinds = {change.kind for change in effect.comparison.awards}
    assert {"gained", "lost"} <= kinds
    assert effect.comparison.admissions == ()
    mentioned = {one.application for one in (*effect.comparison.awards, *effect.comparison.ranks)}
    assert effect.names.keys() == mentioned
    assert upkeep.journal(office, limit=1) == head
    assert standing.current_rules(office).version == 1


def test_what_was_previewed_is_what_happens(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    rules = with_weight(standing.current_rules(office), "2")
    before = {one.application: one.pool for one in runs.propose(office).result.awards}
    effect = rule_changes.preview(office, rules)
    rule_changes.put(office, rules, "приказ")
    after = {one.application: one.pool for one in runs.propose(office).result.awards}
    foreseen = {change.application: (change.before, change.after) for change in effect.comparison.awards}
    assert foreseen == {
        no: (before.get(no, ""), after.get(no, ""))
        for no in before.keys() | after.keys()
        if before.get(no) != after.get(no)
    }


def test_a_raised_threshold_shows_who_is_not_admitted_any_more(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    effect = rule_changes.preview(office, with_main(standing.current_rules(office), 130))
    assert effect.comparison.admissions
    assert not any(change.admitted for change in effect.comparison.admissions)


def test_rules_that_change_nothing_for_anybody_say_so(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    effect = rule_changes.preview(office, replace(standing.current_rules(office), legal_source="приказ 5"))
    assert effect.comparison.empty
    assert effect.names == {}


def test_rules_of_a_later_day_are_previewed_and_said_to_wait(empty: Office) -> None:
    rules = with_main(standing.current_rules(empty), 105, TODAY + timedelta(days=1))
    assert rule_changes.preview(empty, rules).waits
    assert not rule_changes.preview(empty, replace(rules, in_force_from=TODAY)).waits


def test_rules_that_would_shut_out_a_holder_are_refused_by_name(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    with refuses("seated_not_admitted"):
        rule_changes.preview(office, with_main(standing.current_rules(office), 200))


def test_a_draft_is_out_of_date_once_the_rules_are_others(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    draft = runs.propose(office)
    rules = replace(standing.current_rules(office), legal_source="приказ 5", in_force_from=TODAY)
    rule_changes.put(office, rules, "приказ 5")
    assert runs.overview(office).outdated
    with refuses("run_outdated"):
        sealing.seal(office, draft.no, "3", date(2026, 8, 6))
    again = runs.propose(office)
    record = runs.run_record(office, again.no)
    assert record is not None
    assert record.rules == 2


# Presets and quotas in whole seats


def test_a_start_from_a_preset_keeps_the_campaigns_programmes_and_papers(empty: Office) -> None:
    rules = standing.current_rules(empty)
    first, *rest = rules.programmes
    mine = replace(
        rules,
        version=4,
        programmes=(replace(first, programme="7M06102"), *rest),
        measures=(*rules.measures, replace(rules.measures[-1], code="portfolio")),
        blocks=(),
    )
    starts = dict(rule_changes.presets_for(mine))
    assert list(starts) == ["ort_default", "kz_priorities", "no_quotas"]
    kazakh = starts["kz_priorities"]
    assert (kazakh.version, kazakh.programmes, kazakh.blocks) == (4, mine.programmes, ())
    assert kazakh.measure("portfolio") is not None
    assert kazakh.ties.levels == ("grounds", "average", "profile")
    assert starts["no_quotas"].quotas == ()


def test_quotas_are_told_in_whole_seats_of_each_pool(empty: Office) -> None:
    setup = empty.campaign().setup
    kazakh = dict(rule_changes.presets_for(standing.current_rules(empty)))["kz_priorities"]
    everywhere = rule_changes.whole_seats(setup, kazakh, "*")
    assert len(everywhere) == len(setup.pools)
    assert [quota.seats for quota in everywhere[0].quotas] == [1, 1, 1]
    own = replace(kazakh, quotas=(*kazakh.quotas, PoolQuotas(pool=setup.pools[0].id, quotas=())))
    assert len(rule_changes.whole_seats(setup, own, "*")) == len(setup.pools) - 1
    assert rule_changes.whole_seats(setup, own, setup.pools[0].id)[0].quotas == ()


def test_a_threshold_changed_in_mid_campaign_moves_the_totals_shown(empty: Office) -> None:
    application = applied(empty)
    first = application.entry.choices[0]
    rules = standing.current_rules(empty)
    assert first
    rule_changes.put(empty, with_main(rules, 245), "приказ")
    assert set(intake.choice_totals(empty, application.entry)) == {None}
