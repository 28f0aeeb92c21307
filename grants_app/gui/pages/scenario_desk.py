"""The scenario on view: what it changes, and beside it what it comes to; or the rules' whole editor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.domain.errors import Refused
from grants_app.gui.pages.scenario_changes import ChangesPanel
from grants_app.gui.pages.scenario_export import ScenarioExport
from grants_app.gui.pages.scenario_outcome import OutcomePanel
from grants_app.gui.pages.scenario_rows import summary
from grants_app.gui.pages.scenario_rules import ScenarioRules
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.layouts import flush_row
from grants_app.services import scenarios
from grants_app.services.naming import Naming

if TYPE_CHECKING:
    from grants_app.domain.scenario import WhatIf
    from grants_app.domain.sensitivity import Sensitivity
    from grants_app.gui.page import PageContext
    from grants_app.services.scenarios import Held, Outcome

_TYPING_MS = 200
_BOUND = ("run_hold_refused", "run_hold_not_chosen", "seated_not_admitted")
"""Refusals of somebody who has a grant already."""


class ScenarioDesk(QStackedWidget):
    """The changes and their answer, or the whole editor in their place; scenarios start from `held`."""

    asked = Signal(object)
    """What this scenario comes to is to be found out."""
    search_wanted = Signal()
    """What hangs by a thread is to be found out."""
    gathering_wanted = Signal()
    """Nothing is held and the officer wants to try again."""
    person_wanted = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = context.words
        self.held: Held | None = None
        self.changed: WhatIf | None = None
        self._outcome: Outcome | None = None
        self._found: Sensitivity | None = None
        self.changes = ChangesPanel(context, self)
        self.outcome = OutcomePanel(context, self)
        self.rules = ScenarioRules(context, self)
        self.export_panel = ScenarioExport(context, self)
        both = QWidget(self)
        row = flush_row(both)
        row.addWidget(self.changes)
        row.addWidget(Hairline(context.theme, both, vertical=True))
        row.addWidget(self.outcome, 1)
        self.addWidget(both)
        self.addWidget(self.rules)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._connect()

    def _connect(self) -> None:
        self._typing.timeout.connect(self._on_typing_timeout)
        self.changes.edited.connect(self._typing.start)
        self.changes.all_rules_wanted.connect(self.show_all_rules)
        self.rules.edited.connect(self._typing.start)
        self.rules.closed.connect(self.show_tables)
        self.outcome.thread_wanted.connect(self._on_thread_wanted)
        self.outcome.export_wanted.connect(self.ask_export)
        self.outcome.person_wanted.connect(self.person_wanted)
        self.outcome.state.pressed.connect(self._on_state_pressed)
        self.export_panel.closed.connect(self.show_tables)

    def retranslate(self) -> None:
        """Word everything again, keeping what was typed."""
        for part in (self.outcome, self.rules, self.export_panel):
            part.retranslate()
        naming = self.naming
        if naming is not None:
            self.changes.retranslate(naming)
            self._show_answer()

    @property
    def naming(self) -> Naming | None:
        """Who names criteria and programmes; None until everything was gathered."""
        if self.held is None:
            return None
        rules = self.changed.rules if self.changed is not None else self.held.ranked.ruleset
        return Naming(self._words, self.held.setup, rules)

    @property
    def apart(self) -> bool:
        """Whether something stands in place of the comparison that Esc leaves."""
        return self._whole or self._found is not None

    @property
    def _whole(self) -> bool:
        return self.currentWidget() is self.rules

    # ---- the scenario ---------------------------------------------------------------------------------

    def show_scenario(self, changed: WhatIf) -> None:
        """Put a scenario into the fields and ask what it comes to."""
        held = self.held
        if held is None:
            return
        self.changed = changed
        naming = Naming(self._words, held.setup, changed.rules)
        release = bool(held.ranked.inputs.holds)
        self.changes.show_changes(naming, scenarios.begun(held), changed, may_release=release)
        if self._whole:
            self.rules.show_rules(changed.rules, held.setup)
        self.asked.emit(changed)

    def read(self) -> bool:
        """Take what is typed; False, and said why, while it is no scenario."""
        try:
            if not self._whole:
                self.changed = self.changes.changed()
            elif self.changed is not None:
                self.changed = replace(self.changed, rules=self.rules.rules())
        except Refused as refused:
            self.say(refused)
            return False
        return True

    @Slot()
    def _on_typing_timeout(self) -> None:
        if self.read() and self.changed is not None:
            self.asked.emit(self.changed)

    @Slot()
    def show_all_rules(self) -> None:
        """Change anything at all: the rules' own editor."""
        if self.changed is not None and self.held is not None and self.read():
            self.setCurrentWidget(self.rules)
            self.rules.show_rules(self.changed.rules, self.held.setup)

    @Slot()
    def show_tables(self) -> None:
        """Back from the editor, the export, or what hangs by a thread, to the comparison."""
        self._found = None
        if self._whole:
            self._typing.stop()
            self.read()
            self.setCurrentIndex(0)
            if self.changed is not None:
                self.show_scenario(self.changed)
        self._show_answer()

    # ---- what it comes to -----------------------------------------------------------------------------

    @Slot(object)
    def show_outcome(self, outcome: Outcome) -> None:
        """Show what the scenario comes to."""
        self._outcome, self._found = outcome, None
        self._show_answer()

    @Slot(object)
    def show_fragile(self, found: Sensitivity) -> None:
        """Show what hangs by a thread."""
        self._found = found
        self._show_answer()

    @Slot(object)
    def say(self, refused: Refused) -> None:
        """The scenario cannot be: said in place of the tables, everything typed stays."""
        facts = dict(refused.facts)
        if self.naming is not None and "pool" in facts:
            facts["pool"] = self.naming.programme(str(facts["pool"]))
        text = self._words.code(refused.code, **facts)
        self._outcome = self._found = None
        bound = refused.code in _BOUND and self.changes.release_check is not None
        offer = self._words("Ignore grants already awarded") if bound else ""
        self.outcome.show_state(text, "warning", offer)
        self.rules.say(text)
        self.changes.show()

    def _show_answer(self) -> None:
        """The comparison, or what hangs by a thread, which takes the changes' room too."""
        held, naming = self.held, self.naming
        self.changes.setVisible(self._found is None)
        if held is None or naming is None:
            return
        if self._found is not None:
            self.outcome.show_fragile(naming, held, self._found)
        elif self._outcome is not None:
            self.outcome.show_outcome(naming, held, self._outcome)
            self.rules.say(summary(self._words, self._outcome))

    @Slot()
    def ask_export(self) -> None:
        """Ask where to write the comparison on view."""
        naming, held, outcome = self.naming, self.held, self._outcome
        if naming is not None and held is not None and outcome is not None:
            self.outcome.show_panel(self.export_panel)
            self.export_panel.ask(naming, held, outcome)

    @Slot()
    def _on_thread_wanted(self) -> None:
        if self._found is not None:
            self.show_tables()
        else:
            self.search_wanted.emit()

    @Slot()
    def _on_state_pressed(self) -> None:
        """What the sentence in place of the tables offers: try again, or let holders compete anew."""
        if self.held is None:
            self.gathering_wanted.emit()
        else:
            self.changes.release()
