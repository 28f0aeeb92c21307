"""The frame of the rules at work: versions and presets above the editor, a column beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from grants_app.gui.pages.rules_desk_panels import ChangePanel, VersionPanel
from grants_app.gui.pages.rules_editor import RulesEditor
from grants_app.gui.pages.rules_effect import EffectView
from grants_app.gui.theme import HEADER_HEIGHT
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.layouts import flush_row
from grants_app.wording import mark

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from grants_app.gui.page import PageContext

_NARROW = 1150
PRESETS = {
    "ort_default": mark("ORT, the default"),
    "kz_priorities": mark("Priorities as in Kazakhstan"),
    "no_quotas": mark("No quotas, no preferences"),
}


class RulesDeskFrame(QWidget):
    """The widgets and where they stand."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        theme = context.theme
        self.version_edit = ChoiceEdit(theme, self)
        self.version_edit.setObjectName("version_edit")
        self.state_chip = Chip(theme, parent=self)
        self.preset_edit = ChoiceEdit(theme, self)
        self.preset_edit.setObjectName("preset_edit")
        self.discard_button = KeyButton(theme, self)
        self.discard_button.setObjectName("discard_button")
        self.editor = RulesEditor(context, self)
        self.effect = EffectView(context, self)
        self.centre = QStackedWidget(self)
        self.centre.addWidget(self.editor)
        self.centre.addWidget(self.effect)
        self.version_panel = VersionPanel(context, self)
        self.change_panel = ChangePanel(context, self)
        self.right = QStackedWidget(self)
        self.right.addWidget(self.version_panel)
        self.right.addWidget(self.change_panel)
        self._lay_out()

    def _lay_out(self) -> None:
        held = QWidget(self)
        held.setFixedHeight(HEADER_HEIGHT)
        bar = QHBoxLayout(held)
        bar.setContentsMargins(14, 0, 14, 0)
        bar.setSpacing(8)
        self.version_edit.setFixedWidth(250)
        self.preset_edit.setFixedWidth(220)
        bar.addWidget(self.version_edit)
        bar.addWidget(self.state_chip)
        bar.addStretch(1)
        bar.addWidget(self.preset_edit)
        bar.addWidget(self.discard_button)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(held)
        left.addWidget(Hairline(self.context.theme, self))
        left.addWidget(self.centre, 1)
        layout = flush_row(self)
        layout.addLayout(left, 1)
        layout.addWidget(self.right)

    def word(self) -> None:
        """Word everything again."""
        words = self.words
        self.version_edit.setAccessibleName(words("Version of the rules"))
        self.version_edit.setToolTip(words("Another version"))
        self.preset_edit.setPlaceholderText(words("Start from a preset"))
        self.preset_edit.setAccessibleName(words("Start from a preset"))
        self.preset_edit.set_options([Option(code, words(name)) for code, name in PRESETS.items()])
        self.discard_button.setText(words("Discard the changes"))
        self.discard_button.updateGeometry()
        self.editor.retranslate()
        self.effect.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel gives way in a small window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.right.setFixedWidth(280 if narrow else 340)
        self.version_edit.setFixedWidth(190 if narrow else 250)
        self.preset_edit.setFixedWidth(170 if narrow else 220)
