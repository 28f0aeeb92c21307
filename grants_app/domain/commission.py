"""The commission at work: sittings, who was there, what was decided by whose votes, declared interests.

What is custom and no law's letter stands in `CUSTOM`, so that the screen can show it as what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Matter = Literal["seal", "tie", "lot", "placement", "appeal", "publication", "seat_move", "other"]
MATTERS: tuple[Matter, ...] = (
    "seal",
    "tie",
    "lot",
    "placement",
    "appeal",
    "publication",
    "seat_move",
    "other",
)
VoteWord = Literal["for", "against", "abstained", "absent"]
VOTE_WORDS: tuple[VoteWord, ...] = ("for", "against", "abstained", "absent")
Outcome = Literal["adopted", "rejected"]
Weight = Literal["majority", "chair", "nobody"]
"""What tipped a vote: more votes, the chair's vote in a tie, or nothing, so that it fell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VotingCustom:
    """How a commission here decides by custom (domain.md): the share that must be there, and a tied vote.

    `quorum_of` seats out of `quorum_in` must be taken, rounded up. `chair_decides` gives a tied vote to the
    chair's own; otherwise it falls. `odd_members` is what the number of members should be. `official` says
    whether an act of the office fixes this; None of it is claimed to be until one does.
    """

    quorum_of: int = 2
    quorum_in: int = 3
    chair_decides: bool = True
    odd_members: bool = True
    official: bool = False


CUSTOM = VotingCustom()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A sitting, found by the number of its minutes."""

    id: int = 0
    campaign: int
    minutes_no: str
    minutes_on: date
    place: str = ""
    agenda: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Whether a member was at a sitting, and why not."""

    member: int
    present: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """One numbered item of a sitting: the matter, whom or what it is about, what was put to the vote.

    `subject` names pools and application numbers as they stand in the minutes; `application_no` and `run_no`
    are there where the item is about one application or one run.
    """

    id: int = 0
    meeting: int
    item: int
    matter: Matter
    subject: str = ""
    wording: str = ""
    outcome: Outcome
    application_no: str = ""
    run_no: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """A member's declared interest: the application is a relative's; it stands until withdrawn."""

    id: int = 0
    campaign: int
    member: int
    application_no: str
    relation: str
    declared_at: datetime
    declared_by: str
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many members count, how many are there, how many are needed, and whether that is reached."""

    members: int
    present: int
    needed: int
    reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A vote counted: figures by word, how many sat it out, the outcome and what tipped it."""

    counts: Mapping[VoteWord, int]
    interested: int
    outcome: Outcome
    weight: Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingAct:
    """One act the program recorded under a minutes' number, apart from what was voted on.

    `kind` is `tie`, `lot`, `placement`, `run_sealed`, `cascade`, `appeal_granted`, `appeal_refused` or the
    kind of a campaign's act; `facts` fill the sentence `sitting_<kind>`.
    """

    kind: str
    at: datetime | None
    by: str
    subject: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
