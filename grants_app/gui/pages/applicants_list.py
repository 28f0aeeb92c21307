"""The list of applicants: search as you type, filters, columns, sorting; it opens no form."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from grants_app.domain.errors import Refused
from grants_app.gui.pages.applicants_columns import ColumnChooser, columns
from grants_app.gui.pages.applicants_filters import FilterMenu
from grants_app.gui.table_models import BLOCK, LinesModel, Order
from grants_app.gui.widgets.buttons import IconButton, KeyButton
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.editors import SearchField
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.tables import LinesTable
from grants_app.services import intake

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grants_app.domain.application import ApplicationLine
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_words import EntryWords


FILTERS = ("state", "flag", "branch", "pool", "numbers")


class Asked(TypedDict):
    """What the list is asked by."""

    search: str
    filters: Mapping[str, str]
    sort: str
    descending: bool


class ApplicantsList(QWidget):
    """The table, what stands instead of an empty one, the line under it; its controls are the header's."""

    line_chosen = Signal(object)
    line_opened = Signal(object)
    new_wanted = Signal()
    import_wanted = Signal()
    settings_wanted = Signal()
    read = Signal(int, int)
    """`read(everybody, shown)`: the list was read."""

    def __init__(self, context: PageContext, words: EntryWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        theme = context.theme
        self._everybody = 0
        self._shown = 0
        self.lacking = ""
        """Why nobody can apply yet, in words; the page asks."""
        self._quiet = False
        self.note = ""
        self._wanted: int | None = None
        self.search_edit = SearchField(theme, self)
        self.search_edit.setObjectName("applicants_search_edit")
        self.search_edit.setMinimumWidth(120)
        self.search_edit.setMaximumWidth(300)
        self.filter_button = KeyButton(theme, self, icon="filter")
        self.filter_button.setObjectName("filter_button")
        self.columns_button = IconButton(theme, "columns", self, 28)
        self.columns_button.setObjectName("columns_button")
        self.filter_menu = FilterMenu(context, words, self)
        self.model = LinesModel(columns(words, context), self)
        self.table = LinesTable(theme, self.model, self)
        self.table.setObjectName("applicants_table")
        self.chooser = ColumnChooser(self.table, self.columns_button)
        self.table.installEventFilter(self)
        self.empty_state = EmptyState(theme, "applicants", self)
        self.count_label = Label(theme, "small", "muted", parent=self)
        self.count_label.setContentsMargins(14, 4, 8, 5)
        self.stack = QStackedLayout()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty_state)
        layout = flush_column(self)
        layout.addLayout(self.stack, 1)
        layout.addWidget(self.count_label)
        self._connect()

    def _connect(self) -> None:
        self.search_edit.textChanged.connect(self._on_search_changed)
        self.search_edit.down_pressed.connect(self._on_down_pressed)
        self.search_edit.returnPressed.connect(self._on_down_pressed)
        self.search_edit.left.connect(self._on_search_left)
        self.filter_button.clicked.connect(self._on_filter_button_clicked)
        self.filter_menu.chosen.connect(self.refresh)
        self.table.line_chosen.connect(self._on_line_chosen)
        self.table.line_opened.connect(self.line_opened)
        self.table.clicked.connect(self._on_clicked)
        self.model.order_chosen.connect(self._on_order_chosen)
        self.model.failed.connect(self._on_failed)
        self.empty_state.pressed.connect(self._on_empty_pressed)

    # ---- reading ---------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Read the list again; the line looked at stays the one looked at."""
        self._read(again=True)

    @Slot()
    def _on_search_changed(self) -> None:
        """Another search looks among the same people."""
        self._read(again=not self._everybody)

    def _read(self, *, again: bool) -> None:
        wanted = self.chosen_id if self._wanted is None else self._wanted
        try:
            total, first = self._page(0, BLOCK, self.model.order)
            filtered = bool(self.search_edit.text().strip() or self.filter_menu.filters())
            if again or not filtered:
                self._everybody = intake.lines(self.context.office, limit=1)[0] if filtered else total
        except Refused as refusal:
            self.context.tell_failure(refusal)
            self._show_empty(self.words("The list could not be read."), self.words("Try again"))
            return
        self._shown = total
        self._quiet = True
        self.word_filter()
        self.model.show(total, self._lines, first)
        self._quiet = False
        if wanted is not None:
            self.choose(wanted)
        self._word_count()
        self._show_state()
        self.read.emit(self._everybody, total)

    def _lines(self, offset: int, limit: int, order: Order) -> tuple[ApplicationLine, ...]:
        return tuple(self._page(offset, limit, order)[1])

    def _page(self, offset: int, limit: int, order: Order) -> tuple[int, Sequence[ApplicationLine]]:
        return intake.lines(self.context.office, **self._asked(order), limit=limit, offset=offset)

    def _asked(self, order: Order) -> Asked:
        return {
            "search": self.search_edit.text(),
            "filters": self.filter_menu.filters(),
            "sort": order.key or "name",
            "descending": order.descending,
        }

    def place(self) -> QWidget:
        """Where the focus goes: the rows; where none match what was typed, there; else what helps on."""
        if self.stack.currentWidget() is self.table:
            return self.table
        searched = bool(self.search_edit.text())
        return (None if searched else self.empty_state.place()) or self.search_edit

    def _show_state(self) -> None:
        if self._shown:
            self.stack.setCurrentWidget(self.table)
        elif self._everybody:
            self._show_empty(
                self.words("No one matches this search and filter."), self.words("Show all"), "search"
            )
        elif self.lacking:
            self._show_empty(self.lacking, self.words("Open the settings"), "campaign")
        else:
            self._show_empty(
                self.words("No applications yet. Press Insert to enter the first one, or import a list."),
                self.words("Import a list…"),
                "applicants",
            )

    def _show_empty(self, sentence: str, button: str, icon: str = "warning") -> None:
        self.empty_state.show_state(sentence, button, icon)
        self.stack.setCurrentWidget(self.empty_state)

    def _word_count(self) -> None:
        everybody = self.words.plural("{n} application", "{n} applications", self._everybody)
        if self._shown != self._everybody:
            everybody += " · " + self.words("{n} shown", n=self._shown)
        if self.note:
            everybody = f"{self.note} · {everybody}"
        self.count_label.setText(everybody)

    def set_note(self, note: str) -> None:
        """Say something in front of the figures under the list."""
        self.note = note
        self._word_count()

    # ---- what is looked at -----------------------------------------------------------------------------

    @property
    def chosen_id(self) -> int | None:
        """The application the cursor is on."""
        line = self.table.current_line()
        return line.id if line is not None else None

    def choose(self, application: int) -> bool:
        """Put the cursor on an application, if the list shows it."""
        row = self.model.find(lambda line: line.id == application)
        if row < 0:
            row = self._row_of(application)
        self._wanted = None
        if row < 0:
            return False
        self._quiet = True
        self.table.choose_row(row)
        self._quiet = False
        return True

    def _row_of(self, application: int) -> int:
        """Where the list as it is asked now has an application it has not read yet; -1 where it has not."""
        place = intake.place(self.context.office, application, **self._asked(self.model.order))
        return -1 if place is None or place >= self.model.rowCount() else place

    def step(self, rows: int) -> ApplicationLine | None:
        """Go some rows on; the line there, None past the end."""
        row = self.table.currentIndex().row() + rows
        if not 0 <= row < self.model.rowCount():
            return None
        self._quiet = True
        self.table.choose_row(row)
        self._quiet = False
        line: ApplicationLine | None = self.table.current_line()
        return line

    def show_filter(self, filters: Mapping[str, str]) -> None:
        """Show what another page asked for: a search, states, marks, a branch."""
        self.search_edit.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.search_edit.setText(filters.get("search", ""))
        self.search_edit.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.filter_menu.take({name: filters[name] for name in FILTERS if name in filters})

    @property
    def filters(self) -> dict[str, str]:
        """What the list is filtered by now, for `show_filter`."""
        search = self.search_edit.text().strip()
        return self.filter_menu.filters() | ({"search": search} if search else {})

    @Slot(object)
    def _on_line_chosen(self, line: object) -> None:
        if not self._quiet:
            self.line_chosen.emit(line)

    @Slot()
    def _on_clicked(self) -> None:
        """A press on the line marked already opens it too."""
        self._on_line_chosen(self.table.current_line())

    @Slot(object)
    def _on_order_chosen(self, _order: object) -> None:
        self.refresh()

    @Slot()
    def _on_down_pressed(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if self.table.current_line() is None:
                self.table.choose_row(0)

    @Slot()
    def _on_search_left(self) -> None:
        self.place().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.context.tell_failure(error)

    @Slot()
    def _on_empty_pressed(self) -> None:
        if self._everybody:
            self.search_edit.clear()
            self.filter_menu.clear_ticks()
        elif self.lacking:
            self.settings_wanted.emit()
        else:
            self.import_wanted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters typed on the list go into the search; coming to it marks the first line only."""
        if (
            watched is self.table
            and event.type() == QEvent.Type.FocusIn
            and not self.table.currentIndex().isValid()
        ):
            self._quiet = True
            self.table.choose_row(0)
            self._quiet = False
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text = event.text()
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and text and text.isprintable() and text != " ":
                self.search_edit.setFocus(Qt.FocusReason.OtherFocusReason)
                self.search_edit.setText(self.search_edit.text() + text)
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_filter_button_clicked(self) -> None:
        self.filter_menu.popup(self.filter_button.mapToGlobal(self.filter_button.rect().bottomLeft()))

    def retranslate(self) -> None:
        """Word everything again."""
        self.search_edit.setPlaceholderText(self.words("Name, number, PIN or phone"))
        self.search_edit.setAccessibleName(self.words("Search among the applicants"))
        self.filter_menu.retranslate()
        self.word_filter()
        self.columns_button.set_meaning(self.words("Choose columns"))
        self.model.retranslate()
        self._word_count()
        self._show_state()

    def word_filter(self) -> None:
        """Show on the button what is filtered."""
        self.filter_button.setText(self.filter_menu.text())
        self.filter_button.updateGeometry()
