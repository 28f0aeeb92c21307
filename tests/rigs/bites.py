"""The rig of bites: breaks each promise in a copy of the project and asks whether its test notices.

`python -m tests.rigs.bites [--only TEXT] [--since COMMIT] [--tenths N] [--jobs N]` prints sentence, test and
verdict, and ends with 1 where something did not bite. The tests are run once in the copy as it is: what fails
there notices nothing. Then each bite is made by itself, and the tests of its promise run in their own process
until one fails by what it asserts. A test that could not be loaded or set up notices nothing either.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grants_app.domain.errors import Refused
from tests.gates import catalogue, promises
from tests.gates.promises import Bite

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
COPIED = ("grants_app", "db", "resources", "tests", "pyproject.toml", "README.md", "Makefile", "CHANGELOG.md")
TENTHS = 10
MOST = 14  # of some tenths
WHOLE_S = 300
BIT = "bit"
MISSED = "DID NOT BITE"
_TOLD = "GRANTS_BITES_TOLD"  # where a run of pytest writes what became of each test
_STAGES = "GRANTS_BITES_STAGES"  # the sample campaign at each stage, made by the program as it is
# What the program says where it does not keep a promise, and a test's own line that asks for what is not
# there; everything else is an accident of the change.
_SAID = (AssertionError, pytest.fail.Exception, Refused, RecursionError)
_ASKED = (LookupError, ValueError)
_IN_QT = "Exceptions caught in Qt event loop"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a bite: the test that noticed it, or '' and why none did."""

    bite: Bite
    noticed: str
    why: str


def all_bites() -> list[Bite]:
    """Every bite of the table."""
    return [bite for promise in promises.promises() for bite in promise.bites]


