"""The fields of a form: each shows a value, reads it back and says whether it is there; it knows no form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from grants_app.domain.values import LANGS, Lang, Names
from grants_app.gui.kit.decision_panel import CENTURY
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import ChoiceEdit, DateEdit, Option, TextEdit
from grants_app.gui.widgets.forms import FormField
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.time_edit import TimeEdit, moment_typed, show_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime, tzinfo

    from PySide6.QtGui import QPaintEvent

    from grants_app.gui.page import PageContext
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

T = TypeVar("T")

OWN_NAMES: dict[Lang, str] = {"ky": "Кыргызча", "ru": "Русский", "kk": "Қазақша", "en": "English"}
"""What each language calls itself; the same in every language."""
_CAPTION = 72
_LINES = 3
_EMBLEM = 44
_FOUR = 4


class Field(QObject, Generic[T]):
    """One value of a form. `shown` is what stands in the grid; `typed` says that it was touched."""

    typed = Signal()

    def __init__(self, key: str, source: str, *, needed: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.key = key
        self.source = source
        """The marked label."""
        self.needed = needed
        self.lines: list[FormField] = []
        """What Enter goes through: one field, or the lines of several languages."""

    @property
    def value(self) -> T:
        """What is typed, cleaned; nothing's value while nothing (or nothing understood) is typed."""
        raise NotImplementedError

    def put(self, value: T) -> None:
        """Show a value."""
        raise NotImplementedError

    @property
    def draft(self) -> tuple[str, ...]:
        """Everything typed, as it stands in the editors; two drafts alike are the same typing."""
        raise NotImplementedError

    @property
    def missing(self) -> FormField | None:
        """The line where something needed is missing, or none."""
        empty = [line for line, text in zip(self.lines, self.draft, strict=False) if not text.strip()]
        return empty[0] if self.needed and empty else None

    @property
    def misunderstood(self) -> FormField | None:
        """The line whose text is no value of this field, or none."""
        return None

    def word(self, words: Speech) -> None:
        """Label every line in the language in force."""
        for line in self.lines:
            line.set_label(words(self.source))

    def _hear(self, *editors: QWidget) -> None:
        for editor in editors:
            editor.textChanged.connect(self._on_typed)  # type: ignore[attr-defined]  # editors of text

    @Slot()
    def _on_typed(self) -> None:
        for line in self.lines:
            line.say("plain")
        self.typed.emit()


class TextField(Field[str]):
    """One line of text."""

    def __init__(self, theme: Theme, key: str, source: str, *, needed: bool, parent: QWidget) -> None:
        super().__init__(key, source, needed=needed, parent=parent)
        self.editor = TextEdit(theme, parent)
        self.lines = [FormField(theme, key, self.editor, parent)]
        self._hear(self.editor)

    @property
    def value(self) -> str:
        """The text, its blanks made single."""
        return " ".join(self.editor.text().split())

    def put(self, value: str) -> None:
        """Show a text from its beginning."""
        self.editor.setText(value)
        self.editor.setCursorPosition(0)

    @property
    def draft(self) -> tuple[str, ...]:
        """The text as it stands."""
        return (self.editor.text(),)


class NumberField(TextField):
    """A whole number, or nothing."""

    @property
    def number(self) -> int | None:
        """The number typed, or None while there is none."""
        text = "".join(self.editor.text().split())
        return int(text) if text.isdecimal() else None

    def put_number(self, value: int | None) -> None:
        """Show a number, or nothing."""
        self.put("" if value is None else str(value))

    @property
    def misunderstood(self) -> FormField | None:
        """A text that is no number."""
        return self.lines[0] if self.editor.text().strip() and self.number is None else None


