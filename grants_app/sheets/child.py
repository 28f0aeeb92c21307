"""The confined process: one workbook in, its cells out as JSON; it knows neither headings nor people.

It answers `{"ok": {...}}` or `{"refused": "code"}` on standard output. A cell is null or text with a letter
in front: s text, n exact number, d date.
"""

from __future__ import annotations

import math
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.errors import Refused
from grants_app.sheets import confinement, kinds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from python_calamine import CalamineSheet


def main(arguments: list[str]) -> int:
    """Read the file named first, within memory bytes, seconds, rows and columns given after it."""
    path, memory, seconds, rows, columns = arguments
    confinement.confine(int(memory), int(seconds))
    try:
        answer: dict[str, object] = {"ok": _read(Path(path), int(rows), int(columns))}
    except Refused as refused:
        answer = {"refused": refused.code}
    except MemoryError:
        answer = {"refused": "sheet_too_large"}
    sys.stdout.buffer.write(msgspec.json.encode(answer))
    return 0


def _read(path: Path, rows: int, columns: int) -> dict[str, object]:
    content = path.read_bytes()
    kind = kinds.kind_of(content, path.suffix)
    if kind == "csv":
        text, encoding = kinds.decode(content)
        sheets = [{"name": path.stem, "rows": _csv_rows(text, rows, columns)}]
        return {"kind": kind, "encoding": encoding, "sheets": sheets}
    return {"kind": kind, "encoding": "", "sheets": _workbook(content, rows, columns)}


def _csv_rows(text: str, most_rows: int, most_columns: int) -> list[list[str | None]]:
    rows = kinds.csv_rows(text)
    if len(rows) > most_rows or any(len(row) > most_columns for row in rows):
        raise Refused("sheet_too_large")
    return [[f"s{cell}" if cell and not cell.isspace() else None for cell in row] for row in rows]


def _workbook(content: bytes, most_rows: int, most_columns: int) -> list[dict[str, object]]:
    """The sheets through calamine; its Rust panics arrive as BaseException and mean a damaged file."""
    import io

    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets: list[dict[str, object]] = []
        for about in book.sheets_metadata:
            if about.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(about.name)
                rows = _sheet_rows(sheet, most_rows, most_columns)
                sheets.append({"name": about.name, "rows": rows})
    except calamine.PasswordError as error:
        raise Refused("sheet_encrypted") from error
    except (calamine.CalamineError, ValueError, OverflowError, OSError) as error:
        raise Refused("sheet_damaged") from error
    return sheets


def _sheet_rows(sheet: CalamineSheet, most_rows: int, most_columns: int) -> list[list[str | None]]:
    end = sheet.end
    if end is None:
        return []
    if end[0] >= most_rows or end[1] >= most_columns:
        raise Refused("sheet_too_large")
    return [_row(cells) for cells in sheet.to_python(skip_empty_area=False)]


def _row(cells: Iterable[object]) -> list[str | None]:
    row = [_cell(cell) for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return row


def _cell(value: object) -> str | None:
    """The cell as text; a float is written by its shortest exact form (4.59, 20906200983587)."""
    match value:
        case str() if value and not value.isspace():
            return f"s{value}"
        case float() if value.is_integer():
            return f"n{int(value)}"
        case float() if math.isfinite(value):
            return f"n{format(Decimal(repr(value)), 'f')}"
        case datetime():
            return f"d{value.date().isoformat()}"
        case date():
            return f"d{value.isoformat()}"
    return f"s{value}" if value and not isinstance(value, str) else None
