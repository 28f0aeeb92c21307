"""Answers by their receipt, deadlines put off, the chain confirmed as one act, seats moved, the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.award import AwardState
from grants_app.domain.rounds import GivenAnswer, Order
from grants_app.services import (
    answers,
    awards,
    campaigns,
    cascades,
    clock,
    deadlines,
    decisions,
    demonstration,
    holders,
    intake,
    letters,
    runs,
    sealing,
    seat_acts,
    upkeep,
    way_back,
)
from grants_app.store.engine import open_store
from tests import offices
from tests.services.desks import as_role, refuses

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.award import LedgerLine
    from grants_app.services.access import Office
    from grants_app.wording import Words

DAY = date(2026, 8, 21)
ORDER = Order("18-к", DAY, "паводок, дороги закрыты")
DUE = datetime(2026, 8, 20, 10, 0, tzinfo=UTC)  # the sample's calendar: 16:00 in Bishkek
LATER = datetime(2026, 8, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def sealed(office_at: Callable[[str], Office]) -> Office:
    """The sample's campaign with every grant offered."""
    return office_at("sealed")


@pytest.fixture
def late(sealed: Office) -> Office:
    """The same the day after the deadline, the chair at the desk."""
    return as_role(replace(sealed, clock=lambda: LATER), "chair")


def held(office: Office) -> list[LedgerLine]:
    return [line for line in awards.ledger(office) if line.award is not None]


def state_of(office: Office, number: str) -> AwardState | None:
    return next((line.state for line in held(office) if line.application_no == number), None)


def given(number: str, answer: str, **facts: object) -> GivenAnswer:
    return GivenAnswer(application=number, answer=answer, **facts)  # type: ignore[arg-type]  # as typed by hand


def journalled(office: Office, act: str) -> int:
    return upkeep.journal(office, act=act)[0]


# Answers


def test_an_answer_received_in_time_counts_though_it_is_typed_later(late: Office) -> None:
    number = held(late)[0].application_no
    awards.record(late, number, "confirm", received=DUE)
    assert state_of(late, number) is AwardState.CONFIRMED
    with late.store.reading() as reading:
        award = next(one for one in reading.awards(late.campaign_id) if one.application_no == number)
    assert award.answered_at == DUE
    assert upkeep.journal(late, act="award.confirmed")[1][0].subject == number


def test_an_answer_received_after_the_deadline_does_not_count(late: Office) -> None:
    number = held(late)[0].application_no
    with refuses("received_late", no=number, due="20.08.2026 16:00"):
        awards.record(late, number, "confirm", received=DUE + timedelta(minutes=1))
    with refuses("received_late"):
        awards.record(late, number, "confirm")
    assert state_of(late, number) is AwardState.OFFERED


def test_an_extension_makes_a_late_answer_count(late: Office) -> None:
    number = held(late)[0].application_no
    deadlines.extend(late, (number,), LATER + timedelta(days=2), ORDER)
    awards.record(late, number, "confirm")
    assert state_of(late, number) is AwardState.CONFIRMED


def test_a_refusal_gives_the_seat_back_whenever_it_comes(late: Office) -> None:
    number = held(late)[0].application_no
    awards.record(late, number, "decline")
    assert state_of(late, number) is None


@pytest.mark.parametrize(
    ("received", "code"),
    [
        (LATER + timedelta(minutes=5), "received_in_future"),
        (demonstration.SAMPLE_DAY - timedelta(minutes=1), "received_before_offer"),
    ],
)
def test_an_answer_cannot_come_before_its_offer_nor_from_the_future(
    late: Office, received: datetime, code: str
) -> None:
    with refuses(code):
        awards.record(late, held(late)[0].application_no, "decline", received=received)


def test_a_grant_is_confirmed_once(sealed: Office) -> None:
    number = held(sealed)[0].application_no
    awards.record(sealed, number, "confirm")
    with refuses("already_confirmed", no=number):
        awards.record(sealed, number, "confirm")


