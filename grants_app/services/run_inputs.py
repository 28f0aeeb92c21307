"""Gathers what a run depends on out of the register: candidates, pools, placements, holds, decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grants_app.domain.award import AwardState
from grants_app.domain.ranking import Candidate, Hold, Out, PoolSeats
from grants_app.services import paper_blocks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grants_app.domain.application import Application
    from grants_app.domain.award import Award
    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.runs import PlacementRecord


def candidate_of(application: Application, setup: CampaignSetup) -> Candidate:
    """What the rules need of an application, without the person; the set-up says which papers there are."""
    entry = application.entry
    return Candidate(
        no=application.no,
        state=application.state.value,
        scores={score.criterion: score.value for score in entry.scores},
        sources={score.criterion: score.source for score in entry.scores},
        choices=entry.choices,
        grounds=tuple((claim.ground, claim.seen) for claim in entry.grounds),
        conflict=application.in_conflict,
        late=application.late,
        late_basis=entry.late_basis,
        asks_upgrade=entry.asks_upgrade,
        lacks=paper_blocks.lacking(application, setup),
        papers_kept=paper_blocks.kept(application),
    )


def pools_of(setup: CampaignSetup) -> tuple[PoolSeats, ...]:
    """The campaign's pools as the rules take them."""
    return tuple(
        PoolSeats(id=pool.id, programme=pool.programme, branch=pool.branch, seats=pool.seats)
        for pool in setup.pools
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Who holds a seat from an earlier round, and who gave one back and competes no more."""

    holds: tuple[Hold, ...]
    out: tuple[Out, ...]


def standing_of(awards: Sequence[Award], candidates: Sequence[Candidate], placed: frozenset[str]) -> Standing:
    """Holds and outs from the ledger: the last award of each application speaks for it."""
    upgrades = {candidate.no: candidate.asks_upgrade for candidate in candidates}
    last: dict[str, Award] = {}
    for award in sorted(awards, key=lambda one: one.id):
        last[award.application_no] = award
    holds = []
    out = []
    for number, award in sorted(last.items()):
        if award.state.holds_seat:
            if number not in placed:
                upgrade = upgrades.get(number, False) and award.state is AwardState.OFFERED
                holds.append(Hold(application=number, pool=award.pool, upgrade=upgrade))
        else:
            out.append(Out(application=number, why=award.state.value))
    return Standing(tuple(holds), tuple(out))


def answered(
    awards: Sequence[Award], placements: Sequence[PlacementRecord], answers: Mapping[str, AwardState]
) -> tuple[Sequence[Award], Sequence[PlacementRecord]]:
    """Awards and placements as they would be after these answers, by application number.

    Who gives a seat back gives up the placement it came from; else the next run would offer it again.
    """
    after = [
        replace(one, state=answers[one.application_no])
        if one.state.holds_seat and one.application_no in answers
        else one
        for one in awards
    ]
    gone = {number for number, state in answers.items() if not state.holds_seat}
    return after, [one for one in placements if one.application_no not in gone]