class LongEdit(QPlainTextEdit):
    """A text of a few lines; Tab leaves it, Enter is a new line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFont(theme.font("body"))
        self.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + 12)


class LongTextField(Field[str]):
    """A text of a few lines."""

    def __init__(self, theme: Theme, key: str, source: str, *, needed: bool, parent: QWidget) -> None:
        super().__init__(key, source, needed=needed, parent=parent)
        self.editor = LongEdit(theme, parent)
        self.lines = [FormField(theme, key, self.editor, parent)]
        self._hear(self.editor)

    @property
    def value(self) -> str:
        """The lines, without blanks at their ends and without empty ones at the end."""
        return "\n".join(line.strip() for line in self.editor.toPlainText().splitlines()).strip()

    def put(self, value: str) -> None:
        """Show a text."""
        self.editor.setPlainText(value)

    @property
    def draft(self) -> tuple[str, ...]:
        """The text as it stands."""
        return (self.editor.toPlainText(),)


class LineField(FormField):
    """A field whose caption stands at its left: one of several lines under a heading."""

    def __init__(self, theme: Theme, key: str, editor: QWidget, parent: QWidget) -> None:
        super().__init__(theme, key, editor, parent)
        column = self.layout()
        assert isinstance(column, QBoxLayout)  # noqa: S101 - what FormField lays out itself
        column.removeWidget(self.label)
        column.removeWidget(editor)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.label.setFixedWidth(_CAPTION)
        row.addWidget(self.label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(editor, 1)
        column.insertLayout(0, row)


class NamesField(Field[Names]):
    """A name in the four languages: a heading, a line for each; needed means needed in one at least."""

    def __init__(
        self, theme: Theme, key: str, source: str, *, needed: bool, parent: QWidget, long: bool = False
    ) -> None:
        super().__init__(key, source, needed=needed, parent=parent)
        self.heading = Label(theme, "small", "muted", parent=parent)
        make = LongEdit if long else TextEdit
        self.editors: dict[Lang, LongEdit | TextEdit] = {lang: make(theme, parent) for lang in LANGS}
        self.lines = [
            LineField(theme, f"{key}_{lang}", editor, parent) for lang, editor in self.editors.items()
        ]
        self._hear(*self.editors.values())

    @property
    def value(self) -> Names:
        """The four names."""
        return Names(**{lang: _cleaned(editor) for lang, editor in self.editors.items()})

    def put(self, value: Names) -> None:
        """Show four names."""
        for lang, editor in self.editors.items():
            _put(editor, getattr(value, lang))

    @property
    def draft(self) -> tuple[str, ...]:
        """The four texts as they stand."""
        return tuple(_text(editor) for editor in self.editors.values())

    @property
    def missing(self) -> FormField | None:
        """The first line, while the name is given in no language."""
        return self.lines[0] if self.needed and not any(text.strip() for text in self.draft) else None

    def word(self, words: Speech) -> None:
        """The heading in the language in force; each line is called by its language's own name."""
        heading = words(self.source)
        self.heading.setText(heading)
        for line, lang in zip(self.lines, LANGS, strict=True):
            line.set_label(OWN_NAMES[lang])
            line.editor.setAccessibleName(f"{heading}: {OWN_NAMES[lang]}")


def _text(editor: LongEdit | TextEdit) -> str:
    return editor.toPlainText() if isinstance(editor, LongEdit) else editor.text()


def _cleaned(editor: LongEdit | TextEdit) -> str:
    lines = (" ".join(line.split()) for line in _text(editor).splitlines())
    return "\n".join(line for line in lines if line)


def _put(editor: LongEdit | TextEdit, text: str) -> None:
    if isinstance(editor, LongEdit):
        editor.setPlainText(text)
    else:
        editor.setText(text)
        editor.setCursorPosition(0)


class DateField(Field["date | None"]):
    """A day, or none."""

    def __init__(self, theme: Theme, key: str, source: str, *, needed: bool, parent: QWidget) -> None:
        super().__init__(key, source, needed=needed, parent=parent)
        self.editor = DateEdit(theme, CENTURY, parent)
        self.lines = [FormField(theme, key, self.editor, parent)]
        self._hear(self.editor)

    @property
    def value(self) -> date | None:
        """The day typed, or None."""
        return self.editor.date

    def put(self, value: date | None) -> None:
        """Show a day, or nothing."""
        self.editor.set_date(value)

    @property
    def draft(self) -> tuple[str, ...]:
        """The text as it stands."""
        return (self.editor.text(),)

    @property
    def misunderstood(self) -> FormField | None:
        """A text that is no date."""
        return None if self.editor.understood else self.lines[0]


