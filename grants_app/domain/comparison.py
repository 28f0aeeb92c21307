"""What differs between two runs of one campaign: who gains and loses, who is admitted, who stands where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AwardChangeKind = Literal["gained", "lost", "better", "worse", "moved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardChange:
    """One person whose grant differs; `before` and `after` are pool ids, "" for none.

    `better` and `worse` follow the person's own order of choices; `moved` is a change between pools that
    order does not compare, such as a placement by hand. `tied` says that afterwards a tie the commission has
    to decide holds the person up, so that "" in `after` is not a refusal.
    """

    application: str
    before: str
    after: str
    kind: AwardChangeKind
    tied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionChange:
    """One choice that is admitted afterwards and was not before, or the other way round."""

    application: str
    pool: str
    admitted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RankChange:
    """One place on a pool's ranked list that differs; positions count from 1, None when not on the list."""

    application: str
    pool: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that differs between two runs; each list is sorted by application, then pool."""

    awards: tuple[AwardChange, ...] = ()
    admissions: tuple[AdmissionChange, ...] = ()
    ranks: tuple[RankChange, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the two runs come to the same for everybody."""
        return not (self.awards or self.admissions or self.ranks)
