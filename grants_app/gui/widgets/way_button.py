"""One of several ways, to be chosen as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from grants_app.gui.widgets.buttons import paint_focus_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from grants_app.gui.theme import ColourRole, Theme

_GAP = 3  # between a card and the ring around it


class WayButton(QRadioButton):
    """A card: an icon, what it is, one sentence; arrows go from one to the next."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._sentence = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def say(self, title: str, sentence: str) -> None:
        """Word the card."""
        self.setText(title)
        self._sentence = sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """A title of two lines and a sentence of four, which every language fits."""
        small = QFontMetrics(self._theme.font("small")).lineSpacing()
        return QSize(
            180, 20 + 2 * _GAP + 2 * QFontMetrics(self._theme.font("bold")).lineSpacing() + 4 * small
        )

    def minimumSizeHint(self) -> QSize:
        """The same height, a little narrower."""
        return QSize(150, self.sizeHint().height())

    def hitButton(self, _position: object) -> bool:
        """The whole card can be pressed."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Card, icon, words; the chosen one is filled and ticked, the ring of the focus stands off."""
        tokens, ratio = self._theme.tokens, self.devicePixelRatioF()
        card = self.rect().adjusted(_GAP, _GAP, -_GAP, -_GAP)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.setBrush(QColor(tokens.selected if self.isChecked() else tokens.base))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        role: ColourRole = "accent" if self.isChecked() else "muted"
        left, top = card.left() + 12, card.top() + 11
        painter.drawPixmap(left, top, self._theme.pixmap(self._icon, role, 18, ratio))
        if self.isChecked():
            painter.drawPixmap(left, top + 24, self._theme.pixmap("check", role, 18, ratio))
        inner = card.adjusted(38, 9, -8, -6)
        bold = QFontMetrics(self._theme.font("bold"))
        painter.setFont(self._theme.font("bold"))
        painter.setPen(tokens.colour("text"))
        painter.drawText(inner, int(Qt.TextFlag.TextWordWrap), self.text())
        taken = bold.boundingRect(inner, int(Qt.TextFlag.TextWordWrap), self.text()).height()
        painter.setFont(self._theme.font("small"))
        painter.setPen(tokens.colour("muted"))
        painter.drawText(inner.adjusted(0, taken + 2, 0, 0), int(Qt.TextFlag.TextWordWrap), self._sentence)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()), 8)
