"""What tests of the window start from: words, theme, a page context, a window of plain pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from grants_app.domain.journal import Actor
from grants_app.gui.application import make_theme, style_application
from grants_app.gui.main_window import FrameParts, MainWindow
from grants_app.gui.page import Desk, PageContext
from grants_app.gui.page_stack import PageEntry
from grants_app.gui.qt_words import Speech
from grants_app.gui.tasks import Tasks
from grants_app.gui.widgets.pdf import PdfThread
from grants_app.wording import Words
from tests.gui.desks import (  # noqa: F401 - fixtures for every test here
    desk_window,
    open_desk,
    sample_stages,
    stage_office,
)
from tests.gui.plain_pages import PLAIN_PAGES, PlainStartPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from grants_app.gui.theme import Theme


@pytest.fixture(scope="session")
def styled(qapp: QApplication) -> Theme:
    """The application, styled once as the program is."""
    made = make_theme(qapp)
    style_application(qapp, made)
    return made


@pytest.fixture
def theme(styled: Theme) -> Theme:
    """The light appearance."""
    styled.choose("light")
    return styled


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Shows a widget and gives it the focus; it is closed after the test."""

    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        widget.setFocus()
        return widget

    return show


@pytest.fixture
def speech(qapp: QApplication) -> Iterator[Speech]:
    """Russian words, Qt's own among them."""
    made = Speech(Words, "ru", qapp)
    made.install()
    yield made
    made.remove()
    made.deleteLater()


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """The background thread, ended after the test."""
    made = Tasks(qapp)
    yield made
    assert made.close()


@pytest.fixture
def pdf(qapp: QApplication) -> Iterator[PdfThread]:
    """The PDF thread, ended after the test."""
    made = PdfThread(qapp)
    yield made
    made.close()


@pytest.fixture
def told() -> list[str]:
    """What the page context was told to show, as `kind: text`."""
    return []


@pytest.fixture
def context(
    speech: Speech, theme: Theme, tasks: Tasks, pdf: PdfThread, told: list[str], qapp: QApplication
) -> PageContext:
    """A page context at a desk without an office; messages go to `told`."""
    return PageContext(
        words=speech,
        theme=theme,
        tasks=tasks,
        desk=Desk(parent=qapp),
        pdf=pdf,
        show_message=lambda kind, text, _action=None: told.append(f"{kind}: {text}"),
        go=lambda page_id, filter_=None: told.append(f"go: {page_id} {dict(filter_ or {})}"),
        report_bug=lambda _text: "report.txt",
    )


class PlainOffice(str):
    """An office by its words alone, with somebody at it."""

    __slots__ = ()
    actor = Actor(name="Асанов Ү.", branch="KAZNU-BSH")

    def clock(self) -> datetime:
        """Its clock, which the window looks at."""
        return datetime.now(UTC)


AN_OFFICE = PlainOffice("an office")


@pytest.fixture
def make_window(
    speech: Speech, theme: Theme, tasks: Tasks, pdf: PdfThread, tmp_path: Path, qapp: QApplication
) -> Iterator[Callable[..., MainWindow]]:
    """Makes a window of plain pages; `office` may be any object somebody sits at: no service is asked."""
    windows: list[MainWindow] = []

    def make(*, office: object = AN_OFFICE, **changes: object) -> MainWindow:
        parts = {
            "words": speech,
            "theme": theme,
            "tasks": tasks,
            "desk": Desk(office, parent=qapp),
            "pdf": pdf,
            "report_bug": lambda _text: "report.txt",
            "settings": QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat),
            "pages": [PageEntry(kind.page_id, kind.page_id, kind.name, kind) for kind in PLAIN_PAGES],
            "start": PageEntry("start", "today", "Start", PlainStartPage),
            **changes,
        }
        window = MainWindow(FrameParts(**parts))
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    """A shown window of plain pages at 1366 × 768."""
    made = make_window()
    made.resize(1366, 768)
    made.show()
    return made
