"""The way back by keys in the real window: what was done last is undone, said, and its row has the focus."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from grants_app.domain.application import State
from grants_app.domain.judging import plain
from grants_app.gui.dialogs.discard import DiscardDialog
from grants_app.gui.dialogs.reasoned import ReasonDialog
from grants_app.paths import shipped
from grants_app.services import awards, demonstration, drafts, duplicates, intake
from grants_app.services.intake import SaveForm
from grants_app.services.register import second_look
from tests.gui.desks import page_of, settle
from tests.gui.pressing import press, type_text
from tests.services.desks import applied, as_role, entry_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


D = TypeVar("D", bound=QDialog)


class Desk:
    """The window at an office, and the key that undoes."""

    def __init__(self, window: MainWindow, office: Office, qtbot: QtBot, tasks: Tasks) -> None:
        self.window, self.office = window, office
        self._qtbot, self._tasks = qtbot, tasks
        self.go("applicants")

    def go(self, page: str, **filter_: str) -> None:
        self.window.stack.go(page, filter_)
        self.settle()

    @property
    def page(self):  # noqa: ANN201 - whichever page is on view
        return page_of(self.window)

    def settle(self) -> None:
        settle(self._qtbot, self._tasks)
        settle(self._qtbot, self._tasks)

    def undo(self) -> None:
        """Alt+Backspace where the focus is."""
        focus = QApplication.focusWidget() or self.window
        self._qtbot.keyClick(focus, Qt.Key.Key_Backspace, ALT)
        self.settle()

    def dialog(self, kind: type[D]) -> D:
        """The dialog that is open, with the keys going to it."""
        self.settle()
        found = next(one for one in self.window.findChildren(kind) if one.isVisible())
        self._qtbot.waitUntil(found.isActiveWindow)
        return found

    def edit(self, application: int, key: str, text: str) -> None:
        """Correct a field of somebody in the form and save by its key."""
        self.page.board.open_application(application)
        self.page.form.start_editing()
        self.page.form.body.focus(key)
        self.page.form.body.fields[key].editor.selectAll()
        type_text(text)
        self._qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
        self.settle()


@pytest.fixture
def open_at(
    desk_window: Callable[..., MainWindow], stage_office: Callable[[str], Office], qtbot: QtBot, tasks: Tasks
) -> Callable[..., Desk]:
    """Opens the window at a stage of the sample; `before` acts there first."""

    def open_desk(
        stage: str = "nobody", before: Callable[[Office], object] | None = None, role: str = "secretary"
    ) -> Desk:
        office = stage_office(stage)
        if stage == "sealed":
            office = replace(office, clock=lambda: demonstration.SAMPLE_DAY)
        if before is not None:
            before(office)
        office = office.acting_as(replace(office.actor, role=role))  # type: ignore[arg-type]  # a role
        return Desk(desk_window(office), office, qtbot, tasks)

    return open_desk


def two(office: Office) -> None:
    applied(office)
    applied(office, 1)


def test_a_saved_correction_is_undone_said_and_its_row_has_the_focus(open_at: Callable[..., Desk]) -> None:
    desk = open_at(before=two)
    before = intake.application(desk.office, 1)
    desk.edit(1, "note", "лишнее")
    assert intake.application(desk.office, 1).entry.note == "лишнее"
    desk.undo()
    again = intake.application(desk.office, 1)
    assert again.entry == before.entry
    assert desk.page.strip.text.startswith("Отменено: ")
    assert before.no in desk.page.strip.text
    assert QApplication.focusWidget() is desk.page.list.table
    assert desk.page.list.chosen_id == 1


def test_the_message_that_reports_the_act_has_the_way_back_beside_its_link(
    open_at: Callable[..., Desk],
) -> None:
    desk = open_at(before=two)
    before = intake.application(desk.office, 1)
    desk.edit(1, "note", "лишнее")
    strip = desk.page.strip
    assert strip.action_link.text() == "Открыть"
    assert strip.also_link.text() == "Отменить"
    strip.also_link.setFocus()
    press(Qt.Key.Key_Space)
    desk.settle()
    assert intake.application(desk.office, 1).entry == before.entry


def test_a_new_application_undone_is_annulled_and_shown(open_at: Callable[..., Desk]) -> None:
    desk = open_at()
    saved = intake.save(desk.office, SaveForm(entry=entry_for(desk.office)))
    desk.window.parts.desk.tell(saved.changed)
    desk.settle()
    desk.undo()
    assert intake.application(desk.office, saved.application.id).state is State.ANNULLED
    assert desk.page.list.chosen_id == saved.application.id


def test_ticked_papers_are_undone(open_at: Callable[..., Desk]) -> None:
    desk = open_at(before=two)
    before = intake.application(desk.office, 1).entry.checklist
    desk.page.board.open_application(1)
    desk.page.form.start_editing()
    code = next(key for key in desk.page.form.body.fields if key.startswith("paper:"))
    desk.page.form.body.focus(code)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, CTRL)
    desk.window.do("save_next")
    desk.settle()
    assert intake.application(desk.office, 1).entry.checklist != before
    desk.undo()
    assert intake.application(desk.office, 1).entry.checklist == before


def test_a_withdrawal_is_undone_at_once(open_at: Callable[..., Desk]) -> None:
    desk = open_at(before=two)
    before = intake.application(desk.office, 1).state
    desk.page.board.open_application(1)
    desk.page.form.foot.withdraw_action.trigger()
    type_text("передумала")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert intake.application(desk.office, 1).state is State.WITHDRAWN
    assert desk.page.strip.action_link.text() == "Отменить"
    desk.page.list.table.setFocus()
    desk.undo()
    assert intake.application(desk.office, 1).state is before


def test_a_withdrawal_of_long_ago_is_taken_back_from_the_card_with_a_reason(
    open_at: Callable[..., Desk],
) -> None:
    def withdrawn(office: Office) -> None:
        known = applied(office)
        intake.withdraw(office, known.id, known.version, "передумала")

    desk = open_at(before=withdrawn)
    desk.page.board.open_application(1)
    button = desk.page.form.foot.reinstate_button
    assert button.isVisible()
    button.setFocus()
    press(Qt.Key.Key_Space)
    type_text("отозвано по ошибке")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert intake.application(desk.office, 1).state is State.INCOMPLETE
    assert intake.history(desk.office, 1)[-1].reason == "отозвано по ошибке"
    assert not button.isVisible()


def test_a_verified_number_is_undone_from_the_empty_field_it_was_typed_in(
    open_at: Callable[..., Desk],
) -> None:
    desk = open_at(before=two)
    actor = replace(desk.office.actor, name="Ким А.", role="officer")
    desk.window.parts.desk.take(desk.office.acting_as(actor))
    desk.go("applicants", tab="verification")
    tab = desk.page.verification_tab
    tab.table.setFocus()
    press(Qt.Key.Key_Return)
    desk.settle()
    number = tab.card.current
    assert number is not None
    value = next(
        one.value
        for one in intake.application(desk.office, 1).entry.scores
        if one.criterion == number.criterion
    )
    type_text(plain(value))
    press(Qt.Key.Key_Return)
    desk.settle()
    assert tab.card.undo_link.isVisible()
    assert QApplication.focusWidget() is tab.card.value_edit
    desk.undo()
    assert not any(one.verified_by for one in intake.application(desk.office, 1).entry.scores)
    assert not tab.card.undo_link.isVisible()
    assert tab.card.outcome_label.text() == ""


def test_a_decision_on_a_pair_is_undone_and_the_pair_waits_with_the_focus(
    open_at: Callable[..., Desk],
) -> None:
    def doubtful(office: Office) -> None:
        one = applied(office)
        person = replace(one.entry.person, pin="", document_no="", patronymic="")
        intake.save(office, SaveForm(entry=replace(entry_for(office), person=person), submit=False))
        duplicates.look(office)

    desk = open_at(before=doubtful)
    desk.go("applicants", tab="duplicates")
    (pair,) = duplicates.pairs(desk.office)
    tab = desk.page.duplicates_tab
    tab._on_decided(duplicates.decide_different(desk.office, pair, "разные"))
    desk.settle()
    assert duplicates.pairs(desk.office) == ()
    assert desk.page.strip.action_link.text() == "Отменить"
    desk.undo()
    assert [one.id for one in duplicates.pairs(desk.office)] == [pair.id]
    assert QApplication.focusWidget() is tab.table


def test_a_decision_between_two_branches_is_undone(open_at: Callable[..., Desk]) -> None:
    desk = open_at("imported")
    line = intake.lines(desk.office, filters={"flag": "conflict"}, limit=1)[1][0]
    known = intake.application(desk.office, line.id)
    conflict = known.conflicts[0]
    desk.page.board.open_application(known.id)
    desk.page.form.conflicts.decided.emit(conflict.field, conflict.versions[0].value, "аттестат", "сверено")
    desk.settle()
    assert intake.application(desk.office, known.id).conflicts != known.conflicts
    desk.page.list.table.setFocus()
    desk.undo()
    assert intake.application(desk.office, known.id).conflicts == known.conflicts


def test_an_import_is_undone_whole(open_at: Callable[..., Desk]) -> None:
    desk = open_at()
    desk.go("applicants", tab="import")
    tab = desk.page.import_tab
    tab.read_files((Path(shipped("resources/sample/osh_late_cp1251.csv")),))
    desk.settle()
    tab.skip_tick.setChecked(True)
    tab.accept_tick.setChecked(True)
    tab.reason_edit.setText("по документам")
    desk.page.primary_action()
    desk.settle()
    written = intake.lines(desk.office)[1]
    assert written
    assert desk.page.strip.action_link.text() == "Отменить"
    tab.controls.path_edit.setFocus()
    desk.undo()
    assert {line.state for line in intake.lines(desk.office)[1]} == {State.ANNULLED}


def answered(desk: Desk) -> str:
    """A refusal recorded in the awards; whose."""
    desk.go("awards")
    number = next(line.application_no for line in awards.ledger(desk.office) if line.award is not None)
    desk.page.apply_filter({"no": number})
    desk.settle()
    acts = desk.page.board.acts
    acts.ask_answer("decline")
    desk.settle()
    acts.answer_panel.reason_edit.setText("письмо")
    acts.answer_panel.act_button.click()
    desk.settle()
    return number


def test_an_answer_is_undone_by_the_chair_with_a_reason(open_at: Callable[..., Desk]) -> None:
    desk = open_at("sealed", role="chair")
    number = answered(desk)
    assert desk.page.strip.action_link.text() == "Отменить"
    desk.undo()
    dialog = desk.dialog(ReasonDialog)
    assert not dialog.panel.act_button.isEnabled()
    type_text("отметили не того")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    desk.settle()
    assert awards.totals(desk.office).declined == 0
    with desk.office.store.reading() as reading:
        known = reading.application_by_no(desk.office.campaign_id, number)
    told = [one for one in intake.history(desk.office, known.id) if one.act == "act.undone"]
    assert [(one.reason, one.role) for one in told] == [("отметили не того", "chair")]
    assert number in desk.page.strip.text


def test_whoever_may_not_undo_an_answer_is_told_who_may(open_at: Callable[..., Desk]) -> None:
    desk = open_at("sealed", role="secretary")
    answered(desk)
    desk.undo()
    assert desk.window.findChild(ReasonDialog) is None
    assert "председатель" in desk.page.strip.text
    assert awards.totals(desk.office).declined == 1


def test_in_a_field_with_changed_text_the_key_does_nothing_to_acts(open_at: Callable[..., Desk]) -> None:
    desk = open_at(before=two)
    desk.edit(1, "note", "лишнее")
    desk.page.form.body.focus("note")
    type_text("ы")
    desk.undo()
    assert intake.application(desk.office, 1).entry.note == "лишнее"
    assert "Ctrl+Z" in desk.page.strip.text
    press(Qt.Key.Key_Z, CTRL)
    desk.undo()
    assert intake.application(desk.office, 1).entry.note == ""


def test_another_officer_undoes_nothing_and_the_menu_says_why(open_at: Callable[..., Desk]) -> None:
    desk = open_at(before=two)
    item = next(action for action in desk.window.actions() if action.objectName() == "undo_act")
    assert not item.isEnabled()
    assert "ничего" in item.toolTip()
    desk.edit(1, "note", "лишнее")
    assert item.isEnabled()
    assert intake.application(desk.office, 1).no in item.text()
    desk.window.parts.desk.take(as_role(desk.office, "officer", "Ким А."))
    desk.settle()
    assert not item.isEnabled()
    desk.undo()
    assert intake.application(desk.office, 1).entry.note == "лишнее"


def test_what_another_desk_changed_since_is_refused_in_one_sentence(open_at: Callable[..., Desk]) -> None:
    desk = open_at(before=two)
    desk.edit(1, "note", "лишнее")
    known = intake.application(desk.office, 1)
    form = SaveForm(
        entry=replace(known.entry, note="важное"), application=1, seen=known.version, reason="заявление"
    )
    intake.save(as_role(desk.office, "officer", "Ким А."), form)
    desk.undo()
    assert desk.page.strip.kind == "warn"
    assert desk.page.strip.text == desk.window.words.code("undo_too_late", no=known.no)
    assert intake.application(desk.office, 1).entry.note == "важное"


def test_nothing_behind_an_act_that_stays_is_undone(open_at: Callable[..., Desk]) -> None:
    desk = open_at(before=two)
    desk.edit(1, "note", "лишнее")
    desk.window.parts.desk.tell(second_look.choose(desk.office, 20, "3317"))
    desk.settle()
    item = next(action for action in desk.window.actions() if action.objectName() == "undo_act")
    assert not item.isEnabled()
    assert "нельзя" in item.toolTip()


def half_typed(desk: Desk) -> None:
    desk.window.do("new")
    desk.page.form.body.focus("surname")
    type_text("Осмон тегин")
    desk.page.form.keep_draft()


def test_a_draft_in_the_list_is_discarded_once_confirmed(open_at: Callable[..., Desk]) -> None:
    desk = open_at(before=two)
    half_typed(desk)
    desk.page.board.close_form()
    button = desk.page.board.drafts_button
    button.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Up)  # the last item: those to discard
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    dialog = desk.dialog(DiscardDialog)
    assert "Осмон тегин" in dialog.sentence_label.text()
    assert QApplication.focusWidget() is dialog.cancel_button
    press(Qt.Key.Key_Space)
    assert len(drafts.kept(desk.office)) == 1
    button.discard_wanted.emit(button.waiting[0])
    dialog = desk.dialog(DiscardDialog)
    dialog.act_button.setFocus()
    press(Qt.Key.Key_Space)
    desk.settle()
    assert drafts.kept(desk.office) == ()
    assert not button.isVisible()


def test_the_draft_being_typed_is_discarded_and_the_form_closes(open_at: Callable[..., Desk]) -> None:
    desk = open_at(before=two)
    half_typed(desk)
    desk.page.form.foot.discard_action.trigger()
    dialog = desk.dialog(DiscardDialog)
    dialog.act_button.setFocus()
    press(Qt.Key.Key_Space)
    desk.settle()
    assert drafts.kept(desk.office) == ()
    assert desk.page.form.isHidden()


def test_changes_discarded_leave_the_application_as_saved(open_at: Callable[..., Desk]) -> None:
    desk = open_at(before=two)
    desk.page.board.open_application(1)
    assert not desk.page.form.foot.discard_action.isEnabled()
    desk.page.form.start_editing()
    desk.page.form.body.focus("note")
    type_text("не то")
    desk.page.form.foot.discard_action.trigger()
    dialog = desk.dialog(DiscardDialog)
    dialog.act_button.setFocus()
    press(Qt.Key.Key_Space)
    desk.settle()
    assert drafts.kept(desk.office) == ()
    assert intake.application(desk.office, 1).entry.note == ""
    assert desk.page.form.body.fields["note"].editor.text() == ""
