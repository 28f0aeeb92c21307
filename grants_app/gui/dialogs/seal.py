"""Sealing a run: what it fixes, and the minutes' number typed to confirm it; the service seals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.widgets.panels import FactRow
from grants_app.services import sealing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """What is about to be sealed, for the officer to read once more."""

    run: int
    awards: int
    total: int
    reserve: int
    fingerprint: str


class SealPanel(DecisionPanel):
    """Typing the minutes' number twice confirms; there is no chord and no way round."""

    sealed = Signal(object)
    """The run was sealed; carries the service's answer."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("seal_panel")
        self._sealing: Sealing | None = None
        self.minutes_edit = self.add_text_field("minutes_no", 0, 0, 1)
        self.minutes_on_edit = self.add_date_field("minutes_on", 0, 1, 1)
        self.again_edit = self.add_text_field("minutes_again", 1)
        for editor in (self.minutes_edit, self.minutes_on_edit, self.again_edit):
            editor.textChanged.connect(self._on_typed)
        self.retranslate()

    def ask(self, sealing: Sealing) -> None:
        """Ask for the minutes of this run."""
        self._sealing = sealing
        self.say("")
        for editor in (self.minutes_edit, self.minutes_on_edit, self.again_edit):
            editor.clear()
        self.minutes_on_edit.set_date(self.context.office.now().date())
        self.retranslate()
        self._on_typed()
        self.form.focus("minutes_no")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        self.set_texts(
            words("Seal run {no}", no=self._sealing.run if self._sealing else 0),
            words("A sealed run can never be changed. Its grants are offered at once."),
            words("Seal"),
        )
        self.form.fields["minutes_no"].set_label(words("Minutes No."))
        self.form.fields["minutes_on"].set_label(words("Date of the minutes"))
        self.form.fields["minutes_again"].set_label(words("The minutes' number once more, to confirm"))
        self.clear_above()
        if self._sealing is not None:
            for text, value in (
                (words("Grants awarded"), f"{self._sealing.awards} / {self._sealing.total}"),
                (words("In reserve"), str(self._sealing.reserve)),
                (words("Fingerprint"), short_fingerprint(self._sealing.fingerprint)),
            ):
                self.above.addWidget(FactRow(self.theme, text, value, parent=self.inner))

    def act(self) -> None:
        """Seal the run."""
        if self._sealing is None:
            return
        day = self.minutes_on_edit.date
        if day is None:
            self.form.focus("minutes_on")
            return
        number = self.minutes_edit.text().strip()
        reason = sealing.by_minutes(number, day)
        done = sealing.seal(self.context.office, self._sealing.run, number, day, accepting=reason)
        self.sealed.emit(done)

    def _on_typed(self, _text: str = "") -> None:
        number = self.minutes_edit.text().strip()
        again = self.again_edit.text().strip()
        field = self.form.fields["minutes_again"]
        if again and again != number and not number.startswith(again):
            field.say("error", self.words("This is not the number typed above."))
        else:
            field.say("plain")
        self.act_button.setEnabled(bool(number) and number == again and self.minutes_on_edit.date is not None)


def short_fingerprint(fingerprint: str) -> str:
    """A run's fingerprint as people compare it: its first twelve signs in groups of four."""
    digits = fingerprint.removeprefix("sha256:")[:12]
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))
