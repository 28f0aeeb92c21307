"""Tells in the strip what runs in the background and how far it is; it knows no task's business."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from grants_app.gui.widgets.strip import MessageStrip, StripAction

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.gui.qt_words import Speech
    from grants_app.gui.tasks import Task, Tasks

BLINK_MS = 300
"""What is over before is not told at all."""


class ProgressTeller(QObject):
    """Shows titled tasks that last longer than a blink, with a link to cancel them."""

    def __init__(
        self, tasks: Tasks, words: Speech, strip: Callable[[], MessageStrip | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._words = words
        self._strip = strip
        self._shown: tuple[Task[Any], MessageStrip] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(BLINK_MS)
        self._timer.timeout.connect(self._on_timeout)
        tasks.busy_changed.connect(self._on_busy_changed)
        tasks.ended.connect(self._on_ended)

    @Slot(bool)
    def _on_busy_changed(self, busy: bool) -> None:  # noqa: FBT001 - the signal's own form
        if busy:
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        task = next((task for task in self._tasks.open_tasks if task.title), None)
        strip = self._strip()
        if task is None or strip is None:
            return
        if self._shown is not None and self._shown[1] is not strip:
            self._shown[1].end_progress()
        self._shown = (task, strip)
        strip.show_progress(
            task.title, task.done, task.total, StripAction(self._words("Cancel"), task.cancel)
        )

    @Slot(object)
    def _on_ended(self, task: Task[Any]) -> None:
        if self._shown is not None and self._shown[0] is task:
            self._shown[1].end_progress()
            self._shown = None
