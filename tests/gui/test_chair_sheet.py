"""The chair's sheet in the window: counts that open their lists, reasons by keys, the seal at its foot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from grants_app.domain.values import LANGS
from grants_app.gui.pages.applicants import ApplicantsPage
from grants_app.gui.pages.ranking import RankingPage
from grants_app.services import awards, chair_sheet, demonstration, intake, runs, sheet_words, upkeep
from tests.boards import hold_sitting
from tests.commission import make_equals
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.gui.fitting import cut_off, outside
from tests.gui.pressing import press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.pages.chair_sheet import ChairSheetView
    from grants_app.gui.pages.chair_sheet_rows import FindingRow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


class Sheet:
    """The chair's sheet of the run in force on view."""

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self.window, self._qtbot, self._tasks = office, window, qtbot, tasks
        window.stack.go("ranking")
        self.settle()
        page = page_of(window)
        assert isinstance(page, RankingPage)
        self.page = page
        page.run_tab.open_sheet()
        self.settle()

    def settle(self) -> None:
        settle(self._qtbot, self._tasks)

    @property
    def view(self) -> ChairSheetView:
        return self.page.run_tab.sheet

    def row(self, code: str) -> FindingRow:
        return next(row for row in self.view.body.rows if row.line.code == code)

    def row_in_focus(self) -> FindingRow:
        """The finding with the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None
        return next(row for row in self.view.body.rows if row.isAncestorOf(focus))

    def accept_all(self, reason: str = "решение комиссии") -> None:
        while waiting := [row for row in self.view.body.rows if row.reason_edit is not None]:
            edit = waiting[0].reason_edit
            assert edit is not None
            edit.setText(reason)
            waiting[0].accept_button.click()

    def seal(self, number: str = "3") -> None:
        bar = self.view.seal_bar
        bar.minutes_edit.setText(number)
        bar.again_edit.setText(number)
        bar.act_button.click()
        self.settle()


@pytest.fixture
def sheet(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> Callable[..., Sheet]:
    """Opens the sheet at a stage of the sample; a fresh draft is proposed where nothing is sealed."""

    def open_at(
        stage: str = "settled", role: str = "secretary", before: Callable[[Office], object] | None = None
    ) -> Sheet:
        office = stage_office(stage)
        if before is not None:
            before(office)
        if stage != "sealed":
            runs.propose(office)
        office = office.acting_as(replace(office.actor, role=role))
        return Sheet(office, desk_window(office), qtbot, tasks)

    return open_at


def test_after_a_fresh_draft_the_primary_button_opens_the_sheet(sheet: Callable[..., Sheet]) -> None:
    desk = sheet()
    desk.view.go_back()
    assert desk.page.run_tab.currentWidget() is desk.page.run_tab.board
    assert desk.page.header.primary_button.text() == "Лист председателя…"
    desk.page.primary_action()
    desk.settle()
    assert desk.page.run_tab.currentWidget() is desk.view
    assert desk.page.header.primary_button.isHidden()
    assert desk.view.title_label.text() == "Лист председателя, расчёт 1"


def test_every_line_stands_with_its_chip_and_count(sheet: Callable[..., Sheet]) -> None:
    desk = sheet()
    told = chair_sheet.look(desk.office)
    words = desk.page.words.current
    shown = [(row.line.code, row.chip.text) for row in desk.view.body.rows]
    assert shown == [(line.code, sheet_words.standing(words, line)) for line in told.lines]
    assert desk.row("unverified").count_link.text() == "50"
    assert desk.row("outdated").chip.kind == "ok"
    assert desk.view.state_chip.kind == "warn"


def test_a_count_opens_the_list_of_exactly_those_it_counts(sheet: Callable[..., Sheet]) -> None:
    desk = sheet()
    row = desk.row("unverified")
    row.count_link.click()
    desk.settle()
    page = page_of(desk.window)
    assert isinstance(page, ApplicantsPage)
    shown = {page.list.model.line(place).no for place in range(page.list.model.rowCount())}
    assert shown == set(row.line.applications)
    assert page.list.filter_button.text() == "50 выбранных заявлений"
    page.list.filter_menu.clear_ticks()
    desk.settle()
    assert page.list.model.rowCount() == intake.lines(desk.office)[0]


def test_the_count_of_ties_opens_the_pool_of_the_first(sheet: Callable[..., Sheet]) -> None:
    pools: list[str] = []
    desk = sheet(before=lambda office: pools.append(make_equals(office)[0]))
    assert desk.view.state_chip.kind == "bad"
    desk.row("open_ties").count_link.click()
    desk.settle()
    assert desk.page.run_tab.currentWidget() is desk.page.run_tab.board
    assert desk.page.run_tab.board.pool_list.chosen in pools


def test_reasons_are_typed_one_after_another_and_then_the_minutes_all_by_keys(
    sheet: Callable[..., Sheet],
) -> None:
    desk = sheet()
    waiting = [row.line.code for row in desk.view.body.rows if row.reason_edit is not None]
    assert len(waiting) >= 3
    desk.page.commands()["next_problem"]()
    for _ in waiting:
        type_text("решение комиссии")
        press(Qt.Key.Key_Return)
    told = chair_sheet.look(desk.office)
    assert {line.code for line in told.lines if line.reason} == set(waiting)
    assert QApplication.focusWidget() is desk.view.seal_bar.minutes_edit
    assert desk.view.state_chip.text == "готов к утверждению"
    type_text("3")
    for _ in range(4):  # past the dates and the hour
        press(Qt.Key.Key_Return)
    type_text("3")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is desk.view.seal_bar.act_button
    press(Qt.Key.Key_Return)
    desk.settle()
    view = runs.overview(desk.office)
    assert (view.state, view.minutes_no) == ("sealed", "3")


def test_the_sheet_opens_with_the_caret_in_the_first_reason_and_f8_shows_each(
    sheet: Callable[..., Sheet],
) -> None:
    desk = sheet()
    desk.window.resize(1093, 614)
    desk.settle()
    waiting = [row for row in desk.view.body.rows if row.reason_edit is not None]
    for row in waiting:
        assert QApplication.focusWidget() is row.reason_edit
        press(Qt.Key.Key_F8)
        desk.settle()
        assert not desk.row_in_focus().visibleRegion().isEmpty()
    assert QApplication.focusWidget() is waiting[0].reason_edit


def test_ctrl_down_writes_the_reason_given_before_and_the_caret_goes_on_below(
    sheet: Callable[..., Sheet],
) -> None:
    desk = sheet()
    waiting = [row.line.code for row in desk.view.body.rows if row.reason_edit is not None]
    press(Qt.Key.Key_F8)
    type_text("решение комиссии")
    press(Qt.Key.Key_Return)
    assert desk.row_in_focus().line.code == waiting[2]  # below the second, not back at the first
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Return)
    told = {line.code: line.reason for line in chair_sheet.look(desk.office).lines if line.reason}
    assert told == dict.fromkeys(waiting[1:3], "решение комиссии")


def test_f8_stops_at_the_list_of_what_forbids_the_seal(sheet: Callable[..., Sheet]) -> None:
    desk = sheet(before=make_equals)
    assert QApplication.focusWidget() is desk.row("open_ties").count_link
    press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.page.run_tab.currentWidget() is desk.page.run_tab.board


def test_where_the_caret_stood_it_stands_after_the_sheet_is_read_again(sheet: Callable[..., Sheet]) -> None:
    desk = sheet()
    press(Qt.Key.Key_F8)
    type_text("сверено с")
    before = desk.row_in_focus().line.code
    desk.view.refresh()
    desk.settle()
    after = desk.row_in_focus()
    assert (after.line.code, QApplication.focusWidget()) == (before, after.reason_edit)


def test_a_sealed_sheet_is_scrolled_by_keys(sheet: Callable[..., Sheet]) -> None:
    desk = sheet("sealed")
    desk.window.resize(1093, 614)
    desk.settle()
    press(Qt.Key.Key_PageDown)
    assert desk.view.body.verticalScrollBar().value() > 0


def test_enter_after_another_number_says_why_nothing_happens(sheet: Callable[..., Sheet]) -> None:
    desk = sheet()
    desk.accept_all()
    bar = desk.view.seal_bar
    bar.minutes_edit.setText("31")
    bar.form.focus("minutes_again")
    type_text("3")
    press(Qt.Key.Key_Return)
    assert bar.state_label.text() == "Это не тот номер, что введён выше."
    type_text("1")
    assert "Утверждённый расчёт изменить нельзя" in bar.state_label.text()
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is bar.act_button


def test_the_minutes_number_typed_twice_seals_the_run(sheet: Callable[..., Sheet]) -> None:
    desk = sheet()
    desk.accept_all()
    bar = desk.view.seal_bar
    bar.minutes_edit.setText("3")
    assert not bar.act_button.isEnabled()
    bar.again_edit.setText("4")
    assert not bar.act_button.isEnabled()
    assert bar.again_edit.accessibleDescription()
    desk.seal()
    assert runs.overview(desk.office).state == "sealed"
    assert desk.page.run_tab.currentWidget() is desk.page.run_tab.board
    assert desk.page.run_tab.board.list.state_chip.kind == "violet"
    assert "утверждён" in desk.page.strip.text


def test_without_every_reason_the_minutes_alone_seal_nothing(sheet: Callable[..., Sheet]) -> None:
    desk = sheet()
    desk.seal()
    assert runs.overview(desk.office).state == "draft"
    assert "Предложенных с непроверенными баллами: 50" in desk.view.seal_bar.state_label.text()


def test_a_sealing_the_service_refuses_keeps_what_was_typed(sheet: Callable[..., Sheet]) -> None:
    desk = sheet()
    desk.accept_all()
    make_equals(desk.office)
    desk.seal()
    bar = desk.view.seal_bar
    assert "данные изменились" in bar.state_label.text()
    assert bar.minutes_edit.text() == "3"
    assert runs.overview(desk.office).state != "sealed"


def test_the_quorum_is_asked_of_the_sitting_typed(sheet: Callable[..., Sheet]) -> None:
    desk = sheet(before=lambda office: hold_sitting(office, "7", there=1))
    desk.view.seal_bar.minutes_edit.setText("7")
    desk.view.seal_bar.form.field_left.emit("minutes_no")
    assert desk.row("quorum").chip.kind == "bad"
    assert desk.view.state_chip.kind == "bad"
    desk.view.seal_bar.minutes_edit.setText("8")
    desk.view.seal_bar.form.field_left.emit("minutes_no")
    assert desk.row("quorum").chip.kind == "info"


def test_a_reason_half_typed_survives_another_that_is_accepted(sheet: Callable[..., Sheet]) -> None:
    desk = sheet()
    rows = [row for row in desk.view.body.rows if row.reason_edit is not None]
    half, whole = rows[0], rows[1]
    assert half.reason_edit is not None
    assert whole.reason_edit is not None
    half.reason_edit.setText("сверено с")
    whole.reason_edit.setText("решение")
    whole.accept_button.click()
    kept = desk.row(half.line.code).reason_edit
    assert kept is not None
    assert kept.text() == "сверено с"


def test_a_sealed_runs_sheet_shows_what_was_seen_and_takes_nothing(sheet: Callable[..., Sheet]) -> None:
    desk = sheet("sealed")
    assert not desk.page.sheet_button.isVisible()
    assert desk.view.state_chip.kind == "violet"
    assert desk.view.seal_bar.isHidden()
    assert all(row.reason_edit is None for row in desk.view.body.rows)
    desk.view.go_back()
    assert desk.page.sheet_button.isVisible()


def test_the_difference_from_the_last_sealed_run_is_listed(sheet: Callable[..., Sheet]) -> None:
    gone: list[str] = []

    def refuse(office: Office) -> None:
        office = replace(office, clock=lambda: demonstration.SAMPLE_DAY)
        gone.append(awards.ledger(office)[0].application_no)
        awards.record(office, gone[0], "decline")
        runs.propose(office)

    desk = sheet("sealed", before=refuse)
    told = " ".join(label.text() for label in desk.view.body.findChildren(type(desk.view.title_label)))
    assert "Отличия от расчёта 1 (утверждён)" in told
    assert gone[0] in told


def test_who_may_not_seal_reads_the_sheet_and_gives_no_reasons(sheet: Callable[..., Sheet]) -> None:
    desk = sheet(role="auditor")
    assert desk.row("unverified").chip.kind == "warn"
    assert all(row.reason_edit is None for row in desk.view.body.rows)
    assert desk.view.seal_bar.isHidden()


def test_the_page_that_prints_is_shown_and_saved(
    sheet: Callable[..., Sheet], tmp_path: Path, qtbot: QtBot
) -> None:
    desk = sheet()
    desk.page.commands()["print_preview"]()
    desk.settle()
    qtbot.waitUntil(lambda: desk.view.paper.preview.page_count == 1)
    assert desk.view.seal_bar.isHidden()
    panel = desk.view.paper.panel
    panel.path_edit.setText(str(tmp_path / "sheet.pdf"))
    panel.act_button.click()
    desk.settle()
    assert len(PdfDocument((tmp_path / "sheet.pdf").read_bytes())) == 1
    assert upkeep.journal(desk.office, act="list.exported")[1][0].subject == "chair_sheet"
    desk.view.go_back()
    assert desk.view.middle.currentWidget() is desk.view.body
    assert desk.view.seal_bar.isVisible()


def test_esc_goes_back_step_by_step(sheet: Callable[..., Sheet]) -> None:
    desk = sheet()
    desk.view.show_paper()
    desk.settle()
    desk.view.setFocus()
    press(Qt.Key.Key_Escape)
    assert desk.view.middle.currentWidget() is desk.view.body
    desk.view.setFocus()
    press(Qt.Key.Key_Escape)
    assert desk.page.run_tab.currentWidget() is desk.page.run_tab.board


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_the_sheet_fits_in_every_language(
    sheet: Callable[..., Sheet], lang: str, size: tuple[int, int]
) -> None:
    desk = sheet()
    desk.window.resize(*size)
    desk.window.words.switch(lang)
    desk.settle()
    assert cut_off(desk.view) == []
    assert outside(desk.view) == []
    assert desk.view.body.widget().width() <= desk.view.body.viewport().width()
    desk.window.words.switch("ru")
