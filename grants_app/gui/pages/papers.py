"""Papers: award letters with the very PDF beside them, and the lists; it draws none of them itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QWidget

from grants_app.domain.journal import Changed
from grants_app.gui.dialogs.export import ExportPanel
from grants_app.gui.page import Filter, Page, PageContext
from grants_app.gui.pages.papers_data import read_letters
from grants_app.gui.pages.papers_letters import LettersView
from grants_app.gui.pages.papers_lists import KINDS, ListsView, list_name, list_note
from grants_app.gui.pages.ranking_pools import PoolLine, PoolList
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.labels import Hairline
from grants_app.gui.widgets.pdf import print_document
from grants_app.services import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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
        self.kinds = PoolList(self.theme, self)
        self.kinds.setObjectName("paper_kinds")
        self.letters_view = LettersView(context, self)
        self.lists_view = ListsView(context, self)
        self.save_panel = ExportPanel(context, ("pdf",), self)
        self.letters_view.right.addWidget(self.save_panel)
        self.tick_button = KeyButton(self.theme, self)
        self.tick_button.setObjectName("tick_all_button")
        self.save_button = KeyButton(self.theme, self, icon="save")
        self.save_button.setObjectName("save_letters_button")
        for button in (self.tick_button, self.save_button):
            self.header.acts.addWidget(button)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.letters_view)
        self.stack.addWidget(self.lists_view)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.kinds)
        row.addWidget(Hairline(self.theme, self, vertical=True))
        row.addWidget(self.stack, 1)
        self.body.addWidget(Hairline(self.theme, self))
        self.body.addLayout(row, 1)
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
        self._word_state()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What the menu may ask of the page now."""
        offered: dict[str, Callable[[], None]] = {"recalculate": self.refresh}
        if self._kind == LETTERS and self.letters_view.chosen_papers():
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
            "Award letters are numbered when they are issued. The preview shows the PDF "
            "exactly as it prints. Press Space to tick letters. Lists are saved as XLSX, CSV, "
            "PDF or HTML with the columns shown."
        )

    def set_big(self, big: bool) -> None:  # noqa: FBT001 - the frame's own form
        """Without the kinds, or with them."""
        self.kinds.setVisible(not big)

    def apply_filter(self, filter_: Filter) -> None:
        """`kind`: letters or one of the lists."""
        self.kinds.choose(filter_.get("kind", LETTERS))

    def primary_action(self) -> None:
        """Issue the letters that are missing, else print the ticked ones."""
        if self._letters is not None and self._letters.missing:
            self.issue()
        else:
            self.print_letters()

    # ---- acts -----------------------------------------------------------------------------------------

    def issue(self) -> None:
        """Give every award without a letter its letter."""
        office, langs = self.context.office, self.letters_view.langs

        def work(_task: Task[Changed]) -> Changed:
            return letters.issue_missing(office, langs)

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

        def write(_form: str, path: Path) -> int:
            return letters.write_chosen(office, papers, path, langs)

        texts = (
            words("Save the letters"),
            words.plural(
                "{n} letter in one file, counted as printed.",
                "{n} letters in one file, counted as printed.",
                len(papers),
            ),
            words("Save the file"),
        )
        self.save_panel.offer(f"letters-{office.campaign().setup.code}", texts, write)
        self.save_panel.cancel_button.show()
        self.letters_view.right.setCurrentWidget(self.save_panel)
        self.save_panel.form.focus("path")

    def print_letters(self) -> None:
        """Choose a printer, then count the chosen letters as printed and print them."""
        papers = self.letters_view.chosen_papers()
        if not papers:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        office, langs = self.context.office, self.letters_view.langs

        def work(_task: Task[Any]) -> tuple[bytes, QPrinter]:
            return letters.print_job(office, papers, langs), printer

        self.run(work, self._on_printable, title=self.words("Printing…"), key="print_letters")

    # ---- answers --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_letters_read(self, found: Letters) -> None:
        self._letters = found
        self.letters_view.show_letters(found)
        self.counted.emit(self.page_id, len(found.in_force))
        self.retranslate()

    @Slot(object)
    def _on_issued(self, changed: Changed) -> None:
        waiting = len(letters.stopped(self.context.office))
        if waiting:
            text = self.words.plural(
                "Letters issued. {n} is waiting for required documents.",
                "Letters issued. {n} are waiting for required documents.",
                waiting,
            )
            self.show_message("warn", text)
        else:
            self.show_message("ok", self.words("Every grant has its letter."))
        self._tell(changed)

    @Slot(object)
    def _on_printable(self, job: tuple[bytes, QPrinter]) -> None:
        data, printer = job
        print_document(self.theme, self.context.pdf, data, printer, self)
        self.show_message("ok", self.words("Sent to the printer."))
        self._tell(Changed(papers=True))

    @Slot(object, int)
    def _on_written(self, path: object, rows: int) -> None:
        if self._kind == LETTERS:
            text = self.words.plural("{n} letter saved: {file}", "{n} letters saved: {file}", rows, file=path)
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

    @Slot()
    def _on_save_closed(self) -> None:
        view = self.letters_view
        view.right.setCurrentWidget(view.preview if view.shown_pdf else view.empty)

    @Slot()
    def _word_state(self) -> None:
        words = self.words
        found = self._letters
        on_letters = self._kind == LETTERS
        some = found is not None and bool(found.in_force)
        for button in (self.tick_button, self.save_button):
            button.setVisible(on_letters and some)
            button.updateGeometry()
        every = found is not None and len(self.letters_view.table.ticked) == len(found.in_force)
        self.tick_button.setText(words("Untick all") if every and some else words("Tick all"))
        self.tick_button.updateGeometry()
        self.header.set_count("")
        if not on_letters or found is None:
            self.header.set_primary("")
            return
        chosen = len(self.letters_view.chosen_papers())
        may = self.context.office.may("papers")
        if found.missing and not found.campaign.read_only:
            text = words.plural("Issue {n} letter", "Issue {n} letters", found.missing)
            self.header.set_primary(text, enabled=may)
        elif chosen:
            text = words.plural("Print {n} letter…", "Print {n} letters…", chosen)
            self.header.set_primary(text, "F9", enabled=may)
        else:
            self.header.set_primary("")
        self.header.primary_button.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The kinds give way in a small window."""
        super().resizeEvent(event)
        self.kinds.setFixedWidth(180 if self.width() < _NARROW else 230)
