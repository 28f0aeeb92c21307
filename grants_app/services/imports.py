"""Bringing workbooks in: a plan first, then all of it or nothing; the same file twice is nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.application import AcceptedWarning, Application, Conflict, Entry, State
from grants_app.domain.errors import Refused
from grants_app.domain.imports import Issue, RowStatus, SheetColumn
from grants_app.domain.journal import Changed
from grants_app.domain.matching import evidence
from grants_app.paths import shipped
from grants_app.services import standing, upkeep
from grants_app.services.entry_changes import changes, text_of
from grants_app.services.merging import Merged, merged
from grants_app.sheets.reader import RawBook, read_workbook
from grants_app.sheets.rows import read_entries
from grants_app.sheets.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from grants_app.domain.campaign import Branch, Campaign
    from grants_app.domain.imports import SheetRow
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork


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


@dataclass(frozen=True, slots=True)
class Imported:
    """What an applied plan wrote: how many applications, and what changed."""

    written: int
    changed: Changed


def plan(
    office: Office,
    files: Sequence[Path],
    *,
    branch: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> ImportPlan:
    """Read the files in a confined process, judge every row, and find out who is already known.

    Without `branch`, each table belongs to the branch its own title or the file's name speaks of, else
    to the branch at the desk. Refused when a file cannot be read at all.
    """
    office.demand("import")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    rules = standing.current_rules(office)
    with office.store.reading() as reading:
        known = reading.applications(campaign.id)
        bases = reading.imported_entries(campaign.id)
        head = reading.journal_head()
        people = reading.person_ids_by_pin()
    people_met = _People(known, bases, people)
    sheets: list[PlannedSheet] = []
    left_out: list[str] = []
    digests: list[tuple[str, str]] = []
    vocabulary = load_vocabulary(shipped("db/reference"))
    for done, path in enumerate(files):
        raw = read_workbook(path, command=office.reader_command)
        digests.append((path.name, hashlib.sha256(path.read_bytes()).hexdigest()))
        whose = campaign.setup.branch(branch) if branch else _branch_of(raw, campaign, office.actor.branch)
        book = read_entries(
            raw,
            campaign.setup,
            standing.limits(rules),
            office.now().date(),
            whose.code,
            vocabulary=vocabulary,
        )
        left_out += [f"{path.name}: {name}" for name in book.left_out]
        for sheet in book.sheets:
            rows = tuple(_planned(row, whose.code, path.name, people_met) for row in sheet.rows)
            sheets.append(
                PlannedSheet(
                    file=sheet.file, sheet=sheet.sheet, branch=whose.code, columns=sheet.columns, rows=rows
                )
            )
        if progress is not None:
            progress(done + 1, len(files))
    return ImportPlan(
        sheets=tuple(sheets), digests=tuple(digests), journal_head=head, left_out=tuple(left_out)
    )


def _branch_of(raw: RawBook, campaign: Campaign, default: str) -> Branch:
    """The branch named in the first rows above the table, or in the file's name."""
    opening = " ".join(
        str(cell) for sheet in raw.sheets[:1] for row in sheet.rows[:3] for cell in row if cell
    )
    for text in (opening.casefold(), raw.file.casefold()):
        named = [
            branch
            for branch in campaign.setup.branches
            if any(
                name and name.casefold() in text
                for names in (branch.city, branch.short)
                for name in (names.ky, names.ru, names.kk, names.en)
            )
        ]
        if len(named) == 1:
            return named[0]
    return campaign.setup.branch(default)


class _People:
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
        for application in known:
            self.add(Target(application.entry, application, application.person_id))

    def add(self, target: Target) -> None:
        person = target.entry.person
        if person.pin:
            self._by_pin[person.pin] = target
        if person.document_no and person.born:
            self._by_document[person.document_no, person.born] = target

    def find(self, entry: Entry) -> Target | None:
        person = entry.person
        found = self._by_pin.get(person.pin) if person.pin else None
        if found is None and person.document_no and person.born:
            found = self._by_document.get((person.document_no, person.born))
        return found

    def base(self, branch: str, entry: Entry) -> Entry | None:
        text = self.bases.get((branch, identity(entry)))
        return None if text is None else msgspec.json.decode(text, type=Entry)


def identity(entry: Entry) -> str:
    """What ties an office's row to the same row next time: the PIN, else the document."""
    return entry.person.pin or entry.person.document_no


def _planned(row: SheetRow, branch: str, file: str, people: _People) -> PlannedRow:
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


def refusal(plan_: ImportPlan, *, accept_warnings: bool, skip_errors: bool) -> Refused | None:
    """Why the plan may not be applied as it stands, or None."""
    errors = plan_.counts()["error"]
    if errors and not skip_errors:
        return Refused("import_has_errors", n=errors)
    warnings = plan_.issues("warning")
    if warnings and not accept_warnings:
        return Refused("import_has_warnings", n=warnings)
    return None


