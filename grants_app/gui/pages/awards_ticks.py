"""What stands in place of the filters while seats are ticked: how many, and what all of them may get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

ACTS = ("confirm", "decline", "expire", "extend", "clear")


class TickBar(QWidget):
    """The count and the acts; whoever holds it shows it while something is ticked."""

    wanted = Signal(str)
    """confirm, decline, expire, extend or clear."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Speech | None = None
        self._count = 0
        self.count_label = Label(theme, "bold", parent=self)
        self.buttons: dict[str, KeyButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(8)
        layout.addWidget(self.count_label)
        for act in ACTS:
            button = KeyButton(theme, self)
            button.setObjectName(f"ticked_{act}_button")
            button.setProperty("act", act)
            button.clicked.connect(self._on_button_clicked)
            self.buttons[act] = button
            layout.addWidget(button)
        layout.addStretch(1)

    def word(self, words: Speech) -> None:
        """Word the buttons."""
        self._words = words
        for act, text in (
            ("confirm", words("Record confirmation…")),
            ("decline", words("Record refusal…")),
            ("expire", words("Record no answer…")),
            ("extend", words("Extend…")),
            ("clear", words("Clear ticks")),
        ):
            self.buttons[act].setText(text)
            self.buttons[act].updateGeometry()
        waiting = words("Leave ticked only offers that wait for an answer.")
        for act in ("confirm", "extend"):
            self.buttons[act].explain(waiting)
        self.buttons["expire"].explain(words("Leave ticked only offers whose answer is overdue."))
        self._word_count()

    def show_count(self, count: int, *, unanswered: bool, overdue: bool, extend: bool) -> None:
        """So many are ticked, all of them unanswered, or overdue even."""
        self._count = count
        self.buttons["confirm"].setEnabled(unanswered)
        self.buttons["expire"].setEnabled(overdue)
        self.buttons["extend"].setVisible(extend)
        self.buttons["extend"].setEnabled(unanswered)
        self._word_count()

    def _word_count(self) -> None:
        if self._words is not None:
            self.count_label.setText(self._words.plural("{n} ticked", "{n} ticked", self._count))

    def _on_button_clicked(self) -> None:
        self.wanted.emit(str(self.sender().property("act")))
