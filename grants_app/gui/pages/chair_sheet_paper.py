"""The chair's sheet as the very page that prints: its preview, its language, saving and printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from grants_app.gui.dialogs.paper import Paper, PaperPanel
from grants_app.gui.widgets.pdf import PdfPreview
from grants_app.services import sheet_paper

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.chair_sheet_body import SheetRead

_NARROW = 1100


class SheetPaper(QWidget):
    """The page at the left, what may be done with it at the right."""

    closed = Signal()
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.preview = PdfPreview(context.theme, context.pdf, self)
        self.preview.setObjectName("sheet_preview")
        self.panel = PaperPanel(context, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.preview, 1)
        row.addWidget(self.panel)
        self.panel.closed.connect(self.closed)
        self.panel.drawn.connect(self.preview.show_pdf)
        self.panel.failed.connect(self.failed)
        self.panel.written.connect(self._on_written)
        self.panel.printed.connect(self._on_printed)

    def show_sheet(self, read: SheetRead) -> None:
        """Offer this sheet, in the window's language until another is chosen."""
        office, sheet = self.context.office, read.sheet
        self.panel.show_paper(
            Paper(
                name=f"sheet-{read.setup.code}-{sheet.run}",
                title=self.context.words("Chair's sheet, run {no}", no=sheet.run),
                draw=lambda words: sheet_paper.pdf(office, words, sheet),
                write=lambda words, path: sheet_paper.save(office, words, sheet, path),
                record=lambda: sheet_paper.note(office, sheet, "print"),
            )
        )

    def retranslate(self) -> None:
        """Word the panel again."""
        self.panel.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel gives way in a small window."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(270 if self.width() < _NARROW else 340)

    @Slot(object, int)
    def _on_written(self, path: object, _pages: int) -> None:
        self.told.emit(self.context.words("Saved: {file}", file=path))

    @Slot()
    def _on_printed(self) -> None:
        self.told.emit(self.context.words("Sent to the printer."))
