"""Lists as offices keep them: headings, dates, choices, repeats, notes and totals are understood."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
import xlsxwriter

from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.errors import Refused
from grants_app.domain.values import LANGS
from grants_app.sheets.cells import DateReading, ProgrammeWords, read_date, read_number, text_of
from grants_app.sheets.columns import find_table, letters
from grants_app.sheets.reader import Cell, RawBook, RawSheet, read_workbook
from grants_app.sheets.rows import read_entries
from grants_app.sheets.vocabulary import heading_key, load_vocabulary, template_columns

if TYPE_CHECKING:
    from grants_app.domain.imports import BookReading, SheetRow

ROOT = Path(__file__).parents[2]
SETUP = msgspec.convert(
    tomllib.loads((ROOT / "resources" / "sample" / "campaign.toml").read_text("utf-8")), CampaignSetup
)
WORDS = load_vocabulary(ROOT / "db" / "reference")
TODAY = date(2026, 7, 20)
HEADINGS = ("№", "Фамилия", "Имя", "ПИН", "Дата рождения", "Документ", "ОРТ", "1-приоритет", "Льготы")
CLEAN = (
    Decimal(1),
    "Ысак уулу",
    "Мирлан",
    "20906200983587",
    "09.06.2009",
    "ID8083634",
    Decimal(150),
    "Туризм",
    None,
)


def book(*rows: tuple[Cell, ...], headings: tuple[Cell, ...] = HEADINGS) -> BookReading:
    """The reading of a sheet with these rows under the headings."""
    raw = RawBook("list.xlsx", "xlsx", "", (RawSheet("A", (headings, *rows)), RawSheet("B", (("note",),))))
    limits = {"ort_main": Decimal(245)}
    return read_entries(raw, SETUP, limits, TODAY, "ENU-OSH", vocabulary=WORDS)


def rows_of(*rows: tuple[Cell, ...], headings: tuple[Cell, ...] = HEADINGS) -> tuple[SheetRow, ...]:
    """The rows of that reading."""
    return book(*rows, headings=headings).sheets[0].rows


def but(**changes: Cell) -> tuple[Cell, ...]:
    """The clean row with other cells, by field."""
    fields = ("ordinal", "surname", "given", "pin", "born", "document", "ort_main", "choice1", "grounds")
    return tuple(changes.get(field, cell) for field, cell in zip(fields, CLEAN, strict=True))


def issues(row: SheetRow) -> list[tuple[str, str, str, str]]:
    """A row's issues in short."""
    return [(issue.severity, issue.field, issue.code, issue.cell) for issue in row.issues]


def test_a_clean_row_becomes_an_entry_without_a_word() -> None:
    (row,) = rows_of(CLEAN)
    assert (row.row, row.status, row.issues) == (2, "new", ())
    assert row.entry is not None
    assert row.entry.branch == "ENU-OSH"
    assert row.entry.choices == ("ENU-OSH/6B11101",)
    assert row.entry.person.sex == "M"


def test_sheets_without_a_table_are_left_out_and_a_book_of_notes_is_refused() -> None:
    assert book(CLEAN).left_out == ("B",)
    with pytest.raises(Refused, match="sheet_no_table"):
        read_entries(
            RawBook("x.csv", "csv", "", (RawSheet("x", (("a", "b"),)),)),
            SETUP,
            {},
            TODAY,
            "",
            vocabulary=WORDS,
        )


def test_rows_that_are_no_persons_are_skipped_with_the_reason() -> None:
    rows = rows_of(
        CLEAN,
        (),
        (Decimal(2),),
        HEADINGS,
        (None, None, None, None, None, None, None, None, "Проверить аттестаты двух человек"),
        ("Всего абитуриентов:", Decimal(1)),
        ("Исполнитель Иванова",),
        (None,),
    )
    assert [row.skipped for row in rows] == [
        "",
        "blank_row",
        "blank_row",
        "heading_row",
        "note_row",
        "total_row",
        "note_row",
    ]


def test_a_person_called_like_a_total_is_still_a_person() -> None:
    (row,) = rows_of(but(ordinal=None, surname="Жалпы"))
    assert row.status == "new"


def test_the_same_row_again_is_a_duplicate_and_another_content_is_a_conflict_of_both() -> None:
    again, other = but(ordinal=Decimal(2)), but(ort_main=Decimal(151))
    first, second = rows_of(CLEAN, again)
    assert (first.status, second.status, second.repeats) == ("new", "duplicate", 2)
    assert issues(second) == [("duplicate", "pin", "row_repeated", "D3")]
    first, second, third = rows_of(CLEAN, other, but(ort_main=Decimal(152)))
    assert {row.status for row in (first, second, third)} == {"error"}
    assert issues(first) == [("error", "pin", "row_conflict", "D2")]
    assert issues(third) == [("error", "pin", "row_conflict", "D4")]
    assert first.issues[0].facts == {"row": "3", "fields": "score:ort_main"}


