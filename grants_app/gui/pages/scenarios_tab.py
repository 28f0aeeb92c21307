"""What if: kept scenarios, what they change, and beside it what they come to; nothing official moves.

Everything is gathered once and held; each change is answered in the background, the newest one only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from grants_app.domain.errors import Refused
from grants_app.gui.pages.scenario_asking import ScenarioAsking
from grants_app.gui.pages.scenario_changes import ChangesPanel
from grants_app.gui.pages.scenario_export import ScenarioExport
from grants_app.gui.pages.scenario_keeping import ScenarioKeeping
from grants_app.gui.pages.scenario_outcome import OutcomePanel
from grants_app.gui.pages.scenario_rows import summary
from grants_app.gui.pages.scenario_rules import ScenarioRules
from grants_app.gui.pages.scenario_shelf import ScenarioShelf
from grants_app.gui.widgets.labels import Hairline
from grants_app.services import scenarios
from grants_app.services.naming import Naming

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from grants_app.domain.records import Scenario
    from grants_app.domain.scenario import WhatIf
    from grants_app.domain.sensitivity import Sensitivity
    from grants_app.gui.page import PageContext
    from grants_app.services.scenarios import Outcome

_NARROW = 1150
_TYPING_MS = 200
_BOUND = ("run_hold_refused", "run_hold_not_chosen", "seated_not_admitted")
"""Refusals of somebody who has a grant already."""


class ScenariosTab(QWidget):
    """Three columns; the rules' whole editor takes the place of two of them when it is asked for."""

    failed = Signal(object)
    person_wanted = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self._changed: WhatIf | None = None
        self._outcome: Outcome | None = None
        self._found: Sensitivity | None = None
        self._stale = True
        self.asking = ScenarioAsking(context, self)
        self.shelf = ScenarioShelf(context, self)
        self.keeping = ScenarioKeeping(context, self.shelf)
        self.changes = ChangesPanel(context, self)
        self.outcome = OutcomePanel(context, self)
        self.rules = ScenarioRules(context, self)
        self.export_panel = ScenarioExport(context, self)
        beside = QWidget(self)
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.changes)
        row.addWidget(Hairline(context.theme, beside, vertical=True))
        row.addWidget(self.outcome, 1)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(beside)
        self.stack.addWidget(self.rules)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.shelf)
        layout.addWidget(Hairline(context.theme, self, vertical=True))
        layout.addWidget(self.stack, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        asking, shelf, outcome = self.asking, self.shelf, self.outcome
        asking.gathered.connect(self._on_gathered)
        asking.answered.connect(self._on_answered)
        asking.found.connect(self._on_found)
        asking.refused.connect(self._say)
        asking.failed.connect(self._on_failed)
        self._typing.timeout.connect(self._on_typing_timeout)
        self.changes.edited.connect(self._typing.start)
        self.changes.all_rules_wanted.connect(self.show_all_rules)
        self.rules.edited.connect(self._typing.start)
        self.rules.closed.connect(self.show_tables)
        shelf.chosen.connect(self._on_chosen)
        shelf.entered.connect(self._on_entered)
        shelf.keep_wanted.connect(self._on_keep_wanted)
        shelf.rename_wanted.connect(self.keeping.rename)
        shelf.remove_wanted.connect(self.keeping.remove)
        self.keeping.kept.connect(self._on_kept)
        self.keeping.failed.connect(shelf.say)
        outcome.thread_wanted.connect(self._on_thread_wanted)
        outcome.export_wanted.connect(self.ask_export)
        outcome.person_wanted.connect(self.person_wanted)
        outcome.state.pressed.connect(self._on_state_pressed)
        self.export_panel.closed.connect(self.show_tables)

    # ---- what the page asks -----------------------------------------------------------------------------

    def forget(self) -> None:
        """The register has changed: gather again when the tab is on view, keeping what was typed."""
        self._stale = True
        if self.isVisible():
            self.open()

    def open(self) -> None:
        """The tab comes on view."""
        if self._stale:
            self._stale = False
            if self.asking.held is None:
                self.outcome.show_state(self.words("Gathering everybody's results…"))
            self.asking.gather()

    def retranslate(self) -> None:
        """Word everything again, keeping what was typed."""
        for part in (self.shelf, self.outcome, self.rules, self.export_panel):
            part.retranslate()
        naming = self.naming
        if naming is not None:
            self.changes.retranslate(naming)
            self._show_answer()

    @property
    def naming(self) -> Naming | None:
        """Who names criteria and programmes; None until everything was gathered."""
        held = self.asking.held
        if held is None:
            return None
        rules = self._changed.rules if self._changed is not None else held.ranked.ruleset
        return Naming(self.words, held.setup, rules)

    # ---- showing ----------------------------------------------------------------------------------------

    @Slot(object)
    def _on_gathered(self, kept: tuple[Scenario, ...]) -> None:
        self._show_kept(kept, self.shelf.current)
        held = self.asking.held
        if self._changed is None and held is not None:
            self._show_scenario(scenarios.begun(held))
        elif self._changed is not None:
            self.asking.ask(self._changed)

    def _show_kept(self, kept: tuple[Scenario, ...], chosen: str) -> None:
        held, office = self.asking.held, self.context.office
        zone = held.setup.zone if held is not None else "UTC"
        may = "run" in office.allowed(office.campaign())
        self.shelf.show_kept(kept, chosen, zone, may=may)

    def _show_scenario(self, changed: WhatIf) -> None:
        """Put a scenario into the fields and ask what it comes to."""
        held = self.asking.held
        if held is None:
            return
        self._changed = changed
        naming = Naming(self.words, held.setup, changed.rules)
        release = bool(held.ranked.inputs.holds)
        self.changes.show_changes(naming, scenarios.begun(held), changed, may_release=release)
        if self.stack.currentWidget() is self.rules:
            self.rules.show_rules(changed.rules, held.setup)
        self.asking.ask(changed)

    @Slot()
    def _on_typing_timeout(self) -> None:
        if self._read() and self._changed is not None:
            self.asking.ask(self._changed)

    def _read(self) -> bool:
        """Take what is typed; False, and said why, while it is no scenario."""
        try:
            if self.stack.currentWidget() is not self.rules:
                self._changed = self.changes.changed()
            elif self._changed is not None:
                self._changed = replace(self._changed, rules=self.rules.rules())
        except Refused as refused:
            self._say(refused)
            return False
        return True

    @Slot(object)
    def _on_answered(self, outcome: Outcome) -> None:
        self._outcome, self._found = outcome, None
        self._show_answer()

    @Slot(object)
    def _say(self, refused: Refused) -> None:
        """The scenario cannot be: said in place of the tables, everything typed stays."""
        facts = dict(refused.facts)
        if self.naming is not None and "pool" in facts:
            facts["pool"] = self.naming.programme(str(facts["pool"]))
        text = self.words.code(refused.code, **facts)
        self._outcome = self._found = None
        bound = refused.code in _BOUND and self.changes.release_check is not None
        offer = self.words("Without grants given") if bound else ""
        self.outcome.show_state(text, "warning", offer)
        self.rules.say(text)
        self.changes.show()

    @Slot()
    def _on_state_pressed(self) -> None:
        """What the sentence in place of the tables offers: let holders compete anew, or try again."""
        if self.asking.held is None:
            self._stale = True
            self.open()
        else:
            self.changes.release()

    def _show_answer(self) -> None:
        """The comparison, or what hangs by a thread, which takes the changes' room too."""
        held, naming = self.asking.held, self.naming
        self.changes.setVisible(self._found is None)
        if held is None or naming is None:
            return
        if self._found is not None:
            self.outcome.show_fragile(naming, held, self._found)
        elif self._outcome is not None:
            self.outcome.show_outcome(naming, held, self._outcome)
            self.rules.say(summary(self.words, self._outcome))

    @Slot()
    def show_all_rules(self) -> None:
        """Change anything at all: the rules' own editor."""
        held = self.asking.held
        if self._changed is not None and held is not None and self._read():
            self.stack.setCurrentWidget(self.rules)
            self.rules.show_rules(self._changed.rules, held.setup)

    @Slot()
    def show_tables(self) -> None:
        """Back from the editor, the export, or what hangs by a thread, to the comparison."""
        self._found = None
        if self.stack.currentWidget() is self.rules:
            self._typing.stop()
            self._read()
            self.stack.setCurrentIndex(0)
            if self._changed is not None:
                self._show_scenario(self._changed)
        self._show_answer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the comparison."""
        apart = self.stack.currentWidget() is self.rules or self._found is not None
        if event.key() == Qt.Key.Key_Escape and apart:
            self.show_tables()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns give way to the tables in a small window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.shelf.setFixedWidth(186 if narrow else 220)
        self.changes.setFixedWidth(256 if narrow else 300)

    # ---- what is asked for ------------------------------------------------------------------------------

    @Slot()
    def _on_thread_wanted(self) -> None:
        if self._found is not None:
            self.show_tables()
        else:
            self.asking.search()

    @Slot(object)
    def _on_found(self, found: Sensitivity) -> None:
        self._found = found
        self._show_answer()

    @Slot()
    def ask_export(self) -> None:
        """Ask where to write the comparison on view."""
        naming, held, outcome = self.naming, self.asking.held, self._outcome
        if naming is not None and held is not None and outcome is not None:
            self.outcome.show_panel(self.export_panel)
            self.export_panel.ask(naming, held, outcome)

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        held, record = self.asking.held, self.shelf.record(name)
        if held is None:
            return
        if record is None:
            self._show_scenario(scenarios.begun(held))
            return
        try:
            opened = scenarios.opened(held, record)
        except Refused as refused:
            self._say(refused)
            return
        self._show_scenario(opened.changed)
        self.shelf.say(" ".join(self.words.code(note.code, **note.facts) for note in opened.notes))

    @Slot()
    def _on_entered(self) -> None:
        first = next(iter(self.changes.rows.values()), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _on_keep_wanted(self, name: str) -> None:
        if self._read() and self._changed is not None:
            self.keeping.keep(name, self._changed, self.shelf.current)

    @Slot(object, str)
    def _on_kept(self, kept: tuple[Scenario, ...], name: str) -> None:
        """A name: the scenario on view has it now; none: it was removed, and a new one is begun."""
        brought_back = bool(name) and self.shelf.record(name) is None and not self.shelf.name
        self._show_kept(kept, name)
        self.shelf.show_name(name)
        if brought_back or not name:
            self._on_chosen(name)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._stale = True
        if self.asking.held is None:
            text = self.context.failure_words(error)[1]
            self.outcome.show_state(text, "warning", self.words("Try again"))
        else:
            self.failed.emit(error)
