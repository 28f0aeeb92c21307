"""What an application lacks, as the register shows it: state, list, filters, queues, whatever changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.application import AcceptedWarning, GroundClaim, State
from grants_app.domain.campaign import RequiredPaper
from grants_app.domain.values import Names
from grants_app.services import intake, rule_changes, standing, today
from grants_app.services.campaign import structure
from grants_app.services.intake import SaveForm
from tests.services.desks import FROZEN, applied, lacking_nothing, moved_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.application import Application, Entry
    from grants_app.services.access import Office


def saved(office: Office, entry: Entry) -> Application:
    return intake.save(office, SaveForm(entry=entry)).application


def flagged(office: Office, flag: str) -> list[str]:
    return [row.no for row in intake.lines(office, filters={"flag": flag})[1]]


SHORT = {
    "lacks_papers": lambda one: replace(one, checklist=one.checklist[1:]),
    "lacks_guardian": lambda one: replace(one, person=replace(one.person, guardian=None)),
    "lacks_consent": lambda one: replace(one, consent=None),
    "lacks_choices": lambda one: replace(one, choices=()),
    "lacks_results": lambda one: replace(one, scores=one.scores[:1], choices=one.choices[:1]),
    "lacks_grounds": lambda one: replace(one, grounds=(GroundClaim(ground="honours"),)),
}


@pytest.mark.parametrize("flag", SHORT)
def test_the_list_is_filtered_by_each_thing_that_may_be_missing(empty: Office, flag: str) -> None:
    whole = lacking_nothing(empty)
    born = whole.person.born
    assert born is not None
    whole = replace(whole, person=replace(whole.person, born=born.replace(year=2009)))
    accepted = tuple(replace(one, reason="так") for one in warned(empty, SHORT[flag](whole)))
    known = saved(empty, replace(SHORT[flag](whole), accepted=accepted))
    assert known.state is State.INCOMPLETE
    assert flagged(empty, flag) == [known.no]


def warned(office: Office, entry: Entry) -> tuple[AcceptedWarning, ...]:
    """The doubts about an entry, accepted."""
    return tuple(
        AcceptedWarning(code=one.code, field=one.field, reason="так")
        for one in intake.judged(office, entry)
        if one.severity == "warning"
    )


def test_who_lacks_nothing_is_complete_and_stands_under_no_mark(empty: Office) -> None:
    known = saved(empty, lacking_nothing(empty))
    assert known.state is State.COMPLETE
    assert set(intake.lines(empty)[1][0].flags) == {"unverified"}
    assert intake.lacking(empty, known).lacks == ()


def test_an_imported_application_is_submitted_until_its_papers_are_ticked_off(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    known = intake.application_by_no(office, "B-0003")
    assert known.state is State.SUBMITTED
    assert not intake.lacking(office, known).papers_known
    ticked = replace(known.entry, checklist=lacking_nothing(office).checklist)
    form = SaveForm(entry=ticked, application=known.id, seen=known.version, submit=False)
    known = intake.save(office, form).application
    assert known.state is State.INCOMPLETE
    assert "lacks_papers" not in intake.lacking(office, known).flags


def test_after_the_rules_changed_the_list_says_what_is_missing_by_the_new_ones(empty: Office) -> None:
    known = saved(empty, lacking_nothing(empty))
    rules = standing.current_rules(empty)
    stricter = replace(rules.thresholds, main=Decimal(240))
    rule_changes.put(empty, replace(rules, thresholds=stricter, in_force_from=empty.now().date()), "приказ 5")
    assert flagged(empty, "below_threshold") == [known.no]
    assert intake.lines(empty)[1][0].score is not None
    assert intake.application(empty, known.id).version == known.version


def test_after_the_freeze_no_rule_moves_a_state(empty: Office) -> None:
    known = applied(empty)
    office = moved_to(empty, FROZEN)
    rules = standing.current_rules(office)
    rule_changes.put(office, replace(rules, unkept_papers_block=True), "приказ 5")
    assert intake.application(office, known.id).state is known.state


def test_nothing_waits_for_who_withdrew(empty: Office) -> None:
    known = applied(empty)
    intake.withdraw(empty, known.id, known.version, "передумал")
    assert today.look(empty).queues == ()
    assert flagged(empty, "lacks_papers") == flagged(empty, "unverified") == []
    assert intake.lacking(empty, intake.application(empty, known.id)).lacks == ()
    assert sum(applications for _, applications, _ in today.look(empty).pools) == 0


def test_another_document_asked_for_is_another_document_missing_at_once(empty: Office) -> None:
    known = saved(empty, lacking_nothing(empty))
    campaign = empty.campaign()
    letter = RequiredPaper(code="essay", names=Names(ru="Эссе", ky="Эссе", kk="Эссе", en="Essay"))
    structure.add(empty, letter, campaign.version)
    assert intake.application(empty, known.id).state is State.INCOMPLETE
    assert flagged(empty, "lacks_papers") == [known.no]
    campaign = empty.campaign()
    place = [one.code for one in campaign.setup.required_papers].index("essay")
    structure.close(empty, "required_papers", place, campaign.version)
    assert intake.application(empty, known.id).state is State.COMPLETE
    assert flagged(empty, "lacks_papers") == []
