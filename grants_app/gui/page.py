"""What a page is and what it is given; it knows neither the window nor any particular page."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from grants_app.domain.errors import Refused, trail
from grants_app.domain.journal import Changed
from grants_app.gui.qt_words import Speech
from grants_app.gui.tasks import Tasks
from grants_app.gui.theme import Theme
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.page_header import PageHeader
from grants_app.gui.widgets.pdf import PdfThread
from grants_app.gui.widgets.strip import MessageStrip, StripAction, StripKind
from grants_app.gui.widgets.tab_row import TabRow

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from grants_app.domain.reversal import Reversal
    from grants_app.services.access import Office
    from grants_app.services.opening import Premises

Filter = Mapping[str, str]
_TWO = 2  # numbers told with an act; of more, the act alone is
_QUEUE = 500  # people of a queue handed on: nobody goes further through one by hand
_log = logging.getLogger(__name__)


class Desk(QObject):
    """The office at work and what happens to it; everybody who shows something of it listens here."""

    office_changed = Signal()
    changed = Signal(object)
    office_left = Signal(object)
    """Another database is open now: the one of this office is to be let go of."""
    act_changed = Signal()
    """What can be undone changed."""
    undo_wanted = Signal(object)
    """`undo_wanted(Reversal)`: the link in the message that reports an act was followed."""

    def __init__(
        self,
        office: Office | None = None,
        parent: QObject | None = None,
        premises: Premises | None = None,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._premises = premises
        self.last_act: Reversal | None = None
        self.final = False
        """Whether something that cannot be undone was done since the last act that could."""

    @property
    def premises(self) -> Premises:
        """What opens databases here; asking where none was given is a bug."""
        if self._premises is None:
            raise LookupError("no premises were given")
        return self._premises

    @property
    def open(self) -> bool:
        """Whether a database is open."""
        return self._office is not None

    @property
    def office(self) -> Office:
        """The office to hand to services; asking while none is open is a bug."""
        if self._office is None:
            raise LookupError("no office is open")
        return self._office

    def take(self, office: Office | None) -> None:
        """Sit down at another office: another file, campaign, branch or officer."""
        before, self._office = self._office, office
        self.last_act, self.final = None, False
        self.office_changed.emit()
        self.act_changed.emit()
        if before is not None and (office is None or office.store is not before.store):
            self.office_left.emit(before)

    def sit(self, office: Office) -> None:
        """Sit at another branch of the same campaign; what is on view stays and is read again."""
        self._office = office
        self.changed.emit(None)

    def tell(self, changes: object) -> None:
        """Tell every page what a service changed, and keep what undoes it."""
        if isinstance(changes, Changed):
            self._keep(changes)
        self.changed.emit(changes)

    def forget(self, reversal: Reversal) -> None:
        """It was undone: nothing is left to undo of it."""
        if self.last_act is reversal:
            self.last_act = None
        self.act_changed.emit()

    def _keep(self, changes: Changed) -> None:
        if changes.undo is not None:
            self.last_act, self.final = changes.undo, False
        elif changes.awards or changes.runs or changes.campaign or changes.commission:
            # Going back behind an act that stays would surprise; a print or a save of nothing is no such act.
            self.final = self.final or self.last_act is not None
            self.last_act = None
        self.act_changed.emit()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PageContext:
    """What every page is built from."""

    words: Speech
    theme: Theme
    tasks: Tasks
    desk: Desk
    pdf: PdfThread
    show_message: Callable[..., None]
    """`show_message(kind, text, action=None)`: into the strip of the page on view."""
    go: Callable[..., None]
    """`go(page_id, {"search": "усонова"})`: open a page with a filter; it joins the history."""
    report_bug: Callable[[str], str]
    """Write a report of this traceback; answers the path to show."""

    def open_person(self, number: str, queue: Sequence[str] = ()) -> None:
        """The one door to a person: the row chosen in the list, the card beside it.

        `queue` are the numbers of the list it was opened from, in its order: F3 goes on to the next of them,
        Alt+← back to where the queue stands.
        """
        self.go("applicants", {"person": number, "queue": ",".join(_around(number, queue))})

    def tell_done(self, text: str, changed: Changed, action: StripAction | None = None) -> None:
        """Tell every page what an act changed, and say it, with the way back beside it where there is one."""
        self.desk.tell(changed)
        self.show_message("ok", text, self.undo_link(changed, action))

    def undo_link(self, changed: Changed, action: StripAction | None = None) -> StripAction | None:
        """The link that undoes an act, beside another one; that one alone where the act stays."""
        reversal = changed.undo
        if reversal is None:
            return action
        link = StripAction(self.words("Undo"), lambda: self.desk.undo_wanted.emit(reversal))
        return link if action is None else replace(action, also=link)

    def act_words(self, reversal: Reversal) -> str:
        """An act as the journal calls it, with the number or the two numbers it was about."""
        told = self.words.code(f"act_{reversal.act.replace('.', '_')}")
        numbers = reversal.numbers
        return f"{told}, {', '.join(numbers)}" if 0 < len(numbers) <= _TWO else told

    @property
    def office(self) -> Office:
        """The office in force now; ask again each time, it changes."""
        return self.desk.office

    def failure_words(self, error: Exception) -> tuple[StripKind, str]:
        """A refusal in the catalogue's words; a bug logged, reported, and as one sentence with the path."""
        if isinstance(error, Refused):
            return "warn", self.words.code(error.code, **error.facts)
        _log.error("bug", exc_info=error)
        path = self.report_bug(trail(error))
        return "bad", self.words("An internal error occurred. A report was saved: {path}", path=path)

    def tell_failure(self, error: Exception) -> None:
        """Say a failure in the strip of the page on view."""
        self.show_message(*self.failure_words(error))


