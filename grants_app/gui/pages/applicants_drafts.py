"""The button that lists what was begun and not saved; it opens no form itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from grants_app.gui.widgets.buttons import KeyButton
from grants_app.services import drafts
from grants_app.wording import local

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext
    from grants_app.services.drafts import Draft


class DraftsButton(KeyButton):
    """How many forms wait; a press lists them, the newest first. Out of sight while there is none."""

    chosen = Signal(object)
    """`chosen(Draft)`: the user wants to go on with it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent, icon="draft")
        self._context = context
        self._menu = QMenu(self)
        self.kept: tuple[Draft, ...] = ()
        self.waiting: tuple[Draft, ...] = ()
        self.setObjectName("drafts_button")
        self.clicked.connect(self._on_clicked)

    def read(self, on_view: str = "") -> None:
        """Read what is kept; the form on view (its key) is not waiting."""
        self.kept = drafts.kept(self._context.office)
        self.waiting = tuple(draft for draft in self.kept if draft.key != on_view)
        self.setText(self._context.words("Unfinished: {n}", n=len(self.waiting)))
        self.updateGeometry()

    def of_application(self, application: int) -> Draft | None:
        """What was typed over an application and not saved."""
        return next((draft for draft in self.kept if draft.key == f"application-{application}"), None)

    @Slot()
    def _on_clicked(self) -> None:
        self._menu.clear()
        zone = self._context.office.campaign().setup.zone
        for draft in self.waiting:
            person = draft.entry.person
            name = person.full_name or person.pin or self._context.words("New application")
            action = QAction(f"{name} · {local(draft.at, zone):%d.%m. %H:%M}", self._menu)
            action.setData(draft.key)
            action.triggered.connect(self._on_triggered)
            self._menu.addAction(action)
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            found = next((draft for draft in self.waiting if draft.key == action.data()), None)
            if found is not None:
                self.chosen.emit(found)