def test_several_expire_in_one_act_or_none_does(late: Office) -> None:
    first, second, third = (line.application_no for line in held(late)[:3])
    awards.record(late, third, "confirm", received=DUE)
    with refuses("not_overdue", no=third):
        answers.record_many(late, [given(one, "expire") for one in (first, second, third)])
    assert awards.totals(late).expired == 0
    with refuses("answered_twice", no=first):
        answers.record_many(late, [given(first, "expire"), given(f" {first.lower()}", "expire")])
    with refuses("nobody_chosen"):
        answers.record_many(late, [])
    answers.record_many(late, [given(first, "expire"), given(second, "expire")])
    assert (awards.totals(late).expired, awards.totals(late).free) == (2, 2)


def test_who_is_not_admitted_any_more_is_named_and_cannot_confirm(sealed: Office) -> None:
    line = held(sealed)[0]
    assert holders.unfit(sealed) == ()
    known = intake.application_by_no(sealed, line.application_no)
    low = tuple(
        replace(score, value=score.value * 0) if score.criterion == "ort_main" else score
        for score in known.entry.scores
    )
    form = intake.SaveForm(
        entry=replace(known.entry, scores=low), application=known.id, seen=known.version, submit=False
    )
    intake.save(sealed, form)
    (finding,) = holders.unfit(sealed)
    assert (finding.code, finding.facts) == (
        "holder_not_admitted",
        {"no": line.application_no, "pool": line.pool},
    )
    with refuses("holder_not_admitted", no=line.application_no):
        awards.record(sealed, line.application_no, "confirm")
    with refuses("seated_not_admitted"):
        cascades.preview(sealed)
    way_back.take_back(as_role(sealed, "chair"), line.application_no, "результат исправлен")
    assert holders.unfit(sealed) == ()
    assert cascades.preview(sealed).offers > 0


def test_who_gives_back_a_placed_seat_is_not_placed_again(sealed: Office) -> None:
    line, other = held(sealed)[0], held(sealed)[-1]
    awards.record(sealed, other.application_no, "decline")
    decisions.place(sealed, line.application_no, other.pool, "решение суда 12")
    cascades.confirm(sealed, cascades.preview(sealed), "4", DAY)
    with refuses("placement_held", no=line.application_no):
        decisions.unplace(sealed, line.application_no, "ошибка")
    awards.record(sealed, line.application_no, "decline")
    cascades.confirm(sealed, cascades.preview(sealed), "5", DAY)
    assert state_of(sealed, line.application_no) is None


# Deadlines


def test_offers_stand_until_the_moment_given_at_sealing(
    office_at: Callable[[str], Office], words: Words
) -> None:
    office = office_at("settled")
    proposal, _ = demonstration.settle_ties(office, words, offices.quiet)
    with refuses("deadline_not_ahead"):
        sealing.seal(office, proposal.no, "3", DAY, office.clock(), accepting="протокол 3")
    until = office.clock() + timedelta(days=3)
    sealing.seal(office, proposal.no, "3", DAY, until, accepting="протокол 3")
    assert {line.deadline for line in held(office)} == {until}


def test_nothing_expires_by_itself(sealed: Office) -> None:
    after = replace(sealed, clock=lambda: datetime(2027, 1, 1, tzinfo=UTC))
    sums = awards.totals(after)
    assert (sums.overdue, sums.offered, sums.free) == (50, 50, 0)


def test_an_extension_is_an_act_with_its_order_in_the_register(late: Office) -> None:
    first, second = (line.application_no for line in held(late)[:2])
    until = LATER + timedelta(days=2)
    for order, code in (
        (replace(ORDER, no=" "), "order_missing"),
        (replace(ORDER, on=None), "order_missing"),
        (replace(ORDER, reason=""), "reason_missing"),
    ):
        with refuses(code):
            deadlines.extend(late, (first,), until, order)
    with refuses("deadline_not_ahead"):
        deadlines.extend(late, (first,), LATER, ORDER)
    with refuses("no_award", no="B-9999"):
        deadlines.extend(late, (first, "B-9999"), until, ORDER)
    assert deadlines.register(late) == []
    deadlines.extend(late, (first, second), until, ORDER)
    kept = deadlines.register(late)
    assert {one.application_no for one in kept} == {first, second}
    assert {(one.before, one.after, one.order_no, one.by) for one in kept} == {
        (DUE, until, "18-к", late.actor.name)
    }
    assert journalled(late, "award.extended") == 2
    with refuses("extension_not_later", no=first):
        deadlines.extend(late, (first,), until - timedelta(hours=1), ORDER)
    awards.record(late, second, "confirm")
    with refuses("already_confirmed"):
        deadlines.extend(late, (second,), until + timedelta(days=1), ORDER)