class MomentField(Field["datetime | None"]):
    """A day and an hour on a clock; `zone` is set before a moment is shown or read."""

    def __init__(
        self, theme: Theme, key: str, sources: tuple[str, str], *, needed: bool, parent: QWidget
    ) -> None:
        super().__init__(key, sources[0], needed=needed, parent=parent)
        self._hour_source = sources[1]
        self.zone: tzinfo | None = None
        self.day_edit = DateEdit(theme, CENTURY, parent)
        self.hour_edit = TimeEdit(theme, parent)
        self.lines = [
            FormField(theme, f"{key}_day", self.day_edit, parent),
            FormField(theme, f"{key}_hour", self.hour_edit, parent),
        ]
        self._hear(self.day_edit, self.hour_edit)

    @property
    def value(self) -> datetime | None:
        """The moment typed, or None while a part of it is missing."""
        return moment_typed(self.day_edit, self.hour_edit, self.zone) if self.zone is not None else None

    def put(self, value: datetime | None) -> None:
        """Show a moment, or nothing."""
        show_moment(self.day_edit, self.hour_edit, value, self.zone)

    @property
    def draft(self) -> tuple[str, ...]:
        """Day and hour as they stand."""
        return self.day_edit.text(), self.hour_edit.text()

    @property
    def misunderstood(self) -> FormField | None:
        """What is no date, or no hour."""
        if not self.day_edit.understood:
            return self.lines[0]
        return self.lines[1] if self.hour_edit.text().strip() and self.hour_edit.time is None else None

    def word(self, words: Speech) -> None:
        """Label day and hour."""
        self.lines[0].set_label(words(self.source))
        self.lines[1].set_label(words(self._hour_source))


