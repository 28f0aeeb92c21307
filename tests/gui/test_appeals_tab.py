"""Appeals in the window: recorded with day and hour, decided by the chair, a run with what differs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from grants_app.gui.pages.awards import AwardsPage
from grants_app.gui.widgets.panels import ItemRow
from grants_app.services import appeals, runs
from tests.commission import too_wide
from tests.gui.desks import PageDesk, page_of
from tests.gui.fitting import cut_off, outside, scrolled_to_the_end
from tests.scenes_appeals import as_chair, raise_score, received

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.services.access import Office


class Desk(PageDesk):
    """The appeals on view, and what one does there."""

    kind = AwardsPage

    def begin(self) -> None:
        """Put the appeals on view."""
        self.page.apply_filter({"view": "appeals"})
        self.tab = self.page.appeals_tab
        self.settle()

    def items(self) -> dict[str, str]:
        """The rows of the card: text and chip."""
        return {row.text: row.chip for row in self.tab.card.findChildren(ItemRow) if row.isVisible()}


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Callable[..., Desk]:
    """Opens the appeals after the seal; `before` acts at the office first."""
    return partial(open_desk, Desk, stage="sealed")


def one_came_in(office: Office) -> None:
    """One appeal that waits."""
    received(office, "B-0005", "балл по математике", 2)


def granted(office: Office) -> str:
    """A granted appeal of the first reserve, the register corrected so that it gains a seat."""
    number = runs.overview(office).result.reserve[0].applications[0]
    appeal = received(office, number, "балл ОРТ", 2)
    chair = as_chair(office)
    day = office.now().date()
    appeals.decide(chair, appeal, "granted", minutes_no="5", minutes_on=day, effect="исправить балл")
    raise_score(office, number, 244)
    return number


def test_an_appeal_is_recorded_with_its_day_and_hour(desk: Callable[..., Desk]) -> None:
    here = desk(stage="settled")
    tab = here.tab
    assert tab.list.stack.currentWidget() is tab.list.stack.empty
    tab.list.stack.empty.act_button.click()
    panel = tab.appeal_panel
    panel.application_edit.setText("в-0005")
    panel.subject_edit.setText("балл по математике")
    panel.received_edit.setText("01.07.2026")
    panel.received_at_edit.setText("9:30")
    panel.due_edit.setText("05.07.2026")
    assert not panel.act_button.isEnabled()
    panel.due_at_edit.setText("18:00")
    panel.act_button.click()
    here.settle()
    (line,) = appeals.lines(here.office)
    assert (line.application_no, line.state) == ("B-0005", "overdue")
    assert f"{line.appeal.received_at:%d.%m.%Y %H:%M %z}" == "01.07.2026 09:30 +0600"
    assert tab.list.table.lines.index(0, 3).data() == "05.07.2026 18:00"
    assert here.page.strip.kind == "ok"


def test_the_secretary_sees_that_the_chair_decides(desk: Callable[..., Desk]) -> None:
    here = desk(one_came_in)
    here.tab.ask_decision()
    assert here.tab.right.currentWidget() is here.tab.card
    assert "председатель" in " ".join(
        label.text() for label in here.tab.card.inner.findChildren(type(here.tab.list.count_label))
    )


def test_the_chair_decides_an_appeal_under_its_minutes(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    here = desk(one_came_in, role="chair")
    tab = here.tab
    tab.list.table.setFocus()
    qtbot.keyClick(tab.list.table, Qt.Key.Key_Return)
    panel = tab.decide_panel
    panel.kind_tabs.choose("refused")
    panel.minutes_edit.setText("5")
    assert not panel.act_button.isEnabled()
    panel.effect_edit.setText("балл подтверждён")
    panel.act_button.click()
    here.settle()
    (line,) = appeals.lines(here.office)
    assert (line.state, line.effect.words) == ("refused", "балл подтверждён")
    assert here.items()["балл по математике"] == "отклонена"


def test_a_granted_appeal_shows_what_differs_and_who_stands_in_the_way(desk: Callable[..., Desk]) -> None:
    here = desk(granted)
    tab = here.tab
    tab.propose_run()
    here.settle()
    (line,) = appeals.lines(here.office)
    assert line.effect.holder
    assert here.page.strip.kind == "warn"
    items = here.items()
    assert items[line.application_no] in ("получает грант", "на лучший выбор")
    assert line.effect.holder in items


def test_correcting_leads_to_the_person_in_the_register(desk: Callable[..., Desk]) -> None:
    here = desk(granted)
    (line,) = appeals.lines(here.office)
    here.tab.card.register_wanted.emit()
    here.settle()
    page = page_of(here.window)
    assert page.page_id == "applicants"
    assert line.application_no


@pytest.mark.parametrize("role", ["auditor", "officer"])
def test_who_may_only_read_sees_appeals_and_no_act(desk: Callable[..., Desk], role: str) -> None:
    here = desk(granted, role=role)
    assert not here.tab.list.record_button.isVisible()
    here.tab.ask_appeal()
    assert here.tab.right.currentWidget() is here.tab.card
    assert not here.tab.card.findChildren(type(here.tab.list.record_button))


def test_the_ledger_is_one_press_away_and_a_language_switch_words_all(desk: Callable[..., Desk]) -> None:
    here = desk(one_came_in)
    here.window.words.switch("ky")
    here.settle()
    assert here.tab.list.count_label.text() == "Чечимди күткөн апелляция: 1"
    here.page.views.choose("ledger")
    assert here.page.stack.currentIndex() == 1
    here.page.apply_filter({"state": "free"})
    assert here.page.views.current == "ledger"


@pytest.mark.parametrize("lang", ["ru", "ky", "kk", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_is_cut_off_in_any_language(
    desk: Callable[..., Desk], size: tuple[int, int], lang: str
) -> None:
    here = desk(granted, role="chair")
    tab = here.tab
    here.window.resize(*size)
    here.window.words.switch(lang)
    here.settle()

    def fits() -> list[str]:
        here.settle()
        scrolled_to_the_end(tab)
        return cut_off(here.page) + too_wide(tab) + outside(tab)

    assert fits() == []
    tab.propose_run()
    assert fits() == []
    tab.ask_appeal()
    assert fits() == []
    tab.right.setCurrentWidget(tab.decide_panel)
    tab.decide_panel.ask(tab.list.table.current_line())
    assert fits() == []
    here.page.views.choose("ledger")
    assert fits() == []
