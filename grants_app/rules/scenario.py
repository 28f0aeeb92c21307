"""What if: the same people under other rules, seats or results, beside the official run.

It works on what was gathered before and held in memory; it reads nothing, keeps nothing and explains nobody.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.scenario import Effect, Tally
from grants_app.rules import comparison
from grants_app.rules.allocation import allocate
from grants_app.rules.inputs import prepare
from grants_app.rules.tie_orders import obeyed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from grants_app.domain.ranking import Candidate, Ranked, RunInputs, RunResult
    from grants_app.domain.scenario import ScoreChange, WhatIf
    from grants_app.domain.values import Finding


def what_if(held: Ranked, before: RunInputs, result_before: RunResult, changed: WhatIf) -> Effect:
    """What the people held would get under the changed rules, beside the run they are compared with.

    Placements, holds, those out and orders of equals stay in force. Refused when the seats go over the total,
    or somebody placed or holding a grant could not keep it.
    """
    made, notes = remade(held, changed)
    result = allocate(made.inputs)
    return Effect(
        inputs=made.inputs,
        result=result,
        awards=comparison.award_changes(before, result_before, made.inputs, result),
        competing=(_competing(before), _competing(made.inputs)),
        notes=notes,
    )


def unchanged(held: Ranked) -> tuple[dict[str, int], int]:
    """The seats of every pool and the total as they stand now: what a new scenario begins with."""
    return {pool.id: pool.seats for pool in held.pools.values()}, held.inputs.total


def remade(held: Ranked, changed: WhatIf) -> tuple[Ranked, tuple[Finding, ...]]:
    """The inputs made anew under the changes, and what of the register could not stay in force.

    A recorded order of equals holds or is left out as in any run (`tie_orders.obeyed`).
    """
    inputs = held.inputs
    pools = tuple(replace(pool, seats=changed.seats.get(pool.id, pool.seats)) for pool in held.pools.values())
    seats = sum(pool.seats for pool in pools)
    if seats > changed.total:
        raise Refused("seats_over_total", seats=seats, total=changed.total)
    made = prepare(
        changed.rules,
        pools,
        with_scores(held.candidates, changed.scores).values(),
        campaign=inputs.campaign,
        total=changed.total,
        round_no=inputs.round,
        minutes=inputs.minutes,
        placements=inputs.placements,
        holds=() if changed.released else inputs.holds,
        out=inputs.out,
        millionths=None if changed.scores else held.millionths,
    )
    if not inputs.ties:
        return made, ()
    ties = obeyed(made.inputs, inputs.ties)
    return replace(made, inputs=ties.inputs), ties.findings


def with_scores(
    candidates: Mapping[str, Candidate], changes: Iterable[ScoreChange]
) -> Mapping[str, Candidate]:
    """The candidates with some results changed; Refused (application_unknown) for nobody's."""
    made = dict(candidates)
    for change in changes:
        candidate = made.get(change.application)
        if candidate is None:
            raise Refused("application_unknown", no=change.application)
        scores = {code: value for code, value in candidate.scores.items() if code != change.criterion}
        if change.value is not None:
            scores[change.criterion] = change.value
        made[change.application] = replace(candidate, scores=scores)
    return made


def _competing(inputs: RunInputs) -> int:
    return sum(1 for application in inputs.applications if application.choices)


def tallies(
    before: RunResult, after: RunResult, group: Callable[[str, str], str], order: Iterable[str] = ()
) -> tuple[Tally, ...]:
    """The grants before and after by group; `group(application, pool)` names the group of an award.

    Groups stand in `order`, which are shown even without grants; others follow by name, the unknown last.
    """
    had = Counter(group(award.application, award.pool) for award in before.awards)
    has = Counter(group(award.application, award.pool) for award in after.awards)
    first = list(dict.fromkeys(order))
    others = sorted((had.keys() | has.keys()).difference(first), key=lambda key: (not key, key))
    return tuple(Tally(key, had[key], has[key]) for key in (*first, *others))
