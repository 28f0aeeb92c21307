"""Widgets beside or under each other with nothing between or around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def flush_row(parent: QWidget | None = None) -> QHBoxLayout:
    """A row that fills `parent`, or one to be put into another layout."""
    row = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    return row


def flush_column(parent: QWidget | None = None) -> QVBoxLayout:
    """A column that fills `parent`, or one to be put into another layout."""
    column = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
