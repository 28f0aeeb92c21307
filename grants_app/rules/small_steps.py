"""Rules a little changed, one weight by 5 % or one threshold by a step; what follows is found elsewhere."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from grants_app.domain.ranking import decimal_text
from grants_app.domain.ruleset import MAIN, ProgrammeRule, Threshold
from grants_app.domain.values import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grants_app.domain.ruleset import RuleSet
    from grants_app.domain.sensitivity import FragileKind

Asking = TypeVar("Asking", Threshold, ProgrammeRule)

_SHARES = (Decimal("0.95"), Decimal("1.05"))
_MILLIONTH = Decimal("0.000001")


def small_changes(rules: RuleSet) -> Iterator[tuple[FragileKind, Finding, RuleSet]]:
    """Every weight 5 % and every threshold one step away, one at a time, both ways, with what it is."""
    for why, changed in weight_changes(rules):
        yield "weight", why, changed
    for why, changed in threshold_changes(rules):
        yield "threshold", why, changed


def weight_changes(rules: RuleSet) -> Iterator[tuple[Finding, RuleSet]]:
    """The rules with each weight of the score 5 % less, then 5 % more."""
    terms = rules.score.terms
    for place, term in enumerate(terms):
        for share in _SHARES if term.weight else ():
            weight = (term.weight * share).quantize(_MILLIONTH)
            facts = {
                "criterion": term.criterion,
                "has_points": decimal_text(term.weight),
                "would_points": decimal_text(weight),
            }
            changed = (*terms[:place], replace(term, weight=weight), *terms[place + 1 :])
            score = replace(rules.score, terms=changed)
            yield Finding("fragile_weight", facts), replace(rules, score=score)


def threshold_changes(rules: RuleSet) -> Iterator[tuple[Finding, RuleSet]]:
    """The rules with each threshold, general and of a programme, one step less, then one step more."""
    for key, facts, value in _thresholds(rules):
        step = _threshold_step(rules, key)
        for changed in (value - step, value + step):
            if changed < 0:
                continue
            told = {**facts, "has_points": decimal_text(value), "would_points": decimal_text(changed)}
            programme = facts.get("programme")
            code = f"fragile_threshold_{key}" + ("_of_programme" if programme else "")
            yield Finding(code, told), _with_threshold(rules, key, programme, changed)


def _thresholds(rules: RuleSet) -> Iterator[tuple[str, dict[str, str], Decimal]]:
    asked: list[tuple[dict[str, str], Threshold | ProgrammeRule]] = [({}, rules.thresholds)]
    asked += [({"programme": rule.programme}, rule) for rule in rules.programmes]
    for facts, rule in asked:
        for key, value in (("main", rule.main), ("subject", rule.subject)):
            if value is not None:
                yield key, facts, value


def _threshold_step(rules: RuleSet, key: str) -> Decimal:
    places = [one.places for one in rules.measures if (one.code == MAIN if key == "main" else one.subject)]
    return Decimal(1).scaleb(-max(places, default=0))


def _with_threshold(rules: RuleSet, key: str, programme: str | None, value: Decimal) -> RuleSet:
    if programme is None:
        return replace(rules, thresholds=_asking(rules.thresholds, key, value))
    changed = [_asking(one, key, value) if one.programme == programme else one for one in rules.programmes]
    return replace(rules, programmes=tuple(changed))


def _asking(rule: Asking, key: str, value: Decimal) -> Asking:
    return replace(rule, main=value) if key == "main" else replace(rule, subject=value)
