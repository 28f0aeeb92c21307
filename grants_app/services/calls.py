"""Whom to phone: offers overdue or soon due, with what was said before; a call is a note in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from grants_app.domain.award import AwardState, LedgerLine
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed, Event
from grants_app.services import awards, standing
from grants_app.services.answers import award_of

if TYPE_CHECKING:
    from grants_app.services.access import Office

CALLED = "award.called"
SOON = timedelta(days=3)
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to phone: their seat, whether the time is over, and the last note."""

    line: LedgerLine
    overdue: bool
    note: str
    noted_at: datetime | None
    noted_by: str


def waiting(office: Office, soon: timedelta = SOON) -> tuple[Call, ...]:
    """Everybody whose answer is overdue or due within `soon`, the most pressing first.

    Offers without a deadline come last.
    """
    now = office.clock()
    lines = [
        line
        for line in awards.ledger(office)
        if line.state is AwardState.OFFERED and (line.deadline is None or line.deadline <= now + soon)
    ]
    lines.sort(key=lambda line: (line.deadline is None, line.deadline or now, line.application_no))
    notes = _notes(office)
    return tuple(_call(line, notes.get(line.application_no), now) for line in lines)


def _notes(office: Office) -> dict[str, Event]:
    """The last call to each number."""
    with office.store.reading() as reading:
        events = reading.events(office.campaign_id, act=CALLED, limit=None)[1]
    return {event.subject: event for event in reversed(events)}


def _call(line: LedgerLine, event: Event | None, now: datetime) -> Call:
    if event is None:
        return Call(line, line.overdue(now), "", None, "")
    return Call(line, line.overdue(now), event.reason, datetime.fromisoformat(event.at), event.actor)


def note(office: Office, application_no: str, text: str) -> Changed:
    """Note what was said in a call to the holder of an offer."""
    permit = office.demand("award")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    said = " ".join(text.split())
    if not said:
        raise Refused("note_missing")
    if len(said) > LONGEST_NOTE:
        raise Refused("note_too_long", limit=LONGEST_NOTE)
    award = award_of(office, application_no)
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        work.journal.add(CALLED, award.application_no, reason=said, campaign=campaign.id)
        work.commit()
    return Changed(awards=True)
