"""The scenes pictures are made of: a page, and what to do on it before it is looked at."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication

import tests
from grants_app.gui.main_window import MainWindow
from grants_app.gui.tasks import Tasks

if TYPE_CHECKING:
    from grants_app.gui.page import Page


@dataclass(frozen=True, slots=True)
class Stage:
    """The window a scene plays in."""

    window: MainWindow
    tasks: Tasks
    office: Any

    @property
    def page(self) -> Page:
        """The page on view."""
        page = self.window.stack.page
        assert page is not None
        return page

    def settle(self, milliseconds: int = 20_000) -> None:
        """Let everything in the background end and be shown."""
        timer = QElapsedTimer()
        timer.start()
        quiet = 0
        while quiet < 5 and timer.elapsed() < milliseconds:
            QApplication.processEvents()
            QApplication.sendPostedEvents()
            quiet = 0 if self.tasks.open_tasks else quiet + 1


def _nothing(_stage: Stage) -> None:
    """A page as it opens."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its name, the page it opens, and what happens there first."""

    name: str
    page: str
    setup: Callable[[Stage], None] = _nothing
    without_office: bool = False
    stage: str = "sealed"
    """Of the sample campaign: imported, settled or sealed."""


def all_scenes() -> list[Scene]:
    """The scenes of every `tests/scenes_*.py`, each a module with a tuple SCENES."""
    found: list[Scene] = []
    for module in pkgutil.iter_modules(tests.__path__):
        if module.name.startswith("scenes_"):
            found.extend(importlib.import_module(f"tests.{module.name}").SCENES)
    return found
