"""The pages, each built at its first visit, and the way through them; it knows no page's business."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.gui.page import Filter, Page, PageContext

if TYPE_CHECKING:
    from grants_app.gui.widgets.strip import MessageStrip, StripAction, StripKind


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the rail: its id, icon, English name, and how it is built at its first visit."""

    page_id: str
    icon: str
    name: str
    build: Callable[[PageContext, QWidget], Page]
    gap: bool = False


class History:
    """The pages visited, as a browser keeps them."""

    def __init__(self) -> None:
        self._visits: list[tuple[str, Filter]] = []
        self._here = -1

    def visit(self, page_id: str, filter_: Filter) -> None:
        """Go on from here; what lay ahead is forgotten."""
        if 0 <= self._here < len(self._visits) and self._visits[self._here] == (page_id, filter_):
            return
        self._visits = [*self._visits[: self._here + 1], (page_id, filter_)]
        self._here = len(self._visits) - 1

    def leave(self, filter_: Filter) -> None:
        """Remember how the page on view stands, for coming back to it."""
        if self._here >= 0:
            self._visits[self._here] = (self._visits[self._here][0], filter_)

    def step(self, step: int) -> tuple[str, Filter] | None:
        """One visit back (-1) or forward (1), or None at the end."""
        if not 0 <= self._here + step < len(self._visits):
            return None
        self._here += step
        return self._visits[self._here]


class PageStack(QStackedWidget):
    """Shows one page at a time; pages not on view are only marked stale when something changes."""

    page_shown = Signal(str)
    """Another page came on view, or the same one with another filter."""
    counted = Signal(str, int)
    command_wanted = Signal(str)
    commands_changed = Signal()

    def __init__(self, entries: Sequence[PageEntry], start: PageEntry | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._context: PageContext | None = None
        self._start = start
        self._entries = {entry.page_id: entry for entry in (*entries, *((start,) if start else ()))}
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._history = History()
        self._first = entries[0].page_id if entries else ""

    def hand_out(self, context: PageContext) -> None:
        """What pages are built from, from now on."""
        self._context = context

    @property
    def page(self) -> Page | None:
        """The page on view."""
        # A window that goes away moves its focus about, and those who follow the focus ask while it goes.
        page = self.currentWidget() if shiboken6.isValid(self) else None
        return page if isinstance(page, Page) else None

    def strip(self) -> MessageStrip | None:
        """The message strip of the page on view."""
        return self.page.strip if self.page is not None else None

    def show_message(self, kind: StripKind, text: str, action: StripAction | None = None) -> None:
        """Say something in the strip of the page on view."""
        if self.page is not None:
            self.page.show_message(kind, text, action)

    @Slot(str)
    def go(self, page_id: str, filter_: Filter | None = None) -> None:
        """Open a page with a filter, unless the page on view cannot be left; it joins the history."""
        place = self._place()
        if self._open(page_id, filter_ or {}):
            if place is not None:
                self._history.leave(place)
            self._history.visit(page_id, filter_ or {})

    def step(self, step: int) -> None:
        """Go back (-1) or forward (1) in the history."""
        if (place := self._place()) is not None:
            self._history.leave(place)
        visit = self._history.step(step)
        if visit is not None and not self._open(*visit):
            self._history.step(-step)

    def _place(self) -> Filter | None:
        return self.page.place() if self.page is not None else None

    def show_start(self, filter_: Filter | None = None) -> None:
        """Show the first start over what is open, which stays open; it does not join the history."""
        if self._start is not None:
            self._open(self._start.page_id, filter_ or {})

    @Slot()
    def leave_start(self) -> None:
        """Go back from the first start to what is open."""
        here = self._history.step(0)
        if here is not None and self._context is not None and self._context.desk.open:
            self._open(*here)

    def begin_anew(self) -> None:
        """Another office: every page is built again, the first one (or the first start) comes on view."""
        for page in self._pages.values():
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._stale.clear()
        self._history = History()
        if self._first:
            self.go(self._first)

    def retranslate(self) -> None:
        """Word every page built so far; what services worded is read again."""
        for page in self._pages.values():
            page.retranslate()
        self.take_change(None)

    def take_change(self, changes: object) -> None:
        """Something changed: the page on view hears of it, the others read again when they come on view."""
        self._stale |= set(self._pages)
        page = self.page
        if changes is not None:
            for built in self._pages.values():
                built.strip.forget_trouble()
        if page is not None:
            self._stale.discard(page.page_id)
            page.changed(changes)

    def _open(self, page_id: str, filter_: Filter) -> bool:
        before = self.page
        context = self._context
        if context is None:
            raise LookupError("no context was handed out yet")
        if not context.desk.open and self._start is not None:
            page_id = self._start.page_id
        if before is not None and before.page_id != page_id and not before.leave():
            return False
        if page_id not in self._pages:
            self._build(page_id, context)
        page = self._pages[page_id]
        self.setCurrentWidget(page)
        if filter_:
            page.apply_filter(filter_)
        if page_id in self._stale:
            self._stale.discard(page_id)
            page.refresh()
        self.page_shown.emit(page_id)
        return True

    def _build(self, page_id: str, context: PageContext) -> None:
        page = self._entries[page_id].build(context, self)
        page.counted.connect(self.counted)
        page.command_wanted.connect(self.command_wanted)
        page.commands_changed.connect(self.commands_changed)
        page.given_up.connect(self.leave_start)
        self._pages[page_id] = page
        self._stale.add(page_id)
        self.addWidget(page)
