"""What answers set off, seat by seat: who leaves, moves, comes in, what stays empty; it writes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grants_app.domain.award import Award, AwardState
from grants_app.domain.ranking import RunResult
from grants_app.domain.rounds import Step, Sum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.ranking import RunAward

_LAST = 10**9

Chain = tuple[Step, ...]


@dataclass(slots=True, kw_only=True)
class Ground:
    """What chains are drawn from: who holds what now, what was answered, and what the new run awards.

    `names` and `reserve` (places in the last sealed run) are by application number, the latter with the pool;
    `seats` are the pools' seats.
    """

    holding: Mapping[str, Award]
    answers: Mapping[str, AwardState]
    result: RunResult
    seats: Mapping[str, int]
    names: Mapping[str, str]
    reserve: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def staying(self) -> dict[str, str]:
        """Who still holds which pool after the answers."""
        return {
            no: award.pool
            for no, award in self.holding.items()
            if no not in self.answers or self.answers[no].holds_seat
        }


def chains(ground: Ground) -> tuple[Chain, ...]:
    """Every chain: first those an answer begins, in the answers' order, then those of seats nobody held.

    A seat given up goes to whom the run awards one there who did not hold it; where that person held another
    seat the chain follows it. Seats of one pool are alike, so the best placed come first. People who change
    places with each other without any free seat make a chain of their own.
    """
    return _Drawing(ground).drawn()


class _Drawing:
    """The arrivals not yet told, pool by pool."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._staying = ground.staying()
        self._tied = {tie.pool: tie for tie in ground.result.open_ties}
        self._arrivals: dict[str, list[RunAward]] = defaultdict(list)
        for won in sorted(ground.result.awards, key=_best_first):
            if self._staying.get(won.application) != won.pool:
                self._arrivals[won.pool].append(won)

    def drawn(self) -> tuple[Chain, ...]:
        found: list[Chain] = []
        for number, state in self._ground.answers.items():
            award = self._ground.holding[number]
            first = self._step(state.value, number, award.pool, seat=award.label)
            found.append((first,) if state.holds_seat else (first, *self._followed(award.pool)))
        found += self._from_free_seats()
        for pool in sorted(self._arrivals):
            while self._arrivals[pool]:
                found.append(tuple(self._followed(pool)[:-1]))  # the circle closes: no seat is left over
        return tuple(found)

    def _from_free_seats(self) -> list[Chain]:
        taken = Counter(award.pool for award in self._ground.holding.values())
        found: list[Chain] = []
        for pool in sorted(self._ground.seats):
            free = self._ground.seats[pool] - taken[pool]
            while free and self._arrivals[pool]:
                found.append((self._step("free", "", pool), *self._followed(pool)))
                free -= 1
            if free:
                found.append((self._ending(pool, free),))
        return found

    def _followed(self, pool: str) -> list[Step]:
        """What happens to a free seat of the pool, and to the seat its new holder leaves, and so on."""
        steps: list[Step] = []
        while pool:
            if not self._arrivals[pool]:
                return [*steps, self._ending(pool, 1)]
            won = self._arrivals[pool].pop(0)
            before = self._staying.get(won.application, "")
            kind = "moves" if before else "enters"
            steps.append(self._step(kind, won.application, pool, from_pool=before, seat=won.seat))
            pool = before
        return steps

    def _ending(self, pool: str, seats: int) -> Step:
        tie = self._tied.get(pool)
        if tie is not None:
            return Step(kind="tie", application=", ".join(tie.applications), full_name="", pool=pool)
        return Step(kind="stays_empty", application="", full_name="", pool=pool, seats=seats)

    def _step(self, kind: str, number: str, pool: str, *, from_pool: str = "", seat: str = "") -> Step:
        return Step(
            kind=kind,
            application=number,
            full_name=self._ground.names.get(number, ""),
            pool=pool,
            from_pool=from_pool,
            seat=seat,
            reserve=self._ground.reserve.get((pool, number)) if kind in ("moves", "enters") else None,
        )


def _best_first(won: RunAward) -> tuple[str, int, str]:
    return won.pool, _LAST if won.position is None else won.position, won.application


def sum_of(total: int, seats: Mapping[str, int], states: Sequence[AwardState]) -> Sum:
    """The ledger's sum with awards in these states on the pools' seats."""
    offered, confirmed = states.count(AwardState.OFFERED), states.count(AwardState.CONFIRMED)
    given = sum(seats.values())
    return Sum(
        total=total,
        offered=offered,
        confirmed=confirmed,
        free=given - offered - confirmed,
        unassigned=total - given,
    )


def sum_after(total: int, ground: Ground) -> Sum:
    """The ledger's sum once the answers are recorded and the new run is sealed."""
    confirmed = 0
    for won in ground.result.awards:
        award = ground.holding.get(won.application)
        state = ground.answers.get(won.application, award.state if award else AwardState.OFFERED)
        confirmed += award is not None and award.pool == won.pool and state is AwardState.CONFIRMED
    states = [AwardState.CONFIRMED] * confirmed
    states += [AwardState.OFFERED] * (len(ground.result.awards) - confirmed)
    return sum_of(total, ground.seats, states)
