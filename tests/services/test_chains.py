"""Chains seat by seat: free seats, changes of place, ties, empty seats; drawn from a result alone."""

from __future__ import annotations

from datetime import UTC, datetime

from grants_app.domain.award import Award, AwardState
from grants_app.domain.ranking import OpenTie, RunAward, RunResult
from grants_app.services.chains import Ground, chains, sum_after

NOW = datetime(2026, 8, 6, tzinfo=UTC)


def held(number: str, pool: str, state: AwardState = AwardState.OFFERED) -> Award:
    return Award(
        id=int(number),
        campaign=1,
        application=int(number),
        application_no=number,
        pool=pool,
        seat=int(number),
        label="open",
        run=1,
        round=1,
        state=state,
        offered_at=NOW,
    )


def won(number: str, pool: str, position: int | None = 1) -> RunAward:
    return RunAward(application=number, pool=pool, seat="open", position=position)


def ground(
    holding: list[Award],
    awards: list[RunAward],
    answers: dict[str, AwardState] | None = None,
    ties: tuple[OpenTie, ...] = (),
    seats: dict[str, int] | None = None,
) -> Ground:
    return Ground(
        holding={one.application_no: one for one in holding},
        answers=answers or {},
        result=RunResult(awards=tuple(awards), open_ties=ties),
        seats=seats or {"P": 1, "Q": 1},
        names={},
        reserve={("Q", "3"): 1},
    )


def told(made: Ground) -> list[list[tuple[str, str, str]]]:
    return [[(step.kind, step.application, step.pool) for step in chain] for chain in chains(made)]


def test_a_refusal_is_followed_from_hand_to_hand() -> None:
    made = ground(
        [held("1", "P"), held("2", "Q")], [won("2", "P"), won("3", "Q")], {"1": AwardState.DECLINED}
    )
    assert told(made) == [[("declined", "1", "P"), ("moves", "2", "P"), ("enters", "3", "Q")]]
    assert chains(made)[0][2].reserve == 1
    assert sum_after(2, made).adds_up


def test_a_confirmation_is_a_chain_of_one_step() -> None:
    made = ground([held("1", "P")], [won("1", "P")], {"1": AwardState.CONFIRMED})
    assert told(made) == [[("confirmed", "1", "P")], [("stays_empty", "", "Q")]]
    after = sum_after(2, made)
    assert (after.confirmed, after.offered, after.free) == (1, 0, 1)


def test_free_seats_begin_chains_and_those_left_over_are_counted_together() -> None:
    made = ground([], [won("1", "P"), won("2", "P", 2)], seats={"P": 5, "Q": 0})
    assert told(made) == [
        [("free", "", "P"), ("enters", "1", "P")],
        [("free", "", "P"), ("enters", "2", "P")],
        [("stays_empty", "", "P")],
    ]
    assert chains(made)[-1][0].seats == 3


def test_people_who_change_places_make_a_chain_of_their_own() -> None:
    made = ground([held("1", "P"), held("2", "Q")], [won("1", "Q"), won("2", "P")])
    assert told(made) == [[("moves", "2", "P"), ("moves", "1", "Q")]]


def test_a_tie_ends_the_chain_where_the_commission_decides() -> None:
    tie = OpenTie(pool="P", applications=("4", "5"), seats_at_stake=1)
    made = ground([held("1", "P")], [], {"1": AwardState.EXPIRED}, (tie,), {"P": 1})
    assert told(made) == [[("expired", "1", "P"), ("tie", "4, 5", "P")]]


def test_who_is_placed_by_hand_comes_after_those_with_a_position() -> None:
    made = ground([], [won("9", "P", None), won("8", "P", 4)], seats={"P": 2})
    assert [chain[-1].application for chain in chains(made)] == ["8", "9"]
