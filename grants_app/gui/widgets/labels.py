"""Texts in the theme's sizes and colours, hairlines, grounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from grants_app.gui.theme import ColourRole, FontRole, Theme


class Label(QLabel):
    """Plain text (never markup) in a font and colour role; follows the appearance by itself."""

    def __init__(
        self,
        theme: Theme,
        font: FontRole = "body",
        colour: ColourRole = "text",
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._colour = colour
        self.setTextFormat(Qt.TextFormat.PlainText)
        # On a ground of the Base role Qt would take the Text role, which the colour role is not put into.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setFont(theme.font(font))
        self.follow_theme()

    def set_colour(self, colour: ColourRole) -> None:
        """Take another colour role."""
        self._colour = colour
        self.follow_theme()

    def follow_theme(self) -> None:
        """Take the role's colour in the appearance in force; called by the theme when that changes."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.tokens.colour(self._colour))
        self.setPalette(palette)


class Hairline(QWidget):
    """One pixel across (or down), in the hairline colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, vertical: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line."""
        QPainter(self).fillRect(self.rect(), QColor(self._theme.tokens.hairline))


class Ground(QWidget):
    """A plain widget in the base colour, to put things on inside a scrolled area."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The colour."""
        QPainter(self).fillRect(self.rect(), QColor(self._theme.tokens.base))
