"""The column beside a list: a card, and forms opened in its place; it knows no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.gui.kit.decision_panel import DecisionPanel

if TYPE_CHECKING:
    from collections.abc import Callable


class SideStack(QStackedWidget):
    """Shows `card`; a form opened takes its place until it is done or left.

    A form that closes hands the focus to what `back_to` answers: the list, whose row the form was about.
    """

    changed = Signal()
    """The card or another form came on view."""
    saved = Signal(object)
    """A form did what it is for; carries what changed."""

    def __init__(
        self, card: QWidget, back_to: Callable[[], QWidget | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.card = card
        self._back_to = back_to
        self.addWidget(card)

    def add(self, form: DecisionPanel) -> None:
        """Let a form be opened here; it may tell by a signal `saved` what it changed."""
        self.addWidget(form)
        form.closed.connect(self.close_form)
        saved = getattr(form, "saved", None)
        if saved is not None:
            saved.connect(self._on_saved)

    @property
    def form(self) -> DecisionPanel | None:
        """The form on view, if one is."""
        here = self.currentWidget()
        return here if isinstance(here, DecisionPanel) else None

    def open(self, form: DecisionPanel) -> None:
        """Put a form in the card's place."""
        self.setCurrentWidget(form)
        self.changed.emit()

    @Slot()
    def close_form(self) -> None:
        """Back to the card, the focus to the row."""
        if self.form is None:
            return
        self.setCurrentWidget(self.card)
        self.changed.emit()
        back = self._back_to()
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_saved(self, changed: object) -> None:
        self.close_form()
        self.saved.emit(changed)
