"""Small values every part of the program shares: languages, texts in four languages, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Lang = Literal["ky", "ru", "kk", "en"]
LANGS: tuple[Lang, ...] = ("ky", "ru", "kk", "en")


@dataclass(frozen=True, slots=True)
class Names:
    """One name in the four languages; an empty one falls back to Russian, then to any given."""

    ky: str = ""
    ru: str = ""
    kk: str = ""
    en: str = ""

    def get(self, lang: str) -> str:
        """The name in `lang`, else the Russian one, else the first that is there."""
        return getattr(self, lang, "") or self.ru or next((n for n in (self.ky, self.kk, self.en) if n), "")

    def by_language(self) -> dict[str, str]:
        """The name each language would show, as a fact of a refusal holds it."""
        return {lang: self.get(lang) for lang in LANGS}


Severity = Literal["error", "warning", "fixed"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason, as a code the catalogue words, with the facts that fill its sentence.

    Facts are strings (ids, numbers in plain decimal notation, ISO dates) so that they can be stored,
    compared and worded in any language later.
    """

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
