"""Who a person being typed in may be: what the PIN says, who carries it, whom the rest resembles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants_app.domain.application import PersonFacts
from grants_app.domain.matching import Evidence, evidence
from grants_app.domain.pin import PinFacts, pin_facts, tidy_pin

if TYPE_CHECKING:
    from grants_app.domain.runs import KnownPerson
    from grants_app.services.access import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person already known who may be the one at the desk, with the evidence."""

    person_id: int
    person: PersonFacts
    application_id: int | None
    application_no: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PinHint:
    """What a PIN says by itself, and who of the known people carries it."""

    pin: PinFacts
    candidates: tuple[Candidate, ...]


def from_pin(office: Office, pin_text: str) -> PinHint:
    """Birth date and sex out of a PIN, and the people who carry it here or in earlier campaigns."""
    pin = tidy_pin(pin_text)
    says = pin_facts(pin)
    probe = PersonFacts(surname="", given="", pin=pin, sex=says.sex, born=says.born)
    with office.store.reading() as reading:
        known = reading.people_with_pin(office.campaign_id, pin)
    return PinHint(says, tuple(_candidate(probe, one) for one in known))


def similar(office: Office, person: PersonFacts, *, but: int | None = None) -> tuple[Candidate, ...]:
    """People who may be this one by name, birth date, document or phone, the likeliest first.

    `but` leaves out the application at hand. A PIN already found them by `from_pin`.
    """
    with office.store.reading() as reading:
        known = reading.people_like(office.campaign_id, person)
    found = [_candidate(person, one) for one in known if one.application_id != but or but is None]
    found = [one for one in found if one.evidence.verdict != "different"]
    return tuple(sorted(found, key=lambda one: -one.evidence.score))


def _candidate(probe: PersonFacts, known: KnownPerson) -> Candidate:
    return Candidate(
        person_id=known.person_id,
        person=known.person,
        application_id=known.application_id,
        application_no=known.application_no,
        evidence=evidence(probe, known.person),
    )
