"""Two runs held side by side: whose grant, admission or place differs; it decides nothing and ranks nothing.

It works on run files' inputs and results alone, so that any two runs can be compared, sealed years ago or
made up for a what-if.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.comparison import AdmissionChange, AwardChange, Comparison, RankChange
from grants_app.rules.standings import Standings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grants_app.domain.comparison import AwardChangeKind
    from grants_app.domain.ranking import RunInputs, RunResult


def compare(
    before: RunInputs, result_before: RunResult, after: RunInputs, result_after: RunResult
) -> Comparison:
    """All that differs from one run to another of the same campaign."""
    return Comparison(
        awards=award_changes(before, result_before, after, result_after),
        admissions=admission_changes(before, after),
        ranks=rank_changes(before, after),
    )


def award_changes(
    before: RunInputs, result_before: RunResult, after: RunInputs, result_after: RunResult
) -> tuple[AwardChange, ...]:
    """Everybody whose grant differs, by application."""
    had = {award.application: award.pool for award in result_before.awards}
    has = {award.application: award.pool for award in result_after.awards}
    differ = sorted(no for no in had.keys() | has.keys() if had.get(no) != has.get(no))
    if not differ:
        return ()
    wanted = _choices(after, differ) | {
        no: pools for no, pools in _choices(before, differ).items() if no in had
    }
    tied = {no for tie in result_after.open_ties for no in tie.applications} - has.keys()
    return tuple(
        AwardChange(
            application=no,
            before=had.get(no, ""),
            after=has.get(no, ""),
            kind=_kind(had.get(no, ""), has.get(no, ""), wanted.get(no, ())),
            tied=no in tied,
        )
        for no in differ
    )


def _choices(inputs: RunInputs, numbers: list[str]) -> dict[str, tuple[str, ...]]:
    wanted = frozenset(numbers)
    return {
        application.no: tuple(choice.pool for choice in application.choices)
        for application in inputs.applications
        if application.no in wanted
    }


def _kind(before: str, after: str, wanted: tuple[str, ...]) -> AwardChangeKind:
    if not before:
        return "gained"
    if not after:
        return "lost"
    if before not in wanted or after not in wanted:
        return "moved"
    return "better" if wanted.index(after) < wanted.index(before) else "worse"


def admission_changes(before: RunInputs, after: RunInputs) -> tuple[AdmissionChange, ...]:
    """Every choice admitted in one run only, by application and pool."""
    had, has = _admitted(before), _admitted(after)
    return tuple(
        AdmissionChange(application=no, pool=pool, admitted=(no, pool) in has)
        for no, pool in sorted(had ^ has)
    )


def _admitted(inputs: RunInputs) -> set[tuple[str, str]]:
    return {
        (application.no, choice.pool) for application in inputs.applications for choice in application.choices
    }


def rank_changes(before: RunInputs, after: RunInputs) -> tuple[RankChange, ...]:
    """Every place on a ranked list that differs, by application and pool."""
    had, has = _positions(before), _positions(after)
    return tuple(
        RankChange(application=no, pool=pool, before=had.get((no, pool)), after=has.get((no, pool)))
        for no, pool in sorted(had.keys() | has.keys())
        if had.get((no, pool)) != has.get((no, pool))
    )


def _positions(inputs: RunInputs) -> Mapping[tuple[str, str], int]:
    standings = Standings(inputs)
    return {
        (standings.applications[member].no, pool.id): position
        for index, pool in enumerate(standings.pools)
        for position, member in standings.ranked(index)
    }