def _around(number: str, queue: Sequence[str]) -> Sequence[str]:
    """So many of a long queue as will be gone through, from the person on."""
    start = queue.index(number) if number in queue and len(queue) > _QUEUE else 0
    return queue[start : start + _QUEUE]


class Page(QWidget):
    """One page: a header of 44 px, `body`, a layout the subclass fills, and the message bar over its edge.

    The subclass sets `page_id`, says its `title`, fills `self.body` in its constructor, reads in `refresh`
    and words everything in `retranslate` (which it calls at the end of its constructor).
    """

    page_id: ClassVar[str] = ""
    commands_changed = Signal()
    """What `commands` answers changed."""
    counted = Signal(str, int)
    """`counted(page_id, number)`: the figure beside the page's name in the rail."""
    given_up = Signal()
    """The page gives way to the one that was on view before it."""
    command_wanted = Signal(str)
    """A line of the page asks for a command of the menu bar (an id of `keys.COMMANDS`)."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self.theme = context.theme
        self.setObjectName(f"{self.page_id}_page")
        self.header = PageHeader(context.theme, self)
        self.strip = MessageStrip(context.theme, context.words, self, floats=True)
        self.body = flush_column()
        layout = flush_column(self)
        layout.addWidget(self.header)
        layout.addLayout(self.body, 1)
        self._subject: object = None
        self.commands_changed.connect(self._on_commands_changed)
        self.strip.left.connect(self._on_strip_left)
        self.header.primary_button.clicked.connect(self._on_primary_button_clicked)

    def title(self) -> str:
        """The page's title in the language in force."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read again what is shown; called when the page comes on view stale, and on F5."""

    def retranslate(self) -> None:
        """Word everything again; subclasses extend it."""
        self.header.set_title(self.title())
        self.strip.retranslate()

    def primary_action(self) -> None:
        """What the primary button does."""

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the page does on the window's commands (ids of `keys.COMMANDS`) now; others are greyed."""
        return {}

    def why_not(self) -> Mapping[str, str]:
        """Why the page does not do a command of the window now, by its id; said in the menu's tool tip."""
        return {}

    def apply_filter(self, filter_: Filter) -> None:
        """Show what `go(page_id, filter)` asked for; an empty filter leaves the page as it is."""

    def place(self) -> Filter | None:
        """What `apply_filter` needs to bring back the page as it stands now; None: as it was asked for.

        An empty filter says that the page, left as it stands, is what is to come back.
        """
        return None

    def changed(self, changes: object) -> None:  # noqa: ARG002 - subclasses look at it
        """Something was changed somewhere while this page is on view; reads again unless told better."""
        self.refresh()

    def leave(self) -> bool:
        """Whether the page may be left now: drafts are kept first. False keeps the page on view."""
        return True

    def regions(self) -> Sequence[QWidget]:
        """Where F6 goes, in order; by default the lists and texts on view, and what stands for an empty one.

        None while everything is still being read: the page gets the focus once there is something.
        """
        return [place for part in self.findChildren(QWidget) if (place := self._place_in(part)) is not None]

    def _place_in(self, part: QWidget) -> QWidget | None:
        """Where the focus goes in a list, a text or an empty state on view; nowhere in anything else."""
        if isinstance(part, QAbstractScrollArea):
            taking = part.isVisibleTo(self) and part.focusPolicy() & Qt.FocusPolicy.TabFocus
            return part if taking else None
        if not isinstance(part, EmptyState) or not part.isVisibleTo(self):
            return None
        around = part.parentWidget()
        while around is not None and around is not self:
            if isinstance(around, QAbstractScrollArea):
                return None  # the column it stands in is the place
            around = around.parentWidget()
        return part.place()

    def set_big(self, big: bool) -> None:  # noqa: FBT001 - a plain setter
        """F11: show only the table; subclasses hide what stands beside it."""

    def subject(self) -> object:
        """Whom or what the page is about now; a message about a refusal goes when it is about another.

        By default its tab; subclasses add the person or the row whose card is on view.
        """
        row = next((row for row in self.header.findChildren(TabRow) if not row.isHidden()), None)
        return row.current if row is not None else ""

    def help_text(self) -> str:
        """A few sentences on what the page is for, shown by F1."""
        return ""

    def run(
        self, work: Callable[[Any], Any], done: Callable[[Any], None], *, title: str = "", key: str = ""
    ) -> None:
        """Queue background work whose errors go to the message strip; see `Tasks.run`."""
        self.context.tasks.run(work, done=done, failed=self.on_failed, title=title, key=key)

    @Slot(object)
    def on_failed(self, error: Exception) -> None:
        """Tell a failure of background work; subclasses extend it to end their loading state."""
        self.context.tell_failure(error)

    def show_message(self, kind: StripKind, text: str, action: StripAction | None = None) -> None:
        """Say something in this page's strip."""
        self._subject = self.subject()
        self.strip.show_message(kind, text, action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The message stays at the edge."""
        super().resizeEvent(event)
        if not self.strip.isHidden():
            self.strip.place()

    @Slot()
    def _on_commands_changed(self) -> None:
        if self.subject() != self._subject:
            self._subject = self.subject()
            self.strip.forget_trouble()

    @Slot()
    def _on_strip_left(self) -> None:
        """The message went with the focus in it: back to where the work is."""
        area = next(iter(self.regions()), None)
        if area is not None:
            area.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_primary_button_clicked(self) -> None:
        self.primary_action()
