"""The card of one pair of applications: the evidence, both side by side, and the decision with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from grants_app.domain.errors import Refused
from grants_app.gui.widgets.buttons import KeyButton, LinkButton
from grants_app.gui.widgets.drawer import SideDrawer
from grants_app.gui.widgets.editors import TextEdit
from grants_app.gui.widgets.forms import FormField
from grants_app.gui.widgets.labels import Label
from grants_app.services import duplicates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_words import EntryWords
    from grants_app.gui.theme import Theme
    from grants_app.services.duplicates import Compared

_PAD = 4


class SideBySide(QWidget):
    """Fields with two values each, in three columns; long values go on over lines, nothing is cut off."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[tuple[str, str, str, bool], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_rows(self, rows: Sequence[tuple[str, str, str, bool]]) -> None:
        """(field, first, second, whether it is a heading)."""
        self._rows = tuple(rows)
        self.setAccessibleName("; ".join(f"{name}: {first} / {second}" for name, first, second, _ in rows))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Narrow is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All rows at this width."""
        return sum(self._heights(width)) + 1

    def sizeHint(self) -> QSize:
        """As high as it needs at its width."""
        width = max(self.width(), 360)
        return QSize(360, self.heightForWidth(width))

    def _widths(self, width: int) -> tuple[int, int, int]:
        name = width * 26 // 100
        half = (width - name) // 2
        return name, half, width - name - half

    def _heights(self, width: int) -> list[int]:
        wrap = int(Qt.TextFlag.TextWordWrap)
        heights = []
        for row in self._rows:
            tallest = 0
            for text, room, role in zip(row[:3], self._widths(width), ("small", "body", "body"), strict=True):
                font = self._theme.font("bold" if row[3] else role)  # type: ignore[arg-type]  # roles
                metrics = QFontMetrics(font)
                tallest = max(tallest, metrics.boundingRect(QRect(0, 0, room - 8, 2000), wrap, text).height())
            heights.append(max(26, tallest + 2 * _PAD + 1))
        return heights

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rows with hairlines."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        top = 0
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
        for row, height in zip(self._rows, self._heights(self.width()), strict=True):
            left = 0
            for place, (text, room) in enumerate(zip(row[:3], self._widths(self.width()), strict=True)):
                painter.setFont(self._theme.font("bold" if row[3] else "small" if place == 0 else "body"))
                painter.setPen(tokens.colour("muted" if place == 0 else "text"))
                painter.drawText(QRect(left, top + 1, room - 8, height - 2), flags, text)
                left += room
            top += height
            painter.setPen(QColor(tokens.hairline))
            painter.drawLine(0, top - 1, self.width(), top - 1)


class PairCard(SideDrawer):
    """One pair: what speaks for and against, what differs, and three answers."""

    decided = Signal(object)
    open_wanted = Signal(int)

    def __init__(self, context: PageContext, words: EntryWords, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent, narrow=430, wide=490)
        self.context = context
        self._named = words
        self._pair: Compared | None = None
        theme = context.theme
        self.evidence_label = Label(theme, "body", "muted", parent=self)
        self.evidence_label.setWordWrap(True)
        self.rows = SideBySide(theme, self)
        self.first_link = LinkButton(theme, self)
        self.second_link = LinkButton(theme, self)
        links = QHBoxLayout()
        links.addWidget(self.first_link)
        links.addWidget(self.second_link)
        links.addStretch(1)
        self.reason_edit = TextEdit(theme)
        self.reason_field = FormField(theme, "duplicate_reason", self.reason_edit, self)
        for widget in (self.evidence_label, self.rows):
            self.content.addWidget(widget)
        self.content.addLayout(links)
        self.content.addStretch(1)
        self.different_button = KeyButton(theme, self)
        self.first_button = KeyButton(theme, self)
        self.second_button = KeyButton(theme, self)
        answers = QVBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(self.reason_field)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.different_button, self.first_button, self.second_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        answers.addLayout(buttons)
        self.buttons.addLayout(answers)
        self.reason_edit.textChanged.connect(self._show_ready)
        self.different_button.clicked.connect(self._on_different)
        self.first_button.clicked.connect(self._on_first)
        self.second_button.clicked.connect(self._on_second)
        self.first_link.clicked.connect(self._on_first_link)
        self.second_link.clicked.connect(self._on_second_link)

    def retranslate(self) -> None:
        """Word everything again."""
        if self._pair is not None:
            self.show_pair(self._pair)

    def show_pair(self, pair: Compared) -> None:
        """Show a pair."""
        words, named = self.context.words, self._named
        self._pair = pair
        first, second = pair.first, pair.second
        self.set_title(words("One person or two?"), f"{first.no} · {second.no}")
        reasons = [words.code(reason.code, **reason.facts) for reason in pair.evidence.reasons]
        self.evidence_label.setText(
            words(
                "Similarity {score} of 100: {reasons}", score=pair.evidence.score, reasons=", ".join(reasons)
            )
        )
        rows = [
            ("", first.no, second.no, True),
            (words("Name"), first.entry.person.full_name, second.entry.person.full_name, False),
            (
                words("Received by"),
                named.branch(first.entry.branch),
                named.branch(second.entry.branch),
                False,
            ),
        ]
        skipped = {"person:surname", "person:given", "person:patronymic"}
        rows += [
            (named.field(field), named.value(field, a), named.value(field, b), False)
            for field, a, b in pair.differences
            if field not in skipped
        ]
        self.rows.show_rows(rows)
        self.reason_field.set_label(words("Reason (recorded in the journal)"))
        self.first_link.setText(words("Open {no}", no=first.no))
        self.second_link.setText(words("Open {no}", no=second.no))
        self.different_button.setText(words("Different people"))
        self.first_button.setText(words("Same person: keep {no}", no=first.no))
        self.second_button.setText(words("Same person: keep {no}", no=second.no))
        for widget in (
            self.first_link, self.second_link, self.different_button, self.first_button, self.second_button,
        ):  # fmt: skip
            widget.updateGeometry()
        self.reason_edit.clear()
        self._show_ready()

    def _show_ready(self) -> None:
        ready = bool(self.reason_edit.text().strip())
        for button in (self.different_button, self.first_button, self.second_button):
            button.setEnabled(ready)
            button.explain(self.context.words.code("reason_missing"))

    @Slot()
    def _on_different(self) -> None:
        self._decide(None)

    @Slot()
    def _on_first(self) -> None:
        if self._pair is not None:
            self._decide(self._pair.first.id)

    @Slot()
    def _on_second(self) -> None:
        if self._pair is not None:
            self._decide(self._pair.second.id)

    @Slot()
    def _on_first_link(self) -> None:
        if self._pair is not None:
            self.open_wanted.emit(self._pair.first.id)

    @Slot()
    def _on_second_link(self) -> None:
        if self._pair is not None:
            self.open_wanted.emit(self._pair.second.id)

    def _decide(self, keep: int | None) -> None:
        if self._pair is None:
            return
        office, pair, reason = self.context.office, self._pair, self.reason_edit.text().strip()
        other = pair.second if keep == pair.first.id else pair.first
        try:
            if keep is None:
                changed = duplicates.decide_different(office, pair.pair, reason)
            else:
                changed = duplicates.decide_same(office, pair.pair, keep, other.version, reason)
        except Refused as refusal:
            self.context.tell_failure(refusal)
            return
        self.decided.emit(changed)
