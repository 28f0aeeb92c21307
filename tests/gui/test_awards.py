"""The awards page: the sum, the seats, answers and what they set off, the next round."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from grants_app.domain.award import AwardState
from grants_app.domain.ruleset import PoolQuotas, Quota
from grants_app.gui.pages.awards import AwardsPage
from grants_app.gui.widgets.panels import FactRow
from grants_app.services import (
    awards,
    calls,
    clock,
    demonstration,
    letters,
    lists,
    rule_changes,
    seats,
    standing,
)
from grants_app.store.engine import open_store
from grants_app.wording import Words
from tests.commission import too_wide
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.gui.fitting import cut_off, outside
from tests.offices import quiet

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.domain.award import LedgerLine
    from grants_app.gui.dialogs.inline import DecisionPanel
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

    def at(self, office: Office, filter_: dict[str, str] | None = None) -> None:
        """Sit down at another office, the awards on view again."""
        self.window.parts.desk.take(office)
        self.settle()
        self.window.stack.go("awards", filter_ or {})
        self.settle()
        page = page_of(self.window)
        assert isinstance(page, AwardsPage)
        self.page, self.board, self.office = page, page.board, office

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
        self.board.acts.ask_answer("decline")
        self.settle()
        self.board.acts.answer_panel.reason_edit.setText("письмо от 06.08.2026")
        self.board.acts.answer_panel.act_button.click()
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


def test_a_seat_held_for_a_ground_is_told_by_the_grounds_name(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> None:
    office = stage_office("settled")
    rules = standing.current_rules(office)
    quotas = (PoolQuotas(pool="*", quotas=(Quota(ground="orphan", seats=1),)),)
    rule_changes.put(office, replace(rules, quotas=quotas), "решение комиссии")
    demonstration.seal_sample(office, Words("ru"), quiet)
    held = next(line for line in awards.ledger(office) if line.label == "orphan")
    desk = Ledger(office, desk_window(office), qtbot, tasks)
    desk.choose(held.application_no)
    told = {row.text: row.value for row in desk.board.acts.card.findChildren(FactRow) if row.isVisible()}
    assert told["Вид места"] == "Сирота"


def test_before_a_seal_the_page_leads_to_the_ranking(ledger: Callable[..., Ledger]) -> None:
    desk = ledger("settled")
    assert desk.page.stack.currentWidget() is desk.page.empty
    desk.page.empty.act_button.click()
    desk.settle()
    assert page_of(desk.window).page_id == "ranking"


def test_the_ledgers_sum_always_equals_the_total(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    assert desk.page.sum_label.text() == "50 = 50"
    assert sum(len(row.cells) for row in desk.board.view.grid.rows) == 50
    assert len(desk.board.view.table.rows()) == 50
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
    panel = desk.board.acts.answer_panel
    assert [step.kind for step in panel.steps] == ["confirmed"]
    panel.act_button.click()
    desk.settle()
    state = next(line.state for line in desk.holders() if line.application_no == number)
    assert state is AwardState.CONFIRMED
    shown = desk.board.acts.card.shown
    assert shown is not None
    assert (shown.row.line.application_no, shown.row.standing) == (number, "confirmed")


def test_a_refusal_shows_who_comes_next_before_it_is_recorded(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    line = desk.holders()[0]
    desk.choose(line.application_no)
    desk.board.acts.ask_answer("decline")
    desk.settle()
    panel = desk.board.acts.answer_panel
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
    desk.board.acts.ask_answer("decline")
    assert number in desk.board.acts.answer_panel.papers_label.text()
    desk.board.acts.show_card()
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
    desk.board.acts.ask_next_round()
    desk.settle()
    panel = desk.board.acts.cascade_panel
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
    desk.board.view.grid.seat_chosen.emit(line.pool, line.seat)
    desk.settle()
    shown = desk.board.acts.card.shown
    assert shown is not None
    assert [one.full_name for one in shown.history] == [line.full_name]
    assert shown.history[0].award.state is AwardState.DECLINED
    assert shown.reserve


def test_arrows_walk_over_the_seats(ledger: Callable[..., Ledger], qtbot: QtBot) -> None:
    desk = ledger()
    desk.board.view.grid.setFocus()
    qtbot.keyClick(desk.board.view.grid, Qt.Key.Key_Right)
    qtbot.keyClick(desk.board.view.grid, Qt.Key.Key_Down)
    shown = desk.board.acts.card.shown
    assert shown is not None
    rows = desk.board.view.grid.rows
    assert (shown.row.line.pool, shown.row.line.seat) == (rows[1].pool, rows[1].cells[1].seat)


def test_the_filters_say_so_when_no_seat_fits(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    desk.page.apply_filter({"state": "overdue"})
    assert desk.board.view.table.currentWidget() is desk.board.view.table.empty
    desk.page.apply_filter({"state": "offered"})
    assert len(desk.board.view.table.rows()) == 50


def test_the_ledger_on_the_screen_is_the_ledger_exported(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    words = desk.page.words.current
    table = lists.table(desk.office, words, "ledger")
    written = tuple(
        tuple(cell if isinstance(cell, str) else "" if cell is None else words.number(cell) for cell in row)  # type: ignore[arg-type]  # numbers
        for row in table.rows
    )
    assert desk.board.view.table.rows() == written


def test_who_only_reads_is_offered_no_answer(ledger: Callable[..., Ledger]) -> None:
    desk = ledger(role="auditor")
    desk.choose(desk.holders()[0].application_no)
    shown = desk.board.acts.card.shown
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
    desk.board.acts.ask_answer("decline")
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.board.acts.ask_next_round()
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    assert outside(desk.page) == []


# Several at once, chains, orders


def pressed(panel: DecisionPanel, desk: Ledger) -> None:
    """Press the panel's own button and let everything end."""
    assert panel.act_button.isEnabled()
    panel.act_button.click()
    desk.settle()


