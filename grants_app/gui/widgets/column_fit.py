"""Leaves out the columns a narrow list can spare, so that nothing is cut off and nothing scrolls sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.gui.widgets.tables import LinesTable

_SCROLL_BAR = 16


def fit_columns(table: LinesTable, spare: Sequence[str]) -> None:
    """Hide the columns named in `spare`, the first ones first, until the rest has room at its own widths."""
    columns = table.lines.columns
    wanted = sum(column.width for column in columns if not column.hidden)
    room = table.width() - _SCROLL_BAR
    gone: set[str] = set()
    for key in spare:
        if wanted <= room:
            break
        for column in columns:
            if column.key == key and not column.hidden:
                gone.add(key)
                wanted -= column.width
    for place, column in enumerate(columns):
        table.setColumnHidden(place, column.hidden or column.key in gone)
