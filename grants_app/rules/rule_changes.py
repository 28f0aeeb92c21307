"""Two versions of the rules held side by side, value by value; it does not know what they do to anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.ranking import decimal_text
from grants_app.domain.rule_changes import RuleDifference, RuleValue
from grants_app.domain.ruleset import PROFILE
from grants_app.domain.values import LANGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from grants_app.domain.ruleset import (
        Ground,
        Measure,
        PoolQuotas,
        ProgrammeRule,
        Quota,
        RuleSet,
        ScoreFormula,
        Threshold,
        TieChain,
    )
    from grants_app.domain.values import Names

    Key = tuple[RuleValue, tuple[str, ...]]
    Sourced = Threshold | ProgrammeRule | ScoreFormula | TieChain | Measure | Ground | PoolQuotas

_STAGES = ("offer", "letter", "confirmation")


def differences(before: RuleSet, after: RuleSet) -> tuple[RuleDifference, ...]:
    """Every value that differs, in the order the editor shows them; the version's number is none."""
    had, has = dict(_values(before)), dict(_values(after))
    return tuple(
        RuleDifference(what=what, of=of, before=had.get((what, of)), after=has.get((what, of)))
        for what, of in dict.fromkeys((*has, *had))
        if had.get((what, of)) != has.get((what, of))
    )


def _values(rules: RuleSet) -> Iterator[tuple[Key, str]]:
    yield from _named("title", (), rules.title)
    yield ("in_force_from", ()), rules.in_force_from.isoformat()
    yield ("legal_source", ()), rules.legal_source
    yield from _admission(rules)
    yield from _score(rules)
    for measure in rules.measures:
        yield from _measure(measure)
    yield from _grounds(rules)
    for pool in rules.quotas:
        yield from _quotas(pool)
    yield ("competing_states", ()), " ".join(sorted(rules.competing_states))
    yield ("late", ()), rules.late
    yield ("unseen_grounds", ()), _flag(rules.unseen_grounds_count)
    for stage in _STAGES:
        papers = sorted(block.paper for block in rules.blocks if block.stage == stage)
        yield ("blocks", (stage,)), " ".join(papers)
    yield ("unkept_papers", ()), _flag(rules.unkept_papers_block)


def _admission(rules: RuleSet) -> Iterator[tuple[Key, str]]:
    general = rules.thresholds
    yield ("main", ()), _number(general.main)
    yield ("subject", ()), _number(general.subject)
    yield from _sourced(("thresholds",), general)
    for programme in rules.programmes:
        code = (programme.programme,)
        yield ("programme_subjects", code), " ".join(programme.any_subject)
        yield ("programme_main", code), _number(programme.main)
        yield ("programme_subject", code), _number(programme.subject)
        yield from _sourced(("programme", *code), programme)


def _score(rules: RuleSet) -> Iterator[tuple[Key, str]]:
    for term in rules.score.terms:
        yield ("weight", (term.criterion,)), decimal_text(term.weight)
        if term.criterion == PROFILE:
            yield ("best_of", (PROFILE,)), str(term.best_of)
        yield ("required", (term.criterion,)), _flag(term.required)
    yield ("score_places", ()), str(rules.score.places)
    yield from _sourced(("score",), rules.score)
    yield ("ties", ()), " ".join(rules.ties.levels)
    yield from _sourced(("ties",), rules.ties)


def _measure(measure: Measure) -> Iterator[tuple[Key, str]]:
    code = (measure.code,)
    yield from _named("measure_name", code, measure.names)
    yield ("measure_minimum", code), decimal_text(measure.minimum)
    yield ("measure_maximum", code), decimal_text(measure.maximum)
    yield ("measure_places", code), str(measure.places)
    yield ("measure_subject", code), _flag(measure.subject)
    yield from _sourced(("measure", *code), measure)


def _grounds(rules: RuleSet) -> Iterator[tuple[Key, str]]:
    yield ("ground_order", ()), " ".join(ground.code for ground in rules.grounds)
    for ground in rules.grounds:
        code = (ground.code,)
        yield from _named("ground_name", code, ground.names)
        yield from _named("ground_paper", code, ground.paper)
        yield ("ground_ranked", code), _flag(ground.ranked)
        yield ("ground_sensitive", code), _flag(ground.sensitive)
        yield from _sourced(("ground", *code), ground)


def _quotas(pool: PoolQuotas) -> Iterator[tuple[Key, str]]:
    code = (pool.pool,)
    yield ("quota_order", code), pool.order
    yield ("quota_places", code), " ".join(quota.ground for quota in pool.quotas)
    for quota in pool.quotas:
        of = (pool.pool, quota.ground)
        yield ("quota_share", of), _share(quota)
        if quota.percent is not None:
            yield ("quota_rounding", of), quota.rounding
        yield ("quota_unused", of), quota.unused
    yield from _sourced(("quotas", *code), pool)


def _named(what: RuleValue, of: tuple[str, ...], names: Names) -> Iterator[tuple[Key, str]]:
    for lang in LANGS:
        yield (what, (*of, lang)), getattr(names, lang)


def _sourced(of: tuple[str, ...], group: Sourced) -> Iterator[tuple[Key, str]]:
    yield ("source", of), group.source
    yield ("uncertain", of), _flag(group.uncertain)


def _share(quota: Quota) -> str:
    return str(quota.seats) if quota.percent is None else f"{decimal_text(quota.percent)} %"


def _number(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)


def _flag(on: bool) -> str:  # noqa: FBT001 - the value itself
    return "1" if on else "0"
