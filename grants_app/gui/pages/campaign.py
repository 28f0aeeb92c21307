"""The campaign: programmes and seats, calendar, signatories, papers required, rules; services change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.domain.campaign import Campaign
from grants_app.domain.ruleset import RuleSet
from grants_app.gui.page import Filter, Page, PageContext
from grants_app.gui.pages.campaign_acts import ActsShown, allowed, read_acts
from grants_app.gui.pages.campaign_lines import SECTIONS, SetupLine
from grants_app.gui.pages.campaign_lists import SetupLists
from grants_app.gui.pages.campaign_panels import STAGE_KINDS, CampaignShown
from grants_app.gui.pages.campaign_side import CampaignSide
from grants_app.gui.pages.keys_tab import KeysTab
from grants_app.gui.pages.rules_tab import RulesTab
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.services import campaigns, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QResizeEvent

    from grants_app.domain.journal import Changed
    from grants_app.gui.tasks import Task

_NARROW = 1000


@dataclass(frozen=True, slots=True)
class _Read:
    campaign: Campaign
    rules: RuleSet
    all: Sequence[Campaign]
    acts: ActsShown


class CampaignPage(Page):
    """Lists of the set-up with the campaign's card beside them; a line opens to be changed."""

    page_id: ClassVar[str] = "campaign"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._read: _Read | None = None
        theme = self.theme
        self.tabs = TabRow(theme, (*SECTIONS, "rules", "keys"), self)
        self.header.filters.addWidget(self.tabs, 1)
        self.stage_chip = Chip(theme, parent=self)
        self.year_label = Label(theme, "small", "muted", parent=self)
        self.year_edit = ChoiceEdit(theme, self)
        self.year_edit.setObjectName("year_edit")
        self.year_edit.setFixedWidth(150)
        for widget in (self.stage_chip, self.year_edit):
            self.header.acts.addWidget(widget)
        self.lists = SetupLists(context, self)
        self.rules_tab = RulesTab(context, self)
        self.keys_tab = KeysTab(context, self)
        self.right = CampaignSide(context, self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        """The lists with the column beside them, the rules behind."""
        page = QWidget(self)
        row = flush_row(page)
        row.addWidget(self.lists, 1)
        row.addWidget(self.right)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(page)
        self.stack.addWidget(self.rules_tab)
        self.stack.addWidget(self.keys_tab)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._on_tab_chosen)
        self.year_edit.chosen.connect(self._on_year_chosen)
        self.lists.line_opened.connect(self._on_line_opened)
        self.right.saved.connect(self._on_saved)

    # ---- what the window asks -------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return self.words("Campaign")

    def refresh(self) -> None:
        """Read the set-up, the rules and the other campaigns again."""
        office = self.context.office

        def work(_task: Task[_Read]) -> _Read:
            return _Read(
                office.campaign(),
                standing.current_rules(office),
                campaigns.all_campaigns(office),
                read_acts(office),
            )

        self.run(work, self._on_read, key="campaign")

    def retranslate(self) -> None:
        """Word everything again."""
        super().retranslate()
        words = self.words
        for key, text in (
            ("seats", words("Seats")),
            ("calendar", words("Calendar")),
            ("signatories", words("Signatories")),
            ("papers", words("Required documents")),
            ("rules", words("Rules")),
            ("keys", words("Keys")),
        ):
            self.tabs.set_word(key, text)
        self.year_edit.setAccessibleName(words("Campaign"))
        self.year_edit.setToolTip(words("Another campaign"))
        self.right.retranslate()
        self.keys_tab.retranslate()
        if self._read is not None:
            self._on_read(self._read)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the menu may ask of the page now."""
        offered: dict[str, Callable[[], None]] = {"recalculate": self.refresh}
        if self._changeable() and self.tabs.current in SECTIONS:
            offered["edit"] = self._edit_current
        return offered

    def help_text(self) -> str:
        """What F1 says of the page."""
        return self.words(
            "Programmes and seats, the calendar, signatories, required documents and the "
            "rules. Enter or F2 edits the selected row; the journal keeps the previous values."
        )

    def set_big(self, big: bool) -> None:  # noqa: FBT001 - the frame's own form
        """The list alone, or with the card."""
        self.right.setVisible(not big)

    def apply_filter(self, filter_: Filter) -> None:
        """`tab`: seats, calendar, signatories, papers, rules or keys."""
        if filter_.get("tab") in self.tabs.buttons:
            self.tabs.choose(filter_["tab"])

    def primary_action(self) -> None:
        """Change the chosen line."""
        self._edit_current()

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_read(self, read: _Read) -> None:
        self._read = read
        words, campaign = self.words, read.campaign
        self.lists.show_setup(campaign.setup)
        self.rules_tab.show_rules(read.rules, campaign.setup)
        may = self.context.office.own_acts
        self.right.show_campaign(CampaignShown(campaign, read.acts, "setup" in may, allowed(read.acts, may)))
        self.stage_chip.show_state(
            STAGE_KINDS[campaign.state],
            words.code(f"stage_{campaign.state}"),
            "lock" if campaign.read_only else "",
        )
        self.year_edit.set_options([Option(str(one.id), one.setup.code) for one in read.all])
        self.year_edit.set_code(str(campaign.id))
        self._on_tab_chosen(self.tabs.current)

    @Slot(str)
    def _on_tab_chosen(self, tab: str) -> None:
        self.stack.setCurrentIndex({"rules": 1, "keys": 2}.get(tab, 0))
        if tab == "keys":
            self.keys_tab.refresh()
        if tab in SECTIONS:
            self.lists.show_section(tab)
        self.right.show_card()
        editable = tab in SECTIONS and self._changeable()
        self.header.set_primary(self.words("Change…") if editable else "", "F2")
        self.header.primary_button.updateGeometry()
        self.commands_changed.emit()

    @Slot(object)
    def _on_line_opened(self, line: SetupLine) -> None:
        if self._changeable():
            self.right.ask_line(line)

    @Slot(object)
    def _on_saved(self, changed: Changed) -> None:
        self.show_message("ok", self.words("Saved."))
        self.context.desk.tell(changed)
        self.refresh()

    @Slot(str)
    def _on_year_chosen(self, code: str) -> None:
        if self._read is not None and code and code != str(self._read.campaign.id):
            self.context.desk.take(self.context.office.in_campaign(int(code)))

    # ---- state ----------------------------------------------------------------------------------------

    def _edit_current(self) -> None:
        tab = self.tabs.current
        if tab in SECTIONS:
            line = self.lists.tables[tab].current_line()
            if line is not None:
                self._on_line_opened(line)

    def _changeable(self) -> bool:
        return self._read is not None and "setup" in self.context.office.allowed(self._read.campaign)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card gives way in a small window."""
        super().resizeEvent(event)
        self.right.setFixedWidth(300 if self.width() < _NARROW + 100 else 360)
