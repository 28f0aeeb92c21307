"""The commission's tab: members, attendance by Space, votes by figures, a relative's case, the minutes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from grants_app.gui.pages.ranking import RankingPage
from grants_app.gui.widgets.panels import ItemRow
from grants_app.services import commission, interests, members, minutes, resolutions
from tests.boards import hold_sitting, make_members
from tests.commission import too_wide
from tests.gui.desks import PageDesk
from tests.gui.fitting import cut_off, outside, scrolled_to_the_end
from tests.services.desks import CLOSED, moved_to

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from grants_app.services.access import Office


class Desk(PageDesk):
    """The commission's tab on view, and what one does there."""

    kind = RankingPage

    def begin(self) -> None:
        """Put the commission's tab on view."""
        self.page.apply_filter({"tab": "commission"})
        self.tab = self.page.commission_tab
        self.settle()

    def rows(self) -> dict[str, str]:
        """The rows of the card: name and chip."""
        return {row.text: row.chip for row in self.tab.acts.card.findChildren(ItemRow) if row.isVisible()}


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Callable[..., Desk]:
    """Opens the tab; `before` acts at the office first."""
    return partial(open_desk, Desk)


def related(office: Office) -> None:
    """A sitting where the second member's nephew has applied."""
    made = hold_sitting(office, there=5)
    interests.declare_interest(office, made[1].id, "B-0001", "племянник")


def test_an_empty_commission_says_what_to_do_next(desk: Callable[..., Desk]) -> None:
    here = desk()
    tab = here.tab
    assert tab.desk.currentWidget() is tab.desk.empty
    tab.desk.empty.act_button.click()
    tab.acts.member_panel.name_edit.setText("Асанов Үсөн")
    tab.acts.member_panel.chair_check.setChecked(True)
    tab.acts.member_panel.act_button.click()
    here.settle()
    assert [(one.name, one.chairs) for one in members.members(here.office)] == [("Асанов Үсөн", True)]
    assert "протокол" in tab.desk.empty.sentence_label.text()
    tab.desk.empty.act_button.click()
    tab.acts.sitting_panel.no_edit.setText("3")
    tab.acts.sitting_panel.agenda_edit.setText("Гранты; Разное")
    tab.acts.sitting_panel.act_button.click()
    here.settle()
    assert tab.desk.currentWidget() is tab.desk.view
    assert commission.sitting(here.office, "3").meeting.agenda == "Гранты\nРазное"


