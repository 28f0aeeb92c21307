"""A plain paper as PDF: strips one under another on A4, on one page where it has to be; no words of its own.

Everything is measured as strips that are never broken. A paper of one page is measured at falling sizes until
it fits; at the smallest readable one over-long values are shortened, so that it always does.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4

from grants_app.papers.blocks import Align, Block, Run, Setter, Style
from grants_app.papers.cells import visible
from grants_app.papers.documents import new_document
from grants_app.papers.marks import draw_watermark
from grants_app.papers.styles import SANS, SANS_BOLD, SERIF_BOLD, Fonts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas

    from grants_app.domain.plain_paper import Fact, PaperEntry, PaperSection, PaperTable, PlainPaper

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 48.0, WIDTH - 42.0, 36.0, 34.0
INNER = RIGHT - LEFT
SCALES = (1.08, 1.0, 0.94, 0.88, 0.82, 0.76)
LENGTHS = (600, 300, 160, 90, 60, 40, 24)
"""Characters a value keeps, tried one after another at the smallest size."""

_INK, _GREY, _RED, _GREEN = "#1a1d21", "#55606e", "#9b1c1c", "#1b6236"
_HAIR, _ACCENT = HexColor("#c9cfd9"), HexColor("#0b6e72")
_TONES = {"plain": _INK, "good": _GREEN, "bad": _RED}
_GAP = 10.0
_SIGNATURE = 150.0


@dataclass(frozen=True, slots=True)
class _Styles:
    """The paper's styles at one scale."""

    heading: Style
    title: Style
    subtitle: Style
    section: Style
    label: Style
    value: Style
    strong: Style
    text: Style
    banner: Style
    small: Style


def _styles(scale: float) -> _Styles:
    return _Styles(
        heading=Style(SANS, 9, 11.5, _GREY).scaled(scale),
        title=Style(SERIF_BOLD, 15, 19).scaled(scale),
        subtitle=Style(SANS, 9.5, 12.5, _GREY).scaled(scale),
        section=Style(SANS_BOLD, 10, 13).scaled(scale),
        label=Style(SANS, 9, 12, _GREY).scaled(scale),
        value=Style(SANS, 9.5, 12).scaled(scale),
        strong=Style(SANS_BOLD, 9.5, 12).scaled(scale),
        text=Style(SANS, 9, 11.8).scaled(scale),
        banner=Style(SANS_BOLD, 10, 13, _RED).scaled(scale),
        small=Style(SANS, 7.5, 9.6, _GREY),
    )


@dataclass(slots=True)
class _Strip:
    """A piece never broken: blocks and lines relative to its top; `binds` keeps the next one with it."""

    height: float = 0.0
    blocks: list[tuple[Block, float, float]] = field(default_factory=list)
    rules: list[tuple[float, float, float, Color]] = field(default_factory=list)
    box: bool = False
    binds: bool = False


def plain_paper_pdf(paper: PlainPaper, fonts: Fonts) -> bytes:
    """The paper as PDF; the same paper, the same bytes.

    A letter the faces lack is spelled `[U+1F600]`: such a paper is never refused.
    """
    out = io.BytesIO()
    canvas = new_document(out, fonts.shown(visible(paper.title)), paper.lang)
    _Press(canvas, fonts).draw(paper)
    canvas.save()
    return out.getvalue()


