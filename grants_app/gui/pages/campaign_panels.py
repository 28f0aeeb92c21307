"""The columns beside a campaign's lists: the campaign itself with its stages, and the change of one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from grants_app.domain.campaign import Campaign, CampaignState
from grants_app.gui.dialogs.inline import DecisionPanel
from grants_app.gui.pages.campaign_lines import TEXTS, changed, with_total
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.panels import ButtonFlow, SidePanel
from grants_app.services import campaigns

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
    """A campaign, and whether the officer may change its set-up and its stage."""

    campaign: Campaign
    may_change: bool
    may_reopen: bool
    may_close: bool


class CampaignCard(SidePanel):
    """Total against the sum of seats, the stage and what may follow it, the branches."""

    total_wanted = Signal()
    stage_wanted = Signal(str)

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
            self.add_fact(words("Papers"), words("marked as samples"))
        self._actions(shown)
        self.add_section(words("Branches"))
        for branch in setup.branches:
            seats = sum(pool.seats for pool in setup.pools if pool.branch == branch.code)
            note = words(
                "applications {letter}-0001, papers {prefix}", letter=branch.letter, prefix=branch.prefix
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
                "{n} grant is in no programme yet.",
                "{n} grants are in no programme yet.",
                setup.total - seats,
            )
            self.add_text(text, "small", "warn", above=3)
        elif seats == setup.total:
            self.add_text(words("The seats add up to the grants announced."), "small", "ok", above=3)

    def _actions(self, shown: CampaignShown) -> None:
        words = self._words
        order = list(CampaignState)
        place = order.index(shown.campaign.state)
        flow = ButtonFlow(self.inner)
        buttons: list[tuple[str, str]] = []
        if shown.may_change and not shown.campaign.read_only:
            buttons.append(("total", words("Change the number…")))
        if place + 1 < len(order):
            follows = order[place + 1]
            allowed = shown.may_close if follows is CampaignState.CLOSED else shown.may_change
            if allowed:
                buttons.append((follows.value, words.code(f"stage_act_{follows}")))
        if place > 1 and shown.may_reopen:
            buttons.append((order[place - 1].value, words.code(f"stage_back_{order[place - 1]}")))
        for key, text in buttons:
            button = KeyButton(self.theme, self.inner)
            button.setObjectName(f"{key}_button")
            button.setProperty("stage", key)
            button.setText(text)
            button.clicked.connect(self._on_button_clicked)
            flow.add(button)
        self.content.addWidget(flow)

    def _on_button_clicked(self) -> None:
        stage = str(self.sender().property("stage"))
        if stage == "total":
            self.total_wanted.emit()
        else:
            self.stage_wanted.emit(stage)


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
        self.form.fields["why"].set_label(words("Reason, kept in the journal"))
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


class StagePanel(DecisionPanel):
    """Another stage of the campaign, or another number of grants, with its reason."""

    saved = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("stage_panel")
        self._campaign: Campaign | None = None
        self._stage = ""
        self.total_edit = self.add_text_field("total", 0)
        self.why_edit = self.add_text_field("why", 1)
        self.total_edit.textChanged.connect(self._on_typed)
        self.retranslate()

    def ask(self, campaign: Campaign, stage: str) -> None:
        """Open the change to a stage, or of the total for "total"."""
        self._campaign, self._stage = campaign, stage
        self.say("")
        self.total_edit.setText(str(campaign.setup.total))
        self.why_edit.clear()
        self.form.fields["total"].setVisible(stage == "total")
        self.retranslate()
        self._on_typed()
        self.form.focus("total" if stage == "total" else "why")

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.words
        self.form.fields["total"].set_label(words("Grants announced"))
        self.form.fields["why"].set_label(words("Reason, kept in the journal"))
        if not self._stage:
            return
        if self._stage == "total":
            self.set_texts(words("Number of grants"), "", words("Save"))
        else:
            name = words.code(f"stage_{self._stage}")
            self.set_texts(
                words("New stage: {stage}", stage=name),
                words.code(f"stage_note_{self._stage}"),
                words("Change the stage"),
            )

    def act(self) -> None:
        """Do it."""
        if self._campaign is None:
            return
        office, why = self.context.office, self.why_edit.text().strip()
        if self._stage == "total":
            setup = with_total(self._campaign.setup, self.total_edit.text())
            self.saved.emit(campaigns.change_setup(office, setup, self._campaign.version, why))
        else:
            self.saved.emit(campaigns.change_state(office, CampaignState(self._stage), why))

    def _on_typed(self, _text: str = "") -> None:
        same = self._campaign is not None and self.total_edit.text() == str(self._campaign.setup.total)
        self.act_button.setEnabled(self._stage != "total" or not same)
