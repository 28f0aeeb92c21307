"""The commission at work: members, sittings, who is there, items with votes, conflicts, the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.pages.commission_acts import CommissionActs
from grants_app.gui.pages.commission_data import CommissionShown, read_commission
from grants_app.gui.pages.commission_desk import SittingDesk
from grants_app.gui.pages.commission_register import RegisterView
from grants_app.gui.pages.commission_words import help_words
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.layouts import flush_row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from grants_app.domain.records import CommissionMember
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task
    from grants_app.services.commission import Sitting
    from grants_app.services.resolutions import Item

_NARROW = 1080


class CommissionTab(QWidget):
    """Sittings and members at the left, the sitting in the middle, what is chosen at the right."""

    changed = Signal(object)
    """Something of the commission was recorded; carries what changed."""
    told = Signal(str, str)
    """`told(kind, sentence)` for the page's strip."""
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commission_tab")
        self.context = context
        self._shown: CommissionShown | None = None
        self._minutes_no = ""
        self._view: Literal["sitting", "item", "member"] = "sitting"
        self.register = RegisterView(context.theme, context.words, self)
        self.desk = SittingDesk(context, self)
        self.acts = CommissionActs(context, self)
        layout = flush_row(self)
        layout.addWidget(self.register)
        layout.addWidget(Hairline(context.theme, self, vertical=True))
        layout.addWidget(self.desk, 1)
        layout.addWidget(self.acts)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        register, desk, acts = self.register, self.desk, self.acts
        register.sitting_button.clicked.connect(self.ask_sitting)
        register.member_button.clicked.connect(self.ask_member)
        register.sittings.line_chosen.connect(self._on_sitting_chosen)
        register.members.line_chosen.connect(self._on_member_chosen)
        register.members.line_opened.connect(self._on_member_opened)
        desk.view.items.line_chosen.connect(self._on_item_chosen)
        desk.begun.connect(self._on_begun)
        desk.vote_opened.connect(acts.hide)
        desk.returned.connect(acts.show_card)
        desk.absence_wanted.connect(acts.ask_absence)
        desk.save_wanted.connect(acts.offer_minutes)
        desk.attended.connect(self._on_saved)
        desk.decided.connect(self._on_decided)
        acts.card.wanted.connect(self._on_wanted)
        acts.saved.connect(self._on_saved)
        acts.sitting_saved.connect(self._on_sitting_saved)
        desk.failed.connect(self._on_failed)
        for part in (desk, acts):
            part.told.connect(self.told)

    # ---- what the page asks ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the commission again, with the sitting on view."""
        office, words, number = self.context.office, self.context.words.current, self._minutes_no

        def work(_task: Task[CommissionShown]) -> CommissionShown:
            return read_commission(office, words, number)

        self.context.tasks.run(work, done=self._on_read, failed=self._on_failed, key="commission")

    def retranslate(self) -> None:
        """Word everything again; sentences of the sitting are read in the new language."""
        for part in (self.register, self.desk, self.acts):
            part.retranslate()
        if self._shown is not None and self.context.desk.open:
            self.refresh()

    def help_text(self) -> str:
        """What F1 says of the tab."""
        return help_words(self.context.words)

    @Slot()
    def ask_sitting(self) -> None:
        """Open a new sitting."""
        self.acts.ask_sitting(None)

    @Slot()
    def ask_member(self) -> None:
        """Open a new member."""
        self.acts.ask_member(None)

    # ---- what is on view ------------------------------------------------------------------------------

    @Slot(object)
    def _on_read(self, shown: CommissionShown) -> None:
        self._shown = shown
        self._minutes_no = shown.sitting.meeting.minutes_no if shown.sitting else ""
        self.register.show_commission(shown)
        self.desk.show_commission(shown)
        self._fill_card()

    def _fill_card(self) -> None:
        shown, card = self._shown, self.acts.card
        if shown is None:
            return
        member, item = self.register.members.current_line(), self.desk.view.items.current_line()
        if self._view == "member" and member is not None:
            card.show_member(shown, member)
        elif self._view == "item" and item is not None:
            card.show_item(shown, item)
        elif shown.sitting is not None:
            card.show_sitting(shown, shown.sitting)
        else:
            card.show_nothing(shown)

    def _look_at(self, view: Literal["sitting", "item", "member"]) -> None:
        self._view = view
        self._fill_card()
        self.acts.show_card()

    @Slot(object)
    def _on_sitting_chosen(self, sitting: Sitting | None) -> None:
        if sitting is not None and sitting.meeting.minutes_no != self._minutes_no:
            self._minutes_no = sitting.meeting.minutes_no
            self._view = "sitting"
            self.desk.show_sitting()
            self.refresh()
        elif sitting is not None:
            self._look_at("sitting")

    @Slot(object)
    def _on_member_chosen(self, member: CommissionMember | None) -> None:
        if member is not None:
            self._look_at("member")

    @Slot(object)
    def _on_item_chosen(self, item: Item | None) -> None:
        if item is not None:
            self._look_at("item")

    # ---- acts -----------------------------------------------------------------------------------------

    @Slot(object)
    def _on_member_opened(self, member: CommissionMember) -> None:
        if self._shown is not None and self._shown.may_record and member.active:
            self.acts.ask_member(member)

    @Slot(str)
    def _on_wanted(self, act: str) -> None:
        """An act of the card on what is chosen."""
        member, item = self.register.members.current_line(), self.desk.view.items.current_line()
        if act == "sitting_change" and self._shown is not None and self._shown.sitting is not None:
            self.acts.ask_sitting(self._shown.sitting.meeting)
        elif act == "item_correct" and item is not None:
            self.desk.ask_correction(item)
        elif act == "member_change" and member is not None:
            self._on_member_opened(member)
        elif act == "interest" and member is not None:
            self.acts.ask_interest(member)
        elif act == "member_leave" and member is not None:
            self.acts.ask_leave(member)

    @Slot()
    def _on_begun(self) -> None:
        """The first thing that is missing: a member, else a sitting."""
        if self._shown is not None and not self._shown.members:
            self.ask_member()
        else:
            self.ask_sitting()

    @Slot()
    def _on_saved(self) -> None:
        self.changed.emit(Changed(commission=True))
        self.refresh()

    @Slot(str)
    def _on_sitting_saved(self, minutes_no: str) -> None:
        self._minutes_no = minutes_no
        self._view = "sitting"
        self._on_saved()

    @Slot()
    def _on_decided(self) -> None:
        self._view = "item"
        self._on_saved()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        if self._shown is not None:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns at the sides give way in a small window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.register.setFixedWidth(262 if narrow else 300)
        self.acts.setFixedWidth(300 if narrow else 352)
