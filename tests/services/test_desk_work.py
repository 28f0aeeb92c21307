"""Half-typed forms and people entered twice: nothing typed is lost, nobody is joined without a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.application import State
from grants_app.services import awards, drafts, duplicates, intake, runs, upkeep
from tests.services.desks import CLOSED, applied, as_role, entry_for, moved_to, refuses

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.application import Application
    from grants_app.domain.records import DuplicatePair
    from grants_app.services.access import Office

REASON = "сверено по паспортам"


# Drafts


def test_a_half_typed_form_comes_back_as_it_was_left(empty: Office) -> None:
    entry = replace(entry_for(empty), choices=())
    key = drafts.new_key(empty)
    drafts.keep(empty, key, entry, {"born": "31.02"})
    (draft,) = drafts.kept(empty)
    assert (draft.key, draft.entry, dict(draft.texts), draft.new) == (key, entry, {"born": "31.02"}, True)
    assert draft.at == empty.clock()
    drafts.keep(empty, key, entry_for(empty))
    assert [one.entry.choices for one in drafts.kept(empty)] == [entry_for(empty).choices]
    drafts.drop(empty, key)
    assert drafts.kept(empty) == ()


def test_a_half_typed_correction_remembers_the_version_it_began_from(empty: Office) -> None:
    known = applied(empty)
    drafts.keep(empty, f"application-{known.id}", known.entry, seen=known.version)
    (draft,) = drafts.kept(empty)
    assert (draft.seen, draft.new) == (known.version, False)


def test_everybody_has_their_own_forms_the_newest_first(empty: Office) -> None:
    other = as_role(empty, "officer", "Бакыт кызы Асел")
    drafts.keep(empty, "new-1", entry_for(empty))
    assert drafts.kept(other) == ()
    later = replace(empty, clock=lambda: empty.clock() + timedelta(minutes=1))
    assert drafts.new_key(later) != drafts.new_key(empty)
    before = upkeep.journal(empty, limit=1)[0]
    drafts.keep(empty, "new-2", entry_for(empty, 1))
    assert {one.key for one in drafts.kept(empty)} == {"new-1", "new-2"}
    assert upkeep.journal(empty, limit=1)[0] == before, "an unfinished form is nobody's act"


def test_forms_of_another_campaign_do_not_show(empty: Office) -> None:
    drafts.keep(empty, "new-1", entry_for(empty))
    assert drafts.kept(empty.in_campaign(empty.campaign_id + 1)) == ()


# People entered twice


def twice(office: Office) -> tuple[Application, Application]:
    """One person entered twice: the second time with a PIN one digit off."""
    first = applied(office)
    entry = entry_for(office)
    pin = entry.person.pin
    slip = pin[:-1] + ("0" if pin[-1] != "0" else "1")
    person = replace(entry.person, pin=slip, document_no="", phones=())
    second = intake.save(office, intake.SaveForm(entry=replace(entry, person=person), submit=False))
    return first, second.application


def looked(office: Office) -> DuplicatePair:
    assert duplicates.look(office) == 1
    (pair,) = duplicates.pairs(office)
    return pair


def test_somebody_entered_twice_is_found_and_shown_side_by_side(empty: Office) -> None:
    first, second = twice(empty)
    applied(empty, 5)
    pair = looked(empty)
    shown = duplicates.compared(empty, pair)
    assert (shown.first.id, shown.second.id) == (first.id, second.id)
    assert {reason.code for reason in shown.evidence.reasons} >= {"pin_one_digit_off", "same_born"}
    assert {field for field, _, _ in shown.differences} == {"person:pin", "person:document_no"}
    assert duplicates.look(empty) == 0, "looked again, nothing new"


def test_two_people_after_all_are_not_brought_up_again(empty: Office) -> None:
    twice(empty)
    pair = looked(empty)
    with refuses("reason_missing"):
        duplicates.decide_different(empty, pair, " ")
    duplicates.decide_different(empty, pair, REASON)
    assert duplicates.pairs(empty) == ()
    assert duplicates.look(empty) == 0
    assert {line.state for line in intake.lines(empty)[1]} == {State.INCOMPLETE, State.DRAFT}


def test_of_one_person_entered_twice_one_application_is_annulled_and_stays_readable(empty: Office) -> None:
    first, second = twice(empty)
    pair = looked(empty)
    with refuses("not_found", kind="application"):
        duplicates.decide_same(empty, pair, 99, second.version, REASON)
    with refuses("saved_by_another"):
        duplicates.decide_same(empty, pair, first.id, second.version + 1, REASON)
    duplicates.decide_same(empty, pair, first.id, second.version, REASON)
    assert intake.application(empty, second.id).state is State.ANNULLED
    assert intake.application(empty, first.id).state is first.state
    annulled = intake.history(empty, second.id)
    assert ("application.annulled", REASON) in {(event.act, event.reason) for event in annulled}
    assert duplicates.look(empty) == 0, "who was annulled is nobody's double"


def test_the_later_one_may_be_the_one_to_keep(empty: Office) -> None:
    first, second = twice(empty)
    duplicates.decide_same(empty, looked(empty), second.id, first.version, REASON)
    assert intake.application(empty, first.id).state is State.ANNULLED


def test_an_application_that_holds_a_grant_is_not_annulled(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    holder = intake.application_by_no(office, awards.ledger(office)[0].application_no)
    pin = holder.entry.person.pin
    slip = pin[:-1] + ("0" if pin[-1] != "0" else "1")
    person = replace(holder.entry.person, pin=slip, document_no="", phones=())
    entry = replace(entry_for(office), person=person)
    other = intake.save(office, intake.SaveForm(entry=entry, submit=False)).application
    duplicates.look(office)
    pair = next(one for one in duplicates.pairs(office) if {one.first, one.second} == {holder.id, other.id})
    with refuses("holds_award", no=holder.no):
        duplicates.decide_same(office, pair, other.id, holder.version, REASON)
    assert runs.overview(office).state == "sealed"


@pytest.mark.parametrize(("others", "found"), [(0, 1), (duplicates.CROWD, 0)])
def test_a_telephone_two_namesakes_share_is_a_hint_that_of_a_whole_school_is_none(
    empty: Office, others: int, found: int
) -> None:
    shared = entry_for(empty).person.phones
    for place, given in enumerate(("Айпери", "Айперим", *[""] * others)):
        entry = entry_for(empty, place)
        person = replace(entry.person, phones=shared)
        if given:
            person = replace(person, surname="Токтогулова", given=given, patronymic="", pin="")
        intake.save(empty, intake.SaveForm(entry=replace(entry, person=person), submit=False))
    assert duplicates.look(empty) == found


def test_a_closed_campaign_looks_for_no_doubles_and_decides_none(empty: Office) -> None:
    twice(empty)
    pair = looked(empty)
    moved_to(empty, CLOSED)
    with refuses("campaign_closed"):
        duplicates.look(empty)
    with refuses("campaign_closed"):
        duplicates.decide_different(empty, pair, REASON)
