"""Opens the window: one instance, fonts, language, garbage collection; it builds no service itself."""

from __future__ import annotations

import gc
import importlib
import logging
import sys
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from grants_app.domain.errors import Refused, trail
from grants_app.gui.dialogs.backup_folder import BackupFolderDialog
from grants_app.gui.dialogs.help_dialogs import AboutDialog, HelpDialog
from grants_app.gui.dialogs.officer import OfficerDialog
from grants_app.gui.keys import LayoutKeys
from grants_app.gui.main_window import FrameParts, MainWindow
from grants_app.gui.office_acts import OfficeActs
from grants_app.gui.page import Desk
from grants_app.gui.page_stack import PageEntry
from grants_app.gui.qt_words import Speech
from grants_app.gui.tasks import Tasks
from grants_app.gui.theme import Theme
from grants_app.gui.widgets.pdf import PdfThread
from grants_app.gui.widgets.style import FrameStyle
from grants_app.paths import shipped
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QDialog, QWidget

    from grants_app.gui.page import Page, PageContext
    from grants_app.gui.widgets.bars import FrameFacts
    from grants_app.gui.widgets.search_popup import Found
    from grants_app.services.access import Office
    from grants_app.services.opening import Premises
    from grants_app.wording import Words

_log = logging.getLogger(__name__)
_COLLECT_MS = 2000
_WHOLE_EVERY = 30
"""Each minute everything is looked through: what grew old before it became garbage is not seen otherwise."""
_WAIT_MS = 400


class Outside(Protocol):
    """What the window asks of the world; `bootstrap` builds it."""

    def words(self, langs: tuple[str, ...]) -> Words:
        """The words of the first language asked for, else of this machine's language."""

    def first_office(self, address: str) -> Office | None:
        """The office on this database (else the last one used); None when there is none to open yet."""

    @property
    def premises(self) -> Premises:
        """What opens databases on this machine."""

    def address_to_open(self, address: str) -> str:
        """The database this start is about: the one named, else what was open last."""

    def same_file_key(self, address: str) -> str:
        """What two addresses of one database have in common."""

    def opened(self, office: Office) -> None:
        """Remember what is open now, to open it again at the next start."""

    def report_bug(self, text: str) -> str:
        """Write a report of this traceback; answers its path."""

    def settings_file(self) -> Path:
        """Where the window keeps its geometry, language and appearance."""

    def frame_facts(self, office: Office, words: Words) -> FrameFacts:
        """What the frame shows of the office."""

    def find(self, office: Office, text: str, words: Words) -> Sequence[Found]:
        """People and numbers matching this text."""


@dataclass(frozen=True, slots=True)
class PageSource:
    """Where a page's class lies; it is imported at the page's first visit."""

    page_id: str
    icon: str
    name: str
    module: str
    kind: str
    gap: bool = False

    def entry(self) -> PageEntry:
        """What the window needs of it."""
        return PageEntry(self.page_id, self.icon, self.name, self._build, self.gap)

    def _build(self, context: PageContext, parent: QWidget) -> Page:
        made: Page = getattr(importlib.import_module(self.module), self.kind)(context, parent)
        return made


PAGES: tuple[PageSource, ...] = (
    PageSource("today", "today", mark("Today"), "grants_app.gui.pages.today", "TodayPage"),
    PageSource(
        "applicants", "applicants", mark("Applicants"), "grants_app.gui.pages.applicants", "ApplicantsPage"
    ),
    PageSource("ranking", "ranking", mark("Ranking"), "grants_app.gui.pages.ranking", "RankingPage"),
    PageSource("awards", "awards", mark("Awards"), "grants_app.gui.pages.awards", "AwardsPage"),
    PageSource("papers", "papers", mark("Documents"), "grants_app.gui.pages.papers", "PapersPage"),
    PageSource(
        "journal", "journal", mark("Journal"), "grants_app.gui.pages.journal", "JournalPage", gap=True
    ),
    PageSource("campaign", "campaign", mark("Campaign"), "grants_app.gui.pages.campaign", "CampaignPage"),
)
START = PageSource("start", "today", mark("Start"), "grants_app.gui.pages.start", "StartPage")


class Collector(QObject):
    """Collects garbage from a GUI-thread timer: a collection during event dispatch frees live widgets."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._passed = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_COLLECT_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        self._passed += 1
        gc.collect(2 if self._passed % _WHOLE_EVERY == 0 else 1)


class OnlyInstance(QObject):
    """Makes a second start on the same file raise its window; another file gets a window of its own."""

    raised = Signal()

    def __init__(self, key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = self._name_of(key)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)

    @staticmethod
    def _name_of(key: str) -> str:
        return f"grants-app-{sha256(key.encode()).hexdigest()[:16]}"

    def move_to(self, key: str) -> None:
        """Another file is open in the window now; where one has it already, that one goes on answering."""
        name = self._name_of(key)
        if name != self._name:
            self._server.close()
            self._name = name
            self.is_first()

    def is_first(self) -> bool:
        """True for the first start; else the open window was asked to come to the front."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_WAIT_MS):
            socket.disconnectFromServer()
            return False
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)  # left behind by a power cut
            self._server.listen(self._name)
        return True

    @Slot()
    def _on_new_connection(self) -> None:
        while self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
        self.raised.emit()


