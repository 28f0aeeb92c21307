"""Fields of the rules' editor: put on view, read back, told when wrong; they know no rules."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from grants_app.domain.values import LANGS, Names
from grants_app.gui.pages.rules_tab import PRESET_SOURCES
from grants_app.gui.widgets.editors import ChoiceEdit, DateEdit, Option, TextEdit
from grants_app.gui.widgets.forms import FormField, FormGrid
from grants_app.gui.widgets.panels import SidePanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.gui.page import PageContext
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

Raw = str | bool
_NUMBER = re.compile(r"-?\d{1,7}([.,]\d{1,6})?")
LONGEST = 400
"""No source, order or name is longer; what is pasted beyond it is cut."""
MOST = Decimal(10**6)


class SourceEdit(TextEdit):
    """A source as the rules name it; those of the shipped rules are shown in the language in force."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._source = self._shown = ""

    @property
    def source(self) -> str:
        """The source as the rules keep it."""
        # By what was shown, not by what would be now: after another language it would pass for typed.
        return self._source if self.text() == self._shown else self.text().strip()

    def set_source(self, source: str) -> None:
        """Show a source."""
        self._source = source
        self._shown = self._words(source) if source in PRESET_SOURCES else source
        self.setText(self._shown)
        self.setToolTip(self.text())
        self.setCursorPosition(0)


