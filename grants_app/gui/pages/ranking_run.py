"""The run in force: proposed, looked at, its ties decided, looked over on the chair's sheet, sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.tie import Equals
from grants_app.gui.pages import ranking_words
from grants_app.gui.pages.chair_sheet import ChairSheetView
from grants_app.gui.pages.ranking_board import RankingBoard
from grants_app.gui.pages.ranking_data import Board, place_of, read_board
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.services import intake, runs

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task


class RunTab(QStackedWidget):
    """Pools with their lists, or the chair's sheet in their place; before the first run, how to get one."""

    moved = Signal()
    """Another run, another person or another part of the tab is on view."""
    view_wanted = Signal()
    """The tab is to come on view: a decision opens in it."""
    run_read = Signal()
    """The run in force was read; it stands in `run`."""
    changed = Signal(object)
    """Something was decided, proposed or sealed; carries what changed."""
    told = Signal(str, str)
    """`told(kind, sentence)` for the page's strip."""
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._words = context, context.words
        self.run: Board | None = None
        self.empty = EmptyState(context.theme, "ranking", self)
        self.board = RankingBoard(context, self)
        self.sheet = ChairSheetView(context, self)
        for widget in (self.empty, self.board, self.sheet):
            self.addWidget(widget)
        self._connect()

    def _connect(self) -> None:
        board, sheet = self.board, self.sheet
        self.empty.pressed.connect(self.propose)
        board.failed.connect(self.failed)
        board.person_chosen.connect(self.moved)
        board.explanation.tie_wanted.connect(self.ask_tie)
        board.tie_panel.decided.connect(self._on_decided)
        board.right.decided.connect(self._on_decided)
        board.explanation.place_wanted.connect(self.ask_placement)
        board.right.ties_panel.decide_wanted.connect(self.ask_tie)
        board.right.told.connect(self._on_told)
        sheet.told.connect(self._on_told)
        sheet.closed.connect(self.show_lists)
        sheet.sealed.connect(self._on_sealed)
        sheet.failed.connect(self.failed)

    # ---- what is on view ------------------------------------------------------------------------------

    @property
    def on_sheet(self) -> bool:
        """Whether the chair's sheet is on view."""
        return self.currentWidget() is self.sheet

    @property
    def fresh(self) -> bool:
        """Whether there is a draft that fits the register as it is."""
        return self.run is not None and self.run.view.state == "draft" and not self.run.view.outdated

    def may(self, act: str) -> bool:
        """Whether the officer at the desk may do it in this campaign now."""
        if not self._context.desk.open:
            return False
        office = self._context.office
        return act in office.allowed(self.run.campaign if self.run is not None else office.campaign())

    def refresh(self) -> None:
        """Read the run in force and the pool on view again."""
        office = self._context.office

        def work(_task: Task[Board]) -> Board:
            return read_board(office)

        self._context.tasks.run(work, done=self._on_read, failed=self._on_failed, key="ranking_board")

    def retranslate(self) -> None:
        """Word everything again; lists are read in the new language."""
        self.sheet.retranslate()
        self.board.retranslate()
        self._word_empty()
        if self.run is not None:
            self._on_read(self.run)

    @Slot()
    def show_lists(self) -> None:
        """Show the lists of the run, or how to get one."""
        there = self.run is not None and self.run.view.state != "none"
        self.setCurrentWidget(self.board if there else self.empty)
        self.moved.emit()

    def _word_empty(self) -> None:
        words = self._words
        if self.run is None:
            self.empty.show_state(words("Reading…"), icon="hourglass")
        else:
            self.empty.show_state(
                words(
                    "Nothing has been ranked yet. Calculate ranks all eligible applicants and "
                    "fills the seats as a draft."
                ),
                words("Calculate") if self.may("run") else "",
                "ranking",
            )

    # ---- acts -----------------------------------------------------------------------------------------

    @Slot()
    def propose(self) -> None:
        """Rank and allocate in the background; the draft is shown when it is there."""
        if not self.may("run"):
            return
        office = self._context.office

        def work(task: Task[Any]) -> runs.Proposal:
            return runs.propose(office, task.report)

        self._context.tasks.run(
            work,
            done=self._on_proposed,
            failed=self._on_failed,
            title=self._words("Calculating…"),
            key="propose",
        )

    @Slot(str)
    def ask_tie(self, pool: str) -> None:
        """Open the decision of a tie: of this pool, else the first one that waits."""
        tie = self.run.tie_in(pool) if self.run is not None else None
        naming = self.board.naming
        if tie is None or naming is None:
            return
        self.view_wanted.emit()
        if self.board.pool_list.chosen != tie.pool:
            self.board.choose(tie.pool)
        names = {number: self._name_of(number) for number in tie.applications}
        place = place_of(self._context.office, tie)
        self.board.right.setCurrentWidget(self.board.tie_panel)
        self.board.tie_panel.ask(Equals(naming.programme(tie.pool), tie, names, place))

    @Slot(str)
    def ask_placement(self, number: str) -> None:
        """Place somebody by hand, or take the placement back."""
        naming = self.board.naming
        if naming is None or not self.may("place"):
            return
        self.view_wanted.emit()
        self.show_lists()
        try:
            self.board.right.ask_placement(naming, number, self._name_of(number))
        except Refused as refusal:
            self.failed.emit(refusal)

    def _name_of(self, number: str) -> str:
        """From the list on view, else from the register."""
        name = self.board.name_of(number)
        return name or intake.application_by_no(self._context.office, number).entry.person.full_name

    @Slot()
    def open_sheet(self) -> None:
        """The chair's sheet of the run in force; the sealing stands at its foot."""
        if self.run is None or self.run.view.state == "none":
            return
        self.view_wanted.emit()
        self.setCurrentWidget(self.sheet)
        self.sheet.setFocus()
        self.sheet.open(self.run.view.no)
        self.moved.emit()

    def take_next_step(self) -> None:
        """Propose, decide the tie, or look at the chair's sheet and seal."""
        if self.run is None or not self.fresh:
            self.propose()
        elif self.run.view.result.open_ties:
            self.ask_tie("")
        else:
            self.open_sheet()

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_read(self, run: Board) -> None:
        self.run = run
        self._word_empty()
        kind, text, icon = ranking_words.run_state(self._words, run)
        self.board.list.state_chip.show_state(kind, text, icon)
        self.board.show_board(run)
        if self.on_sheet and run.view.no:
            self.sheet.open(run.view.no)
        else:
            self.show_lists()
        self.run_read.emit()

    @Slot(object)
    def _on_proposed(self, proposal: runs.Proposal) -> None:
        self.told.emit(*ranking_words.proposed(self._words, self.board.naming, proposal))
        self.changed.emit(Changed(runs=True))
        self.refresh()

    @Slot(object)
    def _on_decided(self, changed: Changed) -> None:
        self.board.show_explanation()
        self.changed.emit(changed)
        self.propose()

    @Slot(object)
    def _on_sealed(self, proposal: runs.Proposal) -> None:
        self.board.show_explanation()
        self.show_lists()
        self.told.emit("ok", ranking_words.sealed(self._words, proposal))
        self.changed.emit(Changed(runs=True, awards=True))
        self.refresh()

    @Slot(str)
    def _on_told(self, text: str) -> None:
        self.told.emit("ok", text)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
