"""An officer's last act is taken back by an inverse act: what it changed is as it was, nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.application import ChecklistItem, State
from grants_app.domain.award import AwardState
from grants_app.domain.rounds import GivenAnswer
from grants_app.paths import shipped
from grants_app.services import answers, conflicts, duplicates, imports, intake, letters
from grants_app.services.intake import SaveForm
from grants_app.services.register import second_look, undo
from tests.offices import SUMMER
from tests.services.desks import FROZEN, applied, as_role, entry_for, moved_to, refuses

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from grants_app.domain.application import Application, Entry
    from grants_app.domain.journal import Changed
    from grants_app.domain.reversal import Reversal
    from grants_app.services.access import Office


def of(changed: Changed) -> Reversal:
    """What takes the act back; every act tried here has it."""
    assert changed.undo is not None
    return changed.undo


def saved_again(office: Office, known: Application, entry: Entry) -> Reversal:
    """A correction of somebody, to be taken back."""
    form = SaveForm(entry=entry, application=known.id, seen=known.version, reason="по заявлению")
    return of(intake.save(office, form).changed)


def test_a_correction_is_taken_back_field_by_field_under_a_new_version(empty: Office) -> None:
    known = applied(empty)
    person = replace(known.entry.person, surname="Жумабаева", phones=())
    taken = saved_again(empty, known, replace(known.entry, person=person, note="лишнее"))
    undo.undo(empty, taken)
    again = intake.application(empty, known.id)
    assert (again.entry, again.state) == (known.entry, known.state)
    assert again.version > known.version + 1
    assert [event.act for event in intake.history(empty, known.id)][-1] == "act.undone"
    assert empty.store.check() == ()


def test_a_new_application_taken_back_is_annulled_and_its_number_stays_used(empty: Office) -> None:
    saved = intake.save(empty, SaveForm(entry=entry_for(empty)))
    undo.undo(empty, of(saved.changed))
    assert intake.application(empty, saved.application.id).state is State.ANNULLED
    again = applied(empty)
    assert again.no != saved.application.no
    assert again.entry.person.pin == saved.application.entry.person.pin
    assert applied(empty, 1).no not in (again.no, saved.application.no)


def test_whoever_was_entered_again_after_an_undo_is_not_entered_a_third_time(empty: Office) -> None:
    undo.undo(empty, of(intake.save(empty, SaveForm(entry=entry_for(empty))).changed))
    again = applied(empty)
    with refuses("already_applied", no=again.no):
        applied(empty)


def test_a_withdrawal_is_undone_at_once_or_taken_back_later_with_a_reason(empty: Office) -> None:
    known = applied(empty)
    taken = of(intake.withdraw(empty, known.id, known.version, "передумала"))
    undo.undo(empty, taken)
    again = intake.application(empty, known.id)
    assert again.state is known.state
    intake.withdraw(empty, known.id, again.version, "передумала")
    withdrawn = intake.application(empty, known.id)
    with refuses("reason_missing"):
        intake.take_back_withdrawal(empty, known.id, withdrawn.version, " ")
    saved = intake.take_back_withdrawal(empty, known.id, withdrawn.version, "отозвано по ошибке")
    assert saved.application.state is known.state
    with refuses("not_withdrawn", no=known.no):
        intake.take_back_withdrawal(empty, known.id, saved.application.version, "ещё раз")


def test_a_frozen_campaign_lets_nobody_withdrawn_compete_anew(empty: Office) -> None:
    known = applied(empty)
    intake.withdraw(empty, known.id, known.version, "передумала")
    moved_to(empty, FROZEN)
    withdrawn = intake.application(empty, known.id)
    with refuses("admission_frozen", no=known.no):
        intake.take_back_withdrawal(empty, known.id, withdrawn.version, "отозвано по ошибке")


def test_ticks_of_papers_go_back_with_the_state_they_made(empty: Office) -> None:
    known = applied(empty)
    entry = replace(known.entry, checklist=(ChecklistItem(item="application", received=True),))
    undo.undo(empty, saved_again(empty, known, entry))
    assert intake.application(empty, known.id).entry.checklist == known.entry.checklist


def test_a_verification_is_taken_back(empty: Office) -> None:
    known = applied(empty)
    score = known.entry.scores[0]
    verifier = as_role(empty, "verifier", "Бекова Н.")
    typed = second_look.type_again(verifier, known.id, known.version, score.criterion, score.value)
    undo.undo(verifier, of(typed.changed))
    assert not intake.application(empty, known.id).entry.scores[0].verified_by


def test_a_second_typing_that_differed_and_its_decision_are_taken_back(empty: Office) -> None:
    known = applied(empty)
    score = known.entry.scores[0]
    verifier = as_role(empty, "verifier", "Бекова Н.")

    def differing() -> list[Decimal]:
        with empty.store.reading() as reading:
            return [one.value for one in reading.second_typings(empty.campaign_id)]

    other = score.value - 1
    typed = second_look.type_again(verifier, known.id, known.version, score.criterion, other)
    assert differing() == [other]
    undo.undo(verifier, of(typed.changed))
    assert differing() == []
    again = intake.application(empty, known.id)
    typed = second_look.type_again(verifier, known.id, again.version, score.criterion, other)
    version = typed.application.version
    decided = second_look.decide(verifier, known.id, version, score.criterion, other, paper="сертификат")
    assert differing() == []
    undo.undo(verifier, of(decided.changed))
    assert differing() == [other]
    assert intake.application(empty, known.id).entry.scores == known.entry.scores


def test_a_decision_on_a_pair_is_taken_back_and_the_pair_waits_again(empty: Office) -> None:
    one = applied(empty)
    twin = replace(entry_for(empty), person=replace(one.entry.person, pin="", document_no="", patronymic=""))
    issues = [issue for issue in intake.judged(empty, twin) if issue.severity == "error"]
    assert not issues
    other = intake.save(empty, SaveForm(entry=twin, submit=False)).application
    duplicates.look(empty)
    (pair,) = duplicates.pairs(empty)
    same = duplicates.decide_same(empty, pair, one.id, other.version, "один человек")
    undo.undo(empty, of(same))
    assert intake.application(empty, other.id).state is other.state
    assert [waiting.id for waiting in duplicates.pairs(empty)] == [pair.id]
    different = duplicates.decide_different(empty, pair, "разные")
    undo.undo(empty, of(different))
    assert [waiting.id for waiting in duplicates.pairs(empty)] == [pair.id]
    with refuses("undo_too_late"):
        undo.undo(empty, of(different))


def test_a_decision_between_two_offices_is_taken_back(office_at: Callable[[str], Office]) -> None:
    office = office_at("imported")
    with office.store.reading() as reading:
        known = next(one for one in reading.applications(office.campaign_id) if one.conflicts)
    conflict = known.conflicts[0]
    kept = conflict.versions[0].value
    decided = conflicts.decide(
        office, known.id, known.version, conflict.field, kept, paper="аттестат", reason="сверено"
    )
    undo.undo(office, of(decided.changed))
    again = intake.application(office, known.id)
    assert (again.entry, again.conflicts) == (known.entry, known.conflicts)


def test_an_import_is_taken_back_whole_and_the_same_list_comes_in_again(empty: Office) -> None:
    known = applied(empty)

    def imported() -> imports.Imported:
        plan = imports.plan(empty, [shipped("resources/sample/osh_late_cp1251.csv")])
        return imports.apply(empty, plan, accept_warnings=True, skip_errors=True)

    made = imported()
    undo.undo(empty, of(made.changed))
    lines = intake.lines(empty)[1]
    assert [one.state for one in lines if one.no != known.no] == [State.ANNULLED] * made.written
    assert intake.application(empty, known.id).version == known.version
    with empty.store.reading() as reading:
        (batch,) = reading.import_batches(empty.campaign_id)
    assert batch.undone_by == empty.actor.name
    assert imported().written == made.written


def test_what_was_changed_again_since_is_not_taken_back(empty: Office) -> None:
    known = applied(empty)
    taken = saved_again(empty, known, replace(known.entry, note="первое"))
    current = intake.application(empty, known.id)
    saved_again(empty, current, replace(current.entry, note="второе"))
    with refuses("undo_too_late", no=known.no):
        undo.undo(empty, taken)
    assert intake.application(empty, known.id).entry.note == "второе"


def test_nobody_takes_back_what_another_did(empty: Office) -> None:
    known = applied(empty)
    taken = saved_again(empty, known, replace(known.entry, note="первое"))
    with refuses("undo_of_another", name=empty.actor.name):
        undo.undo(as_role(empty, "secretary", "Бекова Н."), taken)


def test_after_the_freeze_what_decides_places_stays(empty: Office) -> None:
    known = applied(empty)
    scores = tuple(replace(one, value=one.value - 1) for one in known.entry.scores[:1])
    taken = saved_again(empty, known, replace(known.entry, scores=scores + known.entry.scores[1:]))
    moved_to(empty, FROZEN)
    with refuses("field_frozen"):
        undo.undo(empty, taken)


def test_what_a_sealed_run_counted_is_corrected_and_not_undone(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    with office.store.reading() as reading:
        known = reading.applications(office.campaign_id)[0]
    taken = saved_again(office, known, replace(known.entry, note="первое"))
    early = replace(taken, at=SUMMER.replace(year=2020))
    with refuses("undo_sealed_since"):
        undo.undo(office, early)


def test_an_answer_is_taken_back_by_the_chair_with_a_reason(office_at: Callable[[str], Office]) -> None:
    office = as_role(office_at("sealed"), "chair", "Токтогулова А.")
    with office.store.reading() as reading:
        award = reading.awards(office.campaign_id)[0]
    letters.issue_missing(office)
    given = GivenAnswer(application=award.application_no, answer="decline")
    taken = of(answers.record_many(office, [given]))
    with refuses("reason_missing"):
        undo.undo(office, taken)
    with refuses("not_allowed"):
        undo.undo(as_role(office, "officer", "Токтогулова А."), taken, "ошибка")
    undo.undo(office, taken, "отметили не того")
    again = answers.award_of(office, award.application_no)
    assert (again.state, again.seat) == (AwardState.OFFERED, award.seat)
    void = [one for one in letters.issued(office) if one.application == award.application]
    assert [one.state for one in void] == ["cancelled"], "a letter that became void stays void"
    assert office.store.check() == ()
