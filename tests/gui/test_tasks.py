"""Background work: answers in the GUI thread, refusals and bugs told, newest answer only, cancelling."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, QThread, Slot

from grants_app.domain.errors import Refused
from grants_app.gui.progress import BLINK_MS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Task, Tasks


class Listener(QObject):
    """Hears answers and failures, and in which thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.heard: list[Any] = []
        self.threads: set[QThread] = set()

    @Slot(object)
    def on_done(self, answer: object) -> None:
        self.heard.append(answer)
        self.threads.add(QThread.currentThread())

    @Slot(object)
    def on_failed(self, error: Exception) -> None:
        self.heard.append(error)
        self.threads.add(QThread.currentThread())


@pytest.fixture
def listener(tasks: Tasks) -> Listener:
    return Listener(tasks)


def test_the_answer_comes_back_in_the_gui_thread_and_the_work_runs_in_another(
    tasks: Tasks, listener: Listener, qtbot: QtBot
) -> None:
    tasks.run(lambda _task: threading.current_thread().name, done=listener.on_done, failed=listener.on_failed)
    qtbot.waitUntil(lambda: listener.heard == ["services"])
    assert listener.threads == {tasks.thread()}


def test_works_run_one_after_another_in_the_order_given(
    tasks: Tasks, listener: Listener, qtbot: QtBot
) -> None:
    for number in range(50):
        tasks.run(lambda _task, number=number: number, done=listener.on_done, failed=listener.on_failed)
    qtbot.waitUntil(lambda: len(listener.heard) == 50)
    assert listener.heard == list(range(50))


def test_what_the_work_raises_comes_back_as_a_failure(tasks: Tasks, listener: Listener, qtbot: QtBot) -> None:
    refusal = Refused("task_cancelled")

    def refuse(_task: Task[None]) -> None:
        raise refusal

    tasks.run(refuse, done=listener.on_done, failed=listener.on_failed)
    qtbot.waitUntil(lambda: listener.heard == [refusal])


def test_only_bound_methods_may_hear_answers(tasks: Tasks, listener: Listener) -> None:
    with pytest.raises(TypeError):
        tasks.run(lambda _task: 1, done=lambda _answer: None, failed=listener.on_failed)
    with pytest.raises(TypeError):
        tasks.run(lambda _task: 1, done=listener.on_done, failed=print)


def test_of_several_reads_of_one_list_only_the_newest_answers(
    tasks: Tasks, listener: Listener, qtbot: QtBot
) -> None:
    go_on = threading.Event()
    tasks.run(
        lambda _task: go_on.wait(10) and "old", done=listener.on_done, failed=listener.on_failed, key="list"
    )
    for text in ("older", "newest"):
        tasks.run(lambda _task, text=text: text, done=listener.on_done, failed=listener.on_failed, key="list")
    go_on.set()
    qtbot.waitUntil(lambda: not tasks.open_tasks)
    assert listener.heard == ["newest"]


def test_cancelled_work_stops_at_its_next_report(tasks: Tasks, listener: Listener, qtbot: QtBot) -> None:
    started, go_on = threading.Event(), threading.Event()
    done: list[int] = []

    def work(task: Task[None]) -> None:
        for step in range(3):
            task.report(step, 3)
            done.append(step)
            started.set()
            go_on.wait(10)

    task = tasks.run(work, done=listener.on_done, failed=listener.on_failed)
    assert started.wait(10)
    task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert [error.code for error in listener.heard] == ["task_cancelled"]
    assert done == [0]


def test_a_listener_deleted_meanwhile_is_not_called(tasks: Tasks, qtbot: QtBot) -> None:
    go_on = threading.Event()
    gone = Listener(tasks)
    heard = gone.heard
    tasks.run(lambda _task: go_on.wait(10), done=gone.on_done, failed=gone.on_failed)
    gone.deleteLater()
    qtbot.wait(1)
    go_on.set()
    qtbot.waitUntil(lambda: not tasks.open_tasks)
    assert heard == []


def test_closing_cancels_what_waits_and_ends_the_thread(tasks: Tasks, listener: Listener) -> None:
    go_on = threading.Event()
    ran: list[str] = []
    tasks.run(lambda _task: go_on.wait(10), done=listener.on_done, failed=listener.on_failed)
    tasks.run(lambda _task: ran.append("second"), done=listener.on_done, failed=listener.on_failed)
    threading.Timer(0.05, go_on.set).start()
    assert tasks.close()
    assert ran == []


def test_long_work_is_told_in_the_strip_with_its_progress_and_can_be_cancelled_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    go_on = threading.Event()

    def work(task: Task[None]) -> None:
        task.report(30, 100)
        go_on.wait(10)
        task.check()

    page = window.stack.page
    page.run(work, page.on_failed, title="Импорт")
    qtbot.waitUntil(lambda: page.strip.text == "Импорт")
    assert (page.strip.progress_bar.value(), page.strip.progress_bar.maximum()) == (30, 100)
    page.strip.action_link.click()
    go_on.set()
    qtbot.waitUntil(lambda: page.strip.text == "Остановлено. Ничего не изменено.")


def test_work_over_in_a_blink_is_not_told(window: MainWindow, qtbot: QtBot) -> None:
    tasks, page = window.parts.tasks, window.stack.page
    listener = Listener(tasks)
    page.run(lambda _task: "read", listener.on_done, title="Чтение")
    qtbot.waitUntil(lambda: listener.heard == ["read"])
    qtbot.wait(BLINK_MS + 50)
    assert page.strip.text == ""
