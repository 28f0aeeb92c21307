"""The offices' lists brought in through the window: everything shown first, nothing written before Apply."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from grants_app.gui.widgets.panels import ItemRow
from grants_app.paths import shipped
from grants_app.services import intake
from tests.gui.desks import page_of, settle
from tests.gui.pressing import press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.pages.applicants import ApplicantsPage
    from grants_app.gui.pages.import_tab import ImportTab
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office

TRUTH = Path(__file__).parent.parent / "data" / "truth.json"
LISTS = ("bishkek.xlsx", "osh.ods", "osh_late_cp1251.csv")


@pytest.fixture
def office(stage_office: Callable[[str], Office]) -> Office:
    """The sample campaign with nobody in it."""
    return stage_office("nobody")


@pytest.fixture
def page(
    desk_window: Callable[..., MainWindow], office: Office, qtbot: QtBot, tasks: Tasks
) -> ApplicantsPage:
    """The applicants' page, the tab Import on view."""
    window = desk_window(office)
    window.stack.go("applicants", {"tab": "import"})
    settle(qtbot, tasks)
    return page_of(window)


def paths(*names: str) -> str:
    """The paths of shipped lists, as typed."""
    return "; ".join(str(shipped(f"resources/sample/{name}")) for name in names)


def read(page: ApplicantsPage, qtbot: QtBot, tasks: Tasks, *names: str) -> ImportTab:
    """Type the paths and wait for the dry run."""
    page.import_tab.controls.path_edit.setFocus()
    type_text(paths(*names))
    press(Qt.Key.Key_Return)
    settle(qtbot, tasks)
    return page.import_tab


def verdicts(tab: ImportTab, file: str) -> dict[int, tuple[str, list[tuple[str, str]]]]:
    """Row number -> outcome and problems (severity, field) as the window shows them, of one file."""
    tab.show_edit.set_code("all")
    tab.show_edit.chosen.emit("all")
    lines = [tab.row_model.line(row) for row in range(tab.row_model.rowCount())]
    return {
        line.row.row: (
            line.row.status if line.row.status not in ("changed", "same") else "new",
            sorted((issue.severity, issue.field) for issue in line.row.issues),
        )
        for line in lines
        if line.sheet.file == file
    }


def expected(truth: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """The truth of a row in the same words."""
    if "skip" in truth:
        return "skipped", []
    severities = {severity for severity, _, _ in truth["issues"]}
    outcome = next((one for one in ("error", "duplicate") if one in severities), "new")
    return outcome, sorted((severity, field) for severity, field, _ in truth["issues"])


def test_a_dry_run_shows_every_row_as_the_truth_says(
    page: ApplicantsPage, qtbot: QtBot, tasks: Tasks
) -> None:
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))["files"]
    tab = read(page, qtbot, tasks, *LISTS)
    for name in LISTS:
        wanted = {int(number): expected(row) for number, row in truth[name]["rows"].items()}
        assert verdicts(tab, name) == wanted, name


def test_nothing_is_written_before_apply(
    page: ApplicantsPage, office: Office, qtbot: QtBot, tasks: Tasks
) -> None:
    read(page, qtbot, tasks, *LISTS)
    assert intake.lines(office)[0] == 0


def test_errors_and_warnings_must_be_answered_before_apply(
    page: ApplicantsPage, qtbot: QtBot, tasks: Tasks
) -> None:
    tab = read(page, qtbot, tasks, "bishkek.xlsx")
    assert not page.header.primary_button.isEnabled()
    tab.skip_tick.setChecked(True)
    tab.accept_tick.setChecked(True)
    assert not page.header.primary_button.isEnabled()
    tab.reason_edit.setText("по документам")
    assert page.header.primary_button.isEnabled()


def test_applying_writes_everything_that_was_shown(
    page: ApplicantsPage, office: Office, qtbot: QtBot, tasks: Tasks
) -> None:
    tab = read(page, qtbot, tasks, *LISTS)
    tab.skip_tick.setChecked(True)
    tab.accept_tick.setChecked(True)
    tab.reason_edit.setText("по документам")
    page.primary_action()
    settle(qtbot, tasks)
    assert intake.lines(office)[0] == 664
    assert intake.lines(office, filters={"flag": "conflict"})[0] == 9
    assert page.strip.kind == "ok"


def test_the_same_lists_again_have_nothing_to_write(page: ApplicantsPage, qtbot: QtBot, tasks: Tasks) -> None:
    tab = read(page, qtbot, tasks, *LISTS)
    tab.skip_tick.setChecked(True)
    tab.accept_tick.setChecked(True)
    tab.reason_edit.setText("по документам")
    page.primary_action()
    settle(qtbot, tasks)
    tab = read(page, qtbot, tasks, *LISTS)
    assert tab.to_write == 0
    assert not page.header.primary_button.isEnabled()


def test_a_rows_problem_names_its_cell_in_words(page: ApplicantsPage, qtbot: QtBot, tasks: Tasks) -> None:
    tab = read(page, qtbot, tasks, "bishkek.xlsx")
    line = next(
        tab.row_model.line(row)
        for row in range(tab.row_model.rowCount())
        if any(issue.code == "score_too_high" for issue in tab.row_model.line(row).row.issues)
    )
    column = next(column for column in tab.row_model.columns if column.key == "problems")
    issue = next(issue for issue in line.row.issues if issue.code == "score_too_high")
    assert f"{issue.cell}: " in column.text(line)


def test_rows_can_be_narrowed_to_those_with_errors(page: ApplicantsPage, qtbot: QtBot, tasks: Tasks) -> None:
    tab = read(page, qtbot, tasks, "bishkek.xlsx")
    tab.show_edit.setFocus()
    tab.show_edit.set_code("error")
    tab.show_edit.chosen.emit("error")
    statuses = {tab.row_model.line(row).row.status for row in range(tab.row_model.rowCount())}
    assert statuses == {"error"}


def test_a_file_that_is_no_list_gets_one_plain_sentence(
    page: ApplicantsPage, qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    wrong = tmp_path / "letter.xlsx"
    wrong.write_text("Dear office, no list is in here.", encoding="utf-8")
    page.import_tab.controls.path_edit.setFocus()
    type_text(str(wrong))
    press(Qt.Key.Key_Return)
    settle(qtbot, tasks)
    assert page.strip.kind == "warn"
    assert page.strip.text
    assert page.import_tab.plan is None


def test_a_missing_file_gets_one_plain_sentence(page: ApplicantsPage, qtbot: QtBot, tasks: Tasks) -> None:
    page.import_tab.controls.path_edit.setFocus()
    type_text("/nowhere/list.xlsx")
    press(Qt.Key.Key_Return)
    settle(qtbot, tasks)
    assert "list.xlsx" in page.strip.text


def test_the_panel_tells_how_the_columns_were_understood(
    page: ApplicantsPage, qtbot: QtBot, tasks: Tasks
) -> None:
    tab = read(page, qtbot, tasks, "osh_late_cp1251.csv")
    tab.sheet_table.setFocus()
    press(Qt.Key.Key_Return)
    items = tab.panel.findChildren(ItemRow)
    assert tab.plan is not None
    assert len([item for item in items if not item.isHidden()]) == len(tab.plan.sheets[0].columns)
