"""Smaller records of the register: imports, drafts, likely duplicates, appeals, votes, transfers, figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from grants_app.domain.commission import VoteWord
from grants_app.domain.values import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch:
    """One import that was applied: its files as (name, SHA-256), how many rows of each status, by whom."""

    id: int
    campaign: int
    files: tuple[tuple[str, str], ...]
    counts: Mapping[str, int]
    at: datetime
    by: str
    undone_at: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form somebody was typing into, as JSON, kept so that a power cut loses nothing."""

    actor: str
    key: str
    form: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatePair:
    """Two applications that may be one person's; `decided` is "", "same" or "different"."""

    id: int
    campaign: int
    first: int
    first_no: str
    second: int
    second_no: str
    score: int
    reasons: tuple[Finding, ...]
    decided: str = ""
    reason: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A what-if kept under a name: the changed rules and seats as JSON; nothing official follows from it."""

    id: int = 0
    campaign: int
    name: str
    document: str
    saved_at: datetime
    saved_by: str


AppealDecision = Literal["", "granted", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """An appeal as a record: when it came, by when, about what, and what was decided under which minutes."""

    id: int = 0
    campaign: int
    application: int
    received_at: datetime
    deadline: datetime | None = None
    subject: str
    decision: AppealDecision = ""
    minutes_no: str = ""
    minutes_on: date | None = None
    effect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionMember:
    """A member of the commission; `active` is False for one who left."""

    id: int = 0
    campaign: int
    name: str
    post: str = ""
    chairs: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One member's vote on one matter of the minutes; `interest` marks a relative's case they sit out."""

    campaign: int
    member: int
    minutes_no: str
    matter: str
    vote: VoteWord
    interest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Personal data handed out or sent abroad: what, to whom, on what basis (domain.md, personal data)."""

    id: int = 0
    campaign: int
    at: datetime
    by: str
    what: str
    recipient: str
    country: str
    basis: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the first page shows of a campaign: counts of applications, seats and awards."""

    applications: int
    by_state: Mapping[str, int]
    by_branch: Mapping[str, int]
    by_first_choice: Mapping[str, int]
    total: int
    seats: int
    awards: Mapping[str, int]
    last_entered_at: datetime | None
