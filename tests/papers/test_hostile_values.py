"""Whatever was typed: in every paper and list it is only text, and all of it is there."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import openpyxl
import pypdfium2 as pdfium
import pytest
from python_calamine import CalamineWorkbook

from grants_app.domain.errors import Refused
from grants_app.domain.papers import Column, Signer, Table
from grants_app.domain.values import Names
from grants_app.papers.cells import visible
from grants_app.papers.letter import letter_pdf, letters_pdf
from grants_app.papers.lists import table_pdf
from grants_app.papers.tables import table_csv, table_html, table_xlsx
from tests.papers.hostile import hostile_values
from tests.papers.reading import squeezed, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.papers import LetterFacts
    from grants_app.papers.styles import Fonts
    from grants_app.papers.wordings import Wordings
    from grants_app.wording import Words

VALUES = hostile_values()
_TAGS = {
    "html", "head", "meta", "title", "style", "body", "h1", "p",
    "table", "thead", "tr", "th", "tbody", "td", "bdi",
}  # fmt: skip


@pytest.fixture(scope="module")
def table() -> Table:
    columns = (Column("value", "Value", weight=30, named=True), Column("n", "N", "int", 5, named=True))
    return Table(
        title="<b>Title</b> =1", columns=columns, rows=[(value, n) for n, value in enumerate(VALUES)]
    )


def test_there_are_five_hundred_of_them() -> None:
    assert len(set(VALUES)) == 500


def test_a_letter_prints_a_value_whole_or_names_the_letter_it_cannot(
    letter: Callable[..., LetterFacts], wordings: Wordings, fonts: Fonts
) -> None:
    papers = [
        replace(
            letter(no),
            full_name=value,
            latin=value[:40],
            signers=(Signer(Names(), Names(ky=value[:30])),),
            programme=Names(ky=value),
        )
        for no, value in enumerate(VALUES, start=1)
    ]
    refusals = {facts.full_name: _refusal(facts, wordings, fonts) for facts in papers}
    for value, refusal in refusals.items():
        if refusal and refusal.code == "glyph_missing":
            assert str(refusal.facts["character"]) in unicodedata.normalize("NFC", value)
        elif refusal:
            assert (refusal.code, len(value) > 1000) == ("letter_too_long", True)
    printed = [facts for facts in papers if not refusals[facts.full_name]]
    assert len(printed) > 300
    job = letters_pdf(((facts, ("ky",)) for facts in printed), wordings, fonts)
    pages = texts(job)
    assert len(pages) == len(printed)
    for facts, page in zip(printed, pages, strict=True):
        assert _copied(page).count(_copied(fonts.printable(facts.full_name))) >= 2
        assert facts.number in page
    _nothing_acts(job)


def test_a_printed_list_loses_nothing(table: Table, words: Words, fonts: Fonts) -> None:
    columns = (table.columns[0],)
    content = table_pdf(replace(table, columns=columns, rows=[row[:1] for row in table.rows]), words, fonts)
    everything = _copied("".join(re.sub(r"Value\r\n|\d+ /\s*\d+", "", page) for page in texts(content)))
    for value in VALUES:
        assert _copied(fonts.shown(visible(value))) in everything
    _nothing_acts(content)


def test_a_workbook_holds_every_value_as_text(table: Table, words: Words) -> None:
    content = table_xlsx(table, words)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    for row, value in zip(sheet.iter_rows(min_row=2), VALUES, strict=True):
        assert row[0].data_type in {"s", "inlineStr"}
        assert row[0].hyperlink is None
        # openpyxl leaves Excel's spelling of an underscore as it is in the file
        assert _as_xml(row[0].value.replace("_x005F_", "_")) == _as_xml(visible(value))
    read = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [_as_xml(str(row[0])) for row in read[1:]] == [_as_xml(visible(value)) for value in VALUES]


def test_a_csv_starts_no_formula_and_can_be_read_back(table: Table, words: Words) -> None:
    rows = list(
        csv.reader(io.StringIO(table_csv(table, words).decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert len(rows) == 501
    for (cell, number), value in zip(rows[1:], VALUES, strict=True):
        assert not re.match("[=+\\-@\t\r\n＝|%]", cell.lstrip(" \u00a0"))
        guarded = re.match("'+[=+\\-@\t\r\n＝＋－＠|%]", cell) or re.match(
            "'[ \u00a0]+'*[=+\\-@\t\r\n＝|%]", cell
        )
        assert (cell[1:] if guarded else cell) == visible(value)
        assert number.isdigit()


def test_a_page_shows_every_value_and_runs_none(table: Table, words: Words) -> None:
    reader = _Cells()
    reader.feed(table_html(table, words).decode())
    assert reader.cells[::2] == [visible(value) for value in VALUES]
    assert reader.tags <= _TAGS
    assert not reader.handlers


def _refusal(facts: LetterFacts, wordings: Wordings, fonts: Fonts) -> Refused | None:
    try:
        letter_pdf(facts, ("ky",), wordings, fonts)
    except Refused as refusal:
        return refusal
    return None


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.cells: list[str] = []
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [
            name for name, _ in attrs if name.startswith("on") or name in {"href", "src", "style"}
        ]
        if tag == "bdi":
            self.cells.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "bdi"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


def _copied(text: str) -> str:
    """Text as readers copy it out of a PDF: without line breaks, "ﬁ" as two letters."""
    return squeezed(unicodedata.normalize("NFKC", text))


def _as_xml(text: str) -> str:
    """Line ends as XML reads them; white space around is the readers' own affair."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _nothing_acts(content: bytes) -> None:
    """No picture but codes, no link, no script in a PDF."""
    document = pdfium.PdfDocument(content)
    for page in document:
        pictures = [item for item in page.get_objects() if item.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
        assert len(pictures) <= 1
        assert pdfium.raw.FPDFPage_GetAnnotCount(page) == 0
    assert b"/JavaScript" not in content
