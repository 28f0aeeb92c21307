"""The section of the entry form about the papers of the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtWidgets import QWidget

from grants_app.domain.application import ChecklistItem
from grants_app.gui.pages.entry_form_sections import FormSection, FormSetup
from grants_app.gui.pages.entry_form_widgets import ChipTick, FlowLayout
from grants_app.gui.widgets.forms import FormField
from grants_app.wording import mark

if TYPE_CHECKING:
    from grants_app.domain.application import Entry
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.gui.widgets.forms import FormGrid


class PapersSection(FormSection):
    """The papers of the file, each a chip to tick; the heading counts them."""

    heading: ClassVar[str] = mark("Documents")

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self._papers = setup.campaign.setup.required_papers
        self._today = setup.now.date()
        self._officer = setup.officer
        holder = QWidget(self)
        flow = FlowLayout(holder)
        for paper in self._papers:
            tick = ChipTick(theme, required=paper.required and not paper.condition)
            field = self.form.adopt(_bare(self, f"paper:{paper.code}", tick))
            self.fields[f"paper:{paper.code}"] = field
            flow.addWidget(tick)
            tick.toggled.connect(self._count)
        self.grid.addWidget(holder, 0, 0, 1, 12)

    def tick(self, code: str) -> ChipTick:
        """The tick of a paper."""
        return cast("ChipTick", self.fields[f"paper:{code}"].editor)

    def _count(self) -> None:
        here = sum(self.tick(paper.code).isChecked() for paper in self._papers)
        self.note_label.setText(self.words("{here} of {all}", here=here, all=len(self._papers)))

    def show_claims(self, grounds: frozenset[str]) -> None:
        """Which grounds are claimed: their papers become required."""
        for paper in self._papers:
            self.tick(paper.code).set_required(
                paper.required and (not paper.condition or paper.condition in grounds)
            )

    def retranslate(self) -> None:
        """Word the papers again; the campaign names them."""
        super().retranslate()
        for paper in self._papers:
            tick = self.tick(paper.code)
            name = paper.names.get(self.words.lang)
            tick.setText(name if paper.original else self.words("{paper}, copy", paper=name))
            tick.setAccessibleName(tick.text())
            tick.updateGeometry()
        self._count()

    def show_entry(self, entry: Entry) -> None:
        """Show what the file holds."""
        held = {item.item for item in entry.checklist if item.received}
        for paper in self._papers:
            self.tick(paper.code).setChecked(paper.code in held)
        self.show_claims(frozenset(claim.ground for claim in entry.grounds))
        self._count()

    def collected(self, entry: Entry) -> Entry:
        """The file as ticked; a paper ticked now was received today by the officer at the desk."""
        known = {item.item: item for item in entry.checklist}
        for paper in self._papers:
            old = known.get(paper.code)
            on = self.tick(paper.code).isChecked()
            if on and (old is None or not old.received):
                known[paper.code] = ChecklistItem(
                    item=paper.code, received=True, original=paper.original, count=paper.count,
                    received_on=self._today, received_by=self._officer,
                )  # fmt: skip
            elif not on and old is not None and old.received:
                known[paper.code] = replace(old, received=False, received_on=None, received_by="")
        return replace(entry, checklist=tuple(known.values()))


def _bare(section: FormSection, key: str, editor: QWidget) -> FormField:
    """A field that is its editor alone: the tick stands in the flow, the field only keeps its state."""
    field = FormField(section.theme, key, editor, section)
    field.hide()
    return field
