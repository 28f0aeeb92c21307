"""A new office's first day, part by part: what is pressed, and what is then read from outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.window.desktop import until
from tests.window.program import wait_for_file
from tests.window.register import Register

if TYPE_CHECKING:
    from pathlib import Path

    from grants_app.domain.campaign import CampaignSetup
    from tests.window.desktop import Desktop
    from tests.window.program import Program

SECRETARY = "Осмонова"
VERIFIER = "Токтогулова"
CHAIR = "Асанов"
ZONE = ZoneInfo("Asia/Bishkek")
NOW = datetime.now(ZONE)
YEAR = NOW.year  # a new campaign is this year's
CLOSED = NOW - timedelta(days=1)  # the intake ended yesterday, the papers came the day before
RECEIVED = NOW - timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Course:
    """A programme as it is typed: which tests it admits by their places in the list of eight."""

    code: str
    branch: str
    names: tuple[str, str, str, str]
    tests: tuple[int, ...]
    seats: int


# Each name is one a Russian keyboard has the letters for; those it lacks are typed in the journey.
COURSES = (
    Course("6B061", "КазНУ", ("Информатика", "Информатика", "Информатика", "Informatics"), (0,), 2),
    Course("6B111", "КазНУ", ("Туризм", "Туризм", "Туризм", "Tourism"), (0, 3), 2),
    Course("6B041", "ЕНУ", ("Экономика", "Экономика", "Экономика", "Economics"), (0, 3), 1),
)
SEATS = sum(course.seats for course in COURSES)


@dataclass(frozen=True, slots=True)
class Words:
    """What the window calls the things a letter finds in its lists."""

    branches: dict[str, str]
    opening: str
    closing: str
    confirming: str


WORDS = {
    "ru": Words({"КазНУ": "КазНУ", "ЕНУ": "ЕНУ"}, "Начало при", "Окончание приёма заявл", "Срок подтв"),
    "ky": Words(
        {"КазНУ": "КазУУ", "ЕНУ": "ЕУУ"}, "Арыз кабыл алуунун баш", "Арыз кабыл алуунун аяк", "Грантты ыра"
    ),
}


def latin(desktop: Desktop, text: str) -> None:
    """Type a text in Latin, as an officer switches the layout for it."""
    before = desktop.layout
    desktop.choose_layout("us")
    desktop.type(text)
    desktop.choose_layout(before)


def begins_a_campaign(program: Program) -> Register:
    """Begin an empty campaign in a file of its own."""
    program.press("Tab")
    program.enter("приём", "", "", "", "")  # the year, empty, the file and the branch as offered
    program.type(SECRETARY)
    program.press("ctrl+Return")
    register = Register(wait_for_file(program, "grants.sqlite"), SECRETARY)
    until(register.acts, "the campaign was begun")
    program.rest()
    return register


def setup_of(register: Register) -> CampaignSetup:
    """The set-up as it stands."""
    with register.office() as office:
        return office.campaign().setup


def enters_programmes(desktop: Desktop, program: Program, words: Words) -> None:
    """From the checklist to the programmes, and three of them with their seats."""
    program.quickly("ctrl+1", "Down", "Down", "Return")
    for course in COURSES:
        program.press("Insert")
        latin(desktop, course.code)
        program.quickly("Return", "Return")  # the level as offered
        program.enter(words.branches[course.branch])
        *cyrillic, english = course.names
        program.enter(*cyrillic)
        latin(desktop, english)
        desktop.press("Return")
        for place in range(8):
            desktop.press(*(["space"] if place in course.tests else []), "Return")
        program.type(str(course.seats))
        program.press("ctrl+Return")


def enters_dates(program: Program, words: Words) -> None:
    """Opened, closed yesterday evening, a month to confirm."""
    opened, due = NOW - timedelta(days=60), NOW + timedelta(days=30)
    program.quickly("ctrl+Tab", "ctrl+Tab")  # past the seats
    for kind, day, hour in (
        (words.opening, opened, "0900"),
        (words.closing, CLOSED, "2300"),
        (words.confirming, due, "1800"),
    ):
        program.press("Insert")
        program.enter(kind, f"{day:%d.%m.%Y}")
        program.type(hour)
        program.press("ctrl+Return")


def enters_signatories(desktop: Desktop, program: Program, words: Words) -> None:
    """One for each branch, who signs everything there."""
    program.press("ctrl+Tab")
    for branch, name, english in (
        ("КазНУ", "Асанов Б. К.", "Asanov B."),
        ("ЕНУ", "Маматов Э. Ж.", "Mamatov E."),
    ):
        program.press("Insert")
        program.enter(words.branches[branch], "", name, name, name)
        latin(desktop, english)
        desktop.press("Return")
        program.enter("директор", "директор", "директор")
        latin(desktop, "Director")
        program.press("ctrl+Return")


def announces_the_seats(program: Program) -> None:
    """As many grants as there are seats."""
    program.quickly("F6", "Tab", "Return")
    program.type(str(SEATS))
    program.press("ctrl+Return")


def publishes_the_key(program: Program) -> Path:
    """The campaign's public key as a file for everybody."""
    program.quickly("ctrl+Tab", "ctrl+Tab", "ctrl+Tab")  # past papers and rules
    program.quickly("Tab", "Tab", "Return")
    program.press("ctrl+Return")
    path = wait_for_file(program, f"grants-key-{YEAR}.key")
    program.rest()
    return path


