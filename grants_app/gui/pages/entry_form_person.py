"""The section of the entry form about the person; it judges nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from grants_app.domain import phones
from grants_app.domain.application import Phone, Sex
from grants_app.gui.pages.entry_form_sections import FormSection, FormSetup
from grants_app.gui.pages.entry_lists import OWNERS, REGION_NAMES, SEXES
from grants_app.gui.widgets.editors import ChoiceEdit, DateEdit, Option, PhoneEdit, PinEdit
from grants_app.services.register.known import Known
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QLineEdit

    from grants_app.domain.application import Entry
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.gui.widgets.forms import FormGrid


class PersonSection(FormSection):
    """Who the applicant is."""

    heading: ClassVar[str] = mark("Person")
    labels: ClassVar[Mapping[str, str]] = {
        "pin": mark("PIN"), "born": mark("Birth date"), "sex": mark("Sex"),
        "surname": mark("Surname"), "given": mark("Given name"), "patronymic": mark("Patronymic"),
        "latin": mark("In Latin letters, as in the passport"), "document": mark("Document"),
        "phone": mark("Phone"), "phone_owner": mark("Phone belongs to"), "email": mark("E-mail"),
        "phone2": mark("Other phone"), "phone2_owner": mark("Phone belongs to"), "region": mark("Region"),
        "district": mark("District or town"), "address": mark("Address"), "citizenship": mark("Citizenship"),
    }  # fmt: skip
    rare: ClassVar[tuple[str, ...]] = ("latin", "email", "address", "phone2")

    def show_rare(self, everything: bool) -> None:  # noqa: FBT001 - as the base
        """Whose the other phone is goes with the phone."""
        super().show_rare(everything)
        self.fields["phone2_owner"].setVisible(everything or bool(self.text("phone2")))

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self.pin_edit = PinEdit(theme)
        self.born_edit = DateEdit(theme, setup.today)
        self.put("pin", self.pin_edit, 0, 0, 5)
        self.put("born", self.born_edit, 0, 5, 4)
        self.put("sex", ChoiceEdit(theme), 0, 9, 3)
        self.texts(("surname", 1, 0, 4), ("given", 1, 4, 4), ("patronymic", 1, 8, 4))
        self.texts(("document", 2, 0, 4))
        self.put("phone", PhoneEdit(theme), 2, 4, 4)
        self.put("phone_owner", ChoiceEdit(theme), 2, 8, 4)
        self.put("region", ChoiceEdit(theme), 3, 0, 5)
        self.suggests(("district", 3, 5, 4))
        self.texts(("citizenship", 3, 9, 3))
        self.suggests(("latin", 4, 0, 7))
        self.texts(("email", 4, 7, 5), ("address", 5, 0, 12))
        self.put("phone2", PhoneEdit(theme), 6, 0, 4)
        self.put("phone2_owner", ChoiceEdit(theme), 6, 4, 4)
        self._known = Known()
        self.choice("region").chosen.connect(self._on_region_chosen)
        for key in ("surname", "given"):
            cast("QLineEdit", self.fields[key].editor).textChanged.connect(self._on_name_changed)

    def show_known(self, known: Known) -> None:
        """Offer the districts known."""
        self._known = known
        self._on_region_chosen()
        self._on_name_changed()

    def _on_region_chosen(self) -> None:
        self.offer("district", self._known.districts, self.choice("region").code)

    def _on_name_changed(self) -> None:
        """Suggest the name in Latin letters: seen while the field is empty, taken from its list."""
        names = self._known.latin_names(self.text("surname"), self.text("given"))
        self.choice("latin").set_options([Option(name, name) for name in names])
        shown = self.words("Suggested: {name}", name=names[0]) if names else ""
        self.choice("latin").setPlaceholderText(shown)

    def retranslate(self) -> None:
        """Word labels and lists again."""
        super().retranslate()
        self.choice("sex").set_options(self.worded(SEXES))
        self.choice("region").set_options(self.worded(REGION_NAMES))
        for key in ("phone_owner", "phone2_owner"):
            self.choice(key).set_options(self.worded(OWNERS))
        cast("QLineEdit", self.fields["patronymic"].editor).setPlaceholderText(self.words("none"))
        self._on_region_chosen()
        self._on_name_changed()

    def show_entry(self, entry: Entry) -> None:
        """Show the person."""
        person = entry.person
        self.pin_edit.set_digits(person.pin)
        self.born_edit.set_date(person.born)
        self.choice("sex").set_code(person.sex)
        for key, text in (
            ("surname", person.surname), ("given", person.given), ("patronymic", person.patronymic),
            ("latin", person.latin), ("document", person.document_no), ("email", person.email),
            ("district", person.district), ("address", person.address), ("citizenship", person.citizenship),
        ):  # fmt: skip
            self.set_text(key, text)
        self.choice("region").set_code(person.region)
        self._on_region_chosen()
        for place, key in enumerate(("phone", "phone2")):
            phone = person.phones[place] if place < len(person.phones) else Phone("")
            self.set_text(key, phones.shown(phone.number))
            self.choice(f"{key}_owner").set_code(phone.owner if phone.owner in OWNERS else "other")

    def collected(self, entry: Entry) -> Entry:
        """The person as typed; phones past the second stay as they were."""
        numbers = []
        for key in ("phone", "phone2"):
            typed = self.text(key)
            if typed:
                number = phones.to_e164(typed) or typed
                numbers.append(Phone(number, self.choice(f"{key}_owner").code or "own"))
        person = replace(
            entry.person,
            pin=self.pin_edit.digits,
            born=self.born_edit.date,
            sex=cast("Sex", self.choice("sex").code),
            surname=self.text("surname"),
            given=self.text("given"),
            patronymic=self.text("patronymic"),
            latin=self.text("latin"),
            document_no=self.text("document"),
            email=self.text("email"),
            region=self.choice("region").code,
            district=self.text("district"),
            address=self.text("address"),
            citizenship=self.text("citizenship"),
            phones=(*numbers, *entry.person.phones[2:]),
        )
        return replace(entry, person=person)
