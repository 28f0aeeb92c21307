"""What a personal number (PIN) says: sex and birth date; it knows no check digit, for none is public."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from grants_app.domain.application import Sex

LENGTH = 14
_SEXES: dict[str, Sex] = {"1": "F", "2": "M"}
_SCIENTIFIC = re.compile(r"\d+([.,]\d+)?[eеEЕ]\+?\d+")
_FILLING = re.compile(r"[\s'’-]+")


@dataclass(frozen=True, slots=True)
class PinFacts:
    """What the number says; sex "" and birth date None where its digits say nothing possible."""

    sex: Sex
    born: date | None


def tidy_pin(text: str) -> str:
    """The number without spaces, hyphens and a spreadsheet's apostrophe, letters O read as zeros."""
    return _FILLING.sub("", text).translate(str.maketrans("OОoо", "0000")) if text else ""


def pin_problem(text: str) -> str:
    """The code of what makes the text no PIN, or "": 14 digits, nothing more is required (domain.md)."""
    if _SCIENTIFIC.fullmatch(text):
        return "pin_scientific"
    if not (text.isascii() and text.isdigit()):
        return "pin_characters"
    if len(text) < LENGTH:
        return "pin_short"
    return "pin_long" if len(text) > LENGTH else ""


def pin_facts(text: str) -> PinFacts:
    """What a number of 14 digits says: 1 female or 2 male, then DDMMYYYY, then a serial."""
    try:
        born = date(int(text[5:9]), int(text[3:5]), int(text[1:3]))
    except ValueError:
        born = None
    return PinFacts(_SEXES.get(text[:1], ""), born)
