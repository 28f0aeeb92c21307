"""The one table of an application's fields: what each is, what it is called, and which lists must hold it.

Every list of fields elsewhere (what is typed, tidied, compared between branches, frozen, worded in the
journal) is taken from here or held against it by a test, so that a new field cannot be forgotten in one of
them. It holds no values and judges none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "name", "code", "date", "moment", "year", "number", "flag", "identifier", "phones", "list"
]
Section = Literal[
    "person", "guardian", "school", "results", "choices", "grounds", "papers", "consent", "reception"
]


def _mark(sentence: str) -> str:
    """A label for the catalogue to find; whoever shows it words it."""
    return sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of an entry by its dotted key, as the journal writes it: `person.surname`, `choices`.

    `typed` is its key in the entry form and `imported` the field of `headings.toml` its column is known by,
    empty where it is not typed or not read from lists. `tidied`: spaces and look-alike letters are put right.
    `compared`: two branches' records are held against each other; `contested`: a difference is a conflict
    an officer decides. `decisive`: it decides places, so the freeze keeps it as it was. `exported` is its
    column in the list of applications.
    """

    key: str
    kind: Kind
    label: str
    section: Section
    typed: str = ""
    imported: str = ""
    tidied: bool = False
    compared: bool = False
    contested: bool = False
    decisive: bool = False
    exported: str = ""

    @property
    def word(self) -> str:
        """The last part of the key: the journal words it as `field_<word>`."""
        return self.key.rpartition(".")[2]

    @property
    def owner(self) -> str:
        """The record the field is of: `person`, `school`, `person.guardian`, `consent`, "" for the entry."""
        return self.key.rpartition(".")[0]


