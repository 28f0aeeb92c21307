"""The page of the first start, shown while no office is open; what it asks is the sheet's business."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from grants_app.gui.dialogs.first_start import FirstStart
from grants_app.gui.page import Page, PageContext
from grants_app.gui.widgets.buttons import KeyButton

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from grants_app.gui.dialogs.first_start import Way
    from grants_app.gui.page import Filter
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
        self.back_button = KeyButton(context.theme, self, icon="left")
        self.back_button.setObjectName("back_button")
        self.back_button.setVisible(context.desk.open)
        self.back_button.clicked.connect(self.given_up)
        column.insertWidget(0, self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        area = QScrollArea(self)
        area.setObjectName("start_area")
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
        self.back_button.setText(self.words("Back to the open file"))
        self.back_button.set_chord("Esc")
        self.back_button.updateGeometry()
        self.sheet.retranslate()

    def apply_filter(self, filter_: Filter) -> None:
        """Show the way asked for, or what is to become of a file that could not be opened as it is."""
        if way := filter_.get("way"):
            self.sheet.choose_way(cast("Way", way))
        if filter_.get("code") == "file_is_backup":
            self.sheet.open_file(filter_["file"])
        elif filter_.get("code"):
            self.sheet.choose_way("open")

    def refresh(self) -> None:
        """Read the files opened before again."""
        self.sheet.show_recent()

    def changed(self, changes: object) -> None:
        """What changes in the open file is nothing to this page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to what is open."""
        if event.key() == Qt.Key.Key_Escape and self.context.desk.open:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Ctrl+Enter begins."""
        return {"save_next": self.sheet.begin}

    def regions(self) -> Sequence[QWidget]:
        """Files opened before; the way chosen, so that arrows change it and Tab goes on; then the person."""
        sheet = self.sheet
        files = [sheet.recent_list] if sheet.recent_list.isVisibleTo(self) else []
        return [*files, sheet.ways[sheet.way], sheet.form.fields["name"].editor]

    @Slot(object)
    def _on_begun(self, office: Office) -> None:
        self.context.desk.take(office)
