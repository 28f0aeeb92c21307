"""What a section of the entry form is: fields in twelve columns that show and collect a part of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from grants_app.domain.campaign import Campaign
from grants_app.domain.ruleset import RuleSet
from grants_app.domain.values import LANGS
from grants_app.gui.widgets.editors import ChoiceEdit, Option, SuggestEdit, TextEdit
from grants_app.gui.widgets.forms import FormField, FormGrid
from grants_app.gui.widgets.labels import Label
from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grants_app.domain.application import Entry
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.services.register.known import Known, KnownPlace

COLUMNS = 12


@dataclass(frozen=True, slots=True)
class FormSetup:
    """What the form is laid out for: the campaign, the rules in force, the moment, who types."""

    campaign: Campaign
    rules: RuleSet
    now: datetime
    officer: str

    @property
    def today(self) -> date:
        """The day it is on the campaign's clock."""
        return local_day(self.now, self.campaign.setup.zone)


class FormSection(QWidget):
    """A bold heading over fields in twelve columns; `labels` gives every field's words."""

    heading: ClassVar[str] = ""
    labels: ClassVar[Mapping[str, str]] = {}
    rare: ClassVar[tuple[str, ...]] = ()

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.words = words
        self.form = form
        self.title_label = Label(theme, "bold", parent=self)
        self.note_label = Label(theme, "small", "muted", parent=self)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(6)
        for column in range(COLUMNS):
            self.grid.setColumnStretch(column, 1)
        top = QGridLayout()
        top.setHorizontalSpacing(8)
        top.addWidget(self.title_label, 0, 0, Qt.AlignmentFlag.AlignBottom)
        top.addWidget(self.note_label, 0, 1, Qt.AlignmentFlag.AlignBottom)
        top.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addLayout(top)
        layout.addLayout(self.grid)
        self.fields: dict[str, FormField] = {}
        self._notes: dict[int, QVBoxLayout] = {}

    def put(self, key: str, editor: QWidget, row: int, column: int, span: int) -> FormField:
        """A field of the section, in the order Enter goes."""
        field = self.form.adopt(FormField(self.theme, key, editor, self))
        field.setMinimumWidth(1)  # all columns are equally wide, whatever stands in them
        self.fields[key] = field
        self.grid.addWidget(field, 2 * row, column, 1, span)
        for note in (field.message_label, field.accept_link):
            self._under(row).addWidget(note, 0, Qt.AlignmentFlag(0))
        self._under(row).setAlignment(field.accept_link, Qt.AlignmentFlag.AlignLeft)
        return field

    def _under(self, row: int) -> QVBoxLayout:
        """Where the sentences about a row stand: under it, across all columns, so that few lines do."""
        if row not in self._notes:
            notes = QVBoxLayout()
            notes.setSpacing(1)
            self.grid.addLayout(notes, 2 * row + 1, 0, 1, COLUMNS)
            self._notes[row] = notes
        return self._notes[row]

    def texts(self, *keys_rows: tuple[str, int, int, int]) -> None:
        """Plain text fields: (key, row, column, span) each."""
        for key, row, column, span in keys_rows:
            self.put(key, TextEdit(self.theme), row, column, span)

    def suggests(self, *keys_rows: tuple[str, int, int, int]) -> None:
        """Text fields that offer what is known: (key, row, column, span) each."""
        for key, row, column, span in keys_rows:
            self.put(key, SuggestEdit(self.theme), row, column, span)

    def offer(self, key: str, places: Iterable[KnownPlace], region: str) -> None:
        """Let a field offer these places: those of the region, or all while none is chosen."""
        lang = self.words.lang
        options = {
            place.names.get(lang): tuple(place.names.get(one) for one in LANGS)
            for place in places
            if not region or place.region in ("", region)
        }
        self.choice(key).set_options([Option(name, name, also) for name, also in options.items()])

    def show_known(self, known: Known) -> None:
        """Take the districts and schools known, to offer them."""

    def text(self, key: str) -> str:
        """What is typed in a text field."""
        return cast("QLineEdit", self.fields[key].editor).text().strip()

    def choice(self, key: str) -> ChoiceEdit:
        """A list field's editor."""
        return cast("ChoiceEdit", self.fields[key].editor)

    def set_text(self, key: str, text: str) -> None:
        """Show a text in a field, from its beginning."""
        editor = cast("QLineEdit", self.fields[key].editor)
        editor.setText(text)
        editor.setCursorPosition(0)

    def worded(self, names: Mapping[str, str]) -> list[Option]:
        """Options of a list whose words are sentences of the catalogue."""
        return [Option(code, self.words(name)) for code, name in names.items()]

    def set_up(self, setup: FormSetup) -> None:
        """Take what the campaign and its rules offer."""

    def show_entry(self, entry: Entry) -> None:
        """Show the section's part of an entry."""

    def collected(self, entry: Entry) -> Entry:
        """The entry with the section's part as typed."""
        return entry

    def show_rare(self, everything: bool) -> None:  # noqa: FBT001 - a plain setter
        """While one types every field stands there; while one looks, the rare ones only where filled in."""
        for key in self.rare:
            editor = cast("QLineEdit", self.fields[key].editor)
            self.fields[key].setVisible(everything or bool(editor.text().strip()))

    def retranslate(self) -> None:
        """Word heading and labels again."""
        self.title_label.setText(self.words(self.heading))
        for key, label in self.labels.items():
            self.fields[key].set_label(self.words(label))
