"""The process the kill rig kills: does one act in the office named and says how far it is.

Started as `python -m tests.rigs.victim` it serves as a template: everything is imported once, and each victim
is a fork of it. Requests come as one JSON object a line.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grants_app.domain.errors import Refused
from grants_app.paths import shipped
from grants_app.services import demonstration, imports, intake, letters, runs
from grants_app.services.sealing import by_minutes, seal
from grants_app.store.unit_of_work import UnitOfWork
from tests import makers, offices

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.services.access import Office

SECOND_WORKBOOK = "resources/sample/osh.ods"
MOST_SAVES = 100_000


def say(**told: Any) -> None:
    """One line to the rig, written in one piece."""
    os.write(1, json.dumps(told).encode() + b"\n")


def saving(office: Office, seed: int) -> Callable[[], None]:
    """Enter one application after another, correct every third, acknowledge each when its save returned."""
    entries = makers.entries(office.campaign().setup, MOST_SAVES, seed)

    def act() -> None:
        for number, made in enumerate(entries):
            pin = f"{made.person.pin[:9]}{(seed * 613 + number) % 100_000:05d}"
            entry = replace(made, person=replace(made.person, pin=pin))
            try:
                saved = intake.save(office, intake.SaveForm(entry=entry)).application
            except Refused as refusal:
                if refusal.code == "already_applied":  # drawn once before, by an earlier victim
                    continue
                raise
            say(saved=saved.no, version=saved.version, surname=saved.entry.person.surname)
            if number % 3 == 0:
                entry = replace(saved.entry, note=f"note {number}")
                form = intake.SaveForm(entry=entry, application=saved.id, seen=saved.version)
                again = intake.save(office, form).application
                say(saved=again.no, version=again.version, surname=again.entry.person.surname)

    return act


def importing(office: Office, _seed: int) -> Callable[[], None]:
    """Apply the second office's workbook to a campaign that holds the first one's."""
    plan = imports.plan(office, [shipped(SECOND_WORKBOOK)], branch="ENU-OSH")
    return lambda: _nothing(imports.apply(office, plan, accept_warnings=True, skip_errors=True, reason="rig"))


def sealing(office: Office, _seed: int) -> Callable[[], None]:
    """Seal the run proposed."""
    view, reason = runs.overview(office), by_minutes(*demonstration.MINUTES)
    return lambda: _nothing(seal(office, view.no, *demonstration.MINUTES, accepting=reason))


def issuing(office: Office, _seed: int) -> Callable[[], None]:
    """Issue every letter that is missing."""
    return lambda: _nothing(letters.issue_missing(office))


def _nothing(_answer: object) -> None:
    return None


ACTS = {"save": saving, "import": importing, "seal": sealing, "letters": issuing}


def commit_in_two(work: UnitOfWork) -> None:
    """What a commit must never be: the data first, the journal after it."""
    work._open.commit()
    work._open = work._connection.begin()
    work.journal.chain()
    work._open.commit()


def sabotage(how: str) -> None:
    """Break this victim on purpose, so that the rig can be seen to find it."""
    if how == "commit_in_two":
        UnitOfWork.commit = commit_in_two  # type: ignore[method-assign]  # that is the sabotage
    elif how == "acknowledge_early":
        saved = intake.save

        def hasty(office: Office, form: intake.SaveForm) -> intake.Saved:
            if form.application is None:
                say(saved="K-0000", version=1, surname="acknowledged before it was saved")
            return saved(office, form)

        intake.save = hasty


def be_victim(request: dict[str, Any]) -> None:
    """Do what is asked for; never returns."""
    code = 0
    try:
        sabotage(request["sabotage"])
        office = offices.opened(Path(request["folder"]))
        if request["act"] != "save":
            office = replace(office, clock=lambda: demonstration.SAMPLE_DAY)
        act = ACTS[request["act"]](office, request["seed"])
        say(ready=os.getpid())
        act()
        say(done=True)
    except BaseException:  # noqa: BLE001 - whatever it was, the rig has to read it
        say(failed=traceback.format_exc())
        code = 1
    os._exit(code)


def main() -> None:
    """Fork a victim for each request; say how it ended, once the rig is done with it."""
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            be_victim(json.loads(line))
        sys.stdin.readline()
        _, status = os.waitpid(pid, 0)
        say(ended=status)


if __name__ == "__main__":
    main()
