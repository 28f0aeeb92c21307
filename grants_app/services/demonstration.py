"""The sample campaign from two offices' workbooks to letters, with every decision recorded and said aloud."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.paths import shipped
from grants_app.services import (
    chair_sheet,
    conflicts,
    decisions,
    exports,
    imports,
    intake,
    letters,
    runs,
    sealing,
    sheet_words,
)
from grants_app.services.files import make_folder, write_whole
from grants_app.services.office import keys
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from grants_app.domain.application import Application, Conflict
    from grants_app.domain.chair_sheet import LineCode
    from grants_app.services.access import Office
    from grants_app.services.runs import Proposal
    from grants_app.wording import Words

MARKER = ".grants-app-demo"
# The sample plays in its own summer, so that its papers carry the same dates and bytes every time.
SAMPLE_DAY = datetime(2026, 8, 6, 9, 0, tzinfo=UTC)
MINUTES = ("3", date(2026, 8, 6))
LOT_SEED = "2026-08-06/3"
WORKBOOKS = (
    ("resources/sample/bishkek.xlsx", "KAZNU-BSH"),
    ("resources/sample/osh.ods", "ENU-OSH"),
    ("resources/sample/osh_late_cp1251.csv", "ENU-OSH"),
)
LISTS = ("shortlist", "public", "reserve", "ledger")
# Why the sample's commission seals although its sheet is not all in order: what an office would write.
_REASONS: Mapping[LineCode, str] = {
    "unverified": mark("Sample decision: the results were compared with the lists of the test centre."),
    "unfrozen": mark("Sample decision: the sample's data stay as they are after its intake closed."),
    "papers_missing": mark("Sample decision: the documents are due before the letters are handed out."),
    "consent_missing": mark("Sample decision: the consents are signed before the letters are handed out."),
    "grounds_unproven": mark("Sample decision: proof of the priority category is due before the answer."),
    "accepted_warnings": mark("Sample decision: warnings were resolved when the lists were imported."),
    "backup": mark("Sample data: a backup is made after the meeting."),
}
_ANY_REASON = mark("Sample decision: reviewed and accepted by the commission.")
MOST_DECISIONS = 200  # a draw settles at least one tie each time; more would be a bug


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What the demonstration made."""

    applications: int
    admitted: int
    awards: int
    letters: int
    conflicts_decided: int
    ties_decided: int
    files: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """As `demo --json` prints it."""
        return asdict(self)


