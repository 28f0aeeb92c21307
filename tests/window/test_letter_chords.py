"""Copy, cut, paste, undo, redo and another officer in the real window, under every layout of an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.window.desktop import LAYOUTS, Desktop, until
from tests.window.program import Program
from tests.window.sample import begin_with_the_sample

if TYPE_CHECKING:
    from pathlib import Path

    from grants_app.domain.application import PersonFacts
    from tests.window.register import Register

OFFICERS = {"us": "Osmonova"}
TYPED = {"us": "main street"}


@pytest.mark.parametrize("desktop", LAYOUTS, indirect=True)
def test_letter_chords_and_f12_work_under_every_layout(desktop: Desktop, tmp_path: Path) -> None:
    officer, text = OFFICERS.get(desktop.layout, "Осмонова"), TYPED.get(desktop.layout, "первая улица")
    keymap = desktop.keymap()
    with Program(desktop, tmp_path / "home", "ru") as program:
        # The sample, for a new campaign takes no application before it has a programme.
        register = begin_with_the_sample(program, officer)

        program.press("Insert")
        desktop.press(*["Return"] * 10)  # from the PIN to the district
        program.type(text)
        _chords(desktop, "a", "c")
        desktop.press("Return", "Return")  # to the name in Latin letters
        _chords(desktop, "v", "v", "z")
        desktop.press("Return")  # to the e-mail
        _chords(desktop, "v", "z", "y")
        desktop.press("Return")  # to the address
        _chords(desktop, "v", "a", "x")

        expected = (text, text, text, "")
        until(
            lambda: _places(register) == expected, f"district, Latin name, e-mail and address are {expected}"
        )

        program.press("F12")
        program.type(text)
        desktop.press(
            "Return", "Return", "Return", "Return"
        )  # past branch and role to the button, and press it
        until(lambda: register.acts()[-1] == "officer.sat_down", "another officer took the desk")
    assert desktop.keymap() == keymap


def _chords(desktop: Desktop, *letters: str) -> None:
    for letter in letters:
        desktop.letter_chord("ctrl", letter)


def _places(register: Register) -> tuple[str, ...]:
    for draft in register.drafts():
        person: PersonFacts = draft.entry.person
        return (person.district, person.latin, person.email, person.address)
    return ()
