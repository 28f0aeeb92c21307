"""Freeze, publish, close, reopen: separate dated acts, each in its turn; corrections after the freeze."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

from grants_app.domain.application import ChecklistItem, State
from grants_app.domain.campaign import CampaignState
from grants_app.domain.papers import LetterFacts
from grants_app.services import (
    appeals,
    awards,
    campaign_acts,
    duplicates,
    intake,
    letters,
    lists,
    rule_changes,
    standing,
    upkeep,
)
from grants_app.services.intake import SaveForm
from grants_app.services.office import keys
from grants_app.store.engine import open_store
from tests import offices
from tests.makers import PERMIT
from tests.services.desks import (
    CLOSED,
    FROZEN,
    applied,
    as_role,
    lacking_nothing,
    moved_to,
    refuses,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.domain.application import Application, Entry
    from grants_app.services.access import Office
    from grants_app.wording import Words

DAY = date(2026, 8, 7)
OPEN, PUBLISHED = CampaignState.OPEN, CampaignState.PUBLISHED


def kinds(office: Office) -> list[str]:
    return [act.kind for act in campaign_acts.history(office)]


@pytest.fixture
def sealed(office_at: Callable[[str], Office]) -> Office:
    """The sample's campaign with its run sealed and every grant offered, the chair at the desk."""
    return as_role(office_at("sealed"), "chair")


@pytest.fixture
def published(sealed: Office) -> Office:
    """The same, frozen and published as preliminary."""
    campaign_acts.freeze(sealed, "приём окончен")
    campaign_acts.publish(sealed, "publish_preliminary", "4", DAY)
    return sealed


# One act after another


def test_each_act_is_kept_with_its_moment_and_reason_and_what_may_follow_is_told(sealed: Office) -> None:
    assert campaign_acts.following(sealed) == ("freeze", "close")
    campaign_acts.freeze(sealed, "приём окончен")
    assert campaign_acts.following(sealed) == ("publish_preliminary", "close", "reopen_open")
    campaign_acts.publish(sealed, "publish_preliminary", "4", DAY)
    assert campaign_acts.following(sealed) == ("publish_final", "close", "reopen_frozen")
    campaign_acts.publish(sealed, "publish_final", " 5 ", DAY)
    assert campaign_acts.following(sealed) == ("close", "reopen_frozen")
    campaign_acts.close(sealed, "набор окончен")
    assert campaign_acts.following(sealed) == ("reopen_published",)
    campaign_acts.reopen(sealed, "решение суда", PUBLISHED)
    acts = campaign_acts.history(sealed)
    assert [act.kind for act in acts] == [
        "freeze", "publish_preliminary", "publish_final", "close", "reopen_published",
    ]  # fmt: skip
    assert [act.reason for act in acts] == ["приём окончен", "", "", "набор окончен", "решение суда"]
    assert {act.minutes_no for act in acts[1:3]} == {"4", "5"}
    assert {act.at for act in acts} == {datetime(2026, 8, 6, 9, tzinfo=UTC)}
    told = upkeep.journal(sealed, act="campaign.publish_final")[1]
    assert [event.reason for event in told] == ["5"]


def test_a_campaign_in_preparation_is_opened(empty: Office) -> None:
    with empty.store.work(PERMIT) as work:
        work.campaigns.put_state(empty.campaign_id, CampaignState.SETUP, seen=empty.campaign().version)
        work.commit()
    assert campaign_acts.following(empty) == ("open", "close")
    campaign_acts.open_campaign(empty)
    assert empty.campaign().state is OPEN
    with refuses("act_not_now", stage_code="stage_open"):
        campaign_acts.open_campaign(empty)


def test_no_act_is_done_out_of_its_turn(sealed: Office) -> None:
    with refuses("act_not_now"):
        campaign_acts.publish(sealed, "publish_preliminary", "4", DAY)
    campaign_acts.freeze(sealed)
    with refuses("act_not_now"):
        campaign_acts.freeze(sealed)
    with refuses("minutes_missing"):
        campaign_acts.publish(sealed, "publish_preliminary", " ", DAY)
    with refuses("publish_preliminary_first"):
        campaign_acts.publish(sealed, "publish_final", "4", DAY)
    campaign_acts.publish(sealed, "publish_preliminary", "4", DAY)
    with refuses("published_already", run=1):
        campaign_acts.publish(sealed, "publish_preliminary", "4", DAY)
    campaign_acts.publish(sealed, "publish_final", "4", DAY)
    for kind in campaign_acts.PUBLICATIONS:
        with refuses("published_already", run=1):
            campaign_acts.publish(sealed, kind, "4", DAY)
    assert kinds(sealed) == ["freeze", "publish_preliminary", "publish_final"]


