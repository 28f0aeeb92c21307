"""Sittings of the commission by their minutes' number: who is on the roster, who is there, the quorum."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from grants_app.domain.commission import Attendance, Meeting, Quorum
from grants_app.domain.errors import Refused
from grants_app.domain.records import CommissionMember
from grants_app.rules import voting
from grants_app.services import standing
from grants_app.services.entry_changes import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from grants_app.domain.permit import Permit
    from grants_app.services.access import Office
    from grants_app.store.queries import Reading

SHORT, LONG = 200, 4_000
"""How many characters a name, post, place or number may have, and an agenda, a wording or a reason."""

# Numbers are typed with Cyrillic letters that look Latin; a relative's case must be known all the same.
_LATIN = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
_NUMBER = re.compile(r"[A-Z]-\d{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingForm:
    """A sitting as typed."""

    minutes_no: str
    minutes_on: date
    place: str = ""
    agenda: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A member at a sitting: whether they are there and, if not, why."""

    member: CommissionMember
    present: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting with its roster and whether the quorum is reached."""

    meeting: Meeting
    seats: tuple[Seat, ...]
    quorum: Quorum
    items: int


def number_of(text: str) -> str:
    """One application number as the register writes it, whichever alphabet its letter was typed in."""
    return text.strip().upper().translate(_LATIN)


def member_of(known: Sequence[CommissionMember], member_id: int) -> CommissionMember:
    """The member with this id; Refused (not_found) when there is none."""
    found = next((one for one in known if one.id == member_id), None)
    if found is None:
        raise Refused("not_found", kind="commission_member", key=member_id)
    return found


def demand_writable(office: Office) -> tuple[Permit, int]:
    """The permit to record for the commission, and the campaign's id; Refused in a closed campaign."""
    permit = office.demand("commission")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    return permit, campaign.id


def limited(text: str, limit: int = SHORT) -> str:
    """The text without space around it; Refused (text_too_long) beyond so many characters."""
    kept = text.strip()
    if len(kept) > limit:
        raise Refused("text_too_long", most=limit)
    return kept


def numbers_in(*texts: str) -> frozenset[str]:
    """Application numbers named in the texts, whichever alphabet their letters were typed in."""
    return frozenset(number for text in texts for number in _NUMBER.findall(number_of(text)))


def meetings(office: Office) -> Sequence[Sitting]:
    """The campaign's sittings, the latest first."""
    with office.store.reading() as reading:
        found = [sitting_in(reading, one) for one in reading.meetings(office.campaign_id)]
    return found[::-1]


def sitting(office: Office, minutes_no: str) -> Sitting:
    """The sitting with this number of minutes; Refused (meeting_unknown) when there is none."""
    with office.store.reading() as reading:
        return sitting_in(reading, reading.meeting_by_no(office.campaign_id, minutes_no.strip()))


def sitting_in(reading: Reading, meeting: Meeting) -> Sitting:
    """A sitting's roster: whoever was recorded there, and until something is decided everybody active."""
    known = reading.commission_members(meeting.campaign)
    recorded = {one.member: one for one in reading.attendance(meeting.id)}
    items = len(reading.resolutions(meeting.id))
    seats = tuple(
        Seat(
            member,
            recorded[member.id].present if member.id in recorded else False,
            recorded[member.id].reason if member.id in recorded else "",
        )
        for member in known
        if member.id in recorded or (member.active and not items)
    )
    return Sitting(meeting, seats, quorum_in(seats), items)


def quorum_in(seats: Sequence[Seat], interested: Collection[int] = ()) -> Quorum:
    """The quorum of a roster for a matter in which these members have an interest."""
    return voting.quorum_of(
        [seat.member.id for seat in seats], [seat.member.id for seat in seats if seat.present], interested
    )


