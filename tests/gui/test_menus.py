"""The menu bar's letters: each opens its own menu, from the keyboard an officer has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from grants_app.gui.keys import MENUS
from grants_app.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow

# The letters on a Russian keyboard: ң, ө, ү and the Kazakh ones are on none of its keys.
RUSSIAN_KEYS = frozenset("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ")


@pytest.mark.parametrize("lang", ["ky", "ru", "kk"])
def test_every_menu_opens_by_its_own_letter_of_a_russian_keyboard(lang: str) -> None:
    words = Words(lang)
    worded = [words(text) for _, text in MENUS]
    letters = [text[text.index("&") + 1].upper() for text in worded]
    assert len(set(letters)) == len(letters)
    assert RUSSIAN_KEYS.issuperset(letters)


# The keys of a Latin and of a Russian layout, by place.
_LATIN = "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,."
_RUSSIAN = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"


@pytest.mark.parametrize("lang", ["ky", "ru", "kk", "en"])
@pytest.mark.parametrize("layout", [_LATIN, _RUSSIAN])
def test_alt_and_a_menu_s_letter_open_it_under_any_layout_in_any_language(
    make_window: Callable[..., MainWindow], qtbot: QtBot, lang: str, layout: str
) -> None:
    window = make_window(handlers={"about": print, "backup": print, "check": print})
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.words.switch(lang)
    field = window.stack.page.name_edit
    for number, (_, text) in enumerate(MENUS):
        worded = window.words(text)
        letter = worded[worded.index("&") + 1].upper()
        place = (_LATIN if letter in _LATIN else _RUSSIAN).index(letter)
        field.setFocus()
        _press(field, ord(layout[place]), Qt.KeyboardModifier.AltModifier)
        popup = QApplication.activePopupWidget()
        assert popup is window.menuBar().actions()[number].menu(), (lang, letter)
        popup.close()


def test_f10_opens_the_first_menu(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    field = window.stack.page.name_edit
    field.setFocus()
    _press(field, Qt.Key.Key_F10, Qt.KeyboardModifier.NoModifier)
    popup = QApplication.activePopupWidget()
    assert popup is window.menuBar().actions()[0].menu()
    popup.close()


def _press(field: object, key: int, modifiers: Qt.KeyboardModifier) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "")
    QCoreApplication.sendEvent(field, event)  # type: ignore[arg-type]  # a widget
