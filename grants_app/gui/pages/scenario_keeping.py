"""Keeping, renaming and removing scenarios in the background; it does not know what any of them changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from grants_app.gui.widgets.strip import StripAction
from grants_app.services import scenarios

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.records import Scenario
    from grants_app.domain.scenario import WhatIf
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.scenario_shelf import ScenarioShelf
    from grants_app.gui.tasks import Task

Answer = tuple[tuple["Scenario", ...], str]


class ScenarioKeeping(QObject):
    """The acts of the shelf; each answers the kept scenarios anew and whose turn it is then."""

    kept = Signal(object, str)
    """The kept scenarios, and the name to put the cursor on ("" for a new one)."""
    failed = Signal(str)
    """Why it was not done, in words."""

    def __init__(self, context: PageContext, shelf: ScenarioShelf) -> None:
        super().__init__(shelf)
        self.context = context
        self._shelf = shelf
        self._removed: Scenario | None = None

    def keep(self, name: str, changed: WhatIf, replacing: str) -> None:
        """Keep a scenario under a name."""
        office = self.context.office
        text = self.context.words("The scenario “{name}” has been saved.", name=name)
        self._do(lambda: scenarios.keep(office, name, changed, replacing=replacing), name, text)

    @Slot(str)
    def rename(self, new: str) -> None:
        """Give the scenario under the cursor another name."""
        office, name = self.context.office, self._shelf.current
        text = self.context.words("The scenario has been renamed “{name}”.", name=new)
        self._do(lambda: scenarios.rename(office, name, new), new, text)

    @Slot()
    def remove(self) -> None:
        """Take the scenario under the cursor out of the list; a link brings it back."""
        office, name, words = self.context.office, self._shelf.current, self.context.words
        self._removed = self._shelf.record(name)
        link = StripAction(words("Restore"), self.bring_back)
        text = words("The scenario “{name}” has been removed.", name=name)
        self._do(lambda: scenarios.remove(office, name), "", text, link)

    def bring_back(self) -> None:
        """Keep again what was removed last."""
        office, removed = self.context.office, self._removed
        if removed is not None:
            text = self.context.words("The scenario “{name}” has been saved.", name=removed.name)
            self._do(lambda: scenarios.bring_back(office, removed), removed.name, text)

    def _do(self, act: Callable[[], Any], name: str, text: str, link: StripAction | None = None) -> None:
        office = self.context.office

        def work(_task: Task[Any]) -> tuple[Answer, str, StripAction | None]:
            act()
            return (scenarios.kept(office), name), text, link

        self.context.tasks.run(work, done=self._on_done, failed=self._on_failed)

    @Slot(object)
    def _on_done(self, answer: tuple[Answer, str, StripAction | None]) -> None:
        (kept, name), text, link = answer
        self.kept.emit(kept, name)
        self.context.show_message("ok", text, link)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(self.context.failure_words(error)[1])
