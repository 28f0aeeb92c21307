"""What if: kept scenarios, what they change, and beside it what they come to; nothing official moves.

Everything is gathered once and held; each change is answered in the background, the newest one only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from grants_app.domain.errors import Refused
from grants_app.gui.pages.scenario_asking import ScenarioAsking
from grants_app.gui.pages.scenario_desk import ScenarioDesk
from grants_app.gui.pages.scenario_keeping import ScenarioKeeping
from grants_app.gui.pages.scenario_shelf import ScenarioShelf
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.layouts import flush_row
from grants_app.services import scenarios

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from grants_app.domain.records import Scenario
    from grants_app.gui.page import PageContext

_NARROW = 1150


class ScenariosTab(QWidget):
    """The kept scenarios at the left, the one on view beside them."""

    failed = Signal(object)
    person_wanted = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self._stale = True
        self.asking = ScenarioAsking(context, self)
        self.shelf = ScenarioShelf(context, self)
        self.keeping = ScenarioKeeping(context, self.shelf)
        self.desk = ScenarioDesk(context, self)
        layout = flush_row(self)
        layout.addWidget(self.shelf)
        layout.addWidget(Hairline(context.theme, self, vertical=True))
        layout.addWidget(self.desk, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        asking, shelf, desk = self.asking, self.shelf, self.desk
        asking.gathered.connect(self._on_gathered)
        asking.answered.connect(desk.show_outcome)
        asking.found.connect(desk.show_fragile)
        asking.refused.connect(desk.say)
        asking.failed.connect(self._on_failed)
        desk.asked.connect(asking.ask)
        desk.search_wanted.connect(asking.search)
        desk.gathering_wanted.connect(self.forget)
        desk.person_wanted.connect(self.person_wanted)
        shelf.chosen.connect(self._on_chosen)
        shelf.entered.connect(desk.changes.focus_first)
        shelf.keep_wanted.connect(self._on_keep_wanted)
        shelf.rename_wanted.connect(self.keeping.rename)
        shelf.remove_wanted.connect(self.keeping.remove)
        self.keeping.kept.connect(self._on_kept)
        self.keeping.failed.connect(shelf.say)

    @Slot()
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
                self.desk.outcome.show_state(self.words("Collecting results…"))
            self.asking.gather()

    def retranslate(self) -> None:
        """Word everything again, keeping what was typed."""
        self.shelf.retranslate()
        self.desk.retranslate()

    @Slot(object)
    def _on_gathered(self, kept: tuple[Scenario, ...]) -> None:
        self._show_kept(kept, self.shelf.current)
        held, changed = self.asking.held, self.desk.changed
        self.desk.held = held
        if changed is not None:
            self.asking.ask(changed)
        elif held is not None:
            self.desk.show_scenario(scenarios.begun(held))

    def _show_kept(self, kept: tuple[Scenario, ...], chosen: str) -> None:
        office = self.context.office
        campaign = office.campaign()
        self.shelf.show_kept(kept, chosen, campaign.setup.zone, may="run" in office.allowed(campaign))

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        held, record = self.asking.held, self.shelf.record(name)
        if held is None:
            return
        if record is None:
            self.desk.show_scenario(scenarios.begun(held))
            return
        try:
            opened = scenarios.opened(held, record)
        except Refused as refused:
            self.desk.say(refused)
            return
        self.desk.show_scenario(opened.changed)
        self.shelf.say(" ".join(self.words.code(note.code, **note.facts) for note in opened.notes))

    @Slot(str)
    def _on_keep_wanted(self, name: str) -> None:
        if self.desk.read() and self.desk.changed is not None:
            self.keeping.keep(name, self.desk.changed, self.shelf.current)

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
            self.desk.outcome.show_state(text, "warning", self.words("Try again"))
        else:
            self.failed.emit(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the comparison."""
        if event.key() == Qt.Key.Key_Escape and self.desk.apart:
            self.desk.show_tables()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns give way to the tables in a small window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.shelf.setFixedWidth(186 if narrow else 220)
        self.desk.changes.setFixedWidth(274 if narrow else 300)
