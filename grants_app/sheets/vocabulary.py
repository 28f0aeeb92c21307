"""The words other people's spreadsheets use, in four languages, as data; it does not know any file's rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Headings, words for sexes, grounds, regions, totals and absent results, and school kinds by place."""


def load_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary of a reference folder: `headings.toml`, `import_words.toml`, `school_kinds.toml`."""
    raise NotImplementedError