def test_nothing_unsealed_is_published(empty: Office) -> None:
    moved_to(empty, FROZEN)
    assert campaign_acts.following(empty) == ("close", "reopen_open")
    with refuses("nothing_sealed"):
        campaign_acts.publish(empty, "publish_preliminary", "4", DAY)


def test_a_later_run_is_published_anew(published: Office) -> None:
    number = awards.ledger(published)[0].application_no
    awards.record(published, number, "decline")
    awards.offer_next(published, "6", DAY)
    assert campaign_acts.following(published)[:2] == campaign_acts.PUBLICATIONS
    campaign_acts.publish(published, "publish_final", "7", DAY)
    acts = campaign_acts.history(published)
    assert acts[-1].run != acts[-2].run
    assert campaign_acts.publication(acts, acts[-2].run or 0) == acts[-2]


def test_only_the_chair_closes_and_reopens(sealed: Office) -> None:
    secretary = as_role(sealed, "secretary")
    campaign_acts.freeze(secretary)
    with refuses("not_allowed", act="close"):
        campaign_acts.close(secretary, "конец")
    with refuses("not_allowed", act="reopen"):
        campaign_acts.reopen(secretary, "ошибка", OPEN)


def test_closing_without_a_final_list_and_every_way_back_need_a_reason(sealed: Office) -> None:
    with refuses("reason_missing"):
        campaign_acts.close(sealed, " ")
    campaign_acts.close(sealed, "набор отменён")
    assert sealed.campaign().read_only
    assert campaign_acts.following(sealed) == ("reopen_open", "reopen_frozen")
    with refuses("reason_missing"):
        campaign_acts.reopen(sealed, " ", OPEN)
    for to in (CLOSED, CampaignState.SETUP):
        with refuses("act_not_now"):
            campaign_acts.reopen(sealed, "ошибка", to)
    campaign_acts.reopen(sealed, "решение суда", OPEN)
    assert sealed.campaign().state is OPEN
    assert kinds(sealed) == ["close", "reopen_open"]


def test_a_closed_campaign_takes_no_act_but_its_reopening(published: Office) -> None:
    campaign_acts.close(published, "конец")
    for act in (
        lambda: campaign_acts.freeze(published),
        lambda: campaign_acts.publish(published, "publish_final", "5", DAY),
        lambda: campaign_acts.close(published, "ещё раз"),
    ):
        with refuses("campaign_closed"):
            act()
    campaign_acts.reopen(published, "апелляция", PUBLISHED)
    campaign_acts.publish(published, "publish_final", "5", DAY)


def test_dated_acts_wait_while_the_computers_clock_is_behind(sealed: Office) -> None:
    path = sealed.folders.data / "grants.sqlite"
    early = datetime(2026, 7, 1, tzinfo=UTC)
    office = replace(sealed, store=open_store(str(path), lambda: early))
    with refuses("clock_behind"):
        campaign_acts.freeze(office)
    office.store.close()
    assert sealed.campaign().state is OPEN


# What the public list says


def test_the_public_list_says_preliminary_or_final_and_since_when(sealed: Office, words: Words) -> None:
    assert lists.table(sealed, words, "public").subtitle[-1] == "Ещё не опубликован"
    campaign_acts.freeze(sealed)
    campaign_acts.publish(sealed, "publish_preliminary", "4", DAY)
    said = lists.table(sealed, words, "public").subtitle[-1]
    assert said == "Предварительный список, опубликован 06.08.2026, протокол № 4 от 07.08.2026"
    campaign_acts.publish(sealed, "publish_final", "5", DAY)
    said = lists.table(sealed, words, "public").subtitle[-1]
    assert said.startswith("Окончательный список, опубликован 06.08.2026, протокол № 5")
    assert said not in lists.table(sealed, words, "shortlist").subtitle


def test_a_drafts_list_claims_no_publication(office_at: Callable[[str], Office], words: Words) -> None:
    from grants_app.services import runs

    office = office_at("settled")
    runs.propose(office)
    subtitle = lists.table(office, words, "public").subtitle
    assert not any("публик" in line for line in subtitle)


