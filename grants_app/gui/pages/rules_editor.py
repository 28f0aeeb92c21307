"""The editor of a campaign's rules: sections at the left, their fields at the right; it keeps nothing itself.

Nothing pops up and nothing typed is lost: what is wrong is said beside its field and marked in the list of
sections, and `rules` refuses until it is put right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from grants_app.domain.errors import Refused
from grants_app.domain.ruleset import check
from grants_app.gui.pages.rules_editor_admission import AdmissionSection
from grants_app.gui.pages.rules_editor_general import GeneralSection, StandingSection
from grants_app.gui.pages.rules_editor_quotas import QuotasSection
from grants_app.gui.pages.rules_editor_score import ScoreSection, TiesSection
from grants_app.gui.pages.rules_editor_things import GroundsSection, MeasuresSection
from grants_app.gui.widgets.labels import Ground, Label
from grants_app.gui.widgets.layouts import flush_row

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import RuleSet
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.rules_editor_section import RulesSection

_NARROW = 760
_ROW = 30


class RulesEditor(QWidget):
    """Everything a rule set holds, section by section; Ctrl+PgUp and Ctrl+PgDn go from one to the next."""

    edited = Signal()
    """Something was typed, ticked, moved, added or taken out."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self._rules: RuleSet | None = None
        self._knowing = False
        self.section_list = QListWidget(self)
        self.section_list.setObjectName("rules_sections")
        self.section_list.setFrameShape(QFrame.Shape.NoFrame)
        self.section_list.setFont(context.theme.font("body"))
        self.section_list.setWordWrap(True)
        self.section_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.measures = MeasuresSection(context, self)
        self.grounds = GroundsSection(context, self)
        self.score = ScoreSection(context, self)
        self.ties = TiesSection(context, self)
        self.quotas = QuotasSection(context, self)
        self.admission = AdmissionSection(context, self)
        self.general = GeneralSection(context, self)
        self.standing = StandingSection(context, self)
        self.sections: tuple[RulesSection, ...] = (
            *(self.score, self.ties, self.admission, self.grounds, self.quotas),
            *(self.standing, self.measures, self.general),
        )
        self.stack = QStackedWidget(self)
        self.problem_label = Label(context.theme, "small", "bad", parent=self)
        self.problem_label.setWordWrap(True)
        self.problem_label.hide()
        self._lay_out()
        for section in self.sections:
            self.stack.addWidget(section)
            self.section_list.addItem(QListWidgetItem())
            section.edited.connect(self._on_edited)
        self.measures.uses = self._measure_used
        self.grounds.uses = self._ground_used
        self.section_list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.section_list.setCurrentRow(0)
        self.retranslate()

    def _lay_out(self) -> None:
        self.left = Ground(self.context.theme, self)
        left = QVBoxLayout(self.left)
        left.setContentsMargins(8, 8, 8, 8)
        left.setSpacing(4)
        left.addWidget(self.section_list, 1)
        left.addWidget(self.problem_label)
        layout = flush_row(self)
        layout.addWidget(self.left)
        layout.addWidget(self.stack, 1)

    # ---- what whoever embeds it asks --------------------------------------------------------------------

    def show_rules(self, rules: RuleSet, setup: CampaignSetup) -> None:
        """Show a version; what was typed before is given up."""
        self._rules = rules
        for section in self.sections:
            section.show_rules(rules, setup)
        self._read()

    def rules(self) -> RuleSet:
        """The rules as typed, checked; Refused (rules_not_ready) while something is wrong."""
        self._read()
        draft = self._collected()
        if draft is None or self.wrong:
            raise Refused("rules_not_ready", n=self.wrong)
        check(draft)
        return draft

    @property
    def draft(self) -> RuleSet | None:
        """What is typed, with the version's own values where something is wrong; None before `show_rules`."""
        return self._collected()

    @property
    def wrong(self) -> int:
        """How many fields are wrong now."""
        return sum(len(section.wrong) for section in self.sections)

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001 - a plain setter
        """Let it be looked at only."""
        for section in self.sections:
            section.set_read_only(read_only)

    def set_day(self, day: dt.date) -> None:
        """Put another day into force."""
        self.general.set_day(day)
        self._read()

    def show_section(self, section: RulesSection) -> None:
        """Bring a section on view."""
        self.section_list.setCurrentRow(self.sections.index(section))

    def next_problem(self) -> bool:
        """Go to the next field that is wrong, round and round; False when all are well."""
        here = self.section_list.currentRow()
        if self.sections[here].form.next_problem():
            return True
        order = (*self.sections[here + 1 :], *self.sections[: here + 1])
        for section in order:
            if section.wrong:
                self.show_section(section)
                section.show_key(next(iter(section.wrong)))
                return True
        return False

    def retranslate(self) -> None:
        """Word everything again, keeping what was typed."""
        for section in self.sections:
            section.retranslate()
        self.section_list.setAccessibleName(self.words("Sections of the rules"))
        self._mark()
        if self._rules is not None:
            self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+PgUp and Ctrl+PgDn change the section, F8 goes to the next problem."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            row = self.section_list.currentRow() + step
            self.section_list.setCurrentRow(max(0, min(len(self.sections) - 1, row)))
            self.section_list.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_F8:
            self.next_problem()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list of sections gives way in a small window."""
        super().resizeEvent(event)
        self.left.setFixedWidth(176 if self.width() < _NARROW else 216)

    # ---- inside -----------------------------------------------------------------------------------------

    def _on_edited(self) -> None:
        if not self._knowing:
            self._read()
            self.edited.emit()

    def _collected(self) -> RuleSet | None:
        draft = self._rules
        if draft is not None:
            first = (self.measures, self.grounds)  # what the others name
            for section in (*first, *(one for one in self.sections if one not in first)):
                draft = section.collected(draft)
        return draft

    def _read(self) -> None:
        """Read every section, tell the others what it holds, and mark what is wrong."""
        draft = self._collected()
        if draft is not None:
            self._knowing = True
            for section in self.sections:
                section.know(draft)
            self._knowing = False
        self._mark()

    def _mark(self) -> None:
        theme = self.context.theme
        for row, section in enumerate(self.sections):
            item = self.section_list.item(row)
            item.setText(self.words(section.heading))
            item.setSizeHint(QSize(0, _ROW))
            wrong = bool(section.wrong)
            item.setIcon(theme.icon("warning", "bad") if wrong else QIcon())
        told = self.words.plural("{n} field is wrong: F8", "{n} fields are wrong: F8", self.wrong)
        self.problem_label.setText(told)
        self.problem_label.setVisible(bool(self.wrong))

    def _measure_used(self, code: str) -> str:
        draft = self._collected()
        if draft is None:
            return ""
        if code in {term.criterion for term in draft.score.terms}:
            return self.words("The score uses it. Remove it there first.")
        if code in draft.ties.levels:
            return self.words("It is used as a tie-break. Remove it there first.")
        if any(code in rule.any_subject for rule in draft.programmes):
            return self.words("A programme accepts this subject. Remove it there first.")
        if code == "ort_main":
            return self.words("The main test threshold uses it.")
        return ""

    def _ground_used(self, code: str) -> str:
        return (
            self.words("A quota uses this category. Remove the quota first.")
            if self.quotas.ground_in_use(code)
            else ""
        )