def test_space_ticks_who_is_there_and_the_chip_says_whether_that_is_enough(
    desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    here = desk(lambda office: hold_sitting(office, there=3))
    tab = here.tab
    assert (tab.desk.view.quorum_chip.kind, tab.desk.view.item_button.isEnabled()) == ("bad", False)
    tab.desk.view.seats.setFocus()
    tab.desk.view.seats.choose_row(3)
    qtbot.keyClick(tab.desk.view.seats, Qt.Key.Key_Space)
    here.settle()
    assert (tab.desk.view.quorum_chip.kind, tab.desk.view.item_button.isEnabled()) == ("ok", True)
    assert commission.quorum(here.office, "3").present == 4
    assert tab.desk.view.seats.row == 3


def test_enter_on_an_absent_member_asks_why(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    here = desk(hold_sitting)
    tab = here.tab
    tab.desk.view.seats.choose_row(4)
    qtbot.keyClick(tab.desk.view.seats, Qt.Key.Key_Return)
    assert tab.acts.currentWidget() is tab.acts.reason_panel
    tab.acts.reason_panel.reason_edit.setText("болен")
    tab.acts.reason_panel.act_button.click()
    here.settle()
    assert commission.sitting(here.office, "3").seats[4].reason == "болен"


def test_votes_are_given_by_figures_and_counted_as_they_come(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    here = desk(hold_sitting)
    tab = here.tab
    tab.desk.view.item_button.click()
    here.settle()
    panel = tab.desk.item_panel
    panel.matter_edit.set_code("other")
    panel.wording_edit.setPlainText("Утвердить порядок")
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_3):
        assert not panel.act_button.isEnabled()
        qtbot.keyClick(panel.votes, key)
    assert panel.count_label.text() == "за — 2, против — 1, воздержались — 1: принято"
    panel.act_button.click()
    here.settle()
    (item,) = resolutions.items(here.office, "3")
    assert [ballot.vote for ballot in item.ballots] == ["for", "against", "for", "abstained", "absent"]
    assert tab.desk.currentWidget() is tab.desk.view
    assert here.page.strip.kind == "ok"


def test_a_relatives_case_is_hidden_from_the_members_vote(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    here = desk(related)
    tab = here.tab
    tab.desk.ask_item()
    here.settle()
    panel = tab.desk.item_panel
    panel.matter_edit.set_code("placement")
    panel.wording_edit.setPlainText("Разместить")
    panel.application_edit.setText("B-0001")
    panel.application_edit.editingFinished.emit()
    here.settle()
    panel.votes.choose_row(1)
    assert panel.votes.lines.index(1, 1).data() == "не участвует (конфликт интересов)"
    qtbot.keyClick(panel.votes, Qt.Key.Key_1)
    qtbot.keyClick(panel.votes, Qt.Key.Key_Space)
    panel.all_button.click()
    assert len(panel.votes.votes) == 4
    panel.act_button.click()
    here.settle()
    rows = here.rows()
    assert rows["Бакыт кызы Асел"] == "родственник"
    assert rows["Асанов Үсөн Бакытович"] == "за"


def test_space_goes_round_the_four_votes(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    here = desk(hold_sitting)
    here.tab.desk.ask_item()
    here.settle()
    votes = here.tab.desk.item_panel.votes
    first = votes.current_line().member
    seen = []
    for _ in range(5):
        qtbot.keyClick(votes, Qt.Key.Key_Space)
        seen.append(votes.votes[first])
    assert seen == ["for", "against", "abstained", "absent", "for"]


def test_a_recorded_item_is_corrected_with_a_reason(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    def decided(office: Office) -> None:
        made = hold_sitting(office)
        form = resolutions.ItemForm(
            matter="other", wording="утвердить", votes={one.id: "for" for one in made[:4]}
        )
        resolutions.resolve(office, "3", form)

    here = desk(decided)
    tab = here.tab
    tab.desk.view.items.choose_row(0)
    qtbot.keyClick(tab.desk.view.items, Qt.Key.Key_Return)
    here.settle()
    panel = tab.desk.item_panel
    panel.votes.give("against")
    assert not panel.act_button.isEnabled()
    panel.why_edit.setText("ошибка записи")
    panel.act_button.click()
    here.settle()
    assert resolutions.items(here.office, "3")[0].tally.counts["against"] == 1


def test_a_conflict_is_declared_and_withdrawn_with_a_reason(desk: Callable[..., Desk]) -> None:
    here = desk(hold_sitting)
    tab = here.tab
    tab.register.members.choose_row(2)
    tab.acts.card.wanted.emit("interest")
    tab.acts.interest_panel.application_edit.setText("B-0001")
    tab.acts.interest_panel.relation_edit.setText("сын")
    tab.acts.interest_panel.act_button.click()
    here.settle()
    (declared,) = interests.interests(here.office)
    assert tab.register.members.lines.index(2, 0).data() == "родственник"
    tab.acts.card.withdrawal_wanted.emit(declared.id)
    tab.acts.reason_panel.reason_edit.setText("однофамилец")
    tab.acts.reason_panel.act_button.click()
    here.settle()
    assert not interests.interests(here.office)[0].stands
    assert tab.register.members.lines.index(2, 0).data() == ""


def test_a_member_leaves_with_a_reason_and_a_refusal_keeps_what_was_typed(desk: Callable[..., Desk]) -> None:
    here = desk(make_members)
    tab = here.tab
    tab.register.members.choose_row(0)
    tab.acts.card.wanted.emit("member_leave")
    tab.acts.reason_panel.reason_edit.setText("увольнение")
    tab.acts.reason_panel.act_button.click()
    assert tab.acts.reason_panel.failure_label.text()
    assert tab.acts.reason_panel.reason_edit.text() == "увольнение"
    tab.register.members.choose_row(1)
    tab.acts.card.wanted.emit("member_leave")
    tab.acts.reason_panel.reason_edit.setText("увольнение")
    tab.acts.reason_panel.act_button.click()
    here.settle()
    assert not members.members(here.office)[1].active


@pytest.mark.parametrize("role", ["auditor", "officer"])
def test_who_may_only_read_sees_everything_and_no_act(desk: Callable[..., Desk], role: str) -> None:
    here = desk(related, role=role)
    tab = here.tab
    assert not tab.register.sitting_button.isVisible()
    assert not tab.register.member_button.isVisible()
    assert not tab.desk.view.item_button.isVisible()
    tab.desk.view.seats.ticked.emit(tab.desk.view.seats.current_line())
    tab.register.members.choose_row(1)
    here.settle()
    assert here.rows() == {"заявление B-0001": "действует"}
    assert commission.quorum(here.office, "3").present == 5


def test_a_closed_campaign_says_that_nothing_is_recorded_any_more(desk: Callable[..., Desk]) -> None:
    def closed(office: Office) -> None:
        related(office)
        moved_to(office, CLOSED)

    here = desk(closed)
    assert "закрыта" in here.tab.desk.view.hint_label.text()
    assert not here.tab.desk.view.item_button.isVisible()
    assert "председателя" in here.page.help_text()


def test_the_minutes_on_view_are_the_very_pdf_in_the_language_chosen(
    desk: Callable[..., Desk], qtbot: QtBot, tmp_path: Path
) -> None:
    here = desk(related)
    tab = here.tab
    tab.desk.view.minutes_button.click()
    here.settle()
    words = tab.desk.minutes_view.words_chosen
    assert (words.lang, tab.desk.minutes_view.shown_pdf) == ("ru", minutes.drawn(here.office, words, "3"))
    tab.desk.minutes_view.language_edit.set_code("kk")
    tab.desk.minutes_view.language_edit.chosen.emit("kk")
    here.settle()
    kazakh = tab.desk.minutes_view.shown_pdf
    assert kazakh == minutes.drawn(here.office, tab.desk.minutes_view.words_chosen, "3")
    tab.desk.minutes_view.save_button.click()
    path = tmp_path / "minutes.pdf"
    tab.acts.save_panel.path_edit.setText(str(path))
    tab.acts.save_panel.act_button.click()
    here.settle()
    assert path.read_bytes() == kazakh
    qtbot.waitUntil(lambda: bool(tab.desk.minutes_view.preview.drawn_pages))
    tab.desk.minutes_view.back_button.click()
    assert tab.desk.currentWidget() is tab.desk.view


def test_a_language_switch_words_the_sitting_anew(desk: Callable[..., Desk]) -> None:
    here = desk(related)
    here.window.words.switch("ky")
    here.settle()
    assert here.tab.desk.view.quorum_chip.text == "кворум: 5, керектүүсү 4"
    assert here.page.tabs.buttons["commission"].text() == "Комиссия"


@pytest.mark.parametrize("lang", ["ru", "ky", "kk", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_is_cut_off_in_any_language(
    desk: Callable[..., Desk], qtbot: QtBot, size: tuple[int, int], lang: str
) -> None:
    here = desk(related)
    tab = here.tab
    here.window.resize(*size)
    here.window.words.switch(lang)
    here.settle()

    def fits() -> list[str]:
        here.settle()
        scrolled_to_the_end(tab)
        return cut_off(here.page) + too_wide(tab) + outside(tab)

    assert fits() == []
    tab.register.members.choose_row(1)
    assert fits() == []
    tab.acts.card.wanted.emit("interest")
    assert fits() == []
    tab.ask_member()
    assert fits() == []
    tab.ask_sitting()
    assert fits() == []
    tab.desk.ask_item()
    assert fits() == []
    tab.desk.show_minutes()
    qtbot.waitUntil(lambda: bool(tab.desk.minutes_view.preview.drawn_pages))
    assert fits() == []
