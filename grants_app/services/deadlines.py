"""Deadlines put off by an order, of people's offers or of the calendar, and the register of all that was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.award import AwardState
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.rounds import Extension, Order
from grants_app.services import standing
from grants_app.services.answers import demand_no_repeats
from grants_app.services.clock import demand_clock
from grants_app.services.entry_changes import text_of
from grants_app.services.seat_acts import demand_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from grants_app.domain.campaign import Campaign
    from grants_app.domain.permit import Permit
    from grants_app.services.access import Office

CONFIRM = "confirm"


def extend(office: Office, numbers: Sequence[str], until: datetime, order: Order) -> Changed:
    """Put off the answer of one or several people, by an order: all of them, or none when one is refused."""
    permit, campaign = _demand(office, until, order)
    wanted = [number.strip().upper() for number in numbers]
    demand_no_repeats(wanted)
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        offered = {award.application_no: award for award in work.awards.holding(campaign.id)}
        for number in wanted:
            award = offered.get(number)
            if award is None:
                raise Refused("no_award", no=number)
            if award.state is not AwardState.OFFERED:
                raise Refused("already_confirmed", no=number)
            _demand_later(office, number, award.deadline, until)
            work.awards.put(replace(award, deadline=until), seen=award.version)
            work.rounds.add_extension(_extension(office, award.id, CONFIRM, (award.deadline, until), order))
            work.journal.add(
                "award.extended",
                number,
                reason=_reason(order),
                before=text_of({"due_at": award.deadline.isoformat()} if award.deadline else {}),
                after=text_of({"due_at": until.isoformat()}),
                campaign=campaign.id,
            )
        work.commit()
    return Changed(awards=True)


def extend_calendar(office: Office, code: str, until: datetime, order: Order) -> Changed:
    """Put off a date of the calendar, by an order; offers that waited for this very date wait on with it."""
    permit, campaign = _demand(office, until, order)
    known = campaign.setup.deadline(code)
    if known is None:
        raise Refused("deadline_unknown", date=code)
    _demand_later(office, campaign.setup.code, known.at, until)
    moved = replace(known, at=until, order_no=order.no.strip(), reason=order.reason.strip())
    dates = tuple(moved if one.code == code else one for one in campaign.setup.deadlines)
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        work.campaigns.put(
            replace(campaign, setup=replace(campaign.setup, deadlines=dates)), seen=campaign.version
        )
        work.rounds.add_extension(_extension(office, None, code, (known.at, until), order))
        work.journal.add(
            "deadline.extended",
            code,
            reason=_reason(order),
            before=text_of({"at": known.at.isoformat()}),
            after=text_of({"at": until.isoformat()}),
            campaign=campaign.id,
        )
        if code == CONFIRM:
            for award in work.awards.holding(campaign.id):
                if award.state is AwardState.OFFERED and award.deadline == known.at:
                    work.awards.put(replace(award, deadline=until), seen=award.version)
        work.commit()
    return Changed(awards=True, campaign=True)


def register(office: Office) -> Sequence[Extension]:
    """Every deadline that was put off, the latest first."""
    with office.store.reading() as reading:
        return reading.extensions(office.campaign_id)


def _demand(office: Office, until: datetime, order: Order) -> tuple[Permit, Campaign]:
    permit = office.demand("extend")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    demand_clock(office)
    demand_order(order)
    if until <= office.clock():
        raise Refused("deadline_not_ahead", due=office.told(until))
    return permit, campaign


def _demand_later(office: Office, subject: str, before: datetime | None, until: datetime) -> None:
    if before is not None and until <= before:
        raise Refused("extension_not_later", no=subject, due=office.told(before))


def _extension(
    office: Office, award: int | None, code: str, moved: tuple[datetime | None, datetime], order: Order
) -> Extension:
    return Extension(
        campaign=office.campaign_id,
        award=award,
        deadline=code,
        before=moved[0],
        after=moved[1],
        order_no=order.no.strip(),
        order_on=order.on,
        reason=order.reason.strip(),
        at=office.clock(),
        by=office.actor.name,
    )


def _reason(order: Order) -> str:
    return f"{order.no.strip()}: {order.reason.strip()}"
