"""What stands over a list."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

_BAR = 40


def list_bar(parent: QWidget, left: tuple[QWidget, ...], right: tuple[QWidget, ...]) -> QWidget:
    """Words at the left, buttons at the right."""
    held = QWidget(parent)
    held.setMinimumHeight(_BAR)
    row = QHBoxLayout(held)
    row.setContentsMargins(12, 4, 12, 4)
    row.setSpacing(8)
    for widget in left:
        row.addWidget(widget)
    row.addStretch(1)
    for widget in right:
        row.addWidget(widget)
    return held
