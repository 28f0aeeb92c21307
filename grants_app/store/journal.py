"""The journal's writing end: collects events and chains them as the last thing before a commit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from grants_app.domain.journal import Event, link_of, utc_text
from grants_app.store.register_tables import journal, journal_head

if TYPE_CHECKING:
    from grants_app.domain.permit import Permit
    from grants_app.store.transaction import Transaction


_HEAD = select(journal_head.c.seq, journal_head.c.link).with_for_update()
_INSERT, _MOVE = journal.insert(), update(journal_head)


class JournalRepository:
    """Events of one unit of work; nothing is written before `chain`."""

    def __init__(self, transaction: Transaction, permit: Permit) -> None:
        self._transaction = transaction
        self._permit = permit
        self._collected: list[Event] = []
        self.reached: tuple[int, str] | None = None
        """Number and link of the last event `chain` wrote."""

    def add(
        self,
        act: str,
        subject: str,
        *,
        reason: str = "",
        before: str = "",
        after: str = "",
        campaign: int | None = None,
    ) -> None:
        """Note what was done under the permit; it is written, in the chain, when the unit of work commits."""
        self._collected.append(
            Event(
                seq=0,
                at=utc_text(self._transaction.now()),
                actor=self._permit.account,
                role=self._permit.role,
                branch=self._permit.branch,
                act=act,
                subject=subject,
                reason=reason,
                before=before,
                after=after,
                campaign=campaign,
            )
        )

    @property
    def first_act(self) -> str:
        """The act noted first; "" where none was."""
        return self._collected[0].act if self._collected else ""

    def head(self) -> int:
        """The number of the last event written, 0 in an empty journal."""
        return int(self._transaction.connection.execute(select(journal_head.c.seq)).scalar_one())

    def chain(self) -> None:
        """Lock the head, give every collected event its number and link, and write them.

        Locked last of all: taken earlier, desks waited for each other in circles (architecture.md).
        """
        if not self._collected:
            return
        connection = self._transaction.connection
        seq, link = connection.execute(_HEAD).one()
        rows = []
        for event in self._collected:
            seq += 1
            event = replace(event, seq=seq, previous=link)  # noqa: PLW2901 - the event gets its place
            link = link_of(event)
            rows.append(_row(event, link))
        connection.execute(_INSERT, rows)
        connection.execute(_MOVE, {"seq": seq, "link": link})
        self.reached = seq, link
        self._collected.clear()


def _row(event: Event, link: str) -> dict[str, object]:
    return {
        "seq": event.seq,
        "at": event.at,
        "actor": event.actor,
        "role": event.role,
        "branch": event.branch,
        "act": event.act,
        "subject": event.subject,
        "reason": event.reason,
        "before": event.before,
        "after": event.after,
        "campaign": event.campaign,
        "previous": event.previous,
        "link": link,
    }
