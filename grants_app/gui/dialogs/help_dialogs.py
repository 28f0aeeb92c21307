"""Help on the page on view, all keys, and what the program is."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from grants_app.gui.dialogs.base import ConfirmDialog
from grants_app.gui.keys import COMMANDS, FIELD_KEYS, chord_text
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import Page, PageContext

_HALF = 2


class HelpDialog(ConfirmDialog):
    """What a page is for (when one is given) and the keys."""

    def __init__(self, context: PageContext, page: Page | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._page = page
        self._texts: list[tuple[Label, str]] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        keys = [(chord_text(c.chords[0]), c.text) for c in COMMANDS if c.chords] + list(FIELD_KEYS)
        rows = -(-len(keys) // _HALF)
        for number, (chord, text) in enumerate(keys):
            column = number // rows * 2
            grid.addWidget(Label(self.theme, "small_bold", text=chord, parent=self), number % rows, column)
            label = Label(self.theme, "small", parent=self)
            grid.addWidget(label, number % rows, column + 1)
            self._texts.append((label, text))
        self.body.addLayout(grid)
        self.cancel_button.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Title, help and every key's meaning."""
        title = self._page.title() if self._page is not None else self.words("All keys")
        help_text = self._page.help_text() if self._page is not None else ""
        self.set_texts(title, help_text, self.words("Close"))
        for label, text in self._texts:
            label.setText(self.words(text))


class AboutDialog(ConfirmDialog):
    """Name, version and licence."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.cancel_button.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Everything it says."""
        sentence = self.words(
            "Ranks applicants; calculates, seals and explains the allocation of state grants. "
            "Version {version}, MIT licence.",
            version=version("grants-app"),
        )
        self.set_texts(self.words("About the program"), sentence, self.words("Close"))
