"""Declared interests: the applications that are a relative's of a member, who takes no part in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.domain.commission import Interest
from grants_app.domain.errors import Refused
from grants_app.services.commission import LONG, demand_writable, limited, member_of, number_of
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.services.access import Office


def interests(office: Office) -> Sequence[Interest]:
    """Every interest declared, in that order, those withdrawn included."""
    with office.store.reading() as reading:
        return reading.interests(office.campaign_id)


def declare_interest(office: Office, member_id: int, application_no: str, relation: str) -> Interest:
    """Mark an application as a relative's of a member, who then takes no part in its matter."""
    permit, campaign_id = demand_writable(office)
    how = limited(relation)
    if not how:
        raise Refused("relation_missing")
    number = number_of(application_no)
    with office.store.work(permit) as work:
        member = member_of(work.commission.members(campaign_id), member_id)
        made = Interest(
            campaign=campaign_id,
            member=member.id,
            application_no=work.applications.by_no(campaign_id, number).no,
            relation=how,
            declared_at=office.clock(),
            declared_by=office.actor.name,
        )
        made = replace(made, id=work.commission.add_interest(made))
        work.journal.add(
            "interest.declared",
            made.application_no,
            after=text_of({"member": member.name, "relation": how}),
            campaign=campaign_id,
        )
        work.commit()
    return made


def withdraw_interest(office: Office, interest_id: int, reason: str) -> None:
    """Take a declared interest back, with the reason; both stay on record."""
    permit, campaign_id = demand_writable(office)
    why = limited(reason, LONG)
    if not why:
        raise Refused("reason_missing")
    with office.store.work(permit) as work:
        found = next((one for one in work.commission.interests(campaign_id) if one.id == interest_id), None)
        if found is None or not found.stands:
            raise Refused("interest_unknown")
        work.commission.withdraw_interest(interest_id, office.clock(), why)
        member = member_of(work.commission.members(campaign_id), found.member)
        work.journal.add(
            "interest.withdrawn",
            found.application_no,
            reason=why,
            before=text_of({"member": member.name, "relation": found.relation}),
            campaign=campaign_id,
        )
        work.commit()
