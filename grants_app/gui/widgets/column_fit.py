"""A list that leaves out the columns it can spare when it is narrow, so that nothing is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.gui.widgets.tables import LinesTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.table_models import LinesModel
    from grants_app.gui.theme import Theme

_SCROLL_BAR = 16


class FittedTable(LinesTable):
    """A list that hides the columns named in `spare`, the first ones first, where there is no room."""

    def __init__(
        self, theme: Theme, model: LinesModel, spare: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, model, parent)
        self._spare = tuple(spare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for other columns."""
        super().resizeEvent(event)
        fit_columns(self, self._spare)


def fit_columns(table: LinesTable, spare: Sequence[str]) -> None:
    """Hide the columns named in `spare`, the first ones first, until the rest has room at its own widths."""
    columns = table.lines.columns
    wanted = sum(table.width_of(column) for column in columns if not column.hidden)
    room = table.width() - _SCROLL_BAR
    gone: set[str] = set()
    for key in spare:
        if wanted <= room:
            break
        for column in columns:
            if column.key == key and not column.hidden:
                gone.add(key)
                wanted -= table.width_of(column)
    for place, column in enumerate(columns):
        table.setColumnHidden(place, column.hidden or column.key in gone)
