"""What a scenario changes, in one narrow column: weights, thresholds, seats, one person's result.

It reads and writes scenarios as values and knows neither the register nor what follows from them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from grants_app.domain.errors import Refused
from grants_app.domain.ruleset import PROFILE, Term, check
from grants_app.domain.scenario import ScoreChange
from grants_app.gui.pages.scenario_number import NumberRow
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import ChoiceEdit, Option, TextEdit
from grants_app.gui.widgets.panels import ButtonFlow, SidePanel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grants_app.domain.ruleset import RuleSet
    from grants_app.domain.scenario import WhatIf
    from grants_app.gui.page import PageContext
    from grants_app.services.naming import Naming


class ChangesPanel(SidePanel):
    """The changes asked for most; `changed` gives the scenario as typed, built on the one shown."""

    edited = Signal()
    all_rules_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self.context = context
        self.words = context.words
        self._naming: Naming | None = None
        self._official: WhatIf | None = None
        self._shown: WhatIf | None = None
        self._may_release = False
        self._rows: dict[str, NumberRow] = {}
        self.add_edit: ChoiceEdit | None = None
        self.release_check: QCheckBox | None = None
        self.person_edit: TextEdit | None = None
        self.result_edit: ChoiceEdit | None = None

    @property
    def rows(self) -> dict[str, NumberRow]:
        """The fields by key: `weight:math`, `main`, `subject`, `total`, `seats:BRANCH/CODE`, `result`."""
        return dict(self._rows)

    def show_changes(self, naming: Naming, official: WhatIf, shown: WhatIf, *, may_release: bool) -> None:
        """Show a scenario beside what is in force; `may_release`: there are grants given before."""
        self._naming, self._official, self._shown = naming, official, shown
        self._may_release = may_release
        self._build()

    def release(self) -> None:
        """Let those who hold a grant compete anew."""
        if self.release_check is not None:
            self.release_check.setChecked(True)

    @Slot()
    def focus_first(self) -> None:
        """Put the caret into the first field."""
        first = next(iter(self._rows.values()), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def retranslate(self, naming: Naming) -> None:
        """Word everything again, keeping what was typed."""
        if self._shown is not None:
            typed = {key: row.editor.text() for key, row in self._rows.items()}
            person = self.person_edit.text() if self.person_edit is not None else ""
            self._naming = naming
            self._build()
            if self.person_edit is not None:
                self.person_edit.setText(person)
            for key, text in typed.items():
                if key in self._rows:
                    self._rows[key].editor.setText(text)

    # ---- building ---------------------------------------------------------------------------------------

    def _build(self) -> None:
        assert self._shown is not None  # noqa: S101 - shown before it is built, for mypy only
        words, shown = self.words, self._shown
        focus = next((key for key, row in self._rows.items() if row.editor.hasFocus()), "")
        self.clear()
        self._rows.clear()
        self.add_text(words("This is only a trial; nothing official changes."), "small", "muted")
        self.add_section(words("Weights in the score"))
        self._build_weights(shown.rules)
        self.add_section(words("General thresholds"))
        self._add("main", words("Main test"), _text(shown.rules.thresholds.main))
        self._add("subject", words("Subject test"), _text(shown.rules.thresholds.subject))
        self.add_section(words("Seats"))
        self._add("total", words("Total grants"), str(shown.total))
        branch = ""
        for pool, seats in shown.seats.items():
            if self._named().branch(pool) != branch:
                branch = self._named().branch(pool)
                self.add_text(branch, "small", "muted", above=4)
            self._add(f"seats:{pool}", self._named().programme(pool), str(seats))
        self._build_person(shown)
        self._build_end(shown)
        self.order_tabs()
        if focus in self._rows:
            self.focus_on(self._rows[focus].editor)
        self._mark()

    def _build_weights(self, rules: RuleSet) -> None:
        naming, words = self._named(), self.words
        for term in rules.score.terms:
            self._add(f"weight:{term.criterion}", naming.criterion(term.criterion), _text(term.weight))
        self.add_text(words("A criterion with an empty weight is not counted."), "small", "muted")
        self.add_edit = ChoiceEdit(self.theme, self.inner)
        self.add_edit.setObjectName("add_criterion_edit")
        self.add_edit.setAccessibleName(words("Add a criterion"))
        self.add_edit.setPlaceholderText(words("Add a criterion"))
        self.add_edit.set_options(self._missing(rules))
        self.add_edit.chosen.connect(self._on_criterion_chosen)
        self.content.addSpacing(4)
        self.content.addWidget(self.add_edit)

    def _missing(self, rules: RuleSet) -> list[Option]:
        there = {term.criterion for term in rules.score.terms}
        codes = [PROFILE, *(measure.code for measure in rules.measures)]
        return [Option(code, self._named().criterion(code)) for code in codes if code not in there]

    def _build_person(self, shown: WhatIf) -> None:
        """One person's result, as if an appeal were granted; others a kept scenario has stay as they are."""
        words = self.words
        self.add_section(words("If an appeal were granted"))
        one = shown.scores[0] if shown.scores else None
        self.person_edit = TextEdit(self.theme, self.inner)
        self.person_edit.setObjectName("person_edit")
        self.person_edit.setPlaceholderText(words("Application No."))
        self.person_edit.setAccessibleName(words("Application No."))
        self.person_edit.setText(one.application if one else "")
        self.result_edit = ChoiceEdit(self.theme, self.inner)
        self.result_edit.setObjectName("result_edit")
        self.result_edit.setPlaceholderText(words("Result"))
        self.result_edit.setAccessibleName(words("Result"))
        measures = [Option(one.code, self._named().criterion(one.code)) for one in shown.rules.measures]
        self.result_edit.set_options(measures)
        self.result_edit.set_code(one.criterion if one else "")
        self.content.addWidget(self.person_edit)
        self.content.addSpacing(4)
        self.content.addWidget(self.result_edit)
        self._add("result", words("New value"), _text(one.value) if one else "")
        self.person_edit.textEdited.connect(self._on_edited)
        self.result_edit.chosen.connect(self._on_edited)

    def _build_end(self, shown: WhatIf) -> None:
        words = self.words
        self.release_check = None
        if self._may_release:
            self.release_check = QCheckBox(words("Ignore grants already awarded"), self.inner)
            self.release_check.setChecked(shown.released)
            self.release_check.toggled.connect(self._on_edited)
            self.content.addSpacing(10)
            self.content.addWidget(self.release_check)
        flow = ButtonFlow(self.inner)
        button = KeyButton(self.theme, self.inner, icon="settings")
        button.setObjectName("all_rules_button")
        button.setText(words("All rules…"))
        button.clicked.connect(self.all_rules_wanted)
        flow.add(button)
        self.content.addWidget(flow)
        self.add_end()

    def _add(self, key: str, name: str, text: str) -> None:
        row = NumberRow(self.context, name[:1].upper() + name[1:], self.inner)
        row.editor.setObjectName(f"scenario_{key}_edit")
        row.editor.setText(text.replace(".", self.words.current.number(Decimal("0.1"))[1]))
        row.edited.connect(self._on_edited)
        self._rows[key] = row
        self.content.addWidget(row)

    def _named(self) -> Naming:
        assert self._naming is not None  # noqa: S101 - shown before it is asked, for mypy only
        return self._naming

    # ---- reading ----------------------------------------------------------------------------------------

    def changed(self) -> WhatIf:
        """The scenario as typed; Refused when a field holds no number or the rules cannot be applied."""
        assert self._shown is not None  # noqa: S101 - shown before it is asked, for mypy only
        shown = self._shown
        rules = replace(
            shown.rules,
            score=replace(shown.rules.score, terms=tuple(self._terms(shown.rules.score.terms))),
            thresholds=replace(
                shown.rules.thresholds, main=self._number("main"), subject=self._number("subject")
            ),
        )
        check(rules)
        released = shown.released if self.release_check is None else self.release_check.isChecked()
        return replace(
            shown,
            rules=rules,
            seats={pool: self._count(f"seats:{pool}") for pool in shown.seats},
            total=self._count("total"),
            scores=self._scores(shown),
            released=released,
        )

    def _terms(self, terms: Iterable[Term]) -> Iterable[Term]:
        for term in terms:
            weight = self._number(f"weight:{term.criterion}")
            if weight is not None:
                yield replace(term, weight=weight)

    def _scores(self, shown: WhatIf) -> tuple[ScoreChange, ...]:
        assert self.person_edit is not None  # noqa: S101 - built before it is asked, for mypy only
        assert self.result_edit is not None  # noqa: S101 - built before it is asked, for mypy only
        no, code = self.person_edit.text().strip().upper(), self.result_edit.code
        value = self._number("result")
        if not (no and code) or value is None:
            return shown.scores[1:]
        return (ScoreChange(application=no, criterion=code, value=value), *shown.scores[1:])

    def _number(self, key: str) -> Decimal | None:
        return self._read(key, whole=False)

    def _count(self, key: str) -> int:
        return int(self._read(key, whole=True) or 0)

    def _read(self, key: str, *, whole: bool) -> Decimal | None:
        try:
            return self._rows[key].value(whole=whole)
        except Refused as refused:
            self._rows[key].say(self.words.code(refused.code, **refused.facts), wrong=True)
            raise

    def _mark(self) -> None:
        """Say beside each field that differs what is in force."""
        official, words = self._official, self.words
        if official is None:
            return
        for key, row in self._rows.items():
            was = _official_value(official, key)
            try:
                now = row.value()
            except Refused:
                continue
            if key == "result" or now == was:
                row.say("")
            elif was is None:
                row.say(words("not in force"))
            else:
                row.say(words("in force: {value}", value=was))

    def _on_edited(self) -> None:
        self._mark()
        self.edited.emit()

    def _on_criterion_chosen(self, code: str) -> None:
        """One more criterion, weighing 1 and asked of nobody; the caret goes to its weight."""
        if not code:
            return
        try:
            changed = self.changed()
        except Refused:
            return
        score = changed.rules.score
        terms = (*score.terms, Term(criterion=code, required=False))
        self._shown = replace(changed, rules=replace(changed.rules, score=replace(score, terms=terms)))
        self._build()
        self.focus_on(self._rows[f"weight:{code}"].editor)
        self.edited.emit()


def _official_value(official: WhatIf, key: str) -> Decimal | None:
    kind, _, name = key.partition(":")
    if kind == "weight":
        weights = {term.criterion: term.weight for term in official.rules.score.terms}
        return weights.get(name)
    if kind == "seats":
        seats = official.seats.get(name)
        return None if seats is None else Decimal(seats)
    if kind == "total":
        return Decimal(official.total)
    thresholds = official.rules.thresholds
    return {"main": thresholds.main, "subject": thresholds.subject}.get(kind)


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
