"""What the commission's tab shows, read in the background: members, sittings, the sitting on view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.commission import Interest
from grants_app.domain.records import CommissionMember
from grants_app.services import commission, interests, members, minutes, resolutions, runs, ties
from grants_app.services.commission import Sitting
from grants_app.services.resolutions import Item

if TYPE_CHECKING:
    from grants_app.gui.theme import ChipKind
    from grants_app.services.access import Office
    from grants_app.services.resolutions import Ballot
    from grants_app.wording import Words

VOTE_CHIPS: dict[str, ChipKind] = {"for": "ok", "against": "bad", "abstained": "neutral", "absent": "neutral"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionShown:
    """The commission, and the sitting on view with its items and what was recorded under its number."""

    setup: CampaignSetup
    members: tuple[CommissionMember, ...]
    warnings: tuple[str, ...]
    interests: tuple[Interest, ...]
    sittings: tuple[Sitting, ...]
    sitting: Sitting | None
    items: tuple[Item, ...]
    acts: tuple[str, ...]
    may_record: bool
    closed: bool

    def interests_of(self, member: int) -> tuple[Interest, ...]:
        """What a member declared, withdrawn ones included."""
        return tuple(one for one in self.interests if one.member == member)


@dataclass(frozen=True, slots=True)
class About:
    """What an item may be about: the run in force, and the ties that wait as `pool: numbers`."""

    run_no: int | None
    ties: str


def read_commission(office: Office, words: Words, minutes_no: str) -> CommissionShown:
    """The commission with the sitting asked for, else its latest one."""
    campaign = office.campaign()
    sittings = tuple(commission.meetings(office))
    chosen = next((one for one in sittings if one.meeting.minutes_no == minutes_no), None)
    sitting = chosen or next(iter(sittings), None)
    number = sitting.meeting.minutes_no if sitting is not None else ""
    return CommissionShown(
        setup=campaign.setup,
        members=tuple(members.members(office)),
        warnings=tuple(words.code(one.code, **one.facts) for one in members.warnings(office)),
        interests=tuple(interests.interests(office)),
        sittings=sittings,
        sitting=sitting,
        items=resolutions.items(office, number) if number else (),
        acts=tuple(
            minutes.act_text(act, campaign.setup, words) for act in resolutions.acts_under(office, number)
        )
        if number
        else (),
        may_record="commission" in office.allowed(campaign),
        closed=campaign.read_only,
    )


def read_about(office: Office) -> About:
    """The run in force and the ties that wait in it."""
    record = runs.run_record(office)
    if record is None:
        return About(None, "")
    waiting = ties.waiting(office)
    return About(record.no, "; ".join(f"{tie.pool}: {', '.join(tie.applications)}" for tie in waiting))


def ballot_chip(words: Words, ballot: Ballot, vote: str | None) -> tuple[ChipKind, str, str]:
    """A ballot as a chip: the vote, or why there is none."""
    if ballot.relation:
        return ("warn", words("does not take part (conflict of interest)"), "conflict")
    if vote:
        return (VOTE_CHIPS[vote], words.code(f"vote_{vote}"), "")
    if not ballot.present:
        return ("neutral", words.code("vote_absent"), "")
    return ("info", words("no vote yet"), "")
