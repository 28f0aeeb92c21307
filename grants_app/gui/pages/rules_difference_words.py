"""The difference between two versions of the rules in the reader's words: which value, from what to what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.ruleset import ANY_POOL, GROUNDS, PROFILE, RuleSet
from grants_app.gui.pages.rules_editor_fields import LANGUAGE_NAMES
from grants_app.gui.pages.rules_tab import PRESET_SOURCES
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.rule_changes import RuleDifference, RuleValue
    from grants_app.gui.qt_words import Speech

_CALLED: Mapping[RuleValue, str] = {
    "title": mark("Title"),
    "in_force_from": mark("In force from"),
    "legal_source": mark("Legal basis (order or law)"),
    "main": mark("Main test, at least"),
    "subject": mark("Each required subject, minimum"),
    "programme_main": mark("Own threshold of the main test"),
    "programme_subject": mark("Own threshold of the subject"),
    "programme_subjects": mark("Subjects accepted by a programme"),
    "weight": mark("Weight"),
    "best_of": mark("Sum of the best"),
    "required": mark("required"),
    "score_places": mark("Decimal places of the total"),
    "ties": mark("When points are equal, in this order"),
    "measure_name": mark("Title"),
    "measure_minimum": mark("Lowest value"),
    "measure_maximum": mark("Highest value"),
    "measure_places": mark("Decimal places"),
    "measure_subject": mark("a subject test that a programme may accept"),
    "ground_order": mark("Priority categories, by rank"),
    "ground_name": mark("Title"),
    "ground_paper": mark("Supporting document"),
    "ground_ranked": mark("counts as a tie-break, by rank"),
    "ground_sensitive": mark("sensitive: not shown outside the branch"),
    "quota_order": mark("Who chooses first"),
    "quota_places": mark("Quotas"),
    "quota_share": mark("Reserved"),
    "quota_rounding": mark("Rounding"),
    "quota_unused": mark("Unused seats"),
    "competing_states": mark("Applications in the competition"),
    "late": mark("Late application"),
    "unseen_grounds": mark("a priority category counts before its document has been seen"),
    "blocks": mark("A missing document blocks"),
    "unkept_papers": mark("an application with no documents ticked counts as having none"),
    "source": mark("Source"),
    "uncertain": mark("not official"),
}
_CHOICES = {
    "quota_first": mark("quota seats first"),
    "open_first": mark("open seats first"),
    "open": mark("unused seats become open seats"),
    "empty": mark("unused seats stay empty"),
    "down": mark("rounded down"),
    "half_up": mark("rounded to the nearest"),
    "up": mark("rounded up"),
}
_STAGES = {"offer": mark("the offer"), "letter": mark("the letter"), "confirmation": mark("the confirmation")}
_GROUPS = {
    "thresholds": mark("Eligibility"),
    "score": mark("Score"),
    "ties": mark("When points are equal"),
}
_NUMBERS = frozenset(
    {
        *("main", "subject", "programme_main", "programme_subject", "weight", "best_of", "score_places"),
        *("measure_minimum", "measure_maximum", "measure_places"),
    }
)
_TICKS = frozenset(
    {
        *("required", "measure_subject", "ground_ranked", "ground_sensitive", "unseen_grounds"),
        *("unkept_papers", "uncertain"),
    }
)
_TEXTS = frozenset({"title", "legal_source", "measure_name", "ground_name", "ground_paper", "source"})


def journalled_text(words: Speech, names: Mapping[str, str], name: str) -> str:
    """A value of the rules as the journal writes its name (`weight.math`), worded as far as it can be."""
    what, *of = name.split(".")
    called = words(_CALLED[what]) if what in _CALLED else what  # type: ignore[index]  # as just seen
    told = {code: words(sentence) for code, sentence in (_STAGES | _GROUPS).items()}
    owner = " · ".join(LANGUAGE_NAMES.get(code) or told.get(code) or names.get(code, code) for code in of)
    return f"{called}: {owner}" if owner else called


def journalled_value(words: Speech, names: Mapping[str, str], name: str, value: str) -> str:
    """A value of the rules as the journal keeps it under its name, in words; nothing stays nothing."""
    return _ValueWords(words, names, names).value(name.partition(".")[0], value) if value else ""


@dataclass(frozen=True, slots=True)
class DifferenceText:
    """One difference, ready to show."""

    what: str
    change: str


class DifferenceWords:
    """Names everything by the later version, by the earlier one what that has no more."""

    def __init__(self, words: Speech, setup: CampaignSetup, before: RuleSet, after: RuleSet) -> None:
        self._words = words
        lang = words.lang
        self._named: dict[str, str] = {
            PROFILE: words("Best subject accepted by the programme"),
            GROUNDS: words("Highest-ranked priority category"),
            ANY_POOL: words("Every programme"),
        }
        for rules in (before, after):
            self._named |= {measure.code: measure.names.get(lang) for measure in rules.measures}
            self._named |= {ground.code: ground.names.get(lang) for ground in rules.grounds}
        programmes = {one.code: one.names.get(lang) for one in setup.programmes}
        self._named |= programmes | {pool.id: programmes[pool.programme] for pool in setup.pools}
        self._papers = {paper.code: paper.names.get(lang) for paper in setup.required_papers}

    def text(self, one: RuleDifference) -> DifferenceText:
        """What differs and how."""
        words = self._words
        if one.before is None:
            change = words("new: {after}", after=self._value(one, one.after))
        elif one.after is None:
            change = words("removed; was: {before}", before=self._value(one, one.before))
        else:
            change = words(
                "was: {before}; now: {after}",
                before=self._value(one, one.before),
                after=self._value(one, one.after),
            )
        return DifferenceText(self._what(one), change)

    def _what(self, one: RuleDifference) -> str:
        called = self._words(_CALLED[one.what])
        if one.what in _TEXTS and one.of and one.of[-1] in LANGUAGE_NAMES:
            called = f"{called}, {LANGUAGE_NAMES[one.of[-1]]}"
        owner = self._owner(one)
        return f"{owner}: {called}" if owner else called

    def _owner(self, one: RuleDifference) -> str:
        of = one.of
        if one.what == "blocks":
            return self._words(_STAGES[of[0]])
        if one.what in ("source", "uncertain"):
            group = _GROUPS.get(of[0], "")
            return self._words(group) if group else self._name(of[-1])
        return " · ".join(self._name(code) for code in of if code not in LANGUAGE_NAMES)

    def _name(self, code: str) -> str:
        return self._named.get(code) or code

    def _value(self, one: RuleDifference, text: str | None) -> str:
        return _ValueWords(self._words, self._named, self._papers).value(one.what, text)


class _ValueWords:
    """Words the values of rules as versions and journal keep them, codes by what they are called."""

    def __init__(self, words: Speech, named: Mapping[str, str], papers: Mapping[str, str]) -> None:
        self._words = words
        self._named = named
        self._papers = papers

    def _name(self, code: str) -> str:
        return self._named.get(code) or code

    def value(self, what: str, text: str | None) -> str:
        """A value of a rule, as people read it."""
        words = self._words
        if not text:
            return words("none")
        if what in _TEXTS:
            return words(text) if text in PRESET_SOURCES else text
        if what in _TICKS:
            return words("yes") if text == "1" else words("no")
        if text in _CHOICES:
            return words(_CHOICES[text])
        plain = self._plain(what, text)
        return plain or ", ".join(self._listed(what)(code) for code in text.split(" "))

    def _plain(self, what: str, text: str) -> str:
        """A number, a share, a date or the rule on lateness; "" for a list of codes."""
        words = self._words
        if what in _NUMBERS:
            return words.current.number(Decimal(text))
        if what == "in_force_from":
            return words.current.date(dt.date.fromisoformat(text))
        if what == "quota_share":
            number, _, sign = text.partition(" ")
            return f"{words.current.number(Decimal(number))} {sign}".strip()
        return words.code(f"late_rule_{text}") if what == "late" else ""

    def _listed(self, what: str) -> Callable[[str], str]:
        if what == "competing_states":
            return lambda code: self._words.code(f"state_{code}")
        if what == "blocks":
            return lambda code: self._papers.get(code, code)
        return self._name
