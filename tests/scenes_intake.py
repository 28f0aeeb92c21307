"""Pictures of intake: list, card, typing, conflicts, history, import, duplicates, today, the first start."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from grants_app.domain.journal import Actor
from grants_app.paths import shipped
from grants_app.services import intake
from tests.gui.pressing import press, type_text
from tests.offices import new_office
from tests.scenes import Scene

if TYPE_CHECKING:
    from tests.scenes import Stage

SAMPLE = ("bishkek.xlsx", "osh.ods", "osh_late_cp1251.csv")


def choose(stage: Stage) -> None:
    """A line looked at, its card beside the list."""
    stage.page.list.table.choose_row(12)


def type_new(stage: Stage) -> None:
    """A new application half typed, with a doubt and an error beside their fields."""
    page = stage.page
    page.board.begin_new()
    body = page.form.body
    for key, text in (
        ("pin", "21503200800412"), ("born", "15.04.2008"), ("surname", "Осмон тегин"), ("given", "Темирлан"),
        ("document", "ID4417093"), ("phone", "0555112233"), ("school", "№ 12"), ("ort_main", "318"),
        ("math", "118"), ("average", "4,85"),
    ):  # fmt: skip
        body.focus(key)
        editor = body.fields[key].editor
        editor.selectAll()
        type_text(text)
        press(Qt.Key.Key_Return)
    body.set_value("choice1", page.form.setup.campaign.setup.pools[0].id)
    body.set_value("choice2", page.form.setup.campaign.setup.pools[-1].id)
    body.focus("given")
    page.form.checks.judge()


def search(stage: Stage) -> None:
    """The list searched by a name typed without ө and ү."""
    stage.page.list.search_edit.setText("усонов")


def find_nobody(stage: Stage) -> None:
    """The list filtered to nothing."""
    stage.page.list.search_edit.setText("щщыыщщ")


def show_conflict(stage: Stage) -> None:
    """An application two offices recorded differently."""
    stage.page.apply_filter({"flag": "conflict"})
    stage.settle()
    stage.page.list.table.choose_row(0)


def show_history(stage: Stage) -> None:
    """The history of an application."""
    choose(stage)
    stage.page.form.show_history()


def ask_reason(stage: Stage) -> None:
    """A reason asked for in the form."""
    choose(stage)
    stage.page.form.foot.withdraw_wanted.emit()


def undoable(stage: Stage) -> None:
    """A correction just saved: the message with its way back."""
    choose(stage)
    page = stage.page
    page.form.start_editing()
    page.form.body.set_value("note", "перезвонить")
    page.form.save()
    stage.settle()


def undone(stage: Stage) -> None:
    """The same undone: said, its row with the focus."""
    undoable(stage)
    stage.window.do("undo_act")
    stage.settle()


def withdrawn(stage: Stage) -> None:
    """A card of somebody who withdrew, with the way to stand again."""
    choose(stage)
    page = stage.page
    page.form.changed.emit(
        intake.withdraw(stage.office, page.form.application.id, page.form.application.version, "переезд")
    )
    stage.settle()


def sit_down_at_nothing(stage: Stage) -> None:
    """The sample campaign with nobody in it."""
    folder = Path(tempfile.mkdtemp(prefix="grants-picture-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    stage.window.parts.desk.take(new_office(folder))
    stage.settle()
    stage.window.stack.go("applicants")
    stage.settle()


def import_empty(stage: Stage) -> None:
    """The import before a file is chosen."""
    stage.page.apply_filter({"tab": "import"})


def import_plan(stage: Stage) -> None:
    """The dry run of the two offices' lists in a campaign nobody is in yet."""
    sit_down_at_nothing(stage)
    import_empty(stage)
    files = [shipped(f"resources/sample/{name}") for name in SAMPLE]
    stage.page.import_tab.read_files(tuple(Path(file) for file in files))
    stage.settle()
    stage.page.import_tab.row_table.choose_row(3)


def show_duplicates(stage: Stage) -> None:
    """Pairs perhaps one person's: somebody entered again under a PIN with one digit wrong."""
    office = stage.office
    known = intake.application(office, intake.lines(office, limit=1)[1][0].id).entry
    person = replace(known.person, pin=known.person.pin[:-1] + "0", document_no="", district="")
    if not intake.lines(office, search=person.pin)[0]:
        entry = replace(known, person=person, branch="ENU-OSH", choices=known.choices[:1])
        intake.save(office, intake.SaveForm(entry=entry))
    stage.page.apply_filter({"tab": "duplicates"})
    stage.page.duplicates_tab.look()
    stage.settle()


