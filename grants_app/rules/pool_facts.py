"""What a pool's explanations share: its list, who got which seats, the last taken, the first refused."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.ranking import OPEN, PLACEMENT, ChoiceLine, QuotaTried
from grants_app.rules.refusals import Comparing, Refusal, Rival, Row, Rows
from grants_app.rules.standings import Millionths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grants_app.domain.ranking import (
        Candidate,
        MeritPart,
        OpenTie,
        Ranked,
        RunAward,
        RunInputs,
        RunResult,
    )
    from grants_app.rules.standings import Standings


class Decision(msgspec.Struct, frozen=True, gc=False):
    """How a choice was decided; fields as in `ChoiceLine`."""

    cutoff: tuple[str, ...] = ()
    level: str = ""
    against: str = ""
    would_have: bool = False


def contested_pools(inputs: RunInputs, result: RunResult) -> dict[str, str]:
    """The pool at which each contested application stands: the first choice that did not refuse it."""
    settled = {award.application for award in result.awards} | set(result.not_awarded)
    unsettled = [application for application in inputs.applications if application.no not in settled]
    if not unsettled:
        return {}
    refused = {reserve.pool: frozenset(reserve.applications) for reserve in result.reserve}
    held = {hold.application: hold for hold in inputs.holds}
    contested = {}
    for application in unsettled:
        pools = [choice.pool for choice in application.choices]
        hold = held.get(application.no)
        if hold and not hold.upgrade:
            pools = [hold.pool]
        contested[application.no] = next(p for p in pools if application.no not in refused[p])
    return contested


class RunFacts:
    """A run's inputs and result, its awards and ties pool by pool."""

    def __init__(self, ranked: Ranked, result: RunResult, standings: Standings, step: int) -> None:
        """`step`: the smallest step of a total, in millionths."""
        self.standings = standings
        self.levels = ranked.levels
        self.step = step
        self.numbers = Millionths()
        self.contested = contested_pools(ranked.inputs, result)
        self.standing: dict[str, list[str]] = defaultdict(list)
        for no, pool in self.contested.items():
            self.standing[pool].append(no)
        self.awards: dict[str, list[RunAward]] = defaultdict(list)
        for award in result.awards:
            self.awards[award.pool].append(award)
        self.ties: dict[str, list[OpenTie]] = defaultdict(list)
        for tie in result.open_ties:
            self.ties[tie.pool].append(tie)
        self.reserves = {reserve.pool: reserve.applications for reserve in result.reserve}
        self.ordered = {tie.pool for tie in ranked.inputs.ties}


