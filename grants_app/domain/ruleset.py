"""The rules of one campaign as dated, versioned data; it does not know how they are applied.

Every group of values names its source, and says when that source is uncertain, so that nothing is shown
as official that is not.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from grants_app.domain.errors import Refused
from grants_app.domain.ranking import OPEN, PLACEMENT, Order, Unused, decimal_text, is_identifier
from grants_app.domain.values import Names

MAIN = "ort_main"  # the criterion the main threshold asks about
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
    """One version of a campaign's rules, in force from a day on.

    `unkept_papers_block` says whether a file nobody ticked papers of, such as a workbook's row, counts as
    lacking them all; otherwise its papers are unknown and block nothing.
    """

    version: int
    in_force_from: date
    title: Names
    legal_source: str
    measures: tuple[Measure, ...]
    thresholds: Threshold
    score: ScoreFormula
    ties: TieChain
    programmes: tuple[ProgrammeRule, ...] = ()
    grounds: tuple[Ground, ...] = ()
    quotas: tuple[PoolQuotas, ...] = ()
    competing_states: tuple[str, ...] = COMPETING
    late: LateRule = "with_basis"
    unseen_grounds_count: bool = True
    blocks: tuple[PaperBlock, ...] = ()
    unkept_papers_block: bool = False

    def measure(self, code: str) -> Measure | None:
        """The measure with this code, or None when the rules know none such."""
        return next((m for m in self.measures if m.code == code), None)

    def programme(self, code: str) -> ProgrammeRule | None:
        """What the programme asks, or None when the rules do not mention it."""
        return next((p for p in self.programmes if p.programme == code), None)

    def ground(self, code: str) -> Ground | None:
        """The ground with this code, or None when the rules know none such."""
        return next((g for g in self.grounds if g.code == code), None)

    def blocking(self, stage: Stage) -> frozenset[str]:
        """The papers without which this stage is not reached."""
        return frozenset([block.paper for block in self.blocks if block.stage == stage])


def following(
    rules: RuleSet, programmes: Iterable[str], pools: Iterable[str], renamed: Mapping[str, str] | None = None
) -> RuleSet:
    """The rules without rows of programmes and quotas of pools a campaign does not have.

    What was renamed (old code to new) keeps its row under the new name. The very same object is answered
    when nothing has to go.
    """
    names, there, seats = renamed or {}, frozenset(programmes), frozenset((ANY_POOL, *pools))
    rows = tuple(replace(row, programme=names.get(row.programme, row.programme)) for row in rules.programmes)
    quotas = tuple(replace(one, pool=names.get(one.pool, one.pool)) for one in rules.quotas)
    rows = tuple(row for row in rows if row.programme in there)
    quotas = tuple(one for one in quotas if one.pool in seats)
    if rows == rules.programmes and quotas == rules.quotas:
        return rules
    return replace(rules, programmes=rows, quotas=quotas)


# ---- reading and writing -------------------------------------------------------------------------------


def load(document: bytes) -> RuleSet:
    """The rule set of a JSON document; Refused, with the place named, when anything in it is not right."""
    try:
        data = json.loads(document, object_pairs_hook=_once, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise Refused("rules_unreadable", place="$") from error
    return from_data(data)


def from_toml(text: str) -> RuleSet:
    """The rule set of a preset's TOML text; the same checks as `load`."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refused("rules_unreadable", place="$") from error
    return from_data(data)


def from_data(data: object) -> RuleSet:
    """The rule set of plain data (dicts, lists, strings, numbers as ints or decimal strings, dates)."""
    try:
        ruleset = msgspec.convert(data, RuleSet)
    except msgspec.ValidationError as error:
        raise Refused("rules_unreadable", place=_place_of(str(error))) from error
    _refuse_unknown_keys(data, msgspec.to_builtins(ruleset), "$")
    check(ruleset)
    return ruleset


def dump(ruleset: RuleSet) -> bytes:
    """Canonical JSON: keys sorted, no spaces, decimals as plain strings. `load` gives the same rules back."""
    data = msgspec.to_builtins(ruleset, builtin_types=(Decimal,))
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=decimal_text)
    return text.encode()


def check(ruleset: RuleSet) -> None:
    """Refused, with the place named, unless the rules can be applied: known codes, numbers in range."""
    if ruleset.version < 1:
        raise Refused("rules_out_of_range", place="version")
    measures = _unique("measures", [m.code for m in ruleset.measures])
    subjects = {m.code for m in ruleset.measures if m.subject}
    grounds = _unique("grounds", [g.code for g in ruleset.grounds])
    _known("measures", measures & {PROFILE, GROUNDS, SCORE}, frozenset())
    _known("grounds", grounds & {OPEN, PLACEMENT}, frozenset())
    for number, measure in enumerate(ruleset.measures):
        _in_range(f"measures[{number}].places", Decimal(measure.places), Decimal(0), Decimal(6))
        _in_range(f"measures[{number}].maximum", measure.maximum, measure.minimum)
    _check_thresholds(ruleset, measures, subjects)
    _check_score(ruleset, measures)
    for number, quotas in enumerate(ruleset.quotas):
        _check_quotas(f"quotas[{number}]", quotas, grounds)
    _unique("quotas", [quotas.pool for quotas in ruleset.quotas])
    _unique("competing_states", ruleset.competing_states)
    _known("competing_states", ruleset.competing_states, COMPETING)


