"""Lists as files: the same columns everywhere, text stays text, numbers stay numbers, nothing is cut."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pypdfium2 as pdfium
import pytest

from grants_app.domain.errors import Refused
from grants_app.domain.papers import Column, Divider, Table
from grants_app.papers.lists import table_pdf
from grants_app.papers.tables import XLSX_TEXT_MAX, table_csv, table_html, table_xlsx
from tests.papers.reading import squeezed, texts

if TYPE_CHECKING:
    from grants_app.domain.papers import Cell
    from grants_app.papers.styles import Fonts
    from grants_app.wording import Words

COLUMNS = (
    Column("position", "Орду", "int", 5, named=True),
    Column("name", "Аты-жөнү", weight=26, named=True),
    Column("pin", "ПИН", weight=14, named=True),
    Column("average", "Орточо баллы", "decimal", 8, named=True),
    Column("born", "Туулган күнү", "date", 10, named=True),
)


def _row(position: int) -> tuple[Cell, ...]:
    return (position, f"Үсөнова Айгерим {position}", "01203200512345", Decimal("4.85"), date(2005, 3, 12))


@pytest.fixture
def table() -> Table:
    return Table(
        title="Рейтингдик тизме",
        subtitle=("6B06102 Маалыматтык системалар",),
        columns=COLUMNS,
        rows=[_row(position) for position in range(1, 121)],
        dividers=(Divider(0, "Бишкек филиалы"), Divider(6, "Өтүү чеги: 239,85", "cutoff")),
        footers=("Комиссиянын 06.08.2026 № 3 протоколу",),
        fingerprint="sha256:7c1f90ab44e2d35b",
    )


def test_a_workbook_keeps_text_numbers_and_dates_what_they_are(table: Table, words: Words) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_xlsx(table, words))).active
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert [cell.value for cell in sheet[2]] == [
        1, "Үсөнова Айгерим 1", "01203200512345", 4.85, datetime(2005, 3, 12),  # noqa: DTZ001 - Excel has no zones
    ]  # fmt: skip
    assert sheet.max_row == 121


def test_a_workbook_opens_with_bold_frozen_filtered_headings(table: Table, words: Words) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_xlsx(table, words))).active
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E121"
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width


def test_the_cutoff_is_a_stroke_above_its_row(table: Table, words: Words) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_xlsx(table, words))).active
    assert sheet["B8"].border.top.style == "thick"
    assert sheet["B7"].border.top.style is None


def test_digits_excel_cannot_hold_go_as_text(table: Table, words: Words) -> None:
    long = replace(table, rows=[(10**16, "a", "b", Decimal("0.1234567890123456"), None)])
    sheet = openpyxl.load_workbook(io.BytesIO(table_xlsx(long, words))).active
    assert [cell.value for cell in sheet[2]] == ["10000000000000000", "a", "b", "0.1234567890123456", None]


def test_a_text_no_cell_can_hold_is_refused_with_its_place(table: Table, words: Words) -> None:
    with pytest.raises(Refused) as refusal:
        table_xlsx(replace(table, rows=[(1, "Ы" * (XLSX_TEXT_MAX + 1), "", None, None)]), words)
    assert (refusal.value.code, refusal.value.facts["row"], refusal.value.facts["column"]) == (
        "cell_too_long",
        2,
        2,
    )


def test_csv_is_what_excel_here_opens(table: Table, words: Words) -> None:
    content = table_csv(table, words)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Орду;Аты-жөнү;ПИН;Орточо баллы;Туулган күнү"
    assert lines[1] == "1;Үсөнова Айгерим 1;01203200512345;4,85;12.03.2005"
    assert len(lines) == 122


def test_a_negative_number_stays_a_number_and_a_text_like_it_does_not(words: Words) -> None:
    columns = (
        Column("a", "A", "decimal", named=True),
        Column("b", "B", "int", named=True),
        Column("c", "C", named=True),
    )
    content = table_csv(Table(title="", columns=columns, rows=[(Decimal("-2.5"), -3, "-2,5")]), words)
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1] == [
        "-2,5",
        "-3",
        "'-2,5",
    ]


@pytest.mark.parametrize("landscape", [False, True])
def test_a_printed_list_repeats_headings_and_counts_its_pages(
    table: Table, words: Words, fonts: Fonts, landscape: bool
) -> None:
    pages = texts(table_pdf(table, words, fonts, landscape=landscape))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert squeezed("Аты-жөнү") in squeezed(page)
        assert f"{number}/{len(pages)}" in squeezed(page)
        assert "sha256:7c1f90ab44e2d35b" in page


def test_a_printed_list_has_every_row_section_and_footer(table: Table, words: Words, fonts: Fonts) -> None:
    everything = squeezed("".join(texts(table_pdf(table, words, fonts))))
    for position in range(1, 121):
        assert f"ҮсөноваАйгерим{position}012032005123454,8512.03.2005" in everything
    for said in ("Рейтингдик тизме", "Бишкек филиалы", "Өтүү чеги: 239,85", "№ 3 протоколу"):
        assert squeezed(said) in everything


def test_a_long_text_wraps_inside_its_column(table: Table, words: Words, fonts: Fonts) -> None:
    long = "Абдыкадырова-Константинопольская " * 6
    content = table_pdf(replace(table, rows=[(1, long, "01203200512345", None, None)]), words, fonts)
    text = pdfium.PdfDocument(content)[0].get_textpage()
    rights = [text.get_rect(place)[2] for place in range(text.count_rects())]
    assert max(rights) < 595 - 30
    assert squeezed(long) in squeezed(texts(content)[0]).replace("01203200512345", "")


def test_no_word_of_a_heading_is_broken_where_there_is_room(words: Words, fonts: Fonts) -> None:
    columns = (
        Column("a", "Рейтингдеги орду", "int", 1, named=True),
        Column("b", "Аты-жөнү", weight=99, named=True),
    )
    page = texts(table_pdf(Table(title="", columns=columns, rows=[(1, "x")]), words, fonts))[0]
    assert {"Рейтингдеги", "орду", "Аты-жөнү"} <= set(page.split())


def test_a_pin_stays_on_one_line(table: Table, words: Words, fonts: Fonts) -> None:
    columns = (*table.columns[:2], replace(table.columns[2], weight=1), *table.columns[3:])
    assert "01203200512345" in texts(table_pdf(replace(table, columns=columns), words, fonts))[0]


def test_a_text_longer_than_a_page_goes_on_over_the_next(table: Table, words: Words, fonts: Fonts) -> None:
    long = " ".join(f"сөз{number}" for number in range(3000))
    pages = texts(table_pdf(replace(table, rows=[(1, long, "", None, None)], dividers=()), words, fonts))
    assert len(pages) > 2
    everything = " ".join(pages).split()
    assert {f"сөз{number}" for number in range(3000)} <= set(everything)


def test_a_letter_no_face_has_is_spelled_out_in_a_list(table: Table, words: Words, fonts: Fonts) -> None:
    page = texts(table_pdf(replace(table, rows=[(1, "😀 Үсөн", "", None, None)]), words, fonts))[0]
    assert "[U+1F600] Үсөн" in page


def test_the_same_list_is_the_same_bytes_in_every_format(table: Table, words: Words, fonts: Fonts) -> None:
    for make in (table_xlsx, table_csv, table_html):
        assert make(table, words) == make(table, words)
    assert table_pdf(table, words, fonts) == table_pdf(table, words, fonts)


def test_a_sample_list_says_so(table: Table, words: Words, fonts: Fonts) -> None:
    plain = table_pdf(table, words, fonts)
    assert words("SAMPLE") in texts(table_pdf(replace(table, sample=True), words, fonts))[0]
    assert words("SAMPLE") not in texts(plain)[0]


def test_an_empty_list_is_still_a_list(table: Table, words: Words, fonts: Fonts) -> None:
    empty = replace(table, rows=[], dividers=())
    assert "Рейтингдик тизме" in texts(table_pdf(empty, words, fonts))[0]
    assert table_csv(empty, words).count(b"\r\n") == 1
    assert openpyxl.load_workbook(io.BytesIO(table_xlsx(empty, words))).active.max_row == 1


def test_a_web_page_writes_numbers_and_dates_as_the_language_does(table: Table, words: Words) -> None:
    page = table_html(table, words).decode()
    assert '<html lang="ky">' in page
    assert '<td class="decimal"><bdi>4,85</bdi></td><td class="date"><bdi>12.03.2005</bdi></td>' in page
    assert '<tr class="cutoff"><td colspan="5">Өтүү чеги: 239,85</td></tr>' in page
