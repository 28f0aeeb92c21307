"""A paper of one person or one act: its language, saving and printing; the very PDF is shown elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from grants_app.domain.values import LANGS
from grants_app.gui.dialogs.export import ExportPanel
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.pdf import print_document
from grants_app.wording import Words

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task

_LANGUAGES = {"ky": "Кыргызча", "ru": "Русский", "kk": "Қазақша", "en": "English"}


@dataclass(frozen=True, slots=True)
class Paper:
    """What the services make of it: the PDF in a language, the file, and the note that it was printed."""

    name: str
    title: str
    draw: Callable[[Words], bytes]
    write: Callable[[Words, Path], None]
    record: Callable[[], None]


class PaperPanel(ExportPanel):
    """Save as PDF or print; the language is the reader's, whatever the window speaks."""

    drawn = Signal(object)
    """The PDF in the language chosen, for the preview."""
    printed = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        self._paper: Paper | None = None
        super().__init__(context, ("pdf",), parent)
        self.setObjectName("paper_panel")
        self.language_label = Label(self.theme, "small", "muted", parent=self.inner)
        self.language_edit = ChoiceEdit(self.theme, self.inner)
        self.language_edit.setObjectName("paper_language_edit")
        self.language_edit.set_options([Option(lang, _LANGUAGES[lang]) for lang in LANGS])
        self.language_label.setBuddy(self.language_edit)
        self.above.addWidget(self.language_label)
        self.above.addSpacing(2)
        self.above.addWidget(self.language_edit)
        self.print_button = KeyButton(self.theme, self.inner, icon="print")
        self.print_button.setObjectName("print_button")
        self.buttons.add(self.print_button)
        self.print_button.clicked.connect(self._on_print_button_clicked)
        self.language_edit.chosen.connect(self._on_language_chosen)
        self.retranslate()

    @property
    def paper_words(self) -> Words:
        """The words of the language chosen for the paper."""
        return Words(self.language_edit.code or self.words.lang)

    def show_paper(self, paper: Paper) -> None:
        """Offer this paper, in the language of the window until another is chosen."""
        self._paper = paper
        self.language_edit.set_code(self.words.lang)

        def write(_form: str, path: Path) -> int:
            paper.write(self.paper_words, path)
            return 1

        words = self.words
        sentence = words("The preview shows exactly the page that is printed or saved.")
        self.offer(paper.name, (paper.title, sentence, words("Save the file")), write)
        self._draw()
        self.language_edit.setFocus()

    def retranslate(self) -> None:
        """Word everything again."""
        super().retranslate()
        self.cancel_button.show()
        if hasattr(self, "print_button"):
            self.language_label.setText(self.words("Language of the document"))
            self.language_edit.setAccessibleName(self.words("Language of the document"))
            self.print_button.setText(self.words("Print…"))
            self.buttons.refit()

    def _draw(self) -> None:
        paper, words = self._paper, self.paper_words
        if paper is None:
            return

        def work(_task: Task[bytes]) -> bytes:
            return paper.draw(words)

        self.context.tasks.run(work, done=self._on_drawn, failed=self._on_failed, key="paper_preview")

    @Slot(str)
    def _on_language_chosen(self, _code: str) -> None:
        self._draw()

    @Slot(object)
    def _on_drawn(self, data: bytes) -> None:
        self.drawn.emit(data)

    @Slot()
    def _on_print_button_clicked(self) -> None:
        """Choose a printer, then note that the paper is printed and print it."""
        paper, words = self._paper, self.paper_words
        if paper is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() != QDialog.DialogCode.Accepted:
            return

        def work(_task: Task[Any]) -> tuple[bytes, QPrinter]:
            data = paper.draw(words)
            paper.record()
            return data, printer

        self.context.tasks.run(
            work, done=self._on_printable, failed=self._on_failed, title=self.words("Printing…")
        )

    @Slot(object)
    def _on_printable(self, job: tuple[bytes, QPrinter]) -> None:
        data, printer = job
        print_document(self.theme, self.context.pdf, data, printer, self)
        self.printed.emit()