class ChoiceField(Field[str]):
    """One of some things by code; which there are is asked again at every opening and in every language."""

    def __init__(
        self,
        theme: Theme,
        key: str,
        source: str,
        options: Callable[[], Sequence[Option]],
        *,
        needed: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(key, source, needed=needed, parent=parent)
        self._options = options
        self.editor = ChoiceEdit(theme, parent)
        self.lines = [FormField(theme, key, self.editor, parent)]
        self._hear(self.editor)
        self.editor.chosen.connect(self._on_typed)  # what was typed whole changes no text

    @property
    def value(self) -> str:
        """The code chosen; a text typed to its only meaning counts as chosen."""
        if not self.editor.code and self.editor.text().strip():
            self.editor.accept()
        return self.editor.code

    def put(self, value: str) -> None:
        """Show what has this code."""
        self.offer()
        self.editor.set_code(value)

    def offer(self) -> None:
        """Ask again what there is to choose from; what is typed and not chosen stays as typed."""
        typed = "" if self.editor.code else self.editor.text()
        self.editor.set_options(self._options())
        if typed:
            self.editor.setText(typed)

    @property
    def draft(self) -> tuple[str, ...]:
        """The code chosen, else what is typed."""
        return (self.editor.code or self.editor.text(),)

    @property
    def misunderstood(self) -> FormField | None:
        """A text that is none of the things."""
        return None if self.editor.code or not self.editor.text().strip() else self.lines[0]

    def word(self, words: Speech) -> None:
        """The label, and everything there is to choose from."""
        super().word(words)
        self.offer()


class TicksField(Field[tuple[str, ...]]):
    """Some of a few things, each ticked by Space; the first tick is what Enter comes to."""

    def __init__(
        self,
        theme: Theme,
        key: str,
        source: str,
        options: Callable[[], Sequence[Option]],
        *,
        needed: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(key, source, needed=needed, parent=parent)
        self._options = options
        self._theme = theme
        self.heading = Label(theme, "small", "muted", parent=parent)
        self.box = QWidget(parent)
        self._column = QVBoxLayout(self.box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.message_label = Label(theme, "small", "bad", parent=self.box)
        self.message_label.setWordWrap(True)
        self.message_label.hide()
        self._column.addWidget(self.message_label)
        self.ticks: dict[str, QCheckBox] = {}
        self.refilled: Callable[[], None] = _nothing
        """Told when ticks were made anew, so that the form can take them into its order."""

    @property
    def value(self) -> tuple[str, ...]:
        """The codes ticked, in the order shown."""
        return tuple(code for code, tick in self.ticks.items() if tick.isChecked())

    def put(self, value: tuple[str, ...]) -> None:
        """Tick these."""
        self.offer()
        for code, tick in self.ticks.items():
            tick.setChecked(code in value)

    @property
    def draft(self) -> tuple[str, ...]:
        """The codes ticked."""
        return self.value

    @property
    def missing(self) -> FormField | None:
        """The first tick, where one is needed and none is set."""
        return self.lines[0] if self.needed and not self.value and self.lines else None

    def offer(self) -> None:
        """Ask again what there is; what is ticked stays ticked."""
        options = self._options()
        if [option.code for option in options] != list(self.ticks):
            self._make(options)
        for option in options:
            self.ticks[option.code].setText(option.text)
            self.ticks[option.code].setAccessibleName(option.text)

    def _make(self, options: Sequence[Option]) -> None:
        ticked = self.value
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.ticks = {}
        self.lines = []
        for option in options:
            tick = QCheckBox(self.box)
            tick.setChecked(option.code in ticked)
            line = FormField(self._theme, f"{self.key}_{option.code}", tick, self.box)
            line.label.hide()
            tick.toggled.connect(self._on_typed)
            self.ticks[option.code] = tick
            self.lines.append(line)
            self._column.addWidget(line)
            line.show()  # one put into a box on view would come on view only later
        self.refilled()

    def word(self, words: Speech) -> None:
        """The heading, and everything there is to tick."""
        self.heading.setText(words(self.source))
        self.offer()


def _nothing() -> None:
    """Nobody listens."""


class TickField(Field[bool]):
    """One yes or no."""

    def __init__(self, theme: Theme, key: str, source: str, *, parent: QWidget) -> None:
        super().__init__(key, source, needed=False, parent=parent)
        self.editor = QCheckBox(parent)
        line = FormField(theme, key, self.editor, parent)
        line.label.hide()
        self.lines = [line]
        self.editor.toggled.connect(self._on_typed)

    @property
    def value(self) -> bool:
        """Whether it is ticked."""
        return self.editor.isChecked()

    def put(self, value: bool) -> None:  # noqa: FBT001 - the field's own value
        """Tick it or not."""
        self.editor.setChecked(value)

    @property
    def draft(self) -> tuple[str, ...]:
        """Whether it is ticked."""
        return ("x" if self.value else "",)

    def word(self, words: Speech) -> None:
        """What the tick says."""
        self.editor.setText(words(self.source))
        self.lines[0].editor.setAccessibleName(words(self.source))


class FileField(TextField):
    """The path of a file to read, typed or chosen; the button that chooses stands under it."""

    def __init__(
        self, theme: Theme, key: str, source: str, choose: str, filter_: str, *, needed: bool, parent: QWidget
    ) -> None:
        super().__init__(theme, key, source, needed=needed, parent=parent)
        self._choose = choose
        self._filter = filter_
        self.choose_button = KeyButton(theme, parent, icon="folder")
        self.choose_button.setObjectName(f"choose_{key}_button")
        self.choose_button.clicked.connect(self._on_choose_button_clicked)

    @property
    def value(self) -> str:
        """The path as typed: its blanks are part of it."""
        return self.editor.text().strip()

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.value).expanduser()

    def word(self, words: Speech) -> None:
        """The label and the button."""
        super().word(words)
        self.choose_button.setText(words(self._choose))
        self.choose_button.updateGeometry()

    @Slot()
    def _on_choose_button_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.choose_button, self.choose_button.text(), str(Path.home()), self._filter
        )
        if name:
            self.put(name)
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)


