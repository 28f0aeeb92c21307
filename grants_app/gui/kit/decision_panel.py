"""The base of what is typed in the column beside a list: its fields, the act, the way back."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import DateEdit, TextEdit
from grants_app.gui.widgets.forms import FormField, FormGrid, show_whole
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.panels import ButtonFlow, SidePanel
from grants_app.gui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from grants_app.gui.page import PageContext


CENTURY = date(2098, 12, 31)
"""Two figures of a year are of this century: minutes and answers are never older."""


class DecisionPanel(SidePanel):
    """A title, one sentence, `form` (fields Enter walks through), what went wrong, Cancel and the act.

    The subclass fills `form`, words itself in `retranslate` and in `act` calls its service; what that refuses
    is said under the fields and everything typed stays. Esc goes back.
    """

    closed = Signal()
    """Back to what stood here before, whether done or not."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self.context = context
        self.words = context.words
        theme = context.theme
        self.title_label = Label(theme, "section", parent=self.inner)
        self.title_label.setWordWrap(True)
        self.sentence_label = Label(theme, "body", "muted", parent=self.inner)
        self.sentence_label.setWordWrap(True)
        self.above = QVBoxLayout()
        self.above.setSpacing(0)
        self.form = FormGrid(theme, 2, self.inner)
        self.failure_label = Label(theme, "small", "bad", parent=self.inner)
        self.failure_label.setWordWrap(True)
        self.failure_label.hide()
        self.act_button = KeyButton(theme, self.inner, primary=True)
        self.act_button.setObjectName("act_button")
        self.cancel_button = KeyButton(theme, self.inner)
        self.cancel_button.setObjectName("cancel_button")
        self.buttons = ButtonFlow(self.inner)
        self.buttons.add(self.act_button)
        self.buttons.add(self.cancel_button)
        for widget in (self.title_label, self.sentence_label):
            self.content.addWidget(widget)
            self.content.addSpacing(4)
        self.content.addLayout(self.above)
        self.content.addSpacing(8)
        self.content.addWidget(self.form)
        self.content.addSpacing(4)
        self.content.addWidget(self.failure_label)
        self.content.addWidget(self.buttons)
        self.content.addSpacing(8)
        self.below = QVBoxLayout()
        self.below.setSpacing(0)
        self.content.addLayout(self.below)
        self.content.addStretch(1)
        self.act_button.clicked.connect(self._on_act_button_clicked)
        self.cancel_button.clicked.connect(self.closed)
        self.form.finished.connect(self._on_form_finished)

    def add_text_field(self, key: str, row: int, column: int = 0, span: int = 2) -> TextEdit:
        """A line of text in the form; answers its editor."""
        editor = TextEdit(self.theme, self.form)
        self.form.add(FormField(self.theme, key, editor, self.form), row, column, span)
        return editor

    def add_date_field(self, key: str, row: int, column: int = 0, span: int = 2) -> DateEdit:
        """A date in the form; answers its editor."""
        editor = DateEdit(self.theme, CENTURY, self.form)
        self.form.add(FormField(self.theme, key, editor, self.form), row, column, span)
        return editor

    def add_time_field(self, key: str, row: int, column: int = 0, span: int = 2) -> TimeEdit:
        """An hour in the form; answers its editor."""
        editor = TimeEdit(self.theme, self.form)
        self.form.add(FormField(self.theme, key, editor, self.form), row, column, span)
        return editor

    def clear_above(self) -> None:
        """Take what stands above the fields away."""
        while (item := self.above.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def set_texts(self, title: str, sentence: str, verb: str) -> None:
        """Word the panel; the button says what it does."""
        self.title_label.setText(title)
        self.scroll_area.setAccessibleName(title)
        self.sentence_label.setText(sentence)
        self.sentence_label.setVisible(bool(sentence))
        self.act_button.setText(verb)
        self.act_button.explain(self.words("Fill in the form first."))
        self.cancel_button.setText(self.words("Back"))
        self.cancel_button.set_chord("Esc")
        self.buttons.refit()

    def say(self, text: str) -> None:
        """Say what went wrong, or take it away."""
        self.failure_label.setText(text)
        self.failure_label.setVisible(bool(text))

    def act(self) -> None:
        """Do it; Refused and bugs are told in the panel."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Word everything again."""

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes through the fields, then the act and the other buttons, as they stand."""
        super().showEvent(event)
        self.order_fields()

    def order_fields(self) -> None:
        """Let Tab go through the fields as Enter does, then through the buttons."""
        for widget, following in pairwise((*self.stops(), *self.buttons.buttons)):
            self.setTabOrder(widget, following)

    def stops(self) -> Sequence[QWidget]:
        """What Tab goes through before the buttons."""
        return [field.editor for field in self.form.fields.values()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, Ctrl+Enter does it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._on_act_button_clicked()
        else:
            super().keyPressEvent(event)

    def _on_form_finished(self) -> None:
        if self.act_button.isEnabled():
            self.act_button.setFocus(Qt.FocusReason.TabFocusReason)
            show_whole(self.act_button)

    def _on_act_button_clicked(self) -> None:
        if not self.act_button.isEnabled():
            return
        self.say("")
        try:
            self.act()
        except Exception as error:  # noqa: BLE001 - told in the panel, which keeps what was typed
            self.say(self.context.failure_words(error)[1])