class BugTeller(QObject):
    """Turns an exception nobody caught into one sentence in the window; the same bug is told once."""

    def __init__(self, report: Callable[[str], str], parent: QObject) -> None:
        super().__init__(parent)
        self._report = report
        self._told: set[str] = set()
        self.window: MainWindow | None = None

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What `sys.excepthook` is set to."""
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
            return
        if self.window is not None and isinstance(error, Refused):
            self.window.context.tell_failure(error)
            return
        text = trail(error)
        if text in self._told:
            return
        self._told.add(text)
        _log.critical("bug", exc_info=(kind, error, trace))
        if self.window is not None and isinstance(error, Exception):
            self.window.context.tell_failure(error)
        else:
            self._report(text)


def style_application(application: QApplication, theme: Theme) -> None:
    """Give the application its style, palette, font, and the keys that work under any layout."""
    application.setStyle(FrameStyle(theme))
    theme.apply()
    LayoutKeys(application)


def make_theme(parent: QObject) -> Theme:
    """The theme with the shipped fonts and icons."""
    return Theme(shipped("resources/fonts"), shipped("resources/icons"), parent)


def run(outside: Outside, address: str) -> int:
    """Open the window on this database and stay until it is closed; returns the exit code."""
    application = QApplication([sys.argv[0]])
    application.setApplicationName("grants-app")
    only = OnlyInstance(_key(outside, outside.address_to_open(address)), application)
    if not only.is_first():
        return 0
    Collector(application)
    bugs = BugTeller(outside.report_bug, application)
    sys.excepthook = bugs.caught
    window = make_window(application, outside, address)
    bugs.window = window
    only.raised.connect(window.come_to_front)
    OpenFile(window, outside, only)
    window.show()
    code = application.exec()
    window.deleteLater()
    return code


def _key(outside: Outside, address: str) -> str:
    return f"{outside.settings_file()} {outside.same_file_key(address)}"


class OpenFile(QObject):
    """What goes with another file in the window: it is remembered, and what is odd about it is said."""

    def __init__(self, window: MainWindow, outside: Outside, only: OnlyInstance) -> None:
        super().__init__(window)
        self._window = window
        self._outside = outside
        self._only = only
        self._told: object = None
        window.parts.desk.office_changed.connect(self._on_office_changed)
        self._on_office_changed()

    @Slot()
    def _on_office_changed(self) -> None:
        parts = self._window.parts
        if not parts.desk.open:
            return
        office = parts.desk.office
        self._only.move_to(_key(self._outside, office.store.address))
        parts.tasks.run(
            lambda _task: self._outside.opened(office),
            done=self._on_remembered,
            failed=self._on_failed,
        )
        if self._told is not office.store:
            self._told = office.store
            for notice in office.notices:
                sentence = self._window.words.code(notice.code, **notice.facts)
                self._window.context.show_message("warn", sentence)

    @Slot(object)
    def _on_remembered(self, _answer: object) -> None:
        """Nobody waits for it."""

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._window.context.tell_failure(error)


def make_window(application: QApplication, outside: Outside, address: str) -> MainWindow:
    """The window on the database this start is about; where that cannot be opened, on the first start."""
    settings = QSettings(str(outside.settings_file()), QSettings.Format.IniFormat, application)
    chosen = str(settings.value("language", ""))
    first = outside.words((chosen,) if chosen else ())
    speech = Speech(lambda lang: outside.words((lang,)), first.lang, application)
    speech.install()
    theme = make_theme(application)
    mode = settings.value("appearance", "system")
    theme.choose(mode if mode in ("light", "dark") else "system")
    style_application(application, theme)
    application.setWindowIcon(QIcon(theme.pixmap("awards", "accent", 64)))
    desk = Desk(parent=application, premises=outside.premises)
    refusal: Refused | None = None
    try:
        desk.take(outside.first_office(address))
    except Refused as error:
        refusal = error
    window = MainWindow(
        FrameParts(
            words=speech,
            theme=theme,
            tasks=Tasks(application),
            desk=desk,
            pdf=PdfThread(application),
            report_bug=outside.report_bug,
            settings=settings,
            pages=[page.entry() for page in PAGES],
            start=START.entry(),
            handlers=_handlers(),
            facts=outside.frame_facts,
            find=outside.find,
        )
    )
    if refusal is not None:
        window.stack.show_start({"file": str(refusal.facts.get("file", "")), "code": refusal.code})
        window.context.tell_failure(refusal)
    return window


def _handlers() -> Mapping[str, Callable[[MainWindow], None]]:
    return {
        "import": lambda window: window.stack.go("applicants", {"tab": "import"}),
        "open_file": lambda window: window.stack.show_start({"way": "open"}),
        "second_backups": _second_backups,
        "switch_officer": _switch_officer,
        "backup": lambda window: OfficeActs(window).back_up(),
        "check": lambda window: OfficeActs(window).check(),
        "page_help": lambda window: _show(HelpDialog(window.context, window.stack.page, window)),
        "chords": lambda window: _show(HelpDialog(window.context, None, window)),
        "about": lambda window: _show(AboutDialog(window.context, window)),
    }


def _switch_officer(window: MainWindow) -> None:
    if window.parts.desk.open and (window.stack.page is None or window.stack.page.leave()):
        dialog = OfficerDialog(window.context, window)
        dialog.form.focus("name")
        _show(dialog)


def _second_backups(window: MainWindow) -> None:
    if window.parts.desk.open:
        _show(BackupFolderDialog(window.context, window))


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
