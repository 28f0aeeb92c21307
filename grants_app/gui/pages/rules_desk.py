"""The rules of the campaign at work: versions, a change, what it would do, and putting it in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from grants_app.domain.campaign import Campaign
from grants_app.domain.errors import Refused
from grants_app.domain.rule_changes import RuleEffect, RuleVersion
from grants_app.gui.pages.rules_desk_frame import RulesDeskFrame
from grants_app.gui.pages.rules_desk_panels import version_state
from grants_app.gui.widgets.editors import Option
from grants_app.services import rule_changes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.journal import Changed
    from grants_app.domain.ruleset import RuleSet
    from grants_app.gui.page import PageContext
    from grants_app.gui.tasks import Task


@dataclass(frozen=True, slots=True)
class _Read:
    versions: tuple[RuleVersion, ...]
    campaign: Campaign


class RulesDesk(RulesDeskFrame):
    """A version is looked at; who may changes it, sees what that would do, and puts it in force."""

    saved = Signal(object, object)
    """`saved(changed, rules)`: a new version was kept."""
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._read: _Read | None = None
        self._start: RuleSet | None = None
        self._effect: RuleEffect | None = None
        self._changing = False
        self.version_edit.chosen.connect(self._on_version_chosen)
        self.preset_edit.chosen.connect(self._on_preset_chosen)
        self.discard_button.clicked.connect(self.discard)
        self.editor.edited.connect(self._on_edited)
        self.change_panel.preview_wanted.connect(self.preview)
        self.change_panel.save_wanted.connect(self.save)
        self.change_panel.closed.connect(self.back)
        self.word()

    # ---- what the page asks -----------------------------------------------------------------------

    @property
    def changing(self) -> bool:
        """Whether something typed was not put in force yet."""
        return self._changing

    def refresh(self) -> None:
        """Read the versions again; what is being typed stays."""
        office = self.context.office

        def work(_task: Task[_Read]) -> _Read:
            return _Read(rule_changes.versions(office), office.campaign())

        self.context.tasks.run(work, done=self._on_read, failed=self._on_failed, key="rules_desk")

    def retranslate(self) -> None:
        """Word everything again."""
        self.word()
        self._show_state()

    def recalculate(self) -> None:
        """F5: what the change would do; without a change, the versions are read again."""
        if self._changing:
            self.preview()
        else:
            self.refresh()

    # ---- acts -----------------------------------------------------------------------

    @Slot()
    def discard(self) -> None:
        """Give up what was typed and show the version in force."""
        self._changing = False
        if self._read is not None:
            self._show(self._in_force(self._read))

    @Slot()
    def back(self) -> None:
        """From what would change back to the editor."""
        self._effect = None
        self.centre.setCurrentWidget(self.editor)
        self._show_state()

    @Slot()
    def preview(self) -> None:
        """Compute in the background what the rules as typed would change."""
        try:
            rules = self.editor.rules()
        except Refused as refused:
            self.change_panel.say(self.context.failure_words(refused)[1])
            self.editor.next_problem()
            return
        office = self.context.office
        self.change_panel.say("")

        def work(_task: Task[RuleEffect]) -> RuleEffect:
            return rule_changes.preview(office, rules)

        title = self.words("Calculating what would change…")
        self.context.tasks.run(
            work, done=self._on_previewed, failed=self._on_refused, title=title, key="rules_preview"
        )

    @Slot()
    def save(self) -> None:
        """Put what was previewed in force as a new version."""
        if self._effect is None:
            return
        office, rules, reason = self.context.office, self._effect.rules, self.change_panel.reason

        def work(_task: Task[Changed]) -> Changed:
            return rule_changes.put(office, rules, reason)

        title = self.words("Saving the new version…")
        self.context.tasks.run(
            work, done=self._on_saved, failed=self._on_refused, title=title, key="rules_save"
        )

    # ---- answers -----------------------------------------------------------------------

    @Slot(object)
    def _on_read(self, read: _Read) -> None:
        other = self._read is None or self._read.campaign.id != read.campaign.id
        self._read = read
        words = self.words
        self.version_edit.set_options(
            [
                Option(
                    str(one.rules.version),
                    words("Version {no}, {day}", no=one.rules.version, day=one.rules.in_force_from),
                )
                for one in read.versions
            ]
        )
        if other:
            self._changing = False
        if not self._changing:
            shown = self._version(self.version_edit.code) if not other else None
            self._show(shown or self._in_force(read))
        else:
            self._show_state()

    @Slot(str)
    def _on_version_chosen(self, code: str) -> None:
        version = self._version(code)
        if version is not None and not self._changing:
            self._show(version)

    @Slot(str)
    def _on_preset_chosen(self, code: str) -> None:
        draft = self.editor.draft
        if not code or draft is None or self._read is None:
            return
        start = dict(rule_changes.presets_for(draft))[code]
        self.editor.show_rules(start, self._read.campaign.setup)
        self._on_edited()
        self.preset_edit.set_code("")

    @Slot()
    def _on_edited(self) -> None:
        if self._start is None:
            return
        if not self._changing:
            self._changing = True
            today, draft = self.context.office.today(), self.editor.draft
            if draft is not None and draft.in_force_from == self._start.in_force_from < today:
                self.editor.set_day(today)
            self.change_panel.begin()
        self._effect = None
        self._show_state()

    @Slot(object)
    def _on_previewed(self, effect: RuleEffect) -> None:
        if self._read is None or not self._changing:
            return
        self._effect = effect
        self.effect.show_effect(effect, self._read.campaign.setup)
        self.centre.setCurrentWidget(self.effect)
        self._show_state()
        self.change_panel.ask_reason()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self.change_panel.say(self.context.failure_words(error)[1])

    @Slot(object)
    def _on_saved(self, changed: Changed) -> None:
        rules = self._effect.rules if self._effect is not None else None
        self._changing = False
        self._effect = None
        self.version_edit.set_code("")
        self.saved.emit(changed, rules)
        self.refresh()

    # ---- state -----------------------------------------------------------------------

    def _show(self, version: RuleVersion) -> None:
        """Show a version in the editor; the one in force may be changed by who may."""
        if self._read is None:
            return
        self._start = version.rules
        self._effect = None
        self.version_edit.set_code(str(version.rules.version))
        self.editor.show_rules(version.rules, self._read.campaign.setup)
        self.editor.set_read_only(not self._changeable())
        self.centre.setCurrentWidget(self.editor)
        self._show_state()

    def _show_state(self) -> None:
        read, start = self._read, self._start
        if read is None or start is None:
            return
        version = next(one for one in read.versions if one.rules.version == start.version)
        may = self._changeable()
        self.version_edit.setEnabled(not self._changing)
        self.preset_edit.setVisible(may and self._effect is None)
        self.discard_button.setVisible(self._changing and self._effect is None)
        kind, text, icon = version_state(self.words, version)
        if self._changing:
            kind, text, icon = "warn", self.words("changed, not in force yet"), "edit"
        self.state_chip.show_state(kind, text, icon)
        if self._changing:
            draft = self.editor.draft or start
            fresh = replace(draft, version=read.versions[0].rules.version + 1)
            self.change_panel.show_change(fresh, start, read.versions, read.campaign.setup, self._effect)
            self.right.setCurrentWidget(self.change_panel)
        else:
            before = next((one for one in read.versions if one.rules.version < start.version), None)
            self.version_panel.show_version(version, before, read.campaign.setup, may=may)
            self.right.setCurrentWidget(self.version_panel)

    def _version(self, code: str) -> RuleVersion | None:
        versions = self._read.versions if self._read is not None else ()
        return next((one for one in versions if str(one.rules.version) == code), None)

    @staticmethod
    def _in_force(read: _Read) -> RuleVersion:
        return next((one for one in read.versions if one.state == "in_force"), read.versions[-1])

    def _changeable(self) -> bool:
        return self._read is not None and "setup" in self.context.office.allowed(self._read.campaign)
