"""The campaigns a new database can start from: the sample's set-up, or an empty one; data, never code."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain import ruleset
from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.errors import Refused
from grants_app.domain.ruleset import ProgrammeRule
from grants_app.domain.values import LANGS, Names
from grants_app.paths import shipped

if TYPE_CHECKING:
    from grants_app.domain.ruleset import RuleSet

SAMPLE = "resources/sample/campaign.toml"
SAMPLE_RULES = "resources/sample/programme_rules.toml"
EMPTY = "db/reference/campaigns/empty.toml"
_YEAR = "2026"  # the year the empty campaign's titles are written with
RULES = ("ort_default", "kz_priorities", "no_quotas")


def preset(name: str, year: int) -> tuple[CampaignSetup, RuleSet]:
    """The set-up and rules called `sample` or `empty` (its code is the year); Refused for any other name."""
    places = {"sample": SAMPLE, "empty": EMPTY}
    if name not in places:
        raise Refused("preset_unknown", preset=name)
    setup = setup_from(places[name])
    if setup.sample:
        return setup, sample_rules()
    titles = Names(**{lang: getattr(setup.titles, lang).replace(_YEAR, str(year)) for lang in LANGS})
    return replace(setup, code=str(year), titles=titles), default_rules()


def sample_rules() -> RuleSet:
    """The default rules with what the sample's programmes ask, which is made up as they are."""
    data = tomllib.loads(shipped(SAMPLE_RULES).read_text(encoding="utf-8"))
    return replace(default_rules(), programmes=msgspec.convert(data["programmes"], tuple[ProgrammeRule, ...]))


def sample_signers() -> frozenset[str]:
    """The names of the sample's signatories in every language: made up, none of them signs a real paper."""
    signers = setup_from(SAMPLE).signatories
    return frozenset(name for one in signers for lang in LANGS if (name := getattr(one.name, lang)))


def default_rules() -> RuleSet:
    """The default rules with their sources, of no programme; a campaign's own versions grow from them."""
    return rules_named("ort_default")


def rules_named(name: str) -> RuleSet:
    """The shipped rule set of this name, one of `RULES`."""
    return ruleset.from_toml(shipped(f"db/reference/rules/{name}.toml").read_text(encoding="utf-8"))


def setup_from(place: str) -> CampaignSetup:
    """A campaign's set-up out of a shipped TOML file."""
    data = tomllib.loads(shipped(place).read_text(encoding="utf-8"))
    return msgspec.convert(data, type=CampaignSetup)
