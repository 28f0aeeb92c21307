"""What the register keeps of runs and of the commission's decisions; it does not know how places fall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from grants_app.domain.application import PersonFacts
from grants_app.domain.ranking import Explanation

RunKind = Literal["draft", "sealed", "scenario"]
SeedFrom = Literal["published", "witnessed"]  # before anybody's choices were known, or drawn before witnesses


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run as the register keeps it, without its bulk; `no` counts the campaign's runs from 1.

    `rules` is the rule set's version; `fingerprint` is empty while the run is a draft nobody sealed;
    `open_ties` counts the ties that wait for the commission.
    """

    id: int
    campaign: int
    no: int
    kind: RunKind
    round: int
    rules: int
    applications: int
    awards: int
    open_ties: int
    created_at: datetime
    created_by: str
    fingerprint: str = ""
    signature: str = ""
    minutes_no: str = ""
    minutes_on: date | None = None
    sealed_at: datetime | None = None
    sealed_by: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One choice of one application in a run, ready for the pool's list.

    `choice` counts from 1, 0 for a pool the person was placed in without having chosen it. `merit` and
    `cutoff` are the run file's strings; `outcome` is a `ChoiceOutcome`; `reserve` the place there from 1.
    """

    pool: str
    application: int
    application_no: str
    choice: int
    position: int | None
    merit: tuple[str, ...]
    outcome: str
    seat: str = ""
    reserve: int | None = None
    deciding_level: str = ""
    decided_against: str = ""
    cutoff: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRun:
    """A run to be kept: its file, one line for every choice, and everybody's explanation by number."""

    campaign: int
    kind: RunKind
    round: int
    rules: int
    file: bytes
    lines: tuple[RunLine, ...]
    explanations: Mapping[str, Explanation]
    awards: int
    open_ties: int
    at: datetime
    by: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealFacts:
    """What sealing adds to a run: the file as sealed, its fingerprint and signature, and the minutes."""

    file: bytes
    fingerprint: str
    signature: str
    minutes_no: str
    minutes_on: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedLine:
    """A line of a ranked list with the person's name, ready to show."""

    pool: str
    application: int
    application_no: str
    surname: str
    given: str
    patronymic: str
    branch: str
    choice: int
    position: int | None
    merit: tuple[str, ...]
    outcome: str
    seat: str
    reserve: int | None
    deciding_level: str
    decided_against: str
    cutoff: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSummary:
    """One pool of a run: its seats, who competes, how many are taken, the last merit taken."""

    pool: str
    seats: int
    competing: int
    awarded: int
    tied: int
    reserve: int
    cutoff: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """One number of a lot with the hash that gave it its place, 64 hexadecimal digits."""

    number: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TieDecision:
    """How a group of equals of one pool was ordered: by the commission, or by a recorded lot.

    `order` holds application numbers, best first. For a lot `seed` is its public seed and `present` who
    watched the draw (contracts.md); `seed_from` says how the seed came about ("" when nobody said) and
    `seed_note` where it was published; `how` is what the run file says. `revoked_at` is None in force.
    """

    id: int = 0
    campaign: int
    pool: str
    order: tuple[str, ...]
    how: str
    kind: Literal["commission", "lot"]
    minutes_no: str = ""
    minutes_on: date | None = None
    seed: str = ""
    present: str = ""
    seed_from: SeedFrom | Literal[""] = ""
    seed_note: str = ""
    decided_at: datetime
    decided_by: str
    revoked_at: datetime | None = None
    revoked_by: str = ""
    revoked_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRecord:
    """Somebody put into a pool by hand, with the reason; `seat` is `open`, a ground held, or ""."""

    id: int = 0
    campaign: int
    application_no: str
    pool: str
    reason: str
    seat: str = ""
    placed_at: datetime
    placed_by: str


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The Ed25519 key of a campaign: raw 32-byte public and private halves."""

    id: int
    campaign: int
    public: bytes
    private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person already in the register, with the application of the campaign asked about, if any."""

    person_id: int
    person: PersonFacts
    application_id: int | None = None
    application_no: str = ""
