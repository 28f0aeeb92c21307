"""The papers page: letters issued, previewed as they print, saved; lists exported as they are shown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from grants_app.domain.ruleset import PaperBlock
from grants_app.gui.pages.papers import PapersPage
from grants_app.gui.pages.papers_data import read_letters
from grants_app.services import demonstration, exports, letters, lists, rule_changes, standing
from tests.commission import too_wide
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.gui.fitting import cut_off, outside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


class Papers:
    """The papers page on view, and what one does there."""

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self.window, self._qtbot, self._tasks = office, window, qtbot, tasks
        window.stack.go("papers")
        self.settle()
        page = page_of(window)
        assert isinstance(page, PapersPage)
        self.page = page
        self.view = page.letters_view

    def settle(self) -> None:
        """Let the background end."""
        settle(self._qtbot, self._tasks)

    def issue(self) -> None:
        """Press the primary button while letters are missing."""
        self.page.primary_action()
        self.settle()

    def language(self, code: str) -> None:
        """Choose the letters' language."""
        self.view.language_edit.set_code(code)
        self.view.language_edit.chosen.emit(code)
        self.settle()


@pytest.fixture
def papers(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> Callable[..., Papers]:
    """Opens the papers at a stage of the sample, after its seal unless told otherwise."""

    def open_at(stage: str = "sealed") -> Papers:
        office = replace(stage_office(stage), clock=lambda: demonstration.SAMPLE_DAY)
        return Papers(office, desk_window(office), qtbot, tasks)

    return open_at


def test_before_a_seal_there_is_no_letter_and_the_page_says_why(papers: Callable[..., Papers]) -> None:
    desk = papers("settled")
    assert desk.view.empty.sentence_label.text().startswith("Уведомлений пока нет")
    assert desk.page.header.primary_button.isHidden()


def test_every_grant_gets_its_letter_with_one_press(papers: Callable[..., Papers]) -> None:
    desk = papers()
    assert desk.page.header.primary_button.text() == "Оформить 50 уведомлений"
    desk.issue()
    assert len(letters.issued(desk.office)) == 50
    assert desk.view.table.lines.rowCount() == 50
    assert desk.page.header.primary_button.text() == "Печатать 1 уведомление…"


def test_the_preview_is_the_very_pdf(papers: Callable[..., Papers]) -> None:
    desk = papers()
    desk.issue()
    desk.view.table.choose_row(4)
    desk.settle()
    paper = desk.view.table.current_line().paper
    assert desk.view.shown_pdf == letters.preview(desk.office, paper.id)
    assert desk.view.shown_pdf.startswith(b"%PDF")


def test_the_preview_follows_the_language(papers: Callable[..., Papers]) -> None:
    desk = papers()
    desk.issue()
    paper = desk.view.table.current_line().paper
    desk.language("kk+ru")
    assert desk.view.shown_pdf == letters.preview(desk.office, paper.id, ("kk", "ru"))
    desk.language("en")
    assert desk.view.shown_pdf == letters.preview(desk.office, paper.id, ("en",))


def test_space_ticks_letters_and_the_button_counts_them(papers: Callable[..., Papers], qtbot: QtBot) -> None:
    desk = papers()
    desk.issue()
    table = desk.view.table
    for row in (1, 5):
        table.choose_row(row)
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert desk.page.header.primary_button.text() == "Печатать 2 уведомления…"
    assert desk.view.chosen_papers() == [table.lines.line(row).paper.id for row in (1, 5)]
    desk.page.tick_button.click()
    assert desk.page.header.primary_button.text() == "Печатать 50 уведомлений…"


def test_ticked_letters_are_saved_as_one_file_and_counted(
    papers: Callable[..., Papers], tmp_path: Path, qtbot: QtBot
) -> None:
    desk = papers()
    desk.issue()
    desk.view.table.choose_row(0)
    qtbot.keyClick(desk.view.table, Qt.Key.Key_Space)
    target = tmp_path / "letters.pdf"
    desk.page.ask_save()
    desk.page.save_panel.path_edit.setText(str(target))
    desk.page.save_panel.act_button.click()
    desk.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert sum(paper.prints for paper in letters.issued(desk.office)) == 1


def test_a_file_already_there_is_replaced_only_after_a_second_press(
    papers: Callable[..., Papers], tmp_path: Path
) -> None:
    desk = papers()
    desk.page.apply_filter({"kind": "public"})
    desk.settle()
    target = tmp_path / "list.csv"
    target.write_text("mine", encoding="utf-8")
    panel = desk.page.lists_view.export_panel
    panel.form_tabs.choose("csv")
    panel.path_edit.setText(str(target))
    panel.act_button.click()
    desk.settle()
    assert target.read_text(encoding="utf-8") == "mine"
    panel.act_button.click()
    desk.settle()
    assert target.read_text(encoding="utf-8-sig") != "mine"


def test_a_place_that_cannot_be_written_is_said_in_words(
    papers: Callable[..., Papers], tmp_path: Path
) -> None:
    desk = papers()
    desk.page.apply_filter({"kind": "ledger"})
    desk.settle()
    panel = desk.page.lists_view.export_panel
    panel.path_edit.setText(str(tmp_path))
    panel.act_button.click()
    assert "папка" in panel.failure_label.text()


@pytest.mark.parametrize("kind", ["shortlist", "public", "reserve", "ledger", "applications"])
def test_a_list_exported_holds_the_rows_of_the_one_on_view(
    papers: Callable[..., Papers], tmp_path: Path, kind: str
) -> None:
    desk = papers()
    desk.page.apply_filter({"kind": kind})
    desk.settle()
    view = desk.page.lists_view
    assert view.table is not None
    assert view.table.rows == lists.table(desk.office, desk.page.words.current, kind).rows
    view.export_panel.form_tabs.choose("csv")
    target = tmp_path / f"{kind}.csv"
    view.export_panel.path_edit.setText(str(target))
    view.export_panel.act_button.click()
    desk.settle()
    text = target.read_bytes().decode("utf-8-sig")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    assert len([row for row in rows if row]) >= len(view.table.rows)
    assert exports.drawn(view.table, desk.page.words.current, "csv") == target.read_bytes()


def test_the_list_on_view_is_the_very_pdf(papers: Callable[..., Papers]) -> None:
    desk = papers()
    desk.page.apply_filter({"kind": "reserve"})
    desk.settle()
    words = desk.page.words.current
    made = lists.table(desk.office, words, "reserve")
    assert desk.page.lists_view.shown_pdf == exports.drawn(made, words, "pdf")


def test_a_letter_that_waits_for_a_paper_says_for_which(papers: Callable[..., Papers]) -> None:
    desk = papers()
    rules = standing.current_rules(desk.office)
    blocks = (PaperBlock(paper="medical", stage="letter"),)
    rule_changes.put(desk.office, replace(rules, blocks=blocks, unkept_papers_block=True), "решение")
    desk.page.refresh()
    desk.settle()
    assert {row.state for row in read_letters(desk.office).rows} == {"stopped"}
    view = desk.page.letters_view
    view.table.choose_row(0)
    assert "086-У" in view.empty.sentence_label.text()
    assert "Выпустить" not in desk.page.header.primary_button.text()


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_is_cut_off_in_kyrgyz(papers: Callable[..., Papers], size: tuple[int, int]) -> None:
    desk = papers()
    desk.window.resize(*size)
    desk.window.words.switch("ky")
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.issue()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.page.ask_save()
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.page.apply_filter({"kind": "applications"})
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    assert outside(desk.page) == []
