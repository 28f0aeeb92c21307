"""Another process that has a database open until it is killed or its input ends; or that restores one."""

from __future__ import annotations

import sys
from pathlib import Path

from grants_app.store.database import restoring
from grants_app.store.engine import open_store
from tests.store.store_makers import PERMIT, clock


def main(act: str, address: str, backup: str) -> None:
    """Say when it begins, and when it has ended."""
    if act == "hold":
        store = open_store(address, clock)
        print("holding", flush=True)  # noqa: T201 - the test waits for it
        sys.stdin.read()
        store.close()
        return
    print("ready", flush=True)  # noqa: T201 - the test waits for it
    sys.stdin.readline()
    restoring.restore(address, Path(backup), clock, permit=PERMIT)
    print("done", flush=True)  # noqa: T201 - the test waits for it


if __name__ == "__main__":
    main(*sys.argv[1:])
