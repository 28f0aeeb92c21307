"""A lot: the same for everybody who draws it again, and its seed writable in one way only."""

from __future__ import annotations

import subprocess

import pytest

from grants_app.domain.errors import Refused
from grants_app.rules.lots import demand_seed, draw

NUMBERS = ("B-0101", "O-0007", "B-0042")


def test_the_lot_is_the_order_of_the_hashes_a_standard_tool_computes() -> None:
    drawn = draw("2026-08-06/3", NUMBERS)
    for one in drawn:
        command = f"printf '%s' '2026-08-06/3:{one.number}' | sha256sum"
        told = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
        assert told.stdout.split()[0] == one.sha256
    assert [one.sha256 for one in drawn] == sorted(one.sha256 for one in drawn)
    assert {one.number for one in drawn} == set(NUMBERS)


def test_the_order_numbers_are_given_in_decides_nothing() -> None:
    assert draw("482915", NUMBERS) == draw("482915", NUMBERS[::-1])


def test_two_are_enough_for_a_lot() -> None:
    assert {one.number for one in draw("482915", NUMBERS[:2])} == set(NUMBERS[:2])


def test_another_seed_may_draw_another_order() -> None:
    assert len({tuple(one.number for one in draw(str(seed), NUMBERS)) for seed in range(60)}) == 6


def test_spaces_around_a_seed_change_nothing() -> None:
    assert draw(" 482915 ", NUMBERS) == draw("482915", NUMBERS)


@pytest.mark.parametrize("seed", ["", "   ", "\t"])
def test_a_blank_seed_draws_nothing(seed: str) -> None:
    with pytest.raises(Refused) as refused:
        draw(seed, NUMBERS)
    assert refused.value.code == "lot_incomplete"


@pytest.mark.parametrize(
    "seed", ["ВОРОТА", "A  B", "x'y", "a\nb", "семь", "7" * 65, "-1", "1-", "$(id)", "a\\b"]
)
def test_a_seed_that_can_be_written_in_two_ways_is_refused(seed: str) -> None:
    with pytest.raises(Refused) as refused:
        demand_seed(seed)
    assert refused.value.code == "seed_unclear"


@pytest.mark.parametrize("seed", ["7", "7" * 64, "2026-08-06/3", "Lotto 6-49 3,17,22", "a_b.c"])
def test_a_plain_seed_is_taken_as_it_is(seed: str) -> None:
    assert demand_seed(seed) == seed


def test_one_person_is_no_tie_and_nobody_is_drawn_twice() -> None:
    for numbers, code in ((("B-0001",), "tie_too_short"), (("B-0001", "B-0001"), "tie_repeated")):
        with pytest.raises(Refused) as refused:
            draw("482915", numbers)
        assert refused.value.code == code
