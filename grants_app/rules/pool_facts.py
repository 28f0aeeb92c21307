"""What a pool's explanations share: its list, who got which seats, the last taken, the first refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.ranking import OPEN, PLACEMENT, QuotaTried

if TYPE_CHECKING:
    from grants_app.domain.ranking import OpenTie, Ranked, RunInputs, RunResult
    from grants_app.rules.standings import Standings


@dataclass(frozen=True, slots=True)
class Rival:
    """Somebody a person is compared with."""

    no: str
    entry: int
    merit: tuple[str, ...]


class Decision(msgspec.Struct, frozen=True, gc=False):
    """How a choice was decided; fields as in `ChoiceLine`."""

    cutoff: tuple[str, ...] = ()
    level: str = ""
    against: str = ""
    needed: str = ""
    would_have: bool = False


def contested_pools(inputs: RunInputs, result: RunResult) -> dict[str, str]:
    """The pool at which each contested application stands: the first choice that did not refuse it."""
    settled = {award.application for award in result.awards} | set(result.not_awarded)
    refused = {reserve.pool: frozenset(reserve.applications) for reserve in result.reserve}
    held = {hold.application: hold for hold in inputs.holds}
    contested = {}
    for application in inputs.applications:
        if application.no not in settled:
            pools = [choice.pool for choice in application.choices]
            hold = held.get(application.no)
            if hold and not hold.upgrade:
                pools = [hold.pool]
            contested[application.no] = next(p for p in pools if application.no not in refused[p])
    return contested


class PoolFacts:
    """One pool's list and outcome, laid out for looking people up by their entry."""

    def __init__(
        self, ranked: Ranked, result: RunResult, standings: Standings, pool_id: str, contested: dict[str, str]
    ) -> None:
        number = standings.pool_index[pool_id]
        pool = standings.pools[number]
        self._id, self._number, self._standings = pool_id, number, standings
        self._list = standings.lists[number]
        self._quotas = pool.quotas
        self.seats = pool.seats
        self.levels = ranked.levels[pool_id]
        self.competing = len(self._list.entries)
        self.ties: dict[str, OpenTie] = {
            no: tie for tie in result.open_ties if tie.pool == pool_id for no in tie.applications
        }
        self.ordered = any(tie.pool == pool_id for tie in ranked.inputs.ties)
        reserve = next(entry.applications for entry in result.reserve if entry.pool == pool_id)
        self.reserve = {no: place for place, no in enumerate(reserve, start=1)}
        self._placed = sum(award.pool == pool_id for award in result.awards if award.seat == PLACEMENT)
        self._taken = self._taken_by_label(result, contested)
        self._set_aside = {o.application for o in ranked.inputs.out}
        self.rows = self._rows()
        self._last: dict[tuple[str, ...], Rival | None] = {}
        self._first: dict[str, Rival | None] = {}
        self._labels: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._tried: dict[tuple[tuple[str, ...], str], tuple[QuotaTried, ...]] = {}

    def _taken_by_label(self, result: RunResult, contested: dict[str, str]) -> dict[str, list[int]]:
        """Entries by seat label, those at a tie as if on open seats; the placed compete with nobody."""
        taken: dict[str, list[int]] = {OPEN: [], **{quota.ground: [] for quota in self._quotas}}
        for award in result.awards:
            if award.pool == self._id and award.seat != PLACEMENT:
                taken[award.seat].append(self._entry(award.application))
        for no, pool in contested.items():
            if pool == self._id:
                taken[OPEN].append(self._entry(no))
        return taken

    def _entry(self, no: str) -> int:
        entry = self._standings.entry(self._standings.index[no], self._number)
        assert entry is not None, "asked only of those who chose the pool"  # noqa: S101 - narrows for mypy only
        return entry

    def _rows(self) -> dict[int, tuple[int, str, str]]:
        """Position and the numbers of those just above and below, by entry."""
        pool_list = self._list
        applications, span = self._standings.applications, pool_list.span
        entries = pool_list.listed(pool_list.entries)
        numbers = ["", *[applications[pool_list.member(entry)].no for entry in entries], ""]
        rows, position, group = {}, 0, -1
        for place, entry in enumerate(entries):
            if entry // span != group:
                group, position = entry // span, place + 1
            rows[entry] = (position, numbers[place], numbers[place + 2])
        return rows

    def _own_labels(self, entry: int) -> tuple[str, ...]:
        """The labels of the seats this person may have: open, and the quotas of their grounds."""
        if not self._quotas:
            return _ONLY_OPEN
        grounds = self._standings.applications[self._list.member(entry)].grounds
        labels = self._labels.get(grounds)
        if labels is None:
            labels = (OPEN, *(quota.ground for quota in self._quotas if quota.ground in grounds))
            self._labels[grounds] = labels
        return labels

    def last_taken(self, entry: int) -> Rival | None:
        """The worst of those on seats this person may have, None when nobody is."""
        labels = self._own_labels(entry)
        if labels not in self._last:
            worst = min((one for label in labels for one in self._taken[label]), default=None)
            self._last[labels] = None if worst is None else self._rival(worst)
        return self._last[labels]

    def first_refused(self, seat: str) -> Rival | None:
        """The best of the reserve who may have a seat of this label."""
        if seat not in self._first:
            anybody = seat in {OPEN, PLACEMENT}
            applications, index = self._standings.applications, self._standings.index
            fitting = (no for no in self.reserve if anybody or seat in applications[index[no]].grounds)
            first = next(fitting, None)
            self._first[seat] = None if first is None else self._rival(self._entry(first))
        return self._first[seat]

    def _rival(self, entry: int) -> Rival:
        application = self._standings.applications[self._list.member(entry)]
        merit = next(choice.merit for choice in application.choices if choice.pool == self._id)
        return Rival(application.no, entry, merit)

    def room(self, entry: int) -> bool:
        """Whether a seat this person may have stayed empty."""
        for label in self._own_labels(entry):
            seats = {quota.ground: quota.seats for quota in self._quotas}.get(label)
            if seats is None:
                unused = [q for q in self._quotas if q.unused == "empty"]
                locked = sum(max(0, q.seats - len(self._taken[q.ground])) for q in unused)
                used = sum(map(len, self._taken.values())) + self._placed
                if used + locked < self.seats:
                    return True
            elif len(self._taken[label]) < seats and not self._placed:
                return True
        return False

    def ahead(self, entry: int, rival: Rival) -> bool:
        """Whether the entry's merit is above the rival's."""
        return entry // self._list.span > rival.entry // self._list.span

    def quotas(self, entry: int, seat: str) -> tuple[QuotaTried, ...]:
        """How the person fared at each kind of seat of a pool with quotas; nothing without quotas."""
        if not self._quotas:
            return ()
        labels = self._own_labels(entry)
        tried = self._tried.get((labels, seat))
        if tried is None:
            held = {quota.ground: quota.seats for quota in self._quotas}
            seats = {**held, OPEN: self.seats - sum(held.values())}
            tried = tuple(self._quota(label, seats[label], label in labels, label == seat) for label in seats)
            self._tried[labels, seat] = tried
        return tried

    def _quota(self, label: str, seats: int, held: bool, got: bool) -> QuotaTried:  # noqa: FBT001 - two facts of one line
        taken = self._taken[label]
        cutoff = self._rival(min(taken)).merit if taken else ()
        return QuotaTried(ground=label, seats=seats, taken=len(taken), held=held, got=got, cutoff=cutoff)


_ONLY_OPEN = (OPEN,)
