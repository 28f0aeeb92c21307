"""The kept scenarios at the left, their names and what is done with them; it keeps none itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from grants_app.gui.pages.ranking_pools import PoolLine, PoolList
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import TextEdit
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.layouts import flush_column
from grants_app.gui.widgets.panels import ButtonFlow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.records import Scenario
    from grants_app.gui.page import PageContext

_LONGEST = 64


class ScenarioShelf(QWidget):
    """A list (the first line is a new scenario), a name, and the buttons; ↑ ↓ choose, Enter goes on."""

    chosen = Signal(str)
    """The name under the cursor, "" for a new scenario."""
    entered = Signal()
    keep_wanted = Signal(str)
    rename_wanted = Signal(str)
    remove_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        theme = context.theme
        self._kept: tuple[Scenario, ...] = ()
        self._zone = "UTC"
        self._may = False
        self.list = PoolList(theme, self)
        self.list.setObjectName("scenario_list")
        self.name_label = Label(theme, "small", "muted", parent=self)
        self.name_edit = TextEdit(theme, self)
        self.name_edit.setObjectName("scenario_name_edit")
        self.name_edit.setMaxLength(_LONGEST)
        self.failure_label = Label(theme, "small", "bad", parent=self)
        self.failure_label.setWordWrap(True)
        self.failure_label.hide()
        self.keep_button = KeyButton(theme, self, primary=True)
        self.keep_button.setObjectName("keep_button")
        self.rename_button = KeyButton(theme, self)
        self.rename_button.setObjectName("rename_button")
        self.copy_button = KeyButton(theme, self)
        self.copy_button.setObjectName("copy_button")
        self.remove_button = KeyButton(theme, self)
        self.remove_button.setObjectName("remove_button")
        self.buttons = ButtonFlow(self, above=6)
        for button in (self.keep_button, self.copy_button, self.rename_button, self.remove_button):
            self.buttons.add(button)
        self._lay_out()
        self.list.pool_chosen.connect(self._on_chosen)
        self.list.entered.connect(self.entered)
        self.name_edit.returnPressed.connect(self._on_keep_button_clicked)
        self.name_edit.textChanged.connect(self._on_name_changed)
        self.keep_button.clicked.connect(self._on_keep_button_clicked)
        self.rename_button.clicked.connect(self._on_rename_button_clicked)
        self.copy_button.clicked.connect(self._on_copy_button_clicked)
        self.remove_button.clicked.connect(self.remove_wanted)
        self.retranslate()

    def _lay_out(self) -> None:
        below = QVBoxLayout()
        below.setContentsMargins(12, 8, 12, 12)
        below.setSpacing(3)
        for widget in (self.name_label, self.name_edit, self.failure_label, self.buttons):
            below.addWidget(widget)
        layout = flush_column(self)
        layout.addWidget(self.list, 1)
        layout.addWidget(Hairline(self.context.theme, self))
        layout.addLayout(below)

    @property
    def current(self) -> str:
        """The kept scenario chosen, "" for a new one."""
        return self.list.chosen

    @property
    def name(self) -> str:
        """The name typed."""
        return self.name_edit.text().strip()

    def record(self, name: str) -> Scenario | None:
        """The kept scenario of this name."""
        return next((one for one in self._kept if one.name == name), None)

    def show_kept(self, kept: Sequence[Scenario], chosen: str, zone: str, *, may: bool) -> None:
        """Show the kept scenarios with the cursor on one; without `may` they are only looked at."""
        self._kept, self._zone, self._may = tuple(kept), zone, may
        words = self.words
        lines = [PoolLine("", words("New scenario"), words("from the rules in force"))]
        lines += [
            PoolLine(one.name, one.name, f"{words.current.date_time(one.saved_at, zone)} · {one.saved_by}")
            for one in self._kept
        ]
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own form
        self.list.show_pools(lines, chosen)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own form
        self._show_state()

    def show_name(self, name: str) -> None:
        """Put a name into the field."""
        self.name_edit.setText(name)
        self.say("")
        self._show_state()

    def say(self, text: str) -> None:
        """Say what went wrong, or take it away."""
        self.failure_label.setText(text)
        self.failure_label.setVisible(bool(text))

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        self.list.setAccessibleName(words("Saved scenarios"))
        self.name_label.setText(words("Name of the scenario"))
        self.name_edit.setAccessibleName(words("Name of the scenario"))
        self.keep_button.setText(words("Save"))
        self.rename_button.setText(words("Rename"))
        self.copy_button.setText(words("Copy"))
        self.remove_button.setText(words("Remove"))
        self.buttons.refit()
        self.show_kept(self._kept, self.current, self._zone, may=self._may)

    def _show_state(self) -> None:
        kept = bool(self.current)
        other = self.name != self.current
        words = self.words
        role = "" if self._may else words.code("not_allowed")
        name = "" if self.name else words("Give the scenario a name first.")
        saved = "" if kept else words("Choose a saved scenario first.")
        another = "" if other else words("Type another name first.")
        for button, why_not in (
            (self.keep_button, role or name),
            (self.rename_button, role or saved or name or another),
            (self.copy_button, role or saved),
            (self.remove_button, role or saved),
        ):
            button.setEnabled(not why_not)
            button.explain(why_not)
        self.name_edit.setReadOnly(not self._may)

    def _on_chosen(self, name: str) -> None:
        self.show_name(name)
        self.chosen.emit(name)

    def _on_name_changed(self, _text: str) -> None:
        self.say("")
        self._show_state()

    def _on_keep_button_clicked(self) -> None:
        if self.keep_button.isEnabled():
            self.keep_wanted.emit(self.name)

    def _on_copy_button_clicked(self) -> None:
        """The same scenario, still to be named: what is typed stays, the cursor is on a new one."""
        name = self.words("{name} (copy)", name=self.current)[:_LONGEST]
        self.show_kept(self._kept, "", self._zone, may=self._may)
        self.show_name(name)
        self.name_edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_rename_button_clicked(self) -> None:
        self.rename_wanted.emit(self.name)
