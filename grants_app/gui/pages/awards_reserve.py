"""Who waits for a seat, pool by pool, in the order they would be asked; it promises nothing among equals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from grants_app.gui.pages.ranking_pools import PoolLine, PoolList
from grants_app.gui.table_models import Column, LinesModel
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Hairline
from grants_app.services import seats

if TYPE_CHECKING:
    from grants_app.domain.runs import RankedLine
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.awards_data import Ledger
    from grants_app.gui.tasks import Task

_SPARE = ("choice", "no")


class ReserveTab(QWidget):
    """The programmes at the left, the reserve of the chosen one beside them."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._ledger: Ledger | None = None
        self._pool = ""
        self.pools = PoolList(context.theme, self)
        self.pools.setFixedWidth(260)
        self.table = FittedTable(context.theme, LinesModel(self._columns(), self), _SPARE, self)
        self.table.setObjectName("reserve_table")
        self.empty = EmptyState(context.theme, "people", self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pools)
        layout.addWidget(Hairline(context.theme, self, vertical=True))
        layout.addWidget(self.stack, 1)
        self.pools.pool_chosen.connect(self._on_pool_chosen)

    def refresh(self, ledger: Ledger) -> None:
        """Show the programmes with how many wait for each."""
        self._ledger = ledger
        words = self.context.words
        pools = [pool.id for pool in ledger.campaign.setup.pools]
        self._pool = self._pool if self._pool in pools else next(iter(pools), "")
        lines = [
            PoolLine(
                pool,
                ledger.programme(words, pool),
                ledger.branch(words, pool),
                str(ledger.reserve[pool]) if ledger.reserve.get(pool) else "",
                "violet",
            )
            for pool in pools
        ]
        self.pools.show_pools(lines, self._pool)
        self._read()

    def retranslate(self) -> None:
        """Word everything again."""
        self.table.lines.retranslate()
        if self._ledger is not None:
            self.refresh(self._ledger)

    @Slot(str)
    def _on_pool_chosen(self, pool: str) -> None:
        self._pool = pool
        self._read()

    def _read(self) -> None:
        office, pool = self.context.office, self._pool

        def work(_task: Task[tuple[RankedLine, ...]]) -> tuple[RankedLine, ...]:
            return seats.reserve(office, pool)

        self.context.tasks.run(work, done=self._on_read, failed=self._on_failed, key="reserve")

    @Slot(object)
    def _on_read(self, lines: tuple[RankedLine, ...]) -> None:
        self.table.lines.show_all(lines)
        self.empty.show_state(self.context.words("Nobody is left in reserve"))
        self.stack.setCurrentWidget(self.table if lines else self.empty)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.context.tell_failure(error)

    def _columns(self) -> list[Column]:
        words = self.context.words

        def name(line: RankedLine) -> str:
            return " ".join(part for part in (line.surname, line.given, line.patronymic) if part)

        def score(line: RankedLine) -> str:
            return words.current.number(Decimal(line.merit[0])) if line.merit else ""

        return [
            Column(
                key="reserve",
                title=lambda: words("Place in reserve"),
                text=lambda line: str(line.reserve or ""),
                width=110,
                align="right",
                sortable=False,
            ),
            Column(
                key="no",
                title=lambda: words("No."),
                text=lambda line: line.application_no,
                width=80,
                tone="muted",
                sortable=False,
            ),
            Column(
                key="name",
                title=lambda: words("Name"),
                text=name,
                width=220,
                bold=True,
                stretch=True,
                sortable=False,
            ),
            Column(
                key="score",
                title=lambda: words("Score"),
                text=score,
                width=84,
                align="right",
                sortable=False,
            ),
            Column(
                key="choice",
                title=lambda: words("Choice"),
                text=lambda line: str(line.choice or ""),
                width=84,
                align="right",
                tone="muted",
                sortable=False,
            ),
        ]
