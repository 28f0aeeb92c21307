"""The table of promises: each sentence an office may rely on, and the test that holds it.

python -m tests.gates.promises    prints the table; exit code 1 where a sentence names no test that is there
"""

from __future__ import annotations

import ast
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests/promises"


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence and the tests that hold it, each as FILE::NAME, under the area it belongs to."""

    area: str
    says: str
    tests: tuple[str, ...]


def promises(folder: Path = FOLDER) -> list[Promise]:
    """Every promise of the folder's files, file by file."""
    found = []
    for file in sorted(folder.glob("*.toml")):
        for entry in tomllib.loads(file.read_text(encoding="utf-8")).get("promise", []):
            tests = entry.get("tests") or [entry.get("test", "")]
            found.append(Promise(file.stem, entry["says"], tuple(tests)))
    return found


@cache
def _names(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    )


def is_there(test: str, root: Path = ROOT) -> bool:
    """Whether FILE::NAME is a test of the tree; a parameter in brackets is not looked at."""
    file, _, name = test.partition("::")
    return bool(name) and name.rpartition("::")[2].split("[")[0] in _names(root / file)


def broken(found: list[Promise], root: Path = ROOT) -> list[str]:
    """Every promise that names no test, or one that is not there."""
    return [
        f"{promise.area}: {promise.says} -> {test or 'no test'}"
        for promise in found
        for test in promise.tests
        if not is_there(test, root)
    ]


def main() -> int:
    found = promises()
    for promise in found:
        print(f"{promise.area:10} {promise.says}")
        for test in promise.tests:
            print(f"{'':10}   {test}")
    wrong = broken(found)
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{len(found)} promises, {len({test for one in found for test in one.tests})} tests")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
