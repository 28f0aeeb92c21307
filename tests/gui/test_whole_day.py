"""A whole day at the window leaves the memory as it was in the morning."""

from __future__ import annotations

import ctypes
import gc
import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from grants_app.services import demonstration
from tests.gui.desks import page_of, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pytestqt.qtbot import QtBot

    from grants_app.gui.main_window import MainWindow
    from grants_app.gui.tasks import Tasks
    from grants_app.services.access import Office

PAGES = ("today", "applicants", "ranking", "awards", "papers", "journal", "campaign")
LANGS = ("ky", "kk", "en", "ru")
WARM = 30
"""Acts after which every page was built, and every language and its letters were met once."""
ROOM_MIB = 5.0
_SWITCH_EVERY = 7
_BLOCK = 96
"""Bytes of one of Python's own blocks, on average."""


class Clock:
    """A clock that a test puts forward."""

    def __init__(self) -> None:
        self.now = demonstration.SAMPLE_DAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(
    stage_office: Callable[[str], Office], desk_window: Callable[..., MainWindow], clock: Clock
) -> MainWindow:
    return desk_window(replace(stage_office("sealed"), clock=clock))


class _Heap(ctypes.Structure):
    """What the C library's allocator says of itself (mallinfo2)."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks"),
            *("fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def _kept() -> float:
    """The memory in use in MiB, Python's and Qt's, after everything that may go has gone.

    What is in use is counted, not what the allocator keeps between: how that lies differs from run to run.
    """
    gc.collect()
    library = ctypes.CDLL(None)
    library.mallinfo2.restype = _Heap
    heap = library.mallinfo2()
    return (heap.uordblks + heap.hblkhd + sys.getallocatedblocks() * _BLOCK) / 2**20


def _acts(window: MainWindow) -> Iterator[Callable[[], object]]:
    """What an officer does all day: pages, tabs, rows, searches, cards, forms, ticks, messages."""
    words = window.words
    for page_id in PAGES:  # the morning's round: every page, its tabs, a search and a form
        yield lambda page_id=page_id: window.stack.go(page_id)
        if page_id == "applicants":
            yield lambda: page_of(window).board.list.search_edit.setText("Асан")
            yield lambda: window.do("next_match")
            yield lambda: page_of(window).board.list.search_edit.setText("")
            yield lambda: window.do("new")
            yield page_of(window).board.form.keep_draft
        for _ in range(3 if page_id in ("ranking", "awards") else 1):
            yield lambda: window.do("next_tab")
    while True:
        for page_id in PAGES:
            yield lambda page_id=page_id: window.stack.go(page_id)
            yield lambda: window.do("next_tab")
            yield lambda: window.do("previous_tab")
            yield lambda: page_of(window).show_message("ok", words("Sent to the printer."))
            if page_id == "applicants":
                board = page_of(window).board
                yield lambda board=board: board.list.search_edit.setText("Асан")
                yield lambda: window.do("next_match")
                yield lambda board=board: board.list.table.line_opened.emit(board.list.table.current_line())
                yield lambda board=board: board.list.search_edit.clear()
                yield lambda: window.do("new")
                yield lambda board=board: board.form.keep_draft()
            if page_id == "awards":
                table = page_of(window).board.view.table
                yield lambda table=table: table.tick([table.table.lines.line(0).line.application_no])
                yield lambda table=table: table.tick(())
            if page_id != "ranking":  # there it ranks everybody anew, which the seal forbids
                yield lambda: window.do("recalculate")
            yield lambda: window.do("copy")
            yield lambda: window.parts.desk.tell(None)


@pytest.mark.prove
def test_a_whole_day_leaves_the_memory_as_it_was_in_the_morning(
    window: MainWindow, clock: Clock, qtbot: QtBot, tasks: Tasks, figure: Callable[[int], int]
) -> None:
    acts, last = _acts(window), WARM + figure(270)
    morning = 0.0
    for number in range(1, last + 1):
        next(acts)()
        if number % _SWITCH_EVERY == 0:
            window.words.switch(LANGS[number // _SWITCH_EVERY % len(LANGS)])
        if number == (WARM + last) // 2:
            clock.now += timedelta(days=1)
            window.clock_watch.look()
        settle(qtbot, tasks)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if number == WARM:
            morning = _kept()
    assert _kept() - morning < ROOM_MIB


def test_a_language_is_read_once_however_often_it_is_chosen(window: MainWindow) -> None:
    met = set()
    for lang in LANGS * 3:
        window.words.switch(lang)
        met.add(id(window.words.current))
    assert len(met) == len(LANGS)
