"""Push buttons painted from the theme: the primary one, plain ones, links; each shows its chord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton, QWidget

from grants_app.gui.theme import CONTROL_HEIGHT, RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from grants_app.gui.theme import ChipKind, ColourRole, Theme

_PAD = 12
_GAP = 8


def paint_focus_ring(painter: QPainter, theme: Theme, rect: QRectF, radius: float = RADIUS) -> None:
    """The 2 px accent ring just inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.tokens.colour("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press the button with the focus by Enter too, which Qt leaves to the desktop; True when it was."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not plain or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    button.click()
    return True


class KeyButton(QPushButton):
    """A button of 28 px with its chord in a small frame; primary ones are filled with the accent."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, primary: bool = False, icon: str = ""
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._primary = primary
        self._icon = icon
        self._chord = ""
        self._why_not = ""
        self.setFont(theme.font("bold" if primary else "body"))
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def explain(self, why_not: str) -> None:
        """What the button says by its tooltip, to screen readers too, while it cannot be pressed."""
        self._why_not = why_not
        self._say_why()

    def changeEvent(self, event: QEvent) -> None:
        """A button going grey says why; one that may be pressed again has nothing to explain."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and self._why_not:
            self._say_why()

    def _say_why(self) -> None:
        told = "" if self.isEnabled() else self._why_not
        self.setToolTip(told)
        self.setAccessibleDescription(told)

    def set_chord(self, chord: str) -> None:
        """Show this chord (`Ctrl+Enter`) inside the button; the window's command carries it."""
        self._chord = chord
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its text, icon and chord."""
        width = 2 * _PAD + QFontMetrics(self.font()).horizontalAdvance(self.text())
        if self._icon:
            width += 20
        if self._chord:
            width += _GAP + self._chord_width()
        return QSize(width, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never cut off."""
        return self.sizeHint()

    def _chord_width(self) -> int:
        return QFontMetrics(self._theme.font("small")).horizontalAdvance(self._chord) + 10

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, icon, text, chord, focus ring."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        filled = self._primary and self.isEnabled()
        back = QColor(tokens.accent if filled else tokens.base)
        if self.isDown():
            back = back.darker(115) if filled else QColor(tokens.selected)
        elif self.underMouse() and self.isEnabled():
            back = back.lighter(112) if filled else QColor(tokens.alternate)
        painter.setPen(QPen(back if filled else QColor(tokens.hairline), 1))
        painter.setBrush(back)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        ink = QColor(tokens.on_accent if filled else tokens.text if self.isEnabled() else tokens.border)
        self._paint_content(painter, ink)
        if self.hasFocus():
            ring = QRectF(self.rect())
            if filled:
                painter.setPen(QPen(QColor(tokens.on_accent), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(ring.adjusted(2.5, 2.5, -2.5, -2.5), RADIUS - 2, RADIUS - 2)
            paint_focus_ring(painter, self._theme, ring)

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        left = _PAD
        if self._icon:
            role: ColourRole = "on_accent" if self._primary and self.isEnabled() else "text"
            painter.drawPixmap(
                left - 4, 6, self._theme.pixmap(self._icon, role, 16, self.devicePixelRatioF())
            )
            left += 18
        painter.setPen(ink)
        painter.setFont(self.font())
        right = _PAD + (self._chord_width() + _GAP - 4 if self._chord else 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        middle = Qt.AlignmentFlag.AlignLeft if self._chord or self._icon else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(self.rect().adjusted(left, 0, -right, 0), int(flags | middle), self.text())
        if self._chord:
            self._paint_chord(painter, ink)

    def _paint_chord(self, painter: QPainter, ink: QColor) -> None:
        width = self._chord_width()
        box = QRect(self.width() - width - 8, 6, width, self.height() - 12)
        paint_chord(painter, self._theme, box, self._chord, ink)


def paint_chord(painter: QPainter, theme: Theme, box: QRect, chord: str, ink: QColor) -> None:
    """A chord in its small frame."""
    frame = QColor(ink)
    frame.setAlpha(150)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(frame, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(ink)
    painter.setFont(theme.font("small"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, chord)


class LinkButton(QAbstractButton):
    """A short text one can press, underlined, in a chip kind's colour or the accent."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, kind: ChipKind | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        font = theme.font("small")
        font.setUnderline(True)
        self.setFont(font)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def set_kind(self, kind: ChipKind | None) -> None:
        """Take a chip kind's colour; None is the accent."""
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        """The text and room for the ring."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 8, metrics.height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Underlined text, focus ring."""
        painter = QPainter(self)
        painter.setPen(self._theme.tokens.colour(self._kind or "accent"))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()), 3)


class IconButton(QToolButton):
    """A square button with an icon only; its tool tip and accessible name say what it does."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None, size: int = 24) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setFixedSize(size, size)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def set_meaning(self, text: str) -> None:
        """Say what it does, for the pointer and for screen readers."""
        self.setToolTip(text)
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon in the middle, a background under the pointer, focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.tokens.selected))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        pixmap = self._theme.pixmap(self._icon, "muted", 16, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - 16) // 2, (self.height() - 16) // 2, pixmap)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()))
