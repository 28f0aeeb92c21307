"""What two offices recorded differently, side by side, until an officer decides with a paper and a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from grants_app.gui.theme import RADIUS
from grants_app.gui.widgets.buttons import KeyButton, paint_focus_ring
from grants_app.gui.widgets.editors import TextEdit
from grants_app.gui.widgets.forms import FormField, FormGrid
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from grants_app.domain.application import Conflict, Version
    from grants_app.gui.pages.entry_words import EntryWords
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

_PAD = 8


class VersionButton(QRadioButton):
    """One office's version as a card to choose: the branch, what it recorded, from where."""

    def __init__(
        self, theme: Theme, version: Version, named: EntryWords, field: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.version = version
        self._lines = named.value(field, version.value)
        self._branch = named.branch(version.branch)
        source = "" if version.source in ("", "register") else version.source
        self._from = f"{self._branch} · {source}" if source else self._branch
        self.setAccessibleName(f"{self._from}: {self._lines}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The branch and every line of the value."""
        rows = self._lines.count("\n") + 1
        body = QFontMetrics(self._theme.font("body")).lineSpacing()
        small = QFontMetrics(self._theme.font("small")).lineSpacing()
        return QSize(150, 2 * _PAD + small + 2 + rows * body)

    def hitButton(self, position: object) -> bool:  # noqa: ARG002 - all of it can be pressed
        """The whole card can be pressed."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The card, its mark, branch and value."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(QPen(QColor(tokens.accent if chosen else tokens.border), 1))
        painter.setBrush(QColor(tokens.selected if chosen else tokens.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        inner = self.rect().adjusted(_PAD, _PAD - 1, -_PAD, -_PAD)
        small = QFontMetrics(self._theme.font("small"))
        painter.setFont(self._theme.font("small"))
        painter.setPen(tokens.colour("muted"))
        room = inner.width() - 18
        painter.drawText(inner, 0, small.elidedText(self._from, Qt.TextElideMode.ElideMiddle, room))
        if chosen:
            mark = self._theme.pixmap("check", "accent", 14, self.devicePixelRatioF())
            painter.drawPixmap(inner.right() - 13, inner.top(), mark)
        painter.setFont(self._theme.font("body"))
        painter.setPen(tokens.colour("text"))
        body = QFontMetrics(self._theme.font("body"))
        top = inner.top() + small.lineSpacing() + 2
        for line in self._lines.split("\n"):
            text = body.elidedText(line, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner.left(), top + body.ascent(), text)
            top += body.lineSpacing()
        self.setToolTip(self._lines)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()))


class ConflictCard(QWidget):
    """One field in conflict: the versions, the paper it was checked against, the reason, the decision."""

    decided = Signal(str, str, str, str)
    """`decided(field, value, paper, reason)`."""

    def __init__(
        self, theme: Theme, words: Speech, conflict: Conflict, named: EntryWords, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.field = conflict.field
        self._theme = theme
        self.title_label = Label(theme, "bold", "bad", named.field(conflict.field), self)
        self._group = QButtonGroup(self)
        self.versions: list[VersionButton] = []
        cards = QGridLayout()
        cards.setSpacing(6)
        for place, version in enumerate(conflict.versions):
            button = VersionButton(theme, version, named, conflict.field, self)
            button.toggled.connect(self._show_ready)
            self._group.addButton(button)
            self.versions.append(button)
            cards.addWidget(button, place, 0)
        self.form = FormGrid(theme, 12, self)
        self.paper_edit = TextEdit(theme)
        self.reason_edit = TextEdit(theme)
        for key, editor, column, label in (
            ("conflict_paper", self.paper_edit, 0, words("Document used for checking")),
            ("conflict_reason", self.reason_edit, 6, words("Reason")),
        ):
            field = FormField(theme, key, editor, self)
            field.set_label(label)
            self.form.add(field, 0, column, 6)
            editor.textChanged.connect(self._show_ready)
        self.decide_button = KeyButton(theme, self)
        self.decide_button.setText(words("Keep selected"))
        self.decide_button.explain(words.code("conflict_needs_paper_and_reason"))
        self.decide_button.clicked.connect(self._on_decide_button_clicked)
        self.form.finished.connect(self._on_finished)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        layout.addWidget(self.title_label)
        layout.addLayout(cards)
        layout.addWidget(self.form)
        layout.addWidget(self.decide_button, 0, Qt.AlignmentFlag.AlignRight)
        self._show_ready()

    @property
    def chosen(self) -> str | None:
        """The value of the version chosen, None for none yet."""
        return next((button.version.value for button in self.versions if button.isChecked()), None)

    def _show_ready(self) -> None:
        ready = self.chosen is not None and self.paper_edit.text().strip() and self.reason_edit.text().strip()
        self.decide_button.setEnabled(bool(ready))

    def _on_finished(self) -> None:
        self.decide_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_decide_button_clicked(self) -> None:
        if self.chosen is not None:
            self.decided.emit(
                self.field, self.chosen, self.paper_edit.text().strip(), self.reason_edit.text().strip()
            )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A box in the ground of something wrong."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.bad.fore), 1))
        painter.setBrush(QColor(tokens.alternate))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class ConflictPanel(QWidget):
    """Every open conflict of an application, one card under the other; hidden when there is none."""

    decided = Signal(str, str, str, str)

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.cards: list[ConflictCard] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 4, 16, 8)
        self._layout.setSpacing(8)
        self.hide()

    def show_conflicts(self, conflicts: Sequence[Conflict], named: EntryWords) -> None:
        """Fill the panel with the conflicts nobody decided yet."""
        for card in self.cards:
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for conflict in conflicts:
            if conflict.open:
                card = ConflictCard(self._theme, self._words, conflict, named, self)
                card.decided.connect(self.decided)
                self._layout.addWidget(card)
                self.cards.append(card)
        self.setVisible(bool(self.cards))
