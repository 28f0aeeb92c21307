"""All rules of a scenario in the rules' own editor, with what they come to in one sentence above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from grants_app.gui.pages.rules_editor import RulesEditor
from grants_app.gui.theme import HEADER_HEIGHT
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.layouts import flush_column

if TYPE_CHECKING:
    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import RuleSet
    from grants_app.gui.page import PageContext


class ScenarioRules(QWidget):
    """The way back, the sentence, the editor."""

    edited = Signal()
    closed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = context.words
        self.editor = RulesEditor(context, self)
        self.back_button = KeyButton(context.theme, self)
        self.back_button.setObjectName("scenario_back_button")
        self.answer_label = Label(context.theme, "bold", parent=self)
        self.answer_label.setMinimumWidth(40)
        self.answer_label.setWordWrap(True)
        bar = QWidget(self)
        bar.setFixedHeight(HEADER_HEIGHT)
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(12)
        row.addWidget(self.back_button)
        row.addWidget(self.answer_label, 1)
        layout = flush_column(self)
        layout.addWidget(bar)
        layout.addWidget(Hairline(context.theme, self))
        layout.addWidget(self.editor, 1)
        self.editor.edited.connect(self.edited)
        self.back_button.clicked.connect(self.closed)
        self.retranslate()

    def show_rules(self, rules: RuleSet, setup: CampaignSetup) -> None:
        """Show the scenario's rules and put the caret into the sections."""
        self.editor.show_rules(rules, setup)
        self.editor.section_list.setFocus(Qt.FocusReason.TabFocusReason)

    def rules(self) -> RuleSet:
        """The rules as typed; Refused while something is wrong."""
        return self.editor.rules()

    def say(self, text: str) -> None:
        """What the rules come to, or why they cannot be tried."""
        self.answer_label.setText(text)

    def retranslate(self) -> None:
        """Word everything again, keeping what was typed."""
        self.back_button.setText(self.words("Back to the comparison"))
        self.back_button.set_chord("Esc")
        self.back_button.updateGeometry()
        self.editor.retranslate()
