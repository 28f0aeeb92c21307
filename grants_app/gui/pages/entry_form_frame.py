"""What stands over and under the fields: whose application it is, who is alike, the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from grants_app.gui.keys import chord_of
from grants_app.gui.pages.entry_words import STATES
from grants_app.gui.widgets.buttons import IconButton, KeyButton, LinkButton
from grants_app.gui.widgets.chips import ChipRow
from grants_app.gui.widgets.labels import Label

if TYPE_CHECKING:
    from datetime import datetime

    from grants_app.domain.application import Application
    from grants_app.domain.completeness import Completeness
    from grants_app.gui.pages.entry_words import EntryWords
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind, Theme
    from grants_app.services.likeness import Candidate

_SHOWN = 3


class EntryHeader(QWidget):
    """The name, the number and states as chips, when it was kept; people who may be the same one."""

    likely_chosen = Signal(int)

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._likely: tuple[Candidate, ...] = ()
        self.title_label = Label(theme, "section", parent=self)
        self.title_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.title_label.setMinimumWidth(80)
        self.chips = ChipRow(theme, self)
        self.note_label = Label(theme, "small", "muted", parent=self)
        self.frozen_label = Label(theme, "small", "warn", parent=self)
        self.frozen_label.setWordWrap(True)
        self.lacks_label = Label(theme, "small", "warn", parent=self)
        self.lacks_label.setObjectName("lacks_label")
        self.lacks_label.setWordWrap(True)
        self.lacks_label.hide()
        self.likely_label = Label(theme, "small", "warn", parent=self)
        self.likely_label.setWordWrap(True)
        self._links = [LinkButton(theme, self, "warn") for _ in range(_SHOWN)]
        links = QHBoxLayout()
        links.setSpacing(8)
        for link in self._links:
            link.clicked.connect(self._on_link_clicked)
            links.addWidget(link)
        links.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.title_label, 1)
        top.addWidget(self.note_label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 9, 16, 4)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.chips)
        layout.addWidget(self.frozen_label)
        layout.addWidget(self.lacks_label)
        layout.addWidget(self.likely_label)
        layout.addLayout(links)
        self.show_likely(())

    def retranslate(self) -> None:
        """Word the likely ones again."""
        self.show_likely(self._likely)

    def show_new(self) -> None:
        """A new application."""
        self.title_label.setText(self._words("New application"))
        self.chips.hide()
        self.note_label.setText("")
        self.frozen_label.hide()
        self.lacks_label.hide()

    def show_known(
        self, application: Application, named: EntryWords, told: Completeness, frozen: str = ""
    ) -> None:
        """An application as it stands with what it lacks; `frozen` says why little may be changed."""
        person = application.entry.person
        self.title_label.setText(person.full_name or application.no)
        self.title_label.setToolTip(person.full_name)
        kind, word, icon = STATES[application.state.value]
        chips: list[tuple[ChipKind, str, str]] = [
            ("neutral", application.no, ""),
            (kind, self._words(word), icon),
        ]
        if application.in_conflict:
            chips.append(("bad", self._words("conflict"), "conflict"))
        if application.late:
            chips.append(("warn", self._words("late"), "clock"))
        if told.below:
            chips.append(("bad", self._words("below the threshold"), ""))
        chips.append(("neutral", named.branch(application.entry.branch), ""))
        self.chips.show_states(chips)
        self.chips.show()
        self.note_label.setText("")
        self.frozen_label.setText(frozen)
        self.frozen_label.setVisible(bool(frozen))
        lines = [named.lack(one) for one in (*told.lacks, *told.below)]
        self.lacks_label.setText(" ".join(lines))
        self.lacks_label.setVisible(bool(lines))

    def show_kept(self, moment: datetime, *, restored: bool = False) -> None:
        """When what is typed was kept last."""
        time = f"{moment:%H:%M:%S}" if not restored else f"{moment:%d.%m. %H:%M}"
        words = self._words
        text = (
            words("Draft restored from {time}", time=time)
            if restored
            else words("Draft saved {time}", time=time)
        )
        self.note_label.setText(text)

    def show_likely(self, candidates: object) -> None:
        """People already entered who may be this one; a link opens each."""
        self._likely = tuple(candidates) if isinstance(candidates, tuple) else ()
        self.likely_label.setText(self._words("Already entered; may be the same person:"))
        self.likely_label.setVisible(bool(self._likely))
        for place, link in enumerate(self._links):
            one = self._likely[place] if place < len(self._likely) else None
            link.setVisible(one is not None)
            if one is not None:
                link.setText(f"{one.application_no} {one.person.full_name}")
                link.updateGeometry()

    def _on_link_clicked(self) -> None:
        place = self._links.index(self.sender())  # type: ignore[arg-type]  # only the links are connected
        chosen = self._likely[place].application_id
        if chosen is not None:
            self.likely_chosen.emit(chosen)


class EntryFooter(QWidget):
    """Save and next, history, and what is done more rarely."""

    save_wanted = Signal()
    draft_wanted = Signal()
    history_wanted = Signal()
    withdraw_wanted = Signal()
    reinstate_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._new = False
        self.save_button = KeyButton(theme, self, primary=True)
        self.save_button.setObjectName("save_button")
        self.history_button = KeyButton(theme, self)
        self.history_button.setObjectName("history_button")
        self.more_button = IconButton(theme, "more", self, 28)
        self.problems_label = Label(theme, "small", "muted", parent=self)
        self.menu = QMenu(self)
        self.draft_action = QAction(self)
        self.discard_action = QAction(self)
        self.withdraw_action = QAction(self)
        for action, signal in (
            (self.draft_action, self.draft_wanted),
            (self.discard_action, self.discard_wanted),
            (self.withdraw_action, self.withdraw_wanted),
        ):
            self.menu.addAction(action)
            action.triggered.connect(signal)
        self.reinstate_button = KeyButton(theme, self)
        self.reinstate_button.setObjectName("reinstate_button")
        self.reinstate_button.clicked.connect(self.reinstate_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        self.history_button.clicked.connect(self.history_wanted)
        self.more_button.clicked.connect(self._on_more_button_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.save_button)
        layout.addWidget(self.reinstate_button)
        layout.addWidget(self.history_button)
        layout.addWidget(self.problems_label, 1)
        layout.addWidget(self.more_button)

    def show_mode(
        self, mode: str, *, can_save: bool, draft: bool, withdrawable: bool, withdrawn: bool
    ) -> None:
        """What can be done with the application on view."""
        self._new = mode == "new"
        self.save_button.setVisible(can_save)
        self.history_button.setVisible(mode == "known")
        self.draft_action.setVisible(can_save and draft)
        self.withdraw_action.setVisible(withdrawable)
        self.reinstate_button.setVisible(withdrawn)
        self.more_button.setVisible(can_save)
        self.retranslate()

    def show_draft(self, *, kept: bool) -> None:
        """Whether there is something typed and not saved to discard."""
        self.discard_action.setEnabled(kept)

    def show_problems(self, problems: int) -> None:
        """How many fields are wrong or doubtful now."""
        text = self._words.plural("{n} problem · F8", "{n} problems · F8", problems) if problems else ""
        self.problems_label.setText(text)

    def retranslate(self) -> None:
        """Word the buttons again."""
        self.save_button.setText(self._words("Save and new") if self._new else self._words("Save and next"))
        self.save_button.set_chord(chord_of("save_next"))
        self.history_button.setText(self._words("History"))
        self.history_button.set_chord(chord_of("field_history"))
        self.more_button.set_meaning(self._words("More"))
        self.draft_action.setText(self._words("Save as numbered draft"))
        self.discard_action.setText(self._words("Discard draft…"))
        self.withdraw_action.setText(self._words("Withdraw…"))
        self.reinstate_button.setText(self._words("Undo the withdrawal…"))

    def _on_more_button_clicked(self) -> None:
        corner = self.more_button.mapToGlobal(QPoint(0, 0))
        self.menu.popup(corner - QPoint(self.menu.sizeHint().width() - 28, self.menu.sizeHint().height()))
