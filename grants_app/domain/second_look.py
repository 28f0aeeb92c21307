"""The second look at decisive numbers: whose are asked for, and second typings that differed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grants_app.domain.application import Score

WHOLE = 100
_SHARE = 2**64


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """Which applications a campaign types a second time: all of them, or a share drawn by a recorded seed.

    An application is drawn when the first eight bytes of SHA-256 of `seed:number` lie in the lower `percent`
    of all they can be. So anybody can draw again from the seed alone, and those who apply after the draw are
    drawn by the same rule.
    """

    campaign: int
    percent: int = WHOLE
    seed: str = ""
    drawn_at: datetime | None = None
    drawn_by: str = ""

    @property
    def whole(self) -> bool:
        """Whether everybody's numbers are typed twice."""
        return self.percent >= WHOLE

    def asks(self, no: str) -> bool:
        """Whether the application with this number is one whose numbers are typed a second time."""
        if self.whole:
            return True
        drawn = int.from_bytes(hashlib.sha256(f"{self.seed}:{no}".encode()).digest()[:8], "big")
        return drawn * WHOLE < _SHARE * self.percent


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondTyping:
    """A number typed a second time that was not the first one; it waits for somebody with the paper."""

    application: int
    criterion: str
    value: Decimal
    typed_by: str
    typed_at: datetime


def carried(before: tuple[Score, ...], after: tuple[Score, ...], typed_by: str) -> tuple[Score, ...]:
    """The numbers of a saved entry with who stands behind each.

    A number left as it was keeps its typist and its second look; one typed anew is this typist's and has
    none, whatever was handed in with it.
    """
    known = {score.criterion: score for score in before}
    told = []
    for score in after:
        old = known.get(score.criterion)
        if old is not None and old.value == score.value:
            told.append(replace(score, entered_by=old.entered_by, verified_by=old.verified_by))
        else:
            told.append(replace(score, entered_by=typed_by, verified_by=""))
    return tuple(told)
