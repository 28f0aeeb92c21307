"""Sections of the entry form about the person, the school, the results, the choices; they judge nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from grants_app.domain import phones
from grants_app.domain.application import MAX_CHOICES, Phone, School, Score, Sex
from grants_app.domain.campaign import Campaign
from grants_app.domain.judging import AVERAGE, plain
from grants_app.domain.places import REGIONS
from grants_app.domain.ruleset import RuleSet
from grants_app.gui.pages.entry_form_widgets import ResultEdit
from grants_app.gui.widgets.editors import ChoiceEdit, DateEdit, Option, PhoneEdit, PinEdit, TextEdit
from grants_app.gui.widgets.forms import FormField, FormGrid
from grants_app.gui.widgets.labels import Label
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from grants_app.domain.application import Entry
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme

COLUMNS = 12

SEXES = {"F": mark("female"), "M": mark("male")}
OWNERS = {
    "own": mark("own"), "mother": mark("mother"), "father": mark("father"),
    "guardian": mark("guardian"), "other": mark("other"),
}  # fmt: skip
REGION_NAMES = dict(
    zip(
        REGIONS,
        (
            mark("Bishkek city"), mark("Osh city"), mark("Batken region"), mark("Chüy region"),
            mark("Jalal-Abad region"), mark("Naryn region"), mark("Osh region"), mark("Talas region"),
            mark("Ysyk-Köl region"),
        ),
        strict=True,
    )
)  # fmt: skip
SCHOOL_KINDS = {
    "bishkek": mark("Bishkek school"), "town": mark("town school"),
    "rural": mark("rural school"), "mountain": mark("high-mountain school"),
}  # fmt: skip
SCHOOL_TYPES = {
    "general": mark("general school"), "gymnasium": mark("gymnasium"), "lyceum": mark("lyceum"),
    "boarding": mark("boarding school"), "private": mark("private school"),
    "vocational": mark("vocational lyceum"), "college": mark("college"), "foreign": mark("foreign school"),
}  # fmt: skip
# A column of four in the narrowest form has no room for the rules' full names.
SHORT_NAMES = {
    "ort_main": mark("ORT main"), "average": mark("Average mark"), "english": mark("English"),
    "kyrgyz": mark("Kyrgyz"), "russian": mark("Russian"),
}  # fmt: skip
TEACHING = {
    "ky": mark("in Kyrgyz"), "ru": mark("in Russian"), "uz": mark("in Uzbek"), "tg": mark("in Tajik"),
    "kk": mark("in Kazakh"), "en": mark("in English"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormSetup:
    """What the form is laid out for: the campaign, the rules in force, the moment, who types."""

    campaign: Campaign
    rules: RuleSet
    now: datetime
    officer: str


class FormSection(QWidget):
    """A bold heading over fields in twelve columns; `labels` gives every field's words."""

    heading: ClassVar[str] = ""
    labels: ClassVar[Mapping[str, str]] = {}
    rare: ClassVar[tuple[str, ...]] = ()

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.words = words
        self.form = form
        self.title_label = Label(theme, "bold", parent=self)
        self.note_label = Label(theme, "small", "muted", parent=self)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(10)
        self.grid.setVerticalSpacing(6)
        for column in range(COLUMNS):
            self.grid.setColumnStretch(column, 1)
        heading: ClassVar[str] = QGridLayout()
        heading.setHorizontalSpacing(8)
        heading.addWidget(self.title_label, 0, 0, Qt.AlignmentFlag.AlignBottom)
        heading.addWidget(self.note_label, 0, 1, Qt.AlignmentFlag.AlignBottom)
        heading.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addLayout(heading)
        layout.addLayout(self.grid)
        self.fields: dict[str, FormField] = {}

    def put(self, key: str, editor: QWidget, row: int, column: int, span: int) -> FormField:
        """A field of the section, in the order Enter goes."""
        field = self.form.adopt(FormField(self.theme, key, editor, self))
        self.fields[key] = field
        self.grid.addWidget(field, row, column, 1, span)
        return field

    def texts(self, *keys_rows: tuple[str, int, int, int]) -> None:
        """Plain text fields: (key, row, column, span) each."""
        for key, row, column, span in keys_rows:
            self.put(key, TextEdit(self.theme), row, column, span)

    def text(self, key: str) -> str:
        """What is typed in a text field."""
        return cast("QLineEdit", self.fields[key].editor).text().strip()

    def choice(self, key: str) -> ChoiceEdit:
        """A list field's editor."""
        return cast("ChoiceEdit", self.fields[key].editor)

    def set_text(self, key: str, text: str) -> None:
        """Show a text in a field, from its beginning."""
        editor = cast("QLineEdit", self.fields[key].editor)
        editor.setText(text)
        editor.setCursorPosition(0)

    def worded(self, names: Mapping[str, str]) -> list[Option]:
        """Options of a list whose words are sentences of the catalogue."""
        return [Option(code, self.words(name)) for code, name in names.items()]

    def set_up(self, setup: FormSetup) -> None:
        """Take what the campaign and its rules offer."""

    def show_entry(self, entry: Entry) -> None:
        """Show the section's part of an entry."""

    def collected(self, entry: Entry) -> Entry:
        """The entry with the section's part as typed."""
        return entry

    def show_rare(self, everything: bool) -> None:  # noqa: FBT001 - a plain setter
        """While one types every field stands there; while one looks, the rare ones only where filled in."""
        for key in self.rare:
            editor = cast("QLineEdit", self.fields[key].editor)
            self.fields[key].setVisible(everything or bool(editor.text().strip()))

    def retranslate(self) -> None:
        """Word heading and labels again."""
        self.title_label.setText(self.words(self.heading))
        for key, label in self.labels.items():
            self.fields[key].set_label(self.words(label))


