"""The chair's sheet: what it counts, what forbids the seal, what wants a reason, what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.application import AcceptedWarning, ChecklistItem
from grants_app.domain.campaign import CampaignState
from grants_app.domain.chair_sheet import SheetDifference
from grants_app.domain.comparison import AwardChange
from grants_app.domain.errors import Refused
from grants_app.domain.runs import NewRun, SealFacts
from grants_app.domain.values import LANGS
from grants_app.rules import runfile
from grants_app.services import (
    awards,
    campaign_acts,
    campaigns,
    chair_sheet,
    decisions,
    demonstration,
    duplicates,
    intake,
    runs,
    sealing,
    sensitivity,
    sheet_counts,
    sheet_paper,
    sheet_words,
    standing,
    upkeep,
)
from grants_app.services.register import second_look
from grants_app.wording import Words
from tests.boards import hold_sitting, make_members
from tests.commission import make_equals
from tests.makers import PERMIT
from tests.papers.reading import squeezed, texts
from tests.services.desks import CLOSED, as_role, entry_for, moved_to, refuses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.domain.application import Application
    from grants_app.domain.chair_sheet import ChairSheet, LineCode
    from grants_app.services.access import Office

DAY = date(2026, 8, 6)


@pytest.fixture
def settled(office_at: Callable[[str], Office]) -> Office:
    """The sample's campaign with every difference decided, nothing proposed yet."""
    return office_at("settled")


def drafted(office: Office) -> ChairSheet:
    """A fresh draft's sheet."""
    return chair_sheet.look(office, runs.propose(office).no)


def line_count(office: Office, code: LineCode) -> int:
    return drafted(office).line(code).count


def first_proposed(office: Office) -> Application:
    return intake.application_by_no(office, runs.propose(office).result.awards[0].application)


def corrected(office: Office, application: Application, **changes: object) -> Application:
    form = intake.SaveForm(
        entry=replace(application.entry, **changes),
        application=application.id,
        seen=application.version,
        submit=False,
    )
    return intake.save(office, form).application


def accept_all(office: Office, sheet: ChairSheet, reason: str = "решение комиссии") -> None:
    chair_sheet.accept(office, sheet.run, {line.code: reason for line in sheet.waiting})


# What it shows


def test_the_pools_show_seats_competitors_proposals_cutoff_and_reserve(settled: Office) -> None:
    sheet = drafted(settled)
    view = runs.overview(settled)
    assert [(one.pool, one.seats, one.competing, one.proposed, one.cutoff) for one in sheet.pools] == [
        (one.pool, one.seats, one.competing, one.filled, one.cutoff) for one in view.pools
    ]
    assert (sum(one.proposed for one in sheet.pools), sheet.proposed, sheet.total) == (50, 50, 50)
    reserve = {one.pool: len(one.applications) for one in view.result.reserve}
    assert {one.pool: one.reserve for one in sheet.pools} == reserve


def test_every_count_names_the_applications_behind_it(settled: Office) -> None:
    sheet = drafted(settled)
    proposed = {award.application for award in runs.overview(settled).result.awards}
    for code in ("unverified", "papers_missing"):
        line = sheet.line(code)
        assert line.count == len(line.applications) == 50
        assert set(line.applications) == proposed


def test_without_any_run_there_is_no_sheet(empty: Office) -> None:
    with refuses("no_run_yet"):
        chair_sheet.look(empty)


def test_a_code_that_is_no_line_is_a_bug(settled: Office) -> None:
    with pytest.raises(KeyError):
        drafted(settled).line("nothing")  # type: ignore[arg-type]  # not one of the codes


def test_a_verified_person_is_not_counted_any_more(settled: Office) -> None:
    known = first_proposed(settled)
    verifier = as_role(settled, "verifier", "Ким А.")
    for score in known.entry.scores:
        known = second_look.type_again(
            verifier, known.id, known.version, score.criterion, score.value
        ).application
    assert line_count(settled, "unverified") == 49


def test_somebody_with_every_paper_is_not_counted_as_lacking_some(settled: Office) -> None:
    known = first_proposed(settled)
    papers = settled.campaign().setup.required_papers
    corrected(settled, known, checklist=tuple(ChecklistItem(item=one.code, received=True) for one in papers))
    assert line_count(settled, "papers_missing") == 49


