"""Who may act at the desks; what each role may do is known to the services."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select, update

from grants_app.domain.journal import Actor, Role
from grants_app.store.register_tables import actor as table
from grants_app.store.rows import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection, Row

    from grants_app.store.transaction import Transaction


def load_actors(connection: Connection) -> list[Actor]:
    """Everybody who may act, by name."""
    query = select(table).where(table.c.active.is_(True)).order_by(table.c.name, table.c.id)
    return [_actor(row) for row in connection.execute(query)]


def _actor(row: Row[Any]) -> Actor:
    return Actor(name=row.name, branch=row.branch, role=cast("Role", row.role), id=row.id)


class ActorRepository:
    """Actors by name, branch and role."""

    def __init__(self, transaction: Transaction) -> None:
        self._connection = transaction.connection

    def add(self, actor: Actor) -> Actor:
        """Keep an actor, or answer the one already there under this name, branch and role."""
        query = select(table).where(
            table.c.name == actor.name, table.c.branch == actor.branch, table.c.role == actor.role
        )
        known = self._connection.execute(query).one_or_none()
        if known is not None:
            return _actor(known)
        made = self._connection.execute(
            table.insert(), {"name": actor.name, "branch": actor.branch, "role": actor.role}
        )
        return replace(actor, id=new_id(made))

    def all(self) -> Sequence[Actor]:
        """Everybody who may act."""
        return load_actors(self._connection)

    def by_name(self, name: str) -> Actor | None:
        """The actor of this name, or None."""
        return next((actor for actor in self.all() if actor.name == name), None)

    def put(self, actor: Actor, *, active: bool = True) -> None:
        """Change an actor's name, branch or role, or end their work here."""
        self._connection.execute(
            update(table)
            .where(table.c.id == actor.id)
            .values(name=actor.name, branch=actor.branch, role=actor.role, active=active)
        )
