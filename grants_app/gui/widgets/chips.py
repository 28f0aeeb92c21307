"""Chips: a state as a small rounded word with an icon, alone or inside table cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from grants_app.gui.theme import CHIP_HEIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from grants_app.gui.theme import ChipKind, Theme

_PAD = 8
_ICON = 12


def chip_width(theme: Theme, text: str, icon: str = "") -> int:
    """How wide a chip with this word and icon is, in logical pixels."""
    width = QFontMetrics(theme.font("small")).horizontalAdvance(text) + 2 * _PAD
    return width + (_ICON + 4 if icon else 0)


def paint_chip(
    painter: QPainter, theme: Theme, place: QRect, kind: ChipKind, text: str, icon: str = ""
) -> None:
    """Paint a chip filling `place`, its word shortened to fit."""
    colours = theme.tokens.chip(kind)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.back))
    painter.drawRoundedRect(QRectF(place), place.height() / 2, place.height() / 2)
    left = place.left() + _PAD
    if icon:
        ratio = painter.device().devicePixelRatioF()
        pixmap = theme.pixmap(icon, kind, _ICON, ratio)
        painter.drawPixmap(QPoint(left - 2, place.center().y() - _ICON // 2 + 1), pixmap)
        left += _ICON + 2
    font = theme.font("small")
    painter.setFont(font)
    painter.setPen(QColor(colours.fore))
    room = QRect(left, place.top(), place.right() - _PAD - left + 2, place.height())
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    side = Qt.AlignmentFlag.AlignLeft if icon else Qt.AlignmentFlag.AlignHCenter
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | side), shown)
    painter.restore()


class Chip(QWidget):
    """One chip as a widget."""

    def __init__(
        self,
        theme: Theme,
        kind: ChipKind = "neutral",
        text: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind: ChipKind = kind
        self._text = text
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """The word."""
        return self._text

    @property
    def kind(self) -> ChipKind:
        """The kind, which gives the colours."""
        return self._kind

    def show_state(self, kind: ChipKind, text: str, icon: str = "") -> None:
        """Become another state; an empty word hides the chip."""
        self._kind, self._text, self._icon = kind, text, icon
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """20 px high, as wide as the word."""
        return QSize(chip_width(self._theme, self._text, self._icon), CHIP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """May shrink to a few letters; the word is then shortened."""
        return QSize(min(self.sizeHint().width(), 48), CHIP_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chip."""
        paint_chip(QPainter(self), self._theme, self.rect(), self._kind, self._text, self._icon)


class ChipRow(QWidget):
    """Several chips side by side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: list[Chip] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addStretch(1)

    def show_states(self, states: list[tuple[ChipKind, str, str]]) -> None:
        """Show (kind, word, icon) each as a chip."""
        while len(self._chips) < len(states):
            chip = Chip(self._theme, parent=self)
            self._layout.insertWidget(len(self._chips), chip)
            self._chips.append(chip)
        for place, chip in enumerate(self._chips):
            chip.show_state(*(states[place] if place < len(states) else ("neutral", "", "")))
