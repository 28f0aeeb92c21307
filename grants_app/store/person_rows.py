"""People as rows and back, and finding the ones that are already known; it merges nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import and_, bindparam, literal, or_, select, union, union_all

from grants_app.domain.application import Guardian, PersonFacts, Phone, Sex
from grants_app.domain.collation import folded
from grants_app.domain.errors import Refused
from grants_app.domain.runs import KnownPerson
from grants_app.store.application_tables import application, guardian, person, person_identifier, phone
from grants_app.store.moments import date_of, date_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import CompoundSelect, Select
    from sqlalchemy.engine import Connection, Row

PERSON_COLUMNS = tuple(column.label(f"p_{column.name}") for column in person.c)
# Made once: building a statement costs more than running it.
_PERSON = select(*PERSON_COLUMNS).where(person.c.id == bindparam("this"))
_PHONES = select(phone).order_by(phone.c.person, phone.c.place)
_GUARDIANS = select(guardian)
_PHONES_OF_ONE = _PHONES.where(phone.c.person == bindparam("this"))
_GUARDIAN_OF_ONE = _GUARDIANS.where(guardian.c.person == bindparam("this"))


def person_values(facts: PersonFacts) -> dict[str, Any]:
    """The person's own row."""
    return {
        "surname": facts.surname,
        "given": facts.given,
        "patronymic": facts.patronymic,
        "latin": facts.latin,
        "sex": facts.sex,
        "born": date_text(facts.born),
        "pin": facts.pin,
        "citizenship": facts.citizenship,
        "document_kind": facts.document_kind,
        "document_no": facts.document_no,
        "region": facts.region,
        "district": facts.district,
        "address": facts.address,
        "email": facts.email,
        "name_key": name_key(facts.surname, facts.given),
    }


def name_key(surname: str, given: str) -> str:
    """What two spellings of one name have in common."""
    return folded(f"{surname} {given}")


def phone_rows(person_id: int, facts: PersonFacts) -> list[dict[str, Any]]:
    """The person's telephones."""
    return [
        {"person": person_id, "place": place, "number": one.number, "owner": one.owner}
        for place, one in enumerate(facts.phones)
    ]


def guardian_rows(person_id: int, facts: PersonFacts) -> list[dict[str, Any]]:
    """The person's guardian, if any."""
    adult = facts.guardian
    if adult is None:
        return []
    return [
        {
            "person": person_id,
            "full_name": adult.full_name,
            "relation": adult.relation,
            "phone": adult.phone,
            "signs_consent": adult.signs_consent,
        }
    ]


def person_of(row: Row[Any], phones: Sequence[Phone], adult: Guardian | None) -> PersonFacts:
    """The person out of a row that has `PERSON_COLUMNS`."""
    return PersonFacts(
        surname=row.p_surname,
        given=row.p_given,
        patronymic=row.p_patronymic,
        latin=row.p_latin,
        sex=cast("Sex", row.p_sex),
        born=date_of(row.p_born),
        pin=row.p_pin,
        citizenship=row.p_citizenship,
        document_kind=row.p_document_kind,
        document_no=row.p_document_no,
        region=row.p_region,
        district=row.p_district,
        address=row.p_address,
        email=row.p_email,
        phones=tuple(phones),
        guardian=adult,
    )


def contacts(
    connection: Connection,
    people: Any,  # noqa: ANN401 - a list of ids or a subquery of them
) -> tuple[Mapping[int, list[Phone]], Mapping[int, Guardian]]:
    """Telephones and guardians of the people, by person."""
    of_them = [phone.c.person.in_(people), guardian.c.person.in_(people)]
    return _contacts(connection, _PHONES.where(of_them[0]), _GUARDIANS.where(of_them[1]), {})


def contacts_of_one(
    connection: Connection, person_id: int
) -> tuple[Mapping[int, list[Phone]], Mapping[int, Guardian]]:
    """As `contacts`, for one person, with statements made once."""
    return _contacts(connection, _PHONES_OF_ONE, _GUARDIAN_OF_ONE, {"this": person_id})


def _contacts(
    connection: Connection, phones_of: Select[Any], guardians_of: Select[Any], given: dict[str, int]
) -> tuple[Mapping[int, list[Phone]], Mapping[int, Guardian]]:
    phones: dict[int, list[Phone]] = {}
    for who, _, number, owner in connection.execute(phones_of, given):
        phones.setdefault(who, []).append(Phone(number, owner))
    adults = {
        row.person: Guardian(
            full_name=row.full_name, relation=row.relation, phone=row.phone, signs_consent=row.signs_consent
        )
        for row in connection.execute(guardians_of, given)
    }
    return phones, adults


