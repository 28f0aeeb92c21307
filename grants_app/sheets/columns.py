"""Finds the table in a sheet and what its columns mean; it does not read the rows below the headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from grants_app.domain.imports import SheetColumn
from grants_app.sheets.vocabulary import Vocabulary, heading_key

if TYPE_CHECKING:
    from grants_app.sheets.reader import Cell

_SEARCHED_ROWS = 60
_FEWEST_COLUMNS = 3
_ALIKE = 88  # per cent of rapidfuzz' ratio: one slip in a word of nine letters
_LONG_ENOUGH = 5
_NAMES = frozenset({"name", "surname", "given"})
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table stands: the index of its heading row, its columns, and field -> column index.

    `headings` is column index -> heading as written.
    """

    header: int
    columns: tuple[SheetColumn, ...]
    places: Mapping[str, int]
    headings: Mapping[int, str]


def letters(index: int) -> str:
    """A column's letters as spreadsheets name it: 0 -> "A", 25 -> "Z", 26 -> "AA"."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def find_table(rows: Sequence[Sequence[Cell]], vocabulary: Vocabulary) -> Table | None:
    """The table whose heading row says most; None when no row names a person and two more things."""
    best: Table | None = None
    for index, row in enumerate(rows[:_SEARCHED_ROWS]):
        if sum(1 for cell in row if isinstance(cell, str)) < _FEWEST_COLUMNS:
            continue
        table = _understood(index, row, vocabulary)
        enough = len(table.places) >= _FEWEST_COLUMNS and not _NAMES.isdisjoint(table.places)
        if enough and (best is None or len(table.places) > len(best.places)):
            best = table
    return best


def _understood(index: int, row: Sequence[Cell], vocabulary: Vocabulary) -> Table:
    columns: list[SheetColumn] = []
    places: dict[str, int] = {}
    headings: dict[int, str] = {}
    for place, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip():
            continue
        field, how = _field(cell, vocabulary)
        if field in places:
            field, how = "", "repeated"
        if field:
            places[field] = place
        headings[place] = cell
        columns.append(SheetColumn(letter=letters(place), heading=cell.strip(), field=field, how=how))
    if "surname" in places and "name" in places and "given" not in places:
        return _name_as_given(Table(index, tuple(columns), places, headings))
    return Table(index, tuple(columns), places, headings)


def _name_as_given(table: Table) -> Table:
    """Beside a surname, a column headed "Name" holds the given name."""
    columns = tuple(
        SheetColumn(letter=column.letter, heading=column.heading, field="given", how=column.how)
        if column.field == "name"
        else column
        for column in table.columns
    )
    places = {("given" if field == "name" else field): place for field, place in table.places.items()}
    return Table(table.header, columns, places, table.headings)


def _field(heading: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """The field a heading names and how that is known: exact, letters_lost, alike or ignored."""
    for text in (heading, _IN_BRACKETS.sub(" ", heading)):
        key = heading_key(text)
        found = vocabulary.headings.get(key) or vocabulary.headings.get(key.replace("?", "").strip())
        if found:
            return found, "exact"
        if "?" in key and (found := _with_lost_letters(key, vocabulary.headings)):
            return found, "letters_lost"
    return _alike(heading_key(heading), vocabulary.headings)


def _with_lost_letters(key: str, headings: Mapping[str, str]) -> str:
    """The one field whose heading fits the key with any letter for each `?`; "" when none or several do."""
    if not key.strip("? "):
        return ""
    pattern = re.compile(re.escape(key).replace(r"\?", r"\w"))
    fields = {field for heading, field in headings.items() if pattern.fullmatch(heading)}
    return fields.pop() if len(fields) == 1 else ""


def _alike(key: str, headings: Mapping[str, str]) -> tuple[str, str]:
    """A heading with a slip of spelling: numbers must agree, and no other field may be as near."""
    if len(key) < _LONG_ENOUGH:
        return "", "ignored"
    digits = _DIGITS.findall(key)
    near = process.extract(key, list(headings), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5)
    near = [match for match in near if _DIGITS.findall(match[0]) == digits]
    fields = {headings[heading] for heading, score, _ in near if score == near[0][1]}
    return (fields.pop(), "alike") if len(fields) == 1 else ("", "ignored")
