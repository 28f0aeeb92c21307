"""Editors typed with keys only: text, date, choice, PIN, phone, search; they know no rules of grants."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from grants_app.gui.theme import CONTROL_HEIGHT
from grants_app.gui.widgets.buttons import paint_chord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QMouseEvent, QPaintEvent

    from grants_app.gui.theme import Theme

PIN_DIGITS = 14


class TextEdit(QLineEdit):
    """One line of text, 28 px high; Ctrl+↓ asks for the value of the previous application."""

    previous_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setTextMargins(5, 0, 5, 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by key chooses all, so that typing replaces."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+↓ as in the previous one; the rest is Qt's."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.previous_wanted.emit()
        else:
            super().keyPressEvent(event)


class SearchField(TextEdit):
    """Searches as one types (`textChanged`); shows its chord while empty; Esc clears, then leaves."""

    left = Signal()
    down_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, chord: str = "") -> None:
        super().__init__(theme, parent)
        self._chord = chord
        self.setMaximumWidth(360)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears or leaves; ↓ goes on to what was found."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and its chord at the right while it is empty."""
        super().paintEvent(event)
        if self._chord and not self.text():
            width = QFontMetrics(self.theme.font("small")).horizontalAdvance(self._chord) + 10
            box = QRect(self.width() - width - 8, 6, width, self.height() - 12)
            paint_chord(QPainter(self), self.theme, box, self._chord, self.theme.tokens.colour("muted"))


def read_date(text: str, today: dt.date) -> dt.date | None:
    """The date somebody meant by `15.04.2008`, `15.4.8`, `150408`, `15042008` or `2008-04-15`; else None.

    Two figures of a year are of this century unless that lies more than a year ahead of `today`.
    """
    digits = re.sub(r"\D", "", text)
    parts = [part for part in re.split(r"\D+", text.strip()) if part]
    if len(parts) == 1 and len(digits) in (6, 8):
        parts = [digits[:2], digits[2:4], digits[4:]]
    if len(parts) != 3:  # noqa: PLR2004 - day, month, year
        return None
    if len(parts[0]) == 4:  # noqa: PLR2004 - a year first, as ISO writes
        parts.reverse()
    day, month, year = (int(part) for part in parts)
    if len(parts[2]) <= 2:  # noqa: PLR2004 - a short year
        year += 2000 if 2000 + year <= today.year + 1 else 1900
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


