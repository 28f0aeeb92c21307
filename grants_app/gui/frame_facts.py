"""Keeps what the frame shows of the office up to date; what the facts are is told from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from grants_app.gui.widgets.bars import FrameFacts

if TYPE_CHECKING:
    from grants_app.gui.main_window import MainWindow


class FactsTeller(QObject):
    """Reads the facts in the background and shows them in the top bar, the rail and the status bar."""

    shown = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def refresh(self) -> None:
        """Read the facts again."""
        parts, words = self._window.parts, self._window.words
        read = parts.facts
        if read is None or not parts.desk.open:
            self.show_facts(FrameFacts(title=words("Grants")))
            return
        office, current = parts.desk.office, words.current
        parts.tasks.run(
            lambda _task: read(office, current),
            done=self.show_facts,
            failed=self._on_failed,
            key="frame.facts",
        )

    @Slot(object)
    def show_facts(self, facts: FrameFacts) -> None:
        """Show campaign, branch, officer, backup, journal, figures."""
        self._window.top_bar.show_facts(facts)
        self._window.status_bar.show_facts(facts.facts)
        self._window.setWindowTitle(facts.window_title or facts.title)
        self._window.clock_watch.wait_for(facts.changes_at, facts.zone)
        for page_id, count in (facts.counts or {}).items():
            self._window.rail.set_count(page_id, count)
        self.shown.emit()

    @Slot(str, int)
    def show_count(self, page_id: str, number: int) -> None:
        """A page counted something itself."""
        self._window.rail.set_count(page_id, str(number))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._window.context.tell_failure(error)
