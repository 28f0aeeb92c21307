"""The tables of the Import tab and the panel beside them: sheets, columns, rows with their problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants_app.gui.pages.entry_words import ROW_STATES
from grants_app.gui.table_models import ChipText, Column, Part
from grants_app.gui.widgets.panels import SidePanel
from grants_app.services.imports import PlannedRow, PlannedSheet
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.imports import Issue
    from grants_app.gui.pages.entry_words import EntryWords
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind, Theme

HOW = {
    "exact": mark("matched by heading"),
    "letters_lost": mark("some letters were lost; recognised from the rest"),
    "alike": mark("recognised despite a misspelling"), "ignored": mark("ignored"),
    "repeated": mark("ignored: an earlier column has it"),
}  # fmt: skip
SEVERITIES: dict[str, tuple[ChipKind, str, str]] = {
    "error": ("bad", mark("error"), "stop"), "warning": ("warn", mark("warning"), "warning"),
    "fixed": ("info", mark("corrected"), "check"), "duplicate": ("violet", mark("repeated"), "duplicate"),
}  # fmt: skip
_ORDER = ("error", "duplicate", "warning", "fixed")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One table of one file."""

    sheet: PlannedSheet

    @property
    def understood(self) -> int:
        """How many of its columns have a meaning."""
        return sum(1 for column in self.sheet.columns if column.field)

    def count(self, status: str) -> str:
        """How many rows of a status, nothing for none."""
        return str(self.sheet.counts()[status] or "")


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of one table."""

    sheet: PlannedSheet
    row: PlannedRow

    @property
    def name(self) -> tuple[str, str]:
        """Surname, and the rest of the name."""
        if self.row.entry is None:
            return "", ""
        person = self.row.entry.person
        return person.surname, f"{person.given} {person.patronymic}".strip()

    def issues(self) -> list[Issue]:
        """The row's problems, the gravest first."""
        return sorted(self.row.issues, key=lambda issue: _ORDER.index(issue.severity))

    def fits(self, wanted: str) -> bool:
        """Whether the row is among those asked for."""
        if wanted == "problems":
            return any(issue.severity != "fixed" for issue in self.row.issues) or bool(self.row.conflicts)
        if wanted == "changes":
            return self.row.status == "changed"
        if wanted == "conflict":
            return bool(self.row.conflicts)
        return wanted in ("all", "", self.row.status)


def told(line: RowLine, named: EntryWords) -> list[str]:
    """The row's problems in words, each with its cell."""
    sentences = []
    for issue in line.issues():
        text = named.issue(issue.code, issue.facts)
        sentences.append(f"{issue.cell}: {text}" if issue.cell else text)
    return sentences


def sheet_columns(words: Speech, named: EntryWords) -> tuple[Column, ...]:
    """The table of tables."""

    def counted(key: str, title: str, width: int) -> Column:
        return Column(
            key=key, title=lambda: words(title), text=lambda line: line.count(key), width=width,
            align="right",
        )  # fmt: skip

    return (
        Column(key="file", title=lambda: words("File"), stretch=True,
               text=lambda line: f"{line.sheet.file} {line.sheet.sheet}",
               parts=lambda line: (Part(line.sheet.file, bold=True), Part(line.sheet.sheet, colour="muted"))),
        Column(key="branch", title=lambda: words("Branch"), text=lambda line: named.branch(line.sheet.branch),
               width=110),
        Column(key="columns", title=lambda: words("Recognised columns"), width=150, align="right",
               text=lambda line: words("{n} of {all}", n=line.understood, all=len(line.sheet.columns))),
        counted("new", mark("New rows"), 74),
        counted("changed", mark("Changed"), 88),
        counted("same", mark("The same"), 112),
        counted("duplicate", mark("Repeated"), 110),
        counted("error", mark("Errors"), 84),
        counted("skipped", mark("Skipped"), 96),
    )  # fmt: skip


