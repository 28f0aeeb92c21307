"""The words of all names, kept for finding what was typed with an error; a word is never taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Text, bindparam, cast, exists, func, insert, select

from grants_app.domain.spelling import Vocabulary, name_words
from grants_app.store.application_tables import name_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection

    from grants_app.domain.application import PersonFacts

# Two desks may keep one word twice, which does no harm; a constraint would make them wait for each other.
_WORD = cast(bindparam("word"), Text)
_NEW = select(_WORD).where(~exists().where(name_word.c.word == _WORD))
_KEEP = insert(name_word).from_select(["word"], _NEW)
_STATE = select(func.count(), func.max(name_word.c.id))


def keep_words(connection: Connection, people: Iterable[PersonFacts]) -> None:
    """Keep the words of these people's names, those not kept yet."""
    words = {
        word
        for facts in people
        for word in name_words(facts.surname, facts.given, facts.patronymic, facts.latin)
    }
    if words:
        connection.execute(_KEEP, [{"word": word} for word in sorted(words)])


class WordShelf:
    """The vocabulary one open store has read, for as long as no word was added."""

    def __init__(self) -> None:
        self._known: tuple[object, Vocabulary] = ((), Vocabulary(()))

    def vocabulary(self, connection: Connection) -> Vocabulary:
        """The words of everybody's names."""
        state = tuple(connection.execute(_STATE).one())
        known = self._known
        if known[0] != state:
            known = (state, Vocabulary(connection.execute(select(name_word.c.word)).scalars()))
            self._known = known
        return known[1]