class DateEdit(TextEdit):
    """A date typed with figures; leaving it writes it as DD.MM.YYYY, what is no date stays as typed."""

    date_typed = Signal(object)

    def __init__(self, theme: Theme, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._today = today
        self.setMaxLength(10)
        self.editingFinished.connect(self._on_editing_finished)

    @property
    def date(self) -> dt.date | None:
        """The date typed, or None while it is none."""
        return read_date(self.text(), self._today)

    def set_date(self, date: dt.date | None) -> None:
        """Show a date, or nothing."""
        self.setText(date.strftime("%d.%m.%Y") if date else "")

    @property
    def understood(self) -> bool:
        """Whether the field is empty or holds a date."""
        return not self.text().strip() or self.date is not None

    def _on_editing_finished(self) -> None:
        date = self.date
        if date is not None:
            self.set_date(date)
        self.date_typed.emit(date)


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list: the code kept and the text shown."""

    code: str
    text: str


class ChoiceEdit(TextEdit):
    """A list chosen from by typing any part of a text; Alt+↓ opens it, Enter accepts the first match."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._options: tuple[Option, ...] = ()
        self._code = ""
        self.setTextMargins(5, 0, 22, 0)  # the arrow's room
        self._texts = QStringListModel(self)
        completer = QCompleter(self._texts, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(12)
        self._popup = QListView(self)
        completer.setPopup(self._popup)
        self._popup.installEventFilter(self)
        self.setCompleter(completer)
        completer.activated.connect(self._on_activated)
        self.editingFinished.connect(self._on_editing_finished)
        self.textEdited.connect(self._on_text_edited)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer these; the code chosen stays if it is still there, worded anew."""
        self._options = tuple(options)
        self._texts.setStringList([option.text for option in options])
        self.set_code(self._code)

    @property
    def code(self) -> str:
        """The code chosen, empty for none."""
        return self._code

    def set_code(self, code: str) -> None:
        """Show the option with this code; an unknown one empties the field."""
        found = next((option for option in self._options if option.code == code), None)
        self._code = found.code if found else ""
        self.setText(found.text if found else "")
        self.setCursorPosition(0)

    @property
    def understood(self) -> bool:
        """Whether the field is empty or one of the options is chosen."""
        return bool(self._code) or not self.text().strip()

    def open_list(self) -> None:
        """Show every option."""
        completer = self.completer()
        completer.setCompletionPrefix("")
        completer.complete()

    def accept(self) -> bool:
        """Take the only or first option that holds what is typed; False when there is none."""
        typed = self.text().strip().casefold()
        if not typed:
            self._take("")
            return True
        exact = [option for option in self._options if option.text.casefold() == typed]
        holding = [option for option in self._options if typed in option.text.casefold()]
        starting = [option for option in holding if option.text.casefold().startswith(typed)]
        for option in (exact or starting or holding)[:1]:
            self._take(option.code)
            return True
        return False

    def event(self, event: QEvent) -> bool:
        """Alt+↓ is the field's own, though a list beside it moves its lines by it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            down = event.key() == Qt.Key.Key_Down
            if down and event.modifiers() & Qt.KeyboardModifier.AltModifier and not self.isReadOnly():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↓ opens the list; so does ↓ alone."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() in (
            Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier,
        ):  # fmt: skip
            self.open_list()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter or Tab in the open list takes the marked line, else the first, and goes on as in a field."""
        if watched is self._popup and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            taking = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
            if taking and self._popup.model().rowCount():
                index = self._popup.currentIndex()
                text = str((index if index.isValid() else self._popup.model().index(0, 0)).data())
                self._popup.hide()
                self._on_activated(text)
                QCoreApplication.sendEvent(self, QKeyEvent(event.type(), event.key(), event.modifiers()))
                return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press opens the list."""
        super().mousePressEvent(event)
        if not self.isReadOnly():
            self.open_list()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field with a small arrow at the right."""
        super().paintEvent(event)
        if not self.isReadOnly():
            pixmap = self.theme.pixmap("chevron_down", "muted", 14, self.devicePixelRatioF())
            QPainter(self).drawPixmap(self.width() - 20, (self.height() - 14) // 2, pixmap)

    def _take(self, code: str) -> None:
        before = self._code
        self.set_code(code)
        if self._code != before:
            self.chosen.emit(self._code)

    def _on_activated(self, text: str) -> None:
        for option in self._options:
            if option.text == text:
                self._take(option.code)
                return

    def _on_text_edited(self, _text: str) -> None:
        self._code = ""

    def _on_editing_finished(self) -> None:
        if not self._code:
            self.accept()


class DigitsEdit(TextEdit):
    """Figures only, shown in groups; what is pasted may hold spaces and signs."""

    digits_typed = Signal(str)

    def __init__(
        self, theme: Theme, groups: tuple[int, ...], parent: QWidget | None = None, *, plus: bool = False
    ) -> None:
        super().__init__(theme, parent)
        self._groups = groups
        self._plus = plus
        self.textEdited.connect(self._on_text_edited)

    @property
    def digits(self) -> str:
        """The figures typed, without spaces; a leading + stays if the field takes one."""
        return self._kept(self.text())

    def set_digits(self, digits: str) -> None:
        """Show these figures in groups."""
        self.setText(self._grouped(self._kept(digits)))

    def _kept(self, text: str) -> str:
        sign = "+" if self._plus and text.strip().startswith("+") else ""
        limit = 15 if self._plus else sum(self._groups)
        return sign + re.sub(r"\D", "", text)[:limit]

    def _grouped(self, digits: str) -> str:
        if digits.startswith("+"):
            return digits
        pieces = []
        for size in self._groups:
            pieces.append(digits[:size])
            digits = digits[size:]
        return " ".join(piece for piece in (*pieces, digits) if piece)

    def _on_text_edited(self, text: str) -> None:
        before = len(self._kept(text[: self.cursorPosition()]))
        shown = self._grouped(self._kept(text))
        self.setText(shown)
        place = 0
        while place < len(shown) and len(self._kept(shown[:place])) < before:
            place += 1
        self.setCursorPosition(place)
        self.digits_typed.emit(self.digits)


class PinEdit(DigitsEdit):
    """A personal number of 14 figures, shown as 1 + 8 + 5: sex, birth date, the rest."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, (1, 8, 5), parent)

    @property
    def complete(self) -> bool:
        """Whether all 14 figures are there; what they say is the rules' business."""
        return len(self.digits) == PIN_DIGITS


class PhoneEdit(DigitsEdit):
    """A phone as people here write it: 0555 112 233, or with + and the country."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, (4, 3, 3), parent, plus=True)