def test_an_accepted_warning_and_a_late_paper_of_the_proposed_are_counted(settled: Office) -> None:
    known = first_proposed(settled)
    known = corrected(
        settled, known, accepted=(AcceptedWarning(code="pin_sex", field="person.pin", reason="паспорт"),)
    )
    assert drafted(settled).line("accepted_warnings").applications == (known.no,)
    late = settled.campaign().setup.deadline("close")
    assert late is not None
    corrected(settled, known, received_at=late.at + timedelta(days=1), late_basis="приказ 12")
    assert drafted(settled).line("late").applications == (known.no,)


def test_two_who_may_be_one_person_are_counted_until_it_is_decided(settled: Office) -> None:
    known = first_proposed(settled)
    twin = entry_for(settled, 3)
    twin = replace(twin, person=replace(known.entry.person, pin="", document_no="", phones=()))
    intake.save(settled, intake.SaveForm(entry=twin, submit=False))
    duplicates.look(settled)
    line = drafted(settled).line("duplicates")
    assert line.count >= 1
    assert known.no in line.applications
    for pair in duplicates.pairs(settled):
        duplicates.decide_different(settled, pair, "разные документы")
    assert line_count(settled, "duplicates") == 0


def test_a_placement_by_hand_is_counted_with_whom_it_puts_there(settled: Office) -> None:
    pool = runs.ranked(settled)[0]
    number = pool.rows[-1].application
    decisions.place(settled, number, pool.pool, "решение суда 12")
    assert drafted(settled).line("placements").applications == (number,)


def test_a_ground_that_won_the_seat_is_counted_until_its_paper_is_seen(settled: Office) -> None:
    sheet = drafted(settled)
    (number,) = sheet.line("grounds_unproven").applications
    known = intake.application_by_no(settled, number)
    seen = tuple(replace(claim, seen=True) for claim in known.entry.grounds)
    corrected(settled, known, grounds=seen)
    assert line_count(settled, "grounds_unproven") == 0


