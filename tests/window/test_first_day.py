"""A real office's first day, from an empty folder to letters that prove themselves, by keys alone.

Nothing of the sample and no pointer. After each part the truth is read from outside: the database over a
connection of its own, the papers with the campaign's published key alone in another home.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.application import State
from grants_app.services import appeals, awards, chair_sheet, letters, upkeep
from grants_app.services.campaign import readiness
from tests.window import first_day as day
from tests.window.desktop import Desktop, until
from tests.window.program import Program, wait_for_file
from tests.window.register import Register

if TYPE_CHECKING:
    from pathlib import Path

    from grants_app.domain.application import Application


@pytest.mark.parametrize("desktop", ["ru"], indirect=True)
def test_a_real_office_comes_from_an_empty_folder_to_proven_letters_by_keys_alone(
    desktop: Desktop, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with Program(desktop, home, "ru") as program:
        register = day.begins_a_campaign(program)
        key = _sets_up(desktop, program, register, "ru")
        program.press("ctrl+2")
        *before, last = day.PEOPLE
        for one in before:
            day.types_the_person(program, one)
            day.types_the_rest(program, one)
        day.types_the_person(program, last)
        until(lambda: _draft_of(register, last), "the draft was kept")
        program.kill()
    with Program(desktop, home, "ru") as program:
        program.press("ctrl+1", "F6", "Return")  # what waits: to go on with what was begun
        day.types_the_rest(program, last)
        _all_six_stand_as_typed(register)
        program.press("Escape")
        day.withdraws_and_takes_it_back(program, day.PATIENT)
        _is_back(register, day.PATIENT)
        day.sits_down(program, day.VERIFIER, "сверяющ")
        day.looks_a_second_time(program)
        _every_number_was_seen_by_two(register)
        day.sits_down(program, day.SECRETARY, "секретар")
        _ranks_and_seals(program, register)
        day.issues_the_letters(program)
        until(lambda: _issued(register) == day.SEATS, "the letters were issued")
        program.rest()
        pdf = day.saves_the_letters(program)
        _the_published_key_alone_proves(pdf, key, tmp_path / "elsewhere")
        _one_refuses(program, register)
        _one_appeals(program, register)
        day.backs_up(desktop, program)
        restored = _restores_the_copy_beside(desktop, program, register)
        assert day.quits(desktop, program) == 0
    with Program(desktop, home, "ru") as program:  # what was open last is opened again
        assert restored.name in program.title
        assert day.quits(desktop, program) == 0
    for file in (register, Register(restored, day.SECRETARY)):
        with file.office() as office:
            assert upkeep.check(office) == ()
    assert (program.said, program.reports) == ("", [])


@pytest.mark.parametrize("desktop", ["kg"], indirect=True)
def test_a_real_office_is_set_up_from_nothing_in_kyrgyz_by_keys_alone(
    desktop: Desktop, tmp_path: Path
) -> None:
    with Program(desktop, tmp_path / "home", "ky") as program:
        register = day.begins_a_campaign(program)
        _sets_up(desktop, program, register, "ky")
    assert (program.said, program.reports) == ("", [])


def _sets_up(desktop: Desktop, program: Program, register: Register, lang: str) -> Path:
    words = day.WORDS[lang]
    day.enters_programmes(desktop, program, words)
    day.enters_dates(program, words)
    day.enters_signatories(desktop, program, words)
    day.announces_the_seats(program)
    key = day.publishes_the_key(program)
    setup = day.setup_of(register)
    assert [branch.code for branch in setup.branches] == ["KAZNU-BSH", "ENU-OSH"]
    assert [
        (one.code, one.names.ky, one.names.ru, one.names.kk, one.names.en) for one in setup.programmes
    ] == [(one.code, *one.names) for one in day.COURSES]
    assert [pool.seats for pool in setup.pools] == [one.seats for one in day.COURSES]
    assert (setup.total, {one.code for one in setup.deadlines}) == (day.SEATS, {"open", "close", "confirm"})
    assert {(one.branch, one.post.en) for one in setup.signatories} == {
        ("KAZNU-BSH", "Director"),
        ("ENU-OSH", "Director"),
    }
    with register.office() as office:
        lacking = [line.code for line in readiness.readiness(office) if not line.done]
    assert lacking == ["backup"]  # no stick lies on this desk
    return key


def _draft_of(register: Register, one: day.Typed) -> bool:
    """All that was typed so far: the phone was the last of it."""
    kept = [draft.entry.person for draft in register.drafts()]
    return any(f"+996{one.phones[-1][1:]}" in {phone.number for phone in person.phones} for person in kept)


def _of(register: Register, one: day.Typed) -> Application:
    (found,) = until(lambda: register.applications(one.pin), f"{one.name[0]} was saved")
    return found


def _all_six_stand_as_typed(register: Register) -> None:
    for one in day.PEOPLE:
        person = _of(register, one).entry.person
        assert (person.surname, person.given, person.patronymic) == one.name
        assert len(person.phones) == len(one.phones)
    states = {one: _of(register, one).state for one in day.PEOPLE}
    assert states == dict.fromkeys(day.PEOPLE, State.COMPLETE) | {day.CLAIMING: State.INCOMPLETE}
    guardian = _of(register, day.MINOR).entry.person.guardian
    assert guardian is not None
    assert (guardian.full_name, guardian.signs_consent) == ("Маматов Эркин", True)
    (claim,) = _of(register, day.CLAIMING).entry.grounds
    assert (claim.ground, claim.seen) == ("large_family", False)
    assert register.drafts() == ()


def _is_back(register: Register, one: day.Typed) -> None:
    until(lambda: "application.reinstated" in register.acts(), "the withdrawal was taken back")
    assert "application.withdrawn" in register.acts()
    assert _of(register, one).state is State.COMPLETE


def _every_number_was_seen_by_two(register: Register) -> None:
    for one in day.PEOPLE:
        scores = _of(register, one).entry.scores
        assert {(score.entered_by, score.verified_by) for score in scores} == {(day.SECRETARY, day.VERIFIER)}


def _ranks_and_seals(program: Program, register: Register) -> None:
    day.decides_the_tie_by_lot(program)
    until(lambda: register.run().no == 2, "a run was proposed after the lot")
    program.rest()
    assert register.run().result.open_ties == ()
    program.quickly("shift+Tab", "shift+Tab", "Return")  # the next step: the chair's sheet
    with register.office() as office:
        waiting = [line.code for line in chair_sheet.look(office).waiting]
    assert "papers_missing" in waiting
    assert not {"unverified", "intake_open", "open_ties"} & set(waiting)
    day.seals(program, len(waiting))
    until(lambda: register.run().state == "sealed", "the run was sealed")
    program.rest()
    assert len(register.run().result.awards) == day.SEATS


def _issued(register: Register) -> int:
    with register.office() as office:
        return len(letters.issued(office))


def _the_published_key_alone_proves(pdf: Path, key: Path, home: Path) -> None:
    """Somebody else's computer: no database, at first no key either."""
    assert _told(home, "verify", str(pdf))[0] == 1
    assert _told(home, "key", "trust", str(key))[0] == 0
    code, said = _told(home, "verify", str(pdf))
    assert code == 0
    for one in (day.BEST, day.MINOR, day.EQUAL, day.PATIENT, day.CLAIMING):
        assert " ".join(part for part in one.name if part) in said


