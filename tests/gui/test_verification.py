"""The second look by keys alone: blind, one number by Enter, a difference decided with the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from grants_app.domain.journal import Actor
from grants_app.domain.judging import plain
from grants_app.gui.pages.applicants_columns import columns
from grants_app.gui.pages.entry_words import EntryWords
from grants_app.gui.widgets.drawer import FactList
from grants_app.services import intake, standing
from grants_app.services.register import second_look
from tests.gui.desks import page_of, settle
from tests.gui.pressing import press, type_text
from tests.services.desks import applied

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.pages.verification.tab import VerificationTab
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


class Desk:
    """Somebody at the tab, and what they see there."""

    def __init__(self, window: MainWindow, office: Office, qtbot: QtBot, tasks: Tasks) -> None:
        self.window, self.office = window, office
        self._qtbot, self._tasks = qtbot, tasks

    def settle(self) -> None:
        settle(self._qtbot, self._tasks)

    @property
    def tab(self) -> VerificationTab:
        return page_of(self.window).verification_tab

    def open(self) -> None:
        """Go to the tab by Today's queue and open the first application."""
        self.window.stack.go("today")
        self.settle()
        page_of(self.window).queues.opened.emit("unverified")
        self.settle()
        self.tab.table.setFocus(Qt.FocusReason.TabFocusReason)
        press(Qt.Key.Key_Return)
        self.settle()

    def sit_down(self, name: str) -> None:
        """Somebody else takes the desk."""
        branch = self.office.actor.branch
        self.window.parts.desk.take(self.office.acting_as(Actor(name=name, branch=branch, role="officer")))
        self.settle()
        self.open()

    def value(self) -> Decimal:
        """What was typed first of the number asked for: the person at the desk does not see it."""
        assert self.tab.card.current is not None
        known = intake.application(self.office, self.tab.card.application_id or 0)
        return next(
            one.value for one in known.entry.scores if one.criterion == self.tab.card.current.criterion
        )

    def type(self, value: Decimal) -> None:
        type_text(plain(value))
        press(Qt.Key.Key_Return)
        self.settle()

    def waiting(self) -> int:
        return len(second_look.overview(self.window.parts.desk.office).waiting)


@pytest.fixture
def desk(
    desk_window: Callable[..., MainWindow], stage_office: Callable[[str], Office], qtbot: QtBot, tasks: Tasks
) -> Desk:
    """Two applications typed by one officer; another one at the tab."""
    office = stage_office("nobody")
    applied(office)
    applied(office, 1)
    made = Desk(desk_window(office), office, qtbot, tasks)
    made.sit_down("Ким А.")
    return made


def in_the_field(desk: Desk) -> bool:
    return QApplication.focusWidget() is desk.tab.card.value_edit


def test_todays_queue_opens_the_tab_with_who_waits(desk: Desk) -> None:
    assert page_of(desk.window).tabs.current == "verification"
    assert desk.tab.model.rowCount() == 2
    assert page_of(desk.window).tabs.buttons["verification"].text().endswith(" 2")


def test_the_document_is_named_and_the_first_typing_stands_nowhere(desk: Desk) -> None:
    assert in_the_field(desk)
    assert "Сертификат ОРТ" in desk.tab.card.value_field.label.text()
    value = plain(desk.value())
    shown = [label.text() for label in desk.tab.findChildren(QLabel)]
    shown += [part.accessibleName() for part in desk.tab.findChildren(FactList)]
    assert not [text for text in shown if value in text]
    assert desk.tab.card.value_edit.text() == ""


def test_each_enter_takes_one_number_and_the_next_is_asked_for(desk: Desk) -> None:
    first = desk.tab.card.current
    assert first is not None
    desk.type(desk.value())
    assert "сверено" in desk.tab.card.outcome_label.text()
    assert desk.tab.card.current != first
    assert in_the_field(desk)


def test_after_the_last_number_the_next_application_follows(desk: Desk) -> None:
    first = desk.tab.card.application_id
    while desk.tab.card.application_id == first:
        assert in_the_field(desk)
        desk.type(desk.value())
    assert desk.tab.model.rowCount() == 1
    assert in_the_field(desk)
    second = desk.tab.card.application_id
    while desk.waiting():
        assert desk.tab.card.application_id == second
        desk.type(desk.value())
    assert desk.tab.stack.currentWidget() is desk.tab.empty_state
    assert desk.tab.card.isHidden()


def test_what_is_no_number_or_impossible_is_said_beside_the_field_and_stays(desk: Desk) -> None:
    press(Qt.Key.Key_Return)
    assert desk.tab.card.value_field.state == "error"
    type_text("999")
    assert desk.tab.card.value_field.state == "plain"
    press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.tab.card.value_field.state == "error"
    assert desk.tab.card.value_edit.text() == "999"


