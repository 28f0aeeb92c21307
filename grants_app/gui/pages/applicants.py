"""The applicants: the list with the entry form beside it, the tabs Import, Duplicates and Verification."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from grants_app.domain.errors import Refused
from grants_app.gui.keys import chord_of
from grants_app.gui.page import Filter, Page, PageContext
from grants_app.gui.pages.applicants_board import ApplicantsBoard, form_setup
from grants_app.gui.pages.applicants_list import FILTERS
from grants_app.gui.pages.duplicates import DuplicatesTab
from grants_app.gui.pages.entry_words import EntryWords
from grants_app.gui.pages.import_tab import ImportTab
from grants_app.gui.pages.verification.tab import VerificationTab
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.services import intake

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grants_app.domain.journal import Changed
    from grants_app.gui.pages.applicants_list import ApplicantsList
    from grants_app.gui.pages.entry_form import EntryForm

TABS = ("list", "import", "duplicates", "verification")


class ApplicantsPage(Page):
    """Everybody who applied: find, enter, correct, import, settle."""

    page_id: ClassVar[str] = "applicants"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        setup = form_setup(context.office)
        named = EntryWords(self.words, setup.campaign.setup, setup.rules)
        self.board = ApplicantsBoard(context, named, self)
        self.import_tab = ImportTab(context, named, self)
        self.duplicates_tab = DuplicatesTab(context, named, self)
        self.verification_tab = VerificationTab(context, named, self)
        self._doubtful = 0
        self._unverified = 0
        self.tabs = TabRow(self.theme, TABS, self)
        self.stack = QStackedLayout()
        for tab in (self.board, self.import_tab, self.duplicates_tab, self.verification_tab):
            self.stack.addWidget(tab)
        self.body.addLayout(self.stack, 1)
        self.header.filters.addWidget(self.tabs)
        self.header.filters.addStretch(1)
        self.header.filters.addWidget(self.list.search_edit, 4)
        for control in (self.list.filter_button, self.board.drafts_button, self.list.columns_button):
            self.header.acts.addWidget(control)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._on_tab_chosen)
        self.board.arranged.connect(self._on_arranged)
        self.board.list_wanted.connect(self._on_list_wanted)
        self.list.read.connect(self._on_list_read)
        self.list.import_wanted.connect(self._on_import_wanted)
        self.import_tab.imported.connect(self._on_imported)
        self.duplicates_tab.open_wanted.connect(self.board.open_elsewhere)
        self.duplicates_tab.counted.connect(self._on_duplicates_counted)
        self.verification_tab.counted.connect(self._on_unverified_counted)

    @property
    def list(self) -> ApplicantsList:
        """The list."""
        return self.board.list

    @property
    def form(self) -> EntryForm:
        """The entry form; another one after the campaign was set up anew."""
        return self.board.form

    def title(self) -> str:
        """Applicants."""
        return self.words("Applicants")

    def retranslate(self) -> None:
        """Word everything again, keeping what is typed."""
        super().retranslate()
        self.tabs.set_word("list", self.words("List"))
        self.tabs.set_word("import", self.words("Import"))
        self._on_duplicates_counted(self._doubtful)
        self._on_unverified_counted(self._unverified)
        self.list.lacking = self.board.lacking_words()
        self.list.retranslate()
        self.form.retranslate()
        self.import_tab.retranslate()
        self.duplicates_tab.retranslate()
        self.verification_tab.retranslate()
        self.board.read_drafts()

    def help_text(self) -> str:
        """What F1 says."""
        return self.words(
            "Insert starts a new application; F2 edits the selected one. Enter moves from "
            "field to field; Ctrl+Enter saves and opens the next. Your typing is saved "
            "automatically; Esc leaves it for later."
        )

    def refresh(self) -> None:
        """Read list, drafts, pairs and conflicts again."""
        self.board.refresh()
        self.duplicates_tab.refresh()
        if self.tabs.current == "verification":
            self.verification_tab.refresh()
        else:
            self._count_unverified()
        self._on_arranged()

    def _count_unverified(self) -> None:
        """How many wait for a second look, without reading who they are."""
        try:
            waiting, _ = intake.lines(self.context.office, filters={"flag": "unverified"}, limit=1)
        except Refused as refusal:
            self.context.tell_failure(refusal)
            return
        self._on_unverified_counted(waiting)

    def changed(self, _changes: object) -> None:
        """Something changed: the list is read again, a form being typed into is left alone."""
        self.refresh()
        looked_at = self.form.application
        if looked_at is not None and not self.form.typing and not self.form.isHidden():
            self.board.show_application(looked_at.id)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the page does on the window's commands."""
        answers: dict[str, Callable[[], None]] = {"recalculate": self.refresh}
        if not self.form.read_only:
            answers["new"] = self.board.begin_new
        if self.tabs.current == "list":
            answers |= self.board.commands()
        elif self.tabs.current == "import":
            answers |= self.import_tab.commands()
        return answers

    def primary_action(self) -> None:
        """The primary button: a new application, or what the tab on view does."""
        if self.tabs.current == "import":
            self.import_tab.primary_action()
        elif self.tabs.current == "duplicates":
            self.duplicates_tab.look()
        elif self.tabs.current == "list":
            self.board.begin_new()

    def apply_filter(self, filter_: Filter) -> None:
        """Open a tab, a person by number, a new application, one left half typed, or a filtered list."""
        tab = filter_.get("tab", "list")
        self.tabs.choose(tab if tab in TABS else "list")
        if filter_.get("new"):
            self.board.begin_new()
        elif filter_.get("unfinished"):
            self.board.read_drafts()
            self.board.go_on_with(next(iter(self.board.drafts_button.kept), None))
        elif filter_.get("person"):
            if any(name in filter_ for name in ("search", *FILTERS)):
                self.list.show_filter(filter_)
            self.board.open_person(filter_["person"], filter_.get("queue", "").split(","))
        elif tab == "list":
            self.board.close_form()
            self.list.show_filter(filter_)

    def place(self) -> Filter:
        """The tab; in the list its search and filters, and the person on view with the queue."""
        if self.tabs.current != "list":
            return {"tab": self.tabs.current}
        place = {"search": ""} | self.list.filters
        shown = self.form.application if not self.form.isHidden() else None
        if shown is not None:
            place |= {"person": shown.no, "queue": ",".join(self.board.queue)}
        return place

    def leave(self) -> bool:
        """Leaving keeps what is typed."""
        self.form.keep_draft()
        return True

    def regions(self) -> Sequence[QWidget]:
        """F6: form and list; in a tab what stands there."""
        if self.tabs.current == "list":
            return self.board.regions()
        if self.tabs.current == "import" and self.import_tab.plan is None:
            return [self.import_tab.controls.path_edit, *super().regions()]
        return super().regions()

    def subject(self) -> object:
        """The tab, and the application in the form while one is open: what it was refused goes with it."""
        form = self.form
        if form.isHidden():
            return self.tabs.current
        return self.tabs.current, form.application.id if form.application is not None else 0, form.typing

    def set_big(self, big: bool) -> None:  # noqa: FBT001 - as the base
        """F11: the table alone."""
        if big:
            self.board.close_form()

    @Slot()
    def _on_arranged(self) -> None:
        """Show the header's controls of the tab on view."""
        tab = self.tabs.current
        for control in (self.list.search_edit, self.list.filter_button, self.list.columns_button):
            control.setVisible(tab == "list")
        self.board.drafts_button.setVisible(tab == "list" and bool(self.board.drafts_button.waiting))
        if tab == "import":
            self.import_tab.show_primary(self.header)
        elif tab == "duplicates":
            self.header.set_primary(self.words("Look for duplicates"))
        elif self.form.read_only or tab == "verification":
            self.header.set_primary("")
        else:
            lacking = self.board.lacking_words()
            self.header.set_primary(self.words("New"), chord_of("new"), why_not=lacking)
        self.commands_changed.emit()

    @Slot(str)
    def _on_tab_chosen(self, tab: str) -> None:
        self.form.keep_draft()
        self.stack.setCurrentIndex(TABS.index(tab))
        self.strip.dismiss()
        if tab == "verification":
            self.verification_tab.refresh()
        self._on_arranged()

    @Slot()
    def _on_list_wanted(self) -> None:
        self.tabs.choose("list")

    @Slot(int, int)
    def _on_list_read(self, everybody: int, _shown: int) -> None:
        self.header.set_count(str(everybody) if everybody else "")
        self.counted.emit(self.page_id, everybody)

    @Slot()
    def _on_import_wanted(self) -> None:
        self.tabs.choose("import")

    @Slot(object)
    def _on_imported(self, changed: Changed) -> None:
        self.context.desk.tell(changed)
        self.duplicates_tab.look(quietly=True)

    @Slot(int)
    def _on_duplicates_counted(self, number: int) -> None:
        self._doubtful = number
        word = self.words("Duplicates")
        self.tabs.set_word("duplicates", f"{word} {number}" if number else word)

    @Slot(int)
    def _on_unverified_counted(self, number: int) -> None:
        self._unverified = number
        word = self.words("Verification")
        self.tabs.set_word("verification", f"{word} {number}" if number else word)
        if self.tabs.current == "verification":  # it has something to give the focus to now
            self.commands_changed.emit()
