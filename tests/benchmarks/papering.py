"""Letters beside a bare ReportLab canvas, workbooks beside bare XlsxWriter."""

from __future__ import annotations

import io
import secrets
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grants_app.domain.papers import CodePayload, Column, LetterFacts, Table
from grants_app.papers.codes import SALT_BYTES, key_id, make_code, name_digest
from grants_app.papers.letter import letter_pdf, letters_pdf
from grants_app.papers.styles import SERIF
from grants_app.papers.tables import table_xlsx
from grants_app.services import demonstration, letters, stationery
from grants_app.services.presets import preset
from grants_app.wording import Words
from tests import makers, offices
from tests.benchmarks.measuring import Row, best, cpu_seconds, ms, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grants_app.domain.papers import Cell
    from grants_app.services.access import Office

PAGES = 1_000
ROWS = 20_000
COLUMNS = 15
KEY = b"\x07" * 32


def sealed_office(folder: Path) -> Office:
    """The sample campaign, sealed, its letters issued."""
    office = replace(offices.new_office(folder), clock=lambda: demonstration.SAMPLE_DAY)
    words = Words("ru")
    demonstration.fill(office, words, offices.quiet)
    demonstration.settle_conflicts(office, words, offices.quiet)
    demonstration.seal_sample(office, words, offices.quiet)
    letters.issue_missing(office)
    return office


def letter_facts(office: Office, count: int) -> list[LetterFacts]:
    """So many letters, each of another person, with a code of its own, in the manner of the issued ones."""
    issued = [msgspec.json.decode(paper.facts, type=LetterFacts) for paper in letters.issued(office)]
    key = key_id(Ed25519PrivateKey.from_private_bytes(KEY).public_key().public_bytes_raw())
    made = []
    people = makers.entries(office.campaign().setup, count)
    for number, entry in enumerate(people):
        facts = issued[number % len(issued)]
        salt = secrets.token_bytes(SALT_BYTES)
        payload = CodePayload(
            number=f"КБ-2026-{number:04}", programme=facts.programme_code, branch="KAZNU-BSH",
            issued_on=facts.issued_on, run=facts.run, salt=salt,
            digest=name_digest(salt, entry.person.full_name),
            key=key,
        )  # fmt: skip
        made.append(
            replace(
                facts, number=payload.number, full_name=entry.person.full_name, position=number + 1,
                code=make_code(payload, KEY), sample=False,
            )
        )  # fmt: skip
    return made


def bare_canvas(pages: Sequence[Sequence[str]]) -> bytes:
    """The floor: the same lines of text drawn by ReportLab's canvas alone, no code, no breaking of lines."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1, invariant=1)
    for lines in pages:
        canvas.setFont(SERIF, 11)
        for place, line in enumerate(lines):
            canvas.drawString(57, 800 - 14 * place, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines_of(pdf: bytes) -> list[str]:
    """The lines of text a letter shows."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        text: str = document[0].get_textpage().get_text_bounded()
    return [line for line in text.splitlines() if line.strip()]


def letter_rows() -> Iterator[Row]:
    """A print job of a thousand paired letters, and the sample's fifty through the service."""
    with TemporaryDirectory() as folder:
        office = sealed_office(Path(folder))
        wordings, fonts = stationery.wordings(), stationery.fonts()
        facts = letter_facts(office, PAGES)
        jobs = [(one, ("ky", "ru")) for one in facts]
        first = lines_of(letter_pdf(facts[0], ("ky", "ru"), wordings, fonts))
        pages = [
            [
                line.replace(facts[0].full_name, one.full_name).replace(facts[0].number, one.number)
                for line in first
            ]
            for one in facts
        ]
        floor = PAGES / best(lambda: bare_canvas(pages))
        ours = PAGES / best(lambda: letters_pdf(jobs, wordings, fonts), 2)
        yield Row(
            "letters with QR, one file, ky + ru", ">= 50 %", f"{ours:.0f} pages/s",
            f"bare canvas {floor:.0f} pages/s", f"{100 * ours / floor:.0f} %", ours / floor >= 0.5,
        )  # fmt: skip
        papers = [paper.id for paper in letters.issued(office)]
        took = seconds(lambda: letters.write_chosen(office, papers, Path(folder) / "letters.pdf"))
        yield Row(f"{len(papers)} letters to one file, counted", "<= 1 s", ms(took), "", "", took <= 1)
        office.store.close()


def table_of(count: int) -> Table:
    """A table of 15 columns as our lists have them: text, numbers, dates."""
    setup, _ = preset("sample", 2026)
    rows: list[tuple[Cell, ...]] = []
    for number, entry in enumerate(makers.entries(setup, count)):
        facts, scores = entry.person, [score.value for score in entry.scores]
        rows.append(
            (
                number, facts.surname, facts.given, facts.patronymic, facts.born, facts.pin,
                facts.document_no,
                facts.phones[0].number, facts.district, entry.school.name, int(scores[0]),
                int(scores[1]), scores[-1],
                entry.choices[0], entry.choices[1],
            )
        )  # fmt: skip
    kinds = ("int", *["text"] * 3, "date", *["text"] * 5, "int", "int", "decimal", "text", "text")
    columns = tuple(
        Column(f"c{place}", f"Column {place}", kind, 10, named=True) for place, kind in enumerate(kinds)
    )
    return Table(title="Bench", columns=columns, rows=rows, made_on=date(2026, 8, 7))


def bare_workbook(table: Table) -> bytes:
    """The floor: XlsxWriter alone, the right call for every cell known beforehand."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        dates = book.add_format({"num_format": "dd.mm.yyyy"})
        for number, row in enumerate(table.rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), dates)  # noqa: DTZ001 - a cell has no zone
                elif isinstance(cell, (int, Decimal)):
                    sheet.write_number(number, place, cell)
    return out.getvalue()


def workbook_rows() -> Iterator[Row]:
    """20,000 rows of 15 columns."""
    table, words = table_of(ROWS), Words("ru")
    assert len(table.columns) == COLUMNS
    times = [
        (cpu_seconds(lambda: table_xlsx(table, words)), cpu_seconds(lambda: bare_workbook(table)))
        for _ in range(2)
    ]
    ours, floor = ROWS / min(one for one, _ in times), ROWS / min(other for _, other in times)
    yield Row(
        f"XLSX export, 20,000 x {COLUMNS}", ">= 80 %", f"{ours:,.0f} rows/s",
        f"bare XlsxWriter {floor:,.0f} rows/s",
        f"{100 * ours / floor:.0f} %", ours / floor >= 0.8,
    )  # fmt: skip
