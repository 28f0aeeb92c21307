"""Sentences, dates and numbers come out as each language writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from grants_app.wording import LANGUAGES, Words, machine_language, mark

DAY = dt.date(2026, 8, 15)


def test_a_sentence_without_words_in_the_catalogue_stays_english() -> None:
    assert Words("ky")("A sentence nobody says: {name}", name="Үсөн") == "A sentence nobody says: Үсөн"


def test_an_empty_sentence_is_empty() -> None:
    assert Words("ru")("") == ""


def test_a_code_without_words_is_a_defect_and_not_shown() -> None:
    with pytest.raises(KeyError, match="no_such_code"):
        Words("kk").code("no_such_code")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        Words("de")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ky", "2026-жылдын 15-августу"),
        ("ru", "«15» августа 2026 года"),
        ("kk", "2026 жылғы 15 тамыз"),
        ("en", "15 August 2026"),
    ],
)
def test_long_dates_are_written_as_papers_write_them(lang: str, text: str) -> None:
    assert Words(lang).date_long(DAY) == text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_short_dates_are_written_as_they_are_typed(lang: str) -> None:
    assert Words(lang).date(dt.date(2026, 8, 5)) == "05.08.2026"


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("ky", ("январь", "декабрь", "январы", "декабры")),
        ("ru", ("январь", "декабрь", "января", "декабря")),
        ("kk", ("қаңтар", "желтоқсан", "қаңтар", "желтоқсан")),
        ("en", ("January", "December", "January", "December")),
    ],
)
def test_months_stand_alone_and_inside_dates_in_their_own_forms(lang: str, names: tuple[str, ...]) -> None:
    words = Words(lang)
    assert (words.month(1), words.month(12)) == names[:2]
    assert names[2] in words.date_long(dt.date(2026, 1, 1))
    assert names[3] in words.date_long(dt.date(2026, 12, 31))


def test_a_moment_is_shown_by_the_clock_of_the_zone_asked_for() -> None:
    moment = dt.datetime(2026, 8, 15, 20, 30, tzinfo=dt.UTC)
    words = Words("ru")
    assert words.date_time(moment, "Asia/Bishkek") == "16.08.2026 02:30"
    assert words.date_time(moment, "Asia/Almaty") == "16.08.2026 01:30"


def test_a_moment_without_a_zone_is_a_defect() -> None:
    with pytest.raises(ValueError, match="zone"):
        Words("ru").date_time(dt.datetime(2026, 8, 15, 14), "Asia/Bishkek")  # noqa: DTZ001 - the defect itself


@pytest.mark.parametrize(
    ("lang", "value", "text"),
    [
        ("ky", Decimal("4.85"), "4,85"),
        ("ru", Decimal("4.50"), "4,50"),
        ("kk", Decimal("-0.5"), "-0,5"),
        ("en", Decimal("4.85"), "4.85"),
        ("ru", 9999, "9999"),
        ("ru", 20000, "20\u00a0000"),
        ("en", -1234567, "-1,234,567"),
        ("kk", Decimal("12345.6"), "12\u00a0345,6"),
        ("ru", Decimal("1E+2"), "100"),
    ],
)
def test_numbers_keep_their_digits_and_take_the_languages_signs(
    lang: str, value: Decimal | int, text: str
) -> None:
    assert Words(lang).number(value) == text


def test_facts_are_written_by_what_they_are() -> None:
    words = Words("ru")
    text = words(
        "{day} {began_on} {score} {has_points} {name} {none_on}",
        day=DAY,
        began_on="2026-01-02",
        score=Decimal("1.5"),
        has_points="110.25",
        name="{Асан}",
        none_on="",
    )
    assert text == "15.08.2026 02.01.2026 1,5 110,25 {Асан} "


def test_a_fact_that_is_a_code_is_worded() -> None:
    words = Words("en")
    assert words("A: {state_code}", state_code="award_offered") == f"A: {words.code('award_offered')}"


@pytest.mark.parametrize(
    ("n", "form"),
    [(1, "запись"), (2, "записи"), (5, "записей"), (11, "записей"), (21, "запись"), (104, "записи")],
)
def test_russian_counts_in_three_forms(n: int, form: str) -> None:
    text = Words("ru").plural("Journal: {n} entry", "Journal: {n} entries", n)
    assert text.endswith(f"{n} {form}")


def test_qts_own_buttons_speak_every_language() -> None:
    assert [Words(lang).qt("QPlatformTheme", "Cancel") for lang in LANGUAGES] == [
        "Жокко чыгаруу",
        "Отмена",
        "Болдырмау",
        "Cancel",
    ]


def test_qt_text_the_catalogue_does_not_have_is_left_to_qt() -> None:
    assert Words("ky").qt("QPageSize", "A4") == ""


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LANG": "ky_KG.UTF-8"}, "ky"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "kk_KZ.UTF-8"}, "kk"),
        ({"LANGUAGE": "de:en", "LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "ru"),
        ({"LANG": "kyber"}, "ru"),
        ({}, "ru"),
    ],
)
def test_the_machines_language_is_taken_if_it_is_one_of_ours(environ: dict[str, str], lang: str) -> None:
    assert machine_language(environ) == lang


def test_a_marked_constant_is_itself() -> None:
    assert mark("Save") == "Save"


def test_a_fact_in_every_language_is_written_in_the_one_in_force() -> None:
    papers = {"ky": "Арыз", "ru": "Заявление", "kk": "Өтініш", "en": "Application"}
    assert "Арыз" in Words("ky").code("papers_stop_letter", no="B-0001", papers=papers)
    assert "Application" in Words("en").code("papers_stop_letter", no="B-0001", papers=papers)
