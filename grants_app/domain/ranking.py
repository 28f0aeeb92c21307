r"""What goes into a run, what comes out of it and why; it does not know how any of it is decided.

Merits travel as canonical decimal strings (`-?(0|[1-9][0-9]{0,11})(\.[0-9]{0,5}[1-9])?`), so that what is
sealed, shown and compared is the same text. What a run makes by the hundred thousand is a msgspec struct,
which is built four times as fast as a frozen dataclass and used in the same way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import msgspec

from grants_app.domain.errors import Refused
from grants_app.domain.values import Finding

if TYPE_CHECKING:
    from grants_app.domain.ruleset import RuleSet  # noqa: TC004 - rule sets build on these types; nobody decodes Ranked

Order = Literal["quota_first", "open_first"]
Unused = Literal["open", "empty"]

OPEN = "open"  # the seat label of a seat no quota holds
PLACEMENT = "placement"  # the seat label of somebody placed by hand

LONGEST_IDENTIFIER = 64
_PLACES = 6
_DIGITS = 12
_MILLIONTH = Decimal("0.000001")


def scaled(value: Decimal) -> int:
    """The value in millionths, exactly; Refused when a merit cannot write it (12 digits, 6 places)."""
    if not value:
        return 0
    if value.is_finite() and value.adjusted() < _DIGITS:
        millionths = int(value.scaleb(_PLACES))
        if millionths * _MILLIONTH == value:
            return millionths
    raise Refused("number_out_of_range", value=str(value))


def unscaled(millionths: int) -> str:
    """The canonical decimal string of a number of millionths: no exponent, no trailing zeros, never -0."""
    whole, part = divmod(abs(millionths), 10**_PLACES)
    text = f"{whole}.{part:06d}".rstrip("0") if part else str(whole)
    return "-" + text if millionths < 0 else text


def decimal_text(value: Decimal) -> str:
    """The canonical decimal string of a value; Refused when it has too many digits."""
    return unscaled(scaled(value))


def is_identifier(text: str) -> bool:
    """Whether the text may name something: NFC, 1 to 64 characters, no control characters or outer spaces."""
    if not 0 < len(text) <= LONGEST_IDENTIFIER or text != text.strip():
        return False
    if text.isascii() and text.isprintable():
        return True
    kinds = {unicodedata.category(character) for character in text}
    return unicodedata.is_normalized("NFC", text) and kinds.isdisjoint({"Cc", "Cs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the rules need to know of one application, and nothing that names the person.

    `scores` maps a criterion's code (`ort_main`, `math`, `average`, …) to its value, absent when not
    given; `sources` where each was read. `grounds` are (code, whether the paper was seen). `late_basis`
    is the legal basis on which a late application is let in, empty without one. `lacks` are the papers
    not in the file; where nobody kept a list of them (`papers_kept` False) that is not known for certain.
    """

    no: str
    state: str
    scores: Mapping[str, Decimal]
    choices: tuple[str, ...]
    grounds: tuple[tuple[str, bool], ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    conflict: bool = False
    late: bool = False
    late_basis: str = ""
    asks_upgrade: bool = True
    lacks: tuple[str, ...] = ()
    papers_kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSeats:
    """The seats of one programme at one branch; `id` is `BRANCH/PROGRAMME`."""

    id: str
    programme: str
    branch: str
    seats: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an application may compete, and every reason if not."""

    admitted: bool
    findings: tuple[Finding, ...] = ()


class MeritPart(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One line of how a merit came about.

    `level` is the merit's level it belongs to (`score` or a level of the tie chain), `criterion` whose
    value it is, `value` None when not given; `points` is what it brings (value × weight for `score`).
    """

    level: str
    criterion: str
    value: str | None
    weight: str = "1"
    points: str = "0"
    source: str = ""


class Merit(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The exact tuple that orders people in one pool.

    `values` are the run file's strings; `levels` names, element by element, the level each belongs to;
    `parts` say where the values come from.
    """

    values: tuple[str, ...]
    levels: tuple[str, ...]
    parts: tuple[MeritPart, ...]


# ---- the run file's inputs, field by field as `grants-run/1` writes them -------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RunQuota:
    """Seats of a pool held for a ground; leftovers open up or stay empty."""

    ground: str
    seats: int
    unused: Unused


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPool:
    """A pool's seats, the quotas among them included."""

    id: str
    order: Order
    seats: int
    quotas: tuple[RunQuota, ...] = ()


class RunChoice(msgspec.Struct, frozen=True, gc=False):
    """One pool an application is admitted to, and its merit there."""

    pool: str
    merit: tuple[str, ...]


class RunApplication(msgspec.Struct, frozen=True, gc=False):
    """One application of the run: the pools it is admitted to, best liked first."""

    no: str
    choices: tuple[RunChoice, ...]
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Somebody put into a pool by hand; `seat` is `open`, a ground held, or "" when not said (open)."""

    application: str
    pool: str
    reason: str
    seat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Somebody who holds an award of an earlier round; `upgrade` keeps the choices above it alive."""

    application: str
    pool: str
    upgrade: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """Somebody who stays ranked and competes nowhere."""

    application: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TieOrder:
    """The order in which a group of equals of one pool was put, and by which act."""

    pool: str
    order: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes a run was sealed under; `date` as written there, ISO 8601."""

    no: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInputs:
    """All an allocation depends on; `total` is the campaign's number of grants."""

    campaign: str
    total: int
    pools: tuple[RunPool, ...]
    applications: tuple[RunApplication, ...]
    placements: tuple[Placement, ...] = ()
    holds: tuple[Hold, ...] = ()
    out: tuple[Out, ...] = ()
    ties: tuple[TieOrder, ...] = ()
    round: int | None = None
    minutes: Minutes | None = None


# ---- the run file's result -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAward:
    """One grant proposed; `position` is None when the pool is not among the person's choices."""

    application: str
    pool: str
    seat: str
    position: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveList:
    """Those a pool refused, in the order they would be asked; it promises nothing among free equals."""

    pool: str
    applications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTie:
    """Equals the commission has to order before the run can be sealed."""

    pool: str
    applications: tuple[str, ...]
    seats_at_stake: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What the allocation proposes; sorted as the run file is."""

    awards: tuple[RunAward, ...] = ()
    reserve: tuple[ReserveList, ...] = ()
    not_awarded: tuple[str, ...] = ()
    open_ties: tuple[OpenTie, ...] = ()

    @property
    def final(self) -> bool:
        """Whether it may be sealed: no tie waits for a decision."""
        return not self.open_ties


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedRun:
    """A run file as read: inputs, the result it claims, and what it is sealed with (empty when not)."""

    inputs: RunInputs
    result: RunResult | None = None
    fingerprint: str = ""
    signature: str = ""


# ---- why ---------------------------------------------------------------------------------------------

ChoiceOutcome = Literal[
    "awarded",  # the grant proposed
    "placed",  # put there by hand
    "tied",  # stands at a boundary tie the commission has to decide
    "refused",  # the pool took others
    "higher_choice",  # not reached: a better liked choice was given
    "higher_tied",  # not reached: a better liked choice waits for a tie
    "dropped",  # a hold or a placement elsewhere left this choice out
    "out",  # competes nowhere, stays ranked
    "not_admitted",
]


class QuotaTried(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A quota of the pool (or its open seats, ground `open`) and how this person fared there.

    `held` says whether the person has the ground; `cutoff` is the merit of the last one taken on it.
    """

    ground: str
    seats: int
    taken: int
    held: bool
    got: bool
    cutoff: tuple[str, ...] = ()


class ChoiceLine(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One choice explained; `parts` are there for everybody, the rest of the numbers for those admitted.

    `cutoff` is the merit of the worst taken in the pool on a seat this person could have had, empty
    while seats were left. For a refused choice `decided_against` is the number of that last one taken, and
    `deciding_level` the level at which the two differ (`tie_order` when a recorded order decided, `tie` when
    nothing does); for one awarded both speak of the first refused. `needed` is the total score that would
    have been enough, "" when the total did not decide. `above` and `below` are the neighbours on the
    pool's list. `would_have` says that a choice not reached would have taken the person.
    """

    no: int
    pool: str
    admitted: bool
    outcome: ChoiceOutcome
    findings: tuple[Finding, ...] = ()
    merit: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    parts: tuple[MeritPart, ...] = ()
    position: int | None = None
    competing: int = 0
    seats: int = 0
    seat: str = ""
    reserve: int | None = None
    cutoff: tuple[str, ...] = ()
    deciding_level: str = ""
    decided_against: str = ""
    needed: str = ""
    would_have: bool = False
    tied_with: tuple[str, ...] = ()
    seats_at_stake: int = 0
    quotas: tuple[QuotaTried, ...] = ()
    above: str = ""
    below: str = ""


class GroundLine(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A ground claimed: whether its paper was seen, whether it counted in the run."""

    ground: str
    seen: bool
    counted: bool


PersonOutcome = Literal["awarded", "placed", "tied", "not_awarded", "out", "not_competing"]


class Explanation(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Why one application stands where it stands; every line can be shown without computing anything.

    `held` is the pool of the grant an earlier round gave, "" without one; `reason` why somebody was placed,
    or the state of the award that left them out.
    """

    application: str
    outcome: PersonOutcome
    choices: tuple[ChoiceLine, ...]
    pool: str = ""
    seat: str = ""
    position: int | None = None
    findings: tuple[Finding, ...] = ()
    grounds: tuple[GroundLine, ...] = ()
    reason: str = ""
    held: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Candidates made ready for a run: its inputs, and what the explanation needs beside them.

    `not_admitted` holds the verdicts of refused choices by (application, pool); `levels` names, pool by
    pool, the level each element of a merit belongs to; `millionths` are the scores the run read, by
    criterion, in the order of the candidates.
    """

    inputs: RunInputs
    ruleset: RuleSet
    pools: Mapping[str, PoolSeats]
    candidates: Mapping[str, Candidate]
    not_admitted: Mapping[tuple[str, str], Verdict]
    levels: Mapping[str, tuple[str, ...]]
    millionths: Mapping[str, Sequence[int | None]] = field(default_factory=dict)
