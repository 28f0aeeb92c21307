"""Sections of the entry form about grounds, papers, consent with guardian, and how the office took it in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from grants_app.domain import phones
from grants_app.domain.application import ChecklistItem, Consent, GroundClaim, Guardian
from grants_app.gui.pages.entry_form_sections import FormSection, FormSetup
from grants_app.gui.pages.entry_form_widgets import ChipTick, FlowLayout, MomentEdit
from grants_app.gui.widgets.editors import ChoiceEdit, DateEdit, Option, PhoneEdit, TextEdit
from grants_app.gui.widgets.forms import FormField
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from grants_app.domain.application import Entry
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.gui.widgets.forms import FormGrid

RELATIONS = {
    "mother": mark("mother"), "father": mark("father"), "guardian": mark("guardian"), "other": mark("other"),
}  # fmt: skip
LANGUAGES = {
    "ky": mark("in Kyrgyz"), "ru": mark("in Russian"), "kk": mark("in Kazakh"), "en": mark("in English"),
}  # fmt: skip
OF_AGE = 18  # Kyrgyz Family Code: until then a parent or guardian signs too


class GroundsSection(FormSection):
    """A tick for every preference ground; a ticked one asks for its paper and whether it was seen."""

    heading: ClassVar[str] = mark("Preference grounds")

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self._grounds = setup.rules.grounds
        self._officer = setup.officer
        self.grid.setVerticalSpacing(2)
        for row, ground in enumerate(self._grounds):
            tick = QCheckBox()
            self.put(f"ground:{ground.code}", tick, 2 * row, 0, 12).label.hide()
            self.put(f"ground_paper:{ground.code}", TextEdit(theme), 2 * row + 1, 0, 9).label.hide()
            self.put(f"ground_seen:{ground.code}", QCheckBox(), 2 * row + 1, 9, 3).label.hide()
            tick.toggled.connect(self._show_details)
        self._everything = True
        self._show_details()

    def tick(self, key: str) -> QCheckBox:
        """The tick of a key."""
        return cast("QCheckBox", self.fields[key].editor)

    def show_rare(self, everything: bool) -> None:  # noqa: FBT001 - as the base
        """While one looks only the grounds claimed stand there."""
        self._everything = everything
        self._show_details()
        claimed = any(self.tick(f"ground:{ground.code}").isChecked() for ground in self._grounds)
        self.setVisible(everything or claimed)

    def _show_details(self) -> None:
        for ground in self._grounds:
            on = self.tick(f"ground:{ground.code}").isChecked()
            self.fields[f"ground:{ground.code}"].setVisible(on or self._everything)
            for key in ("ground_paper", "ground_seen"):
                self.fields[f"{key}:{ground.code}"].setVisible(on)

    def retranslate(self) -> None:
        """Word the grounds again; the rules name them and their papers."""
        super().retranslate()
        lang = self.words.lang
        for ground in self._grounds:
            self.tick(f"ground:{ground.code}").setText(ground.names.get(lang))
            self.tick(f"ground_seen:{ground.code}").setText(self.words("seen"))
            self.tick(f"ground_seen:{ground.code}").setAccessibleName(self.words("The paper was seen"))
            paper = cast("QLineEdit", self.fields[f"ground_paper:{ground.code}"].editor)
            paper.setPlaceholderText(ground.paper.get(lang))
            paper.setAccessibleName(ground.paper.get(lang))
            paper.setToolTip(ground.paper.get(lang))

    def show_entry(self, entry: Entry) -> None:
        """Show the grounds claimed."""
        claims = {claim.ground: claim for claim in entry.grounds}
        for ground in self._grounds:
            claim = claims.get(ground.code)
            self.tick(f"ground:{ground.code}").setChecked(claim is not None)
            self.set_text(f"ground_paper:{ground.code}", claim.paper if claim else "")
            self.tick(f"ground_seen:{ground.code}").setChecked(bool(claim and claim.seen))

    def collected(self, entry: Entry) -> Entry:
        """The grounds as ticked; grounds the rules do not know stay."""
        known = {claim.ground: claim for claim in entry.grounds}
        shown = {ground.code for ground in self._grounds}
        claims = [claim for claim in entry.grounds if claim.ground not in shown]
        for ground in self._grounds:
            if self.tick(f"ground:{ground.code}").isChecked():
                seen = self.tick(f"ground_seen:{ground.code}").isChecked()
                old = known.get(ground.code, GroundClaim(ground=ground.code))
                by = "" if not seen else old.seen_by or self._officer
                claims.append(
                    replace(old, paper=self.text(f"ground_paper:{ground.code}"), seen=seen, seen_by=by)
                )
        order = {ground: place for place, ground in enumerate(known)}
        claims.sort(key=lambda claim: order.get(claim.ground, len(order)))
        return replace(entry, grounds=tuple(claims))


class PapersSection(FormSection):
    """The papers of the file, each a chip to tick; the heading counts them."""

    heading: ClassVar[str] = mark("Papers")

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


class ConsentSection(FormSection):
    """Consent to processing, the line on sending data abroad, and the guardian of somebody under age."""

    heading: ClassVar[str] = mark("Consent and guardian")
    labels: ClassVar[Mapping[str, str]] = {
        "consent_on": mark("Signed on"), "guardian": mark("Parent or guardian, full name"),
        "relation": mark("Relation"), "guardian_phone": mark("Guardian's phone"),
    }  # fmt: skip

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self._version = setup.campaign.setup.consent_version
        self._today = setup.now.date()
        self.put("consent", QCheckBox(), 0, 0, 12).label.hide()
        self.put("consent_on", DateEdit(theme, self._today), 2, 0, 4)
        self.put("cross_border", QCheckBox(), 1, 0, 12).label.hide()
        self.texts(("guardian", 2, 4, 8))
        self.put("relation", ChoiceEdit(theme), 3, 0, 5)
        self.put("guardian_phone", PhoneEdit(theme), 3, 5, 7)
        self.put("guardian_signs", QCheckBox(), 4, 0, 12).label.hide()
        self.tick("consent").toggled.connect(self._on_consent_toggled)

    def tick(self, key: str) -> QCheckBox:
        """The tick of a key."""
        return cast("QCheckBox", self.fields[key].editor)

    @property
    def signed_on(self) -> DateEdit:
        """The field of the day the consent was signed."""
        return cast("DateEdit", self.fields["consent_on"].editor)

    def _on_consent_toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on and not self.signed_on.text():
            self.signed_on.set_date(self._today)

    def show_age(self, born: date | None) -> None:
        """The guardian's fields stand there for somebody under age, and where they are filled in."""
        under = born is not None and _years(born, self._today) < OF_AGE
        wanted = under or bool(self.text("guardian"))
        for key in ("guardian", "relation", "guardian_phone", "guardian_signs"):
            self.fields[key].setVisible(wanted)

    def retranslate(self) -> None:
        """Word labels, ticks and the list again."""
        super().retranslate()
        self.tick("consent").setText(self.words("consent to processing is signed"))
        self.tick("cross_border").setText(self.words("data may be sent to Kazakhstan"))
        self.tick("guardian_signs").setText(self.words("signs the consent"))
        self.choice("relation").set_options(
            [Option(code, self.words(name)) for code, name in RELATIONS.items()]
        )

    def show_entry(self, entry: Entry) -> None:
        """Show consent and guardian."""
        consent, guardian = entry.consent, entry.person.guardian
        self.tick("consent").setChecked(consent is not None)
        self.tick("cross_border").setChecked(bool(consent and consent.cross_border))
        self.signed_on.set_date(consent.given_on if consent else None)
        self.set_text("guardian", guardian.full_name if guardian else "")
        relation = guardian.relation if guardian else ""
        self.choice("relation").set_code(relation if relation in RELATIONS or not relation else "other")
        self.set_text("guardian_phone", phones.shown(guardian.phone) if guardian else "")
        self.tick("guardian_signs").setChecked(bool(guardian and guardian.signs_consent))
        self.show_age(entry.person.born)

    def collected(self, entry: Entry) -> Entry:
        """Consent and guardian as typed."""
        guardian = None
        if name := self.text("guardian"):
            number = self.text("guardian_phone")
            guardian = Guardian(
                full_name=name,
                relation=self.choice("relation").code or "guardian",
                phone=phones.to_e164(number) or number,
                signs_consent=self.tick("guardian_signs").isChecked(),
            )
        consent = None
        if self.tick("consent").isChecked():
            consent = Consent(
                version=entry.consent.version if entry.consent else self._version,
                given_on=self.signed_on.date,
                cross_border=self.tick("cross_border").isChecked(),
                signed_by_guardian=bool(guardian and guardian.signs_consent),
            )
        return replace(entry, consent=consent, person=replace(entry.person, guardian=guardian))


