"""The commission's acts and the desk's overview: placements, ties, answers, explanations, work waiting."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.values import LANGS
from grants_app.services import (
    accounts,
    awards,
    decisions,
    intake,
    run_files,
    runs,
    sealing,
    seats,
    today,
    upkeep,
)
from grants_app.services.telling import sentences, verdict_text
from grants_app.wording import Words
from tests.commission import make_equals
from tests.services.desks import applied, refuses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.services.access import Office

DAY = date(2026, 8, 6)
HOW = decisions.TieHow(kind="order", minutes_no="3", on=DAY)


def placements(office: Office) -> dict[str, str]:
    with office.store.reading() as reading:
        return {one.application_no: one.pool for one in reading.placements(office.campaign_id)}


# Decisions


def test_a_placement_needs_a_reason_and_is_taken_back_with_one(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    pool = runs.ranked(office)[0]
    number = pool.rows[-1].application
    with refuses("reason_missing"):
        decisions.place(office, number, pool.pool, " ")
    decisions.place(office, number.lower(), pool.pool, "решение суда 12")
    assert placements(office) == {number: pool.pool}
    with refuses("reason_missing"):
        decisions.unplace(office, number, "")
    decisions.unplace(office, number.lower(), "решение отменено")
    assert placements(office) == {}
    assert upkeep.journal(office, act="placement.undone")[1][0].subject == number


def test_nobody_is_placed_where_no_run_could_keep_it(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    pools = runs.ranked(office)
    first, number = pools[0], pools[0].rows[-1].application
    offered = decisions.placing(office, number)
    assert (offered.no, offered.placed) == (number, None)
    assert first.pool in offered.pools[: offered.chosen]
    with refuses("pool_unknown", pool="nowhere"):
        decisions.place(office, number, "nowhere", "решение суда 12")
    closed = next(one for one in pools if one.pool not in offered.pools)
    with refuses("seated_not_admitted", application=number):
        decisions.place(office, number, closed.pool, "решение суда 12")
    seats = office.campaign().setup.pool(first.pool).seats
    for row in first.rows[:seats]:
        decisions.place(office, row.application, first.pool, "решение суда 12")
    with refuses("no_seat_left"):
        decisions.place(office, number, first.pool, "решение суда 12")
    assert len(placements(office)) == seats
    placed = decisions.placing(office, first.rows[0].application).placed
    assert placed is not None
    assert (placed.pool, placed.reason) == (first.pool, "решение суда 12")


def test_there_is_no_placement_to_take_back_where_there_is_none(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    with refuses("not_placed", no="B-0001"):
        decisions.unplace(office, "B-0001", "ошибка")
    assert upkeep.journal(office, act="placement.undone")[0] == 0


def test_a_later_order_of_equals_replaces_the_earlier_one(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    pool, (one, other) = make_equals(office)
    runs.propose(office)
    with refuses("minutes_missing"):
        decisions.decide_tie(office, pool, [one, other], replace(HOW, minutes_no=" "))
    decisions.decide_tie(office, pool, [one, other], HOW)
    decisions.decide_tie(office, pool, [other, one], HOW)
    with office.store.reading() as reading:
        mine = [tie.order for tie in reading.ties(office.campaign_id) if tie.pool == pool]
    assert mine == [(other, one)]


def test_a_lot_says_its_seed_and_who_was_there() -> None:
    lot = replace(HOW, kind="lot", seed="2026-08-06/3", present="комиссия")
    assert lot.text() == "lot, seed 2026-08-06/3, present: комиссия; minutes 3, 06.08.2026"


# Runs


def test_a_run_is_sealed_under_numbered_minutes_only(office_at: Callable[[str], Office]) -> None:
    with refuses("minutes_missing"):
        sealing.seal(office_at("settled"), 1, "  ", DAY)


def test_before_any_run_there_is_nothing_to_show_or_explain(empty: Office) -> None:
    view = runs.overview(empty)
    assert (view.state, [pool.filled for pool in view.pools]) == ("none", [0] * 9)
    for act in (lambda: runs.run_file(empty), lambda: runs.explain(empty, "B-0001")):
        with refuses("no_run_yet"):
            act()
    assert seats.reserve(empty, view.pools[0].pool) == ()
    assert seats.reserve_counts(empty) == {}


def test_proposing_says_how_far_it_is(office_at: Callable[[str], Office]) -> None:
    told: list[tuple[int, int]] = []
    runs.propose(office_at("settled"), lambda done, total: told.append((done, total)))
    assert told[0] == (1, 4)
    assert told[-1] == (4, 4)


def test_a_scenario_of_a_run_file_answers_without_writing_anything(
    office_at: Callable[[str], Office], tmp_path: Path
) -> None:
    office = office_at("sealed")
    source = tmp_path / "run.json"
    source.write_bytes(runs.run_file(office))
    before = source.read_bytes()
    assert run_files.result_of_file(source) == runs.overview(office).result
    assert list(tmp_path.glob("*.json")) == [source]
    run_files.recompute_file(source, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == before


def test_a_draft_altered_behind_the_programs_back_is_not_sealed(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    proposal = runs.propose(office)
    award = proposal.result.awards[0].application.encode()
    data = runs.run_file(office).replace(
        b'"awards":[{"application":"' + award, b'"awards":[{"application":"B-9'
    )
    with sqlite3.connect(office.folders.data / "grants.sqlite") as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE run SET file = ?", (data,))
        for _, sql in guards:
            connection.execute(sql)
    with refuses("run_altered"):
        sealing.seal(office, proposal.no, "3", DAY)


def test_a_holder_placed_elsewhere_by_hand_moves_there_with_the_next_round(sealed: Office) -> None:
    line = awards.ledger(sealed)[0]
    other = next(one for one in reversed(awards.ledger(sealed)) if one.pool != line.pool)
    target = other.pool
    awards.record(sealed, other.application_no, "decline")
    decisions.place(sealed, line.application_no, target, "решение суда 12")
    awards.offer_next(sealed, "4", DAY)
    holds = {one.application_no: one.pool for one in awards.ledger(sealed)}
    assert holds[line.application_no] == target
    assert awards.totals(sealed).adds_up
    last = seats.last_sealed(sealed)
    assert last is not None
    assert last.minutes_no == "4"


# Answers


@pytest.fixture
def sealed(office_at: Callable[[str], Office]) -> Office:
    """The sample's campaign with every grant offered."""
    return office_at("sealed")


