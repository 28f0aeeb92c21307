"""The base of every dialog that confirms an act: a sentence, a body, a grey button until all is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.strip import MessageStrip

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext


class ConfirmDialog(QDialog):
    """Title, one sentence, `body` (a layout), the strip for refusals, Cancel and the act's own verb.

    The subclass fills `body`, words itself in `retranslate`, and in `act` calls its service; whatever that
    refuses is said in the dialog, which stays open with what was typed.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self.theme = context.theme
        self.setModal(True)
        self.setMinimumWidth(420)
        self.sentence_label = Label(self.theme, parent=self)
        self.sentence_label.setWordWrap(True)
        self.strip = MessageStrip(self.theme, self.words, self)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.cancel_button = KeyButton(self.theme, self)
        self.act_button = KeyButton(self.theme, self, primary=True)
        self.act_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.act_button.clicked.connect(self._on_act_button_clicked)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.act_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.sentence_label)
        layout.addLayout(self.body, 1)
        layout.addWidget(self.strip)
        layout.addLayout(buttons)
        self.words.language_changed.connect(self._on_language_changed)

    def set_texts(self, title: str, sentence: str, verb: str) -> None:
        """Word the dialog; the button says what it does, never "OK"."""
        self.setWindowTitle(title)
        self.sentence_label.setText(sentence)
        self.sentence_label.setVisible(bool(sentence))
        self.act_button.setText(verb)
        self.act_button.explain(self.words("Fill in the form first."))
        self.cancel_button.setText(self.words("Cancel"))
        self.strip.retranslate()

    def set_ready(self, ready: bool) -> None:  # noqa: FBT001 - a plain setter
        """Whether everything the act needs was said; the button is grey until then."""
        self.act_button.setEnabled(ready)

    def retranslate(self) -> None:
        """Word everything again; subclasses call `set_texts`."""

    def act(self) -> None:
        """Do it; accepts by default. Refused and bugs are told in the dialog."""
        self.accept()

    @Slot()
    def _on_act_button_clicked(self) -> None:
        try:
            self.act()
        except Exception as error:  # noqa: BLE001 - told in the dialog, which keeps what was typed
            kind, text = self.context.failure_words(error)
            self.strip.show_message(kind, text)

    @Slot(str)
    def _on_language_changed(self, _lang: str) -> None:
        self.retranslate()