class PictureEdit(QWidget):
    """A small picture, and the buttons that choose one from a file or take it away."""

    changed = Signal()

    def __init__(self, context: PageContext, filter_: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._filter = filter_
        self._picture = b""
        self._pixmap = QPixmap()
        self.choose_button = KeyButton(context.theme, self, icon="folder")
        self.choose_button.setObjectName("choose_picture_button")
        self.remove_button = KeyButton(context.theme, self)
        self.remove_button.setObjectName("remove_picture_button")
        row = QHBoxLayout(self)
        row.setContentsMargins(_EMBLEM + 12, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choose_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        self.setMinimumHeight(_EMBLEM)
        self.setFocusProxy(self.choose_button)
        self.choose_button.clicked.connect(self._on_choose_button_clicked)
        self.remove_button.clicked.connect(self._on_remove_button_clicked)
        context.theme.changed.connect(self.update)

    @property
    def picture(self) -> bytes:
        """The picture's bytes, or nothing."""
        return self._picture

    def show_picture(self, picture: bytes) -> None:
        """Show a picture, or none."""
        self._picture = picture
        self._pixmap = QPixmap()
        if picture:
            self._pixmap.loadFromData(picture)
        self.remove_button.setVisible(bool(picture))
        self.update()

    def take(self, path: Path) -> None:
        """Take the file's bytes; what they are is judged when the form is saved."""
        try:
            picture = path.read_bytes()
        except OSError as error:
            self._context.tell_failure(error)
            return
        self.show_picture(picture)
        self.changed.emit()

    def word(self, choose: str, remove: str) -> None:
        """Word the buttons."""
        self.choose_button.setText(choose)
        self.remove_button.setText(remove)
        for button in (self.choose_button, self.remove_button):
            button.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the picture."""
        return QSize(240, _EMBLEM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the picture away."""
        if event.key() == Qt.Key.Key_Delete and self._picture:
            self._on_remove_button_clicked()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture in its frame at the left."""
        painter = QPainter(self)
        painter.setPen(self._context.theme.tokens.colour("muted"))
        painter.drawRect(0, 0, _EMBLEM - 1, _EMBLEM - 1)
        if not self._pixmap.isNull():
            ratio = self.devicePixelRatioF()
            inner = _EMBLEM - _FOUR
            scaled = self._pixmap.scaled(
                round(inner * ratio), round(inner * ratio),
                Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation,
            )  # fmt: skip
            scaled.setDevicePixelRatio(ratio)
            width, height = round(scaled.width() / ratio), round(scaled.height() / ratio)
            painter.drawPixmap((_EMBLEM - width) // 2, (_EMBLEM - height) // 2, scaled)

    @Slot()
    def _on_choose_button_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.choose_button.text(), str(Path.home()), self._filter)
        if name:
            self.take(Path(name))

    @Slot()
    def _on_remove_button_clicked(self) -> None:
        self.show_picture(b"")
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


class PictureField(Field[bytes]):
    """A picture out of a PNG file, or none."""

    def __init__(
        self, context: PageContext, key: str, source: str, verbs: tuple[str, str], *, parent: QWidget
    ) -> None:
        super().__init__(key, source, needed=False, parent=parent)
        self._verbs = verbs
        self.editor = PictureEdit(context, "PNG (*.png)", parent)
        self.lines = [FormField(context.theme, key, self.editor, parent)]
        self.editor.changed.connect(self._on_typed)

    @property
    def value(self) -> bytes:
        """The file's bytes."""
        return self.editor.picture

    def put(self, value: bytes) -> None:
        """Show a picture, or none."""
        self.editor.show_picture(value)

    @property
    def draft(self) -> tuple[str, ...]:
        """The picture, to be compared."""
        return (self.editor.picture.hex(),)

    def word(self, words: Speech) -> None:
        """Label and buttons."""
        super().word(words)
        self.editor.word(words(self._verbs[0]), words(self._verbs[1]))
        self.editor.choose_button.setAccessibleName(f"{words(self.source)}: {words(self._verbs[0])}")
