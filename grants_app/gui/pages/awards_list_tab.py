"""What the lists of the awards have in common: the ledger they hang on, a list or a sentence in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from grants_app.gui.table_models import LinesModel
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.list_stack import ListStack

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.awards_data import Ledger
    from grants_app.gui.table_models import Column

PANEL_WIDTH = 310


class AwardsListTab(QWidget):
    """A list under a tab of the awards; the subclass says its columns, reads its lines, adds to `row`.

    `name` is the list's, `spare` are the columns it does without in a small window.
    """

    done = Signal(str, object)
    """Something was done: the sentence that says so, and what changed."""

    def __init__(
        self, context: PageContext, name: str, icon: str, spare: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self.ledger: Ledger | None = None
        self.table = FittedTable(context.theme, LinesModel(self.columns(), self), spare, self)
        self.table.setObjectName(f"{name}_table")
        self.stack = ListStack(context.theme, self.table, icon, self)
        self.row = flush_row(self)
        self.row.addWidget(self.stack, 1)

    def columns(self) -> list[Column]:
        """The list's columns; made once, worded at each look."""
        raise NotImplementedError

    def show_ledger(self, ledger: Ledger) -> None:
        """The tab is on view, or the ledger was read again: read the lines that hang on it."""
        self.ledger = ledger

    def retranslate(self) -> None:
        """Word everything again."""
        self.table.lines.retranslate()

    def moment(self, at: datetime | None) -> str:
        """A day and hour by the campaign's clock; "" for none."""
        if at is None or self.ledger is None:
            return ""
        return self.words.current.date_time(at, self.ledger.campaign.setup.zone)

    @Slot(object)
    def on_failed(self, error: Exception) -> None:
        """Tell that reading or an act failed."""
        self.context.tell_failure(error)
