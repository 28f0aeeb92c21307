"""Writes what a scenario comes to into a file; what it comes to was found elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from grants_app.gui.dialogs.export import ExportPanel
from grants_app.gui.pages.scenario_rows import written
from grants_app.services import scenarios

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.services.naming import Naming
    from grants_app.services.scenarios import Held, Outcome


class ScenarioExport(ExportPanel):
    """The comparison on view, as a workbook or as CSV; Esc goes back to it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, ("xlsx", "csv"), parent)
        self.hide()

    def ask(self, naming: Naming, held: Held, outcome: Outcome) -> None:
        """Offer to write it."""
        words, language, office = self.words, self.words.current, self.context.office
        made = written(naming, held, outcome)

        def write(form: str, path: Path) -> int:
            return scenarios.write(office, language, made, form, path)

        sentence = words("All applicants whose grant changes, and grants by group.")
        self.offer(words("Scenario"), (words("Export…"), sentence, words("Write the file")), write)
        self.cancel_button.show()
        self.path_edit.setFocus(Qt.FocusReason.TabFocusReason)
