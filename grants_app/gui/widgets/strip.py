"""The message strip: one sentence of 32 px under a page's header instead of a pop-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from grants_app.gui.theme import STRIP_HEIGHT
from grants_app.gui.widgets.buttons import IconButton, LinkButton
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

StripKind = Literal["info", "ok", "warn", "bad", "neutral"]
ICONS: dict[StripKind, str] = {
    "info": "info", "ok": "check", "warn": "warning", "bad": "stop", "neutral": "info",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StripAction:
    """A link at the end of the sentence and what it does."""

    text: str
    act: Callable[[], None]


class MessageStrip(QWidget):
    """Hidden until something is to be said; a cross (or Esc in it) takes it away."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._kind: StripKind = "info"
        self._action: StripAction | None = None
        self.setFixedHeight(STRIP_HEIGHT)
        self.message_label = Label(theme, parent=self)
        self.message_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress_bar = QProgressBar(self)
        self.progress_bar.setFixedSize(160, 10)
        self.progress_bar.setTextVisible(False)
        self.action_link = LinkButton(theme, self)
        self.dismiss_button = IconButton(theme, "cross", self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(40, 0, 8, 0)
        layout.setSpacing(12)
        layout.addWidget(self.message_label, 1)
        layout.addWidget(self.progress_bar)
        layout.addWidget(self.action_link)
        layout.addWidget(self.dismiss_button)
        self.action_link.clicked.connect(self._on_action_link_clicked)
        self.dismiss_button.clicked.connect(self.dismiss)
        self.retranslate()
        self.hide()

    @property
    def text(self) -> str:
        """The sentence on view, or nothing."""
        return self.message_label.text() if not self.isHidden() else ""

    @property
    def kind(self) -> StripKind:
        """The kind of the last sentence."""
        return self._kind

    def show_message(self, kind: StripKind, text: str, action: StripAction | None = None) -> None:
        """Say one sentence, with a link to act on it if there is one."""
        self._kind = kind
        self._action = action
        self.message_label.setText(text)
        self.message_label.setToolTip(text)
        self.message_label.set_colour(kind)
        self.action_link.setVisible(action is not None)
        self.action_link.setText(action.text if action else "")
        self.action_link.set_kind(kind)
        self.action_link.updateGeometry()
        self.progress_bar.hide()
        self.show()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self.message_label, QAccessible.Event.Alert))

    def show_progress(self, text: str, done: int, total: int, cancel: StripAction | None = None) -> None:
        """Say how far something is; `total` 0 means nobody knows."""
        if self.text != text or self.progress_bar.isHidden():
            self.show_message("info", text, cancel)
        self.progress_bar.setRange(0, total)
        self.progress_bar.setValue(done)
        self.progress_bar.show()

    def end_progress(self) -> None:
        """Take a progress away; a message said meanwhile stays."""
        if not self.progress_bar.isHidden():
            self.dismiss()

    def retranslate(self) -> None:
        """Word the cross again; the sentence itself was worded by whoever said it."""
        self.dismiss_button.set_meaning(self._words("Dismiss this message"))

    @Slot()
    def dismiss(self) -> None:
        """Take the message away."""
        self.hide()

    @Slot()
    def _on_action_link_clicked(self) -> None:
        if self._action is not None:
            self._action.act()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The kind's background and icon."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.chip(self._kind).back))
        pixmap = self._theme.pixmap(ICONS[self._kind], self._kind, 18, self.devicePixelRatioF())
        painter.drawPixmap(14, (self.height() - 18) // 2, pixmap)
