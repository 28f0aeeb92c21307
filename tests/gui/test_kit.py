"""The kit: texts that word themselves, columns in a line each, forms declared by their fields, the side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from grants_app.domain.errors import Refused
from grants_app.domain.values import Names
from grants_app.gui.kit.columns import Columns
from grants_app.gui.kit.form_panel import FormPanel
from grants_app.gui.kit.parts import button, label
from grants_app.gui.kit.side_stack import SideStack
from grants_app.gui.kit.working import Working
from grants_app.gui.table_models import ChipText
from grants_app.gui.widgets.editors import Option
from tests.gui.pressing import focused, press, type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Tasks

ENTER, CONTROL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


class Form(FormPanel):
    """A form with a field of every kind; it keeps what was saved."""

    beside = {"seats_over_total": "seats"}  # noqa: RUF012 - of a test

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "toy", parent)
        self.kept: list[tuple[object, ...]] = []
        self.refusal: Refused | None = None
        self.section("Seats")
        self.code = self.text("code", "Code", needed=True, half=True)
        self.seats = self.number("seats", "Seats", half=True)
        self.name = self.names("names", "Name of the document", needed=True)
        self.level = self.choice("level", "Level", self._levels)
        self.note = self.long_text("note", "Note")
        self.since = self.date("since", "Day")
        self.at = self.moment("at", ("Day", "Hour"))
        self.at.zone = ZoneInfo("Asia/Bishkek")
        self.tests = self.ticks("tests", "Tests", self._tests)
        self.chair = self.tick("chair", "Chair")
        self.declared()

    def _levels(self) -> list[Option]:
        return [Option(code, self.words.code(f"programme_{code}")) for code in ("bachelor", "master")]

    @staticmethod
    def _tests() -> list[Option]:
        return [Option("math", "Математика"), Option("biology", "Биология")]

    def title(self) -> str:
        return self.words("Programme")

    def act(self) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.kept.append(
            (
                self.code.value, self.seats.number, self.name.value, self.level.value, self.note.value,
                self.since.value, self.at.value, self.tests.value, self.chair.value,
            )
        )  # fmt: skip
        self.saved.emit("changed")


@pytest.fixture
def form(context: PageContext, shown: Callable[[QWidget], QWidget]) -> Form:
    """The form on view, opened on nothing."""
    made = Form(context)
    shown(made)
    made.resize(400, 700)
    made.begin("new", {})
    return made


def test_a_live_text_is_worded_now_and_in_every_language_taken(
    context: PageContext, shown: Callable[[QWidget], QWidget]
) -> None:
    parent = shown(QWidget())
    said, pressed = label(context, parent, "Branch"), button(context, parent, "save", "Save")
    assert (said.text(), pressed.text(), pressed.objectName()) == ("Филиал", "Сохранить", "save_button")
    context.words.switch("en")
    assert (said.text(), pressed.text()) == ("Branch", "Save")


def test_a_live_text_dies_with_its_widget(context: PageContext, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    said = label(context, parent, "Branch")
    with qtbot.waitSignal(said.destroyed):
        said.deleteLater()
    context.words.switch("en")


@dataclass(frozen=True)
class Line:
    phone: str
    seats: int
    closed: bool


def test_columns_are_declared_a_line_each_and_worded_anew(context: PageContext) -> None:
    def chip(line: Line) -> ChipText | None:
        return ChipText("neutral", "закрыто") if line.closed else None

    columns = (
        Columns(context.words)
        .text("phone", "Phone", "phone", 120)
        .number("seats", "Seats", lambda line: line.seats + 1, 60)
        .chip("state", "State", chip, 90)
    )
    phone, seats, state = columns
    line = Line("0555", 4, closed=True)
    assert (len(columns), phone.title(), seats.title()) == (3, "Телефон", "Места")
    assert [column.text(line) for column in columns] == ["0555", "5", "закрыто"]
    assert (seats.align, state.chips and state.chips(line)) == ("right", (ChipText("neutral", "закрыто"),))
    assert state.chips is not None
    assert state.chips(Line("", 0, closed=False)) == ()
    context.words.switch("en")
    assert phone.title() == "Phone"


def test_a_form_says_what_is_still_needed_and_is_ready_when_it_is_there(form: Form) -> None:
    assert not form.act_button.isEnabled()
    assert form.act_button.toolTip() == "Ещё нужно: Код, Название документа: Кыргызча."
    form.code.put("6B01")
    form.name.put(Names(kk="Биология"))
    assert form.act_button.isEnabled()
    assert not form.act_button.toolTip()
    form.seats.put("шесть")
    assert not form.act_button.isEnabled()


def test_every_kind_of_field_is_typed_by_keys_and_read_back_clean(form: Form) -> None:
    assert form.code.editor.hasFocus()
    for text in (" 6B01 ", "1 000", "", "Био  логия", "", "", "магис"):
        type_text(text)
        press(ENTER)
    assert form.note.editor.hasFocus()
    type_text("вечером")
    press(Qt.Key.Key_Tab)
    for text in ("01092026", "20072026", "1400"):
        type_text(text)
        press(ENTER)
    press(Qt.Key.Key_Space)
    press(ENTER)
    press(ENTER)
    press(Qt.Key.Key_Space)
    press(ENTER, CONTROL)
    assert form.kept == [
        (
            "6B01", 1000, Names(ru="Био логия"), "master", "вечером", date(2026, 9, 1),
            datetime(2026, 7, 20, 8, 0, tzinfo=UTC), ("math",), True,
        )
    ]  # fmt: skip


def test_ctrl_enter_goes_to_what_is_missing_and_says_so(form: Form) -> None:
    form.code.put("6B01")
    form.seats.editor.setFocus()
    press(ENTER, CONTROL)
    assert form.name.lines[0].message == "Это нужно заполнить."
    assert form.name.editors["ky"].hasFocus()
    type_text("Б")
    assert not form.name.lines[0].message
    form.since.put(None)
    form.since.editor.setText("31.02.2026")
    press(ENTER, CONTROL)
    assert form.since.lines[0].message == "Не удалось распознать."


def test_a_refusal_stands_beside_its_field_and_everything_typed_stays(form: Form) -> None:
    form.code.put("6B01")
    form.name.put(Names(ru="Биология"))
    form.refusal = Refused("seats_over_total", seats=60, total=50)
    form.save()
    assert form.seats.lines[0].message
    assert form.seats.editor.hasFocus()
    form.refusal = Refused("reason_missing")
    form.save()
    assert form.failure_label.text()
    assert not form.seats.lines[0].message
    assert form.code.value == "6B01"


def test_what_was_typed_about_a_thing_is_there_when_it_is_opened_again(form: Form) -> None:
    form.code.put("6B01")
    form.begin("new", {})
    assert form.code.value == "6B01"
    form.begin("another", {"code": "6B02", "tests": ("biology",)})
    assert (form.code.value, form.tests.value) == ("6B02", ("biology",))
    assert form.act_button.toolTip()
    form.forget()
    form.begin("another", {"code": "6B03"})
    assert form.code.value == "6B03"


def test_nothing_changed_is_nothing_to_save(form: Form) -> None:
    form.begin("known", {"code": "6B01", "names": Names(ru="Биология")})
    assert not form.act_button.isEnabled()
    assert form.act_button.toolTip() == "Ничего не изменено."


def test_a_language_switch_keeps_every_field_as_typed(form: Form) -> None:
    form.level.editor.setFocus()
    type_text("мгс")
    form.tests.put(("biology",))
    form.note.put("a\nb")
    before = [field.draft for field in form._declared]
    context = form.context
    for lang in ("ky", "kk", "en"):
        context.words.switch(lang)
        assert [field.draft for field in form._declared] == before
    assert form.title_label.text() == "Programme"
    assert form.act_button.text() == "Save"


def test_a_form_that_closes_hands_the_focus_back_to_its_row(
    context: PageContext, shown: Callable[[QWidget], QWidget]
) -> None:
    whole = QWidget()
    row = QPushButton("row", whole)
    stack = SideStack(QWidget(), lambda: row, whole)
    stack.move(0, 60)
    form = Form(context)
    stack.add(form)
    told: list[object] = []
    stack.saved.connect(told.append)
    shown(whole)
    stack.open(form)
    form.begin("new", {})
    assert stack.form is form
    press(Qt.Key.Key_Escape)
    assert (stack.form, focused()) == (None, row)
    stack.open(form)
    form.begin("new", {})
    form.code.put("6B01")
    form.name.put(Names(ru="Биология"))
    form.save()
    assert (stack.form, focused(), told) == (None, row, ["changed"])


def test_work_that_fails_is_told_on_the_page_on_view(
    context: PageContext, tasks: Tasks, told: list[str], qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    working = Working(context, parent)

    def fail(_task: object) -> object:
        raise Refused("reason_missing")

    working.run(fail, parent.setWindowTitle)
    qtbot.waitUntil(lambda: not tasks.open_tasks)
    qtbot.wait(1)
    assert [line.partition(":")[0] for line in told] == ["warn"]
    working.run(lambda _task: "done", parent.setWindowTitle)
    qtbot.waitUntil(lambda: parent.windowTitle() == "done")
