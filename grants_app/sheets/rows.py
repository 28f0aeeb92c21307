"""Turns the raw cells of a book into judged entries, table by table; it knows nothing of files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain import judging, matching
from grants_app.domain.errors import Refused
from grants_app.domain.imports import BookReading, Issue, IssueSeverity, SheetReading, SheetRow
from grants_app.domain.places import fold
from grants_app.sheets.cells import text_of
from grants_app.sheets.columns import Table, find_table
from grants_app.sheets.entries import EntryReader, ReadingContext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grants_app.domain.application import Entry
    from grants_app.domain.campaign import CampaignSetup
    from grants_app.sheets.reader import Cell, RawBook, RawSheet
    from grants_app.sheets.vocabulary import Vocabulary

_NOTE_WORDS = 3
_HEADINGS_AGAIN = 3
_TOTAL_CELLS = 3
_CONFLICT: tuple[IssueSeverity, str] = ("error", "row_conflict")


def read_entries(
    raw: RawBook,
    setup: CampaignSetup,
    limits: Mapping[str, Decimal],
    today: date,
    branch: str,
    *,
    vocabulary: Vocabulary,
) -> BookReading:
    """Every table of the book understood and judged; `Refused("sheet_no_table")` when there is none.

    `branch` is the receiving branch, `limits` criterion -> highest possible score. Sheets without a table
    are named in `left_out`.
    """
    context = ReadingContext(
        setup=setup, limits=limits, today=today, vocabulary=vocabulary, branch=branch, file=raw.file
    )
    sheets: list[SheetReading] = []
    left_out: list[str] = []
    for sheet in raw.sheets:
        table = find_table(sheet.rows, vocabulary)
        if table is None:
            left_out.append(sheet.name)
            continue
        rows = tuple(_rows(sheet, table, context))
        sheets.append(
            SheetReading(
                file=raw.file,
                sheet=sheet.name,
                header_row=table.header + 1,
                columns=table.columns,
                rows=rows,
            )
        )
    if not sheets:
        raise Refused("sheet_no_table", file=raw.file)
    return BookReading(file=raw.file, kind=raw.kind, sheets=tuple(sheets), left_out=tuple(left_out))


def _rows(sheet: RawSheet, table: Table, context: ReadingContext) -> list[SheetRow]:
    reader = EntryReader(table, context)
    rows: list[SheetRow] = []
    last = _last_filled(sheet.rows)
    for index in range(table.header + 1, last + 1):
        cells = sheet.rows[index]
        number = index + 1
        if why := _skipped(cells, table, context.vocabulary):
            rows.append(SheetRow(row=number, status="skipped", skipped=why))
        else:
            rows.append(_judged(cells, number, reader, context))
    return _with_repeats(rows, reader)


def _last_filled(rows: Sequence[Sequence[Cell]]) -> int:
    return max((index for index, row in enumerate(rows) if any(cell is not None for cell in row)), default=-1)


def _judged(cells: Sequence[Cell], number: int, reader: EntryReader, context: ReadingContext) -> SheetRow:
    draft = reader.read(cells, number)
    entry, put_right = judging.tidy(draft.entry)
    verdicts = judging.judge(entry, context.setup, context.limits, context.today)
    known = {issue.field for issue in draft.issues if issue.severity == "error"}
    issues = [
        *draft.issues,
        *(draft.with_cell(issue) for issue in put_right),
        *(draft.with_cell(issue) for issue in verdicts if issue.field not in known),
    ]
    issues = _once_a_cell(issues)
    failed = any(issue.severity == "error" for issue in issues)
    return SheetRow(
        row=number,
        status="error" if failed else "new",
        entry=judging.without_impossible(entry, issues),
        issues=tuple(issues),
    )


def _once_a_cell(issues: list[Issue]) -> list[Issue]:
    """One report for a cell that holds a whole name, however many of its parts needed the same."""
    kept: dict[tuple[str, str, object], Issue] = {}
    for place, issue in enumerate(issues):
        same = issue.code == "lookalike" and issue.cell
        kept.setdefault((issue.code, issue.cell, "" if same else place), issue)
    return list(kept.values())


def _skipped(cells: Sequence[Cell], table: Table, vocabulary: Vocabulary) -> str:
    """Why a row is none of a person's: blank_row, total_row, heading_row, note_row, or ""."""
    filled = [place for place, cell in enumerate(cells) if cell is not None]
    ordinal = table.places.get("ordinal")
    if not filled or (filled == [ordinal] and isinstance(cells[filled[0]], Decimal)):
        return "blank_row"
    if _is_total(cells, filled, table, vocabulary):
        return "total_row"
    if sum(cells[place] == table.headings.get(place) for place in filled) >= _HEADINGS_AGAIN:
        return "heading_row"
    if len(filled) == 1:
        text = text_of(cells[filled[0]])
        people = {table.places.get(field) for field in ("name", "surname", "given", "pin")}
        if filled[0] not in people or len(text.split()) > _NOTE_WORDS + 1:
            return "note_row"
    return ""


