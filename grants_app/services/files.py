"""Writing files whole: a reader sees the old file or the new one, never half of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.stopping import keep
from grants_app.store.database.leftovers import unfinished

if TYPE_CHECKING:
    from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make the folder and those above it; Refused when the place cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Refused("cannot_write", file=str(folder), why=problem.strerror or "") from problem


def write_whole(path: Path, data: bytes, *, last: bool = True) -> None:
    """Write through a temporary file in the same folder; Refused when the place cannot be written.

    Without `last` a power cut may bring the old file back: for what is read again anyway.
    """
    make_folder(path.parent)
    try:
        with unfinished(path) as part:
            with part.open("wb") as stream:
                stream.write(data)
                stream.flush()
                if last:
                    os.fsync(stream.fileno())
            part.chmod(0o644)
            keep()
            part.replace(path)
    except OSError as problem:
        raise Refused("cannot_write", file=str(path), why=problem.strerror or "") from problem


def read_limited(path: Path, limit: int) -> bytes:
    """The file's bytes; Refused when it is missing, unreadable or larger than `limit` bytes."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise Refused("file_missing", file=str(path)) from None
    except OSError as problem:
        raise Refused("cannot_read", file=str(path), why=problem.strerror or "") from problem
    if len(data) > limit:
        raise Refused("file_too_large", file=str(path), limit=limit // 1_000_000)
    return data
