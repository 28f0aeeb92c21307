"""The award letters: ticks, the language, and the very PDF beside them; the services draw and print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from grants_app.gui.pages.papers_data import LANGUAGES
from grants_app.gui.table_models import ChipText, Column, LinesModel
from grants_app.gui.widgets.drawer import EmptyState
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.gui.widgets.labels import Hairline, Label
from grants_app.gui.widgets.layouts import flush_row
from grants_app.gui.widgets.pdf import PdfPreview
from grants_app.gui.widgets.tick_table import TickTable, tick_column
from grants_app.services import letters, standing

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from grants_app.gui.page import PageContext
    from grants_app.gui.pages.papers_data import LetterRow, Letters
    from grants_app.gui.tasks import Task
    from grants_app.gui.theme import ChipKind

_STATES: dict[str, tuple[ChipKind, str]] = {
    "missing": ("warn", ""),
    "stopped": ("bad", "papers"),
    "issued": ("info", ""),
    "printed": ("ok", "print"),
    "extended": ("warn", "clock"),
    "cancelled": ("neutral", ""),
}
_BAR = 40
_SPARE = ("prints", "langs", "programme", "no")
_NARROW = 1150


def _tick(row: LetterRow) -> int | str | None:
    """A letter in force may be ticked to be printed, a person without one to get it."""
    if row.paper is None:
        return row.application_no if row.state == "missing" else None
    return None if row.state == "cancelled" else row.paper.id


class LettersView(QWidget):
    """The list of letters and the preview of the chosen one in the chosen language."""

    changed = Signal()
    """Another letter was chosen, or ticks or the language changed."""
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._letters: Letters | None = None
        self.shown_pdf = b""
        theme = context.theme
        self.language_label = Label(theme, "small", "muted", parent=self)
        self.language_edit = ChoiceEdit(theme, self)
        self.language_edit.setObjectName("language_edit")
        self.language_edit.setFixedWidth(220)
        self.language_label.setBuddy(self.language_edit)
        self.table = TickTable(theme, LinesModel(self._columns(), self), _SPARE, _tick, self)
        self.table.setObjectName("letters_table")
        self.preview = PdfPreview(theme, context.pdf, self)
        self.preview.setObjectName("letter_preview")
        self.empty = EmptyState(theme, "papers", self)
        self.right = QStackedWidget(self)
        self.right.addWidget(self.preview)
        self.right.addWidget(self.empty)
        self._lay_out()
        self.table.line_chosen.connect(self._on_line_chosen)
        self.table.ticked_changed.connect(self.changed)
        self.language_edit.chosen.connect(self._on_language_chosen)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = self.context.theme
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 0, 14, 0)
        bar.setSpacing(8)
        bar.addWidget(self.language_label)
        bar.addWidget(self.language_edit)
        bar.addStretch(1)
        held = QWidget(self)
        held.setFixedHeight(_BAR)
        held.setLayout(bar)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(held)
        left.addWidget(Hairline(theme, self))
        left.addWidget(self.table, 1)
        layout = flush_row(self)
        layout.addLayout(left, 1)
        layout.addWidget(Hairline(theme, self, vertical=True))
        layout.addWidget(self.right)

    @property
    def langs(self) -> tuple[str, ...]:
        """The languages chosen for the letters; () is each person's own."""
        return LANGUAGES.get(self.language_edit.code, ())

    def show_letters(self, letters_: Letters) -> None:
        """Show the letters, the cursor and the ticks where they were."""
        before = self.table.current_line()
        self._letters = letters_
        self.table.ticked &= {key for row in letters_.rows if (key := _tick(row)) is not None}
        self.table.lines.show_all(letters_.rows)
        numbers = [row.application_no for row in letters_.rows]
        row = numbers.index(before.application_no) if before and before.application_no in numbers else 0
        self.table.choose_row(row)
        if not letters_.rows:
            self.show_sentence(
                self.context.words("No letters yet. Letters are issued for the grants of a sealed run.")
            )

    @property
    def number(self) -> str:
        """The application of the letter under the cursor, "" for none."""
        current = self.table.current_line()
        return current.application_no if current is not None else ""

    def numbers(self) -> list[str]:
        """The applications of the letters, in the list's order."""
        return [row.application_no for row in self._letters.rows] if self._letters is not None else []

    def chosen_papers(self) -> list[int]:
        """The letters to print: the ticked ones in the list's order, else the one under the cursor."""
        if self._letters is None:
            return []
        ids = [row.paper.id for row in self._letters.in_force if row.paper is not None]
        ticked = [paper for paper in ids if paper in self.table.ticked]
        current = self.table.current_line()
        if ticked:
            return ticked
        return (
            [current.paper.id]
            if current is not None and current.paper is not None and current.paper.id in ids
            else []
        )

    def chosen_people(self) -> list[str]:
        """Who is to get a letter: of those without one the ticked ones, all while nothing is ticked."""
        if self._letters is None:
            return []
        missing = [row.application_no for row in self._letters.rows if row.state == "missing"]
        return [no for no in missing if no in self.table.ticked] if self.table.ticked else missing

    @property
    def all_ticked(self) -> bool:
        """Whether everything that may be ticked is."""
        every = self._tickable()
        return bool(every) and every <= self.table.ticked

    def _tickable(self) -> set[int | str]:
        rows = self._letters.rows if self._letters is not None else ()
        return {key for row in rows if (key := _tick(row)) is not None}

    def tick_all(self) -> None:
        """Tick every line that may be ticked, or none if all are."""
        every = self._tickable()
        none = every <= self.table.ticked
        self.table.ticked.clear()
        if not none:
            self.table.ticked |= every
        self.table.viewport().update()
        self.changed.emit()

    def show_sentence(self, text: str) -> None:
        """Say something in place of the preview."""
        self.shown_pdf = b""
        self.preview.clear()
        self.empty.show_state(text, icon="papers")
        self.right.setCurrentWidget(self.empty)

    def retranslate(self) -> None:
        """Word everything again."""
        words = self.context.words
        self.language_label.setText(words("Language of the letters"))
        self.language_edit.setAccessibleName(words("Language of the letters"))
        named = {
            "own": words("Each applicant's choice"), "ky": "Кыргызча", "ru": "Русский", "kk": "Қазақша",
            "en": "English",
        }  # fmt: skip
        options = []
        for code, langs in LANGUAGES.items():
            text = named.get(code) or " + ".join(named[lang] for lang in langs)
            options.append(Option(code, text))
        code = self.language_edit.code or "own"
        self.language_edit.set_options(options)
        self.language_edit.set_code(code)
        self.table.lines.retranslate()
        self._show_preview()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview takes what the list can spare."""
        super().resizeEvent(event)
        self.right.setFixedWidth(380 if self.width() < _NARROW - 200 else 460)

    def _columns(self) -> list[Column]:
        words = self.context.words

        def langs(row: LetterRow) -> str:
            return " + ".join(row.paper.langs) if row.paper is not None else ""

        def prints(row: LetterRow) -> str:
            return str(row.paper.prints) if row.paper is not None and row.paper.prints else ""

        def state(row: LetterRow) -> str:
            return words.code(f"letter_{row.state}")

        def chips(row: LetterRow) -> tuple[ChipText, ...]:
            kind, icon = _STATES[row.state]
            return (ChipText(kind, state(row), icon),)

        def programme(row: LetterRow) -> str:
            return self._letters.programme(words.lang, row.pool) if self._letters is not None else ""

        return [
            tick_column(),
            Column(key="number", title=lambda: words("Letter No."), text=lambda row: row.number, width=112),
            Column(
                key="name",
                title=lambda: words("Name"),
                text=lambda row: row.full_name,
                width=200,
                bold=True,
                stretch=True,
            ),
            Column(
                key="no",
                title=lambda: words("No."),
                text=lambda row: row.application_no,
                width=70,
                tone="muted",
            ),
            Column(
                key="programme", title=lambda: words("Programme"), text=programme, width=160, tone="muted"
            ),
            Column(key="langs", title=lambda: words("Lang."), text=langs, width=66, tone="muted"),
            Column(key="state", title=lambda: words("Status"), text=state, chips=chips, width=112),
            Column(key="prints", title=lambda: words("Prints"), text=prints, width=64, align="right"),
        ]

    @Slot(object)
    def _on_line_chosen(self, _row: object) -> None:
        self._show_preview()
        self.changed.emit()

    @Slot(str)
    def _on_language_chosen(self, _code: str) -> None:
        self._show_preview()
        self.changed.emit()

    def _show_preview(self) -> None:
        row: LetterRow | None = self.table.current_line()
        if row is None:
            return
        office, langs = self.context.office, self.langs
        if row.paper is None:
            if row.lacks:
                self.show_sentence(self._waiting(row))
            else:
                self._show_draft(row.application_no)
            return
        paper = row.paper.id

        def work(_task: Task[bytes]) -> bytes:
            return letters.preview(office, paper, langs)

        self.context.tasks.run(work, done=self._on_drawn, failed=self._on_failed, key="letter_preview")

    def _show_draft(self, number: str) -> None:
        """The letter this person would get, watermarked; nothing is spent on it."""
        office, langs = self.context.office, self.langs

        def work(_task: Task[letters.Drawn]) -> letters.Drawn:
            return letters.drafted(office, [number], langs)

        self.context.tasks.run(work, done=self._on_drafted, failed=self._on_failed, key="letter_preview")

    def _waiting(self, row: LetterRow) -> str:
        words = self.context.words
        setup = self._letters.campaign.setup if self._letters is not None else None
        papers = standing.paper_names(row.lacks, setup) if setup is not None else ""
        return words(
            "Under the rules, this letter cannot be issued until these documents are in: {papers}.",
            papers=papers,
        )

    @Slot(object)
    def _on_drawn(self, data: bytes) -> None:
        self.shown_pdf = data
        self.preview.show_pdf(data)
        self.right.setCurrentWidget(self.preview)

    @Slot(object)
    def _on_drafted(self, found: letters.Drawn) -> None:
        if found.left_out:
            trouble = found.left_out[0].trouble
            self.show_sentence(self.context.words.code(trouble.code, **trouble.facts))
        elif found.count:
            self._on_drawn(found.pdf)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.show_sentence(self.context.failure_words(error)[1])
        self.failed.emit(error)
