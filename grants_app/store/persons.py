"""People, apart from any application: kept, found again, their old identifiers remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, select, update

from grants_app.domain.journal import utc_text
from grants_app.store.application_tables import application, guardian, person, person_identifier, phone
from grants_app.store.lines import person_line
from grants_app.store.people.words import keep_words
from grants_app.store.person_rows import (
    guardian_rows,
    ids_by_document,
    ids_by_name,
    ids_by_pin,
    load_person,
    person_values,
    phone_rows,
)
from grants_app.store.rows import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Table

    from grants_app.domain.application import PersonFacts
    from grants_app.store.transaction import Transaction

_CHANGE = update(person).where(person.c.id == bindparam("this")).values(version=person.c.version + 1)
_LOCK = select(person.c.id).where(person.c.id == bindparam("this")).with_for_update()
_NUMBERS = select(application.c.id, application.c.no).where(application.c.person == bindparam("this"))
_CHANGE_LINE = update(application).where(application.c.id == bindparam("this"))


class PersonRepository:
    """People by id."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def add(self, facts: PersonFacts) -> int:
        """Keep a new person and answer the id."""
        return self.add_many([facts])[0]

    def add_many(self, people: Sequence[PersonFacts]) -> list[int]:
        """Keep new people and answer their ids in the order given."""
        if not people:
            return []
        ids = insert_all(self._transaction, person, [person_values(facts) for facts in people])
        phones = [row for who, facts in zip(ids, people, strict=True) for row in phone_rows(who, facts)]
        adults = [row for who, facts in zip(ids, people, strict=True) for row in guardian_rows(who, facts)]
        if phones:
            self._connection.execute(phone.insert(), phones)
        if adults:
            self._connection.execute(guardian.insert(), adults)
        keep_words(self._connection, people)
        return ids

    def get(self, person_id: int) -> PersonFacts:
        """The person; Refused (not_found) when there is none."""
        return load_person(self._connection, person_id)

    def put(self, person_id: int, facts: PersonFacts) -> None:
        """Correct a person; a PIN or document that changes is remembered, lists show the new name at once."""
        before = self._locked(person_id)
        if before == facts:
            return
        self._connection.execute(_CHANGE, {"this": person_id, **person_values(facts)})
        if before.phones != facts.phones:
            self._connection.execute(delete(phone).where(phone.c.person == person_id))
            if rows := phone_rows(person_id, facts):
                self._connection.execute(phone.insert(), rows)
        if before.guardian != facts.guardian:
            self._connection.execute(delete(guardian).where(guardian.c.person == person_id))
            if rows := guardian_rows(person_id, facts):
                self._connection.execute(guardian.insert(), rows)
        if (before.full_name, before.latin) != (facts.full_name, facts.latin):
            keep_words(self._connection, [facts])
        self._remember(person_id, before, facts)
        self._transaction.touched.person(person_id, before, facts)
        self._refresh_lines(person_id, facts)
        self._transaction.people[person_id] = facts

    def _locked(self, person_id: int) -> PersonFacts:
        if self._transaction.rows_need_locks:
            self._connection.execute(_LOCK, {"this": person_id})
        elif (known := self._transaction.people.get(person_id)) is not None:
            return known
        return load_person(self._connection, person_id)

    def _remember(self, person_id: int, before: PersonFacts, after: PersonFacts) -> None:
        until = utc_text(self._transaction.now())
        gone = [
            {"person": person_id, "kind": kind, "value": old, "until": until}
            for kind, old, new in (
                ("pin", before.pin, after.pin),
                ("document_no", before.document_no, after.document_no),
            )
            if old and old != new
        ]
        if gone:
            self._connection.execute(person_identifier.insert(), gone)

    def _refresh_lines(self, person_id: int, facts: PersonFacts) -> None:
        for row in self._connection.execute(_NUMBERS, {"this": person_id}).all():
            line = person_line(facts, row.no)
            self._connection.execute(_CHANGE_LINE, {"this": row.id, **line})

    def by_pin(self, pin: str) -> list[int]:
        """Ids of those who carry the PIN, then of those who once did."""
        return ids_by_pin(self._connection, pin)

    def by_document(self, number: str, born: date | None) -> list[int]:
        """Ids of those who carry the document's number, now or once."""
        return ids_by_document(self._connection, number, born)

    def by_name(self, surname: str, given: str, born: date | None) -> list[int]:
        """Ids of those whose name is spelled alike."""
        return ids_by_name(self._connection, surname, given, born)


def insert_all(transaction: Transaction, table: Table, rows: list[dict[str, Any]]) -> list[int]:
    """Write the rows and answer their new ids in the order given."""
    if len(rows) == 1:
        return [new_id(transaction.connection.execute(table.insert(), rows[0]))]
    ids = _new_ids(transaction, table, len(rows))
    numbered = [{"id": new, **row} for new, row in zip(ids, rows, strict=True)]
    transaction.connection.execute(table.insert(), numbered)
    return ids


def _new_ids(transaction: Transaction, table: Table, count: int) -> list[int]:
    """Numbers for rows about to be written together, so that children can be written in bulk too.

    On PostgreSQL they come from the table's own sequence; on SQLite the writer is alone.
    """
    connection = transaction.connection
    if connection.dialect.name == "postgresql":
        series = func.nextval(f"{table.name}_id_seq")
        query = select(series).select_from(func.generate_series(1, bindparam("n")).alias("one"))
        return [int(value) for value in connection.execute(query, {"n": count}).scalars()]
    last = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    return list(range(int(last) + 1, int(last) + 1 + count))
