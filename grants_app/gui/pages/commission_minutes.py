"""The minutes on view: the very PDF in the language chosen, to print or to save; the service draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.pdf import PdfPreview
from grants_app.services import minutes
from grants_app.wording import LANGUAGES, Words

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task

_BAR = 44
_NAMES = {"ky": "Кыргызча", "ru": "Русский", "kk": "Қазақша", "en": "English"}


class MinutesView(QWidget):
    """The minutes of one sitting as they print; Esc goes back to the sitting."""

    closed = Signal()
    save_wanted = Signal()
    printed = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.minutes_no = ""
        self.shown_pdf = b""
        theme = context.theme
        self.back_button = KeyButton(theme, self)
        self.back_button.setObjectName("minutes_back_button")
        self.back_button.set_chord("Esc")
        self.language_edit = ChoiceEdit(theme, self)
        self.language_edit.setObjectName("minutes_language_edit")
        self.language_edit.setFixedWidth(110)
        self.save_button = KeyButton(theme, self, icon="save")
        self.save_button.setObjectName("save_minutes_button")
        self.print_button = KeyButton(theme, self, primary=True, icon="print")
        self.print_button.setObjectName("print_minutes_button")
        self.preview = PdfPreview(theme, context.pdf, self)
        self.preview.setObjectName("minutes_preview")
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 0, 8, 0)
        bar.setSpacing(6)
        bar.addWidget(self.back_button)
        bar.addWidget(self.language_edit)
        bar.addStretch(1)
        bar.addWidget(self.save_button)
        bar.addWidget(self.print_button)
        held = QWidget(self)
        held.setFixedHeight(_BAR)
        held.setLayout(bar)
        layout = flush_column(self)
        layout.addWidget(held)
        layout.addWidget(Hairline(theme, self))
        layout.addWidget(self.preview, 1)
        self.back_button.clicked.connect(self.closed)
        self.save_button.clicked.connect(self.save_wanted)
        self.print_button.clicked.connect(self.print_minutes)
        self.language_edit.chosen.connect(self._on_language_chosen)
        self.retranslate()

    @property
    def words_chosen(self) -> Words:
        """The words of the language chosen for the paper."""
        return Words(self.language_edit.code or self.context.words.lang)

    def show_minutes(self, minutes_no: str) -> None:
        """Draw the minutes of this sitting."""
        self.minutes_no = minutes_no
        if not self.language_edit.code:
            self.language_edit.set_code(self.context.words.lang)
        self._draw()
        self.print_button.setFocus()

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.context.words
        self.back_button.setText(words("Back"))
        self.save_button.setText(words("Save as PDF…"))
        self.print_button.setText(words("Print…"))
        self.language_edit.setAccessibleName(words("Language of the minutes"))
        code = self.language_edit.code
        self.language_edit.set_options([Option(lang, _NAMES[lang]) for lang in LANGUAGES])
        self.language_edit.set_code(code)
        for button in (self.back_button, self.save_button, self.print_button):
            button.updateGeometry()

    def write(self, _form: str, path: Path) -> int:
        """Write the minutes on view to a file; answers how many items they hold."""
        return minutes.write(self.context.office, self.words_chosen, self.minutes_no, path)

    @Slot()
    def print_minutes(self) -> None:
        """Print what is on view, after the system's own question for a printer."""
        if not self.shown_pdf:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            self.preview.print_pages(printer)
            self.printed.emit()
        dialog.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.text() == "\x1b":
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _draw(self) -> None:
        office, words, number = self.context.office, self.words_chosen, self.minutes_no

        def work(_task: Task[bytes]) -> bytes:
            return minutes.drawn(office, words, number)

        self.context.tasks.run(work, done=self._on_drawn, failed=self._on_failed, key="minutes")

    @Slot(str)
    def _on_language_chosen(self, _code: str) -> None:
        if self.minutes_no:
            self._draw()

    @Slot(object)
    def _on_drawn(self, data: bytes) -> None:
        self.shown_pdf = data
        self.preview.show_pdf(data)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.shown_pdf = b""
        self.preview.clear()
        self.failed.emit(error)
