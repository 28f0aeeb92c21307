"""Telephone numbers: what was written to E.164, and E.164 as people here read it; no directory is asked."""

from __future__ import annotations

import re

_NOT_DIGITS = re.compile(r"\D+")
_BETWEEN = re.compile(r"[,;/\n]|\s(?:и|жана|және|and)\s")
_SHORTEST, _LONGEST = 8, 15  # E.164: at most 15 digits; shorter than 8 is no subscriber abroad
_NATIONAL = 9


def to_e164(text: str) -> str:
    """The number as +996… (nine digits), +7… (ten digits) or, when it begins with +, as written; else "".

    `0555 111 111`, `996555111111`, `0(555) 11-11-11`, `555111111` are Kyrgyz; `8 701 …` with eleven digits
    is Kazakh or Russian.
    """
    digits = _NOT_DIGITS.sub("", text)
    size = len(digits)
    if text.lstrip().startswith("+") and not digits.startswith(("996", "7", "0")):
        return f"+{digits}" if _SHORTEST <= size <= _LONGEST else ""
    if digits.startswith("996") and size == _NATIONAL + 3:
        return f"+{digits}"
    if digits.startswith("0") and size == _NATIONAL + 1:
        return f"+996{digits[1:]}"
    if digits.startswith(("7", "8")) and size == _NATIONAL + 2:
        return f"+7{digits[1:]}"
    return f"+996{digits}" if size == _NATIONAL else ""


def shown(number: str) -> str:
    """`0555 111 111` for +996555111111, `+7 701 234 56 78` for a +7 number, others as stored."""
    if number.startswith("+996") and len(number) == _NATIONAL + 4:
        return f"0{number[4:7]} {number[7:10]} {number[10:]}"
    if number.startswith("+7") and len(number) == _NATIONAL + 3:
        return f"+7 {number[2:5]} {number[5:8]} {number[8:10]} {number[10:]}"
    return number


def split_numbers(text: str) -> tuple[str, ...]:
    """The single numbers of a field that holds several, as written."""
    return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())
