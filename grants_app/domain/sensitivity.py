"""Which grants hang by a thread: on a weight, on one point of a score, on a threshold; it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grants_app.domain.values import Finding

FragileKind = Literal["weight", "score", "threshold"]
FRAGILE_KINDS: tuple[FragileKind, ...] = ("weight", "score", "threshold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragile:
    """One grant that a small change would take from its holder.

    `why` says which change; `after` is the pool the holder would have then, "" for none, and `tied` that a
    tie would hold them up. `instead` are those who would come into the pool, as far as it is known.
    """

    application: str
    pool: str
    kind: FragileKind
    why: Finding
    after: str = ""
    tied: bool = False
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """Every grant found to hang by a thread, and how thoroughly it was looked for.

    `run` is the run looked at, 0 for what proposing now would give; `awards` its grants. `allocations` were
    made, `spared` changes needed none (a cutoff proves that nothing follows), `left` were not looked at
    because the cost allowed was used up. `outdated`: the register has changed since the run.
    """

    fragile: tuple[Fragile, ...] = ()
    run: int = 0
    awards: int = 0
    allocations: int = 0
    spared: int = 0
    left: int = 0
    outdated: bool = False

    def holders(self, kind: FragileKind | None = None) -> tuple[str, ...]:
        """The numbers of those whose grant hangs on something (of one kind), each once."""
        return tuple(sorted({one.application for one in self.fragile if kind in (None, one.kind)}))
