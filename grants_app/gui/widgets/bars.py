"""The row at the top of the window and the status bar at its foot; they show what they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from grants_app.gui.theme import HEADER_HEIGHT, STATUS_HEIGHT, ChipKind, Theme
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.editors import SearchField
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

Health = Literal["ok", "warn", "bad", "neutral"]

LANGUAGES: tuple[tuple[str, str], ...] = (("ru", "РУ"), ("kk", "ҚАЗ"), ("ky", "КЫР"), ("en", "EN"))


@dataclass(frozen=True, slots=True)
class StatusFact:
    """One fact of the status bar: how well it stands (a coloured dot; neutral has none) and its words."""

    key: str
    health: Health
    text: str
    tip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameFacts:
    """What the frame shows of the office: worded already, in the language in force."""

    title: str = ""
    """Of the program and the campaign, as "Grants 2026"."""
    window_title: str = ""
    """The same with the file and its folder."""
    branch: str = ""
    stage: str = ""
    stage_kind: ChipKind = "neutral"
    officer: str = ""
    sample: str = ""
    """The word SAMPLE while the file is the sample, else empty."""
    facts: Sequence[StatusFact] = ()
    counts: Mapping[str, str] | None = None
    """Figures beside the pages' names in the rail."""
    changes_at: datetime | None = None
    """When the next date passes after which something here stands differently."""
    zone: str = ""
    """The office's time zone; empty with no office."""


class TopBar(QWidget):
    """44 px: the campaign, its chips, the search over everything, the officer."""

    def __init__(self, theme: Theme, chord: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(HEADER_HEIGHT)
        self.title_label = Label(theme, "bold", parent=self)
        self.branch_chip = Chip(theme, parent=self)
        self.stage_chip = Chip(theme, parent=self)
        self.sample_chip = Chip(theme, parent=self)
        self.search_edit = SearchField(theme, self, chord)
        self.search_edit.setObjectName("search_edit")
        self.search_edit.setMinimumWidth(200)
        self.search_edit.setMaximumWidth(420)
        self.officer_label = Label(theme, "body", "muted", parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(12)
        for widget in (self.title_label, self.branch_chip, self.stage_chip, self.sample_chip):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.search_edit, 3)
        layout.addWidget(self.officer_label)

    def show_facts(self, facts: FrameFacts) -> None:
        """Show campaign, branch, stage and officer."""
        self.title_label.setText(facts.title)
        self.branch_chip.show_state("neutral", facts.branch)
        self.branch_chip.setVisible(bool(facts.branch))
        self.stage_chip.show_state(facts.stage_kind, facts.stage)
        self.sample_chip.show_state("violet", facts.sample)
        self.officer_label.setText(facts.officer)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The base colour and a hairline under it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.base))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(self._theme.tokens.hairline))


class _LanguageButton(QAbstractButton):
    def __init__(self, theme: Theme, lang: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lang = lang
        self.setText(text)
        self.setCheckable(True)
        self.setObjectName(f"{lang}_button")
        # The View menu has the languages for keys: here they would stand between every field and the next.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font("small_bold")).horizontalAdvance(self.text())
        return QSize(width + 8, STATUS_HEIGHT - 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font("small_bold" if self.isChecked() else "small"))
        painter.setPen(self._theme.tokens.colour("accent" if self.isChecked() else "muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class _FactLabel(Label):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "small", "muted", parent=parent)
        self.health: Health = "neutral"

    def show_fact(self, fact: StatusFact) -> None:
        self.health = fact.health
        self.setText(fact.text)
        self.setToolTip(fact.tip or fact.text)
        self.setContentsMargins(0 if fact.health == "neutral" else 13, 0, 0, 0)
        self.setVisible(bool(fact.text))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.health != "neutral":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.tokens.colour(self.health))
            painter.drawEllipse(1, self.height() // 2 - 3, 7, 7)


class StatusBar(QWidget):
    """24 px: file, campaign, branch, officer, backup, journal, encryption as told; the language switch."""

    language_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._labels: list[_FactLabel] = []
        self.setFixedHeight(STATUS_HEIGHT)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(14, 1, 10, 0)
        self._layout.setSpacing(18)
        self._layout.addStretch(1)
        languages = QHBoxLayout()
        languages.setSpacing(2)
        self._buttons = [_LanguageButton(theme, lang, text, self) for lang, text in LANGUAGES]
        for button in self._buttons:
            languages.addWidget(button)
            button.clicked.connect(self._on_language_button_clicked)
        self._layout.addLayout(languages)

    def show_facts(self, facts: Sequence[StatusFact]) -> None:
        """Show these facts, left to right; in a narrow window the last ones are cut off first."""
        while len(self._labels) < len(facts):
            label = _FactLabel(self._theme, self)
            label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            label.setMinimumWidth(12)
            self._layout.insertWidget(len(self._labels), label)
            self._labels.append(label)
        for place, label in enumerate(self._labels):
            label.show_fact(facts[place] if place < len(facts) else StatusFact("", "neutral", ""))

    def set_language(self, lang: str) -> None:
        """Mark the language in force."""
        for button in self._buttons:
            button.setChecked(button.lang == lang)
            button.update()

    def _on_language_button_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, _LanguageButton):
            self.language_chosen.emit(button.lang)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The base colour and a hairline over it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.base))
        painter.fillRect(0, 0, self.width(), 1, QColor(self._theme.tokens.hairline))
