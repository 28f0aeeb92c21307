"""Why one application stands where it stands: points, levels compared, every choice; it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from grants_app.domain.ranking import ChoiceLine, Explanation
from grants_app.domain.ruleset import SCORE
from grants_app.gui.pages.ranking_table import OUTCOMES
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.panels import ButtonFlow, SidePanel
from grants_app.services.telling import (
    by_level,
    choice_notes,
    ground_counted,
    ground_note,
    headline,
    level_text,
    outcome_text,
    part_note,
    reasons,
    score_parts,
    sign,
    verdict_text,
)

if TYPE_CHECKING:
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind, Theme
    from grants_app.services.naming import Naming


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the panel shows: the explanation, the person's name, the pool on view, whom to compare with.

    `other` is the choice line, in the same pool, of the one compared with; None when there is nobody.
    """

    told: Explanation
    name: str
    pool: str
    other_no: str = ""
    other_name: str = ""
    other: ChoiceLine | None = None
    tie_open: bool = False
    may_place: bool = False
    """Whether the officer may place people by hand in this campaign now."""


def choice_on_view(told: Explanation, pool: str) -> ChoiceLine | None:
    """The choice the panel speaks of first: the pool on view, else the one given, else the first."""
    for wanted in (pool, told.pool):
        for choice in told.choices:
            if wanted and choice.pool == wanted:
                return choice
    admitted = [choice for choice in told.choices if choice.admitted]
    return next(iter(admitted or told.choices), None)


def compared_with(choice: ChoiceLine | None) -> str:
    """Whom the levels are compared with: an equal, the one that decided, else a neighbour."""
    if choice is None or not choice.merit or choice.outcome == "placed":
        return ""
    if choice.tied_with:
        return choice.tied_with[0]
    return choice.decided_against or choice.below or choice.above