def _is_total(cells: Sequence[Cell], filled: list[int], table: Table, vocabulary: Vocabulary) -> bool:
    """A row that begins with a word for totals and names nobody by PIN or birth date."""
    for field in ("pin", "born"):
        place = table.places.get(field)
        if place in filled and isinstance(cells[place], date | str):
            return False
    for place in filled[:_TOTAL_CELLS]:
        cell = cells[place]
        if isinstance(cell, str):
            key = fold(cell)
            return key in vocabulary.totals or key.split(" ", 1)[0] in vocabulary.totals
    return False


def _with_repeats(rows: list[SheetRow], reader: EntryReader) -> list[SheetRow]:
    """Rows of one PIN: the same again is a duplicate; recorded differently, both are errors."""
    by_pin: dict[str, int] = {}
    by_document: dict[tuple[str, date], int] = {}
    for place, row in enumerate(rows):
        if row.entry is None:
            continue
        person = row.entry.person
        document = (person.document_no, person.born) if person.document_no and person.born else None
        first = by_pin.setdefault(person.pin, place) if person.pin else place
        if first != place:
            rows[place] = _repeated(rows, first, row, reader)
        elif document is not None and (first := by_document.get(document, place)) != place:
            issue = _about(row, reader, ("warning", "row_maybe_repeated"), rows[first].row)
            rows[place] = replace(row, issues=(*row.issues, issue))
        if document is not None:
            by_document.setdefault(document, place)
    return rows


def _repeated(rows: list[SheetRow], first: int, row: SheetRow, reader: EntryReader) -> SheetRow:
    earlier = rows[first]
    differing = [name for name, _, _ in matching.differences(_entry(earlier), _entry(row))]
    if not differing:
        issue = _about(row, reader, ("duplicate", "row_repeated"), earlier.row)
        return replace(row, status="duplicate", repeats=earlier.row, issues=(issue,))
    if not any(issue.code == "row_conflict" for issue in earlier.issues):
        issue = _about(earlier, reader, _CONFLICT, row.row, differing)
        rows[first] = replace(earlier, status="error", issues=(*earlier.issues, issue))
    issue = _about(row, reader, _CONFLICT, earlier.row, differing)
    return replace(row, status="error", issues=(*row.issues, issue))


def _entry(row: SheetRow) -> Entry:
    if row.entry is None:
        raise ValueError(row.row)  # only rows with an entry are compared
    return row.entry


def _about(
    row: SheetRow,
    reader: EntryReader,
    verdict: tuple[IssueSeverity, str],
    other: int,
    differing: Sequence[str] = (),
) -> Issue:
    severity, code = verdict
    facts = {"row": str(other), "fields": ", ".join(differing)}
    field = "pin" if _entry(row).person.pin else "document"
    return Issue(severity, field, code, reader.cell(field, row.row), facts)
