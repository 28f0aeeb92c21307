"""The menu bar made from the command table; it says which command was chosen and does nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from grants_app.gui.keys import COMMANDS, MENUS
from grants_app.gui.widgets.bars import LANGUAGES
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QMainWindow, QMenu

    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

_LANGUAGE_NAMES = {"ru": "Русский", "kk": "Қазақша", "ky": "Кыргызча", "en": "English"}
_MODES = (("light", mark("Light")), ("dark", mark("Dark")), ("system", mark("Use system setting")))


class Menus(QObject):
    """The window's menu bar; every command's action carries its chord."""

    command_chosen = Signal(str)
    page_chosen = Signal(str)
    language_chosen = Signal(str)
    mode_chosen = Signal(str)

    def __init__(
        self, window: QMainWindow, words: Speech, theme: Theme, pages: Sequence[tuple[str, Callable[[], str]]]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._words = words
        self._theme = theme
        self._pages = tuple(pages)
        self.actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        for menu_id, _text in MENUS:
            self._menus[menu_id] = window.menuBar().addMenu("")
            self._menus[menu_id].setToolTipsVisible(True)
        self._add_pages()
        self._add_commands()
        self._language_menu, self._languages = self._add_group(
            "language",
            tuple(_LANGUAGE_NAMES[lang] for lang, _short in LANGUAGES),
            [lang for lang, _s in LANGUAGES],
        )
        self._mode_menu, self._modes = self._add_group("mode", ("", "", ""), [mode for mode, _text in _MODES])
        for group in (self._languages, self._modes):
            group.triggered.connect(self._on_group_triggered)
        theme.changed.connect(self._on_theme_changed)
        self.retranslate()

    def _add_pages(self) -> None:
        for number, (page_id, _text) in enumerate(self._pages, start=1):
            action = self._action(f"page.{page_id}", (f"Ctrl+{number}",))
            self._menus["go"].addAction(action)
        self._menus["go"].addSeparator()

    def _add_commands(self) -> None:
        for command in COMMANDS:
            menu = self._menus[command.menu]
            if command.gap:
                menu.addSeparator()
            menu.addAction(self._action(command.id, command.chords))

    def _action(self, action_id: str, chords: Sequence[str]) -> QAction:
        action = QAction(self._window)
        action.setObjectName(action_id)
        action.setShortcuts([QKeySequence(chord) for chord in chords])
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.triggered.connect(self._on_action_triggered)
        self._window.addAction(action)  # so that chords work while the menu bar is hidden
        self.actions[action_id] = action
        return action

    def _add_group(
        self, name: str, texts: Sequence[str], values: Sequence[str]
    ) -> tuple[QMenu, QActionGroup]:
        menu = self._menus["view"].addMenu("")
        group = QActionGroup(self)
        for text, value in zip(texts, values, strict=True):
            action = QAction(text, group)
            action.setCheckable(True)
            action.setObjectName(f"{name}.{value}")
            menu.addAction(action)
        return menu, group

    def retranslate(self) -> None:
        """Word everything again, and mark the language and appearance in force."""
        for menu_id, text in MENUS:
            self._menus[menu_id].setTitle(self._words(text))
        for page_id, page_text in self._pages:
            self.actions[f"page.{page_id}"].setText(page_text())
        for command in COMMANDS:
            self.actions[command.id].setText(self._words(command.text))
        self._language_menu.setTitle(self._words("Language"))
        self._mode_menu.setTitle(self._words("Appearance"))
        for action, (_mode, text) in zip(self._modes.actions(), _MODES, strict=True):
            action.setText(self._words(text))
        for action in (*self._languages.actions(), *self._modes.actions()):
            action.setChecked(action.objectName().split(".")[1] in (self._words.lang, self._theme.mode))
        self._on_theme_changed()

    def set_available(
        self, command_ids: frozenset[str], hidden: frozenset[str], why_not: Mapping[str, str]
    ) -> None:
        """Grey what the page on view cannot do, and say why where it knows; hide what nobody answers."""
        for command in COMMANDS:
            action = self.actions[command.id]
            action.setVisible(command.id not in hidden)
            action.setEnabled(command.scope == "focus" or command.id in command_ids)
            action.setToolTip("" if action.isEnabled() else why_not.get(command.id, ""))

    def word_item(self, command_id: str, text: str, tip: str) -> None:
        """Name a command by what it would do now, with a sentence of its own."""
        self.actions[command_id].setText(text)
        self.actions[command_id].setToolTip(tip)

    @Slot()
    def _on_theme_changed(self) -> None:
        for command in COMMANDS:
            if command.icon:
                self.actions[command.id].setIcon(self._theme.icon(command.icon))

    @Slot()
    def _on_action_triggered(self) -> None:
        action_id = self.sender().objectName()
        if action_id.startswith("page."):
            self.page_chosen.emit(action_id.removeprefix("page."))
        else:
            self.command_chosen.emit(action_id)

    @Slot(QAction)
    def _on_group_triggered(self, action: QAction) -> None:
        name, value = action.objectName().split(".")
        (self.language_chosen if name == "language" else self.mode_chosen).emit(value)
