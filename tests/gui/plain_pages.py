"""Seven plain pages with the real ids, to try the frame with; they need no office."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QTextEdit

from grants_app.gui.page import Page
from grants_app.gui.widgets.editors import TextEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import Filter, PageContext


class PlainPage(Page):
    """A page with one field and one text; it writes down what is asked of it."""

    name: ClassVar[str] = ""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.seen: list[str] = []
        self.may_leave = True
        self.name_edit = TextEdit(self.theme, self)
        self.note_edit = QTextEdit(self)
        self.body.addWidget(self.name_edit)
        self.body.addWidget(self.note_edit, 1)
        self.retranslate()

    def title(self) -> str:
        return self.words(self.name)

    def refresh(self) -> None:
        self.seen.append("refresh")

    def retranslate(self) -> None:
        super().retranslate()
        self.header.set_primary(self.words("New application"), "Insert")

    def apply_filter(self, filter_: Filter) -> None:
        self.seen.append(f"filter {dict(filter_)}")

    def primary_action(self) -> None:
        self.seen.append("primary")

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"new": self.primary_action, "recalculate": self.refresh, "save_next": self._save}

    def _save(self) -> None:
        self.seen.append("saved")

    def regions(self) -> list[QWidget]:
        return [self.name_edit, self.note_edit]

    def leave(self) -> bool:
        return self.may_leave

    def set_big(self, big: bool) -> None:
        self.note_edit.setVisible(not big)


class PlainStartPage(PlainPage):
    """The first start."""

    page_id = "start"
    name = "Start"


_NAMES = ("Today", "Applicants", "Ranking", "Awards", "Papers", "Journal", "Campaign")
PLAIN_PAGES: tuple[type[PlainPage], ...] = tuple(
    type(f"Plain{name}Page", (PlainPage,), {"page_id": name.lower(), "name": name}) for name in _NAMES
)
