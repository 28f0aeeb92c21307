"""The papers of a file by keys: one key for all that is required, and how each one was received."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from grants_app.services import intake
from tests.gui.desks import page_of, settle
from tests.gui.pressing import press, type_text
from tests.services.desks import applied

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.domain.application import ChecklistItem
    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.pages.applicants import ApplicantsPage
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office

SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
REQUIRED = {"application", "id", "certificate", "ort", "photos", "medical"}


@pytest.fixture
def office(stage_office: Callable[[str], Office]) -> Office:
    """An office with one application, no paper of which was received."""
    made = stage_office("nobody")
    applied(made)
    return made


@pytest.fixture
def page(
    desk_window: Callable[..., MainWindow], office: Office, qtbot: QtBot, tasks: Tasks
) -> ApplicantsPage:
    """The application open, the caret on the first paper."""
    window = desk_window(office)
    window.stack.go("applicants", {"person": intake.lines(office)[1][0].no})
    settle(qtbot, tasks)
    made: ApplicantsPage = page_of(window)
    made.form.start_editing()
    made.form.body.focus("paper:application")
    return made


def saved(page: ApplicantsPage, office: Office, qtbot: QtBot, tasks: Tasks) -> dict[str, ChecklistItem]:
    """What the file holds once the form was saved by its key."""
    press(Qt.Key.Key_Return, CTRL)
    settle(qtbot, tasks)
    known = intake.application(office, intake.lines(office)[1][0].id)
    return {item.item: item for item in known.entry.checklist}


def test_one_key_says_that_everything_required_was_received(
    page: ApplicantsPage, office: Office, qtbot: QtBot, tasks: Tasks
) -> None:
    page.form.body.papers.tick("orphan_paper").setChecked(False)
    press(Qt.Key.Key_Space, SHIFT)
    held = saved(page, office, qtbot, tasks)
    assert {code for code, item in held.items() if item.received} == REQUIRED
    assert {item.received_by for item in held.values()} == {office.actor.name}
    assert held["photos"].count == 4


def test_a_paper_says_when_by_whom_in_which_form_how_many_and_to_whom_it_went_back(
    page: ApplicantsPage, office: Office, qtbot: QtBot, tasks: Tasks
) -> None:
    press(Qt.Key.Key_Down, ALT)
    details = page.form.body.papers.details
    assert details.isHidden()  # nothing is told of a paper that was not received
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down, ALT)
    assert QApplication.focusWidget() is details.on_edit
    assert details.by_edit.text() == office.actor.name  # whoever ticks it received it, till said otherwise
    details.on_edit.selectAll()
    for text in ("01.07.2026", None, "2", "Асанов У.", "мать"):
        if text is not None:
            QApplication.focusWidget().selectAll()  # type: ignore[union-attr] # a text field
            type_text(text)
        else:
            details.kind_edit.set_code("copy")
        press(Qt.Key.Key_Return)
    assert details.isHidden()
    assert QApplication.focusWidget() is page.form.body.papers.tick("application")
    told = page.form.body.papers.tick("application").toolTip()
    assert "01.07.2026" in told
    assert "копия" in told
    item = saved(page, office, qtbot, tasks)["application"]
    assert (item.received_on, item.received_by, item.original, item.count, item.returned_to) == (
        date(2026, 7, 1), "Асанов У.", False, 2, "мать",
    )  # fmt: skip


def test_a_count_of_nothing_is_said_beside_its_field_and_escape_goes_back(page: ApplicantsPage) -> None:
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down, ALT)
    details = page.form.body.papers.details
    details.form.focus("paper_count")
    details.count_edit.selectAll()
    type_text("0")
    assert details.form.fields["paper_count"].state == "error"
    press(Qt.Key.Key_Escape)
    assert details.isHidden()
    assert QApplication.focusWidget() is page.form.body.papers.tick("application")


def test_what_an_application_lacks_stands_in_words_over_its_fields(page: ApplicantsPage) -> None:
    text = page.form.head.lacks_label.text()
    assert "Нет документа: Заявление" in text
    assert "Нет согласия на обработку персональных данных." in text
    assert page.form.head.lacks_label.isVisible()