class ExplanationPanel(SidePanel):
    """The column at the right of the ranking."""

    tie_wanted = Signal(str)
    """The officer wants to decide the open tie of this pool."""
    paper_wanted = Signal(str)
    """The officer wants the appeal sheet of this application."""
    place_wanted = Signal(str)
    """The officer wants to place this application by hand, or to take the placement back."""
    card_wanted = Signal(str)
    """The officer wants the card of this application."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._naming: Naming | None = None
        self._shown: Shown | None = None
        self.setObjectName("explanation_panel")
        self.show_nobody()

    @property
    def shown(self) -> Shown | None:
        """What is on view."""
        return self._shown

    def show_nobody(self) -> None:
        """Say what the panel is for."""
        self._shown = None
        self.clear()
        empty = EmptyState(self.theme, "help", self.inner)
        empty.sentence_label.setFixedWidth(240)
        empty.show_state(self._words("Select a person in the list to see how their place was decided."))
        self.content.addWidget(empty, 1)

    def show_person(self, naming: Naming, shown: Shown) -> None:
        """Explain one person."""
        self._naming, self._shown = naming, shown
        self.clear()
        choice = choice_on_view(shown.told, shown.pool)
        self._head(naming, shown, choice)
        if choice is not None:
            self._points(naming, choice)
            self._levels(naming, choice, shown)
        self._grounds(naming, shown.told)
        self._choices(naming, shown.told)
        self._neighbours(choice)
        self._actions(shown, choice)
        self.add_end()
        self.scroll_area.verticalScrollBar().setValue(0)

    def retranslate(self) -> None:
        """Word everything again."""
        if self._shown is None or self._naming is None:
            self.show_nobody()
        else:
            self.show_person(self._naming, self._shown)

    def _head(self, naming: Naming, shown: Shown, choice: ChoiceLine | None) -> None:
        self.add_text(headline(naming, shown.told, choice), "body", "muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        name = Label(self.theme, "section", text=shown.name, parent=self.inner)
        name.setObjectName("explained_name")
        name.setWordWrap(True)
        row.addWidget(name, 1)
        row.addWidget(Chip(self.theme, "neutral", shown.told.application, parent=self.inner))
        self.content.addLayout(row)
        verdict = self.add_text(verdict_text(naming, shown.told), "small", "muted", above=2)
        verdict.setObjectName("verdict_label")
        for text in reasons(naming, shown.told):
            self.add_text(text, "small", "bad" if shown.told.findings else "text", above=2)

    def _points(self, naming: Naming, choice: ChoiceLine) -> None:
        parts = score_parts(choice)
        if not parts:
            return
        self.add_section(naming.words("Points: {programme}", programme=naming.programme(choice.pool)))
        for part in parts:
            value = naming.number(part.points, part.criterion) if part.value is not None else "–"
            self.add_fact(naming.criterion(part.criterion), value, part_note(naming, part))
        if choice.merit:
            self.add_fact(naming.words("Total"), naming.number(choice.merit[0]), strong=True)

    def _levels(self, naming: Naming, choice: ChoiceLine, shown: Shown) -> None:
        mine = by_level(choice.levels, choice.merit)
        others = by_level(shown.other.levels, shown.other.merit) if shown.other else {}
        levels = [level for level in mine if level != SCORE]
        if not levels:
            return
        self.add_section(naming.words("When points are equal"))
        equal_so_far = not others or mine.get(SCORE) == others.get(SCORE)
        for number, level in enumerate(levels, start=1):
            value = level_text(naming, choice, level, mine[level])
            decides = False
            if shown.other is not None and level in others:
                mark = sign(mine[level], others[level])
                value = f"{value} {mark} {level_text(naming, shown.other, level, others[level])}"
                decides = equal_so_far and mark != "="
                equal_so_far = equal_so_far and mark == "="
            self.add_fact(f"{number} {naming.level(level)}", value, strong=decides)
        self._compared(naming, choice, shown)

    def _compared(self, naming: Naming, choice: ChoiceLine, shown: Shown) -> None:
        words = naming.words
        who = f"{shown.other_no} {shown.other_name}".strip()
        if choice.outcome == "tied":
            text = words("Nothing left to compare. Tied with {who}; the commission decides.", who=who)
            self.add_text(text, "small", "bad", above=4)
        elif shown.other is not None:
            level = choice.deciding_level
            text = words("Compared with {who}.", who=who)
            if level and shown.other_no == choice.decided_against:
                text += " " + words("Decided by: {level}.", level=naming.level(level))
            self.add_text(text, "small", "muted", above=4)

    def _grounds(self, naming: Naming, told: Explanation) -> None:
        if not told.grounds:
            return
        words = naming.words
        self.add_section(words("Priority categories"))
        for line in told.grounds:
            name, note = naming.ground(line.ground), ground_note(naming, line)
            self.add_fact(name, ground_counted(naming, line), note)

    def _choices(self, naming: Naming, told: Explanation) -> None:
        self.add_section(naming.words("Each choice"))
        for choice in told.choices:
            kind: ChipKind = OUTCOMES.get(choice.outcome, ("neutral", ""))[0]
            if choice.outcome == "higher_choice" and choice.would_have:
                kind = "ok"
            title = (
                f"{choice.no} {naming.programme(choice.pool)}" if choice.no else naming.programme(choice.pool)
            )
            chip = (kind, outcome_text(naming, choice), "")
            self.add_item(title, choice_notes(naming, choice), chip, wide=True)

    def _neighbours(self, choice: ChoiceLine | None) -> None:
        if choice is None or not (choice.above or choice.below):
            return
        words = self._words
        self.add_section(words("Neighbours on the list"))
        if choice.above:
            self.add_fact(words("just above"), choice.above)
        if choice.below:
            self.add_fact(words("just below"), choice.below)

    def _actions(self, shown: Shown, choice: ChoiceLine | None) -> None:
        flow = ButtonFlow(self.inner)
        if shown.tie_open and choice is not None and choice.outcome == "tied":
            button = KeyButton(self.theme, self.inner, primary=True)
            button.setObjectName("decide_tie_button")
            button.setText(self._words("Decide the tie…"))
            button.clicked.connect(self._on_decide_tie_button_clicked)
            flow.add(button)
        paper = KeyButton(self.theme, self.inner, icon="papers")
        paper.setObjectName("paper_button")
        paper.setText(self._words("Appeal sheet…"))
        paper.set_chord("F9")
        paper.clicked.connect(self._on_paper_button_clicked)
        flow.add(paper)
        card = KeyButton(self.theme, self.inner)
        card.setObjectName("card_button")
        card.setText(self._words("Person's card"))
        card.set_chord("F4")
        card.clicked.connect(self._on_card_button_clicked)
        flow.add(card)
        if shown.may_place:
            placed = bool(shown.told.choices) and any(one.outcome == "placed" for one in shown.told.choices)
            place = KeyButton(self.theme, self.inner)
            place.setObjectName("place_button")
            place.setText(self._words("Revoke placement…") if placed else self._words("Place manually…"))
            place.clicked.connect(self._on_place_button_clicked)
            flow.add(place)
        self.content.addWidget(flow)

    def _on_decide_tie_button_clicked(self) -> None:
        if self._shown is not None:
            choice = choice_on_view(self._shown.told, self._shown.pool)
            if choice is not None:
                self.tie_wanted.emit(choice.pool)

    def _on_paper_button_clicked(self) -> None:
        if self._shown is not None:
            self.paper_wanted.emit(self._shown.told.application)

    def _on_place_button_clicked(self) -> None:
        if self._shown is not None:
            self.place_wanted.emit(self._shown.told.application)

    def _on_card_button_clicked(self) -> None:
        if self._shown is not None:
            self.card_wanted.emit(self._shown.told.application)
