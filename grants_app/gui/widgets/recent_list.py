"""The files opened before, as a list to choose from by keys; it opens none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.services.start.recent import RecentFile

_ROW = 26
_MOST = 5  # rows on view


class RecentList(QListWidget):
    """File, folder and campaign in one row; one that is gone says so. Enter opens, Delete takes it out."""

    chosen = Signal(str)
    """The row of this address was gone to."""
    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: Speech | None = None
        self._files: tuple[RecentFile, ...] = ()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUniformItemSizes(True)
        self.currentItemChanged.connect(self._on_current_item_changed)
        self.itemActivated.connect(self._on_item_activated)
        theme.changed.connect(self._fill)

    def show_files(self, files: Sequence[RecentFile]) -> None:
        """Show these, the last opened first."""
        self._files = tuple(files)
        rows = min(_MOST, max(1, len(self._files)))
        self.setFixedHeight(rows * _ROW + 2 * self.frameWidth() + 2)
        self._fill()

    def retranslate(self, words: Speech) -> None:
        """Word the rows and the list's name again."""
        self._words = words
        self.setAccessibleName(words("Opened before"))
        self.setAccessibleDescription(words("Enter opens the file, Delete takes it out of the list."))
        self.setToolTip(words("Enter opens the file, Delete takes it out of the list."))
        self._fill()

    @Slot()
    def _fill(self) -> None:
        if self._words is None:
            return
        before = self.currentRow()
        blocker = QSignalBlocker(self)
        self.clear()
        for file in self._files:
            item = QListWidgetItem(self._text_of(self._words, file))
            item.setData(Qt.ItemDataRole.UserRole, file.address)
            item.setToolTip(file.address)
            item.setSizeHint(QSize(0, _ROW))
            if not file.there:
                item.setForeground(self._theme.tokens.colour("warn"))
            self.addItem(item)
        self.setCurrentRow(before)
        blocker.unblock()

    @staticmethod
    def _text_of(words: Speech, file: RecentFile) -> str:
        if not file.there:
            return words("{file} · missing from {folder}", file=file.name, folder=file.folder)
        return words(
            "{file} · campaign {campaign} · {folder}",
            file=file.name,
            campaign=file.campaign,
            folder=file.folder,
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somewhere in the list is always gone to."""
        super().focusInEvent(event)
        if self._files and not self.selectedItems():
            self.setCurrentRow(max(0, self.currentRow()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Delete takes the row out of the list."""
        row = self.currentRow()
        if row >= 0 and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self._files[row].address)
        elif row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._files[row].address)
        else:
            super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _on_current_item_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    @Slot(QListWidgetItem)
    def _on_item_activated(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(Qt.ItemDataRole.UserRole))
