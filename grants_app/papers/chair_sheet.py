"""The chair's sheet as PDF: pools, findings, differences, signatures on one A4 page; it knows no meaning."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4

from grants_app.papers.blocks import Align, Block, Setter, Style
from grants_app.papers.cells import visible
from grants_app.papers.documents import new_document
from grants_app.papers.marks import draw_watermark
from grants_app.papers.styles import SANS, SANS_BOLD, SERIF_BOLD, Fonts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from grants_app.domain.chair_sheet import PageFinding, SheetPage, Standing
    from grants_app.wording import Words

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 48.0, WIDTH - 40.0, 38.0, HEIGHT - 34.0
SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)
_GREY, _INK = "#55606e", "#1a1d21"
_HAIR, _ACCENT, _LINE = HexColor("#dfe3e9"), HexColor("#0b6e72"), HexColor(_INK)
_MARKS: dict[Standing, str] = {
    "blocks": "#9b1c1c", "reason": "#7a4b00", "accepted": "#5b2e91", "note": "#1d4f91", "ok": "#1b6236",
}  # fmt: skip
_COUNT, _STATE = 44.0, 104.0  # widths of the count and of how a finding stands
_NUMBERS = 56.0  # the width of a column of numbers
_SHORTENED = "…"


@dataclass(frozen=True, slots=True)
class _Styles:
    """The sheet's styles at one scale."""

    title: Style
    line: Style
    head: Style
    cell: Style
    strong: Style
    note: Style
    reason: Style
    tiny: Style


def _styles(scale: float) -> _Styles:
    return _Styles(
        title=Style(SERIF_BOLD, 15, 19).scaled(scale),
        line=Style(SANS, 9, 12, _GREY).scaled(scale),
        head=Style(SANS_BOLD, 8.5, 11).scaled(scale),
        cell=Style(SANS, 9.5, 12).scaled(scale),
        strong=Style(SANS_BOLD, 9.5, 12).scaled(scale),
        note=Style(SANS, 8, 10, _GREY).scaled(scale),
        reason=Style(SANS, 8.5, 10.8).scaled(scale),
        tiny=Style(SANS, 7, 9, _GREY),
    )


@dataclass(slots=True)
class _Page:
    """What stands on the page at one scale, measured before anything is drawn; `y` runs down."""

    styles: _Styles
    scale: float
    y: float = TOP
    blocks: list[tuple[Block, float, float]] = field(default_factory=list)
    rules: list[tuple[float, float, float, Color, float]] = field(default_factory=list)

    def rule(self, colour: Color = _HAIR, width: float = 0.5) -> None:
        """A line across the page under what stands there."""
        self.rules.append((self.y, LEFT, RIGHT, colour, width))

    def gap(self, points: float) -> None:
        """Room of so many points at full scale."""
        self.y += points * self.scale


def sheet_pdf(page: SheetPage, words: Words, fonts: Fonts) -> bytes:
    """The sheet on one A4 page, set smaller until it fits; same sheet, same bytes.

    What does not fit even at the smallest is left off from the end of the differences, with an ellipsis:
    the run's file and the lists hold them all. A letter the faces lack is spelled `[U+1F600]`.
    """
    out = io.BytesIO()
    canvas = new_document(out, fonts.shown(visible(page.title)), words.lang)
    if page.sample:
        draw_watermark(canvas, fonts, words("SAMPLE"), WIDTH, HEIGHT)
    press = _Press(canvas, fonts)
    press.draw(press.fitted(page), page.fingerprint)
    canvas.save()
    return out.getvalue()


