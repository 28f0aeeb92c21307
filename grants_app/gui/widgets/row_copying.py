"""The rows of a list as text for a spreadsheet; it does not know what the rows are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListView, QTableView

from grants_app.domain.names import is_formula

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView


def copy_rows(view: QAbstractItemView) -> None:
    """Put the chosen rows on the clipboard, the one with the cursor where none is chosen."""
    text = rows_as_text(view)
    if text:
        QGuiApplication.clipboard().setText(text)


def rows_as_text(view: QAbstractItemView) -> str:
    """The chosen rows as a table: tabs between the cells on view, under their headings, as they are shown.

    A spreadsheet never takes a cell for a formula: one that begins like one begins with an apostrophe, by
    which spreadsheets know text. Lists without headings give their lines alone.
    """
    model = view.model()
    rows = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
    if not rows and view.currentIndex().isValid():
        rows = [view.currentIndex().row()]
    if not rows:
        return ""
    if isinstance(view, QTableView):
        header = view.horizontalHeader()
        places = [header.logicalIndex(place) for place in range(header.count())]
        columns = [place for place in places if not view.isColumnHidden(place)]
    else:
        columns = [view.modelColumn() if isinstance(view, QListView) else 0]
    lines = [[_cell(model.index(row, column).data()) for column in columns] for row in rows]
    if isinstance(view, QTableView):
        side = Qt.Orientation.Horizontal
        heads = [_cell(model.headerData(column, side)) for column in columns]
        kept = [place for place, head in enumerate(heads) if head or any(line[place] for line in lines)]
        lines = [[line[place] for place in kept] for line in (heads, *lines)]
    return "\n".join("\t".join(line) for line in lines)


def _cell(value: object) -> str:
    text = " ".join(str(value or "").split())
    return f"'{text}" if is_formula(text) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    """A negative number stays one; a phone that begins with + is text, else it loses its sign."""
    digits = text.removeprefix("-").replace(",", ".", 1).replace(".", "", 1)
    return text.startswith("-") and digits.isdecimal()
