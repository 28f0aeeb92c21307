"""A table as a printed list: headings on every page, long text wrapped, sections and cutoffs; no meaning."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.pagesizes import landscape as turned
from reportlab.pdfgen.canvas import Canvas

from grants_app.domain.papers import Column, Divider, Table
from grants_app.domain.stopping import breathing
from grants_app.papers.blocks import Setter, Style
from grants_app.papers.cells import reads
from grants_app.papers.documents import new_document
from grants_app.papers.marks import draw_watermark
from grants_app.papers.styles import SANS, SANS_BOLD, SERIF_BOLD, Fonts
from grants_app.papers.tables import column_titles
from grants_app.wording import Words

_MARGIN, _FOOT = 36.0, 30.0
_PAD, _GAP = 3.2, 4.0
_AFTER_NUMBER = 8.0  # so that a number does not run into the text beside it
_LOOKED_AT = 50  # rows that decide how wide a column is
_NUMBERS = ("int", "decimal")
_TITLE = Style(SERIF_BOLD, 14, 18)
_LINE = Style(SANS, 9, 12.5, "#55606e")
_HEAD = Style(SANS_BOLD, 8.5, 10.8)
_CELL = Style(SANS, 9, 11.2)
_SECTION = Style(SANS_BOLD, 9.5, 12)
_CUTOFF = Style(SANS, 8, 10, "#9b1c1c")
_SMALL = Style(SANS, 7.5, 10, "#55606e")
_HAIR, _ACCENT, _BAND, _RED = (HexColor(code) for code in ("#dfe3e9", "#0b6e72", "#f0f2f5", "#9b1c1c"))
_TOTAL = "pages"


def table_pdf(table: Table, words: Words, fonts: Fonts, *, landscape: bool = False) -> bytes:
    """The table on A4, headings repeated, page n / total and the run's fingerprint on each page.

    A cell's text wraps and, longer than a page, goes on over the next; a letter the faces lack is spelled
    `[U+1F600]`, so nothing is lost and nothing is refused. Same table, same bytes.
    """
    out = io.BytesIO()
    size = turned(A4) if landscape else A4
    canvas = new_document(out, fonts.shown(table.title), words.lang, size)
    sheet = _List(table, words, fonts, canvas, size)
    sheet.draw()
    canvas.save()
    return out.getvalue()


@dataclass(slots=True)
class _List:
    """Draws one table; `y` is the height of the free space's top, PDF's way up."""

    table: Table
    words: Words
    fonts: Fonts
    canvas: Canvas
    size: tuple[float, float]
    y: float = 0.0
    page: int = 0
    setter: Setter = field(init=False)
    lefts: list[float] = field(init=False)
    widths: list[float] = field(init=False)
    inner: list[float] = field(init=False)
    heads: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.setter = Setter(self.canvas, self.fonts)
        usable = self.size[0] - 2 * _MARGIN
        titles = column_titles(self.table.columns, self.words)
        least = [self._least(place, title, usable) for place, title in enumerate(titles)]
        self.widths = _widths([column.weight for column in self.table.columns], least, usable)
        self.lefts = [_MARGIN + sum(self.widths[:place]) for place in range(len(self.widths))]
        self.inner = [
            width - _GAP - (_AFTER_NUMBER if column.kind in _NUMBERS else 0)
            for column, width in zip(self.table.columns, self.widths, strict=True)
        ]
        self.heads = [
            self._broken(title, _HEAD, inner) for title, inner in zip(titles, self.inner, strict=True)
        ]

    def _least(self, place: int, title: str, usable: float) -> float:
        """The width that breaks no word of a column's heading, nor, monsters apart, of its first rows."""
        heading = self.fonts.shown(title).split()
        widest = max((self.fonts.width(_HEAD.face, _HEAD.size, word) for word in heading), default=0.0)
        for row in self.table.rows[:_LOOKED_AT]:
            for word in self.fonts.shown(reads(row[place], self.words)).split():
                widest = max(widest, min(self.fonts.width(_CELL.face, _CELL.size, word), usable / 4))
        return widest + 0.1 + _GAP + (_AFTER_NUMBER if self.table.columns[place].kind in _NUMBERS else 0)

    def draw(self) -> None:
        """All pages, then the page count they refer to."""
        self._begin_page()
        dividers = sorted(self.table.dividers, key=lambda divider: divider.before)
        for number, row in enumerate(breathing(self.table.rows)):
            while dividers and dividers[0].before <= number:
                self._divider(dividers.pop(0))
            cells = [
                self._broken(reads(cell, self.words), _CELL, inner)
                for cell, inner in zip(row, self.inner, strict=True)
            ]
            self._row(cells)
        for divider in dividers:
            self._divider(divider)
        for text in self.table.footers:
            self._text(text, _LINE)
        for post, name in self.table.signatures:
            self._signature(post, name)
        self._end_page()
        self.canvas.beginForm(_TOTAL, 0, -4, 60, 12)
        self.canvas.setFont(_SMALL.face, _SMALL.size)
        self.canvas.setFillColor(HexColor(_SMALL.colour))
        self.canvas.drawString(0, 0, str(self.page))
        self.canvas.endForm()

    def _broken(self, text: str, style: Style, width: float) -> list[str]:
        """Lines of a text, its own line ends kept."""
        lines: list[str] = []
        for part in text.splitlines():
            lines += self.setter.lines(self.fonts.shown(part), style, width)
        return lines

    def _begin_page(self) -> None:
        self.page += 1
        if self.table.sample:
            draw_watermark(self.canvas, self.fonts, self.words("SAMPLE"), *self.size)
        self.y = self.size[1] - _MARGIN
        if self.page == 1:
            self._lines(self._broken(self.table.title, _TITLE, self.size[0] - 2 * _MARGIN), _TITLE)
            for text in self.table.subtitle:
                self._lines(self._broken(text, _LINE, self.size[0] - 2 * _MARGIN), _LINE)
            self.y -= 8
        height = max(map(len, self.heads), default=0) * _HEAD.leading + 2 * _PAD
        self._cells(self.heads, _HEAD)
        self.y -= height
        self._rule(_ACCENT, 1.1)

    def _end_page(self) -> None:
        left = self.table.fingerprint
        self.canvas.setFillColor(HexColor(_SMALL.colour))
        self.canvas.setFont(_SMALL.face, _SMALL.size)
        if left:
            self.canvas.drawString(_MARGIN, _FOOT - 8, self.fonts.shown(left))
        right = self.size[0] - _MARGIN - 24
        self.canvas.drawRightString(right, _FOOT - 8, f"{self.page} / ")
        self.canvas.saveState()
        self.canvas.translate(right, _FOOT - 8)
        self.canvas.doForm(_TOTAL)  # defined once the last page is known
        self.canvas.restoreState()
        self.canvas.showPage()

    def _room(self, height: float) -> None:
        """A new page when less than `height` is left on this one."""
        if self.y - height < _FOOT + 6:
            self._end_page()
            self._begin_page()

    def _row(self, cells: list[list[str]]) -> None:
        """One row; taller than what is left, whole on the next page, and taller than a page, in parts."""
        tallest = max(1, *map(len, cells))
        self._room(min(tallest, 12) * _CELL.leading + 2 * _PAD)
        start = 0
        while start < tallest:
            fits = max(1, int((self.y - _FOOT - 6 - 2 * _PAD) // _CELL.leading))
            part = [lines[start : start + fits] for lines in cells]
            self._cells(part, _CELL)
            self.y -= min(fits, tallest - start) * _CELL.leading + 2 * _PAD
            self._rule(_HAIR, 0.5)
            start += fits
            if start < tallest:
                self._end_page()
                self._begin_page()

    def _cells(self, cells: list[list[str]], style: Style) -> None:
        """Lines of every cell from `y` down, numbers to the right."""
        text = self.canvas.beginText()
        text.setFont(style.face, style.size)
        text.setFillColor(HexColor(style.colour))
        for column, left, width, lines in zip(
            self.table.columns, self.lefts, self.widths, cells, strict=True
        ):
            for number, line in enumerate(lines):
                indent = self._indent(column, line, style, width)
                text.setTextOrigin(left + indent, self.y - _PAD - style.size * 0.92 - number * style.leading)
                text.textOut(line)
        self.canvas.drawText(text)

    def _indent(self, column: Column, line: str, style: Style, width: float) -> float:
        if column.kind not in _NUMBERS:
            return 0.0
        return width - _GAP - _AFTER_NUMBER - self.fonts.width(style.face, style.size, line)

    def _divider(self, divider: Divider) -> None:
        style = _SECTION if divider.kind == "section" else _CUTOFF
        lines = self._broken(divider.text, style, self.size[0] - 2 * _MARGIN - 2 * _GAP)
        height = len(lines) * style.leading + 2 * _PAD
        # A section's heading never stands alone at the foot of a page.
        self._room(height + (2 * (_CELL.leading + 2 * _PAD) if divider.kind == "section" else 0))
        if divider.kind == "section":
            self.canvas.setFillColor(_BAND)
            self.canvas.rect(_MARGIN, self.y - height, self.size[0] - 2 * _MARGIN, height, stroke=0, fill=1)
            self._at(lines, style, _MARGIN + _GAP)
        else:
            self._rule(_RED, 1.2)
            self._at(lines, style, _MARGIN)
        self.y -= height

    def _at(self, lines: list[str], style: Style, x: float) -> None:
        self.canvas.setFillColor(HexColor(style.colour))
        self.canvas.setFont(style.face, style.size)
        for number, line in enumerate(lines):
            self.canvas.drawString(x, self.y - _PAD - style.size * 0.9 - number * style.leading, line)

    def _text(self, text: str, style: Style) -> None:
        """A line of text under the table, wrapped, on as many pages as it takes."""
        self.y -= _GAP
        for line in self._broken(text, style, self.size[0] - 2 * _MARGIN):
            self._room(style.leading)
            self._lines([line], style)

    def _signature(self, post: str, name: str) -> None:
        """Post, a line to sign on and the name, never parted by a page's end."""
        half = (self.size[0] - 2 * _MARGIN) / 2
        posts = self._broken(post, _LINE, half - 150)
        names = self._broken(name, _LINE, half - 30)
        tall = max(len(posts), len(names)) * _LINE.leading
        self._room(tall + 18)
        self.y -= 18
        self._at(posts, _LINE, _MARGIN)
        self._at(names, _LINE, _MARGIN + half + 30)
        self.canvas.setStrokeColor(_HAIR)
        self.canvas.setLineWidth(0.6)
        foot = self.y - _PAD - _LINE.size
        self.canvas.line(_MARGIN + half - 140, foot, _MARGIN + half + 20, foot)
        self.y -= tall

    def _lines(self, lines: list[str], style: Style) -> None:
        self._at(lines, style, _MARGIN)
        self.y -= len(lines) * style.leading

    def _rule(self, colour: Color, width: float) -> None:
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(width)
        self.canvas.line(_MARGIN, self.y, self.size[0] - _MARGIN, self.y)


def _widths(weights: list[int], least: list[float], usable: float) -> list[float]:
    """Column widths by weight, none narrower than its least while there is room for all."""
    widths = [usable * weight / sum(weights) for weight in weights]
    if sum(least) >= usable:
        return widths
    held: set[int] = set()
    while True:
        narrow = {place for place, width in enumerate(widths) if width < least[place]} - held
        if not narrow:
            return widths
        held |= narrow
        free = usable - sum(least[place] for place in held)
        share = sum(weight for place, weight in enumerate(weights) if place not in held)
        widths = [
            least[place] if place in held else free * weight / share for place, weight in enumerate(weights)
        ]