class _Press:
    """Measures the sheet at falling scales and draws the first that fits."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self._setter = Setter(canvas, fonts)

    def fitted(self, sheet: SheetPage) -> _Page:
        """The sheet at the largest scale that fits, its differences shortened where none does."""
        for scale in SCALES:
            page = self._measured(sheet, scale, sheet.difference)
            if page.y <= BOTTOM - 14:
                return page
        told = list(sheet.difference)
        while len(told) > 1:
            told = [*told[:-1], _shorter(told[-1])] if len(told[-1]) > len(_SHORTENED) else told[:-1]
            page = self._measured(sheet, SCALES[-1], told)
            if page.y <= BOTTOM - 14:
                return page
        return self._measured(sheet, SCALES[-1], told)

    def _measured(self, sheet: SheetPage, scale: float, difference: Sequence[str]) -> _Page:
        page = _Page(_styles(scale), scale)
        self._line(page, sheet.title, page.styles.title)
        for text in sheet.subtitle:
            self._line(page, text, page.styles.line)
        page.gap(7)
        self._pools(page, sheet)
        page.gap(9)
        self._findings(page, sheet)
        if difference:
            page.gap(7)
            self._line(page, difference[0], page.styles.strong)
            for text in difference[1:]:
                self._line(page, text, page.styles.reason)
        page.gap(14)
        self._signatures(page, sheet.signatures)
        return page

    # --- parts ---------------------------------------------------------------------------------------

    def _set(self, text: str, style: Style, width: float, align: Align = "left") -> Block | None:
        shown = self._fonts.shown(visible(text))
        return self._setter.block(((shown, style),), width, align) if shown.strip() else None

    def _put(self, page: _Page, block: Block | None, x: float, top: float) -> float:
        """Place a block; answers its height."""
        if block is None:
            return 0.0
        page.blocks.append((block, x, top))
        return block.height

    def _line(self, page: _Page, text: str, style: Style) -> None:
        page.y += self._put(page, self._set(text, style, RIGHT - LEFT), LEFT, page.y)

    def _pools(self, page: _Page, sheet: SheetPage) -> None:
        self._row(page, sheet.pool_heads, page.styles.head)
        page.rule(_ACCENT, 1.1)
        for pool in sheet.pools:
            self._row(page, pool, page.styles.cell)
            page.rule()
        self._row(page, sheet.totals, page.styles.strong)

    def _row(self, page: _Page, cells: Sequence[str], style: Style) -> None:
        """A name and its numbers, right-aligned under each other."""
        pad, count = 1.8 * page.scale, len(cells) - 1
        name = RIGHT - LEFT - count * _NUMBERS
        tallest = self._put(page, self._set(cells[0], style, name - 8), LEFT, page.y + pad)
        for place, cell in enumerate(cells[1:]):
            block = self._set(cell, style, _NUMBERS - 4, "right")
            x = LEFT + name + place * _NUMBERS + 4
            tallest = max(tallest, self._put(page, block, x, page.y + pad))
        page.y += tallest + 2 * pad

    def _findings(self, page: _Page, sheet: SheetPage) -> None:
        styles = page.styles
        what, count, stands = sheet.finding_heads
        wide = RIGHT - LEFT - _COUNT - _STATE
        top = page.y
        height = self._put(page, self._set(what, styles.head, wide), LEFT, top)
        self._put(page, self._set(count, styles.head, _COUNT, "right"), LEFT + wide, top)
        self._put(page, self._set(stands, styles.head, _STATE - 14), LEFT + wide + _COUNT + 14, top)
        page.y += height + 2 * page.scale
        page.rule(_ACCENT, 1.1)
        for finding in sheet.findings:
            self._finding(page, finding, wide)
            page.rule()

    def _finding(self, page: _Page, finding: PageFinding, wide: float) -> None:
        """What, its note beside it, its reason under it; the count and how it stands at the right."""
        styles, pad = page.styles, 1.8 * page.scale
        top = page.y + pad
        colour = _MARKS[finding.standing]
        stands = Style(SANS_BOLD, styles.reason.size, styles.reason.leading, colour)
        parts = [(self._fonts.shown(visible(finding.text)), styles.cell)]
        if finding.note:
            parts.append((self._fonts.shown(visible(finding.note)), styles.note))
        height = self._put(page, self._setter.block(tuple(parts), wide - 8), LEFT, top)
        if finding.reason:
            height += self._put(page, self._set(finding.reason, styles.reason, wide - 8), LEFT, top + height)
        self._put(page, self._set(finding.count, styles.strong, _COUNT, "right"), LEFT + wide, top)
        state = self._set(finding.standing_text, stands, _STATE - 14)
        height = max(height, self._put(page, state, LEFT + wide + _COUNT + 14, top))
        page.y = top + height + pad

    def _signatures(self, page: _Page, signatures: Sequence[tuple[str, str]]) -> None:
        """Two beside each other: the post, a line to sign on, the name under it."""
        half = (RIGHT - LEFT - 24) / 2
        for start in range(0, len(signatures), 2):
            tallest = 0.0
            for place, (post, name) in enumerate(signatures[start : start + 2]):
                x = LEFT + place * (half + 24)
                height = self._put(page, self._set(post, page.styles.cell, half * 0.5), x, page.y)
                line = page.y + 12 * page.scale
                page.rules.append((line, x + half * 0.53, x + half, _LINE, 0.6))
                below = self._put(
                    page, self._set(name, page.styles.note, half * 0.47, "centre"), x + half * 0.53, line + 1
                )
                tallest = max(tallest, height, 13 * page.scale + below)
            page.y += tallest + 7 * page.scale

    # --- drawing -------------------------------------------------------------------------------------

    def draw(self, page: _Page, fingerprint: str) -> None:
        """Everything measured, and the fingerprint at the foot."""
        for y, left, right, colour, width in page.rules:
            self._canvas.setLineWidth(width)
            self._canvas.setStrokeColor(colour)
            self._canvas.line(left, HEIGHT - y, right, HEIGHT - y)
        for block, x, top in page.blocks:
            self._setter.place(block, x, HEIGHT - top)
        foot = self._set(fingerprint, page.styles.tiny, RIGHT - LEFT)
        if foot is not None:
            self._setter.place(foot, LEFT, HEIGHT - BOTTOM + foot.height)
        self._canvas.showPage()


_LEFT_OFF = 60  # signs taken off a paragraph at a time


def _shorter(text: str) -> str:
    """A paragraph with its last items left off, the ellipsis saying so; at last the ellipsis alone."""
    kept = text.removesuffix(_SHORTENED)[:-_LEFT_OFF].rpartition(",")[0].rstrip()
    return f"{kept}, {_SHORTENED}" if kept else _SHORTENED
