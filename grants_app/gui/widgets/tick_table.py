"""A list with ticks: Space or a press on the box ticks a line; what a line is it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from grants_app.gui.table_models import LINE_ROLE, Column, LinesModel
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.tables import LineDelegate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from grants_app.gui.theme import Theme

_BOX = 14

Tick = int | str


def tick_column() -> Column:
    """The narrow column the boxes stand in; it comes first."""
    return Column(key="tick", title=lambda: "", text=lambda _line: "", width=36)


class TickDelegate(LineDelegate):
    """Paints a tick box in the first column; the rest as every list."""

    def __init__(
        self,
        theme: Theme,
        ticked: set[Tick],
        key: Callable[[Any], Tick | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._tokens_of = theme
        self._ticked = ticked
        self._key = key

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The box over the cell's background."""
        super().paint(painter, option, index)
        line = index.data(LINE_ROLE)
        key = self._key(line) if index.column() == 0 and line is not None else None
        if key is None:
            return
        tokens = self._tokens_of.tokens
        rect: QRect = option.rect
        box = QRect(rect.left() + 11, rect.center().y() - _BOX // 2, _BOX, _BOX)
        on = key in self._ticked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.accent if on else tokens.border), 1))
        painter.setBrush(QColor(tokens.accent if on else tokens.base))
        painter.drawRoundedRect(box, 3, 3)
        if on:
            painter.setPen(QPen(QColor(tokens.on_accent), 1.6))
            left, top = float(box.left()), float(box.top())
            painter.drawPolyline(
                [QPointF(left + 3, top + 7), QPointF(left + 6, top + 10), QPointF(left + 11, top + 4)]
            )
        painter.restore()


class TickTable(FittedTable):
    """Lines with ticks; `key` answers what a line is ticked by, None where it cannot be."""

    ticked_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        model: LinesModel,
        spare: Sequence[str],
        key: Callable[[Any], Tick | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, model, spare, parent)
        self.ticked: set[Tick] = set()
        self._key = key
        self.setItemDelegate(TickDelegate(theme, self.ticked, key, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks every chosen line; where all of them are ticked, it takes the ticks away."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._tick_chosen()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press into the first column ticks; with Shift all from the cursor on."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or index.column() != 0:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._tick_chosen()
        else:
            self._toggle([index.data(LINE_ROLE)])

    def _tick_chosen(self) -> None:
        self._toggle(self.chosen_lines())

    def _toggle(self, lines: Sequence[object]) -> None:
        keys = {key for line in lines if line is not None and (key := self._key(line)) is not None}
        if not keys:
            return
        if keys <= self.ticked:
            self.ticked -= keys
        else:
            self.ticked |= keys
        self.viewport().update()
        self.ticked_changed.emit()
