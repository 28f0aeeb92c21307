"""The 44 px over a page: title, count, filters, one primary button with its chord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from grants_app.gui.theme import HEADER_HEIGHT
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from grants_app.gui.theme import Theme


class PageHeader(QWidget):
    """Title and count at the left, then `filters` (stretching), then `acts`, then the primary button."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEADER_HEIGHT)
        self.title_label = Label(theme, "title", parent=self)
        self.count_label = Label(theme, "body", "muted", parent=self)
        self.primary_button = KeyButton(theme, self, primary=True)
        self.primary_button.setObjectName("primary_button")
        self.primary_button.hide()
        self.filters = QHBoxLayout()
        self.filters.setSpacing(8)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(8)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(10)
        for label in (self.title_label, self.count_label):
            label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            layout.addWidget(label)
        layout.addLayout(self.filters, 1)
        layout.addStretch(0)  # holds the title at the left where there are no filters
        layout.addLayout(self.acts)
        layout.addWidget(self.primary_button)

    def set_title(self, title: str) -> None:
        """The page's name."""
        self.title_label.setText(title)

    def set_count(self, text: str) -> None:
        """A short count beside the title: "674 people"; empty hides it."""
        self.count_label.setText(text)
        self.count_label.setVisible(bool(text))

    def set_primary(self, text: str, chord: str = "", *, why_not: str = "") -> None:
        """The one primary button, grey while there is a reason why not; an empty text takes it away."""
        self.primary_button.setText(text)
        self.primary_button.set_chord(chord)
        self.primary_button.setEnabled(not why_not)
        self.primary_button.explain(why_not)
        self.primary_button.setVisible(bool(text))
