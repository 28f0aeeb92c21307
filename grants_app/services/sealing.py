"""Sealing a run: the chair's sheet obeyed, the file signed, its awards offered, all as one act."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.errors import Altered, Refused
from grants_app.domain.ranking import Minutes
from grants_app.rules import allocation, runfile
from grants_app.services import chair_sheet, runs, standing
from grants_app.services.clock import demand_clock
from grants_app.services.keeping import Seal, keep_sealed
from grants_app.services.runs import Proposal

if TYPE_CHECKING:
    from datetime import date, datetime

    from grants_app.domain.campaign import Campaign
    from grants_app.domain.chair_sheet import ChairSheet, SheetLine
    from grants_app.services.access import Office
    from grants_app.services.chair_sheet import Examined
    from grants_app.store.unit_of_work import UnitOfWork


def by_minutes(minutes_no: str, minutes_on: date) -> str:
    """The minutes as the reason for what the commission accepted by them, in no language."""
    return f"№ {minutes_no.strip()}, {minutes_on:%d.%m.%Y}"


def seal(
    office: Office,
    run_no: int,
    minutes_no: str,
    minutes_on: date,
    confirm_by: datetime | None = None,
    *,
    accepting: str = "",
) -> Proposal:
    """Freeze a draft run under its minutes, sign it, keep its sheet, and offer its seats until `confirm_by`.

    Refused, naming the first, while a finding of the chair's sheet forbids it or wants a reason;
    `accepting` is the reason for all that still want one, kept with the seal. Without `confirm_by` the
    calendar's date holds, if it is still ahead. Refused too when the run is sealed already, when the
    computer's clock is behind, and when the seats do not suffice.
    """
    permit = office.demand("seal")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    demand_clock(office)
    if not minutes_no.strip():
        raise Refused("minutes_missing")
    if accepting.strip():
        chair_sheet.demand_reason(accepting)
    record = runs.run_record(office, run_no)
    if record is None or record.kind != "draft":
        raise Refused("run_not_draft", run=run_no)
    hanging = chair_sheet.fragile(office, record)
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        # Read by another connection: with the campaign locked nobody can change what it sees any more.
        found = _demanded(office, run_no, minutes_no.strip(), hanging, accepting)
        minutes = Minutes(no=minutes_no.strip(), date=minutes_on.isoformat())
        facts = Seal(
            material=replace(found.inputs, minutes=minutes),
            result=found.result,
            minutes_on=minutes_on,
            confirm_by=confirm_by,
        )
        fingerprint = write_sealed(office, work, campaign, found, facts, accepting.strip())
        work.commit()
    return Proposal(id=found.record.id, no=run_no, fingerprint=fingerprint, result=found.result)


def _demanded(office: Office, run_no: int, minutes_no: str, hanging: SheetLine, accepting: str) -> Examined:
    """The run held against the register as it is to be sealed; Refused unless it may be."""
    record = runs.run_record(office, run_no)
    if record is None or record.kind != "draft":
        raise Refused("run_not_draft", run=run_no)
    stored = runfile.parse(runs.run_file(office, run_no))
    if allocation.allocate(stored.inputs) != stored.result:
        raise Altered("run_altered", run=run_no)
    found = chair_sheet.examined(office, record, minutes_no, hanging)
    demand_sealable(found.sheet, accepting)
    return found


def demand_sealable(sheet: ChairSheet, accepting: str = "") -> None:
    """Refuse a seal the sheet forbids; with a reason in hand nothing waits for one any more."""
    if sheet.blocking:
        raise _forbidden(sheet.blocking[0])
    if sheet.waiting and not accepting.strip():
        line = sheet.waiting[0]
        code = f"unaccepted_{line.code}"
        raise Refused(code, n=line.count)


def _forbidden(line: SheetLine) -> Refused:
    match line.code:
        case "open_ties":
            return Refused("run_has_open_ties", n=line.count)
        case "outdated":
            return Refused("run_outdated", run=line.facts["run"])
        case "checker":
            return Refused("checker_objects", n=line.count)
        case "seats":
            return Refused("seats_over_total", seats=line.facts["seats"], total=line.facts["total"])
        case "conflicts":
            return Refused("conflicts_proposed", n=line.facts["proposed"], no=line.applications[0])
        case "quorum":
            return Refused(
                "sheet_quorum",
                minutes=line.facts["minutes"],
                present=line.facts["present"],
                needed=line.facts["needed"],
            )
        case _:  # pragma: no cover - every code that can forbid the seal has its refusal above
            raise AssertionError(line.code)


def write_sealed(
    office: Office, work: UnitOfWork, campaign: Campaign, found: Examined, facts: Seal, accepting: str
) -> str:
    """Write the reasons, the seal, the offers and the sheet; answers the fingerprint."""
    for line in found.sheet.waiting:
        chair_sheet.put_reason(office, work, found.record, line, accepting)
    fingerprint = keep_sealed(office, work, campaign, found.record, facts)
    sheet = _as_sealed(office, found.sheet, fingerprint, facts.minutes_on, accepting)
    chair_sheet.keep(office, work, found.record, sheet)
    return fingerprint


def _as_sealed(
    office: Office, sheet: ChairSheet, fingerprint: str, minutes_on: date, accepting: str
) -> ChairSheet:
    """The sheet as it is kept: sealed, under its minutes, every line that wanted a reason with it."""
    waiting = {line.code for line in sheet.waiting}
    return replace(
        sheet,
        sealed=True,
        fingerprint=fingerprint,
        minutes_on=minutes_on,
        lines=tuple(
            replace(line, reason=accepting, accepted_by=office.actor.name, earlier="")
            if line.code in waiting
            else line
            for line in sheet.lines
        ),
    )
