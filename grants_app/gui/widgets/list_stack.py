"""A list, or one sentence in its place while it has no lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from grants_app.gui.widgets.drawer import EmptyState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from grants_app.gui.theme import Theme
    from grants_app.gui.widgets.tables import LinesTable


class ListStack(QStackedWidget):
    """Shows `table` while it has lines, else `empty`."""

    def __init__(self, theme: Theme, table: LinesTable, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._icon = icon
        self.empty = EmptyState(theme, icon, self)
        self.addWidget(self.empty)
        self.addWidget(table)

    def show_lines(self, lines: Sequence[object], sentence: str, button: str = "") -> None:
        """Show these lines; of none the sentence, with a button where something can be done about it."""
        self.table.lines.show_all(lines)
        self.empty.show_state(sentence, button, self._icon)
        self.setCurrentWidget(self.table if lines else self.empty)