class SectionFields(SidePanel):
    """A column of fields by key; what is typed is kept by key when the fields are built again."""

    edited = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self.context = context
        self.words = context.words
        self.read_only = False
        self.wrong: dict[str, str] = {}
        self._kept: dict[str, Raw] = {}
        self._building = False
        self.form = FormGrid(self.theme, 12, self.inner)

    @property
    def lang(self) -> str:
        """The language in force."""
        return self.words.lang

    def put(
        self, key: str, editor: QWidget, place: tuple[int, int, int], label: str = "", value: Raw = ""
    ) -> FormField:
        """A field at (row, column, columns); `value` stands in it unless something was typed before."""
        row, column, span = place
        field = self.form.add(FormField(self.theme, key, editor, self.form), row, column, span)
        field.set_label(label)
        field.label.setVisible(bool(label) and not isinstance(editor, QCheckBox))
        if isinstance(editor, QLineEdit):
            editor.setMaxLength(min(editor.maxLength(), LONGEST))  # before the text: it moves the caret
        put_raw(editor, self._kept.get(key, value))
        if isinstance(editor, QCheckBox):
            editor.setText(label or editor.text())
            editor.setEnabled(not self.read_only)
            editor.setToolTip(self.why_read_only())
            editor.toggled.connect(self.on_edited)
        elif isinstance(editor, ChoiceEdit):
            editor.setEnabled(not self.read_only)
            editor.chosen.connect(self.on_edited)
            editor.textEdited.connect(self.on_edited)
        elif isinstance(editor, QLineEdit):
            editor.setReadOnly(self.read_only)
            editor.textEdited.connect(self.on_edited)
        return field

    def put_text(self, key: str, place: tuple[int, int, int], label: str, value: str) -> None:
        """A line of text."""
        self.put(key, TextEdit(self.theme), place, label, value)

    def put_number(self, key: str, place: tuple[int, int, int], label: str, value: Decimal | None) -> None:
        """A number; empty is none."""
        text = "" if value is None else self.words.current.number(value)
        self.put(key, TextEdit(self.theme), place, label, text)

    def put_names(self, key: str, row: int, label: str, names: Names) -> None:
        """A name in the four languages, two to a row."""
        for number, lang in enumerate(LANGS):
            place = (row + number // 2, 6 * (number % 2), 6)
            self.put_text(f"{key}:{lang}", place, f"{label}, {LANGUAGE_NAMES[lang]}", getattr(names, lang))

    def why_read_only(self) -> str:
        """Why nothing may be changed here; "" where it may."""
        told = self.words("Read-only: only the secretary and the chair can change the rules.")
        return told if self.read_only else ""

    def put_choice(
        self, key: str, place: tuple[int, int, int], label: str, options: Sequence[Option], code: str
    ) -> ChoiceEdit:
        """A choice from a list."""
        editor = ChoiceEdit(self.theme)
        editor.set_options(options)
        self.put(key, editor, place, label, code)
        return editor

    def put_source(self, key: str, row: int, source: str, *, uncertain: bool) -> None:
        """Where the values come from, and whether that is certain."""
        words = self.words
        self.put(f"{key}:source", SourceEdit(self.theme, words), (row, 0, 9), words("Source"), source)
        tick = self.put(f"{key}:uncertain", QCheckBox(), (row, 9, 3), words("not official"), uncertain)
        tick.layout().setContentsMargins(0, 20, 0, 0)  # type: ignore[union-attr]  # a field has a layout

    def raw(self, key: str, value: Raw) -> Raw:
        """What stands in a field now, or was typed into it before; `value` where neither is."""
        field = self.form.fields.get(key)
        return raw_of(field.editor) if field is not None else self._kept.get(key, value)

    def text(self, key: str, value: str) -> str:
        """A line of text without outer blanks."""
        return str(self.raw(key, value)).strip()

    def flag(self, key: str, value: bool) -> bool:  # noqa: FBT001 - the value itself
        """A tick."""
        return bool(self.raw(key, value))

    def names(self, key: str, names: Names, *, needed: bool = True) -> Names:
        """A name in the four languages; wrong when one is needed and there is none at all."""
        typed = Names(*(self.text(f"{key}:{lang}", getattr(names, lang)) for lang in LANGS))
        some = bool(typed.get(self.lang)) or not needed
        self.tell(f"{key}:{LANGS[0]}", "" if some else self.words("Enter a name in at least one language."))
        return typed

    def number(
        self, key: str, value: Decimal | None, least: Decimal, most: Decimal = MOST, places: int = 6
    ) -> Decimal | None:
        """A number in range, None for an empty field; what is none is told and `value` stays."""
        shown = "" if value is None else self.words.current.number(value)
        typed = str(self.raw(key, shown)).strip()
        found = typed_number(typed) if typed else None
        told = ""
        if typed and (found is None or not least <= found <= most):
            told = self.words("Enter a number from {least} to {most}.", least=least, most=most)
        elif found is not None and max(0, -int(found.normalize().as_tuple().exponent)) > places:
            told = self.words.plural(
                "Use at most {n} decimal place.", "Use at most {n} decimal places.", places
            ) if places else self.words("Enter a whole number.")  # fmt: skip
        self.tell(key, told)
        return value if told else found

    def needed(
        self, key: str, value: Decimal, least: Decimal, most: Decimal = MOST, places: int = 6
    ) -> Decimal:
        """A number that must be given."""
        found = self.number(key, value, least, most, places)
        if found is None:
            self.tell(key, self.words("Enter a number from {least} to {most}.", least=least, most=most))
            return value
        return found

    def tell(self, key: str, text: str) -> None:
        """Say what is wrong beside a field, or take it away; the field may be one not on view."""
        if text:
            self.wrong[key] = text
        else:
            self.wrong.pop(key, None)
        field = self.form.fields.get(key)
        if field is not None and field.message != text:
            field.say("error" if text else "plain", text)

    def on_edited(self, *_: object) -> None:
        """Something was typed or ticked."""
        if not self._building:
            self.edited.emit()


LANGUAGE_NAMES = {"ky": "кыргызча", "ru": "русский", "kk": "қазақша", "en": "English"}
"""Each language by its own name."""


def typed_number(text: str) -> Decimal | None:
    """The number somebody typed with a comma or a point, None when it is none; never a float."""
    tidy = "".join(text.split())
    return Decimal(tidy.replace(",", ".")) if _NUMBER.fullmatch(tidy) else None


def raw_of(editor: QWidget) -> Raw:
    """What stands in an editor, as it was typed."""
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, ChoiceEdit):
        return editor.code
    if isinstance(editor, SourceEdit):
        return editor.source
    return editor.text() if isinstance(editor, QLineEdit) else ""


def put_raw(editor: QWidget, value: Raw) -> None:
    """Put back what stood in an editor."""
    if isinstance(editor, QCheckBox):
        editor.setChecked(bool(value))
    elif isinstance(editor, ChoiceEdit):
        editor.set_code(str(value))
    elif isinstance(editor, SourceEdit):
        editor.set_source(str(value))
    elif isinstance(editor, QLineEdit):
        editor.setText(str(value))
        if not isinstance(editor, DateEdit):
            editor.setCursorPosition(0)
