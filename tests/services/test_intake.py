"""Typing applications in: saved, found again, corrected, withdrawn, checked twice; nobody's work is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.application import AcceptedWarning, State
from grants_app.services import awards, campaigns, conflicts, intake, likeness
from grants_app.services.intake import SaveForm
from grants_app.services.register import second_look
from tests import offices
from tests.services.desks import (
    CLOSED,
    FROZEN,
    PUBLISHED,
    applied,
    as_role,
    entry_for,
    lacking_nothing,
    moved_to,
    refuses,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.application import Application, Entry
    from grants_app.domain.campaign import CampaignState
    from grants_app.services.access import Office


def corrected(office: Office, known: Application, entry: Entry, *, submit: bool = False) -> Application:
    """The application saved again out of the version shown."""
    form = SaveForm(
        entry=entry,
        application=known.id,
        seen=known.version,
        submit=submit,
        paper="паспорт",
        reason="описка",
    )
    return intake.save(office, form).application


def renamed(known: Application, given: str) -> Entry:
    return replace(known.entry, person=replace(known.entry.person, given=given))


def rescored(known: Application, value: int) -> Entry:
    first, *rest = known.entry.scores
    return replace(known.entry, scores=(replace(first, value=Decimal(value)), *rest))


# Saving


def test_an_application_saved_is_on_the_list_with_its_number_and_branch(empty: Office) -> None:
    known = applied(empty)
    total, rows = intake.lines(empty)
    assert (total, rows[0].no, rows[0].pin) == (1, known.no, known.entry.person.pin)
    letter = empty.campaign().setup.branch(known.entry.branch).letter
    assert known.no == f"{letter}-0001"


def test_an_application_counts_as_complete_once_every_required_paper_is_there(empty: Office) -> None:
    known = applied(empty)
    assert known.state is State.INCOMPLETE
    whole = lacking_nothing(empty)
    one_short = replace(whole, checklist=whole.checklist[1:])
    known = corrected(empty, known, one_short, submit=True)
    assert known.state is State.INCOMPLETE
    assert corrected(empty, known, whole, submit=True).state is State.COMPLETE


def test_what_is_impossible_is_refused_with_how_many_problems(empty: Office) -> None:
    entry = entry_for(empty)
    entry = replace(entry, person=replace(entry.person, pin="12"), choices=())
    with refuses("entry_has_problems", n=2):
        intake.save(empty, SaveForm(entry=entry))
    assert intake.lines(empty)[0] == 0


def test_a_doubt_is_taken_once_it_was_accepted_with_a_reason(empty: Office) -> None:
    entry = entry_for(empty)
    person = entry.person
    other_sex = replace(entry, person=replace(person, sex="M" if person.sex == "F" else "F"))
    doubts = [one for one in intake.judged(empty, other_sex) if one.severity == "warning"]
    assert doubts
    with refuses("entry_has_problems"):
        intake.save(empty, SaveForm(entry=other_sex))
    accepted = tuple(AcceptedWarning(code=d.code, field=d.field, reason="по паспорту") for d in doubts)
    saved = intake.save(empty, SaveForm(entry=replace(other_sex, accepted=accepted)))
    assert saved.application.entry.accepted == accepted


def test_a_draft_is_kept_as_far_as_it_is_typed_and_submitted_later(empty: Office) -> None:
    entry = entry_for(empty)
    draft = intake.save(empty, SaveForm(entry=replace(entry, choices=()), submit=False)).application
    assert draft.state is State.DRAFT
    done = corrected(empty, draft, entry, submit=True)
    assert (done.no, done.state) == (draft.no, State.INCOMPLETE)
    assert [event.act for event in intake.history(empty, draft.id)] == [
        "application.drafted",
        "application.submitted",
    ]


def test_a_correction_keeps_what_was_and_why(empty: Office) -> None:
    known = applied(empty)
    form = SaveForm(
        entry=renamed(known, "Айданек"), application=known.id, seen=known.version, reason="по паспорту"
    )
    intake.save(empty, form)
    last = intake.history(empty, known.id)[-1]
    assert (last.act, last.reason) == ("application.corrected", "по паспорту")
    assert known.entry.person.given in last.before
    assert "Айданек" in last.after


def test_saving_without_a_change_leaves_no_trace(empty: Office) -> None:
    known = applied(empty)
    before = len(intake.history(empty, known.id))
    assert corrected(empty, known, known.entry).version == known.version
    assert len(intake.history(empty, known.id)) == before


def test_who_saved_later_from_an_old_screen_is_refused_and_the_first_save_stays(empty: Office) -> None:
    known = applied(empty)
    corrected(empty, known, renamed(known, "Айданек"))
    with refuses("saved_by_another"):
        corrected(empty, known, renamed(known, "Айгерим"))
    assert intake.application(empty, known.id).entry.person.given == "Айданек"


def test_a_paper_received_after_the_closing_moment_is_late_whenever_it_is_typed(empty: Office) -> None:
    entry = replace(entry_for(empty), received_at=datetime(2026, 7, 20, 8, 1, tzinfo=UTC))
    assert intake.save(empty, SaveForm(entry=entry)).application.late
    in_time = replace(entry_for(empty, 1), received_at=datetime(2026, 7, 20, 8, 0, tzinfo=UTC))
    assert not intake.save(empty, SaveForm(entry=in_time)).application.late


# People


def test_a_person_applies_once_in_a_campaign(empty: Office) -> None:
    known = applied(empty)
    with refuses("already_applied", no=known.no):
        intake.save(empty, SaveForm(entry=entry_for(empty)))


def next_campaign(office: Office) -> Office:
    """The same desk in next year's campaign."""
    setup = offices.next_year(office.campaign().setup)
    with office.store.reading() as reading:
        rules = reading.rule_set(office.campaign_id, office.clock().date())
    return office.in_campaign(
        campaigns.create_campaign(office.store, office.clock, office.actor, setup, rules)
    )