def test_the_calendars_date_takes_the_offers_that_waited_for_it_along(sealed: Office) -> None:
    number = held(sealed)[0].application_no
    alone = DUE + timedelta(days=1)
    deadlines.extend(sealed, (number,), alone, ORDER)
    until = DUE + timedelta(days=5)
    with refuses("deadline_unknown", date="never"):
        deadlines.extend_calendar(sealed, "never", until, ORDER)
    deadlines.extend_calendar(sealed, "confirm", until, ORDER)
    assert {line.deadline for line in held(sealed)} == {alone, until}
    confirm = sealed.campaign().setup.deadline("confirm")
    assert confirm is not None
    assert (confirm.at, confirm.order_no) == (until, "18-к")
    assert deadlines.register(sealed)[0].application_no == ""
    deadlines.extend_calendar(sealed, "study", datetime(2026, 9, 5, tzinfo=UTC), ORDER)
    assert {line.deadline for line in held(sealed)} == {alone, until}


# The clock


def test_a_clock_behind_the_last_event_stops_dated_acts_until_it_is_confirmed(sealed: Office) -> None:
    path = sealed.store.path
    assert path is not None
    early = datetime(2026, 7, 1, tzinfo=UTC)
    store = open_store(str(path), lambda: early)
    office = replace(sealed, store=store)
    number = held(office)[0].application_no
    for act in (
        lambda: awards.record(office, number, "confirm"),
        lambda: sealing.seal(office, 1, "4", DAY),
        lambda: cascades.confirm(office, cascades.preview(office), "4", DAY),
        lambda: deadlines.extend(office, (number,), LATER, ORDER),
        lambda: seat_acts.change_total(office, 60, ORDER),
    ):
        with refuses("clock_behind", now="01.07.2026 06:00"):
            act()
    with refuses("reason_missing"):
        clock.confirm_clock(office, " ")
    clock.confirm_clock(office, "батарейка заменена, часы верны")
    assert clock.behind(office) is None
    awards.record(office, number, "confirm")
    with office.store.reading() as reading:
        (act,) = reading.campaign_acts(office.campaign_id, "clock_confirmed")
    assert (act.reason, act.at, act.by) == ("батарейка заменена, часы верны", early, office.actor.name)
    assert journalled(office, "clock.confirmed") == 1
    store.close()


# The chain


def test_four_refusals_are_shown_as_a_chain_and_confirmed_as_one_act(sealed: Office) -> None:
    letters.issue_missing(sealed)
    leaving = [line.application_no for line in held(sealed)[::13]]
    seen = cascades.preview(sealed, [given(one, "decline") for one in leaving])
    assert [chain[0].application for chain in seen.chains[:4]] == leaving
    assert all(chain[-1].kind in ("enters", "stays_empty") for chain in seen.chains)
    assert seen.before.adds_up
    assert seen.after.adds_up
    assert awards.totals(sealed).declined == 0, "a preview writes nothing"
    before = {line.application_no: line.pool for line in held(sealed)}
    kept = cascades.confirm(sealed, seen, "4", DAY)
    after = {line.application_no: line.pool for line in held(sealed)}
    shown = {step.application: step.pool for step in seen.steps if step.kind in ("moves", "enters")}
    assert after == {no: pool for no, pool in before.items() if no not in leaving} | shown
    sums = awards.totals(sealed)
    assert (sums.offered, sums.free, sums.declined) == (seen.after.offered, seen.after.free, 4)
    cancelled = [paper for paper in letters.issued(sealed) if paper.state == "cancelled"]
    moved = sum(step.kind == "moves" for step in seen.steps)
    assert len(cancelled) == 4 + moved
    document = cascades.document_of(kept)
    assert (document.minutes_no, document.chains, document.answers) == ("4", seen.chains, seen.answers)
    assert cascades.confirmed(sealed) == [kept]
    run = runs.overview(sealed)
    assert (run.fingerprint, run.minutes_no, run.state) == (document.fingerprint, "4", "sealed")
    assert upkeep.check(sealed) == ()


