"""How people's names are written, split and put right; it guesses neither letters nor sex."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Father's name + one of these is the surname, and no patronymic follows (law of July 2025; domain.md).
SURNAME_MARKS = frozenset({"уулу", "кызы", "тегин", "қызы", "ұлы", "uulu", "kyzy", "tegin"})

# Latin letters drawn like Cyrillic ones, as they get typed inside Cyrillic words (domain.md).
_LATIN = "ABCEHIKMOPTXYaceiopxyh"
_CYRILLIC = "АВСЕНІКМОРТХУасеіорхуһ"
TO_CYRILLIC = dict(zip(_LATIN, _CYRILLIC, strict=True))
# Capital Y stands for У in Russian and for Ү in Kyrgyz names: which one cannot be known.
_UNSURE = "Y"
_TO_LATIN = str.maketrans("АВСЕНІКМОРТХУасеіорху", "ABCEHIKMOPTXYaceiopxy")

_WORD = re.compile(r"[^\W\d_]+")
_HAS_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_HAS_LATIN = re.compile(r"[A-Za-z]")
_NAME_CHARACTER = re.compile(r"[\u0400-\u04ffA-Za-z\u00c0-\u024f '\u2019\u02bc-]")
_PLAIN_NAME = re.compile(r"[\u0400-\u04ff '\u2019\u02bc-]*|[A-Za-z '-]*")
_SPACES = re.compile(r"\s+")
_FORMULA_SIGNS = ("=", "+", "-", "@")
_LOST = ("?", "\ufffd")
# What the faces of every paper can draw (PT Sans and PT Serif, resources/fonts), as ranges of code points.
_FACES = (
    "0020-007E 00A0-00AC 00AE-0109 010C-0113 0116-011F 0122-0127 012A-012B 012E-0131 0134-0137 0139-013E"
    " 0141-0148 014C-014D 0150-0165 016A-0173 0178-017F 0192 01F4-01F5 0218-021B 0237 02BC 02C6-02C7"
    " 02D8-02DD 0301 0394 03A9 03BC 03C0 0401-040C 040E-044F 0451-045C 045E-045F 0462-0463 0472-0475"
    " 048A-04C0 04C3-04F9 04FC-04FD 0510-0513 051C-051D 0524-0527 1E30-1E31 1E3E-1E3F 1E54-1E55 1E9E 2011"
    " 2013-2014 2018-201A 201C-201E 2020-2022 2026 2030 2039-203A 2044 2081-2084 20AC 20B4 20B6-20B7"
    " 20B9-20C0 2113 2116 2122 2126 212E 2202 2206 220F 2211-2212 2215 221A 221E 222B 2248 2260 2264-2265"
    " 25CA 2C67-2C68 FB01-FB02"
)
_IN_THE_FACES = frozenset(
    point for pair in _FACES.split() for point in range(int(pair[:4], 16), int(pair[-4:], 16) + 1)
)
# Hyphens, primes and spaces papers set as plain ones.
_SET_OTHERWISE = frozenset(
    "\u2010\u2012\u2015\u02b9\u02ba\u2032\u2033\u2028\u2029\u205f\u3000"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
)
_TWO_WORDS = 2


@dataclass(frozen=True, slots=True)
class NameParts:
    """A whole name taken apart; `sure` is False when another split would be as good."""

    surname: str
    given: str = ""
    patronymic: str = ""
    sure: bool = True


def tidy_text(text: str) -> str:
    """NFC, single spaces, no outer space, no invisible characters (soft hyphens, marks of direction)."""
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    if not text.isprintable():
        # what stood on both sides of a sign nobody sees stands together now
        shown = "".join(char for char in text if char.isprintable())
        text = _SPACES.sub(" ", unicodedata.normalize("NFC", shown))
    return text.strip()


def right_letters(text: str) -> tuple[str, bool]:
    """`text` with Latin look-alikes inside Cyrillic words made Cyrillic, and whether every letter is certain.

    A word with other Latin letters than look-alikes is left alone: what it should be is not known.
    """
    if not (_HAS_LATIN.search(text) and _HAS_CYRILLIC.search(text)):
        return text, True
    sure = True

    def put_right(match: re.Match[str]) -> str:
        nonlocal sure
        word = match.group()
        latin = _HAS_LATIN.findall(word)
        if len(latin) == len(word) or any(letter not in TO_CYRILLIC for letter in latin):
            return word
        sure = sure and _UNSURE not in word
        return "".join(TO_CYRILLIC.get(letter, letter) for letter in word)

    return _WORD.sub(put_right, text), sure


def latin_code(text: str) -> str:
    """A document's number or a programme's code with Cyrillic look-alikes made Latin capitals, no spaces."""
    return _SPACES.sub("", tidy_text(text)).upper().translate(_TO_LATIN)


def latin_letters(text: str) -> str:
    """A text of Latin letters only, as a passport's name or an e-mail, with look-alikes made Latin.

    A text with other Cyrillic letters stays as it is: what it should be is not known.
    """
    latin = text.translate(_TO_LATIN)
    return text if _HAS_CYRILLIC.search(latin) else latin


def odd_characters(name: str) -> str:
    """The characters of `name` that no name has, and Latin letters stuck in a Cyrillic word; each once."""
    if _PLAIN_NAME.fullmatch(name):
        return ""
    odd = [char for char in name if not _NAME_CHARACTER.match(char)]
    for word in _WORD.findall(name):
        if _HAS_CYRILLIC.search(word):
            odd += _HAS_LATIN.findall(word)
    return "".join(dict.fromkeys(odd))


def unprintable(text: str) -> str:
    """The characters of `text` no paper can show, for want of them in the faces papers are set in; each once.

    A character with a look-alike that is set in its place is no trouble; nor is one that is never seen.
    """
    if text.isascii():
        return ""
    return "".join(dict.fromkeys(char for char in unicodedata.normalize("NFC", text) if not _printed(char)))


def _printed(char: str) -> bool:
    if char in _SET_OTHERWISE or unicodedata.category(char) in ("Cc", "Cf"):
        return True
    return _IN_THE_FACES.issuperset(map(ord, char)) or _IN_THE_FACES.issuperset(
        map(ord, unicodedata.normalize("NFKC", char))
    )


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would read the text as a formula instead of showing it."""
    return text.startswith(_FORMULA_SIGNS)


def letters_lost(name: str) -> bool:
    """Whether letters were replaced by `?` in a code page without Ң Ө Ү; which ones is never guessed."""
    return any(sign in name for sign in _LOST)


def split_name(text: str) -> NameParts:
    """Surname, given name and patronymic of a whole name, by the rules of domain.md.

    «Бакыт уулу Үсөн»: the mark belongs to the surname, no patronymic follows. «Асанов Үсөн Бакыт уулу»: a
    patronymic of two words. Letters keep their case; nothing is inflected.
    """
    words = text.split()
    marks = [place for place, word in enumerate(words) if word.casefold() in SURNAME_MARKS]
    if 1 in marks:
        return NameParts(" ".join(words[:2]), " ".join(words[2:]))
    if len(words) <= _TWO_WORDS:
        return NameParts(" ".join(words[:1]), " ".join(words[1:]))
    if marks == [len(words) - 1]:
        if len(words) == _TWO_WORDS + 1:
            return NameParts(" ".join(words[1:]), words[0], sure=False)
        return NameParts(" ".join(words[:-3]), words[-3], " ".join(words[-2:]), len(words) == _TWO_WORDS + 2)
    return NameParts(words[0], words[1], " ".join(words[2:]), len(words) == _TWO_WORDS + 1)