def test_a_pin_says_birth_date_and_sex_and_finds_the_person_of_an_earlier_campaign(empty: Office) -> None:
    known = applied(empty)
    person = known.entry.person
    later = next_campaign(empty)
    hint = likeness.from_pin(later, f" {person.pin[:7]}-{person.pin[7:]} ")
    assert (hint.pin.sex, hint.pin.born) == (person.sex, person.born)
    assert [one.person.full_name for one in hint.candidates] == [person.full_name]
    saved = applied(later)
    assert saved.person_id == known.person_id
    assert saved.id != known.id


def test_a_mistyped_pin_never_renames_the_person_it_belongs_to(empty: Office) -> None:
    known = applied(empty)
    later = next_campaign(empty)
    entry = entry_for(later, 1)
    entry = replace(
        entry,
        person=replace(entry.person, pin=known.entry.person.pin, surname="Тологонов", given="Эрлан"),
        accepted=tuple(
            AcceptedWarning(code=code, field=field, reason="проверено")
            for code, field in (("pin_sex", "sex"), ("pin_born", "born"))
        ),
    )
    with refuses("pin_of_another", name=known.entry.person.full_name):
        intake.save(later, SaveForm(entry=entry, submit=False))
    assert intake.application(empty, known.id).entry.person == known.entry.person


def test_somebody_known_by_name_and_birth_date_is_offered_the_likeliest_first(empty: Office) -> None:
    known = applied(empty)
    applied(empty, 1)
    person = replace(known.entry.person, pin="", document_no="", phones=())
    found = likeness.similar(empty, person)
    assert found[0].application_no == known.no
    assert found[0].evidence.verdict == "maybe"
    assert likeness.similar(empty, person, but=known.id) == ()


def test_a_person_chosen_by_the_officer_is_not_entered_a_second_time(empty: Office) -> None:
    known = applied(empty)
    later = next_campaign(empty)
    entry = entry_for(later)
    entry = replace(entry, person=replace(entry.person, pin=""))
    saved = intake.save(later, SaveForm(entry=entry, person=known.person_id, submit=False))
    assert saved.application.person_id == known.person_id


# What the form shows while one types


def test_every_choice_shows_the_total_it_would_rank_with_and_none_where_results_fall_short(
    empty: Office,
) -> None:
    entry = entry_for(empty)
    assert all(total and total > 0 for total in intake.choice_totals(empty, entry))
    without = replace(entry, scores=(), choices=(*entry.choices[:1], "no such programme"))
    assert intake.choice_totals(empty, without) == (None, None)


def test_what_is_not_typed_yet_is_no_mistake(empty: Office) -> None:
    entry = replace(entry_for(empty), choices=(), scores=())
    assert intake.judged(empty, entry, submitted=False) == ()
    assert intake.judged(empty, entry) != ()


def test_spaces_and_look_alike_letters_are_put_right_and_said(empty: Office) -> None:
    entry = entry_for(empty)
    crooked = replace(entry, person=replace(entry.person, given="  Aйгерим "))
    tidied, issues = intake.tidied(crooked)
    assert tidied.person.given == "Айгерим"
    assert [issue.severity for issue in issues] == ["fixed"]


def test_only_those_who_type_may_open_the_form(empty: Office) -> None:
    assert {
        role: intake.may_type(as_role(empty, role))
        for role in ("officer", "verifier", "secretary", "chair", "auditor")
    } == {"officer": True, "verifier": True, "secretary": True, "chair": True, "auditor": False}


