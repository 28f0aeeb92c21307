"""Appeals: recorded, due, decided once under minutes; a granted one leads to a run with its differences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from grants_app.services import appeals, intake, interests, runs, sealing, upkeep
from tests.boards import DAY, hold_sitting
from tests.makers import PERMIT
from tests.services.desks import CLOSED, as_role, moved_to, refuses

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grants_app.domain.records import Appeal, AppealDecision
    from grants_app.domain.runs import RunRecord
    from grants_app.services.access import Office


@pytest.fixture
def sealed(office_at: Callable[[str], Office]) -> Office:
    return office_at("sealed")


def received(office: Office, number: str = "B-0001", **changes: object) -> Appeal:
    """An appeal that came in an hour ago."""
    form = appeals.AppealForm(
        application_no=number, received_at=office.now() - timedelta(hours=1), subject="балл по математике"
    )
    return appeals.record(office, replace(form, **changes))  # type: ignore[arg-type]  # fields of the form


def decided(office: Office, appeal: Appeal, decision: AppealDecision = "granted") -> Appeal:
    """The chair decides it under minutes no. 5."""
    return appeals.decide(
        as_role(office, "chair"), appeal.id, decision, minutes_no="5", minutes_on=DAY, effect="балл исправлен"
    )


def corrected(office: Office, number: str, points: int) -> None:
    """The main test's score put right in the register."""
    known = intake.application_by_no(office, number)
    scores = tuple(
        replace(score, value=Decimal(points)) if score.criterion == "ort_main" else score
        for score in known.entry.scores
    )
    entry = replace(known.entry, scores=scores)
    intake.save(office, intake.SaveForm(entry=entry, application=known.id, seen=known.version, submit=False))


def points(office: Office, number: str) -> int:
    """The main test's score in the register."""
    scores = intake.application_by_no(office, number).entry.scores
    return int(next(score.value for score in scores if score.criterion == "ort_main"))


def all_runs(office: Office) -> Sequence[RunRecord]:
    """Every run there is."""
    with office.store.reading() as reading:
        return reading.runs(office.campaign_id)


def test_an_appeal_is_open_until_its_day_then_overdue_then_decided(sealed: Office) -> None:
    due = sealed.now() + timedelta(days=1)
    appeal = received(sealed, "в-0001", deadline=due)
    (line,) = appeals.lines(sealed)
    assert (line.application_no, line.state, line.full_name != "") == ("B-0001", "open", True)
    late = replace(sealed, clock=lambda: due + timedelta(minutes=1))
    assert appeals.lines(late)[0].state == "overdue"
    assert [one.appeal.id for one in appeals.waiting(late)] == [appeal.id]
    decided(sealed, appeal)
    (line,) = appeals.lines(late)
    assert (line.state, line.appeal.minutes_no, line.effect.words) == ("granted", "5", "балл исправлен")
    assert appeals.waiting(late) == []


def test_those_that_wait_stand_first_the_most_urgent_on_top(sealed: Office) -> None:
    done = received(sealed, "B-0001")
    undated = received(sealed, "B-0002")
    later = received(sealed, "B-0003", deadline=sealed.now() + timedelta(days=3))
    sooner = received(sealed, "B-0004", deadline=sealed.now() + timedelta(days=1))
    decided(sealed, done, "refused")
    order = [line.appeal.id for line in appeals.lines(sealed)]
    assert order == [sooner.id, later.id, undated.id, done.id]


def test_an_appeal_says_what_it_is_about_and_when_it_came(sealed: Office) -> None:
    with refuses("appeal_subject_missing"):
        received(sealed, subject=" ")
    with refuses("appeal_due_before_received"):
        received(sealed, deadline=sealed.now() - timedelta(days=1))
    with refuses("appeal_from_the_future"):
        received(sealed, received_at=sealed.now() + timedelta(hours=1))
    with refuses("application_unknown"):
        received(sealed, "B-9999")
    assert appeals.lines(sealed) == ()


def test_the_secretary_records_and_the_chair_decides(sealed: Office) -> None:
    with refuses("not_allowed", act="appeal"):
        received(as_role(sealed, "officer"))
    appeal = received(sealed)
    with refuses("not_allowed", act="decide_appeal"):
        appeals.decide(sealed, appeal.id, "granted", minutes_no="5", minutes_on=DAY, effect="да")
    moved_to(sealed, CLOSED)
    with refuses("campaign_closed"):
        decided(sealed, appeal)


