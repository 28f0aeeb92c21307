"""Runs: propose, look at, explain; the rules decide, this joins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import (
    Explanation,
    Out,
    Ranked,
    RunInputs,
    RunResult,
)
from grants_app.domain.values import Finding
from grants_app.rules import allocation, checker, explanation, runfile
from grants_app.rules.merit import MeritMaker
from grants_app.services import gathering, standing
from grants_app.services.keeping import Draft, keep_draft
from grants_app.services.run_inputs import pools_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grants_app.domain.campaign import CampaignSetup, Pool
    from grants_app.domain.ruleset import RuleSet
    from grants_app.domain.runs import PoolSummary, RunRecord
    from grants_app.services.access import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A run as it was proposed or sealed, with what the independent checker found.

    `void_ties` names each recorded order of equals the run could not obey any more, and why.
    """

    id: int
    no: int
    fingerprint: str
    result: RunResult
    findings: tuple[Finding, ...] = ()
    void_ties: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolView:
    """One pool in a run: seats, how many are filled, who competes, the cutoff's total, a tie waiting."""

    pool: str
    seats: int
    filled: int
    competing: int
    cutoff: str
    tie: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """The run in force for the screens: the newest draft, else the last sealed one."""

    id: int
    no: int
    state: Literal["none", "draft", "sealed"]
    outdated: bool
    minutes_no: str
    minutes_on: date | None
    fingerprint: str
    pools: tuple[PoolView, ...]
    result: RunResult
    rules: int = 0
    """The version of the rules the run was made by; 0 before the first run."""


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One line of a ranked list."""

    position: int
    application: str
    merit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RankedPool:
    """A pool's ranked list of everybody admitted."""

    pool: str
    rows: tuple[RankedRow, ...]


def gathered(office: Office, rules: RuleSet | None = None) -> Ranked:
    """Everything a run depends on as the register stands now, under today's rules or the ones given.

    Recorded orders of equals that do not hold are left out.
    """
    return gathering.gathered(office, rules)[0]


def ranked(office: Office) -> tuple[RankedPool, ...]:
    """Everybody admitted, per pool, best first; equals share a position; nothing is written."""
    pools: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    material = gathered(office).inputs
    for application in material.applications:
        for choice in application.choices:
            pools.setdefault(choice.pool, []).append((choice.merit, application.no))
    return tuple(
        RankedPool(pool.id, _positions(pools.get(pool.id, [])))
        for pool in sorted(material.pools, key=lambda one: one.id)
    )


def _positions(members: list[tuple[tuple[str, ...], str]]) -> tuple[RankedRow, ...]:
    members.sort(key=lambda one: (tuple(-Decimal(value) for value in one[0]), one[1]))
    rows: list[RankedRow] = []
    for index, (merit, number) in enumerate(members):
        same = bool(rows) and rows[-1].merit == merit
        rows.append(RankedRow(rows[-1].position if same else index + 1, number, merit))
    return tuple(rows)


def propose(office: Office, progress: Callable[[int, int], None] | None = None) -> Proposal:
    """Rank, allocate and explain everybody as the register stands, and keep it as a draft run."""
    permit = office.demand("run")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    steps = _steps(progress)
    material, ties = gathering.gathered(office)
    next(steps)
    lists = allocation.checked_standings(material.inputs)
    result = allocation.allocate_checked(material.inputs, lists)
    next(steps)
    told = explanation.explain_all(material, result, lists)
    next(steps)
    findings = checker.check_result(material.inputs, result, material.not_admitted)
    next(steps)
    with office.store.work(permit) as work:
        record, fingerprint = keep_draft(office, work, Draft(material, ties, result, told))
        work.commit()
    return Proposal(
        id=record.id,
        no=record.no,
        fingerprint=fingerprint,
        result=result,
        findings=findings,
        void_ties=ties.findings,
    )


def _steps(progress: Callable[[int, int], None] | None) -> Iterator[int]:
    total = 4
    for done in range(1, total + 2):
        if progress is not None:
            progress(min(done, total), total)
        yield done


def outdated(office: Office, record: RunRecord) -> bool:
    """Whether the register or the rules in force have changed since a draft run was proposed."""
    if record.kind == "sealed":
        return False
    current = gathered(office)
    if current.ruleset.version != record.rules:
        return True
    stored = runfile.parse(_file(office, record)).inputs
    return runfile.canonical(current.inputs, None) != runfile.canonical(stored, None)


def _file(office: Office, record: RunRecord) -> bytes:
    with office.store.reading() as reading:
        return reading.run_file(record.id)


def run_file(office: Office, run_no: int | None = None) -> bytes:
    """The run file of a run, as it was proposed or sealed; Refused when there is no run."""
    record = run_record(office, run_no)
    if record is None:
        raise Refused("no_run_yet")
    return _file(office, record)


def run_record(office: Office, run_no: int | None = None) -> RunRecord | None:
    """The run with this number (Refused when there is none), or the one in force."""
    with office.store.reading() as reading:
        if run_no is None:
            return reading.last_run(office.campaign_id)
        return reading.run_by_no(office.campaign_id, run_no)


def overview(office: Office) -> RunView:
    """The run in force with its pools, for the screens."""
    record = run_record(office)
    setup = office.campaign().setup
    if record is None:
        return RunView(
            id=0,
            no=0,
            state="none",
            outdated=False,
            minutes_no="",
            minutes_on=None,
            fingerprint="",
            pools=tuple(_pool_view(pool, None, tied=False) for pool in setup.pools),
            result=RunResult(),
        )
    result = runfile.parse(_file(office, record)).result or RunResult()
    with office.store.reading() as reading:
        summaries = {one.pool: one for one in reading.pool_summaries(record.id)}
    tied = {tie.pool for tie in result.open_ties}
    return RunView(
        id=record.id,
        no=record.no,
        state="sealed" if record.kind == "sealed" else "draft",
        outdated=outdated(office, record),
        minutes_no=record.minutes_no,
        minutes_on=record.minutes_on,
        fingerprint=record.fingerprint,
        pools=tuple(_pool_view(pool, summaries.get(pool.id), tied=pool.id in tied) for pool in setup.pools),
        result=result,
        rules=record.rules,
    )


def _pool_view(pool: Pool, summary: PoolSummary | None, *, tied: bool) -> PoolView:
    return PoolView(
        pool=pool.id,
        seats=pool.seats,
        filled=summary.awarded if summary else 0,
        competing=summary.competing if summary else 0,
        cutoff=summary.cutoff[0] if summary and summary.cutoff else "",
        tie=tied,
    )


def explain(office: Office, application_no: str, run_no: int | None = None) -> Explanation:
    """Why an application has its place, as the run itself recorded it; nothing is computed again."""
    record = run_record(office, run_no)
    if record is None:
        raise Refused("no_run_yet")
    with office.store.reading() as reading:
        return reading.explanation(record.id, application_no.strip().upper())


def without(material: RunInputs, application: str) -> RunInputs:
    """The inputs with one holder gone: neither held nor placed any more, and out of the competition."""
    return replace(
        material,
        holds=tuple(hold for hold in material.holds if hold.application != application),
        placements=tuple(one for one in material.placements if one.application != application),
        out=tuple(
            sorted((*material.out, Out(application=application, why="left")), key=lambda one: one.application)
        ),
    )


def merit_levels(setup: CampaignSetup, rules: RuleSet) -> dict[str, tuple[str, ...]]:
    """For each pool, which level every element of its merit belongs to."""
    return {pool.id: MeritMaker(rules, pool).levels for pool in pools_of(setup)}
