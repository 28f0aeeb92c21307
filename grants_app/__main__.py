"""Starts the program: the window, one command, or the small process that reads a spreadsheet."""

from __future__ import annotations

import sys


def main() -> int:
    """Run what the command line asks for; returns the exit code of `contracts.md`.

    The spreadsheet reader is dispatched first: it runs under a memory limit and must not load the
    database, the papers or the window.
    """
    arguments = sys.argv[1:]
    if arguments[:1] == ["read-sheet"]:
        from grants_app.sheets import child

        return child.main(arguments[1:])
    from grants_app import bootstrap

    return bootstrap.start(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
