"""The left of the commission's tab: the sittings, and under them the members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from grants_app.gui.pages.commission_lists import CommissionList, member_columns, sitting_columns
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.list_bar import list_bar

if TYPE_CHECKING:
    from grants_app.gui.pages.commission_data import CommissionShown
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme


class RegisterView(QWidget):
    """The sittings, and under them the members."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._interested: frozenset[int] = frozenset()
        self.sittings_label = Label(theme, "bold", parent=self)
        self.sitting_button = KeyButton(theme, self)
        self.sitting_button.setObjectName("new_sitting_button")
        self.sittings = CommissionList(theme, sitting_columns(words), ("on",), self)
        self.sittings.setObjectName("sittings_table")
        self.members_label = Label(theme, "bold", parent=self)
        self.member_button = KeyButton(theme, self)
        self.member_button.setObjectName("new_member_button")
        self.members = CommissionList(theme, member_columns(words, lambda: self._interested), (), self)
        self.members.setObjectName("members_table")
        column = flush_column(self)
        column.addWidget(list_bar(self, (self.sittings_label,), (self.sitting_button,)))
        column.addWidget(self.sittings, 2)
        column.addWidget(Hairline(theme, self))
        column.addWidget(list_bar(self, (self.members_label,), (self.member_button,)))
        column.addWidget(self.members, 3)

    def show_commission(self, shown: CommissionShown) -> None:
        """Show the sittings with the cursor on the one on view, and the members with theirs where it was."""
        self._interested = frozenset(one.member for one in shown.interests if one.stands)
        chosen = shown.sittings.index(shown.sitting) if shown.sitting is not None else 0
        self.sittings.show_lines(shown.sittings, chosen)
        self.members.show_lines(shown.members, max(0, self.members.row))
        self.sitting_button.setVisible(shown.may_record and bool(shown.members))
        self.member_button.setVisible(shown.may_record)

    def retranslate(self) -> None:
        """Word everything again."""
        words = self._words
        self.sittings_label.setText(words("Meetings"))
        self.sitting_button.setText(words("New…"))
        self.members_label.setText(words("Members"))
        self.member_button.setText(words("Add…"))
        for button in (self.sitting_button, self.member_button):
            button.updateGeometry()
        for table in (self.sittings, self.members):
            table.lines.retranslate()
