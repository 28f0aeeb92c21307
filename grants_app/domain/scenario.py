"""What if the rules, the seats or the total were others: what is changed, and what it would come to.

Nothing official follows from any of it; it does not know how places fall.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import msgspec

from grants_app.domain import ruleset
from grants_app.domain.comparison import AwardChange
from grants_app.domain.errors import Refused
from grants_app.domain.ranking import RunInputs, RunResult, is_identifier, scaled
from grants_app.domain.ruleset import RuleSet
from grants_app.domain.values import Finding

FORMAT = "grants-scenario/1"
LONGEST_DOCUMENT = 1_000_000  # characters; the fullest rule set takes some thirty thousand
_LARGEST_COUNT = 10**6

Dimension = Literal["branch", "programme", "sex", "region", "school"]
DIMENSIONS: tuple[Dimension, ...] = ("branch", "programme", "sex", "region", "school")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChange:
    """One person's result made another, as if an appeal had been granted; None takes it away."""

    application: str
    criterion: str
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A scenario: the rules, the seats of every pool (by id), the total, and people's changed results.

    `released`: grants given in earlier rounds do not bind, everybody competes anew.
    """

    rules: RuleSet
    seats: Mapping[str, int]
    total: int
    scores: tuple[ScoreChange, ...] = ()
    released: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What a scenario comes to beside the official run.

    `awards` lists everybody whose grant differs; `competing` counts those admitted somewhere, before and
    after; `notes` say what of the register could not stay in force.
    """

    inputs: RunInputs
    result: RunResult
    awards: tuple[AwardChange, ...]
    competing: tuple[int, int]
    notes: tuple[Finding, ...] = ()

    def count(self, *kinds: str) -> int:
        """How many people's grant differs in one of these ways."""
        return sum(change.kind in kinds for change in self.awards)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the comparison shows of a person beside the rules' own facts; "" where it is not known."""

    surname: str
    given: str
    patronymic: str
    sex: str
    region: str
    school: str

    @property
    def full_name(self) -> str:
        """Surname, given name and patronymic."""
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class Tally:
    """The grants of one group (a branch, a sex, a region …) before and after; `key` "" is not known."""

    key: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """How many more afterwards."""
        return self.after - self.before


# ---- keeping it ----------------------------------------------------------------------------------------


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    """The document of a kept scenario; `rules` is a rule set's own document."""

    format: str
    rules: dict[str, object]
    seats: dict[str, int]
    total: int
    scores: tuple[ScoreChange, ...] = ()
    released: bool = False


def dump(what_if: WhatIf) -> str:
    """The canonical JSON a scenario is kept as."""
    document = {
        "format": FORMAT,
        "rules": json.loads(ruleset.dump(what_if.rules)),
        "seats": dict(what_if.seats),
        "total": what_if.total,
        "scores": msgspec.to_builtins(what_if.scores),
        "released": what_if.released,
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(document: str) -> WhatIf:
    """The scenario of a kept document; Refused (scenario_unreadable) when anything in it is not right."""
    if len(document) > LONGEST_DOCUMENT:
        raise Refused("scenario_unreadable")
    try:
        kept = msgspec.json.decode(document, type=_Kept)
        rules = ruleset.from_data(kept.rules)
        for one in kept.scores:
            scaled(one.value or Decimal(0))
    except (msgspec.DecodeError, RecursionError, Refused) as error:
        raise Refused("scenario_unreadable") from error
    counts = (kept.total, *kept.seats.values())
    if kept.format != FORMAT or not all(0 <= count <= _LARGEST_COUNT for count in counts):
        raise Refused("scenario_unreadable")
    named = (*kept.seats, *(one.application for one in kept.scores), *(one.criterion for one in kept.scores))
    if not all(is_identifier(name) for name in named):
        raise Refused("scenario_unreadable")
    return WhatIf(rules=rules, seats=kept.seats, total=kept.total, scores=kept.scores, released=kept.released)
