"""One event of the journal: who, when, why, and every field before and after; it changes nothing."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.gui.pages.journal_values import subject_text, value_text
from grants_app.gui.pages.journal_words import act_text, field_text
from grants_app.gui.pages.rules_difference_words import journalled_text, journalled_value
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.panels import SidePanel
from grants_app.services import rule_changes
from grants_app.services.start import restore_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.journal import Event
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

Change = tuple[str, str, str]
_LONG_WORD = 24
# What the program keeps for itself beside what was typed: which doubt it was, which kind of a number.
_INSIDE = re.compile(r"accepted \d+\.code|person\.document_kind")


def flat(text: str) -> dict[str, str]:
    """The event's canonical JSON as one level of dotted names and plain values; "" is nothing."""
    found: dict[str, str] = {}
    if text:
        _gather("", json.loads(text), found)
    return found


def _gather(name: str, value: object, found: dict[str, str]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _gather(f"{name}.{key}" if name else str(key), inner, found)
    elif isinstance(value, list) and any(isinstance(one, (dict, list)) for one in value):
        for number, inner in enumerate(value, start=1):
            _gather(f"{name} {number}", inner, found)
    elif isinstance(value, list):
        found[name] = ", ".join(str(one) for one in value)
    else:
        found[name] = "" if value is None else str(value)


def changes(event: Event) -> tuple[Change, ...]:
    """Every field that differs: its name, before, after."""
    before, after = flat(event.before), flat(event.after)
    names = list(dict.fromkeys([*before, *after]))
    return tuple(
        (name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name) != after.get(name) and not _INSIDE.fullmatch(name)
    )


def breakable(text: str) -> str:
    """The text with places to break in words too long for a column, such as a fingerprint."""
    return " ".join(
        word
        if len(word) <= _LONG_WORD
        else "\u200b".join(word[place : place + 8] for place in range(0, len(word), 8))
        for word in text.split(" ")
    )


def moment_text(words: Speech, at: str, zone: str) -> str:
    """The event's moment on the clock of the campaign's zone."""
    return words.current.date_time(datetime.fromisoformat(at), zone)


class EventPanel(SidePanel):
    """The column beside the journal."""

    subject_wanted = Signal(str)
    """All events about this subject are wanted."""

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._event: Event | None = None
        self._zone = ""
        self._names: Mapping[str, str] = {}
        self.setObjectName("event_panel")
        self.show_nothing()

    @property
    def event_shown(self) -> Event | None:
        """The event on view."""
        return self._event

    def show_nothing(self) -> None:
        """Say what the panel is for."""
        self._event = None
        self.clear()
        empty = EmptyState(self.theme, "journal", self.inner)
        empty.sentence_label.setFixedWidth(240)
        empty.show_state(self._words("Select an entry to see what changed."))
        self.content.addWidget(empty, 1)

    def show_event(self, event: Event, zone: str, names: Mapping[str, str]) -> None:
        """Show one event; `names` are what codes of branches, programmes and pools are called."""
        self._event, self._zone, self._names = event, zone, names
        words = self._words
        self.clear()
        self.add_text(moment_text(words, event.at, zone), "body", "muted")
        self.add_text(act_text(words, event.act), "section")
        subject = subject_text(words, self._names, event.act, event.subject)
        self.add_text(breakable(subject), "body", "muted", above=2)
        self.content.addSpacing(6)
        self.add_fact(words("Officer"), event.actor)
        self.add_fact(words("Branch"), self._names.get(event.branch, event.branch))
        if event.reason:
            self.add_section(words("Reason"))
            self.add_text(event.reason)
        self._changes(event)
        self.add_section(words("In the chain"))
        self.add_fact(words("Entry No."), str(event.seq))
        self.add_fact(
            words("Chain hash"), " ".join(event.link[place : place + 4] for place in range(0, 12, 4))
        )
        if event.subject:
            self.content.addSpacing(12)
            button = KeyButton(self.theme, self.inner, icon="history")
            button.setObjectName("subject_button")
            button.setText(words("Everything about {subject}", subject=subject))
            button.clicked.connect(self._on_subject_button_clicked)
            self.content.addWidget(button)
        self.add_end()
        self.scroll_area.verticalScrollBar().setValue(0)

    def retranslate(self) -> None:
        """Word everything again."""
        if self._event is None:
            self.show_nothing()
        else:
            self.show_event(self._event, self._zone, self._names)

    def _changes(self, event: Event) -> None:
        words = self._words
        if event.act.startswith("database."):
            self.add_section(words("Before and after"))
            for sentence in restore_words.of_event(words.current, event):
                self.add_text(sentence)
            return
        told = changes(event)
        if not told:
            return
        self.add_section(words("Before and after"))
        for name, stored_before, stored_after in told:
            label, before, after = (
                breakable(text) for text in self._worded(event.act, name, stored_before, stored_after)
            )
            if before and after:
                self.add_item(
                    label, (words("was: {value}", value=before), words("now: {value}", value=after))
                )
            elif after:
                self.add_item(label, (after,))
            else:
                self.add_item(label, (words("was: {value}", value=before),))

    def _worded(self, act: str, name: str, before: str, after: str) -> tuple[str, str, str]:
        """A field's name and what stood in it before and after; rules have names and values of their own."""
        words, names = self._words, self._names
        if act == rule_changes.ACT:
            was, is_ = (journalled_value(words, names, name, text) for text in (before, after))
            return journalled_text(words, names, name), was, is_
        was, is_ = (value_text(words, names, act, name, text, self._zone) for text in (before, after))
        return field_text(words, names, name), was, is_

    def _on_subject_button_clicked(self) -> None:
        if self._event is not None:
            self.subject_wanted.emit(self._event.subject)
