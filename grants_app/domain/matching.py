"""Whether two records mean the same human being, and where two entries differ; it decides nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grants_app.domain.application import Entry, PersonFacts
from grants_app.domain.values import Finding

Likeness = Literal["same", "maybe", "different"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How alike two persons are: `score` 0–100 and every reason for and against, as codes with facts."""

    verdict: Likeness
    score: int
    reasons: tuple[Finding, ...]


def evidence(a: PersonFacts, b: PersonFacts) -> Evidence:
    """What speaks for and against one person; "same" needs the PIN, or the document with the birth date."""
    raise NotImplementedError


def same_person(a: PersonFacts, b: PersonFacts) -> Likeness:
    """The verdict of `evidence` alone; never "same" on a name."""
    return evidence(a, b).verdict


def differences(a: Entry, b: Entry) -> tuple[tuple[str, str, str], ...]:
    """(field, text in a, text in b) for `choices`, `grounds`, `score:math`, `person:born`, `school:kind`, …"""
    raise NotImplementedError


def with_value(entry: Entry, field: str, text: str) -> Entry:
    """The entry with one field set from its text form; the inverse of what `differences` gives."""
    raise NotImplementedError


def decisive(difference: tuple[str, str, str]) -> bool:
    """Whether an officer must decide it: choices, grounds, a score both recorded, birth date, sex, PIN."""
    raise NotImplementedError
