"""The minutes of a sitting as PDF: sections in their order over as many pages as they take; no meaning."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from grants_app.domain.minutes import MinutesPaper
from grants_app.papers.blocks import Align, Block, Setter, Style
from grants_app.papers.cells import visible
from grants_app.papers.documents import new_document
from grants_app.papers.marks import draw_watermark
from grants_app.papers.styles import SANS, SERIF, SERIF_BOLD, Fonts
from grants_app.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grants_app.domain.minutes import MinutesItem, Named

WIDTH, HEIGHT = A4
LEFT, RIGHT = 70.0, WIDTH - 48.0  # room to bind the sheets at the left
TOP, BOTTOM = 50.0, HEIGHT - 56.0
_GREY = "#55606e"
_BRANCH = Style(SERIF_BOLD, 11, 14.5)
_TITLE = Style(SERIF_BOLD, 15, 20)
_PLAIN = Style(SERIF, 11, 15.5)
_STRONG = Style(SERIF_BOLD, 11, 15.5)
_NOTE = Style(SERIF, 10, 14, _GREY)
_SMALL = Style(SANS, 8, 10.5, _GREY)
_HAIR, _INK = HexColor("#c9cfd9"), HexColor("#1a1d21")
_TOTAL = "pages"
_INDENT = 18.0
_SIGN_LINE = 130.0


def minutes_pdf(paper: MinutesPaper, words: Words, fonts: Fonts) -> bytes:
    """The minutes on A4, page n / total on each; same minutes, same bytes.

    A letter the faces lack is spelled `[U+1F600]`: minutes are never refused for a name's sake.
    """
    out = io.BytesIO()
    canvas = new_document(
        out,
        fonts.shown(words("Minutes of the commission No. {number}", number=paper.number)),
        words.lang,
        points=10,
    )
    canvas.setAuthor(fonts.shown(paper.branch))
    _Minutes(paper, words, fonts, canvas).draw()
    canvas.save()
    return out.getvalue()


@dataclass(slots=True)
class _Minutes:
    """Draws one paper; `y` is how far down the page is filled."""

    paper: MinutesPaper
    words: Words
    fonts: Fonts
    canvas: Canvas
    y: float = TOP
    page: int = 0
    setter: Setter = field(init=False)

    def __post_init__(self) -> None:
        self.setter = Setter(self.canvas, self.fonts)

    def draw(self) -> None:
        """Every section, then the page count the pages refer to."""
        self._begin_page()
        self._head()
        self._people()
        self._agenda()
        for item in self.paper.items:
            self._item(item)
        words = self.words
        self._list(words("Conflicts of interest declared"), self.paper.conflicts)
        self._list(words("Recorded in the program under this number"), self.paper.acts)
        self._room(self._signing_height() + 2 * _STRONG.leading)  # signatures never stand alone on a sheet
        self._list(words("Fingerprints of the runs sealed"), self.paper.fingerprints, _SMALL)
        if self.paper.custom:
            self._gap(6)
            self._text(self.paper.custom, _SMALL)
        self._signatures()
        self._end_page()
        self.canvas.beginForm(_TOTAL, 0, -4, 60, 12)
        self.canvas.setFont(_SMALL.face, _SMALL.size)
        self.canvas.setFillColor(HexColor(_SMALL.colour))
        self.canvas.drawString(0, 0, str(self.page))
        self.canvas.endForm()

    # ---- sections ---------------------------------------------------------------------------------------

    def _head(self) -> None:
        paper, words = self.paper, self.words
        self._text(paper.branch, _BRANCH, align="centre")
        self._gap(10)
        title = words("MINUTES No. {number} of the commission meeting", number=paper.number)
        self._text(title, _TITLE, align="centre")
        self._text(paper.campaign, _NOTE, align="centre")
        self._gap(10)
        half = (RIGHT - LEFT) / 2
        for text, x, align in ((paper.day, LEFT, "left"), (paper.place, LEFT + half, "right")):
            self._place(text, _PLAIN, x, half, align)  # type: ignore[arg-type]  # the two sides above
        self.y += _PLAIN.leading
        self._gap(4)
        self._rule()

    def _people(self) -> None:
        paper, words = self.paper, self.words
        self._list(words("Those present"), [_with_note(one) for one in paper.present], numbered=True)
        self._list(words("Absent"), [_with_note(one) for one in paper.absent])
        if paper.quorum:
            self._heading(words("Quorum"))
            self._text(paper.quorum, _PLAIN, LEFT + _INDENT)

    def _agenda(self) -> None:
        self._list(self.words("Agenda"), self.paper.agenda)
        if self.paper.items:
            self._heading(self.words("Discussed and decided"))

    def _item(self, item: MinutesItem) -> None:
        """An item's title is never parted from its wording."""
        words = self.words
        self._room(self._height(item.title, _STRONG) + 2 * _PLAIN.leading)
        self._gap(4)
        self._numbered(item.no, item.title, _STRONG)
        for label, text in (
            (words("Decided"), item.wording),
            (words("Votes"), item.votes),
            (words("Outcome"), item.outcome),
        ):
            self._text(f"{label}: {text}", _PLAIN, LEFT + _INDENT)
        for note in item.notes:
            self._text(note, _NOTE, LEFT + _INDENT)

    def _signing_height(self) -> float:
        """The room the signatures take, with what always stands over them; at most half a sheet is kept."""
        rows = [max(block.height for block in self._signer(one)) + 12 for one in self.paper.signatures]
        return min(sum(rows) + 4 * _SMALL.leading + 20, (BOTTOM - TOP) / 2)

    def _signer(self, one: Named) -> tuple[Block, Block]:
        width = RIGHT - LEFT
        return (
            self.setter.block(((self.fonts.shown(visible(one.note)), _PLAIN),), width * 0.38),
            self.setter.block(((self.fonts.shown(visible(one.name)), _PLAIN),), width * 0.30),
        )

    def _signatures(self) -> None:
        self._gap(14)
        for one in self.paper.signatures:
            width = RIGHT - LEFT
            post, name = self._signer(one)
            height = max(post.height, name.height, _PLAIN.leading) + 12
            self._room(height)
            top = HEIGHT - self.y
            self.setter.place(post, LEFT, top)
            line = LEFT + width * 0.40
            self.canvas.setStrokeColor(_INK)
            self.canvas.setLineWidth(0.6)
            base = top - _PLAIN.leading + 3
            self.canvas.line(line, base, line + _SIGN_LINE, base)
            self.setter.place(name, LEFT + width * 0.70, top)
            self.y += height

    # ---- pieces -----------------------------------------------------------------------------------------

    def _list(
        self, heading: str, texts: Iterable[str], style: Style = _PLAIN, *, numbered: bool = False
    ) -> None:
        """A heading with a line for each text; nothing at all where there are none."""
        shown = list(texts)
        if not shown:
            return
        self._heading(heading)
        for place, text in enumerate(shown, start=1):
            if numbered:
                self._numbered(place, text, style)
            else:
                self._text(text, style, LEFT + _INDENT)

    def _heading(self, text: str) -> None:
        self._room(_STRONG.leading + 2 * _PLAIN.leading + 10)
        self._gap(9)
        self._text(text, _STRONG)

    def _numbered(self, no: int, text: str, style: Style) -> None:
        self._room(style.leading)
        self._place(f"{no}.", style, LEFT, _INDENT, "left")
        self._text(text, style, LEFT + _INDENT)

    def _text(self, text: str, style: Style, left: float = LEFT, align: Align = "left") -> None:
        """A paragraph, its own line ends kept, line by line over the page's end."""
        for part in text.splitlines():
            for line in self.setter.lines(self.fonts.shown(visible(part)), style, RIGHT - left):
                self._room(style.leading)
                self._place(line, style, left, RIGHT - left, align)
                self.y += style.leading

    def _place(self, text: str, style: Style, x: float, width: float, align: Align) -> None:
        shown = self.fonts.shown(visible(text))
        if shown:
            self.setter.place(self.setter.block(((shown, style),), width, align), x, HEIGHT - self.y)

    def _height(self, text: str, style: Style) -> float:
        lines = self.setter.lines(self.fonts.shown(visible(text)), style, RIGHT - LEFT - _INDENT)
        return len(lines) * style.leading

    def _gap(self, height: float) -> None:
        self.y += height

    def _rule(self) -> None:
        self.canvas.setStrokeColor(_HAIR)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(LEFT, HEIGHT - self.y, RIGHT, HEIGHT - self.y)

    def _room(self, height: float) -> None:
        """A new page when less than `height` is left on this one."""
        if self.y + height > BOTTOM:
            self._end_page()
            self._begin_page()

    def _begin_page(self) -> None:
        self.page += 1
        self.y = TOP
        if self.paper.sample:
            draw_watermark(self.canvas, self.fonts, self.words("SAMPLE"), WIDTH, HEIGHT)

    def _end_page(self) -> None:
        self.canvas.setFillColor(HexColor(_SMALL.colour))
        self.canvas.setFont(_SMALL.face, _SMALL.size)
        number = self.words("Minutes of the commission No. {number}", number=self.paper.number)
        self.canvas.drawString(LEFT, 30, self.fonts.shown(visible(f"{number} · {self.paper.day}")))
        self.canvas.drawRightString(RIGHT - 24, 30, f"{self.page} / ")
        self.canvas.saveState()
        self.canvas.translate(RIGHT - 24, 30)
        self.canvas.doForm(_TOTAL)  # defined once the last page is known
        self.canvas.restoreState()
        self.canvas.showPage()


def _with_note(one: Named) -> str:
    return f"{one.name} — {one.note}" if one.note else one.name
