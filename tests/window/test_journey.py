"""A new officer's first day, in the real window and by keys alone, under a Russian and a Kyrgyz layout.

Nothing of Qt and no pointer: the program runs as its own process on a screen of its own, its keys are pressed
by `desktop.py`. After each step the truth is read from outside: the database over another connection, and
the PDF.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from grants_app.domain.application import State
from grants_app.services import awards, chair_sheet, letters, upkeep
from tests.window.desktop import Desktop, until
from tests.window.program import Program, wait_for_file
from tests.window.sample import begin_with_the_sample

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.register import Register

OFFICER = "Осмонова"
NAME = ("Өмүрзакова", "Айчүрөк", "Таңатаровна")
YEAR = datetime.now(UTC).year  # the sample campaign is this year's
BORN = date(YEAR - 19, 3, 12)
PIN = f"1{BORN:%d%m%Y}54321"
# ORT main, mathematics, biology, history: enough for a grant in tourism.
RESULTS = ("231", "88", "", "", "120", "100")
REASON = "решение комиссии"
LANGUAGE = {"ru": "ru", "kg": "ky"}


@pytest.mark.parametrize("desktop", ["ru", "kg"], indirect=True)
def test_a_new_officer_comes_from_first_start_to_printed_letters_by_keys_alone(
    desktop: Desktop, tmp_path: Path
) -> None:
    keymap = desktop.keymap()
    with Program(desktop, tmp_path / "home", LANGUAGE[desktop.layout]) as program:
        register = begin_with_the_sample(program, OFFICER)
        _enters_an_applicant(desktop, program)
        _saved(register)
        _finds_her_misspelled_and_corrects_mathematics(program)
        until(lambda: _score(register, "math") == Decimal(93), "the score was changed")
        _ranks(program, register)
        _seals(program, register)
        pdf = _issues_and_saves_the_letters(program, register)
        _quits(desktop, program)
    assert _her_letter(pdf, pages=50)
    with register.office() as office:
        assert upkeep.check(office) == ()
    assert (program.said, program.reports, desktop.keymap() == keymap) == ("", [], True)


def _enters_an_applicant(desktop: Desktop, program: Program) -> None:
    program.press("Insert")
    program.type(PIN)
    program.press("Return")  # birth date and sex are what the PIN says: Enter goes past them
    for part in NAME:
        _type_kyrgyz(desktop, part)
        program.press("Return")
    program.press("Return")  # past the document
    program.type("0555112233")
    program.press("ctrl+Next")
    program.enter("Школа 1", "4,85", *RESULTS)
    program.press("ctrl+Next")
    for programme in ("туризм", "экология" if desktop.layout == "kg" else "эколог"):
        program.type(programme)
        program.press("Return")
    program.press("ctrl+Next", "ctrl+Next")
    desktop.press("space", *["Return", "space"] * 5)  # the six papers everybody brings
    program.press("ctrl+Next", "space", "Return", "space", "ctrl+Next")  # both consents; reception
    program.type(f"10.07.{YEAR} 10:30")
    program.press("ctrl+Return")


def _type_kyrgyz(desktop: Desktop, text: str) -> None:
    """Type ң, ө and ү as an officer with a Russian keyboard does: the plain letter, then Ctrl+Space."""
    plain = dict(zip("ңөүҢӨҮ", "ноуНОУ", strict=True))
    for letter in text:
        desktop.type(plain.get(letter, letter))
        if letter in plain:
            desktop.press("ctrl+space")


def _saved(register: Register) -> None:
    (hers,) = until(lambda: register.applications(PIN), "the applicant was saved")
    person = hers.entry.person
    assert (person.surname, person.given, person.patronymic) == NAME
    assert (person.born, person.sex, person.phones[0].number) == (BORN, "F", "+996555112233")
    given = {score.criterion: score.value for score in hers.entry.scores}
    expected = {"average": Decimal("4.85"), "ort_main": 231, "math": 88, "biology": 120, "history": 100}
    assert (given, len(hers.entry.choices)) == (expected, 2)
    assert (hers.state, hers.late, hers.entry.consent is not None) == (State.COMPLETE, False, True)


def _finds_her_misspelled_and_corrects_mathematics(program: Program) -> None:
    program.press("Escape")
    program.type("омурзаккова айчурок")
    program.press("Down", "Return", "ctrl+Next", "Return", "Return", "Return")
    program.type("93")
    program.press("ctrl+Return")


def _score(register: Register, criterion: str) -> Decimal | None:
    (hers,) = register.applications(PIN)
    return next((score.value for score in hers.entry.scores if score.criterion == criterion), None)


def _ranks(program: Program, register: Register) -> None:
    program.press("ctrl+3", "F5")
    until(lambda: register.run().state == "draft", "a run was proposed")
    program.rest()
    assert len(register.run().result.awards) == 50


def _seals(program: Program, register: Register) -> None:
    program.press("shift+Tab", "Return")  # the chair's sheet: its button stands before the programmes
    wanted = _wanting_a_reason(register)
    program.type(REASON)
    program.press("F8", "F8", "shift+Tab", "Return")  # past two of them; who is counted by the second
    program.press("alt+Left", "F8")  # back to the first
    assert len(_wanting_a_reason(register)) == len(wanted)  # what is not accepted counts for nothing
    program.quickly("Return", *["ctrl+Down", "Return"] * (len(wanted) - 1))  # the others with the same words
    assert _reasons(register) == dict.fromkeys(wanted, REASON)
    program.enter("3", "", f"20.08.{YEAR + 1}", "1800", "4")  # the date of the minutes stays today
    program.press("Return")
    assert register.run().state == "draft"  # another number confirms nothing
    program.press("BackSpace")
    program.type("3")
    program.press("Return", "Return")
    until(lambda: register.run().state == "sealed", "the run was sealed")
    program.rest()
    with register.office() as office:
        hers = next(line for line in awards.ledger(office) if line.full_name == " ".join(NAME))
        assert hers.deadline is not None
        due = hers.deadline.astimezone(office.now().tzinfo)
        assert (register.run().minutes_no, f"{due:%d.%m.%Y %H:%M}") == ("3", f"20.08.{YEAR + 1} 18:00")


def _wanting_a_reason(register: Register) -> list[str]:
    with register.office() as office:
        return [line.code for line in chair_sheet.look(office).waiting]


def _reasons(register: Register) -> dict[str, str]:
    with register.office() as office:
        return {line.code: line.reason for line in chair_sheet.look(office).lines if line.reason}


def _issues_and_saves_the_letters(program: Program, register: Register) -> Path:
    # the tabs and, before them, the primary button stand before the kinds of papers
    program.press("ctrl+5", "shift+Tab", "shift+Tab", "Return")
    program.rest()
    program.press("Return")  # the drafts are on view, the focus is on issuing them

    def issued() -> int:
        with register.office() as office:
            return len(letters.issued(office))

    until(lambda: issued() == 50, "the letters were issued")
    program.rest()
    program.press("ctrl+1", "ctrl+5", "F6", "Tab", "Tab", "space")  # tick all
    program.press("Tab", "space")  # save as PDF
    program.type("письма")
    program.press("Return", "Return")
    path = wait_for_file(program, "письма.pdf")
    program.rest()
    return path


def _her_letter(pdf: Path, pages: int) -> bool:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == pages
    texts = [document[number].get_textpage().get_text_range() for number in range(pages)]
    return sum(" ".join(NAME) in " ".join(text.split()) for text in texts) == 1


def _quits(desktop: Desktop, program: Program) -> None:
    desktop.letter_chord("alt", "a")  # Файл; Ф is on the key of A
    program.rest()
    program.press("Up")
    desktop.press("Return")
    assert program.wait_closed() == 0