def test_a_chain_whose_ground_changed_is_not_confirmed_at_all(sealed: Office) -> None:
    first, second = (line.application_no for line in held(sealed)[:2])
    seen = cascades.preview(sealed, [given(first, "decline")])
    awards.record(sealed, second, "decline")
    events = upkeep.journal(sealed)[0]
    with refuses("cascade_outdated"):
        cascades.confirm(sealed, seen, "4", DAY)
    assert state_of(sealed, first) is AwardState.OFFERED
    assert upkeep.journal(sealed)[0] == events


def test_a_chain_needs_minutes_and_something_to_do(sealed: Office) -> None:
    seen = cascades.preview(sealed)
    with refuses("cascade_empty"):
        cascades.confirm(sealed, seen, "4", DAY)
    seen = cascades.preview(sealed, [given(held(sealed)[0].application_no, "decline")])
    with refuses("minutes_missing"):
        cascades.confirm(sealed, seen, " ", DAY)
    with refuses("not_allowed"):
        cascades.confirm(as_role(sealed, "officer"), seen, "4", DAY)
    with refuses("no_award"):
        cascades.preview(sealed, [given("B-9999", "decline")])


def test_only_who_asked_moves_and_who_confirmed_stays(sealed: Office) -> None:
    mover = next(
        step
        for line in held(sealed)
        for step in awards.preview(sealed, line.application_no, "decline")
        if step.kind == "moves"
    )
    leaver = next(
        line.application_no
        for line in held(sealed)
        if any(
            step.application == mover.application
            for step in awards.preview(sealed, line.application_no, "decline")
        )
    )
    asked = [given(leaver, "decline")]
    assert mover.application in {step.application for step in cascades.preview(sealed, asked).steps}
    awards.record(sealed, mover.application, "confirm")
    assert mover.application not in {step.application for step in cascades.preview(sealed, asked).steps}
    way_back.undo_answer(as_role(sealed, "chair"), mover.application, "записано не тому")
    known = intake.application_by_no(sealed, mover.application)
    form = intake.SaveForm(
        entry=replace(known.entry, asks_upgrade=False), application=known.id, seen=known.version, submit=False
    )
    intake.save(sealed, form)
    assert mover.application not in {step.application for step in cascades.preview(sealed, asked).steps}


# Seats


def test_the_total_goes_from_50_to_60_in_mid_campaign_and_the_ledger_adds_up(sealed: Office) -> None:
    seat_acts.change_total(sealed, 60, ORDER)
    sums = awards.totals(sealed)
    assert (sums.total, sums.unassigned, sums.adds_up) == (60, 10, True)
    pool = sealed.campaign().setup.pools[0].id
    seat_acts.move(sealed, seat_acts.SeatMove(to_pool=pool, seats=10), ORDER)
    sums = awards.totals(sealed)
    assert (sums.unassigned, sums.free, sums.adds_up) == (0, 10, True)
    seen = cascades.preview(sealed)
    assert seen.offers > 0
    cascades.confirm(sealed, seen, "4", DAY)
    assert awards.totals(sealed).adds_up
    acts = seat_acts.register(sealed)
    assert [(one.kind, one.total_before, one.total_after, one.seats) for one in acts] == [
        ("moved", 60, 60, 10),
        ("total", 50, 60, 10),
    ]
    assert {one.order_no for one in acts} == {"18-к"}
    assert (journalled(sealed, "seats.moved"), journalled(sealed, "seats.total")) == (1, 1)


def test_only_free_seats_move_and_the_total_never_goes_under_what_is_given(sealed: Office) -> None:
    first, second = (pool.id for pool in sealed.campaign().setup.pools[:2])
    one_seat = seat_acts.SeatMove(from_pool=first, to_pool=second, seats=1)
    with refuses("too_few_free", free=0):
        seat_acts.move(sealed, one_seat, ORDER)
    with refuses("seats_over_total"):
        seat_acts.change_total(sealed, 49, ORDER)
    leaving = next(line for line in held(sealed) if line.pool == first)
    awards.record(sealed, leaving.application_no, "decline")
    seat_acts.move(sealed, one_seat, ORDER)
    assert leaving.seat not in {line.seat for line in awards.ledger(sealed) if line.pool == first}
    assert (awards.totals(sealed).free, awards.totals(sealed).adds_up) == (1, True)
    assert seat_acts.free_seats(sealed)[second] == 1
    assert upkeep.check(sealed) == ()


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (seat_acts.SeatMove(from_pool="", to_pool="", seats=1), "seats_not_moved"),
        (seat_acts.SeatMove(from_pool="", to_pool="ENU-OSH/6B06103", seats=0), "seats_not_moved"),
        (seat_acts.SeatMove(from_pool="", to_pool="nowhere", seats=1), "pool_unknown"),
    ],
)
def test_a_move_that_moves_nothing_is_refused(sealed: Office, move: seat_acts.SeatMove, code: str) -> None:
    with refuses(code):
        seat_acts.move(sealed, move, ORDER)
    with refuses("seats_not_moved"):
        seat_acts.change_total(sealed, 50, ORDER)


