"""The campaigns a new database can start from: the sample's set-up, or an empty one; data, never code."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain import ruleset
from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.errors import Refused
from grants_app.paths import shipped

if TYPE_CHECKING:
    from grants_app.domain.ruleset import RuleSet

SAMPLE = "resources/sample/campaign.toml"
EMPTY = "db/reference/campaigns/empty.toml"
RULES = ("ort_default", "kz_priorities", "no_quotas")


def preset(name: str, year: int) -> tuple[CampaignSetup, RuleSet]:
    """The set-up and rules called `sample` or `empty` (its code is the year); Refused for any other name."""
    places = {"sample": SAMPLE, "empty": EMPTY}
    if name not in places:
        raise Refused("preset_unknown", preset=name)
    setup = setup_from(places[name])
    return (setup if setup.sample else replace(setup, code=str(year))), default_rules()


def default_rules() -> RuleSet:
    """The default rule set with its sources; a campaign's own versions grow from it."""
    return rules_named("ort_default")


def rules_named(name: str) -> RuleSet:
    """The shipped rule set of this name, one of `RULES`."""
    return ruleset.from_toml(shipped(f"db/reference/rules/{name}.toml").read_text(encoding="utf-8"))


def setup_from(place: str) -> CampaignSetup:
    """A campaign's set-up out of a shipped TOML file."""
    data = tomllib.loads(shipped(place).read_text(encoding="utf-8"))
    return msgspec.convert(data, type=CampaignSetup)