class PersonSection(FormSection):
    """Who the applicant is."""

    heading: ClassVar[str] = mark("Person")
    labels: ClassVar[Mapping[str, str]] = {
        "pin": mark("PIN"), "born": mark("Birth date"), "sex": mark("Sex"),
        "surname": mark("Surname"), "given": mark("Given name"), "patronymic": mark("Patronymic"),
        "latin": mark("In Latin letters, as in the passport"), "document": mark("Document"),
        "phone": mark("Phone"), "phone_owner": mark("Whose phone"), "email": mark("E-mail"),
        "phone2": mark("Other phone"), "phone2_owner": mark("Whose phone"), "region": mark("Region"),
        "district": mark("District or town"), "address": mark("Address"), "citizenship": mark("Citizenship"),
    }  # fmt: skip
    rare: ClassVar[tuple[str, ...]] = ("latin", "email", "address", "phone2")

    def show_rare(self, everything: bool) -> None:
        """Whose the other phone is goes with the phone."""
        super().show_rare(everything)
        self.fields["phone2_owner"].setVisible(everything or bool(self.text("phone2")))

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self.pin_edit = PinEdit(theme)
        self.born_edit = DateEdit(theme, setup.now.date())
        self.put("pin", self.pin_edit, 0, 0, 5)
        self.put("born", self.born_edit, 0, 5, 4)
        self.put("sex", ChoiceEdit(theme), 0, 9, 3)
        self.texts(("surname", 1, 0, 4), ("given", 1, 4, 4), ("patronymic", 1, 8, 4))
        self.texts(("document", 2, 0, 4))
        self.put("phone", PhoneEdit(theme), 2, 4, 4)
        self.put("phone_owner", ChoiceEdit(theme), 2, 8, 4)
        self.put("region", ChoiceEdit(theme), 3, 0, 5)
        self.texts(("district", 3, 5, 4), ("citizenship", 3, 9, 3))
        self.texts(("latin", 4, 0, 7), ("email", 4, 7, 5), ("address", 5, 0, 12))
        self.put("phone2", PhoneEdit(theme), 6, 0, 4)
        self.put("phone2_owner", ChoiceEdit(theme), 6, 4, 4)

    def retranslate(self) -> None:
        """Word labels and lists again."""
        super().retranslate()
        self.choice("sex").set_options(self.worded(SEXES))
        self.choice("region").set_options(self.worded(REGION_NAMES))
        for key in ("phone_owner", "phone2_owner"):
            self.choice(key).set_options(self.worded(OWNERS))
        cast("QLineEdit", self.fields["patronymic"].editor).setPlaceholderText(self.words("none"))

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


