"""One seat in the column beside the ledger: its holder, its history, who is next; it tells what is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from grants_app.domain.award import AwardState
from grants_app.domain.runs import RankedLine
from grants_app.gui.pages.awards_data import KINDS, LedgerRow
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.panels import ButtonFlow, SidePanel
from grants_app.services.seats import SeatHolder
from grants_app.wording import local_day

if TYPE_CHECKING:
    from grants_app.gui.pages.awards_data import Ledger
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind, Theme

_STATE_KINDS: dict[AwardState, ChipKind] = {
    AwardState.OFFERED: "info",
    AwardState.CONFIRMED: "ok",
    AwardState.DECLINED: "bad",
    AwardState.EXPIRED: "neutral",
    AwardState.REVOKED: "bad",
}
_NEXT = 5


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A seat with its history and the head of its pool's reserve."""

    row: LedgerRow
    history: tuple[SeatHolder, ...]
    reserve: tuple[RankedLine, ...]
    may_answer: bool
    may_extend: bool = False
    may_revoke: bool = False


class SeatCard(SidePanel):
    """The card of the chosen seat."""

    answer_wanted = Signal(str)
    """confirm, decline or expire."""
    act_wanted = Signal(str)
    """extend, undo or take_back."""
    next_round_wanted = Signal()

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._ledger: Ledger | None = None
        self._shown: SeatShown | None = None
        self.setObjectName("seat_card")
        self.show_nothing()

    @property
    def shown(self) -> SeatShown | None:
        """The seat on view."""
        return self._shown

    def show_nothing(self) -> None:
        """Say what the card is for."""
        self._shown = None
        self.clear()
        empty = EmptyState(self.theme, "awards", self.inner)
        empty.sentence_label.setFixedWidth(240)
        empty.show_state(
            self._words("Select a seat to see who holds it, who held it before and who is next.")
        )
        self.content.addWidget(empty, 1)

    def show_seat(self, ledger: Ledger, shown: SeatShown) -> None:
        """Show one seat."""
        self._ledger, self._shown = ledger, shown
        self.clear()
        self._head(ledger, shown)
        self._facts(ledger, shown.row)
        self._actions(shown)
        self._history(ledger.campaign.setup.zone, shown)
        self._reserve(shown)
        self.add_end()
        self.scroll_area.verticalScrollBar().setValue(0)

    def retranslate(self) -> None:
        """Word everything again."""
        if self._ledger is None or self._shown is None:
            self.show_nothing()
        else:
            self.show_seat(self._ledger, self._shown)

    def _head(self, ledger: Ledger, shown: SeatShown) -> None:
        words, line = self._words, shown.row.line
        programme = ledger.programme(words, line.pool)
        self.add_text(f"{programme} · {words('seat {no}', no=line.seat)}", "body", "muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        name = Label(self.theme, "section", text=line.full_name or words("Free seat"), parent=self.inner)
        name.setWordWrap(True)
        row.addWidget(name, 1)
        if line.application_no:
            row.addWidget(Chip(self.theme, "neutral", line.application_no, parent=self.inner))
        self.content.addLayout(row)
        self.content.addSpacing(6)

    def _facts(self, ledger: Ledger, row: LedgerRow) -> None:
        words, line = self._words, row.line
        zone = ledger.campaign.setup.zone
        kind, icon = KINDS[row.standing]
        self.add_item(words("Status"), (), (kind, words.code(f"seat_{row.standing}"), icon))
        if line.deadline is not None:
            self.add_fact(words("Answer due"), words.current.date_time(line.deadline, zone))
        if line.phone:
            self.add_fact(words("Phone"), line.phone)
        if line.label:
            self.add_fact(words("Seat type"), ledger.kind_of_seat(row))

    def _actions(self, shown: SeatShown) -> None:
        words, standing = self._words, shown.row.standing
        held = standing in ("offered", "overdue", "confirmed")
        self.content.addSpacing(12)
        flow = ButtonFlow(self.inner, above=0)
        if shown.may_answer and standing in ("offered", "overdue"):
            self._button(flow, "confirm", words("Record confirmation…"), primary=standing == "offered")
        if shown.may_answer and held:
            self._button(flow, "decline", words("Record refusal…"))
        if shown.may_answer and standing == "overdue":
            self._button(flow, "expire", words("Record no answer…"), primary=True)
        if shown.may_extend and standing in ("offered", "overdue"):
            self._button(flow, "extend", words("Extend…"))
        if shown.may_answer and standing in ("free", "returned"):
            self._button(flow, "next_round", words("Next round…"), primary=True)
        if shown.may_revoke and (standing == "confirmed" or (standing == "returned" and shown.history)):
            self._button(flow, "undo", words("Undo the answer…"))
        if shown.may_revoke and held:
            self._button(flow, "take_back", words("Revoke…"))
        self.content.addWidget(flow)

    def _button(self, flow: ButtonFlow, act: str, text: str, *, primary: bool = False) -> None:
        button = KeyButton(self.theme, self.inner, primary=primary)
        button.setObjectName(f"{act}_button")
        button.setProperty("act", act)
        button.setText(text)
        button.clicked.connect(self._on_act_button_clicked)
        flow.add(button)

    def _history(self, zone: str, shown: SeatShown) -> None:
        words = self._words
        if not shown.history:
            return
        self.add_section(words("History of the seat"))
        for one in shown.history:
            award = one.award
            notes = [
                words(
                    "round {round}, offered {day}",
                    round=award.round,
                    day=words.current.date(local_day(award.offered_at, zone)),
                )
            ]
            if award.answered_at is not None:
                answered = words.current.date(local_day(award.answered_at, zone))
                notes.append(f"{words.code(f'award_{award.state}')} {answered}")
            if award.reason:
                notes.append(award.reason)
            self.add_item(
                f"{one.full_name} {award.application_no}",
                tuple(notes),
                (_STATE_KINDS[award.state], words.code(f"award_{award.state}"), ""),
            )

    def _reserve(self, shown: SeatShown) -> None:
        words = self._words
        self.add_section(words("Next on the reserve list"))
        if not shown.reserve:
            self.add_text(words("No one is left on the reserve list"), "body", "muted")
        for line in shown.reserve[:_NEXT]:
            name = " ".join(part for part in (line.surname, line.given) if part)
            total = words.current.number(Decimal(line.merit[0])) if line.merit else ""
            self.add_fact(f"{line.reserve or ''} {name}".strip(), total, line.application_no)
        more = len(shown.reserve) - _NEXT
        if more > 0:
            self.add_text(words.plural("and {n} more", "and {n} more", more), "small", "muted", above=4)

    def _on_act_button_clicked(self) -> None:
        act = str(self.sender().property("act"))
        if act == "next_round":
            self.next_round_wanted.emit()
        elif act in ("confirm", "decline", "expire"):
            self.answer_wanted.emit(act)
        else:
            self.act_wanted.emit(act)
