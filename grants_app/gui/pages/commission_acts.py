"""The column beside the commission's lists: the card of what is chosen, and what is typed in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.gui.dialogs.export import ExportPanel
from grants_app.gui.dialogs.reasoned import Reasoned, ReasonPanel
from grants_app.gui.pages.commission_card import CommissionCard
from grants_app.gui.pages.commission_forms import InterestPanel, MemberPanel, SittingPanel
from grants_app.services import commission, interests, members

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.domain.commission import Meeting
    from grants_app.domain.records import CommissionMember
    from grants_app.gui.page import PageContext
    from grants_app.gui.qt_words import Speech
    from grants_app.services.commission import Seat


class CommissionActs(QStackedWidget):
    """The card, or one of the forms; whatever is saved or left goes back to the card."""

    saved = Signal()
    """A member, an absence or a conflict of interest was recorded."""
    sitting_saved = Signal(str)
    """A sitting was recorded; carries its number."""
    told = Signal(str, str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._words = context, context.words
        self.card = CommissionCard(context.theme, context.words, self)
        self.member_panel = MemberPanel(context, self)
        self.sitting_panel = SittingPanel(context, self)
        self.interest_panel = InterestPanel(context, self)
        self.reason_panel = ReasonPanel(context, self)
        self.save_panel = ExportPanel(context, ("pdf",), self)
        self._panels = (
            self.member_panel,
            self.sitting_panel,
            self.interest_panel,
            self.reason_panel,
            self.save_panel,
        )
        self.addWidget(self.card)
        for panel in self._panels:
            self.addWidget(panel)
            panel.closed.connect(self.show_card)
        self.card.withdrawal_wanted.connect(self.ask_withdrawal)
        self.member_panel.saved.connect(self._on_saved)
        self.interest_panel.saved.connect(self._on_saved)
        self.reason_panel.done.connect(self._on_saved)
        self.sitting_panel.saved.connect(self._on_sitting_saved)
        self.save_panel.written.connect(self._on_written)

    def retranslate(self) -> None:
        """Word the forms again; the card is filled anew when the commission is read again."""
        for panel in self._panels:
            panel.retranslate()

    @Slot()
    def show_card(self) -> None:
        """Back to the card."""
        self.show()
        self.setCurrentWidget(self.card)

    def ask_sitting(self, meeting: Meeting | None) -> None:
        """Open the change of a sitting, or a new one."""
        self.setCurrentWidget(self.sitting_panel)
        self.sitting_panel.ask(meeting)

    def ask_member(self, member: CommissionMember | None) -> None:
        """Open the change of a member, or a new one."""
        self.setCurrentWidget(self.member_panel)
        self.member_panel.ask(member)

    def ask_interest(self, member: CommissionMember) -> None:
        """Open the declaring of a member's conflict of interest."""
        self.setCurrentWidget(self.interest_panel)
        self.interest_panel.ask(member)

    def ask_leave(self, member: CommissionMember) -> None:
        """Ask why a member leaves the commission."""
        office = self._context.office
        self._ask_reason(
            lambda words: (words("Leaves the commission"), member.name, words("Record departure")),
            lambda why: members.leave(office, member.id, why),
        )

    @Slot(str, object)
    def ask_absence(self, minutes_no: str, seat: Seat) -> None:
        """Ask why a member is absent from a sitting."""
        office, member = self._context.office, seat.member
        self._ask_reason(
            lambda words: (words("Reason for absence"), member.name, words("Save")),
            lambda why: commission.attend(office, minutes_no, {member.id: (False, why)}),
        )

    @Slot(int)
    def ask_withdrawal(self, interest: int) -> None:
        """Ask why a conflict of interest is withdrawn."""
        office = self._context.office
        self._ask_reason(
            lambda words: (words("Withdraw the conflict of interest"), "", words("Withdraw")),
            lambda why: interests.withdraw_interest(office, interest, why),
        )

    def _ask_reason(
        self, texts: Callable[[Speech], tuple[str, str, str]], act: Callable[[str], object]
    ) -> None:
        self.setCurrentWidget(self.reason_panel)
        self.reason_panel.ask(Reasoned(lambda: (*texts(self._words), ""), act))

    @Slot(str, object)
    def offer_minutes(self, minutes_no: str, write: Callable[[str, Path], int]) -> None:
        """Offer the minutes on view as a file."""
        words = self._words
        title = words("Minutes of the commission No. {number}", number=minutes_no)
        safe = "".join(letter if letter.isalnum() else "-" for letter in minutes_no)
        self.setCurrentWidget(self.save_panel)
        self.save_panel.offer(f"minutes-{safe}", (title, "", words("Save")), write)
        self.save_panel.path_edit.setFocus()

    @Slot()
    def _on_saved(self) -> None:
        self.show_card()
        self.saved.emit()

    @Slot(str)
    def _on_sitting_saved(self, minutes_no: str) -> None:
        self.show_card()
        self.sitting_saved.emit(minutes_no)

    @Slot(object, int)
    def _on_written(self, path: object, _items: int) -> None:
        self.told.emit("ok", self._words("The minutes are saved: {file}", file=path))
