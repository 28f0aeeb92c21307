"""The message bar: a sentence over the edge of a page instead of a pop-up; it takes no room from anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QSizePolicy,
    QWidget,
)

from grants_app.gui.theme import HEADER_HEIGHT, RADIUS, STRIP_HEIGHT
from grants_app.gui.widgets.buttons import IconButton, LinkButton
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

FADE_MS = 8_000
FADE_WITH_LINK_MS = 20_000
"""How long success stays; longer where there is something to press in it."""
WIDEST = 720
_MARGIN = 10
_GAP = 12
_BESIDE = 40 + 8 + 28
_FADING = ("ok", "info", "neutral")
StripKind = Literal["info", "ok", "warn", "bad", "neutral"]
ICONS: dict[StripKind, str] = {
    "info": "info", "ok": "check", "warn": "warning", "bad": "stop", "neutral": "info",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StripAction:
    """A link at the end of the sentence and what it does."""

    text: str
    act: Callable[[], None]
    also: StripAction | None = None
    """A second one, after it."""


class MessageStrip(QWidget):
    """Hidden until something is to be said; a cross (or Esc in it) takes it away.

    Where it floats it lies over its parent's edge, so that no row under the hand moves; else it stands in a
    layout. Success fades by itself, but not from under the mouse or the focus.
    """

    left = Signal()
    """The focus was in it when it went."""

    def __init__(
        self, theme: Theme, words: Speech, parent: QWidget | None = None, *, floats: bool = False
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._floats = floats
        self._kind: StripKind = "info"
        self._action: StripAction | None = None
        self._fresh = False
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.timeout.connect(self.fade)
        self.setMinimumHeight(STRIP_HEIGHT)
        self.message_label = Label(theme, parent=self)
        self.message_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.message_label.setWordWrap(floats)
        self.progress_bar = QProgressBar(self)
        self.progress_bar.setFixedSize(160, 10)
        self.progress_bar.setTextVisible(False)
        self.action_link = LinkButton(theme, self)
        self.also_link = LinkButton(theme, self)
        self.dismiss_button = IconButton(theme, "cross", self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(40, 0, 8, 0)
        layout.setSpacing(12)
        layout.addWidget(self.message_label, 1)
        layout.addWidget(self.progress_bar)
        layout.addWidget(self.action_link)
        layout.addWidget(self.also_link)
        layout.addWidget(self.dismiss_button)
        self.action_link.clicked.connect(self._on_action_link_clicked)
        self.also_link.clicked.connect(self._on_also_link_clicked)
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
        self._fresh = True
        QTimer.singleShot(0, self._on_turned)
        self._fading.stop()
        if kind in _FADING:
            self._fading.start(FADE_MS if action is None else FADE_WITH_LINK_MS)
        self.message_label.setText(text)
        self.message_label.setToolTip(text)
        self.message_label.set_colour(kind)
        for link, shown in ((self.action_link, action), (self.also_link, action.also if action else None)):
            link.setVisible(shown is not None)
            link.setText(shown.text if shown else "")
            link.set_kind(kind)
            link.updateGeometry()
        self.progress_bar.hide()
        self.show()
        if self._floats:
            self.place()
            self.raise_()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self.message_label, QAccessible.Event.Alert))

    def show_progress(self, text: str, done: int, total: int, cancel: StripAction | None = None) -> None:
        """Say how far something is; `total` 0 means nobody knows."""
        if self.text != text or self.progress_bar.isHidden():
            self.show_message("info", text, cancel)
        self._fading.stop()
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
        """Take the message away; the focus in it goes back to what it lay over."""
        self._fading.stop()
        inside = self._has_focus()
        self.hide()
        if inside:
            self.left.emit()

    def forget_trouble(self) -> None:
        """What was refused was changed or left since: its message goes; one said just now stays."""
        if self._kind == "warn" and not self._fresh and self.progress_bar.isHidden():
            self.dismiss()

    def place(self) -> None:
        """Over an edge of the parent: below at the left, elsewhere if it would hide what may be pressed."""
        page = self.parentWidget()
        if page is None:
            return
        room = page.rect().adjusted(_MARGIN, HEADER_HEIGHT + _MARGIN, -_MARGIN, -_MARGIN)
        width = min(room.width(), WIDEST, self._wanted_width())
        height = max(STRIP_HEIGHT, self._wanted_height(width))
        places = [
            QRect(left, top, width, height)
            for top in (room.bottom() + 1 - height, room.top())
            for left in (room.left(), room.right() + 1 - width)
        ]
        taken = [
            QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())
            for widget in (*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit))
            if widget.isVisible() and widget.isEnabled() and not self.isAncestorOf(widget)
        ]
        costs = [sum(place.intersects(box) for box in taken) for place in places]
        self.setGeometry(places[costs.index(min(costs))])

    def _wanted_width(self) -> int:
        beside = _BESIDE
        for widget in (self.progress_bar, self.action_link, self.also_link):
            if not widget.isHidden():
                beside += widget.sizeHint().width() + _GAP
        text = self.message_label.fontMetrics().horizontalAdvance(self.message_label.text())
        return beside + text + _GAP

    def _wanted_height(self, width: int) -> int:
        beside = self._wanted_width() - self.message_label.fontMetrics().horizontalAdvance(
            self.message_label.text()
        )
        return self.message_label.heightForWidth(max(120, width - beside)) + _GAP

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    @Slot()
    def _on_turned(self) -> None:
        """What lies under it has its place by now."""
        self._fresh = False
        if self._floats and not self.isHidden():
            self.place()

    @property
    def fades_in(self) -> int:
        """How many milliseconds the message stays from when it is said; 0 until it is taken away."""
        return self._fading.interval() if self._fading.isActive() else 0

    @Slot()
    def fade(self) -> None:
        """Its time is over: it goes, but not from under the mouse or the focus."""
        if self.underMouse() or self._has_focus():
            self._fading.start(FADE_MS)
        else:
            self.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_action_link_clicked(self) -> None:
        if self._action is not None:
            self._action.act()

    @Slot()
    def _on_also_link_clicked(self) -> None:
        if self._action is not None and self._action.also is not None:
            self._action.also.act()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The kind's background and icon; a frame where it lies over something."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        if self._floats:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.chip(self._kind).fore), 1))
            painter.setBrush(QColor(tokens.chip(self._kind).back))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        else:
            painter.fillRect(self.rect(), QColor(tokens.chip(self._kind).back))
        pixmap = self._theme.pixmap(ICONS[self._kind], self._kind, 18, self.devicePixelRatioF())
        painter.drawPixmap(14, (self.height() - 18) // 2, pixmap)
