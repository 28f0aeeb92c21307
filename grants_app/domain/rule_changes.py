"""What differs between two versions of a campaign's rules, and what a change does; it decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from grants_app.domain.comparison import Comparison
from grants_app.domain.ruleset import RuleSet

RuleValue = Literal[
    "title",
    "in_force_from",
    "legal_source",
    "main",
    "subject",
    "programme_main",
    "programme_subject",
    "programme_subjects",
    "weight",
    "best_of",
    "required",
    "score_places",
    "ties",
    "measure_name",
    "measure_minimum",
    "measure_maximum",
    "measure_places",
    "measure_subject",
    "ground_order",
    "ground_name",
    "ground_paper",
    "ground_ranked",
    "ground_sensitive",
    "quota_order",
    "quota_places",
    "quota_share",
    "quota_rounding",
    "quota_unused",
    "competing_states",
    "late",
    "unseen_grounds",
    "blocks",
    "unkept_papers",
    "source",
    "uncertain",
]
"""One value of a rule set: its kind; whose it is (a programme, a criterion, a ground …) stands beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDifference:
    """One value that differs between two versions.

    `of` names whose value it is, by codes. `before` and `after` are the values as text: plain decimals, ISO
    dates, "1" and "0" for yes and no, codes joined by blanks; None where the version has no such value.
    """

    what: RuleValue
    of: tuple[str, ...] = ()
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """One version of the rules with who put it there, when and why, as the journal says.

    `until` is the day from which another version holds instead, None while none is in sight; a version
    replaced before its day came was `never` in force.
    """

    rules: RuleSet
    state: Literal["past", "in_force", "future", "never"]
    until: date | None = None
    by: str = ""
    at: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEffect:
    """What rules not yet in force would change, everything else staying as it is; nothing was written.

    `names` holds the full name of everybody the comparison mentions; `ties` counts the open ties there would
    be. `waits` says that the day of these rules has not come: until then nothing changes.
    """

    rules: RuleSet
    comparison: Comparison
    ties: int = 0
    waits: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
