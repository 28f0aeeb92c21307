"""The computer's clock against the journal: while it is behind, dated acts wait until it is confirmed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.rounds import CampaignAct
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from grants_app.services.access import Office

CONFIRMED = "clock.confirmed"
KIND = "clock_confirmed"
_DRIFT = timedelta(minutes=2)  # desks at one server: their clocks never agree to the second


def behind(office: Office) -> datetime | None:
    """The last event's moment when the computer's clock is earlier than it; None while all is well."""
    with office.store.reading() as reading:
        last = reading.latest_event(CONFIRMED)
    drift = timedelta() if office.store.engine_name == "sqlite" else _DRIFT
    return last if last is not None and office.store.now() + drift < last else None


def demand_clock(office: Office) -> None:
    """Refuse a dated act while the clock is earlier than the last event and nobody confirmed it.

    Every act with a date that counts asks first: answers, expiry, extensions, sealing, seat acts.
    """
    last = behind(office)
    if last is not None:
        raise Refused("clock_behind", now=office.told(office.store.now()), last=office.told(last))


def confirm_clock(office: Office, reason: str) -> Changed:
    """Vouch for the computer's clock, with a reason; dated acts go on from here."""
    permit = office.demand("award")
    if not reason.strip():
        raise Refused("reason_missing")
    now = office.store.now()
    last = behind(office)
    with office.store.work(permit) as work:
        work.campaigns.lock(office.campaign_id)
        work.rounds.add_act(
            CampaignAct(
                campaign=office.campaign_id, kind=KIND, reason=reason.strip(), at=now, by=office.actor.name
            )
        )
        work.journal.add(
            CONFIRMED,
            office.campaign().setup.code,
            reason=reason.strip(),
            before=text_of({"at": last.isoformat()} if last else {}),
            after=text_of({"at": now.isoformat()}),
            campaign=office.campaign_id,
        )
        work.commit()
    return Changed(campaign=True)
