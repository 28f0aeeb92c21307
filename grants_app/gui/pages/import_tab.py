"""The tab Import: choose files, see how they were understood and what would change, then apply it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from grants_app.domain.errors import Refused
from grants_app.gui.pages.import_tab_controls import ImportControls
from grants_app.gui.pages.import_tab_rows import RowLine, RowPanel, SheetLine, row_columns, sheet_columns
from grants_app.gui.table_models import LinesModel
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.editors import ChoiceEdit, Option, TextEdit
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.tables import LinesTable
from grants_app.services import imports

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_words import EntryWords
    from grants_app.gui.tasks import Task
    from grants_app.gui.widgets.page_header import PageHeader
    from grants_app.services.imports import Imported, ImportPlan

PROBLEMS = "problems"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the user asked to look at."""

    files: tuple[Path, ...]
    branch: str


class ImportTab(QWidget):
    """Dry run first; nothing is written before Apply, then all of it or nothing."""

    imported = Signal(object)
    """`imported(Changed)`: a plan was applied."""

    def __init__(self, context: PageContext, words: EntryWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self._named = words
        self.plan: ImportPlan | None = None
        self._asked = _Asked((), "")
        self._header: PageHeader | None = None
        theme = context.theme
        self.controls = ImportControls(context, self)
        self.empty_state = EmptyState(theme, "import", self)
        self.sheet_model = LinesModel(sheet_columns(context.words, words), self)
        self.sheet_table = LinesTable(theme, self.sheet_model, self)
        self.sheet_table.setObjectName("import_sheets_table")
        self.show_edit = ChoiceEdit(theme, self)
        self.show_edit.setFixedWidth(230)
        self.count_label = Label(theme, "small", "muted", parent=self)
        self.row_model = LinesModel(row_columns(context.words, words), self)
        self.row_table = LinesTable(theme, self.row_model, self)
        self.row_table.setObjectName("import_rows_table")
        self.panel = RowPanel(theme, context.words, words, self)
        self.skip_tick = QCheckBox(self)
        self.skip_tick.setObjectName("skip_errors_tick")
        self.accept_tick = QCheckBox(self)
        self.accept_tick.setObjectName("accept_warnings_tick")
        self.reason_edit = TextEdit(theme, self)
        self.reason_edit.setObjectName("import_reason_edit")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = self.context.theme
        shown = QWidget(self)
        between = QHBoxLayout()
        between.setContentsMargins(14, 6, 14, 6)
        between.setSpacing(10)
        between.addWidget(self.show_edit)
        between.addWidget(self.count_label, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(between)
        left.addWidget(self.row_table, 1)
        rows = QHBoxLayout()
        rows.setSpacing(0)
        rows.addLayout(left, 1)
        self.panel.setFixedWidth(340)
        rows.addWidget(self.panel)
        self.answers = QWidget(self)
        answer_row = QHBoxLayout(self.answers)
        answer_row.setContentsMargins(14, 6, 14, 6)
        answer_row.setSpacing(14)
        for widget, stretch in ((self.skip_tick, 0), (self.accept_tick, 0), (self.reason_edit, 1)):
            answer_row.addWidget(widget, stretch)
        column = flush_column(shown)
        column.addWidget(self.sheet_table)
        column.addLayout(rows, 1)
        column.addWidget(Hairline(theme, self))
        column.addWidget(self.answers)
        self.stack = QStackedLayout()
        self.stack.addWidget(self.empty_state)
        self.stack.addWidget(shown)
        layout = flush_column(self)
        layout.addWidget(self.controls)
        layout.addLayout(self.stack, 1)

    def _connect(self) -> None:
        self.controls.wanted.connect(self.read_files)
        self.empty_state.pressed.connect(self.controls.choose_files)
        self.sheet_table.line_chosen.connect(self._on_sheet_chosen)
        self.sheet_table.line_opened.connect(self._on_sheet_chosen)
        self.sheet_table.clicked.connect(self._on_sheet_clicked)
        self.row_table.line_chosen.connect(self._on_row_chosen)
        self.show_edit.chosen.connect(self._show_rows)
        for tick in (self.skip_tick, self.accept_tick):
            tick.toggled.connect(self._show_ready)
        self.reason_edit.textChanged.connect(self._show_ready)
        for model in (self.sheet_model, self.row_model):
            model.failed.connect(self._on_model_failed)

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        self.controls.retranslate()
        self.show_edit.setAccessibleName(words("Rows to show"))
        self.show_edit.set_options(
            [
                Option("all", words("All rows")), Option(PROBLEMS, words("Rows with problems")),
                Option("error", words("Rows with errors")), Option("changes",
                words("Rows with changes")),
                Option("conflict", words("Rows in conflict")), Option("new", words("New people")),
                Option("skipped", words("Skipped rows")),
            ]
        )  # fmt: skip
        self.skip_tick.setText(words("Skip rows with errors"))
        self.accept_tick.setText(words("Accept the warnings"))
        self.reason_edit.setPlaceholderText(words("Reason for accepting (recorded in the journal)"))
        self.reason_edit.setAccessibleName(words("Reason for accepting (recorded in the journal)"))
        self.sheet_model.retranslate()
        self.row_model.retranslate()
        self._show_state()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the tab does on the window's commands."""
        return {"recalculate": self._read_again} if self._asked.files else {}

    def _read_again(self) -> None:
        if self._asked.files:
            self.read_files(self._asked.files)

    @Slot(object)
    def read_files(self, files: tuple[Path, ...]) -> None:
        """Read and judge the files in the background; nothing is written."""
        self._asked = _Asked(files, self.controls.branch)
        asked, office = self._asked, self.context.office

        def read(task: Task[ImportPlan]) -> ImportPlan:
            return imports.plan(office, asked.files, branch=asked.branch, progress=task.report)

        self.context.tasks.run(
            read,
            done=self._on_read,
            failed=self._on_failed,
            title=self.words("Reading the lists"),
            key="import.plan",
        )

    @Slot(object)
    def _on_read(self, plan: ImportPlan) -> None:
        self.plan = plan
        self.accept_tick.setChecked(False)
        self.skip_tick.setChecked(False)
        lines = [SheetLine(sheet) for sheet in plan.sheets]
        self.sheet_model.show_all(lines)
        self.sheet_table.setFixedHeight(28 + 26 * max(1, min(4, len(lines))) + 4)
        problems = plan.issues("error") + plan.issues("warning") + plan.counts()["error"]
        self.show_edit.set_code(PROBLEMS if problems else "all")
        self._show_rows()
        self._show_state()
        self.sheet_table.choose_row(0)
        self.row_table.setFocus(Qt.FocusReason.OtherFocusReason)
        if plan.left_out:
            self.context.show_message(
                "info",
                self.words("No table of applicants was found in: {sheets}", sheets=", ".join(plan.left_out)),
            )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.plan = None
        self._show_state()
        self.context.tell_failure(error)

    @Slot(object)
    def _on_model_failed(self, error: Exception) -> None:
        self.context.tell_failure(error)

    # ---- showing ---------------------------------------------------------------------------------------

    @Slot()
    def _show_rows(self) -> None:
        if self.plan is None:
            return
        lines = [RowLine(sheet, row) for sheet in self.plan.sheets for row in sheet.rows]
        shown = [line for line in lines if line.fits(self.show_edit.code)]
        self.row_model.show_all(shown)
        self.count_label.setText(self.words("{shown} of {all} rows", shown=len(shown), all=len(lines)))

    def _show_state(self) -> None:
        if self.plan is None:
            self.empty_state.show_state(
                self.words(
                    "Choose the branches' lists (XLSX, XLS, ODS or CSV). The program first "
                    "shows how it read them and what would change; nothing is saved until you "
                    "apply the import."
                ),
                self.words("Choose files…"),
            )
            self.stack.setCurrentIndex(0)
        else:
            self.stack.setCurrentIndex(1)
            errors, warnings = self.plan.counts()["error"], self.plan.issues("warning")
            self.skip_tick.setVisible(bool(errors))
            self.accept_tick.setVisible(bool(warnings))
            self.reason_edit.setVisible(bool(warnings))
            self.accept_tick.setText(self.words.plural("Accept {n} warning", "Accept {n} warnings", warnings))
            self.skip_tick.setText(
                self.words.plural("Skip {n} row with errors", "Skip {n} rows with errors", errors)
            )
            self.answers.setVisible(bool(errors or warnings))
        self._show_ready()

    @property
    def to_write(self) -> int:
        """How many rows applying would write."""
        if self.plan is None:
            return 0
        counts = self.plan.counts()
        return counts["new"] + counts["changed"]

    @property
    def ready(self) -> bool:
        """Whether everything applying needs was answered."""
        return self.plan is not None and not self._why_not()

    def _why_not(self) -> str:
        """What keeps the rows from being written, in words; "" for nothing."""
        if self.plan is None or not self.to_write:
            return self.words("No row is new or changed.")
        refused = imports.refusal(
            self.plan, accept_warnings=self.accept_tick.isChecked(), skip_errors=self.skip_tick.isChecked()
        )
        if refused is not None:
            return self.context.failure_words(refused)[1]
        reasoned = not self.plan.issues("warning") or bool(self.reason_edit.text().strip())
        return "" if reasoned else self.words.code("reason_missing")

    @Slot()
    def _show_ready(self) -> None:
        if self._header is not None:
            self.show_primary(self._header)

    def show_primary(self, header: PageHeader) -> None:
        """The page's primary button while the tab is on view: how many rows it would write."""
        self._header = header
        if self.isHidden():
            return
        if self.plan is None:
            header.set_primary("")
        elif not self.to_write:
            header.set_primary(self.words("Nothing to write"), why_not=self._why_not())
        else:
            text = self.words.plural("Import {n} row", "Import {n} rows", self.to_write)
            header.set_primary(text, why_not=self._why_not())

    @Slot(object)
    def _on_sheet_chosen(self, line: object) -> None:
        if isinstance(line, SheetLine):
            self.panel.show_sheet(line)

    @Slot()
    def _on_sheet_clicked(self) -> None:
        """A press on the table marked already shows its columns again."""
        self._on_sheet_chosen(self.sheet_table.current_line())

    @Slot(object)
    def _on_row_chosen(self, line: object) -> None:
        if isinstance(line, RowLine):
            self.panel.show_row(line)

    # ---- applying --------------------------------------------------------------------------------------

    def primary_action(self) -> None:
        """Write the plan, all of it or nothing."""
        if not self.ready or self.plan is None:
            return
        office, plan = self.context.office, self.plan
        accept, skip = self.accept_tick.isChecked(), self.skip_tick.isChecked()
        reason = self.reason_edit.text().strip()

        def write(task: Task[Imported]) -> Imported:
            task.check()
            return imports.apply(office, plan, accept_warnings=accept, skip_errors=skip, reason=reason)

        self.context.tasks.run(
            write, done=self._on_applied, failed=self._on_apply_failed, title=self.words("Writing the import")
        )
        if self._header is not None:
            self._header.set_primary(
                self.words("Writing the import"),
                why_not=self.words("Wait until the import has been written."),
            )

    @Slot(object)
    def _on_apply_failed(self, error: Exception) -> None:
        """The plan stays on view; what it was made from may have changed meanwhile."""
        self._show_ready()
        self.context.tell_failure(error)
        if isinstance(error, Refused) and error.code == "changed_since_plan":
            self._read_again()

    @Slot(object)
    def _on_applied(self, done: Imported) -> None:
        self.plan = None
        self._asked = _Asked((), "")
        self.controls.clear()
        self.reason_edit.clear()
        self.panel.clear()
        self._show_state()
        self.imported.emit(done.changed)
        self.context.show_message(
            "ok",
            self.words.plural("{n} application was written.", "{n} applications were written.", done.written),
            self.context.undo_link(done.changed),
        )
