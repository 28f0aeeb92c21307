"""One recomputation of a run file in a process of its own: `python -m tests.benchmarks.recomputing FILE`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import measuring


def make(count: int, path: Path) -> None:
    """Write the run file of so many applications, its result left out."""
    from grants_app.rules import runfile
    from tests import makers

    path.write_bytes(runfile.write(makers.run_inputs(count), None))


def main() -> None:
    """Recompute a file; print seconds of processor time, and the peak of memory in MiB."""
    from grants_app.services.run_files import recompute_file

    if sys.argv[1] == "make":
        make(int(sys.argv[2]), Path(sys.argv[3]))
        return
    with TemporaryDirectory() as folder:
        began = time.process_time()
        recompute_file(Path(sys.argv[1]), Path(folder) / "run.json")
        print("seconds", time.process_time() - began)
    print("peak", measuring.peak())


if __name__ == "__main__":
    main()