def load_people(connection: Connection, ids: Iterable[int]) -> Mapping[int, PersonFacts]:
    """The people by id."""
    wanted = list(ids)
    phones, adults = contacts(connection, wanted)
    rows = connection.execute(select(*PERSON_COLUMNS).where(person.c.id.in_(wanted)))
    return {row.p_id: person_of(row, phones.get(row.p_id, ()), adults.get(row.p_id)) for row in rows}


def all_people(connection: Connection) -> Mapping[int, PersonFacts]:
    """Everybody the database knows, by id."""
    phones, adults = _contacts(connection, _PHONES, _GUARDIANS, {})
    rows = connection.execute(select(*PERSON_COLUMNS))
    return {row.p_id: person_of(row, phones.get(row.p_id, ()), adults.get(row.p_id)) for row in rows}


def load_person(connection: Connection, person_id: int) -> PersonFacts:
    """The person; Refused (not_found) when there is none."""
    row = connection.execute(_PERSON, {"this": person_id}).one_or_none()
    if row is None:
        raise Refused("not_found", kind="person", key=person_id)
    phones, adults = contacts_of_one(connection, person_id)
    return person_of(row, phones.get(person_id, ()), adults.get(person_id))


def ids_by_pin(connection: Connection, pin: str) -> list[int]:
    """People who carry the PIN now, then those who once did; nobody for an empty one."""
    return _ids_by(connection, "pin", pin) if pin else []


def ids_by_document(connection: Connection, number: str, born: date | None) -> list[int]:
    """People who carry the document, now or once; with `born` only those of that birth date or none."""
    found = _ids_by(connection, "document_no", number) if number else []
    if born is None or not found:
        return found
    query = select(person.c.id).where(
        person.c.id.in_(found), or_(person.c.born == born.isoformat(), person.c.born.is_(None))
    )
    fitting = set(connection.execute(query).scalars())
    return [person_id for person_id in found if person_id in fitting]


def _carriers(kind: str) -> CompoundSelect[int, int]:
    """Who carries the value now, then who once did."""
    now = select(literal(0).label("once"), person.c.id.label("who")).where(
        person.c[kind] == bindparam("value")
    )
    once = select(literal(1), person_identifier.c.person).where(
        person_identifier.c.kind == kind, person_identifier.c.value == bindparam("value")
    )
    return union_all(now, once).order_by("once", "who")


_CARRIERS = {kind: _carriers(kind) for kind in ("pin", "document_no")}


def _ids_by(connection: Connection, kind: str, value: str) -> list[int]:
    rows = connection.execute(_CARRIERS[kind], {"value": value})
    return list(dict.fromkeys(row.who for row in rows))


def ids_by_name(connection: Connection, surname: str, given: str, born: date | None) -> list[int]:
    """People whose name is spelled alike once folded; with `born` only those of that birth date or none."""
    query = select(person.c.id).where(person.c.name_key == name_key(surname, given)).order_by(person.c.id)
    if born is not None:
        query = query.where(or_(person.c.born == born.isoformat(), person.c.born.is_(None)))
    return list(connection.execute(query).scalars())


def ids_like(connection: Connection, facts: PersonFacts, limit: int = 20) -> list[int]:
    """People worth comparing with: same PIN, document or name, or same birth date and half the name."""
    found = ids_by_pin(connection, facts.pin) + ids_by_document(connection, facts.document_no, None)
    alike = select(person.c.id).where(person.c.name_key == name_key(facts.surname, facts.given))
    if facts.born is not None and (facts.surname or facts.given):
        half = []
        if facts.surname:
            half.append(person.c.name_key.startswith(folded(facts.surname) + " ", autoescape=True))
        if facts.given:
            half.append(person.c.name_key.endswith(" " + folded(facts.given), autoescape=True))
        born_then = select(person.c.id).where(and_(person.c.born == facts.born.isoformat(), or_(*half)))
        found += connection.execute(union(alike, born_then).limit(limit)).scalars()
    else:
        found += connection.execute(alike.limit(limit)).scalars()
    return list(dict.fromkeys(found))[:limit]


def known_people(connection: Connection, campaign_id: int, ids: Sequence[int]) -> list[KnownPerson]:
    """The people, in the order given, with their application of the campaign."""
    people = load_people(connection, ids)
    query = select(application.c.person, application.c.id, application.c.no).where(
        application.c.campaign == campaign_id, application.c.person.in_(ids)
    )
    applications = {row.person: row for row in connection.execute(query)}
    return [
        KnownPerson(
            person_id=person_id,
            person=people[person_id],
            application_id=applications[person_id].id if person_id in applications else None,
            application_no=applications[person_id].no if person_id in applications else "",
        )
        for person_id in ids
    ]
