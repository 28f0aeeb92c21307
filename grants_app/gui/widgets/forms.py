"""Form fields and the grid they stand in: label above, editor, a sentence under it; Enter moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from grants_app.gui.widgets.buttons import LinkButton
from grants_app.gui.widgets.editors import ChoiceEdit
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from grants_app.gui.theme import Theme

FieldState = Literal["plain", "ok", "warn", "error"]
_SEEN_AROUND = 48  # a field with its label, a button under it
_TO_LIST = Qt.FocusReason.PopupFocusReason


class FormField(QWidget):
    """A label, its editor, and under it one inline sentence with an optional link to accept with a reason."""

    accept_wanted = Signal(str)
    """The user wants to accept the warning with a reason; carries the field's key."""

    def __init__(self, theme: Theme, key: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.editor = editor
        self._theme = theme
        self._state: FieldState = "plain"
        self.label = Label(theme, "small", "muted", parent=self)
        self.message_label = Label(theme, "small", parent=self)
        self.message_label.setWordWrap(True)
        self.accept_link = LinkButton(theme, self, "warn")
        self.accept_link.clicked.connect(self._on_accept_link_clicked)
        editor.setParent(self)
        editor.setObjectName(editor.objectName() or f"{key}_edit")
        self.label.setBuddy(editor)
        QWidget.setTabOrder(editor, self.accept_link)
        self.setFocusProxy(editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.label)
        layout.addWidget(editor)
        layout.addWidget(self.message_label)
        layout.addWidget(self.accept_link, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.say("plain")

    def set_label(self, text: str) -> None:
        """Word the label; it is the editor's accessible name too."""
        self.label.setText(text)
        self.editor.setAccessibleName(text)

    @property
    def state(self) -> FieldState:
        """How the field stands."""
        return self._state

    @property
    def message(self) -> str:
        """The sentence under the field, or nothing."""
        return self.message_label.text()

    def say(self, state: FieldState, text: str = "", accept: str = "") -> None:
        """Put a sentence under the editor; `accept` words the link that accepts a warning with a reason."""
        self._state = state
        self.message_label.setText(text)
        self.message_label.setVisible(bool(text))
        colours = {"plain": "muted", "ok": "ok", "warn": "warn", "error": "bad"}
        self.message_label.set_colour(colours[state])  # type: ignore[arg-type]  # the four above are roles
        self.accept_link.setText(accept)
        self.accept_link.setVisible(bool(accept))
        self.accept_link.updateGeometry()
        self.editor.setProperty("severity", state)
        self.editor.setAccessibleDescription(text)
        self.editor.update()

    def _on_accept_link_clicked(self) -> None:
        self.accept_wanted.emit(self.key)


class FormGrid(QWidget):
    """Fields in rows of columns; Enter goes to the next, Shift+Enter back, in the order they were added."""

    finished = Signal()
    """Enter in the last field."""
    field_left = Signal(str)
    """The focus left a field; carries its key."""

    def __init__(self, theme: Theme, columns: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.fields: dict[str, FormField] = {}
        self.passed_by: frozenset[str] = frozenset()
        """Keys of fields Enter goes past while nothing is doubtful there; Tab and Shift+Enter reach them."""
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(10)
        self.grid.setVerticalSpacing(6)
        for column in range(columns):
            self.grid.setColumnStretch(column, 1)
            self.grid.setColumnMinimumWidth(column, 0)

    def add(self, field: FormField, row: int, column: int, span: int = 1) -> FormField:
        """Put a field into the grid, `span` columns wide; answers it."""
        self.fields[field.key] = field
        self.grid.addWidget(field, row, column, 1, span)
        field.editor.installEventFilter(self)
        return field

    def adopt(self, field: FormField) -> FormField:
        """Let Enter go through a field that stands somewhere inside the grid's own widgets; answers it."""
        self.fields[field.key] = field
        field.editor.installEventFilter(self)
        return field

    def disown(self, key: str) -> None:
        """Let Enter pass by a field that is taken away."""
        self.fields.pop(key).editor.removeEventFilter(self)

    def add_section(self, row: int, text: str = "") -> Label:
        """A bold heading over a group of fields; answers its label, to be worded again."""
        label = Label(self._theme, "bold", text=text, parent=self)
        label.setContentsMargins(0, 6, 0, 0)
        self.grid.addWidget(label, row, 0, 1, -1)
        return label

    def focus(self, key: str) -> None:
        """Put the caret into a field, everything in it chosen."""
        editor = self.fields[key].editor
        editor.setFocus(Qt.FocusReason.TabFocusReason)

    def next_problem(self) -> bool:
        """Go to the next field that is wrong or doubtful, round and round; False when all are well."""
        keys = list(self.fields)
        here = next((n for n, key in enumerate(keys) if self.fields[key].editor.hasFocus()), -1)
        for key in (*keys[here + 1 :], *keys[: here + 1]):
            if self.fields[key].state in ("warn", "error"):
                self.focus(key)
                return True
        return False

    def step(self, by: int) -> None:
        """Go `by` fields on (or back), past what needs no look; past the last one the form is finished."""
        fields = [f for f in self.fields.values() if f.editor.isVisibleTo(self) and f.editor.isEnabled()]
        here = next((n for n, field in enumerate(fields) if field.editor.hasFocus()), -1)
        there = here + by
        while by > 0 and there < len(fields) and self._needs_no_look(fields[there]):
            there += 1
        if 0 <= there < len(fields):
            reason = Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason
            fields[there].editor.setFocus(reason)
            show_whole(fields[there].editor)
        elif there >= len(fields):
            self.finished.emit()

    def _needs_no_look(self, field: FormField) -> bool:
        return field.key in self.passed_by and field.state not in ("warn", "error")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter move; in a text of many lines Enter stays a new line.

        A field whose list of choices opens is not left.
        """
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != _TO_LIST:
            for field in self.fields.values():
                if field.editor is watched:
                    self.field_left.emit(field.key)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._moved(watched, event)
        return False

    def _moved(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.step(-1)
            return True
        if modifiers or isinstance(watched, (QPlainTextEdit, QTextEdit)):
            return False
        if isinstance(watched, QAbstractButton) and not isinstance(watched, QCheckBox):
            return False
        if isinstance(watched, ChoiceEdit):
            watched.accept()  # what is in no list stays as typed; the page says so under the field
        self.step(1)
        return True


def show_whole(widget: QWidget) -> None:
    """Scroll whatever it stands in so that it is seen; Qt itself does so for Tab alone."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(widget, 0, _SEEN_AROUND)


def field_row(*widgets: QWidget) -> QHBoxLayout:
    """Widgets side by side with the usual gap."""
    layout = QHBoxLayout()
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
