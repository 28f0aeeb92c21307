"""Filling free seats from the reserve: who comes in, the minutes; the service seals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.gui.dialogs.answer import add_steps
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.services import awards

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.rounds import Step
    from grants_app.gui.page import PageContext


class NextRoundPanel(DecisionPanel):
    """The next round from stored scores, confirmed by typing the minutes' number twice."""

    sealed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("next_round_panel")
        self._free = 0
        self._programme: Callable[[str], str] = str
        self.steps: tuple[Step, ...] = ()
        self.minutes_edit = self.add_text_field("minutes_no", 0, 0, 1)
        self.minutes_on_edit = self.add_date_field("minutes_on", 0, 1, 1)
        self.again_edit = self.add_text_field("minutes_again", 1)
        for editor in (self.minutes_edit, self.minutes_on_edit, self.again_edit):
            editor.textChanged.connect(self._on_typed)
        self.retranslate()

    def ask(self, free: int, programme: Callable[[str], str]) -> None:
        """Show who would come in, and ask for the minutes."""
        self._free, self._programme = free, programme
        self.say("")
        for editor in (self.minutes_edit, self.again_edit):
            editor.clear()
        self.minutes_on_edit.set_date(self.context.office.now().date())
        self.steps = ()
        try:
            self.steps = awards.next_round(self.context.office)
        except Exception as error:  # noqa: BLE001 - told in the panel
            self.say(self.context.failure_words(error)[1])
        self.retranslate()
        self._on_typed()
        self.form.focus("minutes_no")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        self.set_texts(
            words("Next round"),
            words.plural("{n} seat is free.", "{n} seats are free.", self._free)
            + " "
            + words("It goes to the reserve by the stored scores; who holds a seat keeps it or moves up."),
            words("Seal the next round"),
        )
        fields = self.form.fields
        fields["minutes_no"].set_label(words("Minutes No."))
        fields["minutes_on"].set_label(words("Date of the minutes"))
        fields["minutes_again"].set_label(words("The minutes' number once more, to confirm"))
        add_steps(self, self.steps, self._programme)

    def act(self) -> None:
        """Propose the round and seal it."""
        day = self.minutes_on_edit.date
        if day is not None:
            self.sealed.emit(awards.offer_next(self.context.office, self.minutes_edit.text().strip(), day))

    def _on_typed(self, _text: str = "") -> None:
        number = self.minutes_edit.text().strip()
        some = any(step.kind in ("moves", "enters") for step in self.steps)
        tied = any(step.kind == "tie" for step in self.steps)
        self.act_button.setEnabled(
            some
            and not tied
            and bool(number)
            and number == self.again_edit.text().strip()
            and self.minutes_on_edit.date is not None
        )
