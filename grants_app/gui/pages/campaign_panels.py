"""The card beside a campaign's lists: its stage and sums, what was done and what may follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.domain.campaign import Campaign, CampaignState
from grants_app.gui.pages.campaign_acts import ActsShown, told
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.panels import ButtonFlow, SidePanel
from grants_app.services.campaign_acts import ActKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind, Theme

STAGE_KINDS: dict[CampaignState, ChipKind] = {
    CampaignState.SETUP: "neutral",
    CampaignState.OPEN: "ok",
    CampaignState.FROZEN: "info",
    CampaignState.PUBLISHED: "violet",
    CampaignState.CLOSED: "neutral",
}


@dataclass(frozen=True, slots=True)
class CampaignShown:
    """A campaign, its dated acts, whether the officer may change its set-up, and which acts they may do."""

    campaign: Campaign
    acts: ActsShown
    may_change: bool
    may_do: tuple[ActKind, ...]


class CampaignCard(SidePanel):
    """Total against the sum of seats, the stage and what may follow it, the branches."""

    total_wanted = Signal()
    act_wanted = Signal(str)
    year_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, theme: Theme, words: Speech, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._shown: CampaignShown | None = None
        self.setObjectName("campaign_card")

    def show_campaign(self, shown: CampaignShown) -> None:
        """Show a campaign."""
        self._shown = shown
        words, setup = self._words, shown.campaign.setup
        self.clear()
        self.scroll_area.setAccessibleName(words("Campaign {code}", code=setup.code))
        self.add_text(words("Campaign {code}", code=setup.code), "body", "muted")
        self.add_text(setup.titles.get(words.lang), "section")
        self.content.addSpacing(6)
        state = shown.campaign.state
        self.add_item(
            words("Stage"),
            (words.code(f"stage_note_{state}"),),
            (STAGE_KINDS[state], words.code(f"stage_{state}"), ""),
        )
        self._sum(setup)
        self.add_fact(words("Clock"), setup.zone_names.get(words.lang), setup.zone)
        if setup.consent_version:
            self.add_fact(words("Text of the consent"), setup.consent_version)
        if setup.sample:
            self.add_fact(words("Documents"), words("marked as samples"))
        if shown.may_change and not shown.campaign.read_only:
            self._add_button("total", words("Change name and number…"))
        self._acts(shown)
        if shown.may_change:
            self._files(shown.campaign)
        self.add_section(words("Branches"))
        for branch in setup.branches:
            seats = sum(pool.seats for pool in setup.pools if pool.branch == branch.code)
            note = words(
                "applications {letter}-0001, documents {prefix}", letter=branch.letter, prefix=branch.prefix
            )
            self.add_item(
                branch.names.get(words.lang),
                (note,),
                ("neutral", words.plural("{n} seat", "{n} seats", seats), ""),
            )
        self.add_end()

    def retranslate(self) -> None:
        """Word everything again."""
        if self._shown is not None:
            self.show_campaign(self._shown)

    def _sum(self, setup: CampaignSetup) -> None:
        words = self._words
        seats = sum(pool.seats for pool in setup.pools)
        self.add_fact(words("Grants announced"), str(setup.total), strong=True)
        self.add_fact(words("Seats of the programmes"), str(seats), strong=True)
        if seats < setup.total:
            text = words.plural(
                "{n} grant is not assigned to a programme yet.",
                "{n} grants are not assigned to a programme yet.",
                setup.total - seats,
            )
            self.add_text(text, "small", "warn", above=3)
        elif seats == setup.total:
            self.add_text(words("The seats add up to the grants announced."), "small", "ok", above=3)

    def _acts(self, shown: CampaignShown) -> None:
        """What was done, oldest first, and what may follow, each with what it does."""
        words = self._words
        if shown.acts.done:
            self.add_section(words("Actions"))
            for act in shown.acts.done:
                text, notes = told(words, shown.campaign.setup.zone, act, shown.acts.runs or {})
                self.add_item(text, notes)
        if not shown.may_do:
            return
        self.add_section(words("Next steps"))
        for kind in shown.may_do:
            self.add_text(words.code(f"do_note_{kind}"), "small", "muted", above=6)
            self._add_button(kind, words.code(f"do_{kind}") + "…", above=4)

    def _files(self, campaign: Campaign) -> None:
        """The settings as a file, and the campaign after this one."""
        words = self._words
        self.add_section(words("Settings"))
        note = words("Two branches, or next year, begin alike from one file of settings.")
        self.add_text(note, "small", "muted", above=6)
        self._add_button("export", words("Save the settings to a file…"), above=4)
        if not campaign.read_only:
            self._add_button("import", words("Settings from a file…"), above=4)
        self._add_button("year", words("Begin another year…"), above=4)

    def _add_button(self, key: str, text: str, above: int = 12) -> None:
        flow = ButtonFlow(self.inner, above)
        button = KeyButton(self.theme, self.inner)
        button.setObjectName(f"{key}_button")
        button.setProperty("act", key)
        button.setText(text)
        button.clicked.connect(self._on_button_clicked)
        flow.add(button)
        self.content.addWidget(flow)

    def _on_button_clicked(self) -> None:
        act = str(self.sender().property("act"))
        wanted = {
            "total": self.total_wanted, "year": self.year_wanted,
            "import": self.import_wanted, "export": self.export_wanted,
        }  # fmt: skip
        if act in wanted:
            wanted[act].emit()
        else:
            self.act_wanted.emit(act)
