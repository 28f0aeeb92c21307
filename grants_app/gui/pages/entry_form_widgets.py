"""Small editors only the entry form needs: results, moments, papers as chips, a bar for a reason."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QWidget

from grants_app.gui.theme import CHIP_HEIGHT
from grants_app.gui.widgets.buttons import KeyButton, paint_focus_ring
from grants_app.gui.widgets.chips import chip_width, paint_chip
from grants_app.gui.widgets.editors import TextEdit, read_date
from grants_app.gui.widgets.labels import Label
from grants_app.wording import local, local_day

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from grants_app.gui.theme import Theme

_NUMBER = re.compile(r"-?\d{1,6}([.,]\d{0,4})?")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_TIME = re.compile(r"(\d{1,2})[:.\-](\d{2})")
_MARK = 14


def read_number(text: str) -> Decimal | None:
    """The number somebody typed with a comma or a point, None when it is none; never a float."""
    tidy = text.replace(" ", "").replace("\u00a0", "")
    if not _NUMBER.fullmatch(tidy):
        return None
    try:
        return Decimal(tidy.replace(",", ".").rstrip("."))
    except InvalidOperation:
        return None


class ResultEdit(TextEdit):
    """One result: a number, or nothing for "not given"; a double tick at the right once it was retyped."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._verified = False

    @property
    def value(self) -> Decimal | None:
        """The number typed; None while the field is empty or holds no number."""
        return read_number(self.text())

    @property
    def understood(self) -> bool:
        """Whether the field is empty or holds a number."""
        return not self.text().strip() or self.value is not None

    def show_verified(self, verified: bool) -> None:  # noqa: FBT001 - a plain setter
        """Draw the tick of the second pair of eyes."""
        self._verified = verified
        self.setTextMargins(5, 0, 5 + (_MARK + 4 if verified else 0), 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field and its tick."""
        super().paintEvent(event)
        if self._verified:
            pixmap = self.theme.pixmap("double_check", "ok", _MARK, self.devicePixelRatioF())
            QPainter(self).drawPixmap(self.width() - _MARK - 7, (self.height() - _MARK) // 2, pixmap)


class YearEdit(TextEdit):
    """A year in four figures, or nothing."""

    @property
    def year(self) -> int | None:
        """The year typed, None while it is none."""
        text = self.text().strip()
        return int(text) if _YEAR.fullmatch(text) else None

    @property
    def understood(self) -> bool:
        """Whether the field is empty or holds a year."""
        return not self.text().strip() or self.year is not None


class MomentEdit(TextEdit):
    """A day and a time on the campaign's clock: 13.07.2026 10:20; the day alone is its beginning."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._zone: dt.tzinfo = dt.UTC
        self._today = dt.date.min
        self.editingFinished.connect(self._on_editing_finished)

    def set_clock(self, now: dt.datetime) -> None:
        """Take the campaign's zone and today's date from its present moment."""
        self._zone = now.tzinfo or dt.UTC
        self._today = local_day(now, self._zone)

    @property
    def moment(self) -> dt.datetime | None:
        """What was typed, with the campaign's zone; None while it is none."""
        text = self.text().strip()
        time = _TIME.search(text, text.rfind(" ") + 1) if " " in text else None
        day = read_date(text[: time.start()] if time else text, self._today)
        if day is None:
            return None
        hour, minute = (int(time[1]), int(time[2])) if time else (0, 0)
        try:
            return dt.datetime.combine(day, dt.time(hour, minute), self._zone)
        except ValueError:
            return None

    @property
    def understood(self) -> bool:
        """Whether the field is empty or holds a moment."""
        return not self.text().strip() or self.moment is not None

    def show_moment(self, moment: dt.datetime | None) -> None:
        """Show a moment on the campaign's clock, or nothing."""
        self.setText(self._shown(moment) if moment else "")

    def _shown(self, moment: dt.datetime) -> str:
        return f"{local(moment, self._zone):%d.%m.%Y %H:%M}"

    def _on_editing_finished(self) -> None:
        moment = self.moment
        if moment is not None:
            self.correct(self._shown(moment))


class ChipTick(QCheckBox):
    """A tick drawn as a chip: green with its mark when there, amber when it must be there and is not."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, required: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        self._required = required
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_required(self, required: bool) -> None:  # noqa: FBT001 - a plain setter
        """Whether its absence is to be seen."""
        self._required = required
        self.update()

    def sizeHint(self) -> QSize:
        """The chip and room for the ring."""
        return QSize(chip_width(self._theme, self.text(), "check") + 4, CHIP_HEIGHT + 4)

    def minimumSizeHint(self) -> QSize:
        """Never cut off."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """The whole chip can be pressed."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chip and the focus ring."""
        painter = QPainter(self)
        box = self.rect().adjusted(2, 2, -2, -2)
        kind, icon = (
            ("ok", "check")
            if self.isChecked()
            else ("warn", "minus")
            if self._required
            else ("neutral", "minus")
        )
        paint_chip(painter, self._theme, box, kind, self.text(), icon)  # type: ignore[arg-type]  # kinds by name
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()), 11)


class FlowLayout(QLayout):
    """Widgets in lines, as words in a paragraph."""

    def __init__(self, parent: QWidget | None = None, gap: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        """Take a widget's item."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out, None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrow is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The lines at this width."""
        return self._laid_out(QRect(0, 0, width, 0), move=False)

    def minimumSize(self) -> QSize:
        """As wide as the widest, one line."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def sizeHint(self) -> QSize:
        """The least it can be."""
        return self.minimumSize()

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._laid_out(rect, move=True)

    def _laid_out(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()


class ReasonBar(QWidget):
    """One sentence, a field for the reason, and what takes it: Enter; Esc goes back. Instead of a pop-up."""

    given = Signal(str, str)
    """`given(key, reason)`: what it was asked for and the reason typed."""
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = ""
        self.sentence_label = Label(theme, "small", "warn", parent=self)
        self.sentence_label.setWordWrap(True)
        self.reason_edit = TextEdit(theme, self)
        self.reason_edit.setObjectName("reason_edit")
        self.accept_button = KeyButton(theme, self)
        self.accept_button.setObjectName("reason_button")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(8)
        layout.addWidget(self.sentence_label, 2)
        layout.addWidget(self.reason_edit, 3)
        layout.addWidget(self.accept_button)
        self.reason_edit.returnPressed.connect(self._on_given)
        self.accept_button.clicked.connect(self._on_given)
        self.reason_edit.textChanged.connect(self._on_text_changed)
        self.hide()

    @property
    def key(self) -> str:
        """What the reason is wanted for."""
        return self._key

    def ask(self, key: str, sentence: str, placeholder: str, button: str) -> None:
        """Ask for the reason of `key`; the caret goes into the field."""
        self._key = key
        self.sentence_label.setText(sentence)
        self.reason_edit.clear()
        self.reason_edit.setPlaceholderText(placeholder)
        self.reason_edit.setAccessibleName(placeholder)
        self.accept_button.setText(button)
        self.accept_button.updateGeometry()
        self.accept_button.setEnabled(False)
        self.accept_button.explain(placeholder)
        self.show()
        self.reason_edit.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of a warning."""
        QPainter(self).fillRect(self.rect(), QColor(self._theme.tokens.warn.back))

    def _on_text_changed(self, text: str) -> None:
        self.accept_button.setEnabled(bool(text.strip()))

    def _on_given(self) -> None:
        reason = self.reason_edit.text().strip()
        if reason:
            self.hide()
            self.given.emit(self._key, reason)