def apply(
    office: Office,
    plan_: ImportPlan,
    *,
    accept_warnings: bool = False,
    skip_errors: bool = False,
    reason: str = "",
) -> Imported:
    """Write the plan in one transaction, after a verified backup; all of it or nothing."""
    office.demand("import")
    refused = refusal(plan_, accept_warnings=accept_warnings, skip_errors=skip_errors)
    if refused is not None:
        raise refused
    campaign = office.campaign()
    standing.demand_writable(campaign)
    targets = _targets(plan_)
    fresh = [target for target in targets if target.known is None]
    updated = [target for target in targets if target.known is not None and target.changed]
    if not fresh and not updated:
        return Imported(0, Changed())
    if campaign.state in standing.DECIDED:
        raise Refused("campaign_frozen")
    upkeep.automatic_backup(office, "import")
    rules = standing.current_rules(office)
    accepted = _accepted(plan_, office.actor.name, reason)
    with office.store.work() as work:
        if work.journal_head() != plan_.journal_head:
            raise Refused("changed_since_plan")
        numbers = _write_new(office, work, campaign, rules, fresh, accepted)
        _write_known(office, work, campaign, rules, updated)
        work.imports.add(
            campaign.id,
            files=plan_.digests,
            counts=dict(plan_.counts()),
            entries=[
                (branch, identity(entry), msgspec.json.encode(entry).decode())
                for target in targets
                for branch, entry in target.rows
            ],
            at=office.clock(),
            by=office.actor.name,
        )
        work.journal.add(
            office.actor,
            "import.applied",
            ", ".join(name for name, _ in plan_.digests),
            after=text_of(
                {"new": len(fresh), "changed": len(updated), "sha256": [d for _, d in plan_.digests]}
            ),
            reason=reason,
            campaign=campaign.id,
        )
        work.commit()
    return Imported(
        len(fresh) + len(updated),
        Changed(applications=frozenset(numbers) | {t.known.id for t in updated if t.known}),
    )


def _targets(plan_: ImportPlan) -> list[Target]:
    seen: dict[int, Target] = {}
    for sheet in plan_.sheets:
        for row in sheet.rows:
            if row.target is not None:
                seen.setdefault(id(row.target), row.target)
    return list(seen.values())


def _accepted(plan_: ImportPlan, name: str, reason: str) -> dict[int, tuple[AcceptedWarning, ...]]:
    accepted: dict[int, tuple[AcceptedWarning, ...]] = {}
    for sheet in plan_.sheets:
        for row in sheet.rows:
            if row.target is None:
                continue
            warnings = tuple(
                AcceptedWarning(
                    code=issue.code,
                    field=issue.field,
                    reason=reason or f"{sheet.file} {issue.cell}",
                    accepted_by=name,
                )
                for issue in row.issues
                if issue.severity == "warning"
            )
            accepted[id(row.target)] = accepted.get(id(row.target), ()) + warnings
    return accepted


def _write_new(
    office: Office,
    work: UnitOfWork,
    campaign: Campaign,
    rules: RuleSet,
    fresh: list[Target],
    accepted: Mapping[int, tuple[AcceptedWarning, ...]],
) -> list[int]:
    made: list[Application] = []
    numbers = {
        branch.code: iter(
            work.applications.next_numbers(
                campaign.id, branch.letter, sum(t.entry.branch == branch.code for t in fresh)
            )
        )
        for branch in campaign.setup.branches
    }
    for target in fresh:
        entry = replace(target.entry, accepted=accepted.get(id(target), ()))
        made.append(
            Application(
                id=0,
                campaign=campaign.id,
                person_id=target.person_id or 0,
                no=next(numbers[entry.branch]),
                state=State.SUBMITTED,
                entry=entry,
                conflicts=tuple(target.conflicts),
                entered_at=office.clock(),
                entered_by=office.actor.name,
                late=standing.is_late(entry, campaign),
            )
        )
    flags = {application.no: standing.flags_of(application, campaign) for application in made}
    ids = work.applications.add_many(made, standing.first_scores(made, campaign, rules), flags)
    for application in made:
        work.journal.add(
            office.actor,
            "application.imported",
            application.no,
            after=text_of(changes(None, application.entry)[1]),
            campaign=campaign.id,
        )
    return list(ids)


def _write_known(
    office: Office, work: UnitOfWork, campaign: Campaign, rules: RuleSet, updated: list[Target]
) -> None:
    for target in updated:
        known = target.known
        if known is None:  # pragma: no cover - the caller keeps the new ones apart
            continue
        before, after = changes(known.entry, target.entry)
        if any(key.startswith("person.") for key in after):
            work.persons.put(known.person_id, target.entry.person)
        saved = work.applications.put(
            replace(known, entry=target.entry, conflicts=known.conflicts + tuple(target.conflicts)),
            seen=known.version,
        )
        standing.refresh_line(work, saved, campaign, rules)
        work.journal.add(
            office.actor,
            "application.merged",
            known.no,
            before=text_of(before),
            after=text_of(after | {"conflicts": [c.field for c in target.conflicts]}),
            campaign=campaign.id,
        )
