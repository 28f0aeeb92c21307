"""Asks the confined child process for a workbook's cells; it does not know what the cells mean."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from grants_app.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Cell = None | str | Decimal | date

_LEEWAY = 5  # seconds the child may take beyond its own time to start and to answer


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What the child may use at most: bytes of memory, seconds, bytes of file, rows and columns."""

    memory: int = 512 * 1024 * 1024
    seconds: int = 25
    file_size: int = 64 * 1024 * 1024
    rows: int = 100_000
    columns: int = 300


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet's cells: text, exact numbers, dates, or None for nothing but space; rows differ in length."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class RawBook:
    """A file's cells, with its kind by content (xlsx, xls, ods, csv) and a CSV's encoding."""

    file: str
    kind: str
    encoding: str
    sheets: tuple[RawSheet, ...]


LIMITS = ReadingLimits()


def child_command() -> tuple[str, ...]:
    """The command that starts the child, from a checkout as well as from a frozen program."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "read-sheet")
    return (sys.executable, "-m", "grants_app", "read-sheet")


def read_workbook(path: Path, *, limits: ReadingLimits = LIMITS, command: Sequence[str] = ()) -> RawBook:
    """The cells of an XLSX, XLS, ODS or CSV file; `Refused` (sheet_…, fact `file`) when it cannot be read."""
    try:
        size = path.stat().st_size
        readable = path.is_file()
    except OSError as error:
        raise Refused("sheet_missing", file=path.name) from error
    if not readable:
        raise Refused("sheet_missing", file=path.name)
    if size > limits.file_size:
        raise Refused("sheet_too_large", file=path.name)
    answer = _ask(path, limits, command or child_command())
    if "refused" in answer:
        raise Refused(str(answer["refused"]), file=path.name)
    book = answer["ok"]
    sheets = tuple(
        RawSheet(sheet["name"], tuple(tuple(map(_cell, row)) for row in sheet["rows"]))
        for sheet in book["sheets"]
    )
    return RawBook(path.name, book["kind"], book["encoding"], sheets)


def _ask(path: Path, limits: ReadingLimits, command: Sequence[str]) -> dict[str, Any]:
    """The child's answer; one that died without any was stopped by its limits."""
    bounds = (limits.memory, limits.seconds, limits.rows, limits.columns)
    try:
        child = subprocess.run(  # noqa: S603 - our own program, the path is one argument
            (*command, str(path.resolve()), *map(str, bounds)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.seconds + _LEEWAY,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("sheet_too_slow", file=path.name) from error
    if child.returncode:
        raise Refused(_why_it_died(child), file=path.name)
    answer: dict[str, Any] = msgspec.json.decode(child.stdout)
    return answer


def _why_it_died(child: subprocess.CompletedProcess[bytes]) -> str:
    """The refusal a dead child stands for, by what it left on standard error; an import error is ours."""
    words = child.stderr.decode(errors="replace")
    if "memory allocation of" in words or "MemoryError" in words or "capacity overflow" in words:
        return "sheet_too_large"
    if "PanicException" in words:
        return "sheet_damaged"
    if "PermissionError" in words or "FileNotFoundError" in words:
        return "sheet_missing"
    if "Traceback" in words:
        message = f"the reading process failed: {words[-2000:]}"
        raise RuntimeError(message)
    return "sheet_too_slow" if child.returncode in {-24, -9} else "sheet_damaged"


def _cell(text: str | None) -> Cell:
    if text is None:
        return None
    if text[0] == "s":
        return text[1:]
    return Decimal(text[1:]) if text[0] == "n" else date.fromisoformat(text[1:])
