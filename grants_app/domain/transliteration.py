"""Names in Latin letters as passports may write them; the tables are data, what they give is a suggestion."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from typing import TypeAlias

Letters: TypeAlias = Mapping[str, str]


def tables_from(text: str) -> tuple[Letters, ...]:
    """The tables of a TOML document, the one in use today first."""
    return tuple(table["letters"] for table in tomllib.loads(text)["tables"])


def in_latin(name: str, letters: Letters) -> str:
    """The name in capital Latin letters, pairs of letters first; what the table does not know stays."""
    capitals = unicodedata.normalize("NFC", name).upper()
    for pair in (key for key in letters if len(key) > 1):
        capitals = capitals.replace(pair, letters[pair])
    return "".join(letters.get(letter, letter) for letter in capitals)