def _told(home: Path, *words: str) -> tuple[int, str]:
    home.mkdir(exist_ok=True)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GRANTS_", "XDG_"))}
    env |= {"HOME": str(home), "LANG": "ru_RU.UTF-8", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "grants_app", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def _one_refuses(program: Program, register: Register) -> None:
    day.one_refuses_and_the_chain_follows(program)
    until(lambda: register.run().minutes_no == "4", "the chain was confirmed")
    program.rest()
    with register.office() as office:
        held = {line.application_no: line.pool for line in awards.ledger(office)}
        totals = awards.totals(office)
    first, moved, came = (_of(register, one).no for one in (day.BEST, day.EQUAL, day.LAST))
    assert first not in held
    assert {moved, came} <= set(held)
    assert (totals.declined, totals.adds_up, totals.free) == (1, True, 0)


def _one_appeals(program: Program, register: Register) -> None:
    day.appeals(program, _of(register, day.LAST).no)
    day.sits_down(program, day.CHAIR, "председат")
    day.refuses_the_appeal(program)
    until(lambda: register.acts()[-1] == "appeal.refused", "the appeal was refused")
    program.rest()
    with register.office() as office:
        (line,) = appeals.lines(office)
    assert (line.application_no, line.appeal.decision) == (_of(register, day.LAST).no, "refused")
    day.sits_down(program, day.SECRETARY, "секретар")


def _restores_the_copy_beside(desktop: Desktop, program: Program, register: Register) -> Path:
    until(lambda: "backup.made" in register.acts(), "the copy was made and read back")
    program.rest()
    (copy,) = program.home.rglob("backups/grants-*.sqlite")
    before = register.acts()
    day.restores_beside(desktop, program, copy)
    restored = wait_for_file(program, "grants-restored.sqlite")
    until(lambda: "database.restored" in Register(restored, day.SECRETARY).acts(), "the copy was restored")
    program.rest()
    assert register.acts() == before  # the campaign that was open is as it was
    assert restored.name in program.title
    return restored
