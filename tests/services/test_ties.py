"""Boundary ties: what is decided, what of it still holds, who may take it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from grants_app.services import decisions, intake, lists, runs, standing, upkeep
from grants_app.wording import Words
from tests.commission import make_equals

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.services.access import Office

DAY = date(2026, 8, 6)
ORDER = decisions.TieHow(kind="order", minutes_no="3", on=DAY)


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
    before = lists.pool_table(office, words, pool)
    rules = standing.current_rules(office)
    fewer = replace(rules.ties, levels=rules.ties.levels[:1])
    with office.store.work() as work:
        work.rule_sets.add(
            office.campaign_id,
            replace(rules, version=rules.version + 1, in_force_from=DAY.replace(year=2025), ties=fewer),
        )
        work.commit()
    assert standing.current_rules(office).ties == fewer
    after = lists.pool_table(office, words, pool)
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
