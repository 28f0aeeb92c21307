"""What happens to grants after a seal: chains of answers, deadlines put off, seats moved, dated acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Answer = Literal["confirm", "decline", "expire"]
SeatActKind = Literal["moved", "total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing an answer does or sets off.

    `kind` is confirmed, declined, expired (an answer), free (a seat nobody holds), moves, enters,
    stays_empty or tie. `from_pool` is the seat given up by somebody who moves; `seat` the kind of seat won;
    `reserve` the place in the pool's reserve of somebody who comes in; `seats` how many stay empty.
    """

    kind: str
    application: str
    full_name: str
    pool: str
    from_pool: str = ""
    seat: str = ""
    reserve: int | None = None
    seats: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """The ledger's sum at one moment: offered + confirmed + free + in no pool = total."""

    total: int
    offered: int
    confirmed: int
    free: int
    unassigned: int

    @property
    def adds_up(self) -> bool:
        """Whether every seat is counted once."""
        return self.offered + self.confirmed + self.free + self.unassigned == self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """What somebody answered, and when the paper came in; None is the present moment."""

    application: str
    answer: Answer
    received: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade:
    """Everything some answers set off, through all pools, worked out and not yet done.

    Each chain begins with an answer or with a free seat and follows the seat from hand to hand. `ties` wait
    for the commission: with any the chain is not whole and cannot be confirmed. `fingerprint` is of all it
    was worked out from; confirming asks for it again.
    """

    answers: tuple[GivenAnswer, ...]
    chains: tuple[tuple[Step, ...], ...]
    before: Sum
    after: Sum
    ties: int
    fingerprint: str

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, chain by chain."""
        return tuple(step for chain in self.chains for step in chain)

    @property
    def offers(self) -> int:
        """How many new offers it makes."""
        return sum(step.kind in ("moves", "enters") for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeDocument:
    """A cascade as it was confirmed: what its annex to the minutes is drawn from, in no language."""

    run: int
    fingerprint: str
    minutes_no: str
    minutes_on: date
    confirm_by: datetime | None
    answers: tuple[GivenAnswer, ...]
    chains: tuple[tuple[Step, ...], ...]
    before: Sum
    after: Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeRecord:
    """A confirmed cascade as the register keeps it; `document` is a `CascadeDocument` as JSON."""

    id: int = 0
    campaign: int
    run: int
    minutes_no: str
    minutes_on: date
    document: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A deadline put off by an order: of one award, or of the calendar's date `deadline` (a code).

    `before` is None where no date was set. `application_no` is empty for the calendar's.
    """

    id: int = 0
    campaign: int
    award: int | None
    application_no: str = ""
    full_name: str = ""
    deadline: str
    before: datetime | None
    after: datetime
    order_no: str
    order_on: date | None
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAct:
    """Seats moved between pools, or a changed total, by an order; pools are "" where none is meant."""

    id: int = 0
    campaign: int
    kind: SeatActKind
    from_pool: str = ""
    to_pool: str = ""
    seats: int
    total_before: int
    total_after: int
    order_no: str
    order_on: date | None
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignAct:
    """A dated act on the campaign: frozen, published, closed, reopened, the clock confirmed."""

    id: int = 0
    campaign: int
    kind: str
    run: int | None = None
    minutes_no: str = ""
    minutes_on: date | None = None
    reason: str = ""
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Order:
    """The order an act rests on: its number, its date, and why."""

    no: str
    on: date | None
    reason: str