def _check_thresholds(ruleset: RuleSet, measures: Container[str], subjects: Container[str]) -> None:
    asked = [("thresholds", ruleset.thresholds.main, ruleset.thresholds.subject)]
    asked += [(f"programmes[{n}]", p.main, p.subject) for n, p in enumerate(ruleset.programmes)]
    for place, main, subject in asked:
        for key, value in (("main", main), ("subject", subject)):
            if value is not None:
                _in_range(f"{place}.{key}", value, Decimal(0))
        if main is not None:
            _known(f"{place}.main", [MAIN], measures)
    _unique("programmes", [p.programme for p in ruleset.programmes])
    for number, programme in enumerate(ruleset.programmes):
        place = f"programmes[{number}].any_subject"
        _unique(place, programme.any_subject)
        _known(place, programme.any_subject, subjects)


def _check_score(ruleset: RuleSet, measures: AbstractSet[str]) -> None:
    criteria = [term.criterion for term in ruleset.score.terms]
    _unique("score.terms", criteria)
    _known("score.terms", criteria, measures | {PROFILE})
    if not criteria:
        raise Refused("rules_out_of_range", place="score.terms")
    _in_range("score.places", Decimal(ruleset.score.places), Decimal(0), Decimal(6))
    for number, term in enumerate(ruleset.score.terms):
        place = f"score.terms[{number}]"
        _in_range(f"{place}.weight", term.weight, Decimal(-1000), Decimal(1000))
        top = Decimal(8) if term.criterion == PROFILE else Decimal(1)
        _in_range(f"{place}.best_of", Decimal(term.best_of), Decimal(1), top)
    _unique("ties.levels", ruleset.ties.levels)
    _known("ties.levels", ruleset.ties.levels, measures | {PROFILE, GROUNDS})


def _check_quotas(place: str, quotas: PoolQuotas, grounds: Container[str]) -> None:
    _unique(f"{place}.quotas", [quota.ground for quota in quotas.quotas])
    _known(f"{place}.quotas", [quota.ground for quota in quotas.quotas], grounds)
    for number, quota in enumerate(quotas.quotas):
        if (quota.seats is None) == (quota.percent is None):
            raise Refused("rules_seats_or_percent", place=f"{place}.quotas[{number}]")
        if quota.seats is not None:
            _in_range(f"{place}.quotas[{number}].seats", Decimal(quota.seats), Decimal(0))
        elif quota.percent is not None:  # pragma: no branch - one of the two is given, as seen above
            _in_range(f"{place}.quotas[{number}].percent", quota.percent, Decimal(0), Decimal(100))


def _unique(place: str, codes: Sequence[str]) -> frozenset[str]:
    seen: set[str] = set()
    for number, code in enumerate(codes):
        if not is_identifier(code):
            raise Refused("rules_bad_code", place=f"{place}[{number}]", name=code)
        if code in seen:
            raise Refused("rules_repeated_code", place=f"{place}[{number}]", name=code)
        seen.add(code)
    return frozenset(seen)


def _known(place: str, codes: Iterable[str], known: Container[str]) -> None:
    for code in codes:
        if code not in known:
            raise Refused("rules_unknown_code", place=place, name=code)


def _in_range(place: str, value: Decimal, least: Decimal, most: Decimal = Decimal(10**6)) -> None:
    try:
        decimal_text(value)
    except Refused as error:
        raise Refused("rules_out_of_range", place=place) from error
    if not least <= value <= most:
        raise Refused("rules_out_of_range", place=place)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise Refused("rules_repeated_key", place=repeated)
    return found


def _refuse_unknown_keys(given: object, known: object, place: str) -> None:
    """Compare the document with what was understood of it: a key that vanished was not known."""
    if isinstance(given, Mapping) and isinstance(known, Mapping):
        for key, value in given.items():
            if key not in known:
                raise Refused("rules_unknown_key", place=f"{place}.{key}")
            _refuse_unknown_keys(value, known[key], f"{place}.{key}")
    elif isinstance(given, list) and isinstance(known, (list, tuple)):
        for number, (one, other) in enumerate(zip(given, known, strict=True)):
            _refuse_unknown_keys(one, other, f"{place}[{number}]")


def _place_of(message: str) -> str:
    """The place msgspec names at the end of its message (` - at `$.score.terms[0]``), `$` when none."""
    return message.rpartition(" - at `")[2].rstrip("`") if " - at `" in message else "$"
