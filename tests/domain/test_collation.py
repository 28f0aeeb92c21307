"""Names sort as dictionaries of both countries sort them, and are found however they are spelled."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants_app.domain.collation import code_key, folded, name_sort_key, searched, sort_key

KYRGYZ = list("АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ")
KAZAKH = list("АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ")
CYRILLIC = "".join(KAZAKH) + "".join(KAZAKH).lower()


@pytest.mark.parametrize("alphabet", [KYRGYZ, KAZAKH], ids=["ky", "kk"])
def test_letters_sort_in_the_order_of_the_alphabet(alphabet: list[str]) -> None:
    shuffled = random.Random(7).sample(alphabet, len(alphabet))
    assert sorted(shuffled, key=sort_key) == alphabet
    lower = [letter.lower() for letter in shuffled]
    assert sorted(lower, key=sort_key) == [letter.lower() for letter in alphabet]


def test_names_sort_word_by_word_spaces_before_letters() -> None:
    names = [
        "Асан Жумабеков",
        "Асанбай уулу Эмил",
        "Асанов Үсөн",
        "Асанов Фархад",
        "Ёлкина",
        "Өмүрова",
        "Парпиева",
    ]
    shuffled = random.Random(3).sample(names, len(names))
    assert sorted(shuffled, key=sort_key) == names


def test_latin_names_follow_cyrillic_ones_and_numbers_come_before_both() -> None:
    assert sorted(["Asanov", "Яковлев", "7-мектеп", "Абаев"], key=sort_key) == [
        "7-мектеп",
        "Абаев",
        "Яковлев",
        "Asanov",
    ]


def test_case_marks_and_punctuation_do_not_part_equal_names() -> None:
    assert sort_key("АСАНОВ  Үсөн") == sort_key("асанов үсөн.")
    assert sort_key("Müller") == sort_key("Muller")


def test_a_letter_of_no_alphabet_of_ours_sorts_last() -> None:
    assert sorted(["王", "Zhou", "Я"], key=sort_key) == ["Я", "Zhou", "王"]


def test_letters_of_neighbours_sort_with_the_ones_they_come_from() -> None:
    assert sorted(["Ўктам", "Фарид", "Умар"], key=sort_key) == ["Ўктам", "Умар", "Фарид"]


@given(st.text())
def test_every_sort_key_is_printable_ascii(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert key.isprintable()
    assert " " not in key


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Үсөнова Асел", "усонова"),
        ("Үсөнова Асел", "usonova"),
        ("Үсөнова Асел", "Üsönova"),
        ("Тыңчтыкбек", "тынчтык"),
        ("Тыңчтыкбек", "Tyngchtyk"),
        ("Жумабаев", "Zhumabaev"),
        ("Жумабаев", "Jumabaev"),
        ("Жумабаев", "DZHUMABAEV"),
        ("Жумабаев", "Джумабаев"),
        ("Джумабаев", "жумабаев"),
        ("Джалал-Абад", "жалал абад"),
        ("Хасанов", "Khasanov"),
        ("Хасанов", "hasanov"),
        ("Һасан", "хасан"),
        ("Юсупов", "Yusupov"),
        ("Юсупов", "Iusupov"),
        ("Яна", "Iana"),
        ("Цой", "Tsoi"),
        ("Щербакова", "Shcherbakova"),
        ("Ысыккөл", "Isykkol"),
        ("Сейит", "сеит"),
        ("Айгерім", "Айгерим"),
        ("Әсел Қайратқызы", "асел кайраткызы"),
        ("Ғани Ұлан", "гани улан"),
        ("Ghani Ulan", "гани улан"),
        ("Елена", "Yelena"),
        ("Yelena", "елена"),
        ("Ёлкин", "елкин"),
        ("Бакыт уулу Үсөн", "bakyt uulu"),
        ("Бакыт уулу Үсөн", "бакыт улу"),
        ("Гүльнара", "гулнара"),
        ("Мар'ям", "марям"),
        ("Қуат", "Quat"),
        ("Wadim", "вадим"),
        ("Çolpon Işen", "чолпон ишен"),
    ],
)
def test_a_name_is_found_by_other_letters_and_by_either_script(stored: str, typed: str) -> None:
    assert searched(typed) in folded(stored)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Асанов", "Осмонов"), ("Алиева", "Валиева Б"), ("Бегимай", "Бермет"), ("Токтогул", "Токтосун")],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_numbers_are_found_digit_by_digit() -> None:
    assert folded("B-0017 22205200511223") == "b 0017 22205200511223"
    assert searched("0017") in folded("B-0017")


@given(st.lists(st.text(alphabet=CYRILLIC, min_size=1, max_size=9), min_size=1, max_size=3).map(" ".join))
def test_search_keeps_finding_a_cyrillic_name_after_every_letter_typed(name: str) -> None:
    for end in range(1, len(name) + 1):
        assert searched(name[:end]) in folded(name), name[:end]


@given(st.text())
def test_a_search_key_is_lower_case_latin_digits_and_single_spaces(text: str) -> None:
    key = folded(text)
    assert all(char.isdigit() or char == " " or "a" <= char <= "z" for char in key)
    assert key == " ".join(key.split())


def test_every_letter_of_both_alphabets_has_a_place_and_a_skeleton() -> None:
    signs = [sort_key(letter) for letter in KAZAKH]
    assert all(len(sign) == 1 for sign in signs)
    assert len(set(signs)) == len(KAZAKH)
    silent = {letter for letter in KAZAKH if not folded(letter)}
    assert silent == {"Ъ", "Ь"}
    pairs = itertools.pairwise(signs)
    assert all(first < second for first, second in pairs)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("B-0015", "b0015"),
        ("В-0015", "b0015"),
        ("b 0015", "b0015"),
        ("б-0015", "b0015"),
        ("B-ОO15", "b0015"),
        ("О-0015", "o0015"),
        ("O-0015", "o0015"),
        ("0-0015", "o0015"),
        ("oo15", "o015"),
        ("2150420О812345", "21504200812345"),
        ("О555 123 456", "0555123456"),
        ("ІD1234567", "id1234567"),
        ("АN 1234567", "an1234567"),
        ("6В06102", "6b06102"),
        ("В-", "b"),
        ("o", "o"),
        ("0555", "0555"),
        ("", ""),
    ],
)
def test_numbers_and_codes_are_one_however_their_letters_were_typed(typed: str, key: str) -> None:
    assert code_key(typed) == key


@given(st.text())
def test_a_code_key_is_lower_case_latin_and_digits_and_its_own_key(text: str) -> None:
    key = code_key(text)
    assert all(char.isdigit() or "a" <= char <= "z" for char in key)


def test_people_sort_by_surname_then_given_name_then_patronymic() -> None:
    people = [
        ("Бакыт", "Азамат", ""),
        ("Бакыт", "Үсөн", ""),
        ("Бакыт", "Үсөн", "Асанович"),
        ("Бакыт кызы", "Айгерим", ""),
        ("Бакыт уулу", "Азамат", ""),
        ("Бакытов", "Азамат", ""),
    ]
    shuffled = random.Random(5).sample(people, len(people))
    assert sorted(shuffled, key=lambda person: name_sort_key(*person)) == people
