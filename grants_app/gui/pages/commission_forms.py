"""What is typed for the commission beside its lists: a member, a sitting, a conflict of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.widgets.forms import FormField
from grants_app.services import commission, interests, members

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.commission import Meeting
    from grants_app.domain.records import CommissionMember
    from grants_app.gui.page import PageContext


class MemberPanel(DecisionPanel):
    """A member: name, post, whether they chair."""

    saved = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("member_panel")
        self._member: CommissionMember | None = None
        self.name_edit = self.add_text_field("member_name", 0)
        self.post_edit = self.add_text_field("member_post", 1)
        self.chair_check = QCheckBox(self.form)
        self.form.add(FormField(self.theme, "member_chair", self.chair_check, self.form), 2, 0, 2)
        self.name_edit.textChanged.connect(self._on_typed)
        self.retranslate()

    def ask(self, member: CommissionMember | None) -> None:
        """Open the change of a member, or a new one."""
        self._member = member
        self.say("")
        self.name_edit.setText(member.name if member else "")
        self.post_edit.setText(member.post if member else "")
        self.chair_check.setChecked(member.chairs if member else False)
        self.retranslate()
        self.form.focus("member_name")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        title = words("Member of the commission") if self._member else words("New member of the commission")
        sentence = words("There can be only one chair; marking a member replaces the previous chair.")
        self.set_texts(title, sentence, words("Save"))
        self.form.fields["member_name"].set_label(words("Surname, given name, patronymic"))
        self.form.fields["member_post"].set_label(words("Job title"))
        self.form.fields["member_chair"].set_label(words("Chair"))
        self.chair_check.setText(words("chairs the commission"))
        self._on_typed()

    def act(self) -> None:
        """Save the member."""
        form = members.MemberForm(
            id=self._member.id if self._member else 0,
            name=self.name_edit.text(),
            post=self.post_edit.text(),
            chairs=self.chair_check.isChecked(),
        )
        members.put_member(self.context.office, form)
        self.saved.emit()

    def _on_typed(self, _text: str = "") -> None:
        self.act_button.setEnabled(bool(self.name_edit.text().strip()))


class SittingPanel(DecisionPanel):
    """A sitting: the number and date of its minutes, place, agenda."""

    saved = Signal(str)
    """The sitting was kept; carries its number."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("sitting_panel")
        self._meeting: Meeting | None = None
        self.no_edit = self.add_text_field("sitting_no", 0, 0, 1)
        self.on_edit = self.add_date_field("sitting_on", 0, 1, 1)
        self.place_edit = self.add_text_field("sitting_place", 1)
        self.agenda_edit = self.add_text_field("sitting_agenda", 2)
        for editor in (self.no_edit, self.on_edit):
            editor.textChanged.connect(self._on_typed)
        self.retranslate()

    def ask(self, meeting: Meeting | None) -> None:
        """Open the change of a sitting, or a new one."""
        self._meeting = meeting
        self.say("")
        self.no_edit.setText(meeting.minutes_no if meeting else "")
        self.on_edit.set_date(meeting.minutes_on if meeting else self.context.office.today())
        self.place_edit.setText(meeting.place if meeting else "")
        self.agenda_edit.setText("; ".join(meeting.agenda.splitlines()) if meeting else "")
        self.retranslate()
        self.form.focus("sitting_no")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        title = words("Commission meeting") if self._meeting else words("New commission meeting")
        self.set_texts(title, "", words("Save"))
        self.form.fields["sitting_no"].set_label(words("Minutes No."))
        self.form.fields["sitting_on"].set_label(words("Date of the minutes"))
        self.form.fields["sitting_place"].set_label(words("Venue"))
        self.form.fields["sitting_agenda"].set_label(words("Agenda (separate items with ;)"))
        self._on_typed()

    def act(self) -> None:
        """Keep the sitting."""
        day = self.on_edit.date
        if day is None:
            return
        agenda = "\n".join(part.strip() for part in self.agenda_edit.text().split(";") if part.strip())
        form = commission.MeetingForm(
            minutes_no=self.no_edit.text(), minutes_on=day, place=self.place_edit.text(), agenda=agenda
        )
        office = self.context.office
        if self._meeting is None:
            made = commission.call_meeting(office, form)
        else:
            made = commission.change_meeting(office, self._meeting.minutes_no, form)
        self.saved.emit(made.minutes_no)

    def _on_typed(self, _text: str = "") -> None:
        self.act_button.setEnabled(bool(self.no_edit.text().strip()) and self.on_edit.date is not None)


class InterestPanel(DecisionPanel):
    """A conflict of interest of a member: whose application, and how they are related."""

    saved = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("interest_panel")
        self._member: CommissionMember | None = None
        self.application_edit = self.add_text_field("interest_no", 0)
        self.relation_edit = self.add_text_field("interest_relation", 1)
        for editor in (self.application_edit, self.relation_edit):
            editor.textChanged.connect(self._on_typed)
        self.retranslate()

    def ask(self, member: CommissionMember) -> None:
        """Ask whose case is a relative's of this member."""
        self._member = member
        self.say("")
        self.application_edit.clear()
        self.relation_edit.clear()
        self.retranslate()
        self.form.focus("interest_no")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        name = self._member.name if self._member else ""
        sentence = words(
            "{name} will take no part in votes on this application and will not count towards the quorum.",
            name=name,
        )
        self.set_texts(words("Conflict of interest"), sentence, words("Record the conflict"))
        self.form.fields["interest_no"].set_label(words("Application No."))
        self.form.fields["interest_relation"].set_label(words("Relationship"))
        self._on_typed()

    def act(self) -> None:
        """Record it."""
        if self._member is None:
            return
        interests.declare_interest(
            self.context.office, self._member.id, self.application_edit.text(), self.relation_edit.text()
        )
        self.saved.emit()

    def _on_typed(self, _text: str = "") -> None:
        typed = self.application_edit.text().strip() and self.relation_edit.text().strip()
        self.act_button.setEnabled(bool(typed))
