"""The column beside the rules: a version with its history, or the change under way and its act."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.pages.rules_difference_words import DifferenceWords
from grants_app.gui.pages.rules_editor_fields import LONGEST
from grants_app.gui.pages.rules_tab import PRESET_SOURCES
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.panels import ItemRow, SidePanel
from grants_app.services import rule_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.rule_changes import RuleEffect, RuleVersion
    from grants_app.domain.ruleset import RuleSet
    from grants_app.gui.page import PageContext
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind

_MOST = 60
"""Differences shown; a start from a preset may change hundreds of values."""


def version_state(words: Speech, version: RuleVersion) -> tuple[ChipKind, str, str]:
    """A version's state as a chip."""
    day = words.current.date(version.rules.in_force_from)
    if version.state == "in_force":
        return "ok", words("in force"), "check"
    if version.state == "future":
        return "info", words("comes into force on {day}", day=day), "clock"
    if version.state == "never":
        return "neutral", words("replaced before taking effect"), ""
    return (
        "neutral",
        words("in force until {day}", day=version.until or version.rules.in_force_from),
        "history",
    )


class VersionPanel(SidePanel):
    """What a version rests on, who put it there and why, and what it changed."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self.words = context.words
        self.setObjectName("version_panel")

    def show_version(
        self, version: RuleVersion, before: RuleVersion | None, setup: CampaignSetup, *, may: bool
    ) -> None:
        """Show a version, held against the one before it."""
        words, rules = self.words, version.rules
        self.clear()
        self.add_text(rules.title.get(words.lang), "section")
        day = words.current.date(rules.in_force_from)
        self.add_text(
            words("Version {no}, in force from {day}", no=rules.version, day=day), "body", "muted", above=2
        )
        if version.state == "future":
            self.add_text(words("It does not apply before its start date."), "small", "warn", above=4)
        source = rules.legal_source
        basis = words(source) if source in PRESET_SOURCES else source
        self.add_item(words("Legal basis (order or law)"), (basis or words("none"),))
        if version.reason:
            self.add_item(words("Reason (recorded in the journal)"), (version.reason,))
        if version.by:
            at = words.current.date_time(datetime.fromisoformat(version.at), setup.zone)
            self.add_item(words("Brought into force by"), (f"{version.by}, {at}",))
        self.content.addSpacing(6)
        self.add_text(
            words("Change any field to start a new version. This version stays available to read.")
            if may
            else words("Read-only: only the secretary and the chair can change the rules."),
            "small",
            "muted",
        )
        if before is not None:
            self.add_section(words("Differences from version {no}", no=before.rules.version))
            for text, note in difference_rows(words, setup, before.rules, rules):
                self.add_item(text, (note,) if note else ())
        self.add_end()


class ChangePanel(DecisionPanel):
    """The change under way: what differs, then the reason, and the press that puts it in force."""

    preview_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("change_panel")
        self._previewed = False
        self.reason_edit = self.add_text_field("reason", 0)
        self.reason_edit.setMaxLength(LONGEST)
        self.reason_edit.textChanged.connect(self._on_typed)

    @property
    def reason(self) -> str:
        """The reason typed."""
        return self.reason_edit.text().strip()

    def begin(self) -> None:
        """A new change starts: its reason is not yet known."""
        self.reason_edit.clear()
        self.say("")

    def ask_reason(self) -> None:
        """Put the caret where the reason goes."""
        self.form.focus("reason")

    def show_change(
        self,
        fresh: RuleSet,
        start: RuleSet,
        versions: Sequence[RuleVersion],
        setup: CampaignSetup,
        effect: RuleEffect | None,
    ) -> None:
        """Show the change as it stands: being typed, or previewed and ready to be put in force."""
        words = self.words
        self._previewed = effect is not None
        day = words.current.date(fresh.in_force_from)
        sentence = words("Version {no}, in force from {day}", no=fresh.version, day=day)
        verb = words("Bring version {no} into force", no=fresh.version)
        self.set_texts(
            words("New version of the rules"), sentence, verb if effect else words("Show what would change")
        )
        self.act_button.set_chord("" if effect else "F5")
        self.cancel_button.setText(words("Back to the rules"))
        self.cancel_button.setVisible(effect is not None)
        self.buttons.refit()
        self.form.setVisible(effect is not None)
        self.form.fields["reason"].set_label(words("Reason (recorded in the journal)"))
        self.clear_above()
        for note in self._notes(fresh, versions):
            label = Label(self.theme, "small", "warn", note, self.inner)
            label.setWordWrap(True)
            self.above.addWidget(label)
        self._list(difference_rows(words, setup, start, fresh))
        self._on_typed()

    def _notes(self, fresh: RuleSet, versions: Sequence[RuleVersion]) -> list[str]:
        words = self.words
        waits = fresh.in_force_from > self.context.office.today()
        notes = [words("It does not apply before its start date.")] if waits else []
        notes += [
            words("Version {no} would then never come into force.", no=other.rules.version)
            for other in versions
            if other.state == "future" and other.rules.in_force_from >= fresh.in_force_from
        ]
        return notes

    def _list(self, rows: Sequence[tuple[str, str]]) -> None:
        """What differs, under the buttons: it may be long."""
        while (item := self.below.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        heading = Label(self.theme, "bold", text=self.words("Differences"), parent=self.inner)
        heading.setContentsMargins(0, 14, 0, 3)
        self.below.addWidget(heading)
        for text, note in rows:
            self.below.addWidget(ItemRow(self.theme, text, (note,) if note else (), parent=self.inner))

    def act(self) -> None:
        """Preview, or put in force."""
        if self._previewed:
            self.save_wanted.emit()
        else:
            self.preview_wanted.emit()

    def _on_typed(self, _text: str = "") -> None:
        self.act_button.setEnabled(not self._previewed or bool(self.reason))


def difference_rows(
    words: Speech, setup: CampaignSetup, before: RuleSet, after: RuleSet
) -> list[tuple[str, str]]:
    """What differs between two versions, each as a name and a sentence; the last may count the rest."""
    told = DifferenceWords(words, setup, before, after)
    changes = rule_changes.differences(before, after)
    texts = [told.text(change) for change in changes[:_MOST]]
    rows = [(text.what, text.change) for text in texts]
    more = len(changes) - _MOST
    return [*rows, (words.plural("and {n} more", "and {n} more", more), "")] if more > 0 else rows
