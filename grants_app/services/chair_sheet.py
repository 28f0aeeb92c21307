"""The chair's sheet of a run: drawn from the register, accepted line by line, kept once the run is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.chair_sheet import AcceptedFinding, ChairSheet, LineCode, SheetLine
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.ranking import RunInputs, RunResult
from grants_app.domain.runs import PoolSummary, RunRecord
from grants_app.domain.sensitivity import FRAGILE_KINDS, Sensitivity
from grants_app.rules import runfile
from grants_app.services import commission, duplicates, runs, sensitivity, sheet_counts, standing, today
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork

KIND = "chair_sheet"
LONGEST_REASON = 300
BACKUP_AGE = timedelta(days=1)  # a seal stands on a copy of the same working day


@dataclass(frozen=True, slots=True)
class Examined:
    """A draft run with its sheet, and the inputs and result its file holds."""

    record: RunRecord
    sheet: ChairSheet
    inputs: RunInputs
    result: RunResult


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands on a sheet beside the counts: pools, fragile grants, the minutes, reasons given."""

    summaries: tuple[PoolSummary, ...]
    hanging: SheetLine
    minutes_no: str
    accepted: Mapping[str, AcceptedFinding] = field(default_factory=dict)


def look(office: Office, run_no: int | None = None, minutes_no: str = "") -> ChairSheet:
    """The sheet of a draft as the register stands now, or of a sealed run as it was sealed.

    Without a number it is that of the run in force. The quorum is asked of the meeting under these minutes.
    """
    record = runs.run_record(office, run_no)
    if record is None:
        raise Refused("no_run_yet")
    if record.kind == "sealed":
        return kept(office, record)
    return examined(office, record, minutes_no, fragile(office, record)).sheet


def kept(office: Office, record: RunRecord) -> ChairSheet:
    """The sheet a run was sealed with; Refused for a run sealed before sheets were kept."""
    with office.store.reading() as reading:
        papers = [paper for paper in reading.papers(office.campaign_id, kind=KIND) if paper.run == record.id]
    if not papers:
        raise Refused("sheet_not_kept", run=record.no)
    return msgspec.json.decode(papers[-1].facts, type=ChairSheet)


def fragile(office: Office, record: RunRecord) -> SheetLine:
    """The line of the grants that hang on a small change; it takes many allocations, so it is asked apart.

    Of a run out of date nothing is asked: the register of now may contradict it, and it is not sealed anyway.
    """
    return fragile_line(
        Sensitivity() if runs.outdated(office, record) else sensitivity.warnings(office, record.no)
    )


def fragile_line(found: Sensitivity) -> SheetLine:
    """The same line of grants found fragile already."""
    holders = found.holders()
    return SheetLine(
        code="sensitivity",
        count=len(holders),
        weight="reason",
        applications=holders,
        facts={kind: str(len(found.holders(kind))) for kind in FRAGILE_KINDS},
    )


def examined(office: Office, record: RunRecord, minutes_no: str, hanging: SheetLine) -> Examined:
    """A draft run held against the register as it stands now; `hanging` is its line of fragile grants."""
    with office.store.reading() as reading:
        summaries = tuple(reading.pool_summaries(record.id))
        accepted = {one.code: one for one in reading.accepted_findings(record.id)}
    basis = _basis(office, record)
    return drawn(office, record, basis, Beside(summaries, hanging, minutes_no, accepted))


def drawn(office: Office, record: RunRecord, basis: sheet_counts.Basis, beside: Beside) -> Examined:
    """The sheet out of what was gathered; of the run itself nothing is read, it may not be committed yet."""
    with office.store.reading() as reading:
        before = _before(reading.runs(record.campaign), record)
        earlier = (before.no, before.kind == "sealed", reading.run_file(before.id)) if before else None
    minutes_no = beside.minutes_no
    differ = sheet_counts.difference(earlier, basis.inputs, basis.result)
    lines = (
        *sheet_counts.counted(basis),
        sheet_counts.intake_line(basis.campaign, office.now()),
        sheet_counts.freeze_line(basis.campaign),
        beside.hanging,
        sheet_counts.difference_line(differ),
        _backup(office),
        _quorum(office, minutes_no),
    )
    sheet = ChairSheet(
        run=record.no,
        round=record.round,
        rules=record.rules,
        sealed=False,
        total=basis.inputs.total,
        proposed=len(basis.result.awards),
        pools=sheet_counts.pools_of(basis.campaign, beside.summaries),
        lines=tuple(_with_reason(line, beside.accepted) for line in lines),
        difference=differ,
        fingerprint=runfile.fingerprint(runfile.canonical(basis.inputs, basis.result)),
        made_at=office.now(),
        made_by=office.actor.name,
        minutes_no=minutes_no,
    )
    return Examined(record, sheet, basis.inputs, basis.result)


def _basis(office: Office, record: RunRecord) -> sheet_counts.Basis:
    with office.store.reading() as reading:
        stored = runfile.parse(reading.run_file(record.id))
        applications = {one.no: one for one in reading.applications(record.campaign)}
        run_lines = reading.run_lines(record.id)
    return sheet_counts.Basis(
        run=record.no,
        rules_version=record.rules,
        inputs=stored.inputs,
        result=stored.result or RunResult(),
        current=runs.gathered(office),
        applications=applications,
        campaign=office.campaign(),
        rules=standing.current_rules(office),
        run_lines=run_lines,
        pairs=duplicates.pairs(office),
        standing=standing.of_office(office),
    )