def test_a_confirmed_grant_is_kept_and_previewed_as_a_single_step(sealed: Office) -> None:
    number = awards.ledger(sealed)[0].application_no
    assert [step.kind for step in awards.preview(sealed, number, "confirm")] == ["confirmed"]
    sealed = replace(sealed, clock=lambda: datetime(2026, 8, 7, 3, tzinfo=UTC))
    received = datetime(2026, 8, 6, 10, 30, tzinfo=UTC)
    awards.record(sealed, f" {number.lower()} ", "confirm", received=received)
    assert (awards.totals(sealed).confirmed, awards.totals(sealed).offered) == (1, 49)
    assert (
        '"received_at":"2026-08-06T10:30:00+00:00"'
        in upkeep.journal(sealed, act="award.confirmed")[1][0].after
    )


def test_an_answer_nobody_can_give_and_a_grant_nobody_holds_are_named(sealed: Office) -> None:
    number = awards.ledger(sealed)[0].application_no
    with refuses("answer_unknown", answer="dance"):
        awards.preview(sealed, number, "dance")
    with refuses("no_award", no="B-9999"):
        awards.record(sealed, "B-9999", "confirm")


def test_an_offer_past_its_deadline_waits_as_overdue_until_it_is_let_expire(sealed: Office) -> None:
    number = awards.ledger(sealed)[0].application_no
    late = replace(sealed, clock=lambda: datetime(2026, 8, 21, tzinfo=UTC))
    assert awards.totals(late).overdue == 50
    assert {queue.code: queue.count for queue in today.look(late).queues}["overdue"] == 50
    confirmed = awards.ledger(late)[1].application_no
    awards.record(late, confirmed, "confirm", received=datetime(2026, 8, 20, 9, tzinfo=UTC))
    with refuses("not_overdue", no=confirmed):
        awards.record(late, confirmed, "expire")
    awards.record(late, number, "expire")
    sums = awards.totals(late)
    assert (sums.expired, sums.free, sums.overdue, sums.adds_up) == (1, 1, 48, True)


def test_nobody_comes_where_nobody_waits(sealed: Office) -> None:
    kinds = {step.kind for step in awards.next_round(sealed)}
    assert kinds == {"stays_empty"}, "every seat is offered: nothing to fill"


def test_a_seat_remembers_everybody_who_held_it(sealed: Office) -> None:
    line = awards.ledger(sealed)[0]
    awards.record(sealed, line.application_no, "decline")
    awards.offer_next(sealed, "4", DAY)
    held = seats.history(sealed, line.pool, line.seat)
    assert held[0].award.application_no == line.application_no
    assert held[0].full_name == line.full_name
    assert len(held) == 2