def clear_folder(folder: Path) -> None:
    """Make the folder, or clear an earlier demonstration out of it; refuse one that holds anything else."""
    if not folder.exists():
        make_folder(folder)
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARKER).exists()):
        raise Refused("demo_folder_taken", folder=str(folder))
    for name in ("letters", "lists"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for path in folder.glob("grants.sqlite*"):
        path.unlink()
    (folder / "run.json").unlink(missing_ok=True)


def run(office: Office, words: Words, folder: Path, say: Callable[[str], None], trusted_keys: Path) -> Made:
    """Play the sample campaign in a new database and write its papers, lists and run file into the folder."""
    write_whole(folder / MARKER, b"")
    office = replace(office, clock=lambda: SAMPLE_DAY)
    fill(office, words, say)
    conflicts = settle_conflicts(office, words, say)
    sealed, ties = seal_sample(office, words, say)
    written = letters.write_all(office, folder / "letters")
    say(words.plural("{n} letter written.", "{n} letters written.", len(written)))
    files = [str(one.file) for one in written]
    for kind in LISTS:
        for form in ("xlsx", "csv", "pdf"):
            target = folder / "lists" / f"{kind}.{form}"
            exports.write(office, words, kind, form, target)
            files.append(str(target))
    write_whole(folder / "run.json", runs.run_file(office))
    files.append(str(folder / "run.json"))
    keys.trust_own(office, trusted_keys)
    total, _ = intake.lines(office, limit=1)
    admitted = {row.application for pool in runs.ranked(office) for row in pool.rows}
    return Made(
        applications=total,
        admitted=len(admitted),
        awards=len(sealed.result.awards),
        letters=len(written),
        conflicts_decided=conflicts,
        ties_decided=ties,
        files=tuple(files),
    )


def fill(office: Office, words: Words, say: Callable[[str], None]) -> None:
    """Import the sample workbooks, each for its office; doubtful rows accepted, impossible ones left out."""
    for place, branch in WORKBOOKS:
        plan = imports.plan(office, [shipped(place)], branch=branch)
        written = imports.apply(
            office, plan, accept_warnings=True, skip_errors=True, reason=words("Sample data")
        ).written
        say(
            words(
                "{file}: {written} applications imported, {errors} rows with errors skipped.",
                file=place.rsplit("/", maxsplit=1)[-1],
                written=written,
                errors=plan.counts()["error"],
            )
        )


def settle_conflicts(office: Office, words: Words, say: Callable[[str], None]) -> int:
    """Decide every conflict between the offices the way an officer records it: by paper, with a reason."""
    with office.store.reading() as reading:
        waiting = [found for found in reading.applications(office.campaign_id) if found.in_conflict]
    decided = 0
    for application in waiting:
        current = application
        for conflict in application.conflicts:
            if not conflict.open:
                continue
            current = _decide(office, words, current, conflict)
            decided += 1
    say(
        words(
            "{people} people applied at both branches; {n} conflicts were resolved from their documents.",
            people=len(waiting),
            n=decided,
        )
    )
    return decided


def _decide(office: Office, words: Words, application: Application, conflict: Conflict) -> Application:
    """The sample keeps what the first office recorded, and says so."""
    paper = words("signed application")
    if conflict.field.startswith("score:"):
        paper = words("test certificate")
    elif conflict.field == "grounds":
        paper = words("document proving the priority category")
    elif conflict.field.startswith("person:"):
        paper = words("identity card")
    return conflicts.decide(
        office,
        application.id,
        application.version,
        conflict.field,
        conflict.versions[0].value,
        paper=paper,
        reason=words("Sample decision: the value matches the document shown."),
    ).application


def seal_sample(office: Office, words: Words, say: Callable[[str], None]) -> tuple[Proposal, int]:
    """Settle the ties by lot and seal the run; answers the run and how many ties were decided."""
    proposal, ties = settle_ties(office, words, say)
    accept_findings(office, words, say, proposal.no)
    sealed = sealing.seal(office, proposal.no, *MINUTES)
    say(words("Run {no} sealed under minutes No. {minutes}.", no=sealed.no, minutes=MINUTES[0]))
    return sealed, ties


def accept_findings(office: Office, words: Words, say: Callable[[str], None], run_no: int) -> None:
    """Look at the chair's sheet and accept what wants a reason, each line with the sample's own."""
    waiting = chair_sheet.look(office, run_no, MINUTES[0]).waiting
    reasons = {line.code: words(_REASONS.get(line.code, _ANY_REASON)) for line in waiting}
    chair_sheet.accept(office, run_no, reasons)
    for line in chair_sheet.look(office, run_no, MINUTES[0]).lines:
        if line.standing == "accepted":
            say(sheet_words.accepted(words, line))


def settle_ties(office: Office, words: Words, say: Callable[[str], None]) -> tuple[Proposal, int]:
    """Propose, and decide every boundary tie by a recorded lot, until none is open."""
    decided = 0
    proposal = runs.propose(office)
    while proposal.result.open_ties and decided < MOST_DECISIONS:
        for tie in proposal.result.open_ties:
            decisions.decide_tie(
                office,
                tie.pool,
                tie.applications,
                decisions.TieHow(
                    kind="lot",
                    minutes_no=MINUTES[0],
                    on=MINUTES[1],
                    seed=f"{LOT_SEED}-{decided + 1}",
                    present=words("members of the commission"),
                ),
            )
            decided += 1
        proposal = runs.propose(office)
    say(
        words("There is no tie at the last seat.")
        if not decided
        else words.plural(
            "{n} tie at the last seat decided by a recorded draw.",
            "{n} ties at the last seat decided by recorded draws.",
            decided,
        )
    )
    return proposal, decided
