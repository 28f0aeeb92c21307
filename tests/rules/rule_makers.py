"""Rules, pools and candidates for tests: the shipped default rules and people who pass them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from grants_app.domain.ranking import Candidate, PoolSeats
from grants_app.domain.ruleset import RuleSet, from_toml
from grants_app.services.presets import sample_rules

PRESETS = Path(__file__).parents[2] / "db" / "reference" / "rules"

INFORMATICS = PoolSeats(id="KAZNU-BSH/6B06102", programme="6B06102", branch="KAZNU-BSH", seats=6)
ECOLOGY = PoolSeats(id="ENU-OSH/6B05201", programme="6B05201", branch="ENU-OSH", seats=2)
LAW = PoolSeats(id="KAZNU-BSH/6B04201", programme="6B04201", branch="KAZNU-BSH", seats=1)


def preset(name: str = "ort_default", **changes: Any) -> RuleSet:
    """The shipped rules of this name with what the sample's programmes ask."""
    rules = from_toml((PRESETS / f"{name}.toml").read_text(encoding="utf-8"))
    return replace(rules, **{"programmes": sample_rules().programmes} | changes)


def candidate(no: str = "B-0001", **changes: Any) -> Candidate:
    """Somebody verified with main test 150, mathematics 94 and average 4.85 who chose informatics."""
    scores = {"ort_main": "150", "math": "94", "average": "4.85"} | changes.pop("scores", {})
    given = {code: Decimal(value) for code, value in scores.items() if value is not None}
    fields = {"state": "verified", "choices": (INFORMATICS.id,)} | changes
    return Candidate(no=no, scores=given, **fields)
