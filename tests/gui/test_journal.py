"""The journal page: filters, one event with its before and after, the chain checked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.ruleset import Term
from grants_app.gui.pages.journal import JournalPage
from grants_app.gui.widgets.panels import ItemRow
from grants_app.services import campaign_acts, campaigns, intake, rule_changes, standing, upkeep
from grants_app.services.register import second_look
from tests.commission import too_wide
from tests.gui.desks import desk_window, page_of, sample_stages, settle, stage_office  # noqa: F401 - fixtures
from tests.gui.fitting import cut_off, outside

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


class Journal:
    """The journal on view, and what one does there."""

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self.window, self._qtbot, self._tasks = office, window, qtbot, tasks
        window.stack.go("journal")
        self.settle()
        page = page_of(window)
        assert isinstance(page, JournalPage)
        self.page = page

    def settle(self) -> None:
        """Let the background end."""
        settle(self._qtbot, self._tasks)

    def filter(self, **wanted: str) -> None:
        """Show only what fits."""
        self.page.apply_filter(wanted)
        self.settle()


@pytest.fixture
def journal(
    stage_office: Callable[[str], Office],  # noqa: F811 - the fixture
    desk_window: Callable[..., MainWindow],  # noqa: F811 - the fixture
    qtbot: QtBot,
    tasks: Tasks,
) -> Callable[..., Journal]:
    """Opens the journal at a stage of the sample; `before` acts at the office first."""

    def open_at(stage: str = "sealed", before: Callable[[Office], object] | None = None) -> Journal:
        office = stage_office(stage)
        if before is not None:
            before(office)
        return Journal(office, desk_window(office), qtbot, tasks)

    return open_at


def test_every_event_is_listed_the_newest_first(journal: Callable[..., Journal]) -> None:
    desk = journal()
    total, events = upkeep.journal(desk.office, limit=1)
    assert desk.page.model.rowCount() == total
    assert desk.page.model.line(0) == events[0]
    assert desk.page.panel.event_shown == events[0]


def test_the_list_can_be_filtered_by_act_and_by_subject(journal: Callable[..., Journal]) -> None:
    desk = journal()
    desk.filter(act="award.offered")
    assert desk.page.model.rowCount() == 50
    number = desk.page.model.line(7).subject
    desk.filter(subject=number)
    acts = {desk.page.model.line(row).act for row in range(desk.page.model.rowCount())}
    assert {"award.offered", "application.imported"} <= acts


def test_a_filter_nothing_fits_offers_the_way_back(journal: Callable[..., Journal]) -> None:
    desk = journal()
    desk.filter(subject="Z-9999")
    assert desk.page.stack.currentWidget() is desk.page.empty
    desk.page.empty.act_button.click()
    desk.settle()
    assert desk.page.stack.currentWidget() is desk.page.table


def test_an_event_shows_every_field_before_and_after(journal: Callable[..., Journal]) -> None:
    def announce_sixty(office: Office) -> None:
        campaign = office.campaign()
        campaigns.change_setup(office, replace(campaign.setup, total=60), campaign.version, "приказ 12")

    desk = journal("settled", announce_sixty)
    desk.filter(act="campaign.changed")
    shown = [(row.text, row.notes) for row in desk.page.panel.findChildren(ItemRow) if row.isVisible()]
    assert shown == [("всего", ("было: 50", "стало: 60"))]


def test_changed_rules_are_told_value_by_value(journal: Callable[..., Journal]) -> None:
    def weigh(office: Office) -> None:
        rules = standing.current_rules(office)
        terms = (*rules.score.terms, Term(criterion="math", weight=Decimal("0.5"), required=False))
        rule_changes.put(office, replace(rules, score=replace(rules.score, terms=terms)), "приказ 12")

    desk = journal("settled", weigh)
    desk.filter(act="rules.changed")
    shown = [(row.text, row.notes) for row in desk.page.panel.findChildren(ItemRow) if row.isVisible()]
    assert sorted(shown) == [("Вес: Математика", ("0,5",)), ("обязателен: Математика", ("нет",))]


def test_a_verified_score_is_told_by_the_name_of_its_criterion(journal: Callable[..., Journal]) -> None:
    def verify(office: Office) -> None:
        known = intake.application_by_no(office, "B-0003")
        score = next(score for score in known.entry.scores if score.criterion == "ort_main")
        other = office.acting_as(replace(office.actor, name="Бакытова А."))
        second_look.type_again(other, known.id, known.version, "ort_main", score.value)

    desk = journal("settled", verify)
    desk.filter(act="score.verified")
    shown = [row.text for row in desk.page.panel.findChildren(ItemRow) if row.isVisible()]
    assert shown == ["Основной тест ОРТ"]


def test_states_of_the_campaign_are_told_in_words(journal: Callable[..., Journal]) -> None:
    desk = journal("settled", campaign_acts.freeze)
    desk.filter(act="campaign.frozen")
    shown = {row.text: row.notes for row in desk.page.panel.findChildren(ItemRow) if row.isVisible()}
    assert shown["состояние"] == ("было: открыта", "стало: данные зафиксированы")


def test_an_act_of_the_campaigns_stage_is_named(journal: Callable[..., Journal]) -> None:
    desk = journal("settled", campaign_acts.freeze)
    assert desk.page.model.index(0, 1).data() == "Данные кампании зафиксированы"


def test_everything_about_one_subject_is_one_press_away(
    journal: Callable[..., Journal], qtbot: QtBot
) -> None:
    desk = journal()
    desk.filter(act="award.offered")
    event = desk.page.panel.event_shown
    assert event is not None
    desk.page.act_edit.set_code("")
    desk.page.panel.subject_wanted.emit(event.subject)
    qtbot.waitUntil(lambda: 0 < desk.page.model.rowCount() < 50)
    desk.settle()
    assert {desk.page.model.line(row).subject for row in range(desk.page.model.rowCount())} == {event.subject}


def test_f4_opens_the_person_an_entry_is_about_and_alt_left_comes_back_to_it(
    journal: Callable[..., Journal],
) -> None:
    desk = journal()
    desk.filter(act="award.offered")
    event = desk.page.panel.event_shown
    assert event is not None
    desk.window.do("person_card")
    desk.settle()
    assert page_of(desk.window).form.application.no == event.subject
    desk.window.do("back")
    desk.settle()
    assert page_of(desk.window) is desk.page
    assert desk.page.act_edit.code == "award.offered"
    assert desk.page.panel.event_shown == event


def test_an_unbroken_chain_is_said_to_be_in_order(journal: Callable[..., Journal]) -> None:
    desk = journal()
    desk.page.primary_action()
    desk.settle()
    assert desk.page.strip.kind == "ok"


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_is_cut_off_in_kyrgyz(journal: Callable[..., Journal], size: tuple[int, int]) -> None:
    desk = journal()
    desk.window.resize(*size)
    desk.window.words.switch("ky")
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    assert outside(desk.page) == []
