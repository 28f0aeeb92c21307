"""The list on view as a file or on paper: its pages beside where it is written and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from grants_app.gui.dialogs.export import ExportPanel
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.pdf import PdfPreview, print_document
from grants_app.services import exports

if TYPE_CHECKING:
    from pathlib import Path

    from grants_app.domain.papers import Table
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task

_SIZE = QSize(980, 560)


class ListFileDialog(QDialog):
    """The pages at the left, the file and the printer at the right; Esc closes it."""

    def __init__(self, context: PageContext, made: Table, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self._made, self._name = made, name
        self.shown_pdf = b""
        self.preview = PdfPreview(context.theme, context.pdf, self)
        self.preview.setObjectName("list_file_preview")
        self.panel = ExportPanel(context, exports.FORMS, self)
        self.panel.setFixedWidth(320)
        self.print_button = KeyButton(context.theme, self.panel.inner, icon="print")
        self.print_button.setObjectName("print_list_button")
        self.panel.buttons.add(self.print_button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.panel)
        screen = self.screen().availableSize() - QSize(40, 80)
        self.resize(_SIZE.boundedTo(screen))
        self.print_button.clicked.connect(self._on_print_button_clicked)
        self.panel.written.connect(self._on_written)
        self.words.language_changed.connect(self.retranslate)
        self.retranslate()
        self._draw()

    @Slot()
    def retranslate(self) -> None:
        """Word everything again; what is written stays in the words it was shown in."""
        words = self.words
        self.setWindowTitle(self._made.title)
        self.preview.setAccessibleName(self._made.title)
        self.print_button.setText(words("Print…"))
        sentence = words(
            "The file contains the same rows and columns as the screen, in the current language."
        )
        self.panel.offer(self._name, (self._made.title, sentence, words("Save the file")), self._write)
        self.panel.buttons.refit()

    def begin_with(self, what: str) -> None:
        """The focus to the printer (`print`) or to the file's name."""
        wanted: QWidget = self.print_button if what == "print" else self.panel.path_edit
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, form: str, path: Path) -> int:
        return exports.write_shown(self.context.office, self.words.current, self._made, form, path)

    def _draw(self) -> None:
        made, words = self._made, self.words.current

        def work(_task: Task[bytes]) -> bytes:
            return exports.drawn(made, words, "pdf")

        self.context.tasks.run(work, done=self._on_drawn, failed=self._on_failed, key="list_file")

    @Slot(object)
    def _on_drawn(self, data: bytes) -> None:
        self.shown_pdf = data
        self.preview.show_pdf(data)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.panel.say(self.context.failure_words(error)[1])

    @Slot(object, int)
    def _on_written(self, path: Path, rows: int) -> None:
        self.accept()
        text = self.words.plural("{n} row saved: {file}", "{n} rows saved: {file}", rows, file=path)
        self.context.show_message("ok", text)

    @Slot()
    def _on_print_button_clicked(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() != QDialog.DialogCode.Accepted:
            return
        office, words, made = self.context.office, self.words.current, self._made

        def work(_task: Task[Any]) -> tuple[bytes, QPrinter]:
            return exports.print_shown(office, words, made), printer

        self.context.tasks.run(
            work, done=self._on_printable, failed=self._on_failed, title=words("Printing…")
        )

    @Slot(object)
    def _on_printable(self, job: tuple[bytes, QPrinter]) -> None:
        data, printer = job
        print_document(self.context.theme, self.context.pdf, data, printer, self)
        self.accept()
        self.context.show_message("ok", self.words("Sent to the printer."))
