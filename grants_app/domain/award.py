"""Awards, the seats they hold, the papers issued for them; the ledger adds up to the campaign's total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AwardState(StrEnum):
    """Offered and confirmed awards hold their seat; the others have given it back."""

    OFFERED = "offered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    REVOKED = "revoked"

    @property
    def holds_seat(self) -> bool:
        """Whether an award in this state keeps its seat."""
        return self in (AwardState.OFFERED, AwardState.CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """One grant offered to one application on one seat.

    `seat` numbers the pool's seats from 1; `label` is the run file's seat label (`open`, a ground or
    `placement`); `deadline` is when the answer is due, time-zone aware. Nothing expires by itself.
    """

    id: int
    campaign: int
    application: int
    application_no: str
    pool: str
    seat: int
    label: str
    run: int
    round: int
    state: AwardState
    offered_at: datetime
    deadline: datetime | None = None
    answered_at: datetime | None = None
    reason: str = ""
    version: int = 1

    def overdue(self, now: datetime) -> bool:
        """Whether nobody answered the offer in time; the deadline's own moment still is in time."""
        return self.state is AwardState.OFFERED and self.deadline is not None and self.deadline < now


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One seat of the ledger with its present holder, if any, and how many held it before."""

    pool: str
    seat: int
    label: str
    award: int | None
    application: int | None
    application_no: str
    full_name: str
    phone: str
    state: AwardState | None
    deadline: datetime | None
    held_before: int

    def overdue(self, now: datetime) -> bool:
        """Whether nobody answered the offer in time."""
        return self.state is AwardState.OFFERED and self.deadline is not None and self.deadline < now


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPaper:
    """A numbered paper: one series per kind, branch and campaign; no gaps, never reused.

    `facts` is the canonical JSON its PDF is drawn from, so that a reprint is the same paper. `ended_at` is
    when it was taken out of force.
    """

    id: int
    campaign: int
    kind: str
    branch: str
    number: str
    application: int | None
    award: int | None
    run: int | None
    langs: tuple[str, ...]
    facts: str
    state: str
    prints: int
    issued_at: datetime
    issued_by: str
    ended_at: datetime | None = None
    ended_reason: str = ""
