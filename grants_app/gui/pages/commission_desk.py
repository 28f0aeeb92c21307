"""The middle of the commission's tab: the sitting, an item put to the vote in its place, or its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.gui.pages.commission_minutes import MinutesView
from grants_app.gui.pages.commission_sitting import SittingView
from grants_app.gui.pages.commission_voting import ItemPanel
from grants_app.gui.pages.commission_words import empty_state
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.services import commission

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.commission_data import CommissionShown
    from grants_app.gui.tasks import Task
    from grants_app.services.commission import Seat
    from grants_app.services.resolutions import Item


class SittingDesk(QStackedWidget):
    """The sitting on view and what is done at it; without one, what to do first."""

    begun = Signal()
    """The button of the empty state: the first member or the first sitting is to be recorded."""
    vote_opened = Signal()
    """An item is put to the vote; it takes the room of what stands beside it."""
    absence_wanted = Signal(str, object)
    """Why somebody is absent is to be recorded; carries the sitting's number and the seat."""
    save_wanted = Signal(str, object)
    """The minutes on view are to be saved; carries their number and what writes them."""
    returned = Signal()
    """The sitting is on view again."""
    attended = Signal()
    """Who is there was recorded."""
    decided = Signal()
    """An item was recorded."""
    told = Signal(str, str)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._words = context, context.words
        self._shown: CommissionShown | None = None
        self.empty = EmptyState(context.theme, "people", self)
        self.view = SittingView(context.theme, context.words, self)
        self.item_panel = ItemPanel(context, self)
        self.minutes_view = MinutesView(context, self)
        for widget in (self.empty, self.view, self.item_panel, self.minutes_view):
            self.addWidget(widget)
        self.empty.pressed.connect(self.begun)
        self.view.item_button.clicked.connect(self.ask_item)
        self.view.minutes_button.clicked.connect(self.show_minutes)
        self.view.items.line_opened.connect(self.ask_correction)
        self.view.seats.ticked.connect(self._on_ticked)
        self.view.seats.line_opened.connect(self._on_seat_opened)
        self.item_panel.closed.connect(self.show_sitting)
        self.item_panel.saved.connect(self._on_item_saved)
        self.minutes_view.closed.connect(self.show_sitting)
        self.minutes_view.save_wanted.connect(self._on_save_wanted)
        self.minutes_view.printed.connect(self._on_printed)
        self.minutes_view.failed.connect(self.failed)

    @property
    def minutes_no(self) -> str:
        """The number of the sitting on view, "" for none."""
        sitting = self._shown.sitting if self._shown is not None else None
        return sitting.meeting.minutes_no if sitting is not None else ""

    def show_commission(self, shown: CommissionShown) -> None:
        """Show the sitting on view as it stands now, whatever is done at it staying open."""
        self._shown = shown
        self.empty.show_state(*empty_state(self._words, shown))
        if shown.sitting is None:
            self.setCurrentWidget(self.empty)
            return
        self.view.show_sitting(shown, shown.sitting)
        if self.currentWidget() is self.empty:
            self.setCurrentWidget(self.view)

    def retranslate(self) -> None:
        """Word everything again."""
        for widget in (self.view, self.item_panel, self.minutes_view):
            widget.retranslate()
        if self._shown is None:
            self.empty.show_state(self._words("Reading…"), icon="hourglass")

    @Slot()
    def show_sitting(self) -> None:
        """Back to the sitting."""
        self.returned.emit()
        if self.minutes_no:
            self.setCurrentWidget(self.view)
            self.view.items.setFocus()

    @Slot()
    def ask_item(self) -> None:
        """Put the next item to the vote."""
        if self.minutes_no and self.view.item_button.isEnabled():
            self._vote_on(None)

    @Slot(object)
    def ask_correction(self, item: Item) -> None:
        """Open the correction of a recorded item."""
        if self._shown is not None and self._shown.may_record:
            self._vote_on(item)

    def _vote_on(self, item: Item | None) -> None:
        self.vote_opened.emit()
        self.setCurrentWidget(self.item_panel)
        self.item_panel.ask(self.minutes_no, item)

    @Slot()
    def show_minutes(self) -> None:
        """Show the minutes as they print."""
        if self.minutes_no:
            self.setCurrentWidget(self.minutes_view)
            self.minutes_view.show_minutes(self.minutes_no)

    @Slot(object)
    def _on_ticked(self, seat: Seat) -> None:
        """Tick in the background; a reason is asked when a line is opened."""
        if self._shown is None or not self._shown.may_record:
            return
        office, number = self._context.office, self.minutes_no

        def work(_task: Task[object]) -> object:
            return commission.attend(office, number, {seat.member.id: (not seat.present, seat.reason)})

        self._context.tasks.run(work, done=self._on_attended, failed=self._on_failed)

    @Slot(object)
    def _on_attended(self, _sitting: object) -> None:
        self.attended.emit()

    @Slot(object)
    def _on_seat_opened(self, seat: Seat) -> None:
        if self._shown is not None and self._shown.may_record and not seat.present:
            self.absence_wanted.emit(self.minutes_no, seat)

    @Slot()
    def _on_item_saved(self) -> None:
        self.view.to_last_item = self.item_panel.is_new
        self.show_sitting()
        self.decided.emit()
        self.told.emit("ok", self._words("The decision is recorded."))

    @Slot()
    def _on_save_wanted(self) -> None:
        self.save_wanted.emit(self.minutes_no, self.minutes_view.write)

    @Slot()
    def _on_printed(self) -> None:
        self.told.emit("ok", self._words("Sent to the printer."))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