class SchoolSection(FormSection):
    """Where the applicant finished, and the results, one field for each the rules know."""

    heading: ClassVar[str] = mark("School and results")
    labels: ClassVar[Mapping[str, str]] = {
        "school": mark("School"), "graduated": mark("Finished in"), "school_kind": mark("Kind by place"),
        "school_region": mark("Region of the school"), "school_district": mark("District of the school"),
        "teaching": mark("Taught"), "school_type": mark("Type of school"),
    }  # fmt: skip
    rare: ClassVar[tuple[str, ...]] = ("teaching", "school_type", "graduated")

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self._measures = setup.rules.measures
        self._officer = setup.officer
        beside = [measure.code for measure in self._measures if measure.code == AVERAGE]
        self._results = [measure.code for measure in self._measures if measure.code != AVERAGE]
        self.texts(("school", 0, 0, 8 if beside else 12))
        for code in beside:
            self.put(code, ResultEdit(theme), 0, 8, 4)
        for code in self._results:
            self.put(code, ResultEdit(theme), 1, 0, 3)
        self._place_results(self._results)
        row = 2 + len(self._results) // 4
        self.put("school_kind", ChoiceEdit(theme), row, 0, 4)
        self.put("school_region", ChoiceEdit(theme), row, 4, 4)
        self.texts(("school_district", row, 8, 4))
        self.texts(("graduated", row + 1, 0, 4))
        self.put("teaching", ChoiceEdit(theme), row + 1, 4, 4)
        self.put("school_type", ChoiceEdit(theme), row + 1, 8, 4)
        cast("QLineEdit", self.fields["graduated"].editor).setMaxLength(4)

    def retranslate(self) -> None:
        """Word labels and lists again; the measures are named by the rules."""
        super().retranslate()
        self.choice("school_kind").set_options(self.worded(SCHOOL_KINDS))
        self.choice("school_region").set_options(self.worded(REGION_NAMES))
        self.choice("teaching").set_options(self.worded(TEACHING))
        self.choice("school_type").set_options(self.worded(SCHOOL_TYPES))
        for measure in self._measures:
            short = SHORT_NAMES.get(measure.code)
            self.fields[measure.code].set_label(
                self.words(short) if short else measure.names.get(self.words.lang)
            )
            self.result(measure.code).setPlaceholderText(self.words("not given"))

    def _place_results(self, codes: Sequence[str]) -> None:
        """Four in a row; the others are out of sight."""
        for code in self._results:
            self.grid.removeWidget(self.fields[code])
            self.fields[code].setVisible(code in codes)
        for place, code in enumerate(codes):
            self.grid.addWidget(self.fields[code], 1 + place // 4, place % 4 * 3, 1, 3)

    def show_rare(self, everything: bool) -> None:
        """While one looks, only the results given stand there."""
        super().show_rare(everything)
        given = [code for code in self._results if self.result(code).text().strip()]
        self._place_results(self._results if everything or not given else given)

    def result(self, code: str) -> ResultEdit:
        """The editor of one result."""
        return cast("ResultEdit", self.fields[code].editor)

    def show_entry(self, entry: Entry) -> None:
        """Show school and results."""
        school = entry.school
        self.set_text("school", school.name)
        self.set_text("graduated", str(school.graduated or ""))
        self.set_text("school_district", school.district)
        self.choice("school_kind").set_code(school.kind)
        self.choice("school_region").set_code(school.region)
        self.choice("teaching").set_code(school.language)
        self.choice("school_type").set_code(school.type)
        scores = {score.criterion: score for score in entry.scores}
        for measure in self._measures:
            score = scores.get(measure.code)
            editor = self.result(measure.code)
            editor.setText(self.shown(score.value) if score else "")
            editor.show_verified(bool(score and score.verified_by))

    def shown(self, value: Decimal) -> str:
        """A number as people here write it: with a comma, with a point in English."""
        text = plain(value)
        return text if self.words.lang == "en" else text.replace(".", ",")

    def collected(self, entry: Entry) -> Entry:
        """School and results as typed; a result typed anew loses its second pair of eyes."""
        year = self.text("graduated")
        school = School(
            name=self.text("school"),
            kind=self.choice("school_kind").code,
            type=self.choice("school_type").code,
            language=self.choice("teaching").code,
            region=self.choice("school_region").code,
            district=self.text("school_district"),
            graduated=int(year) if year.isascii() and year.isdigit() else None,
        )
        return replace(entry, school=school, scores=self._scores(entry.scores))

    def _scores(self, before: Sequence[Score]) -> tuple[Score, ...]:
        known = {score.criterion: score for score in before}
        typed: dict[str, Score] = {}
        for measure in self._measures:
            value = self.result(measure.code).value
            if value is None:
                continue
            old = known.get(measure.code)
            same = old is not None and old.value == value
            typed[measure.code] = (
                old if old is not None and same
                else Score(criterion=measure.code, value=value, entered_by=self._officer)
            )  # fmt: skip
        shown = {measure.code for measure in self._measures}
        kept = [typed.pop(code, None) if code in shown else known[code] for code in known]
        return (*(score for score in kept if score is not None), *typed.values())


class ChoicesSection(FormSection):
    """Up to four programmes, best liked first, each with its total when it is known."""

    heading: ClassVar[str] = mark("Choices, best liked first")
    rare: ClassVar[tuple[str, ...]] = tuple(f"choice{place}" for place in range(2, MAX_CHOICES + 1))

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self._setup = setup.campaign.setup
        self.total_labels: list[Label] = []
        self._numbers: list[Label] = []
        self.grid.setVerticalSpacing(4)
        for place in range(MAX_CHOICES):
            number = Label(theme, "body", "muted", str(place + 1), self)
            number.setFixedHeight(28)
            self._numbers.append(number)
            field = self.put(f"choice{place + 1}", ChoiceEdit(theme), place, 1, COLUMNS - 2)
            field.label.hide()
            total = Label(theme, "bold", "muted", parent=self)
            total.setFixedHeight(28)
            total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            total.setMinimumWidth(44)
            self.total_labels.append(total)
            self.grid.addWidget(number, place, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(total, place, COLUMNS - 1, Qt.AlignmentFlag.AlignTop)
        self.grid.setColumnStretch(0, 0)
        self.grid.setColumnStretch(COLUMNS - 1, 0)
        self.grid.setColumnMinimumWidth(0, 14)

    def retranslate(self) -> None:
        """Word the programmes again."""
        super().retranslate()
        lang = self.words.lang
        options = [
            Option(
                pool.id,
                f"{self._setup.programme(pool.programme).names.get(lang)} · "
                f"{self._setup.branch(pool.branch).short.get(lang)}",
            )
            for pool in self._setup.pools
        ]
        options.sort(key=lambda option: option.text)
        for place in range(MAX_CHOICES):
            self.choice(f"choice{place + 1}").set_options(options)
            self.fields[f"choice{place + 1}"].editor.setAccessibleName(
                self.words("Choice {number}", number=place + 1)
            )

    def show_entry(self, entry: Entry) -> None:
        """Show the choices."""
        for place in range(MAX_CHOICES):
            code = entry.choices[place] if place < len(entry.choices) else ""
            self.choice(f"choice{place + 1}").set_code(code)

    def show_rare(self, everything: bool) -> None:
        """The numbers go with their lines."""
        super().show_rare(everything)
        for place, (number, total) in enumerate(zip(self._numbers, self.total_labels, strict=True)):
            shown = place == 0 or everything or bool(self.text(f"choice{place + 1}"))
            number.setVisible(shown)
            total.setVisible(shown)

    def show_totals(self, totals: Sequence[Decimal | None]) -> None:
        """The total each choice would rank with; none where the applicant is not admitted."""
        for place, label in enumerate(self.total_labels):
            total = totals[place] if place < len(totals) else None
            label.setText(
                "" if total is None else plain(total).replace(".", "." if self.words.lang == "en" else ",")
            )

    def collected(self, entry: Entry) -> Entry:
        """The choices as typed, empty lines left out."""
        codes = [self.choice(f"choice{place + 1}").code for place in range(MAX_CHOICES)]
        return replace(entry, choices=tuple(code for code in codes if code))
