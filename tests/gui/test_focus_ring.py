"""Where the focus is can be seen on lists too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QPlainTextEdit, QScrollArea, QWidget

from grants_app.gui.widgets.focus_frame import ListRing

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.gui.theme import Theme


def test_a_list_with_the_focus_wears_the_ring_and_hands_it_on(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    first, second, field = QListWidget(window), QListWidget(window), QLineEdit(window)
    text = QPlainTextEdit(window)
    for widget in (first, second, field, text):
        row.addWidget(widget)
    ring = ListRing(theme, window)
    shown(window)
    second.setFocus()
    assert ring.widget() is second
    assert ring.isVisible()
    middle = second.height() // 2
    edge = window.grab().toImage().pixelColor(second.x(), second.y() + middle)
    assert edge.name() == theme.tokens.colour("accent").name()
    first.setFocus()
    assert ring.widget() is first
    field.setFocus()
    assert not ring.isVisible()
    text.setFocus()
    assert ring.widget() is text


def test_what_only_scrolls_is_marked_at_its_left_edge(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    page = QScrollArea(window)
    page.setFrameShape(QScrollArea.Shape.NoFrame)
    row.addWidget(page)
    ring = ListRing(theme, window)
    shown(window)
    page.setFocus()
    assert ring.widget() is page
    image, middle = window.grab().toImage(), page.y() + page.height() // 2
    accent = theme.tokens.colour("accent").name()
    assert image.pixelColor(page.x() + 1, middle).name() == accent
    assert image.pixelColor(page.geometry().right() - 1, middle).name() != accent


def test_no_ring_stands_about_before_a_list_had_the_focus(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    field = QLineEdit(window)
    row.addWidget(field)
    ring = ListRing(theme, window)
    shown(window)
    field.setFocus()
    assert not ring.isVisible()
