"""A secretary's hardest day in the window: a question, a tie by lot, the seal, four refusals, a cascade.

One story over all pages. What the screen says is held against the register after each step.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2

from grants_app.gui.pages.awards import AwardsPage
from grants_app.gui.pages.chair_sheet_rows import FindingRow
from grants_app.gui.pages.ranking import RankingPage
from grants_app.services import awards, decisions, demonstration, runs, seats, ties, upkeep
from tests.commission import make_equals
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


class Day:
    """The window on the day the commission sits."""

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self.window, self._qtbot, self._tasks = office, window, qtbot, tasks

    def settle(self) -> None:
        """Let typing, background and painting end."""
        self._qtbot.wait(350)
        settle(self._qtbot, self._tasks)

    def at(self, name: str) -> RankingPage | AwardsPage:
        """Go to a page."""
        self.window.stack.go(name)
        self.settle()
        page = page_of(self.window)
        assert isinstance(page, RankingPage | AwardsPage)
        return page

    @property
    def ranking(self) -> RankingPage:
        """The ranking, on view."""
        page = self.at("ranking")
        assert isinstance(page, RankingPage)
        return page

    @property
    def awards(self) -> AwardsPage:
        """The awards, on view."""
        page = self.at("awards")
        assert isinstance(page, AwardsPage)
        return page


def test_a_question_a_lot_a_seal_and_four_refusals_end_in_a_printed_cascade(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> None:
    office = stage_office("settled")
    office = replace(office, clock=lambda: demonstration.SAMPLE_DAY)
    make_equals(office)
    day = Day(office, desk_window(office), qtbot, tasks)
    _asks_what_mathematics_would_change(day)
    _decides_the_tie_by_lot(day)
    _seals_what_the_sheet_lets_through(day)
    _four_refuse_and_the_chain_is_one_act(day)
    _the_annex_prints(day)
    assert upkeep.check(office) == ()


def _asks_what_mathematics_would_change(day: Day) -> None:
    official = runs.overview(day.office).fingerprint
    page = day.ranking
    page.tabs.choose("scenarios")
    day.settle()
    tab = page.scenarios_tab
    adding = tab.desk.changes.add_edit
    assert adding is not None
    adding.set_code("math")
    adding.chosen.emit("math")
    day.settle()
    tab.desk.changes.rows["weight:math"].editor.setText("1,5")
    day.settle()
    assert tab.desk.outcome.changes_table.lines.rowCount() > 0  # who gains and who loses, by name
    assert runs.overview(day.office).fingerprint == official


def _decides_the_tie_by_lot(day: Day) -> None:
    page = day.ranking
    page.tabs.choose("list")
    page.run_tab.propose()
    day.settle()
    (tie,) = runs.overview(day.office).result.open_ties
    page.primary_action()
    panel = page.run_tab.board.tie_panel
    panel.kind_tabs.choose("lot")
    for editor, text in (
        (panel.seed_edit, "482915"),
        (panel.present_edit, "Асанов Ү. Б., Ким А. В."),
        (panel.minutes_edit, "3"),
    ):
        editor.setText(text)
    panel.act_button.click()
    day.settle()
    result = runs.overview(day.office).result
    assert result.open_ties == ()
    (decided,) = ties.decided(day.office)
    drawn = tuple(one.number for one in decisions.draw_lot("482915", tie.applications))
    assert decided.decision.order == drawn
    awarded = {award.application for award in result.awards}
    assert [no for no in drawn if no in awarded] == list(drawn[: tie.seats_at_stake])


def _seals_what_the_sheet_lets_through(day: Day) -> None:
    page = day.ranking
    page.primary_action()
    day.settle()
    bar = page.run_tab.sheet.seal_bar
    while waiting := [
        row for row in page.run_tab.sheet.body.findChildren(FindingRow) if row.reason_edit is not None
    ]:
        assert waiting[0].reason_edit is not None
        waiting[0].reason_edit.setText("рассмотрено комиссией")
        waiting[0].accept_button.click()
        day.settle()
    bar.minutes_edit.setText("3")
    bar.again_edit.setText("4")
    assert not bar.act_button.isEnabled()  # another number confirms nothing
    bar.again_edit.setText("3")
    bar.act_button.click()
    day.settle()
    assert runs.overview(day.office).state == "sealed"
    assert awards.totals(day.office).offered == awards.totals(day.office).total


def _four_refuse_and_the_chain_is_one_act(day: Day) -> None:
    page = day.awards
    board = page.board
    refusing = [line.application_no for line in awards.ledger(day.office) if line.application_no][:4]
    board.view.table.tick(refusing)
    board.view.tick_bar.buttons["decline"].click()
    day.settle()
    board.acts.answer_panel.reason_edit.setText("отказ от гранта, заявление")
    board.acts.answer_panel.cascade_button.click()
    day.settle()
    panel = board.acts.cascade_panel
    assert set(refusing) <= {step.application for step in panel.steps}
    assert awards.totals(day.office).declined == 0  # shown, not done
    panel.minutes_edit.setText("4")
    panel.again_edit.setText("4")
    panel.act_button.click()
    day.settle()
    totals = awards.totals(day.office)
    assert (totals.declined, totals.adds_up, totals.free) == (4, True, 0)
    assert page.sum_label.text() == "50 = 50"
    last = seats.last_sealed(day.office)
    assert last is not None
    assert last.minutes_no == "4"


def _the_annex_prints(day: Day) -> None:
    page = day.awards
    page.strip.action_link.click()
    day.settle()
    document = pypdfium2.PdfDocument(page.annexes_tab.shown_pdf)
    text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    came = [line.application_no for line in awards.ledger(day.office) if line.held_before]
    assert len(came) >= 4
    assert all(number in text for number in came)
