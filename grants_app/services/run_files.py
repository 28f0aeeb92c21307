"""Run files without a database: the result computed again from the inputs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.ranking import RunResult
from grants_app.rules import runfile, sealing
from grants_app.services.files import read_limited, write_whole

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 2_000_000_000  # bytes; a million applications of four choices take a fifth of it


def recompute_file(source: Path, out: Path | None = None) -> bytes:
    """A run file's result computed again from its inputs alone; written to `out` when given."""
    data = sealing.recompute(read_limited(source, LIMIT))
    if out is not None:
        write_whole(out, data)
    return data


def result_of_file(source: Path) -> RunResult:
    """What a run file with changed inputs would come to; nothing is written."""
    return runfile.parse(sealing.recompute(read_limited(source, LIMIT))).result or RunResult()
