"""Boundary ties: what is decided, what of it still holds, who may take it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from grants_app.domain.ruleset import PoolQuotas, Quota
from grants_app.services import decisions, intake, lists, pool_lists, runs, sealing, standing, ties, upkeep
from grants_app.wording import Words
from tests.commission import make_equals
from tests.makers import PERMIT
from tests.services.desks import as_role, refuses

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.services.access import Office

DAY = date(2026, 8, 6)
ORDER = decisions.TieHow(kind="order", minutes_no="3", on=DAY)
LOT = decisions.TieHow(kind="lot", minutes_no="3", on=DAY, seed="482915", present="Асанов У., Бакытова А.")


@pytest.fixture
def tied(office_at: Callable[[str], Office]) -> tuple[Office, str, tuple[str, ...]]:
    """An office whose draft has a tie across a last seat, its pool and people."""
    office = office_at("settled")
    pool, _ = make_equals(office)
    tie = next(one for one in runs.propose(office).result.open_ties if one.pool == pool)
    return office, pool, tie.applications


def corrected(office: Office, number: str, points: int) -> None:
    """Somebody's main test corrected by so many points."""
    known = intake.application_by_no(office, number)
    scores = tuple(
        replace(one, value=one.value + Decimal(points)) if one.criterion == "ort_main" else one
        for one in known.entry.scores
    )
    entry = replace(known.entry, scores=scores)
    intake.save(office, intake.SaveForm(entry=entry, application=known.id, seen=known.version, submit=False))


# What still holds


def test_an_order_whose_people_are_no_longer_equal_does_not_stop_the_next_run(
    tied: tuple[Office, str, tuple[str, ...]],
) -> None:
    office, pool, people = tied
    decisions.decide_tie(office, pool, people[::-1], ORDER)
    assert runs.propose(office).void_ties == ()
    corrected(office, people[0], 1)
    proposal = runs.propose(office)
    (finding,) = proposal.void_ties
    assert (finding.facts["pool"], finding.facts["why_code"]) == (pool, "tie_void_unequal")
    assert people[0] in {award.application for award in proposal.result.awards if award.pool == pool}
    said = upkeep.journal(office, act="run.proposed")[1][0].after
    assert f"{pool}: {', '.join(people[::-1])}" in said
    for lang in ("ky", "ru", "kk", "en"):
        assert people[1] in Words(lang).code(finding.code, **finding.facts)


def test_a_draft_is_out_of_date_as_soon_as_an_order_it_obeyed_holds_no_more(
    tied: tuple[Office, str, tuple[str, ...]],
) -> None:
    office, pool, people = tied
    decisions.decide_tie(office, pool, people, ORDER)
    runs.propose(office)
    assert not runs.overview(office).outdated
    corrected(office, people[0], 1)
    assert runs.overview(office).outdated


# The run's own rules


def test_lists_are_worded_by_the_rules_of_their_run_not_by_todays(
    office_at: Callable[[str], Office], words: Words
) -> None:
    office = office_at("sealed")
    pool = runs.overview(office).pools[0].pool
    before = pool_lists.pool_table(office, words, pool)
    rules = standing.current_rules(office)
    fewer = replace(rules.ties, levels=rules.ties.levels[:1])
    with office.store.work(PERMIT) as work:
        work.rule_sets.add(
            office.campaign_id,
            replace(rules, version=rules.version + 1, in_force_from=DAY.replace(year=2025), ties=fewer),
        )
        work.commit()
    assert standing.current_rules(office).ties == fewer
    after = pool_lists.pool_table(office, words, pool)
    assert (after.columns, after.rows) == (before.columns, before.rows)
    assert runs.overview(office).rules == rules.version


