"""Choosing whose numbers are typed twice: everybody's, or a share drawn by a seed everybody can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.domain.second_look import WHOLE
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.services.register import second_look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.second_look import SecondLook
    from grants_app.gui.page import PageContext


class SamplePanel(DecisionPanel):
    """The share in per cent, and the seed of the draw where it is not everybody."""

    chosen = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.percent_edit = self.add_text_field("percent", 0)
        self.percent_edit.setMaxLength(3)
        self.seed_edit = self.add_text_field("seed", 1)
        self.retranslate()

    def show_look(self, look: SecondLook) -> None:
        """Begin with what is chosen now."""
        self.say("")
        self.percent_edit.setText(str(look.percent))
        self.seed_edit.setText(look.seed)
        self.form.focus("percent")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        self.set_texts(
            words("Whose numbers are typed twice"),
            words(
                "100 per cent is everybody. A smaller share is drawn: the seed and the application's number "
                "alone say who is drawn, and both stand in the journal."
            ),
            words("Choose"),
        )
        self.form.fields["percent"].set_label(words("Share of the applications, per cent"))
        self.form.fields["seed"].set_label(words("Random seed"))

    def act(self) -> None:
        """Choose."""
        text = self.percent_edit.text().strip()
        percent = int(text) if text.isascii() and text.isdigit() else 0
        seed = "" if percent == WHOLE else self.seed_edit.text()
        changed = second_look.choose(self.context.office, percent, seed)
        self.chosen.emit(changed)
