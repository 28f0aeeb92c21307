"""Everything that runs under a title can be stopped, and what was stopped has changed nothing."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grants_app.bootstrap import Outside
from grants_app.domain.errors import Refused
from grants_app.domain.rounds import GivenAnswer
from grants_app.domain.stopping import breathe, breathing, keep, stoppable
from grants_app.paths import shipped
from grants_app.services import (
    awards,
    cascades,
    chair_sheet,
    demonstration,
    duplicates,
    exports,
    imports,
    letters,
    rule_changes,
    runs,
    sealing,
    sensitivity,
    standing,
    upkeep,
)
from grants_app.services.beginning import begin
from grants_app.services.opening import Premises
from grants_app.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.gui.tasks import Task, Tasks
    from grants_app.services.access import Office

GUI = Path(__file__).resolve().parents[2] / "grants_app/gui"
BOOKS = [shipped(f"resources/sample/{name}") for name in ("bishkek.xlsx", "osh.ods")]


def _drafted(office: Office) -> Office:
    runs.propose(office)
    return office


def _late(office: Office) -> Office:
    return replace(office, clock=lambda: demonstration.SAMPLE_DAY)


def _letter_ids(office: Office) -> list[int]:
    letters.issue_missing(_late(office))
    return [paper.id for paper in letters.issued(office)]


def _waiting(office: Office) -> list[str]:
    return [line.application_no for line in awards.ledger(office) if line.application_no]


def _import(office: Office) -> Callable[[Path], object]:
    plan = imports.plan(office, BOOKS)
    return lambda _path: imports.apply(office, plan, accept_warnings=True, skip_errors=True, reason="списки")


def _changed_rules(office: Office) -> Callable[[Path], object]:
    now = standing.current_rules(office)
    rules = replace(now, version=now.version + 1, in_force_from=office.today())
    return lambda _path: rule_changes.put(office, rules, "приказ")


def _seal(office: Office) -> Callable[[Path], object]:
    run = _drafted(_late(office))
    return lambda _path: sealing.seal(run, 1, "7", date(2026, 8, 7), accepting="протокол")


def _cascade(office: Office) -> Callable[[Path], object]:
    late = _late(office)
    holder = next(line for line in awards.ledger(late) if line.application_no)
    given = (GivenAnswer(application=holder.application_no, answer="decline", reason="заявление"),)
    chain = cascades.preview(late, given)
    return lambda _path: cascades.confirm(late, chain, "8", date(2026, 8, 8), None)


def _shortlist(office: Office, form: str) -> Callable[[Path], object]:
    return lambda path: exports.write(office, Words("ru"), "applications", form, path / f"list.{form}")


Case = tuple[str, "Callable[[Office], Callable[[Path], object]]"]
# Every title a task runs under in the window: the stage it is tried at and the work behind it.
CASES: dict[str, Case] = {
    "Reading the lists": ("nobody", lambda o: lambda _p: imports.plan(o, BOOKS)),
    "Writing the import": ("nobody", _import),
    "Looking for duplicates": ("settled", lambda o: lambda _p: duplicates.look(o)),
    "Calculating…": ("settled", lambda o: lambda _p: runs.propose(o)),
    "Checking what is needed for sealing…": (
        "settled",
        lambda o: lambda _p, run=_drafted(o): chair_sheet.look(run, 1, ""),
    ),
    "Sealing the run…": ("settled", _seal),
    "Sealing…": ("sealed", _cascade),
    "Calculating what would change…": (
        "settled",
        lambda o: lambda _p: rule_changes.preview(o, standing.current_rules(o)),
    ),
    "Saving the new version…": ("settled", _changed_rules),
    "Checking the sensitivity…": ("sealed", lambda o: lambda _p: sensitivity.warnings(o)),
    "Issuing the letters…": ("sealed", lambda o: lambda _p: letters.issue_missing(_late(o))),
    "Drawing the drafts…": ("sealed", lambda o: lambda _p: letters.drafted(_late(o), _waiting(o), ())),
    "Printing…": ("sealed", lambda o: lambda _p, ids=_letter_ids(o): letters.drawn(_late(o), ids, ())),
    "Preparing the list…": ("settled", lambda o: _shortlist(o, "pdf")),
    "Writing the file…": ("settled", lambda o: _shortlist(o, "xlsx")),
    "Backing up…": ("settled", lambda o: lambda p: upkeep.backup(o, p / "copy.sqlite")),
    "Checking the database and the journal…": ("settled", lambda o: lambda _p: upkeep.check(o)),
    "Starting the campaign": (
        "nobody",
        lambda o: (
            lambda p: begin(
                Premises(o.clock, o.folders, o.reader_command), str(p / "new.sqlite"), "sample", o.actor
            )
        ),
    ),
}


# Over in a blink, whatever is in the database.
SHORT = {
    "Undoing the last action": "one act is taken back in one transaction, which each statement may end",
    "Reading the backup…": "the head of one file is read",
    "Saving the settings…": "one page of text is written whole",
}


def _titles() -> set[str]:
    """The English titles given to `run(…, title=…)` anywhere in the window, straight or by a name."""
    found: set[str] = set()
    for path in GUI.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            for target in node.targets if isinstance(node, ast.Assign) else ():
                if isinstance(target, ast.Name):
                    named.setdefault(target.id, []).append(node.value)
        for node in ast.walk(tree):
            runs_it = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            for key in node.keywords if runs_it and node.func.attr == "run" else ():
                if key.arg == "title":
                    value = key.value
                    values = named.get(value.id, []) if isinstance(value, ast.Name) else [value]
                    found |= {text for one in values for text in _said(one)}
    return found


def _said(value: ast.expr) -> set[str]:
    return {
        text.value
        for call in ast.walk(value)
        if isinstance(call, ast.Call)
        for text in call.args[:1]
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    }


def test_every_title_of_a_task_is_tried_here() -> None:
    assert _titles() == set(CASES) | set(SHORT)


class _Stop:
    """Lets so many breaths pass, then asks to stop."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Refused("task_cancelled")


