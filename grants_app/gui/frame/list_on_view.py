"""What the window can do with any list a page shows: the next match, a file, the printer, a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from grants_app.domain.papers import Divider
from grants_app.gui.dialogs.list_file import ListFileDialog
from grants_app.gui.table_models import Band
from grants_app.gui.widgets.editors import SearchField
from grants_app.gui.widgets.tables import LinesTable
from grants_app.services import exports

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.papers import Table
    from grants_app.gui.page import Page, PageContext


class ListOnView(QObject):
    """Answers the commands about lists where the page on view has no answer of its own."""

    def __init__(
        self,
        context: PageContext,
        page: Callable[[], Page | None],
        may_write: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._page, self._may_write, self._window = context, page, may_write, parent

    @property
    def table(self) -> LinesTable | None:
        """The list with the focus, else the first one on view."""
        page = self._page()
        if page is None:
            return None
        tables = [table for table in page.findChildren(LinesTable) if table.isVisible()]
        focus = QApplication.focusWidget()
        return next((table for table in tables if table is focus), next(iter(tables), None))

    @property
    def _search(self) -> SearchField | None:
        page = self._page()
        fields = page.findChildren(SearchField) if page is not None else []
        return next((field for field in fields if field.isVisible()), None)

    def commands(self) -> dict[str, Callable[[], object]]:
        """What may be done with the list on view now."""
        table = self.table
        offered: dict[str, Callable[[], object]] = {}
        if table is not None and self._search is not None:
            offered["next_match"] = self.next_match
        if table is not None and table.lines.rowCount() and self._may_write():
            offered |= {"export": self.export, "print_preview": self.preview}
        return offered

    def next_match(self) -> None:
        """F3: the next line the search found, round and round; without a search, to its field."""
        table, search = self.table, self._search
        if table is None or search is None:
            return
        rows = table.lines.rowCount()
        if not search.text().strip() or not rows:
            search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        table.choose_row((table.currentIndex().row() + 1) % rows)

    def export(self) -> None:
        """The list on view as a file."""
        self._open("file")

    def preview(self) -> None:
        """F9: the pages of the list on view, and the printer."""
        self._open("print")

    def _open(self, what: str) -> None:
        table, page = self.table, self._page()
        if table is None or page is None:
            return
        dialog = ListFileDialog(self._context, self._made(table, page), page.page_id, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        dialog.begin_with(what)

    def _made(self, table: LinesTable, page: Page) -> Table:
        header = table.horizontalHeader()
        places = [header.logicalIndex(place) for place in range(header.count())]
        columns = [table.lines.columns[place] for place in places if not table.isColumnHidden(place)]
        columns = [column for column in columns if column.title()]
        rows: list[tuple[str, ...]] = []
        dividers = []
        for line in table.lines.every_line():
            if isinstance(line, Band):
                dividers.append(Divider(len(rows), line.text))
            else:
                rows.append(tuple(column.text(line) for column in columns))
        headings = [column.title() for column in columns]
        title = table.accessibleName() or page.title()
        words = self._context.words.current
        return exports.shown(self._context.office, words, title, headings, rows, tuple(dividers))