def test_a_ground_given_back_after_the_run_stays_on_the_list_of_the_run(
    office_at: Callable[[str], Office], words: Words
) -> None:
    office = office_at("settled")
    runs.propose(office)
    shown = lists.table(office, words, "shortlist")
    place = [column.key for column in shown.columns].index("grounds")
    number = [column.key for column in shown.columns].index("no")
    row = next(row for row in shown.rows if row[place])
    known = intake.application_by_no(office, str(row[number]))
    intake.save(
        office,
        intake.SaveForm(
            entry=replace(known.entry, grounds=()),
            application=known.id,
            seen=known.version,
            submit=False,
        ),
    )
    assert row in lists.table(office, words, "shortlist").rows


# Deciding


def test_only_the_people_of_a_waiting_tie_are_put_in_order_all_of_them(
    tied: tuple[Office, str, tuple[str, ...]],
) -> None:
    office, pool, people = tied
    stranger = next(
        row.application
        for one in runs.ranked(office)
        if one.pool == pool
        for row in one.rows
        if row.application not in people
    )
    for order, code in (
        ((people[0],), "tie_too_short"),
        ((people[0], people[0]), "tie_repeated"),
        ((*people, stranger), "tie_stranger"),
        ((people[0], stranger), "tie_stranger"),
        ((stranger, "B-9999"), "tie_unknown"),
    ):
        with refuses(code):
            decisions.decide_tie(office, pool, order, ORDER)
    other = next(one.pool for one in runs.ranked(office) if one.pool != pool)
    with refuses("tie_unknown", pool=other):
        decisions.decide_tie(office, other, people, ORDER)
    assert ties.decided(office) == ()


def test_a_tie_of_three_is_not_decided_for_two_of_them(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    pool, (_, outside) = make_equals(office)
    known = intake.application_by_no(office, outside)
    third = intake.application_by_no(office, _third(office, pool, outside))
    entry = replace(third.entry, scores=known.entry.scores, grounds=known.entry.grounds, choices=(pool,))
    intake.save(office, intake.SaveForm(entry=entry, application=third.id, seen=third.version, submit=False))
    (tie,) = (one for one in runs.propose(office).result.open_ties if one.pool == pool)
    assert len(tie.applications) == 3
    with refuses("tie_incomplete", people=tie.applications[2]):
        decisions.decide_tie(office, pool, tie.applications[:2], ORDER)


def _third(office: Office, pool: str, outside: str) -> str:
    """Somebody else the pool has refused."""
    reserve = next(one for one in runs.propose(office).result.reserve if one.pool == pool)
    return next(no for no in reserve.applications if no != outside)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"seed": " "}, "lot_incomplete"),
        ({"present": "  "}, "lot_incomplete"),
        ({"seed": "СЕМЬ"}, "seed_unclear"),
        ({"seed_from": "published"}, "seed_note_missing"),
        ({"present": "Асанов " * 100}, "text_too_long"),
        ({"minutes_no": ""}, "minutes_missing"),
    ],
)
def test_a_lot_says_its_seed_how_it_came_about_and_who_was_there(
    tied: tuple[Office, str, tuple[str, ...]], changes: dict[str, Any], code: str
) -> None:
    office, pool, people = tied
    with refuses(code):
        decisions.decide_tie(office, pool, people, replace(LOT, **changes))
    assert ties.decided(office) == ()


def test_a_published_seed_says_where_it_was_published(tied: tuple[Office, str, tuple[str, ...]]) -> None:
    office, pool, people = tied
    published = replace(LOT, seed_from="published", seed_note="сайт филиала, 01.06.2026")
    decisions.decide_tie(office, pool, people, published)
    (one,) = ties.decided(office)
    assert (one.decision.seed_from, one.decision.seed_note) == ("published", "сайт филиала, 01.06.2026")
    assert one.decision.how == (
        "lot, seed 482915 (published: сайт филиала, 01.06.2026), present: Асанов У., Бакытова А.; "
        "minutes 3, 06.08.2026"
    )
    assert one.decision.order == decisions.lot_order("482915", people)


