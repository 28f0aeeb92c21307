"""The columns of the applicants' list, and which of them are on view; it reads no list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from grants_app.domain import phones
from grants_app.gui.table_models import ChipText, Column, Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grants_app.domain.application import ApplicationLine
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_words import EntryWords
    from grants_app.gui.widgets.buttons import IconButton
    from grants_app.gui.widgets.tables import LinesTable

NARROW = 330
# The width from which a column is shown by itself, unless the user chose otherwise.
_ROOM: Mapping[str, int] = {
    "no": 0, "name": 0, "first_choice": NARROW, "score": NARROW, "state": NARROW,
    "verified": 640, "phone": 860, "pin": 990, "branch": 1300, "received_at": 1300, "born": 1500,
}  # fmt: skip
_TICKS = ("", "minus", "double_check")  # a tick would call a number verified that was typed once


def columns(named: EntryWords, context: PageContext) -> tuple[Column, ...]:
    """The columns of the list, the hidden ones too."""
    words = context.words

    def name_parts(line: ApplicationLine) -> Sequence[Part]:
        return (Part(line.surname, bold=True), Part(f"{line.given} {line.patronymic}".strip()))

    return (
        Column(key="no", title=lambda: words("No."), text=lambda line: line.no, width=70, tone="muted"),
        Column(
            key="name", title=lambda: words("Surname, given name, patronymic"), stretch=True, width=150,
            text=lambda line: f"{line.surname} {line.given} {line.patronymic}".strip(), parts=name_parts,
        ),
        Column(key="pin", title=lambda: words("PIN"), text=lambda line: line.pin, width=130, tone="muted"),
        Column(
            key="phone", title=lambda: words("Phone"), width=116, tone="muted",
            text=lambda line: phones.shown(line.phone),
        ),
        Column(
            key="first_choice", title=lambda: words("First choice"), width=128, stretch=True,
            text=lambda line: named.programme(line.first_choice),
        ),
        *_results(named, context),
    )  # fmt: skip


def _results(named: EntryWords, context: PageContext) -> tuple[Column, ...]:
    words = context.words
    zone = context.office.campaign().setup.zone

    def chips(line: ApplicationLine) -> Sequence[ChipText]:
        return [ChipText(kind, text, icon) for kind, text, icon in named.chips(line)]

    def received(line: ApplicationLine) -> str:
        return words.current.date_time(line.received_at, zone) if line.received_at else ""

    return (
        Column(
            key="score", title=lambda: words("Points"), width=58, align="right",
            text=lambda line: "" if line.score is None else named.number(line.score),
        ),
        Column(
            key="state", title=lambda: words("Status"), width=138, stretch=True, chips=chips,
            text=lambda line: ", ".join(text for _, text, _ in named.chips(line)),
        ),
        Column(
            key="verified", title=lambda: words("Checked"), width=92,
            text=lambda line: (
                words("no results"), words("entered once"), words("entered twice"),
            )[line.verified],
            icon=lambda line: _TICKS[line.verified],
        ),
        Column(key="branch", title=lambda: words("Branch"),
               text=lambda line: named.branch(line.branch), width=110),
        Column(key="received_at", title=lambda: words("Received at"), text=received, width=124),
        Column(
            key="born", title=lambda: words("Birth date"), width=90,
            text=lambda line: f"{line.born:%d.%m.%Y}" if line.born else "",
        ),
    )  # fmt: skip


class ColumnChooser(QObject):
    """Shows the columns there is room for, unless the user ticked others."""

    def __init__(self, table: LinesTable, button: IconButton) -> None:
        super().__init__(table)
        self._table = table
        self._button = button
        self._menu = QMenu(button)
        button.clicked.connect(self.choose)
        table.installEventFilter(self)

    @Slot()
    def choose(self) -> None:
        """Show the list of columns to tick."""
        self._menu.clear()
        for place, column in enumerate(self._table.lines.columns):
            action = QAction(column.title(), self._menu)
            action.setCheckable(True)
            action.setChecked(not self._table.isColumnHidden(place))
            action.setEnabled(column.key not in ("no", "name"))
            action.setData(column.key)
            self._menu.addAction(action)
            action.toggled.connect(self._on_toggled)
        self._menu.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        action = self.sender()
        if isinstance(action, QAction):
            self.show_column(str(action.data()), on=on)

    def show_column(self, key: str, *, on: bool) -> None:
        """Show or hide a column, whatever room there is."""
        self._table.chosen_columns[key] = on
        self.lay_out()
        self._table.arranged.emit()

    def lay_out(self) -> None:
        """Show the columns for the width of now."""
        width = self._table.width()
        for place, column in enumerate(self._table.lines.columns):
            room = width >= _ROOM[column.key]
            shown = room if width <= NARROW else self._table.chosen_columns.get(column.key, room)
            self._table.setColumnHidden(place, not shown)
        self._table.stretch()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Another width has room for other columns."""
        if event.type() == QEvent.Type.Resize:
            self.lay_out()
        return False
