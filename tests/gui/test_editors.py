"""Fields typed with keys only: dates, choices, figures, Enter through a form, sentences under fields."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from grants_app.gui.widgets.editors import (
    ChoiceEdit,
    DateEdit,
    Option,
    PhoneEdit,
    PinEdit,
    SearchField,
    TextEdit,
    read_date,
)
from grants_app.gui.widgets.forms import FormField, FormGrid
from tests.gui.keyboard import type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.theme import Theme

TODAY = dt.date(2026, 7, 13)


@pytest.mark.parametrize(
    "typed", ["15.04.2008", "15.4.8", "150408", "15042008", "15/4/08", "2008-04-15", " 15 4 2008 "]
)
def test_a_date_is_understood_however_it_is_typed(typed: str) -> None:
    assert read_date(typed, TODAY) == dt.date(2008, 4, 15)


@pytest.mark.parametrize("typed", ["", "15", "15.04", "31.02.2008", "1504200", "дата", "15.4.8.1"])
def test_what_is_no_date_is_none(typed: str) -> None:
    assert read_date(typed, TODAY) is None


def test_a_short_year_far_ahead_is_of_the_last_century() -> None:
    assert read_date("1.1.27", TODAY) == dt.date(2027, 1, 1)
    assert read_date("1.1.28", TODAY) == dt.date(1928, 1, 1)


def test_leaving_a_date_writes_it_out_and_keeps_what_is_none(
    theme: Theme, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    field = DateEdit(theme, TODAY)
    shown(field)
    type_text(field, "150408")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.date) == ("15.04.2008", dt.date(2008, 4, 15))
    field.setText("31.02.08")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.understood) == ("31.02.08", False)


@pytest.fixture
def choice(theme: Theme, shown: Callable[[QWidget], QWidget]) -> ChoiceEdit:
    made = ChoiceEdit(theme)
    made.set_options([Option("is", "Информационные системы"), Option("ai", "Искусственный интеллект"),
                      Option("law", "Юриспруденция")])  # fmt: skip
    shown(made)
    return made


def test_a_choice_is_made_by_typing_any_part_of_it(choice: ChoiceEdit, qtbot: QtBot) -> None:
    type_text(choice, "интел")
    assert choice.accept()
    assert (choice.code, choice.text()) == ("ai", "Искусственный интеллект")


def test_alt_down_opens_the_list_and_enter_takes_from_it(choice: ChoiceEdit, qtbot: QtBot) -> None:
    qtbot.keyClick(choice, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = choice.completer().popup()
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert choice.code == "ai"


def test_the_open_list_marks_a_line_and_tab_takes_the_marked_one(choice: ChoiceEdit, qtbot: QtBot) -> None:
    qtbot.keyClick(choice, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = choice.completer().popup()
    assert popup.currentIndex().data() == "Информационные системы"
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    assert popup.currentIndex().data() == "Искусственный интеллект"
    assert choice.text() == ""
    qtbot.keyClick(popup, Qt.Key.Key_Tab)
    assert (choice.code, choice.text()) == ("ai", "Искусственный интеллект")


def test_typing_marks_what_is_surely_meant_and_tab_takes_it(choice: ChoiceEdit, qtbot: QtBot) -> None:
    type_text(choice, "юри")
    popup = choice.completer().popup()
    assert popup.currentIndex().data() == "Юриспруденция"
    qtbot.keyClick(popup, Qt.Key.Key_Tab)
    assert choice.code == "law"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_where_several_fit_all_are_shown_and_none_is_taken_by_itself(
    choice: ChoiceEdit, qtbot: QtBot, key: Qt.Key
) -> None:
    choice.set_options([Option("eco", "Экология"), Option("econ", "Экономика"), Option("law", "Право")])
    type_text(choice, "эк")
    popup = choice.completer().popup()
    assert [option.text for option in choice.offered] == ["Экология", "Экономика"]
    assert not popup.currentIndex().isValid()
    qtbot.keyClick(popup, key)
    assert (choice.code, choice.text(), choice.ambiguous, choice.accept()) == ("", "эк", True, False)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("6b061", "is"), ("6В06102", "is"), ("Bio", "bio"), ("Биологи", "bio"), ("Law", "law"),
     (",bj", "bio"), ("әкі", "law"), ("uhfj", "")],
)  # fmt: skip
def test_a_programme_is_found_by_its_code_in_four_languages_and_in_latin(
    choice: ChoiceEdit, typed: str, code: str
) -> None:
    choice.set_options([
        Option("is", "Информационные системы · Бишкек", ("6B06102", "Information systems")),
        Option("bio", "Биология · Ош", ("6B05101", "Biology")),
        Option("law", "Юриспруденция · Ош", ("6B04201", "Law", "Әкімшілік құқық")),
    ])  # fmt: skip
    type_text(choice, typed)
    assert choice.accept() == bool(code)
    assert choice.code == code


def test_ctrl_z_takes_back_a_choice_that_was_taken(choice: ChoiceEdit, qtbot: QtBot) -> None:
    type_text(choice, "юри")
    qtbot.keyClick(choice.completer().popup(), Qt.Key.Key_Return)
    qtbot.keyClick(choice, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (choice.text(), choice.code) == ("юри", "")
    qtbot.keyClick(choice, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert choice.text() == ""


def test_ctrl_z_brings_back_a_date_as_it_was_typed(
    theme: Theme, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    field = DateEdit(theme, TODAY)
    shown(field)
    type_text(field, "150408")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "150408"


def test_ctrl_z_goes_back_figure_by_figure_to_the_empty_field(
    theme: Theme, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    field = PinEdit(theme)
    shown(field)
    type_text(field, "215032")
    seen = [field.text()]
    while field.isUndoAvailable():
        qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        seen.append(field.text())
    assert seen[0] == "2 15032"
    assert seen[-1] == ""
    assert all(" " in text or len(text) < 2 for text in seen)
    type_text(field, "215")
    assert field.text() == "2 15"


@pytest.mark.parametrize(
    ("pasted", "date"), [(" 15.04.2008", "15.04.2008"), ("\t15.04.2008\n", "15.04.2008"),
                         ("2008-04-15 00:00", ""), ("15.04.20081", "")],
)  # fmt: skip
def test_a_pasted_date_is_cleaned_before_it_is_looked_at_and_never_cut(
    theme: Theme, shown: Callable[[QWidget], QWidget], qtbot: QtBot, pasted: str, date: str
) -> None:
    field = DateEdit(theme, TODAY)
    shown(field)
    QGuiApplication.clipboard().setText(pasted)
    field.paste()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text().strip(), field.understood) == (date or pasted.strip(), bool(date))


@pytest.mark.parametrize(
    ("pasted", "digits", "complete"),
    [
        (" 2 1503 2008 00412 ", "21503200800412", True),
        ("2О5O3200800412", "20503200800412", True),
        ("215032008004129", "215032008004129", False),
    ],
)
def test_a_pasted_pin_keeps_all_its_figures_even_one_too_many(
    theme: Theme, shown: Callable[[QWidget], QWidget], pasted: str, digits: str, complete: bool
) -> None:
    field = PinEdit(theme)
    shown(field)
    QGuiApplication.clipboard().setText(pasted)
    field.paste()
    assert (field.digits, field.complete) == (digits, complete)


def test_what_is_in_no_list_stays_as_typed_and_is_not_understood(choice: ChoiceEdit) -> None:
    type_text(choice, "Ботаника")
    assert not choice.accept()
    assert (choice.text(), choice.code, choice.understood) == ("Ботаника", "", False)


def test_a_choice_keeps_its_code_when_its_words_change_language(choice: ChoiceEdit) -> None:
    choice.set_code("law")
    choice.set_options([Option("law", "Юриспруденция (кырг.)"), Option("is", "Маалыматтык системалар")])
    assert (choice.code, choice.text()) == ("law", "Юриспруденция (кырг.)")


def test_a_pin_is_shown_in_groups_and_read_without_them(
    theme: Theme, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    field = PinEdit(theme)
    shown(field)
    type_text(field, "2150320080041")
    assert not field.complete
    type_text(field, "2")
    assert (field.text(), field.digits, field.complete) == ("2 15032008 00412", "21503200800412", True)
    type_text(field, "9")
    assert (field.text(), field.complete) == ("2 15032008 00412 9", False)


def test_a_figure_typed_into_the_middle_leaves_the_caret_behind_it(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    field = PinEdit(theme)
    shown(field)
    field.set_digits("2103200")
    field.setCursorPosition(3)
    type_text(field, "5")
    assert (field.text(), field.cursorPosition()) == ("2 1503200", 4)


def test_a_phone_may_be_pasted_with_spaces_brackets_and_plus(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    field = PhoneEdit(theme)
    shown(field)
    QGuiApplication.clipboard().setText("(0555) 112-233")
    field.paste()
    assert (field.text(), field.digits) == ("0555 112 233", "0555112233")
    field.set_digits("+996 555 112233")
    assert field.digits == "+996555112233"


def test_esc_clears_the_search_and_then_leaves_it(
    theme: Theme, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    field = SearchField(theme)
    shown(field)
    type_text(field, "усо")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


@pytest.fixture
def form(theme: Theme, shown: Callable[[QWidget], QWidget]) -> FormGrid:
    window = QWidget()
    made = FormGrid(theme, parent=window)
    QVBoxLayout(window).addWidget(made)
    editors = {
        "surname": TextEdit(theme),
        "sex": ChoiceEdit(theme),
        "note": QPlainTextEdit(),
        "phone": PhoneEdit(theme),
    }  # fmt: skip
    for row, (key, editor) in enumerate(editors.items()):
        made.add(FormField(theme, key, editor, made), row, 0, 12).set_label(key)
    editors["sex"].set_options([Option("f", "жен"), Option("m", "муж")])
    shown(window)
    made.window_kept = window
    made.focus("surname")
    return made


def focused(form: FormGrid) -> str:
    return next((key for key, field in form.fields.items() if field.editor.hasFocus()), "")


def test_enter_goes_to_the_next_field_and_shift_enter_back(form: FormGrid, qtbot: QtBot) -> None:
    qtbot.keyClick(form.fields["surname"].editor, Qt.Key.Key_Return)
    assert focused(form) == "sex"
    type_text(form.fields["sex"].editor, "ж")
    qtbot.keyClick(form.fields["sex"].editor, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert (form.fields["sex"].editor.code, focused(form)) == ("f", "note")
    form.focus("phone")
    qtbot.keyClick(form.fields["phone"].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert focused(form) == "note"


def test_enter_in_a_text_of_many_lines_stays_a_new_line(form: FormGrid, qtbot: QtBot) -> None:
    form.focus("note")
    qtbot.keyClick(form.fields["note"].editor, Qt.Key.Key_Return)
    assert (focused(form), form.fields["note"].editor.toPlainText()) == ("note", "\n")


def test_enter_in_the_last_field_finishes_the_form(form: FormGrid, qtbot: QtBot) -> None:
    form.focus("phone")
    with qtbot.waitSignal(form.finished):
        qtbot.keyClick(form.fields["phone"].editor, Qt.Key.Key_Return)


def test_leaving_a_field_tells_which_one(form: FormGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.field_left) as left:
        qtbot.keyClick(form.fields["surname"].editor, Qt.Key.Key_Return)
    assert left.args == ["surname"]


def test_a_warning_stands_under_its_field_and_can_be_accepted_with_a_reason(
    form: FormGrid, qtbot: QtBot
) -> None:
    field = form.fields["phone"]
    field.say("warn", "Проверьте", "принять с причиной")
    assert (field.message, field.accept_link.isVisible()) == ("Проверьте", True)
    assert field.editor.accessibleDescription() == "Проверьте"
    with qtbot.waitSignal(field.accept_wanted) as wanted:
        field.accept_link.click()
    assert wanted.args == ["phone"]
    field.say("plain")
    assert (field.message_label.isVisible(), field.accept_link.isVisible()) == (False, False)


def test_the_next_problem_is_found_round_and_round(form: FormGrid) -> None:
    assert not form.next_problem()
    form.fields["sex"].say("error", "x")
    form.fields["phone"].say("warn", "y")
    seen = []
    for _press in range(3):
        assert form.next_problem()
        seen.append(focused(form))
    assert seen == ["sex", "phone", "sex"]


def test_ctrl_down_asks_for_the_previous_application_s_value(form: FormGrid, qtbot: QtBot) -> None:
    editor = form.fields["surname"].editor
    with qtbot.waitSignal(editor.previous_wanted):
        qtbot.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)


def test_enter_in_an_open_list_takes_its_first_line_and_goes_on(form: FormGrid, qtbot: QtBot) -> None:
    sex = form.fields["sex"].editor
    form.focus("sex")
    left: list[str] = []
    form.field_left.connect(left.append)
    qtbot.keyClick(sex, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert sex.completer().popup().isVisible()
    assert left == []
    qtbot.keyClick(sex.completer().popup(), Qt.Key.Key_Return)
    assert (sex.code, focused(form), left) == ("f", "note", ["sex"])
