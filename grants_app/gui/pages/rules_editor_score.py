"""Sections of the rules' editor about ranking: the score formula, and what is looked at between equals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QCheckBox

from grants_app.domain.ruleset import GROUNDS, PROFILE, Term
from grants_app.gui.pages.rules_editor_lists import ListedSection, criterion_names
from grants_app.gui.widgets.editors import Option
from grants_app.gui.widgets.labels import Label
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grants_app.domain.ruleset import RuleSet

_WEIGHT = Decimal(1000)


class _Ranking(ListedSection):
    """What score and tie chain share: they name criteria other sections define."""

    levels: ClassVar[tuple[str, ...]] = ()
    """What may be named beside the measures."""
    _texts: dict[str, str]

    def know(self, rules: RuleSet) -> None:
        """Criteria that came, went or were renamed."""
        texts = self._texts_of(rules)
        if texts != self._texts:
            self._texts = texts
            self.rebuild()

    def take(self, rules: RuleSet) -> None:
        """Take what may be named, and what is."""
        self._texts = self._texts_of(rules)

    def retranslate(self) -> None:
        """Word the criteria again too."""
        if self.rules is not None:
            self._texts = self._texts_of(self.rules) | self._texts
            self._texts |= self._texts_of(self.rules)
        super().retranslate()

    def texts(self) -> Mapping[str, str]:
        """The criteria's names."""
        return self._texts

    def offered(self) -> Sequence[Option]:
        """Every criterion not named yet."""
        return [Option(code, text) for code, text in self._texts.items() if code not in self.codes]

    def _texts_of(self, rules: RuleSet) -> dict[str, str]:
        words = self.words
        named = criterion_names(
            rules,
            self.lang,
            words("Best subject accepted by the programme"),
            words("Highest-ranked priority category"),
        )
        apart = {PROFILE, GROUNDS} - set(self.levels)
        return {code: text for code, text in named.items() if code not in apart}


class ScoreSection(_Ranking):
    """The total: each criterion with its weight; a required one not given bars admission."""

    heading: ClassVar[str] = mark("Score")
    hint: ClassVar[str] = mark(
        "The total is the sum of criterion × weight. A missing result is never counted as "
        "zero: if it is required, the applicant is not eligible; otherwise it adds nothing and "
        "is shown as not given."
    )
    levels: ClassVar[tuple[str, ...]] = (PROFILE,)

    def take(self, rules: RuleSet) -> None:
        """Take the criteria of the formula."""
        super().take(rules)
        self.codes = [term.criterion for term in rules.score.terms]

    def adding(self) -> tuple[str, str]:
        """Any criterion, a single subject too."""
        return self.words("Another criterion"), self.words("Add")

    def build(self) -> None:
        """Make the fields: a row for each criterion, then the rounding."""
        if self.rules is None:
            return
        words, score = self.words, self.rules.score
        known = {term.criterion: term for term in score.terms}
        row = 0
        for code in self.codes:
            term = known.get(code) or Term(criterion=code, required=False)
            label = Label(self.theme, "bold", text=self._texts.get(code, code), parent=self.form)
            label.setWordWrap(True)
            label.setContentsMargins(0, 8, 0, 0)
            self.form.grid.addWidget(label, row, 0, 1, 12)
            self.put_number(f"{code}:weight", (row + 1, 0, 3), words("Weight"), term.weight)
            if code == PROFILE:
                text = words("Sum of the best")
                self.put_number(f"{code}:best_of", (row + 1, 3, 3), text, Decimal(term.best_of))
            tick = self.put(
                f"{code}:required", QCheckBox(), (row + 1, 6, 6), words("required"), term.required
            )
            tick.layout().setContentsMargins(0, 20, 0, 0)  # type: ignore[union-attr]  # a field has a layout
            row += 2
        text = words("Decimal places of the total")
        self.put_number("places", (row, 0, 6), text, Decimal(score.places))
        self.put_source("score", row + 1, score.source, uncertain=score.uncertain)

    def collected(self, rules: RuleSet) -> RuleSet:
        """The formula."""
        score = rules.score
        known = {term.criterion: term for term in score.terms}
        terms = tuple(
            self._term(known.get(code) or Term(criterion=code, required=False)) for code in self.list.order
        )
        told = "" if terms else self.words("Add at least one criterion.")
        self.tell("places", told)
        places = self.needed("places", Decimal(score.places), Decimal(0), Decimal(6), 0) if terms else 0
        return replace(
            rules,
            score=replace(
                score,
                terms=terms or score.terms,
                places=int(places),
                source=self.text("score:source", score.source),
                uncertain=self.flag("score:uncertain", score.uncertain),
            ),
        )

    def _term(self, term: Term) -> Term:
        code = term.criterion
        best = Decimal(term.best_of)
        if code == PROFILE:
            best = self.needed(f"{code}:best_of", best, Decimal(1), Decimal(8), 0)
        return Term(
            criterion=code,
            weight=self.needed(f"{code}:weight", term.weight, -_WEIGHT, _WEIGHT),
            best_of=int(best),
            required=self.flag(f"{code}:required", term.required),
        )


class TiesSection(_Ranking):
    """What is looked at, in order, where totals are equal; then the commission decides."""

    heading: ClassVar[str] = mark("When points are equal")
    hint: ClassVar[str] = mark(
        "Compared from top to bottom until there is a difference. If there is none and the "
        "last seat is at stake, the commission decides by its own order or by draw."
    )
    levels: ClassVar[tuple[str, ...]] = (PROFILE, GROUNDS)

    def take(self, rules: RuleSet) -> None:
        """Take the levels of the chain."""
        super().take(rules)
        self.codes = list(rules.ties.levels)

    def adding(self) -> tuple[str, str]:
        """Any criterion or the grounds."""
        return self.words("Another tie-break level"), self.words("Add")

    def build(self) -> None:
        """Make the fields: only the source, the list says the rest."""
        if self.rules is not None:
            ties = self.rules.ties
            self.put_source("ties", 0, ties.source, uncertain=ties.uncertain)

    def collected(self, rules: RuleSet) -> RuleSet:
        """The chain."""
        ties = rules.ties
        return replace(
            rules,
            ties=replace(
                ties,
                levels=self.list.order,
                source=self.text("ties:source", ties.source),
                uncertain=self.flag("ties:uncertain", ties.uncertain),
            ),
        )
