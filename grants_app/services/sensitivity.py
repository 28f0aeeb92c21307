"""Which grants of a run hang by a thread, for the warning before sealing; the rules find out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.rules import allocation, runfile, sensitivity
from grants_app.rules.inputs import prepare
from grants_app.rules.tie_orders import obeyed
from grants_app.services import runs

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.ranking import Ranked
    from grants_app.domain.runs import RunRecord
    from grants_app.domain.sensitivity import Sensitivity
    from grants_app.services.access import Office

MOST = 500
"""Allocations for single people's results at most; a campaign of 50 grants asks for some sixty."""


def warnings(
    office: Office,
    run_no: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    most: int | None = MOST,
) -> Sensitivity:
    """The grants of a run (the one in force when none is named) that a small change would take away.

    The run's own rules, seats and decisions are applied to the people as the register holds them now; when
    that is no longer what the run was made from, the answer says so (`outdated`). Without a run, it is
    about what proposing now would give. Nothing is written.
    """
    record = runs.run_record(office, run_no)
    now = runs.gathered(office)
    ranked, outdated = (now, False) if record is None else _as_run(office, now, record)
    result = allocation.allocate(ranked.inputs)
    found = sensitivity.fragile(ranked, result, most=most, progress=progress)
    return replace(found, run=record.no if record else 0, outdated=outdated)


def _as_run(office: Office, now: Ranked, record: RunRecord) -> tuple[Ranked, bool]:
    """The people of now under a run's rules, seats and decisions, and whether that differs from the run."""
    run = runfile.parse(runs.run_file(office, record.no)).inputs
    with office.store.reading() as reading:
        versions = {rules.version: rules for rules in reading.rule_sets(office.campaign_id)}
    seats = {pool.id: pool.seats for pool in run.pools}
    pools = [replace(pool, seats=seats[pool.id]) for pool in now.pools.values() if pool.id in seats]
    made = prepare(
        versions.get(record.rules, now.ruleset),
        pools,
        now.candidates.values(),
        campaign=run.campaign,
        total=run.total,
        round_no=run.round,
        placements=run.placements,
        holds=run.holds,
        out=run.out,
    )
    made = replace(made, inputs=obeyed(made.inputs, run.ties).inputs)
    same = runfile.canonical(replace(run, minutes=None), None) == runfile.canonical(made.inputs, None)
    return made, not same
