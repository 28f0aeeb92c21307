"""A table as XLSX, CSV and HTML, from one definition of its columns; what the rows mean it does not know."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

import xlsxwriter

from grants_app.domain.errors import Refused
from grants_app.domain.papers import Cell, Column, ColumnKind, Table
from grants_app.domain.stopping import breathing
from grants_app.papers.cells import reads, visible

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from grants_app.wording import Words

XLSX_TEXT_MAX = 32_767  # Excel's limit of a cell
XLSX_DIGITS = 15  # Excel keeps numbers as doubles; longer ones go as text, digit by digit
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # a file made twice must be the same file
_UNITS = 110  # character widths shared out among the columns by weight
_ACTS = re.compile("'*[=+\\-@\t\r\n＝＋－＠|%]")


def column_titles(columns: Sequence[Column], words: Words) -> list[str]:
    """The columns' headings in the reader's language."""
    return [visible(column.title if column.named else words(column.title)) for column in columns]


def table_xlsx(table: Table, words: Words) -> bytes:
    """The table as a workbook: bold frozen headings, a filter, one row per record; same table, same bytes.

    Text stays text (a PIN keeps its zeros, `=…` is no formula), numbers are numbers, dates dates. The
    cutoff is the stroke above its row. Refused `cell_too_long` (`column`, `row`) beyond Excel's 32,767.
    """
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": visible(table.title), "created": _EPOCH})
        sheet = book.add_worksheet()
        if table.fingerprint:
            sheet.set_footer(f"&L&8{table.fingerprint}&R&8&P / &N")
        _headings(sheet, table, words, book.add_format({"bold": True, "bottom": 1, "text_wrap": True}))
        plain = _writers(sheet, table.columns, book.add_format, {})
        marked = _writers(sheet, table.columns, book.add_format, {"top": 5})
        cutoffs = {divider.before for divider in table.dividers if divider.kind == "cutoff"}
        for number, row in enumerate(breathing(table.rows)):
            writers = marked if number in cutoffs else plain
            for place, (write, cell) in enumerate(zip(writers, row, strict=True)):
                write(number + 1, place, cell)
    return out.getvalue()


def _headings(sheet: Worksheet, table: Table, words: Words, look: Format) -> None:
    """Column widths and the first row, frozen, with a filter."""
    total = sum(column.weight for column in table.columns)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(6, _UNITS * column.weight / total))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for place, title in enumerate(column_titles(table.columns, words)):
        sheet.write_string(0, place, title, look)


_Write = Callable[[int, int, Cell], None]


def _writers(
    sheet: Worksheet,
    columns: Sequence[Column],
    make: Callable[[dict[str, object]], Format],
    look: dict[str, object],
) -> list[_Write]:
    """One writer per column, chosen once by its kind: choosing per cell would halve the speed."""
    formats = {"text": {"num_format": "@"}, "date": {"num_format": "dd.mm.yyyy"}}
    by_kind: dict[ColumnKind, _Write] = {}
    for column in columns:
        if column.kind not in by_kind:
            by_kind[column.kind] = _writer(sheet, make({**formats.get(column.kind, {}), **look}))
    return [by_kind[column.kind] for column in columns]


def _writer(sheet: Worksheet, look: Format) -> _Write:
    write_string, write_number, write_datetime = sheet.write_string, sheet.write_number, sheet.write_datetime

    def write(row: int, place: int, cell: Cell) -> None:
        if isinstance(cell, str):
            text = visible(cell)
            if "\r" in text:
                text = text.replace("\r\n", "\n").replace("\r", "\n")  # a cell's only line end is LF
            if len(text) > XLSX_TEXT_MAX:
                raise Refused("cell_too_long", column=place + 1, row=row + 1, limit=XLSX_TEXT_MAX)
            write_string(row, place, text, look)
        elif cell is None:
            sheet.write_blank(row, place, None, look)
        elif isinstance(cell, date):
            write_datetime(row, place, datetime.combine(cell, time()), look)
        elif _digits(cell) <= XLSX_DIGITS:
            write_number(row, place, cell, look)
        else:
            write_string(row, place, format(cell, "f" if isinstance(cell, Decimal) else "d"), look)

    return write


def _digits(number: int | Decimal) -> int:
    text = str(number)
    if len(text) <= XLSX_DIGITS or isinstance(number, int):
        return len(text)
    return len(number.as_tuple().digits)


def table_csv(table: Table, words: Words) -> bytes:
    """The table as CSV that Excel of our offices opens right: UTF-8 with its mark, `;`, CRLF, decimal comma.

    Text that a spreadsheet would run (beginning with = + - @ | %, their full-width twins, a tab or a line
    end) gets one apostrophe before it; text that begins with apostrophes and then such a character gets one
    more, so the original can always be told. Numbers and dates are never touched: -5 stays -5.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(_harmless, column_titles(table.columns, words)))
    for row in breathing(table.rows):
        writer.writerow(map(_csv_cell, row))
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _harmless(visible(cell))
        case date():
            return f"{cell:%d.%m.%Y}"
        case Decimal():
            return format(cell, "f").replace(".", ",")
        case _:
            return str(cell)


