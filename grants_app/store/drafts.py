"""Forms somebody is typing into, kept a moment behind; they are no part of any campaign's record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from grants_app.domain.journal import utc_text
from grants_app.domain.records import FormDraft
from grants_app.store.moments import utc_of
from grants_app.store.register_tables import draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from grants_app.store.transaction import Transaction


def load_drafts(connection: Connection, actor: str) -> list[FormDraft]:
    """Everything this actor has begun, the latest first."""
    query = select(draft).where(draft.c.actor == actor).order_by(draft.c.saved_at.desc(), draft.c.key)
    return [
        FormDraft(row.actor, row.key, row.form, utc_of(row.saved_at)) for row in connection.execute(query)
    ]


class DraftRepository:
    """Drafts by actor and form."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def put(self, actor: str, key: str, form: str) -> None:
        """Keep the form as it is now, in the place of what was kept before."""
        values = {"form": form, "saved_at": utc_text(self._transaction.now())}
        changed = self._connection.execute(
            update(draft).where(draft.c.actor == actor, draft.c.key == key).values(**values)
        )
        if changed.rowcount == 0:
            self._connection.execute(draft.insert(), {"actor": actor, "key": key, **values})

    def get(self, actor: str, key: str) -> str | None:
        """The form kept, or None."""
        query = select(draft.c.form).where(draft.c.actor == actor, draft.c.key == key)
        return self._connection.execute(query).scalar()

    def of_actor(self, actor: str) -> Sequence[FormDraft]:
        """Everything this actor has begun."""
        return load_drafts(self._connection, actor)

    def remove(self, actor: str, key: str) -> None:
        """Forget the form: it was saved or given up."""
        self._connection.execute(delete(draft).where(draft.c.actor == actor, draft.c.key == key))
