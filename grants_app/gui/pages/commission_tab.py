"""The commission at work: members, sittings, who is there, items with votes, conflicts, the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.export import ExportPanel
from grants_app.gui.pages.commission_card import CommissionCard
from grants_app.gui.pages.commission_data import CommissionShown, read_commission
from grants_app.gui.pages.commission_forms import InterestPanel, MemberPanel, ReasonPanel, SittingPanel
from grants_app.gui.pages.commission_minutes import MinutesView
from grants_app.gui.pages.commission_views import RegisterView, SittingView, empty_state, help_words
from grants_app.gui.pages.commission_voting import ItemPanel
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Hairline
from grants_app.services import commission, interests, members

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from grants_app.domain.records import CommissionMember
    from grants_app.gui.dialogs.inline import DecisionPanel
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task
    from grants_app.services.commission import Seat, Sitting
    from grants_app.services.resolutions import Item

_NARROW = 1080


class CommissionTab(QWidget):
    """Sittings and members at the left, the sitting in the middle, what is chosen at the right."""

    changed = Signal(object)
    """Something of the commission was recorded; carries what changed."""
    told = Signal(str)
    """A sentence for the page's strip."""
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commission_tab")
        self.context = context
        self.words = context.words
        self._shown: CommissionShown | None = None
        self._for_items: list[CommissionShown] = []
        self._interested: set[int] = set()
        self._minutes_no = ""
        self._view = "sitting"
        self._to_last_item = False
        self.left = RegisterView(context.theme, self.words, self._interested, self)
        self.sitting_view = SittingView(context.theme, self.words, self._for_items, self)
        self.sittings, self.members = self.left.sittings, self.left.members
        self.seats, self.items = self.sitting_view.seats, self.sitting_view.items
        self._make_middle()
        self._make_right()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.left)
        layout.addWidget(Hairline(context.theme, self, vertical=True))
        layout.addWidget(self.middle, 1)
        layout.addWidget(self.right)
        self._connect()
        self.retranslate()

    # ---- made once ------------------------------------------------------------------------------------

    def _make_middle(self) -> None:
        self.empty = EmptyState(self.context.theme, "people", self)
        self.item_panel = ItemPanel(self.context, self)
        self.minutes_view = MinutesView(self.context, self)
        self.middle = QStackedWidget(self)
        for widget in (self.empty, self.sitting_view, self.item_panel, self.minutes_view):
            self.middle.addWidget(widget)

    def _make_right(self) -> None:
        self.card = CommissionCard(self.context.theme, self.words, self)
        self.member_panel = MemberPanel(self.context, self)
        self.sitting_panel = SittingPanel(self.context, self)
        self.interest_panel = InterestPanel(self.context, self)
        self.reason_panel = ReasonPanel(self.context, self)
        self.save_panel = ExportPanel(self.context, ("pdf",), self)
        self.right = QStackedWidget(self)
        for panel in (self.card, *self._panels, self.save_panel):
            self.right.addWidget(panel)

    @property
    def _panels(self) -> tuple[DecisionPanel, ...]:
        return (self.member_panel, self.sitting_panel, self.interest_panel, self.reason_panel)

    def _connect(self) -> None:
        self.left.sitting_button.clicked.connect(self.ask_sitting)
        self.left.member_button.clicked.connect(self.ask_member)
        self.empty.pressed.connect(self._on_empty_pressed)
        self.sitting_view.item_button.clicked.connect(self.ask_item)
        self.sitting_view.minutes_button.clicked.connect(self.show_minutes)
        self.sittings.line_chosen.connect(self._on_sitting_chosen)
        self.members.line_chosen.connect(self._on_member_chosen)
        self.members.line_opened.connect(self._on_member_opened)
        self.items.line_chosen.connect(self._on_item_chosen)
        self.items.line_opened.connect(self._on_item_opened)
        self.seats.ticked.connect(self._on_ticked)
        self.seats.line_opened.connect(self._on_seat_opened)
        self.card.wanted.connect(self._on_wanted)
        self.card.withdrawal_wanted.connect(self._on_withdrawal_wanted)
        for panel in (*self._panels, self.save_panel):
            panel.closed.connect(self._show_card)
        for panel in (self.member_panel, self.interest_panel, self.reason_panel):
            panel.saved.connect(self._on_saved)
        self.sitting_panel.saved.connect(self._on_sitting_saved)
        self.item_panel.closed.connect(self._show_sitting)
        self.item_panel.saved.connect(self._on_item_saved)
        self.minutes_view.closed.connect(self._show_sitting)
        self.minutes_view.save_wanted.connect(self._on_save_wanted)
        self.minutes_view.printed.connect(self._on_printed)
        self.minutes_view.failed.connect(self.failed)
        self.save_panel.written.connect(self._on_written)

    # ---- what the page asks ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the commission again, with the sitting on view."""
        office, words, number = self.context.office, self.words.current, self._minutes_no

        def work(_task: Task[CommissionShown]) -> CommissionShown:
            return read_commission(office, words, number)

        self.context.tasks.run(work, done=self._on_read, failed=self._on_failed, key="commission")

    def retranslate(self) -> None:
        """Word everything again; sentences of the sitting are read in the new language."""
        words = self.words
        self.left.retranslate()
        self.sitting_view.retranslate()
        for panel in (*self._panels, self.item_panel, self.save_panel):
            panel.retranslate()
        self.minutes_view.retranslate()
        if self._shown is None:
            self.empty.show_state(words("Reading…"), icon="hourglass")
        elif self.context.desk.open:
            self.refresh()

    def help_text(self) -> str:
        """What F1 says of the tab."""
        return help_words(self.words)

    # ---- acts -----------------------------------------------------------------------------------------

    @Slot()
    def ask_sitting(self) -> None:
        """Open a new sitting."""
        self.right.setCurrentWidget(self.sitting_panel)
        self.sitting_panel.ask(None)

    @Slot()
    def ask_member(self) -> None:
        """Open a new member."""
        self.right.setCurrentWidget(self.member_panel)
        self.member_panel.ask(None)

    @Slot()
    def ask_item(self) -> None:
        """Put the next item to the vote."""
        if self._minutes_no and self.sitting_view.item_button.isEnabled():
            self._vote_on(None)

    def _vote_on(self, item: Item | None) -> None:
        """The vote has the room of the card too."""
        self.right.hide()
        self.middle.setCurrentWidget(self.item_panel)
        self.item_panel.ask(self._minutes_no, item)

    @Slot()
    def show_minutes(self) -> None:
        """Show the minutes as they print."""
        if self._minutes_no:
            self.middle.setCurrentWidget(self.minutes_view)
            self.minutes_view.show_minutes(self._minutes_no)

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_read(self, shown: CommissionShown) -> None:
        self._shown = shown
        self._for_items[:] = [shown]
        self._interested.clear()
        self._interested |= {one.member for one in shown.interests if one.stands}
        self._minutes_no = shown.sitting.meeting.minutes_no if shown.sitting else ""
        rows = [max(0, table.row) for table in (self.members, self.seats, self.items)]
        tables = (self.sittings, self.members, self.seats, self.items)
        for table in tables:
            table.blockSignals(True)  # noqa: FBT003 - Qt's own form; what is on view stays
        numbers = [one.meeting.minutes_no for one in shown.sittings]
        chosen = numbers.index(self._minutes_no) if self._minutes_no else 0
        self.sittings.show_lines(shown.sittings, chosen)
        self.members.show_lines(shown.members, rows[0])
        self.seats.show_lines(shown.sitting.seats if shown.sitting else (), rows[1])
        self.items.show_lines(shown.items, len(shown.items) - 1 if self._to_last_item else rows[2])
        self._to_last_item = False
        for table in tables:
            table.blockSignals(False)  # noqa: FBT003 - Qt's own form
        self._word_state(shown)
        self._fill_card()

    def _word_state(self, shown: CommissionShown) -> None:
        words = self.words
        may = shown.may_record
        self.left.sitting_button.setVisible(may and bool(shown.members))
        self.left.member_button.setVisible(may)
        self.sitting_view.item_button.setVisible(may)
        self.empty.show_state(*empty_state(words, shown))
        if shown.sitting is None:
            if self.middle.currentWidget() is not self.empty:
                self.middle.setCurrentWidget(self.empty)
            return
        if self.middle.currentWidget() is self.empty:
            self.middle.setCurrentWidget(self.sitting_view)
        self.sitting_view.show_sitting(shown.sitting, may_record=may, closed=shown.closed)

    def _fill_card(self) -> None:
        shown = self._shown
        if shown is None:
            return
        member, item = self.members.current_line(), self.items.current_line()
        if self._view == "member" and member is not None:
            self.card.show_member(shown, member)
        elif self._view == "item" and item is not None:
            self.card.show_item(shown, item)
        elif shown.sitting is not None:
            self.card.show_sitting(shown, shown.sitting)
        else:
            self.card.show_nothing(shown)

    @Slot(object)
    def _on_sitting_chosen(self, sitting: Sitting | None) -> None:
        if sitting is not None and sitting.meeting.minutes_no != self._minutes_no:
            self._minutes_no = sitting.meeting.minutes_no
            self._view = "sitting"
            self._show_sitting()
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

    def _look_at(self, view: str) -> None:
        self._view = view
        self._fill_card()
        self._show_card()

    @Slot(object)
    def _on_member_opened(self, member: CommissionMember) -> None:
        if self._shown is not None and self._shown.may_record and member.active:
            self.right.setCurrentWidget(self.member_panel)
            self.member_panel.ask(member)

    @Slot(object)
    def _on_item_opened(self, item: Item) -> None:
        if self._shown is not None and self._shown.may_record:
            self._vote_on(item)

    @Slot(object)
    def _on_ticked(self, seat: Seat) -> None:
        """Tick in the background; a reason is asked when a line is opened."""
        if self._shown is not None and self._shown.may_record:
            self._attend({seat.member.id: (not seat.present, seat.reason)})

    @Slot(object)
    def _on_seat_opened(self, seat: Seat) -> None:
        if self._shown is None or not self._shown.may_record or seat.present:
            return
        words, number, member = self.words, self._minutes_no, seat.member.id
        texts = (words("Why absent"), seat.member.name, words("Save"))
        office = self.context.office
        self.right.setCurrentWidget(self.reason_panel)
        self.reason_panel.ask(texts, lambda why: commission.attend(office, number, {member: (False, why)}))

    def _attend(self, seats: dict[int, tuple[bool, str]]) -> None:
        office, number = self.context.office, self._minutes_no

        def work(_task: Task[object]) -> object:
            return commission.attend(office, number, seats)

        self.context.tasks.run(work, done=self._on_attended, failed=self._on_failed)

    @Slot(object)
    def _on_attended(self, _sitting: object) -> None:
        self._tell()

    @Slot(str)
    def _on_wanted(self, act: str) -> None:
        member, item = self.members.current_line(), self.items.current_line()
        if act == "sitting_change" and self._shown is not None and self._shown.sitting is not None:
            self.right.setCurrentWidget(self.sitting_panel)
            self.sitting_panel.ask(self._shown.sitting.meeting)
        elif act == "item_correct" and item is not None:
            self._on_item_opened(item)
        elif act == "member_change" and member is not None:
            self._on_member_opened(member)
        elif act == "interest" and member is not None:
            self.right.setCurrentWidget(self.interest_panel)
            self.interest_panel.ask(member)
        elif act == "member_leave" and member is not None:
            words, office = self.words, self.context.office
            texts = (words("Leaves the commission"), member.name, words("Record that they left"))
            self.right.setCurrentWidget(self.reason_panel)
            self.reason_panel.ask(texts, lambda why: members.leave(office, member.id, why))

    @Slot(int)
    def _on_withdrawal_wanted(self, interest: int) -> None:
        words, office = self.words, self.context.office
        texts = (words("Withdraw the conflict of interest"), "", words("Withdraw"))
        self.right.setCurrentWidget(self.reason_panel)
        self.reason_panel.ask(texts, lambda why: interests.withdraw_interest(office, interest, why))

    @Slot()
    def _on_saved(self) -> None:
        self._show_card()
        self._tell()

    @Slot(str)
    def _on_sitting_saved(self, minutes_no: str) -> None:
        self._minutes_no = minutes_no
        self._view = "sitting"
        self._on_saved()

    @Slot()
    def _on_item_saved(self) -> None:
        self._to_last_item = self.item_panel.is_new
        self._show_sitting()
        self._view = "item"
        self._tell()
        self.told.emit(self.words("The decision is recorded."))

    @Slot()
    def _on_save_wanted(self) -> None:
        words, number = self.words, self._minutes_no
        title = words("Minutes of the commission No. {number}", number=number)
        safe = "".join(letter if letter.isalnum() else "-" for letter in number)
        self.right.setCurrentWidget(self.save_panel)
        self.save_panel.offer(f"minutes-{safe}", (title, "", words("Save")), self.minutes_view.write)
        self.save_panel.path_edit.setFocus()

    @Slot(object, int)
    def _on_written(self, path: object, _items: int) -> None:
        self.told.emit(self.words("The minutes are saved: {file}", file=path))

    @Slot()
    def _on_printed(self) -> None:
        self.told.emit(self.words("Sent to the printer."))

    @Slot()
    def _on_empty_pressed(self) -> None:
        if self._shown is not None and not self._shown.members:
            self.ask_member()
        else:
            self.ask_sitting()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        if self._shown is not None:
            self.refresh()

    @Slot()
    def _show_card(self) -> None:
        self.right.show()
        self.right.setCurrentWidget(self.card)

    @Slot()
    def _show_sitting(self) -> None:
        self._show_card()
        if self._shown is not None and self._shown.sitting is not None:
            self.middle.setCurrentWidget(self.sitting_view)
            self.items.setFocus()

    def _tell(self) -> None:
        self.changed.emit(Changed(commission=True))
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns at the sides give way in a small window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.left.setFixedWidth(262 if narrow else 300)
        self.right.setFixedWidth(300 if narrow else 352)
