"""Imports: judged as the truth says, all or nothing, twice is nothing, two offices become one application."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.errors import Refused
from grants_app.paths import shipped
from grants_app.services import imports, intake, runs, upkeep

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.services.access import Office
    from grants_app.services.imports import ImportPlan

TRUTH = Path(__file__).parent.parent / "data" / "truth.json"
BOOKS = ("bishkek.xlsx", "osh.ods", "osh_late_cp1251.csv")
# The truth words some kinds; these are the codes they go by.
KINDS = {
    "day first, confirmed by the PIN": "day_first",
    "characters no name has": "name_characters",
    "text that a spreadsheet reads as a formula": "formula_text",
    "ORT scores are whole numbers": "score_not_whole",
    "letters lost to the code page": "letters_lost",
}


def books() -> list[Path]:
    return [shipped(f"resources/sample/{name}") for name in BOOKS]


def planned(office: Office) -> ImportPlan:
    return imports.plan(office, books())


def test_the_verdicts_on_the_three_workbooks_equal_the_truth(empty: Office) -> None:
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))["files"]
    for sheet in planned(empty).sheets:
        rows = {str(row.row): row for row in sheet.rows}
        for number, expected in truth[sheet.file]["rows"].items():
            if "skip" in expected:
                assert number not in rows or rows[number].status == "skipped", (sheet.file, number)
                continue
            wanted = {
                (severity, field, KINDS.get(kind, "row_repeated" if kind.startswith("row ") else kind))
                for severity, field, kind in expected["issues"]
            }
            found = {(issue.severity, issue.field, issue.code) for issue in rows[number].issues}
            assert found == wanted, (sheet.file, number)


def test_each_table_is_given_to_the_branch_it_speaks_of(empty: Office) -> None:
    assert [sheet.branch for sheet in planned(empty).sheets] == ["KAZNU-BSH", "ENU-OSH", "ENU-OSH"]


def test_rows_with_errors_refuse_the_import_and_nothing_is_written(empty: Office) -> None:
    with pytest.raises(Refused) as refused:
        imports.apply(empty, planned(empty), accept_warnings=True)
    assert refused.value.code == "import_has_errors"
    assert intake.lines(empty)[0] == 0


def test_doubtful_values_wait_to_be_accepted(empty: Office) -> None:
    with pytest.raises(Refused) as refused:
        imports.apply(empty, planned(empty), skip_errors=True)
    assert refused.value.code == "import_has_warnings"
    assert intake.lines(empty)[0] == 0


def test_the_same_files_again_change_nothing(office_at: Callable[[str], Office]) -> None:
    office = office_at("imported")
    before = upkeep.journal(office, limit=1)[0]
    plan = planned(office)
    assert imports.apply(office, plan, accept_warnings=True, skip_errors=True).written == 0
    assert upkeep.journal(office, limit=1)[0] == before
    assert plan.counts()["new"] == plan.counts()["changed"] == 0


def test_the_same_files_again_change_nothing_after_the_conflicts_were_decided(
    office_at: Callable[[str], Office],
) -> None:
    plan = planned(office_at("settled"))
    assert plan.counts()["new"] == plan.counts()["changed"] == 0


def test_nine_people_of_both_offices_are_one_application_in_conflict_each(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("imported")
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))["same_person_across_files"]
    with office.store.reading() as reading:
        found = [a for a in reading.applications(office.campaign_id) if a.entry.person.pin in truth]
    assert len(found) == 9
    assert all(application.in_conflict for application in found)


def test_applications_in_conflict_stay_out_of_the_run(office_at: Callable[[str], Office]) -> None:
    office = office_at("imported")
    with office.store.reading() as reading:
        waiting = {a.no for a in reading.applications(office.campaign_id) if a.in_conflict}
    ranked = {row.application for pool in runs.ranked(office) for row in pool.rows}
    assert waiting
    assert not waiting & ranked


def test_an_officers_correction_survives_the_list_imported_again(office_at: Callable[[str], Office]) -> None:
    from dataclasses import replace

    office = office_at("settled")
    _, lines = intake.lines(office, limit=1)
    known = intake.application(office, lines[0].id)
    corrected = replace(known.entry, person=replace(known.entry.person, given="Айданек"))
    intake.save(
        office, intake.SaveForm(entry=corrected, application=known.id, seen=known.version, submit=False)
    )
    imports.apply(office, planned(office), accept_warnings=True, skip_errors=True)
    assert intake.application(office, known.id).entry.person.given == "Айданек"


def test_a_plan_made_before_somebody_saved_is_refused(empty: Office) -> None:
    plan = planned(empty)
    upkeep.backup(empty, empty.folders.data / "copy.sqlite")
    with pytest.raises(Refused) as refused:
        imports.apply(empty, plan, accept_warnings=True, skip_errors=True)
    assert refused.value.code == "changed_since_plan"


def test_a_verified_backup_is_made_before_an_import(
    office_at: Callable[[str], Office], empty: Office
) -> None:
    imports.apply(empty, planned(empty), accept_warnings=True, skip_errors=True)
    assert len(list(empty.folders.backups.glob("*-import.sqlite"))) == 1
