"""The column at the right of the ranking: the explanation, or a decision, the ties, a paper in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.gui.dialogs.paper import PaperPanel
from grants_app.gui.dialogs.placement import PlacementPanel, placement_taken_back
from grants_app.gui.dialogs.reasoned import ReasonPanel
from grants_app.gui.dialogs.tie import TiePanel
from grants_app.gui.dialogs.ties import TiesPanel, taken_back
from grants_app.gui.pages.explanation_panel import ExplanationPanel
from grants_app.gui.pages.ranking_data import appeal_paper, lot_paper, read_ties
from grants_app.services import decisions

if TYPE_CHECKING:
    from grants_app.domain.journal import Changed
    from grants_app.gui.dialogs.paper import Paper
    from grants_app.gui.dialogs.ties import TiesShown
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task
    from grants_app.services.naming import Naming
    from grants_app.services.ties import DecidedTie


class RankingSide(QStackedWidget):
    """One panel at a time; whatever else stands here goes back to the explanation."""

    closed = Signal()
    """Back to the explanation."""
    failed = Signal(object)
    told = Signal(str)
    """A sentence for the page's strip: a paper was saved or printed."""
    decided = Signal(object)
    """A decision was made by hand, or is out of force; carries what changed."""
    paper_shown = Signal()
    """A paper is on view here; its preview takes the list's place."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.explanation = ExplanationPanel(context.theme, context.words, self)
        self.tie_panel = TiePanel(context, self)
        self.reason_panel = ReasonPanel(context, self)
        self.paper_panel = PaperPanel(context, self)
        self.placement_panel = PlacementPanel(context, self)
        self.ties_panel = TiesPanel(context, self)
        self.addWidget(self.explanation)
        for decision in (self.tie_panel, self.reason_panel, self.paper_panel, self.placement_panel):
            self.addWidget(decision)
            decision.closed.connect(self.closed)
        self.addWidget(self.ties_panel)
        self.ties_panel.closed.connect(self.closed)
        self.ties_panel.take_back_wanted.connect(self._on_take_back_wanted)
        self.ties_panel.record_wanted.connect(self._on_record_wanted)
        self.reason_panel.done.connect(self._on_taken_back)
        self.placement_panel.saved.connect(self.decided)
        self.paper_panel.written.connect(self._on_written)
        self.paper_panel.printed.connect(self._on_printed)
        self.explanation.paper_wanted.connect(self.show_appeal_sheet)

    def retranslate(self) -> None:
        """Word every panel again."""
        self.explanation.retranslate()
        for decision in (self.tie_panel, self.reason_panel, self.paper_panel):
            decision.retranslate()
        self.ties_panel.retranslate()

    def read_ties(self, naming: Naming) -> None:
        """Read the ties and show them."""
        office = self.context.office

        def work(_task: Task[TiesShown]) -> TiesShown:
            return read_ties(office, naming)

        self.context.tasks.run(work, done=self._on_ties_read, failed=self._on_failed, key="ranking_ties")

    def ask_placement(self, naming: Naming, number: str, name: str) -> None:
        """Ask where to place somebody by hand, or, where they are placed, why not any more."""
        placing = decisions.placing(self.context.office, number)
        if placing.placed is not None:
            self.setCurrentWidget(self.reason_panel)
            self.reason_panel.ask(placement_taken_back(self.context, naming, placing, name))
        else:
            self.setCurrentWidget(self.placement_panel)
            self.placement_panel.ask(naming, placing, name)

    @Slot(str)
    def show_appeal_sheet(self, number: str) -> None:
        """Offer somebody's appeal sheet."""
        self._show_paper(appeal_paper(self.context.office, self.context.words, number))

    def _show_paper(self, paper: Paper) -> None:
        self.setCurrentWidget(self.paper_panel)
        self.paper_shown.emit()
        self.paper_panel.show_paper(paper)

    @Slot(object)
    def _on_ties_read(self, shown: TiesShown) -> None:
        self.ties_panel.show_ties(shown)
        self.setCurrentWidget(self.ties_panel)
        self.ties_panel.focus_first()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    @Slot(object)
    def _on_take_back_wanted(self, tie: DecidedTie) -> None:
        self.setCurrentWidget(self.reason_panel)
        self.reason_panel.ask(taken_back(self.context, tie))

    @Slot(str, object)
    def _on_taken_back(self, _said: str, changed: Changed) -> None:
        self.decided.emit(changed)

    @Slot(object)
    def _on_record_wanted(self, tie: DecidedTie) -> None:
        self._show_paper(lot_paper(self.context.office, self.context.words, tie))

    @Slot(object, int)
    def _on_written(self, path: object, _pages: int) -> None:
        self.told.emit(self.context.words("Saved: {file}", file=path))

    @Slot()
    def _on_printed(self) -> None:
        self.told.emit(self.context.words("Sent to the printer."))
