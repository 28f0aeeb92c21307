"""What a row would do: who is already known, what is joined, where two offices differ; it writes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.application import Application, Conflict, Entry
from grants_app.domain.imports import Issue, RowStatus, SheetColumn
from grants_app.domain.matching import evidence
from grants_app.domain.stopping import breathing
from grants_app.services.merging import Merged, merged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grants_app.domain.imports import SheetRow


@dataclass(slots=True)
class Target:
    """One application the plan makes or changes, growing as rows of several files meet in it."""

    entry: Entry
    known: Application | None = None
    person_id: int | None = None
    conflicts: list[Conflict] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    rows: list[tuple[str, Entry]] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether writing it would change anything of a known application."""
        return bool(self.touched or self.conflicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row with its verdict: what it would do, to which application, why it is the same person."""

    row: int
    status: RowStatus
    entry: Entry | None
    issues: tuple[Issue, ...]
    application: str = ""
    evidence: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    target: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSheet:
    """One table of one file, as it was understood."""

    file: str
    sheet: str
    branch: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[PlannedRow, ...]

    def counts(self) -> Counter[str]:
        """How many rows of each status."""
        return Counter(row.status for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What importing the files would do; nothing is written until it is applied."""

    sheets: tuple[PlannedSheet, ...]
    digests: tuple[tuple[str, str], ...]
    journal_head: int
    left_out: tuple[str, ...] = ()

    def counts(self) -> Counter[str]:
        """How many rows of each status over all tables."""
        return sum((sheet.counts() for sheet in self.sheets), Counter[str]())

    def issues(self, severity: str) -> int:
        """How many issues of a severity over all rows."""
        return sum(issue.severity == severity for s in self.sheets for row in s.rows for issue in row.issues)


class People:
    """Everybody the plan has met: known applications by PIN and by document with birth date."""

    def __init__(
        self,
        known: Sequence[Application],
        bases: Mapping[tuple[str, str], str],
        person_ids: Mapping[str, int],
    ) -> None:
        self.bases = bases
        self.person_ids = person_ids
        self._by_pin: dict[str, Target] = {}
        self._by_document: dict[tuple[str, object], Target] = {}
        for application in breathing(known):
            self.add(Target(application.entry, application, application.person_id))

    def add(self, target: Target) -> None:
        """Meet somebody: later rows with the PIN, or the document and birth date, are this application's."""
        person = target.entry.person
        if person.pin:
            self._by_pin[person.pin] = target
        if person.document_no and person.born:
            self._by_document[person.document_no, person.born] = target

    def find(self, entry: Entry) -> Target | None:
        """The application of the person the row speaks of, or None for somebody not met yet."""
        person = entry.person
        found = self._by_pin.get(person.pin) if person.pin else None
        if found is None and person.document_no and person.born:
            found = self._by_document.get((person.document_no, person.born))
        return found

    def base(self, branch: str, entry: Entry) -> Entry | None:
        """What the same branch's list said of this person last time, or None."""
        text = self.bases.get((branch, identity(entry)))
        return None if text is None else msgspec.json.decode(text, type=Entry)


def identity(entry: Entry) -> str:
    """What ties an office's row to the same row next time: the PIN, else the document."""
    return entry.person.pin or entry.person.document_no


def planned(row: SheetRow, branch: str, file: str, people: People) -> PlannedRow:
    """A row with its verdict: new, known already, or joined with what another row or office said."""
    if row.entry is None or row.status in ("error", "duplicate", "skipped"):
        return PlannedRow(row=row.row, status=row.status, entry=row.entry, issues=row.issues)
    entry = replace(row.entry, branch=branch)
    target = people.find(entry)
    if target is None:
        target = Target(entry, person_id=people.person_ids.get(entry.person.pin))
        target.rows.append((branch, entry))
        people.add(target)
        return PlannedRow(row=row.row, status="new", entry=entry, issues=row.issues, target=target)
    proof = evidence(entry.person, target.entry.person)
    if entry.person.pin == target.entry.person.pin != "" and proof.verdict != "same":
        issue = Issue("error", "pin", "pin_of_another", facts={"name": target.entry.person.full_name})
        return PlannedRow(row=row.row, status="error", entry=entry, issues=(*row.issues, issue))
    base = people.base(branch, entry)
    joined = Merged(target.entry, (), ()) if base == entry else _joined(target, entry, base, file)
    target.entry = joined.entry
    target.touched += joined.touched
    target.conflicts += joined.conflicts
    if base != entry:
        target.rows.append((branch, entry))
    return PlannedRow(
        row=row.row,
        status="changed" if joined.touched or joined.conflicts else "same",
        entry=entry,
        issues=row.issues,
        application=target.known.no if target.known else "",
        evidence=tuple(reason.code for reason in proof.reasons),
        conflicts=tuple(conflict.field for conflict in joined.conflicts),
        target=target,
    )


def _joined(target: Target, entry: Entry, base: Entry | None, file: str) -> Merged:
    joined = merged(target.entry, entry, base=base, source=file)
    standing_conflicts = {
        (c.field, v.value) for c in (target.known.conflicts if target.known else ()) for v in c.versions
    }
    fresh = tuple(c for c in joined.conflicts if (c.field, c.versions[1].value) not in standing_conflicts)
    return Merged(joined.entry, joined.touched, fresh)
