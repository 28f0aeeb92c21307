"""Presses keys as the platform tells them; QTest cannot type Cyrillic (it aborts)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def type_text(widget: QWidget, text: str) -> None:
    """Type a text, letter by letter, under the layout that has its letters."""
    for letter in text:
        _send(widget, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)


def press_ctrl(widget: QWidget, letter: str) -> None:
    """Ctrl with a letter as X11 tells it under that layout: the key is the letter's own code."""
    _send(widget, ord(letter), Qt.KeyboardModifier.ControlModifier, "")


def _send(widget: QWidget, key: int, modifiers: Qt.KeyboardModifier, text: str) -> None:
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))
