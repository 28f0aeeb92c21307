"""The chair's sheet: everything to be seen before a run is sealed; it counts nothing and words nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from grants_app.domain.comparison import AwardChange
from grants_app.domain.values import Finding

LineCode = Literal[
    "open_ties",
    "checker",
    "outdated",
    "intake_open",
    "unfrozen",
    "seats",
    "conflicts",
    "quorum",
    "duplicates",
    "unverified",
    "grounds_unproven",
    "papers_missing",
    "consent_missing",
    "late",
    "placements",
    "accepted_warnings",
    "sensitivity",
    "difference",
    "backup",
]
Weight = Literal["blocks", "reason", "note"]
Standing = Literal["blocks", "reason", "accepted", "note", "ok"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedFinding:
    """A line of the sheet somebody accepted for one run, with the reason; `run` is its id.

    `extent` is the line's own as it was seen then, "" where nobody wrote it down.
    """

    run: int
    code: str
    reason: str
    at: datetime
    by: str
    extent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line: how many cases, and the applications and pools behind the count.

    `weight` says what a count above zero does: it forbids the seal (`blocks`), wants a reason first
    (`reason`), or is only told (`note`). `facts` fill the line's sentence, `findings` are its details.
    `reason` and `accepted_by` are empty until somebody accepted the line as it stands for this run; `earlier`
    is the reason given when it counted otherwise.
    """

    code: LineCode
    count: int
    weight: Weight
    applications: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    accepted_by: str = ""
    earlier: str = ""

    @property
    def extent(self) -> str:
        """How many cases and which, as one short text: who accepts a line accepts these and no others."""
        named = "\n".join((*sorted(self.applications), "", *sorted(self.pools)))
        return f"{self.count} {hashlib.sha256(named.encode()).hexdigest()}"

    @property
    def standing(self) -> Standing:
        """How the line stands now: in order, only told, waiting for a reason, accepted, or forbidding."""
        if self.count == 0:
            return "ok"
        if self.weight == "reason" and self.reason:
            return "accepted"
        return self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPool:
    """One pool: seats, who competes, who is proposed, the last total taken ("" without one), the reserve."""

    pool: str
    seats: int
    competing: int
    proposed: int
    cutoff: str
    reserve: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDifference:
    """What differs from the run before: grants one by one, admissions and places as counts.

    `run` is that run's number, 0 when there is none, `sealed` whether it was a sealed one.
    """

    run: int = 0
    sealed: bool = False
    awards: tuple[AwardChange, ...] = ()
    admissions: int = 0
    ranks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairSheet:
    """The sheet of one run; of a sealed one as it stood when the run was sealed.

    `fingerprint` is the draft's own until the minutes are in it. `made_at` is in the campaign's zone.
    """

    run: int
    round: int
    rules: int
    sealed: bool
    total: int
    proposed: int
    pools: tuple[SheetPool, ...]
    lines: tuple[SheetLine, ...]
    difference: SheetDifference
    fingerprint: str
    made_at: datetime
    made_by: str
    minutes_no: str = ""
    minutes_on: date | None = None

    @property
    def blocking(self) -> tuple[SheetLine, ...]:
        """The lines that forbid the seal."""
        return tuple(line for line in self.lines if line.standing == "blocks")

    @property
    def waiting(self) -> tuple[SheetLine, ...]:
        """The lines that want a reason first."""
        return tuple(line for line in self.lines if line.standing == "reason")

    @property
    def sealable(self) -> bool:
        """Whether nothing stands in the way of the seal."""
        return not self.blocking and not self.waiting

    def line(self, code: LineCode) -> SheetLine:
        """The line with this code; KeyError when the sheet has none such."""
        for line in self.lines:
            if line.code == code:
                return line
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class PageFinding:
    """One finding as the paper prints it: words, count, how it stands, the reason and who gave it."""

    text: str
    note: str
    count: str
    standing: Standing
    standing_text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """The chair's sheet ready to print, every word already in the reader's language.

    `pools` and `totals` have one cell per heading; `difference` opens with its own heading and is empty
    where there is nothing to tell. `signatures` are the posts and names that stand at the lines to sign on.
    """

    title: str
    subtitle: tuple[str, ...]
    pool_heads: tuple[str, ...]
    pools: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]
    finding_heads: tuple[str, ...]
    findings: tuple[PageFinding, ...]
    difference: tuple[str, ...]
    signatures: tuple[tuple[str, str], ...]
    fingerprint: str
    sample: bool = False
