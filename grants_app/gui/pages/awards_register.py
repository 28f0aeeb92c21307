"""The register of orders: deadlines put off, seats moved, a changed total; a calendar's date put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.orders import ExtensionPanel
from grants_app.gui.table_models import Column, LinesModel
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.services import deadlines, seat_acts

if TYPE_CHECKING:
    from grants_app.domain.rounds import Extension, SeatAct
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.awards_data import Ledger
    from grants_app.gui.tasks import Task

_SPARE = ("by", "at", "reason")


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One act by an order: what it was about, from what to what, its order, who recorded it and when."""

    at: datetime
    what: str
    before: str
    after: str
    order_no: str
    order_on: date | None
    reason: str
    by: str


class RegisterTab(QWidget):
    """All acts by order, the latest first."""

    done = Signal(str, object)
    """Something was done: the sentence that says so, and what changed."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._ledger: Ledger | None = None
        self._may = False
        self.table = FittedTable(context.theme, LinesModel(self._columns(), self), _SPARE, self)
        self.table.setObjectName("register_table")
        self.empty = EmptyState(context.theme, "calendar", self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.panel = ExtensionPanel(context, self)
        self.panel.cancel_button.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.panel)
        self.panel.setFixedWidth(310)
        self.panel.done.connect(self._on_done)

    def refresh(self, ledger: Ledger, *, may: bool) -> None:
        """Read the register."""
        self._ledger, self._may = ledger, may
        self.panel.setVisible(may)
        if may:
            self.panel.ask(())
            self.panel.cancel_button.hide()
        office = self.context.office

        def work(_task: Task[tuple[OrderRow, ...]]) -> tuple[OrderRow, ...]:
            rows = [self._extension_row(ledger, one) for one in deadlines.register(office)]
            rows += [self._seat_row(ledger, one) for one in seat_acts.register(office)]
            return tuple(sorted(rows, key=lambda row: row.at, reverse=True))

        self.context.tasks.run(work, done=self._on_read, failed=self._on_failed, key="register")

    def retranslate(self) -> None:
        """Word everything again."""
        self.table.lines.retranslate()
        self.panel.retranslate()
        self.panel.cancel_button.hide()
        if self._ledger is not None:
            self.refresh(self._ledger, may=self._may)

    @Slot(object)
    def _on_read(self, rows: tuple[OrderRow, ...]) -> None:
        self.table.lines.show_all(rows)
        self.empty.show_state(
            self.context.words("No deadline was put off and no seat moved yet; each such order stands here.")
        )
        self.stack.setCurrentWidget(self.table if rows else self.empty)

    @Slot(str)
    def _on_done(self, sentence: str) -> None:
        self.done.emit(sentence, Changed(awards=True, campaign=True))

    def _extension_row(self, ledger: Ledger, one: Extension) -> OrderRow:
        words, setup = self.context.words, ledger.campaign.setup
        known = setup.deadline(one.deadline)
        name = known.names.get(words.lang) if known else one.deadline
        what = f"{one.full_name} {one.application_no}".strip() if one.award is not None else name
        return OrderRow(
            at=one.at,
            what=what,
            before=words.current.date_time(one.before, setup.zone) if one.before else "",
            after=words.current.date_time(one.after, setup.zone),
            order_no=one.order_no,
            order_on=one.order_on,
            reason=one.reason,
            by=one.by,
        )

    def _seat_row(self, ledger: Ledger, act: SeatAct) -> OrderRow:
        words = self.context.words

        def name(pool: str) -> str:
            return ledger.programme(words, pool) if pool else words("in no programme")

        total = act.kind == "total"
        return OrderRow(
            at=act.at,
            what=words("All grants") if total else words.plural("{n} seat", "{n} seats", act.seats),
            before=str(act.total_before) if total else name(act.from_pool),
            after=str(act.total_after) if total else name(act.to_pool),
            order_no=act.order_no,
            order_on=act.order_on,
            reason=act.reason,
            by=act.by,
        )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.context.tell_failure(error)

    def _columns(self) -> list[Column]:
        words = self.context.words

        def order(row: OrderRow) -> str:
            day = words.current.date(row.order_on) if row.order_on else ""
            return f"{row.order_no} · {day}" if day else row.order_no

        def made(row: OrderRow) -> str:
            zone = self._ledger.campaign.setup.zone if self._ledger is not None else "UTC"
            return words.current.date_time(row.at, zone)

        return [
            Column(
                key="what",
                title=lambda: words("What"),
                text=lambda row: row.what,
                width=190,
                bold=True,
                stretch=True,
                sortable=False,
            ),
            Column(
                key="before",
                title=lambda: words("Before"),
                text=lambda row: row.before,
                width=136,
                sortable=False,
            ),
            Column(
                key="after",
                title=lambda: words("After"),
                text=lambda row: row.after,
                width=136,
                sortable=False,
            ),
            Column(key="order", title=lambda: words("Order No."), text=order, width=140, sortable=False),
            Column(
                key="reason",
                title=lambda: words("Reason"),
                text=lambda row: row.reason,
                width=160,
                tone="muted",
                sortable=False,
            ),
            Column(
                key="by",
                title=lambda: words("Officer"),
                text=lambda row: row.by,
                width=130,
                tone="muted",
                sortable=False,
            ),
            Column(
                key="at", title=lambda: words("Recorded"), text=made, width=132, tone="muted", sortable=False
            ),
        ]
