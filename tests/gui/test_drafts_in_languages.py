"""A switch of the language keeps every draft as it was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit

from grants_app.gui.pages.ranking import RankingPage
from grants_app.gui.pages.rules_editor_fields import SourceEdit
from grants_app.gui.widgets.editors import ChoiceEdit, DateEdit
from grants_app.services import standing
from tests.gui.desks import page_of, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office

ROUND = ("ky", "kk", "en", "ru")
PLACES = (
    ("applicants", 0), ("ranking", 1), ("ranking", 2), ("ranking", 3), ("awards", 0), ("awards", 1),
    ("journal", 0), ("campaign", 0),
)  # fmt: skip


def _fields(window: MainWindow) -> list[QLineEdit]:
    page = page_of(window)
    fields = [field for field in page.findChildren(QLineEdit) if field.isVisible() and field.isEnabled()]
    return [
        field
        for field in fields
        if not field.isReadOnly()
        and not isinstance(field, (ChoiceEdit, DateEdit))
        and not isinstance(field.parentWidget(), (QComboBox, QAbstractSpinBox))
    ]


@pytest.fixture
def window(stage_office: Callable[[str], Office], desk_window: Callable[..., MainWindow]) -> MainWindow:
    return desk_window(stage_office("settled"))


@pytest.mark.parametrize(("page", "tab"), PLACES)
def test_what_is_typed_anywhere_outlives_a_round_of_languages(
    window: MainWindow, qtbot: QtBot, tasks: Tasks, page: str, tab: int
) -> None:
    window.stack.go(page)
    settle(qtbot, tasks)
    for _ in range(tab):
        window.do("next_tab")
    if page == "applicants":
        window.do("new")
    settle(qtbot, tasks)
    for number, field in enumerate(_fields(window)):
        field.setText(f"{number}7")
        field.textEdited.emit(field.text())
    settle(qtbot, tasks)
    typed = [field.text() for field in _fields(window)]
    for lang in ROUND:
        window.words.switch(lang)
        settle(qtbot, tasks)
        assert [field.text() for field in _fields(window)] == typed, lang


@pytest.mark.parametrize("typing", [False, True])
def test_a_shipped_source_stays_the_rules_own_through_a_round_of_languages(
    window: MainWindow, qtbot: QtBot, tasks: Tasks, typing: bool
) -> None:
    window.stack.go("ranking")
    page = page_of(window)
    assert isinstance(page, RankingPage)
    page.tabs.choose("rules")
    settle(qtbot, tasks)
    rules = standing.current_rules(window.parts.desk.office)
    if typing:  # else the version is read anew with every language
        page.rules_desk.editor.edited.emit()
        assert page.rules_desk.changing
    for lang in ROUND:  # every section is worded again, whichever is on view
        window.words.switch(lang)
        settle(qtbot, tasks)
        sources = page.rules_desk.editor.stack.findChildren(SourceEdit)
        assert sources
        assert all(field.source == field.source.strip() for field in sources)
    made = page.rules_desk.editor.rules()
    same = replace(made, version=rules.version, in_force_from=rules.in_force_from)
    assert same == rules
