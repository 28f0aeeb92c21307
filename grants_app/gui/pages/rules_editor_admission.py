"""The section of the rules' editor about admission: thresholds, and the subject tests programmes admit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QCheckBox, QWidget

from grants_app.domain.ruleset import ProgrammeRule
from grants_app.gui.pages.entry_form_widgets import ChipTick, FlowLayout
from grants_app.gui.pages.rules_editor_section import RulesSection
from grants_app.gui.widgets.forms import FormField
from grants_app.gui.widgets.labels import Hairline
from grants_app.wording import mark

if TYPE_CHECKING:
    from grants_app.domain.ruleset import RuleSet

_ZERO = Decimal(0)


class AdmissionSection(RulesSection):
    """Thresholds for all, then every programme: whether it is open, its subjects, its own thresholds."""

    heading: ClassVar[str] = mark("Eligibility")
    hint: ClassVar[str] = mark(
        "An empty threshold sets no requirement. A programme's own threshold overrides the "
        "general one. One of the ticked subjects is enough."
    )

    def take(self, rules: RuleSet) -> None:
        """Take the subjects there are and the programmes of campaign and rules."""
        self._subjects = tuple(measure for measure in rules.measures if measure.subject)
        codes = [programme.code for programme in self.setup.programmes] if self.setup else []
        codes += [rule.programme for rule in rules.programmes]
        self._programmes = tuple(dict.fromkeys(codes))

    def know(self, rules: RuleSet) -> None:
        """Subjects that came, went or were renamed."""
        subjects = tuple(measure for measure in rules.measures if measure.subject)
        named = [(one.code, one.names) for one in subjects]
        if named != [(one.code, one.names) for one in self._subjects]:
            self._subjects = subjects
            self.rebuild()

    def build(self) -> None:
        """Make the fields."""
        if self.rules is None:
            return
        words, general = self.words, self.rules.thresholds
        self.put_number("main", (0, 0, 6), words("Main test, at least"), general.main)
        self.put_number("subject", (0, 6, 6), words("Each required subject, minimum"), general.subject)
        self.put_source("thresholds", 1, general.source, uncertain=general.uncertain)
        row = 2
        for code in self._programmes:
            self._programme(row, code)
            row += 5

    def _programme(self, row: int, code: str) -> None:
        words = self.words
        rule = self.rules.programme(code) if self.rules else None
        known = rule or ProgrammeRule(programme=code)
        self.form.grid.addWidget(Hairline(self.theme, self.form), row, 0, 1, 12)
        key = f"programme:{code}"
        tick = QCheckBox()
        tick.setFont(self.theme.font("bold"))
        name = self._name(code)
        self.put(key, tick, (row + 1, 0, 12), name, rule is not None)
        tick.setToolTip(words("Tick at least one subject; otherwise no one is eligible for this programme."))
        chips = QWidget(self.form)
        flow = FlowLayout(chips)
        for subject in self._subjects:
            chip = ChipTick(self.theme, chips)
            chip.setText(subject.names.get(self.lang))
            self._hidden(f"{key}:subject:{subject.code}", chip, subject.code in known.any_subject)
            flow.addWidget(chip)
        self.form.grid.addWidget(chips, row + 2, 0, 1, 12)
        self.put_number(f"{key}:main", (row + 3, 0, 6), words("Own threshold of the main test"), known.main)
        self.put_number(
            f"{key}:subject", (row + 3, 6, 6), words("Own threshold of the subject"), known.subject
        )
        self.put_source(key, row + 4, known.source, uncertain=known.uncertain)

    def _hidden(self, key: str, chip: ChipTick, on: bool) -> None:  # noqa: FBT001 - the value itself
        """A chip that stands in the flow, its field keeping only its state."""
        holder = FormField(self.theme, key, chip, self.form)
        holder.hide()
        self.form.adopt(holder)
        chip.setChecked(bool(self._kept.get(key, on)))
        chip.setEnabled(not self.read_only)
        chip.setToolTip(self.why_read_only())
        chip.setAccessibleName(chip.text())
        chip.toggled.connect(self.on_edited)

    def _name(self, code: str) -> str:
        known = {programme.code: programme for programme in self.setup.programmes} if self.setup else {}
        return f"{known[code].names.get(self.lang)} · {code}" if code in known else code

    def collected(self, rules: RuleSet) -> RuleSet:
        """Thresholds and programmes, in the order they stand."""
        general = rules.thresholds
        before = {rule.programme: rule for rule in rules.programmes}
        programmes = [self._collected(before.get(code), code) for code in self._programmes]
        return replace(
            rules,
            thresholds=replace(
                general,
                main=self.number("main", general.main, _ZERO),
                subject=self.number("subject", general.subject, _ZERO),
                source=self.text("thresholds:source", general.source),
                uncertain=self.flag("thresholds:uncertain", general.uncertain),
            ),
            programmes=tuple(_in_order([one for one in programmes if one is not None], tuple(before))),
        )

    def _collected(self, rule: ProgrammeRule | None, code: str) -> ProgrammeRule | None:
        key = f"programme:{code}"
        known = rule or ProgrammeRule(programme=code)
        open_ = self.flag(key, rule is not None)
        ticked = [
            subject.code
            for subject in self._subjects
            if self.flag(f"{key}:subject:{subject.code}", subject.code in known.any_subject)
        ]
        changed = ProgrammeRule(
            programme=code,
            any_subject=tuple(_in_order_of(ticked, known.any_subject)),
            main=self.number(f"{key}:main", known.main, _ZERO),
            subject=self.number(f"{key}:subject", known.subject, _ZERO),
            source=self.text(f"{key}:source", known.source),
            uncertain=self.flag(f"{key}:uncertain", known.uncertain),
        )
        return changed if open_ else None


def _in_order_of(codes: list[str], before: tuple[str, ...]) -> list[str]:
    """Those known before in their order, new ones after them."""
    return [code for code in before if code in codes] + [code for code in codes if code not in before]


def _in_order(programmes: list[ProgrammeRule], before: tuple[str, ...]) -> list[ProgrammeRule]:
    by_code = {one.programme: one for one in programmes}
    return [by_code[code] for code in _in_order_of(list(by_code), before)]
