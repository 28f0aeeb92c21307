"""Stop-watches, percentiles, processes measured from outside, and the table; it knows nothing of grants."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
READY = b"ready"
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, the target, ours, what stands beside it, the ratio."""

    what: str
    target: str
    ours: str
    beside: str
    ratio: str
    ok: bool | None
    """None where nothing was promised: a figure for information."""

    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        verdict = "" if self.ok is None else "PASS" if self.ok else "MISS"
        return (self.what, self.target, self.ours, self.beside, self.ratio, verdict)


HEAD = ("what", "target", "ours", "floor or peer", "ratio", "")


def show(rows: Sequence[Row]) -> str:
    """The table, its columns as wide as their widest cell."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    drawn = [
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    ]
    drawn.insert(1, "-|-".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in drawn)


def seconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def cpu_seconds(act: Callable[[], object]) -> float:
    """How much of the processor one call takes: what is compared must not depend on what else runs here."""
    began = time.process_time()
    act()
    return time.process_time() - began


def best(act: Callable[[], object], times: int = 3) -> float:
    """The least of several calls' processor time: what the machine can do when nobody disturbs."""
    return min(cpu_seconds(act) for _ in range(times))


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def ms(value: float) -> str:
    """Seconds written as milliseconds."""
    return f"{value * 1000:.1f} ms"


def environment() -> dict[str, str]:
    """A fresh user without a display, so that nobody's settings count."""
    home = tempfile.mkdtemp(prefix="grants-bench-")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "GRANTS_"))}
    return kept | {"HOME": home, "XDG_RUNTIME_DIR": home, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}


def until_ready(arguments: Sequence[str]) -> float:
    """Seconds from starting `python …` to the line `ready` on its standard output."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, cwd=ROOT, env=environment()
    ) as process:
        assert process.stdout is not None
        while line := process.stdout.readline():
            if line.strip() == READY:
                took = time.perf_counter() - began
                process.stdout.read()
                return took
    raise RuntimeError("ended before it was ready", arguments, process.returncode)


def told(arguments: Sequence[str]) -> dict[str, float]:
    """What `python …` printed as `name value` lines."""
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=ROOT, env=environment()
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return {name: float(value) for name, value in (line.split() for line in done.stdout.splitlines())}


def resident() -> float:
    """MiB of memory this process occupies now."""
    with Path("/proc/self/statm").open(encoding="ascii") as stream:
        return int(stream.read().split()[1]) * resource.getpagesize() / MIB


def peak() -> float:
    """MiB of memory this process ever occupied."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
