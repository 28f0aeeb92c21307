"""Chords and commands as data, and the keys that must work under any layout; it knows no page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from grants_app.gui.widgets.row_copying import copy_rows
from grants_app.wording import mark

MenuId = Literal["file", "edit", "view", "go", "campaign", "help"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command of the menu bar: its id, sentence, chords as Qt writes them (the first one is shown).

    `scope` says who answers: the window itself, the page on view, or the widget with the focus.
    """

    id: str
    menu: MenuId
    text: str
    chords: tuple[str, ...] = ()
    scope: Literal["window", "page", "focus"] = "page"
    icon: str = ""
    gap: bool = False
    """Whether a separator stands before it."""


MENUS: tuple[tuple[MenuId, str], ...] = (
    ("file", mark("&File")),
    ("edit", mark("&Edit")),
    ("view", mark("&View")),
    ("go", mark("&Go")),
    ("campaign", mark("&Campaign")),
    ("help", mark("&Help")),
)

COMMANDS: tuple[Command, ...] = (
    Command(id="new", menu="file", text=mark("New application"), chords=("Ins",), icon="plus"),
    Command(
        id="open_file", menu="file", text=mark("Open another file…"), scope="window", icon="folder", gap=True
    ),
    Command(id="backup", menu="file", text=mark("Back up now…"), scope="window", icon="backup"),
    Command(id="second_backups", menu="file", text=mark("Second backup folder…"), scope="window"),
    Command(id="import", menu="file", text=mark("Import a list…"), scope="window", icon="import"),
    Command(id="export", menu="file", text=mark("Export this list…"), icon="export"),
    Command(
        id="print_preview", menu="file", text=mark("Print preview"), chords=("F9",), icon="print", gap=True
    ),
    Command(
        id="switch_officer",
        menu="file",
        text=mark("Switch officer…"),
        chords=("F12",),
        scope="window",
        icon="person",
        gap=True,
    ),
    Command(id="quit", menu="file", text=mark("Quit"), scope="window", gap=True),
    Command(
        id="undo_act", menu="edit", text=mark("Undo last action"), chords=("Alt+Backspace",), icon="undo"
    ),
    Command(id="undo", menu="edit", text=mark("Undo typing"), chords=("Ctrl+Z",), scope="focus"),
    Command(id="redo", menu="edit", text=mark("Redo typing"), chords=("Ctrl+Y",), scope="focus"),
    Command(id="cut", menu="edit", text=mark("Cut"), chords=("Ctrl+X",), scope="focus", gap=True),
    Command(id="copy", menu="edit", text=mark("Copy"), chords=("Ctrl+C",), scope="focus"),
    Command(id="paste", menu="edit", text=mark("Paste"), chords=("Ctrl+V",), scope="focus"),
    Command(id="select_all", menu="edit", text=mark("Select all"), chords=("Ctrl+A",), scope="focus"),
    Command(
        id="cycle_letter",
        menu="edit",
        text=mark("Change the letter before the cursor"),
        chords=("Ctrl+Space",),
        scope="focus",
    ),
    Command(id="add", menu="edit", text=mark("Add to the list"), chords=("Ins",), icon="plus", gap=True),
    Command(id="edit", menu="edit", text=mark("Edit"), chords=("F2",), icon="edit"),
    Command(id="take_away", menu="edit", text=mark("Remove or close"), chords=("Del",), icon="minus"),
    Command(id="move_up", menu="edit", text=mark("Move up"), chords=("Alt+Up",), icon="up"),
    Command(id="move_down", menu="edit", text=mark("Move down"), chords=("Alt+Down",), icon="down"),
    Command(
        id="save_next",
        menu="edit",
        text=mark("Save and next"),
        chords=("Ctrl+Return", "Ctrl+Enter"),
        icon="save",
    ),
    Command(
        id="field_history", menu="edit", text=mark("History of this field"), chords=("F7",), icon="history"
    ),
    Command(
        id="search",
        menu="edit",
        text=mark("Find a person, a number or an action"),
        chords=("Ctrl+Up",),
        scope="window",
        icon="search",
        gap=True,
    ),
    Command(id="next_match", menu="edit", text=mark("Next match"), chords=("F3",)),
    Command(id="next_problem", menu="edit", text=mark("Next problem"), chords=("F8",), icon="warning"),
    Command(id="recalculate", menu="view", text=mark("Recalculate"), chords=("F5",), icon="refresh"),
    Command(id="columns", menu="view", text=mark("Choose columns…"), icon="columns"),
    Command(id="big_table", menu="view", text=mark("Full-window table"), chords=("F11",), scope="window"),
    Command(id="next_region", menu="view", text=mark("Next pane"), chords=("F6",), scope="window"),
    Command(
        id="next_tab", menu="go", text=mark("Next tab of the page"), chords=("Ctrl+Tab",), scope="window"
    ),
    Command(
        id="previous_tab",
        menu="go",
        text=mark("Previous tab of the page"),
        chords=("Ctrl+Shift+Tab",),
        scope="window",
    ),
    Command(id="back", menu="go", text=mark("Back"), chords=("Alt+Left",), scope="window", icon="left"),
    Command(
        id="forward", menu="go", text=mark("Forward"), chords=("Alt+Right",), scope="window", icon="right"
    ),
    Command(id="person_card", menu="go", text=mark("Person's card"), chords=("F4",), icon="person"),
    Command(id="propose", menu="campaign", text=mark("Calculate the allocation"), icon="ranking"),
    Command(id="seal", menu="campaign", text=mark("Seal the run…"), icon="seal"),
    Command(id="next_campaign", menu="campaign", text=mark("Begin another year…"), icon="calendar", gap=True),
    Command(id="import_setup", menu="campaign", text=mark("Settings from a file…"), icon="import"),
    Command(id="export_setup", menu="campaign", text=mark("Save the settings to a file…"), icon="export"),
    Command(
        id="check", menu="campaign", text=mark("Check the database and the journal"), scope="window", gap=True
    ),
    Command(
        id="page_help",
        menu="help",
        text=mark("Help on this page"),
        chords=("F1",),
        scope="window",
        icon="help",
    ),
    Command(id="chords", menu="help", text=mark("All keys"), scope="window"),
    Command(id="about", menu="help", text=mark("About the program"), scope="window", gap=True),
)

