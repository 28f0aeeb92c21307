"""The program in a process of its own, as an officer starts it: a home of its own, no database named."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.window.desktop import until

if TYPE_CHECKING:
    from types import TracebackType

    from tests.window.desktop import Desktop

_ROOT = Path(__file__).parents[2]
_CALM_SECONDS = 0.25
_LONG = 90.0


class Program:
    """`python -m grants_app` on a desktop, with nothing of anybody's in its home.

    In a home where one was before it is the next start of the same officer.
    """

    def __init__(self, desktop: Desktop, home: Path, lang: str) -> None:
        self._desktop = desktop
        self.home = home
        self.documents = home / "Documents"
        self.documents.mkdir(parents=True, exist_ok=True)
        runtime = home / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GRANTS_", "LC_", "QT_"))
        }
        env |= {
            "DISPLAY": desktop.display,
            "HOME": str(home),
            "LANG": f"{lang}.UTF-8",
            "LANGUAGE": lang,
            "QT_QPA_PLATFORM": "xcb",
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_RUNTIME_DIR": str(runtime),
        }
        self._log = (home / "said.txt").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "grants_app"], cwd=_ROOT, env=env, stdout=self._log, stderr=self._log
        )
        self._desktop.window_of(self._process.pid)
        self.rest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._desktop.picture(self.home / "failed.png")  # to see what the officer would have seen
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(_LONG)
        self._log.close()

    @property
    def said(self) -> str:
        """What it wrote to the console: nothing, when all is well."""
        return (self.home / "said.txt").read_text(encoding="utf-8")

    @property
    def reports(self) -> list[Path]:
        """Reports of bugs it wrote."""
        return sorted(self.home.rglob("bug-*.txt"))

    def file(self, name: str) -> Path | None:
        """A file of this name the program made in its home, if it is there."""
        return next(iter(sorted(self.home.rglob(name))), None)

    def rest(self) -> None:
        """Wait until nothing moves, as somebody who looks before pressing the next key.

        That is: all its threads sleep and the picture stays the same for a quarter of a second.
        """
        end = time.monotonic() + _LONG
        picture, since = b"", time.monotonic()
        while time.monotonic() - since < _CALM_SECONDS:
            assert time.monotonic() < end, "the program never came to rest"
            seen = self._desktop.pixels()
            if seen != picture or self._busy():
                picture, since = seen, time.monotonic()
            time.sleep(0.03)

    def _busy(self) -> bool:
        try:
            states = [path.read_text() for path in Path(f"/proc/{self._process.pid}/task").glob("*/stat")]
        except OSError:  # a thread ended while looking
            return True
        return any(state.rpartition(")")[2].split()[0] in ("R", "D") for state in states)

    def press(self, *chords: str) -> None:
        """Press chords, each once the program is at rest after the one before."""
        for chord in chords:
            self._desktop.press(chord)
            self.rest()

    def quickly(self, *chords: str) -> None:
        """Press chords one after another as somebody who knows the way, and look at the end."""
        self._desktop.press(*chords)
        self.rest()

    def enter(self, *texts: str) -> None:
        """Fill field after field, Enter after each, and look at the end."""
        for text in texts:
            self._desktop.type(text)
            self._desktop.press("Return")
        self.rest()

    def type(self, text: str) -> None:
        """Type a text and look."""
        self._desktop.type(text)
        self.rest()

    @property
    def title(self) -> str:
        """What stands over its window."""
        return self._desktop.title_of(self._process.pid)

    def come_back(self) -> None:
        """Give the focus to the window again once a dialog is gone, as a window manager does."""
        until(lambda: self._desktop.alone(self._process.pid), "the dialog was gone")
        self._desktop.window_of(self._process.pid)
        self.rest()

    def kill(self) -> None:
        """End it as a power cut does: it hears of nothing."""
        self._process.kill()
        self._process.wait(_LONG)
        self._log.close()

    def wait_closed(self) -> int:
        """Wait for its end; answers its exit code."""
        return self._process.wait(_LONG)


def wait_for_file(program: Program, name: str) -> Path:
    """The file of this name, once it is there."""
    until(lambda: program.file(name) is not None, f"{name} was written", _LONG)
    return next(program.home.rglob(name))
