"""The three workbooks of the sample are understood as their truth says, row by row."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from grants_app.domain.campaign import CampaignSetup
from grants_app.sheets.reader import read_workbook
from grants_app.sheets.rows import read_entries
from grants_app.sheets.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from grants_app.domain.imports import SheetReading, SheetRow

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "sample"
TRUTH = json.loads((ROOT / "tests" / "data" / "truth.json").read_text("utf-8"))
SUBJECTS = ("math", "physics", "chemistry", "biology", "history", "english", "kyrgyz", "russian")
LIMITS = {"ort_main": Decimal(245), "average": Decimal(5), **dict.fromkeys(SUBJECTS, Decimal(150))}
TODAY = date(2026, 7, 20)
CODES = {
    "day first, confirmed by the PIN": "day_first",
    "characters no name has": "name_characters",
    "text that a spreadsheet reads as a formula": "formula_text",
    "ORT scores are whole numbers": "score_not_whole",
    "letters lost to the code page": "letters_lost",
}
# What a sheet without the column cannot tell; the truth holds the whole person all the same.
NEEDED = {
    "patronymic": "patronymic",
    "document": "document",
    "phone": "phone",
    "region": "region",
    "district": "district",
    "school": "school",
    "school_kind": "region",
    "grounds": "grounds",
}


@pytest.fixture(scope="module")
def setup() -> CampaignSetup:
    """The sample's campaign."""
    data = tomllib.loads((SAMPLE / "campaign.toml").read_text("utf-8"))
    return msgspec.convert(data, CampaignSetup)


def reading(name: str, setup: CampaignSetup) -> SheetReading:
    """The one table of a sample workbook."""
    vocabulary = load_vocabulary(ROOT / "db" / "reference")
    book = read_entries(
        read_workbook(SAMPLE / name), setup, LIMITS, TODAY, "KAZNU-BSH", vocabulary=vocabulary
    )
    (sheet,) = book.sheets
    return sheet


def person_of(row: SheetRow) -> dict[str, Any]:
    """An entry in the truth's own words."""
    assert row.entry is not None
    entry, person = row.entry, row.entry.person
    scores = {score.criterion: score.value for score in entry.scores}
    return {
        "surname": person.surname or None,
        "given": person.given,
        "patronymic": person.patronymic,
        "sex": person.sex,
        "born": person.born.isoformat() if person.born else None,
        "pin": person.pin or None,
        "document": person.document_no,
        "phone": person.phones[0].number if person.phones else "",
        "region": person.region,
        "district": person.district,
        "school": entry.school.name,
        "school_kind": entry.school.kind,
        "graduated": entry.school.graduated,
        "average": scores["average"],
        "ort_main": scores.get("ort_main"),
        "subjects": {name: scores[name] for name in SUBJECTS if name in scores},
        "choices": [choice.partition("/")[2] for choice in entry.choices],
        "grounds": sorted(claim.ground for claim in entry.grounds),
    }


def expected_issues(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The truth's problems as (severity, field, code)."""
    return sorted(
        (severity, field, "row_repeated" if severity == "duplicate" else CODES.get(kind, kind))
        for severity, field, kind in row["issues"]
    )


def row_differences(row: SheetRow, truth: dict[str, Any], sheet: SheetReading) -> list[str]:
    """Everything about a row that is not as the truth says, in words."""
    if "skip" in truth:
        wanted = truth["skip"].replace(" ", "_")
        return [] if row.skipped == wanted else [f"skip {wanted}: {row.status} {row.skipped}"]
    issues = sorted((issue.severity, issue.field, issue.code) for issue in row.issues)
    wrong = [] if issues == expected_issues(truth) else [f"{issues} is not {expected_issues(truth)}"]
    wrong += [f"{issue.code} has no cell" for issue in row.issues if not issue.cell]
    repeats = [f"row {row.repeats}" for _ in (1,) if row.repeats]
    if repeats != [kind for severity, _, kind in truth["issues"] if severity == "duplicate"]:
        wrong.append(f"repeats {row.repeats}")
    severities = {issue[0] for issue in truth["issues"]}
    status = "error" if "error" in severities else "duplicate" if "duplicate" in severities else "new"
    if row.status != status:
        wrong.append(f"status {row.status} is not {status}")
    lost = any(kind == "letters lost to the code page" for _, _, kind in truth["issues"])
    got = person_of(row)
    for field, value in truth["person"].items():
        whole = field == "patronymic" and sheet.has("name")
        unknown = field in NEEDED and not (whole or sheet.has(NEEDED[field]))
        if field == "region_text" or unknown or (lost and field in {"surname", "given"}):
            continue
        wanted = sorted(value) if field == "grounds" else Decimal(value) if field == "average" else value
        if got[field] != wanted:
            wrong.append(f"{field}: {got[field]!r} is not {wanted!r}")
    return wrong


@pytest.mark.parametrize("name", list(TRUTH["files"]))
def test_every_row_is_understood_and_judged_as_the_truth_says(name: str, setup: CampaignSetup) -> None:
    """Persons field by field, problems by severity, field and code, skipped rows by reason."""
    sheet = reading(name, setup)
    truth = {int(number): row for number, row in TRUTH["files"][name]["rows"].items()}
    assert [row.row for row in sheet.rows] == sorted(truth)
    wrong = {row.row: bad for row in sheet.rows if (bad := row_differences(row, truth[row.row], sheet))}
    assert not wrong, "\n".join(f"row {number}: {'; '.join(bad)}" for number, bad in wrong.items())
    assert sheet.header_row == TRUTH["files"][name].get("header_row", 1)
    assert sheet.sheet == TRUTH["files"][name].get("sheet", Path(name).stem)
