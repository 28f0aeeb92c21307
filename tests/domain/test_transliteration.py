"""A name is suggested in Latin letters as passports of today and older ones write it."""

from __future__ import annotations

import string

import pytest

from grants_app.domain.transliteration import in_latin, tables_from
from grants_app.paths import shipped

TABLES = tables_from(shipped("db/reference/transliteration.toml").read_text(encoding="utf-8"))
LETTERS = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"


@pytest.mark.parametrize(
    ("name", "today", "older"),
    [
        ("Жумабаев Чыңгыз", "ZHUMABAEV CHYNGYZ", "DZHUMABAEV CHYNGYZ"),
        ("Үсөнова Юлия", "USONOVA IULIIA", "USONOVA YULIYA"),
        ("Хасанов Эльдар", "KHASANOV ELDAR", "KHASANOV ELDAR"),
        ("Бакыт уулу Өмүрбек", "BAKYT UULU OMURBEK", "BAKYT UULU OMURBEK"),
        ("Asanov", "ASANOV", "ASANOV"),
    ],
)
def test_a_name_in_latin_letters(name: str, today: str, older: str) -> None:
    assert tuple(in_latin(name, table) for table in TABLES) == (today, older)


def test_every_letter_of_both_alphabets_has_its_latin_ones() -> None:
    for table in TABLES:
        assert {key for key in table if len(key) == 1} == set(LETTERS)
        assert set("".join(table.values())) <= set(string.ascii_uppercase)
