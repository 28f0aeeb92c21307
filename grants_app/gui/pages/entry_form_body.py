"""The fields of an application in one column or two; it shows and collects entries, judging nothing."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget

from grants_app.gui.pages.entry_form_consent import ConsentSection
from grants_app.gui.pages.entry_form_grounds import GroundsSection
from grants_app.gui.pages.entry_form_papers import PapersSection
from grants_app.gui.pages.entry_form_person import PersonSection
from grants_app.gui.pages.entry_form_reception import ReceptionSection
from grants_app.gui.pages.entry_form_school import ChoicesSection, SchoolSection
from grants_app.gui.widgets.editors import ChoiceEdit, TextEdit
from grants_app.gui.widgets.forms import FormGrid
from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grants_app.domain.application import Entry
    from grants_app.gui.pages.entry_form_sections import FormSection, FormSetup
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.services.register.known import Known


class EntryBody(FormGrid):
    """Person, school, results, choices, grounds, papers, consent, reception: the paper in its order."""

    edited = Signal(str)
    """The user changed a field; carries its key."""
    field_entered = Signal(str)
    """The caret came into a field; carries its key."""

    def __init__(self, theme: Theme, words: Speech, setup: FormSetup, parent: QWidget | None = None) -> None:
        super().__init__(theme, 2, parent)
        self._previous: dict[str, str] = {}
        self._quiet = False
        self._last = "pin"
        self.grid.setHorizontalSpacing(24)
        self.grid.setVerticalSpacing(12)
        self.grid.setContentsMargins(16, 6, 12, 12)
        self.person = PersonSection(theme, words, self, setup)
        self.school = SchoolSection(theme, words, self, setup)
        self.choices = ChoicesSection(theme, words, self, setup)
        self.grounds = GroundsSection(theme, words, self, setup)
        self.papers = PapersSection(theme, words, self, setup)
        self.consent = ConsentSection(theme, words, self, setup)
        self.reception = ReceptionSection(theme, words, self, setup)
        self.sections: tuple[FormSection, ...] = (
            self.person, self.school, self.choices, self.grounds, self.papers, self.consent, self.reception,
        )  # fmt: skip
        self._columns = 0
        self._halves = [QWidget(self), QWidget(self)]
        for half, sections in zip(self._halves, (self.sections[:2], self.sections[2:]), strict=True):
            layout = QVBoxLayout(half)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(12)
            for section in sections:
                layout.addWidget(section)
            layout.addStretch(1)
        self.arrange(1)
        for key, field in self.fields.items():
            self._connect(key, field.editor)
        self.papers.changed.connect(self.edited)
        self.retranslate()

    def _connect(self, key: str, editor: QWidget) -> None:
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._told(key))
        if isinstance(editor, TextEdit):
            editor.previous_wanted.connect(self._copier(key))
        if isinstance(editor, ChoiceEdit):
            editor.chosen.connect(self._told(key))
        if isinstance(editor, QAbstractButton):
            editor.toggled.connect(self._told(key))

    def _told(self, key: str) -> Callable[[object], None]:
        def told(_value: object) -> None:
            if not self._quiet:
                self._follow(key)
                self.edited.emit(key)

        return told

    def _copier(self, key: str) -> Callable[[], None]:
        def copy() -> None:
            self.copy_previous(key)

        return copy

    def _follow(self, key: str) -> None:
        """What depends on a field: papers on grounds, the guardian on the age, the basis on lateness."""
        if key.startswith("ground:"):
            claimed = frozenset(
                name.partition(":")[2]
                for name, field in self.fields.items()
                if name.startswith("ground:")
                and isinstance(field.editor, QAbstractButton)
                and field.editor.isChecked()
            )
            self.papers.show_claims(claimed)
        elif key in ("pin", "born"):
            self._follow_age()
        elif key == "received_at":
            self.reception.show_lateness()
            self._follow_age()

    def _follow_age(self) -> None:
        """Guardian and papers are asked by the age on the day the paper was received."""
        born, moment = self.person.born_edit.date, self.reception.received_edit.moment
        self.consent.show_age(born, local_day(moment, moment.tzinfo or UTC) if moment else None)
        self.papers.show_age(under_age=self.consent.under_age)

    def arrange(self, columns: int) -> None:
        """One column under the other, or both side by side."""
        if columns == self._columns:
            return
        self._columns = columns
        for half in self._halves:
            self.grid.removeWidget(half)
        self.grid.addWidget(self._halves[0], 0, 0, 1, 1 if columns > 1 else 2)
        place = (0, 1, 1, 1) if columns > 1 else (1, 0, 1, 2)
        self.grid.addWidget(self._halves[1], *place)
        self.updateGeometry()

    @property
    def columns(self) -> int:
        """How many columns it stands in."""
        return self._columns

    def retranslate(self) -> None:
        """Word every section again, keeping what is typed."""
        self._quiet = True
        for section in self.sections:
            section.retranslate()
        self._quiet = False

    def show_known(self, known: Known) -> None:
        """Let the fields offer the districts and schools known."""
        for section in self.sections:
            section.show_known(known)

    def show_entry(self, entry: Entry, texts: Mapping[str, str] | None = None) -> None:
        """Show an entry; `texts` are fields typed so far that mean nothing yet."""
        self._quiet = True
        for field in self.fields.values():
            field.say("plain")
        for section in self.sections:
            section.show_entry(entry)
        for key, text in (texts or {}).items():
            if key in self.fields and isinstance(editor := self.fields[key].editor, QLineEdit):
                editor.setText(text)
        self._follow_age()
        self._quiet = False

    def collected(self, base: Entry) -> Entry:
        """The entry as typed, over what the form does not show of `base`."""
        for section in self.sections:
            base = section.collected(base)
        return base

    def unread_texts(self) -> dict[str, str]:
        """Fields that hold something which means nothing yet: half a date, half a programme's name."""
        return {
            key: field.editor.text()
            for key, field in self.fields.items()
            if isinstance(field.editor, QLineEdit) and not getattr(field.editor, "understood", True)
        }

    def set_value(self, key: str, text: str) -> None:
        """Fill a field as if it were typed: an option's code for a list, figures for a number."""
        editor = self.fields[key].editor
        if isinstance(editor, ChoiceEdit):
            editor.choose(text)
        elif isinstance(editor, TextEdit):
            editor.correct(text)
        self._follow(key)
        self.edited.emit(key)

    def remember_as_previous(self) -> None:
        """Keep what is typed for Ctrl+↓ in the next application."""
        self._previous = {
            key: field.editor.code if isinstance(field.editor, ChoiceEdit) else field.editor.text()
            for key, field in self.fields.items()
            if isinstance(field.editor, QLineEdit)
        }

    def copy_previous(self, key: str) -> None:
        """Fill a field as it was in the application saved before."""
        if self._previous.get(key):
            self.set_value(key, self._previous[key])

    def show_rare(self, everything: bool) -> None:  # noqa: FBT001 - a plain setter
        """While one types every field stands there; while one looks, the rare ones only where filled in."""
        for section in self.sections:
            section.show_rare(everything)

    def set_locked(self, sections: tuple[FormSection, ...]) -> None:
        """Make these sections readable only, the others typed into."""
        for section in self.sections:
            locked = section in sections
            for field in section.fields.values():
                if isinstance(field.editor, QLineEdit):
                    field.editor.setReadOnly(locked)
                else:
                    field.editor.setEnabled(not locked)

    def step_section(self, step: int) -> None:
        """Go to the first field of the next (or previous) section."""
        focus = QApplication.focusWidget()
        here = next(
            (n for n, s in enumerate(self.sections) if focus is not None and s.isAncestorOf(focus)), -1
        )
        order = range(here + step, len(self.sections) if step > 0 else -1, step)
        for place in order:
            for field in self.sections[place].fields.values():
                if field.editor.isVisibleTo(self) and field.editor.isEnabled():
                    field.editor.setFocus(Qt.FocusReason.TabFocusReason)
                    return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell where the caret came; Ctrl+PgUp and Ctrl+PgDn go from section to section."""
        if event.type() == QEvent.Type.FocusIn:
            for key, field in self.fields.items():
                if field.editor is watched:
                    self._last = key
                    self.field_entered.emit(key)
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
        ):
            self.step_section(1 if event.key() == Qt.Key.Key_PageDown else -1)
            return True
        return super().eventFilter(watched, event)

    def field_on_view(self) -> QWidget:
        """The editor the caret was in last, else the first one."""
        key = self._last if self._last in self.fields else "pin"
        return self.fields[key].editor

    def key_of(self, widget: QWidget | None) -> str:
        """The key of the field a widget is the editor of, or nothing."""
        return next((key for key, field in self.fields.items() if field.editor is widget), "")
