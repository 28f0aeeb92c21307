"""PINs, telephone numbers and places say what they say, and no more."""

from __future__ import annotations

from datetime import date

import pytest

from grants_app.domain.phones import shown, split_numbers, to_e164
from grants_app.domain.pin import PinFacts, pin_facts, pin_problem, tidy_pin
from grants_app.domain.places import SchoolKinds, kinds_on, region_code, school_kind

KINDS = SchoolKinds(
    valid_from=date(2025, 10, 23),
    regions={"KG-GB": "bishkek", "KG-GO": "town"},
    town_marks=frozenset({"г", "шаары"}),
    mountain=frozenset({("KG-O", "чон алай")}),
)


def test_a_pin_tells_sex_and_birth_date() -> None:
    assert pin_facts("20906200983587") == PinFacts("M", date(2009, 6, 9))
    assert pin_facts("11608200878779") == PinFacts("F", date(2008, 8, 16))
    assert pin_facts("33113200878779") == PinFacts("", None)
    assert pin_facts("") == PinFacts("", None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("20906200983587", ""),
        ("1,02092E+13", "pin_scientific"),
        ("1.2E+13", "pin_scientific"),
        ("2040820082580", "pin_short"),
        ("204082008258012", "pin_long"),
        ("2090620098358A", "pin_characters"),
        ("²0906200983587", "pin_characters"),
        ("99999999999999", ""),
    ],
)
def test_only_what_cannot_be_a_pin_is_refused(text: str, code: str) -> None:
    assert pin_problem(text) == code


def test_a_pin_loses_its_filling() -> None:
    assert tidy_pin("'2 0906-2009 83587") == "20906200983587"
    assert tidy_pin("2О9O6200983587") == "20906200983587"
    assert tidy_pin("") == ""


@pytest.mark.parametrize(
    "written",
    ["+996 555 111 111", "996555111111", "0(555) 11-11-11", "0555111111", "555 111 111", "+0555111111"],
)
def test_every_usual_writing_is_one_kyrgyz_number(written: str) -> None:
    assert to_e164(written) == "+996555111111"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+7 701 234 56 78", "+77012345678"),
        ("8 701 234 56 78", "+77012345678"),
        ("+49 30 1234567", "+49301234567"),
        ("+49", ""),
        ("12345", ""),
        ("нет", ""),
    ],
)
def test_numbers_from_abroad_are_kept_and_nonsense_is_not(written: str, number: str) -> None:
    assert to_e164(written) == number


def test_numbers_are_shown_as_people_read_them() -> None:
    assert shown("+996555111111") == "0555 111 111"
    assert shown("+77012345678") == "+7 701 234 56 78"
    assert shown("+49301234567") == "+49301234567"


def test_two_numbers_in_one_field_are_two() -> None:
    assert split_numbers("0555 111 111, 0700 222 222; ") == ("0555 111 111", "0700 222 222")


def test_a_region_is_known_by_its_words_or_its_code() -> None:
    words = {"ошская область": "KG-O"}
    assert region_code(" Ошская  область ", words) == "KG-O"
    assert region_code("kg-gb", words) == "KG-GB"
    assert region_code("Марс", words) == ""


@pytest.mark.parametrize(
    ("region", "district", "kind"),
    [
        ("KG-GB", "", "bishkek"),
        ("KG-GO", "", "town"),
        ("KG-J", "г. Манас", "town"),
        ("KG-N", "Нарын шаары", "town"),
        ("KG-O", "Чон-Алай", "mountain"),
        ("KG-B", "Чон-Алай", "rural"),
        ("KG-O", "", ""),
        ("", "Алай", ""),
    ],
)
def test_a_schools_kind_follows_from_its_place(region: str, district: str, kind: str) -> None:
    assert school_kind(region, district, KINDS) == kind


def test_the_list_in_force_on_the_day_is_taken() -> None:
    assert kinds_on([KINDS], date(2025, 10, 22)) is None
    assert kinds_on([KINDS], date(2026, 1, 1)) is KINDS
