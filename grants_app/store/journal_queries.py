"""Questions about the journal: its events, filtered and paged, its head, its chain from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, inspect, literal, or_, select

from grants_app.domain.journal import Event
from grants_app.store.register_tables import journal, journal_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection, Row

_j = journal.c
_AT_ONCE = 10_000


class JournalQueries:
    """The part of a reading that looks at the journal."""

    _connection: Connection

    def journal_head(self) -> int:
        """The number of the last event, 0 in an empty journal."""
        return self.checkpoint()[0]

    def checkpoint(self) -> tuple[int, str]:
        """The number and the link of the last event: what a checkpoint kept elsewhere is compared with."""
        row = self._connection.execute(select(journal_head.c.seq, journal_head.c.link)).one()
        return row.seq, row.link

    def events(  # noqa: PLR0913 - the filters of one page
        self,
        campaign_id: int | None = None,
        *,
        act: str = "",
        actor: str = "",
        subject: str = "",
        text: str = "",
        since: str = "",
        until: str = "",
        limit: int | None = 100,
        offset: int = 0,
    ) -> tuple[int, list[Event]]:
        """How many events fit, and the page asked for, the newest first.

        `act` is an act or the beginning of one up to its dot ("award"); `text` is looked for in subject,
        reason, before and after; `since` and `until` are ISO moments in UTC, `until` not included.
        """
        where: list[ColumnElement[bool]] = []
        if campaign_id is not None:
            where.append(_j.campaign == campaign_id)
        if act:
            where.append(or_(_j.act == act, _j.act.startswith(f"{act}.", autoescape=True)))
        if actor:
            where.append(_j.actor == actor)
        if subject:
            where.append(_j.subject == subject)
        if text:
            where.append(
                or_(
                    *(
                        _j[name].contains(text, autoescape=True)
                        for name in ("subject", "reason", "before", "after")
                    )
                )
            )
        if since:
            where.append(_j.at >= since)
        if until:
            where.append(_j.at < until)
        total = self._connection.execute(select(func.count()).select_from(journal).where(*where)).scalar_one()
        page = select(journal).where(*where).order_by(_j.seq.desc()).limit(limit).offset(offset)
        return total, [event_of(row) for row in self._connection.execute(page)]

    def events_about(self, campaign_id: int, subject: str) -> Sequence[Event]:
        """Everything that happened to a subject of the campaign, the oldest first."""
        query = select(journal).where(_j.campaign == campaign_id, _j.subject == subject).order_by(_j.seq)
        return [event_of(row) for row in self._connection.execute(query)]

    def recent(self, campaign_id: int, count: int = 10) -> Sequence[Event]:
        """The campaign's last events, the newest first."""
        return self.events(campaign_id, limit=count)[1]

    def whole_journal(self) -> Iterator[Event]:
        """Every event from the first, without ever holding them all."""
        return stream_journal(self._connection)


def stream_journal(connection: Connection) -> Iterator[Event]:
    """Every event from the first, a few thousand at a time.

    Read of a database before its upgrade too: there events have no role yet.
    """
    last = -1
    there = {column["name"] for column in inspect(connection).get_columns("journal")}
    columns = [column if column.name in there else literal("").label(column.name) for column in journal.c]
    while True:
        query = select(*columns).where(_j.seq > last).order_by(_j.seq).limit(_AT_ONCE)
        rows = connection.execute(query).all()
        if not rows:
            return
        for row in rows:
            yield event_of(row)
        last = rows[-1].seq


def event_of(row: Row[Any]) -> Event:
    """The event out of its row."""
    return Event(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        role=row.role,
        branch=row.branch,
        act=row.act,
        subject=row.subject,
        reason=row.reason,
        before=row.before,
        after=row.after,
        campaign=row.campaign,
        previous=row.previous,
        link=row.link,
    )
