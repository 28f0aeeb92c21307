"""Bringing workbooks in: a plan first, then all of it or nothing; the same file twice is nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants_app.domain.application import State
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.stopping import breathing
from grants_app.paths import shipped
from grants_app.services import standing, upkeep
from grants_app.services.import_planning import (
    ImportPlan,
    People,
    PlannedRow,
    PlannedSheet,
    Target,
    planned,
)
from grants_app.services.import_writing import Entering, targets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from grants_app.domain.campaign import Campaign
    from grants_app.services.access import Office
    from grants_app.sheets.reader import RawBook

__all__ = [
    "ImportPlan",
    "Imported",
    "PlannedRow",
    "PlannedSheet",
    "Target",
    "apply",
    "plan",
    "refusal",
]


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
    from grants_app.sheets.reader import read_workbook
    from grants_app.sheets.rows import read_entries
    from grants_app.sheets.vocabulary import load_vocabulary

    office.demand("import")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    rules = standing.current_rules(office)
    people_met, head = _everybody_known(office)
    sheets: list[PlannedSheet] = []
    left_out: list[str] = []
    digests: list[tuple[str, str]] = []
    vocabulary = load_vocabulary(shipped("db/reference"))
    for done, path in enumerate(files):
        raw = read_workbook(path, command=office.reader_command)
        digests.append((path.name, hashlib.sha256(path.read_bytes()).hexdigest()))
        whose = campaign.setup.receiving(branch or _branch_of(raw, campaign, office.actor.branch))
        book = read_entries(
            raw,
            campaign.setup,
            standing.limits(rules),
            office.today(),
            whose.code,
            vocabulary=vocabulary,
        )
        left_out += [f"{path.name}: {name}" for name in book.left_out]
        for sheet in book.sheets:
            rows = tuple(planned(row, whose.code, path.name, people_met) for row in breathing(sheet.rows))
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


def _everybody_known(office: Office) -> tuple[People, int]:
    """The people the plan may meet, and the journal's head at that moment."""
    with office.store.reading() as reading:
        met = reading.applications(office.campaign_id)
        # Whose application was annulled is entered afresh; the annulled one stays as it is.
        gone = {one.person_id for one in met if one.state is State.ANNULLED}
        people = People(
            [one for one in met if one.state is not State.ANNULLED],
            reading.imported_entries(office.campaign_id),
            {pin: one for pin, one in reading.person_ids_by_pin().items() if one not in gone},
        )
        return people, reading.journal_head()


def _branch_of(raw: RawBook, campaign: Campaign, default: str) -> str:
    """The code of the branch named in the first rows above the table, or in the file's name."""
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
            return named[0].code
    return default


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
    permit = office.demand("import")
    refused = refusal(plan_, accept_warnings=accept_warnings, skip_errors=skip_errors)
    if refused is not None:
        raise refused
    campaign = office.campaign()
    standing.demand_writable(campaign)
    targets = targets_of(plan_)
    fresh = [target for target in targets if target.known is None]
    updated = [target for target in targets if target.known is not None and target.changed]
    if not fresh and not updated:
        return Imported(0, Changed())
    if campaign.state in standing.DECIDED:
        raise Refused("campaign_frozen")
    upkeep.automatic_backup(office, "import")
    rules = standing.current_rules(office)
    with office.store.work(permit) as work:
        if work.journal_head() != plan_.journal_head:
            raise Refused("changed_since_plan")
        entering = Entering(office, work, campaign, rules, plan_, reason)
        touched = [*entering.new(fresh), *entering.known(updated)]
        entering.note(targets, new=len(fresh), changed=len(updated))
        undo = work.reversal(campaign.id, "import.applied")
        work.commit()
    return Imported(len(touched), Changed(applications=frozenset(touched), undo=undo))
