"""The lines of the chair's sheet: one finding with its count, chip and reason; the table of the pools."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from grants_app.gui.widgets.buttons import KeyButton, LinkButton
from grants_app.gui.widgets.chips import Chip, chip_width
from grants_app.gui.widgets.editors import TextEdit
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.services import sheet_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grants_app.domain.chair_sheet import SheetLine, SheetPool, Standing
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind, Theme

CHIPS: Mapping[Standing, tuple[ChipKind, str]] = {
    "blocks": ("bad", "stop"),
    "reason": ("warn", "warning"),
    "accepted": ("violet", "check"),
    "note": ("info", "info"),
    "ok": ("ok", "check"),
}
_COUNT = 46
_LINK_EDGE = 4  # a link keeps this much beside its figure for the ring


class FindingRow(QWidget):
    """What was looked at, how many cases (a link to their list), how it stands, its reason.

    `before` is the reason given for another finding; Ctrl+↓ writes it here too.
    """

    list_wanted = Signal(object)
    accept_wanted = Signal(str, str)
    """`accept_wanted(code, reason)`."""

    def __init__(
        self,
        theme: Theme,
        words: Speech,
        line: SheetLine,
        parent: QWidget | None = None,
        *,
        may: bool,
        before: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"finding_{line.code}")
        self._theme, self._words, self._before = theme, words, before
        self.line = line
        kind, icon = CHIPS[line.standing]
        self.chip = Chip(theme, kind, sheet_words.standing(words.current, line), icon, self)
        self.reason_edit: TextEdit | None = None
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 5)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, self._chips_width())
        grid.setColumnMinimumWidth(2, _COUNT)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.chip, 0, 0, top | Qt.AlignmentFlag.AlignLeft)
        grid.addLayout(self._texts(), 0, 1)
        grid.addWidget(self._count(), 0, 2, top | Qt.AlignmentFlag.AlignRight)
        if line.standing in ("reason", "accepted"):
            grid.addLayout(self._reason(may=may), 1, 1, 1, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(grid)
        whole.addWidget(Hairline(theme, self))

    @property
    def stop(self) -> QWidget | None:
        """Where F8 stops here: the reason still wanted, or the list of what forbids the seal."""
        if self.reason_edit is not None:
            return self.reason_edit
        return self.count_link if self.line.standing == "blocks" and self._listed else None

    @property
    def _listed(self) -> bool:
        return bool(self.line.applications or self.line.pools)

    def _chips_width(self) -> int:
        """The widest of the chips, so that the texts stand under each other."""
        words = self._words.current
        return max(
            chip_width(self._theme, sheet_words.standing_word(words, standing), icon)
            for standing, (_, icon) in CHIPS.items()
        )

    def _texts(self) -> QVBoxLayout:
        words = self._words.current
        column = QVBoxLayout()
        column.setSpacing(0)
        name = Label(self._theme, "body", text=sheet_words.named(words, self.line), parent=self)
        name.setWordWrap(True)
        column.addWidget(name)
        if note := sheet_words.note(words, self.line):
            told = Label(self._theme, "small", "muted", note, self)
            told.setWordWrap(True)
            column.addWidget(told)
        if self.line.earlier:
            changed = self._words(
                "Accepted earlier for a different list (reason: {reason}). Check the list and accept again.",
                reason=self.line.earlier,
            )
            asked = Label(self._theme, "small", "warn", changed, self)
            asked.setWordWrap(True)
            column.addWidget(asked)
        return column

    def _count(self) -> QWidget:
        figure = sheet_words.figure(self.line)
        if not self._listed:
            told = Label(self._theme, "bold" if self.line.count else "body", "text", figure, self)
            told.setContentsMargins(0, 0, _LINK_EDGE, 0)
            return told
        link = LinkButton(self._theme, self)
        link.setObjectName("count_link")
        font = self._theme.font("bold")
        font.setUnderline(True)
        link.setFont(font)
        link.setText(figure)
        name = sheet_words.named(self._words.current, self.line)
        link.setAccessibleName(self._words("{finding}: {n}, show the list", finding=name, n=self.line.count))
        link.setToolTip(link.accessibleName())
        link.clicked.connect(self._on_link_clicked)
        self.count_link = link
        return link

    def _reason(self, *, may: bool) -> QVBoxLayout | QHBoxLayout:
        words = self._words
        if self.line.standing == "accepted" or not may:
            column = QVBoxLayout()
            text = words("Reason: {reason}", reason=self.line.reason) if self.line.reason else ""
            if self.line.accepted_by:
                text += f" ({self.line.accepted_by})"
            told = Label(self._theme, "small", "muted", text, self)
            told.setWordWrap(True)
            column.addWidget(told)
            return column
        row = QHBoxLayout()
        row.setSpacing(8)
        self.reason_edit = TextEdit(self._theme, self)
        self.reason_edit.setObjectName("finding_reason_edit")
        hint = words("Reason for sealing anyway")
        if self._before:
            hint = words("Ctrl+↓ inserts: {reason}", reason=self._before)
        self.reason_edit.setPlaceholderText(hint)
        self.reason_edit.setAccessibleName(
            words("Reason: {reason}", reason=sheet_words.named(words.current, self.line))
        )
        self.accept_button = KeyButton(self._theme, self)
        self.accept_button.setObjectName("accept_button")
        self.accept_button.setText(words("Accept"))
        self.accept_button.setEnabled(False)
        self.accept_button.explain(words.code("reason_missing"))
        row.addWidget(self.reason_edit, 1)
        row.addWidget(self.accept_button)
        self.reason_edit.textChanged.connect(self._on_typed)
        self.reason_edit.returnPressed.connect(self._on_accepted)
        self.reason_edit.previous_wanted.connect(self._on_previous_wanted)
        self.accept_button.clicked.connect(self._on_accepted)
        return row

    def _on_typed(self, text: str) -> None:
        self.accept_button.setEnabled(bool(text.strip()))

    def _on_accepted(self) -> None:
        if self.reason_edit is not None and self.reason_edit.text().strip():
            self.accept_wanted.emit(self.line.code, self.reason_edit.text().strip())

    def _on_previous_wanted(self) -> None:
        if self.reason_edit is not None and self._before:
            self.reason_edit.setText(self._before)

    def _on_link_clicked(self) -> None:
        self.list_wanted.emit(self.line)


class PoolGrid(QWidget):
    """Seats, competing, proposed, cutoff, reserve, pool by pool; the whole under a stronger line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(0)
        self.grid.setColumnStretch(0, 1)

    def show_pools(
        self, words: Speech, pools: Sequence[SheetPool], name: Callable[[str], str], total: int
    ) -> None:
        """Show these, in the campaign's order."""
        heads = (
            "",
            words("Seats"),
            words("Competing"),
            words("Proposed"),
            words("Cutoff"),
            words("In reserve"),
        )
        for column, text in enumerate(heads):
            self._cell(0, column, text, small=True)
        for place, pool in enumerate(pools, start=1):
            number = words.current.number
            cutoff = number(Decimal(pool.cutoff)) if pool.cutoff else "–"
            cells = (str(pool.seats), str(pool.competing), str(pool.proposed), cutoff, str(pool.reserve))
            self._cell(2 * place, 0, name(pool.pool))
            for column, text in enumerate(cells, start=1):
                self._cell(2 * place, column, text, strong=column == 3)  # noqa: PLR2004 - what is proposed
            self.grid.addWidget(Hairline(self._theme, self), 2 * place + 1, 0, 1, len(heads))
        last = 2 * len(pools) + 2
        proposed = sum(pool.proposed for pool in pools)
        self._cell(last, 0, words("All programmes: {total} grants", total=total), strong=True)
        self._cell(last, 1, str(sum(pool.seats for pool in pools)), strong=True)
        self._cell(last, 3, str(proposed), strong=True)

    def _cell(
        self,
        row: int,
        column: int,
        text: str,
        *,
        small: bool = False,
        strong: bool = False,
        short: bool = False,
    ) -> None:
        label = Label(
            self._theme,
            "small" if small else "bold" if strong else "body",
            "muted" if small else "warn" if short else "text",
            text,
            self,
        )
        label.setContentsMargins(0, 3, 0, 3)
        if column:
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            label.setAlignment(side)
        else:
            label.setWordWrap(True)
        self.grid.addWidget(label, row, column)


def next_stop(rows: Sequence[FindingRow], after: str) -> FindingRow | None:
    """The first row below the finding `after` that has a stop, round and round; None where no row has one."""
    here = next((place for place, row in enumerate(rows) if row.line.code == after), -1)
    return next((row for row in (*rows[here + 1 :], *rows[: here + 1]) if row.stop is not None), None)


def reason_before(lines: Sequence[SheetLine], place: int) -> str:
    """The reason given last above this line, else the first one given below it, or nothing."""
    nearest = (*reversed(lines[:place]), *lines[place + 1 :])
    return next((line.reason for line in nearest if line.standing == "accepted" and line.reason), "")
