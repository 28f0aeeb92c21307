"""Kills victims at random moments and tells what they acknowledged; what must be kept it does not know."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

ROOT = Path(__file__).parents[2]
_LIMIT_S = 120
_LOOK_S = 0.0002
COMMIT_S = 0.02  # a commit of many pages on a slow disk, and a little after it


@dataclass(slots=True)
class Told:
    """What a victim said before it ended: its acknowledgements, and whether it was killed before its end."""

    saved: list[dict[str, Any]] = field(default_factory=list)
    done: bool = False
    killed: bool = False
    took: float = 0.0
    """Seconds from readiness to the end."""
    writing: bool = False
    """Whether a transaction was being written when it died: its rollback journal lay there."""


class Template:
    """The process victims are forked from."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        assert process.stdout is not None
        self._out = process.stdout.fileno()
        self._waiting = b""

    def run(
        self,
        act: str,
        folder: Path,
        *,
        seed: int = 0,
        sabotage: str = "",
        strike: Callable[[], bool] | None = None,
    ) -> Told:
        """Let one victim act in the folder; `strike` waits for the moment and answers whether to kill it."""
        request = {"act": act, "folder": str(folder), "seed": seed, "sabotage": sabotage}
        self._tell(json.dumps(request))
        told = Told()
        began = 0.0
        while True:
            said = self._line()
            if "failed" in said:
                raise AssertionError(said["failed"])
            if "ready" in said:
                began = time.monotonic()
                if strike is not None and strike():
                    os.kill(said["ready"], signal.SIGKILL)  # dead or alive, it is there until it is reaped
                self._tell("reap")
            elif "saved" in said:
                told.saved.append(said)
            elif "done" in said:
                told.done = True
            elif "ended" in said:
                told.killed = os.WIFSIGNALED(said["ended"])
                told.took = time.monotonic() - began
                told.writing = (folder / "grants.sqlite-journal").exists()
                return told

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def _line(self) -> dict[str, Any]:
        while b"\n" not in self._waiting:
            ready, _, _ = select.select([self._out], [], [], _LIMIT_S)
            part = os.read(self._out, 65536) if ready else b""
            if not part:
                raise AssertionError("the victims' template is silent or gone")
            self._waiting += part
        line, _, self._waiting = self._waiting.partition(b"\n")
        said: dict[str, Any] = json.loads(line)
        return said


@contextmanager
def template() -> Iterator[Template]:
    """A template that lives as long as the block."""
    command = [sys.executable, "-m", "tests.rigs.victim"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        try:
            yield Template(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(_LIMIT_S)


class Blows:
    """Where in an act the blow falls: anywhere, within its writing transaction, about its commit, in turn."""

    def __init__(self, random: Random, folder: Path) -> None:
        self._random = random
        self._database = folder / "grants.sqlite"
        self._journal = folder / "grants.sqlite-journal"
        self.acting = 0.0
        """Seconds an act takes."""
        self.writing = 0.0
        """Seconds of them its transaction is written in, the commit included."""

    def watch(self) -> bool:
        """Look on at an act that lives, and learn how long it writes."""
        _until(self._journal.exists)
        began = time.monotonic()
        _until(lambda: not self._journal.exists())
        self.writing = time.monotonic() - began
        return False

    def any_moment(self) -> bool:
        """A moment of the whole act."""
        time.sleep(self._random.uniform(0, self.acting))
        return True

    def while_writing(self) -> bool:
        """A moment of the transaction: its rollback journal is there."""
        _until(self._journal.exists)
        time.sleep(self._random.uniform(0, self.writing))
        return True

    def at_commit(self) -> bool:
        """A moment of the commit: pages of the database itself begin to be written."""
        before = self._database.stat().st_mtime_ns
        _until(lambda: self._database.stat().st_mtime_ns != before)
        time.sleep(self._random.uniform(0, COMMIT_S))
        return True

    def turn(self, number: int) -> Callable[[], bool]:
        """Each kind of blow in its turn."""
        return (self.any_moment, self.while_writing, self.at_commit)[number % 3]


def _until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + _LIMIT_S
    while not so():
        if time.monotonic() > end:
            raise AssertionError("the moment to strike never came")
        time.sleep(_LOOK_S)
