"""Words a careful reading refused, and where they stand all the same; it invents no words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.gates.catalogue import CODE, LANGUAGES, ROOT, Key, load

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST = Path(__file__).with_name("refused_words.toml")
# Headings and words of the offices' own lists are read as people write them, so they are not looked at here.
SPOKEN_FILES = ("resources/letters", "resources/sample", "db/reference/campaigns", "db/reference/rules")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One word refused in one language, for all that is said or for what English says by `english`."""

    lang: str
    pattern: re.Pattern[str]
    say: str
    like: str
    english: re.Pattern[str] | None = None

    def finds(self, text: str, english: str) -> str:
        """The refused word in the text; "" where there is none."""
        if self.english is not None and not self.english.search(_PLACEHOLDER.sub(" ", english)):
            return ""
        found = self.pattern.search(_PLACEHOLDER.sub(" ", text))
        return found.group() if found else ""


def refusals() -> tuple[Refusal, ...]:
    """All that is refused."""
    return tuple(
        Refusal(
            one["lang"],
            re.compile(one["not"], re.IGNORECASE),
            one["say"],
            one["like"],
            re.compile(one["for"], re.IGNORECASE) if "for" in one else None,
        )
        for one in _listed()["refused"]
    )


def kept() -> frozenset[str]:
    """The entries where a refused word is the right one."""
    return frozenset(key for one in _listed()["kept"] for key in one["keys"])


def refused_in(texts: Iterator[tuple[str, str, str, str]]) -> list[str]:
    """A line for every refused word in texts given as (language, name, text, English)."""
    rules = refusals()
    return [
        f"{lang}: {name}: {word!r} in {text!r}; say {rule.say}"
        for lang, name, text, english in texts
        for rule in rules
        if rule.lang == lang and (word := rule.finds(text, english)) and name not in kept()
    ]


def spoken(root: Path = ROOT) -> Iterator[tuple[str, str, str, str]]:
    """All that the program says: the catalogues, the letters' wordings, the names in the reference data."""
    english = load("en", root)
    for lang in LANGUAGES:
        for key, texts in load(lang, root).items():
            told = english.get(key, (key.text,)) if key.context in ("", CODE) else (key.text,)
            for text in texts:
                yield lang, _name(key), text, told[0]
    for folder in SPOKEN_FILES:
        for path in sorted((root / folder).glob("*.toml")):
            yield from _named(tomllib.loads(path.read_text("utf-8")), str(path.relative_to(root)))


def _name(key: Key) -> str:
    return f"{key.context}|{key.text}" if key.context else key.text


def _named(data: object, where: str, lang: str = "") -> Iterator[tuple[str, str, str, str]]:
    """Every text under a language's name, wherever it stands in the file."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _named(value, f"{where} {key}", key if key in LANGUAGES else lang)
    elif isinstance(data, list):
        for value in data:
            yield from _named(value, where, lang)
    elif isinstance(data, str) and lang:
        yield lang, where, data, ""


def _listed() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(LIST.read_text("utf-8"))
