"""Asks the services in the background: what is held, what a scenario comes to, what hangs by a thread.

It shows nothing; of several questions of one kind only the newest is answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from grants_app.domain.errors import Refused
from grants_app.services import scenarios, sensitivity

if TYPE_CHECKING:
    from grants_app.domain.records import Scenario
    from grants_app.domain.scenario import WhatIf
    from grants_app.domain.sensitivity import Sensitivity
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task
    from grants_app.services.scenarios import Held, Outcome


class ScenarioAsking(QObject):
    """The people and the official run, held once gathered, and the questions put to them."""

    gathered = Signal(object)
    """The kept scenarios, when everything was gathered (anew)."""
    answered = Signal(object)
    found = Signal(object)
    refused = Signal(object)
    """The `Refused` of a scenario that cannot be."""
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self.held: Held | None = None

    def gather(self) -> None:
        """Read the register."""
        office = self.context.office

        def work(_task: Task[Any]) -> tuple[Held, tuple[Scenario, ...]]:
            return scenarios.held(office), scenarios.kept(office)

        self.context.tasks.run(work, done=self._on_gathered, failed=self._on_failed, key="scenarios_held")

    def ask(self, changed: WhatIf) -> None:
        """Find out what the scenario would come to."""
        held = self.held
        if held is None:
            return

        def work(_task: Task[Outcome]) -> Outcome:
            return scenarios.what_if(held, changed)

        self.context.tasks.run(work, done=self._on_answered, failed=self._on_refused, key="scenario")

    def search(self) -> None:
        """Find out which grants hang by a thread."""
        office = self.context.office
        title = self.context.words("Checking the sensitivity…")

        def work(task: Task[Sensitivity]) -> Sensitivity:
            return sensitivity.warnings(office, progress=task.report)

        self.context.tasks.run(work, done=self._on_found, failed=self._on_failed, title=title, key="fragile")

    @Slot(object)
    def _on_gathered(self, read: tuple[Held, tuple[Scenario, ...]]) -> None:
        self.held, kept = read
        self.gathered.emit(kept)

    @Slot(object)
    def _on_answered(self, outcome: Outcome) -> None:
        self.answered.emit(outcome)

    @Slot(object)
    def _on_found(self, found: Sensitivity) -> None:
        self.found.emit(found)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        (self.refused if isinstance(error, Refused) else self.failed).emit(error)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