class _Press:
    """Draws one paper onto one document."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self._setter = Setter(canvas, fonts)
        self._styles = _styles(1.0)
        self._longest: int | None = None

    def draw(self, paper: PlainPaper) -> None:
        """Measure until it fits, then draw every page."""
        foot = self._footer(paper)
        room = HEIGHT - TOP - BOTTOM - foot.height
        pages = self._paged(paper, room)
        for number, strips in enumerate(pages, start=1):
            self._page(paper, strips, foot, f"{number} / {len(pages)}" if len(pages) > 1 else "")

    def _paged(self, paper: PlainPaper, room: float) -> list[list[_Strip]]:
        if not paper.one_page:
            return _broken(list(self._strips(paper)), room)
        tries = [(scale, None) for scale in SCALES] + [(SCALES[-1], length) for length in LENGTHS]
        strips: list[_Strip] = []
        for scale, longest in tries:
            self._styles, self._longest = _styles(scale), longest
            strips = list(self._strips(paper))
            if sum(strip.height for strip in strips) <= room:
                break
        return [strips]

    # ---- measuring ------------------------------------------------------------------------------------

    def _text(self, text: str) -> str:
        """What is drawn of a value: unsafe characters spelled out, shortened where nothing else helps."""
        shown = self._fonts.shown(" ".join(visible(text).split()))
        if self._longest is not None and len(shown) > self._longest:
            return shown[: self._longest - 1].rstrip() + "…"
        return shown

    def _block(self, text: str, style: Style, width: float, align: Align = "left") -> Block:
        return self._setter.block(((self._text(text), style),), width, align)

    def _runs(self, runs: tuple[Run, ...], width: float) -> Block:
        return self._setter.block(tuple((self._text(text), style) for text, style in runs), width)

    def _line(self, text: str, style: Style, *, below: float = 0.0) -> _Strip:
        """A paragraph of its own; nothing where there is no text."""
        if not text:
            return _Strip()
        block = self._block(text, style, INNER)
        return _Strip(block.height + below, [(block, LEFT, 0.0)])

    def _strips(self, paper: PlainPaper) -> Iterator[_Strip]:
        styles = self._styles
        head = self._line(paper.heading, styles.heading, below=4.0)
        head.rules.append((head.height - 1, LEFT, RIGHT, _ACCENT))
        head.height += 5
        yield head
        yield self._line(paper.title, styles.title, below=1.0)
        yield self._line(paper.subtitle, styles.subtitle, below=4.0)
        if paper.banner:
            yield self._banner(paper.banner)
        yield from self._facts(paper.facts)
        for section in paper.sections:
            yield from self._section(section)
        for post, name in paper.signatures:
            yield self._signature(post, name)

    def _banner(self, text: str) -> _Strip:
        block = self._block(text, self._styles.banner, INNER - 16)
        return _Strip(block.height + 14, [(block, LEFT + 8, 4.0)], box=True)

    def _facts(self, facts: tuple[Fact, ...]) -> Iterator[_Strip]:
        """Facts two abreast; one too long for half the width has a line to itself."""
        half = (INNER - _GAP) / 2
        waiting: Block | None = None
        for label, value in facts:
            runs: tuple[Run, ...] = ((f"{label}:", self._styles.label), (value, self._styles.value))
            block = self._runs(runs, half)
            if block.height > self._styles.value.leading * 1.5:
                if waiting is not None:
                    yield _Strip(waiting.height + 1, [(waiting, LEFT, 0.0)])
                    waiting = None
                whole = self._runs(runs, INNER)
                yield _Strip(whole.height + 1, [(whole, LEFT, 0.0)])
            elif waiting is None:
                waiting = block
            else:
                height = max(waiting.height, block.height) + 1
                yield _Strip(height, [(waiting, LEFT, 0.0), (block, LEFT + half + _GAP, 0.0)])
                waiting = None
        if waiting is not None:
            yield _Strip(waiting.height + 1, [(waiting, LEFT, 0.0)])

    def _section(self, section: PaperSection) -> Iterator[_Strip]:
        parts = [
            *self._facts(section.facts),
            *(self._table(section.table) if section.table else ()),
            *(strip for entry in section.entries for strip in self._entry(entry)),
            *(self._line(text, self._styles.text, below=2.0) for text in section.paragraphs),
        ]
        if not parts:
            return
        title = self._line(section.title, self._styles.section, below=3.0)
        title = replace(
            title,
            height=title.height + 6,
            blocks=[(block, x, y + 6) for block, x, y in title.blocks],
            rules=[(title.height + 4, LEFT, RIGHT, _HAIR)],
            binds=True,
        )
        yield title
        yield from parts

    def _table(self, table: PaperTable) -> Iterator[_Strip]:
        unit = INNER / sum(table.weights)
        lefts = [LEFT + unit * sum(table.weights[:place]) for place in range(len(table.weights))]
        widths = [unit * weight - 6 for weight in table.weights]

        def row(cells: tuple[str, ...], style: Style) -> _Strip:
            strip = _Strip()
            for place, text in enumerate(cells):
                if text:
                    align: Align = "right" if place in table.right else "left"
                    block = self._block(text, style, widths[place], align)
                    strip.blocks.append((block, lefts[place], 1.0))
                    strip.height = max(strip.height, block.height + 3)
            strip.rules.append((strip.height - 0.5, LEFT, RIGHT, _HAIR))
            return strip

        head = row(table.heads, self._styles.label)
        head.binds = True
        yield head
        for cells in table.rows:
            yield row(cells, self._styles.value)

    def _entry(self, entry: PaperEntry) -> Iterator[_Strip]:
        styles = self._styles
        mark = self._block(entry.mark, replace(styles.strong, colour=_TONES[entry.tone]), INNER / 3, "right")
        title = self._block(entry.title, styles.strong, INNER - (mark.width + _GAP if entry.mark else 0))
        head = _Strip(max(title.height, mark.height) + 1, [(title, LEFT, 1.0)], binds=True)
        if entry.mark:
            head.blocks.append((mark, RIGHT - INNER / 3, 1.0))
        yield head
        for text in entry.lines:
            yield self._line(text, styles.text, below=0.5)
        yield _Strip(3.0)

    def _signature(self, post: str, name: str) -> _Strip:
        """Post on the left, a line to sign on, the name on the right, on one baseline."""
        value = self._styles.value
        room = INNER - _SIGNATURE - 2 * _GAP
        left = self._block(post, value, room / 2)
        right = self._block(name, value, room / 2)
        top = 14.0 * self._styles.text.size / 9
        x = LEFT + room / 2 + _GAP
        strip = _Strip(top + max(left.height, right.height, value.leading) + 2)
        strip.blocks = [(left, LEFT, top), (right, x + _SIGNATURE + _GAP, top)]
        strip.rules.append((top + value.leading, x, x + _SIGNATURE, HexColor(_INK)))
        return strip

    def _footer(self, paper: PlainPaper) -> _Strip:
        strip = _Strip(height=6.0)
        for text in paper.footer:
            block = self._block(text, self._styles.small, INNER - 40)
            strip.blocks.append((block, LEFT, strip.height))
            strip.height += block.height
        return strip

    # ---- drawing --------------------------------------------------------------------------------------

    def _page(self, paper: PlainPaper, strips: list[_Strip], foot: _Strip, number: str) -> None:
        if paper.watermark:
            draw_watermark(self._canvas, self._fonts, self._fonts.shown(paper.watermark), WIDTH, HEIGHT)
        y = TOP
        for strip in strips:
            self._place(strip, y)
            y += strip.height
        top = HEIGHT - BOTTOM - foot.height
        self._canvas.setLineWidth(0.5)
        self._canvas.setStrokeColor(_HAIR)
        self._canvas.line(LEFT, HEIGHT - top - 2, RIGHT, HEIGHT - top - 2)
        self._place(foot, top)
        if number:
            page = self._setter.block(((number, self._styles.small),), 40.0, "right")
            self._setter.place(page, RIGHT - 40, HEIGHT - top - 6)
        self._canvas.showPage()

    def _place(self, strip: _Strip, top: float) -> None:
        canvas = self._canvas
        canvas.setLineWidth(0.6)
        if strip.box:
            canvas.setStrokeColor(HexColor(_RED))
            canvas.rect(LEFT, HEIGHT - top - strip.height + 6, INNER, strip.height - 6)
        for y, left, right, colour in strip.rules:
            canvas.setStrokeColor(colour)
            canvas.line(left, HEIGHT - top - y, right, HEIGHT - top - y)
        for block, x, y in strip.blocks:
            self._setter.place(block, x, HEIGHT - top - y)


def _broken(strips: list[_Strip], room: float) -> list[list[_Strip]]:
    """Pages of strips; one that binds the next goes over to the next page with it."""
    pages: list[list[_Strip]] = [[]]
    used, start = 0.0, 0
    while start < len(strips):
        end = start + 1
        while end < len(strips) and strips[end - 1].binds:
            end += 1
        group = strips[start:end]
        height = sum(strip.height for strip in group)
        if pages[-1] and used + height > room:
            pages.append([])
            used = 0.0
        pages[-1] += group
        used += height
        start = end
    return pages
