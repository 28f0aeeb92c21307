"""What a word typed with an error, or in the other keyboard layout, may mean; it knows no list of people.

Two words are alike when one typing error (a letter wrong, missing, too many, or two exchanged) parts what was
typed from the beginning of the other, or two errors from nine letters on; shorter by its errors, it must be
meant as the whole word. Under five letters nothing is alike: too many names would be. Errors are counted in
the letters typed and, since a name may be stored in the other script, in the Latin skeleton too, there with
Ж, Ч, Ш, Щ, Ц, Ю, Я as one sign each.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from grants_app.domain.collation import folded, unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

ONE_ERROR, TWO_ERRORS = 5, 9
_LEAST = 3  # letters of a word worth keeping: what is typed has five, and differs by two at the most
# The same keys on the two layouts; Shift gives the second pair.
_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + '{}:"<>~'
_CYRILLIC_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё" + "хъжэбюё"
_TO_CYRILLIC = str.maketrans(_LATIN_KEYS, _CYRILLIC_KEYS)
_TO_LATIN = str.maketrans(_CYRILLIC_KEYS[:33], _LATIN_KEYS[:33])
_PLAIN = str.maketrans("ңөүұёәғқһіӣўҳҷ", "ноууеагкхииухч")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SOUNDS = re.compile("shch|[czs]h|ts|i[ua]")
_SIGNS = {"shch": "Q", "ch": "C", "zh": "Z", "sh": "S", "ts": "T", "iu": "U", "ia": "A"}


def plain(word: str) -> str:
    """The word in its own script, lower-case, with letters the Russian keyboard lacks as those it has."""
    lower = unicodedata.normalize("NFC", word).lower().translate(_PLAIN)
    return lower if _CYRILLIC.search(lower) else "".join(unmarked(letter) for letter in lower)


def name_words(*names: str) -> list[str]:
    """The `plain` words of names that what is typed may be alike to, each once."""
    words = (plain(word) for name in names for word in _WORD.findall(name))
    return list(dict.fromkeys(word for word in words if len(word) >= _LEAST))


def other_layout(word: str) -> str:
    """What the same keys give in the other layout: «Fcfyjd» is «асанов»; in lower case."""
    lower = word.lower()
    return lower.translate(_TO_LATIN if _CYRILLIC.search(lower) else _TO_CYRILLIC)


def errors_allowed(word: str) -> int:
    """How many typing errors are looked past in a word of so many letters."""
    letters = sum(char.isalpha() for char in word)
    return (letters >= ONE_ERROR) + (letters >= TWO_ERRORS)


class Vocabulary:
    """The words of a register's names, ready to be compared with what is typed; made once, asked often."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(dict.fromkeys(words))
        self._beginnings: dict[tuple[str, int], Mapping[str, list[str]]] = {}
        self._views: dict[str, Sequence[str]] = {}

    def alike(self, typed: str) -> list[str]:
        """The words that what was typed is alike to; empty for a word too short to be mistyped."""
        asked = plain("".join(_WORD.findall(typed)))
        found: dict[str, None] = {}
        for view, seen in _VIEWS.items():
            form = seen(asked)
            if len(form) < min(len(asked), TWO_ERRORS) - 1:
                continue  # doubled letters fell together: too little is left to compare
            if allowed := errors_allowed(asked):
                found |= dict.fromkeys(self._near(view, form, allowed))
            for least in (ONE_ERROR, TWO_ERRORS):
                errors = errors_allowed("а" * least)
                if least - errors <= len(asked) < least:
                    found |= dict.fromkeys(self._whole(view, form, least, errors))
        return list(found)

    def _whole(self, view: str, asked: str, least: int, errors: int) -> Iterable[str]:
        """Whole words of at least so many letters, of which as many as the errors may be missing."""
        for word in self._near(view, asked, errors):
            if least <= len(word) and len(_VIEWS[view](word)) <= len(asked) + errors:
                yield word

    def _near(self, view: str, asked: str, allowed: int) -> Iterable[str]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        for length in range(max(1, len(asked) - allowed), len(asked) + allowed + 1):
            begun = self._begun(view, length)
            near = process.extract(
                asked, begun.keys(), scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None
            )
            for beginning, _, _ in near:
                yield from begun[beginning]

    def _begun(self, view: str, length: int) -> Mapping[str, list[str]]:
        """The words at least so long in a view, by their first `length` signs."""
        known = self._beginnings.get((view, length))
        if known is not None:
            return known
        if view not in self._views:
            self._views[view] = [_VIEWS[view](word) for word in self._words]
        begun: dict[str, list[str]] = {}
        for word, seen in zip(self._words, self._views[view], strict=True):
            if len(seen) >= length:
                begun.setdefault(seen[:length], []).append(word)
        self._beginnings[view, length] = begun
        return begun


def _letters(word: str) -> str:
    return word


def _sounds(word: str) -> str:
    """The Latin skeleton with one sign for each letter of the Cyrillic alphabet."""
    return _SOUNDS.sub(lambda match: _SIGNS[match.group()], folded(word))


_VIEWS: Mapping[str, Callable[[str], str]] = {"letters": _letters, "skeleton": folded, "sounds": _sounds}