# Corrections after the freeze


def corrected(office: Office, known: Application, entry: Entry, **form: str) -> Application:
    made = SaveForm(entry=entry, application=known.id, seen=known.version, submit=False, **form)
    return intake.save(office, made).application


def renamed(known: Application, given: str) -> Entry:
    return replace(known.entry, person=replace(known.entry.person, given=given))


PROOF = {"paper": "паспорт AN1234567", "reason": "описка при вводе"}


def test_after_the_freeze_a_correction_needs_its_paper_and_reason(empty: Office) -> None:
    known = applied(empty)
    moved_to(empty, FROZEN)
    for lacking in ({}, {"paper": "паспорт"}, {"reason": "описка"}, {"paper": " ", "reason": "описка"}):
        with refuses("correction_needs_paper_and_reason"):
            corrected(empty, known, renamed(known, "Айданек"), **lacking)
    corrected(empty, known, renamed(known, "Айданек"), **PROOF)
    events = upkeep.journal(empty, act="application.corrected")[1]
    assert events[0].reason == "паспорт AN1234567: описка при вводе"


def test_a_paper_taken_in_after_the_freeze_needs_no_other_paper(empty: Office) -> None:
    known = applied(empty)
    moved_to(empty, FROZEN)
    entry = replace(known.entry, checklist=(ChecklistItem(item="id", received=True),), note="принято")
    assert corrected(empty, known, entry).entry.note == "принято"