@pytest.mark.parametrize("after", [0, 5])
@pytest.mark.parametrize("title", sorted(CASES))
def test_a_task_that_is_cancelled_stops_and_leaves_everything_as_it_was(
    title: str, after: int, stage_office: Callable[[str], Office], tmp_path: Path
) -> None:
    stage, made = CASES[title]
    office = stage_office(stage)
    work = made(office)
    folder = tmp_path / "written"
    folder.mkdir()
    before = _state(office)
    with stoppable(_Stop(after)), pytest.raises(Refused) as refused:
        work(folder)
    assert refused.value.code == "task_cancelled"
    assert _state(office) == before
    assert [path.name for path in folder.iterdir() if path.suffix != ".sqlite"] == []


def _state(office: Office) -> tuple[int, int]:
    with office.store.reading() as reading:
        return reading.journal_head(), len(reading.applications(office.campaign_id))


def test_work_made_to_last_is_not_stopped_any_more() -> None:
    with stoppable(_Stop(1)):
        keep()
        breathe()
        breathe()
    breathe()  # nobody asks here


def test_a_loop_of_many_steps_stops_between_two_of_them() -> None:
    done: list[int] = []
    with stoppable(_Stop(3)), pytest.raises(Refused):
        done.extend(breathing(range(100)))
    assert done == [0, 1, 2]


def test_a_cancelled_task_asks_the_database_nothing_more(
    stage_office: Callable[[str], Office], tasks: Tasks, qtbot: object, qapp: object
) -> None:
    from PySide6.QtCore import QObject

    office = stage_office("settled")

    class Asker(QObject):
        said = ""

        def done(self, _answer: object) -> None:
            self.said = "went on"

        def failed(self, error: Exception) -> None:
            self.said = error.code if isinstance(error, Refused) else repr(error)

    asker = Asker()

    def work(task: Task[object]) -> object:
        task.cancel()
        return Outside().frame_facts(office, Words("ru"))

    tasks.run(work, done=asker.done, failed=asker.failed, title="Sealing…")
    qtbot.waitUntil(lambda: asker.said != "")  # type: ignore[attr-defined]  # pytest-qt's own
    assert asker.said == "task_cancelled"
