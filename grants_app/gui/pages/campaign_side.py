"""The column beside the set-up: the campaign's card, or what is changed in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.gui.pages.campaign_acts import ActPanel
from grants_app.gui.pages.campaign_lines import SECTIONS, SetupLine
from grants_app.gui.pages.campaign_panels import CampaignCard, CampaignShown, LinePanel, TotalPanel

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext
    from grants_app.services.campaign_acts import ActKind


class CampaignSide(QStackedWidget):
    """The card with its acts; a panel for each, and for each kind of line of the set-up."""

    saved = Signal(object)
    """Something was changed; carries what."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: CampaignShown | None = None
        self.card = CampaignCard(context.theme, context.words, self)
        self.total_panel = TotalPanel(context, self)
        self.act_panel = ActPanel(context, self)
        self.line_panels = {section: LinePanel(context, section, self) for section in SECTIONS}
        self._panels: tuple[TotalPanel | ActPanel | LinePanel, ...] = (
            self.total_panel,
            self.act_panel,
            *self.line_panels.values(),
        )
        self.addWidget(self.card)
        for panel in self._panels:
            self.addWidget(panel)
            panel.closed.connect(self.show_card)
            panel.saved.connect(self._on_saved)
        self.card.total_wanted.connect(self.ask_total)
        self.card.act_wanted.connect(self.ask_act)

    def show_campaign(self, shown: CampaignShown) -> None:
        """Fill the card; what is asked of a campaign is asked of this one."""
        self._shown = shown
        self.card.show_campaign(shown)

    def retranslate(self) -> None:
        """Word the panels again; the card is filled anew by the page."""
        for panel in self._panels:
            panel.retranslate()

    @Slot()
    def show_card(self) -> None:
        """Back to the card."""
        self.setCurrentWidget(self.card)

    def ask_line(self, line: SetupLine) -> None:
        """Open the change of a line of the set-up."""
        if self._shown is not None:
            panel = self.line_panels[line.section]
            self.setCurrentWidget(panel)
            panel.ask(self._shown.campaign, line)

    @Slot()
    def ask_total(self) -> None:
        """Open the change of how many grants there are."""
        if self._shown is not None:
            self.setCurrentWidget(self.total_panel)
            self.total_panel.ask(self._shown.campaign)

    @Slot(str)
    def ask_act(self, kind: ActKind) -> None:
        """Open a dated act: freeze, publish, close, reopen."""
        self.setCurrentWidget(self.act_panel)
        self.act_panel.ask(kind)

    @Slot(object)
    def _on_saved(self, changed: object) -> None:
        self.show_card()
        self.saved.emit(changed)
