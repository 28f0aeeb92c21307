"""Holds each folder of the package to its share of lines and branches run; it runs no test.

python -m tests.gates.coverage build/coverage.json
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

# Folder -> the least share in per cent. Decisions are tried in every branch.
LEAST = {"domain": Decimal(100), "rules": Decimal(100), "services": Decimal(95), "store": Decimal(95)}


def share(files: dict[str, Any], folder: str) -> tuple[Decimal, list[str]]:
    """Per cent of a folder's lines and branches that were run, and the files that lack some."""
    run = total = 0
    gaps = []
    for path, file in sorted(files.items()):
        if not path.startswith(f"grants_app/{folder}/"):
            continue
        numbers = file["summary"]
        run += numbers["covered_lines"] + numbers["covered_branches"]
        total += numbers["num_statements"] + numbers["num_branches"]
        if file["missing_lines"] or file["missing_branches"]:
            branches = [f"{start}→{end}" for start, end in file["missing_branches"]]
            gaps.append(f"    {path}: lines {file['missing_lines']}, branches {' '.join(branches) or '-'}")
    return (Decimal(100) * run / total if total else Decimal(0)), gaps


def main(report: str) -> int:
    """Print every folder's share; 1 when one falls short."""
    files = json.loads(Path(report).read_text(encoding="utf-8"))["files"]
    short = 0
    for folder, least in LEAST.items():
        reached, gaps = share({path.replace("\\", "/"): file for path, file in files.items()}, folder)
        fails = reached < least
        short += fails
        verdict = " — TOO LITTLE" if fails else ""
        print(f"   {folder}: {reached:.2f} % of lines and branches run, {least} % wanted{verdict}")
        if fails:
            print("\n".join(gaps))
    return 1 if short else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