def test_an_answer_is_recorded_by_the_day_and_hour_its_paper_came_in(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    number = desk.holders()[0].application_no
    desk.choose(number)
    desk.board.acts.ask_answer("confirm")
    desk.settle()
    panel = desk.board.acts.answer_panel
    panel.hour_edit.setText("")
    assert not panel.act_button.isEnabled()
    panel.hour_edit.setText("1430")
    panel.act_button.click()
    desk.settle()
    assert "раньше" in panel.failure_label.text(), "the sample's offers were made at 15:00"
    assert len(desk.holders()) == 50


def test_ticked_people_are_named_before_they_decline_at_once(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    numbers = [line.application_no for line in desk.holders()[::13]]
    assert not desk.board.view.tick_bar.isVisible()
    desk.board.view.table.tick(numbers)
    assert desk.board.view.tick_bar.isVisible()
    desk.board.view.tick_bar.buttons["decline"].click()
    desk.settle()
    panel = desk.board.acts.answer_panel
    assert all(number in panel.sentence_label.text() for number in numbers)
    assert [step.application for step in panel.steps if step.kind == "declined"] == numbers
    panel.reason_edit.setText("заявления")
    pressed(panel, desk)
    assert awards.totals(desk.office).declined == 4
    assert not desk.board.view.tick_bar.isVisible()


def test_a_chain_is_confirmed_as_one_act_and_its_annex_stands_ready(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    desk.choose(desk.holders()[0].application_no)
    desk.board.acts.ask_answer("decline")
    desk.settle()
    desk.board.acts.answer_panel.reason_edit.setText("заявление")
    desk.board.acts.answer_panel.cascade_button.click()
    desk.settle()
    panel = desk.board.acts.cascade_panel
    assert panel.steps
    panel.minutes_edit.setText("4")
    panel.again_edit.setText("4")
    pressed(panel, desk)
    assert awards.totals(desk.office).declined == 1
    assert seats.last_sealed(desk.office).minutes_no == "4"  # type: ignore[union-attr]  # it was sealed
    assert desk.page.strip.action_link.hasFocus()  # the next step, for who works by keys
    desk.page.strip.action_link.click()
    desk.settle()
    assert desk.page.annexes_tab.shown_pdf.startswith(b"%PDF")


def test_a_chain_that_changed_meanwhile_is_refused_in_the_panel(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    first, second = (line.application_no for line in desk.holders()[:2])
    awards.record(desk.office, first, "decline", reason="письмо")
    desk.board.acts.ask_next_round()
    desk.settle()
    panel = desk.board.acts.cascade_panel
    awards.record(desk.office, second, "decline", reason="письмо")
    panel.minutes_edit.setText("4")
    panel.again_edit.setText("4")
    pressed(panel, desk)
    assert panel.failure_label.text() == desk.page.words.code("cascade_outdated")
    assert awards.totals(desk.office).free == 2


def test_a_deadline_is_put_off_by_an_order_and_stands_in_the_register(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    number = desk.holders()[0].application_no
    desk.choose(number)
    desk.board.acts.ask_act("extend")
    panel = desk.board.acts.extension_panel
    panel.until_edit.setText("25.08.2026")
    panel.hour_edit.setText("18")
    assert not panel.act_button.isEnabled()
    panel.order_edit.setText("18-к")
    panel.reason_edit.setText("паводок")
    pressed(panel, desk)
    desk.page.apply_filter({"view": "register"})
    desk.settle()
    shown = desk.page.register_tab.table.lines
    assert number in str(shown.index(0, 0).data())
    assert str(shown.index(0, 2).data()) == "25.08.2026 18:00"


def test_seats_go_where_an_order_sends_them_and_the_sum_is_the_total(
    ledger: Callable[..., Ledger],
) -> None:
    desk = ledger()
    desk.page.seats_button.click()
    panel = desk.board.acts.seats_panel
    panel.kind_tabs.choose("total")
    for editor, text in ((panel.seats_edit, "60"), (panel.order_edit, "21"), (panel.reason_edit, "ещё 10")):
        editor.setText(text)
    pressed(panel, desk)
    assert desk.page.sum_label.text() == "60 = 60"
    desk.page.seats_button.click()
    panel.kind_tabs.choose("moved")
    pool = desk.office.campaign().setup.pools[0].id
    panel.from_edit.set_code("-")
    panel.to_edit.set_code(pool)
    for editor, text in ((panel.seats_edit, "10"), (panel.order_edit, "21"), (panel.reason_edit, "ещё 10")):
        editor.setText(text)
    pressed(panel, desk)
    sums = awards.totals(desk.office)
    assert (sums.free, sums.unassigned, desk.page.sum_label.text()) == (10, 0, "60 = 60")


def test_the_chair_undoes_an_answer_and_takes_a_seat_back(ledger: Callable[..., Ledger]) -> None:
    desk = ledger(role="chair")
    line = desk.holders()[0]
    desk.decline(line.application_no)
    desk.board.view.choose(line.pool, line.seat)
    desk.settle()
    desk.board.acts.ask_act("undo")
    desk.board.acts.reason_panel.reason_edit.setText("однофамилец")
    pressed(desk.board.acts.reason_panel, desk)
    assert len(desk.holders()) == 50
    desk.choose(line.application_no)
    desk.board.acts.ask_act("take_back")
    desk.board.acts.reason_panel.reason_edit.setText("подложный документ")
    pressed(desk.board.acts.reason_panel, desk)
    assert len(desk.holders()) == 49


def test_a_clock_behind_the_journal_is_told_with_what_to_do(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    early = datetime(2026, 7, 1, tzinfo=UTC)
    store = open_store(str(desk.office.store.path), lambda: early)
    desk.at(replace(desk.office, store=store))
    assert desk.page.strip.isVisible()
    desk.page.strip.action_link.click()
    desk.board.acts.reason_panel.reason_edit.setText("батарейка заменена")
    pressed(desk.board.acts.reason_panel, desk)
    assert clock.behind(desk.office) is None
    store.close()


def test_a_call_is_noted_beside_the_person_who_was_phoned(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    desk.at(replace(desk.office, clock=lambda: datetime(2026, 8, 21, tzinfo=UTC)), {"view": "calls"})
    tab = desk.page.calls_tab
    assert tab.table.lines.rowCount() == 50
    tab.panel.note_edit.setText("перезвонит завтра")
    pressed(tab.panel, desk)
    assert calls.waiting(desk.office)[0].note == "перезвонит завтра"


def test_the_reserve_stands_in_a_tab_in_the_order_it_is_asked(ledger: Callable[..., Ledger]) -> None:
    desk = ledger()
    desk.page.apply_filter({"view": "reserve"})
    desk.settle()
    pool = desk.office.campaign().setup.pools[0].id
    lines = desk.page.reserve_tab.table.lines
    expected = [line.application_no for line in seats.reserve(desk.office, pool)]
    assert [str(lines.index(row, 1).data()) for row in range(lines.rowCount())] == expected


@pytest.mark.parametrize("tab", ["reserve", "calls", "register", "annexes"])
@pytest.mark.parametrize("lang", ["ky", "ru", "kk", "en"])
def test_no_tab_cuts_its_words(ledger: Callable[..., Ledger], tab: str, lang: str) -> None:
    desk = ledger()
    desk.window.resize(1093, 614)
    desk.window.words.switch(lang)
    desk.settle()
    desk.page.apply_filter({"view": tab})
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) + outside(desk.page) == []


@pytest.mark.parametrize("lang", ["ky", "ru", "kk", "en"])
def test_no_panel_cuts_its_words(ledger: Callable[..., Ledger], lang: str) -> None:
    desk = ledger(role="chair")
    desk.window.resize(1093, 614)
    desk.window.words.switch(lang)
    desk.settle()
    desk.decline(desk.holders()[1].application_no)
    desk.choose(desk.holders()[0].application_no)
    for ask in (
        lambda: desk.board.acts.ask_answer("decline"),
        lambda: desk.board.acts.ask_act("extend"),
        lambda: desk.board.acts.ask_act("take_back"),
        desk.board.acts.ask_seats,
        desk.board.acts.ask_clock,
        desk.board.acts.ask_next_round,
    ):
        ask()
        desk.settle()
        assert cut_off(desk.page) + too_wide(desk.page) == []
