"""What is typed for an appeal: that it came in, and what was decided about it; the services record it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal

from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.widgets.forms import FormField
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.gui.widgets.time_edit import TimeEdit, moment_typed
from grants_app.services import appeals

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.services.appeals import AppealLine

_TAB = 34


class AppealPanel(DecisionPanel):
    """An appeal that came in: whose, when, about what, and by when it is to be decided."""

    saved = Signal(int)
    """It was recorded; carries its id."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("appeal_panel")
        self.application_edit = self.add_text_field("appeal_no", 0)
        self.subject_edit = self.add_text_field("appeal_subject", 1)
        self.received_edit = self.add_date_field("appeal_received_on", 2, 0, 1)
        self.received_at_edit = self._time("appeal_received_at", 2)
        self.due_edit = self.add_date_field("appeal_due_on", 3, 0, 1)
        self.due_at_edit = self._time("appeal_due_at", 3)
        for editor in (
            self.application_edit,
            self.subject_edit,
            self.received_edit,
            self.received_at_edit,
            self.due_edit,
            self.due_at_edit,
        ):
            editor.textChanged.connect(self._on_typed)
        self.retranslate()

    def _time(self, key: str, row: int) -> TimeEdit:
        editor = TimeEdit(self.theme, self.form)
        self.form.add(FormField(self.theme, key, editor, self.form), row, 1, 1)
        return editor

    def ask(self, number: str = "") -> None:
        """Open the record of an appeal, received now until told otherwise."""
        self.say("")
        now = self.context.office.now()
        self.application_edit.setText(number)
        self.subject_edit.clear()
        self.received_edit.set_date(self.context.office.today())
        self.received_at_edit.set_time(now.time())
        self.due_edit.clear()
        self.due_at_edit.clear()
        self._on_typed()
        self.form.focus("appeal_subject" if number else "appeal_no")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        sentence = words("The original appeal is kept in the applicant's file.")
        self.set_texts(words("Record an appeal"), sentence, words("Record the appeal"))
        for key, text in (
            ("appeal_no", words("Application No.")),
            ("appeal_subject", words("Subject matter")),
            ("appeal_received_on", words("Received on")),
            ("appeal_received_at", words("Time")),
            ("appeal_due_on", words("Decision due")),
            ("appeal_due_at", words("Time")),
        ):
            self.form.fields[key].set_label(text)
        self._on_typed()

    def act(self) -> None:
        """Record it."""
        zone = ZoneInfo(self.context.office.campaign().setup.zone)
        received = moment_typed(self.received_edit, self.received_at_edit, zone)
        if received is None:
            return
        form = appeals.AppealForm(
            application_no=self.application_edit.text(),
            received_at=received,
            deadline=moment_typed(self.due_edit, self.due_at_edit, zone),
            subject=self.subject_edit.text(),
        )
        self.saved.emit(appeals.record(self.context.office, form).id)

    def _on_typed(self, _text: str = "") -> None:
        due = bool(self.due_edit.text().strip()), bool(self.due_at_edit.text().strip())
        whole = not any(due) or (self.due_edit.date is not None and self.due_at_edit.time is not None)
        self.act_button.setEnabled(
            bool(self.application_edit.text().strip())
            and bool(self.subject_edit.text().strip())
            and self.received_edit.date is not None
            and self.received_at_edit.time is not None
            and whole
        )


class DecideAppealPanel(DecisionPanel):
    """An appeal decided: granted or refused, under which minutes, and what follows."""

    saved = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("decide_appeal_panel")
        self._line: AppealLine | None = None
        self.kind_tabs = TabRow(self.theme, ("granted", "refused"), self.inner)
        self.kind_tabs.setFixedHeight(_TAB)
        for button in self.kind_tabs.buttons.values():
            button.setFixedHeight(_TAB)
        self.above.addWidget(self.kind_tabs)
        self.minutes_edit = self.add_text_field("appeal_minutes", 0, 0, 1)
        self.minutes_on_edit = self.add_date_field("appeal_minutes_on", 0, 1, 1)
        self.effect_edit = self.add_text_field("appeal_effect", 1)
        for editor in (self.minutes_edit, self.minutes_on_edit, self.effect_edit):
            editor.textChanged.connect(self._on_typed)
        self.kind_tabs.chosen.connect(self._on_kind_chosen)
        self.retranslate()

    def ask(self, line: AppealLine) -> None:
        """Ask what was decided about this appeal."""
        self._line = line
        self.say("")
        self.minutes_edit.clear()
        self.minutes_on_edit.set_date(self.context.office.today())
        self.effect_edit.clear()
        self.retranslate()
        self.form.focus("appeal_minutes")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        sentence = ""
        if self._line is not None:
            sentence = f"{self._line.application_no} {self._line.full_name}: {self._line.appeal.subject}"
        self.set_texts(words("Decide the appeal"), sentence, words("Record the decision"))
        self.kind_tabs.set_word("granted", words("Grant appeal"))
        self.kind_tabs.set_word("refused", words("Refuse appeal"))
        fields = self.form.fields
        fields["appeal_minutes"].set_label(words("Minutes No."))
        fields["appeal_minutes_on"].set_label(words("Date of the minutes"))
        granted = self.kind_tabs.current == "granted"
        fields["appeal_effect"].set_label(words("Correction") if granted else words("Reason for refusal"))
        self._on_typed()

    def act(self) -> None:
        """Record the decision."""
        day = self.minutes_on_edit.date
        if self._line is None or day is None:
            return
        decided = appeals.decide(
            self.context.office,
            self._line.appeal.id,
            "granted" if self.kind_tabs.current == "granted" else "refused",
            minutes_no=self.minutes_edit.text(),
            minutes_on=day,
            effect=self.effect_edit.text(),
        )
        self.saved.emit(decided.id)

    def _on_kind_chosen(self, _kind: str) -> None:
        self.retranslate()

    def _on_typed(self, _text: str = "") -> None:
        self.act_button.setEnabled(
            self._line is not None
            and bool(self.minutes_edit.text().strip())
            and self.minutes_on_edit.date is not None
            and bool(self.effect_edit.text().strip())
        )
