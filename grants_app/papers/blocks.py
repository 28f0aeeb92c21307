"""Text set in lines on a canvas, each distinct text broken and encoded once a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from grants_app.papers.styles import Fonts

if TYPE_CHECKING:
    from collections.abc import Iterator

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Style:
    """A face at a size and leading in points, in a colour `#RRGGBB`."""

    face: str
    size: float
    leading: float
    colour: str = "#1a1d21"

    def scaled(self, scale: float) -> Style:
        """The same style, smaller."""
        return Style(self.face, self.size * scale, self.leading * scale, self.colour)


Run = tuple[str, Style]
_Piece = tuple[str, Style, float]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text ready to be placed: PDF operators relative to the block's top left corner.

    `height` is the sum of the leadings, `width` the widest line's, `first` the first baseline's depth
    below the top; all in points.
    """

    code: str
    height: float
    width: float
    first: float


@dataclass(slots=True)
class Setter:
    """Sets text for one document; remembers what it has set, since letters repeat nearly all of it."""

    canvas: Canvas
    fonts: Fonts
    _blocks: dict[tuple[tuple[Run, ...], float, Align], Block] = field(default_factory=dict)

    def block(self, runs: tuple[Run, ...], width: float, align: Align = "left") -> Block:
        """The runs flowed into `width` points; a word wider than that is broken, nothing is ever cut.

        Refused `glyph_missing` when a face lacks a letter of it.
        """
        key = (runs, width, align)
        found = self._blocks.get(key)
        if found is None:
            found = self._blocks[key] = self._set(runs, width, align)
        return found

    def lines(self, text: str, style: Style, width: float) -> list[str]:
        """The text broken into lines of `width` points, not remembered; never cut, empty for no text."""
        return ["".join(words for words, _, _ in line) for line in self._lines(((text, style),), width)]

    def place(self, block: Block, x: float, top: float) -> None:
        """Draw a block with its top left corner at (x, top) in the canvas's own coordinates."""
        self.canvas.addLiteral(f"q 1 0 0 1 {x:.2f} {top:.2f} cm {block.code} Q")

    def _set(self, runs: tuple[Run, ...], width: float, align: Align) -> Block:
        lines = list(self._lines(runs, width))
        text = self.canvas.beginText()
        leading = max(style.leading for _, style in runs)
        size = max(style.size for _, style in runs)
        first = leading * 0.5 + size * 0.33  # the letters' middle on the line's middle
        widest = 0.0
        for number, line in enumerate(lines):
            length = sum(advance for _, _, advance in line)
            widest = max(widest, length)
            indent = {"left": 0.0, "centre": (width - length) / 2, "right": width - length}[align]
            text.setTextOrigin(indent, -(first + number * leading))
            for words, style, _ in line:
                text.setFont(style.face, style.size)
                text.setFillColor(HexColor(style.colour))
                text.textOut(words)
        return Block(text.getCode(), leading * len(lines), widest, first)

    def _lines(self, runs: tuple[Run, ...], width: float) -> Iterator[list[_Piece]]:
        """Greedy lines; each a list of pieces with one style and their advance."""
        line: list[_Piece] = []
        used = 0.0
        for word, style, advance, space in self._words(runs, width):
            if line and used + space + advance > width:
                yield line
                line, used = [], 0.0
            gap = " " if line and space else ""
            advance_here = advance + (space if gap else 0.0)
            if line and line[-1][1] == style:
                last, _, length = line[-1]
                line[-1] = (last + gap + word, style, length + advance_here)
            else:
                line.append((gap + word, style, advance_here))
            used += advance_here
        if line:
            yield line

    def _words(self, runs: tuple[Run, ...], width: float) -> Iterator[tuple[str, Style, float, float]]:
        """Words with their style, advance and the space before them (0 = joined to the last word)."""
        for text, style in runs:
            gap = self.fonts.width(style.face, style.size, " ")
            for word in self.fonts.printable(text).split(" "):
                if not word:
                    continue
                space = gap
                for part in self._parts(word, style, width):
                    yield part, style, self.fonts.width(style.face, style.size, part), space
                    space = 0.0

    def _parts(self, word: str, style: Style, width: float) -> Iterator[str]:
        """The word, or, wider than a whole line, pieces of it: after hyphens, else wherever it must."""
        if self.fonts.width(style.face, style.size, word) <= width:
            yield word
            return
        head, hyphen, tail = word.partition("-")
        if hyphen and tail and self.fonts.width(style.face, style.size, head + hyphen) <= width:
            yield head + hyphen
            yield from self._parts(tail, style, width)
            return
        widths = self.fonts.widths[style.face]
        start, used = 0, 0.0
        for place, letter in enumerate(word):
            advance = widths[ord(letter)] * style.size / 1000
            if used + advance > width and place > start:
                yield word[start:place]
                start, used = place, 0.0
            used += advance
        yield word[start:]
