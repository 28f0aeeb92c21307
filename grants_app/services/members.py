"""Who the commission is: members added, changed, leaving; exactly one chair; what custom wants of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.records import CommissionMember
from grants_app.domain.values import Finding
from grants_app.rules import voting
from grants_app.services import standing
from grants_app.services.commission import LONG, limited, member_of
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.services.access import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberForm:
    """A member as typed; `id` is 0 for a new one."""

    id: int = 0
    name: str
    post: str = ""
    chairs: bool = False


def members(office: Office) -> Sequence[CommissionMember]:
    """The campaign's members, those who left included, in the order they were added."""
    with office.store.reading() as reading:
        return reading.commission_members(office.campaign_id)


def warnings(office: Office) -> tuple[Finding, ...]:
    """What is not as custom wants the commission: no member, no chair, an even number of members."""
    active = [one for one in members(office) if one.active]
    if not active:
        return (Finding("commission_empty"),)
    found = []
    if not any(one.chairs for one in active):
        found.append(Finding("commission_without_chair"))
    if voting.is_even(len(active)):
        found.append(Finding("commission_even", {"n": str(len(active))}))
    return tuple(found)


def put_member(office: Office, form: MemberForm) -> CommissionMember:
    """Add a member or change one; who becomes chair takes the chair from the one before.

    Refused without a name, and when the chair would be given up to nobody.
    """
    permit = office.demand("commission")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    name = limited(form.name)
    if not name:
        raise Refused("member_name_missing")
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)  # two desks do not make two chairs
        known = work.commission.members(campaign.id)
        before = member_of(known, form.id) if form.id else None
        if before is not None and before.chairs and before.active and not form.chairs:
            raise Refused("chair_needs_successor")
        if form.chairs:
            for other in known:
                if other.chairs and other.id != form.id:
                    work.commission.put_member(replace(other, chairs=False))
        made = CommissionMember(
            id=form.id, campaign=campaign.id, name=name, post=limited(form.post), chairs=form.chairs
        )
        made = replace(made, id=work.commission.put_member(made))
        work.journal.add(
            "commission.member",
            name,
            before=_told(before) if before else "",
            after=_told(made),
            campaign=campaign.id,
        )
        work.commit()
    return made


def leave(office: Office, member_id: int, reason: str) -> CommissionMember:
    """A member leaves, with the reason; what they voted stays. Refused for the chair until another has it."""
    permit = office.demand("commission")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    why = limited(reason, LONG)
    if not why:
        raise Refused("reason_missing")
    with office.store.work(permit) as work:
        member = member_of(work.commission.members(campaign.id), member_id)
        if member.chairs and member.active:
            raise Refused("chair_needs_successor")
        gone = replace(member, active=False)
        work.commission.put_member(gone)
        work.journal.add(
            "commission.left",
            member.name,
            reason=why,
            before=_told(member),
            campaign=campaign.id,
        )
        work.commit()
    return gone


def _told(member: CommissionMember) -> str:
    return text_of({"name": member.name, "post": member.post, "chairs": member.chairs})
