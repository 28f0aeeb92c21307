"""Pictures of what-ifs: a new scenario, a changed weight, one that cannot be, what hangs by a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtTest import QTest

from grants_app.services import runs, scenarios
from tests.scenes import Scene

if TYPE_CHECKING:
    from tests.scenes import Stage


def _tab(stage: Stage) -> Any:
    page: Any = stage.page
    if not runs.overview(stage.office).no:
        page.run_tab.propose()
        stage.settle()
    page.tabs.choose("scenarios")
    stage.settle()
    return page.scenarios_tab


def _type(stage: Stage, tab: Any, **fields: str) -> None:
    for key, text in fields.items():
        row = tab.desk.changes.rows[key.replace("__", ":")]
        row.editor.setText(text)
        row.editor.textEdited.emit(text)
    QTest.qWait(300)
    stage.settle()


def _new(stage: Stage) -> None:
    _tab(stage)


def _weighed(stage: Stage) -> None:
    tab = _tab(stage)
    if not scenarios.kept(stage.office):
        begun = scenarios.begun(scenarios.held(stage.office))
        scenarios.keep(stage.office, "60 грант", begun)
        scenarios.keep(stage.office, "Математика өзүнчө", begun)
        tab.forget()
        stage.settle()
    tab.desk.changes.add_edit.set_code("math")
    tab.desk.changes.add_edit.chosen.emit("math")
    _type(stage, tab, weight__ort_main="0,5")
    tab.desk.outcome.dimension_tabs.choose("school")
    tab.shelf.show_name("Математика өзүнчө, 2-вариант")


def _impossible(stage: Stage) -> None:
    _type(stage, _tab(stage), total="10", subject="ө")


def _thread(stage: Stage) -> None:
    tab = _tab(stage)
    tab.desk.outcome.thread_button.click()
    stage.settle()


def _all_rules(stage: Stage) -> None:
    _tab(stage).desk.show_all_rules()
    stage.settle()


def _exporting(stage: Stage) -> None:
    tab = _tab(stage)
    _type(stage, tab, weight__ort_main="0,5")
    tab.desk.outcome.export_button.click()
    stage.settle()


SCENES = (
    Scene("scenario_new", "ranking", _new, stage="settled"),
    Scene("scenario_weighed", "ranking", _weighed, stage="settled"),
    Scene("scenario_impossible", "ranking", _impossible, stage="settled"),
    Scene("scenario_thread", "ranking", _thread, stage="settled"),
    Scene("scenario_all_rules", "ranking", _all_rules, stage="settled"),
    Scene("scenario_export", "ranking", _exporting, stage="settled"),
    Scene("scenario_sealed", "ranking", _weighed, stage="sealed"),
)
