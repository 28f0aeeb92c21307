"""How a table's cell reads as text, the same in every format; it does not know the formats' own escapes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grants_app.domain.papers import Cell
    from grants_app.wording import Words

# Characters no file format carries safely, or that would reorder what a reader sees: C0 and C1 controls but
# tab and line ends, direction overrides and isolates, lone surrogates, non-characters.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def visible(text: str) -> str:
    """The text with every unsafe character spelled out, `[U+202E]`: without effect, and nothing is lost."""
    if text.isprintable():
        return text
    return _UNSAFE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def reads(cell: Cell, words: Words) -> str:
    """A cell as the language writes it: date and number in its manner, text made visible, nothing empty."""
    match cell:
        case None:
            return ""
        case str():
            return visible(cell)
        case date():
            return words.date(cell)
        case _:
            return words.number(cell)