def test_a_seed_draws_one_lot_only_even_when_that_lot_was_taken_back(
    tied: tuple[Office, str, tuple[str, ...]],
) -> None:
    office, pool, people = tied
    decisions.decide_tie(office, pool, people, LOT)
    ties.revoke(office, ties.decided(office)[0].decision.id, "состав комиссии был неполным")
    with refuses("seed_used", seed="482915", minutes="3"):
        decisions.decide_tie(office, pool, people, LOT)
    decisions.decide_tie(office, pool, people, replace(LOT, seed="77"))
    assert [one.state for one in ties.decided(office)] == ["in_force", "revoked"]


# Taking back


def test_a_decision_is_taken_back_with_a_reason_and_the_tie_waits_again(
    tied: tuple[Office, str, tuple[str, ...]],
) -> None:
    office, pool, people = tied
    decisions.decide_tie(office, pool, people, LOT)
    assert not runs.propose(office).result.open_ties
    (one,) = ties.decided(office)
    assert (one.state, one.revocable) == ("in_force", True)
    with refuses("reason_missing"):
        ties.revoke(office, one.decision.id, "  ")
    with refuses("not_allowed"):
        ties.revoke(as_role(office, "officer"), one.decision.id, "ошибка")
    ties.revoke(office, one.decision.id, "ошибка в номере")
    (one,) = ties.decided(office)
    assert (one.state, one.decision.revoked_reason) == ("revoked", "ошибка в номере")
    assert one.decision.revoked_by == office.actor.name
    assert upkeep.journal(office, act="tie.revoked")[1][0].reason == "ошибка в номере"
    with refuses("tie_revoked_already"):
        ties.revoke(office, one.decision.id, "ещё раз")
    with refuses("not_found"):
        ties.revoke(office, 999, "нет такого")
    assert [tie.pool for tie in runs.propose(office).result.open_ties] == [pool]


def test_a_decision_a_sealed_run_rests_on_stays(tied: tuple[Office, str, tuple[str, ...]]) -> None:
    office, pool, people = tied
    for tie in ties.waiting(office):
        how = ORDER if tie.pool == pool else replace(LOT, seed=f"7-{len(ties.decided(office))}")
        decisions.decide_tie(office, tie.pool, tie.applications, how)
    proposal = runs.propose(office)
    sealing.seal(office, proposal.no, "3", DAY, accepting="протокол 3")
    one = next(tie for tie in ties.decided(office) if tie.decision.pool == pool)
    assert (one.sealed_in, one.revocable) == ((proposal.no,), False)
    with refuses("tie_sealed", run=proposal.no):
        ties.revoke(office, one.decision.id, "передумали")
    with refuses("tie_sealed", run=proposal.no):
        decisions.decide_tie(office, pool, people, ORDER)
    assert ties.waiting(office) == ()


def test_a_void_decision_is_shown_with_its_reason(tied: tuple[Office, str, tuple[str, ...]]) -> None:
    office, pool, people = tied
    decisions.decide_tie(office, pool, people, ORDER)
    corrected(office, people[1], 2)
    (one,) = ties.decided(office)
    assert (one.state, one.why, one.revocable) == ("void", "tie_void_unequal", True)


def test_before_any_run_no_tie_waits_and_none_is_decided(empty: Office) -> None:
    assert (ties.waiting(empty), ties.decided(empty)) == ((), ())


def test_a_seat_held_for_a_ground_is_called_by_its_name_in_the_ledger(
    office_at: Callable[[str], Office], words: Words
) -> None:
    office = office_at("settled")
    rules = standing.current_rules(office)
    quota = PoolQuotas(pool="*", quotas=(Quota(ground=rules.grounds[0].code, seats=1),))
    with office.store.work(PERMIT) as work:
        work.rule_sets.add(office.campaign_id, replace(rules, version=rules.version + 1, quotas=(quota,)))
        work.commit()
    for tie in runs.propose(office).result.open_ties:
        decisions.decide_tie(office, tie.pool, tie.applications, ORDER)
    sealing.seal(office, runs.propose(office).no, "3", DAY, accepting="протокол 3")
    kinds = {row[2] for row in lists.table(office, words, "ledger").rows}
    assert rules.grounds[0].names.ru in kinds
    assert rules.grounds[0].code not in kinds
