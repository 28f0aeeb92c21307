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
        text = "".join(char for char in text if char.isprintable())
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