class PoolFacts:
    """One pool's list and outcome, laid out for looking people up by their index or entry."""

    def __init__(self, run: RunFacts, pool_id: str) -> None:
        self._run, self._standings = run, run.standings
        number = self._number = run.standings.pool_index[pool_id]
        pool = run.standings.pools[number]
        self.id = pool_id
        self._list = run.standings.lists[number]
        self._quotas = pool.quotas
        self.seats = pool.seats
        self.comparing = Comparing(
            levels=run.levels[pool_id], step=run.step, ordered=pool_id in run.ordered, numbers=run.numbers
        )
        self.competing = len(self._list.entries)
        self.ties = {no: tie for tie in run.ties[pool_id] for no in tie.applications}
        self.reserve = {no: place for place, no in enumerate(run.reserves[pool_id], start=1)}
        self._placed = sum(award.seat == PLACEMENT for award in run.awards[pool_id])
        self._taken = self._taken_by_label()
        self._last: dict[tuple[str, ...], Rival | None] = {}
        self._first: dict[str, Rival | None] = {}
        self._room: dict[tuple[str, ...], bool] = {}
        self._labels: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._tried: dict[tuple[tuple[str, ...], str], tuple[QuotaTried, ...]] = {}
        self._refusals: dict[tuple[str, ...], Refusal | None] = {}

    def _taken_by_label(self) -> dict[str, list[int]]:
        """Entries by seat label, those at a tie as if on open seats; the placed compete with nobody."""
        taken: dict[str, list[int]] = {OPEN: [], **{quota.ground: [] for quota in self._quotas}}
        for award in self._run.awards[self.id]:
            if award.seat != PLACEMENT:
                taken[award.seat].append(self._entry(award.application))
        taken[OPEN] += [self._entry(no) for no in self._run.standing[self.id]]
        return taken

    def _entry(self, no: str) -> int:
        entry = self._standings.entry(self._standings.index[no], self._number)
        assert entry is not None, "asked only of those who chose the pool"  # noqa: S101 - narrows for mypy only
        return entry

    def rows(
        self, entered: Sequence[int], people: Sequence[Candidate], parts: Mapping[int, tuple[MeritPart, ...]]
    ) -> Rows:
        """Everybody on the list, in the order of their numbers.

        `entered` says where among all people the run's applications are; `parts` are those of merits here.
        """
        own, positions, ranks = self._list, self._list.positions(), self._list.ranks()
        applications = self._standings.applications
        numbers = [applications[a].no for a in own.members]
        listed = ["", *[numbers[k] for k in ranks], ""]  # best first, nobody above and below them
        places = [0] * len(ranks)  # of each on the list
        for place, k in enumerate(ranks):
            places[k] = place
        members = [entered[a] for a in own.members]
        return Rows(
            members=members,
            entries=own.entries,
            choices=[people[i].choices.index(self.id) + 1 for i in members],
            merits=own.merits,
            parts=[parts[i] for i in members],
            positions=[positions[place] for place in places],
            reserve=[self.reserve.get(no, 0) for no in numbers],
            above=[listed[place] for place in places],
            below=[listed[place + 2] for place in places],
        )

    def sorted_out(self, rows: Rows) -> tuple[dict[int, ChoiceLine], dict[int, Row]]:
        """The lines of those refused while others had seats they could have had; the rows of the others."""
        refused: dict[int, ChoiceLine] = {}
        for refusal, alike in self._alike(rows):
            refused |= refusal.lines(alike)
        return refused, {row[0]: row for row in rows if row[0] not in refused}

    def _alike(self, rows: Rows) -> Iterable[tuple[Refusal, Iterable[Row]]]:
        """Refusals, each with the rows of whom it is told to (and of some who were not refused)."""
        if not self._quotas:
            refusal = self.refusal(rows.entries[0]) if rows.entries else None
            return [(refusal, rows)] if refusal else []
        groups: dict[Refusal, list[Row]] = defaultdict(list)
        for row in rows:
            if refusal := self.refusal(row[1]):
                groups[refusal].append(row)
        return groups.items()

    def refusal(self, entry: int) -> Refusal | None:
        """What is told to this person and all others refused alike; None where nobody had such a seat."""
        labels = self._own_labels(entry)
        if labels not in self._refusals:
            last = self.last_taken(entry)
            self._refusals[labels] = None if last is None else self._refusal(entry, last)
        return self._refusals[labels]

    def _refusal(self, entry: int, last: Rival) -> Refusal:
        template = ChoiceLine(
            no=0,
            pool=self.id,
            admitted=True,
            outcome="refused",
            levels=self.comparing.levels,
            competing=self.competing,
            seats=self.seats,
            cutoff=last.merit,
            decided_against=last.no,
            quotas=self.quotas(entry, ""),
        )
        return Refusal(template, last, self.comparing, self._list)

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
        merit = next(choice.merit for choice in application.choices if choice.pool == self.id)
        return Rival(application.no, entry, merit)

    def room(self, entry: int) -> bool:
        """Whether a seat this person may have stayed empty."""
        labels = self._own_labels(entry)
        if labels not in self._room:
            self._room[labels] = any(map(self._empty, labels))
        return self._room[labels]

    def _empty(self, label: str) -> bool:
        """Whether a seat of this label stayed empty."""
        if label != OPEN:
            held = next(quota.seats for quota in self._quotas if quota.ground == label)
            return len(self._taken[label]) < held and not self._placed
        unused = [quota for quota in self._quotas if quota.unused == "empty"]
        locked = sum(max(0, quota.seats - len(self._taken[quota.ground])) for quota in unused)
        return sum(map(len, self._taken.values())) + self._placed + locked < self.seats

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
