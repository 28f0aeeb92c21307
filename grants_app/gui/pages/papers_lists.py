"""The lists one may export: the very PDF of the list, and where and in which form it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.gui.dialogs.export import ExportPanel
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.pdf import PdfPreview
from grants_app.services import exports, lists

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from grants_app.domain.papers import Table
    from grants_app.gui.page import PageContext
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.tasks import Task

KINDS = ("shortlist", "public", "reserve", "ledger", "applications")
_NARROW = 1000


def list_name(words: Speech, kind: str) -> str:
    """What a list is called in the column of kinds."""
    return {
        "shortlist": words("Ranked list"),
        "public": words("List for publication"),
        "reserve": words("Reserve list"),
        "ledger": words("Ledger of seats"),
        "applications": words("Applications"),
    }[kind]


def list_note(words: Speech, kind: str) -> str:
    """What a list holds, in a few words."""
    return {
        "shortlist": words("all applicants ranked, by programme"),
        "public": words("numbers and scores, no names"),
        "reserve": words("next applicants to be offered a grant"),
        "ledger": words("every seat and its holder"),
        "applications": words("all current applications"),
    }[kind]


class ListsView(QWidget):
    """One list: its PDF in the middle, the export at the right."""

    written = Signal(object, int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.kind = KINDS[0]
        self.table: Table | None = None
        self.shown_pdf = b""
        self.preview = PdfPreview(context.theme, context.pdf, self)
        self.preview.setObjectName("list_preview")
        self.empty = EmptyState(context.theme, "papers", self)
        self.middle = QStackedWidget(self)
        self.middle.addWidget(self.preview)
        self.middle.addWidget(self.empty)
        self.export_panel = ExportPanel(context, exports.FORMS, self)
        layout = flush_row(self)
        layout.addWidget(self.middle, 1)
        layout.addWidget(self.export_panel)
        self.export_panel.written.connect(self.written)

    def show_kind(self, kind: str) -> None:
        """Show a list; it is drawn in the background."""
        self.kind = kind
        office, words = self.context.office, self.context.words

        def work(_task: Task[tuple[Table, bytes]]) -> tuple[Table, bytes]:
            made = lists.table(office, words.current, kind)
            return made, exports.drawn(made, words.current, "pdf")

        self._offer(kind)
        self.context.tasks.run(
            work,
            done=self._on_drawn,
            failed=self._on_failed,
            title=words("Preparing the list…"),
            key="list_preview",
        )

    def retranslate(self) -> None:
        """Word the export; the list is drawn again in the new language by the page."""
        self.export_panel.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The export gives way to the list in a small window."""
        super().resizeEvent(event)
        self.export_panel.setFixedWidth(270 if self.width() < _NARROW else 340)

    def _offer(self, kind: str) -> None:
        words = self.context.words
        office = self.context.office
        code = office.campaign().setup.code

        def write(form: str, path: Path) -> int:
            return exports.write(office, words.current, kind, form, path)

        texts = (
            list_name(words, kind),
            words("The file contains the same rows and columns as the screen, in the current language."),
            words("Save the file"),
        )
        self.export_panel.offer(f"{kind}-{code}", texts, write)

    @Slot(object)
    def _on_drawn(self, answer: tuple[Table, bytes]) -> None:
        self.table, self.shown_pdf = answer
        self.preview.show_pdf(self.shown_pdf)
        self.middle.setCurrentWidget(self.preview)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.preview.clear()
        self.empty.show_state(self.context.failure_words(error)[1])
        self.middle.setCurrentWidget(self.empty)
