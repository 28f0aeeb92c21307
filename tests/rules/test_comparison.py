"""Two runs held side by side: each gain, loss, admission and place that differs is told, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from grants_app.domain.comparison import AdmissionChange, AwardChange, Comparison, RankChange
from grants_app.domain.ranking import (
    Placement,
    RunApplication,
    RunChoice,
    RunInputs,
    RunPool,
)
from grants_app.rules.allocation import allocate
from grants_app.rules.comparison import compare


def person(no: str, *choices: tuple[str, str]) -> RunApplication:
    return RunApplication(no=no, choices=tuple(RunChoice(pool, (merit,)) for pool, merit in choices))


def run(*applications: RunApplication, **changes: Any) -> RunInputs:
    pools = tuple(RunPool(id=name, order="quota_first", seats=1) for name in ("P", "Q"))
    inputs = RunInputs(campaign="2026", total=2, pools=pools, applications=applications)
    return replace(inputs, **changes)


def told(before: RunInputs, after: RunInputs) -> Comparison:
    return compare(before, allocate(before), after, allocate(after))


A = person("A", ("P", "9"), ("Q", "9"))
B = person("B", ("P", "8"), ("Q", "8"))
C = person("C", ("Q", "7"))


def test_a_run_differs_from_itself_in_nothing() -> None:
    same = told(run(A, B, C), run(A, B, C))
    assert same.empty
    assert same == Comparison()


def test_who_gains_who_loses_and_who_is_better_off_is_told() -> None:
    leaves_p = person("A", ("Q", "9"))
    assert told(run(A, B, C), run(leaves_p, B, C)).awards == (
        AwardChange(application="A", before="P", after="Q", kind="worse"),
        AwardChange(application="B", before="Q", after="P", kind="better"),
    )
    assert told(run(A, B, C), run(A, C)).awards == (
        AwardChange(application="B", before="Q", after="", kind="lost"),
        AwardChange(application="C", before="", after="Q", kind="gained"),
    )


def test_a_grant_held_up_by_a_tie_is_not_called_a_refusal() -> None:
    equal = person("C", ("Q", "8"))
    change = AwardChange(application="B", before="Q", after="", kind="lost", tied=True)
    assert told(run(A, B, C), run(A, B, equal)).awards == (change,)


def test_a_placement_outside_somebodys_choices_is_only_a_move() -> None:
    placed = Placement(application="C", pool="P", reason="order 1")
    only = person("C", ("Q", "7"))
    assert told(run(only), run(only, placements=(placed,))).awards == (
        AwardChange(application="C", before="Q", after="P", kind="moved"),
    )


def test_admissions_and_places_that_differ_are_told() -> None:
    lower = person("A", ("Q", "7.5"))
    comparison = told(run(A, B, C), run(lower, B, C))
    assert comparison.admissions == (AdmissionChange(application="A", pool="P", admitted=False),)
    assert comparison.ranks == (
        RankChange(application="A", pool="P", before=1, after=None),
        RankChange(application="A", pool="Q", before=1, after=2),
        RankChange(application="B", pool="P", before=2, after=1),
        RankChange(application="B", pool="Q", before=2, after=1),
    )


def test_admissions_are_told_by_application_and_pool() -> None:
    everybody = [person(no, ("Q", "1"), ("P", "1")) for no in "HGFEDCBA"]
    admissions = told(run(), run(*everybody)).admissions
    assert [(one.application, one.pool) for one in admissions] == [(no, p) for no in "ABCDEFGH" for p in "PQ"]
    assert all(one.admitted for one in admissions)
