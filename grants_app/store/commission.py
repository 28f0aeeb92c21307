"""The commission: members, sittings, who was there, items with their votes, declared interests."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from grants_app.domain.errors import Refused
from grants_app.domain.journal import utc_text
from grants_app.store.application_tables import application
from grants_app.store.commission_rows import (
    load_attendance,
    load_interests,
    load_meetings,
    load_members,
    load_resolutions,
    load_votes,
)
from grants_app.store.commission_tables import attendance, interest, meeting, resolution
from grants_app.store.decision_tables import commission_member, run, vote
from grants_app.store.moments import date_text
from grants_app.store.rows import new_id, row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Table

    from grants_app.domain.commission import Attendance, Interest, Meeting, Resolution
    from grants_app.domain.records import CommissionMember, Vote
    from grants_app.store.transaction import Transaction


class CommissionRepository:
    """The commission's members, sittings, votes and interests."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def put_member(self, member: CommissionMember) -> int:
        """Keep a member, a new one when its id is 0."""
        self._transaction.demand_open(member.campaign)
        values: dict[str, object] = {
            "campaign": member.campaign,
            "name": member.name,
            "post": member.post,
            "chairs": member.chairs,
            "active": member.active,
        }
        return self._put(commission_member, member.id, values)

    def members(self, campaign_id: int) -> Sequence[CommissionMember]:
        """The campaign's members, those who left included."""
        return load_members(self._connection, campaign_id)

    def put_meeting(self, one: Meeting) -> int:
        """Keep a sitting, a new one when its id is 0; Refused (minutes_no_taken) when another has the number.

        A sitting's new number takes its votes along.
        """
        self._transaction.demand_open(one.campaign, exclusive=True)
        values: dict[str, object] = {
            "campaign": one.campaign,
            "minutes_no": one.minutes_no,
            "minutes_on": date_text(one.minutes_on),
            "place": one.place,
            "agenda": one.agenda,
        }
        before = row_of(self._connection, meeting, one.id).minutes_no if one.id else one.minutes_no
        try:
            kept = self._put(meeting, one.id, values)
        except IntegrityError as error:
            raise Refused("minutes_no_taken", minutes=one.minutes_no) from error
        if before != one.minutes_no:
            mine = (vote.c.campaign == one.campaign) & (vote.c.minutes_no == before)
            self._connection.execute(update(vote).where(mine).values(minutes_no=one.minutes_no))
        return kept

    def meeting(self, campaign_id: int, minutes_no: str) -> Meeting | None:
        """The sitting with this number of minutes, or None."""
        found = load_meetings(self._connection, campaign_id, minutes_no)
        return found[0] if found else None

    def attend(self, one: Meeting, seats: Iterable[Attendance]) -> None:
        """Record of members whether they were there; those not named stay as they were."""
        self._transaction.demand_open(one.campaign)
        for seat in seats:
            values = {"present": seat.present, "reason": seat.reason}
            mine = (attendance.c.meeting == one.id) & (attendance.c.member == seat.member)
            if self._connection.execute(update(attendance).where(mine).values(**values)).rowcount == 0:
                row = {"meeting": one.id, "member": seat.member, **values}
                self._connection.execute(attendance.insert(), row)

    def attendance(self, meeting_id: int) -> Sequence[Attendance]:
        """Who was at a sitting and who was not."""
        return load_attendance(self._connection, meeting_id)

    def put_resolution(self, campaign_id: int, one: Resolution) -> int:
        """Keep an item of a sitting, a new one when its id is 0."""
        self._transaction.demand_open(campaign_id)
        values: dict[str, object] = {
            "meeting": one.meeting,
            "item": one.item,
            "matter": one.matter,
            "subject": one.subject,
            "wording": one.wording,
            "outcome": one.outcome,
            "application": self._application(campaign_id, one.application_no),
            "run": self._run(campaign_id, one.run_no),
        }
        return self._put(resolution, one.id, values)

    def resolutions(self, meeting_id: int) -> Sequence[Resolution]:
        """A sitting's items in their order."""
        return load_resolutions(self._connection, meeting_id)

    def put_vote(self, cast_vote: Vote) -> None:
        """Record one member's vote on one matter, in the place of an earlier one."""
        self._transaction.demand_open(cast_vote.campaign)
        key = {
            "campaign": cast_vote.campaign,
            "member": cast_vote.member,
            "minutes_no": cast_vote.minutes_no,
            "matter": cast_vote.matter,
        }
        values = {"vote": cast_vote.vote, "interest": cast_vote.interest}
        change = update(vote).filter_by(**key).values(**values)
        if self._connection.execute(change).rowcount == 0:
            self._connection.execute(vote.insert(), key | values)

    def votes(self, campaign_id: int, minutes_no: str) -> Sequence[Vote]:
        """The votes of one minutes."""
        return load_votes(self._connection, campaign_id, minutes_no)

    def add_interest(self, one: Interest) -> int:
        """Record a declared interest; Refused (interest_declared) while it stands already."""
        self._transaction.demand_open(one.campaign)
        values = {
            "campaign": one.campaign,
            "member": one.member,
            "application": self._application(one.campaign, one.application_no),
            "relation": one.relation,
            "standing": 1,
            "declared_at": utc_text(one.declared_at),
            "declared_by": one.declared_by,
        }
        try:
            return new_id(self._connection.execute(interest.insert(), values))
        except IntegrityError as error:
            raise Refused("interest_declared", no=one.application_no) from error

    def withdraw_interest(self, interest_id: int, at: datetime, reason: str) -> None:
        """Take a declared interest back; it stays readable."""
        self._transaction.demand_open(row_of(self._connection, interest, interest_id).campaign)
        values = {"standing": None, "withdrawn_at": utc_text(at), "withdrawn_reason": reason}
        self._connection.execute(update(interest).where(interest.c.id == interest_id).values(**values))

    def interests(self, campaign_id: int) -> Sequence[Interest]:
        """Every interest declared, those withdrawn included."""
        return load_interests(self._connection, campaign_id)

    def _put(self, table: Table, row_id: int, values: dict[str, object]) -> int:
        if not row_id:
            return new_id(self._connection.execute(table.insert(), values))
        self._connection.execute(update(table).where(table.c.id == row_id).values(**values))
        return row_id

    def _application(self, campaign_id: int, no: str) -> int | None:
        if not no:
            return None
        query = select(application.c.id).where(application.c.campaign == campaign_id, application.c.no == no)
        found = self._connection.execute(query).scalar()
        if found is None:
            raise Refused("application_unknown", no=no)
        return cast("int", found)

    def _run(self, campaign_id: int, no: int | None) -> int | None:
        if no is None:
            return None
        found = self._connection.execute(
            select(run.c.id).where(run.c.campaign == campaign_id, run.c.no == no)
        ).scalar()
        if found is None:
            raise Refused("run_unknown", run=no)
        return cast("int", found)
