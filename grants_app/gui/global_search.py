"""The search over everything in the top bar: actions by their words, people by whatever the office finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from grants_app.gui.keys import COMMANDS
from grants_app.gui.widgets.search_popup import Found, SearchPopup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.widgets.editors import SearchField


class GlobalSearch(QObject):
    """Answers what is typed: pages and commands at once, people from the background."""

    def __init__(self, window: MainWindow, search_edit: SearchField) -> None:
        super().__init__(window)
        self._window = window
        self._edit = search_edit
        self.popup = SearchPopup(window.parts.theme, search_edit, window)
        self.popup.taken.connect(self._on_taken)
        search_edit.textEdited.connect(self._on_text_edited)

    def _acts(self, text: str) -> list[Found]:
        words, wanted = self._window.words, text.casefold()
        pages = [
            Found(words(entry.name), entry.icon, page_id=entry.page_id)
            for entry in self._window.parts.pages
            if wanted in words(entry.name).casefold()
        ]
        acts = [
            Found(words(command.text), command.icon or "more", command=command.id)
            for command in COMMANDS
            if command.scope != "focus"
            and command.id in self._window.available
            and wanted in words(command.text).casefold()
        ]
        return [*pages, *acts]

    def _everything(self, people: Sequence[Found]) -> list[Found]:
        text = self._edit.text().strip()
        among = Found(
            self._window.words("Applicants: {text}", text=text), "search", "applicants", {"search": text}
        )
        return [*people, among, *self._acts(text)] if text else []

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        self.popup.show_found(self._everything(()))
        find, desk, words = self._window.parts.find, self._window.parts.desk, self._window.words.current
        if find is not None and desk.open and text.strip():
            office = desk.office
            self._window.parts.tasks.run(
                lambda _task: find(office, text.strip(), words),
                done=self._on_people_found,
                failed=self._on_failed,
                key="frame.find",
            )

    @Slot(object)
    def _on_people_found(self, people: Sequence[Found]) -> None:
        if self._edit.hasFocus():
            self.popup.show_found(self._everything(people))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._window.context.tell_failure(error)

    @Slot(object)
    def _on_taken(self, found: Found) -> None:
        self._edit.clear()
        if found.command:
            self._window.do(found.command)
        else:
            self._window.stack.go(found.page_id, found.filter)
