"""What is typed with an error, or in the other keyboard layout, is still understood."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants_app.domain.spelling import Vocabulary, errors_allowed, name_words, other_layout, plain

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
NAMES = (
    "Асанов", "Үсөнова", "Умурзакова", "Щербакова", "Жумабаев", "Мамытбекова", "Юсупов", "Кочкорбаева",
    "Осмон",
)  # fmt: skip


def mistyped(word: str, chance: random.Random) -> str:
    """The word with one slip of the finger."""
    place = chance.randrange(len(word))
    letter = chance.choice(LETTERS)
    return chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
        )
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Fcfyjd", "асанов"),
        ("fcfyjd", "асанов"),
        ("ГЬГКЯФЛЩМФ", "umurzakova"),
        (";evf,ftd", "жумабаев"),
        ("{fcfyjd", "хасанов"),
        ("И-0015", "b-0015"),
        ("0015", "0015"),
    ],
)
def test_the_same_keys_in_the_other_layout_give(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@pytest.mark.parametrize(
    ("letters", "errors"),
    [("Асан", 0), ("Асано", 1), ("Асан-5", 0), ("Токтогул", 1), ("Токтогуло", 2), ("", 0)],
)
def test_longer_words_may_hold_more_errors(letters: str, errors: int) -> None:
    assert errors_allowed(letters) == errors


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Асанав", "Асанов"),
        ("Асаонв", "Асанов"),
        ("Усонва", "Үсөнова"),
        ("Шербакова", "Щербакова"),
        ("Зумабаев", "Жумабаев"),
        ("Эумабаев", "Жумабаев"),
        ("Усупов", "Юсупов"),
        ("umurzakva", "Умурзакова"),
        ("Umurzokava", "Умурзакова"),
        ("Умузаква", "Умурзакова"),
        ("Кочкрбоева", "Кочкорбаева"),
        ("Мамитбекава", "Мамытбекова"),
        ("Мамиитбек", "Мамытбекова"),
        ("Осмн", "Осмон"),
    ],
)
def test_a_name_is_understood_in_spite_of_typing_errors(typed: str, meant: str) -> None:
    assert Vocabulary(name_words(*NAMES)).alike(typed) == name_words(meant)


@pytest.mark.parametrize("typed", ["Асоноа", "Асав", "Ас", "Умрзовка", "Кенжебаев", "12345", ""])
def test_other_names_and_short_words_are_like_nobody(typed: str) -> None:
    assert Vocabulary(name_words(*NAMES)).alike(typed) == []


@given(st.text(LETTERS, min_size=5, max_size=14), st.integers())
def test_any_one_slip_from_five_letters_is_looked_past(name: str, seed: int) -> None:
    typed = mistyped(name, random.Random(seed))
    assert plain(name) in Vocabulary([plain(name)]).alike(typed)


@given(st.text(LETTERS, min_size=9, max_size=16), st.integers())
def test_any_two_slips_from_nine_letters_are_looked_past(name: str, seed: int) -> None:
    chance = random.Random(seed)
    place = len(name) // 2
    typed = mistyped(name[:place], chance) + mistyped(name[place:], chance)
    assert plain(name) in Vocabulary([plain(name)]).alike(typed)


def test_words_of_a_name_are_kept_once_and_single_letters_not() -> None:
    assert name_words("Бакыт уулу", "Үсөн", "Бакыт", "Müller A. B-17") == ["бакыт", "уулу", "усон", "muller"]
