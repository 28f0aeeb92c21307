"""What lists sort and search by, made anew for everybody: after an upgrade older keys would find nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from grants_app.store.application_tables import application
from grants_app.store.lines import person_line
from grants_app.store.people.words import keep_words
from grants_app.store.person_rows import all_people

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_LINE = ("sort_key", "search_key")
_CHANGE = (
    update(application)
    .where(application.c.id == bindparam("this"))
    .values({name: bindparam(f"new_{name}") for name in _LINE})
)


def rebuild_lines(connection: Connection) -> None:
    """Bring every application's keys and the words of all names to what this program makes of them."""
    people = all_people(connection)
    keep_words(connection, people.values())
    rows = connection.execute(select(application.c.id, application.c.person, application.c.no)).all()
    changes = []
    for row in rows:
        line = person_line(people[row.person], row.no)
        changes.append({"this": row.id} | {f"new_{name}": line[name] for name in _LINE})
    if changes:
        connection.execute(_CHANGE, changes)