def chosen(bites: list[Bite], tenths: int = TENTHS) -> list[Bite]:
    """So many tenths of the bites, no more than take a minute: the same for a commit, others for the next."""
    if tenths >= TENTHS:
        return bites
    turn = _git("rev-parse", "HEAD").strip()

    def place(bite: Bite) -> int:
        return zlib.crc32(f"{turn}{bite.file}{bite.was}{bite.becomes}".encode())

    return sorted(bites, key=place)[: min(MOST, -(-len(bites) * tenths // TENTHS))]


def since(bites: list[Bite], commit: str) -> list[Bite]:
    """The bites of which the file or a test was changed since a commit."""
    changed = set(_git("diff", "--name-only", commit).splitlines())
    return [
        bite for bite in bites if changed & {bite.file, *(test.partition("::")[0] for test in bite.tests)}
    ]


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):  # a project taken out of an archive
        return ""
    return done.stdout


class Copy:
    """A copy of the project in which promises are broken; the project itself is only read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif (ROOT / name).exists():
                shutil.copy2(ROOT / name, folder / name)

    def passing(self, tests: list[str]) -> set[str]:
        """The tests that pass here as it is."""
        told = self._run(tests, "-q")
        failed = {line["test"] for line in told if line["outcome"] != "passed"}
        return {test for test in tests if _heard(told, test) and not any(_is(one, test) for one in failed)}

    def bitten(self, bite: Bite) -> Verdict:
        """Which test noticed the bite, else what became of them."""
        path = self._folder / bite.file
        right = path.read_text(encoding="utf-8")
        self._put(path, bite.changed(self._folder))
        try:
            told = self._run(list(bite.tests), "-x")
        finally:
            self._put(path, right)
        noticed = next((line["test"] for line in told if line["outcome"] == "noticed"), "")
        odd = next((line["why"] for line in told if line["outcome"] not in {"noticed", "passed"}), "")
        return Verdict(bite, noticed, odd.strip() or "its tests pass all the same")

    def _put(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        if path.suffix == ".py":
            Path(cache_from_source(str(path))).unlink(missing_ok=True)
        elif path.suffix == ".po":
            catalogue.compile_file(path)

    def _run(self, tests: list[str], *options: str) -> list[dict[str, Any]]:
        told = self._folder / "told.jsonl"
        told.unlink(missing_ok=True)
        environment = os.environ | {
            "PYTHONPATH": str(self._folder),
            _TOLD: str(told),
            _STAGES: str(self._folder / "stages"),
        }
        for name in ("GRANTS_PROVE", "PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS", "PYTEST_CURRENT_TEST"):
            environment.pop(name, None)  # the tests themselves at a tenth
        command = [sys.executable, "-m", "pytest", "-p", "tests.rigs.bites", "-p", "no:randomly"]
        command += ["-p", "no:cacheprovider", *options, *tests]
        done = subprocess.run(
            command,
            cwd=self._folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=WHOLE_S * max(1, len(tests) // 3),
            check=False,
        )
        if not told.exists():
            return [{"test": "", "outcome": "error", "why": done.stdout[-2000:] + done.stderr[-2000:]}]
        return [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]


def _is(told: str, test: str) -> bool:
    return told == test or told.startswith(f"{test}[")


def _heard(told: list[dict[str, Any]], test: str) -> bool:
    return any(_is(line["test"], test) for line in told)


# ---- in the copy: what became of each test -----------------------------------------------------------------


def pytest_sessionstart(session: pytest.Session) -> None:
    """As a plugin of a run in the copy: the stages offices are opened at are made once, not by each run."""
    for kept, made in _stages(session):
        if kept.is_dir() and not made.exists():
            made.symlink_to(kept)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep the stages the first run made, which is the one of the program as it is."""
    for kept, made in _stages(session):
        if made.is_dir() and not kept.exists():
            shutil.copytree(made, kept)


def _stages(session: pytest.Session) -> Iterator[tuple[Path, Path]]:
    """Where the stages are kept, and where this run has them."""
    factory: pytest.TempPathFactory = session.config._tmp_path_factory  # type: ignore[attr-defined]  # pytest names no other way
    if kept := os.environ.get(_STAGES):
        for name in ("stages", "desk_stages"):
            yield Path(kept) / name, factory.getbasetemp() / name


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    """As a plugin of a run in the copy: write down whether a test passed, noticed or could not be run."""
    report = yield
    told = os.environ.get(_TOLD)
    if told and (report.when == "call" or report.failed):
        line = {"test": item.nodeid, "outcome": _outcome(report, call), "why": str(report.longrepr)[-3000:]}
        with Path(told).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    return report


def _outcome(report: pytest.TestReport, call: pytest.CallInfo[None]) -> str:
    import grants_app

    if Path(grants_app.__file__).parents[1] != Path.cwd():
        return "elsewhere"  # not the copy: whatever it says, it is not about the bite
    if report.passed:
        return "passed"
    if report.when != "call" or call.excinfo is None:
        return "error"
    own = call.excinfo.traceback[-1].path.is_relative_to(Path.cwd() / "tests")
    if not call.excinfo.errisinstance((*_SAID, *_ASKED) if own else _SAID):
        return "error"
    text = str(call.excinfo.value)
    return "error" if _IN_QT in text and "RecursionError" not in text else "noticed"


# ---- the table ---------------------------------------------------------------------------------------------


def proven(bites: list[Bite], jobs: int = 1) -> Iterator[Verdict]:
    """What becomes of each bite, in their order."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    with tempfile.TemporaryDirectory(
        prefix="grants-bites-", dir=memory if memory.is_dir() else None
    ) as folder:
        copies: queue.SimpleQueue[Copy] = queue.SimpleQueue()
        for number in range(jobs):
            (Path(folder) / str(number)).mkdir()
            copies.put(Copy(Path(folder) / str(number)))
        tests = sorted({test for bite in bites for test in bite.tests})

        def passing(part: list[str]) -> set[str]:
            copy = copies.get()
            try:
                return copy.passing(part) if part else set()
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(jobs) as at_once:
            half = -(-len(tests) // jobs)
            parts = [tests[n * half : (n + 1) * half] for n in range(jobs)]
            good = {test for found in at_once.map(passing, parts) for test in found}

            def bitten(bite: Bite) -> Verdict:
                copy = copies.get()
                try:
                    failing = sorted(set(bite.tests) - good)
                    return Verdict(bite, "", f"fails as it is: {failing}") if failing else copy.bitten(bite)
                except subprocess.TimeoutExpired:
                    return Verdict(bite, "", "its tests do not come to an end")
                finally:
                    copies.put(copy)

            yield from at_once.map(bitten, bites)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.rigs.bites")
    parser.add_argument("--only", default="", help="the bites of which sentence, file or test has this text")
    parser.add_argument("--since", default="", metavar="COMMIT", help="the bites of what changed since")
    parser.add_argument("--tenths", type=int, default=TENTHS)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args(arguments)
    bites = [
        bite
        for bite in chosen(all_bites(), asked.tenths)
        if any(asked.only.casefold() in text.casefold() for text in (bite.says, bite.file, *bite.tests))
    ]
    if asked.since:
        bites = since(bites, asked.since)
    missed = 0
    for told in proven(bites, asked.jobs):
        missed += not told.noticed
        print(f"{BIT if told.noticed else MISSED:12}  {told.bite.says}", flush=True)
        print(f"{'':14}{told.noticed or ' '.join(told.bite.tests)}", flush=True)
        if not told.noticed:
            print(f"{'':14}{told.bite.file}: {told.bite.was!r}\n{told.why}", flush=True)
    print(f"{len(bites)} bites, {len(bites) - missed} bit, {missed} did not")
    return bool(missed)


if __name__ == "__main__":
    raise SystemExit(main())