def test_a_decision_has_minutes_and_an_effect_and_is_taken_once(sealed: Office) -> None:
    appeal = received(sealed)
    chair = as_role(sealed, "chair")
    for changes, code in (
        ({"minutes_no": " "}, "minutes_missing"),
        ({"effect": ""}, "appeal_effect_missing"),
        ({"decision": ""}, "appeal_decision_unknown"),
    ):
        form = {"decision": "granted", "minutes_no": "5", "minutes_on": DAY, "effect": "да"} | changes
        with refuses(code):
            appeals.decide(chair, appeal.id, **form)  # type: ignore[arg-type]  # parts of a decision
    decided(sealed, appeal)
    with refuses("appeal_decided", no="B-0001"):
        decided(sealed, appeal, "refused")
    with refuses("not_found"):
        appeals.decide(chair, 99, "granted", minutes_no="5", minutes_on=DAY, effect="да")
    assert upkeep.journal(sealed, act="appeal.granted")[1][0].subject == "B-0001"


def test_a_recorded_sitting_decides_an_appeal_with_its_quorum_only(sealed: Office) -> None:
    made = hold_sitting(sealed, "5", there=4)
    first, second = received(sealed, "B-0001"), received(sealed, "B-0002")
    decided(sealed, first)
    for member in made[:2]:
        interests.declare_interest(sealed, member.id, "B-0002", "сын")
    assert appeals.granted_for(sealed, "B-0002") == ()
    decided(sealed, second)  # three count, two are needed, two are there
    hold = received(sealed, "B-0003")
    interests.declare_interest(sealed, made[2].id, "B-0003", "сын")
    interests.declare_interest(sealed, made[3].id, "B-0003", "внук")
    decided(sealed, hold)
    lone = received(sealed, "B-0004")
    for member in made[:4]:
        interests.declare_interest(sealed, member.id, "B-0004", "сын")
    with refuses("no_quorum", present=0, needed=1):
        decided(sealed, lone)


def test_granted_appeals_of_an_application_let_its_correction_through(sealed: Office) -> None:
    granted, refused = received(sealed), received(sealed, subject="место в списке")
    assert appeals.granted_for(sealed, "B-0001") == ()
    kept = decided(sealed, granted)
    decided(sealed, refused, "refused")
    assert appeals.granted_for(sealed, " b-0001") == (kept,)
    assert appeals.granted_for(sealed, "B-0002") == ()


def first_of_a_reserve(office: Office) -> str:
    """Somebody just under a cutoff, where a better score brings them over it."""
    return runs.overview(office).result.reserve[0].applications[0]


def test_a_granted_appeal_leads_to_a_run_and_keeps_what_differs(sealed: Office) -> None:
    number = runs.overview(sealed).result.reserve[0].applications[-1]
    appeal = received(sealed, number)
    with refuses("appeal_not_granted", no=number):
        appeals.propose_run(sealed, appeal.id)
    decided(sealed, appeal)
    corrected(sealed, number, points(sealed, number) + 1)
    line = appeals.propose_run(sealed, appeal.id)
    assert (line.effect.before, line.effect.run, line.run_kind) == (1, 2, "draft")
    assert (line.effect.words, line.effect.holder, line.effect.awards) == ("балл исправлен", "", ())
    assert {one.application for one in line.effect.ranks} == {number}
    assert any((one.before or 99) > (one.after or 99) for one in line.effect.ranks)
    assert line.effect.moved >= 1
    assert appeals.lines(sealed)[0] == line
    sealing.seal(sealed, 2, "6", DAY, accepting="протокол 6")
    assert appeals.lines(sealed)[0].run_kind == "sealed"
    assert '"run":2' in upkeep.journal(sealed, act="appeal.run")[1][0].after


def test_where_a_holder_would_lose_their_seat_no_run_takes_it_and_the_differences_are_shown(
    sealed: Office,
) -> None:
    number = first_of_a_reserve(sealed)
    decided(sealed, appeal := received(sealed, number))
    corrected(sealed, number, 244)
    line = appeals.propose_run(sealed, appeal.id)
    kinds = {one.application: one.kind for one in line.effect.awards}
    assert (line.effect.run, line.run_kind, line.effect.before) == (None, None, 1)
    assert kinds[number] in ("gained", "better")
    assert kinds[line.effect.holder] in ("lost", "worse")
    assert [one.no for one in all_runs(sealed)] == [1]


def test_another_refusal_of_the_run_is_told_as_it_is(sealed: Office) -> None:
    decided(sealed, appeal := received(sealed))
    with refuses("not_allowed", act="run"):
        appeals.propose_run(as_role(sealed, "officer"), appeal.id)
    moved_to(sealed, CLOSED)
    with refuses("campaign_closed"):
        appeals.propose_run(sealed, appeal.id)


def test_before_anything_is_sealed_there_is_nothing_to_differ_from(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    appeal = decided(office, received(office))
    with refuses("nothing_sealed"):
        appeals.propose_run(office, appeal.id)


def test_an_effect_written_as_a_plain_sentence_is_read_as_one(sealed: Office) -> None:
    appeal = received(sealed)
    with sealed.store.work(PERMIT) as work:
        work.appeals.put(replace(appeal, decision="granted", effect="балл исправлен"))
        work.commit()
    assert appeals.lines(sealed)[0].effect == appeals.Effect(words="балл исправлен")
