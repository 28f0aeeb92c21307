"""A plain paper of the office as it is drawn: facts, sections, signatures; all words are there already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "good", "bad"]
Fact = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """Rows of text under headings; `weights` are the columns' relative widths, `right` those set right."""

    heads: tuple[str, ...]
    weights: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEntry:
    """A title with a short mark at its right, and lines under it."""

    title: str
    lines: tuple[str, ...]
    mark: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSection:
    """A part of the paper under its heading; whatever is empty is not drawn."""

    title: str
    facts: tuple[Fact, ...] = ()
    table: PaperTable | None = None
    entries: tuple[PaperEntry, ...] = ()
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPaper:
    """One paper, worded in `lang`.

    `banner` is set in a box under the title, `watermark` across every page; `signatures` are (post, name), a
    name may be empty. `footer` stands at the foot of every page. With `one_page` the type is set smaller
    until all fits one page, and only then are over-long values shortened; else it goes on over more pages.
    """

    lang: str
    heading: str
    title: str
    subtitle: str = ""
    banner: str = ""
    watermark: str = ""
    facts: tuple[Fact, ...] = ()
    sections: tuple[PaperSection, ...] = ()
    signatures: tuple[Fact, ...] = ()
    footer: tuple[str, ...] = ()
    one_page: bool = False
