"""Confirming a restore in words: from which backup, into which file, what stays and what is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.gui.dialogs.base import ConfirmDialog
from grants_app.gui.widgets.labels import Label
from grants_app.services.start import restore_words

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.services.start.restoring import Source


class RestoreDialog(ConfirmDialog):
    """Accepted when the restore is wanted; it restores nothing itself."""

    def __init__(
        self, context: PageContext, source: Source, target: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._source = source
        self._target = target
        self.lines: list[Label] = []
        for _ in range(5):
            label = Label(self.theme, parent=self)
            label.setWordWrap(True)
            self.lines.append(label)
            self.body.addWidget(label)
        self.setMinimumWidth(560)
        self.retranslate()
        self.cancel_button.setFocus()

    def sentences(self) -> list[str]:
        """What is confirmed, sentence by sentence."""
        words = self.words.current
        return [
            words("Backup file: {file}", file=self._source.file),
            restore_words.source(words, self._source),
            words("It is restored into the new file: {target}", target=self._target),
            *restore_words.left_behind(words, self._source),
        ]

    def retranslate(self) -> None:
        """Word the dialog again."""
        words = self.words
        self.set_texts(
            words("Restore a backup"),
            words("Nothing is replaced: the file that is open now and every other file stay as they are."),
            words("Restore into the new file"),
        )
        sentences = self.sentences()
        for place, label in enumerate(self.lines):
            label.setText(sentences[place] if place < len(sentences) else "")
            label.setVisible(place < len(sentences))
            if place > 2:  # noqa: PLR2004 - what is not in the backup
                label.set_colour("warn")
