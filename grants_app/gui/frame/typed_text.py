"""Whether the field with the focus holds text changed since it was entered; it knows no act."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from grants_app.gui.keys import text_field

Field = QLineEdit | QTextEdit | QPlainTextEdit


class TypedText(QObject):
    """Follows the focus: what is typed counts from the moment a field is entered, and only while it stands.

    A form that shows somebody else fills its fields itself: that is no typing.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entered: Field | None = None
        self._text = ""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @property
    def changed(self) -> bool:
        """Whether the field with the focus was typed into since it was entered."""
        field = _field(QApplication.focusWidget())
        if field is None:
            return False
        typed = field.isModified() if isinstance(field, QLineEdit) else field.document().isModified()
        return typed and _text(field) != self._text

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        field = _field(now)
        # A list that opened over the field, or another program, gave the focus back: it was not left.
        back = self._entered is not None and shiboken6.isValid(self._entered) and field is self._entered
        if now is None or back:
            return
        self._entered, self._text = field, _text(field)
        if isinstance(field, QLineEdit):
            field.setModified(False)
        elif field is not None:
            field.document().setModified(False)


def _field(widget: QWidget | None) -> Field | None:
    if isinstance(widget, QAbstractSpinBox):
        widget = widget.findChild(QLineEdit)
    return text_field(widget)


def _text(field: Field | None) -> str:
    if field is None:
        return ""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
