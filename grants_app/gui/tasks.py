"""One serial background thread for the services, with progress and cancelling; it knows no use case."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from grants_app.domain.errors import Refused
from grants_app.domain.stopping import stoppable

T = TypeVar("T")


class Task(Generic[T]):
    """One piece of work in the queue; handed to the work itself, which reports and asks through it.

    Cancelled, it ends at its next report, its next question to the database or its next breath (`stopping`),
    unless what it did is being made to last already.
    """

    def __init__(self, tasks: Tasks, title: str) -> None:
        self._tasks = tasks
        self._stop = threading.Event()
        self.title = title
        self.done = 0
        self.total = 0

    def cancel(self) -> None:
        """Ask the work to stop; it ends at its next `check` or `report` and changes nothing more."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """End the work here if it was cancelled; called from the work, in the background."""
        if self._stop.is_set():
            raise Refused("task_cancelled")

    def report(self, done: int, total: int) -> None:
        """Tell how far the work is (`done` of `total`), and end it here if it was cancelled."""
        self.check()
        self.done, self.total = done, total
        self._tasks.progressed.emit(self, done, total)


@dataclass(frozen=True, slots=True)
class _Order:
    task: Task[Any]
    work: Callable[[Task[Any]], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    receiver: QObject
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    order: _Order
    value: Any = None
    error: Exception | None = field(default=None)


class Tasks(QObject):
    """The queue of background work. Answers come back in the GUI thread, to bound methods of QObjects."""

    progressed = Signal(object, int, int)
    ended = Signal(object)
    """A task is over, whatever came of it; just before its answer is given."""
    busy_changed = Signal(bool)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._open: list[_Order] = []
        self._latest: dict[str, Task[Any]] = {}
        self._closed = False
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._serve, name="services", daemon=True)
        self._thread.start()

    def run(
        self,
        work: Callable[[Task[T]], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        title: str = "",
        key: str = "",
    ) -> Task[T]:
        """Queue `work`; `done` gets its answer or `failed` what it raised, in the GUI thread.

        Both must be bound methods of QObjects: one that was deleted meanwhile is not called. Of works with
        one `key` only the newest answers; older ones are cancelled.
        """
        receiver = getattr(done, "__self__", None)
        if not isinstance(receiver, QObject) or not isinstance(getattr(failed, "__self__", None), QObject):
            raise TypeError(done, failed)
        task: Task[T] = Task(self, title)
        if key:
            if key in self._latest:
                self._latest[key].cancel()
            self._latest[key] = task
        order = _Order(task, work, done, failed, receiver, key)
        self._open.append(order)
        if len(self._open) == 1:
            self.busy_changed.emit(True)  # noqa: FBT003 - a signal takes positions only
        self._orders.put(order)
        return task

    @property
    def open_tasks(self) -> tuple[Task[Any], ...]:
        """What is queued or running, oldest first."""
        return tuple(order.task for order in self._open)

    def close(self, seconds: float = 10.0) -> bool:
        """Cancel everything, wait for the running work, answer nobody more; True when the thread ended."""
        self._closed = True
        for task in self.open_tasks:
            task.cancel()
        self._orders.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _serve(self) -> None:
        while (order := self._orders.get()) is not None:
            self._answered.emit(self._answer(order))

    @staticmethod
    def _answer(order: _Order) -> _Answer:
        try:
            order.task.check()
            with stoppable(order.task.check):
                return _Answer(order, value=order.work(order.task))
        except Exception as error:  # noqa: BLE001 - whatever it is travels to the GUI thread and is told there
            return _Answer(order, error=error)

    @Slot(object)
    def _on_answered(self, answer: _Answer) -> None:
        order = answer.order
        self._open.remove(order)
        self.ended.emit(order.task)
        if not self._open:
            self.busy_changed.emit(False)  # noqa: FBT003 - a signal takes positions only
        if order.key:
            if self._latest.get(order.key) is not order.task:
                return
            del self._latest[order.key]
        if self._closed or not shiboken6.isValid(order.receiver):
            return
        if answer.error is None:
            order.done(answer.value)
        else:
            order.failed(answer.error)
