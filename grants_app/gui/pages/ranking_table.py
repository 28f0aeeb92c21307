"""The ranked list as a table: the lists' own columns, the outcome as a chip, the cutoff across it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from grants_app.domain import papers
from grants_app.domain.runs import RankedLine
from grants_app.gui.table_models import Band, ChipText, Column, LinesModel, Part
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.tables import LinesTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind, Theme

OUTCOMES: Mapping[str, tuple[ChipKind, str]] = {
    "awarded": ("ok", ""),
    "placed": ("violet", ""),
    "tied": ("bad", "tie"),
    "refused": ("neutral", ""),
    "higher_choice": ("info", ""),
    "higher_tied": ("warn", "tie"),
    "dropped": ("neutral", ""),
    "out": ("neutral", ""),
    "not_admitted": ("bad", ""),
}
"""The chip of each outcome of a choice."""

_WIDTHS = {
    "programme": 120,
    "position": 54,
    "no": 70,
    "name": 178,
    "score": 50,
    "grounds": 90,
    "choice": 60,
    "outcome": 114,
}
_LEVEL_WIDTH = 72
_NAME_BESIDE = 166
_SPARE = ("grounds", "choice", "ort_main", "profile", "average", "no")
"""What the explanation repeats is left out first where there is no room."""
_SHORT = ("average", "profile", "ort_main", "name")
"""Columns whose full heading is too long for a list of many columns."""


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One row: the line it came from and its cells, as they are exported."""

    line: RankedLine
    cells: tuple[papers.Cell, ...]


def cell_text(words: Speech, cell: papers.Cell) -> str:
    """A cell as the language in force writes it; empty for what is not there."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return words.current.date(cell)
    if isinstance(cell, (int, Decimal)):
        return words.current.number(cell)
    return cell


def outcome_chip(outcome: str, text: str) -> ChipText:
    """An outcome as a chip."""
    kind, icon = OUTCOMES.get(outcome, ("neutral", ""))
    return ChipText(kind, text, icon)


class RankedTable(QWidget):
    """Shows a ranked list; its columns come from the list itself and change with the rules."""

    chosen = Signal(object)
    """The `RankedRow` under the cursor, or None."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._keys: tuple[str, ...] = ()
        self._numbers: list[str] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.table: LinesTable | None = None

    def show_rows(
        self,
        columns: Sequence[papers.Column],
        rows: Sequence[RankedRow],
        cutoff: int | None,
        band: Band | None,
    ) -> None:
        """Show the rows; `band` goes across after the first `cutoff` of them."""
        keys = tuple(column.key for column in columns)
        table = self.table
        if table is None or keys != self._keys:
            table = self._made(columns)
            self._keys = keys
        self._numbers = [row.line.application_no for row in rows]
        lines: list[object] = list(rows)
        if cutoff is not None and band is not None:
            lines.insert(cutoff, band)
            self._numbers.insert(cutoff, "")
        table.lines.show_all(lines)
        if cutoff is not None and band is not None:
            table.show_band(cutoff)

    def choose(self, number: str) -> bool:
        """Put the cursor on an application; False when it is not in the list."""
        if self.table is None or number not in self._numbers:
            return False
        self.table.choose_row(self._numbers.index(number))
        self.table.scrollTo(self.table.currentIndex(), LinesTable.ScrollHint.PositionAtCenter)
        return True

    def numbers(self) -> list[str]:
        """The applications of the list, in its order."""
        return [number for number in self._numbers if number]

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """What the table shows now, row by row as text, the bands left out."""
        if self.table is None:
            return ()
        model = self.table.lines
        return tuple(
            tuple(str(model.index(row, place).data() or "") for place in range(model.columnCount()))
            for row in range(model.rowCount())
            if isinstance(model.line(row), RankedRow)
        )

    def _made(self, columns: Sequence[papers.Column]) -> LinesTable:
        if self.table is not None:
            self._layout.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        together = any(column.key == "programme" for column in columns)
        shown = [self._column(place, column) for place, column in enumerate(columns)]
        if together:  # the programme's name takes room from the people's
            shown = [replace(one, width=_NAME_BESIDE) if one.key == "name" else one for one in shown]
        model = LinesModel(shown, self)
        self.table = FittedTable(self._theme, model, _SPARE, self)
        self.table.setObjectName("ranked_table")
        self.table.setAccessibleName(self._words("Ranked list"))
        self.table.line_chosen.connect(self._on_line_chosen)
        self._layout.addWidget(self.table)
        self.setFocusProxy(self.table)
        return self.table

    def _column(self, place: int, column: papers.Column) -> Column:
        key = column.key

        def title() -> str:
            if key in _SHORT:
                return self._words.code(f"column_{key}")
            return column.title if column.named else self._words(column.title)

        def text(row: RankedRow) -> str:
            return cell_text(self._words, row.cells[place])

        number = column.kind in ("int", "decimal")
        return Column(
            key=key,
            title=title,
            text=text,
            width=_WIDTHS.get(key, _LEVEL_WIDTH),
            align="right" if number else "left",
            parts=_name_parts if key == "name" else programme_parts(text) if key == "programme" else None,
            chips=_chips_of(text) if key == "outcome" else None,
            tone="muted" if key in ("no", "choice", "grounds") else "text",
            bold=key == "score",
            stretch=key in ("name", "programme"),
        )

    def _on_line_chosen(self, line: object) -> None:
        self.chosen.emit(line if isinstance(line, RankedRow) else None)


def _name_parts(row: RankedRow) -> tuple[Part, ...]:
    line = row.line
    return (Part(line.surname, bold=True), Part(line.given))


def programme_parts(text: Callable[[Any], str]) -> Callable[[Any], tuple[Part, ...]]:
    """Programme and branch of a cell: the branch muted, and first to be cut off."""

    def parts(row: object) -> tuple[Part, ...]:
        name, _, branch = text(row).partition(" · ")
        return (Part(name), Part(branch, colour="muted"))

    return parts


def _chips_of(text: Callable[[RankedRow], str]) -> Callable[[RankedRow], tuple[ChipText, ...]]:
    def chips(row: RankedRow) -> tuple[ChipText, ...]:
        return (outcome_chip(row.line.outcome, text(row)),)

    return chips