def test_one_document_and_birth_date_under_two_pins_is_doubted() -> None:
    _, second = rows_of(CLEAN, but(pin="20906200983588"))
    assert (second.status, issues(second)) == ("new", [("warning", "pin", "row_maybe_repeated", "D3")])
    _, third = rows_of(CLEAN, but(pin=None))
    assert ("warning", "document", "row_maybe_repeated", "F3") in issues(third)


@pytest.mark.parametrize(
    ("field", "cell", "expected"),
    [
        ("born", "31.02.2009", ("error", "born", "date_unreadable", "E2")),
        ("ort_main", "сто", ("error", "ort_main", "score_unreadable", "G2")),
        ("ort_main", "н/я", ("error", "ort_main", "score_absent", "G2")),
        ("ort_main", date(2026, 4, 12), ("error", "ort_main", "score_unreadable", "G2")),
        ("choice1", "Нефтегазовое дело", ("error", "choices", "unknown_programme", "H2")),
        ("choice1", "-", ("warning", "choices", "no_choice", "H2")),
        ("grounds", "сирота, кот", ("warning", "grounds", "unknown_ground", "I2")),
        ("surname", "Ыса? уулу", ("error", "name", "letters_lost", "B2")),
        ("pin", Decimal(209062009835), ("error", "pin", "pin_short", "D2")),
    ],
)
def test_every_problem_names_its_cell(field: str, cell: Cell, expected: tuple[str, str, str, str]) -> None:
    (row,) = rows_of(but(**{field: cell}))
    assert issues(row) == [expected]


def test_unknown_words_for_sex_and_region_are_doubted_and_kept() -> None:
    headings = (*HEADINGS, "Пол", "Область", "Район")
    (row,) = rows_of((*CLEAN, "кот", "Марс", "Кратер"), headings=headings)
    assert [issue.code for issue in row.issues] == ["unknown_region", "sex_unreadable"]
    assert row.entry is not None
    assert row.entry.person.district == "Марс, Кратер"
    assert row.entry.person.sex == "M"


def test_a_name_that_may_be_split_otherwise_says_so() -> None:
    headings = ("ФИО", *HEADINGS[3:])
    (row,) = rows_of(("Үсөн Бакыт уулу", *CLEAN[3:]), headings=headings)
    assert issues(row) == [("warning", "name", "name_split_unsure", "A2")]


def test_a_column_called_name_beside_a_surname_is_the_given_name() -> None:
    table = find_table((("Surname", "Name", "PIN"),), WORDS)
    assert table is not None
    assert dict(table.places) == {"surname": 0, "given": 1, "pin": 2}
    assert [column.field for column in table.columns] == ["surname", "given", "pin"]


@pytest.mark.parametrize(
    ("heading", "field", "how"),
    [
        ("Дата рождения (дд.мм.гггг)", "born", "exact"),
        ("Туулган к?н?", "born", "letters_lost"),
        ("А?ы-ж?н?", "name", "letters_lost"),
        ("Тел?", "phone", "exact"),
        ("Математека", "math", "alike"),
        ("2 - приоритет", "choice2", "exact"),
        ("5-приоритет", "", "ignored"),
        ("???", "", "ignored"),
        ("Кот", "", "ignored"),
        ("Фамилия", "", "repeated"),
    ],
)
def test_headings_are_understood_in_many_writings(heading: str, field: str, how: str) -> None:
    table = find_table((("Фамилия", "Имя", "ПИН", heading),), WORDS)
    assert table is not None
    assert (table.columns[3].field, table.columns[3].how) == (field, how)


def test_a_heading_as_near_to_two_fields_is_not_guessed() -> None:
    near = {"рожденияа": "born", "рожденияб": "pin"}
    words = replace(WORDS, headings={**WORDS.headings, **near})
    table = find_table((("Фамилия", "Имя", "ПИН", "Рожденияв"),), words)
    assert table is not None
    assert table.columns[3].how == "ignored"
    single = replace(WORDS, headings={**WORDS.headings, "рожденияа": "born"})
    table = find_table((("Фамилия", "Имя", "ПИН", "Рожденияв"),), single)
    assert table is not None
    assert table.columns[3].field == "born"


