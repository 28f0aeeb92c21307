"""The column beside the set-up: the campaign's card, or what is typed in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from grants_app.gui.kit.side_stack import SideStack
from grants_app.gui.pages.campaign_acts import ActPanel
from grants_app.gui.pages.campaign_panels import CampaignCard, CampaignShown
from grants_app.gui.pages.campaign_setup.away_panel import AwayPanel
from grants_app.gui.pages.campaign_setup.forms import FORMS_OF, SetupForm
from grants_app.gui.pages.campaign_setup.head_form import HeadForm
from grants_app.gui.pages.campaign_setup.import_form import ImportForm
from grants_app.gui.pages.campaign_setup.year_form import YearForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.campaign_setup.away_panel import Leaving
    from grants_app.gui.pages.campaign_setup.sections import SectionKey, SetupLine, SetupShown
    from grants_app.services.campaign_acts import ActKind


class CampaignSide(SideStack):
    """The card with its acts; a form for the campaign itself, for each kind of line, for each act."""

    def __init__(
        self, context: PageContext, back_to: Callable[[], QWidget | None], parent: QWidget | None = None
    ) -> None:
        card = CampaignCard(context.theme, context.words)
        super().__init__(card, back_to, parent)
        self.card: CampaignCard = card
        self._setup: SetupShown | None = None
        self.head_form = HeadForm(context, self)
        self.year_form = YearForm(context, self)
        self.import_form = ImportForm(context, self)
        self.act_panel = ActPanel(context, self)
        self.away_panel = AwayPanel(context, self)
        self.forms: dict[SectionKey, SetupForm] = {kind.key: kind(context, self) for kind in FORMS_OF}
        others = (self.head_form, self.year_form, self.import_form, self.act_panel, self.away_panel)
        for form in (*others, *self.forms.values()):
            self.add(form)
        self.card.total_wanted.connect(self.ask_head)
        self.card.act_wanted.connect(self.ask_act)
        self.card.year_wanted.connect(self.ask_year)
        self.card.import_wanted.connect(self.ask_import)

    def show_campaign(self, shown: CampaignShown, setup: SetupShown) -> None:
        """Fill the card; what is asked of a campaign is asked of this one."""
        self._setup = setup
        self.card.show_campaign(shown)

    def retranslate(self) -> None:
        """Word what does not word itself; the card is filled anew by the page."""
        self.act_panel.retranslate()

    def ask_line(self, section: SectionKey, line: SetupLine | None) -> None:
        """Open the change of a line of the set-up, or a new one."""
        if self._setup is not None:
            form = self.forms[section]
            self.open(form)
            form.ask(self._setup, line)

    def ask_away(self, leaving: Leaving) -> None:
        """Ask whether a line goes, or is closed."""
        self.open(self.away_panel)
        self.away_panel.ask(leaving)

    @Slot()
    def ask_head(self) -> None:
        """Open the change of what the campaign is called and how many grants there are."""
        if self._setup is not None:
            self.open(self.head_form)
            self.head_form.ask(self._setup)

    @Slot()
    def ask_year(self) -> None:
        """Open the beginning of another year."""
        if self._setup is not None:
            self.open(self.year_form)
            self.year_form.ask(self._setup)

    @Slot()
    def ask_import(self) -> None:
        """Open the taking of settings from a file."""
        if self._setup is not None:
            self.open(self.import_form)
            self.import_form.ask(self._setup)

    @Slot(str)
    def ask_act(self, kind: ActKind) -> None:
        """Open a dated act: freeze, publish, close, reopen."""
        self.open(self.act_panel)
        self.act_panel.ask(kind)
