"""The history of one application, or of one field of it, instead of the form until it is closed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from grants_app.gui.pages.journal_values import value_text
from grants_app.gui.pages.journal_words import act_text, called, field_text
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.panels import SidePanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from grants_app.domain.journal import Event
    from grants_app.gui.pages.entry_words import EntryWords
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

# Form fields whose stored name is another one.
_STORED = {
    "document": "person.document_no", "phone": "person.phones", "phone2": "person.phones",
    "school": "school.name",
    "school_kind": "school.kind", "graduated": "school.graduated", "teaching": "school.language",
    "school_type": "school.type", "consent": "consent", "guardian": "person.guardian",
}  # fmt: skip
# What the program keeps for itself; nobody typed it.
_INSIDE = frozenset({"asks_upgrade", "person.document_kind", "received_by"})


class HistoryView(QWidget):
    """Every act about an application, newest first: when, who, what, why, from what to what."""

    closed = Signal()

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.title_label = Label(theme, "bold", parent=self)
        self.close_button = KeyButton(theme, self)
        self.close_button.set_chord("Esc")
        self.close_button.clicked.connect(self.closed)
        self.panel = SidePanel(theme, self)
        top = QHBoxLayout()
        top.setContentsMargins(16, 6, 12, 6)
        top.addWidget(self.title_label, 1)
        top.addWidget(self.close_button)
        layout = flush_column(self)
        layout.addLayout(top)
        layout.addWidget(Hairline(theme, self))
        layout.addWidget(self.panel, 1)

    def show_events(self, events: Sequence[Event], named: EntryWords, zone: str, field: str = "") -> None:
        """Fill the list; `field` (a form's key) leaves only the acts that touched it."""
        stored = _stored_names(field)
        title = (
            self._words("History of “{field}”", field=named.field(stored[0]))
            if field
            else self._words("History")
        )
        self.title_label.setText(title)
        self.close_button.setText(self._words("Back to the form"))
        self.close_button.updateGeometry()
        self.panel.clear()
        shown = 0
        telling = _Telling(self._words, named, zone)
        for event in reversed(events):
            lines = telling.changes(event, stored)
            if not event.before and not field:  # a beginning: one paragraph, not a line for every field
                lines = ("; ".join(lines),) if lines else ()
            if field and not lines:
                continue
            shown += 1
            moment = self._words.current.date_time(datetime.fromisoformat(event.at), zone)
            notes = [f"{moment} · {event.actor} · {named.branch(event.branch)}"]
            if event.reason:
                notes.append(self._words("Reason: {reason}", reason=event.reason))
            self.panel.add_item(act_text(self._words, event.act), (*notes, *lines), font="bold")
        if not shown:
            self.panel.add_text(self._words("Nothing has been changed here."), "body", "muted", above=8)
        self.panel.add_end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _stored_names(field: str) -> tuple[str, ...]:
    if not field:
        return ()
    if field.startswith("choice"):
        return ("choices",)
    if field.startswith("ground"):
        return ("grounds",)
    if field.startswith("paper:"):
        return ("checklist",)
    return (_STORED.get(field, field), f"person.{field}", "scores")


class _Telling:
    """What acts changed, in the words of one campaign."""

    def __init__(self, words: Speech, named: EntryWords, zone: str) -> None:
        self._words = words
        self._named = named
        self._zone = zone
        self._names = called(words, named.setup, (named.rules,))

    def changes(self, event: Event, only: tuple[str, ...]) -> tuple[str, ...]:
        """A line for each field that differs; `only` these where any are given."""
        before = json.loads(event.before) if event.before else {}
        after = json.loads(event.after) if event.after else {}
        told = []
        for key in dict.fromkeys((*before, *after)):
            for name, was, now in _pieces(key, before.get(key), after.get(key)):
                if (
                    was == now
                    or (only and key not in only)
                    or (only and key == "scores" and name not in only)
                ):
                    continue
                left, right = self._shown(event.act, key, was), self._shown(event.act, key, now)
                if key in _INSIDE or not (left or right):
                    continue
                field = self._field(name)
                told.append(f"{field}: {left} › {right or '—'}" if left else f"{field}: {right}")
        return tuple(told)

    def _field(self, name: str) -> str:
        """A field as the form names it, any other as the journal does."""
        text = self._named.field(name)
        return field_text(self._words, self._names, name) if text in name else text

    def _shown(self, act: str, key: str, value: object) -> str:
        if value in (None, "", [], {}):
            return ""
        if key == "choices" and isinstance(value, list) and not str(value[0]).count(":"):
            return ", ".join(f"{place}. {self._named.pool(str(one))}" for place, one in enumerate(value, 1))
        if isinstance(value, list):
            return ", ".join(self._shown(act, key, one) for one in value)
        if isinstance(value, dict):
            name = next(
                (name for name in ("ground", "item", "number", "full_name", "reason") if name in value), ""
            )
            return self._plain(act, f"{key}.{name}", value.get(name, ""))
        return self._plain(act, key, value)

    def _plain(self, act: str, key: str, value: object) -> str:
        if key == "conflicts":
            return self._field(str(value))
        return value_text(self._words, self._names, act, key, str(value), self._zone)


def _pieces(key: str, was: object, now: object) -> list[tuple[str, object, object]]:
    """Scores one by one, everything else as it stands."""
    if key != "scores":
        return [(key, was, now)]
    old, new = _by_criterion(was), _by_criterion(now)
    return [(code, old.get(code), new.get(code)) for code in dict.fromkeys((*old, *new))]


def _by_criterion(scores: object) -> dict[str, object]:
    return {one["criterion"]: one["value"] for one in scores} if isinstance(scores, list) else {}
