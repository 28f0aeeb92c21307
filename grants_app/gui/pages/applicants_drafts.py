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
    from collections.abc import Callable

    from grants_app.gui.page import PageContext
    from grants_app.services.drafts import Draft


class DraftsButton(KeyButton):
    """How many forms wait; a press lists them, the newest first. Out of sight while there is none."""

    chosen = Signal(object)
    """`chosen(Draft)`: the user wants to go on with it."""
    discard_wanted = Signal(object)
    """`discard_wanted(Draft)`: the user wants it no more."""

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
        self._list(self._menu, self._on_triggered)
        self._menu.addSeparator()
        self._list(self._menu.addMenu(self._context.words("Discard")), self._on_discard_triggered)
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _list(self, menu: QMenu, chosen: Callable[[], None]) -> None:
        for draft in self.waiting:
            action = QAction(self.named(draft), menu)
            action.setData(draft.key)
            action.triggered.connect(chosen)
            menu.addAction(action)

    def named(self, draft: Draft) -> str:
        """Whose it is and when it was kept last."""
        person = draft.entry.person
        name = person.full_name or person.pin or self._context.words("New application")
        zone = self._context.office.campaign().setup.zone
        return f"{name} · {local(draft.at, zone):%d.%m. %H:%M}"

    def _told(self) -> Draft | None:
        action = self.sender()
        key = action.data() if isinstance(action, QAction) else None
        return next((draft for draft in self.waiting if draft.key == key), None)

    @Slot()
    def _on_triggered(self) -> None:
        if (found := self._told()) is not None:
            self.chosen.emit(found)

    @Slot()
    def _on_discard_triggered(self) -> None:
        if (found := self._told()) is not None:
            self.discard_wanted.emit(found)