def quorum(office: Office, minutes_no: str, application_no: str = "") -> Quorum:
    """Whether enough members are at the sitting with this number; 2/3 of the members, rounded up.

    A member with an interest in the application asked about does not count. While no such sitting is
    recorded nobody is there.
    """
    with office.store.reading() as reading:
        kept = [one for one in reading.meetings(office.campaign_id) if one.minutes_no == minutes_no.strip()]
        if kept:
            seats = sitting_in(reading, kept[0]).seats
        else:
            known = reading.commission_members(office.campaign_id)
            seats = tuple(Seat(one, present=False) for one in known if one.active)
        concerned = numbers_in(application_no)
        interested = {
            one.member
            for one in reading.interests(office.campaign_id)
            if one.stands and one.application_no in concerned
        }
    return quorum_in(seats, interested)


def call_meeting(office: Office, form: MeetingForm) -> Meeting:
    """Record a sitting under its minutes' number with everybody active on its roster, nobody there yet."""
    permit, campaign_id = demand_writable(office)
    made = _meeting(campaign_id, form)
    with office.store.work(permit) as work:
        made = replace(made, id=work.commission.put_meeting(made))
        roster = [one for one in work.commission.members(campaign_id) if one.active]
        work.commission.attend(made, [Attendance(member=one.id, present=False) for one in roster])
        work.journal.add("meeting.called", made.minutes_no, after=_facts(made), campaign=campaign_id)
        work.commit()
    return made


def change_meeting(office: Office, minutes_no: str, form: MeetingForm) -> Meeting:
    """Correct a sitting's number, date, place or agenda; its votes go along with a new number."""
    permit, campaign_id = demand_writable(office)
    with office.store.work(permit) as work:
        before = work.commission.meeting(campaign_id, minutes_no.strip())
        if before is None:
            raise Refused("meeting_unknown", minutes=minutes_no)
        made = replace(_meeting(campaign_id, form), id=before.id)
        work.commission.put_meeting(made)
        work.journal.add(
            "meeting.changed",
            made.minutes_no,
            before=_facts(before),
            after=_facts(made),
            campaign=campaign_id,
        )
        work.commit()
    return made


def attend(office: Office, minutes_no: str, seats: Mapping[int, tuple[bool, str]]) -> Sitting:
    """Record by member whether they are at the sitting and, if not, why; others stay as they were.

    Refused for who is not on the roster, and for taking away who has voted already.
    """
    permit, campaign_id = demand_writable(office)
    number = minutes_no.strip()
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign_id)  # nobody votes meanwhile
        with office.store.reading() as reading:
            before = sitting_in(reading, reading.meeting_by_no(campaign_id, number))
            voted = {
                one.member
                for one in reading.votes(campaign_id, number)
                if one.vote != "absent" and not one.interest
            }
        _demand_free(before, voted, seats)
        there, gone = (
            sorted(
                seat.member.name
                for seat in before.seats
                if seat.member.id in seats and seats[seat.member.id][0] is present
            )
            for present in (True, False)
        )
        work.commission.attend(
            before.meeting,
            [
                Attendance(member=member, present=present, reason="" if present else limited(why))
                for member, (present, why) in seats.items()
            ],
        )
        work.journal.add(
            "meeting.attended",
            number,
            after=text_of({"present": there, "absent": gone}),
            campaign=campaign_id,
        )
        work.commit()
    return sitting(office, number)


def _demand_free(before: Sitting, voted: Collection[int], seats: Mapping[int, tuple[bool, str]]) -> None:
    """Refuse an attendance of who is not on the roster, or an absence of who has voted."""
    roster = {seat.member.id: seat.member for seat in before.seats}
    for member, (present, _why) in seats.items():
        if member not in roster:
            raise Refused("not_found", kind="commission_member", key=member)
        if not present and member in voted:
            raise Refused("member_voted", name=roster[member].name)


def _meeting(campaign_id: int, form: MeetingForm) -> Meeting:
    number = limited(form.minutes_no)
    if not number:
        raise Refused("minutes_missing")
    return Meeting(
        campaign=campaign_id,
        minutes_no=number,
        minutes_on=form.minutes_on,
        place=limited(form.place),
        agenda=limited(form.agenda, LONG),
    )


def _facts(meeting: Meeting) -> str:
    return text_of(
        {
            "minutes_no": meeting.minutes_no,
            "minutes_on": meeting.minutes_on.isoformat(),
            "place": meeting.place,
            "agenda": meeting.agenda,
        }
    )