def test_the_table_is_found_wherever_it_starts() -> None:
    rows: tuple[tuple[Cell, ...], ...] = ((), ("Список", None, "ПИН"), (None, "Фамилия", "Имя", "ПИН"))
    table = find_table(rows, WORDS)
    assert table is not None
    assert (table.header, table.places["surname"]) == (2, 1)
    assert find_table((("Балл", "ПИН", "Школа"),), WORDS) is None


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_no_heading_stands_for_two_fields() -> None:
    data = tomllib.loads((ROOT / "db" / "reference" / "headings.toml").read_text("utf-8"))
    meant: dict[str, set[str]] = {}
    for field, languages in data.items():
        assert set(languages) == set(LANGS)
        for heading in (heading for spellings in languages.values() for heading in spellings):
            meant.setdefault(heading_key(heading), set()).add(field)
    assert {key: fields for key, fields in meant.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_a_filled_template_imports_as_it_is(tmp_path: Path, lang: str) -> None:
    columns = template_columns(WORDS, lang)
    values = dict(
        zip(
            ("surname", "given", "pin", "born", "ort_main", "choice1"),
            (*CLEAN[1:5], 150, "Туризм"),
            strict=False,
        )
    )
    path = tmp_path / "template.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for place, (field, heading) in enumerate(columns):
            sheet.write(0, place, heading)
            sheet.write(1, place, values.get(field, ""))
    reading = read_entries(read_workbook(path), SETUP, {}, TODAY, "ENU-OSH", vocabulary=WORDS)
    (row,) = reading.sheets[0].rows
    assert (row.status, row.issues) == ("new", ())
    assert [column.field for column in reading.sheets[0].columns] == [field for field, _ in columns]


@pytest.mark.parametrize(
    ("cell", "says", "value", "code"),
    [
        (date(2008, 8, 16), None, date(2008, 8, 16), ""),
        (None, None, None, ""),
        ("16.08.2008", None, date(2008, 8, 16), ""),
        ("16.08.08 г.", None, date(2008, 8, 16), ""),
        ("01.02.27", None, date(1927, 2, 1), ""),
        ("2008-08-16", None, date(2008, 8, 16), ""),
        ("2008-08-16 00:00:00", None, date(2008, 8, 16), ""),
        ("16082008", None, date(2008, 8, 16), ""),
        (Decimal(39676), None, date(2008, 8, 16), ""),
        ("15 августа 2008 г.", None, date(2008, 8, 15), ""),
        ("2008-жылдын 15-августу", None, date(2008, 8, 15), ""),
        ("2008 жылғы 15 тамыз", None, date(2008, 8, 15), ""),
        ("15 August 2008", None, date(2008, 8, 15), ""),
        ("12/07/2009", date(2009, 7, 12), date(2009, 7, 12), "day_first"),
        ("12/07/2009", date(2009, 12, 7), date(2009, 12, 7), "month_first"),
        ("12/07/2009", None, date(2009, 7, 12), "date_order_unclear"),
        ("12/07/2009", date(2001, 1, 1), date(2009, 7, 12), ""),
        ("07/07/2009", None, date(2009, 7, 7), ""),
        ("22/06/2008", None, date(2008, 6, 22), ""),
        ("06/22/2008", None, date(2008, 6, 22), "month_first"),
        ("32/33/2008", None, None, "date_unreadable"),
        ("1.1.1", None, None, "date_unreadable"),
        ("2008", None, None, "date_unreadable"),
        ("августа", None, None, "date_unreadable"),
        ("9" * 60, None, None, "date_unreadable"),
        ("99999999", None, None, "date_unreadable"),
        (Decimal("1.5"), None, None, "date_unreadable"),
    ],
)
def test_dates_are_read_in_every_usual_writing(
    cell: Cell, says: date | None, value: date | None, code: str
) -> None:
    assert read_date(cell, says, TODAY, WORDS.months) == DateReading(value, code)


def test_numbers_are_exact_with_comma_or_point() -> None:
    texts = ("4,59", "4.59", " 1 234 ", "-5", "1e5", "4,5,6", "", "١٢")
    assert [read_number(text) for text in texts] == [
        Decimal("4.59"),
        Decimal("4.59"),
        Decimal(1234),
        Decimal(-5),
        None,
        None,
        None,
        None,
    ]
    assert read_number(date(2026, 1, 1)) is None
    assert [text_of(cell) for cell in (None, "a", Decimal("4.50"), date(2026, 1, 2))] == [
        "",
        "a",
        "4.5",
        "2026-01-02",
    ]


@pytest.mark.parametrize(
    ("text", "pool"),
    [
        ("Маалыматтык системалар", "KAZNU-BSH/6B06102"),
        ("информационные  СИСТЕМЫ", "KAZNU-BSH/6B06102"),
        ("6В06102", "KAZNU-BSH/6B06102"),
        ("6B06102 - Инф. системы", "KAZNU-BSH/6B06102"),
        ("В057", "KAZNU-BSH/6B06102"),
        ("ENU-OSH/6B05201", "ENU-OSH/6B05201"),
        ("Халы?аралы? ?атынастар", "KAZNU-BSH/6B03101"),
        ("6B99999", "6B99999"),
        ("????????", "????????"),
        ("Нефтегазовое дело", "Нефтегазовое дело"),
    ],
)
def test_a_programme_is_known_by_name_and_code(text: str, pool: str) -> None:
    assert ProgrammeWords(SETUP).pool(text) == pool


def test_a_name_two_programmes_share_names_neither() -> None:
    twin = replace(SETUP.programmes[1], names=SETUP.programmes[0].names)
    setup = replace(SETUP, programmes=(SETUP.programmes[0], twin))
    assert ProgrammeWords(setup).pool("Маалыматтык системалар") == "Маалыматтык системалар"
