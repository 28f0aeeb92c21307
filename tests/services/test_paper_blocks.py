"""Papers missing from a file: what they stop, by the rules, and what they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.application import ChecklistItem, GroundClaim
from grants_app.domain.ruleset import PaperBlock
from grants_app.services import awards, intake, letters, rule_changes, runs, standing
from tests.services.desks import entry_for, refuses

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.application import Application
    from grants_app.domain.ruleset import Stage
    from grants_app.services.access import Office

ALL = ("application", "id", "certificate", "ort", "photos", "medical")


def stop(office: Office, stage: Stage, paper: str = "medical", *, unkept: bool = False) -> None:
    """Let the rules stop this stage without the paper."""
    rules = replace(
        standing.current_rules(office),
        blocks=(PaperBlock(paper=paper, stage=stage),),
        unkept_papers_block=unkept,
    )
    rule_changes.put(office, rules, "решение комиссии")


def file_with(office: Office, *papers: str, place: int = 0, grounds: tuple[str, ...] = ()) -> Application:
    """Somebody whose file holds these papers."""
    entry = replace(
        entry_for(office, place),
        checklist=tuple(ChecklistItem(item=paper, received=True) for paper in papers),
        grounds=tuple(GroundClaim(ground=ground) for ground in grounds),
    )
    return intake.save(office, intake.SaveForm(entry=entry)).application


def competing(office: Office) -> set[str]:
    """Everybody admitted somewhere."""
    return {row.application for pool in runs.ranked(office) for row in pool.rows}


def without_papers(office: Office, number: str, *papers: str) -> None:
    """Tick off the file of an imported person, all papers but these."""
    known = intake.application_by_no(office, number)
    held = tuple(ChecklistItem(item=paper, received=True) for paper in ALL if paper not in papers)
    form = intake.SaveForm(
        entry=replace(known.entry, checklist=held), application=known.id, seen=known.version, submit=False
    )
    intake.save(office, form)


# Offer


def test_a_missing_paper_that_blocks_the_offer_keeps_its_owner_out_of_every_list(empty: Office) -> None:
    whole, short = file_with(empty, *ALL), file_with(empty, *ALL[:-1], place=1)
    assert competing(empty) == {whole.no, short.no}
    stop(empty, "offer")
    assert competing(empty) == {whole.no}
    runs.propose(empty)
    told = runs.explain(empty, short.no)
    assert [finding.code for finding in told.findings] == ["paper_blocks_offer"]
    assert told.findings[0].facts == {"paper": "medical"}


def test_a_ground_s_own_paper_is_asked_only_of_those_who_claim_it(empty: Office) -> None:
    orphan = file_with(empty, *ALL, grounds=("orphan",))
    other = file_with(empty, *ALL, place=1)
    stop(empty, "offer", "orphan_paper")
    assert competing(empty) == {other.no}
    assert orphan.no not in competing(empty)


def test_papers_nobody_ticked_are_unknown_and_block_nothing_unless_the_rules_say_so(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    everybody = competing(office)
    stop(office, "offer")
    assert competing(office) == everybody
    stop(office, "offer", unkept=True)
    assert competing(office) == set()


def test_a_file_taken_in_with_nothing_ticked_lacks_everything(empty: Office) -> None:
    file_with(empty)
    stop(empty, "offer")
    assert competing(empty) == set()


# Letter


def test_a_letter_waits_for_its_papers_and_the_others_are_issued(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    number = awards.ledger(office)[0].application_no
    stop(office, "letter")
    without_papers(office, number, "medical")
    assert letters.stopped(office) == {number: ("medical",)}
    letters.issue_missing(office)
    assert len(letters.issued(office)) == 49
    without_papers(office, number)
    assert letters.stopped(office) == {}
    letters.issue_missing(office)
    assert len(letters.issued(office)) == 50


def test_when_every_letter_waits_issuing_is_refused_with_the_paper_s_name(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("sealed")
    stop(office, "letter", unkept=True)
    with refuses("papers_stop_letter"):
        letters.issue_missing(office)
    assert letters.issued(office) == []


def test_no_letter_waits_where_the_rules_block_none(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    stop(office, "offer")
    assert letters.stopped(office) == {}


# Confirmation


def test_a_confirmation_is_not_recorded_without_its_paper_and_a_refusal_is(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("sealed")
    first, second = (line.application_no for line in awards.ledger(office)[:2])
    stop(office, "confirmation", "certificate")
    without_papers(office, first, "certificate")
    without_papers(office, second, "certificate")
    with refuses("papers_stop_confirmation", no=first):
        awards.record(office, first, "confirm")
    awards.record(office, second, "decline")
    without_papers(office, first)
    awards.record(office, first, "confirm")


@pytest.mark.parametrize("stage", ["letter", "confirmation"])
def test_the_sample_s_own_rules_stop_nobody_of_the_workbooks(
    office_at: Callable[[str], Office], stage: Stage
) -> None:
    office = office_at("sealed")
    rules = standing.current_rules(office)
    assert rules.blocking(stage)
    for line in awards.ledger(office):
        standing.demand_papers(office, line.application_no, stage)
    assert office.now().date() == date(2026, 8, 6)
