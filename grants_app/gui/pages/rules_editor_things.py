"""Sections of the rules' editor about what is judged: the criteria with their scales, and the grounds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QCheckBox

from grants_app.domain.ruleset import Ground, Measure
from grants_app.domain.values import Names
from grants_app.gui.pages.rules_editor_lists import ListedSection
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grants_app.domain.ruleset import RuleSet

_TOP = Decimal(1000)


class _Things(ListedSection):
    """Things the office names itself, each with fields of its own under the list."""

    prefix: ClassVar[str] = ""
    """New codes begin so and go on with a number."""
    unnamed: ClassVar[str] = ""
    _named: dict[str, str]

    def know(self, rules: RuleSet) -> None:
        """A name typed anew shows in the list at once."""
        named = self._names_of(rules)
        if named != self._named:
            self._named = named
            self.rename()

    def retranslate(self) -> None:
        """Word the list again too."""
        if self.rules is not None:
            self._named = self._names_of(self.collected(self.rules))
        super().retranslate()

    def texts(self) -> Mapping[str, str]:
        """The names as typed."""
        return {code: self._named.get(code) or self.words(self.unnamed) for code in self.codes}

    def made(self) -> str:
        """A code nobody has; people see names only."""
        taken = {*self.codes, *self._named}
        return next(
            f"{self.prefix}_{number}" for number in range(1, 1000) if f"{self.prefix}_{number}" not in taken
        )

    def _names_of(self, rules: RuleSet) -> dict[str, str]:
        return {thing.code: thing.names.get(self.lang) for thing in self._things(rules)}

    def _things(self, rules: RuleSet) -> Sequence[Measure | Ground]:
        raise NotImplementedError


class MeasuresSection(_Things):
    """Every criterion: its name, the least and the highest value, decimal places, whether a subject test."""

    heading: ClassVar[str] = mark("Criteria and their scales")
    hint: ClassVar[str] = mark("Scores outside the scale are not accepted.")
    prefix: ClassVar[str] = "criterion"
    unnamed: ClassVar[str] = mark("new criterion")

    def take(self, rules: RuleSet) -> None:
        """Take the criteria there are."""
        self._named = self._names_of(rules)
        self.codes = [measure.code for measure in rules.measures]

    def adding(self) -> tuple[str, str]:
        """A new one."""
        return "", self.words("New criterion")

    def build(self) -> None:
        """Make the fields of the chosen criterion."""
        if self.rules is None or not self.current:
            return
        words, code = self.words, self.current
        known = self.rules.measure(code) or _new_measure(code)
        self.put_names(f"{code}:name", 0, words("Title"), known.names)
        self.put_number(f"{code}:minimum", (2, 0, 4), words("Lowest value"), known.minimum)
        self.put_number(f"{code}:maximum", (2, 4, 4), words("Highest value"), known.maximum)
        self.put_number(f"{code}:places", (2, 8, 4), words("Decimal places"), Decimal(known.places))
        text = words("a subject test that a programme may accept")
        self.put(f"{code}:subject", QCheckBox(), (3, 0, 12), text, known.subject)
        self.put_source(code, 4, known.source, uncertain=known.uncertain)

    def collected(self, rules: RuleSet) -> RuleSet:
        """The criteria in their order."""
        return replace(
            rules,
            measures=tuple(
                self._measure(rules.measure(code) or _new_measure(code)) for code in self.list.order
            ),
        )

    def _measure(self, known: Measure) -> Measure:
        code = known.code
        minimum = self.needed(f"{code}:minimum", known.minimum, -_TOP, _TOP)
        return Measure(
            code=code,
            names=self.names(f"{code}:name", known.names),
            minimum=minimum,
            maximum=self.needed(f"{code}:maximum", known.maximum, minimum),
            places=int(self.needed(f"{code}:places", Decimal(known.places), Decimal(0), Decimal(6), 0)),
            subject=self.flag(f"{code}:subject", known.subject),
            source=self.text(f"{code}:source", known.source),
            uncertain=self.flag(f"{code}:uncertain", known.uncertain),
        )

    def _things(self, rules: RuleSet) -> Sequence[Measure]:
        return rules.measures


class GroundsSection(_Things):
    """The preference grounds in the order of their rank, each with its paper."""

    heading: ClassVar[str] = mark("Priority categories")
    hint: ClassVar[str] = mark(
        "The higher in the list, the more a priority category counts in a tie. A category that "
        "does not count in ties may still have a quota. A sensitive category never appears in "
        "published lists."
    )
    prefix: ClassVar[str] = "ground"
    unnamed: ClassVar[str] = mark("new category")

    def take(self, rules: RuleSet) -> None:
        """Take the grounds there are."""
        self._named = self._names_of(rules)
        self.codes = [ground.code for ground in rules.grounds]

    def adding(self) -> tuple[str, str]:
        """A new one."""
        return "", self.words("New category")

    def build(self) -> None:
        """Make the fields of the chosen ground."""
        if self.rules is None or not self.current:
            return
        words, code = self.words, self.current
        known = self.rules.ground(code) or _new_ground(code)
        self.put_names(f"{code}:name", 0, words("Title"), known.names)
        self.put_names(f"{code}:paper", 2, words("Supporting document"), known.paper)
        text = words("counts as a tie-break, by rank")
        self.put(f"{code}:ranked", QCheckBox(), (4, 0, 12), text, known.ranked)
        text = words("sensitive: not shown outside the branch")
        self.put(f"{code}:sensitive", QCheckBox(), (5, 0, 12), text, known.sensitive)
        self.put_source(code, 6, known.source, uncertain=known.uncertain)

    def collected(self, rules: RuleSet) -> RuleSet:
        """The grounds by rank."""
        return replace(
            rules,
            grounds=tuple(self._ground(rules.ground(code) or _new_ground(code)) for code in self.list.order),
        )

    def _ground(self, known: Ground) -> Ground:
        code = known.code
        return Ground(
            code=code,
            names=self.names(f"{code}:name", known.names),
            paper=self.names(f"{code}:paper", known.paper, needed=False),
            ranked=self.flag(f"{code}:ranked", known.ranked),
            sensitive=self.flag(f"{code}:sensitive", known.sensitive),
            source=self.text(f"{code}:source", known.source),
            uncertain=self.flag(f"{code}:uncertain", known.uncertain),
        )

    def _things(self, rules: RuleSet) -> Sequence[Ground]:
        return rules.grounds


def _new_measure(code: str) -> Measure:
    return Measure(code=code, names=Names(), maximum=Decimal(100), uncertain=True)


def _new_ground(code: str) -> Ground:
    return Ground(code=code, names=Names(), paper=Names(), uncertain=True)
