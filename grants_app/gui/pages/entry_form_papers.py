"""The section of the entry form about the papers of the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from grants_app.domain.application import ChecklistItem
from grants_app.gui.pages.entry_form_sections import FormSection, FormSetup
from grants_app.gui.pages.entry_form_widgets import ChipTick, FlowLayout
from grants_app.gui.widgets.buttons import LinkButton
from grants_app.gui.widgets.editors import ChoiceEdit, DateEdit, Option, TextEdit
from grants_app.gui.widgets.forms import FormField, FormGrid
from grants_app.gui.widgets.labels import Label
from grants_app.wording import mark

if TYPE_CHECKING:
    from datetime import date

    from grants_app.domain.application import Entry
    from grants_app.domain.campaign import RequiredPaper
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

_ORIGINAL, _COPY = "original", "copy"


class PapersSection(FormSection):
    """The papers of the file, each a chip to tick; the heading counts them.

    Space ticks one paper, Shift+Space every one that is required here. Alt+↓ on a paper opens when and by
    whom it was received, original or copy, how many, and whom it was returned to.
    """

    heading: ClassVar[str] = mark("Documents")
    changed = Signal(str)
    """Something of a paper beside its tick was changed; carries the field's key."""

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        asked = (paper for paper in setup.campaign.setup.required_papers if not paper.closed)
        self._papers = {paper.code: paper for paper in asked}
        self._today = setup.today
        self._officer = setup.officer
        self._items: dict[str, ChecklistItem] = {}
        self._needed: frozenset[str] = frozenset()
        self._claimed: frozenset[str] = frozenset()
        self._under_age = False
        holder = QWidget(self)
        flow = FlowLayout(holder)
        for code, paper in self._papers.items():
            tick = ChipTick(theme, required=paper.required and not paper.condition)
            field = self.form.adopt(_bare(self, f"paper:{code}", tick))
            self.fields[f"paper:{code}"] = field
            flow.addWidget(tick)
            tick.toggled.connect(self._on_toggled)
            tick.installEventFilter(self)
        self.all_button = LinkButton(theme, self)
        self.all_button.setObjectName("all_papers_button")
        self.all_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is Shift+Space on any paper
        self.details_button = LinkButton(theme, self)
        self.details_button.setObjectName("paper_details_button")
        self.details_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is Alt+↓ on the paper
        links = QHBoxLayout()
        links.setSpacing(14)
        links.addWidget(self.all_button)
        links.addWidget(self.details_button)
        links.addStretch(1)
        self.details = PaperDetails(theme, words, self._today, self)
        self.details.hide()
        self.grid.addWidget(holder, 0, 0, 1, 12)
        self.grid.addLayout(links, 1, 0, 1, 12)
        self.grid.addWidget(self.details, 2, 0, 1, 12)
        self._last = next(iter(self._papers), "")
        self.all_button.clicked.connect(self.tick_required)
        self.details_button.clicked.connect(self.open_details)
        self.details.changed.connect(self._on_details_changed)
        self.details.closed.connect(self._on_details_closed)

    def tick(self, code: str) -> ChipTick:
        """The tick of a paper."""
        return cast("ChipTick", self.fields[f"paper:{code}"].editor)

    def _count(self) -> None:
        here = sum(self.tick(code).isChecked() for code in self._papers)
        self.note_label.setText(self.words("{here} of {all}", here=here, all=len(self._papers)))
        missing = any(not self.tick(code).isChecked() for code in self._needed)
        self.all_button.setVisible(missing and self.tick(self._last).isEnabled())
        self.details_button.setVisible(bool(here))

    def show_claims(self, grounds: frozenset[str]) -> None:
        """Which grounds are claimed: their papers become required."""
        self._claimed = grounds
        self._show_needed()

    def show_age(self, *, under_age: bool) -> None:
        """Whether the applicant is under age: the papers asked of those become required."""
        self._under_age = under_age
        self._show_needed()

    def _show_needed(self) -> None:
        self._needed = frozenset(code for code, paper in self._papers.items() if self._asked(paper))
        for code in self._papers:
            self.tick(code).set_required(code in self._needed)
        self._count()

    def _asked(self, paper: RequiredPaper) -> bool:
        if paper.under_age and not self._under_age:
            return False
        if paper.condition:
            return paper.condition in self._claimed
        return paper.required or paper.under_age

    def retranslate(self) -> None:
        """Word the papers again; the campaign names them."""
        super().retranslate()
        for code, paper in self._papers.items():
            tick = self.tick(code)
            name = paper.names.get(self.words.lang)
            tick.setText(name if paper.original else self.words("{paper}, copy", paper=name))
            tick.setAccessibleName(tick.text())
            tick.updateGeometry()
        self.all_button.setText(self.words("All required received · Shift+Space"))
        self.details_button.setText(self.words("When, by whom, how many… · Alt+↓"))
        for button in (self.all_button, self.details_button):
            button.updateGeometry()
        self.details.retranslate()
        self._describe()
        self._count()

    def _describe(self) -> None:
        """Each paper says how it was received, to whoever rests on it or hears it read."""
        for code in self._papers:
            item = self._items.get(code)
            told = self._told(item) if item is not None and item.received else ""
            self.tick(code).setToolTip(told)
            self.tick(code).setAccessibleDescription(told)

    def _told(self, item: ChecklistItem) -> str:
        words = self.words
        parts = [words("original") if item.original else words("copy"), words("{n} pcs.", n=item.count)]
        if item.received_on:
            parts.insert(0, words("received {day}", day=f"{item.received_on:%d.%m.%Y}"))
        if item.received_by:
            parts.append(item.received_by)
        if item.returned_to:
            parts.append(words("returned to {name}", name=item.returned_to))
        return ", ".join(parts)

    def show_entry(self, entry: Entry) -> None:
        """Show what the file holds."""
        self._items = {item.item: item for item in entry.checklist}
        self.details.hide()
        for code in self._papers:
            item = self._items.get(code)
            self.tick(code).setChecked(item is not None and item.received)
        self.show_claims(frozenset(claim.ground for claim in entry.grounds))
        self._describe()

    def collected(self, entry: Entry) -> Entry:
        """The file as ticked; a paper ticked now was received today by the officer at the desk."""
        return replace(entry, checklist=tuple(self._items.values()))

    @Slot()
    def tick_required(self) -> None:
        """Everything required here was received."""
        for code in self._papers:
            if code in self._needed and self.tick(code).isEnabled():
                self.tick(code).setChecked(True)

    @Slot()
    def open_details(self) -> None:
        """Open how the paper looked at was received; one not received has nothing to tell."""
        item = self._items.get(self._last)
        if item is None or not item.received or not self.tick(self._last).isEnabled():
            return
        self.details.show_item(self._papers[self._last].names.get(self.words.lang), item)
        self.details.show()
        self.details.form.focus("paper_on")

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        code = next((one for one in self._papers if self.tick(one) is self.sender()), "")
        paper, old = self._papers.get(code), self._items.get(code)
        if paper is not None and on and (old is None or not old.received):
            self._items[code] = ChecklistItem(
                item=code,
                received=True,
                original=paper.original,
                count=paper.count,
                received_on=self._today,
                received_by=self._officer,
            )
        elif not on and old is not None and old.received:
            self._items[code] = replace(old, received=False, received_on=None, received_by="")
            self.details.hide()
        self._describe()
        self._count()

    @Slot(object)
    def _on_details_changed(self, item: ChecklistItem) -> None:
        self._items[item.item] = item
        self._describe()
        self.changed.emit(f"paper:{item.item}")

    @Slot()
    def _on_details_closed(self) -> None:
        self.details.hide()
        self.tick(self._last).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Shift+Space ticks all that is required, Alt+↓ opens the paper the focus is on."""
        if event.type() == QEvent.Type.FocusIn:
            self._last = next((one for one in self._papers if self.tick(one) is watched), self._last)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if shift and event.key() == Qt.Key.Key_Space:
                self.tick_required()
                return True
            if alt and event.key() == Qt.Key.Key_Down:
                self.open_details()
                return True
        return super().eventFilter(watched, event)


class PaperDetails(QWidget):
    """How one paper was received: on which day, by whom, original or copy, how many, returned to whom."""

    changed = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, words: Speech, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._item: ChecklistItem | None = None
        self._name = ""
        self.title_label = Label(theme, "small", "muted", parent=self)
        self.title_label.setWordWrap(True)
        self.form = FormGrid(theme, 12, self)
        self.on_edit = DateEdit(theme, today)
        self.kind_edit = ChoiceEdit(theme)
        self.count_edit = TextEdit(theme)
        self.count_edit.setMaxLength(3)
        self.by_edit = TextEdit(theme)
        self.returned_edit = TextEdit(theme)
        for key, editor, row, column, span in (
            ("paper_on", self.on_edit, 0, 0, 4),
            ("paper_kind", self.kind_edit, 0, 4, 5),
            ("paper_count", self.count_edit, 0, 9, 3),
            ("paper_by", self.by_edit, 1, 0, 6),
            ("paper_returned", self.returned_edit, 1, 6, 6),
        ):
            self.form.add(FormField(theme, key, editor, self.form), row, column, span)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 2, 0, 2)
        column_.setSpacing(4)
        column_.addWidget(self.title_label)
        column_.addWidget(self.form)
        for text_edit in (self.on_edit, self.count_edit, self.by_edit, self.returned_edit):
            text_edit.textEdited.connect(self._on_edited)
        self.kind_edit.chosen.connect(self._on_edited)
        self.form.finished.connect(self.closed)

    def retranslate(self) -> None:
        """Word labels and the list again, keeping what is typed."""
        words = self._words
        for key, text in (
            ("paper_on", words("Received on")),
            ("paper_kind", words("Original or copy")),
            ("paper_count", words("Number")),
            ("paper_by", words("Received by")),
            ("paper_returned", words("Returned to")),
        ):
            self.form.fields[key].set_label(text)
        self.kind_edit.set_options(
            [Option(_ORIGINAL, words("original")), Option(_COPY, words("copy"))],
        )
        self._word_title()

    def _word_title(self) -> None:
        self.title_label.setText(self._words("{paper} · Esc", paper=self._name))

    def show_item(self, name: str, item: ChecklistItem) -> None:
        """Show a paper that was received."""
        self._item = None  # filling in is no change
        self._name = name
        self._word_title()
        self.on_edit.set_date(item.received_on)
        self.kind_edit.set_code(_ORIGINAL if item.original else _COPY)
        self.count_edit.setText(str(item.count))
        self.by_edit.setText(item.received_by)
        self.returned_edit.setText(item.returned_to)
        self._item = item

    @Slot()
    def _on_edited(self) -> None:
        if self._item is None:
            return
        count = self.count_edit.text().strip()
        whole = count.isascii() and count.isdigit() and int(count) > 0
        self.form.fields["paper_count"].say(
            "plain" if whole else "error", "" if whole else self._words("At least 1.")
        )
        self._item = replace(
            self._item,
            received_on=self.on_edit.date,
            original=self.kind_edit.code != _COPY,
            count=int(count) if whole else self._item.count,
            received_by=self.by_edit.text().strip(),
            returned_to=self.returned_edit.text().strip(),
        )
        self.changed.emit(self._item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the paper."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _bare(section: FormSection, key: str, editor: QWidget) -> FormField:
    """A field that is its editor alone: the tick stands in the flow, the field only keeps its state."""
    field = FormField(section.theme, key, editor, section)
    field.hide()
    return field
