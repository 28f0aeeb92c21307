"""The words of the window in the language chosen, Qt's own included; it does not know what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTranslator, Signal

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from grants_app.wording import Words


class CatalogueTranslator(QTranslator):
    """Answers Qt's own look-ups (standard buttons, file and print dialogs) from our catalogue."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def isEmpty(self) -> bool:
        """Never empty, else Qt would not install it."""
        return False

    def translate(
        self, context: str, source_text: str, _disambiguation: str | None = None, _number: int = -1
    ) -> str | None:
        """The catalogue's text for Qt's source text; None lets Qt go on looking."""
        return self._words.qt(context, source_text) or None


class Speech(QObject):
    """The words of the language in force; pages keep this one object and read it again on a switch.

    Called like `Words`: `words("Whole sentence with {name}.", name=...)`.
    """

    language_changed = Signal(str)

    def __init__(self, words_of: Callable[[str], Words], lang: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words_of = words_of
        self._lang = lang
        # Each language is read once: a catalogue is some megabytes, and officers switch all day.
        self._read: dict[str, Words] = {}
        self._words = self._in(lang)
        self._translator: CatalogueTranslator | None = None

    @property
    def lang(self) -> str:
        """The language in force: ky, ru, kk or en."""
        return self._lang

    @property
    def current(self) -> Words:
        """The words themselves, for handing to services that word what they make."""
        return self._words

    def _in(self, lang: str) -> Words:
        if lang not in self._read:
            self._read[lang] = self._words_of(lang)
        return self._read[lang]

    def __call__(self, sentence: str, **facts: object) -> str:
        """The sentence in the language in force, its placeholders filled."""
        return self._words(sentence, **facts)

    def code(self, code: str, **facts: object) -> str:
        """The text of a finding's or refusal's code."""
        return self._words.code(code, **facts)

    def plural(self, one: str, many: str, n: int, **facts: object) -> str:
        """The sentence in the right plural form; `{n}` is the number."""
        return self._words.plural(one, many, n, **facts)

    def number(self, value: Decimal | int) -> str:
        """A number with the language's decimal sign."""
        return self._words.number(value)

    def install(self) -> None:
        """Let Qt's own texts come from the catalogue too."""
        self.remove()
        self._translator = CatalogueTranslator(self._words, self)
        QCoreApplication.installTranslator(self._translator)

    def remove(self) -> None:
        """Let Qt speak English again."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            # At once, not later: a nested loop may be long in coming back to what waits to be deleted.
            shiboken6.delete(self._translator)
            self._translator = None

    def switch(self, lang: str) -> None:
        """Take another language everywhere, without a restart."""
        if lang == self._lang:
            return
        self._lang = lang
        self._words = self._in(lang)
        self.install()
        self.language_changed.emit(lang)