def _before(every: Sequence[RunRecord], record: RunRecord) -> RunRecord | None:
    """The last sealed run before this one, else the draft before it; `every` has the latest first."""
    earlier = [one for one in every if one.no < record.no and one.kind != "scenario"]
    return next((one for one in earlier if one.kind == "sealed"), next(iter(earlier), None))


def _backup(office: Office) -> SheetLine:
    """A copy of the database not older than a day, else a reason."""
    last = today.last_backup(office)
    age = None if last is None else max(timedelta(0), office.clock() - last)
    facts = {} if age is None else {"hours": str(int(age.total_seconds()) // 3600)}
    old = age is None or age > BACKUP_AGE
    return SheetLine(code="backup", count=int(old), weight="reason", facts=facts)


def _quorum(office: Office, minutes_no: str) -> SheetLine:
    """The quorum of the sitting under these minutes; only told where no such sitting is recorded."""
    with office.store.reading() as reading:
        recorded = minutes_no and minutes_no in {
            meeting.minutes_no for meeting in reading.meetings(office.campaign_id)
        }
    if not recorded:
        return SheetLine(code="quorum", count=1, weight="note", facts={"minutes": minutes_no})
    there = commission.quorum(office, minutes_no)
    facts = {"present": str(there.present), "needed": str(there.needed), "minutes": minutes_no}
    return SheetLine(code="quorum", count=int(not there.reached), weight="blocks", facts=facts)


def _with_reason(line: SheetLine, accepted: Mapping[str, AcceptedFinding]) -> SheetLine:
    """The line with the reason given for it, as an earlier one where it counted other cases then."""
    known = accepted.get(line.code)
    if known is None:
        return line
    if known.extent != line.extent:
        return replace(line, earlier=known.reason)
    return replace(line, reason=known.reason, accepted_by=known.by, earlier="")


def accept(
    office: Office, run_no: int, reasons: Mapping[LineCode, str], seen: ChairSheet | None = None
) -> Changed:
    """Accept lines of a draft's sheet, each with its reason; a reason given again replaces the first.

    `seen` is the sheet somebody is looking at; without it the sheet is drawn up anew.
    """
    permit = office.demand("seal")
    standing.demand_writable(office.campaign())
    record = runs.run_record(office, run_no)
    if record is None or record.kind != "draft":
        raise Refused("run_not_draft", run=run_no)
    sheet = seen if seen is not None and seen.run == run_no else look(office, run_no)
    lines = {line.code: line for line in sheet.lines if line.count and line.weight == "reason"}
    for code, reason in reasons.items():
        if code not in lines:
            raise Refused("finding_not_open", run=run_no)
        demand_reason(reason)
    with office.store.work(permit) as work:
        for code, reason in sorted(reasons.items()):
            put_reason(office, work, record, lines[code], reason)
        work.commit()
    return Changed(runs=True)


def with_reasons(office: Office, sheet: ChairSheet) -> ChairSheet:
    """A sheet drawn up before, with the reasons given since."""
    record = runs.run_record(office, sheet.run)
    if record is None:
        return sheet
    with office.store.reading() as reading:
        accepted = {one.code: one for one in reading.accepted_findings(record.id)}
    return replace(sheet, lines=tuple(_with_reason(line, accepted) for line in sheet.lines))


def with_minutes(office: Office, sheet: ChairSheet, minutes_no: str) -> ChairSheet:
    """A sheet drawn up before, with the quorum of the sitting under these minutes."""
    quorum = _quorum(office, minutes_no)
    lines = tuple(quorum if line.code == "quorum" else line for line in sheet.lines)
    return replace(sheet, lines=lines, minutes_no=minutes_no)


def demand_reason(reason: str) -> None:
    """Refuse an empty reason, and one that would not fit the sheet's page."""
    if not reason.strip():
        raise Refused("reason_missing")
    if len(reason.strip()) > LONGEST_REASON:
        raise Refused("text_too_long", most=LONGEST_REASON)


def put_reason(office: Office, work: UnitOfWork, record: RunRecord, line: SheetLine, reason: str) -> None:
    """Keep why a line was accepted, with its journal entry, within somebody's transaction."""
    work.accepted.put(
        AcceptedFinding(
            run=record.id,
            code=line.code,
            reason=reason.strip(),
            at=office.clock(),
            by=office.actor.name,
            extent=line.extent,
        )
    )
    work.journal.add(
        "finding.accepted",
        str(record.no),
        reason=reason.strip(),
        after=text_of({"finding": line.code, "count": line.count}),
        campaign=record.campaign,
    )


def keep(office: Office, work: UnitOfWork, record: RunRecord, sheet: ChairSheet) -> None:
    """Keep the sheet of the run being sealed as a numbered paper, within the sealing's transaction."""
    setup = office.campaign().setup
    codes = [branch.code for branch in setup.branches]
    branch = setup.branch(office.actor.branch if office.actor.branch in codes else codes[0])
    number = work.papers.next_number(record.campaign, branch.code, KIND, branch.prefix, setup.code)
    work.papers.add(
        campaign=record.campaign,
        kind=KIND,
        branch=branch.code,
        number=number,
        application=None,
        award=None,
        run=record.id,
        langs=(),
        facts=msgspec.json.encode(sheet).decode(),
        at=office.clock(),
        by=office.actor.name,
    )
    work.journal.add(
        "paper.issued",
        number,
        after=text_of({"run": record.no}),
        campaign=record.campaign,
    )
