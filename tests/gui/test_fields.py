"""The window knows every field the table of fields says it does: to type, to call, to show in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain import fields
from grants_app.gui.pages.journal_words import _FIELDS
from grants_app.services.lists import table
from grants_app.wording import Words
from tests.gui.desks import page_of, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office


def test_every_field_said_to_be_typed_stands_in_the_form(
    desk_window: Callable[..., MainWindow], stage_office: Callable[[str], Office], qtbot: QtBot, tasks: Tasks
) -> None:
    window = desk_window(stage_office("nobody"))
    window.stack.go("applicants")
    settle(qtbot, tasks)
    standing = list(page_of(window).form.body.fields)
    for field in fields.FIELDS:
        if field.typed:
            assert any(key == field.typed or key.startswith(field.typed) for key in standing), field.key


def test_the_journal_has_a_word_for_every_field() -> None:
    assert not {field.word for field in fields.FIELDS} - _FIELDS


def test_every_field_said_to_be_exported_is_a_column_of_the_list(
    stage_office: Callable[[str], Office],
) -> None:
    columns = {column.key for column in table(stage_office("nobody"), Words("ru"), "applications").columns}
    told = {field.exported for field in fields.FIELDS if field.exported}
    assert told == columns - {"no", "state"}