FIELD_KEYS: tuple[tuple[str, str], ...] = (
    ("Enter", mark("Next field; accepts the highlighted list item")),
    ("Shift+Enter", mark("Previous field")),
    ("Alt+↓", mark("Open the list")),
    ("Ctrl+↓", mark("As in the previous application")),
    ("Space", mark("Tick")),
    ("Esc", mark("Close and keep the draft")),
    ("Ctrl+1…7", mark("Pages")),
    ("F10", mark("Open the menu")),
)
"""Keys that act inside a form; they belong to its widgets, not to the menu."""

_CYCLES = ("НҢ", "ОӨ", "УҮҰ", "АӘ", "ГҒ", "КҚ", "ХҺ", "ИІ")
LETTER_CYCLE: dict[str, str] = {
    letter: following
    for cycle in (*_CYCLES, *(c.lower() for c in _CYCLES))
    for letter, following in zip(cycle, cycle[1:] + cycle[0], strict=True)
}
"""Which letter follows which under Ctrl+Space, keeping the case."""

# Positions of Latin letters on the ЙЦУКЕН layouts (ru, kg, kz): the same key, whatever is printed on it.
_TWINS = dict(zip("ФИСВУАПРШОЛДЬТЩЗЙКЫЕГМЦЧНЯ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=True))
# Letters on keys that have signs on a Latin layout.
_OFF_LETTERS = dict(zip("ХЪЖЭБЮЁ", "[];',.`", strict=True))
_ACT_OF_LETTER = {
    "A": "select_all", "C": "copy", "V": "paste", "X": "cut", "Y": "redo", "Z": "undo",
}  # fmt: skip
_KEY_EVENTS = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)


_SHOWN_KEYS = (
    ("Return", "Enter"), ("Ins", "Insert"), ("Del", "Delete"),
    ("Up", "↑"), ("Down", "↓"), ("Left", "←"), ("Right", "→"),
)  # fmt: skip


def chord_text(chord: str) -> str:
    """A chord as it is shown on a button: `Ctrl+Return` is `Ctrl+Enter`, `Ins` is `Insert`."""
    last = chord.rsplit("+", maxsplit=1)[-1]
    for name, shown in _SHOWN_KEYS:
        if last == name:
            return chord[: len(chord) - len(name)] + shown
    return chord


def chord_of(command_id: str) -> str:
    """The shown chord of a command, or nothing."""
    for command in COMMANDS:
        if command.id == command_id:
            return chord_text(command.chords[0]) if command.chords else ""
    raise KeyError(command_id)


def latin_twin(key: int) -> str:
    """The Latin letter on the key a Cyrillic letter was typed with, or nothing."""
    return _TWINS.get(chr(key), "") if 0x400 <= key < 0x530 else ""  # noqa: PLR2004 - the Cyrillic block


def _place(key: int) -> str:
    """What a Latin layout has on the key this letter was typed with; nothing for keys that are no letters."""
    letter = chr(key).upper() if key < 0x530 else ""  # noqa: PLR2004 - the end of the Cyrillic block
    return _TWINS.get(letter, _OFF_LETTERS.get(letter, letter))


def open_menu(window: QWidget, place: str = "") -> bool:
    """Open the menu whose letter lies on this key, under whatever layout; without one the first menu.

    Qt knows a menu's letter only as the layout in force types it: under another layout it does nothing.
    """
    if not isinstance(window, QMainWindow):
        return False
    bar = window.menuBar()
    for action in bar.actions():
        _, sign, rest = action.text().partition("&")
        if not place or (sign and rest and _place(ord(rest[0].upper())) == place):
            bar.setActiveAction(action)
            return True
    return False


class LayoutKeys(QObject):
    """Makes Ctrl+C, V, X, Z, Y, A and Ctrl+Space work in every text field under Cyrillic layouts too.

    Qt sees Ctrl+С (Cyrillic) there and matches nothing (tried on X11). It follows the focus, so that only key
    presses of one widget pass through here, not every event of the application.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.focusChanged.connect(self._on_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Translate a key press; everything else passes."""
        if event.type() not in _KEY_EVENTS or not isinstance(watched, QWidget):
            return False
        press = cast("QKeyEvent", event)
        modifiers = press.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.AltModifier and press.key() == Qt.Key.Key_Backspace:
            # On Windows a line edit would take Alt+Backspace for its own undo; here it undoes the last act.
            return press.type() == QEvent.Type.ShortcutOverride
        if press.type() == QEvent.Type.KeyPress and modifiers == Qt.KeyboardModifier.AltModifier:
            # Alt itself comes first, on Windows as its own modifier: it must not open a menu under a chord.
            place = _place(press.key())
            return bool(place) and open_menu(watched.window(), place)
        if press.type() == QEvent.Type.KeyPress and press.key() == Qt.Key.Key_F10 and not modifiers:
            return open_menu(watched.window())
        if modifiers & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.ControlModifier:
            return self._translated(watched, press)
        return False

    def _translated(self, watched: QWidget, press: QKeyEvent) -> bool:
        if press.key() == Qt.Key.Key_Space:
            return self._cycle(watched, press)
        letter = latin_twin(press.key()) or ("Y" if press.key() == Qt.Key.Key_Y else "")
        # Ctrl+Y is ours under any layout: Qt redoes by Ctrl+Shift+Z alone on X11; the menu promises Ctrl+Y.
        act = _ACT_OF_LETTER.get(letter)
        if act is None or press.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        if press.type() == QEvent.Type.KeyPress:
            act_in_focus(act, watched)
        press.accept()
        return True

    @staticmethod
    def _cycle(watched: QWidget, press: QKeyEvent) -> bool:
        if text_field(watched) is None:
            return False
        if press.type() == QEvent.Type.ShortcutOverride:
            press.accept()
        else:
            cycle_letter(watched)
        return True


def text_field(widget: QWidget | None) -> QLineEdit | QTextEdit | QPlainTextEdit | None:
    """The field one types into there, or None; an editable list's is inside it."""
    if isinstance(widget, QComboBox):
        widget = widget.lineEdit()
    if isinstance(widget, (QLineEdit, QTextEdit, QPlainTextEdit)) and not widget.isReadOnly():
        return widget
    return None


def cycle_letter(widget: QWidget | None) -> None:
    """Turn the letter before the caret into the next one of its kind; text undo takes it back."""
    field = text_field(widget)
    if isinstance(field, QLineEdit):
        caret = field.cursorPosition()
        following = LETTER_CYCLE.get(field.text()[caret - 1 : caret] if caret else "")
        if following:
            field.setSelection(caret - 1, 1)
            field.insert(following)
    elif field is not None:
        cursor = field.textCursor()
        cursor.clearSelection()
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor)
        following = LETTER_CYCLE.get(cursor.selectedText())
        if following:
            cursor.insertText(following)


def act_in_focus(command_id: str, focus: QWidget | None = None) -> None:
    """Do a text command of the menu at the widget with the focus; what it cannot do, nothing does.

    The act itself is done: a key sent to a widget that leaves it comes back as the chord of the menu, which
    asks for the same act again without end.
    """
    focus = focus or QApplication.focusWidget()
    if isinstance(focus, QAbstractSpinBox):
        focus = focus.findChild(QLineEdit)
    if isinstance(focus, QComboBox):
        focus = focus.lineEdit()
    if isinstance(focus, (QLineEdit, QTextEdit, QPlainTextEdit)):
        _act_in_text(command_id, focus)
    elif isinstance(focus, QAbstractItemView):
        if command_id == "copy":
            copy_rows(focus)
        elif command_id == "select_all":
            focus.selectAll()


def _act_in_text(command_id: str, text: QLineEdit | QTextEdit | QPlainTextEdit) -> None:
    acts = {"copy": text.copy, "select_all": text.selectAll}
    if not text.isReadOnly():
        acts |= {"undo": text.undo, "redo": text.redo, "cut": text.cut, "paste": text.paste}
        acts["cycle_letter"] = lambda: cycle_letter(text)
    if command_id in acts:
        acts[command_id]()
