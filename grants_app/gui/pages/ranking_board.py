"""Pools, the ranked list and the column beside it; it reads lists and explanations and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from grants_app.gui.pages.ranking_data import full_name, pool_lines, read_person, read_pool
from grants_app.gui.pages.ranking_list import RankedList
from grants_app.gui.pages.ranking_pools import PoolList
from grants_app.gui.pages.ranking_side import RankingSide
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.layouts import flush_row
from grants_app.services.naming import Naming

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.ranking_data import Board, PoolRows
    from grants_app.gui.pages.ranking_table import RankedRow
    from grants_app.gui.tasks import Task

_NARROW = 1150


class RankingBoard(QWidget):
    """Three columns: pools, the list of one of them, the explanation (or a decision in its place)."""

    failed = Signal(object)
    person_chosen = Signal(str)
    """The cursor stands on this application now."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self.context = context
        self._board: Board | None = None
        self._pool: PoolRows | None = None
        self.chosen = ""
        self.pool_list = PoolList(theme, self)
        self.pool_list.setObjectName("pool_list")
        self.list = RankedList(context, self)
        self.right = RankingSide(context, self)
        self.explanation = self.right.explanation
        self.tie_panel = self.right.tie_panel
        layout = flush_row(self)
        layout.addWidget(self.pool_list)
        layout.addWidget(Hairline(theme, self, vertical=True))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.right)
        self.pool_list.pool_chosen.connect(self._on_pool_chosen)
        self.pool_list.entered.connect(self.list.enter)
        self.list.row_chosen.connect(self._on_row_chosen)
        self.list.searched.connect(self._show_rows)
        self.list.ties_button.clicked.connect(self.show_ties)
        self.right.closed.connect(self.show_explanation)
        self.right.failed.connect(self.failed)
        self.right.paper_shown.connect(self.list.show_preview)
        self.right.paper_panel.drawn.connect(self.list.preview.show_pdf)

    @property
    def naming(self) -> Naming | None:
        """Who names pools, levels and criteria; None until a run was shown."""
        if self._board is None:
            return None
        return Naming(self.context.words, self._board.campaign.setup, self._board.run_rules)

    @property
    def pool(self) -> PoolRows | None:
        """The list read last."""
        return self._pool

    def name_of(self, number: str) -> str:
        """Somebody's full name, if the list on view has them."""
        return self._pool.names.get(number, "") if self._pool else ""

    def show_board(self, board: Board) -> None:
        """Show the pools of a run; the list of the chosen one is read in the background."""
        first = self._board is None
        self._board = board
        self._word_ties()
        tie = board.tie_in("")
        chosen = self.pool_list.chosen
        if first:
            chosen = tie.pool if tie else board.view.pools[0].pool if board.view.pools else ""
        naming = self.naming
        if naming is not None:
            self.pool_list.show_pools(pool_lines(naming, board), chosen)
        self._read_pool()

    def choose(self, pool: str | None, number: str = "") -> None:
        """Show a pool (None leaves the one on view) and put the cursor on somebody."""
        self.chosen = number or self.chosen
        if pool is not None and pool != self.pool_list.chosen:
            self.pool_list.choose(pool)
        else:
            self._show_rows()

    @Slot()
    def show_explanation(self) -> None:
        """Put the explanation back into the right column, and the caret into the list."""
        self.right.setCurrentWidget(self.explanation)
        self.list.close_preview()
        if self.list.table.table is not None:
            self.list.table.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Word the panels again; the list is read again in the new language by whoever shows the board."""
        self.right.retranslate()
        self._word_ties()

    @Slot()
    def show_ties(self) -> None:
        """Show the ties that wait and those decided in the right column."""
        if self.naming is not None:
            self.right.read_ties(self.naming)

    def _word_ties(self) -> None:
        board = self._board
        self.list.show_ties(
            waiting=len(board.view.result.open_ties) if board is not None else 0,
            decided=board.decided_ties if board is not None else 0,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns give way to the list in a small window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.pool_list.setFixedWidth(206 if narrow else 264)
        self.right.setFixedWidth(300 if narrow else 340)
        self.list.note_label.setVisible(not narrow)  # the pool's own line says the same

    @Slot(str)
    def _on_pool_chosen(self, _pool: str) -> None:
        self._read_pool()

    def _read_pool(self) -> None:
        if self._board is None or self._board.view.state == "none":
            return
        office, words, pool = self.context.office, self.context.words.current, self.pool_list.chosen

        def work(_task: Task[PoolRows]) -> PoolRows:
            return read_pool(office, words, pool)

        self.context.tasks.run(work, done=self._on_pool_read, failed=self._on_failed, key="ranking_pool")

    @Slot(object)
    def _on_pool_read(self, pool: PoolRows) -> None:
        self._pool = pool
        self._show_rows()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    @Slot()
    def _show_rows(self) -> None:
        naming, board, pool = self.naming, self._board, self._pool
        if naming is None or board is None or pool is None:
            return
        if self.right.currentWidget() is self.right.paper_panel:
            self.right.setCurrentWidget(self.explanation)
        if not self.list.show_pool(naming, board, pool, self.chosen):
            self.explanation.show_nobody()
        if self.list.table.table is not None:
            self.setTabOrder(self.pool_list, self.list.table.table)  # it was made last of all

    @Slot(object)
    def _on_row_chosen(self, row: RankedRow | None) -> None:
        naming, board, pool = self.naming, self._board, self._pool
        if row is None or naming is None or board is None or pool is None:
            return
        self.chosen = row.line.application_no
        try:
            shown = read_person(self.context.office, board, pool, self.chosen, full_name(row))
        except Exception as error:  # noqa: BLE001 - told in the page's strip, the list stays
            self.failed.emit(error)
            return
        self.explanation.show_person(naming, shown)
        self.person_chosen.emit(self.chosen)
