"""Asks the confined child process for a workbook's cells; it does not know what the cells mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

Cell = None | str | Decimal | date


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What the child may use at most: bytes of memory, seconds, bytes of file, rows and columns."""

    memory: int = 512 * 1024 * 1024
    seconds: int = 30
    file_size: int = 64 * 1024 * 1024
    rows: int = 100_000
    columns: int = 300


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet's cells: text, exact numbers, dates or None; rows may be of different length."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class RawBook:
    """A file's cells, with its kind by content (xlsx, xls, ods, csv) and a CSV's encoding."""

    file: str
    kind: str
    encoding: str
    sheets: tuple[RawSheet, ...]


def child_command() -> tuple[str, ...]:
    """The command that starts the child, from a checkout as well as from a frozen program."""
    raise NotImplementedError


def read_workbook(
    path: Path, *, limits: ReadingLimits = ReadingLimits(), command: Sequence[str] = ()
) -> RawBook:
    """The cells of an XLSX, XLS, ODS or CSV file; `Refused` (sheet_…) with fact `file` when it cannot be read."""
    raise NotImplementedError
