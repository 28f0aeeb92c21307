"""Lists inside the window: copied, exported, printed, gone through by F3, and never moved under the hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QTableView

from grants_app.gui.dialogs.list_file import ListFileDialog
from grants_app.gui.keys import COMMANDS
from grants_app.gui.table_models import Column, LinesModel
from grants_app.gui.widgets.row_copying import rows_as_text
from grants_app.gui.widgets.tables import LinesTable
from grants_app.services import demonstration, intake, runs, upkeep
from tests.gui.desks import settle
from tests.gui.keyboard import press_ctrl

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.gui.theme import Theme
    from grants_app.services.access import Office

SENTENCE = "Не удалось записать: место занято другим файлом. Закройте его и повторите: /home/office/bug.txt"
PAGES = ("today", "applicants", "ranking", "awards", "papers", "journal", "campaign")


class Desk:
    """The real window at the sealed sample."""

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self.window, self._qtbot, self._tasks = office, window, qtbot, tasks

    def settle(self) -> None:
        """Let the background end."""
        settle(self._qtbot, self._tasks)

    def go(self, page: str) -> Any:
        """The page, on view and at rest."""
        self.window.stack.go(page)
        self.settle()
        return self.window.stack.page

    def lists(self) -> list[QAbstractItemView]:
        """The lists on view."""
        page = self.window.stack.page
        assert page is not None
        views = [view for view in page.findChildren(QAbstractItemView) if view.isVisible()]
        return [view for view in views if not isinstance(view, QHeaderView)]


@pytest.fixture
def desk(
    stage_office: Callable[[str], Office], desk_window: Callable[..., MainWindow], qtbot: QtBot, tasks: Tasks
) -> Desk:
    office = replace(stage_office("sealed"), clock=lambda: demonstration.SAMPLE_DAY)
    return Desk(office, desk_window(office), qtbot, tasks)


@pytest.mark.parametrize("letter", ["C", "С", "A", "Ф", "Z", "Я", "Y", "Н"])
def test_letter_chords_in_any_list_of_the_window_come_to_an_end(desk: Desk, letter: str) -> None:
    for page in PAGES:
        desk.go(page)
        for view in desk.lists():
            view.setFocus()
            press_ctrl(view, letter)


@pytest.mark.parametrize("letter", ["C", "С"])
def test_every_list_of_the_window_copies_its_rows(desk: Desk, letter: str) -> None:
    copied = 0
    for page in PAGES:
        desk.go(page)
        for view in desk.lists():
            view.setFocus()
            view.setCurrentIndex(view.model().index(0, 1 if isinstance(view, QTableView) else 0))
            if not view.currentIndex().isValid() or not view.hasFocus():
                continue
            QGuiApplication.clipboard().setText("nothing")
            press_ctrl(view, letter)
            assert QGuiApplication.clipboard().text() == rows_as_text(view) != "nothing", (page, view)
            copied += 1
    assert copied >= 6


def test_all_rows_are_chosen_and_copied_as_a_table(desk: Desk) -> None:
    desk.go("applicants")
    table = next(view for view in desk.lists() if isinstance(view, LinesTable))
    table.setFocus()
    desk.window.do("select_all")
    desk.window.do("copy")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == table.lines.rowCount() + 1
    assert len({line.count("\t") for line in lines}) == 1


@pytest.mark.parametrize(
    ("text", "copied"),
    [("=1+1", "'=1+1"), ("@cmd", "'@cmd"), ("+996700123456", "'+996700123456"), ("-5,0", "-5,0"),
     ("-a", "'-a"), ("\t=1", "'=1"), ("two\nlines", "two lines")],
)  # fmt: skip
def test_a_copied_cell_never_becomes_a_formula(
    shown: Callable[[QWidget], QWidget], theme: Theme, text: str, copied: str
) -> None:
    column = Column(key="one", title=lambda: "Одна", text=str)
    table = LinesTable(theme, LinesModel([column]))
    table.lines.show_all([text])
    shown(table)
    table.choose_row(0)
    assert rows_as_text(table) == f"Одна\n{copied}"


def _answered(desk: Desk) -> set[str]:
    """The commands somebody answers while every page, tab and list is gone through."""
    answered = set(desk.window.available)
    for page in PAGES:
        made = desk.go(page)
        tabs = getattr(made, "tabs", None) or getattr(made, "views", None)
        for _ in range(len(tabs.buttons) if tabs is not None else 1):
            for view in desk.lists():
                view.setFocus()
                for row in (view.model().rowCount() - 1, 0):
                    view.setCurrentIndex(view.model().index(row, 1 if isinstance(view, QTableView) else 0))
                    QApplication.processEvents()
                    answered |= desk.window.available
            desk.settle()
            answered |= desk.window.available
            desk.window.do("next_tab")
            desk.settle()
    desk.go("applicants")
    desk.window.do("new")
    answered |= desk.window.available
    desk.window.stack.page.board.form.keep_draft()
    table = desk.window.stack.page.board.list.table
    table.line_opened.emit(table.lines.line(0))
    desk.settle()
    known = intake.application(desk.office, table.lines.line(0).id)
    form = intake.SaveForm(
        entry=replace(known.entry, note="позвонить"),
        application=known.id,
        seen=known.version,
        paper="заявление",
        reason="просьба",
    )
    desk.window.parts.desk.tell(intake.save(desk.office, form).changed)
    desk.settle()
    return answered | desk.window.available


def test_every_command_of_the_menu_is_answered_by_some_page(
    desk: Desk,
    stage_office: Callable[[str], Office],
    desk_window: Callable[..., MainWindow],
    qtbot: QtBot,
    tasks: Tasks,
) -> None:
    office = stage_office("settled")
    runs.propose(office)
    answered = _answered(desk) | _answered(Desk(office, desk_window(office), qtbot, tasks))
    asked = {command.id for command in COMMANDS if command.scope == "page"}
    assert asked - answered == set()


def test_f3_goes_from_match_to_match(desk: Desk) -> None:
    page = desk.go("applicants")
    page.board.list.search_edit.setText("Асан")
    desk.settle()
    table = page.board.list.table
    assert table.lines.rowCount() > 1
    desk.window.do("next_match")
    first = table.current_line()
    assert table.hasFocus()
    desk.window.do("next_match")
    assert table.current_line() != first
    for _ in range(table.lines.rowCount() - 1):
        desk.window.do("next_match")
    assert table.current_line() == first


@pytest.mark.parametrize("page", ["applicants", "journal", "campaign"])
def test_the_list_on_view_is_written_as_it_is_shown(desk: Desk, page: str, tmp_path: Any) -> None:
    desk.go(page)
    desk.window.do("export")
    desk.settle()
    dialog = desk.window.findChild(ListFileDialog)
    assert dialog is not None
    assert dialog.shown_pdf.startswith(b"%PDF")
    dialog.panel.form_tabs.choose("csv")
    dialog.panel.path_edit.setText(str(tmp_path / "list.csv"))
    dialog.panel.act_button.click()
    desk.settle()
    table = next(view for view in desk.lists() if isinstance(view, LinesTable))
    written = (tmp_path / "list.csv").read_text("utf-8-sig").splitlines()
    assert len(written) == table.lines.rowCount() + 1
    assert upkeep.journal(desk.office, limit=1)[1][0].act == "list.exported"
    assert str(tmp_path / "list.csv") in desk.window.stack.page.strip.text


def test_f9_shows_the_pages_of_the_list_on_view(desk: Desk) -> None:
    desk.go("journal")
    desk.window.do("print_preview")
    desk.settle()
    dialog = desk.window.findChild(ListFileDialog)
    assert dialog is not None
    assert dialog.print_button.hasFocus()
    dialog.reject()


def test_three_presses_on_three_boxes_tick_three_rows_and_no_row_moves(desk: Desk, qtbot: QtBot) -> None:
    page = desk.go("awards")
    table = page.board.view.table.table
    before = table.mapTo(desk.window, QPoint(0, 0))
    places = [
        table.viewport().mapTo(desk.window, QPoint(16, table.rowViewportPosition(row) + 13))
        for row in range(3)
    ]
    for place in places:  # of the window: the hand does not follow a row that moves
        there = table.viewport().mapFrom(desk.window, place)
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=there)
        desk.settle()
    assert len(table.ticked) == 3
    assert table.mapTo(desk.window, QPoint(0, 0)) == before


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_a_message_moves_nothing_and_lies_over_no_button(
    desk: Desk, page: str, size: tuple[int, int]
) -> None:
    desk.window.resize(*size)
    made = desk.go(page)
    areas = made.regions()
    before = [area.mapTo(desk.window, QPoint(0, 0)) for area in areas]
    sizes = [area.size() for area in areas]
    for kind in ("ok", "warn", "bad"):
        made.show_message(kind, SENTENCE)
        desk.settle()
        assert made.strip.isVisible()
        assert made.rect().contains(made.strip.geometry())
        assert [area.mapTo(desk.window, QPoint(0, 0)) for area in areas] == before
        assert [area.size() for area in areas] == sizes
    primary = made.header.primary_button
    assert not made.strip.geometry().intersects(primary.geometry().translated(primary.parentWidget().pos()))


def test_space_ticks_all_rows_chosen_by_shift(desk: Desk, qtbot: QtBot) -> None:
    page = desk.go("awards")
    table = page.board.view.table.table
    table.setFocus()
    table.choose_row(0)
    for _ in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert len(table.ticked) == 4
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert not table.ticked


def test_the_applicants_are_filtered_by_programme(desk: Desk) -> None:
    page = desk.go("applicants")
    shown, menu = page.board.list, page.board.list.filter_menu
    everybody = shown.model.rowCount()
    pool = desk.office.campaign().setup.pools[0].id
    action = menu.programmes_menu.actions()[0]
    action.toggle()
    desk.settle()
    _total, lines = intake.lines(desk.office, filters={"pool": pool}, limit=1_000)
    assert 0 < shown.model.rowCount() == len(lines) < everybody
    assert shown.filter_button.text() == action.text()


@pytest.mark.parametrize("reason", list(QContextMenuEvent.Reason)[:2])
def test_a_list_has_a_menu_of_what_may_be_done_with_its_rows(
    desk: Desk, reason: QContextMenuEvent.Reason
) -> None:
    page = desk.go("applicants")
    table = page.board.list.table
    table.setFocus()
    table.choose_row(0)
    place = QPoint(40, 40)
    event = QContextMenuEvent(reason, place, table.viewport().mapToGlobal(place))
    QApplication.sendEvent(table.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = {action.objectName() for action in menu.actions()}
    assert {"copy", "select_all", "export", "new"} <= offered
    menu.close()
