"""Remembers how each officer arranged each list: widths, order, columns, sort; it knows no page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject

from grants_app.gui.widgets.tables import Arrangement, LinesTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings

    from grants_app.gui.page import Page


class KeptLists(QObject):
    """Takes up the lists of pages as they come on view, and keeps what the officer at the desk does to them.

    It is kept on this machine, in the window's own file, under the officer's name, the page and the list.
    """

    def __init__(
        self,
        settings: QSettings,
        officer: Callable[[], str],
        page: Callable[[], Page | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._settings, self._officer, self._page = settings, officer, page
        self._taken: WeakKeyDictionary[LinesTable, str] = WeakKeyDictionary()

    def take_up(self) -> None:
        """Arrange the lists of the page on view as the officer left them; the others stay as they are."""
        page, officer = self._page(), self._officer()
        if page is None or not officer:
            return
        for table in page.findChildren(LinesTable):
            key = _key(officer, page, table)
            if self._taken.get(table) == key:
                continue
            known = table in self._taken
            self._taken[table] = key
            kept = self._kept(key)
            if kept is not None or known:
                table.arrange(kept or Arrangement())
            if not known:
                table.arranged.connect(self._on_arranged)

    def _kept(self, key: str) -> Arrangement | None:
        text = self._settings.value(key)
        if not isinstance(text, str):
            return None
        try:
            return Arrangement.of(json.loads(text))
        except (ValueError, TypeError, KeyError):
            return None  # of another version, or spoilt: the list stands as it was made

    def _on_arranged(self) -> None:
        table = self.sender()
        if isinstance(table, LinesTable) and table in self._taken:
            self._settings.setValue(self._taken[table], json.dumps(table.arrangement().told()))


def _key(officer: str, page: Page, table: LinesTable) -> str:
    """Lists with a name by it, the others by what their columns are."""
    name = table.objectName() or "-".join(column.key for column in table.lines.columns)
    return "/".join(part.replace("/", "-") for part in ("lists", officer, page.page_id, name))
