"""An independent proof that a result is right: it shares no code with the allocation and trusts none of it.

It does not allocate anything; it looks at each seat and each person and asks whether the contract was kept. A
sound result has no findings.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.values import Finding
from grants_app.rules.checker_seats import next_in_line, rings, seats_given

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from grants_app.domain.ranking import RunAward, RunInputs, RunPool, RunResult

_OPEN, _PLACEMENT = "open", "placement"
_Value = tuple[Decimal, ...]


def check_result(
    inputs: RunInputs, result: RunResult, not_admitted: Collection[tuple[str, str]] = ()
) -> tuple[Finding, ...]:
    """Everything wrong with a result; `not_admitted` are the (application, pool) admission refused."""
    proof = _Proof(inputs, result, not_admitted)
    broken = tuple(proof.references())
    if broken:
        return broken  # the rest would only stumble over what is not there
    return (
        *proof.seats(),
        *proof.persons(),
        *proof.set_aside(),
        *proof.envy(),
        *proof.waste(),
        *proof.choices(),
        *proof.lists(),
        *proof.ties(),
    )


class _Proof:
    """The run laid out by person and by pool."""

    def __init__(
        self, inputs: RunInputs, result: RunResult, not_admitted: Collection[tuple[str, str]]
    ) -> None:
        self._inputs, self._result, self._not_admitted = inputs, result, not_admitted
        self._pools: dict[str, RunPool] = {pool.id: pool for pool in inputs.pools}
        self._grounds = {a.no: frozenset(a.grounds) for a in inputs.applications}
        known: dict[str, Decimal] = {}
        self._merits: dict[str, dict[str, _Value]] = {}
        for application in inputs.applications:
            self._merits[application.no] = {
                choice.pool: tuple([_decimal(text, known) for text in choice.merit])
                for choice in application.choices
            }
        self._placements = {placement.application: placement for placement in inputs.placements}
        self._out = {out.application for out in inputs.out}
        self._holds = {hold.application: hold for hold in inputs.holds}
        self._awards = {award.application: award for award in result.awards}
        self._not_awarded = set(result.not_awarded)
        self._reserve = {entry.pool: set(entry.applications) for entry in result.reserve}
        self._by_pool: dict[str, list[RunAward]] = defaultdict(list)
        for award in result.awards:
            self._by_pool[award.pool].append(award)
        self._order = {
            (tie.pool, no): (number, place)
            for number, tie in enumerate(inputs.ties)
            for place, no in enumerate(tie.order)
        }

    def references(self) -> Iterator[Finding]:
        """Names nobody knows, persons named twice, pools without a reserve."""
        named = [award.application for award in self._result.awards] + list(self._result.not_awarded)
        for no, count in Counter(named).items():
            if no not in self._merits:
                yield Finding("check_unknown", {"name": no})
            if count > 1:
                yield Finding("check_two_places", {"application": no})
        lists: list[tuple[str, tuple[str, ...]]] = [(award.pool, ()) for award in self._result.awards]
        lists += [(entry.pool, entry.applications) for entry in self._result.reserve]
        lists += [(tie.pool, tie.applications) for tie in self._result.open_ties]
        for pool, numbers in lists:
            if pool not in self._pools:
                yield Finding("check_unknown", {"name": pool})
            for no in numbers:
                if pool not in self._merits.get(no, {}):
                    yield Finding("check_unknown", {"name": no})
        if sorted(self._pools) != [entry.pool for entry in self._result.reserve]:
            yield Finding("check_reserve_missing")

    def seats(self) -> Iterator[Finding]:
        """No pool, no quota and not the campaign gives more than it has."""
        if len(self._result.awards) > self._inputs.total:
            yield Finding("check_total", {"awards": str(len(self._result.awards))})
        for pool in self._inputs.pools:
            awards = self._by_pool[pool.id]
            if len(awards) > pool.seats:
                yield Finding("check_seats", {"pool": pool.id, "awards": str(len(awards))})
            room = self._room(pool)
            labels = Counter(award.seat for award in awards if award.seat != _PLACEMENT)
            for seat, count in labels.items():
                most = room.get(seat, 0)
                if seat == _OPEN:
                    most += sum(
                        room[q.ground] - labels[q.ground]
                        for q in pool.quotas
                        if q.unused == "open" and room[q.ground] > labels[q.ground]
                    )
                if count > most:
                    yield Finding("check_quota", {"pool": pool.id, "seat": seat, "awards": str(count)})

    def _room(self, pool: RunPool) -> dict[str, int]:
        """Seats by label that placements left."""
        room = {quota.ground: quota.seats for quota in pool.quotas}
        room[_OPEN] = pool.seats - sum(room.values())
        for placement in self._inputs.placements:
            if placement.pool == pool.id:
                room[placement.seat or _OPEN] -= 1
        return room

    def persons(self) -> Iterator[Finding]:
        """Everybody awarded chose the pool, is admitted there and has the ground of their seat."""
        for award in self._result.awards:
            no, facts = award.application, {"application": award.application, "pool": award.pool}
            if (no, award.pool) in self._not_admitted:
                yield Finding("check_not_admitted", facts)
            if award.seat == _PLACEMENT:
                continue
            if award.pool not in self._allowed(no):
                yield Finding("check_not_chosen", facts)
            if award.seat not in {_OPEN, *self._grounds[no]}:
                yield Finding("check_ground_not_held", {**facts, "seat": award.seat})
        unsettled = {tie.pool for tie in self._result.open_ties}
        for no in self._merits:
            if no not in self._awards and no not in self._not_awarded and self._tied_at(no) not in unsettled:
                yield Finding("check_unaccounted", {"application": no})

    def set_aside(self) -> Iterator[Finding]:
        """Placements stand as they were made, who is out has nothing, a holder has no less than before."""
        for no, placement in self._placements.items():
            award = self._awards.get(no)
            if award is None or (award.pool, award.seat) != (placement.pool, _PLACEMENT):
                yield Finding("check_placement", {"application": no, "pool": placement.pool})
        for award in self._result.awards:
            if award.seat == _PLACEMENT and award.application not in self._placements:
                yield Finding("check_placement", {"application": award.application, "pool": award.pool})
        for no in sorted(self._out):
            if no not in self._not_awarded:
                yield Finding("check_out", {"application": no})
        for no, hold in self._holds.items():
            award = self._awards.get(no)
            if no in self._not_awarded or (award and award.pool not in self._allowed(no)):
                yield Finding("check_hold", {"application": no, "pool": hold.pool})

    def _allowed(self, no: str) -> list[str]:
        """The pools the person competes for, best liked first."""
        if no in self._placements or no in self._out:
            return []
        pools = list(self._merits[no])
        hold = self._holds.get(no)
        if hold is None:
            return pools
        at = pools.index(hold.pool)
        return pools[0 if hold.upgrade else at : at + 1]

    def _liked_more(self, no: str) -> list[str]:
        """The pools the person would rather have than what they got, or than where they stand at a tie."""
        pools = self._allowed(no)
        award = self._awards.get(no)
        if award is not None:
            return pools[: pools.index(award.pool)] if award.pool in pools else pools
        if no in self._not_awarded:
            return pools
        tied_at = self._tied_at(no)
        return pools[: pools.index(tied_at)] if tied_at else pools

    def _tied_at(self, no: str) -> str:
        """Where somebody without award or refusal stands: the first pool whose reserve does not list them."""
        return next((pool for pool in self._allowed(no) if no not in self._reserve[pool]), "")

    def envy(self) -> Iterator[Finding]:
        """Nobody was passed over by somebody with less merit, or later in a recorded tie order."""
        last: dict[tuple[str, str], tuple[_Value, str]] = {}
        equals: dict[tuple[str, str, _Value], list[str]] = defaultdict(list)
        for award in self._result.awards:
            merit = self._merits[award.application].get(award.pool)
            if award.seat == _PLACEMENT or merit is None:
                continue
            key = (award.pool, award.seat)
            last[key] = min(last.get(key, (merit, award.application)), (merit, award.application))
            equals[award.pool, award.seat, merit].append(award.application)
        for no, merits in self._merits.items():
            for pool in self._liked_more(no):
                for seat in (_OPEN, *self._grounds[no]):
                    worst = last.get((pool, seat))
                    if worst and worst[0] < merits[pool]:
                        yield Finding("check_envy", {"application": no, "pool": pool, "against": worst[1]})
                    for other in equals.get((pool, seat, merits[pool]), ()):
                        yield from self._between_equals(pool, no, other)

    def _between_equals(self, pool: str, no: str, taken: str) -> Iterator[Finding]:
        """One refused, one taken: right only when a tie order says so."""
        own, other = self._order.get((pool, no)), self._order.get((pool, taken))
        facts = {"application": no, "pool": pool, "against": taken}
        if own is None or other is None:  # whoever is free may come first: nobody can refuse them
            yield Finding("check_tie_passed_over", facts)
        elif own < other:
            yield Finding("check_tie_order", facts)

    def waste(self) -> Iterator[Finding]:
        """No seat stays empty that somebody would rather have."""
        at_stake = {tie.pool: tie.seats_at_stake for tie in self._result.open_ties}
        empty: dict[str, set[str]] = {}
        for pool in self._inputs.pools:
            room = self._room(pool)
            labels = Counter(award.seat for award in self._by_pool[pool.id])
            left = {quota.ground: room[quota.ground] - labels[quota.ground] for quota in pool.quotas}
            opened = sum(left[quota.ground] for quota in pool.quotas if quota.unused == "open")
            seats = {ground for ground, count in left.items() if count > at_stake.get(pool.id, 0)}
            if room[_OPEN] - labels[_OPEN] + opened > at_stake.get(pool.id, 0):
                seats.add(_OPEN)
            empty[pool.id] = seats
        for no in self._merits:
            for pool_id in self._liked_more(no):
                if not empty[pool_id].isdisjoint({_OPEN, *self._grounds[no]}):
                    yield Finding("check_waste", {"application": no, "pool": pool_id})

    def choices(self) -> Iterator[Finding]:
        """Each label is the one the pool's choice gives; no ring of people could swap for what all like more.

        Without such a ring, envy or waste nothing better for anybody is possible: the result is the one that
        all applicants like most of those that wrong nobody.
        """
        following: dict[str, str] = {}
        standing, refused = self._standing(), self._refused()
        for pool in self._inputs.pools:
            room, here = self._room(pool), standing[pool.id]
            given = seats_given(pool, room, self._in_line(pool.id, here), self._grounds)
            for award in self._by_pool[pool.id]:
                no, seat = award.application, given.get(award.application, award.seat)
                if award.seat not in {seat, _PLACEMENT}:
                    facts = {"application": no, "pool": pool.id, "seat": seat}
                    yield Finding("check_seat_label", facts)
            people = self._in_line(pool.id, here | refused[pool.id])
            following.update(next_in_line(pool, room, people, here, self._grounds))
        if not self._result.open_ties:
            for ring in rings(following):
                yield Finding("check_ring", {"applications": " ".join(ring)})

    def _standing(self) -> dict[str, set[str]]:
        """Who stands where: those awarded, and those a tie keeps waiting; the placed compete with nobody."""
        standing: dict[str, set[str]] = {pool: set() for pool in self._pools}
        for award in self._result.awards:
            if award.seat != _PLACEMENT:
                standing[award.pool].add(award.application)
        for no in self._merits.keys() - self._awards.keys() - self._not_awarded:
            if pool := self._tied_at(no):
                standing[pool].add(no)
        return {pool: {no for no in people if pool in self._merits[no]} for pool, people in standing.items()}

    def _refused(self) -> dict[str, set[str]]:
        """Whom each pool refused: everybody who would rather be there."""
        refused: dict[str, set[str]] = {pool: set() for pool in self._pools}
        for no in self._merits:
            for pool in self._liked_more(no):
                refused[pool].add(no)
        return refused

    def _in_line(self, pool: str, numbers: Iterable[str]) -> list[str]:
        """Best first: by merit, then tie order (those in none last), then SHA-256 of the number."""
        drawn = sorted(numbers, key=lambda no: hashlib.sha256(no.encode()).digest())
        return self._by_merit(pool, drawn)

    def lists(self) -> Iterator[Finding]:
        """Positions count those with higher merit; each reserve holds those its pool refused, in order."""
        listed: dict[str, list[_Value]] = defaultdict(list)
        for merits in self._merits.values():
            for pool, merit in merits.items():
                listed[pool].append(merit)
        above = {pool: _above(merits) for pool, merits in listed.items()}
        for award in self._result.awards:
            own = self._merits[award.application].get(award.pool)
            position = None if own is None else 1 + above[award.pool][own]
            if award.position != position:
                yield Finding("check_position", {"application": award.application, "pool": award.pool})
        refused = self._refused()
        for entry in self._result.reserve:
            complete = len(entry.applications) == len(refused[entry.pool])
            if not complete or set(entry.applications) != refused[entry.pool]:
                yield Finding("check_reserve", {"pool": entry.pool})
            elif list(entry.applications) != self._by_merit(entry.pool, sorted(entry.applications)):
                yield Finding("check_reserve_order", {"pool": entry.pool})

    def _by_merit(self, pool: str, numbers: list[str]) -> list[str]:
        """By merit, then tie order (those in none last), then as they stand."""
        last = (len(self._inputs.ties), 0)
        by_tie = sorted(numbers, key=lambda no: self._order.get((pool, no), last))
        return sorted(by_tie, key=lambda no: self._merits[no][pool], reverse=True)

    def ties(self) -> Iterator[Finding]:
        """An open tie is between equals no order decides, all of whom stand there, over seats for some."""
        standing = self._standing()
        for tie in self._result.open_ties:
            people = set(tie.applications)
            merits = {self._merits[no][tie.pool] for no in people}
            decided = {self._order.get((tie.pool, no), (-1, 0))[0] for no in people}
            waiting = len(standing[tie.pool] - self._awards.keys())
            seats = self._pools[tie.pool].seats - len(self._by_pool[tie.pool])
            if (
                len(merits) != 1
                or len(people) == 1
                or len(people) != len(tie.applications)
                or (len(decided) == 1 and decided != {-1})
                or not people <= standing[tie.pool]
                or not 1 <= tie.seats_at_stake <= min(waiting, seats)
            ):
                yield Finding("check_open_tie", {"pool": tie.pool})


def _decimal(text: str, known: dict[str, Decimal]) -> Decimal:
    value = known.get(text)
    if value is None:
        value = known[text] = Decimal(text)
    return value


def _above(merits: list[_Value]) -> dict[_Value, int]:
    """How many merits are higher than each."""
    counts, above, found = Counter(merits), 0, {}
    for merit in sorted(counts, reverse=True):
        found[merit] = above
        above += counts[merit]
    return found
