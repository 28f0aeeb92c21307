"""Windows at real offices: the sample campaign on a database of the test's own, and one with nobody in it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import pytest
from PySide6.QtCore import QSettings

from grants_app.bootstrap import Outside
from grants_app.gui.application import PAGES, START
from grants_app.gui.main_window import FrameParts, MainWindow
from grants_app.gui.page import Desk
from grants_app.services.access import Folders
from grants_app.services.opening import Premises
from tests import offices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from grants_app.gui.page import Page
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.tasks import Tasks
    from grants_app.gui.theme import Theme
    from grants_app.gui.widgets.pdf import PdfThread
    from grants_app.services.access import Office


@pytest.fixture(scope="session")
def sample_stages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample campaign at its stages, made once."""
    folder = tmp_path_factory.getbasetemp() / "desk_stages"
    if not folder.exists():
        offices.make_stages(folder)
    return folder


@pytest.fixture
def stage_office(sample_stages: Path, tmp_path: Path) -> Iterator[Callable[[str], Office]]:
    """Opens a copy of the sample at a stage (`imported`, `settled`, `sealed`), `nobody` in it, or `empty`."""
    opened: list[Office] = []

    def open_stage(stage: str) -> Office:
        folder = tmp_path / f"desk-{len(opened)}"
        if stage in ("nobody", "empty"):
            folder.mkdir()
            office = offices.new_office(folder, "sample" if stage == "nobody" else stage)
        else:
            shutil.copytree(sample_stages / stage, folder)
            office = offices.opened(folder)
        office = replace(office, folders=Folders(folder))
        opened.append(office)
        return office

    yield open_stage
    for office in opened:
        office.store.close()


@pytest.fixture
def desk_window(
    speech: Speech,
    theme: Theme,
    tasks: Tasks,
    pdf: PdfThread,
    tmp_path: Path,
    qapp: QApplication,
    qtbot: QtBot,
) -> Iterator[Callable[..., MainWindow]]:
    """Opens the real window with the real pages at an office (None: the first start), shown at a size."""
    windows: list[MainWindow] = []

    def open_window(office: Office | None, size: tuple[int, int] = (1366, 768)) -> MainWindow:
        premises = Premises(offices.summer, Folders(tmp_path / "own"), offices.READER)
        window = MainWindow(
            FrameParts(
                words=speech,
                theme=theme,
                tasks=tasks,
                desk=Desk(office, qapp, premises),
                pdf=pdf,
                report_bug=pytest.fail,
                settings=QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat),
                pages=[page.entry() for page in PAGES],
                start=START.entry(),
                facts=Outside().frame_facts,
            )
        )
        windows.append(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        settle(qtbot, tasks)
        return window

    yield open_window
    for window in windows:
        window.close()
        window.deleteLater()
    qapp.processEvents()


class PageDesk:
    """A page of the real window on view at an office; a subclass says which, and what one does there."""

    kind: ClassVar[type[Page]]
    page: Any

    def __init__(self, office: Office, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
        self.office, self.window, self.qtbot, self._tasks = office, window, qtbot, tasks
        window.stack.go(self.kind.page_id)
        self.settle()
        self.page = self.shown()
        self.begin()

    def begin(self) -> None:
        """Go on from the page to what is tested."""

    def shown(self) -> Any:
        """The page on view, which is of this kind."""
        page = page_of(self.window)
        assert isinstance(page, self.kind)
        return page

    def settle(self) -> None:
        """Let the background end."""
        settle(self.qtbot, self._tasks)


D = TypeVar("D", bound=PageDesk)


@pytest.fixture
def open_desk(
    stage_office: Callable[[str], Office],
    desk_window: Callable[..., MainWindow],
    qtbot: QtBot,
    tasks: Tasks,
) -> Callable[..., PageDesk]:
    """Opens a kind of desk at a stage of the sample as a role; `before` acts at the office first."""

    def open_at(
        kind: type[D],
        before: Callable[[Office], object] | None = None,
        *,
        stage: str = "settled",
        role: str = "secretary",
        size: tuple[int, int] = (1366, 768),
    ) -> D:
        office = stage_office(stage)
        if before is not None:
            before(office)
        office = office.acting_as(replace(office.actor, role=role))  # type: ignore[arg-type]  # a role
        return kind(office, desk_window(office, size), qtbot, tasks)

    return open_at


def settle(qtbot: QtBot, tasks: Tasks) -> None:
    """Wait until everything in the background has ended and was shown."""
    qtbot.waitUntil(lambda: not tasks.open_tasks, timeout=30_000)
    qtbot.wait(1)


def page_of(window: MainWindow) -> Page:
    """The page on view."""
    page = window.stack.page
    assert page is not None
    return page
