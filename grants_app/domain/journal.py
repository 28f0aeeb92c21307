"""Who did what: the actor of an act and the event the journal keeps of it, chained by hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from grants_app.domain.reversal import Reversal

Role = Literal["officer", "verifier", "secretary", "chair", "auditor"]
ROLES: tuple[Role, ...] = ("officer", "verifier", "secretary", "chair", "auditor")

FIRST_LINK = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, in which role, at which branch; every change names one."""

    name: str
    branch: str
    role: Role = "officer"
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One journal entry; `before` and `after` are canonical JSON of what changed, or empty.

    `at` is ISO 8601 in UTC; `role` is empty in events written before roles were noted. `link` is the SHA-256
    of the previous link and this event's own text, so that an edit, a deletion or a reordering breaks the
    chain.
    """

    seq: int
    at: str
    actor: str
    branch: str
    act: str
    subject: str
    role: str = ""
    reason: str = ""
    before: str = ""
    after: str = ""
    campaign: int | None = None
    previous: str = FIRST_LINK
    link: str = ""


def link_of(event: Event) -> str:
    """The hex SHA-256 an event must carry: over the previous link and all of the event but `link`.

    A role stands last and only where there is one, so that links made before roles were noted still hold.
    """
    told = [
        event.previous,
        event.seq,
        event.at,
        event.actor,
        event.branch,
        event.act,
        event.subject,
        event.reason,
        event.before,
        event.after,
        event.campaign,
    ]
    if event.role:
        told.append(event.role)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Changed:
    """What an act changed, by kind, so that views know what to read again.

    `undo` is what takes the act back, None for acts that are never taken back so.
    """

    applications: frozenset[int] = frozenset()
    awards: bool = False
    runs: bool = False
    campaign: bool = False
    papers: bool = False
    commission: bool = False
    undo: Reversal | None = None


def utc_text(moment: datetime) -> str:
    """The moment as the journal writes it: ISO 8601, UTC, microseconds always there."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
