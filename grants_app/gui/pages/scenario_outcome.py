"""What a scenario comes to: who gains and who loses, the grants by group, what hangs by a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from grants_app.domain.scenario import DIMENSIONS
from grants_app.gui.pages.scenario_rows import (
    DIMENSION_NAMES,
    Row,
    change_rows,
    fragile_note,
    fragile_rows,
    notes,
    summary,
    total_rows,
)
from grants_app.gui.table_models import ChipText, Column, LinesModel
from grants_app.gui.theme import HEADER_HEIGHT
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.wording import mark

if TYPE_CHECKING:
    from grants_app.domain.sensitivity import Sensitivity
    from grants_app.gui.page import PageContext
    from grants_app.services.naming import Naming
    from grants_app.services.scenarios import Held, Outcome

_CHANGES = (
    (mark("What"), "word", 140),
    (mark("No."), "no", 70),
    (mark("Name"), "name", 140),
    (mark("Before"), "before", 126),
    (mark("After"), "after", 126),
)
_TOTALS = (
    (mark("Group"), "name", 200),
    (mark("Before"), "had", 84),
    (mark("After"), "has", 84),
    (mark("Difference"), "difference", 84),
)
_NARROW_COLUMN = 120
_FRAGILE = (
    (mark("No."), "no", 66),
    (mark("Name"), "name", 160),
    (mark("Programme"), "programme", _NARROW_COLUMN),
    (mark("What it depends on"), "why", 340),
    (mark("Holder afterwards"), "after", _NARROW_COLUMN),
    (mark("Instead"), "instead", 84),
)


class OutcomePanel(QWidget):
    """The answer: a sentence that counts, the two tables under each other, or what hangs by a thread."""

    thread_wanted = Signal()
    export_wanted = Signal()
    person_wanted = Signal(str)
    """The card of the application with this number."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        theme = context.theme
        self._shown: tuple[Naming, Held, Outcome] | None = None
        self.summary_label = Label(theme, "bold", parent=self)
        self.summary_label.setMinimumWidth(40)
        self.summary_label.setWordWrap(True)
        self.thread_button = KeyButton(theme, self, icon="link")
        self.thread_button.setObjectName("thread_button")
        self.export_button = KeyButton(theme, self, icon="export")
        self.export_button.setObjectName("scenario_export_button")
        self.note_label = Label(theme, "small", "muted", parent=self)
        self.note_label.setWordWrap(True)
        self.changes_table = self._table(_CHANGES, ("no",), "scenario_changes_table")
        self.unchanged = EmptyState(theme, "check", self)
        self.changes = QStackedWidget(self)
        self.changes.addWidget(self.changes_table)
        self.changes.addWidget(self.unchanged)
        self.dimension_tabs = TabRow(theme, DIMENSIONS, self)
        self.totals_table = self._table(_TOTALS, (), "scenario_totals_table")
        self.fragile_table = self._table(_FRAGILE, ("instead", "programme"), "fragile_table")
        self.nothing_fragile = EmptyState(theme, "check", self)
        self.state = EmptyState(theme, "hourglass", self)
        self.stack = QStackedWidget(self)
        self.both = self._both()
        for widget in (self.state, self.both, self.fragile_table, self.nothing_fragile):
            self.stack.addWidget(widget)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        layout = flush_column(self)
        layout.addWidget(self._bar())
        layout.addWidget(self.note_label)
        layout.addWidget(Hairline(self.context.theme, self))
        layout.addWidget(self.stack, 1)
        self.dimension_tabs.chosen.connect(self._on_dimension_chosen)
        self.thread_button.clicked.connect(self.thread_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        for table in (self.changes_table, self.fragile_table):
            table.line_opened.connect(self._on_line_opened)

    def _bar(self) -> QWidget:
        held = QWidget(self)
        held.setFixedHeight(HEADER_HEIGHT)
        bar = QHBoxLayout(held)
        bar.setContentsMargins(14, 0, 10, 0)
        bar.setSpacing(8)
        bar.addWidget(self.summary_label, 1)
        bar.addWidget(self.thread_button)
        bar.addWidget(self.export_button)
        self.note_label.setContentsMargins(14, 0, 14, 6)
        return held

    def _both(self) -> QWidget:
        both = QWidget(self)
        layout = flush_column(both)
        self.dimension_tabs.setFixedHeight(34)
        for button in self.dimension_tabs.buttons.values():
            button.setFixedHeight(34)
        layout.addWidget(self.changes, 3)
        layout.addWidget(Hairline(self.context.theme, both))
        layout.addWidget(self.dimension_tabs)
        layout.addWidget(self.totals_table, 2)
        return both

    def _table(self, headings: Any, spare: tuple[str, ...], name: str) -> FittedTable:  # noqa: ANN401 - constants above
        model = LinesModel([self._column(*heading) for heading in headings], self)
        table = FittedTable(self.context.theme, model, spare, self)
        table.setObjectName(name)
        return table

    def _column(self, title: str, key: str, width: int) -> Column:
        words = self.words
        number = key in ("had", "has")
        chip = key in ("word", "difference")

        def chips(row: Row) -> tuple[ChipText, ...]:
            return (ChipText(row.chip, row.cells[key]),)

        return Column(
            key=key,
            title=lambda: words(title),
            text=lambda row: row.cells[key],
            width=width,
            align="right" if number else "left",
            chips=chips if chip else None,
            tone="muted" if key == "no" else "text",
            bold=key == "name",
            stretch=key in ("name", "why", "before", "after") and width > _NARROW_COLUMN,
        )

    # ---- showing ----------------------------------------------------------------------------------------

    def show_state(self, sentence: str, icon: str = "hourglass", button: str = "") -> None:
        """Say in place of the tables what is going on."""
        self.state.show_state(sentence, button, icon)
        self.stack.setCurrentWidget(self.state)
        self.summary_label.setText("")
        self.note_label.hide()
        self.export_button.setEnabled(False)
        self.export_button.explain(self.words("There is no outcome to save yet."))

    def show_outcome(self, naming: Naming, held: Held, outcome: Outcome) -> None:
        """Show what a scenario comes to."""
        self._shown = (naming, held, outcome)
        words = self.words
        rows = change_rows(naming, held, outcome)
        self.changes_table.lines.show_all(rows)
        self.changes_table.choose_row(0)
        self.unchanged.show_state(words("No one gains or loses a grant."))
        self.changes.setCurrentWidget(self.changes_table if rows else self.unchanged)
        self.summary_label.setText(summary(words, outcome))
        self.note_label.setText(" ".join(notes(naming, held, outcome)))
        self.note_label.show()
        self._show_totals()
        self.export_button.setVisible(True)
        self.export_button.setEnabled(True)
        self._word_thread_button(mark("Sensitivity"), "")
        self.stack.setCurrentWidget(self.both)

    def show_fragile(self, naming: Naming, held: Held, found: Sensitivity) -> None:
        """Show the grants that hang by a thread."""
        words = self.words
        rows = fragile_rows(naming, held, found)
        self.fragile_table.lines.show_all(rows)
        self.nothing_fragile.show_state(words("No grant depends on a small change."))
        self.stack.setCurrentWidget(self.fragile_table if rows else self.nothing_fragile)
        holders = len(found.holders())
        self.summary_label.setText(
            words.plural(
                "{n} grant depends on a small change", "{n} grants depend on a small change", holders
            )
        )
        self.note_label.setText(fragile_note(words, found))
        self.note_label.show()
        self.export_button.setVisible(False)
        self._word_thread_button(mark("Back to the comparison"), "Esc")
        self.fragile_table.choose_row(0)
        self.fragile_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Word headings and buttons; the tab shows the answer again."""
        words = self.words
        self._word_thread_button(mark("Sensitivity"), "")
        self.export_button.setText(words("Export…"))
        self.export_button.updateGeometry()
        for key, title in DIMENSION_NAMES.items():
            self.dimension_tabs.set_word(key, words(title))
        for table in (self.changes_table, self.totals_table, self.fragile_table):
            table.lines.retranslate()

    def show_panel(self, panel: QWidget) -> None:
        """Show something else in place of the tables, such as where to write them."""
        if self.stack.indexOf(panel) < 0:
            self.stack.addWidget(panel)
        self.stack.setCurrentWidget(panel)

    def _word_thread_button(self, text: str, chord: str) -> None:
        self.thread_button.setText(self.words(text))
        self.thread_button.set_chord(chord)
        self.thread_button.updateGeometry()

    def _show_totals(self) -> None:
        if self._shown is not None:
            naming, _, outcome = self._shown
            dimension = self.dimension_tabs.current
            tallies = next(found for one, found in outcome.totals.items() if one == dimension)
            self.totals_table.lines.show_all(total_rows(naming, dimension, tallies))

    def _on_dimension_chosen(self, _dimension: str) -> None:
        self._show_totals()

    def _on_line_opened(self, row: Row) -> None:
        self.person_wanted.emit(row.cells["no"])
