"""Confirming a restore in words: from which backup, into which file, what stays and what is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.panels import ButtonFlow
from grants_app.services.start import restore_words

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from grants_app.gui.page import PageContext
    from grants_app.services.start.restoring import Source

_LINES = 5
_SURE = 3  # the first sentences are facts, what comes behind them is what is lost


class RestoreConfirmation(QWidget):
    """The sentences of one restore, the act in its own words, and the way back; it restores nothing."""

    confirmed = Signal()
    given_up = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = context.words
        theme = context.theme
        self._source: Source | None = None
        self._target: Path | None = None
        self.title_label = Label(theme, "title", parent=self)
        self.promise_label = Label(theme, "body", "muted", parent=self)
        self.promise_label.setWordWrap(True)
        self.lines = [
            Label(theme, "body", "text" if n < _SURE else "warn", parent=self) for n in range(_LINES)
        ]
        self.act_button = KeyButton(theme, self, primary=True)
        self.act_button.setObjectName("restore_button")
        self.back_button = KeyButton(theme, self)
        self.back_button.setObjectName("restore_back_button")
        self.buttons = ButtonFlow(self)
        self.buttons.add(self.act_button)
        self.buttons.add(self.back_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.title_label)
        for label in self.lines:
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(self.promise_label)
        layout.addSpacing(4)
        layout.addWidget(self.buttons)
        self.act_button.clicked.connect(self.confirmed)
        self.back_button.clicked.connect(self.given_up)

    def ask(self, source: Source, target: Path) -> None:
        """Show what is to be confirmed; the focus goes to the way back, so that no second Enter confirms."""
        self._source, self._target = source, target
        self.retranslate()
        self.show()
        self.back_button.setFocus(Qt.FocusReason.TabFocusReason)

    def sentences(self) -> list[str]:
        """What is confirmed, sentence by sentence."""
        if self._source is None:
            return []
        words = self.words.current
        return [
            words("Backup file: {file}", file=self._source.file),
            restore_words.source(words, self._source),
            words("It is restored into the new file: {target}", target=self._target),
            *restore_words.left_behind(words, self._source.lost, self._source.void),
        ]

    def retranslate(self) -> None:
        """Word it again."""
        words, sentences = self.words, self.sentences()
        self.title_label.setText(words("Restore a backup"))
        for place, label in enumerate(self.lines):
            label.setText(sentences[place] if place < len(sentences) else "")
            label.setVisible(place < len(sentences))
        self.promise_label.setText(
            words("Nothing is replaced: the file that is open now and every other file stay as they are.")
        )
        self.act_button.setText(words("Restore into the new file"))
        self.back_button.setText(words("Back"))
        self.back_button.set_chord("Esc")
        self.buttons.refit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
