"""Rows of the commission as records: members, sittings, attendance, items, votes, interests."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import select

from grants_app.domain.commission import Attendance, Interest, Meeting, Resolution
from grants_app.domain.records import CommissionMember, Vote
from grants_app.store.application_tables import application
from grants_app.store.commission_tables import attendance, interest, meeting, resolution
from grants_app.store.decision_tables import commission_member, run, vote
from grants_app.store.moments import date_of, utc_of, utc_or_none

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.engine import Connection

    from grants_app.domain.commission import Matter, Outcome, VoteWord


def load_members(connection: Connection, campaign_id: int) -> list[CommissionMember]:
    """The campaign's members, those who left included, in the order they were added."""
    query = (
        select(commission_member)
        .where(commission_member.c.campaign == campaign_id)
        .order_by(commission_member.c.id)
    )
    return [
        CommissionMember(
            id=row.id,
            campaign=row.campaign,
            name=row.name,
            post=row.post,
            chairs=row.chairs,
            active=row.active,
        )
        for row in connection.execute(query)
    ]


def load_meetings(connection: Connection, campaign_id: int, minutes_no: str | None = None) -> list[Meeting]:
    """The campaign's sittings by date, or the one with this number of minutes."""
    query = select(meeting).where(meeting.c.campaign == campaign_id)
    if minutes_no is not None:
        query = query.where(meeting.c.minutes_no == minutes_no)
    return [
        Meeting(
            id=row.id,
            campaign=row.campaign,
            minutes_no=row.minutes_no,
            minutes_on=cast("date", date_of(row.minutes_on)),
            place=row.place,
            agenda=row.agenda,
        )
        for row in connection.execute(query.order_by(meeting.c.minutes_on, meeting.c.id))
    ]


def load_attendance(connection: Connection, meeting_id: int) -> list[Attendance]:
    """Who was at a sitting and who was not, in the members' order."""
    query = select(attendance).where(attendance.c.meeting == meeting_id).order_by(attendance.c.member)
    return [
        Attendance(member=row.member, present=row.present, reason=row.reason)
        for row in connection.execute(query)
    ]


def load_resolutions(connection: Connection, meeting_id: int) -> list[Resolution]:
    """A sitting's items in their order."""
    query = (
        select(resolution, application.c.no.label("application_no"), run.c.no.label("run_no"))
        .outerjoin(application, application.c.id == resolution.c.application)
        .outerjoin(run, run.c.id == resolution.c.run)
        .where(resolution.c.meeting == meeting_id)
        .order_by(resolution.c.item)
    )
    return [
        Resolution(
            id=row.id,
            meeting=row.meeting,
            item=row.item,
            matter=cast("Matter", row.matter),
            subject=row.subject,
            wording=row.wording,
            outcome=cast("Outcome", row.outcome),
            application_no=row.application_no or "",
            run_no=row.run_no,
        )
        for row in connection.execute(query)
    ]


def load_votes(connection: Connection, campaign_id: int, minutes_no: str) -> list[Vote]:
    """The votes of one minutes, matter by matter."""
    query = (
        select(vote)
        .where(vote.c.campaign == campaign_id, vote.c.minutes_no == minutes_no)
        .order_by(vote.c.matter, vote.c.member)
    )
    return [
        Vote(
            campaign=row.campaign,
            member=row.member,
            minutes_no=row.minutes_no,
            matter=row.matter,
            vote=cast("VoteWord", row.vote),
            interest=row.interest,
        )
        for row in connection.execute(query)
    ]


def load_interests(connection: Connection, campaign_id: int) -> list[Interest]:
    """Every interest declared, in that order, those withdrawn included."""
    query = (
        select(interest, application.c.no)
        .join(application, application.c.id == interest.c.application)
        .where(interest.c.campaign == campaign_id)
        .order_by(interest.c.id)
    )
    return [
        Interest(
            id=row.id,
            campaign=row.campaign,
            member=row.member,
            application_no=row.no,
            relation=row.relation,
            declared_at=utc_of(row.declared_at),
            declared_by=row.declared_by,
            withdrawn_at=utc_or_none(row.withdrawn_at),
            withdrawn_reason=row.withdrawn_reason,
        )
        for row in connection.execute(query)
    ]
