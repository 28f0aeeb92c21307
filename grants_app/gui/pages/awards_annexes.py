"""The confirmed chains and the annex each has to its minutes: the very PDF, printed or saved from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.export import ExportPanel
from grants_app.gui.table_models import Column, LinesModel
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.pdf import PdfPreview
from grants_app.services import annexes, cascades

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from grants_app.domain.rounds import CascadeRecord
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.awards_data import Ledger
    from grants_app.gui.tasks import Task

_SPARE = ("at", "by")
_NARROW = 1150


class AnnexesTab(QWidget):
    """The chains at the left, the paper in the middle, saving and printing under the list."""

    done = Signal(str, object)
    """Something was done: the sentence that says so, and what changed."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._ledger: Ledger | None = None
        self._wanted, self._asked = 0, False
        self.shown_pdf = b""
        theme = context.theme
        self.table = FittedTable(theme, LinesModel(self._columns(), self), _SPARE, self)
        self.table.setObjectName("annexes_table")
        self.print_button = KeyButton(theme, self, primary=True, icon="print")
        self.print_button.setObjectName("print_annex_button")
        self.print_button.set_chord("F9")
        self.export_panel = ExportPanel(context, ("pdf",), self)
        self.preview = PdfPreview(theme, context.pdf, self)
        self.preview.setObjectName("annex_preview")
        self.empty = EmptyState(theme, "papers", self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self._whole())
        self.stack.addWidget(self.empty)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.table.line_chosen.connect(self._on_line_chosen)
        self.print_button.clicked.connect(self.print_annex)
        self.export_panel.written.connect(self._on_written)

    def _whole(self) -> QWidget:
        whole = QWidget(self)
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 8, 14, 8)
        bar.addWidget(self.print_button)
        bar.addStretch(1)
        self.left = QWidget(whole)
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.table, 1)
        left.addWidget(Hairline(self.context.theme, whole))
        left.addLayout(bar)
        left.addWidget(self.export_panel, 1)
        layout = flush_row(whole)
        layout.addWidget(self.left)
        layout.addWidget(Hairline(self.context.theme, whole, vertical=True))
        layout.addWidget(self.preview, 1)
        return whole

    def choose(self, record: int) -> None:
        """Show this chain when the list is read next; who comes for it comes into the list."""
        self._wanted, self._asked = record, True

    def show_ledger(self, ledger: Ledger) -> None:
        """Read the confirmed chains."""
        self._ledger = ledger
        office = self.context.office

        def work(_task: Task[Sequence[CascadeRecord]]) -> Sequence[CascadeRecord]:
            return cascades.confirmed(office)

        self.context.tasks.run(work, done=self._on_read, failed=self._on_failed, key="annexes")

    def retranslate(self) -> None:
        """Word everything again; the paper is drawn in the new language."""
        words = self.context.words
        self.table.lines.retranslate()
        self.print_button.setText(words("Print…"))
        self.print_button.updateGeometry()
        self.export_panel.retranslate()
        self._draw(self.table.current_line())

    @Slot()
    def print_annex(self) -> None:
        """Choose a printer and print the very PDF on view."""
        record: CascadeRecord | None = self.table.current_line()
        if record is None or not self.shown_pdf:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        office = self.context.office

        def work(_task: Task[QPrinter]) -> QPrinter:
            annexes.record_printed(office, record)
            return printer

        self.context.tasks.run(
            work,
            done=self._on_printable,
            failed=self._on_failed,
            title=self.context.words("Printing…"),
            key="print_annex",
        )

    @Slot(object)
    def _on_read(self, records: Sequence[CascadeRecord]) -> None:
        self.table.lines.show_all(records)
        self.empty.show_state(
            self.context.words(
                "No chain has been confirmed yet. The annex of each confirmed chain can be printed here."
            )
        )
        self.stack.setCurrentIndex(0 if records else 1)
        ids = [record.id for record in records]
        self.table.choose_row(ids.index(self._wanted) if self._wanted in ids else 0)

    @Slot(object)
    def _on_line_chosen(self, record: CascadeRecord | None) -> None:
        self._draw(record)

    def _draw(self, record: CascadeRecord | None) -> None:
        if record is None:
            return
        self._wanted = record.id
        office, words = self.context.office, self.context.words

        def work(_task: Task[bytes]) -> bytes:
            return annexes.drawn(office, record, words.current)

        self.context.tasks.run(work, done=self._on_drawn, failed=self._on_failed, key="annex_preview")

        def write(_form: str, path: Path) -> int:
            annexes.write(office, record, words.current, path)
            return 1

        texts = (
            words("Annex to minutes No. {number}", number=record.minutes_no),
            words("The PDF shown, in the current language."),
            words("Save as PDF"),
        )
        name = "".join(char if char.isalnum() else "-" for char in record.minutes_no)
        self.export_panel.offer(f"annex-{name}", texts, write)

    @Slot(object)
    def _on_drawn(self, data: bytes) -> None:
        self.shown_pdf = data
        self.preview.show_pdf(data)

    @Slot(object)
    def _on_printable(self, printer: QPrinter) -> None:
        self.preview.print_pages(printer)
        self.done.emit(self.context.words("The annex was sent to the printer."), Changed())

    @Slot(object, int)
    def _on_written(self, path: Path, _rows: int) -> None:
        self.done.emit(self.context.words("Saved: {path}", path=str(path)), Changed())

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.context.tell_failure(error)

    def _columns(self) -> list[Column]:
        words = self.context.words

        def made(record: CascadeRecord) -> str:
            zone = self._ledger.campaign.setup.zone if self._ledger is not None else "UTC"
            return words.current.date_time(record.at, zone)

        return [
            Column(
                key="minutes",
                title=lambda: words("Minutes No."),
                text=lambda record: record.minutes_no,
                width=100,
                bold=True,
                stretch=True,
            ),
            Column(
                key="on",
                title=lambda: words("Date of the minutes"),
                text=lambda record: words.current.date(record.minutes_on),
                width=130,
            ),
            Column(
                key="by",
                title=lambda: words("Officer"),
                text=lambda record: record.by,
                width=130,
                tone="muted",
            ),
            Column(key="at", title=lambda: words("Recorded"), text=made, width=132, tone="muted"),
        ]

    def showEvent(self, event: QShowEvent) -> None:
        """The focus to the list, when one chain was asked for."""
        super().showEvent(event)
        if self._asked:
            self._asked = False
            self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list gives way to the paper in a small window."""
        super().resizeEvent(event)
        self.left.setFixedWidth(300 if self.width() < _NARROW else 360)
