"""Beginning another year's campaign in the same file: empty, from this one, from a file of settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.gui.kit.form_panel import FormPanel
from grants_app.gui.widgets.editors import Option
from grants_app.services import beginning
from grants_app.services.beginning import NewCampaign
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from grants_app.domain.setup_copy import Copied
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.campaign_setup.sections import SetupShown

PARTS: Mapping[Copied, str] = {
    "branches": mark("Branches"), "programmes": mark("Programmes"), "seats": mark("Seats"),
    "calendar": mark("Calendar"), "signatories": mark("Signatories"),
    "required_papers": mark("Documents"), "rules": mark("Rules"),
}  # fmt: skip
"""What may be taken over from another campaign, as its tabs are called."""
BESIDE: Mapping[str, str] = {
    "year_not_likely": "code", "campaign_exists": "code", "file_unreadable": "settings",
    "setup_file_unreadable": "settings", "setup_file_not_understood": "settings",
}  # fmt: skip
"""Which field a refusal is about."""


class YearForm(FormPanel):
    """The year, what the new campaign starts from, and which parts of that it takes over."""

    beside = BESIDE
    unchanged_saves = True
    begun = Signal(object)
    """`begun(Office)`: the desk at the new campaign."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "year", parent)
        self._shown: SetupShown | None = None
        self.code = self.text("code", mark("Year"), needed=True, half=True)
        self.called = self.text("title", mark("Name of the campaign"))
        self.start = self.choice("source", mark("Start from"), self._sources, needed=True)
        self.settings = self.file(
            "settings", mark("File of settings"), mark("Choose file…"), "*.toml", needed=True
        )
        self.parts = self.ticks("parts", mark("What is taken over"), self._parts, needed=True)
        self.declared()

    def title(self) -> str:
        """What begins."""
        return self.words("Another year")

    def sentence(self) -> str:
        """That this one stays as it is."""
        told = self.words(
            "The new campaign is kept in the same file. This one stays as it is; the list of years at the top"
            " goes from one to the other."
        )
        if self._shown is None or not self._shown.campaign.setup.sample:
            return told
        made_up = self.words(
            "Programmes, seats, dates and signatories of a sample are made up: they are not taken over."
        )
        return f"{told} {made_up}"

    def verb(self) -> str:
        """What the button does."""
        return self.words("Start work")

    def ask(self, shown: SetupShown) -> None:
        """Open it, next year's number in the field."""
        self._shown = shown
        code = shown.campaign.setup.code
        following = str(int(code) + 1) if code.isdecimal() else ""
        self.begin(shown.campaign.id, {"code": following, "source": "this", "parts": tuple(PARTS)})

    def typed_in(self) -> None:
        """A file is asked where one is started from; nothing is taken over by an empty campaign."""
        source = self.start.editor.code
        self.show_field(self.settings, source == "file")
        self.show_field(self.parts, source in ("this", "file"))

    def act(self) -> None:
        """Begin it."""
        source = self.start.value
        wanted = NewCampaign(
            code=self.code.value,
            title=self.called.value,
            source=source,
            address="",
            parts=frozenset(self.parts.value) if source != "empty" else frozenset(),
            file=self.settings.path if source == "file" else None,
        )
        self.begun.emit(beginning.next_campaign(self.context.office, wanted))

    def _sources(self) -> Sequence[Option]:
        words = self.words
        return [
            Option("this", words("this campaign's settings")),
            Option("file", words("a file of settings")),
            Option("empty", words("empty: everything is typed in")),
        ]

    def _parts(self) -> Sequence[Option]:
        return [Option(part, self.words(name)) for part, name in PARTS.items()]
