"""Taking a campaign's settings from a file: what would change is shown first, then taken, all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from grants_app.gui.kit.form_panel import FormPanel
from grants_app.gui.pages.campaign_setup.forms import REASONED
from grants_app.gui.pages.campaign_setup.year_form import BESIDE
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.panels import ItemRow
from grants_app.services.campaign import setup_file
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.campaign_setup.sections import SetupShown
    from grants_app.gui.theme import ChipKind
    from grants_app.services.campaign.setup_file import SetupChange, SetupPlan

KINDS: Mapping[str, tuple[ChipKind, str]] = {
    "added": ("ok", mark("added")),
    "changed": ("info", mark("changed")),
    "removed": ("warn", mark("removed")),
    "moved": ("neutral", mark("other order")),
}
OTHERS: Mapping[str, str] = {"campaign": mark("Campaign and number of grants"), "rules": mark("Rules")}
_SHOWN = 60


class ImportForm(FormPanel):
    """The file; then every change it would make; then the act."""

    beside = BESIDE

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "import_setup", parent)
        self._shown: SetupShown | None = None
        self._plan: tuple[Path, SetupPlan] | None = None
        self.settings = self.file(
            "settings", mark("File of settings"), mark("Choose file…"), "*.toml", needed=True
        )
        self.reason = self.text("reason", mark("Reason (recorded in the journal)"), needed=True)
        self.declared()

    def title(self) -> str:
        """What is done."""
        return self.words("Settings from a file")

    def sentence(self) -> str:
        """That looking changes nothing."""
        return self.words(
            "First everything that would change is shown; nothing is changed before you confirm it."
        )

    def verb(self) -> str:
        """Look first, then take."""
        return self.words("Take these settings") if self.planned else self.words("Show the changes")

    @property
    def planned(self) -> bool:
        """Whether what the file named would change is on view."""
        return self._plan is not None and self._plan[0] == self.settings.path

    def ask(self, shown: SetupShown) -> None:
        """Open it."""
        self._shown, self._plan = shown, None
        self.show_field(self.reason, shown.campaign.state in REASONED)
        self._show_changes()
        self.begin(shown.campaign.id, {})

    def typed_in(self) -> None:
        """Another file would change something else."""
        if self._plan is not None and not self.planned:
            self._plan = None
            self._show_changes()
        self.set_texts(self.title(), self.sentence(), self.verb())

    def act(self) -> None:
        """Look at the file, or take what was looked at."""
        office, path = self.context.office, self.settings.path
        if not self.planned:
            self._plan = path, setup_file.plan_import(office, path)
            self._show_changes()
            self.set_texts(self.title(), self.sentence(), self.verb())
            self._show_ready()
            return
        if self._shown is not None:
            seen = self._shown.campaign.version
            changed, _plan = setup_file.import_setup(office, path, seen, reason=self.reason.value)
            self.saved.emit(changed)

    def forget(self) -> None:
        """The file's name is kept while it is only looked at."""
        if not self.planned:
            super().forget()

    def _show_ready(self) -> None:
        super()._show_ready()
        if self._plan is not None and not self._plan[1].changes:
            self.act_button.setEnabled(False)
            self.act_button.setToolTip(self.words("Nothing would change."))

    @Slot()
    def retranslate(self) -> None:
        """Word the changes again too."""
        super().retranslate()
        self._show_changes()

    def _show_changes(self) -> None:
        while (item := self.below.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._plan is None:
            return
        plan = self._plan[1]
        if not plan.changes:
            self._say(self.words("The file holds what the campaign has already: nothing would change."))
        for one in plan.changes[:_SHOWN]:
            kind, word = KINDS[one.kind]
            row = ItemRow(self.theme, self._named(one), (), (kind, self.words(word), ""), parent=self.inner)
            self.below.addWidget(row)
        if len(plan.changes) > _SHOWN:
            left = len(plan.changes) - _SHOWN
            self._say(self.words.plural("and {n} more change", "and {n} more changes", left))
        if plan.left_out:
            parts = ", ".join(self.words.code(f"part_{part}") for part in plan.left_out)
            self._say(self.words("Skipped, because they are the sample's: {parts}.", parts=parts))

    def _say(self, text: str) -> None:
        label = Label(self.theme, "body", "muted", text, self.inner)
        label.setWordWrap(True)
        self.below.addWidget(label)

    def _named(self, change: SetupChange) -> str:
        part = OTHERS.get(change.part)
        name = self.words(part) if part else self.words.code(f"part_{change.part}")
        return f"{name}: {change.key}" if change.key and not part else name
