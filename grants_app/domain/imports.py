"""What was read from other people's spreadsheets, row by row; it does not know how it was read or worded."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from grants_app.domain.application import Entry

IssueSeverity = Literal["error", "warning", "fixed", "duplicate"]
RowStatus = Literal["new", "changed", "same", "duplicate", "error", "skipped"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One judgment of an entry's field, worded by `code` with `facts`; `cell` ("C24") is empty for a form.

    error: cannot be taken as it is. warning: taken once accepted with a reason. fixed: put right and
    reported. duplicate: the row repeats an earlier one (the row's status says so too). `field` is the
    entry's field by its short name (`pin`, `born`, `surname`, `choices`, `ort_main`, …).
    """

    severity: IssueSeverity
    field: str
    code: str
    cell: str = ""
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row of a table: its number as the spreadsheet shows it, its entry, and what was found.

    The reader knows "new", "duplicate" (`repeats` is the row repeated), "error" and "skipped" (`skipped`
    is a code: blank_row, total_row, heading_row, note_row; `entry` is None); "changed" and "same" are for
    those who compare with what is stored. An error row's entry holds what could be taken.
    """

    row: int
    status: RowStatus
    entry: Entry | None = None
    issues: tuple[Issue, ...] = ()
    skipped: str = ""
    repeats: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """How one column was understood: `letter` ("C"), the heading as written, the field or "" (ignored).

    `how` says why: exact, letters_lost (read through `?`), alike (a slip of spelling), ignored, repeated
    (an earlier column already holds the field).
    """

    letter: str
    heading: str
    field: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """One table as it was understood; `header_row` counts from 1 as the spreadsheet does."""

    file: str
    sheet: str
    header_row: int
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]

    def has(self, name: str) -> bool:
        """Whether the table has a column for the field, so that an empty cell means "none recorded"."""
        return any(column.field == name for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookReading:
    """A whole file: its tables, and the sheets left out because no table of applicants was found there."""

    file: str
    kind: str
    sheets: tuple[SheetReading, ...]
    left_out: tuple[str, ...] = ()
