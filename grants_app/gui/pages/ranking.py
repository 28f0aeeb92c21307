"""The ranking: propose, see why, decide ties, seal; it shows the services' answers and decides nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.tie import Equals
from grants_app.gui.page import Filter, Page, PageContext
from grants_app.gui.pages import ranking_words
from grants_app.gui.pages.chair_sheet import ChairSheetView
from grants_app.gui.pages.commission_tab import CommissionTab
from grants_app.gui.pages.ranking_board import RankingBoard
from grants_app.gui.pages.ranking_data import Board, place_of, read_board
from grants_app.gui.pages.rules_desk import RulesDesk
from grants_app.gui.pages.scenarios_tab import ScenariosTab
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.editors import SearchField
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.services import intake, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grants_app.domain.ruleset import RuleSet
    from grants_app.gui.tasks import Task


class RankingPage(Page):
    """Pools, ranked lists, explanations, ties, sealing; the rules in a tab."""

    page_id: ClassVar[str] = "ranking"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._board: Board | None = None
        self.tabs = TabRow(self.theme, ("list", "rules", "scenarios", "commission"), self)
        self.search_edit = SearchField(self.theme, self)
        self.search_edit.setObjectName("ranking_search_edit")
        self.search_edit.setMaximumWidth(240)
        self.propose_button = KeyButton(self.theme, self)
        self.propose_button.setObjectName("propose_button")
        self.propose_button.set_chord("F5")
        self.sheet_button = KeyButton(self.theme, self)
        self.sheet_button.setObjectName("sheet_button")
        self.header.filters.addWidget(self.tabs)
        self.header.filters.addWidget(self.search_edit, 1)
        self.header.filters.addStretch(1)
        self.header.acts.addWidget(self.sheet_button)
        self.header.acts.addWidget(self.propose_button)
        for act, following in pairwise((self.sheet_button, self.propose_button, self.header.primary_button)):
            self.setTabOrder(act, following)
        self.board = RankingBoard(context, self)
        self.empty = EmptyState(self.theme, "ranking", self)
        self.rules_desk = RulesDesk(context, self)
        self.commission_tab = CommissionTab(context, self)
        self.scenarios_tab = ScenariosTab(context, self)
        self.stack = QStackedWidget(self)
        self.sheet = ChairSheetView(context, self)
        tabs = (self.rules_desk, self.scenarios_tab, self.commission_tab, self.sheet)
        for widget in (self.empty, self.board, *tabs):
            self.stack.addWidget(widget)
        self.body.addWidget(self.stack)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        board = self.board
        self.tabs.chosen.connect(self._on_tab_chosen)
        self.search_edit.textChanged.connect(board.search)
        self.search_edit.down_pressed.connect(board.show_explanation)
        self.propose_button.clicked.connect(self.propose)
        self.empty.pressed.connect(self.propose)
        board.failed.connect(self.on_failed)
        board.filter_cleared.connect(self.search_edit.clear)
        board.person_chosen.connect(self._on_person_chosen)
        board.explanation.tie_wanted.connect(self.ask_tie)
        board.explanation.card_wanted.connect(self._on_card_wanted)
        board.tie_panel.decided.connect(self._on_decided)
        board.right.taken_back.connect(self._on_decided)
        board.right.ties_panel.decide_wanted.connect(self.ask_tie)
        board.right.paper_panel.written.connect(self._on_paper_written)
        board.right.paper_panel.printed.connect(self._on_paper_printed)
        self.sheet_button.clicked.connect(self.open_sheet)
        self.sheet.closed.connect(self._on_sheet_closed)
        self.sheet.sealed.connect(self._on_sealed)
        self.sheet.body.list_wanted.connect(self._on_list_wanted)
        self.sheet.told.connect(self._on_told)
        self.sheet.failed.connect(self.on_failed)
        self.rules_desk.failed.connect(self.on_failed)
        self.rules_desk.saved.connect(self._on_rules_saved)
        self.scenarios_tab.failed.connect(self.on_failed)
        self.scenarios_tab.person_wanted.connect(self._on_card_wanted)
        self.commission_tab.failed.connect(self.on_failed)
        self.commission_tab.told.connect(self._on_told)
        self.commission_tab.changed.connect(self.context.desk.tell)

    # ---- what the window asks -------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return self.words("Ranking")

    def refresh(self) -> None:
        """Read the run in force and the pool on view again."""
        office = self.context.office

        def work(_task: Task[Board]) -> Board:
            return read_board(office)

        self.run(work, self._on_board_read, key="ranking_board")
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
        self.propose_button.setText(words("Propose"))
        self.sheet_button.setText(words("Chair's sheet…"))
        for button in (self.propose_button, self.sheet_button):
            button.updateGeometry()
        self.sheet.retranslate()
        self.board.retranslate()
        self.rules_desk.retranslate()
        self.scenarios_tab.retranslate()
        self.commission_tab.retranslate()
        self._word_state()
        if self._board is not None:
            self._on_board_read(self._board)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the menu may ask of the page now."""
        offered: dict[str, Callable[[], None]] = {"export": self._open_export}
        if self._may("run"):
            offered |= {"recalculate": self.propose, "propose": self.propose}
        if self.tabs.current == "rules":
            offered["recalculate"] = self.rules_desk.recalculate
        if self.tabs.current == "scenarios":
            offered |= {"recalculate": self.scenarios_tab.forget, "export": self.scenarios_tab.ask_export}
        if self._sealable():
            offered["seal"] = self.open_sheet
        if self._on_sheet:
            return offered | {
                "next_problem": self.sheet.next_problem,
                "print_preview": self.sheet.show_paper,
            }
        if self.board.chosen:
            offered["person_card"] = self._open_card
            offered["print_preview"] = self._open_appeal_sheet
        return offered

    def help_text(self) -> str:
        """What F1 says of the page, or of the tab on view."""
        if self.tabs.current == "commission":
            return self.commission_tab.help_text()
        return ranking_words.sheet_help(self.words) if self._on_sheet else ranking_words.help_(self.words)

    def set_big(self, big: bool) -> None:  # noqa: FBT001 - the frame's own form
        """The list alone, or with what stands beside it."""
        self.board.pool_list.setVisible(not big)
        self.board.right.setVisible(not big)

    def apply_filter(self, filter_: Filter) -> None:
        """`pool`, `no` (an application to explain), `search`, or `tab`."""
        self.tabs.choose(filter_.get("tab", "list"))
        if "search" in filter_:
            self.search_edit.setText(filter_["search"])
        if "pool" in filter_ or "no" in filter_:
            self.board.choose(filter_.get("pool"), filter_.get("no", ""))

    def primary_action(self) -> None:
        """The next step: propose, decide the tie, or look at the chair's sheet and seal."""
        if self._board is None or self._board.view.state != "draft" or self._board.view.outdated:
            self.propose()
        elif self._board.view.result.open_ties:
            self.ask_tie("")
        else:
            self.open_sheet()

    # ---- acts -----------------------------------------------------------------------------------------

    @Slot()
    def propose(self) -> None:
        """Rank and allocate in the background; the draft is shown when it is there."""
        if not self._may("run"):
            return
        office = self.context.office

        def work(task: Task[Any]) -> runs.Proposal:
            return runs.propose(office, task.report)

        self.run(work, self._on_proposed, title=self.words("Ranking everybody and proposing…"), key="propose")

    @Slot(str)
    def ask_tie(self, pool: str) -> None:
        """Open the decision of a tie: of this pool, else the first one that waits."""
        tie = self._board.tie_in(pool) if self._board is not None else None
        naming = self.board.naming
        if tie is None or naming is None:
            return
        self.tabs.choose("list")
        if self.board.pool_list.chosen != tie.pool:
            self.board.choose(tie.pool)
        names = {number: self._name_of(number) for number in tie.applications}
        place = place_of(self.context.office, tie)
        self.board.right.setCurrentWidget(self.board.tie_panel)
        self.board.tie_panel.ask(Equals(naming.programme(tie.pool), tie, names, place))

    @Slot()
    def open_sheet(self) -> None:
        """The chair's sheet of the run in force; the sealing stands at its foot."""
        if self._board is None or self._board.view.state == "none":
            return
        self.tabs.choose("list")
        self.stack.setCurrentWidget(self.sheet)
        self.search_edit.hide()
        self.sheet.setFocus()
        self.sheet.open(self._board.view.no)
        self._word_state()
        self.commands_changed.emit()

    @property
    def _on_sheet(self) -> bool:
        return self.stack.currentWidget() is self.sheet

    @Slot()
    def _on_sheet_closed(self) -> None:
        self._on_tab_chosen("list")

    @Slot(str, object)
    def _on_list_wanted(self, page: str, filter_: Filter) -> None:
        if page == self.page_id:
            self._on_sheet_closed()
            self.apply_filter(filter_)
        else:
            self.context.go(page, filter_)

    def _name_of(self, number: str) -> str:
        """From the list on view, else from the register."""
        name = self.board.name_of(number)
        if name:
            return name
        return intake.application_by_no(self.context.office, number).entry.person.full_name

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_board_read(self, board: Board) -> None:
        self._board = board
        self._word_state()
        self.board.show_board(board)
        if self._on_sheet and board.view.no:
            self.sheet.open(board.view.no)
            self._word_state()
        else:
            self._on_tab_chosen(self.tabs.current)
        self.commands_changed.emit()

    @Slot(object)
    def _on_proposed(self, proposal: runs.Proposal) -> None:
        self.show_message(*ranking_words.proposed(self.words, self.board.naming, proposal))
        self._tell(Changed(runs=True))

    @Slot(object)
    def _on_decided(self, changed: Changed) -> None:
        self.board.show_explanation()
        self.context.desk.tell(changed)
        self.propose()

    @Slot(object)
    def _on_sealed(self, proposal: runs.Proposal) -> None:
        self.board.show_explanation()
        self._on_sheet_closed()
        self.show_message("ok", ranking_words.sealed(self.words, proposal))
        self._tell(Changed(runs=True, awards=True))

    @Slot(str)
    def _on_told(self, text: str) -> None:
        self.show_message("ok", text)

    @Slot(object, object)
    def _on_rules_saved(self, changed: Changed, rules: RuleSet) -> None:
        """A new version: a draft is proposed anew under it, once its day has come."""
        words, today = self.words, self.context.office.now().date()
        day = words.current.date(rules.in_force_from)
        self.show_message("ok", words("The rules are kept as a new version, in force from {day}.", day=day))
        draft = self._board is not None and self._board.view.state == "draft"
        if draft and rules.in_force_from <= today and self._may("run"):
            self.context.desk.tell(changed)
            self.propose()
        else:
            self._tell(changed)

    def _tell(self, changed: Changed) -> None:
        self.context.desk.tell(changed)
        self.refresh()

    # ---- state ----------------------------------------------------------------------------------------

    @Slot(str)
    def _on_tab_chosen(self, tab: str) -> None:
        self.search_edit.setVisible(tab == "list")
        if tab == "rules":
            self.stack.setCurrentWidget(self.rules_desk)
        elif tab == "scenarios":
            self.stack.setCurrentWidget(self.scenarios_tab)
            self.scenarios_tab.open()
        elif tab == "commission":
            self.stack.setCurrentWidget(self.commission_tab)
            self.commission_tab.refresh()
        elif self._board is None or self._board.view.state == "none":
            self.stack.setCurrentWidget(self.empty)
        else:
            self.stack.setCurrentWidget(self.board)
        self._word_state()
        self.commands_changed.emit()

    def _word_state(self) -> None:
        words = self.words
        may = self._may("run")
        if self._board is None:
            self.empty.show_state(words("Reading…"), icon="hourglass")
            self.header.set_primary("")
            self.propose_button.setVisible(False)
            self.sheet_button.setVisible(False)
            return
        self.empty.show_state(
            words("Nothing is ranked yet. Propose ranks everybody admitted and fills the seats as a draft."),
            words("Propose") if may else "",
            "ranking",
        )
        kind, text, icon = ranking_words.run_state(words, self._board)
        self.board.state_chip.show_state(kind, text, icon)
        view = self._board.view
        fresh = view.state == "draft" and not view.outdated
        self.propose_button.setVisible(may and fresh)
        if fresh and view.result.open_ties:
            self.header.set_primary(words("Decide the tie…"), enabled=self._may("decide_tie"))
        elif fresh:
            self.header.set_primary(words("Chair's sheet…"), enabled=self._may("seal"))
        else:
            self.header.set_primary(words("Propose") if may else "", "F5")
        self.sheet_button.setVisible(view.state != "none" and (not fresh or bool(view.result.open_ties)))
        if self._on_sheet or self.tabs.current in ("rules", "scenarios"):  # the act stands there
            self.header.set_primary("")
            self.propose_button.setVisible(False)
            self.sheet_button.setVisible(False)
        self.header.primary_button.updateGeometry()

    def _sealable(self) -> bool:
        return self._board is not None and self._board.view.state == "draft" and self._may("seal")

    def _may(self, act: str) -> bool:
        if not self.context.desk.open:
            return False
        office = self.context.office
        return act in office.allowed(self._board.campaign if self._board is not None else office.campaign())

    @Slot(str)
    def _on_person_chosen(self, _number: str) -> None:
        self.commands_changed.emit()

    @Slot(str)
    def _on_card_wanted(self, number: str) -> None:
        self.context.go("applicants", {"no": number, "search": number})

    def _open_card(self) -> None:
        self._on_card_wanted(self.board.chosen)

    def _open_appeal_sheet(self) -> None:
        self.tabs.choose("list")
        self.board.right.show_appeal_sheet(self.board.chosen)

    @Slot(object, int)
    def _on_paper_written(self, path: object, _pages: int) -> None:
        self.show_message("ok", self.words("Saved: {file}", file=path))

    @Slot()
    def _on_paper_printed(self) -> None:
        self.show_message("ok", self.words("Sent to the printer."))

    def _open_export(self) -> None:
        self.context.go("papers", {"kind": "shortlist"})
