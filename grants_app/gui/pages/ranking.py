"""The ranking: the run in force, the rules, scenarios and the commission in tabs; their acts in its head."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.page import Filter, Page, PageContext
from grants_app.gui.pages import ranking_words
from grants_app.gui.pages.commission_tab import CommissionTab
from grants_app.gui.pages.ranking_run import RunTab
from grants_app.gui.pages.rules_desk import RulesDesk
from grants_app.gui.pages.scenarios_tab import ScenariosTab
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.editors import SearchField
from grants_app.gui.widgets.tab_row import TabRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grants_app.domain.ruleset import RuleSet


class RankingPage(Page):
    """Its tabs, the search of the lists, the next step as the primary act."""

    page_id: ClassVar[str] = "ranking"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.tabs = TabRow(self.theme, ("list", "rules", "scenarios", "commission"), self)
        self.search_edit = SearchField(self.theme, self)
        self.search_edit.setObjectName("ranking_search_edit")
        self.search_edit.setMaximumWidth(240)
        self.propose_button = KeyButton(self.theme, self)
        self.propose_button.setObjectName("propose_button")
        self.propose_button.set_chord("F5")
        self.sheet_button = KeyButton(self.theme, self)
        self.sheet_button.setObjectName("sheet_button")
        self.run_tab = RunTab(context, self)
        self.rules_desk = RulesDesk(context, self)
        self.scenarios_tab = ScenariosTab(context, self)
        self.commission_tab = CommissionTab(context, self)
        self._tabs: dict[str, RunTab | RulesDesk | ScenariosTab | CommissionTab] = {
            "list": self.run_tab,
            "rules": self.rules_desk,
            "scenarios": self.scenarios_tab,
            "commission": self.commission_tab,
        }
        self.header.filters.addWidget(self.tabs)
        self.header.filters.addWidget(self.search_edit, 12)
        self.header.filters.addStretch(1)
        self.header.acts.addWidget(self.sheet_button)
        self.header.acts.addWidget(self.propose_button)
        for act, following in pairwise((self.sheet_button, self.propose_button, self.header.primary_button)):
            self.setTabOrder(act, following)
        self.stack = QStackedWidget(self)
        for tab in self._tabs.values():
            self.stack.addWidget(tab)
        self.body.addWidget(self.stack)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        run, board = self.run_tab, self.run_tab.board
        self.tabs.chosen.connect(self._on_tab_chosen)
        self.search_edit.textChanged.connect(board.list.search)
        self.search_edit.down_pressed.connect(board.show_explanation)
        self.propose_button.clicked.connect(run.propose)
        self.sheet_button.clicked.connect(run.open_sheet)
        board.list.filter_cleared.connect(self.search_edit.clear)
        board.explanation.card_wanted.connect(self._on_card_wanted)
        run.moved.connect(self._on_moved)
        run.run_read.connect(self._show_tab)
        run.view_wanted.connect(self._on_run_wanted)
        run.changed.connect(self.context.desk.tell)
        run.sheet.body.list_wanted.connect(self._on_list_wanted)
        self.rules_desk.saved.connect(self._on_rules_saved)
        self.scenarios_tab.person_wanted.connect(self._on_card_wanted)
        self.commission_tab.changed.connect(self.context.desk.tell)
        for talking in (run, self.commission_tab):
            talking.told.connect(self.show_message)
        for tab in self._tabs.values():
            tab.failed.connect(self.on_failed)

    # ---- what the window asks -------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return self.words("Ranking")

    def refresh(self) -> None:
        """Read the run in force, its lists and the rules again."""
        self.run_tab.refresh()
        self.rules_desk.refresh()
        self.scenarios_tab.forget()

    def changed(self, changes: object) -> None:
        """Read again, but for what the commission recorded: no list depends on it and its tab knows."""
        if changes != Changed(commission=True):
            self.refresh()

    def retranslate(self) -> None:
        """Word everything again; lists are read in the new language."""
        super().retranslate()
        words = self.words
        self.tabs.set_word("list", words("Lists"))
        self.tabs.set_word("rules", words("Rules"))
        self.tabs.set_word("scenarios", words("Scenarios"))
        self.tabs.set_word("commission", words("Commission"))
        self.search_edit.setPlaceholderText(words("Find in this list"))
        self.propose_button.setText(words("Calculate"))
        self.sheet_button.setText(words("Chair's sheet…"))
        for button in (self.propose_button, self.sheet_button):
            button.updateGeometry()
        for tab in self._tabs.values():
            tab.retranslate()
        self._word_acts()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the menu may ask of the page now."""
        run = self.run_tab
        offered: dict[str, Callable[[], None]] = {
            "export": lambda: self.context.go("papers", {"kind": "shortlist"})
        }
        if run.may("run"):
            offered |= {"recalculate": run.propose, "propose": run.propose}
        if self.tabs.current == "rules":
            offered["recalculate"] = self.rules_desk.recalculate
        if self.tabs.current == "scenarios":
            offered |= {
                "recalculate": self.scenarios_tab.forget,
                "export": self.scenarios_tab.desk.ask_export,
            }
        if run.run is not None and run.run.view.state == "draft" and run.may("seal"):
            offered["seal"] = run.open_sheet
        if run.on_sheet:
            return offered | {
                "next_problem": run.sheet.next_problem,
                "print_preview": run.sheet.show_paper,
            }
        if run.board.chosen:
            offered["person_card"] = lambda: self._on_card_wanted(run.board.chosen)
            offered["print_preview"] = self._open_appeal_sheet
        return offered

    def help_text(self) -> str:
        """What F1 says of the page, or of the tab on view."""
        if self.tabs.current == "commission":
            return self.commission_tab.help_text()
        return (
            ranking_words.sheet_help(self.words) if self.run_tab.on_sheet else ranking_words.help_(self.words)
        )

    def set_big(self, big: bool) -> None:  # noqa: FBT001 - the frame's own form
        """The list alone, or with what stands beside it."""
        self.run_tab.board.pool_list.setVisible(not big)
        self.run_tab.board.right.setVisible(not big)

    def apply_filter(self, filter_: Filter) -> None:
        """`pool`, `no` (an application to explain), `search`, or `tab`."""
        self.tabs.choose(filter_.get("tab", "list"))
        if "search" in filter_:
            self.search_edit.setText(filter_["search"])
        if "pool" in filter_ or "no" in filter_:
            self.run_tab.board.choose(filter_.get("pool"), filter_.get("no", ""))

    def place(self) -> Filter:
        """As it stands."""
        return {}

    def primary_action(self) -> None:
        """The next step of the run."""
        self.run_tab.take_next_step()

    # ---- tabs -----------------------------------------------------------------------------------------

    @Slot(str)
    def _on_tab_chosen(self, _tab: str) -> None:
        self.run_tab.show_lists()
        self._show_tab()

    @Slot()
    def _show_tab(self) -> None:
        """Show the tab chosen; what depends on the run or the office is read again."""
        tab = self._tabs[self.tabs.current]
        self.stack.setCurrentWidget(tab)
        if tab is self.scenarios_tab:
            self.scenarios_tab.open()
        elif tab is self.commission_tab:
            self.commission_tab.refresh()
        self._on_moved()

    @Slot()
    def _on_run_wanted(self) -> None:
        self.tabs.choose("list")

    @Slot()
    def _on_moved(self) -> None:
        self.search_edit.setVisible(self.tabs.current == "list" and not self.run_tab.on_sheet)
        self._word_acts()
        self.commands_changed.emit()

    def _word_acts(self) -> None:
        """The next step as the primary act; beside it what else may be done with the run."""
        words, run = self.words, self.run_tab
        if run.run is None or run.on_sheet or self.tabs.current in ("rules", "scenarios"):
            self.header.set_primary("")  # nothing to do yet, or the act stands on the tab
            self.propose_button.setVisible(False)
            self.sheet_button.setVisible(False)
            return
        view, may = run.run.view, run.may("run")
        ties = bool(view.result.open_ties)
        self.propose_button.setVisible(may and run.fresh)
        self.sheet_button.setVisible(view.state != "none" and (not run.fresh or ties))
        if not run.fresh:
            self.header.set_primary(words("Calculate") if may else "", "F5")
        elif ties:
            self.header.set_primary(
                words("Decide the tie…"), why_not="" if run.may("decide_tie") else words.code("not_allowed")
            )
        else:
            self.header.set_primary(
                words("Chair's sheet…"), why_not="" if run.may("seal") else words.code("not_allowed")
            )
        self.header.primary_button.updateGeometry()

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object, object)
    def _on_rules_saved(self, changed: Changed, rules: RuleSet) -> None:
        """A new version: a draft is proposed anew under it, once its day has come."""
        words, today = self.words, self.context.office.today()
        day = words.current.date(rules.in_force_from)
        self.show_message("ok", words("The rules were saved as a new version, in force from {day}.", day=day))
        self.context.desk.tell(changed)
        run = self.run_tab.run
        draft = run is not None and run.view.state == "draft"
        if draft and rules.in_force_from <= today and self.run_tab.may("run"):
            self.run_tab.propose()
        else:
            self.refresh()

    @Slot(str, object)
    def _on_list_wanted(self, page: str, filter_: Filter) -> None:
        if page == self.page_id:
            self.run_tab.show_lists()
            self.apply_filter(filter_)
        else:
            self.context.go(page, filter_)

    @Slot(str)
    def _on_card_wanted(self, number: str) -> None:
        self.context.open_person(number, self._queue())

    def _queue(self) -> Sequence[str]:
        """The numbers of the list on view, in its order."""
        return self.run_tab.board.list.table.numbers() if self.tabs.current == "list" else ()

    def _open_appeal_sheet(self) -> None:
        self.tabs.choose("list")
        self.run_tab.board.right.show_appeal_sheet(self.run_tab.board.chosen)
