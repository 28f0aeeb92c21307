"""Whether every word on view has the room it needs: labels, buttons, tabs, chips; for tests of pages."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QSizePolicy, QWidget

from grants_app.gui.widgets.chips import Chip

SLACK = 1
"""Metrics round; a pixel is no letter."""


def cut_off(root: QWidget) -> list[str]:
    """`objectName: text (has×needs)` of every visible label, button and chip whose text does not fit.

    A label that shrinks on purpose (policy Ignored: a name in a header) must say its text in a tool tip.
    """
    labels = [
        _told(label, label.text())
        for label in root.findChildren(QLabel)
        if _on_view(label, root) and label.text() and not _fits(label)
    ]
    buttons = [
        _told(button, button.text())
        for button in root.findChildren(QAbstractButton)
        if _on_view(button, root)
        and button.text()
        and button.width() + SLACK < button.minimumSizeHint().width()
    ]
    chips = [
        _told(chip, chip.text)
        for chip in root.findChildren(Chip)
        if _on_view(chip, root) and chip.text and chip.width() + SLACK < chip.sizeHint().width()
    ]
    return [*labels, *buttons, *chips]


def outside(root: QWidget) -> list[str]:
    """Labels and buttons that stick out of the widget they stand in, sideways."""
    found = []
    for widget in (*root.findChildren(QLabel), *root.findChildren(QAbstractButton)):
        parent = widget.parentWidget()
        if _on_view(widget, root) and parent is not None:
            place = widget.geometry()
            if place.right() > parent.width() or place.left() < 0:
                found.append(f"{_told(widget, '')} right {place.right()} of {parent.width()}")
    return found


def _on_view(widget: QWidget, root: QWidget) -> bool:
    return widget.isVisibleTo(root) and widget.width() > 0


def _fits(label: QLabel) -> bool:
    metrics = QFontMetrics(label.font())
    room = label.contentsRect()
    if label.wordWrap():
        wanted = metrics.boundingRect(
            QRect(0, 0, room.width(), 10_000), int(Qt.TextFlag.TextWordWrap), label.text()
        )
        return wanted.height() <= room.height() + SLACK and wanted.width() <= room.width() + SLACK
    if metrics.horizontalAdvance(label.text()) <= room.width() + SLACK:
        return True
    shrinks = label.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
    return shrinks and bool(label.toolTip())


def _told(widget: QWidget, text: str) -> str:
    needs = widget.sizeHint().width()
    named = widget.objectName() or type(widget).__name__
    above = widget.parentWidget()
    where = (above.objectName() or type(above).__name__) if above is not None else ""
    return f"{where} > {named}: {text!r} ({widget.width()} of {needs})"


def scrolled_to_the_end(root: QWidget) -> None:
    """Bring the foot of every scrolled area on view, so that what stands there is laid out."""
    for area in root.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
