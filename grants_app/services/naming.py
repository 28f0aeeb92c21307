"""Names codes of the rules and of the set-up in the reader's language; it computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.ruleset import GROUNDS, PROFILE, SCORE, RuleSet

if TYPE_CHECKING:
    from collections.abc import Mapping

_ITSELF = frozenset({"tie_order", "tie", "quota", "seats"})
_WORDED_LEVELS = frozenset({SCORE, GROUNDS, PROFILE, "average", "ort_main"})
_OWN_SEATS = ("open", "placement")
_LISTS = ("subjects", "admits")
_NUMBERS = ("has", "needs")


class Speaks(Protocol):
    """The words of one language, or of the language in force: `Words`, or what a window keeps of them."""

    @property
    def lang(self) -> str:
        """ky, ru, kk or en."""

    def __call__(self, sentence: str, **facts: object) -> str:
        """The sentence in this language."""

    def code(self, code: str, **facts: object) -> str:
        """The words of a code."""

    def plural(self, one: str, many: str, n: int, **facts: object) -> str:
        """The sentence in the plural form `n` asks for."""

    def number(self, value: Decimal | int) -> str:
        """A number as the language writes it."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Whose names are asked for: the words, the campaign's set-up, the rules (of a run: the run's own)."""

    words: Speaks
    setup: CampaignSetup
    rules: RuleSet

    def programme(self, pool_id: str) -> str:
        """The programme of a pool, without its branch; a pool the set-up has no more keeps its id."""
        try:
            pool = self.setup.pool(pool_id)
        except KeyError:
            return pool_id
        return self.setup.programme(pool.programme).names.get(self.words.lang)

    def branch(self, pool_id: str) -> str:
        """The short name of the branch that teaches the pool's programme."""
        try:
            pool = self.setup.pool(pool_id)
        except KeyError:
            return ""
        return self.setup.branch(pool.branch).short.get(self.words.lang)

    def level(self, level: str) -> str:
        """A level of the merit: the total, a criterion, the grounds."""
        if level in _WORDED_LEVELS or level in _ITSELF:
            return self.words.code(f"level_{level}")
        return self.criterion(level)

    def criterion(self, code: str) -> str:
        """A criterion by the rules' own name."""
        measure = self.rules.measure(code)
        if measure is not None:
            return measure.names.get(self.words.lang)
        return self.words.code(f"level_{code}") if code in _WORDED_LEVELS else self.ground(code)

    def ground(self, code: str) -> str:
        """A ground by the rules' own name; the open seats and the placements by ours."""
        if code in _OWN_SEATS:
            return self.words.code(f"seat_{code}")
        ground = self.rules.ground(code)
        return ground.names.get(self.words.lang) if ground else code

    def number(self, text: str, criterion: str = "") -> str:
        """A plain decimal number as the language writes it, with the criterion's decimal places."""
        measure = self.rules.measure(criterion) if criterion else None
        value = Decimal(text)
        if measure is not None and measure.places:
            value = value.quantize(Decimal(1).scaleb(-measure.places))
        return self.words.number(value)

    def facts(self, facts: Mapping[str, str]) -> dict[str, str]:
        """A finding's facts with codes of criteria, grounds and programmes replaced by their names."""
        named = dict(facts)
        for key in ("criterion", "subject"):
            if key in named and self.rules.measure(named[key]):
                named[key] = self.criterion(named[key])
        if "ground" in named:
            named["ground"] = self.ground(named["ground"])
        if "pool" in named:
            named["pool"] = self.programme(named["pool"])
        for key in _NUMBERS:
            if key in named:
                named[key] = self.number(named[key], facts.get("criterion", ""))
        for key in _LISTS:
            if key in named:
                codes = named[key].replace(",", " ").split()
                named[key] = ", ".join(self.criterion(code) for code in codes)
        return named