class ReceptionSection(FormSection):
    """When and where the paper was taken in, by the office's own register; what lateness is judged on."""

    heading: ClassVar[str] = mark("Reception")
    labels: ClassVar[Mapping[str, str]] = {
        "received_at": mark("Received at"), "register_no": mark("Register no."),
        "branch": mark("Received by the branch"), "paper_language": mark("Papers"),
        "late_basis": mark("Basis for taking it late"), "note": mark("Note"),
    }  # fmt: skip
    rare: ClassVar[tuple[str, ...]] = ("note", "register_no")

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self._branches = setup.campaign.setup.branches
        self._close = setup.campaign.setup.deadline("close")
        self.received_edit = MomentEdit(theme)
        self.received_edit.set_clock(setup.now)
        self.put("received_at", self.received_edit, 0, 0, 5)
        self.put("branch", ChoiceEdit(theme), 0, 5, 4)
        self.put("paper_language", ChoiceEdit(theme), 0, 9, 3)
        self.texts(("register_no", 1, 0, 5), ("note", 1, 5, 7), ("late_basis", 2, 0, 12))

    def retranslate(self) -> None:
        """Word labels and lists again."""
        super().retranslate()
        lang = self.words.lang
        self.choice("branch").set_options([Option(b.code, b.short.get(lang)) for b in self._branches])
        self.choice("paper_language").set_options(self.worded(LANGUAGES))

    def show_entry(self, entry: Entry) -> None:
        """Show the reception."""
        self.received_edit.show_moment(entry.received_at)
        self.set_text("register_no", entry.register_no)
        self.choice("branch").set_code(entry.branch)
        self.choice("paper_language").set_code(entry.paper_language)
        self.set_text("late_basis", entry.late_basis)
        self.set_text("note", entry.note)
        self.show_lateness()

    def show_lateness(self) -> None:
        """The basis is asked for only where the paper came after the closing moment."""
        moment = self.received_edit.moment
        late = bool(self._close and moment and moment > self._close.at)
        self.fields["late_basis"].setVisible(late or bool(self.text("late_basis")))

    def collected(self, entry: Entry) -> Entry:
        """The reception as typed; seconds of a moment left as it was stay."""
        moment = self.received_edit.moment
        before = entry.received_at
        if moment and before and moment == before.replace(second=0, microsecond=0):
            moment = before
        return replace(
            entry,
            received_at=moment,
            register_no=self.text("register_no"),
            branch=self.choice("branch").code or entry.branch,
            paper_language=self.choice("paper_language").code or entry.paper_language,
            late_basis=self.text("late_basis"),
            note=self.text("note"),
        )


def _bare(section: FormSection, key: str, editor: QWidget) -> FormField:
    """A field that is its editor alone: the tick stands in the flow, the field only keeps its state."""
    field = FormField(section.theme, key, editor, section)
    field.hide()
    return field


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