def test_before_a_seal_the_setup_changes_seats_and_afterwards_only_acts_do(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    campaign = office.campaign()
    more = replace(campaign.setup, total=campaign.setup.total + 1)
    campaigns.change_setup(office, more, campaign.version)
    sealed = office_at("sealed")
    campaign = sealed.campaign()
    with refuses("seats_by_act"):
        campaigns.change_setup(sealed, replace(campaign.setup, total=60), campaign.version, "приказ")
    campaigns.change_setup(sealed, replace(campaign.setup, consent_version="2"), campaign.version, "приказ")


# The way back


def test_a_mistaken_refusal_is_undone_while_the_seat_is_free(late: Office) -> None:
    line = held(late)[0]
    awards.record(late, line.application_no, "decline")
    with refuses("not_allowed"):
        way_back.undo_answer(as_role(late, "secretary"), line.application_no, "ошибка")
    with refuses("reason_missing"):
        way_back.undo_answer(late, line.application_no, "")
    way_back.undo_answer(late, line.application_no, "отказ писал однофамилец")
    again = held(late)[0]
    assert (again.application_no, again.seat, again.state) == (
        line.application_no,
        line.seat,
        AwardState.OFFERED,
    )
    assert upkeep.journal(late, act="award.reinstated")[1][0].reason == "отказ писал однофамилец"
    with refuses("nothing_to_undo"):
        way_back.undo_answer(late, line.application_no, "ещё раз")
    assert awards.totals(late).adds_up


def test_an_answer_cannot_be_undone_once_every_seat_is_taken(late: Office) -> None:
    line = held(late)[0]
    pool = line.pool
    seen = cascades.preview(late, [given(line.application_no, "decline")])
    cascades.confirm(late, seen, "4", DAY, LATER + timedelta(days=3))
    with refuses("seat_gone", no=line.application_no, pool=late.campaign().setup.pool_called(pool)):
        way_back.undo_answer(late, line.application_no, "ошибка")
    other = next(one for one in held(late) if one.pool == pool)
    awards.record(late, other.application_no, "decline")
    way_back.undo_answer(late, line.application_no, "ошибка")
    assert state_of(late, line.application_no) is AwardState.OFFERED
    assert next(one.seat for one in held(late) if one.application_no == line.application_no) == other.seat


def test_a_placement_comes_back_with_its_seat(sealed: Office) -> None:
    chair = as_role(sealed, "chair")
    line, other = held(sealed)[0], held(sealed)[-1]
    awards.record(sealed, other.application_no, "decline")
    decisions.place(sealed, line.application_no, other.pool, "решение суда 12")
    cascades.confirm(sealed, cascades.preview(sealed), "4", DAY)
    awards.record(sealed, line.application_no, "decline")
    way_back.undo_answer(chair, line.application_no, "ошибка")
    assert cascades.preview(sealed).offers >= 0
    assert state_of(sealed, line.application_no) is AwardState.OFFERED


def test_the_chair_takes_a_seat_back_and_its_letter_with_it(sealed: Office) -> None:
    letters.issue_missing(sealed)
    chair = as_role(sealed, "chair")
    line = held(sealed)[0]
    with refuses("reason_missing"):
        way_back.take_back(chair, line.application_no, " ")
    way_back.take_back(chair, line.application_no, "подложный документ")
    assert state_of(sealed, line.application_no) is None
    assert sum(paper.state == "cancelled" for paper in letters.issued(sealed)) == 1
    assert line.application_no not in {step.application for step in cascades.preview(sealed).steps}
