"""A number a scenario may change, beside what is in force."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from grants_app.domain.errors import Refused
from grants_app.gui.widgets.editors import TextEdit
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext

_NUMBER = re.compile(r"-?\d{1,6}([.,]\d{1,6})?")
_COUNT = re.compile(r"\d{1,6}")
_FIELD = 76


class NumberRow(QWidget):
    """A name at the left, a short field at the right, and under the name what the official value is."""

    edited = Signal()

    def __init__(self, context: PageContext, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name_label = Label(context.theme, text=name, parent=self)
        self.name_label.setWordWrap(True)
        self.note_label = Label(context.theme, "small", "warn", parent=self)
        self.note_label.setWordWrap(True)
        self.note_label.hide()
        self.editor = TextEdit(context.theme, self)
        self.editor.setFixedWidth(_FIELD)
        self.editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editor.setAccessibleName(name)
        self.setFocusProxy(self.editor)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name_label)
        words.addWidget(self.note_label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        layout.addWidget(self.editor, 0, Qt.AlignmentFlag.AlignTop)
        self.editor.textEdited.connect(self.edited)
        self.editor.returnPressed.connect(self._on_return_pressed)

    def value(self, *, whole: bool = False) -> Decimal | None:
        """The number typed, None for nothing; Refused (number_unreadable) for what is none."""
        text = self.editor.text().strip().replace("\u00a0", "").replace(" ", "")
        if not text:
            return None
        if not (_COUNT if whole else _NUMBER).fullmatch(text):
            raise Refused("number_unreadable", value=text)
        return Decimal(text.replace(",", "."))

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Put a note under the name."""
        self.note_label.set_colour("bad" if wrong else "warn")
        self.note_label.setText(text)
        self.note_label.setVisible(bool(text))
        self.editor.setProperty("severity", "error" if wrong else "plain")
        self.editor.setAccessibleDescription(text)
        self.editor.update()

    def _on_return_pressed(self) -> None:
        self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own form
