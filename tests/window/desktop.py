"""A virtual screen with a keyboard: keys are pressed by their place; the layout in force says what they mean.

Text is typed honestly: every letter is looked up among what is printed on the keys of the layout in force,
and that key's code goes to `xdotool key`. `xdotool type`, and `key` with the name of a letter the layout
lacks, would put the letter onto a spare key of the layout first, and so hide that it cannot be typed; a code
has no letter to look up. A letter no key has is a KeyError here, as it is a dead end for an officer.
"""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING, Self, TypeVar

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

T = TypeVar("T")
WIDTH, HEIGHT = 1366, 768
_SLOW = 60.0
# What is printed on the keys, row by row from the code of the row's first key: plain, then with Shift.
_DIGITS = (10, "1234567890")
_QWERTY = ((24, "qwertyuiop[]"), (38, "asdfghjkl;'"), (52, "zxcvbnm,./"), (20, "-="), (51, "\\"))
_QWERTY_SHIFT = ((24, "QWERTYUIOP{}"), (38, 'ASDFGHJKL:"'), (52, "ZXCVBNM<>?"), (20, "_+"), (51, "|"))
_JCUKEN = ((24, "йцукенгшщзхъ"), (38, "фывапролджэ"), (52, "ячсмитьбю."), (49, "ё"))
_JCUKEN_SHIFT = ((24, "ЙЦУКЕНГШЩЗХЪ"), (38, "ФЫВАПРОЛДЖЭ"), (52, "ЯЧСМИТЬБЮ,"), (49, "Ё"), (10, '!"№;%:?*()'))
_RUSSIAN = (_DIGITS, *_JCUKEN, (20, "-="), (51, "\\")), (*_JCUKEN_SHIFT, (20, "_+"), (51, "/"))
_KYRGYZ = (_DIGITS, *_JCUKEN, (20, "өң"), (51, "ү")), (*_JCUKEN_SHIFT, (20, "ӨҢ"), (51, "Ү"))
_PRINTED = {"us": ((_DIGITS, *_QWERTY), _QWERTY_SHIFT), "ru": _RUSSIAN, "ru,us": _RUSSIAN, "kg": _KYRGYZ}
LAYOUTS = tuple(_PRINTED)


def keys_of(layout: str) -> dict[str, str]:
    """What to press for a sign under a layout: a key's code, or Shift and it."""
    plain, shifted = _PRINTED[layout]
    keys = {" ": "65"}
    for rows, before in ((plain, ""), (shifted, "shift+")):
        for first, signs in rows:
            keys |= {sign: f"{before}{first + place}" for place, sign in enumerate(signs)}
    return keys


class Desktop:
    """Xvfb of 1366×768 on a free display, without a window manager, and `xdotool` at its keyboard."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
        command += ["-fbdir", str(folder), "-nolisten", "tcp", "-noreset"]
        with (folder / "xvfb.log").open("wb") as log:
            self._server = subprocess.Popen(command, pass_fds=(writing,), stdout=log, stderr=log)
        os.close(writing)
        with os.fdopen(reading) as answer:
            self.display = f":{answer.readline().strip()}"
        self._env = {**os.environ, "DISPLAY": self.display}
        self.layout = "us"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait(_SLOW)

    def choose_layout(self, layout: str) -> None:
        """Put a keyboard layout in force; of several the first one is on."""
        self._told("setxkbmap", "-display", self.display, "-layout", layout, "-option", "")
        self.layout = layout

    def keymap(self) -> str:
        """The keyboard as the server has it, to see that typing did not change it."""
        return self._told("xkbcomp", "-w0", self.display, "-")

    def press(self, *chords: str) -> None:
        """Press chords one after another, written as `Insert` or `ctrl+Return`; a number is a key's code."""
        if chords:
            self._told("xdotool", "key", "--delay", "15", *chords)

    def letter_chord(self, modifier: str, latin: str) -> None:
        """Press a modifier with the key that has this Latin letter on it, whatever the layout makes of it."""
        self.press(f"{modifier}+{keys_of('us')[latin]}")

    def type(self, text: str) -> None:
        """Type a text under the layout in force; KeyError where a sign is on no key."""
        keys = keys_of(self.layout)
        self.press(*(keys[sign] for sign in text))

    def window_of(self, process: int) -> str:
        """The visible window of a process, once it is there, given the focus, as no manager gives it."""
        found = until(lambda: self._window(process), "the window came")
        self._told("xdotool", "windowfocus", "--sync", found)
        return found

    def title_of(self, process: int) -> str:
        """What stands over the visible window of a process."""
        return self._told("xdotool", "getwindowname", self._window(process)).strip()

    def alone(self, process: int) -> bool:
        """Whether one window of a process is visible: no dialog stands before it."""
        return len(self._windows(process)) == 1

    def _window(self, process: int) -> str:
        return next(iter(self._windows(process)), "")

    def _windows(self, process: int) -> list[str]:
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(process), "--name", "."]
        done = subprocess.run(search, env=self._env, capture_output=True, text=True, check=False)
        return done.stdout.split()

    def pixels(self) -> bytes:
        """What is on the screen, as the server keeps it."""
        return (self._folder / "Xvfb_screen0").read_bytes()[-WIDTH * HEIGHT * 4 :]

    def picture(self, path: Path) -> None:
        """Save a picture of the screen."""
        Image.frombytes("RGB", (WIDTH, HEIGHT), self.pixels(), "raw", "BGRX").save(path)

    def _told(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self._env, capture_output=True, text=True, check=True, timeout=_SLOW
        )
        return done.stdout


def until(look: Callable[[], T], what: str, seconds: float = _SLOW) -> T:
    """Look again and again until something true is seen and answer it; AssertionError if it never comes."""
    end = time.monotonic() + seconds
    while True:
        seen = look()
        if seen:
            return seen
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.05)
