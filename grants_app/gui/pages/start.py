"""The page of the first start, shown while no office is open; what it asks is the sheet's business."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from grants_app.gui.dialogs.first_start import FirstStart
from grants_app.gui.page import Page, PageContext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grants_app.services.access import Office


class StartPage(Page):
    """The sheet of the first start in the middle of the window."""

    page_id: ClassVar[str] = "start"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.header.hide()
        self.sheet = FirstStart(context, self)
        inside = QWidget(self)
        row = QHBoxLayout(inside)
        row.setContentsMargins(20, 20, 20, 20)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(self.sheet)
        column.addStretch(2)
        row.addStretch(1)
        row.addLayout(column, 6)
        row.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        self.sheet.begun.connect(self._on_begun)
        self.retranslate()

    def title(self) -> str:
        """Start."""
        return self.words("Start")

    def retranslate(self) -> None:
        """Word the sheet again."""
        super().retranslate()
        self.sheet.retranslate()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Ctrl+Enter begins."""
        return {"save_next": self.sheet.begin}

    def regions(self) -> Sequence[QWidget]:
        """The way chosen first, so that arrows change it and Tab goes on into its fields; then the person."""
        return [self.sheet.ways[self.sheet.way], self.sheet.form.fields["name"].editor]

    @Slot(object)
    def _on_begun(self, office: Office) -> None:
        self.context.desk.take(office)
