"""The foot of the chair's sheet: minutes, the offers' deadline, the number twice; the sheet seals."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from grants_app.gui.dialogs.inline import CENTURY
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import DateEdit, TextEdit
from grants_app.gui.widgets.forms import FormField, FormGrid
from grants_app.gui.widgets.labels import Ground, Hairline, Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.time_edit import TimeEdit, moment_typed, show_moment
from grants_app.services import offers
from grants_app.wording import local

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext

_MARGIN = 16


class SealBar(Ground):
    """Minutes, until when the offers stand, the number once more, the act; no chord and no way round."""

    seal_wanted = Signal(str, object, object)
    """The minutes' number, typed twice alike, their date, and when answers are due (None: none typed)."""
    minutes_typed = Signal(str)
    """The field of the number was left; the quorum is that of this sitting."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self.setObjectName("seal_bar")
        self.words = context.words
        self.context = context
        self._open, self._standing = False, ""
        self._calendar: datetime | None = None
        theme = context.theme
        self.state_label = Label(theme, "small", "muted", parent=self)
        self.state_label.setWordWrap(True)
        self.form = FormGrid(theme, 12, self)
        self.minutes_edit = TextEdit(theme, self.form)
        self.minutes_on_edit = DateEdit(theme, CENTURY, self.form)
        self.again_edit = TextEdit(theme, self.form)
        self.due_on_edit = DateEdit(theme, CENTURY, self.form)
        self.due_hour_edit = TimeEdit(theme, self.form)
        for key, editor, column, span in (
            ("minutes_no", self.minutes_edit, 0, 2),
            ("minutes_on", self.minutes_on_edit, 2, 2),
            ("due_on", self.due_on_edit, 4, 2),
            ("due_hour", self.due_hour_edit, 6, 2),
            ("minutes_again", self.again_edit, 8, 4),
        ):
            self.form.add(FormField(theme, key, editor, self.form), 0, column, span)
            editor.textChanged.connect(self._on_typed)
        self.act_button = KeyButton(theme, self, primary=True)
        self.act_button.setObjectName("seal_button")
        self._lay_out()
        self.form.finished.connect(self._on_form_finished)
        self.form.field_left.connect(self._on_field_left)
        self.act_button.clicked.connect(self._on_act_button_clicked)
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.form, 1)
        row.addWidget(self.act_button, 0, Qt.AlignmentFlag.AlignBottom)
        inside = QVBoxLayout()
        inside.setContentsMargins(_MARGIN, 8, _MARGIN, 10)
        inside.setSpacing(6)
        inside.addWidget(self.state_label)
        inside.addLayout(row)
        whole = flush_column(self)
        whole.addWidget(Hairline(self.context.theme, self))
        whole.addLayout(inside)

    def clear(self) -> None:
        """Nothing typed, the date of today, the calendar's deadline if it is ahead."""
        for editor in (self.minutes_edit, self.again_edit):
            editor.clear()
        office = self.context.office
        self.minutes_on_edit.set_date(office.today())
        due, zone = offers.answer_due(office, office.campaign(), None), ZoneInfo(office.campaign().setup.zone)
        self._calendar = local(due, zone) if due is not None else None
        show_moment(self.due_on_edit, self.due_hour_edit, due, zone)
        self._word_no_deadline()

    def stand(self, text: str, *, open_: bool) -> None:
        """Say what stands in the way of the seal, or that nothing does; only then it may be pressed."""
        self._open, self._standing = open_, text
        self._on_typed()

    def say(self, text: str) -> None:
        """Say what went wrong, until something else is typed; everything typed stays."""
        self.state_label.setText(text)
        self.state_label.set_colour("bad")
        self.act_button.setEnabled(self._ready)

    def retranslate(self) -> None:
        """Word everything again."""
        words, fields = self.words, self.form.fields
        self.act_button.explain(words("Fill in the form first."))
        fields["minutes_no"].set_label(words("Minutes No."))
        fields["minutes_on"].set_label(words("Date of the minutes"))
        fields["due_on"].set_label(words("Answer due"))
        fields["due_hour"].set_label(words("Time"))
        self._word_no_deadline()
        fields["minutes_again"].set_label(words("Minutes number again, to confirm"))
        self.act_button.setText(words("Seal"))
        self.act_button.updateGeometry()

    @property
    def _ready(self) -> bool:
        number = self.minutes_edit.text().strip()
        confirmed = bool(number) and number == self.again_edit.text().strip()
        dated = self.minutes_on_edit.date is not None and self._due_wants == ""
        return self._open and confirmed and dated

    @property
    def _due_wants(self) -> str:
        """The field the deadline still wants: both are empty, or both are filled in."""
        day, hour = self.due_on_edit.text().strip(), self.due_hour_edit.text().strip()
        if not day and not hour:
            return ""
        if self.due_on_edit.date is None:
            return "due_on"
        return "due_hour" if self.due_hour_edit.time is None else ""

    def _word_no_deadline(self) -> None:
        """What an empty deadline comes to: the calendar's, or none."""
        due = self._calendar
        text = self.words.current.date(due) if due else self.words("no deadline")
        self.due_on_edit.setPlaceholderText(text)
        self.due_hour_edit.setPlaceholderText(self.words.current.clock(due) if due else "")

    def _on_typed(self, _text: str = "") -> None:
        self.state_label.setText(self._standing)
        self.state_label.set_colour("ok" if self._open else "bad")
        number = self.minutes_edit.text().strip()
        again = self.again_edit.text().strip()
        wrong = again and again != number and not number.startswith(again)
        self.again_edit.setProperty("severity", "error" if wrong else "plain")
        self.again_edit.setAccessibleDescription(self._mistyped() if wrong else "")
        self.again_edit.setToolTip(self.again_edit.accessibleDescription())
        self.again_edit.update()
        self.act_button.setEnabled(self._ready)

    def _mistyped(self) -> str:
        return self.words("This does not match the number entered above.")

    def _on_field_left(self, key: str) -> None:
        if key == "minutes_no":
            self.minutes_typed.emit(self.minutes_edit.text().strip())

    def _on_form_finished(self) -> None:
        """Enter in the last field: to the act, else to what keeps it shut."""
        number = self.minutes_edit.text().strip()
        if self.act_button.isEnabled():
            self.act_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif not number or self.minutes_on_edit.date is None:
            self.form.focus("minutes_on" if number else "minutes_no")
        elif self._due_wants:
            self.form.focus(self._due_wants)
        elif number != self.again_edit.text().strip():
            self.say(self._mistyped())

    def _on_act_button_clicked(self) -> None:
        day, zone = self.minutes_on_edit.date, self.context.office.now().tzinfo
        if day is not None and zone is not None:
            due = moment_typed(self.due_on_edit, self.due_hour_edit, zone)
            self.seal_wanted.emit(self.minutes_edit.text().strip(), day, due)


def short_fingerprint(fingerprint: str) -> str:
    """A run's fingerprint as people compare it: its first twelve signs in groups of four."""
    digits = fingerprint.removeprefix("sha256:")[:12]
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))