def _harmless(text: str) -> str:
    return f"'{text}" if _ACTS.match(text.lstrip(" \u00a0")) else text


def table_html(table: Table, words: Words) -> bytes:
    """The table as one page that needs nothing else and runs nothing, every value escaped."""
    lines = [f"<p>{_html(line)}</p>" for line in table.subtitle]
    heads = "".join(f'<th scope="col">{_html(title)}</th>' for title in column_titles(table.columns, words))
    dividers = sorted(table.dividers, key=lambda divider: divider.before)
    kinds = [column.kind for column in table.columns]
    body: list[str] = []
    for number, row in enumerate(breathing(table.rows)):
        while dividers and dividers[0].before <= number:
            divider = dividers.pop(0)
            body.append(_html_divider(divider.kind, divider.text, len(kinds)))
        cells = (
            f'<td class="{kind}"><bdi>{_html(reads(cell, words))}</bdi></td>'
            for kind, cell in zip(kinds, row, strict=True)
        )
        body.append(f"<tr>{''.join(cells)}</tr>")
    body += [_html_divider(divider.kind, divider.text, len(kinds)) for divider in dividers]
    foot = "".join(f"<p>{_html(line)}</p>" for line in (*table.footers, table.fingerprint) if line)
    page = _PAGE.format(
        lang=words.lang,
        title=_html(table.title),
        lines="".join(lines),
        heads=heads,
        body="\n".join(body),
        foot=foot,
    )
    return page.encode()


def _html(text: str) -> str:
    return escape(visible(text), quote=True)


def _html_divider(kind: str, text: str, columns: int) -> str:
    return f'<tr class="{kind}"><td colspan="{columns}">{_html(text)}</td></tr>'


_PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>
body {{ font: 15px/1.4 "PT Sans", "Segoe UI", sans-serif; color: #1b2330; margin: 24px; }}
h1 {{ font-size: 20px; margin: 0 0 8px; }} p {{ color: #5a6475; margin: 4px 0; }}
table {{ border-collapse: collapse; margin: 16px 0; width: 100%; }}
th, td {{ text-align: left; padding: 5px 8px; border-bottom: 1px solid #c9cfd9; vertical-align: top; }}
th {{ border-bottom: 2px solid #0b6e72; position: sticky; top: 0; background: #fff; }}
td {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
.int, .decimal {{ text-align: right; font-variant-numeric: tabular-nums; }}
.section td {{ font-weight: bold; background: #f4f5f7; }}
.cutoff td {{ border-top: 2px solid #9b1c1c; color: #9b1c1c; font-size: 13px; }}
</style></head><body>
<h1>{title}</h1>{lines}
<table><thead><tr>{heads}</tr></thead><tbody>
{body}
</tbody></table>{foot}
</body></html>
"""
