"""The answer to a form that was overtaken: who saved what it shows, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from grants_app.domain.errors import Refused
from grants_app.store.register_tables import journal

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def demand_seen(
    connection: Connection, version: int, seen: int | None, *, campaign: int, subject: str, acts: str = ""
) -> None:
    """Refused (saved_by_another) unless the version now stored is the one the form showed (None: not asked).

    The journal names who saved last: the last event about the subject, or of the acts named by their
    beginning where each of them saves it too.
    """
    if seen is None or seen == version:
        return
    about = journal.c.subject == subject
    if acts:
        about = or_(about, journal.c.act.startswith(acts, autoescape=True))
    query = (
        select(journal.c.actor, journal.c.at)
        .where(journal.c.campaign == campaign, about)
        .order_by(journal.c.seq.desc())
        .limit(1)
    )
    last = connection.execute(query).one_or_none()
    by, at = (last.actor, last.at) if last is not None else ("", "")
    raise Refused("saved_by_another", no=subject, by=by, at=at, version=version)
