"""What stands beside or instead of a list: the drawer, the empty state, lines of facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from grants_app.gui.theme import ROW_HEIGHT, ColourRole, Theme
from grants_app.gui.widgets.buttons import KeyButton, paint_focus_ring
from grants_app.gui.widgets.labels import Ground, Hairline, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

WAITING = "hourglass"
"""The icon of what is still being read."""
_RING = 10


class EmptyState(QWidget):
    """Instead of an empty list: an icon, one sentence saying what to do next, and a button to do it.

    Where a page has nothing else the focus is here: on the button, or on the sentence, which wears a ring.
    """

    pressed = Signal()

    def __init__(self, theme: Theme, icon: str = "empty", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.sentence_label = Label(theme, "body", "muted", parent=self)
        self.sentence_label.setWordWrap(True)
        self.sentence_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence_label.setFixedWidth(360)
        self.act_button = KeyButton(theme, self)
        self.act_button.clicked.connect(self.pressed)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addSpacing(52)
        layout.addWidget(self.sentence_label, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.act_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def show_state(self, sentence: str, button: str = "", icon: str = "") -> None:
        """Say the sentence; an empty `button` shows none."""
        self._icon = icon or self._icon
        self.sentence_label.setText(sentence)
        self.setAccessibleName(sentence)
        # A layout centring a wrapped text would give it the height of one line.
        self.sentence_label.setFixedHeight(self.sentence_label.heightForWidth(self.sentence_label.width()))
        self.act_button.setText(button)
        self.act_button.setVisible(bool(button))
        self.act_button.updateGeometry()
        self.update()

    def place(self) -> QWidget | None:
        """What takes the focus here; nothing while the sentence only says that something is being read."""
        if self._icon == WAITING or not self.sentence_label.text():
            return None
        pressed = not self.act_button.isHidden() and self.act_button.isEnabled()
        return self.act_button if pressed else self

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon over the sentence; a ring round both while the focus is on them."""
        painter = QPainter(self)
        pixmap = self._theme.pixmap(self._icon, "muted", 40, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - 40) // 2, self.sentence_label.y() - 52, pixmap)
        if self.hasFocus():
            around = self.sentence_label.geometry().adjusted(-_RING, -52 - _RING, _RING, _RING)
            paint_focus_ring(painter, self._theme, QRectF(around & self.rect()))


class SideDrawer(QWidget):
    """The card beside a list, 420–490 px: a title with a chip and a note, scrolled content, buttons below."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, narrow: int = 420, wide: int = 490
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setMinimumWidth(narrow)
        self.setMaximumWidth(wide)
        self.title_label = Label(theme, "section", parent=self)
        self.title_label.setWordWrap(True)
        self.note_label = Label(theme, "small", "muted", parent=self)
        inside = Ground(theme, self)
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(16, 4, 16, 12)
        self.content.setSpacing(8)
        self.scroll_area = QScrollArea(self)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setWidget(inside)
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(16, 8, 16, 8)
        self.buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(16, 10, 16, 4)
        top.setSpacing(2)
        top.addWidget(self.title_label)
        top.addWidget(self.note_label)
        layout.addLayout(top)
        layout.addWidget(self.scroll_area, 1)
        layout.addWidget(Hairline(theme, self))
        layout.addLayout(self.buttons)

    def set_title(self, title: str, note: str = "") -> None:
        """Whom or what the card is about."""
        self.title_label.setText(title)
        self.note_label.setText(note)
        self.note_label.setVisible(bool(note))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The base colour and a hairline at the left."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.base))
        painter.fillRect(0, 0, 1, self.height(), QColor(self._theme.tokens.hairline))


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card: what, and its value, in a weight and colour role."""

    name: str
    value: str
    bold: bool = False
    colour: ColourRole = "text"


class FactList(QWidget):
    """Facts under each other: the name at the left, the value at the right, a hairline under each."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts: tuple[Fact, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Fill the list."""
        self._facts = tuple(facts)
        self.setAccessibleName("; ".join(f"{fact.name}: {fact.value}" for fact in facts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A table's row each."""
        return QSize(240, len(self._facts) * ROW_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names, values, hairlines."""
        painter = QPainter(self)
        for place, fact in enumerate(self._facts):
            row = QRect(0, place * ROW_HEIGHT, self.width(), ROW_HEIGHT)
            painter.setPen(QColor(self._theme.tokens.hairline))
            painter.drawLine(row.bottomLeft(), row.bottomRight())
            font = self._theme.font("bold" if fact.bold else "body")
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(self._theme.tokens.colour(fact.colour))
            value = metrics.elidedText(fact.value, Qt.TextElideMode.ElideRight, self.width() * 2 // 3)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(row.adjusted(0, 0, -4, 0), int(right), value)
            room = row.adjusted(4, 0, -metrics.horizontalAdvance(value) - 12, 0)
            painter.setPen(self._theme.tokens.colour("text" if fact.bold else "muted"))
            name = metrics.elidedText(fact.name, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), name)