def test_an_application_is_found_by_its_number_however_it_is_typed(empty: Office) -> None:
    known = applied(empty)
    assert intake.application_by_no(empty, f" {known.no.lower()} ").id == known.id
    with refuses("application_unknown"):
        intake.application_by_no(empty, "B-9999")


# Withdrawing


def test_a_withdrawal_needs_a_reason_and_stays_readable(empty: Office) -> None:
    known = applied(empty)
    with refuses("reason_missing"):
        intake.withdraw(empty, known.id, known.version, "  ")
    intake.withdraw(empty, known.id, known.version, "заявление абитуриента")
    found = intake.application(empty, known.id)
    assert found.state is State.WITHDRAWN
    assert found.entry == known.entry


def test_who_holds_a_grant_declines_it_before_withdrawing(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    known = intake.application_by_no(office, awards.ledger(office)[0].application_no)
    with refuses("holds_award", no=known.no):
        intake.withdraw(office, known.id, known.version, "передумал")
    awards.record(office, known.no, "decline")
    intake.withdraw(office, known.id, known.version, "передумал")
    assert intake.application(office, known.id).state is State.WITHDRAWN


# Frozen and closed


@pytest.mark.parametrize("state", [FROZEN, PUBLISHED])
def test_a_frozen_campaign_takes_a_corrected_name_but_no_scores(empty: Office, state: CampaignState) -> None:
    known = applied(empty)
    office = moved_to(empty, state)
    known = corrected(office, known, renamed(known, "Айданек"))
    assert known.entry.person.given == "Айданек"
    with refuses("field_frozen", field_code="field_scores"):
        corrected(office, known, rescored(known, 111))
    with refuses("field_frozen", field_code="field_choices"):
        corrected(office, known, replace(known.entry, choices=known.entry.choices[1:]))
    with refuses("field_frozen", field_code="field_received_at"):
        corrected(office, known, replace(known.entry, received_at=datetime(2026, 7, 1, tzinfo=UTC)))


def test_a_frozen_campaign_admits_nobody_new_and_no_draft(empty: Office) -> None:
    entry = entry_for(empty)
    draft = intake.save(empty, SaveForm(entry=entry, submit=False)).application
    office = moved_to(empty, FROZEN)
    with refuses("campaign_frozen"):
        applied(office, 1)
    with refuses("campaign_frozen"):
        corrected(office, draft, entry, submit=True)
    assert intake.application(office, draft.id).state is State.DRAFT


def test_a_frozen_campaign_decides_no_differences_between_offices(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("imported")
    with office.store.reading() as reading:
        waiting = next(one for one in reading.applications(office.campaign_id) if one.in_conflict)
    field, value = waiting.conflicts[0].field, waiting.conflicts[0].versions[0].value
    moved_to(office, FROZEN)
    with refuses("campaign_frozen"):
        conflicts.decide(office, waiting.id, waiting.version, field, value, paper="№ 1", reason="так")


def test_a_closed_campaign_takes_nothing_at_all(empty: Office) -> None:
    known = applied(empty)
    office = moved_to(empty, CLOSED)
    score = known.entry.scores[0]
    with refuses("campaign_closed"):
        applied(office, 1)
    with refuses("campaign_closed"):
        corrected(office, known, renamed(known, "Айданек"))
    with refuses("campaign_closed"):
        intake.withdraw(office, known.id, known.version, "передумал")
    with refuses("campaign_closed"):
        second_look.type_again(office, known.id, known.version, score.criterion, score.value)
    with refuses("campaign_closed"):
        conflicts.decide(office, known.id, known.version, "choices", "", paper="№ 1", reason="так")
    assert intake.application(office, known.id) == known


# Differences between offices


def test_a_difference_is_decided_once_by_a_paper_and_a_reason(office_at: Callable[[str], Office]) -> None:
    office = office_at("imported")
    with office.store.reading() as reading:
        waiting = next(one for one in reading.applications(office.campaign_id) if one.in_conflict)
    conflict = waiting.conflicts[0]
    with refuses("conflict_needs_paper_and_reason"):
        conflicts.decide(
            office, waiting.id, waiting.version, conflict.field, "", paper="", reason="так в бумаге"
        )
    value = conflict.versions[1].value
    decided = conflicts.decide(
        office, waiting.id, waiting.version, conflict.field, value, paper="сертификат", reason="так в бумаге"
    ).application
    kept = next(one for one in decided.conflicts if one.field == conflict.field)
    assert (kept.decided, kept.paper, kept.decided_by) == (value, "сертификат", office.actor.name)
    with refuses("conflict_settled"):
        conflicts.decide(
            office, decided.id, decided.version, conflict.field, value, paper="сертификат", reason="ещё раз"
        )
