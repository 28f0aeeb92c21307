"""The campaign: programmes and seats, calendar, signatories, papers required, rules; services change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from grants_app.domain.campaign import Campaign
from grants_app.gui.keys import chord_of
from grants_app.gui.page import Filter, Page, PageContext
from grants_app.gui.pages.campaign_acts import ActsShown, allowed, read_acts
from grants_app.gui.pages.campaign_panels import STAGE_KINDS, CampaignShown
from grants_app.gui.pages.campaign_setup.away_panel import Leaving
from grants_app.gui.pages.campaign_setup.lists import ACTS, SetupLists
from grants_app.gui.pages.campaign_setup.sections import LISTS, SECTIONS, SectionKey, SetupShown
from grants_app.gui.pages.campaign_side import CampaignSide
from grants_app.gui.pages.keys_tab import KeysTab
from grants_app.gui.pages.rules_tab import RulesTab
from grants_app.gui.widgets.chips import Chip
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.gui.widgets.labels import Label
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.services import campaigns, opening, standing
from grants_app.services.campaign import setup_file, structure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QResizeEvent

    from grants_app.domain.journal import Changed
    from grants_app.gui.tasks import Task
    from grants_app.services.access import Office

_NARROW = 1000


@dataclass(frozen=True, slots=True)
class _Read:
    setup: SetupShown
    all: Sequence[Campaign]
    acts: ActsShown


class CampaignPage(Page):
    """Lists of the set-up with the campaign's card beside them; a line opens to be changed."""

    page_id: ClassVar[str] = "campaign"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._read: _Read | None = None
        self._moves: list[int] = []
        self._moving = False
        self._wanted: tuple[SectionKey, int] | None = None
        self._adding: SectionKey | None = None
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
        self.right = CampaignSide(context, self.lists.target, self)
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
        self.lists.act_wanted.connect(self._on_act_wanted)
        self.lists.line_chosen.connect(self._show_acts)
        self.right.saved.connect(self._on_saved)
        self.right.changed.connect(self._show_acts)
        self.right.year_form.begun.connect(self._on_year_begun)
        self.right.card.export_wanted.connect(self._export)

    # ---- what the window asks -------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return self.words("Campaign")

    def refresh(self) -> None:
        """Read the set-up, the rules and the other campaigns again."""
        office = self.context.office

        def work(_task: Task[_Read]) -> _Read:
            campaign = office.campaign()
            emblems = {
                branch.emblem: structure.emblem(office, branch.emblem)
                for branch in campaign.setup.branches
                if branch.emblem
            }
            return _Read(
                SetupShown(campaign, standing.current_rules(office), emblems),
                campaigns.all_campaigns(office),
                read_acts(office),
            )

        self.run(work, self._on_read, key="campaign")

    def retranslate(self) -> None:
        """Word everything again."""
        super().retranslate()
        words = self.words
        for key in SECTIONS:
            self.tabs.set_word(key, words(LISTS[key].title))
        self.tabs.set_word("rules", words("Rules"))
        self.tabs.set_word("keys", words("Keys"))
        self.year_edit.setAccessibleName(words("Campaign"))
        self.year_edit.setToolTip(words("Another campaign"))
        self.lists.retranslate()
        self.right.retranslate()
        self.keys_tab.retranslate()
        if self._read is not None:
            self._on_read(self._read)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the menu may ask of the page now."""
        offered: dict[str, Callable[[], None]] = {"recalculate": self.refresh}
        why_not = self.why_not()
        acts: dict[str, Callable[[], None]] = {
            "add": self._add,
            "edit": self._edit,
            "take_away": self._take_away,
            "move_up": lambda: self._move(-1),
            "move_down": lambda: self._move(1),
        }
        acts |= {
            "next_campaign": self._ask_year,
            "import_setup": self._ask_import,
            "export_setup": self._export,
        }
        return offered | {act: do for act, do in acts.items() if not why_not.get(act)}

    def help_text(self) -> str:
        """What F1 says of the page."""
        return self.words(
            "The campaign's branches, programmes and seats, the calendar, signatories, required documents"
            " and rules. Insert adds a line, Enter or F2 changes the chosen one, Delete removes or closes"
            " it, Alt+↑ and Alt+↓ move it; the journal keeps what was before."
        )

    def regions(self) -> Sequence[QWidget]:
        """The list or what begins an empty one, then what stands beside it."""
        if self.tabs.current not in SECTIONS:
            return super().regions()
        regions: list[QWidget] = [self.lists.target()]
        form = self.right.form
        if form is not None:
            regions.append(
                next((f.editor for f in form.form.fields.values() if f.isVisibleTo(form)), form.act_button)
            )
        elif self.right.isVisibleTo(self):
            regions.append(self.right.card.scroll_area)
        return regions

    def set_big(self, big: bool) -> None:  # noqa: FBT001 - the frame's own form
        """The list alone, or with the card."""
        self.right.setVisible(not big)

    def apply_filter(self, filter_: Filter) -> None:
        """`tab`: branches, programmes, seats, calendar, signatories, papers, rules or keys."""
        if filter_.get("tab") in self.tabs.buttons:
            self.tabs.choose(filter_["tab"])

    def primary_action(self) -> None:
        """Add a line to the list on view."""
        self._add()

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_read(self, read: _Read) -> None:
        self._read = read
        words, campaign = self.words, read.setup.campaign
        self._find_a_branch(campaign)
        self.lists.show_setup(read.setup, self._changeable())
        if self._wanted is not None:
            self.lists.choose(*self._wanted)
            self._wanted = None
        self.rules_tab.show_rules(read.setup.rules, campaign.setup)
        may = self.context.office.own_acts
        self.right.show_campaign(
            CampaignShown(campaign, read.acts, "setup" in may, allowed(read.acts, may)), read.setup
        )
        self.stage_chip.show_state(
            STAGE_KINDS[campaign.state],
            words.code(f"stage_{campaign.state}"),
            "lock" if campaign.read_only else "",
        )
        self.stage_chip.setVisible(not self._narrow)  # the card beside says it too
        self.year_edit.set_options([Option(str(one.id), one.setup.code) for one in read.all])
        self.year_edit.set_code(str(campaign.id))
        self.year_edit.setVisible(len(read.all) > 1)
        self._show_tab(self.tabs.current)
        self._moving = False
        if self._moves:
            self._start_move(self._moves.pop(0))

    @Slot(str)
    def _on_tab_chosen(self, tab: str) -> None:
        self._moves.clear()
        self._show_tab(tab)
        self.right.close_form()

    def _show_tab(self, tab: str) -> None:
        self.stack.setCurrentIndex({"rules": 1, "keys": 2}.get(tab, 0))
        if tab == "keys":
            self.keys_tab.refresh()
        if tab in SECTIONS:
            self.lists.show_section(tab)
        self._show_acts()

    @Slot()
    def _show_acts(self) -> None:
        """Buttons and commands say what may be done with the chosen line, and why not."""
        why_not = self.why_not()
        self.lists.show_acts({act: why_not.get(act, "") for act in ACTS})
        here = self.tabs.current in SECTIONS and self._changeable()
        title = self.words(LISTS[self.lists.section].add) if here else ""
        short = self.words("Add") if here and self._narrow else title  # the tabs need the room
        self.header.set_primary(short, chord_of("add"), why_not=why_not.get("add", ""))
        if self.header.primary_button.isEnabled():
            self.header.primary_button.setToolTip(title)
        self.header.primary_button.setAccessibleName(title)
        self.header.primary_button.updateGeometry()
        self.commands_changed.emit()

    @Slot(str)
    def _on_act_wanted(self, act: str) -> None:
        commands = self.commands()
        if act in commands:
            commands[act]()

    @Slot(object)
    def _on_saved(self, changed: Changed) -> None:
        if self._adding is not None:
            self._wanted = (self._adding, self.lists.stacks[self._adding].table.lines.rowCount())
        self._adding = None
        self.show_message("ok", self.words("Saved."))
        self.context.desk.tell(changed)

    @Slot(str)
    def _on_year_chosen(self, code: str) -> None:
        if self._read is not None and code and code != str(self._read.setup.campaign.id):
            self.context.desk.take(self.context.office.in_campaign(int(code)))

    def _find_a_branch(self, campaign: Campaign) -> None:
        """Whoever sits at a branch that is there no more, or at none, sits at the first one there is."""
        office = self.context.office
        actor = opening.at_branch(opening.somewhere(office.actor, campaign.setup), campaign.setup)
        if actor != office.actor:
            self.context.desk.sit(office.acting_as(actor))

    # ---- acts on the list -----------------------------------------------------------------------------

    def why_not(self) -> Mapping[str, str]:
        """Why each act on the list cannot be done now; an act that can is not among them."""
        why_not = self._why_no_file()
        everything = ("add", *ACTS)
        return why_not | self._why_no_list(everything)

    def _why_no_file(self) -> dict[str, str]:
        """Why another year cannot be begun, nor the settings be taken from a file or written to one."""
        words, office = self.words, self.context.office
        acts = ("next_campaign", "import_setup", "export_setup")
        if self._read is None:
            return dict.fromkeys(acts, words("The campaign is still being read."))
        if self.right.form is not None:
            return dict.fromkeys(acts, words("First save the open form or go back."))
        only = words("Only the secretary or the chair changes the campaign's settings.")
        why_not = {} if office.may("setup") else dict.fromkeys(("next_campaign", "import_setup"), only)
        if self._read.setup.campaign.read_only:
            why_not["import_setup"] = words("The campaign is closed: it can only be read.")
        if not office.may("setup_export"):
            why_not["export_setup"] = only
        return why_not

    def _why_no_list(self, everything: tuple[str, ...]) -> dict[str, str]:
        words = self.words
        if self._read is None or self.tabs.current not in SECTIONS:
            return dict.fromkeys(everything, words("No list of the campaign's settings is open."))
        if self._read.setup.campaign.read_only:
            return dict.fromkeys(everything, words("The campaign is closed: it can only be read."))
        if not self._changeable():
            return dict.fromkeys(
                everything, words("Only the secretary or the chair changes the campaign's settings.")
            )
        if self.right.form is not None:
            return dict.fromkeys(everything, words("First save the open form or go back."))
        line = self.lists.line
        if line is None:
            return dict.fromkeys(ACTS, words("No line is chosen."))
        why_not = {}
        if line.place == 0:
            why_not["move_up"] = words("It is the first line already.")
        if line.place == self.lists.table.lines.rowCount() - 1:
            why_not["move_down"] = words("It is the last line already.")
        return why_not

    def _ask_year(self) -> None:
        self._show_lists()
        self.right.ask_year()

    def _ask_import(self) -> None:
        self._show_lists()
        self.right.ask_import()

    def _show_lists(self) -> None:
        """The column whose forms the menu opens stands beside the lists alone."""
        if self.tabs.current not in SECTIONS:
            self.tabs.choose(SECTIONS[0])

    def _add(self) -> None:
        if not self.why_not().get("add"):
            self._adding = self.lists.section
            self.right.ask_line(self._adding, None)

    def _edit(self) -> None:
        line = self.lists.line
        self._adding = None
        if line is not None:
            self.right.ask_line(self.lists.section, line)

    def _export(self) -> None:
        name = f"settings-{self.context.office.campaign().setup.code}.toml"
        file, _filter = QFileDialog.getSaveFileName(
            self, self.words("Save the settings to a file…"), str(Path.home() / name), "*.toml"
        )
        if file:
            self.export_to(Path(file))

    def export_to(self, path: Path) -> None:
        """Write the campaign's settings to this file, in the background."""
        office = self.context.office

        def work(_task: Task[Path]) -> Path:
            setup_file.export_setup(office, path)
            return path

        self.run(work, self._on_exported, title=self.words("Saving the settings…"))

    @Slot(object)
    def _on_exported(self, path: Path) -> None:
        self.show_message("ok", self.words("The settings were saved: {path}", path=str(path)))

    @Slot(object)
    def _on_year_begun(self, office: Office) -> None:
        self.context.desk.take(office)

    def _take_away(self) -> None:
        line, section = self.lists.line, self.lists.section
        self._adding = None
        if line is None:
            return
        office, part = self.context.office, LISTS[section].part
        self.run(
            lambda _task: Leaving(section, line, structure.hanging(office, part, line.place)),
            self._on_leaving_known,
            key="campaign.hanging",
        )

    @Slot(object)
    def _on_leaving_known(self, leaving: Leaving) -> None:
        if self.right.form is None and self.lists.line == leaving.line:
            self.right.ask_away(leaving)

    def _move(self, by: int) -> None:
        """Move the chosen line; keys pressed while one move is being kept are done one after the other."""
        if self._moving:
            self._moves.append(by)
        else:
            self._start_move(by)

    def _start_move(self, by: int) -> None:
        line, section = self.lists.line, self.lists.section
        if line is None or not 0 <= line.place + by < self.lists.table.lines.rowCount():
            self._moves.clear()
            return
        self._moving = True
        self._wanted = (section, line.place + by)
        office, part, seen = self.context.office, LISTS[section].part, line.shown.campaign.version
        self.run(lambda _task: structure.move(office, part, line.place, by, seen), self._on_moved)

    @Slot(object)
    def _on_moved(self, changed: Changed) -> None:
        self.context.desk.tell(changed)

    @Slot(object)
    def on_failed(self, error: Exception) -> None:
        """A move refused moves nothing more."""
        self._moving = False
        self._moves.clear()
        self._wanted = None
        super().on_failed(error)

    # ---- state ----------------------------------------------------------------------------------------

    def _changeable(self) -> bool:
        return self._read is not None and "setup" in self.context.office.allowed(self._read.setup.campaign)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card gives way in a small window."""
        super().resizeEvent(event)
        self.right.setFixedWidth(340 if self._narrow else 400)
        if self.stage_chip.isHidden() != self._narrow:
            self.stage_chip.setVisible(not self._narrow)
            self._show_acts()

    @property
    def _narrow(self) -> bool:
        return self.width() < _NARROW + 100
