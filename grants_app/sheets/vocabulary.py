"""The words other people's spreadsheets use, in four languages, as data; it does not know any file's rows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grants_app.domain.places import SchoolKinds, fold
from grants_app.domain.values import LANGS

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_NOT_HEADING = re.compile(r"[^\w№#?]+|_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Headings, words for sexes, grounds, regions, totals and absent results, and school kinds by place.

    Keys of `headings` are heading keys, all other keys are folded words. `template` is language -> the
    columns of an empty template, (field, heading) in order.
    """

    headings: Mapping[str, str]
    template: Mapping[str, tuple[tuple[str, str], ...]]
    sexes: Mapping[str, str]
    grounds: Mapping[str, str]
    regions: Mapping[str, str]
    months: Mapping[str, int]
    absent: frozenset[str]
    totals: frozenset[str]
    school_kinds: tuple[SchoolKinds, ...]


def heading_key(text: str) -> str:
    """A heading in lower case, signs as spaces, ё as е; `?` stays, it may stand for a lost letter."""
    text = text.lower().replace("ё", "е").replace("№", " № ")
    return _NOT_HEADING.sub(" ", text).strip()


def load_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary of a reference folder: `headings.toml`, `import_words.toml`, `school_kinds.toml`."""
    headings = _load(folder / "headings.toml")
    words = _load(folder / "import_words.toml")
    return Vocabulary(
        headings={
            heading_key(heading): field
            for field, languages in headings.items()
            for spellings in languages.values()
            for heading in spellings
        },
        template={lang: _template(headings, lang) for lang in LANGS},
        sexes=_turned(words["sexes"]),
        grounds=_turned(words["grounds"]),
        regions=_turned(words["regions"]),
        months={word: int(number) for word, number in _turned(words["months"]).items()},
        absent=frozenset(words["absent"]["words"]),
        totals=frozenset(words["totals"]["words"]),
        school_kinds=load_school_kinds(folder),
    )


def load_school_kinds(folder: Path) -> tuple[SchoolKinds, ...]:
    """The dated lists of `school_kinds.toml` that tell a school's kind by its place."""
    return tuple(_school_kinds(entry) for entry in _load(folder / "school_kinds.toml")["lists"])


def template_columns(vocabulary: Vocabulary, lang: str) -> tuple[tuple[str, str], ...]:
    """(field, heading) of every column of an empty template in `lang`; a filled one imports as it is."""
    return vocabulary.template[lang]


def _template(headings: Mapping[str, Mapping[str, list[str]]], lang: str) -> tuple[tuple[str, str], ...]:
    return tuple((field, languages[lang][0]) for field, languages in headings.items() if field != "name")


def _load(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _turned(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {fold(word): code for code, words in table.items() for word in words}


def _school_kinds(entry: Mapping[str, Any]) -> SchoolKinds:
    valid_from: date = entry["valid_from"]
    return SchoolKinds(
        valid_from=valid_from,
        regions=dict(entry["regions"]),
        town_marks=frozenset(entry["town_marks"]),
        mountain=frozenset(
            (region, fold(district))
            for region, districts in entry["mountain"].items()
            for district in districts
        ),
    )
