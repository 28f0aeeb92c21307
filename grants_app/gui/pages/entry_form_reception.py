"""The section of the entry form about how the office took the paper in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from grants_app.gui.pages.entry_form_sections import FormSection, FormSetup
from grants_app.gui.pages.entry_form_widgets import MomentEdit
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grants_app.domain.application import Entry
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.gui.widgets.forms import FormGrid

LANGUAGES = {
    "ky": mark("in Kyrgyz"), "ru": mark("in Russian"), "kk": mark("in Kazakh"), "en": mark("in English"),
}  # fmt: skip


class ReceptionSection(FormSection):
    """When and where the paper was taken in, by the office's own register; what lateness is judged on."""

    heading: ClassVar[str] = mark("Receipt")
    labels: ClassVar[Mapping[str, str]] = {
        "received_at": mark("Received at"), "register_no": mark("Register no."),
        "branch": mark("Received by the branch"), "paper_language": mark("Documents"),
        "late_basis": mark("Legal basis for late acceptance"), "note": mark("Note"),
    }  # fmt: skip
    rare: ClassVar[tuple[str, ...]] = ("note", "register_no")

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self._branches = setup.campaign.setup.branches
        self._held = ""
        self._close = setup.campaign.setup.deadline("close")
        self.received_edit = MomentEdit(theme)
        self.received_edit.set_clock(setup.now)
        self.put("received_at", self.received_edit, 0, 0, 5)
        self.put("branch", ChoiceEdit(theme), 0, 5, 4)
        self.put("paper_language", ChoiceEdit(theme), 0, 9, 3)
        self.texts(("register_no", 1, 0, 5), ("note", 1, 5, 7), ("late_basis", 2, 0, 12))

    def retranslate(self) -> None:
        """Word labels and lists again."""
        super().retranslate()
        self._offer_branches()
        self.choice("paper_language").set_options(self.worded(LANGUAGES))

    def _offer_branches(self) -> None:
        """The branches that receive applications, and the one that received this, closed since or not."""
        lang = self.words.lang
        there = [one for one in self._branches if not one.closed or one.code == self._held]
        self.choice("branch").set_options([Option(one.code, one.short.get(lang)) for one in there])

    def show_entry(self, entry: Entry) -> None:
        """Show the reception."""
        self.received_edit.show_moment(entry.received_at)
        self.set_text("register_no", entry.register_no)
        if self._held != entry.branch:
            self._held = entry.branch
            self._offer_branches()
        self.choice("branch").set_code(entry.branch)
        self.choice("paper_language").set_code(entry.paper_language)
        self.set_text("late_basis", entry.late_basis)
        self.set_text("note", entry.note)
        self.show_lateness()

    def show_lateness(self) -> None:
        """The basis is asked for only where the paper came after the closing moment."""
        moment = self.received_edit.moment
        late = bool(self._close and moment and moment > self._close.at)
        self.fields["late_basis"].setVisible(late or bool(self.text("late_basis")))

    def collected(self, entry: Entry) -> Entry:
        """The reception as typed; seconds of a moment left as it was stay."""
        moment = self.received_edit.moment
        before = entry.received_at
        if moment and before and moment == before.replace(second=0, microsecond=0):
            moment = before
        return replace(
            entry,
            received_at=moment,
            register_no=self.text("register_no"),
            branch=self.choice("branch").code or entry.branch,
            paper_language=self.choice("paper_language").code or entry.paper_language,
            late_basis=self.text("late_basis"),
            note=self.text("note"),
        )
