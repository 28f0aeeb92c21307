"""Holds on a database's file between processes: many may have it open, or one alone may replace it.

A hold ends with its process, however that ends. It lies on a small file beside the database and not on the
database itself: closing any handle of a file takes SQLite's own locks on it away (sqlite.org/howtocorrupt).
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path

_TRIES = 100  # the small file was taken away by who let go last, just as it was opened


class Hold:
    """A hold on a file; let go by `release`, at the latest when its process ends."""

    def __init__(self, handle: int | None, beside: Path | None) -> None:
        self._handle = handle
        self._beside = beside

    def release(self) -> None:
        """Let go; whoever lets go last takes the small file away."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        if sys.platform != "win32" and self._beside is not None and _take(handle, alone=True):
            self._beside.unlink(missing_ok=True)
        os.close(handle)
        if sys.platform == "win32" and self._beside is not None:
            with contextlib.suppress(OSError):  # somebody else holds it still
                self._beside.unlink(missing_ok=True)

    def __del__(self) -> None:
        """A hold nobody let go of ends with its owner."""
        if self._handle is not None:
            os.close(self._handle)


def lock_file(path: Path) -> Path:
    """The small file that holds on a database lie on; two names of one database share it."""
    real = path.resolve()
    return real.with_name(f".{real.name}.lock")


def hold_open(path: Path) -> Hold:
    """Hold a database that is open here; Refused (database_being_restored) while somebody replaces it."""
    try:
        held = _hold(lock_file(path), alone=False)
    except OSError:
        # A folder nobody may write in: nothing in it can be replaced either.
        return Hold(None, None)
    if held is None:
        raise Refused("database_being_restored", file=str(path))
    return held


def hold_alone(path: Path) -> Hold:
    """Hold a database nobody has open, to replace it; Refused (database_open) while anybody has."""
    try:
        held = _hold(lock_file(path), alone=True)
    except OSError as problem:
        raise Refused("cannot_write", file=str(path), why=problem.strerror or "") from problem
    if held is None:
        raise Refused("database_open", file=str(path))
    return held


def hold_waiting(beside: Path) -> Hold:
    """Hold a small file alone, after whoever holds it now; for what takes a moment only. The file stays."""
    handle = os.open(beside, os.O_RDONLY | os.O_CREAT, 0o666)
    _take(handle, alone=True, wait=True)
    return Hold(handle, None)


def hold_file(path: Path) -> Hold:
    """Hold an unfinished file that is made here, so that nobody sweeps it away; it is made empty if need be.

    Windows lets nobody delete what is open anyway, and a second handle would keep us from renaming it.
    """
    if sys.platform == "win32":
        return Hold(None, None)
    handle = os.open(path, os.O_RDONLY | os.O_CREAT, 0o666)
    _take(handle, alone=False)
    return Hold(handle, None)


def nobody_holds(path: Path) -> bool:
    """Whether an unfinished file belongs to no living process."""
    if sys.platform == "win32":
        return True
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return _take(handle, alone=True)
    finally:
        os.close(handle)


def _hold(beside: Path, *, alone: bool) -> Hold | None:
    """A hold on the small file, or None while others hold it otherwise."""
    for _ in range(_TRIES):
        handle = os.open(beside, os.O_RDONLY | os.O_CREAT, 0o666)
        try:
            if not _take(handle, alone=alone):
                return None
            if _is_there(handle, beside):
                kept, handle = handle, -1
                return Hold(kept, beside)
        finally:
            if handle >= 0:
                os.close(handle)
    return None


def _is_there(handle: int, beside: Path) -> bool:
    """Whether the file opened still is the one of that name."""
    try:
        there = beside.stat()
    except FileNotFoundError:
        return False
    ours = os.fstat(handle)
    return (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino)


def _take(handle: int, *, alone: bool, wait: bool = False) -> bool:
    """Lock the open file; answers False, or waits, while others hold it otherwise."""
    if sys.platform == "win32":
        return _take_on_windows(handle, alone=alone, wait=wait)
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _take_on_windows(handle: int, *, alone: bool, wait: bool) -> bool:
    """LockFileEx: shared (0) or exclusive (2), waiting (0) or failing at once (1)."""
    import ctypes
    import importlib

    class Overlapped(ctypes.Structure):
        _fields_ = (
            ("internal", ctypes.c_void_p),
            ("internal_high", ctypes.c_void_p),
            ("offset", ctypes.c_uint32),
            ("offset_high", ctypes.c_uint32),
            ("event", ctypes.c_void_p),
        )

    kernel = vars(ctypes)["windll"].kernel32
    system = importlib.import_module("msvcrt").get_osfhandle(handle)
    flags = (2 if alone else 0) | (0 if wait else 1)
    return bool(kernel.LockFileEx(ctypes.c_void_p(system), flags, 0, 1, 0, ctypes.byref(Overlapped())))
