"""What the search over everything found, listed under its field without taking the focus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from grants_app.gui.theme import ROW_HEIGHT, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.gui.widgets.editors import SearchField

_MOST = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: its words, an icon, and where it leads: a page with a filter, or a command's id."""

    text: str
    icon: str = "person"
    page_id: str = ""
    filter: Mapping[str, str] = field(default_factory=dict)
    command: str = ""


class SearchPopup(QListWidget):
    """A list under the search field; ↑ ↓ walk in it while one types, Enter takes."""

    taken = Signal(object)

    def __init__(self, theme: Theme, search_edit: SearchField, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._edit = search_edit
        self._found: tuple[Found, ...] = ()
        self.setFrameShape(QFrame.Shape.Box)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(16, 16))
        self.itemClicked.connect(self._on_item_clicked)
        search_edit.installEventFilter(self)
        self.hide()

    @property
    def found(self) -> tuple[Found, ...]:
        """What is on view."""
        return self._found

    def show_found(self, found: Sequence[Found]) -> None:
        """Show these; nothing hides the list."""
        self._found = tuple(found)[:_MOST]
        self.clear()
        for one in self._found:
            item = QListWidgetItem(self._theme.icon(one.icon, "muted"), one.text)
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            self.addItem(item)
        if not self._found:
            self.hide()
            return
        self.setCurrentRow(0)
        place = self._edit.mapTo(self.window(), QPoint(0, self._edit.height() + 3))
        self.setGeometry(place.x(), place.y(), self._edit.width(), len(self._found) * ROW_HEIGHT + 4)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the search field: walk, take, go away."""
        if watched is self._edit and event.type() == QEvent.Type.FocusOut:
            self.hide()
        if watched is self._edit and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if self.isHidden() or not self._found:
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.currentRow())
            return True
        return False

    def _take(self, row: int) -> None:
        found = self._found[row]
        self.hide()
        self.taken.emit(found)

    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        self._take(self.row(item))
