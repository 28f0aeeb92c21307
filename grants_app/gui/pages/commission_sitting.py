"""One sitting of the commission: its number, the quorum, who is there, its items with their votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from grants_app.gui.pages.commission_lists import AttendanceList, CommissionList, item_columns, seat_columns
from grants_app.gui.pages.commission_words import hint_text
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.list_bar import list_bar

if TYPE_CHECKING:
    from grants_app.domain.campaign import CampaignSetup
    from grants_app.gui.pages.commission_data import CommissionShown
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.services.commission import Sitting


class SittingView(QWidget):
    """The sitting: its number, the quorum, who is there, the items."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._setup: CampaignSetup | None = None
        self.to_last_item = False
        self.title_label = Label(theme, "section", parent=self)
        self.quorum_chip = Chip(theme, parent=self)
        self.minutes_button = KeyButton(theme, self, icon="print")
        self.minutes_button.setObjectName("minutes_button")
        self.item_button = KeyButton(theme, self, primary=True)
        self.item_button.setObjectName("new_item_button")
        self.seats = AttendanceList(theme, seat_columns(words), ("reason", "post"), self)
        self.seats.setObjectName("attendance_table")
        self.items_label = Label(theme, "bold", parent=self)
        self.items = CommissionList(theme, item_columns(words, lambda: self._setup), ("votes",), self)
        self.items.setObjectName("items_table")
        self.hint_label = Label(theme, "small", "muted", parent=self)
        self.hint_label.setContentsMargins(12, 4, 12, 4)
        self.hint_label.setWordWrap(True)
        column = flush_column(self)
        column.addWidget(
            list_bar(self, (self.title_label, self.quorum_chip), (self.minutes_button, self.item_button))
        )
        column.addWidget(self.seats, 1)
        column.addWidget(Hairline(theme, self))
        column.addWidget(list_bar(self, (self.items_label,), ()))
        column.addWidget(self.items, 1)
        column.addWidget(self.hint_label)

    def show_sitting(self, shown: CommissionShown, sitting: Sitting) -> None:
        """Show a sitting, the cursors where they were; on the last item if `to_last_item` asks for it."""
        self._setup = shown.setup
        row = len(shown.items) - 1 if self.to_last_item else max(0, self.items.row)
        self.to_last_item = False
        self.seats.show_lines(sitting.seats, max(0, self.seats.row))
        self.items.show_lines(shown.items, row)
        self._word(shown, sitting)

    def _word(self, shown: CommissionShown, sitting: Sitting) -> None:
        words, meeting, quorum = self._words, sitting.meeting, sitting.quorum
        self.title_label.setText(words("No. {minutes}", minutes=meeting.minutes_no))
        text = words(
            "quorum: {present} present, {needed} required", present=quorum.present, needed=quorum.needed
        )
        if quorum.reached:
            self.quorum_chip.show_state("ok", text, "check")
        else:
            self.quorum_chip.show_state("bad", text, "cross")
        self.item_button.setVisible(shown.may_record)
        self.item_button.setEnabled(shown.may_record and quorum.reached)
        self.item_button.explain(words.code("no_quorum", present=quorum.present, needed=quorum.needed))
        self.hint_label.setText(hint_text(words, may_record=shown.may_record, closed=shown.closed))

    def retranslate(self) -> None:
        """Word everything again."""
        words = self._words
        self.item_button.setText(words("Put to vote…"))
        self.minutes_button.setText(words("Minutes…"))
        self.items_label.setText(words("Items and votes"))
        for button in (self.item_button, self.minutes_button):
            button.updateGeometry()
        for table in (self.seats, self.items):
            table.lines.retranslate()
