"""Background work whose failure is told on the page on view; it knows no use case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task


class Working(QObject):
    """Runs work for a part of a page; `done` gets its answer, the page's message bar what goes wrong."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def run(
        self, work: Callable[[Task[Any]], Any], done: Callable[[Any], None], *, title: str = "", key: str = ""
    ) -> Task[Any]:
        """Queue the work; see `Tasks.run`. `done` is a bound method of a QObject."""
        return self._context.tasks.run(work, done=done, failed=self._on_failed, title=title, key=key)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._context.tell_failure(error)