@dataclass(frozen=True, slots=True)
class Typed:
    """An applicant as the papers on the desk have it."""

    pin: str
    name: tuple[str, str, str]
    phones: tuple[str, ...]
    results: tuple[str, str]  # the main test and mathematics
    choices: tuple[str, ...]
    guardian: tuple[str, str, str] | None = None
    ground: int | None = None  # its place in the list; its paper was not brought


def _pin(sex: int, age: int, tail: str) -> str:
    return f"{sex}{NOW.day % 28 + 1:02d}01{YEAR - age}{tail}"


SHE, HE = 1, 2
BEST = Typed(
    _pin(HE, 18, "10001"),
    ("Асанов", "Нурлан", "Бакыт уулу"),
    ("0555112231",),
    ("220", "90"),
    ("инфор", "туриз"),
)
MINOR = Typed(
    _pin(SHE, 17, "10002"),
    ("Маматова", "Айгерим", "Эркин кызы"),
    ("0555112232", "0700998872"),
    ("200", "80"),
    ("инфор", "туриз"),
    guardian=("Маматов Эркин", "отец", "0555998877"),
)
"""Under age whatever the day is, and equal to the next one."""
EQUAL = Typed(
    _pin(HE, 19, "10003"),
    ("Токтосунов", "Данияр", "Улан уулу"),
    ("0555112233",),
    ("200", "80"),
    ("инфор", "туриз"),
)
PATIENT = Typed(_pin(SHE, 18, "10004"), ("Ким", "Анна", ""), ("0555112234",), ("170", "85"), ("туриз",))
LAST = Typed(
    _pin(SHE, 18, "10005"),
    ("Жумабекова", "Салтанат", "Эсен кызы"),
    ("0555112235",),
    ("160", "75"),
    ("туриз",),
)
CLAIMING = Typed(
    _pin(HE, 18, "10006"), ("Исмаилов", "Рустам", ""), ("0555112236",), ("165", "85"), ("эконом",), ground=4
)
PEOPLE = (BEST, MINOR, EQUAL, PATIENT, LAST, CLAIMING)


def types_the_person(program: Program, one: Typed) -> None:
    """The first section, to its last needed field."""
    program.press("Insert")
    program.enter(one.pin, *one.name, "")  # birth date and sex come from the PIN: Enter goes past them
    if one.phones[1:]:
        program.enter(one.phones[0], *[""] * 7)
    program.type(one.phones[-1])


def types_the_rest(program: Program, one: Typed) -> None:
    """School and results, what is chosen and claimed, papers, consents, when it came; and saves."""
    program.press("ctrl+Next")
    program.enter("Школа 5", "4,85", *one.results)
    program.press("ctrl+Next")
    program.enter(*one.choices)
    program.press("ctrl+Next")
    if one.ground is not None:
        program.quickly(*["Return"] * one.ground, "space")
    program.press("ctrl+Next")
    program.quickly("space", *["Return", "space"] * 5)  # the six papers everybody brings
    program.press("ctrl+Next")
    program.quickly("space", "Return", "space", "Return")
    program.enter(f"{RECEIVED:%d.%m.%Y}", *(one.guardian or ()))
    if one.guardian:
        program.press("space")  # the guardian signs for the consent too
    program.press("ctrl+Next")
    program.type(f"{RECEIVED:%d.%m.%Y} 10:30")
    program.press("ctrl+Return")


def sits_down(program: Program, name: str, role: str) -> None:
    """Another officer takes the desk."""
    program.press("F12")
    program.enter(name, "", role)
    program.press("Return")
    program.come_back()


def looks_a_second_time(program: Program) -> None:
    """The other officer types every decisive number again from the papers; each person follows the last."""
    program.press("ctrl+1", "F6", "Down", "Return")  # what waits: what is incomplete, then these
    program.press("Return")  # the first of the list has the focus already
    for one in PEOPLE:
        program.enter(*one.results, "4,85")


