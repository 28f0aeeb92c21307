"""A person, and the application they hand in to one campaign; it does not know how either is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Sex = Literal["F", "M", ""]

MAX_CHOICES = 4  # product.md: a choice is one of up to four, in the applicant's own order
OF_AGE = 18  # Kyrgyz Family Code: until then a parent or guardian signs too


class State(StrEnum):
    """Where an application stands by the office's own acts; ranking results live in runs, not here."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"
    ANNULLED = "annulled"


GONE = frozenset((State.WITHDRAWN, State.ANNULLED))
"""Applications nobody works on any more: no queue, share or mark counts them."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in E.164 with whose it is: "own", or a relation such as "mother"."""

    number: str
    owner: str = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    """The adult who answers for an applicant under age."""

    full_name: str
    relation: str
    phone: str = ""
    signs_consent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What identifies a human being, apart from any application.

    `pin` is text of 14 digits or empty; `sex` is F, M or "" (unknown); `region` an ISO 3166-2 code;
    `district` a SOATE code or the words the paper had. Names are NFC, trimmed, as the passport has them.
    """

    surname: str
    given: str
    patronymic: str = ""
    latin: str = ""
    sex: Sex = ""
    born: date | None = None
    pin: str = ""
    citizenship: str = "KG"
    document_kind: str = ""
    document_no: str = ""
    region: str = ""
    district: str = ""
    address: str = ""
    email: str = ""
    phones: tuple[Phone, ...] = ()
    guardian: Guardian | None = None

    @property
    def full_name(self) -> str:
        """Surname, given name and patronymic as papers print them, in the nominative."""
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


def age_on(born: date, day: date) -> int:
    """How many birthdays somebody has had by the end of a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """Where the applicant finished; `kind` is the category by place: bishkek, town, rural, mountain."""

    name: str = ""
    kind: str = ""
    type: str = ""
    language: str = ""
    region: str = ""
    district: str = ""
    graduated: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One result by a criterion's code (`ort_main`, `math`, `average`, …) with where it was read.

    Absent is not zero: a criterion without a `Score` was not given. `verified_by` is the second pair
    of eyes that retyped the value, empty until then.
    """

    criterion: str
    value: Decimal
    source: str = ""
    entered_by: str = ""
    verified_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundClaim:
    """A preference ground the applicant claims, its paper, and whether the office saw that paper."""

    ground: str
    paper: str = ""
    seen: bool = False
    seen_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One paper of the file: `item` is a code of the campaign's list of required papers."""

    item: str
    received: bool = False
    original: bool = False
    count: int = 1
    received_on: date | None = None
    valid_until: date | None = None
    received_by: str = ""
    returned_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Consent to processing: the version of its text, and the separate line on sending data abroad."""

    version: str
    given_on: date | None = None
    cross_border: bool = False
    signed_by_guardian: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedWarning:
    """A doubtful value an officer accepted, with the reason; (code, field) says which doubt."""

    code: str
    field: str
    reason: str
    accepted_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One application as it is typed in or imported: the person and what they ask for.

    `choices` are pool ids, best liked first. `received_at` is when the office took the paper in (typed,
    time-zone aware); lateness is judged on it, never on when it was entered.
    """

    person: PersonFacts
    branch: str = ""
    register_no: str = ""
    received_at: datetime | None = None
    received_by: str = ""
    paper_language: str = "ky"
    school: School = School()
    scores: tuple[Score, ...] = ()
    choices: tuple[str, ...] = ()
    grounds: tuple[GroundClaim, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    consent: Consent | None = None
    asks_upgrade: bool = True
    late_basis: str = ""
    note: str = ""
    accepted: tuple[AcceptedWarning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one office recorded for a field the offices disagree on, in the field's stored text form."""

    branch: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field (`choices`, `grounds`, `score:math`, `person:born`, …) two offices recorded differently.

    Open until an officer decides: then `decided` holds the value kept, with the paper it was checked
    against and the reason. An application with an open conflict stays out of every run.
    """

    field: str
    versions: tuple[Version, ...]
    decided: str | None = None
    paper: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.decided is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A person's application in one campaign as the store keeps it; `no` is its number ("B-0017").

    `version` counts saves; a form gives back the version it showed, and a stale one is refused.
    """

    id: int
    campaign: int
    person_id: int
    no: str
    state: State
    entry: Entry
    conflicts: tuple[Conflict, ...] = ()
    entered_at: datetime
    entered_by: str
    late: bool = False
    version: int = 1

    @property
    def in_conflict(self) -> bool:
        """Whether a difference between the offices still waits for a decision."""
        return any(conflict.open for conflict in self.conflicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """What lists show of an application and is worked out of it: total, marks, second look, where it stands.

    `verified` is 0 without decisive numbers, 1 while some were typed once only, 2 when all were typed twice.
    """

    score: Decimal | None
    flags: tuple[str, ...]
    verified: int
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationLine:
    """One row of the applicants' list, ready to show; `score` is the first choice's total or None."""

    id: int
    no: str
    surname: str
    given: str
    patronymic: str
    pin: str
    phone: str
    branch: str
    first_choice: str
    score: Decimal | None
    state: State
    flags: tuple[str, ...]
    verified: int
    received_at: datetime | None
    born: date | None
    version: int
