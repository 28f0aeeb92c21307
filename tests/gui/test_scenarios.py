"""The scenarios: tried as one types, kept, opened, removed and brought back; nothing official moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from grants_app.gui.pages.ranking import RankingPage
from grants_app.services import runs, scenarios
from tests.commission import too_wide
from tests.gui.desks import PageDesk
from tests.gui.fitting import cut_off, outside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QLineEdit


class Asker(PageDesk):
    """The scenarios on view at an office, and what one does there."""

    kind = RankingPage

    def begin(self) -> None:
        """Put the scenarios on view."""
        self.page.tabs.choose("scenarios")
        self.tab = self.page.scenarios_tab
        self.settle()

    def settle(self) -> None:
        """Let the typing and the background end."""
        self.qtbot.waitUntil(lambda: not self._typing, timeout=5_000)
        super().settle()

    @property
    def _typing(self) -> bool:
        return hasattr(self, "tab") and self.tab.desk._typing.isActive()

    def type(self, key: str, text: str) -> None:
        """Replace what stands in a field."""
        editor = self.tab.desk.changes.rows[key].editor
        editor.setFocus()
        editor.selectAll()
        typed(editor, text)
        self.settle()

    def keep(self, name: str) -> None:
        """Type a name and press Enter."""
        edit = self.tab.shelf.name_edit
        edit.setFocus()
        edit.selectAll()
        typed(edit, name)
        self.qtbot.keyClick(edit, Qt.Key.Key_Return)
        self.settle()

    @property
    def changes(self) -> list[tuple[str, ...]]:
        """The table of gains and losses."""
        return cells(self.tab.desk.outcome.changes_table)

    @property
    def totals(self) -> list[tuple[str, ...]]:
        """The table of grants by group."""
        return cells(self.tab.desk.outcome.totals_table)


def typed(editor: QLineEdit, text: str) -> None:
    """Replace a field's text as typing does; Qt's own test keys know no Cyrillic."""
    editor.setText(text)
    editor.textEdited.emit(text)


def cells(table: object) -> list[tuple[str, ...]]:
    """A table's cells as text."""
    model = table.lines  # type: ignore[attr-defined] - a list of lines
    return [
        tuple(str(model.index(row, place).data() or "") for place in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


@pytest.fixture
def asker(open_desk: Callable[..., Asker]) -> Callable[..., Asker]:
    """Opens the scenarios at a stage of the sample, by default with a draft proposed."""

    def open_at(stage: str = "settled", **at: object) -> Asker:
        return open_desk(Asker, runs.propose if stage == "settled" else None, stage=stage, **at)

    return open_at


def test_a_new_scenario_says_that_nobody_gains_or_loses(asker: Callable[..., Asker]) -> None:
    desk = asker()
    assert desk.tab.desk.outcome.changes.currentWidget() is desk.tab.desk.outcome.unchanged
    assert desk.totals[-1][1:] == ("50", "50", "0")
    assert "1" in desk.tab.desk.outcome.note_label.text()


def test_a_weight_typed_shows_who_gains_and_who_loses(asker: Callable[..., Asker]) -> None:
    desk = asker()
    before = runs.overview(desk.office)
    desk.type("weight:ort_main", "0,2")
    kinds = {row[0] for row in desk.changes}
    assert kinds >= {"теряет грант", "получает грант"}
    assert desk.tab.desk.changes.rows["weight:ort_main"].note_label.text() == "действует: 1"
    assert runs.overview(desk.office) == before


def test_mathematics_becomes_a_criterion_of_its_own(asker: Callable[..., Asker]) -> None:
    desk = asker()
    add = desk.tab.desk.changes.add_edit
    assert add is not None
    add.setFocus()
    typed(add, "математика")
    desk.qtbot.keyClick(add, Qt.Key.Key_Return)
    desk.settle()
    assert desk.tab.desk.changes.rows["weight:math"].editor.hasFocus()
    assert not desk.tab.desk.changes.rows["weight:math"].visibleRegion().isEmpty()
    assert desk.changes
    desk.type("weight:math", "")
    assert desk.tab.desk.outcome.changes.currentWidget() is desk.tab.desk.outcome.unchanged


def test_the_newest_of_what_is_typed_is_answered(asker: Callable[..., Asker]) -> None:
    desk = asker()
    editor = desk.tab.desk.changes.rows["total"].editor
    typed(editor, "6")
    desk.tab.desk._on_typing_timeout()
    typed(editor, "60")
    desk.settle()
    assert desk.tab.desk.outcome.stack.currentWidget() is desk.tab.desk.outcome.both
    assert desk.totals[-1][2] == "50"


def test_grants_are_shown_by_branch_programme_sex_region_and_school(asker: Callable[..., Asker]) -> None:
    desk = asker()
    for key in ("programme", "sex", "region", "school", "branch"):
        desk.tab.desk.outcome.dimension_tabs.choose(key)
        assert desk.totals[-1][1] == "50"
        assert sum(int(row[1]) for row in desk.totals[:-1]) == 50
    desk.tab.desk.outcome.dimension_tabs.choose("sex")
    assert [row[0] for row in desk.totals][:2] == ["женский", "мужской"]


def test_what_cannot_be_is_said_in_plain_words_and_stays_typed(asker: Callable[..., Asker]) -> None:
    desk = asker()
    desk.type("total", "10")
    assert "10" in desk.tab.desk.outcome.state.sentence_label.text()
    assert desk.tab.desk.outcome.stack.currentWidget() is desk.tab.desk.outcome.state
    desk.type("main", "сто")
    assert "сто" in desk.tab.desk.changes.rows["main"].note_label.text()
    assert desk.tab.desk.changes.rows["total"].editor.text() == "10"


def test_an_appeal_is_tried_for_one_person(asker: Callable[..., Asker]) -> None:
    desk = asker()
    refused = runs.overview(desk.office).result.reserve[0].applications[0]
    panel = desk.tab.desk.changes
    assert panel.person_edit is not None
    assert panel.result_edit is not None
    typed(panel.person_edit, refused.lower())
    panel.result_edit.set_code("ort_main")
    desk.type("result", "245")
    assert refused in {row[1] for row in desk.changes}


def test_a_scenario_is_kept_copied_renamed_removed_and_brought_back(asker: Callable[..., Asker]) -> None:
    desk = asker()
    desk.type("weight:ort_main", "0,2")
    changed = desk.changes
    desk.keep("Легче")
    shelf = desk.tab.shelf
    assert [one.name for one in scenarios.kept(desk.office)] == ["Легче"]
    assert shelf.current == "Легче"
    shelf.list.choose("")
    desk.settle()
    assert desk.tab.desk.outcome.changes.currentWidget() is desk.tab.desk.outcome.unchanged
    shelf.list.choose("Легче")
    desk.settle()
    assert desk.changes == changed
    shelf.copy_button.click()
    desk.qtbot.keyClick(shelf.name_edit, Qt.Key.Key_Return)
    desk.settle()
    assert [one.name for one in scenarios.kept(desk.office)] == ["Легче", "Легче (копия)"]
    shelf.name_edit.setText("Копия")
    shelf.rename_button.click()
    desk.settle()
    assert shelf.current == "Копия"
    shelf.remove_button.click()
    desk.settle()
    assert [one.name for one in scenarios.kept(desk.office)] == ["Легче"]
    assert shelf.current == ""
    desk.page.strip.action_link.click()
    desk.settle()
    assert shelf.current == "Копия"
    assert desk.changes == changed


def test_a_name_taken_is_said_beside_the_name(asker: Callable[..., Asker]) -> None:
    desk = asker()
    desk.keep("А")
    desk.tab.shelf.list.choose("")
    desk.settle()
    desk.keep("А")
    assert "«А»" in desk.tab.shelf.failure_label.text()


def test_any_rule_can_be_changed_in_the_rules_own_editor(asker: Callable[..., Asker]) -> None:
    desk = asker()
    desk.tab.desk.show_all_rules()
    editor = desk.tab.desk.rules.editor
    assert desk.tab.desk.currentWidget() is desk.tab.desk.rules
    field = editor.score.form.fields["ort_main:weight"].editor
    field.setFocus()
    field.selectAll()
    typed(field, "0,2")
    desk.settle()
    assert desk.tab.desk.rules.answer_label.text() == desk.tab.desk.outcome.summary_label.text()
    desk.qtbot.keyClick(field, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.tab.desk.changes.rows["weight:ort_main"].editor.text() == "0,2"
    assert desk.changes


def test_what_hangs_by_a_thread_is_listed_and_left_again(asker: Callable[..., Asker]) -> None:
    desk = asker()
    desk.tab.desk.outcome.thread_button.click()
    desk.settle()
    table = desk.tab.desk.outcome.fragile_table
    assert desk.tab.desk.outcome.stack.currentWidget() is table
    awarded = {award.application for award in runs.overview(desk.office).result.awards}
    assert {row[0] for row in cells(table)} <= awarded
    assert desk.tab.desk.changes.isHidden()
    desk.qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert desk.tab.desk.outcome.stack.currentWidget() is desk.tab.desk.outcome.both
    assert not desk.tab.desk.changes.isHidden()


def test_after_sealing_a_holder_who_would_lose_is_named_and_may_compete_anew(
    asker: Callable[..., Asker],
) -> None:
    desk = asker("sealed")
    desk.type("weight:ort_main", "0,2")
    assert desk.tab.desk.outcome.stack.currentWidget() is desk.tab.desk.outcome.state
    desk.tab.desk.outcome.state.act_button.click()
    desk.settle()
    assert "теряет грант" in {row[0] for row in desk.changes}


def test_the_comparison_is_written_to_a_file(asker: Callable[..., Asker], tmp_path: Path) -> None:
    desk = asker()
    desk.type("weight:ort_main", "0,2")
    desk.tab.desk.outcome.export_button.click()
    panel = desk.tab.desk.export_panel
    panel.form_tabs.choose("csv")
    panel.path_edit.setText(str(tmp_path / "сценарий.csv"))
    panel.act_button.click()
    desk.settle()
    lines = (tmp_path / "сценарий.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > len(desk.changes)
    assert not panel.act_button.geometry().intersects(panel.cancel_button.geometry())
    panel.cancel_button.click()
    assert desk.tab.desk.outcome.stack.currentWidget() is desk.tab.desk.outcome.both


def test_an_auditor_tries_but_keeps_nothing(asker: Callable[..., Asker]) -> None:
    desk = asker(role="auditor")
    desk.type("weight:ort_main", "0,2")
    assert desk.changes
    assert not desk.tab.shelf.keep_button.isEnabled()
    assert desk.tab.shelf.name_edit.isReadOnly()


def test_recalculating_here_proposes_nothing_official(asker: Callable[..., Asker]) -> None:
    desk = asker()
    desk.page.commands()["recalculate"]()
    desk.settle()
    assert runs.overview(desk.office).no == 1
    assert desk.page.propose_button.isHidden()


def test_a_change_of_the_register_is_gathered_again_and_what_was_typed_stays(
    asker: Callable[..., Asker],
) -> None:
    desk = asker()
    desk.type("weight:ort_main", "0,2")
    held = desk.tab.asking.held
    desk.page.refresh()
    desk.settle()
    assert desk.tab.asking.held is not held
    assert desk.tab.desk.changes.rows["weight:ort_main"].editor.text() == "0,2"
    assert desk.changes


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
@pytest.mark.parametrize("lang", ["ky", "ru", "kk", "en"])
def test_nothing_is_cut_off_in_any_language(
    asker: Callable[..., Asker], lang: str, size: tuple[int, int]
) -> None:
    desk = asker("sealed", size=size)
    desk.tab.desk.changes.release()
    desk.type("weight:ort_main", "0,2")
    desk.window.words.switch(lang)
    desk.settle()
    assert cut_off(desk.tab) + too_wide(desk.tab) + outside(desk.tab) == []
    desk.tab.desk.outcome.thread_button.click()
    desk.settle()
    assert cut_off(desk.tab) + too_wide(desk.tab) + outside(desk.tab) == []
