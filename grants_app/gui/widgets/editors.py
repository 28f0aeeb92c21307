"""Editors typed with keys only: text, date, choice, PIN, phone, search; they know no rules of grants."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from grants_app.domain.choosing import Fitting, fitting
from grants_app.gui.theme import CONTROL_HEIGHT
from grants_app.gui.widgets.buttons import paint_chord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QMouseEvent, QPaintEvent

    from grants_app.gui.theme import Theme

PIN_DIGITS = 14
_ZEROS = str.maketrans("OoОо", "0000")


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

    def correct(self, text: str, caret: int | None = None) -> None:
        """Put another text in place of what stands there; Ctrl+Z brings that back, as `setText` would not."""
        if text != self.text():
            self.selectAll()
            self.insert(text)
        self.setCursorPosition(len(text) if caret is None else caret)


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
            self.correct(f"{date:%d.%m.%Y}")
        self.date_typed.emit(date)


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list: the code kept, the text shown, and what else finds it, as in other languages."""

    code: str
    text: str
    also: tuple[str, ...] = ()


_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class ChoiceEdit(TextEdit):
    """A list chosen from by typing any part of an entry, its code or its name in another language or script.

    Alt+↓ opens the list. What is surely meant is marked in it; Enter and Tab take what is marked. Where
    several fit none is taken by itself.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._options: tuple[Option, ...] = ()
        self._offered: tuple[Option, ...] = ()
        self._code = ""
        self._taking = False
        self.setTextMargins(5, 0, 22, 0)  # the arrow's room
        self._texts = QStringListModel(self)
        # The line edit is not told of its completer: it would write every line walked over into the field.
        self._completer = QCompleter(self._texts, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(12)
        self._completer.setWidget(self)
        self._popup = QListView(self)
        self._completer.setPopup(self._popup)
        self._popup.installEventFilter(self)
        self._popup.clicked.connect(self._on_clicked)
        self.editingFinished.connect(self._on_editing_finished)
        self.textEdited.connect(self._on_text_edited)

    def completer(self) -> QCompleter:
        """What opens the list."""
        return self._completer

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer these; the code chosen stays if it is still there, worded anew."""
        self._options = tuple(options)
        self.set_code(self._code)

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen."""
        return self._options

    @property
    def offered(self) -> tuple[Option, ...]:
        """What the list held when it was opened last."""
        return self._offered

    @property
    def code(self) -> str:
        """The code chosen, empty for none."""
        return self._code

    def set_code(self, code: str) -> None:
        """Show the option with this code; an unknown one empties the field."""
        found = self._option(code)
        self._code = found.code if found else ""
        self.setText(found.text if found else "")
        self.setCursorPosition(0)

    def choose(self, code: str) -> None:
        """Choose as if by hand: Ctrl+Z brings back what stood there."""
        self._popup.hide()
        before, found = self._code, self._option(code)
        self._code = found.code if found else ""
        self._taking = True
        self.correct(found.text if found else "", 0)
        self._taking = False
        if self._code != before:
            self.chosen.emit(self._code)

    def _option(self, code: str) -> Option | None:
        return next((option for option in self._options if option.code == code), None)

    @property
    def understood(self) -> bool:
        """Whether the field is empty or one of the options is chosen."""
        return bool(self._code) or not self.text().strip()

    @property
    def ambiguous(self) -> bool:
        """Whether what is typed fits several options."""
        return not self._code and len(self._fitting().places) > 1

    def open_list(self) -> None:
        """Show every option, or those of several that what is typed fits; the chosen or first one marked."""
        several = self._fitting().places if self.ambiguous else range(len(self._options))
        options = [self._options[place] for place in several]
        self._open(options, self._option(self._code) or next(iter(options), None))

    def accept(self) -> bool:
        """Take the option that is surely meant; False when there is none."""
        if not self.text().strip():
            self.choose("")
            return True
        if self._code:
            return True
        meant = self._fitting().meant
        if meant is not None:
            self.choose(self._options[meant].code)
        return meant is not None

    def _fitting(self) -> Fitting:
        return fitting(self.text(), [(option.text, option.code, *option.also) for option in self._options])

    def _open(self, options: Sequence[Option], marked: Option | None) -> None:
        if self.isReadOnly():
            return
        self._offered = tuple(options)
        self._texts.setStringList([option.text for option in options])
        if not options:
            self._popup.hide()
            return
        self._completer.complete()
        row = self._offered.index(marked) if marked in self._offered else -1
        self._popup.setCurrentIndex(self._popup.model().index(row, 0))

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
            return
        before = self.text()
        super().keyPressEvent(event)
        if self.text() != before:
            self._offer()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Letters put together of several keys are typed letters too."""
        super().inputMethodEvent(event)
        if event.commitString():
            self._offer()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter or Tab in the open list takes the marked line, if one is, and goes on as in a field."""
        pressed = watched is self._popup and event.type() == QEvent.Type.KeyPress
        if not pressed or not isinstance(event, QKeyEvent) or event.key() not in _TAKING:
            return super().eventFilter(watched, event)
        index = self._popup.currentIndex()
        self._popup.hide()
        if index.isValid():
            self.choose(self._offered[index.row()].code)
        QCoreApplication.sendEvent(self, QKeyEvent(event.type(), event.key(), event.modifiers()))
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press opens the list; going on from there takes nothing that was not pressed."""
        super().mousePressEvent(event)
        if not self.isReadOnly():
            self._open(self._options, self._option(self._code))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field with a small arrow at the right."""
        super().paintEvent(event)
        if not self.isReadOnly():
            pixmap = self.theme.pixmap("chevron_down", "muted", 14, self.devicePixelRatioF())
            QPainter(self).drawPixmap(self.width() - 20, (self.height() - 14) // 2, pixmap)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._popup.hide()
        self.choose(self._offered[index.row()].code)

    def _on_text_edited(self, text: str) -> None:
        if self._taking:
            return
        # Ctrl+Z may bring an option's whole text back.
        before = self._code
        self._code = next((option.code for option in self._options if option.text == text), "")
        if self._code and self._code != before:
            self.chosen.emit(self._code)

    def _offer(self) -> None:
        """Open the list at what fits what is typed, what is surely meant marked."""
        if self._code or not self.text().strip():
            self._popup.hide()
            return
        found = self._fitting()
        marked = None if found.meant is None else self._options[found.meant]
        self._open([self._options[place] for place in found.places], marked)

    def _on_editing_finished(self) -> None:
        if not self._code:
            self.accept()


class SuggestEdit(ChoiceEdit):
    """A text of any words, with a list of those known: it opens while one types, ↓ goes into it."""

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer these; what is typed stays."""
        self._options = tuple(options)

    @property
    def code(self) -> str:
        """What is typed."""
        return self.text().strip()

    @property
    def understood(self) -> bool:
        """Any words are."""
        return True

    @property
    def ambiguous(self) -> bool:
        """Any words mean themselves."""
        return False

    def open_list(self) -> None:
        """Show what is known, or of it what fits what is typed; the first one marked."""
        options = self._fitting_options() if self.text().strip() else self._options
        self._open(options, next(iter(options), None))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press puts the caret into the text."""
        TextEdit.mousePressEvent(self, event)

    def accept(self) -> bool:
        """What is typed stays as it is."""
        return True

    def _fitting_options(self) -> tuple[Option, ...]:
        return tuple(self._options[place] for place in self._fitting().places)

    def _option(self, code: str) -> Option | None:
        return Option(code, code)

    def _offer(self) -> None:
        """Open the list at what fits, none of it marked: Enter keeps what is typed."""
        options = self._fitting_options() if self.text().strip() else ()
        self._open([option for option in options if option.text != self.text()], None)


class DigitsEdit(TextEdit):
    """Figures only, shown in groups; what is pasted may hold spaces and signs."""

    digits_typed = Signal(str)

    def __init__(
        self, theme: Theme, groups: tuple[int, ...], parent: QWidget | None = None, *, plus: bool = False
    ) -> None:
        super().__init__(theme, parent)
        self._groups = groups
        self._plus = plus
        self._grouping = False
        self.textEdited.connect(self._on_text_edited)

    @property
    def digits(self) -> str:
        """The figures typed, without spaces; a leading + stays if the field takes one."""
        return self._kept(self.text())

    def set_digits(self, digits: str) -> None:
        """Show these figures in groups."""
        self.setText(self._grouped(self._kept(digits)))

    def _kept(self, text: str) -> str:
        """The figures of a text, an O typed for a zero among them; too many are the judge's to tell."""
        sign = "+" if self._plus and text.strip().startswith("+") else ""
        return sign + re.sub(r"\D", "", text.translate(_ZEROS))

    def _grouped(self, digits: str) -> str:
        if digits.startswith("+"):
            return digits
        pieces = []
        for size in self._groups:
            pieces.append(digits[:size])
            digits = digits[size:]
        return " ".join(piece for piece in (*pieces, digits) if piece)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z goes back past the spaces the field itself put between the figures."""
        super().keyPressEvent(event)
        if event.matches(QKeySequence.StandardKey.Undo):
            while self.isUndoAvailable() and self.text() != self._grouped(self._kept(self.text())):
                self.undo()

    def _on_text_edited(self, text: str) -> None:
        if self._grouping:
            return
        shown = self._grouped(self._kept(text))
        # What Ctrl+Z brought back stays: grouped again it could never be gone back from.
        if shown != text and not self.isRedoAvailable():
            before = len(self._kept(text[: self.cursorPosition()]))
            place = 0
            while place < len(shown) and len(self._kept(shown[:place])) < before:
                place += 1
            self._grouping = True
            self.correct(shown, place)
            self._grouping = False
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
