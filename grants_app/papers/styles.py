"""The typefaces of every paper: registered, measured, checked for a text's letters; no words, no layout."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from grants_app.domain.errors import Refused

if TYPE_CHECKING:
    from pathlib import Path

SERIF, SERIF_BOLD, SERIF_ITALIC = "PTSerif", "PTSerif-Bold", "PTSerif-Italic"
SANS, SANS_BOLD, SANS_ITALIC = "PTSans", "PTSans-Bold", "PTSans-Italic"
# Controls, direction marks, private use and unassigned points: no reader sees the same in all of them.
_NO_PICTURE = ("Cc", "Cf", "Co", "Cn", "Cs")
_FILES = {
    SERIF: "PT_Serif-Web-Regular.ttf",
    SERIF_BOLD: "PT_Serif-Web-Bold.ttf",
    SERIF_ITALIC: "PT_Serif-Web-Italic.ttf",
    SANS: "PT_Sans-Web-Regular.ttf",
    SANS_BOLD: "PT_Sans-Web-Bold.ttf",
    SANS_ITALIC: "PT_Sans-Web-Italic.ttf",
}

# Look-alikes drawn in place of characters the faces lack; nothing a reader sees is lost.
_STAND_INS = {
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u02bc": "’", "\u02b9": "’",
    "\u02ba": "”", "\u2032": "’", "\u2033": "”", "\u2000": " ", "\u2001": " ", "\u2002": " ",
    "\u2003": " ", "\u2004": " ", "\u2005": " ", "\u2006": " ", "\u2007": "\u00a0", "\u2008": " ",
    "\u2009": " ", "\u200a": " ", "\u202f": "\u00a0", "\u205f": " ", "\u3000": " ", "\u2028": " ",
    "\u2029": " ", "\u0085": " ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fonts:
    """The six faces, ready to draw: advance widths in 1/1000 em by face, and what all of them can draw."""

    widths: Mapping[str, Mapping[int, float]]
    drawable: frozenset[int]

    def width(self, face: str, size: float, text: str) -> float:
        """The advance of a text in points; every character must be drawable."""
        widths = self.widths[face]
        return sum([widths[ord(letter)] for letter in text]) * size / 1000

    def printable(self, text: str) -> str:
        """The text as it is drawn: NFC, one line, invisible characters dropped, look-alikes put in.

        Refused `glyph_missing`, naming the character and the text, when a face lacks a letter: a paper
        with a box in somebody's name is worse than none.
        """
        plain = self._plain(text)
        for letter in plain:
            if ord(letter) not in self.drawable:
                raise Refused("glyph_missing", character=letter, code_point=f"U+{ord(letter):04X}", text=text)
        return plain

    def shown(self, text: str) -> str:
        """As `printable`, but a letter the faces lack is spelled `[U+1F600]`: for lists, never refused."""
        return "".join(
            letter if ord(letter) in self.drawable else f"[U+{ord(letter):04X}]"
            for letter in self._plain(text)
        )

    def _plain(self, text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        composed = unicodedata.normalize("NFC", text)
        if self.drawable.issuperset(map(ord, composed)) and composed.isprintable():
            return composed
        return "".join(map(self._plain_letter, composed))

    def _plain_letter(self, letter: str) -> str:
        if letter in "\t\n\r\v\f":
            return " "
        if unicodedata.category(letter) in ("Cc", "Cf"):
            return ""  # control and direction marks have no picture; drawn, they could reorder a line
        if ord(letter) in self.drawable:
            return letter
        stand_in = _STAND_INS.get(letter) or unicodedata.normalize("NFKC", letter)
        return stand_in if self.drawable.issuperset(map(ord, stand_in)) else letter


def load_fonts(folder: Path) -> Fonts:
    """Register the faces of resources/fonts with ReportLab, each at most once a process.

    Also turns off ReportLab's second wrapping of compressed pages as text: it takes longer than drawing
    them and makes the file a quarter larger. Both are settings of ReportLab, which has no other place for
    them; doing it twice changes nothing.
    """
    rl_config.useA85 = 0
    known = set(pdfmetrics.getRegisteredFontNames())
    for face, file in _FILES.items():
        if face not in known:
            pdfmetrics.registerFont(TTFont(face, str(folder / file)))
    faces = {name: cast("TTFont", pdfmetrics.getFont(name)).face for name in _FILES}
    drawable = frozenset.intersection(*(frozenset(face.charToGlyph) for face in faces.values()))
    return Fonts(
        widths={name: dict(face.charWidths) for name, face in faces.items()},
        drawable=frozenset(
            point for point in drawable if unicodedata.category(chr(point)) not in _NO_PICTURE
        ),
    )
