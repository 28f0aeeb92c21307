"""The second look: decisive numbers typed again by somebody else, who never sees the first typing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.application import Conflict, State, Version
from grants_app.paths import shipped
from grants_app.services import conflicts, imports, intake, opening, today, upkeep
from grants_app.services.access import Folders
from grants_app.services.intake import SaveForm
from grants_app.services.opening import Premises
from grants_app.services.register import second_look
from tests import offices
from tests.makers import PERMIT
from tests.services.desks import (
    FROZEN,
    applied,
    as_role,
    entry_for,
    moved_to,
    refuses,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.application import Application
    from grants_app.services.access import Office

MAIN = "ort_main"
UNCHECKED = {"flag": "unverified"}


def other(office: Office, name: str = "Ким А.") -> Office:
    """Somebody else of the same branch at the desk."""
    return as_role(office, "officer", name)


def value_of(known: Application, criterion: str = MAIN) -> Decimal:
    return next(one.value for one in known.entry.scores if one.criterion == criterion)


def look_at(office: Office, known: Application, criterion: str = MAIN) -> second_look.Number:
    return next(one for one in second_look.numbers(office, known.id)[1] if one.criterion == criterion)


def typed_again(
    office: Office, known: Application, value: Decimal | None = None, criterion: str = MAIN
) -> second_look.Typed:
    """The number typed a second time; without a value the very one recorded."""
    given = value_of(known, criterion) if value is None else value
    return second_look.type_again(office, known.id, known.version, criterion, given)


def all_verified(office: Office, known: Application) -> Application:
    for number in second_look.numbers(office, known.id)[1]:
        known = typed_again(office, known, criterion=number.criterion).application
    return known


# Which numbers


def test_the_main_test_the_admitted_tests_and_the_average_mark_are_typed_twice_and_no_others(
    empty: Office,
) -> None:
    entry = replace(entry_for(empty), choices=("ENU-OSH/6B05201",))
    known = intake.save(empty, SaveForm(entry=entry)).application
    admitted = {"biology", "chemistry"} & {one.criterion for one in known.entry.scores}
    told = {one.criterion for one in second_look.numbers(other(empty), known.id)[1]}
    assert told - admitted == {MAIN, "average"}
    assert told & admitted


# Typing again


def test_the_first_typing_is_not_shown_to_whoever_types_it_again(empty: Office) -> None:
    known = applied(empty)
    for number in second_look.numbers(other(empty), known.id)[1]:
        assert (number.state, number.first, number.second) == ("waits", None, None)
        assert number.source


def test_the_same_number_typed_by_somebody_else_is_verified(empty: Office) -> None:
    known = applied(empty)
    done = typed_again(other(empty), known)
    assert done.equal
    assert look_at(empty, done.application).state == "verified"
    assert next(one for one in done.application.entry.scores if one.criterion == MAIN).verified_by == "Ким А."


def test_who_typed_a_number_never_verifies_it(empty: Office) -> None:
    typed = entry_for(empty)
    typed = replace(typed, scores=tuple(replace(one, entered_by="Ким А.") for one in typed.scores))
    known = intake.save(empty, SaveForm(entry=typed)).application
    assert look_at(empty, known).state == "own"
    with refuses("verify_own_typing"):
        typed_again(empty, known)
    assert typed_again(other(empty), known).equal


def test_who_imported_a_number_counts_as_its_typist(empty: Office) -> None:
    plan = imports.plan(empty, [shipped("resources/sample/osh_late_cp1251.csv")])
    imports.apply(empty, plan, accept_warnings=True, skip_errors=True)
    known = intake.application(empty, intake.lines(empty)[1][0].id)
    assert {one.entered_by for one in known.entry.scores} == {empty.actor.name}
    with refuses("verify_own_typing"):
        typed_again(empty, known)
    assert typed_again(other(empty), known).equal


def test_a_number_is_verified_once_and_only_where_it_stands(empty: Office) -> None:
    known = typed_again(other(empty), applied(empty)).application
    with refuses("verified_already", name="Ким А."):
        typed_again(other(empty, "Абдиев Б."), known)
    with refuses("number_not_there"):
        typed_again(other(empty), known, Decimal(1), "swimming")


def test_a_number_nobody_can_have_is_refused_and_says_nothing_of_the_first(empty: Office) -> None:
    known = applied(empty)
    with refuses("number_impossible", value="999"):
        typed_again(other(empty), known, Decimal(999))
    assert look_at(other(empty), known).state == "waits"


def test_an_application_leaves_the_list_once_its_decisive_numbers_were_typed_twice(empty: Office) -> None:
    known = applied(empty)
    assert intake.lines(empty, filters=UNCHECKED)[0] == 1
    assert [one.no for one in second_look.overview(other(empty)).waiting] == [known.no]
    all_verified(other(empty), known)
    assert intake.lines(empty, filters=UNCHECKED)[0] == 0
    assert intake.lines(empty)[1][0].verified == 2
    assert second_look.overview(other(empty)).waiting == ()


def test_where_nobody_else_is_there_the_number_stays_unverified(empty: Office) -> None:
    known = applied(empty)
    (mine,) = second_look.overview(empty).waiting
    assert (mine.no, mine.mine, mine.waits) == (known.no, True, 0)
    assert mine.own == len(second_look.numbers(empty, known.id)[1])
    assert intake.lines(empty, filters=UNCHECKED)[0] == 1


def test_one_application_read_again_leaves_the_others_as_they_were_seen(empty: Office) -> None:
    first, second = applied(empty), applied(empty, 1)
    office = other(empty)
    seen = second_look.overview(office)
    known = typed_again(office, first).application
    once = second_look.again(office, seen, first.id)
    assert [one.no for one in once.waiting] == [first.no, second.no]
    assert once.waiting[0].verified == 1
    assert once.waiting[1] is seen.waiting[1]
    all_left = [one for one in second_look.numbers(office, known.id)[1] if one.state == "waits"]
    for number in all_left:
        known = typed_again(office, known, criterion=number.criterion).application
    done = second_look.again(office, once, first.id)
    assert [one.no for one in done.waiting] == [second.no]
    assert done.by_branch == second_look.overview(office).by_branch


# Different


def differing(office: Office) -> Application:
    known = applied(office)
    done = typed_again(other(office), known, value_of(known) - 1)
    assert not done.equal
    return done.application


def test_two_different_typings_are_both_shown_with_who_typed_them(empty: Office) -> None:
    known = differing(empty)
    number = look_at(empty, known)
    assert number.state == "differs"
    assert (number.first, number.first_by) == (value_of(known), empty.actor.name)
    assert (number.second, number.second_by) == (value_of(known) - 1, "Ким А.")
    assert second_look.overview(empty).waiting[0].differs == 1
    with refuses("second_typing_waits"):
        typed_again(other(empty, "Абдиев Б."), known)


def decided(office: Office, known: Application, value: Decimal, paper: str = "№ 123") -> Application:
    return second_look.decide(office, known.id, known.version, MAIN, value, paper=paper).application


def behind(known: Application) -> tuple[Decimal, str, str]:
    score = next(one for one in known.entry.scores if one.criterion == MAIN)
    return score.value, score.entered_by, score.verified_by


def test_an_officer_decides_with_the_paper_and_two_people_stand_behind_the_number(empty: Office) -> None:
    known = differing(empty)
    first = value_of(known)
    with refuses("decision_needs_paper"):
        decided(empty, known, first, " ")
    known = decided(other(empty), known, first)
    assert behind(known) == (first, empty.actor.name, "Ким А.")
    (event,) = upkeep.journal(empty, act="score.decided")[1]
    assert (event.subject, event.reason) == (known.no, "№ 123")
    with refuses("nothing_differs"):
        decided(empty, known, first)


def test_the_second_typing_is_kept_by_somebody_who_did_not_type_it(empty: Office) -> None:
    known = differing(empty)
    right = value_of(known) - 1
    assert behind(decided(empty, known, right)) == (right, "Ким А.", empty.actor.name)


@pytest.mark.parametrize("difference", [0, 5])
def test_decided_by_its_own_typist_a_number_waits_for_another_look(empty: Office, difference: int) -> None:
    known = differing(empty)
    value = value_of(known) - difference
    known = decided(empty, known, value)
    assert behind(known) == (value, empty.actor.name, "")
    assert look_at(other(empty), known).state == "waits"


def test_an_impossible_value_is_not_decided(empty: Office) -> None:
    with refuses("number_impossible"):
        decided(empty, differing(empty), Decimal(999))


def test_after_the_freeze_only_the_number_that_stands_may_be_kept(empty: Office) -> None:
    known = differing(empty)
    office = moved_to(empty, FROZEN)
    with refuses("campaign_frozen"):
        decided(other(office), known, value_of(known) - 1)
    assert behind(decided(other(office), known, value_of(known)))[2] == "Ким А."


# What takes it away


def rescored(known: Application, value: Decimal) -> SaveForm:
    scores = tuple(
        replace(one, value=value, verified_by="Ким А.") if one.criterion == MAIN else one
        for one in known.entry.scores
    )
    return SaveForm(entry=replace(known.entry, scores=scores), application=known.id, seen=known.version)


def test_changing_a_number_takes_its_second_look_away_whatever_the_form_says(empty: Office) -> None:
    known = typed_again(other(empty), applied(empty)).application
    value = value_of(known) - 1
    known = intake.save(other(empty, "Абдиев Б."), rescored(known, value)).application
    assert behind(known) == (value, "Абдиев Б.", "")


def test_a_number_left_as_it_was_keeps_its_second_look(empty: Office) -> None:
    known = typed_again(other(empty), applied(empty)).application
    entry = replace(
        known.entry,
        note="позвонить",
        scores=tuple(replace(one, entered_by="", verified_by="") for one in known.entry.scores),
    )
    saved = intake.save(empty, SaveForm(entry=entry, application=known.id, seen=known.version)).application
    assert behind(saved) == behind(known)


def test_changing_a_number_forgets_the_typing_that_differed(empty: Office) -> None:
    known = differing(empty)
    known = intake.save(empty, rescored(known, value_of(known) - 1)).application
    assert look_at(other(empty, "Абдиев Б."), known).state == "waits"


def test_a_conflict_decided_makes_the_number_the_decider_s(empty: Office) -> None:
    known = typed_again(other(empty), applied(empty)).application
    value = value_of(known) - 1
    versions = tuple(Version(branch=branch, value=str(value)) for branch in ("KAZNU-BSH", "ENU-OSH"))
    with empty.store.work(PERMIT) as work:
        two = replace(known, conflicts=(Conflict(field=f"score:{MAIN}", versions=versions),))
        known = work.applications.put(two)
        work.commit()
    saved = conflicts.decide(
        other(empty, "Абдиев Б."), known.id, known.version, f"score:{MAIN}", str(value),
        paper="сертификат", reason="сверено",
    ).application  # fmt: skip
    assert behind(saved) == (value, "Абдиев Б.", "")


# Whose


def test_a_drawn_sample_asks_for_the_share_its_seed_draws_and_anybody_can_draw_again(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    everybody = second_look.overview(office).waiting
    second_look.choose(office, 20, "2026-07-10 3317")
    drawn = second_look.overview(office)
    assert 0 < len(drawn.waiting) < len(everybody)
    assert {one.no for one in drawn.waiting} == {one.no for one in everybody if drawn.look.asks(one.no)}
    assert intake.lines(office, filters=UNCHECKED)[0] == len(drawn.waiting)
    (event,) = upkeep.journal(office, act="second_look.chosen")[1]
    assert "2026-07-10 3317" in event.after
    second_look.choose(office, 100)
    assert len(second_look.overview(office).waiting) == len(everybody)


def test_a_sample_is_drawn_by_a_seed_and_has_a_share(empty: Office) -> None:
    with refuses("sample_without_seed"):
        second_look.choose(empty, 20)
    for percent in (0, 101):
        with refuses("share_out_of_range"):
            second_look.choose(empty, percent, "7")


# Today


def test_today_shows_the_share_verified_by_branch_of_those_who_are_here(empty: Office) -> None:
    first, second, third = (applied(empty, place) for place in range(3))
    all_verified(other(empty), first)
    shares = today.look(empty).second_look
    assert sum(done for done, _ in shares.values()) == 1
    assert sum(asked for _, asked in shares.values()) == 3
    intake.withdraw(empty, second.id, second.version, "передумал")
    assert sum(asked for _, asked in today.look(empty).second_look.values()) == 2
    intake.withdraw(empty, third.id, third.version, "передумал")
    assert today.look(empty).second_look[first.entry.branch] == (1, 1)
    assert intake.application(empty, third.id).state is State.WITHDRAWN
    seen = intake.application(empty, first.id).version
    intake.withdraw(empty, first.id, seen, "передумал")
    assert sum(done for done, _ in today.look(empty).second_look.values()) == 0


def test_the_queue_of_numbers_to_check_opens_the_tab(empty: Office) -> None:
    applied(empty)
    queue = next(one for one in today.look(empty).queues if one.code == "unverified")
    assert (queue.page, queue.filter, queue.count) == ("applicants", {"tab": "verification"}, 1)


# An older database


def test_an_older_database_shows_at_once_what_its_applications_lack(tmp_path: Path) -> None:
    copy = shutil.copy(Path(__file__).parents[1] / "old_databases" / "0003.sqlite", tmp_path / "old.sqlite")
    premises = Premises(clock=offices.summer, folders=Folders(tmp_path), reader_command=offices.READER)
    office = opening.open_desk(premises, str(copy), None)
    total, rows = intake.lines(office, filters={"flag": "lacks_consent"})
    assert total == len(rows) > 0
    assert {row.state for row in rows} <= {State.INCOMPLETE, State.COMPLETE}
    assert not office.store.upgraded
    office.store.close()
