"""Papers: award letters with the very PDF beside them, the lists, proving a paper; it draws none itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.export import ExportPanel
from grants_app.gui.page import Filter, Page, PageContext
from grants_app.gui.pages.papers_data import read_letters
from grants_app.gui.pages.papers_letters import LettersView
from grants_app.gui.pages.papers_lists import KINDS, ListsView, list_name, list_note
from grants_app.gui.pages.papers_review import LettersReview, left_out_text
from grants_app.gui.pages.ranking_pools import PoolLine, PoolList
from grants_app.gui.pages.verify_tab import VerifyTab
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.pdf import print_document
from grants_app.gui.widgets.tab_row import TabRow
from grants_app.services import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from grants_app.gui.pages.papers_data import Letters
    from grants_app.gui.tasks import Task

LETTERS = "letters"
_NARROW = 1150


class PapersPage(Page):
    """Kinds of papers at the left; letters or a list beside them."""

    page_id: ClassVar[str] = "papers"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._letters: Letters | None = None
        self._left_out: tuple[letters.LeftOut, ...] = ()
        self.tabs = TabRow(self.theme, ("papers", "verify"), self)
        self.header.filters.addWidget(self.tabs, 1)
        self.kinds = PoolList(self.theme, self)
        self.kinds.setObjectName("paper_kinds")
        self.letters_view = LettersView(context, self)
        self.lists_view = ListsView(context, self)
        self.save_panel = ExportPanel(context, ("pdf",), self)
        self.letters_view.right.addWidget(self.save_panel)
        self.review = LettersReview(context, self)
        self.letters_view.right.addWidget(self.review)
        self.verify_tab = VerifyTab(context, self)
        self.tick_button = KeyButton(self.theme, self)
        self.tick_button.setObjectName("tick_all_button")
        self.save_button = KeyButton(self.theme, self, icon="save")
        self.save_button.setObjectName("save_letters_button")
        for button in (self.tick_button, self.save_button):
            self.header.acts.addWidget(button)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.letters_view)
        self.stack.addWidget(self.lists_view)
        papers = QWidget(self)
        row = flush_row(papers)
        row.addWidget(self.kinds)
        row.addWidget(Hairline(self.theme, self, vertical=True))
        row.addWidget(self.stack, 1)
        self.body.addWidget(Hairline(self.theme, self))
        self.tab_stack = QStackedWidget(self)
        self.tab_stack.addWidget(papers)
        self.tab_stack.addWidget(self.verify_tab)
        self.body.addWidget(self.tab_stack, 1)
        self.tabs.chosen.connect(self._on_tab_chosen)
        self.review.confirmed.connect(self.issue)
        self.review.closed.connect(self._on_review_closed)
        self.kinds.pool_chosen.connect(self._on_kind_chosen)
        self.letters_view.changed.connect(self._word_state)
        self.letters_view.changed.connect(self.commands_changed)
        self.lists_view.written.connect(self._on_written)
        self.save_panel.written.connect(self._on_written)
        self.save_panel.closed.connect(self._on_save_closed)
        self.tick_button.clicked.connect(self.letters_view.tick_all)
        self.save_button.clicked.connect(self.ask_save)
        self.retranslate()

    # ---- what the window asks -------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return self.words("Documents")

    def refresh(self) -> None:
        """Read the letters, or draw the list on view again."""
        office = self.context.office

        def work(_task: Task[Letters]) -> Letters:
            return read_letters(office)

        self.run(work, self._on_letters_read, key="papers_letters")
        if self._kind != LETTERS:
            self.lists_view.show_kind(self._kind)

    def retranslate(self) -> None:
        """Word everything again."""
        super().retranslate()
        words = self.words
        missing = self._letters.missing if self._letters else 0
        count = len(self._letters.in_force) if self._letters else 0
        lines = [
            PoolLine(
                LETTERS,
                words("Award letters"),
                words.plural("{n} issued", "{n} issued", count),
                str(missing) if missing else "",
                "warn",
            )
        ]
        lines += [PoolLine(kind, list_name(words, kind), list_note(words, kind)) for kind in KINDS]
        self.kinds.show_pools(lines, self._kind)
        self.save_button.setText(words("Save as PDF…"))
        self.letters_view.retranslate()
        self.lists_view.retranslate()
        self.save_panel.retranslate()
        self.review.retranslate()
        self.verify_tab.retranslate()
        self.tabs.set_word("papers", words("Letters and lists"))
        self.tabs.set_word("verify", words("Verify"))
        self._word_state()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the menu may ask of the page now."""
        offered: dict[str, Callable[[], None]] = {"recalculate": self.refresh}
        if self._kind == LETTERS and self.tabs.current == "papers" and self.letters_view.chosen_papers():
            offered |= {"print_preview": self.print_letters, "export": self.ask_save}
        if self._kind == LETTERS and (number := self.letters_view.number):
            offered["person_card"] = lambda: self.context.open_person(number, self.letters_view.numbers())
        return offered

    def place(self) -> Filter:
        """As it stands."""
        return {}

    def help_text(self) -> str:
        """What F1 says of the page."""
        return self.words(
            "Space ticks who gets a letter and which letters print. Drafts are looked through before "
            "numbers are given out; then the preview is the very PDF that prints. A print is counted "
            "once the printer took it; a saved file is no print. The lists are saved as XLSX, CSV, PDF "
            "or HTML. Verify proves a letter somebody brings."
        )

    def set_big(self, big: bool) -> None:  # noqa: FBT001 - the frame's own form
        """Without the kinds, or with them."""
        self.kinds.setVisible(not big)

    def apply_filter(self, filter_: Filter) -> None:
        """`kind`: letters or one of the lists; `tab`: papers or verify."""
        self.tabs.choose("verify" if filter_.get("tab") == "verify" else "papers")
        self.kinds.choose(filter_.get("kind", LETTERS))

    def primary_action(self) -> None:
        """Look the drafts of letters to be issued through, else print the ticked ones."""
        if self._letters is not None and self.letters_view.chosen_people():
            self.ask_issue()
        else:
            self.print_letters()

    # ---- acts -----------------------------------------------------------------------------------------

    def ask_issue(self) -> None:
        """Open the drafts of the letters chosen; no number is spent yet."""
        people = self.letters_view.chosen_people()
        if people:
            self.letters_view.right.setCurrentWidget(self.review)
            self.review.ask(people, self.letters_view.langs)

    @Slot(object)
    def issue(self, people: tuple[str, ...]) -> None:
        """Give these people their letters."""
        office, langs = self.context.office, self.letters_view.langs

        def work(_task: Task[letters.Issued]) -> letters.Issued:
            return letters.issue(office, people, langs)

        self.run(work, self._on_issued, title=self.words("Issuing the letters…"), key="issue_letters")

    @Slot()
    def ask_save(self) -> None:
        """Open the saving of the chosen letters as one PDF."""
        papers, langs, office = (
            self.letters_view.chosen_papers(),
            self.letters_view.langs,
            self.context.office,
        )
        if not papers:
            return
        words = self.words

        self._left_out = ()

        def write(_form: str, path: Path) -> int:
            found = letters.write_chosen(office, papers, path, langs)
            self._left_out = found.left_out
            return found.count

        texts = (
            words("Save the letters"),
            words.plural(
                "{n} letter in one file; a saved file is no print.",
                "{n} letters in one file; a saved file is no print.",
                len(papers),
            ),
            words("Save the file"),
        )
        self.save_panel.offer(f"letters-{office.campaign().setup.code}", texts, write)
        self.save_panel.cancel_button.show()
        self.letters_view.right.setCurrentWidget(self.save_panel)
        self.save_panel.form.focus("path")

    def print_letters(self) -> None:
        """Choose a printer and send the chosen letters to it."""
        papers = self.letters_view.chosen_papers()
        if not papers:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        self.send(papers, printer)

    def send(self, papers: Sequence[int], printer: QPrinter) -> None:
        """Print these letters; each is counted once the printer took all of them."""
        office, langs = self.context.office, self.letters_view.langs

        def work(_task: Task[Any]) -> tuple[letters.Drawn, QPrinter]:
            return letters.drawn(office, papers, langs), printer

        self.run(work, self._on_printable, title=self.words("Printing…"), key="print_letters")

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_letters_read(self, found: Letters) -> None:
        self._letters = found
        self.letters_view.show_letters(found)
        self.counted.emit(self.page_id, len(found.in_force))
        self.retranslate()

    @Slot(object)
    def _on_issued(self, done: letters.Issued) -> None:
        self.letters_view.table.ticked.clear()
        self._on_review_closed()
        waiting = len(letters.stopped(self.context.office))
        if done.left_out:
            self.show_message("warn", left_out_text(self.words, done.left_out))
        elif waiting:
            text = self.words.plural(
                "Letters issued. {n} is waiting for required documents.",
                "Letters issued. {n} are waiting for required documents.",
                waiting,
            )
            self.show_message("warn", text)
        else:
            text = self.words.plural("{n} letter issued.", "{n} letters issued.", len(done.numbers))
            self.show_message("ok", text)
        self._tell(done.changed)

    @Slot(object)
    def _on_printable(self, job: tuple[letters.Drawn, QPrinter]) -> None:
        found, printer = job
        if not print_document(self.theme, self.context.pdf, found.pdf, printer, self):
            self.show_message(
                "bad", self.words("The printer did not take the letters: none is counted as printed.")
            )
            return
        office = self.context.office

        def work(_task: Task[Any]) -> letters.Drawn:
            letters.count_printed(office, found.papers)
            return found

        self.run(work, self._on_printed, key="count_printed")

    @Slot(object)
    def _on_printed(self, found: letters.Drawn) -> None:
        self._say_done(self.words("Sent to the printer: {n}", n=found.count), found.left_out)
        self._tell(Changed(papers=True))

    def _say_done(self, text: str, left: Sequence[letters.LeftOut]) -> None:
        if left:
            self.show_message("warn", f"{text}. {left_out_text(self.words, left)}")
        else:
            self.show_message("ok", text)

    @Slot(object, int)
    def _on_written(self, path: object, rows: int) -> None:
        if self._kind == LETTERS:
            text = self.words.plural("{n} letter saved: {file}", "{n} letters saved: {file}", rows, file=path)
            self._say_done(text, self._left_out)
        else:
            text = self.words.plural("{n} row saved: {file}", "{n} rows saved: {file}", rows, file=path)
            self.show_message("ok", text)
        self._on_save_closed()
        self._tell(Changed(papers=True))

    def _tell(self, changed: Changed) -> None:
        self.context.desk.tell(changed)
        self.refresh()

    # ---- state ----------------------------------------------------------------------------------------

    @property
    def _kind(self) -> str:
        return self.kinds.chosen or LETTERS

    @Slot(str)
    def _on_kind_chosen(self, kind: str) -> None:
        self.stack.setCurrentWidget(self.letters_view if kind == LETTERS else self.lists_view)
        if kind != LETTERS:
            self.lists_view.show_kind(kind)
        self._word_state()
        self.commands_changed.emit()

    @Slot(str)
    def _on_tab_chosen(self, tab: str) -> None:
        self.tab_stack.setCurrentIndex(int(tab == "verify"))
        if not self.tabs.buttons[tab].hasFocus():
            where = self.kinds if tab == "papers" else self.verify_tab.panel.path_edit
            where.setFocus(Qt.FocusReason.TabFocusReason)
        self._word_state()
        self.commands_changed.emit()

    @Slot()
    def _on_review_closed(self) -> None:
        self._on_save_closed()
        self.letters_view.table.setFocus()

    @Slot()
    def _on_save_closed(self) -> None:
        view = self.letters_view
        view.right.setCurrentWidget(view.preview if view.shown_pdf else view.empty)

    @Slot()
    def _word_state(self) -> None:
        words = self.words
        found = self._letters
        on_letters = self._kind == LETTERS and self.tabs.current == "papers"
        some = found is not None and bool(found.in_force)
        any_row = found is not None and bool(found.in_force or found.missing)
        self.tick_button.setVisible(on_letters and any_row)
        self.save_button.setVisible(on_letters and some)
        for button in (self.tick_button, self.save_button):
            button.updateGeometry()
        self.tick_button.setText(words("Untick all") if self.letters_view.all_ticked else words("Tick all"))
        self.tick_button.updateGeometry()
        self.header.set_count("")
        if not on_letters or found is None:
            self.header.set_primary("")
            return
        chosen = len(self.letters_view.chosen_papers())
        may = self.context.office.may("papers")
        why_not = "" if may else words.code("not_allowed")
        people = len(self.letters_view.chosen_people())
        if people and not found.campaign.read_only:
            text = words.plural("Issue {n} letter…", "Issue {n} letters…", people)
            self.header.set_primary(text, why_not=why_not)
        elif chosen:
            text = words.plural("Print {n} letter…", "Print {n} letters…", chosen)
            self.header.set_primary(text, "F9", why_not=why_not)
        else:
            self.header.set_primary("")
        self.header.primary_button.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The kinds give way in a small window."""
        super().resizeEvent(event)
        self.kinds.setFixedWidth(180 if self.width() < _NARROW else 230)
