"""The columns beside a campaign's lists: the campaign with its acts, the change of one line, of the total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.domain.campaign import Campaign, CampaignState
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.pages.campaign_acts import ActsShown, told
from grants_app.gui.pages.campaign_lines import TEXTS, changed, with_total
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.panels import ButtonFlow, SidePanel
from grants_app.services import campaigns
from grants_app.services.campaign_acts import ActKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.campaign_lines import Section, SetupLine
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
            self._add_button("total", words("Change number of grants…"))
        self._acts(shown)
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
        if act == "total":
            self.total_wanted.emit()
        else:
            self.act_wanted.emit(act)


class LinePanel(DecisionPanel):
    """Changes one line of a section, with a reason where the campaign has been frozen."""

    saved = Signal(object)

    def __init__(self, context: PageContext, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName(f"{section}_panel")
        self._section = section
        self._campaign: Campaign | None = None
        self._line: SetupLine | None = None
        for row, key in enumerate(TEXTS[section]):
            self.add_text_field(key, row)
        self.why_edit = self.add_text_field("why", len(TEXTS[section]))
        for field in self.form.fields.values():
            field.editor.textChanged.connect(self._on_typed)  # type: ignore[attr-defined]  # all are line edits
        self.retranslate()

    def ask(self, campaign: Campaign, line: SetupLine) -> None:
        """Open the change of this line."""
        self._campaign, self._line = campaign, line
        self.say("")
        for key, value in line.values.items():
            self._editor(key).setText(value)
        self.why_edit.clear()
        self.retranslate()
        self.form.focus(TEXTS[self._section][0])

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        self.set_texts(self._line.title if self._line else "", "", words("Save"))
        for key in TEXTS[self._section]:
            self.form.fields[key].set_label(words.code(f"setup_{key}"))
        self.form.fields["why"].set_label(words("Reason (recorded in the journal)"))
        self._on_typed()

    def act(self) -> None:
        """Save the campaign with this line changed."""
        if self._campaign is None or self._line is None:
            return
        typed = {key: self._editor(key).text() for key in TEXTS[self._section]}
        setup = changed(self._campaign.setup, self._line, typed)
        done = campaigns.change_setup(
            self.context.office, setup, self._campaign.version, self.why_edit.text().strip()
        )
        self.saved.emit(done)

    def _editor(self, key: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a line edit
        return self.form.fields[key].editor

    def _on_typed(self, _text: str = "") -> None:
        if self._line is None:
            self.act_button.setEnabled(False)
            return
        self.act_button.setEnabled(
            any(self._editor(key).text() != value for key, value in self._line.values.items())
        )


class TotalPanel(DecisionPanel):
    """Another number of grants, with its reason."""

    saved = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("total_panel")
        self._campaign: Campaign | None = None
        self.total_edit = self.add_text_field("total", 0)
        self.why_edit = self.add_text_field("why", 1)
        self.total_edit.textChanged.connect(self._on_typed)
        self.retranslate()

    def ask(self, campaign: Campaign) -> None:
        """Open the change of the total."""
        self._campaign = campaign
        self.say("")
        self.total_edit.setText(str(campaign.setup.total))
        self.why_edit.clear()
        self._on_typed()
        self.form.focus("total")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        self.form.fields["total"].set_label(words("Grants announced"))
        self.form.fields["why"].set_label(words("Reason (recorded in the journal)"))
        self.set_texts(words("Number of grants"), "", words("Save"))

    def act(self) -> None:
        """Do it."""
        if self._campaign is None:
            return
        setup = with_total(self._campaign.setup, self.total_edit.text())
        why = self.why_edit.text().strip()
        self.saved.emit(campaigns.change_setup(self.context.office, setup, self._campaign.version, why))

    def _on_typed(self, _text: str = "") -> None:
        same = self._campaign is None or self.total_edit.text() == str(self._campaign.setup.total)
        self.act_button.setEnabled(not same)
