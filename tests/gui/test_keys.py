"""Keys that must work under every layout, and the chords themselves."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QTextEdit

from grants_app.gui.keys import COMMANDS, FIELD_KEYS, chord_of, chord_text, latin_twin
from tests.gui.keyboard import press_ctrl, type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow

    Shown = Callable[[QWidget], QWidget]

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("typed", "cycled"),
    [("Н", "Ң"), ("о", "ө"), ("У", "Ү"), ("Ү", "Ұ"), ("Ұ", "У"), ("а", "ә"), ("Г", "Ғ"), ("қ", "к"),
     ("х", "һ"), ("И", "І")],
)  # fmt: skip
@pytest.mark.parametrize("kind", [QLineEdit, QTextEdit, QPlainTextEdit])
def test_ctrl_space_turns_the_letter_before_the_caret_into_its_neighbour(
    shown: Shown, qtbot: QtBot, kind: type[QWidget], typed: str, cycled: str
) -> None:
    field = kind()
    shown(field)
    type_text(field, "к" + typed)
    qtbot.keyClick(field, Qt.Key.Key_Space, CTRL)
    text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert text == "к" + cycled


def test_the_cycled_letter_is_taken_back_by_undo_and_the_rest_stays(shown: Shown, qtbot: QtBot) -> None:
    field = QLineEdit()
    shown(field)
    type_text(field, "сонун")
    field.setCursorPosition(4)
    qtbot.keyClick(field, Qt.Key.Key_Space, CTRL)
    assert (field.text(), field.cursorPosition()) == ("сонүн", 4)
    field.undo()
    assert field.text() == "сонун"


def test_ctrl_space_leaves_other_letters_and_an_empty_field_alone(shown: Shown, qtbot: QtBot) -> None:
    field = QComboBox()
    field.setEditable(True)
    shown(field)
    qtbot.keyClick(field, Qt.Key.Key_Space, CTRL)
    assert field.currentText() == ""
    type_text(field, "ш")
    qtbot.keyClick(field, Qt.Key.Key_Space, CTRL)
    assert field.currentText() == "ш"


def test_copy_paste_cut_undo_and_select_all_work_under_a_cyrillic_layout(shown: Shown, qtbot: QtBot) -> None:
    field = QLineEdit()
    shown(field)
    type_text(field, "Осмон")
    press_ctrl(field, "Ф")
    press_ctrl(field, "С")
    assert QGuiApplication.clipboard().text() == "Осмон"
    press_ctrl(field, "Ч")
    assert field.text() == ""
    press_ctrl(field, "М")
    press_ctrl(field, "М")
    assert field.text() == "ОсмонОсмон"
    press_ctrl(field, "Я")
    assert field.text() == "Осмон"


def test_the_same_letters_work_under_a_latin_layout(shown: Shown, qtbot: QtBot) -> None:
    field = QLineEdit("Осмон")
    shown(field)
    press_ctrl(field, "A")
    press_ctrl(field, "X")
    press_ctrl(field, "V")
    assert field.text() == "Осмон"


def test_other_ctrl_letters_of_a_cyrillic_layout_are_left_alone(shown: Shown, qtbot: QtBot) -> None:
    field = QLineEdit("Осмон")
    shown(field)
    press_ctrl(field, "Й")
    assert field.text() == "Осмон"


def test_twins_lie_on_the_same_key() -> None:
    assert "".join(latin_twin(ord(letter)) for letter in "СМЧЯФН") == "CVXZAY"
    assert latin_twin(ord("C")) == ""


# Insert begins what the page on view is for: an application, or a line of the campaign's settings. No page
# answers both, and a command nobody answers takes no key.
SHARED = ["Ins"]


def test_no_chord_is_given_twice() -> None:
    chords = collections.Counter(
        QKeySequence(chord).toString() for command in COMMANDS for chord in command.chords
    )
    assert [chord for chord, times in chords.items() if times > 1] == SHARED
    assert all(QKeySequence(chord).count() == 1 for command in COMMANDS for chord in command.chords)


def test_a_letter_chord_is_only_used_for_the_text_commands_every_widget_knows() -> None:
    letters = {c.id for c in COMMANDS for chord in c.chords if len(chord.split("+")[-1]) == 1}
    assert letters == {"undo", "redo", "cut", "copy", "paste", "select_all"}


@pytest.mark.parametrize(
    ("command", "chord"),
    [("new", "Insert"), ("edit", "F2"), ("next_match", "F3"), ("person_card", "F4"), ("recalculate", "F5"),
     ("next_region", "F6"), ("next_tab", "Ctrl+Tab"), ("previous_tab", "Ctrl+Shift+Tab"),
     ("field_history", "F7"), ("next_problem", "F8"), ("print_preview", "F9"),
     ("big_table", "F11"), ("switch_officer", "F12"), ("page_help", "F1"), ("save_next", "Ctrl+Enter"),
     ("search", "Ctrl+↑"), ("back", "Alt+←"), ("forward", "Alt+→"), ("undo_act", "Alt+Backspace"),
     ("cycle_letter", "Ctrl+Space"), ("seal", "")],
)  # fmt: skip
def test_the_chords_are_those_of_the_design(command: str, chord: str) -> None:
    assert chord_of(command) == chord


def test_keys_of_a_form_are_told_too() -> None:
    assert {"Enter", "Shift+Enter", "Alt+↓", "Ctrl+↓"} <= {key for key, _meaning in FIELD_KEYS}
    assert chord_text("Ctrl+Return") == "Ctrl+Enter"


def test_chords_pressed_inside_a_field_reach_the_page(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    page = window.stack.page
    page.seen.clear()
    page.name_edit.setFocus()
    qtbot.keyClick(page.name_edit, Qt.Key.Key_Insert)
    qtbot.keyClick(page.name_edit, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(page.name_edit, Qt.Key.Key_Enter, CTRL | Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClick(page.name_edit, Qt.Key.Key_F5)
    assert page.seen == ["primary", "saved", "saved", "refresh"]


def test_the_menu_s_paste_goes_to_the_field_with_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    QGuiApplication.clipboard().setText("Үсөнова")
    window.stack.page.name_edit.setFocus()
    window.do("paste")
    assert window.stack.page.name_edit.text() == "Үсөнова"
    window.do("undo")
    assert window.stack.page.name_edit.text() == ""
    type_text(window.stack.page.name_edit, "о")
    window.do("cycle_letter")
    assert window.stack.page.name_edit.text() == "ө"
