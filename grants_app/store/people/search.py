"""What is typed into a search as conditions on the stored keys, widening step by step; it reads no list.

First what was typed is looked for as it stands. When nobody fits, each word may also have been typed in the
other keyboard layout; when still nobody fits, with an error. So a right spelling is never lost among similar
ones, and a wrong one is still answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, literal_column, text

from grants_app.domain.collation import code_key, folded, searched
from grants_app.domain.names import right_letters
from grants_app.domain.spelling import ONE_ERROR, other_layout
from grants_app.store.application_tables import application

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Connection

    from grants_app.domain.spelling import Vocabulary

_a = application.c
_TRIGRAM = 3
_SIGNS = " 0123456789abcdefghijklmnopqrstuvwxyz"  # all a search key is made of


@dataclass(frozen=True, slots=True)
class Word:
    """One word somebody typed: as it was typed, and how a search key holds it, as typed or in other layouts.

    A single letter begins a word of the key: inside of words every name holds it. So does what is meant in
    the other layout, for which a single letter is too little.
    """

    typed: str
    own: str
    switched: str

    @property
    def forms(self) -> list[str]:
        """What the key may hold."""
        return [form for form in (self.own, self.switched) if form]


def words_of(search: str) -> list[Word]:
    """What was typed, word by word; what holds no letter and no digit is left out."""
    words = []
    for part in search.replace("№", " ").split():
        own, switched = _key(part), _key(other_layout(part))
        begun = f" {own}" if len(own) == 1 else own
        word = Word(part, begun, f" {switched}" if len(switched) > 1 and switched != own else "")
        if word.forms:
            words.append(word)
    return words


def _key(part: str) -> str:
    if any(char.isdigit() for char in part):
        return code_key(part)
    return searched(right_letters(part)[0])


@dataclass(frozen=True, slots=True)
class Step:
    """Conditions to try; `few` says that the index will likely find few enough to fetch them one by one."""

    where: Sequence[ColumnElement[bool]]
    few: bool = False


def steps(connection: Connection, search: str, vocabulary: Callable[[], Vocabulary]) -> Iterator[Step]:
    """The conditions to try one after another until somebody fits; without a search one step, empty."""
    words = words_of(search)
    yield _all(connection, [[word.own] for word in words if word.own])
    if not words:
        return
    both = [word.forms for word in words]
    if any(word.switched for word in words):
        yield _all(connection, both)
    mistyped = [_similar(word, vocabulary) for word in words]
    if any(mistyped):
        yield _all(connection, [forms + more for forms, more in zip(both, mistyped, strict=True)])


def _similar(word: Word, vocabulary: Callable[[], Vocabulary]) -> list[str]:
    """The beginnings of words of the keys that the word is alike to, each with the space in front of it."""
    if any(char.isdigit() for char in word.typed) or len(word.typed) < ONE_ERROR - 1:
        return []
    names = vocabulary()
    alike = names.alike(right_letters(word.typed)[0]) + names.alike(other_layout(word.typed))
    shortest: list[str] = []
    for beginning in sorted({f" {folded(name)}" for name in alike}):
        if not (shortest and beginning.startswith(shortest[-1])):
            shortest.append(beginning)
    return shortest


def _all(connection: Connection, words: Sequence[Sequence[str]]) -> Step:
    """Every word must fit in one of its forms."""
    if connection.dialect.name != "sqlite":
        return Step([_contains_any(forms) for forms in words])
    few = bool(words) and all(len(form) >= _TRIGRAM for forms in words for form in forms)
    return Step([_matching(words)] if words else [], few)


def _matching(words: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    """Through the index of trigrams; every form is of lower-case letters, digits and spaces.

    Two letters are looked for with every third behind them; a key ends with a space.
    """
    words = [
        [whole for form in forms for whole in ([form] if len(form) >= _TRIGRAM else _followed(form))]
        for forms in words
    ]
    asked = " AND ".join("(" + " OR ".join(f'"{form}"' for form in forms) + ")" for forms in words)
    found = text("SELECT rowid FROM application_search WHERE application_search MATCH :words")
    return _a.id.in_(found.bindparams(words=asked).columns(literal_column("rowid")))


def _followed(pair: str) -> Iterator[str]:
    return (pair + sign for sign in _SIGNS)


def _contains_any(forms: Sequence[str]) -> ColumnElement[bool]:
    if len(forms) == 1:
        return _a.search_key.contains(forms[0], autoescape=True)
    return _a.search_key.op("~")("|".join(forms))
