"""The section of the entry form about consent, and the guardian of somebody under age."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtWidgets import QCheckBox

from grants_app.domain import phones
from grants_app.domain.application import OF_AGE, Consent, Guardian, age_on
from grants_app.gui.pages.entry_form_sections import FormSection, FormSetup
from grants_app.gui.widgets.editors import ChoiceEdit, DateEdit, Option, PhoneEdit
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


class ConsentSection(FormSection):
    """Consent to processing, the line on sending data abroad, and the guardian of somebody under age."""

    heading: ClassVar[str] = mark("Consent and guardian")
    labels: ClassVar[Mapping[str, str]] = {
        "consent_on": mark("Signed on"), "guardian": mark("Parent or guardian, full name"),
        "relation": mark("Relationship"), "guardian_phone": mark("Guardian's phone"),
    }  # fmt: skip

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self._version = setup.campaign.setup.consent_version
        self._today = setup.today
        self.under_age = False
        self.put("consent", QCheckBox(), 0, 0, 12).label.hide()
        self.put("cross_border", QCheckBox(), 1, 0, 12).label.hide()
        self.put("consent_on", DateEdit(theme, self._today), 2, 0, 4)
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

    def show_age(self, born: date | None, day: date | None = None) -> None:
        """The guardian's fields stand there for somebody under age that day, and where they are filled in."""
        self.under_age = born is not None and age_on(born, day or self._today) < OF_AGE
        wanted = self.under_age or bool(self.text("guardian"))
        for key in ("guardian", "relation", "guardian_phone", "guardian_signs"):
            self.fields[key].setVisible(wanted)

    def retranslate(self) -> None:
        """Word labels, ticks and the list again."""
        super().retranslate()
        self.tick("consent").setText(self.words("consent to data processing signed"))
        self.tick("cross_border").setText(self.words("data may be transferred to Kazakhstan"))
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
