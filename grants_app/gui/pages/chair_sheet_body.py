"""What a chair's sheet shows: findings at the left, pools and differences at the right, scrolled as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.chair_sheet import ChairSheet
from grants_app.gui.pages.chair_sheet_rows import FindingRow, PoolGrid, next_stop, reason_before
from grants_app.gui.widgets.labels import Ground, Label
from grants_app.services import sheet_paper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grants_app.domain.chair_sheet import SheetLine
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

_MARGIN = 16
_MOST_LISTED = 500  # numbers a list is asked for at once; more than a campaign has grants


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet and what names its pools."""

    sheet: ChairSheet
    setup: CampaignSetup


def list_of(line: SheetLine) -> tuple[str, Mapping[str, str]]:
    """The page that lists what stands behind a line's count, and its filter."""
    if line.code == "open_ties":
        return "ranking", {"pool": line.pools[0]}
    if line.code == "duplicates":
        return "applicants", {"tab": "duplicates"}
    return "applicants", {"numbers": ",".join(line.applications[:_MOST_LISTED])}


class SheetBody(QScrollArea):
    """The sheet drawn anew whenever something of it changed; reasons half typed stay."""

    list_wanted = Signal(str, object)
    """`list_wanted(page, filter)`: what stands behind a count."""
    accept_wanted = Signal(str, str)
    """`accept_wanted(code, reason)`."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self.rows: list[FindingRow] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows and pages scroll it

    def show_sheet(self, read: SheetRead, *, may: bool) -> None:
        """Show this sheet; `may` says whether reasons may be given here. The caret stays where it was."""
        here = self._here
        typed = {row.line.code: row.reason_edit.text() for row in self.rows if row.reason_edit is not None}
        inner = Ground(self._theme, self)
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(_MARGIN, 8, _MARGIN, 12)
        columns.setSpacing(24)
        columns.addLayout(self._findings(inner, read.sheet, may=may), 5)
        columns.addLayout(self._side(inner, read), 4)
        where = self.verticalScrollBar().value()
        # Deleted later: the button that was pressed stands in it.
        if self.widget() is not None:
            self.takeWidget().deleteLater()
        self.setWidget(inner)
        self.verticalScrollBar().setValue(where)
        for row in self.rows:
            if row.reason_edit is not None:
                row.reason_edit.setText(typed.get(row.line.code, ""))
            if row.line.code == here and row.stop is not None:
                self._stop_at(row)

    def next_problem(self, after: str = "") -> None:
        """To the next finding that wants a reason or forbids the seal, below `after` or where one stands."""
        row = next_stop(self.rows, after or self._here)
        if row is not None:
            self._stop_at(row)

    @property
    def wanting(self) -> bool:
        """Whether a finding still wants a reason that may be given here, or a look at its list."""
        return any(row.stop is not None for row in self.rows)

    @property
    def _here(self) -> str:
        """The finding with the focus, or nothing."""
        focus = QApplication.focusWidget()
        return next((row.line.code for row in self.rows if focus and row.isAncestorOf(focus)), "")

    def _stop_at(self, row: FindingRow) -> None:
        if row.stop is not None:
            row.stop.setFocus(Qt.FocusReason.TabFocusReason)
            inner = self.widget()
            if inner is not None and (layout := inner.layout()) is not None:
                layout.activate()  # a sheet just drawn has its rows nowhere yet
            self.ensureWidgetVisible(row, 0, _MARGIN)

    def _findings(self, inner: QWidget, sheet: ChairSheet, *, may: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        self.rows = []
        for place, line in enumerate(sheet.lines):
            before = line.earlier or reason_before(sheet.lines, place)
            row = FindingRow(self._theme, self._words, line, inner, may=may, before=before)
            row.list_wanted.connect(self._on_list_wanted)
            row.accept_wanted.connect(self.accept_wanted)
            self.rows.append(row)
            column.addWidget(row)
        column.addStretch(1)
        return column

    def _side(self, inner: QWidget, read: SheetRead) -> QVBoxLayout:
        sheet, setup, words = read.sheet, read.setup, self._words
        column = QVBoxLayout()
        column.setSpacing(4)
        pools = PoolGrid(self._theme, inner)

        def name(pool_id: str) -> str:
            return setup.programme(setup.pool(pool_id).programme).names.get(words.lang)

        pools.show_pools(words, sheet.pools, name, sheet.total)
        column.addWidget(pools)
        told = sheet_paper.differences(words.current, setup, sheet.difference)
        for place, text in enumerate(told):
            column.addSpacing(0 if place else 12)
            label = Label(self._theme, "small" if place else "bold", text=text, parent=inner)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(10)
        column.addWidget(Label(self._theme, "small", "muted", words("Fingerprint"), inner))
        half = len(sheet.fingerprint) // 2 + 4
        trace = f"{sheet.fingerprint[:half]} {sheet.fingerprint[half:]}"
        print_label = Label(self._theme, "small", "muted", trace, inner)
        print_label.setWordWrap(True)
        column.addWidget(print_label)
        column.addStretch(1)
        return column

    @Slot(object)
    def _on_list_wanted(self, line: SheetLine) -> None:
        self.list_wanted.emit(*list_of(line))
