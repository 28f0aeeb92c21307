"""Cards and what stands in them: figures, bars, queues of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from grants_app.gui.theme import CHIP_HEIGHT, ChipKind, Theme
from grants_app.gui.widgets.buttons import paint_focus_ring
from grants_app.gui.widgets.chips import chip_width, paint_chip
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent


class Card(QWidget):
    """A box with a hairline round it; `content` is its layout, `set_title` gives it a heading."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, margin: int = 14) -> None:
        super().__init__(parent)
        self._theme = theme
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(margin, margin - 2, margin, margin)
        self.content.setSpacing(6)
        self.title_label = Label(theme, "bold", parent=self)
        self.title_label.hide()
        self.content.addWidget(self.title_label)

    def set_title(self, title: str) -> None:
        """The heading."""
        self.title_label.setText(title)
        self.title_label.setVisible(bool(title))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.setBrush(QColor(tokens.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class FigureTile(Card):
    """One figure of the campaign: what, how many, and a smaller sentence; a press or Enter opens its list."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.name_label = Label(theme, "body", "muted", parent=self)
        self.figure_label = Label(theme, "figure", parent=self)
        self.note_label = Label(theme, "small", "muted", parent=self)
        self.content.setSpacing(1)
        for label in (self.name_label, self.figure_label, self.note_label):
            label.setMinimumWidth(20)
            self.content.addWidget(label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_figure(self, name: str, figure: str, note: str = "") -> None:
        """Fill the tile."""
        self.name_label.setText(name)
        self.figure_label.setText(figure)
        self.note_label.setText(note or " ")
        self.setAccessibleName(f"{name}: {figure}. {note}")

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """A press opens."""
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box and the ring."""
        super().paintEvent(event)
        if self.hasFocus():
            paint_focus_ring(QPainter(self), self._theme, QRectF(self.rect()), 6)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what, how full of `most`, and the words at its end."""

    name: str
    value: int
    note: str
    key: str = ""


class Bars(QWidget):
    """Horizontal bars of one scale, such as applications against seats."""

    ROW = 23

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Fill the chart."""
        self._bars = tuple(bars)
        self.setAccessibleName("; ".join(f"{bar.name}: {bar.note}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row of 23 px each."""
        return QSize(420, max(1, len(self._bars)) * self.ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names, tracks, bars, notes."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._theme.font("body")
        painter.setFont(font)
        metrics = QFontMetrics(font)
        notes = max((metrics.horizontalAdvance(bar.note) for bar in self._bars), default=0) + 10
        names = max((metrics.horizontalAdvance(bar.name) for bar in self._bars), default=0) + 16
        names = min(names, max(80, (self.width() - notes) * 45 // 100))
        track = max(20, self.width() - names - notes)
        most = max((bar.value for bar in self._bars), default=0) or 1
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, bar in enumerate(self._bars):
            top = place * self.ROW
            painter.setPen(tokens.colour("text"))
            name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names - 12)
            painter.drawText(QRect(0, top, names - 8, self.ROW), int(middle), name)
            painter.setPen(tokens.colour("muted"))
            right = QRect(self.width() - notes, top, notes, self.ROW)
            painter.drawText(right, int(middle | Qt.AlignmentFlag.AlignRight), bar.note)
            painter.setPen(Qt.PenStyle.NoPen)
            box = QRectF(names, top + 5, track, self.ROW - 10)
            painter.setBrush(QColor(tokens.neutral.back))
            painter.drawRoundedRect(box, 3, 3)
            if bar.value:
                box.setWidth(max(3.0, track * bar.value / most))
                painter.setBrush(QColor(tokens.accent))
                painter.drawRoundedRect(box, 3, 3)


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of work waiting: its key, kind of chip, number (or a word for it) and sentence."""

    key: str
    kind: ChipKind
    count: int
    text: str
    word: str = ""

    @property
    def chip(self) -> str:
        """What its chip says."""
        return self.word or str(self.count)


class QueueList(QWidget):
    """What is to be done: a chip with a number and a sentence each; ↑ ↓ walk, Enter opens the list.

    A sentence too long for its line goes on below: nothing of it is left out.
    """

    opened = Signal(str)
    ROW = 31

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._queues: tuple[Queue, ...] = ()
        self._row = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_queues(self, queues: Sequence[Queue]) -> None:
        """Fill the list."""
        self._queues = tuple(queues)
        self._row = min(self._row, max(0, len(queues) - 1))
        self.setAccessibleName("; ".join(f"{queue.chip} {queue.text}" for queue in queues))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row of 31 px each, more where a sentence takes two lines of the width there is."""
        return QSize(300, self.heightForWidth(max(300, self.width())))

    def heightForWidth(self, width: int) -> int:
        """What all rows take at a width."""
        rows = self._rows(width)
        return rows[-1].bottom() + 1 if rows else self.ROW

    def _left(self) -> int:
        return max(34, max((chip_width(self._theme, queue.chip) for queue in self._queues), default=0))

    def _rows(self, width: int) -> list[QRect]:
        metrics = QFontMetrics(self._theme.font("body"))
        room = QRect(0, 0, max(60, width - self._left() - 20), 1000)
        rows, top = [], 0
        for queue in self._queues:
            told = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), queue.text).height()
            height = max(self.ROW, told + self.ROW - metrics.height())
            rows.append(QRect(0, top, width, height))
            top += height
        return rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and open."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._queues:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._row = max(0, min(len(self._queues) - 1, self._row + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._queues:
            self.opened.emit(self._queues[self._row].key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press opens."""
        for place, row in enumerate(self._rows(self.width())):
            if row.contains(event.position().toPoint()):
                self._row = place
                self.opened.emit(self._queues[place].key)
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Chips, sentences, hairlines, the ring."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        font = self._theme.font("body")
        left = self._left()
        for place, (queue, row) in enumerate(zip(self._queues, self._rows(self.width()), strict=True)):
            painter.setPen(QColor(tokens.hairline))
            painter.drawLine(row.bottomLeft(), row.bottomRight())
            chip = QRect(4, row.top() + (self.ROW - CHIP_HEIGHT) // 2 + 1, left, CHIP_HEIGHT)
            paint_chip(painter, self._theme, chip, queue.kind, queue.chip)
            painter.setFont(font)
            painter.setPen(tokens.colour("text"))
            room = row.adjusted(left + 14, 0, -6, 0)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), queue.text)
            if self.hasFocus() and place == self._row:
                paint_focus_ring(painter, self._theme, QRectF(row).adjusted(0, 1, 0, -1), 4)
