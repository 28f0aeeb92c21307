"""Texts that word themselves: now, and whenever the language changes; they know no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.gui.theme import ColourRole, FontRole


class LiveText(QObject):
    """Says a marked sentence into a widget, again in every language taken; dies with the widget."""

    def __init__(
        self, context: PageContext, widget: QWidget, say: Callable[[str], object], source: str
    ) -> None:
        super().__init__(widget)
        self._words = context.words
        self._widget = widget
        self._say = say
        self._source = source
        self._words.language_changed.connect(self.say)
        self.say()

    @Slot()
    def say(self) -> None:
        """Word it in the language in force."""
        self._say(self._words(self._source))
        self._widget.updateGeometry()


def label(
    context: PageContext,
    parent: QWidget,
    source: str,
    font: FontRole = "body",
    colour: ColourRole = "text",
) -> Label:
    """A label with a marked sentence, in the language in force for as long as it lives; it wraps."""
    made = Label(context.theme, font, colour, parent=parent)
    made.setWordWrap(True)
    LiveText(context, made, made.setText, source)
    return made


def button(
    context: PageContext,
    parent: QWidget,
    name: str,
    source: str,
    *,
    chord: str = "",
    icon: str = "",
    primary: bool = False,
) -> KeyButton:
    """A button `name_button` with a marked sentence, in the language in force for as long as it lives."""
    made = KeyButton(context.theme, parent, primary=primary, icon=icon)
    made.setObjectName(f"{name}_button")
    made.set_chord(chord)
    LiveText(context, made, made.setText, source)
    return made