def test_a_different_number_is_decided_by_an_officer_with_the_document(desk: Desk) -> None:
    value = desk.value()
    desk.type(value - 1)
    assert "решает сотрудник" in desk.tab.card.outcome_label.text().lower()
    while desk.tab.card.application_id == 1 and desk.tab.card.current is not None:
        desk.type(desk.value())
    desk.sit_down("Абдиев Б.")
    decision = desk.tab.card.decision
    assert decision.isVisible()
    told = decision.typings_list.accessibleName()
    assert plain(value) in told
    assert plain(value - 1) in told
    assert "Ким А." in told
    assert QApplication.focusWidget() is decision.right_edit
    type_text(plain(value))
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    desk.settle()
    assert decision.right_field.state == "error"  # no document was named
    decision.form.focus("paper")
    type_text("ОРТ 004417")
    press(Qt.Key.Key_Return)
    desk.settle()
    known = intake.application(desk.office, 1)
    assert next(one for one in known.entry.scores if one.value == value).verified_by == "Абдиев Б."
    assert second_look.overview(desk.office).waiting[0].id == 2


def test_the_person_is_opened_with_the_way_back_to_the_tab(desk: Desk) -> None:
    number = desk.tab.table.current_line().no
    desk.tab.card.open_link.setFocus()
    press(Qt.Key.Key_Space)
    desk.settle()
    page = page_of(desk.window)
    assert page.tabs.current == "list"
    assert page.form.application.no == number
    assert list(page.board.queue) == [one.no for one in second_look.overview(desk.office).waiting]
    desk.window.stack.step(-1)
    desk.settle()
    assert page_of(desk.window).tabs.current == "verification"


def test_who_typed_the_numbers_is_told_that_somebody_else_types_them_again(desk: Desk) -> None:
    desk.sit_down(desk.office.actor.name)
    assert desk.tab.card.current is None
    assert desk.tab.card.value_field.isHidden()
    assert "другой человек" in desk.tab.card.sentence_label.text()
    assert not desk.tab.choose_button.isVisible()  # an officer does not choose whose numbers are looked at


def test_a_sample_is_drawn_in_the_window_by_its_share_and_seed(
    desk_window: Callable[..., MainWindow], stage_office: Callable[[str], Office], qtbot: QtBot, tasks: Tasks
) -> None:
    office = stage_office("settled")
    made = Desk(desk_window(office), office, qtbot, tasks)
    made.open()
    everybody = made.tab.model.rowCount()
    made.tab.choose_button.setFocus()
    press(Qt.Key.Key_Space)
    made.tab.sample.percent_edit.selectAll()
    type_text("20")
    press(Qt.Key.Key_Return)
    type_text("3317")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    made.settle()
    assert 0 < made.tab.model.rowCount() < everybody
    assert "20 %" in made.tab.look_label.text()
    assert "3317" in made.tab.look_label.text()
    made.tab.choose_button.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Escape)
    assert made.tab.sample.isHidden()


def test_a_quick_hand_types_the_next_number_before_the_last_one_is_read_again(desk: Desk) -> None:
    known = intake.application(desk.office, desk.tab.card.application_id or 0)
    for _ in range(2):
        assert desk.tab.card.current is not None
        criterion = desk.tab.card.current.criterion
        type_text(plain(next(one.value for one in known.entry.scores if one.criterion == criterion)))
        press(Qt.Key.Key_Return)
    desk.settle()
    verified = [
        one.verified_by for one in intake.application(desk.office, known.id).entry.scores if one.verified_by
    ]
    assert verified == ["Ким А."] * 2
    assert in_the_field(desk)


def test_a_reading_begun_before_a_number_was_typed_does_not_ask_for_it_again(desk: Desk) -> None:
    tab, known = desk.tab, intake.application(desk.office, desk.tab.card.application_id or 0)
    early = (tab._typings, *second_look.numbers(tab.context.office, known.id))
    assert tab.card.current is not None
    first = tab.card.current.criterion
    type_text(plain(desk.value()))
    press(Qt.Key.Key_Return)
    tab._on_numbers_read(early)  # the reading comes late, as on a slow machine
    assert tab.card.current is not None
    assert tab.card.current.criterion != first
    desk.settle()


def test_a_long_name_of_a_document_is_wrapped_and_pushes_nothing_out_of_sight(desk: Desk) -> None:
    card = desk.tab.card
    card.value_field.set_label("Средний балл аттестата; документ: Аттестат об общем среднем образовании")
    desk.settle()
    assert card.content.minimumSize().width() <= card.minimumWidth()


def test_a_number_typed_once_bears_no_tick_in_the_list(desk: Desk) -> None:
    setup, rules = desk.office.campaign().setup, standing.current_rules(desk.office)
    context = desk.window.context
    shown = columns(EntryWords(context.words, setup, rules), context)
    (column,) = [one for one in shown if one.key == "verified"]
    _, (line, *_) = intake.lines(desk.office, filters={}, limit=1)
    assert column.icon is not None
    assert (column.text(line), column.icon(line)) == ("внесено один раз", "minus")


def test_the_key_of_the_tabs_leads_into_each_tab_and_not_to_the_rail(desk: Desk) -> None:
    desk.window.stack.go("applicants")
    desk.settle()
    page = page_of(desk.window)
    page.tabs.choose("list")
    desk.settle()
    for tab in ("import", "duplicates", "verification"):
        desk.window.regions.step_tab(1)
        desk.settle()
        focus = QApplication.focusWidget()
        assert page.tabs.current == tab
        if tab != "duplicates":  # nobody is doubtful: there is nothing to go to
            assert page.isAncestorOf(focus), tab
    assert QApplication.focusWidget() is page.verification_tab.table
