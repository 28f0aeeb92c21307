"""The tabs inside a page's header: words with a line under the one on view; keys move between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from grants_app.gui.theme import HEADER_HEIGHT
from grants_app.gui.widgets.buttons import paint_focus_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from grants_app.gui.theme import ColourRole, Theme

_PAD = 10
_TIGHT = 4  # where the row has no room for every word


class TabButton(QAbstractButton):
    """One tab: its word, and a line in the accent under it while it is on view."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.pad = _PAD
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its word in bold, so that choosing it moves nothing."""
        width = QFontMetrics(self._theme.font("bold")).horizontalAdvance(self.text())
        return QSize(width + 2 * self.pad, HEADER_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The word, the line, the focus ring."""
        painter = QPainter(self)
        role: ColourRole = "accent" if self.isChecked() else "text" if self.underMouse() else "muted"
        painter.setFont(self._theme.font("bold" if self.isChecked() else "body"))
        painter.setPen(self._theme.tokens.colour(role))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self.isChecked():
            line = QRectF(self.pad - 2, self.height() - 3, self.width() - 2 * self.pad + 4, 3)
            painter.fillRect(line, QColor(self._theme.tokens.accent))
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()).adjusted(0, 7, 0, -7))


class TabRow(QWidget):
    """Tabs side by side; ← and → go from one to the next."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, keys: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, TabButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for key in keys:
            button = TabButton(theme, self)
            button.setObjectName(f"{key}_tab")
            self._group.addButton(button)
            self.buttons[key] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self.buttons[keys[0]].setChecked(True)
        self._offer_current()
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def current(self) -> str:
        """The key of the tab on view."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Show another tab."""
        self.buttons[key].setChecked(True)

    def step(self, step: int) -> None:
        """Show the tab so many places further, round and round."""
        keys = list(self.buttons)
        self.choose(keys[(keys.index(self.current) + step) % len(keys)])

    def set_word(self, key: str, text: str) -> None:
        """Word a tab."""
        self.buttons[key].setText(text)
        self.buttons[key].updateGeometry()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room the tabs stand closer, so that every word is whole."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        words = sum(button.sizeHint().width() - 2 * button.pad for button in self.buttons.values())
        wide = words + len(self.buttons) * (2 * _PAD + 2) <= self.width()
        for button in self.buttons.values():
            if button.pad != (_PAD if wide else _TIGHT):
                button.pad = _PAD if wide else _TIGHT
                button.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        self.step(step)
        self.buttons[self.current].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_toggled(self, button: QAbstractButton, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._offer_current()
        if checked:
            self.chosen.emit(next(key for key, one in self.buttons.items() if one is button))

    def _offer_current(self) -> None:
        """Tab stops at the tab on view alone; arrows go on from there."""
        for button in self.buttons.values():
            policy = Qt.FocusPolicy.TabFocus if button.isChecked() else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(policy)
