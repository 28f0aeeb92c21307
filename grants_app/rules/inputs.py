"""Candidates and rules made into a run's inputs: who is admitted where, with which merit, on how many seats.

It decides nothing itself: admission is `eligibility`'s, merit is `merit`'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import (
    Candidate,
    Hold,
    Minutes,
    Out,
    Placement,
    PoolSeats,
    Ranked,
    RunApplication,
    RunChoice,
    RunInputs,
    RunPool,
    RunQuota,
    TieOrder,
    Verdict,
    scaled,
)
from grants_app.domain.ruleset import ANY_POOL
from grants_app.domain.values import Finding
from grants_app.rules.eligibility import Gate, competes
from grants_app.rules.merit import MeritMaker, OwnMerits
from grants_app.rules.parts import GroundRanks
from grants_app.rules.scores import Scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grants_app.domain.ruleset import PoolQuotas, Quota, RuleSet

_HUNDRED_PERCENT = 100 * 10**6


def prepare(  # noqa: PLR0913 - a run depends on all of these, each by its own name
    ruleset: RuleSet,
    pools: Sequence[PoolSeats],
    candidates: Iterable[Candidate],
    *,
    campaign: str,
    total: int,
    round_no: int | None = None,
    minutes: Minutes | None = None,
    placements: tuple[Placement, ...] = (),
    holds: tuple[Hold, ...] = (),
    out: tuple[Out, ...] = (),
    ties: tuple[TieOrder, ...] = (),
    millionths: Mapping[str, Sequence[int | None]] | None = None,
) -> Ranked:
    """The inputs of a run, and beside them what its explanation needs.

    An application enters the run when it is admitted somewhere, placed, held or out. Refused when a
    placed or holding application is not admitted to its pool: nobody inadmissible gets in by any path.
    `millionths` are the scores of these very candidates, where they were read before (`Ranked.millionths`).
    """
    named = (
        {p.application for p in placements} | {h.application for h in holds} | {o.application for o in out}
    )
    by_no = {candidate.no: candidate for candidate in sorted(candidates, key=attrgetter("no"))}
    people = list(by_no.values())
    own = OwnMerits(ruleset, Scores(people, millionths))
    makers = {pool.id: (gate := Gate(ruleset, pool), MeritMaker(ruleset, pool, gate)) for pool in pools}
    rows = _rows(ruleset, own, makers)
    ranks = GroundRanks(ruleset)
    counted = {claims: ranks.counted(claims) for claims in {candidate.grounds for candidate in people}}
    not_admitted: dict[tuple[str, str], Verdict] = {}
    applications = []
    for candidate in people:
        choices = _choices(candidate, rows, not_admitted)
        if choices or candidate.no in named:
            applications.append(RunApplication(candidate.no, choices, counted[candidate.grounds]))
    seats: tuple[Placement | Hold, ...] = (*placements, *holds)
    for seated in seats:
        _refuse_inadmissible(seated, by_no, makers)
    inputs = RunInputs(
        campaign=campaign,
        round=round_no,
        minutes=minutes,
        total=total,
        pools=tuple(run_pool(pool, ruleset) for pool in pools),
        applications=tuple(applications),
        placements=placements,
        holds=holds,
        out=out,
        ties=ties,
    )
    return Ranked(
        inputs=inputs,
        ruleset=ruleset,
        pools={pool.id: pool for pool in pools},
        candidates=by_no,
        not_admitted=not_admitted,
        levels={pool: maker.levels for pool, (_, maker) in makers.items()},
        millionths=own.scores.columns,
    )


def run_pool(pool: PoolSeats, ruleset: RuleSet) -> RunPool:
    """A pool's seats with the quotas the rules hold of them, as whole seats."""
    rules = {quotas.pool: quotas for quotas in ruleset.quotas}
    quotas: PoolQuotas | None = rules.get(pool.id) or rules.get(ANY_POOL)
    if quotas is None:
        return RunPool(id=pool.id, order="quota_first", seats=pool.seats)
    held = tuple(
        RunQuota(ground=quota.ground, seats=quota_seats(quota, pool.seats), unused=quota.unused)
        for quota in quotas.quotas
    )
    return RunPool(id=pool.id, order=quotas.order, seats=pool.seats, quotas=held)


def quota_seats(quota: Quota, seats: int) -> int:
    """The whole seats a quota holds of so many: its number, or its percentage rounded as it says."""
    if quota.percent is None:
        return quota.seats or 0
    share = scaled(quota.percent) * seats
    if quota.rounding == "up":
        return -(-share // _HUNDRED_PERCENT)
    if quota.rounding == "half_up":
        return (2 * share + _HUNDRED_PERCENT) // (2 * _HUNDRED_PERCENT)
    return share // _HUNDRED_PERCENT


_Makers = Mapping[str, tuple[Gate, MeritMaker]]


def _rows(ruleset: RuleSet, own: OwnMerits, makers: _Makers) -> dict[str, Iterator[RunChoice | Verdict]]:
    """For each pool what became of those who chose it, in order: a choice with its merit, or why not."""
    people = own.scores.candidates
    standing = competes(ruleset, people)
    members: dict[str, list[int]] = defaultdict(list)
    for i, candidate in enumerate(people):
        for pool in candidate.choices:
            members[pool].append(i)
    rows: dict[str, Iterator[RunChoice | Verdict]] = {}
    for pool, chosen in members.items():
        if pool not in makers:
            rows[pool] = repeat(_not_in_run(pool))
            continue
        gate, maker = makers[pool]
        profiles = gate.profiles(own.scores, chosen)
        verdicts = gate.verdicts(own.scores, chosen, standing, profiles)
        merits = maker.column(own, chosen, profiles.sums)
        rows[pool] = iter(
            [
                RunChoice(pool, merit) if verdict.admitted else verdict
                for verdict, merit in zip(verdicts, merits, strict=True)
            ]
        )
    return rows


def _not_in_run(pool: str) -> Verdict:
    return Verdict(admitted=False, findings=(Finding("pool_not_in_run", {"pool": pool}),))


def _choices(
    candidate: Candidate,
    rows: Mapping[str, Iterator[RunChoice | Verdict]],
    not_admitted: dict[tuple[str, str], Verdict],
) -> tuple[RunChoice, ...]:
    """The candidate's admitted choices with their merits; verdicts of the others go to `not_admitted`."""
    choices = []
    for pool in candidate.choices:
        row = next(rows[pool])
        if isinstance(row, Verdict):
            not_admitted[candidate.no, pool] = row
        else:
            choices.append(row)
    return tuple(choices)


def _refuse_inadmissible(seated: Placement | Hold, by_no: Mapping[str, Candidate], makers: _Makers) -> None:
    candidate = by_no.get(seated.application)
    if candidate is None or seated.pool not in makers:
        raise Refused("seated_unknown", application=seated.application, pool=seated.pool)
    if not makers[seated.pool][0].admit(candidate).admitted:
        raise Refused("seated_not_admitted", application=seated.application, pool=seated.pool)
