"""An act that needs nothing but a reason: an answer undone, a decision taken back, the clock confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog

from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.widgets.layouts import flush_column

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What is asked: `texts` answers title, sentence, verb and what is said afterwards; `act` does it."""

    texts: Callable[[], tuple[str, str, str, str]]
    act: Callable[[str], object]


class ReasonPanel(DecisionPanel):
    """A title, a sentence, a reason."""

    done = Signal(str, object)
    """It was done; carries the sentence that says so, and what the act answered."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("reason_panel")
        self._asked: Reasoned | None = None
        self.reason_edit = self.add_text_field("reason", 0)
        self.reason_edit.textChanged.connect(self._on_typed)
        self.retranslate()

    def ask(self, asked: Reasoned) -> None:
        """Ask for the reason."""
        self._asked = asked
        self.say("")
        self.reason_edit.clear()
        self.retranslate()
        self._on_typed()
        self.form.focus("reason")

    def retranslate(self) -> None:
        """Word everything again."""
        self.form.fields["reason"].set_label(self.words("Reason"))
        if self._asked is not None:
            self.set_texts(*self._asked.texts()[:3])

    def act(self) -> None:
        """Do it."""
        if self._asked is None:
            return
        said = self._asked.texts()[3]
        self.done.emit(said, self._asked.act(self.reason_edit.text().strip()))

    def _on_typed(self, _text: str = "") -> None:
        self.act_button.setEnabled(self._asked is not None and bool(self.reason_edit.text().strip()))


class ReasonDialog(QDialog):
    """The same where no column stands beside a list: over the page on view."""

    def __init__(self, context: PageContext, asked: Reasoned, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setMinimumSize(440, 260)
        self._asked = asked
        self.panel = ReasonPanel(context, self)
        flush_column(self).addWidget(self.panel)
        self.panel.closed.connect(self.reject)
        self.panel.done.connect(self.accept)
        context.words.language_changed.connect(self._on_language_changed)
        self.panel.ask(asked)
        self._on_language_changed()

    @Slot()
    def _on_language_changed(self) -> None:
        self.setWindowTitle(self._asked.texts()[0])
        self.panel.retranslate()
