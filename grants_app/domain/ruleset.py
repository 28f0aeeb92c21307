"""The rules of one campaign as dated, versioned data; it does not know how they are applied.

Every group of values names its source, and says when that source is uncertain, so that nothing is shown
as official that is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from grants_app.domain.ranking import Order, Unused
from grants_app.domain.values import Names

PROFILE = "profile"  # the criterion: best of the subjects a programme admits
GROUNDS = "grounds"  # the tie level: rank of the best ground held
SCORE = "score"  # the first level of every merit: the total
ANY_POOL = "*"  # quotas for every pool that has none of its own

Rounding = Literal["down", "half_up", "up"]
Stage = Literal["offer", "letter", "confirmation"]
LateRule = Literal["refused", "with_basis", "competes"]

COMPETING = ("submitted", "complete", "incomplete", "verified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A criterion people have a value of: a test, the average mark, an interview, an essay.

    Values lie in `minimum`…`maximum` with at most `places` decimal places. `subject` marks the
    subject tests a programme may admit.
    """

    code: str
    names: Names
    maximum: Decimal
    minimum: Decimal = Decimal(0)
    places: int = 0
    subject: bool = False
    source: str = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """What admission needs: the main test, and each needed subject; None asks nothing."""

    main: Decimal | None = None
    subject: Decimal | None = None
    source: str = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRule:
    """What one programme asks: one of `any_subject`; a threshold left out is the general one."""

    programme: str
    any_subject: tuple[str, ...] = ()
    main: Decimal | None = None
    subject: Decimal | None = None
    source: str = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One summand of the score: weight × value. `profile` sums the `best_of` best admitted subjects.

    A required criterion not given bars admission; one not required adds nothing and is shown as not given.
    """

    criterion: str
    weight: Decimal = Decimal(1)
    best_of: int = 1
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFormula:
    """The total: the sum of its terms, rounded to `places` decimal places, half up."""

    terms: tuple[Term, ...]
    places: int = 2
    source: str = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TieChain:
    """What is looked at, in order, where totals are equal: criteria, `profile`, `grounds`. Then it stops."""

    levels: tuple[str, ...]
    source: str = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A preference ground and the paper that proves it; grounds stand in the order of their rank.

    One that is not `ranked` may have a quota but counts for nothing between equals.
    """

    code: str
    names: Names
    paper: Names
    ranked: bool = True
    sensitive: bool = False
    source: str = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Seats held for a ground: a number, or a percentage of the pool's seats with its rounding."""

    ground: str
    seats: int | None = None
    percent: Decimal | None = None
    rounding: Rounding = "down"
    unused: Unused = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolQuotas:
    """The quotas of one pool (`*`: of every pool without quotas of its own), in the order they fill."""

    pool: str
    quotas: tuple[Quota, ...]
    order: Order = "quota_first"
    source: str = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperBlock:
    """A paper without which an offer, the letter or the confirmation is not made."""

    paper: str
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One version of a campaign's rules, in force from a day on."""

    version: int
    in_force_from: date
    title: Names
    legal_source: str
    measures: tuple[Measure, ...]
    thresholds: Threshold
    programmes: tuple[ProgrammeRule, ...]
    score: ScoreFormula
    ties: TieChain
    grounds: tuple[Ground, ...] = ()
    quotas: tuple[PoolQuotas, ...] = ()
    competing_states: tuple[str, ...] = COMPETING
    late: LateRule = "with_basis"
    unseen_grounds_count: bool = True
    blocks: tuple[PaperBlock, ...] = ()

    def measure(self, code: str) -> Measure | None:
        """The measure with this code, or None when the rules know none such."""
        return next((m for m in self.measures if m.code == code), None)

    def programme(self, code: str) -> ProgrammeRule | None:
        """What the programme asks, or None when the rules do not mention it."""
        return next((p for p in self.programmes if p.programme == code), None)

    def ground(self, code: str) -> Ground | None:
        """The ground with this code, or None when the rules know none such."""
        return next((g for g in self.grounds if g.code == code), None)
