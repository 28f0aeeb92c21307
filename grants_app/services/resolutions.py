"""What a sitting decided, item by item: who may vote on it, whose case is a relative's, what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, get_args

from grants_app.domain.commission import MATTERS, Interest, Matter, Resolution, Tally, VoteWord
from grants_app.domain.errors import Refused
from grants_app.domain.records import Vote
from grants_app.rules import voting
from grants_app.services import standing
from grants_app.services.commission import LONG, limited, number_of, numbers_in, sitting_in
from grants_app.services.entry_changes import text_of
from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from grants_app.domain.commission import Quorum, SittingAct
    from grants_app.services.access import Office
    from grants_app.services.commission import Seat, Sitting
    from grants_app.store.queries import Reading
    from grants_app.store.unit_of_work import UnitOfWork

# In these the whole list is voted on: nobody sits the vote out, the minutes name whose relative is on it.
WHOLE_LISTS: frozenset[Matter] = frozenset({"seal", "publication"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemForm:
    """An item as typed: the matter, what it is about, the wording, and the votes by member."""

    matter: Matter
    wording: str
    subject: str = ""
    application_no: str = ""
    run_no: int | None = None
    votes: Mapping[int, VoteWord] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One member's row in a vote; who does not take part has no vote, only the relation that forbids it."""

    member: int
    name: str
    chairs: bool
    present: bool
    relation: str = ""
    vote: VoteWord | None = None

    @property
    def takes_part(self) -> bool:
        """Whether the member may vote here."""
        return self.present and not self.relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item as it was recorded, its ballots, the count, and on a whole list whose relatives are on it."""

    resolution: Resolution
    ballots: tuple[Ballot, ...]
    tally: Tally
    named: tuple[tuple[str, Interest], ...] = ()


def ballots(
    office: Office, minutes_no: str, matter: Matter, subject: str = "", application_no: str = ""
) -> tuple[Ballot, ...]:
    """Who may vote on a matter of this sitting: an interested member's row holds the relation alone."""
    with office.store.reading() as reading:
        found = sitting_in(reading, reading.meeting_by_no(office.campaign_id, minutes_no.strip()))
        return _open_ballots(reading, found, _concerned(matter, subject, application_no))


def items(office: Office, minutes_no: str) -> tuple[Item, ...]:
    """A sitting's items in their order, as recorded."""
    with office.store.reading() as reading:
        found = sitting_in(reading, reading.meeting_by_no(office.campaign_id, minutes_no.strip()))
        return items_in(reading, found)


def items_in(reading: Reading, found: Sitting) -> tuple[Item, ...]:
    """As `items`, of a sitting read already."""
    meeting, zone = found.meeting, reading.campaign(found.meeting.campaign).setup.zone
    declared = reading.interests(meeting.campaign)
    votes = {(one.matter, one.member): one for one in reading.votes(meeting.campaign, meeting.minutes_no)}
    return tuple(
        _item(resolution, found.seats, votes, declared, meeting.minutes_on, zone)
        for resolution in reading.resolutions(meeting.id)
    )


def count(open_ballots: Sequence[Ballot], votes: Mapping[int, VoteWord]) -> tuple[Tally, Quorum]:
    """What these votes would come to, and whether enough take part; nothing is written or refused."""
    interested = [one.member for one in open_ballots if one.relation]
    chair = next((one.member for one in open_ballots if one.chairs), None)
    there = [one.member for one in open_ballots if one.present and votes.get(one.member, "for") != "absent"]
    reached = voting.quorum_of([one.member for one in open_ballots], there, interested)
    return voting.tally(votes, chair, interested), reached


def acts_under(office: Office, minutes_no: str) -> Sequence[SittingAct]:
    """What the program recorded under this number: ties, placements, runs, cascades, appeals, stages."""
    with office.store.reading() as reading:
        return reading.sitting_acts(office.campaign_id, minutes_no.strip())


def resolve(office: Office, minutes_no: str, form: ItemForm) -> Resolution:
    """Record the next item of a sitting with its votes; the outcome is counted, never typed.

    Refused without a wording, with a vote missing, for a vote of who is not there or has an interest, and
    when fewer take part than the quorum needs.
    """
    return _record(office, minutes_no, 0, form, "")


def correct(office: Office, minutes_no: str, item: int, form: ItemForm, reason: str) -> Resolution:
    """Put a recorded item right, with the reason; the journal keeps what it was."""
    why = limited(reason, LONG)
    if not why:
        raise Refused("reason_missing")
    return _record(office, minutes_no, item, form, why)


def _record(office: Office, minutes_no: str, item: int, form: ItemForm, reason: str) -> Resolution:
    permit = office.demand("commission")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    wording, subject = _demand_worded(form)
    number = minutes_no.strip()
    application = number_of(form.application_no)
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)  # two desks do not number or count past each other
        with office.store.reading() as reading:
            found = sitting_in(reading, reading.meeting_by_no(campaign.id, number))
            open_ballots = _open_ballots(reading, found, _concerned(form.matter, subject, application))
            known = {one.item: one for one in reading.resolutions(found.meeting.id)}
        before = _demand_known(known, item)
        cast = _cast(open_ballots, form.votes)
        counted = _counted(open_ballots, cast)
        made = Resolution(
            id=before.id if before else 0,
            meeting=found.meeting.id,
            item=item or max(known, default=0) + 1,
            matter=form.matter,
            subject=subject,
            wording=wording,
            outcome=counted.outcome,
            application_no=application,
            run_no=form.run_no,
        )
        made = replace(made, id=work.commission.put_resolution(campaign.id, made))
        _put_votes(work, campaign.id, number, made.item, open_ballots, cast)
        work.journal.add(
            "resolution.corrected" if before else "resolution.recorded",
            f"{number}/{made.item}",
            reason=reason,
            before=_told(before) if before else "",
            after=_told(made, {word: counted.counts[word] for word in get_args(VoteWord)}),
            campaign=campaign.id,
        )
        work.commit()
    return made