FIELDS: tuple[Field, ...] = (
    Field(key="person.surname", kind="name", label=_mark("Surname"), section="person", typed="surname",
          imported="surname", tidied=True, compared=True, exported="surname"),
    Field(key="person.given", kind="name", label=_mark("Given name"), section="person", typed="given",
          imported="given", tidied=True, compared=True, exported="given"),
    Field(key="person.patronymic", kind="name", label=_mark("Patronymic"), section="person",
          typed="patronymic", imported="patronymic", tidied=True, compared=True, exported="patronymic"),
    Field(key="person.latin", kind="text", label=_mark("In Latin letters, as in the passport"),
          section="person", typed="latin", imported="latin", tidied=True),
    Field(key="person.sex", kind="code", label=_mark("Sex"), section="person", typed="sex", imported="sex",
          compared=True, contested=True),
    Field(key="person.born", kind="date", label=_mark("Birth date"), section="person", typed="born",
          imported="born", compared=True, contested=True, exported="born"),
    Field(key="person.pin", kind="identifier", label=_mark("PIN"), section="person", typed="pin",
          imported="pin", tidied=True, compared=True, contested=True, exported="pin"),
    Field(key="person.citizenship", kind="code", label=_mark("Citizenship"), section="person",
          typed="citizenship"),
    Field(key="person.document_kind", kind="code", label=_mark("Document"), section="person",
          imported="document"),
    Field(key="person.document_no", kind="identifier", label=_mark("Document"), section="person",
          typed="document", imported="document", tidied=True, compared=True),
    Field(key="person.region", kind="code", label=_mark("Region"), section="person", typed="region",
          imported="region", compared=True),
    Field(key="person.district", kind="text", label=_mark("District or town"), section="person",
          typed="district", imported="district", tidied=True, compared=True),
    Field(key="person.address", kind="text", label=_mark("Address"), section="person", typed="address",
          imported="address", tidied=True),
    Field(key="person.email", kind="text", label=_mark("E-mail"), section="person", typed="email",
          imported="email", tidied=True),
    Field(key="person.phones", kind="phones", label=_mark("Phone"), section="person", typed="phone",
          imported="phone", tidied=True, exported="phone"),
    Field(key="person.guardian.full_name", kind="text", label=_mark("Parent or guardian, full name"),
          section="guardian", typed="guardian"),
    Field(key="person.guardian.relation", kind="code", label=_mark("Relationship"), section="guardian",
          typed="relation"),
    Field(key="person.guardian.phone", kind="phones", label=_mark("Guardian's phone"), section="guardian",
          typed="guardian_phone"),
    Field(key="person.guardian.signs_consent", kind="flag", label=_mark("signs the consent"),
          section="guardian", typed="guardian_signs"),
    Field(key="school.name", kind="text", label=_mark("School"), section="school", typed="school",
          imported="school", tidied=True, compared=True),
    Field(key="school.kind", kind="code", label=_mark("Type by location"), section="school",
          typed="school_kind", compared=True, contested=True),
    Field(key="school.type", kind="code", label=_mark("Type of school"), section="school",
          typed="school_type"),
    Field(key="school.language", kind="code", label=_mark("Taught in"), section="school", typed="teaching"),
    Field(key="school.region", kind="code", label=_mark("Region of the school"), section="school",
          typed="school_region", imported="region"),
    Field(key="school.district", kind="text", label=_mark("District of the school"), section="school",
          typed="school_district", imported="district", tidied=True),
    Field(key="school.graduated", kind="year", label=_mark("Graduated in"), section="school",
          typed="graduated", imported="graduated", compared=True),
    Field(key="scores", kind="list", label=_mark("Results"), section="results", typed="ort_main",
          imported="ort_main", compared=True, contested=True, decisive=True, exported="score"),
    Field(key="choices", kind="list", label=_mark("Choices"), section="choices", typed="choice1",
          imported="choice1", compared=True, contested=True, decisive=True, exported="first_choice"),
    Field(key="grounds", kind="list", label=_mark("Priority categories"), section="grounds", typed="ground:",
          imported="grounds", compared=True, contested=True, decisive=True),
    Field(key="checklist", kind="list", label=_mark("Documents"), section="papers", typed="paper:"),
    Field(key="consent.version", kind="code", label=_mark("Consent"), section="consent", typed="consent"),
    Field(key="consent.given_on", kind="date", label=_mark("Signed on"), section="consent",
          typed="consent_on"),
    Field(key="consent.cross_border", kind="flag", label=_mark("data may be transferred to Kazakhstan"),
          section="consent", typed="cross_border"),
    Field(key="consent.signed_by_guardian", kind="flag", label=_mark("signs the consent"),
          section="consent", typed="guardian_signs"),
    Field(key="branch", kind="code", label=_mark("Received by the branch"), section="reception",
          typed="branch"),
    Field(key="register_no", kind="text", label=_mark("Register no."), section="reception",
          typed="register_no", imported="register_no"),
    Field(key="received_at", kind="moment", label=_mark("Received at"), section="reception",
          typed="received_at", decisive=True, exported="received"),
    Field(key="received_by", kind="text", label=_mark("Received by"), section="reception"),
    Field(key="paper_language", kind="code", label=_mark("Language of documents"), section="reception",
          typed="paper_language"),
    Field(key="asks_upgrade", kind="flag", label=_mark("Asks for a better choice later"), section="choices"),
    Field(key="late_basis", kind="text", label=_mark("Legal basis for late acceptance"), section="reception",
          typed="late_basis", decisive=True),
    Field(key="note", kind="text", label=_mark("Note"), section="reception", typed="note", imported="note"),
    Field(key="accepted", kind="list", label=_mark("Accepted warnings"), section="reception"),
)  # fmt: skip

BY_KEY = {field.key: field for field in FIELDS}

DECISIVE = frozenset(field.key for field in FIELDS if field.decisive)
"""What decides places: choices, scores, grounds, and admission, which is judged on the day of receipt too."""

CONTESTED = frozenset(
    f"{field.owner}:{field.word}" if field.owner else field.key for field in FIELDS if field.contested
)
"""What an officer decides where two branches differ, named as `matching.differences` names it."""

NAMES = tuple(field.word for field in FIELDS if field.kind == "name")
_TEXTS = frozenset({"name", "text", "code", "identifier"})


def tidied_texts(owner: str) -> tuple[str, ...]:
    """The free texts of one record whose spaces are put right; names and numbers have rules of their own."""
    return tuple(f.word for f in FIELDS if f.owner == owner and f.kind == "text" and f.tidied)


def compared_texts(owner: str) -> tuple[str, ...]:
    """The texts of one record that are held against each other where two branches recorded them."""
    return tuple(f.word for f in FIELDS if f.owner == owner and f.kind in _TEXTS and f.compared)
