"""The register of orders: deadlines put off, seats moved, a changed total; a calendar's date put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.orders import ExtensionPanel
from grants_app.gui.pages.awards_list_tab import PANEL_WIDTH, AwardsListTab
from grants_app.gui.table_models import Column
from grants_app.services import deadlines, seat_acts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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


class RegisterTab(AwardsListTab):
    """All acts by order, the latest first."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "register", "calendar", _SPARE, parent)
        self.panel = ExtensionPanel(context, self)
        self.panel.cancel_button.hide()
        self.panel.setFixedWidth(PANEL_WIDTH)
        self.row.addWidget(self.panel)
        self.panel.done.connect(self._on_done)

    def show_ledger(self, ledger: Ledger) -> None:
        """Read the register."""
        super().show_ledger(ledger)
        may = "extend" in ledger.allowed
        self.panel.setVisible(may)
        if may:
            self.panel.ask(())
            self.panel.cancel_button.hide()
        office = self.context.office

        def work(_task: Task[tuple[OrderRow, ...]]) -> tuple[OrderRow, ...]:
            rows = [self._extension_row(ledger, one) for one in deadlines.register(office)]
            rows += [self._seat_row(ledger, one) for one in seat_acts.register(office)]
            return tuple(sorted(rows, key=lambda row: row.at, reverse=True))

        self.context.tasks.run(work, done=self._on_read, failed=self.on_failed, key="register")

    def retranslate(self) -> None:
        """Word everything again."""
        super().retranslate()
        self.panel.retranslate()
        self.panel.cancel_button.hide()
        if self.ledger is not None:
            self.show_ledger(self.ledger)

    @Slot(object)
    def _on_read(self, rows: tuple[OrderRow, ...]) -> None:
        self.stack.show_lines(
            rows,
            self.words("No deadline has been extended and no seat moved yet. Such orders are listed here."),
        )

    @Slot(str)
    def _on_done(self, sentence: str) -> None:
        self.done.emit(sentence, Changed(awards=True, campaign=True))

    def _extension_row(self, ledger: Ledger, one: Extension) -> OrderRow:
        words, setup = self.words, ledger.campaign.setup
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
        words = self.words

        def name(pool: str) -> str:
            return ledger.programme(words, pool) if pool else words("not assigned to a programme")

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

    def columns(self) -> list[Column]:
        """What, from what to what, by which order and why, recorded by whom and when."""
        words = self.words

        def order(row: OrderRow) -> str:
            day = words.current.date(row.order_on) if row.order_on else ""
            return f"{row.order_no} · {day}" if day else row.order_no

        return [
            Column(
                key="what",
                title=lambda: words("What"),
                text=lambda row: row.what,
                width=190,
                bold=True,
                stretch=True,
            ),
            Column(key="before", title=lambda: words("Before"), text=lambda row: row.before, width=136),
            Column(key="after", title=lambda: words("After"), text=lambda row: row.after, width=136),
            Column(key="order", title=lambda: words("Order No."), text=order, width=140),
            Column(
                key="reason",
                title=lambda: words("Reason"),
                text=lambda row: row.reason,
                width=160,
                tone="muted",
            ),
            Column(
                key="by", title=lambda: words("Officer"), text=lambda row: row.by, width=130, tone="muted"
            ),
            Column(
                key="at",
                title=lambda: words("Recorded"),
                text=lambda row: self.moment(row.at),
                width=132,
                tone="muted",
            ),
        ]
