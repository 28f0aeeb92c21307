"""The tab Duplicates: people entered twice perhaps, and what two offices recorded differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from grants_app.domain.application import ApplicationLine
from grants_app.domain.errors import Refused
from grants_app.domain.records import DuplicatePair
from grants_app.gui.pages.duplicates_card import PairCard
from grants_app.gui.table_models import Band, ChipText, Column, LinesModel, Part
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.tables import LinesTable
from grants_app.services import duplicates, intake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.journal import Changed
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.entry_words import EntryWords

MOST = 2000


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two applications that may be one person's."""

    pair: DuplicatePair
    first: str
    second: str


class DuplicatesTab(QWidget):
    """The pairs nobody decided, then the applications in conflict; the card beside decides a pair."""

    open_wanted = Signal(int)
    counted = Signal(int)

    def __init__(self, context: PageContext, words: EntryWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self._named = words
        theme = context.theme
        self.model = LinesModel(self._columns(), self)
        self.table = LinesTable(theme, self.model, self)
        self.table.setObjectName("duplicates_table")
        self.card = PairCard(context, words, self)
        self.card.hide()
        self.empty_state = EmptyState(theme, "duplicate", self)
        both = QWidget(self)
        row = flush_row(both)
        row.addWidget(self.table, 1)
        row.addWidget(self.card)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.empty_state)
        self.stack.addWidget(both)
        self.table.line_chosen.connect(self._on_line_chosen)
        self.table.line_opened.connect(self._on_line_opened)
        self.model.failed.connect(self._on_failed)
        self.card.decided.connect(self._on_decided)
        self.card.open_wanted.connect(self.open_wanted)
        self.empty_state.pressed.connect(self.look)
        self.retranslate()

    def _columns(self) -> tuple[Column, ...]:
        words = self.words
        return (
            Column(key="first", title=lambda: words("Application"), width=120, stretch=True,
                   text=lambda line: " ".join(part.text for part in _first(line)), parts=_first),
            Column(key="second", title=lambda: words("and"), width=120, stretch=True,
                   text=lambda line: " ".join(part.text for part in self._second(line)), parts=self._second),
            Column(key="reasons", title=lambda: words("Evidence"), width=260, stretch=True,
                   text=self._reasons, chips=self._chips),
        )  # fmt: skip

    def _second(self, line: object) -> Sequence[Part]:
        if isinstance(line, PairLine):
            return (Part(line.pair.second_no, colour="muted"), Part(line.second, bold=True))
        if isinstance(line, ApplicationLine):
            return (Part(self._named.branch(line.branch), colour="muted"),)
        return ()

    def _reasons(self, line: object) -> str:
        if isinstance(line, PairLine):
            return ", ".join(self.words.code(reason.code, **reason.facts) for reason in line.pair.reasons)
        return self.words("conflict") if isinstance(line, ApplicationLine) else ""

    def _chips(self, line: object) -> Sequence[ChipText]:
        if isinstance(line, PairLine):
            for_it = [r for r in line.pair.reasons if not r.code.startswith("other_")]
            against = [r for r in line.pair.reasons if r.code.startswith("other_")]
            shown = [ChipText("violet", self.words.code(r.code, **r.facts)) for r in for_it]
            return [*shown, *(ChipText("neutral", self.words.code(r.code, **r.facts)) for r in against)]
        return (ChipText("bad", self.words("conflict"), "conflict"),)

    def retranslate(self) -> None:
        """Word everything again."""
        self.empty_state.show_state(
            self.words("No likely duplicates, and no conflicts between the branches."),
            self.words("Look for duplicates"),
        )
        self.model.retranslate()
        self.card.retranslate()

    def refresh(self) -> None:
        """Read the pairs and the conflicts again."""
        office = self.context.office
        try:
            pairs = duplicates.pairs(office)
            _, conflicts = intake.lines(office, filters={"flag": "conflict"}, limit=MOST)
            lines: list[object] = []
            if pairs:
                lines.append(Band("violet", self.words("Possible duplicate applicant")))
                lines += [self._line(pair) for pair in pairs]
        except Refused as refusal:
            self.context.tell_failure(refusal)
            return
        if conflicts:
            lines.append(
                Band("bad", self.words("The branches recorded something differently; an officer decides"))
            )
            lines += conflicts
        chosen = self.table.currentIndex().row()
        self.model.show_all(lines)
        for row, line in enumerate(lines):
            if isinstance(line, Band):
                self.table.show_band(row)
        self.stack.setCurrentIndex(1 if lines else 0)
        self.card.hide()
        if lines:
            self.table.choose_row(max(1, min(chosen, len(lines) - 1)))
        self.counted.emit(len(pairs) + len(conflicts))

    def _line(self, pair: DuplicatePair) -> PairLine:
        office = self.context.office
        first, second = (intake.application(office, number) for number in (pair.first, pair.second))
        return PairLine(pair, first.entry.person.full_name, second.entry.person.full_name)

    @Slot()
    def look(self, *, quietly: bool = False) -> None:
        """Compare everybody with everybody who shares something, in the background."""
        office = self.context.office
        self.context.tasks.run(
            lambda _task: duplicates.look(office),
            done=self._on_looked,
            failed=self._on_failed,
            title="" if quietly else self.words("Looking for duplicates"),
            key="duplicates.look",
        )

    @Slot(object)
    def _on_looked(self, _found: object) -> None:
        self.refresh()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.context.tell_failure(error)

    @Slot(object)
    def _on_line_chosen(self, line: object) -> None:
        if isinstance(line, PairLine):
            self.card.show_pair(duplicates.compared(self.context.office, line.pair))
            self.card.show()
        else:
            self.card.hide()

    @Slot(object)
    def _on_line_opened(self, line: object) -> None:
        if isinstance(line, PairLine):
            self.card.reason_edit.setFocus(Qt.FocusReason.TabFocusReason)
        elif isinstance(line, ApplicationLine):
            self.open_wanted.emit(line.id)

    @Slot(object)
    def _on_decided(self, changed: Changed) -> None:
        self.context.tell_done(self.words("The decision is recorded."), changed)


def _first(line: object) -> Sequence[Part]:
    if isinstance(line, PairLine):
        return (Part(line.pair.first_no, colour="muted"), Part(line.first, bold=True))
    if isinstance(line, ApplicationLine):
        return (Part(line.no, colour="muted"), Part(line.surname, bold=True), Part(line.given))
    return ()
