"""Sections of the rules' editor: what the version is called and rests on; who competes, lateness, papers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, get_args

from PySide6.QtWidgets import QCheckBox

from grants_app.domain.ruleset import COMPETING, LateRule, PaperBlock, Stage
from grants_app.gui.pages.rules_editor_fields import SourceEdit
from grants_app.gui.pages.rules_editor_section import RulesSection
from grants_app.gui.widgets.editors import DateEdit, Option
from grants_app.gui.widgets.labels import Label
from grants_app.wording import mark

if TYPE_CHECKING:
    import datetime as dt

    from grants_app.domain.ruleset import RuleSet

_STAGES: dict[Stage, str] = {
    "offer": mark("the offer"),
    "letter": mark("the letter"),
    "confirmation": mark("the confirmation"),
}


class GeneralSection(RulesSection):
    """Title, the day the version is in force from, the order or law it rests on."""

    heading: ClassVar[str] = mark("Version and its basis")
    hint: ClassVar[str] = mark(
        "A version applies from its start date onwards. Decisions made under an earlier "
        "version do not change."
    )

    def build(self) -> None:
        """Make the fields."""
        if self.rules is None:
            return
        words, rules = self.words, self.rules
        today = self.context.office.today() if self.context.desk.open else rules.in_force_from
        day = DateEdit(self.theme, today.replace(year=2098))
        self.put("in_force_from", day, (0, 0, 4), words("In force from"), _typed(rules.in_force_from))
        day.date_typed.connect(self.on_edited)
        label = words("Legal basis (order or law)")
        self.put("legal_source", SourceEdit(self.theme, words), (1, 0, 12), label, rules.legal_source)
        self.put_names("title", 2, words("Title"), rules.title)

    def set_day(self, day: dt.date) -> None:
        """Put another day into the field."""
        editor = self.form.fields["in_force_from"].editor
        if isinstance(editor, DateEdit):
            editor.set_date(day)

    @property
    def day(self) -> dt.date | None:
        """The day typed; None while it is none."""
        editor = self.form.fields["in_force_from"].editor
        return editor.date if isinstance(editor, DateEdit) else None

    def collected(self, rules: RuleSet) -> RuleSet:
        """Title, day and basis."""
        day = self.day
        self.tell("in_force_from", "" if day else self.words("Enter a date, for example 15.08.2026."))
        return replace(
            rules,
            in_force_from=day or rules.in_force_from,
            legal_source=self.text("legal_source", rules.legal_source),
            title=self.names("title", rules.title),
        )


class StandingSection(RulesSection):
    """Which states compete, late applications, unseen grounds, and which missing papers stop what."""

    heading: ClassVar[str] = mark("Who competes, and documents")

    def build(self) -> None:
        """Make the fields."""
        if self.rules is None or self.setup is None:
            return
        words, rules = self.words, self.rules
        self.form.add_section(0, words("Applications in the competition"))
        for number, state in enumerate(COMPETING):
            text = words.code(f"state_{state}")
            self.put(f"state:{state}", QCheckBox(), (1, 3 * number, 3), text, state in rules.competing_states)
        options = [Option(code, words.code(f"late_rule_{code}")) for code in get_args(LateRule)]
        self.put_choice("late", (2, 0, 12), words("Late application"), options, rules.late)
        text = words("a priority category counts before its document has been seen")
        self.put("unseen", QCheckBox(), (3, 0, 12), text, rules.unseen_grounds_count)
        self.form.add_section(4, words("A missing document blocks"))
        self._papers(rules)

    def _papers(self, rules: RuleSet) -> None:
        words, setup = self.words, self.setup
        if setup is None:
            return
        for number, text in enumerate(_STAGES.values()):
            head = Label(self.theme, "small", "muted", words(text), self.form)
            self.form.grid.addWidget(head, 5, 6 + 2 * number, 1, 2)
        row = 6
        for paper in setup.required_papers:
            name = paper.names.get(self.lang)
            label = Label(self.theme, "body", text=name, parent=self.form)
            label.setWordWrap(True)
            self.form.grid.addWidget(label, row, 0, 1, 6)
            for number, (stage, text) in enumerate(_STAGES.items()):
                on = PaperBlock(paper=paper.code, stage=stage) in rules.blocks
                tick = QCheckBox()
                self.put(f"block:{paper.code}:{stage}", tick, (row, 6 + 2 * number, 2), "", on)
                tick.setAccessibleName(f"{name}: {words(text)}")
            row += 1
        text = words("an application with no documents ticked counts as having none")
        self.put("unkept", QCheckBox(), (row, 0, 12), text, rules.unkept_papers_block)

    def collected(self, rules: RuleSet) -> RuleSet:
        """States, lateness and papers; blocks of papers the campaign does not list stay."""
        states = tuple(s for s in COMPETING if self.flag(f"state:{s}", s in rules.competing_states))
        told = "" if states else self.words("Select at least one status that competes.")
        self.tell(f"state:{COMPETING[0]}", told)
        late = self.text("late", rules.late)
        self.tell("late", "" if late in get_args(LateRule) else self.words("Choose from the list."))
        listed = {paper.code for paper in self.setup.required_papers} if self.setup else set()
        blocks = [block for block in rules.blocks if block.paper not in listed]
        blocks += [
            PaperBlock(paper=paper.code, stage=stage)
            for paper in (self.setup.required_papers if self.setup else ())
            for stage in _STAGES
            if self._blocked(rules, PaperBlock(paper=paper.code, stage=stage))
        ]
        kept = tuple(block for block in rules.blocks if block in blocks)
        return replace(
            rules,
            competing_states=states or rules.competing_states,
            late=late if late in get_args(LateRule) else rules.late,  # type: ignore[arg-type]  # as seen
            unseen_grounds_count=self.flag("unseen", rules.unseen_grounds_count),
            blocks=(*kept, *(block for block in blocks if block not in kept)),
            unkept_papers_block=self.flag("unkept", rules.unkept_papers_block),
        )

    def _blocked(self, rules: RuleSet, block: PaperBlock) -> bool:
        return self.flag(f"block:{block.paper}:{block.stage}", block in rules.blocks)


def _typed(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
