"""The parts of the commission's tab: sittings and members at the left, the sitting on view in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from grants_app.gui.pages.commission_lists import (
    AttendanceList,
    CommissionList,
    item_columns,
    member_columns,
    seat_columns,
    sitting_columns,
)
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.labels import Hairline, Label

if TYPE_CHECKING:
    from grants_app.gui.pages.commission_data import CommissionShown
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.services.commission import Sitting

_BAR = 40


def bar(parent: QWidget, left: tuple[QWidget, ...], right: tuple[QWidget, ...]) -> QWidget:
    """What stands over a list: words at the left, buttons at the right."""
    held = QWidget(parent)
    held.setMinimumHeight(_BAR)
    row = QHBoxLayout(held)
    row.setContentsMargins(12, 4, 12, 4)
    row.setSpacing(8)
    for widget in left:
        row.addWidget(widget)
    row.addStretch(1)
    for widget in right:
        row.addWidget(widget)
    return held


def empty_state(words: Speech, shown: CommissionShown) -> tuple[str, str, str]:
    """What to do where there is no sitting: the sentence, the button's words, the icon."""
    if not shown.members:
        sentence = words("The commission has no members yet. Add them and mark the chair.")
        return sentence, words("Add a member…") if shown.may_record else "", "people"
    sentence = words("No sitting is recorded yet. Record one under the number of its minutes.")
    return sentence, words("Record a sitting…") if shown.may_record else "", "calendar"


def hint_text(words: Speech, *, may_record: bool, closed: bool) -> str:
    """What the keys do, or why nothing can be recorded."""
    if closed:
        return words("The campaign is closed: the commission is kept as it was.")
    if not may_record:
        return words("The secretary and the chair record for the commission; you see everything.")
    return words("Space ticks who is present; Enter opens a line.")


def help_words(words: Speech) -> str:
    """What the tab is for."""
    return words(
        "Add the members and mark the chair; record a sitting under its minutes' number, tick who is "
        "there, put items to the vote. Whose relative applies takes no part in that case. The minutes "
        "are printed from what is recorded here."
    )


class RegisterView(QWidget):
    """The sittings, and under them the members."""

    def __init__(self, theme: Theme, words: Speech, interested: set[int], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.sittings_label = Label(theme, "bold", parent=self)
        self.sitting_button = KeyButton(theme, self)
        self.sitting_button.setObjectName("new_sitting_button")
        self.sittings = CommissionList(theme, sitting_columns(words), ("on",), self)
        self.sittings.setObjectName("sittings_table")
        self.members_label = Label(theme, "bold", parent=self)
        self.member_button = KeyButton(theme, self)
        self.member_button.setObjectName("new_member_button")
        self.members = CommissionList(theme, member_columns(words, interested), (), self)
        self.members.setObjectName("members_table")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar(self, (self.sittings_label,), (self.sitting_button,)))
        column.addWidget(self.sittings, 2)
        column.addWidget(Hairline(theme, self))
        column.addWidget(bar(self, (self.members_label,), (self.member_button,)))
        column.addWidget(self.members, 3)

    def retranslate(self) -> None:
        """Word everything again."""
        words = self._words
        self.sittings_label.setText(words("Sittings"))
        self.sitting_button.setText(words("New…"))
        self.members_label.setText(words("Members"))
        self.member_button.setText(words("Add…"))
        for button in (self.sitting_button, self.member_button):
            button.updateGeometry()
        for table in (self.sittings, self.members):
            table.lines.retranslate()


class SittingView(QWidget):
    """The sitting: its number, the quorum, who is there, the items."""

    def __init__(self, theme: Theme, words: Speech, shown: list[CommissionShown], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.title_label = Label(theme, "section", parent=self)
        self.quorum_chip = Chip(theme, parent=self)
        self.minutes_button = KeyButton(theme, self, icon="print")
        self.minutes_button.setObjectName("minutes_button")
        self.item_button = KeyButton(theme, self, primary=True)
        self.item_button.setObjectName("new_item_button")
        self.seats = AttendanceList(theme, seat_columns(words), ("reason", "post"), self)
        self.seats.setObjectName("attendance_table")
        self.items_label = Label(theme, "bold", parent=self)
        self.items = CommissionList(theme, item_columns(words, shown), ("votes",), self)
        self.items.setObjectName("items_table")
        self.hint_label = Label(theme, "small", "muted", parent=self)
        self.hint_label.setContentsMargins(12, 4, 12, 4)
        self.hint_label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(
            bar(self, (self.title_label, self.quorum_chip), (self.minutes_button, self.item_button))
        )
        column.addWidget(self.seats, 1)
        column.addWidget(Hairline(theme, self))
        column.addWidget(bar(self, (self.items_label,), ()))
        column.addWidget(self.items, 1)
        column.addWidget(self.hint_label)

    def show_sitting(self, sitting: Sitting, *, may_record: bool, closed: bool) -> None:
        """Word the head of a sitting; the lists are filled by whoever read it."""
        words, meeting, quorum = self._words, sitting.meeting, sitting.quorum
        self.title_label.setText(words("No. {minutes}", minutes=meeting.minutes_no))
        text = words("quorum: {present} of {needed} needed", present=quorum.present, needed=quorum.needed)
        if quorum.reached:
            self.quorum_chip.show_state("ok", text, "check")
        else:
            self.quorum_chip.show_state("bad", text, "cross")
        self.item_button.setVisible(may_record)
        self.item_button.setEnabled(may_record and quorum.reached)
        self.hint_label.setText(hint_text(words, may_record=may_record, closed=closed))

    def retranslate(self) -> None:
        """Word everything again."""
        words = self._words
        self.item_button.setText(words("Put to the vote…"))
        self.minutes_button.setText(words("Minutes…"))
        self.items_label.setText(words("Items and votes"))
        for button in (self.item_button, self.minutes_button):
            button.updateGeometry()
        for table in (self.seats, self.items):
            table.lines.retranslate()
