"""Regions by the words people use, and a school's kind by its place; the lists themselves are dated data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from grants_app.domain.values import LANGS, Names

# ISO 3166-2:KG
REGIONS = ("KG-GB", "KG-GO", "KG-B", "KG-C", "KG-J", "KG-N", "KG-O", "KG-T", "KG-Y")

_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A district or town as the classifier has it from a day on, until the day it was renamed."""

    region: str
    names: Names
    valid_from: date
    valid_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it was called so on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def places_from(text: str) -> tuple[Place, ...]:
    """Every place of the classifier's TOML document, renamed ones under each of their names."""
    return tuple(
        Place(
            region=place["region"],
            names=Names(**{lang: place.get(lang, "") for lang in LANGS}),
            valid_from=place["valid_from"],
            valid_to=place.get("valid_to"),
        )
        for place in tomllib.loads(text)["places"]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolKinds:
    """The list in force from a date: whole regions, words that mark a town, high-mountain districts.

    `regions` is ISO code -> kind; `mountain` holds (ISO code, folded district).
    """

    valid_from: date
    regions: Mapping[str, str]
    town_marks: frozenset[str]
    mountain: frozenset[tuple[str, str]]


def fold(text: str) -> str:
    """Lower-case words divided by single spaces, ё as е: the key by which words of sheets are compared."""
    return _NOT_WORDS.sub(" ", text.lower().replace("ё", "е")).strip()


def region_code(text: str, words: Mapping[str, str]) -> str:
    """The ISO code a region's name in any of the four languages stands for, or "" when it is not known.

    `words` is folded name -> ISO code; a code itself is taken as it is.
    """
    code = text.strip().upper()
    return code if code in REGIONS else words.get(fold(text), "")


def kinds_on(lists: Iterable[SchoolKinds], day: date) -> SchoolKinds | None:
    """The newest list in force on `day`, or None before the first (the lists are dated, domain.md)."""
    in_force = [kinds for kinds in lists if kinds.valid_from <= day]
    return max(in_force, key=lambda kinds: kinds.valid_from, default=None)


def school_kind(region: str, district: str, kinds: SchoolKinds) -> str:
    """bishkek, town, mountain or rural by the school's place; "" when the place is not known."""
    if region in kinds.regions:
        return kinds.regions[region]
    words = fold(district).split()
    if not region or not words:
        return ""
    if kinds.town_marks.intersection((words[0], words[-1])):
        return "town"
    return "mountain" if (region, " ".join(words)) in kinds.mountain else "rural"
