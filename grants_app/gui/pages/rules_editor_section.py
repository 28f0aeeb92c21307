"""What every section of the rules' editor is: fields built from a version and read back into one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from grants_app.gui.pages.rules_editor_fields import SectionFields, raw_of
from grants_app.gui.widgets.forms import FormGrid
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import RuleSet
    from grants_app.gui.page import PageContext


class RulesSection(SectionFields):
    """One section. A subclass builds its fields in `build` and reads them back in `collected`.

    What is typed is kept by key when fields are built again: another language, another item of a list.
    """

    heading: ClassVar[str] = ""
    hint: ClassVar[str] = ""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.rules: RuleSet | None = None
        self.setup: CampaignSetup | None = None
        self.title_label = Label(self.theme, "section", parent=self.inner)
        self.hint_label = Label(self.theme, "small", "muted", parent=self.inner)
        for label in (self.title_label, self.hint_label):
            label.setWordWrap(True)
            self.content.addWidget(label)
        self.content.addSpacing(8)
        self.content.addWidget(self.form)
        self.content.addStretch(1)

    # ---- what the editor asks --------------------------------------------------------------------------

    def show_rules(self, rules: RuleSet, setup: CampaignSetup) -> None:
        """Show a version; what was typed before is given up."""
        self.rules, self.setup = rules, setup
        self._kept.clear()
        self.wrong.clear()
        self.take(rules)
        self._fresh()

    def retranslate(self) -> None:
        """Word everything again, keeping what was typed."""
        if self.rules is not None:
            self.rebuild()

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001 - a plain setter
        """Let nothing be changed, or everything again."""
        self.read_only = read_only
        if self.rules is not None:
            self.rebuild()

    def take(self, rules: RuleSet) -> None:
        """Take what the section keeps beside its fields, such as which items there are."""

    def know(self, rules: RuleSet) -> None:
        """Hear of what other sections hold now, such as criteria that came in."""

    def build(self) -> None:
        """Make the fields."""
        raise NotImplementedError

    def collected(self, rules: RuleSet) -> RuleSet:
        """The rules with this section's values; what is wrong is told beside its field and not taken."""
        raise NotImplementedError

    def show_key(self, key: str) -> None:
        """Bring the field with this key on view and put the caret into it."""
        if key in self.form.fields:
            self.scroll_area.ensureWidgetVisible(self.form.fields[key])
            self.form.focus(key)

    # ---- for the subclasses ---------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Build the fields again with what was typed in them."""
        self._kept |= {key: raw_of(field.editor) for key, field in self.form.fields.items()}
        self._fresh()

    def forget(self, prefix: str) -> None:
        """Give up what was typed under keys that begin so."""
        for key in [key for key in (*self._kept, *self.form.fields) if key.startswith(prefix)]:
            self._kept.pop(key, None)
            self.wrong.pop(key, None)
            if key in self.form.fields:
                self.form.disown(key)

    def _fresh(self) -> None:
        self._building = True
        old, self.form = self.form, FormGrid(self.theme, 12, self.inner)
        self.content.replaceWidget(old, self.form)
        old.hide()
        old.deleteLater()
        self.title_label.setText(self.words(self.heading))
        self.hint_label.setText(self.words(self.hint) if self.hint else "")
        self.hint_label.setVisible(bool(self.hint))
        self.build()
        for key in self.wrong.keys() & self.form.fields.keys():
            self.form.fields[key].say("error", self.wrong[key])
        self._building = False
