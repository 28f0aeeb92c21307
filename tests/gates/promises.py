"""The table of promises: each sentence an office may rely on, the test that holds it, and its bites.

A bite is the smallest change of the program that breaks a promise again. `tests/rigs/bites.py` makes it in a
copy and asks that a test of the promise fails.

python -m tests.gates.promises    prints the table; exit code 1 where a sentence names no test that is there,
                                  or a bite stands nowhere
"""

from __future__ import annotations

import ast
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests/promises"


@dataclass(frozen=True, slots=True)
class Bite:
    """A change of one file that breaks a promise: `was`, which stands there once, `becomes` something else.

    `tests` are those of the promise that have to notice.
    """

    says: str
    file: str
    was: str
    becomes: str
    tests: tuple[str, ...]

    def changed(self, root: Path = ROOT) -> str:
        """The file's text with the promise broken; ValueError when `was` does not stand there just once."""
        text = (root / self.file).read_text(encoding="utf-8")
        if text.count(self.was) != 1 or self.was == self.becomes:
            said = f"{self.file} holds it {text.count(self.was)} times: {self.was!r}"
            raise ValueError(said)
        return text.replace(self.was, self.becomes)


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence and the tests that hold it, each as FILE::NAME, under the area it belongs to."""

    area: str
    says: str
    tests: tuple[str, ...]
    bites: tuple[Bite, ...] = ()


def promises(folder: Path = FOLDER) -> list[Promise]:
    """Every promise of the folder's files, file by file."""
    found = []
    for file in sorted(folder.glob("*.toml")):
        for entry in tomllib.loads(file.read_text(encoding="utf-8")).get("promise", []):
            tests = tuple(entry.get("tests") or [entry.get("test", "")])
            found.append(Promise(file.stem, entry["says"], tests, _bites(entry, tests)))
    return found


def _bites(entry: Mapping[str, Any], tests: tuple[str, ...]) -> tuple[Bite, ...]:
    return tuple(
        Bite(
            entry["says"],
            one["file"],
            one["was"],
            one["becomes"],
            (one["test"],) if "test" in one else tests,
        )
        for one in entry.get("bite", [])
    )


def toothless(found: list[Promise], root: Path = ROOT) -> list[str]:
    """Every bite that stands nowhere, stands twice, leaves no program behind or asks another's test."""
    wrong = []
    for promise in found:
        for bite in promise.bites:
            try:
                changed = bite.changed(root)
                if bite.file.endswith(".py"):
                    compile(changed, bite.file, "exec")
                elif bite.file.endswith(".toml"):
                    tomllib.loads(changed)
            except (OSError, ValueError, SyntaxError) as error:
                wrong.append(f"{promise.area}: {promise.says} -> {error}")
            if not set(bite.tests) <= set(promise.tests):
                wrong.append(f"{promise.area}: {promise.says} -> {bite.tests[0]} is no test of it")
    return wrong


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
        print(f"{promise.area:12} {_teeth(promise):7} {promise.says}")
        for test in promise.tests:
            print(f"{'':22} {test}")
    wrong = broken(found) + toothless(found)
    for line in wrong:
        print(line, file=sys.stderr)
    tests = len({test for one in found for test in one.tests})
    bites = sum(len(one.bites) for one in found)
    bitten = sum(bool(one.bites) for one in found)
    print(f"{len(found)} promises, {tests} tests; {bites} bites in {bitten} promises")
    return bool(wrong)


def _teeth(promise: Promise) -> str:
    return f"bites {len(promise.bites)}" if promise.bites else ""


if __name__ == "__main__":
    raise SystemExit(main())
