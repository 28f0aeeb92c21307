"""Pools, the ranked list and the column beside it; it reads lists and explanations and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from grants_app.gui.pages.ranking_data import (
    cutoff_words,
    full_name,
    matching,
    pool_lines,
    read_person,
    read_pool,
)
from grants_app.gui.pages.ranking_pools import PoolList
from grants_app.gui.pages.ranking_side import RankingSide
from grants_app.gui.pages.ranking_table import RankedRow, RankedTable
from grants_app.gui.table_models import Band
from grants_app.gui.theme import HEADER_HEIGHT
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.pdf import PdfPreview
from grants_app.services.naming import Naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.ranking_data import Board, PoolRows
    from grants_app.gui.tasks import Task

_NARROW = 1150
_TYPING_MS = 120


class RankingBoard(QWidget):
    """Three columns: pools, the list of one of them, the explanation (or a decision in its place)."""

    filter_cleared = Signal()
    failed = Signal(object)
    person_chosen = Signal(str)
    """The cursor stands on this application now."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self.context = context
        self._board: Board | None = None
        self._pool: PoolRows | None = None
        self._search = ""
        self.chosen = ""
        self.pool_list = PoolList(theme, self)
        self.pool_list.setObjectName("pool_list")
        self.name_label = Label(theme, "bold", parent=self)
        self.note_label = Label(theme, "body", "muted", parent=self)
        self.state_chip = Chip(theme, parent=self)
        self.ties_button = KeyButton(theme, self, icon="tie")
        self.ties_button.setObjectName("ties_button")
        self.table = RankedTable(theme, context.words, self)
        self.empty = EmptyState(theme, "search", self)
        self.middle = QStackedWidget(self)
        self.middle.addWidget(self.table)
        self.middle.addWidget(self.empty)
        self.preview = PdfPreview(theme, context.pdf, self)
        self.preview.setObjectName("paper_preview")
        self.middle.addWidget(self.preview)
        self.right = RankingSide(context, self)
        self.explanation = self.right.explanation
        self.tie_panel = self.right.tie_panel
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pool_list)
        layout.addWidget(Hairline(theme, self, vertical=True))
        layout.addLayout(self._centre(), 1)
        layout.addWidget(self.right)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._show_rows)
        self._connect()

    def _connect(self) -> None:
        self.pool_list.pool_chosen.connect(self._on_pool_chosen)
        self.pool_list.entered.connect(self._on_entered)
        self.table.chosen.connect(self._on_row_chosen)
        self.empty.pressed.connect(self.filter_cleared)
        self.ties_button.clicked.connect(self.show_ties)
        self.right.closed.connect(self.show_explanation)
        self.right.failed.connect(self._on_failed)
        self.right.paper_shown.connect(self._on_paper_shown)
        self.right.paper_panel.drawn.connect(self.preview.show_pdf)

    def _centre(self) -> QVBoxLayout:
        held = QWidget(self)
        held.setFixedHeight(HEADER_HEIGHT)
        bar = QHBoxLayout(held)
        bar.setContentsMargins(14, 0, 14, 0)
        bar.setSpacing(10)
        self.name_label.setMinimumWidth(40)
        bar.addWidget(self.name_label)
        bar.addWidget(self.note_label)
        bar.addStretch(1)
        bar.addWidget(self.ties_button)
        bar.addWidget(self.state_chip)
        centre = QVBoxLayout()
        centre.setContentsMargins(0, 0, 0, 0)
        centre.setSpacing(0)
        centre.addWidget(held)
        centre.addWidget(self.middle, 1)
        return centre

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

    def search(self, text: str) -> None:
        """Show only whom this fits."""
        self._search = text.strip()
        self._typing.start()

    def show_explanation(self) -> None:
        """Put the explanation back into the right column, and the caret into the list."""
        self.right.setCurrentWidget(self.explanation)
        if self.middle.currentWidget() is self.preview:
            self.preview.clear()
            self.middle.setCurrentWidget(self.table)
        if self.table.table is not None:
            self.table.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Word the panels again; the list is read again in the new language by whoever shows the board."""
        self.right.retranslate()
        self._word_ties()

    @Slot()
    def show_ties(self) -> None:
        """Show the ties that wait and those decided in the right column."""
        if self.naming is not None:
            self.right.read_ties(self.naming)

    @Slot()
    def _on_paper_shown(self) -> None:
        self.preview.clear()
        self.middle.setCurrentWidget(self.preview)

    def _word_ties(self) -> None:
        """How many ties wait and were decided; no button where there is none."""
        words = self.context.words
        waiting = len(self._board.view.result.open_ties) if self._board is not None else 0
        decided = self._board.decided_ties if self._board is not None else 0
        told = words("Ties: {waiting} wait, {decided} decided", waiting=waiting, decided=decided)
        self.ties_button.setText(str(waiting + decided))
        self.ties_button.setToolTip(told)
        self.ties_button.setAccessibleName(told)
        self.ties_button.setVisible(bool(waiting or decided))
        self.ties_button.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns give way to the list in a small window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.pool_list.setFixedWidth(206 if narrow else 264)
        self.right.setFixedWidth(300 if narrow else 340)
        self.note_label.setVisible(not narrow)  # the pool's own line says the same

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
        rows = matching(pool.rows, self._search)
        self._word_bar(naming, board, pool, rows)
        text, tied = cutoff_words(naming, board, pool)
        number = self.chosen
        self.table.show_rows(
            pool.table.columns,
            rows,
            None if self._search else pool.table.cutoff_after,
            Band("bad" if tied else "neutral", text),
        )
        if not rows:
            self._show_empty()
            return
        self.middle.setCurrentWidget(self.table)
        if not (number and self.table.choose(number)):
            self.explanation.show_nobody()

    def _word_bar(self, naming: Naming, board: Board, pool: PoolRows, rows: Sequence[RankedRow]) -> None:
        words = self.context.words
        seen = next((one for one in board.view.pools if one.pool == pool.pool), None)
        self.name_label.setText(naming.programme(pool.pool) if pool.pool else words("All programmes"))
        notes = [words.plural("{n} seat", "{n} seats", seen.seats)] if seen else []
        ranked = {row.line.application_no for row in rows if row.line.position is not None}
        notes.append(words.plural("{n} person", "{n} people", len(ranked)))
        self.note_label.setText(" · ".join(notes))

    def _show_empty(self) -> None:
        words = self.context.words
        if self._search:
            text = words("Nobody in this list matches “{text}”.", text=self._search)
            self.empty.show_state(text, words("Clear the search"), "search")
        else:
            self.empty.show_state(words("Nobody admitted has chosen this programme."), icon="people")
        self.middle.setCurrentWidget(self.empty)

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

    @Slot()
    def _on_entered(self) -> None:
        if self.table.table is not None:
            self.table.table.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.table.table.currentIndex().isValid():
                self.table.table.choose_row(0)
