"""The list of appeals: how each stands and when it is due; over it how many wait, under it what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from grants_app.gui.pages.appeals_card import STATE_CHIPS
from grants_app.gui.table_models import ChipText, Column, LinesModel
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.list_bar import list_bar
from grants_app.gui.widgets.list_stack import ListStack

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.appeals_card import AppealsShown
    from grants_app.services.appeals import AppealLine

_SPARE = ("subject", "received", "due")


class AppealList(QWidget):
    """The appeals, those that wait first; without one, how to record it."""

    record_wanted = Signal()
    """An appeal has come in and is to be recorded."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self._words = context.words
        self._shown: AppealsShown | None = None
        self.count_label = Label(theme, "bold", parent=self)
        self.record_button = KeyButton(theme, self, primary=True)
        self.record_button.setObjectName("record_appeal_button")
        self.table = FittedTable(theme, LinesModel(self._columns(), self), _SPARE, self)
        self.table.setObjectName("appeals_table")
        self.stack = ListStack(theme, self.table, "papers", self)
        self.hint_label = Label(theme, "small", "muted", parent=self)
        self.hint_label.setContentsMargins(12, 4, 12, 4)
        self.hint_label.setWordWrap(True)
        column = flush_column(self)
        column.addWidget(list_bar(self, (self.count_label,), (self.record_button,)))
        column.addWidget(self.stack, 1)
        column.addWidget(self.hint_label)
        self.record_button.clicked.connect(self.record_wanted)
        self.stack.empty.pressed.connect(self.record_wanted)

    def show_appeals(self, shown: AppealsShown, chosen: int) -> None:
        """Show the appeals with the cursor on the one of this id, else on the first."""
        self._shown = shown
        ids = [line.appeal.id for line in shown.lines]
        self.stack.show_lines(shown.lines, *self._nothing(shown))
        self.table.choose_row(ids.index(chosen) if chosen in ids else 0)
        self._word(shown)

    def retranslate(self) -> None:
        """Word everything again."""
        words = self._words
        self.record_button.setText(words("Record an appeal…"))
        self.record_button.updateGeometry()
        self.table.lines.retranslate()
        if self._shown is None:
            self.stack.empty.show_state(words("Reading…"), icon="hourglass")
            self.record_button.hide()
        else:
            self.stack.empty.show_state(*self._nothing(self._shown), icon="papers")
            self._word(self._shown)

    def _nothing(self, shown: AppealsShown) -> tuple[str, str]:
        """What stands in the place of an empty list: a sentence, and the button's words."""
        words = self._words
        return (
            words(
                "No appeals yet. Record each one with the date and time it was received and when it is due."
            ),
            words("Record an appeal…") if shown.may_record else "",
        )

    def _word(self, shown: AppealsShown) -> None:
        waiting = sum(line.state in ("open", "overdue") for line in shown.lines)
        self.count_label.setText(
            self._words.plural(
                "{n} appeal is waiting for a decision", "{n} appeals are waiting for a decision", waiting
            )
        )
        self.record_button.setVisible(shown.may_record and bool(shown.lines))
        self.hint_label.setText(self._hint(shown))

    def _hint(self, shown: AppealsShown) -> str:
        words = self._words
        if shown.closed:
            return words("The campaign is closed; appeals can no longer be changed.")
        if shown.may_decide:
            return words("Press Enter to decide the selected appeal.")
        return words("The secretary records appeals, the chair decides them.")

    def _columns(self) -> list[Column]:
        words = self._words

        def chips(line: AppealLine) -> tuple[ChipText, ...]:
            kind, icon = STATE_CHIPS[line.state]
            return (ChipText(kind, words.code(f"appeal_state_{line.state}"), icon),)

        def moment(line: AppealLine, name: str) -> str:
            at = getattr(line.appeal, name)
            return words.current.date_time(at, self._shown.setup.zone) if at and self._shown else ""

        return [
            Column(
                key="state",
                title=lambda: words("Status"),
                text=lambda line: chips(line)[0].text,
                chips=chips,
                width=150,
            ),
            Column(
                key="no",
                title=lambda: words("No."),
                text=lambda line: line.application_no,
                width=70,
                tone="muted",
            ),
            Column(
                key="name",
                title=lambda: words("Name"),
                text=lambda line: line.full_name,
                width=220,
                bold=True,
                stretch=True,
            ),
            Column(
                key="due",
                title=lambda: words("Decision due"),
                text=lambda line: moment(line, "deadline"),
                width=128,
            ),
            Column(
                key="received",
                title=lambda: words("Received"),
                text=lambda line: moment(line, "received_at"),
                width=128,
                tone="muted",
            ),
            Column(
                key="subject",
                title=lambda: words("Subject matter"),
                text=lambda line: line.appeal.subject,
                width=190,
            ),
        ]
