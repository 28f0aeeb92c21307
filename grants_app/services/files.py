"""Writing files whole: a reader sees the old file or the new one, never half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from grants_app.domain.errors import Refused
from grants_app.domain.stopping import keep


def make_folder(folder: Path) -> None:
    """Make the folder and those above it; Refused when the place cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Refused("cannot_write", file=str(folder), why=problem.strerror or "") from problem


def write_whole(path: Path, data: bytes) -> None:
    """Write through a temporary file in the same folder; Refused when the place cannot be written."""
    make_folder(path.parent)
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as problem:
        raise Refused("cannot_write", file=str(path), why=problem.strerror or "") from problem
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        keep()
        Path(temporary).replace(path)
    except OSError as problem:
        Path(temporary).unlink(missing_ok=True)
        raise Refused("cannot_write", file=str(path), why=problem.strerror or "") from problem
    except Refused:  # asked to stop
        Path(temporary).unlink(missing_ok=True)
        raise


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
