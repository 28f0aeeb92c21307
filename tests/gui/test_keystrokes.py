"""How many keys an application costs beyond its own data; what follows from the PIN is not typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from grants_app.domain.application import State
from grants_app.services import intake
from tests.gui.desks import page_of, settle
from tests.gui.pressing import press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office

ALLOWED = 40
RESULTS = 5
SURNAMES = (
    "Асанов", "Бакиров", "Валиев", "Галиев", "Дуйшеев", "Ергешов", "Жумаев", "Закиров", "Исаев", "Касымов",
    "Лазарев", "Маматов", "Назаров", "Орозов", "Петров", "Рысбеков", "Сыдыков", "Токтосунов", "Усенов",
    "Шаршенов",
)  # fmt: skip


class Hand:
    """Presses keys and counts them; a chord is one."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.pressed = self.data = 0

    def fill(self, *texts: str) -> None:
        """Fields one after another, Enter after each."""
        for text in texts:
            type_text(text)
            self.pressed += len(text)
            self.data += len(text)
            self.key(Qt.Key.Key_Return)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key."""
        press(key, modifiers)
        self.pressed += 1

    def section(self) -> None:
        """To the next section."""
        self.key(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)

    def do(self, command: str) -> None:
        """A command by its chord."""
        self._window.do(command)
        QApplication.processEvents()
        self.pressed += 1


def test_an_application_costs_at_most_forty_keys_more_than_its_data(
    stage_office: Callable[[str], Office],
    desk_window: Callable[..., MainWindow],
    qtbot: QtBot,
    tasks: Tasks,
    subtests: pytest.Subtests,
) -> None:
    office = stage_office("nobody")
    window = desk_window(office)
    window.stack.go("applicants")
    settle(qtbot, tasks)
    window.do("new")
    for number, surname in enumerate(SURNAMES):
        pin = f"2{number % 28 + 1:02d}032008{number:05d}"
        hand = Hand(window)
        with subtests.test(surname):
            _types(hand, pin, surname, number)
            settle(qtbot, tasks)
            _, lines = intake.lines(office, search=pin)
            saved = intake.application(office, lines[0].id)
            assert saved.state is State.COMPLETE
            assert saved.entry.person.full_name == f"{surname} Нурлан Бакыт уулу"
            given = {one.criterion: one.value for one in saved.entry.scores}
            assert (given["ort_main"], given["math"]) == (180 + number, 90 + number)
            assert len(given) == RESULTS
            assert hand.pressed <= hand.data + ALLOWED
    assert page_of(window).form.mode == "new"


def _types(hand: Hand, pin: str, surname: str, number: int) -> None:
    hand.fill(pin)  # birth date and sex are passed by: the PIN said them
    hand.fill(surname, "Нурлан", "Бакыт уулу", f"ID{4417093 + number}", f"0555{112200 + number}")
    hand.section()
    hand.fill("Школа 5", "4,85", str(180 + number), str(90 + number), "", "", "120", "100")
    hand.section()
    hand.fill("Экология", "Туризм")
    hand.section()  # nothing is claimed
    hand.section()
    hand.key(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)  # every required paper is there
    hand.section()
    hand.key(Qt.Key.Key_Space)
    hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_Space)
    hand.do("save_next")


@pytest.mark.parametrize(
    ("pin", "there"),
    [
        ("21503200800001", "surname"),  # the PIN says both
        ("23303200800001", "born"),  # no such day
        ("35032008000", "born"),  # not whole
        ("", "born"),
    ],
)
def test_enter_goes_past_what_the_pin_has_said_and_nothing_else(
    stage_office: Callable[[str], Office],
    desk_window: Callable[..., MainWindow],
    qtbot: QtBot,
    tasks: Tasks,
    pin: str,
    there: str,
) -> None:
    window = desk_window(stage_office("nobody"))
    window.stack.go("applicants")
    settle(qtbot, tasks)
    window.do("new")
    fields = page_of(window).form.body.fields
    type_text(pin)
    press(Qt.Key.Key_Return)
    assert fields[there].editor.hasFocus()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert fields["sex" if there == "surname" else "pin"].editor.hasFocus()
    if there == "surname":  # another date than the PIN says is looked at again
        page_of(window).form.body.focus("born")
        type_text("16.03.2008")
        page_of(window).form.body.focus("pin")
        press(Qt.Key.Key_Return)
        assert fields["born"].editor.hasFocus()
        press(Qt.Key.Key_Tab)
        assert fields["sex"].editor.hasFocus()