def row_columns(words: Speech, named: EntryWords) -> tuple[Column, ...]:
    """The table of rows."""

    def chips(line: RowLine) -> Sequence[ChipText]:
        kind, word, icon = ROW_STATES[line.row.status]
        shown = [ChipText(kind, words(word), icon)]
        if line.row.conflicts:
            shown.append(ChipText("bad", words("conflict"), "conflict"))
        return shown

    def problems(line: RowLine) -> str:
        if line.row.conflicts:
            fields = ", ".join(named.field(field) for field in line.row.conflicts)
            return words("Recorded differently: {fields}", fields=fields)
        return "; ".join(told(line, named))

    return (
        Column(key="row", title=lambda: words("Row"), text=lambda line: str(line.row.row), width=58,
               align="right",
               tone="muted"),
        Column(key="sheet", title=lambda: words("List"), text=lambda line: line.sheet.file, width=130,
               tone="muted"),
        Column(key="name", title=lambda: words("Name"), width=210,
               text=lambda line: " ".join(line.name),
               parts=lambda line: (Part(line.name[0], bold=True), Part(line.name[1]))),
        Column(key="status", title=lambda: words("Outcome"), width=150, chips=chips,
               text=lambda line: words(ROW_STATES[line.row.status][1])),
        Column(key="problems", title=lambda: words("Problems, by cell"), text=problems, stretch=True),
    )  # fmt: skip


class RowPanel(SidePanel):
    """Beside the tables: one row with all that was found, or how one table's columns were understood."""

    def __init__(self, theme: Theme, words: Speech, named: EntryWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._named = named

    def show_sheet(self, line: SheetLine) -> None:
        """How the columns of a table were understood."""
        self.clear()
        self.add_text(f"{line.sheet.file} · {line.sheet.sheet}", "section")
        self.add_section(self._words("How the columns were read"))
        for column in line.sheet.columns:
            meaning = self._named.field(column.field) if column.field else self._words("ignored")
            chip: tuple[ChipKind, str, str] | None = None
            if column.how in ("letters_lost", "alike", "repeated"):
                chip = ("warn", self._words("guessed") if column.field else self._words("ignored"), "")
            note = f"{column.letter} · {meaning}"
            if column.how != "exact":
                note += f" · {self._words(HOW[column.how])}"
            self.add_item(column.heading, (note,), chip)
        self.add_end()

    def show_row(self, line: RowLine) -> None:
        """All that was found in a row, and what it would do."""
        self.clear()
        words, row = self._words, line.row
        self.add_text(" ".join(line.name).strip() or words("Row {row}", row=row.row), "section")
        self.add_text(
            f"{line.sheet.file} · {line.sheet.sheet} · {words('Row {row}', row=row.row)}", "small", "muted"
        )
        self._add_outcome(line)
        if row.issues:
            self.add_section(words("What was found"))
        for issue in line.issues():
            kind, word, icon = SEVERITIES[issue.severity]
            note = " · ".join(part for part in (issue.cell, self._named.field(issue.field)) if part)
            self.add_item(self._named.issue(issue.code, issue.facts), (note,), (kind, words(word), icon))
        self.add_end()

    def _add_outcome(self, line: RowLine) -> None:
        words, row = self._words, line.row
        kind, word, icon = ROW_STATES[row.status]
        notes: list[str] = []
        if row.application:
            notes.append(words("Application {no}", no=row.application))
        if row.evidence:
            reasons = ", ".join(words.code(code, likeness="") for code in row.evidence)
            notes.append(words("The same person: {reasons}", reasons=reasons))
        if row.conflicts:
            fields = ", ".join(self._named.field(field) for field in row.conflicts)
            notes.append(
                words("Recorded differently: {fields}. An officer decides after the import", fields=fields)
            )
        self.add_section(words("Outcome"))
        self.add_item(_sentence(row, words), tuple(notes), (kind, words(word), icon))


def _sentence(row: PlannedRow, words: Speech) -> str:
    if row.status == "new":
        return words("A new application is created")
    if row.status == "changed":
        return words("The existing application is changed")
    if row.status == "same":
        return words("Nothing changes")
    if row.status == "duplicate":
        return words("The row repeats an earlier one and is skipped")
    return (
        words("The row cannot be imported")
        if row.status == "error"
        else words("The row contains no applicant")
    )
