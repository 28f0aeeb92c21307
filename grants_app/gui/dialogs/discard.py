"""What was typed and not saved is discarded: whose it is and since when is said first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.gui.dialogs.base import ConfirmDialog
from grants_app.services import drafts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.services.drafts import Draft


class DiscardDialog(ConfirmDialog):
    """One draft; Enter keeps it, as nothing brings it back."""

    discarded = Signal(object)

    def __init__(self, context: PageContext, draft: Draft, named: str, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._draft, self._named = draft, named
        self.act_button.setDefault(False)
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()
        self.retranslate()

    def retranslate(self) -> None:
        """Word the dialog again."""
        words = self.words
        self.set_texts(
            words("Discard draft"),
            words("What was typed and not saved is discarded for good: {draft}.", draft=self._named)
            if self._draft.new
            else words(
                "What was changed and not saved is discarded for good: {draft}. The application "
                "stays as saved.",
                draft=self._named,
            ),
            words("Discard draft"),
        )

    def act(self) -> None:
        """Let it go."""
        drafts.drop(self.context.office, self._draft.key)
        self.accept()
        self.discarded.emit(self._draft)