def test_who_moves_to_a_better_choice_gives_the_former_seat_back(sealed: Office) -> None:
    moving = None
    for line in awards.ledger(sealed):
        steps = awards.preview(sealed, line.application_no, "decline")
        moving = next((step for step in steps if step.kind == "moves"), None)
        if moving is not None:
            awards.record(sealed, line.application_no, "decline")
            break
    assert moving is not None, "somebody of the sample would rather have another seat"
    awards.offer_next(sealed, "4", DAY)
    with sealed.store.reading() as reading:
        states = {
            award.pool: award.state.value
            for award in reading.awards(sealed.campaign_id)
            if award.application_no == moving.application
        }
    assert states == {moving.from_pool: "revoked", moving.pool: "offered"}
    assert awards.totals(sealed).adds_up


# Explanations


@pytest.mark.parametrize("lang", LANGS)
def test_every_place_is_explained_in_plain_words_of_the_language(sealed: Office, lang: str) -> None:
    words = Words(lang)
    result = runs.overview(sealed).result
    people = [result.awards[0].application, result.not_awarded[0], result.reserve[0].applications[0]]
    with sealed.store.reading() as reading:
        numbers = [one.no for one in reading.applications(sealed.campaign_id)]
    for number in (*people, *numbers[::10]):
        account = accounts.account(sealed, number)
        told, naming = account.told, account.naming(words)
        lines = list(sentences(naming, told))
        assert lines[0] == f"{number}: " + verdict_text(naming, told)
        assert len(lines) > len(told.choices)
        for choice in told.choices:
            assert any(choice.pool in line for line in lines)


def test_who_was_not_admitted_hears_why(sealed: Office) -> None:
    admitted = {row.application for pool in runs.ranked(sealed) for row in pool.rows}
    with sealed.store.reading() as reading:
        outside = [one.no for one in reading.applications(sealed.campaign_id) if one.no not in admitted]
    assert outside
    account = accounts.account(sealed, outside[0])
    told, naming = account.told, account.naming(Words("en"))
    reasons = [finding for choice in told.choices for finding in choice.findings] + list(told.findings)
    assert reasons
    spoken = "\n".join(sentences(naming, told))
    assert all(
        naming.words.code(finding.code, **naming.facts(finding.facts)) in spoken for finding in reasons
    )


def test_who_stands_in_conflict_hears_that_the_office_must_decide_first(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("imported")
    with office.store.reading() as reading:
        waiting = next(one.no for one in reading.applications(office.campaign_id) if one.in_conflict)
    runs.propose(office)
    account = accounts.account(office, waiting)
    told, naming = account.told, account.naming(Words("en"))
    assert [finding.code for finding in told.findings] == ["in_conflict"]
    assert Words("en").code("in_conflict", **told.findings[0].facts) in list(sentences(naming, told))[1]


# The first page


def test_the_first_page_counts_what_waits_the_most_pressing_first(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("imported")
    shown = today.look(office)
    waiting = {queue.code: queue.count for queue in shown.queues}
    assert waiting["conflict"] == 9
    assert shown.queues[0].code == "conflict"
    assert sum(count for _, count, _ in shown.pools) == intake.lines(office)[0]
    assert [seats_ for _, _, seats_ in shown.pools] == [pool.seats for pool in office.campaign().setup.pools]
    assert [deadline.at for deadline in shown.deadlines] == sorted(d.at for d in shown.deadlines)


def test_the_first_page_tells_an_import_as_one_act(office_at: Callable[[str], Office]) -> None:
    shown = today.look(office_at("imported"))
    acts = [event.act for event in shown.recent]
    assert acts.count("import.applied") == 3
    assert "application.imported" not in acts
    assert shown.entered_today > 100


def test_open_ties_of_a_draft_wait_on_the_first_page_and_none_of_a_sealed_run(
    office_at: Callable[[str], Office], sealed: Office
) -> None:
    assert "ties" not in {queue.code for queue in today.look(sealed).queues}
    office = office_at("settled")
    ties = len(runs.propose(office).result.open_ties)
    waiting = {queue.code: queue.count for queue in today.look(office).queues}
    assert waiting.get("ties", 0) == ties


def test_the_first_page_says_when_the_last_backup_was_made(empty: Office, tmp_path: Path) -> None:
    assert today.last_backup(empty) is None
    upkeep.backup(empty, tmp_path / "copy.sqlite")
    made = today.last_backup(empty)
    assert made == empty.clock()
    upkeep.automatic_backup(empty, "import")
    newest = today.last_backup(empty)
    assert newest is not None
    assert newest > empty.clock() - timedelta(days=1)


def test_a_fresh_campaign_has_nothing_waiting(empty: Office) -> None:
    assert today.look(empty).queues == ()
    applied(empty)
    assert {queue.code for queue in today.look(empty).queues} == {"incomplete", "unverified"}
    assert today.look(empty).entered_today == 1