def test_a_backup_of_the_same_day_is_in_order_and_an_old_one_wants_a_reason(
    settled: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    number = runs.propose(settled).no
    assert chair_sheet.look(settled, number).line("backup").facts == {}
    upkeep.backup(settled, tmp_path_factory.mktemp("copies") / "copy.sqlite")
    assert chair_sheet.look(settled, number).line("backup").standing == "ok"
    later = replace(settled, clock=lambda: settled.clock() + timedelta(hours=30))
    line = chair_sheet.look(later, number).line("backup")
    assert (line.standing, line.facts["hours"]) == ("reason", "30")


def test_grants_in_no_programme_want_a_reason(settled: Office) -> None:
    campaign = settled.campaign()
    campaigns.change_setup(settled, replace(campaign.setup, total=60), campaign.version, "приказ 9")
    line = drafted(settled).line("seats")
    assert (line.count, line.standing, dict(line.facts)) == (10, "reason", {"seats": "50", "total": "60"})


# What differs from the run before


def test_the_first_run_has_nothing_to_differ_from(settled: Office) -> None:
    sheet = drafted(settled)
    assert (sheet.difference.run, sheet.line("difference").standing) == (0, "ok")


def test_what_differs_from_an_earlier_draft_is_told_and_wants_no_reason(settled: Office) -> None:
    before = runs.propose(settled)
    number = before.result.awards[0].application
    known = intake.application_by_no(settled, number)
    intake.withdraw(settled, known.id, known.version, "передумал")
    sheet = drafted(settled)
    assert (sheet.difference.run, sheet.difference.sealed) == (before.no, False)
    assert number in {change.application for change in sheet.difference.awards}
    assert sheet.line("difference").standing == "note"


def test_what_differs_from_the_last_sealed_run_is_listed_and_wants_a_reason(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("sealed")
    number = awards.ledger(office)[0].application_no
    awards.record(office, number, "decline")
    runs.propose(office)
    sheet = drafted(office)
    assert (sheet.difference.run, sheet.difference.sealed) == (1, True)
    changes = {change.application: change.kind for change in sheet.difference.awards}
    assert changes[number] == "lost"
    assert "gained" in changes.values()
    assert sheet.line("difference").standing == "reason"
    sealing.seal(office, sheet.run, "4", DAY, accepting="отказ 07.08.2026")
    assert chair_sheet.look(office).difference.awards == sheet.difference.awards


# What forbids the seal


def test_an_open_tie_a_stale_run_and_a_difference_of_the_proposed_forbid_the_seal(settled: Office) -> None:
    pool, people = make_equals(settled)
    sheet = drafted(settled)
    tie = sheet.line("open_ties")
    assert (tie.standing, tie.pools) == ("blocks", (pool,))
    assert set(people) <= set(tie.applications)
    with refuses("run_has_open_ties", n=1):
        sealing.seal(settled, sheet.run, "3", DAY, accepting="решение комиссии")
    how = decisions.TieHow(kind="order", minutes_no="3", on=DAY)
    decisions.decide_tie(settled, pool, people, how)
    stale = chair_sheet.look(settled, sheet.run)
    assert stale.line("outdated").standing == "blocks"


def test_a_proposed_person_whose_data_differ_is_never_sealed(office_at: Callable[[str], Office]) -> None:
    office = office_at("imported")
    with office.store.reading() as reading:
        waiting = next(one for one in reading.applications(office.campaign_id) if one.in_conflict)
    sheet = drafted(office)
    assert (sheet.line("conflicts").count, sheet.line("conflicts").standing) == (9, "reason")
    stored = runfile.parse(runs.run_file(office))
    assert stored.result is not None
    first, *others = stored.result.awards
    forged = replace(stored.result, awards=(replace(first, application=waiting.no), *others))
    doctored = kept_by_hand(office, replace(stored, result=forged))
    line = chair_sheet.look(office, doctored).line("conflicts")
    assert (line.standing, line.applications, line.facts["proposed"]) == ("blocks", (waiting.no,), "1")
    with refuses("conflicts_proposed", no=waiting.no):
        only = replace(chair_sheet.look(office, doctored), lines=(line,))
        sealing.demand_sealable(only, "решение комиссии")


def kept_by_hand(office: Office, stored: runfile.SealedRun) -> int:
    """A draft nobody proposed, as if the allocation had a fault."""
    assert stored.result is not None
    with office.store.work(PERMIT) as work:
        record = work.runs.add(
            NewRun(
                campaign=office.campaign_id,
                kind="draft",
                round=1,
                rules=standing.current_rules(office).version,
                file=runfile.write(stored.inputs, stored.result),
                lines=(),
                explanations={},
                awards=len(stored.result.awards),
                open_ties=0,
                at=office.clock(),
                by="А.",
            )
        )
        work.commit()
    return record.no


def test_what_the_independent_check_objects_to_forbids_the_seal_and_is_told(settled: Office) -> None:
    runs.propose(settled)
    stored = runfile.parse(runs.run_file(settled))
    assert stored.result is not None
    forged = replace(stored.result, awards=stored.result.awards[1:])
    doctored = kept_by_hand(settled, replace(stored, result=forged))
    sheet = chair_sheet.look(settled, doctored)
    line = sheet.line("checker")
    assert line.standing == "blocks"
    assert line.findings
    with refuses("checker_objects", n=line.count):
        sealing.demand_sealable(replace(sheet, lines=(line,)), "решение комиссии")


def test_more_seats_than_grants_forbid_the_seal(settled: Office) -> None:
    sheet = drafted(settled)
    over = replace(sheet.line("seats"), count=2, weight="blocks", facts={"seats": "52", "total": "50"})
    with refuses("seats_over_total", seats="52", total="50"):
        sealing.demand_sealable(replace(sheet, lines=(over,)))


def test_a_recorded_sitting_without_its_quorum_forbids_the_seal(settled: Office) -> None:
    number = runs.propose(settled).no
    assert chair_sheet.look(settled, number).line("quorum").standing == "note"
    assert chair_sheet.look(settled, number, "3").line("quorum").standing == "note"
    hold_sitting(settled, there=1)
    line = chair_sheet.look(settled, number, "3").line("quorum")
    assert line.standing == "blocks"
    with refuses("sheet_quorum", minutes="3", present=line.facts["present"]):
        sealing.seal(settled, number, "3", DAY, accepting="протокол 3")


def test_a_sitting_with_its_quorum_is_in_order(settled: Office) -> None:
    hold_sitting(settled)
    assert chair_sheet.look(settled, runs.propose(settled).no, "3").line("quorum").standing == "ok"


# What wants a reason


def test_a_finding_nobody_accepted_forbids_the_seal_and_the_first_is_named(settled: Office) -> None:
    sheet = drafted(settled)
    assert {line.code for line in sheet.waiting} == {
        "unverified", "grounds_unproven", "papers_missing", "consent_missing", "sensitivity", "backup",
        "intake_open", "unfrozen",
    }  # fmt: skip
    with refuses("unaccepted_unverified", n=50):
        sealing.seal(settled, sheet.run, "3", DAY)
    chair_sheet.accept(settled, sheet.run, {"unverified": "сверено со списком центра тестирования"})
    with refuses("unaccepted_grounds_unproven", n=1):
        sealing.seal(settled, sheet.run, "3", DAY)
    with refuses("unaccepted_grounds_unproven", n=1):
        sealing.seal(settled, sheet.run, "3", DAY, accepting="  ")


def test_sealing_before_the_intake_closed_or_the_data_were_frozen_is_a_line_of_the_sheet(
    settled: Office, words: Words
) -> None:
    sheet = drafted(settled)
    for code in ("intake_open", "unfrozen"):
        line = sheet.line(code)
        assert (line.count, line.standing) == (1, "reason")
    close = settled.campaign().setup.deadline("close")
    assert close is not None
    note = sheet_words.note(words, sheet.line("intake_open"))
    assert words.date(close.at.astimezone(settled.now().tzinfo).date()) in note
    after = replace(settled, clock=lambda: close.at + timedelta(minutes=1))
    sheet = chair_sheet.look(after, sheet.run)
    assert (sheet.line("intake_open").count, sheet.line("unfrozen").count) == (0, 1)
    campaign_acts.freeze(after)
    assert chair_sheet.look(after, sheet.run).line("unfrozen").count == 0


def test_a_calendar_without_a_closing_date_leaves_the_intake_open_until_the_freeze(settled: Office) -> None:
    campaign = settled.campaign()
    dates = tuple(one for one in campaign.setup.deadlines if one.code != "close")
    open_ended = replace(campaign, setup=replace(campaign.setup, deadlines=dates))
    line = sheet_counts.intake_line(open_ended, settled.now())
    assert (line.count, sheet_words.note(Words("en"), line)) == (
        1, "the calendar has no date on which applications close",
    )  # fmt: skip
    frozen = replace(open_ended, state=CampaignState.FROZEN)
    line = sheet_counts.intake_line(frozen, settled.now())
    assert (line.count, sheet_words.note(Words("en"), line)) == (0, "")


def test_accepted_with_their_reasons_the_run_is_sealed_and_the_journal_knows_each(settled: Office) -> None:
    sheet = drafted(settled)
    accept_all(settled, sheet)
    ready = chair_sheet.look(settled, sheet.run)
    assert ready.sealable
    assert {line.accepted_by for line in ready.lines if line.reason} == {settled.actor.name}
    sealing.seal(settled, sheet.run, "3", DAY)
    events = upkeep.journal(settled, act="finding.accepted")[1]
    assert {event.reason for event in events} == {"решение комиссии"}
    assert len(events) == len(sheet.waiting)


def test_one_reason_given_with_the_seal_is_kept_for_all_that_waited(settled: Office) -> None:
    sheet = drafted(settled)
    chair_sheet.accept(settled, sheet.run, {"backup": "вечером"})
    sealing.seal(settled, sheet.run, "3", DAY, accepting=sealing.by_minutes(" 3 ", DAY))
    reasons = {line.code: line.reason for line in chair_sheet.look(settled).lines if line.reason}
    assert reasons == {line.code: "№ 3, 06.08.2026" for line in sheet.waiting} | {"backup": "вечером"}
    with settled.store.reading() as reading:
        record = reading.last_run(settled.campaign_id, "sealed")
        assert record is not None
        stored = {one.code: one.reason for one in reading.accepted_findings(record.id)}
    assert stored == reasons


def test_a_new_draft_needs_its_reasons_again(settled: Office) -> None:
    sheet = drafted(settled)
    accept_all(settled, sheet)
    again = drafted(settled)
    assert [line.code for line in again.waiting] == [line.code for line in sheet.waiting]


def test_a_reason_covers_the_cases_it_was_given_for_and_no_others(settled: Office) -> None:
    sheet = drafted(settled)
    accept_all(settled, sheet)
    someone = sheet.line("papers_missing").applications[0]
    papers = settled.campaign().setup.required_papers
    every = tuple(ChecklistItem(item=one.code, received=True) for one in papers)
    corrected(settled, intake.application_by_no(settled, someone), checklist=every)
    again = chair_sheet.look(settled, sheet.run)
    line = again.line("papers_missing")
    assert (line.count, line.standing, line.earlier) == (49, "reason", "решение комиссии")
    assert [one.code for one in again.waiting] == ["papers_missing"]
    chair_sheet.accept(settled, sheet.run, {"papers_missing": "остальные донесут к зачислению"})
    accepted = chair_sheet.look(settled, sheet.run).line("papers_missing")
    assert (accepted.standing, accepted.reason, accepted.earlier) == (
        "accepted", "остальные донесут к зачислению", "",
    )  # fmt: skip


def test_a_reason_given_again_replaces_the_first(settled: Office) -> None:
    sheet = drafted(settled)
    for reason in ("устно", "письмо 7"):
        chair_sheet.accept(settled, sheet.run, {"backup": reason})
    assert chair_sheet.look(settled, sheet.run).line("backup").reason == "письмо 7"


def test_only_what_is_there_is_accepted_and_only_with_a_reason(settled: Office) -> None:
    sheet = drafted(settled)
    with refuses("reason_missing"):
        chair_sheet.accept(settled, sheet.run, {"backup": " "})
    with refuses("text_too_long", most=300):
        chair_sheet.accept(settled, sheet.run, {"backup": "я" * 301})
    with refuses("text_too_long", most=300):
        sealing.seal(settled, sheet.run, "3", DAY, accepting="я" * 301)
    for code in ("late", "open_ties", "outdated"):
        with refuses("finding_not_open"):
            chair_sheet.accept(settled, sheet.run, {code: "так"})  # type: ignore[dict-item]  # not one of the codes
    assert upkeep.journal(settled, act="finding.accepted")[0] == 0
    with refuses("not_allowed", act="seal"):
        chair_sheet.accept(as_role(settled, "officer"), sheet.run, {"backup": "так"})


# What is kept


def test_a_sealed_runs_sheet_stays_as_it_was_whatever_changes_later(settled: Office) -> None:
    sheet = drafted(settled)
    accept_all(settled, sheet)
    sealed = sealing.seal(settled, sheet.run, "3", DAY)
    kept = chair_sheet.look(settled, sealed.no)
    assert (kept.sealed, kept.fingerprint, kept.minutes_no, kept.minutes_on) == (
        True, sealed.fingerprint, "3", DAY,
    )  # fmt: skip
    assert kept.fingerprint != sheet.fingerprint, "the minutes are in the sealed one"
    awards.record(settled, awards.ledger(settled)[0].application_no, "decline")
    assert chair_sheet.look(settled, sealed.no) == kept
    with refuses("run_not_draft"):
        chair_sheet.accept(settled, sealed.no, {"backup": "поздно"})


def test_a_run_sealed_before_sheets_were_kept_has_none(settled: Office) -> None:
    proposal = runs.propose(settled)
    with settled.store.work(PERMIT) as work:
        facts = SealFacts(
            file=runs.run_file(settled),
            fingerprint=proposal.fingerprint,
            signature="",
            minutes_no="3",
            minutes_on=DAY,
            at=settled.clock(),
            by="А.",
        )
        work.runs.seal(proposal.id, facts)
        work.commit()
    with refuses("sheet_not_kept", run=proposal.no):
        chair_sheet.look(settled)


def test_the_sheets_of_a_branch_are_numbered_without_gaps(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    awards.record(office, awards.ledger(office)[0].application_no, "decline")
    awards.offer_next(office.acting_as(replace(office.actor, branch="ELSEWHERE")), "4", DAY)
    with office.store.reading() as reading:
        numbers = [paper.number for paper in reading.papers(office.campaign_id, kind=chair_sheet.KIND)]
    assert [number.rpartition("-")[2] for number in numbers] == ["0001", "0002"]
    assert upkeep.check(office) == ()


def test_a_closed_campaigns_findings_are_accepted_no_more(settled: Office) -> None:
    sheet = drafted(settled)
    moved_to(settled, CLOSED)
    with refuses("campaign_closed"):
        chair_sheet.accept(settled, sheet.run, {"backup": "поздно"})


def test_the_demonstration_seals_through_its_own_sheet(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    sheet = chair_sheet.look(office)
    assert not sheet.waiting
    assert not sheet.blocking
    assert sheet.minutes_no == demonstration.MINUTES[0]
    assert all(line.reason for line in sheet.lines if line.standing == "accepted")
    assert sheet.made_at.astimezone(UTC) == datetime(2026, 8, 6, 9, tzinfo=UTC)


def test_no_refusal_of_the_sheet_is_a_bug(settled: Office) -> None:
    """Every line that wants a reason has words of its own for the refusal."""
    sheet = drafted(settled)
    for line in sheet.waiting:
        with pytest.raises(Refused) as refused:
            sealing.demand_sealable(replace(sheet, lines=(line,)))
        assert Words("ru").code(refused.value.code, **refused.value.facts)


def test_grants_that_hang_on_a_small_change_want_a_reason(settled: Office) -> None:
    number = runs.propose(settled).no
    found = sensitivity.warnings(settled, number)
    line = chair_sheet.look(settled, number).line("sensitivity")
    assert line.applications == found.holders()
    assert (line.count, line.standing) == (len(found.holders()), "reason")


# On paper


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_prints_as_one_page_with_all_it_says(sealed_twice: Office, lang: str) -> None:
    words = Words(lang)
    sheet = chair_sheet.look(sealed_twice)
    (page,) = texts(sheet_paper.pdf(sealed_twice, words, sheet))
    shown = squeezed(page)
    assert sheet.fingerprint in shown
    assert squeezed(words("Chair's sheet, run {no}", no=sheet.run)) in shown
    for line in sheet.lines:
        assert squeezed(sheet_words.named(words, line)) in shown
        assert squeezed(line.reason) in shown
    for change in sheet.difference.awards:
        assert change.application in shown
    assert squeezed(words.code("award_change_lost")) in shown
    assert squeezed("Ким Анна Викторовна") in shown, "the members sign by name"


@pytest.fixture
def sealed_twice(office_at: Callable[[str], Office]) -> Office:
    """The sample after a refusal and the next round, with a commission to sign."""
    office = office_at("sealed")
    make_members(office)
    awards.record(office, awards.ledger(office)[0].application_no, "decline")
    awards.offer_next(office, "4", DAY)
    return office


def test_without_a_commission_two_empty_lines_wait_for_signatures(settled: Office, words: Words) -> None:
    page = sheet_paper.worded(settled, words, drafted(settled))
    assert [name for _, name in page.signatures] == ["", ""]
    assert page.difference == ()
    assert page.subtitle[-1].startswith("Черновой расчёт")


def test_a_programme_that_is_no_more_keeps_its_code_on_the_sheet(settled: Office, words: Words) -> None:
    differ = SheetDifference(
        run=1, awards=(AwardChange(application="B-0001", before="GONE/1", after="", kind="lost"),)
    )
    told = sheet_paper.differences(words, settled.campaign().setup, differ)
    assert told == ("Отличия от расчёта 1 (черновик)", "теряет грант (1). GONE/1: B-0001")


def test_writing_the_sheet_is_journalled(settled: Office, words: Words, tmp_path: Path) -> None:
    sheet_paper.save(settled, words, drafted(settled), tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    event = upkeep.journal(settled, act="list.exported")[1][0]
    assert (event.subject, event.after) == ("chair_sheet", '{"format":"pdf","run":1}')


@pytest.mark.parametrize("lang", LANGS)
def test_every_line_has_its_note_in_every_language(settled: Office, lang: str) -> None:
    words = Words(lang)
    sheet = drafted(settled)
    hung = replace(sheet.line("quorum"), facts={"present": "4", "needed": "4", "minutes": "3"})
    over = replace(sheet.line("seats"), count=2, facts={"seats": "52", "total": "50"})
    told = replace(sheet.line("difference"), facts={"run": "2", "admissions": "1", "ranks": "7"})
    named = replace(sheet.line("quorum"), facts={"minutes": "3"})
    old = replace(sheet.line("backup"), facts={"hours": "30"})
    for line in (hung, over, told, named, old, *sheet.lines):
        assert sheet_words.named(words, line)
        assert sheet_words.standing(words, line)
        sheet_words.note(words, line)
    assert sheet_words.figure(hung) == "4/4"
    assert "52" in sheet_words.note(words, over)
    assert "30" in sheet_words.note(words, old)
    assert sheet_words.note(words, sheet.line("checker")) == ""
