"""Who waits for a seat, pool by pool, in the order they would be asked; it promises nothing among equals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from grants_app.gui.pages.awards_list_tab import AwardsListTab
from grants_app.gui.pages.ranking_pools import PoolLine, PoolList
from grants_app.gui.table_models import Column
from grants_app.gui.widgets.labels import Hairline
from grants_app.services import seats

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.runs import RankedLine
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.awards_data import Ledger
    from grants_app.gui.tasks import Task

_SPARE = ("choice", "no")


class ReserveTab(AwardsListTab):
    """The programmes at the left, the reserve of the chosen one beside them."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "reserve", "people", _SPARE, parent)
        self._pool = ""
        self.pools = PoolList(context.theme, self)
        self.pools.setFixedWidth(260)
        self.row.insertWidget(0, self.pools)
        self.row.insertWidget(1, Hairline(context.theme, self, vertical=True))
        self.setTabOrder(self.pools, self.table)
        self.pools.pool_chosen.connect(self._on_pool_chosen)

    def show_ledger(self, ledger: Ledger) -> None:
        """Show the programmes with how many wait for each."""
        super().show_ledger(ledger)
        words = self.words
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
        super().retranslate()
        if self.ledger is not None:
            self.show_ledger(self.ledger)

    @Slot(str)
    def _on_pool_chosen(self, pool: str) -> None:
        self._pool = pool
        self._read()

    def _read(self) -> None:
        office, pool = self.context.office, self._pool

        def work(_task: Task[tuple[RankedLine, ...]]) -> tuple[RankedLine, ...]:
            return seats.reserve(office, pool)

        self.context.tasks.run(work, done=self._on_read, failed=self.on_failed, key="reserve")

    @Slot(object)
    def _on_read(self, lines: tuple[RankedLine, ...]) -> None:
        self.stack.show_lines(lines, self.words("No one is left on the reserve list"))

    def columns(self) -> list[Column]:
        """The place in reserve, who, with what score, which choice it is to them."""
        words = self.words

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
            ),
            Column(
                key="no",
                title=lambda: words("No."),
                text=lambda line: line.application_no,
                width=80,
                tone="muted",
            ),
            Column(key="name", title=lambda: words("Name"), text=name, width=220, bold=True, stretch=True),
            Column(key="score", title=lambda: words("Score"), text=score, width=84, align="right"),
            Column(
                key="choice",
                title=lambda: words("Choice"),
                text=lambda line: str(line.choice or ""),
                width=84,
                align="right",
                tone="muted",
            ),
        ]