def test_the_paper_of_a_ground_may_be_seen_after_the_freeze_but_no_ground_added(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    with office.store.reading() as reading:
        known = next(one for one in reading.applications(office.campaign_id) if one.entry.grounds)
    moved_to(office, FROZEN)
    seen = tuple(replace(claim, seen=True) for claim in known.entry.grounds)
    known = corrected(office, known, replace(known.entry, grounds=seen))
    with refuses("field_frozen", field_code="field_grounds"):
        corrected(office, known, replace(known.entry, grounds=()), **PROOF)


def test_where_an_unseen_ground_does_not_count_its_paper_cannot_come_after_the_freeze(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    rules = replace(
        standing.current_rules(office),
        unseen_grounds_count=False,
        in_force_from=office.now().date(),
        legal_source="приказ 5",
    )
    rule_changes.put(office, rules, "приказ 5")
    with office.store.reading() as reading:
        known = next(one for one in reading.applications(office.campaign_id) if one.entry.grounds)
    moved_to(office, FROZEN)
    seen = tuple(replace(claim, seen=not claim.seen) for claim in known.entry.grounds)
    with refuses("field_frozen", field_code="field_grounds"):
        corrected(office, known, replace(known.entry, grounds=seen), **PROOF)


def test_the_freeze_keeps_who_competes(empty: Office) -> None:
    rules = standing.current_rules(empty)
    some = tuple(state for state in rules.competing_states if state != State.INCOMPLETE.value)
    changed = replace(rules, competing_states=some, in_force_from=empty.now().date(), legal_source="приказ 5")
    rule_changes.put(empty, changed, "приказ 5")
    known = applied(empty)
    assert known.state is State.INCOMPLETE
    moved_to(empty, FROZEN)
    complete = lacking_nothing(empty)
    form = SaveForm(entry=complete, application=known.id, seen=known.version, **PROOF)
    with refuses("admission_frozen", no=known.no):
        intake.save(empty, form)


def holder(office: Office) -> Application:
    return intake.application_by_no(office, awards.ledger(office)[0].application_no)


def test_a_corrected_name_replaces_the_letter_by_one_with_a_new_number(published: Office) -> None:
    letters.issue_missing(published)
    known = holder(published)
    (old,) = [paper for paper in letters.issued(published) if paper.application == known.id]
    corrected(published, known, renamed(known, "Айданек"), **PROOF)
    mine = {paper.number: paper for paper in letters.issued(published) if paper.application == known.id}
    assert {paper.state for paper in mine.values()} == {"replaced", "issued"}
    assert mine[old.number].state == "replaced"
    (new,) = [paper for paper in mine.values() if paper.state == "issued"]
    facts = msgspec.json.decode(new.facts, type=LetterFacts)
    assert (facts.replaces, facts.number) == (old.number, new.number)
    assert "Айданек" in facts.full_name
    assert new.langs == old.langs
    assert msgspec.json.decode(old.facts, type=LetterFacts).full_name == known.entry.person.full_name
    event = upkeep.journal(published, act="paper.replaced")[1][0]
    assert (event.subject, event.reason) == (old.number, "паспорт AN1234567: описка при вводе")
    assert upkeep.check(published) == ()


def test_a_letter_that_says_the_same_stays(published: Office) -> None:
    letters.issue_missing(published)
    known = holder(published)
    person = replace(known.entry.person, email="a@example.kg", address="Бишкек")
    corrected(published, known, replace(known.entry, person=person), **PROOF)
    assert {paper.state for paper in letters.issued(published)} == {"issued"}


def test_without_a_letter_a_correction_issues_none(published: Office) -> None:
    known = holder(published)
    corrected(published, known, renamed(known, "Айданек"), **PROOF)
    assert letters.issued(published) == []


# What is still open


def counted(office: Office, kind: campaign_acts.ActKind) -> dict[str, int]:
    return {one.code: one.count for one in campaign_acts.still_open(office, kind)}


def test_overdue_answers_are_named_before_anything_is_published_and_passed_over_only_with_a_reason(
    sealed: Office,
) -> None:
    campaign_acts.freeze(sealed)
    late = replace(sealed, clock=lambda: datetime(2026, 8, 21, 3, tzinfo=UTC))
    holder = awards.ledger(late)[0].application_no
    awards.record(late, holder, "confirm", received=datetime(2026, 8, 19, 6, tzinfo=UTC))
    assert counted(late, "publish_preliminary") == {"overdue": 49}
    assert holder not in campaign_acts.still_open(late, "publish_preliminary")[0].applications
    with refuses("still_open", n=1, cases=49):
        campaign_acts.publish(late, "publish_preliminary", "4", DAY)
    assert late.campaign().state is FROZEN
    campaign_acts.publish(late, "publish_preliminary", "4", DAY, "ответы принимаются до 25.08")
    event = upkeep.journal(late, act="campaign.publish_preliminary")[1][0]
    assert '"open_overdue":49' in event.after.replace(" ", "")


def test_closing_names_offers_without_an_answer_and_holders_without_a_letter(sealed: Office) -> None:
    campaign_acts.freeze(sealed)
    assert counted(sealed, "publish_preliminary") == {}
    assert counted(sealed, "close") == {"unanswered": 50, "no_letter": 50}
    letters.issue_missing(sealed)
    assert counted(sealed, "close") == {"unanswered": 50}
    with refuses("reason_missing"):
        campaign_acts.close(sealed)
    campaign_acts.publish(sealed, "publish_preliminary", "4", DAY)
    campaign_acts.publish(sealed, "publish_final", "5", DAY)
    with refuses("still_open", n=1, cases=50):
        campaign_acts.close(sealed)
    campaign_acts.close(sealed, "набор окончен")


def test_an_appeal_undecided_or_granted_without_its_run_is_named(sealed: Office) -> None:
    chair = as_role(sealed, "chair")
    form = appeals.AppealForm(
        application_no="B-0001", received_at=datetime(2026, 8, 6, 8, tzinfo=UTC), subject="балл"
    )
    appeal = appeals.record(chair, form)
    assert counted(chair, "close")["appeals"] == 1
    appeals.decide(chair, appeal.id, "granted", minutes_no="4", minutes_on=DAY, effect="исправить балл")
    found = {one.code: one for one in campaign_acts.still_open(chair, "publish_final")}
    assert found["appeals_without_run"].applications == ("B-0001",)
    assert "appeals" not in found


def test_conflicts_and_duplicates_nobody_decided_are_named(office_at: Callable[[str], Office]) -> None:
    office = office_at("imported")
    found = counted(office, "close")
    assert found["conflicts"] == 9
    assert found.get("duplicates", 0) == len(duplicates.pairs(office))


def test_a_real_campaign_whose_letters_nobody_can_prove_is_told_so(sealed: Office, tmp_path: Path) -> None:
    offices.make_real(sealed)
    assert "key" not in counted(sealed, "publish_final")
    letters.issue_missing(sealed)
    assert counted(sealed, "publish_final")["key"] == 1
    keys.publish(sealed, tmp_path / "2026.key")
    assert "key" not in counted(sealed, "publish_final")
