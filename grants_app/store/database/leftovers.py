"""Files that are still being made, and what a crash left of such: swept when the program starts."""

from __future__ import annotations

import contextlib
import re
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

from grants_app.store.database.locks import hold_file, nobody_holds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REPLACED = "replaced"
_UNFINISHED = re.compile(r"\..+\.[0-9a-f]{8}\.(?:part|new)(?:-journal)?")


@contextmanager
def unfinished(path: Path, kind: str = "part") -> Iterator[Path]:
    """A name of its own beside `path` for a file being made; what has not got its name goes at the end."""
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.{kind}")
    hold = hold_file(part)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)
        part.with_name(part.name + "-journal").unlink(missing_ok=True)
        hold.release()


def sweep(folder: Path) -> int:
    """Take away the unfinished files of processes that are no more; answers how many there were."""
    swept = 0
    with contextlib.suppress(OSError):  # no such folder, or a stick pulled out: nothing to sweep there
        for file in sorted(folder.iterdir()):
            if _UNFINISHED.fullmatch(file.name) and file.is_file() and _is_over(file):
                file.unlink(missing_ok=True)
                swept += 1
    return swept


def sweep_beside(path: Path) -> int:
    """Sweep a database's folder; a second name a killed restore gave the database itself goes too.

    To be called while the database is held: no restore of it is under way then.
    """
    swept = sweep(path.parent)
    with contextlib.suppress(OSError):
        for file in path.parent.glob(f"{path.stem}-{REPLACED}-*{path.suffix}"):
            if file.samefile(path):
                file.unlink()
                swept += 1
    return swept


def _is_over(file: Path) -> bool:
    """Whether nobody makes it any more; a rollback journal goes with the file it belongs to."""
    owner = file.with_name(file.name.removesuffix("-journal"))
    return not owner.exists() or nobody_holds(owner)