def decides_the_tie_by_lot(program: Program) -> None:
    """The ranking stops at two equals for one seat; a lot is drawn before witnesses."""
    program.quickly("ctrl+3", "F5")
    program.quickly("shift+Tab", "Return")  # the next step: to decide the tie
    program.quickly("shift+Tab", "Right", "Tab")  # by lot
    program.enter("482915", "", "Асанов У. Б., Ким А. В.", "2", "")
    program.press("Return")


def seals(program: Program, waiting: int) -> None:
    """The chair's sheet, a reason where one is wanted, the number of the minutes twice."""
    program.type("решение комиссии")
    program.quickly("Return", *["ctrl+Down", "Return"] * (waiting - 1))
    program.enter("3", "", "", "", "3")  # the days as the sheet offers them
    program.press("Return")


def issues_the_letters(program: Program) -> None:
    """The drafts are looked through, then they get their numbers."""
    program.press("ctrl+5", "shift+Tab", "shift+Tab", "Return")
    program.press("Return")


def saves_the_letters(program: Program) -> Path:
    """All of them in one file."""
    program.press("ctrl+1", "ctrl+5", "F6", "Tab", "Tab", "space")  # tick all
    program.press("Tab", "space")
    program.enter("письма")
    program.press("Return")
    path = wait_for_file(program, "письма.pdf")
    program.rest()
    return path


def one_refuses_and_the_chain_follows(program: Program) -> None:
    """The first of the ledger refuses; who moves up and who comes from the reserve is one act."""
    program.press("ctrl+4")
    program.quickly("F6", "space", "Tab", "Tab", "Return")  # past those who accept
    program.enter("", "", "заявление об отказе")  # received now
    program.quickly("Tab", "Tab", "Return")  # the whole chain
    program.enter("4", "", f"{NOW + timedelta(days=45):%d.%m.%Y}", "1800", "4")
    program.press("Return")


def appeals(program: Program, number: str) -> None:
    """The secretary records an appeal by its application's number, typed in Cyrillic."""
    program.press("ctrl+4")
    program.quickly(*["ctrl+Tab"] * 5)
    program.press("shift+Tab", "Return")  # nothing was appealed yet: the button in the empty list
    due = NOW + timedelta(days=5)
    program.enter(number.replace("B", "В"), "балл по математике", "", "", f"{due:%d.%m.%Y}", "1800")
    program.press("Return")


def refuses_the_appeal(program: Program) -> None:
    """The chair reads it and refuses it by minutes of its own."""
    program.press("ctrl+4")
    program.quickly(*["ctrl+Tab"] * 5)
    program.press("shift+Tab", "Return")
    program.quickly("shift+Tab", "Right", "Tab")  # refused
    program.enter("5", "", "балл верен")
    program.press("Return")


def backs_up(desktop: Desktop, program: Program) -> None:
    """From the menu, to where copies are kept."""
    program.press("ctrl+1")
    desktop.letter_chord("alt", "a")  # Файл; Ф is on the key of A
    program.rest()
    program.quickly("Down", "Down", "Return")  # a new application, another file, the copy
    program.press("Return")
    program.come_back()


def restores_beside(desktop: Desktop, program: Program, copy: Path) -> None:
    """Opening a copy is a restore into a new file, confirmed in words."""
    desktop.letter_chord("alt", "a")
    program.rest()
    program.quickly("Down", "Return")
    program.press("Tab")
    latin(desktop, str(copy))
    program.press("Return")
    program.press("Return", "Return")  # it is a copy; the new file as offered
    program.enter(SECRETARY)
    program.press("ctrl+Return")
    program.press("shift+Tab", "Return")  # the way back has the focus


def quits(desktop: Desktop, program: Program) -> int:
    """The last line of the first menu."""
    desktop.letter_chord("alt", "a")
    program.rest()
    program.press("Up")
    desktop.press("Return")
    return program.wait_closed()


def withdraws_and_takes_it_back(program: Program, one: Typed) -> None:
    """From the person's own form: withdrawn at her wish, and back again with a reason."""
    program.press("ctrl+2")
    program.type(one.name[0].lower())
    program.press("Down", "Return")
    program.quickly(*["ctrl+Next"] * 6, *["Tab"] * 7)  # to the last section, on to the other acts
    program.press("space", "Up", "Return")
    program.enter("передумала")
    program.press("Tab", "Return")  # the way back stands beside the history
    program.enter("пришла снова")
    program.press("Escape")
