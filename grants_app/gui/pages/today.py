"""Today: figures of the campaign, work that waits, applications against seats, dates, the last acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from grants_app.gui.keys import chord_of
from grants_app.gui.page import Page, PageContext
from grants_app.gui.pages.today_words import TodayWords
from grants_app.gui.widgets.cards import Bars, Card, FigureTile, QueueList
from grants_app.gui.widgets.drawer import FactList
from grants_app.gui.widgets.labels import Label
from grants_app.services import intake, today
from grants_app.services.campaign import readiness
from grants_app.services.campaign.readiness import Lack, ReadyLine
from grants_app.services.today import Today

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

TILES = ("applications", "complete", "checked", "grants", "seats")
_TILE_FILTERS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "applications": ("applicants", {"search": ""}),
    "complete": ("applicants", {"state": "incomplete"}),
    "checked": ("applicants", {"tab": "verification"}),
    "grants": ("awards", {}),
    "seats": ("campaign", {}),
}
_SHORT = 620


@dataclass(frozen=True, slots=True)
class _Read:
    seen: Today
    ready: tuple[ReadyLine, ...]
    lacking: tuple[Lack, ...]
    """What keeps applications from being received."""


class TodayPage(Page):
    """The first page of the day."""

    page_id: ClassVar[str] = "today"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._read: _Read | None = None
        self.tiles = {key: FigureTile(self.theme, self) for key in TILES}
        self.bars = Bars(self.theme, self)
        self.bars_note = Label(self.theme, "small", "muted", parent=self)
        self.bars_note.setWordWrap(True)
        self.ready = QueueList(self.theme, self)
        self.ready.setObjectName("ready_lines")
        self.queues = QueueList(self.theme, self)
        self.queues.setObjectName("queues")
        self.nothing_label = Label(self.theme, "body", "muted", parent=self)
        self.nothing_label.setWordWrap(True)
        self.deadlines = FactList(self.theme, self)
        self.backup = FactList(self.theme, self)
        self.acts = FactList(self.theme, self)
        self.ready_card = Card(self.theme, self)
        self.ready_card.hide()
        self.seats_card = Card(self.theme, self)
        self.work_card = Card(self.theme, self)
        self.acts_card = Card(self.theme, self)
        self.dates_card = Card(self.theme, self)
        self._lay_out()
        for key, tile in self.tiles.items():
            tile.setObjectName(f"{key}_tile")
            tile.pressed.connect(self._opener(key))
        self.queues.opened.connect(self._on_queue_opened)
        self.ready.opened.connect(self._on_ready_opened)
        self.retranslate()

    def _lay_out(self) -> None:
        inside = QWidget(self)
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(18, 2, 18, 14)
        whole.setSpacing(12)
        tiles = QHBoxLayout()
        tiles.setSpacing(10)
        for tile in self.tiles.values():
            tiles.addWidget(tile, 1)
        whole.addWidget(self.ready_card)
        whole.addLayout(tiles)
        for card, parts in (
            (self.ready_card, (self.ready,)),
            (self.seats_card, (self.bars, self.bars_note)),
            (self.acts_card, (self.acts,)),
            (self.work_card, (self.queues, self.nothing_label)),
            (self.dates_card, (self.deadlines, self.backup)),
        ):
            for part in parts:
                card.content.addWidget(part)
            card.content.addStretch(1)
        whole.addLayout(self._two_columns(), 1)
        self.scroll_area = QScrollArea(self)
        self.scroll_area.setObjectName("today_scroll_area")
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setWidget(inside)
        self.body.addWidget(self.scroll_area, 1)

    def _two_columns(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (self.seats_card, self.acts_card)),
            (right, (self.work_card, self.dates_card)),
        ):
            column.setSpacing(12)
            column.addWidget(cards[0])
            column.addWidget(cards[1], 1)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 6)
        grid.setColumnStretch(1, 5)
        return grid

    def _opener(self, key: str) -> Callable[[], None]:
        page, filter_ = _TILE_FILTERS[key]
        return lambda: self.context.go(page, filter_)

    def title(self) -> str:
        """Today and its date."""
        if self._read is None:
            return self.words("Today")
        return TodayWords(self.words, self._read.seen).title()

    def retranslate(self) -> None:
        """Word everything again."""
        super().retranslate()
        words = self.words
        self.header.set_primary(words("New application"), chord_of("new"))
        self.seats_card.set_title(words("Applications and seats"))
        self.work_card.set_title(words("Tasks"))
        self.dates_card.set_title(words("Dates"))
        self.acts_card.set_title(words("Recent actions"))
        if self._read is not None:
            self._on_read(self._read)

    def regions(self) -> Sequence[QWidget]:
        """What is to be prepared, then the work that waits; a page with neither is scrolled."""
        if self._read is None:
            return ()
        lists = [part for part in (self.ready, self.queues) if part.isVisibleTo(self)]
        return lists or super().regions()

    def help_text(self) -> str:
        """What F1 says."""
        return self.words(
            "Each task opens its list: ↑ and ↓ move, Enter opens. Insert starts a new application."
        )

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the page does on the window's commands."""
        answers: dict[str, Callable[[], None]] = {"recalculate": self.refresh}
        if self._may_enter():
            answers["new"] = self.primary_action
        return answers

    def _may_enter(self) -> bool:
        office = self.context.office
        can = self._read is None or not self._read.lacking
        return can and intake.may_type(office) and not office.campaign().read_only

    def primary_action(self) -> None:
        """A new application."""
        self.context.go("applicants", {"new": "1"})

    def refresh(self) -> None:
        """Read everything again."""
        office = self.context.office
        self.run(
            lambda _task: _Read(
                today.look(office), readiness.readiness(office), readiness.intake_lacks(office)
            ),
            self._on_read,
            key="today.look",
        )

    @Slot(object)
    def _on_read(self, read: _Read) -> None:
        self._read = read
        seen, ready = read.seen, read.ready
        told = TodayWords(self.words, seen)
        self.header.set_title(told.title())
        self.header.set_count(told.stages())
        self.header.set_primary(self.words("New application") if self._may_enter() else "", chord_of("new"))
        for key, (name, figure, note) in told.tiles().items():
            self.tiles[key].show_figure(name, figure, note)
        self._show_ready(told, ready)
        self.bars.show_bars(told.bars())
        self.seats_card.setVisible(bool(seen.pools))
        self.bars_note.setText(told.seats_note())
        self.bars_note.setVisible(bool(told.seats_note()))
        queues = told.queues()
        self.queues.show_queues(queues)
        self.queues.setVisible(bool(queues))
        self.nothing_label.setText(told.nothing(read.lacking))
        self.nothing_label.setVisible(not queues)
        self.deadlines.show_facts(told.deadlines())
        self.backup.show_facts(told.backup())
        self.acts.show_facts(told.acts())
        self.counted.emit(self.page_id, sum(queue.count > 0 for queue in queues))
        self.commands_changed.emit()

    def _show_ready(self, told: TodayWords, ready: tuple[ReadyLine, ...]) -> None:
        """The checklist while something of it is lacking; the figures give way while there are none yet."""
        title, lines = told.ready(ready)
        self.ready_card.set_title(title)
        self.ready.show_queues(lines)
        self.ready_card.setVisible(bool(lines))
        for tile in self.tiles.values():
            tile.setVisible(not lines or told.begun)

    @Slot(str)
    def _on_ready_opened(self, code: str) -> None:
        place = next((line.place for line in self._read.ready if line.code == code), "") if self._read else ""
        if place == "backup":
            self.command_wanted.emit("backup")
        elif place:
            self.context.go("campaign", {"tab": place})

    @Slot(str)
    def _on_queue_opened(self, code: str) -> None:
        if self._read is None:
            return
        for queue in self._read.seen.queues:
            if queue.code == code:
                self.context.go(queue.page, queue.filter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window leaves the notes of the tiles out."""
        super().resizeEvent(event)
        low = self.height() < _SHORT - 100
        for tile in self.tiles.values():
            tile.content.setContentsMargins(14, 6 if low else 12, 14, 7 if low else 14)
