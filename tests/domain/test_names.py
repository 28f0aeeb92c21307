"""How names are split, put right and doubted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants_app.domain.names import (
    NameParts,
    is_formula,
    latin_code,
    letters_lost,
    odd_characters,
    right_letters,
    split_name,
    tidy_text,
)


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Асанов Үсөн Бакытович", NameParts("Асанов", "Үсөн", "Бакытович")),
        ("Бакыт уулу Үсөн", NameParts("Бакыт уулу", "Үсөн")),
        ("Бакыт кызы Асел", NameParts("Бакыт кызы", "Асел")),
        ("Осмон тегин Бекзат", NameParts("Осмон тегин", "Бекзат")),
        ("Осмон тегин", NameParts("Осмон тегин")),
        ("Кадыр Феруза", NameParts("Кадыр", "Феруза")),
        ("Бакыт", NameParts("Бакыт")),
        ("", NameParts("")),
        ("Асанов Үсөн Бакыт уулу", NameParts("Асанов", "Үсөн", "Бакыт уулу")),
        ("БАКЫТ УУЛУ ҮСӨН", NameParts("БАКЫТ УУЛУ", "ҮСӨН")),
        ("Серік Алмас Серікұлы", NameParts("Серік", "Алмас", "Серікұлы")),
    ],
)
def test_a_whole_name_is_split_as_its_kind_asks(whole: str, parts: NameParts) -> None:
    assert split_name(whole) == parts


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Үсөн Бакыт уулу", NameParts("Бакыт уулу", "Үсөн", "", sure=False)),
        ("Де ла Крус Мария", NameParts("Де", "ла", "Крус Мария", sure=False)),
        ("Ак Марал Айгүл Бакыт кызы", NameParts("Ак Марал", "Айгүл", "Бакыт кызы", sure=False)),
    ],
)
def test_a_split_that_may_be_another_says_so(whole: str, parts: NameParts) -> None:
    assert split_name(whole) == parts


def test_spaces_and_invisible_characters_go_and_letters_are_composed() -> None:
    assert tidy_text("  Үмүт \u00a0 кызы\u200b ") == "Үмүт кызы"
    assert tidy_text(unicodedata.normalize("NFD", "Нарынбай")) == "Нарынбай"
    assert tidy_text(" Асан ") == "Асан"


@given(st.text())
def test_a_text_put_right_once_stays_as_it_is(text: str) -> None:
    assert tidy_text(tidy_text(text)) == tidy_text(text)


@pytest.mark.parametrize(
    ("typed", "right", "sure"),
    [
        ("Taшмaтoвa", "Ташматова", True),
        ("Кубaнычбeк кызы Hуpгүл", "Кубанычбек кызы Нургүл", True),
        ("Yмүт", "Умүт", False),
        ("Smirnov Иван", "Smirnov Иван", True),
        ("Смиrnов", "Смиrnов", True),
        ("Smirnov", "Smirnov", True),
        ("Асан", "Асан", True),
    ],
)
def test_latin_lookalikes_in_cyrillic_words_are_put_right(typed: str, right: str, sure: bool) -> None:
    assert right_letters(typed) == (right, sure)


def test_cyrillic_letters_in_codes_become_latin() -> None:
    assert latin_code(" аn 1234567 ") == "AN1234567"
    assert latin_code("6В06102") == "6B06102"


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("Азамат <b", "<"),
        ("Сапар3", "3"),
        ("Смиrnов", "rn"),
        ("О’Нил-Ким", ""),
        ("O'Neil", ""),
        ("Кызжибек", ""),
        ("Müller", ""),
        ("Айше Müller", ""),
        ("李", "李"),
    ],
)
def test_characters_no_name_has_are_named(name: str, odd: str) -> None:
    assert odd_characters(name) == odd


def test_formulas_and_lost_letters_are_recognised() -> None:
    assert is_formula("=1+1")
    assert is_formula("@sum")
    assert not is_formula("Асан")
    assert letters_lost("Же?иш")
    assert letters_lost("Же\ufffdиш")
    assert not letters_lost("Жеңиш")