def _demand_known(known: Mapping[int, Resolution], item: int) -> Resolution | None:
    """The item to correct, None for a new one (0); Refused when the sitting has no such item."""
    if item and item not in known:
        raise Refused("item_unknown", item=item)
    return known.get(item)


def _counted(open_ballots: Sequence[Ballot], cast: Mapping[int, VoteWord]) -> Tally:
    """The votes counted; Refused without a quorum: who left the room before the vote is not there."""
    counted, reached = count(open_ballots, cast)
    if not reached.reached:
        raise Refused("no_quorum", present=reached.present, needed=reached.needed)
    return counted


def _demand_worded(form: ItemForm) -> tuple[str, str]:
    """The item's wording and subject; Refused without a wording, and for a matter nobody knows."""
    wording, subject = limited(form.wording, LONG), limited(form.subject)
    if not wording:
        raise Refused("wording_missing")
    if form.matter not in MATTERS:
        raise Refused("matter_unknown", matter=form.matter)
    return wording, subject


def _put_votes(
    work: UnitOfWork,
    campaign_id: int,
    minutes_no: str,
    item: int,
    open_ballots: Sequence[Ballot],
    cast: Mapping[int, VoteWord],
) -> None:
    """Keep everybody's vote; an interested member's row says only that they sat it out."""
    for one in open_ballots:
        work.commission.put_vote(
            Vote(
                campaign=campaign_id,
                member=one.member,
                minutes_no=minutes_no,
                matter=str(item),
                vote="absent" if one.relation else cast[one.member],
                interest=bool(one.relation),
            )
        )


def _concerned(matter: Matter, subject: str, application_no: str) -> frozenset[str]:
    """The applications a matter is about; a whole list is about nobody in particular."""
    return frozenset() if matter in WHOLE_LISTS else numbers_in(subject, application_no)


def _open_ballots(reading: Reading, found: Sitting, concerned: frozenset[str]) -> tuple[Ballot, ...]:
    relations = {
        one.member: one.relation
        for one in reading.interests(found.meeting.campaign)
        if one.stands and one.application_no in concerned
    }
    return tuple(
        Ballot(
            member=seat.member.id,
            name=seat.member.name,
            chairs=seat.member.chairs,
            present=seat.present,
            relation=relations.get(seat.member.id, ""),
        )
        for seat in found.seats
    )


def _cast(open_ballots: Sequence[Ballot], votes: Mapping[int, VoteWord]) -> dict[int, VoteWord]:
    """Everybody's vote but the interested ones'; who is not there is absent."""
    known = {one.member: one for one in open_ballots}
    for member, vote in votes.items():
        ballot = known.get(member)
        if ballot is None:
            raise Refused("not_found", kind="commission_member", key=member)
        if ballot.relation:
            raise Refused("vote_of_interested", name=ballot.name)
        if not ballot.present and vote != "absent":
            raise Refused("vote_of_absent", name=ballot.name)
    missing = [one.name for one in open_ballots if one.takes_part and one.member not in votes]
    if missing:
        raise Refused("votes_missing", names=", ".join(missing))
    return {one.member: votes.get(one.member, "absent") for one in open_ballots if not one.relation}


def _item(
    resolution: Resolution,
    seats: Sequence[Seat],
    votes: Mapping[tuple[str, int], Vote],
    declared: Sequence[Interest],
    on: date,
    zone: str,
) -> Item:
    matter = str(resolution.item)
    relations = {
        one.member: one.relation
        for one in declared
        if one.application_no in _concerned(resolution.matter, resolution.subject, resolution.application_no)
    }
    rows = []
    for seat in seats:
        cast = votes.get((matter, seat.member.id))
        sits_out = cast is not None and cast.interest
        rows.append(
            Ballot(
                member=seat.member.id,
                name=seat.member.name,
                chairs=seat.member.chairs,
                present=seat.present,
                relation=relations.get(seat.member.id, "—") if sits_out else "",
                vote=cast.vote if cast is not None and not sits_out else None,
            )
        )
    chair = next((one.member for one in rows if one.chairs), None)
    interested = [one.member for one in rows if one.relation]
    counted = voting.tally({one.member: one.vote for one in rows if one.vote}, chair, interested)
    if counted.outcome != resolution.outcome:  # the chair has changed since: what was recorded holds
        counted = replace(counted, outcome=resolution.outcome, weight="chair")
    named: tuple[tuple[str, Interest], ...] = ()
    if resolution.matter in WHOLE_LISTS:
        named = _named(seats, declared, on, zone)
    return Item(resolution=resolution, ballots=tuple(rows), tally=counted, named=named)


def _named(
    seats: Sequence[Seat], declared: Sequence[Interest], on: date, zone: str
) -> tuple[tuple[str, Interest], ...]:
    """Whose relatives stood on the list on the day of the sitting; only those people are named."""
    names = {seat.member.id: seat.member.name for seat in seats}
    return tuple(
        (names[one.member], one)
        for one in declared
        if one.member in names and (one.withdrawn_at is None or local_day(one.withdrawn_at, zone) > on)
    )


def _told(resolution: Resolution, figures: Mapping[str, int] | None = None) -> str:
    return text_of(
        {
            "matter": resolution.matter,
            "subject": resolution.subject,
            "wording": resolution.wording,
            "outcome": resolution.outcome,
            "application": resolution.application_no,
            "run": resolution.run_no,
        }
        | ({"votes": dict(figures)} if figures else {})
    )
