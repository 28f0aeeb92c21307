"""The awards page: the sum, the seats, answers and what they set off, the next round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from grants_app.domain.award import AwardState
from grants_app.gui.pages.awards import AwardsPage
from grants_app.services import awards, demonstration, letters, lists
from tests.commission import too_wide
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.gui.fitting import cut_off, outside

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.domain.award import LedgerLine
    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


class Ledger:
    """The awards page on view, and what one does there."""

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self.window, self._qtbot, self._tasks = office, window, qtbot, tasks
        window.stack.go("awards")
        self.settle()
        page = page_of(window)
        assert isinstance(page, AwardsPage)
        self.page = page
        self.board = page.board

    def settle(self) -> None:
        """Let the background end."""
        settle(self._qtbot, self._tasks)

    def choose(self, number: str) -> None:
        """Put the cursor on somebody's seat."""
        self.page.apply_filter({"no": number})
        self.settle()

    def holders(self) -> list[LedgerLine]:
        """Who holds a seat now."""
        return [line for line in awards.ledger(self.office) if line.award is not None]

    def decline(self, number: str) -> None:
        """Record a refusal through the panel."""
        self.choose(number)
        self.board.ask_answer("decline")
        self.settle()
        self.board.answer_panel.reason_edit.setText("письмо от 06.08.2026")
        self.board.answer_panel.act_button.click()
        self.settle()


