"""An entry of a list is found by its code, in four languages and in Latin, and taken only if surely meant."""

from __future__ import annotations

import pytest

from grants_app.domain.choosing import fitting

ENTRIES = (
    ("Экология · Ош", "6B05201", "Ecology"),
    ("Экономика · Бишкек", "6B04101", "Economics", "Экономика"),
    ("Биология", "6B05101", "Biology"),
    ("Маркетинг", "6B04102", "Marketing", "экомаркетинг сату"),
)


@pytest.mark.parametrize(
    ("typed", "places", "meant"),
    [
        ("эк", (0, 1, 3), None),
        ("эко ", (0, 1, 3), None),
        ("экон", (1,), 1),
        ("экономика", (1,), 1),
        ("Economics", (1,), 1),
        ("6b0520", (0,), 0),
        ("6В05", (0, 2), None),
        ("6B05101", (2,), 2),
        ("5101", (2,), 2),
        ("ология", (0, 2), None),
        (",bj", (2,), 2),
        ("biol", (2,), 2),
        ("сату", (3,), 3),
        ("право", (), None),
        ("", (), None),
        ("—", (), None),
    ],
)
def test_what_is_typed_fits_and_means(typed: str, places: tuple[int, ...], meant: int | None) -> None:
    found = fitting(typed, ENTRIES)
    assert (found.places, found.meant) == (places, meant)


def test_a_word_written_out_is_meant_though_others_go_on_from_it() -> None:
    found = fitting("Ош", [("Ош",), ("Ош облусу",), ("Талас",)])
    assert (found.places, found.meant) == ((0, 1), 0)


def test_two_entries_of_one_name_are_not_guessed_between() -> None:
    assert fitting("Талас", [("Талас", "1"), ("Талас", "2")]).meant is None
