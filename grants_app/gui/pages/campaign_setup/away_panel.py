"""Taking a line of the set-up away, or closing it where something hangs on it; the services decide which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot

from grants_app.gui.kit.form_panel import FormPanel
from grants_app.gui.kit.parts import button
from grants_app.gui.pages.campaign_setup.forms import REASONED
from grants_app.gui.pages.campaign_setup.sections import LISTS, SectionKey, SetupLine
from grants_app.services.campaign import structure
from grants_app.services.campaign.structure import Hanging
from grants_app.wording import mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext


@dataclass(frozen=True, slots=True)
class Leaving:
    """A line that is to go, and what hangs on it."""

    section: SectionKey
    line: SetupLine
    hanging: tuple[Hanging, ...] = ()


class AwayPanel(FormPanel):
    """Names the thing and what hangs on it; takes it away, closes it, or opens a closed one again."""

    unchanged_saves = True
    done = Signal(str)
    """What was done: `removed`, `closed` or `reopened`."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "away", parent)
        self._leaving: Leaving | None = None
        self._verb = "remove"
        self.reason = self.text("reason", mark("Reason (recorded in the journal)"), needed=True)
        self.close_button = button(context, self.inner, "close", mark("Close it"))
        self.reopen_button = button(context, self.inner, "reopen", mark("Open it again"))
        for one in (self.close_button, self.reopen_button):
            self.buttons.add(one)
        self.close_button.clicked.connect(self._on_close_button_clicked)
        self.reopen_button.clicked.connect(self._on_reopen_button_clicked)
        self.declared()

    def ask(self, leaving: Leaving) -> None:
        """Say what would go and what hangs on it, the focus on what can be done."""
        self._leaving, self._verb = leaving, "remove"
        closed, free = leaving.line.thing.closed, not leaving.hanging
        self.show_field(self.reason, leaving.line.shown.campaign.state in REASONED)
        self.act_button.setVisible(free)
        self.close_button.setVisible(not closed)
        self.reopen_button.setVisible(closed)
        self.forget()
        self.begin(None, {})
        if self.reason.lines[0].isHidden():
            first = self.act_button if free else self.reopen_button if closed else self.close_button
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def title(self) -> str:
        """The thing."""
        leaving = self._leaving
        return LISTS[leaving.section].names(self.words, leaving.line) if leaving else ""

    def sentence(self) -> str:
        """What hangs on it and what closing means."""
        words, leaving = self.words, self._leaving
        if leaving is None:
            return ""
        if not leaving.hanging:
            return words("Nothing depends on it yet, so it can be removed. The journal keeps what it was.")
        hanging = ", ".join(words.code(one.code, count=one.count) for one in leaving.hanging)
        if leaving.line.thing.closed:
            return words("It cannot be removed. What depends on it: {hanging}.", hanging=hanging)
        return words(
            "It cannot be removed. What depends on it: {hanging}. It can be closed: what is there stays,"
            " nothing new is accepted.",
            hanging=hanging,
        )

    def verb(self) -> str:
        """What the button does."""
        return self.words("Remove")

    def act(self) -> None:
        """Take it away, close it or open it again."""
        leaving = self._leaving
        if leaving is None:
            return
        office, line, why = self.context.office, leaving.line, self.reason.value
        part, seen = LISTS[leaving.section].part, line.shown.campaign.version
        if self._verb == "remove":
            changed = structure.remove(office, part, line.place, seen, reason=why)
        elif self._verb == "close":
            changed = structure.close(office, part, line.place, seen, reason=why)
        else:
            changed = structure.reopen(office, part, line.place, seen, reason=why)
        self.saved.emit(changed)

    def _show_ready(self) -> None:
        super()._show_ready()
        for one in (self.close_button, self.reopen_button):
            one.setEnabled(self.act_button.isEnabled())
            one.setToolTip(self.act_button.toolTip())

    @Slot()
    def _on_close_button_clicked(self) -> None:
        self._verb = "close"
        self._on_act_button_clicked()

    @Slot()
    def _on_reopen_button_clicked(self) -> None:
        self._verb = "reopen"
        self._on_act_button_clicked()
