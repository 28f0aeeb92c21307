"""The lists of the set-up: programmes with seats, the calendar, who signs, which papers are required."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.gui.pages.campaign_lines import SECTIONS, Section, SetupLine, lines_of
from grants_app.gui.table_models import Column, LinesModel
from grants_app.gui.widgets.tables import LinesTable
from grants_app.wording import mark

if TYPE_CHECKING:
    from grants_app.domain.campaign import CampaignSetup
    from grants_app.gui.page import PageContext

_HEADINGS: dict[Section, tuple[tuple[str, int, bool], ...]] = {
    "seats": (
        (mark("Programme"), 260, True),
        (mark("Code"), 96, False),
        (mark("Branch"), 140, False),
        (mark("Level"), 130, False),
        (mark("Seats"), 70, False),
    ),
    "calendar": (
        (mark("Calendar date"), 280, True),
        (mark("Day"), 96, False),
        (mark("Time"), 64, False),
        (mark("Order No."), 110, False),
        (mark("Reason"), 180, False),
    ),
    "signatories": (
        (mark("Branch"), 116, False),
        (mark("Document"), 150, False),
        (mark("Job title"), 200, True),
        (mark("Name"), 216, False),
    ),
    "papers": (
        (mark("Document"), 320, True),
        (mark("When"), 150, False),
        (mark("Original or copy"), 110, False),
        (mark("Copies"), 70, False),
    ),
}
_NUMBERS = frozenset({"Seats", "Copies"})


class SetupLists(QStackedWidget):
    """A list for each section of the set-up."""

    line_opened = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = context.words
        self.tables: dict[Section, LinesTable] = {}
        for section in SECTIONS:
            table = LinesTable(context.theme, LinesModel(self._columns(section), self), self)
            table.setObjectName(f"{section}_table")
            table.line_opened.connect(self.line_opened)
            self.tables[section] = table
            self.addWidget(table)

    def show_setup(self, setup: CampaignSetup) -> None:
        """Show the set-up, each list's cursor where it was."""
        for section, table in self.tables.items():
            row = max(0, table.currentIndex().row())
            table.lines.show_all(lines_of(self._words, setup, section))
            table.choose_row(row)

    def show_section(self, section: Section) -> None:
        """Put this section's list on view."""
        self.setCurrentWidget(self.tables[section])

    def _columns(self, section: Section) -> list[Column]:
        return [self._column(place, *heading) for place, heading in enumerate(_HEADINGS[section])]

    def _column(self, place: int, title: str, width: int, stretch: bool) -> Column:  # noqa: FBT001 - a heading's own
        def text(line: SetupLine) -> str:
            return line.cells[place]

        return Column(
            key=f"{place}",
            title=lambda: self._words(title),
            text=text,
            width=width,
            stretch=stretch,
            align="right" if title in _NUMBERS else "left",
            bold=title in _NUMBERS,
            tone="text" if stretch or title in ("Name", "Day") else "muted",
        )