def somebody_else(stage: Stage) -> None:
    """Another officer at the desk, who typed and imported nothing."""
    office = stage.office
    stage.window.parts.desk.take(
        office.acting_as(Actor(name="Ким Анна", branch=office.actor.branch, role="secretary"))
    )
    stage.settle()
    stage.window.stack.go("applicants", {"tab": "verification"})
    stage.settle()


def tell_of_a_paper(stage: Stage) -> None:
    """When, by whom, in which form and how many of one paper were received."""
    choose(stage)
    page = stage.page
    page.form.start_editing()
    page.form.body.focus("paper:id")
    press(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    stage.settle()
    page.form.scroll_area.ensureWidgetVisible(page.form.body.papers.details, 0, 60)


def verify_blind(stage: Stage) -> None:
    """A number about to be typed a second time."""
    somebody_else(stage)
    stage.page.verification_tab.table.setFocus()
    stage.page.verification_tab.table.choose_row(3)
    press(Qt.Key.Key_Return)
    stage.settle()
    type_text("18")


def verify_differing(stage: Stage) -> None:
    """A second typing that differs, on view of somebody who decides."""
    somebody_else(stage)
    tab = stage.page.verification_tab
    tab.table.setFocus()
    tab.table.choose_row(3)
    press(Qt.Key.Key_Return)
    stage.settle()
    while (number := tab.card.current) is not None:
        known = intake.application(stage.office, tab.card.application_id)
        value = next(one.value for one in known.entry.scores if one.criterion == number.criterion)
        type_text(str(value - 1 if number.criterion == "ort_main" else value))
        press(Qt.Key.Key_Return)
        stage.settle()
        if tab.card.application_id != known.id:
            break
    tab.table.setFocus()
    tab.table.choose_row(3)
    stage.settle()


def verify_own(stage: Stage) -> None:
    """The numbers of whoever imported them: somebody else types them."""
    stage.window.stack.go("applicants", {"tab": "verification"})
    stage.settle()
    stage.page.verification_tab.table.choose_row(0)
    stage.settle()


def verify_done(stage: Stage) -> None:
    """Nobody waits for a second look."""
    sit_down_at_nothing(stage)
    stage.page.apply_filter({"tab": "verification"})
    stage.settle()


def verify_sample(stage: Stage) -> None:
    """Whose numbers are typed twice."""
    verify_own(stage)
    stage.page.verification_tab.choose_button.click()
    stage.settle()


def start_open(stage: Stage) -> None:
    """The first start with a file to open."""
    stage.page.sheet.choose_way("open")


SCENES = (
    Scene("start_new", "start", without_office=True),
    Scene("start_open", "start", start_open, without_office=True),
    Scene("today", "today", stage="imported"),
    Scene("applicants_list", "applicants", stage="imported"),
    Scene("applicants_card", "applicants", choose, stage="imported"),
    Scene("applicants_typing", "applicants", type_new, stage="imported"),
    Scene("applicants_search", "applicants", search, stage="imported"),
    Scene("applicants_nobody", "applicants", find_nobody, stage="imported"),
    Scene("applicants_conflict", "applicants", show_conflict, stage="imported"),
    Scene("applicants_history", "applicants", show_history, stage="imported"),
    Scene("applicants_reason", "applicants", ask_reason, stage="imported"),
    Scene("applicants_undoable", "applicants", undoable, stage="imported"),
    Scene("applicants_undone", "applicants", undone, stage="imported"),
    Scene("applicants_withdrawn", "applicants", withdrawn, stage="imported"),
    Scene("applicants_import_empty", "applicants", import_empty, stage="imported"),
    Scene("applicants_import", "applicants", import_plan, stage="imported"),
    Scene("applicants_first", "applicants", sit_down_at_nothing, stage="imported"),
    Scene("applicants_papers", "applicants", tell_of_a_paper, stage="imported"),
    Scene("applicants_verification", "applicants", verify_blind, stage="imported"),
    Scene("applicants_verification_differs", "applicants", verify_differing, stage="imported"),
    Scene("applicants_verification_own", "applicants", verify_own, stage="imported"),
    Scene("applicants_verification_done", "applicants", verify_done, stage="imported"),
    Scene("applicants_verification_sample", "applicants", verify_sample, stage="imported"),
    Scene("applicants_duplicates", "applicants", show_duplicates, stage="imported"),
)
