"""The journal: who did what and why, filtered, with every field before and after; it changes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.journal import Event
from grants_app.domain.ruleset import RuleSet
from grants_app.gui.page import Filter, Page, PageContext
from grants_app.gui.pages.journal_details import EventPanel, moment_text
from grants_app.gui.pages.journal_values import subject_text
from grants_app.gui.pages.journal_words import ACTS, act_text, called
from grants_app.gui.table_models import Column, LinesModel
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.editors import ChoiceEdit, Option, SearchField
from grants_app.services import upkeep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from grants_app.domain.values import Finding
    from grants_app.gui.table_models import Order
    from grants_app.gui.tasks import Task

_FIRST = 256
_NUMBER = re.compile(r"\w+-\d+")  # of an application, as "B-0017"
_NARROW = 1000
_TYPING_MS = 150


@dataclass(frozen=True, slots=True)
class _Read:
    total: int
    events: tuple[Event, ...]
    officers: tuple[str, ...]
    setup: CampaignSetup
    rules: tuple[RuleSet, ...]


class JournalPage(Page):
    """Filters, the list of events, one event beside it."""

    page_id: ClassVar[str] = "journal"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._zone = "UTC"
        self._names: Mapping[str, str] = {}
        self._wanted: tuple[str, str, str] = ("", "", "")
        self.subject_edit = SearchField(self.theme, self)
        self.subject_edit.setObjectName("subject_edit")
        self.act_edit = ChoiceEdit(self.theme, self)
        self.act_edit.setObjectName("act_edit")
        self.actor_edit = ChoiceEdit(self.theme, self)
        self.actor_edit.setObjectName("actor_edit")
        for editor, width in ((self.subject_edit, 190), (self.act_edit, 230), (self.actor_edit, 170)):
            editor.setMaximumWidth(width)
            self.header.filters.addWidget(editor, 1)
        self.header.filters.addStretch(1)
        self.clear_button = KeyButton(self.theme, self)
        self.clear_button.setObjectName("clear_filters_button")
        self.header.acts.addWidget(self.clear_button)
        self.model = LinesModel(self._columns(), self)
        self.table = FittedTable(self.theme, self.model, ("branch", "reason"), self)
        self.table.setObjectName("journal_table")
        self.empty = EmptyState(self.theme, "journal", self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.panel = EventPanel(self.theme, self.words, self)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.stack, 1)
        row.addWidget(self.panel)
        self.body.addLayout(row, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._typing.timeout.connect(self.refresh)
        self.subject_edit.textChanged.connect(self._typing.start)
        self.subject_edit.down_pressed.connect(self.table.setFocus)
        self.act_edit.chosen.connect(self._on_filter_chosen)
        self.actor_edit.chosen.connect(self._on_filter_chosen)
        self.clear_button.clicked.connect(self.clear_filters)
        self.empty.pressed.connect(self.clear_filters)
        self.model.failed.connect(self.on_failed)
        self.table.line_chosen.connect(self._on_line_chosen)
        self.panel.subject_wanted.connect(self.subject_edit.setText)

    def title(self) -> str:
        """The page's name."""
        return self.words("Journal")

    def retranslate(self) -> None:
        """Word everything again."""
        super().retranslate()
        words = self.words
        for editor, text in (
            (self.subject_edit, words("Number or subject")),
            (self.act_edit, words("All actions")),
            (self.actor_edit, words("All officers")),
        ):
            editor.setPlaceholderText(text)
            editor.setAccessibleName(text)
        self.act_edit.set_options([Option(act, act_text(words, act)) for act in ACTS])
        self.clear_button.setText(words("Clear filters"))
        self.clear_button.updateGeometry()
        self.header.set_primary(words("Check journal integrity"))
        self.model.retranslate()
        self.panel.retranslate()

    def refresh(self) -> None:
        """Read the events that fit the filters, the newest first."""
        office = self.context.office
        act, actor, subject = self._filters()

        def work(_task: Task[object]) -> _Read:
            total, events = upkeep.journal(office, act=act, actor=actor, subject=subject, limit=_FIRST)
            with office.store.reading() as reading:
                names = tuple(dict.fromkeys(one.name for one in reading.actors()))
                versions = tuple(reading.rule_sets(office.campaign_id))
            return _Read(total, tuple(events), names, office.campaign().setup, versions)

        self._wanted = (act, actor, subject)
        self.run(work, self._on_read, key="journal_events")

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the menu may ask of the page now."""
        offered: dict[str, Callable[[], None]] = {"recalculate": self.refresh}
        event = self.panel.event_shown
        if event is not None and _NUMBER.fullmatch(event.subject):
            offered["person_card"] = partial(self.context.open_person, event.subject)
        return offered

    def place(self) -> Filter:
        """As it stands."""
        return {}

    def help_text(self) -> str:
        """What F1 says of the page."""
        return self.words(
            "Who did what, when and why. Entries cannot be changed. Select one to see each "
            "field before and after."
        )

    def set_big(self, big: bool) -> None:  # noqa: FBT001 - the frame's own form
        """The list alone, or with the event beside it."""
        self.panel.setVisible(not big)

    def apply_filter(self, filter_: Filter) -> None:
        """`subject`, `act`, `actor`."""
        self.act_edit.set_code(filter_.get("act", ""))
        self.actor_edit.set_code(filter_.get("actor", ""))
        self.subject_edit.setText(filter_.get("subject", ""))
        self.refresh()

    def primary_action(self) -> None:
        """Verify the journal's chain and the ledger in the background."""
        office = self.context.office

        def work(_task: Task[object]) -> tuple[Finding, ...]:
            return upkeep.check(office)

        self.run(
            work, self._on_checked, title=self.words("Checking the database and the journal…"), key="check"
        )

    @Slot()
    def clear_filters(self) -> None:
        """Show everything again."""
        self.act_edit.set_code("")
        self.actor_edit.set_code("")
        self.subject_edit.clear()
        self.refresh()

    def _filters(self) -> tuple[str, str, str]:
        return self.act_edit.code, self.actor_edit.code, self.subject_edit.text().strip()

    @Slot(object)
    def _on_read(self, read: _Read) -> None:
        total, events, names = read.total, read.events, read.officers
        self._zone, self._names = read.setup.zone, called(self.words, read.setup, read.rules)
        office = self.context.office
        act, actor, subject = self._wanted

        def fetch(offset: int, limit: int, _order: Order) -> Sequence[Event]:
            return upkeep.journal(office, act=act, actor=actor, subject=subject, limit=limit, offset=offset)[
                1
            ]

        chosen = self.panel.event_shown
        self.actor_edit.set_options([Option(name, name) for name in names])
        self.model.show(total, fetch, first=events)
        self.header.set_count(self.words.plural("{n} entry", "{n} entries", total))
        filtered = any(self._wanted)
        self.clear_button.setVisible(filtered)
        if total:
            self.stack.setCurrentWidget(self.table)
            seqs = [event.seq for event in events]
            self.table.choose_row(seqs.index(chosen.seq) if chosen and chosen.seq in seqs else 0)
            return
        self.panel.show_nothing()
        if filtered:
            self.empty.show_state(
                self.words("No entries match these filters."), self.words("Clear filters"), "filter"
            )
        else:
            self.empty.show_state(self.words("Nothing has been recorded in this campaign yet."))
        self.stack.setCurrentWidget(self.empty)

    @Slot(object)
    def _on_checked(self, findings: tuple[Finding, ...]) -> None:
        words = self.words
        if not findings:
            self.show_message("ok", words("The database, journal and seat ledger are consistent."))
            return
        first = words.code(findings[0].code, **findings[0].facts)
        self.show_message(
            "bad",
            words.plural(
                "{n} problem found. {first}", "{n} problems found. {first}", len(findings), first=first
            ),
        )

    @Slot(str)
    def _on_filter_chosen(self, _code: str) -> None:
        self.refresh()

    @Slot(object)
    def _on_line_chosen(self, event: Event | None) -> None:
        if event is not None:
            self.panel.show_event(event, self._zone, self._names)
        self.commands_changed.emit()

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(
                key="at",
                title=lambda: words("Time"),
                text=lambda e: moment_text(words, e.at, self._zone),
                width=128,
                tone="muted",
                sortable=False,
            ),
            Column(
                key="act",
                title=lambda: words("Action"),
                text=lambda e: act_text(words, e.act),
                width=220,
                sortable=False,
                stretch=True,
            ),
            Column(
                key="subject",
                title=lambda: words("Subject"),
                text=lambda e: subject_text(words, self._names, e.act, e.subject),
                width=150,
                bold=True,
                sortable=False,
            ),
            Column(
                key="reason",
                title=lambda: words("Reason"),
                text=lambda e: e.reason,
                width=190,
                tone="muted",
                sortable=False,
            ),
            Column(
                key="actor", title=lambda: words("Officer"), text=lambda e: e.actor, width=140, sortable=False
            ),
            Column(
                key="branch",
                title=lambda: words("Branch"),
                text=lambda e: self._names.get(e.branch, e.branch),
                width=96,
                tone="muted",
                sortable=False,
            ),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The event's column gives way in a small window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW + 100
        self.panel.setFixedWidth(290 if narrow else 340)