@pytest.fixture
def ledger(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> Callable[..., Ledger]:
    """Opens the awards at a stage of the sample, after its seal unless told otherwise."""

    def open_at(stage: str = "sealed", role: str = "secretary") -> Ledger:
        office = stage_office(stage)
        office = replace(office, clock=lambda: demonstration.SAMPLE_DAY)
        office = office.acting_as(replace(office.actor, role=role))
        return Ledger(office, desk_window(office), qtbot, tasks)

    return open_at


def test_before_a_seal_the_page_leads_to_the_ranking(ledger: Callable[..., Ledger]) -> None:
    desk = ledger("settled")
    assert desk.page.stack.currentWidget() is desk.page.empty
    desk.page.empty.act_button.click()
    desk.settle()
    assert page_of(desk.window).page_id == "ranking"


def test_the_ledgers_sum_always_equals_the_total(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    assert desk.page.sum_label.text() == "50 = 50"
    assert sum(len(row.cells) for row in desk.board.grid.rows) == 50
    assert len(desk.board.table.rows()) == 50
    desk.decline(desk.holders()[0].application_no)
    totals = awards.totals(desk.office)
    assert (totals.offered, totals.free, totals.declined) == (49, 1, 1)
    assert desk.page.sum_label.text() == "50 = 50"


def test_a_confirmation_is_recorded_for_the_chosen_seat(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    number = desk.holders()[3].application_no
    desk.choose(number)
    desk.page.primary_action()
    desk.settle()
    panel = desk.board.answer_panel
    assert [step.kind for step in panel.steps] == ["confirmed"]
    panel.act_button.click()
    desk.settle()
    state = next(line.state for line in desk.holders() if line.application_no == number)
    assert state is AwardState.CONFIRMED
    shown = desk.board.card.shown
    assert shown is not None
    assert (shown.row.line.application_no, shown.row.standing) == (number, "confirmed")


def test_a_refusal_shows_who_comes_next_before_it_is_recorded(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    line = desk.holders()[0]
    desk.choose(line.application_no)
    desk.board.ask_answer("decline")
    desk.settle()
    panel = desk.board.answer_panel
    assert panel.steps == awards.preview(desk.office, line.application_no, "decline")
    assert panel.steps[0].kind == "declined"
    assert any(step.kind == "enters" for step in panel.steps)
    assert not panel.act_button.isEnabled()
    assert len(desk.holders()) == 50


def test_a_refusal_frees_the_seat_and_cancels_its_letter(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    letters.issue_missing(desk.office)
    line = desk.holders()[0]
    number = next(paper.number for paper in letters.issued(desk.office) if paper.award == line.award)
    desk.choose(line.application_no)
    desk.board.ask_answer("decline")
    assert number in desk.board.answer_panel.papers_label.text()
    desk.board.show_card()
    desk.decline(line.application_no)
    paper = next(paper for paper in letters.issued(desk.office) if paper.number == number)
    assert paper.state != "issued"
    standing = {row.line.seat: row.standing for row in desk.page._ledger.rows if row.line.pool == line.pool}  # type: ignore[union-attr]  # the row is there
    assert standing[line.seat] == "returned"


def test_what_one_refusal_sets_off_leaves_out_what_others_did(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    pools = {line.pool: line for line in desk.holders()}
    first, second = list(pools.values())[:2]
    desk.decline(first.application_no)
    after = awards.preview(desk.office, second.application_no, "decline")
    anyway = awards.next_round(desk.office)
    assert anyway
    assert set(after).isdisjoint(anyway)
    assert after[0].application == second.application_no


def test_the_next_round_fills_the_free_seats_under_its_own_minutes(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    line = desk.holders()[0]
    desk.decline(line.application_no)
    desk.board.ask_next_round()
    desk.settle()
    panel = desk.board.cascade_panel
    entering = [step.application for step in panel.steps if step.kind == "enters"]
    assert entering
    panel.minutes_edit.setText("4")
    assert not panel.act_button.isEnabled()
    panel.again_edit.setText("4")
    panel.act_button.click()
    desk.settle()
    assert awards.totals(desk.office).free == 0
    assert set(entering) <= {held.application_no for held in desk.holders()}
    assert desk.page.sum_label.text() == "50 = 50"


def test_a_given_back_seat_keeps_its_history(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    line = desk.holders()[0]
    desk.decline(line.application_no)
    desk.board.grid.seat_chosen.emit(line.pool, line.seat)
    desk.settle()
    shown = desk.board.card.shown
    assert shown is not None
    assert [one.full_name for one in shown.history] == [line.full_name]
    assert shown.history[0].award.state is AwardState.DECLINED
    assert shown.reserve


def test_arrows_walk_over_the_seats(ledger: Callable[..., Ledger], qtbot: QtBot) -> None:
    desk = ledger()
    desk.board.grid.setFocus()
    qtbot.keyClick(desk.board.grid, Qt.Key.Key_Right)
    qtbot.keyClick(desk.board.grid, Qt.Key.Key_Down)
    shown = desk.board.card.shown
    assert shown is not None
    rows = desk.board.grid.rows
    assert (shown.row.line.pool, shown.row.line.seat) == (rows[1].pool, rows[1].cells[1].seat)


def test_the_filters_say_so_when_no_seat_fits(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    desk.page.apply_filter({"state": "overdue"})
    assert desk.board.table.currentWidget() is desk.board.table.empty
    desk.page.apply_filter({"state": "offered"})
    assert len(desk.board.table.rows()) == 50


def test_the_ledger_on_the_screen_is_the_ledger_exported(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    words = desk.page.words.current
    table = lists.table(desk.office, words, "ledger")
    written = tuple(
        tuple(cell if isinstance(cell, str) else "" if cell is None else words.number(cell) for cell in row)  # type: ignore[arg-type]  # numbers
        for row in table.rows
    )
    assert desk.board.table.rows() == written


def test_who_only_reads_is_offered_no_answer(ledger: Callable[..., Ledger]) -> None:
    desk = ledger(role="auditor")
    desk.choose(desk.holders()[0].application_no)
    shown = desk.board.card.shown
    assert shown is not None
    assert not shown.may_answer
    assert not desk.page.header.primary_button.isEnabled()


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_is_cut_off_in_kyrgyz(ledger: Callable[..., Ledger], size: tuple[int, int]) -> None:
    desk = ledger()
    desk.window.resize(*size)
    desk.window.words.switch("ky")
    desk.settle()
    first, second = desk.holders()[:2]
    desk.decline(first.application_no)
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.choose(second.application_no)
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.board.ask_answer("decline")
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.board.ask_next_round()
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    assert outside(desk.page) == []
