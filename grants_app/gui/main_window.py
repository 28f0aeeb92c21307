"""The window's frame: menus, top bar, rail, pages, status bar, history; it knows no page's business."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QByteArray, QSettings, Qt, Slot
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QWidget,
)

from grants_app.gui.frame.area_names import AreaNames
from grants_app.gui.frame.clock_watch import ClockWatch
from grants_app.gui.frame.enter_opens import EnterOpens
from grants_app.gui.frame.focus_keeper import FocusKeeper
from grants_app.gui.frame.kept_lists import KeptLists
from grants_app.gui.frame.list_on_view import ListOnView
from grants_app.gui.frame.placing import WANTED, Placing
from grants_app.gui.frame.undoing import Undoing
from grants_app.gui.frame_facts import FactsTeller
from grants_app.gui.global_search import GlobalSearch
from grants_app.gui.keys import COMMANDS, act_in_focus, chord_of
from grants_app.gui.menus import Menus
from grants_app.gui.page import Desk, Page, PageContext
from grants_app.gui.page_stack import PageEntry, PageStack
from grants_app.gui.progress import ProgressTeller
from grants_app.gui.qt_words import Speech
from grants_app.gui.regions import Regions
from grants_app.gui.tasks import Tasks
from grants_app.gui.theme import NARROW_WINDOW, Theme
from grants_app.gui.widgets.bars import FrameFacts, StatusBar, TopBar
from grants_app.gui.widgets.focus_frame import ListRing
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.pdf import PdfThread
from grants_app.gui.widgets.rail import NavRail, RailEntry
from grants_app.gui.widgets.search_popup import Found
from grants_app.services import opening
from grants_app.services.access import Office
from grants_app.wording import Words

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from grants_app.gui.theme import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameParts:
    """What the window is put together from."""

    words: Speech
    theme: Theme
    tasks: Tasks
    desk: Desk
    pdf: PdfThread
    report_bug: Callable[[str], str]
    settings: QSettings
    pages: Sequence[PageEntry]
    start: PageEntry | None = None
    """The page shown while no office is open."""
    handlers: Mapping[str, Callable[[MainWindow], None]] = field(default_factory=dict)
    """What the window-wide commands do; a command without a handler is hidden."""
    facts: Callable[[Office, Words], FrameFacts] | None = None
    find: Callable[[Office, str, Words], Sequence[Found]] | None = None


class MainWindow(QMainWindow):
    """The one window."""

    def __init__(self, parts: FrameParts) -> None:
        super().__init__()
        self.parts = parts
        self.words = parts.words
        self._lay_out()
        self.context = PageContext(
            words=parts.words,
            theme=parts.theme,
            tasks=parts.tasks,
            desk=parts.desk,
            pdf=parts.pdf,
            show_message=self.stack.show_message,
            go=self.stack.go,
            report_bug=parts.report_bug,
        )
        self.stack.hand_out(self.context)
        self.regions = Regions(self)
        self.facts = FactsTeller(self)
        self.placing = Placing(self)
        self.area_names = AreaNames(self._page_on_view, self)
        self.focus_keeper = FocusKeeper(self._page_on_view, self)
        self.kept_lists = KeptLists(parts.settings, self._officer, self._page_on_view, self)
        self.enter_opens = EnterOpens(self._page_on_view, self)
        self.clock_watch = ClockWatch(self._now, self)
        self.lists = ListOnView(self.context, self._page_on_view, self._may_write, self)
        self.undoing = Undoing(self.context, self._page_on_view, self.regions.focus_page, self)
        self.search = GlobalSearch(self, self.top_bar.search_edit)
        self._menus = Menus(
            self, parts.words, parts.theme, [(e.page_id, self._namer(e)) for e in parts.pages]
        )
        self._teller = ProgressTeller(parts.tasks, parts.words, self.stack.strip, self)
        self._connect()
        self.retranslate()
        self._restore()
        self._on_office_changed()

    def _lay_out(self) -> None:
        theme = self.parts.theme
        # Tab goes by the order of making, and pages are made last: it comes from the rail into the page.
        self.status_bar = StatusBar(theme, self)
        self.top_bar = TopBar(theme, chord_of("search"), self)
        rail_entries = [
            RailEntry(entry.page_id, entry.icon, gap=entry.gap, chord=f"Ctrl+{number}")
            for number, entry in enumerate(self.parts.pages, start=1)
        ]
        self.rail = NavRail(theme, rail_entries, self)
        self.rail.setObjectName("rail")
        self.stack = PageStack(self.parts.pages, self.parts.start, self)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        frame = QWidget(self)
        layout = flush_column(frame)
        layout.addWidget(self.top_bar)
        layout.addLayout(middle, 1)
        layout.addWidget(self.status_bar)
        self.setCentralWidget(frame)
        self.list_ring = ListRing(theme, frame)

    def _connect(self) -> None:
        self._menus.command_chosen.connect(self.do)
        self._menus.page_chosen.connect(self.stack.go)
        self._menus.language_chosen.connect(self._on_language_chosen)
        self._menus.mode_chosen.connect(self._on_mode_chosen)
        self.stack.page_shown.connect(self._on_page_shown)
        self.stack.counted.connect(self.facts.show_count)
        self.stack.command_wanted.connect(self.do)
        self.stack.commands_changed.connect(self._show_available)
        self.stack.commands_changed.connect(self.area_names.name_all)
        self.facts.shown.connect(self.area_names.name_all)
        self.stack.commands_changed.connect(self.regions.give_owed_focus)
        self.parts.tasks.ended.connect(self.regions.on_task_ended)
        self.rail.page_chosen.connect(self.stack.go)
        self.status_bar.language_chosen.connect(self._on_language_chosen)
        self.words.language_changed.connect(self.retranslate)
        self.parts.desk.office_changed.connect(self._on_office_changed)
        self.parts.desk.changed.connect(self._on_changed)
        self.parts.desk.office_left.connect(self._on_office_left)
        self.top_bar.search_edit.left.connect(self.regions.focus_page)
        self.clock_watch.passed.connect(self._on_clock_passed)
        self.parts.desk.act_changed.connect(self._show_available)

    def _namer(self, entry: PageEntry) -> Callable[[], str]:
        return lambda: self.words(entry.name)

    @Slot(str)
    def do(self, command_id: str) -> None:
        """Do a command of the menu bar: the focus's, the page's, the window's own, or the application's."""
        scope = next(command.scope for command in COMMANDS if command.id == command_id)
        own = {**self.lists.commands(), **self.undoing.commands(), **self._own_commands()}
        if scope == "focus":
            act_in_focus(command_id)
        elif self.stack.page is not None and command_id in self.stack.page.commands():
            self.stack.page.commands()[command_id]()
        elif command_id in own:
            own[command_id]()
        elif command_id in self.parts.handlers:
            self.parts.handlers[command_id](self)

    def _own_commands(self) -> dict[str, Callable[[], object]]:
        return {
            "quit": self.close,
            "search": self.regions.focus_search,
            "big_table": self.regions.toggle_big,
            "next_region": self.regions.focus_next,
            "next_tab": lambda: self.regions.step_tab(1),
            "previous_tab": lambda: self.regions.step_tab(-1),
            "back": lambda: self.stack.step(-1),
            "forward": lambda: self.stack.step(1),
        }

    @property
    def available(self) -> frozenset[str]:
        """The commands somebody answers now."""
        page_commands = frozenset(self.stack.page.commands() if self.stack.page is not None else ())
        own = frozenset({**self._own_commands(), **self.lists.commands(), **self.undoing.commands()})
        return page_commands | own | frozenset(self.parts.handlers)

    def _page_on_view(self) -> Page | None:
        """The page on view; none once the window goes, when its last fields still lose the focus."""
        return self.stack.page if shiboken6.isValid(self.stack) else None

    def _may_write(self) -> bool:
        """Whether lists may be written and printed by the officer at the desk."""
        return self.parts.desk.open and self.parts.desk.office.may("papers")

    def _officer(self) -> str:
        """Who is at the desk; "" while no file is open."""
        return self.parts.desk.office.actor.name if self.parts.desk.open else ""

    @Slot()
    def _show_available(self) -> None:
        self.kept_lists.take_up()
        self.enter_opens.take_up()
        answered = self.available
        hidden = frozenset(c.id for c in COMMANDS if c.scope == "window" and c.id not in answered)
        why_not = self.stack.page.why_not() if self.stack.page is not None else {}
        self._menus.set_available(answered, hidden, why_not)
        self._menus.word_item("undo_act", *self.undoing.item())

    @Slot()
    def retranslate(self) -> None:
        """Word the frame and every page built so far."""
        self.setWindowTitle(self.words("Grants"))
        self.top_bar.search_edit.setPlaceholderText(self.words("Find a person, a number or an action"))
        self.top_bar.search_edit.setAccessibleName(self.words("Find a person, a number or an action"))
        self.rail.setAccessibleName(self.words("Pages"))
        for entry in self.parts.pages:
            self.rail.set_text(entry.page_id, self.words(entry.name))
        self.status_bar.set_language(self.words.lang)
        self._menus.retranslate()
        self._menus.word_item("undo_act", *self.undoing.item())
        self.stack.retranslate()
        self.facts.refresh()

    @Slot(str)
    def _on_page_shown(self, page_id: str) -> None:
        if page_id in {entry.page_id for entry in self.parts.pages}:
            self.rail.set_current(page_id)
        if self.stack.page is not None:
            self.stack.page.set_big(self.regions.big)
        self._show_available()
        self.area_names.name_all()
        self.regions.focus_page()

    @Slot()
    def _on_office_changed(self) -> None:
        is_open = self.parts.desk.open
        self.rail.setVisible(is_open and not self.regions.big)
        self.top_bar.search_edit.setVisible(is_open)
        self.stack.begin_anew()
        self.facts.refresh()

    @Slot(object)
    def _on_office_left(self, office: Office) -> None:
        """Let go of the file, behind what still reads it in the background."""
        self.parts.tasks.run(
            lambda _task: opening.let_go(office), done=self._on_let_go, failed=self._on_failed
        )

    @Slot(object)
    def _on_let_go(self, _answer: object) -> None:
        """Nobody waits for it."""

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.context.tell_failure(error)

    @Slot(object)
    def _on_changed(self, changes: object) -> None:
        self.stack.take_change(changes)
        self.kept_lists.take_up()  # another officer may have sat down
        self.facts.refresh()

    def _now(self) -> datetime | None:
        desk = self.parts.desk
        return desk.office.clock() if desk.open and self.parts.facts is not None else None

    @Slot()
    def _on_clock_passed(self) -> None:
        """A day turned, a date passed or the computer slept: what depends on it is read again."""
        self.stack.take_change(None)
        self.facts.refresh()

    @Slot(str)
    def _on_language_chosen(self, lang: str) -> None:
        self.parts.settings.setValue("language", lang)
        self.words.switch(lang)
        self.status_bar.set_language(self.words.lang)

    @Slot(str)
    def _on_mode_chosen(self, mode: Mode) -> None:
        self.parts.settings.setValue("appearance", mode)
        self.parts.theme.choose(mode)
        self._menus.retranslate()
        self._show_available()

    @Slot()
    def come_to_front(self) -> None:
        """A second start asks for this."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Icons only in the rail below 1,200 px."""
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < NARROW_WINDOW)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Over a list, what may be done with its rows, in the words and with the chords of the menu bar."""
        view: QWidget | None = self.childAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            view = QApplication.focusWidget()
        while view is not None and not isinstance(view, QAbstractItemView):
            view = view.parentWidget()
        page = self.stack.page
        if view is None or page is None or not page.isAncestorOf(view):
            event.ignore()
            return
        answered = {*page.commands(), *self.lists.commands(), "copy", "select_all"}
        menu = QMenu(self)
        menu.setObjectName("rows_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in COMMANDS:
            if command.id in answered:
                menu.addAction(self._menus.actions[command.id])
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        menu.popup(event.globalPos())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the draft, remember the place, end the background work."""
        if self.stack.page is not None and not self.stack.page.leave():
            event.ignore()
            return
        self.parts.settings.setValue("geometry", self.saveGeometry())
        self.clock_watch.stop()
        self.parts.tasks.close()
        self.parts.pdf.close()
        super().closeEvent(event)

    def _restore(self) -> None:
        self.resize(WANTED)
        geometry = self.parts.settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self.placing.fit()
