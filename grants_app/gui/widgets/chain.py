"""A chain of things that happen, one under another, joined by a line; it knows no grants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from grants_app.gui.theme import ChipKind
from grants_app.gui.widgets.cards import Card
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from grants_app.gui.theme import Theme

_RAIL = 30
_DOT = 20
_ICON = 14


@dataclass(frozen=True, slots=True)
class Link:
    """One thing: the kind of its dot, its icon, whom it is about, and a sentence."""

    kind: ChipKind
    icon: str
    head: str
    sentence: str


class ChainCard(Card):
    """One chain in a card, read from top to bottom."""

    def __init__(self, theme: Theme, links: Sequence[Link], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, margin=10)
        self.links = tuple(links)
        self.content.setSpacing(0)
        last = len(self.links) - 1
        for place, link in enumerate(self.links):
            self.content.addWidget(_LinkRow(theme, link, place > 0, place < last, self))
        self.setAccessibleName("; ".join(f"{link.head}: {link.sentence}" for link in self.links))


class _LinkRow(QWidget):
    """A dot on the line, and the words beside it."""

    def __init__(
        self,
        theme: Theme,
        link: Link,
        above: bool,  # noqa: FBT001 - whether the line goes on above
        below: bool,  # noqa: FBT001 - and below
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._link, self._above, self._below = theme, link, above, below
        words = QVBoxLayout()
        words.setSpacing(1)
        words.setContentsMargins(0, 2, 0, 8 if below else 2)
        for text, font, colour in ((link.head, "bold", "text"), (link.sentence, "body", "muted")):
            label = Label(theme, font, colour, text, self)  # type: ignore[arg-type]  # both are roles
            label.setWordWrap(True)
            label.setVisible(bool(text))
            words.addWidget(label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_RAIL, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(words, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line and the dot."""
        tokens = self._theme.tokens
        colours = tokens.chip(self._link.kind)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = _DOT / 2
        painter.setPen(QPen(QColor(tokens.border), 2))
        if self._above:
            painter.drawLine(int(middle), 0, int(middle), 2)
        if self._below:
            painter.drawLine(int(middle), _DOT, int(middle), self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.back))
        painter.drawEllipse(QRectF(0, 1, _DOT, _DOT))
        pixmap = self._theme.pixmap(self._link.icon, self._link.kind, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(int(middle - _ICON / 2), int(1 + middle - _ICON / 2), pixmap)
