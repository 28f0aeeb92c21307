"""One pool's ranked list under its name, as far as the search lets it through; or a paper in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from grants_app.gui.pages.ranking_data import cutoff_words, matching
from grants_app.gui.pages.ranking_table import RankedTable
from grants_app.gui.table_models import Band
from grants_app.gui.theme import HEADER_HEIGHT
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.pdf import PdfPreview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.ranking_data import Board, PoolRows
    from grants_app.gui.pages.ranking_table import RankedRow
    from grants_app.services.naming import Naming

_TYPING_MS = 120


class RankedList(QWidget):
    """The name and size of a pool, how the run stands, its ties; under them the rows."""

    row_chosen = Signal(object)
    filter_cleared = Signal()
    searched = Signal()
    """Something else is searched: the rows are to be shown again."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = context.words
        theme = context.theme
        self._search = ""
        self.name_label = Label(theme, "bold", parent=self)
        self.name_label.setMinimumWidth(40)
        self.note_label = Label(theme, "body", "muted", parent=self)
        self.state_chip = Chip(theme, parent=self)
        self.ties_button = KeyButton(theme, self, icon="tie")
        self.ties_button.setObjectName("ties_button")
        self.table = RankedTable(theme, context.words, self)
        self.empty = EmptyState(theme, "search", self)
        self.preview = PdfPreview(theme, context.pdf, self)
        self.preview.setObjectName("paper_preview")
        self.stack = QStackedWidget(self)
        for widget in (self.table, self.empty, self.preview):
            self.stack.addWidget(widget)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._lay_out()
        self._typing.timeout.connect(self.searched)
        self.table.chosen.connect(self.row_chosen)
        self.empty.pressed.connect(self.filter_cleared)

    def _lay_out(self) -> None:
        held = QWidget(self)
        held.setFixedHeight(HEADER_HEIGHT)
        bar = QHBoxLayout(held)
        bar.setContentsMargins(14, 0, 14, 0)
        bar.setSpacing(10)
        bar.addWidget(self.name_label)
        bar.addWidget(self.note_label)
        bar.addStretch(1)
        bar.addWidget(self.ties_button)
        bar.addWidget(self.state_chip)
        column = flush_column(self)
        column.addWidget(held)
        column.addWidget(self.stack, 1)

    def search(self, text: str) -> None:
        """Show only whom this fits, after a pause in typing."""
        self._search = text.strip()
        self._typing.start()

    def show_pool(self, naming: Naming, board: Board, pool: PoolRows, number: str) -> bool:
        """Show a pool's rows with the cursor on an application; False when it is not among them."""
        rows = matching(pool.rows, self._search)
        self._word_bar(naming, board, pool, rows)
        text, tied = cutoff_words(naming, board, pool)
        self.table.show_rows(
            pool.table.columns,
            rows,
            None if self._search else pool.table.cutoff_after,
            Band("bad" if tied else "neutral", text),
        )
        if not rows:
            self._show_empty()
            return True
        self.stack.setCurrentWidget(self.table)
        return bool(number) and self.table.choose(number)

    def show_ties(self, waiting: int, decided: int) -> None:
        """How many ties wait and were decided; no button where there is none."""
        told = self._words("Ties: {waiting} waiting, {decided} decided", waiting=waiting, decided=decided)
        self.ties_button.setText(str(waiting + decided))
        self.ties_button.setToolTip(told)
        self.ties_button.setAccessibleName(told)
        self.ties_button.setVisible(bool(waiting or decided))
        self.ties_button.updateGeometry()

    @Slot()
    def show_preview(self) -> None:
        """Let a paper take the rows' place; it is drawn into `preview`."""
        self.preview.clear()
        self.stack.setCurrentWidget(self.preview)

    def close_preview(self) -> None:
        """Back to the rows from a paper, if one is on view."""
        if self.stack.currentWidget() is self.preview:
            self.preview.clear()
            self.stack.setCurrentWidget(self.table)

    @Slot()
    def enter(self) -> None:
        """Put the cursor into the rows, on the first one where it stood on none."""
        if self.table.table is not None:
            self.table.table.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.table.table.currentIndex().isValid():
                self.table.table.choose_row(0)

    def _word_bar(self, naming: Naming, board: Board, pool: PoolRows, rows: Sequence[RankedRow]) -> None:
        words = self._words
        seen = next((one for one in board.view.pools if one.pool == pool.pool), None)
        self.name_label.setText(naming.programme(pool.pool) if pool.pool else words("All programmes"))
        notes = [words.plural("{n} seat", "{n} seats", seen.seats)] if seen else []
        ranked = {row.line.application_no for row in rows if row.line.position is not None}
        notes.append(words.plural("{n} person", "{n} people", len(ranked)))
        self.note_label.setText(" · ".join(notes))

    def _show_empty(self) -> None:
        words = self._words
        if self._search:
            text = words("No one in this list matches “{text}”.", text=self._search)
            self.empty.show_state(text, words("Clear the search"), "search")
        else:
            self.empty.show_state(words("No eligible applicant has chosen this programme."), icon="people")
        self.stack.setCurrentWidget(self.empty)
