"""The ranking page: proposing, why somebody has their place, ties, sealing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from grants_app.gui.pages.ranking import RankingPage
from grants_app.gui.widgets.panels import FactRow, ItemRow
from grants_app.services import decisions, pool_lists, runs
from tests.commission import make_equals, too_wide
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.gui.fitting import cut_off, outside
from tests.gui.pressing import press

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


class Commission:
    """The ranking page on view at an office, and what one does there."""

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self.window, self._qtbot, self._tasks = office, window, qtbot, tasks
        window.stack.go("ranking")
        self.settle()
        page = page_of(window)
        assert isinstance(page, RankingPage)
        self.page = page

    def settle(self) -> None:
        """Let the background end."""
        settle(self._qtbot, self._tasks)

    def propose(self) -> None:
        """Press Propose."""
        self.page.run_tab.propose()
        self.settle()

    def facts(self) -> dict[str, str]:
        """The facts of the explanation on view."""
        return {
            row.text: row.value
            for row in self.page.run_tab.board.explanation.findChildren(FactRow)
            if row.isVisible()
        }

    def items(self) -> list[ItemRow]:
        """The choices of the explanation on view."""
        return [row for row in self.page.run_tab.board.explanation.findChildren(ItemRow) if row.isVisible()]

    def show(self, number: str, pool: str | None = None) -> None:
        """Put the cursor on somebody."""
        self.page.apply_filter({"no": number} | ({"pool": pool} if pool else {}))
        self.settle()


@pytest.fixture
def commission(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> Callable[..., Commission]:
    """Opens the ranking at a stage of the sample; `tied` makes two people equal across a last seat first."""

    def open_at(stage: str = "settled", *, tied: bool = False, role: str = "secretary") -> Commission:
        office = stage_office(stage)
        if tied:
            make_equals(office)
        office = office.acting_as(replace(office.actor, role=role))
        return Commission(office, desk_window(office), qtbot, tasks)

    return open_at


def test_before_the_first_run_the_page_says_what_to_do(commission: Callable[..., Commission]) -> None:
    desk = commission()
    assert desk.page.run_tab.currentWidget() is desk.page.run_tab.empty
    desk.page.run_tab.empty.act_button.click()
    desk.settle()
    assert desk.page.run_tab.currentWidget() is desk.page.run_tab.board


def test_proposing_fills_the_pools_and_names_the_draft(commission: Callable[..., Commission]) -> None:
    desk = commission()
    desk.propose()
    view = runs.overview(desk.office)
    assert (view.state, sum(pool.filled for pool in view.pools)) == ("draft", 50)
    assert desk.page.strip.kind == "ok"
    assert "50" in desk.page.strip.text
    shown = desk.page.run_tab.board.pool_list.pools
    assert shown.rowCount() == len(view.pools) + 1


def test_the_keys_come_into_the_list_with_the_first_run_and_the_next_step_stands_before_it(
    commission: Callable[..., Commission],
) -> None:
    desk = commission()
    assert QApplication.focusWidget() is desk.page.run_tab.empty.act_button
    desk.propose()
    assert QApplication.focusWidget() is desk.page.run_tab.board.pool_list
    press(Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is desk.page.header.primary_button


def test_the_chosen_person_is_explained_point_by_point(commission: Callable[..., Commission]) -> None:
    desk = commission("sealed")
    award = runs.overview(desk.office).result.awards[7]
    desk.show(award.application, award.pool)
    told = runs.explain(desk.office, award.application)
    shown = desk.page.run_tab.board.explanation.shown
    assert shown is not None
    assert shown.told == told
    choice = next(choice for choice in told.choices if choice.pool == award.pool)
    facts = desk.facts()
    assert facts["Итого"] == choice.merit[0].replace(".", ",")
    assert len([row for row in desk.items() if row.chip]) == len(told.choices)


def test_a_refused_choice_says_what_would_have_been_enough(commission: Callable[..., Commission]) -> None:
    desk = commission("sealed")
    result = runs.overview(desk.office).result
    explained = (runs.explain(desk.office, number) for number in result.not_awarded)
    told = next(one for one in explained if any(choice.needed for choice in one.choices))
    choice = next(choice for choice in told.choices if choice.needed)
    desk.show(told.application, choice.pool)
    notes = " ".join(note for row in desk.items() for note in row.notes)
    assert f"хватило бы {choice.needed.replace('.', ',')}" in notes


def test_an_open_tie_stops_sealing(commission: Callable[..., Commission]) -> None:
    desk = commission(tied=True)
    desk.propose()
    assert desk.page.header.primary_button.text() == "Порядок равных…"
    desk.page.run_tab.open_sheet()
    desk.settle()
    bar = desk.page.run_tab.sheet.seal_bar
    assert "Сначала запишите решение комиссии или жребий" in bar.state_label.text()
    bar.minutes_edit.setText("3")
    bar.again_edit.setText("3")
    assert not bar.act_button.isEnabled()


def test_equals_see_each_other_and_that_nothing_is_left_to_compare(
    commission: Callable[..., Commission],
) -> None:
    desk = commission(tied=True)
    desk.propose()
    tie = runs.overview(desk.office).result.open_ties[0]
    desk.show(tie.applications[0], tie.pool)
    shown = desk.page.run_tab.board.explanation.shown
    assert shown is not None
    assert shown.other_no == tie.applications[1]
    values = [value for value in desk.facts().values() if " = " in value]
    assert len(values) == 4


def test_the_commission_orders_the_equals_and_the_first_one_gets_the_seat(
    commission: Callable[..., Commission],
) -> None:
    desk = commission(tied=True)
    desk.propose()
    tie = runs.overview(desk.office).result.open_ties[0]
    desk.page.primary_action()
    desk.settle()
    panel = desk.page.run_tab.board.tie_panel
    assert not panel.act_button.isEnabled()
    panel.order_list.shift(1)
    panel.minutes_edit.setText("3")
    panel.act_button.click()
    desk.settle()
    view = runs.overview(desk.office)
    assert view.result.open_ties == ()
    winners = {award.application for award in view.result.awards if award.pool == tie.pool}
    assert tie.applications[1] in winners
    assert tie.applications[0] not in winners


def test_a_lot_is_drawn_from_its_seed_and_recorded_with_those_present(
    commission: Callable[..., Commission],
) -> None:
    desk = commission(tied=True)
    desk.propose()
    tie = runs.overview(desk.office).result.open_ties[0]
    desk.page.run_tab.ask_tie("")
    panel = desk.page.run_tab.board.tie_panel
    panel.kind_tabs.choose("lot")
    panel.seed_edit.setText("482915")
    panel.minutes_edit.setText("3")
    assert not panel.act_button.isEnabled()
    panel.present_edit.setText("Асанов, Бакытова")
    assert panel.order_list.order == decisions.lot_order("482915", tie.applications)
    panel.act_button.click()
    desk.settle()
    view = runs.overview(desk.office)
    winners = {award.application for award in view.result.awards if award.pool == tie.pool}
    assert decisions.lot_order("482915", tie.applications)[0] in winners


def test_who_may_not_seal_sees_the_button_grey(commission: Callable[..., Commission]) -> None:
    desk = commission(role="officer")
    runs.propose(desk.office.acting_as(replace(desk.office.actor, role="secretary")))
    desk.page.refresh()
    desk.settle()
    assert not desk.page.header.primary_button.isEnabled()
    assert "propose" not in desk.page.commands()


def test_the_table_shows_what_is_exported(commission: Callable[..., Commission]) -> None:
    desk = commission("sealed")
    pool = runs.overview(desk.office).pools[0].pool
    desk.page.apply_filter({"pool": pool})
    desk.settle()
    exported = pool_lists.pool_table(desk.office, desk.page.words.current, pool)
    words = desk.page.words.current

    def written(cell: object) -> str:
        return "" if cell is None else cell if isinstance(cell, str) else words.number(cell)  # type: ignore[arg-type]  # numbers

    assert desk.page.run_tab.board.list.table.rows() == tuple(
        tuple(written(cell) for cell in row) for row in exported.rows
    )


def test_a_list_filtered_to_nothing_offers_the_way_back(
    commission: Callable[..., Commission], qtbot: QtBot
) -> None:
    desk = commission("sealed")
    ranked = desk.page.run_tab.board.list
    desk.page.search_edit.setText("никого")
    qtbot.waitUntil(lambda: ranked.stack.currentWidget() is ranked.empty)
    ranked.empty.act_button.click()
    qtbot.waitUntil(lambda: ranked.stack.currentWidget() is ranked.table)


def test_keys_lead_from_the_pools_to_a_person_and_to_their_card(
    commission: Callable[..., Commission], qtbot: QtBot
) -> None:
    desk = commission("sealed")
    pools = desk.page.run_tab.board.pool_list
    pools.setFocus()
    qtbot.keyClick(pools, Qt.Key.Key_Down)
    desk.settle()
    qtbot.keyClick(pools, Qt.Key.Key_Return)
    table = desk.page.run_tab.board.list.table.table
    assert table is not None
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert desk.page.run_tab.board.explanation.shown is not None
    assert "person_card" in desk.page.commands()


def test_f4_opens_the_card_f3_the_next_of_the_list_and_alt_left_comes_back_to_it(
    commission: Callable[..., Commission],
) -> None:
    desk = commission("sealed")
    award = runs.overview(desk.office).result.awards[0]
    desk.show(award.application, award.pool)
    numbers = desk.page.run_tab.board.list.table.numbers()
    chosen = desk.page.run_tab.board.chosen
    desk.window.do("person_card")
    desk.settle()
    cards = page_of(desk.window)
    assert cards.form.application.no == chosen
    assert cards.list.table.current_line().no == chosen
    if chosen != numbers[-1]:
        desk.window.do("next_match")
        assert cards.form.application.no == numbers[numbers.index(chosen) + 1]
    desk.window.do("back")
    desk.settle()
    assert page_of(desk.window) is desk.page
    assert (desk.page.tabs.current, desk.page.run_tab.board.chosen) == ("list", chosen)


def test_a_language_switch_words_list_explanation_and_rules(commission: Callable[..., Commission]) -> None:
    desk = commission("sealed")
    award = runs.overview(desk.office).result.awards[0]
    desk.show(award.application, award.pool)
    desk.window.words.switch("ky")
    desk.settle()
    assert "Жалпы балл" in desk.facts()
    assert desk.page.tabs.buttons["rules"].text() == "Эрежелер"


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_is_cut_off_in_kyrgyz(commission: Callable[..., Commission], size: tuple[int, int]) -> None:
    desk = commission(tied=True)
    desk.window.resize(*size)
    desk.window.words.switch("ky")
    desk.propose()
    tie = runs.overview(desk.office).result.open_ties[0]
    desk.show(tie.applications[0], tie.pool)
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.page.run_tab.ask_tie("")
    for kind in ("order", "lot"):
        desk.page.run_tab.board.tie_panel.kind_tabs.choose(kind)
        desk.settle()
        assert cut_off(desk.page) + too_wide(desk.page) == []
        assert outside(desk.page) == []
    desk.page.tabs.choose("rules")
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
