"""Dated acts after a seal: acts on a campaign, deadlines put off, seats moved, cascades; kept as given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import func, select

from grants_app.domain.journal import utc_text
from grants_app.domain.rounds import CampaignAct, CascadeRecord, Extension, SeatAct, SeatActKind
from grants_app.store.application_tables import application, person
from grants_app.store.commission_tables import campaign_act, cascade, extension, seat_act
from grants_app.store.decision_tables import award
from grants_app.store.moments import (
    date_of,
    date_text,
    moment_columns,
    moment_of,
    moment_or_none,
    utc_of,
)
from grants_app.store.register_tables import journal
from grants_app.store.rows import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.engine import Connection, Row

    from grants_app.store.transaction import Transaction


class RoundRepository:
    """Acts on the campaign, extensions, seat acts and cascades; none of them ever changes."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def add_act(self, act: CampaignAct) -> int:
        """Keep a dated act; its campaign may be closed, for reopening it is such an act."""
        values = {
            "campaign": act.campaign,
            "kind": act.kind,
            "run": act.run,
            "minutes_no": act.minutes_no,
            "minutes_on": date_text(act.minutes_on),
            "reason": act.reason,
            **moment_columns("at", act.at),
            "by": act.by,
        }
        return new_id(self._connection.execute(campaign_act.insert(), values))

    def add_extension(self, one: Extension) -> int:
        """Keep a deadline put off."""
        self._transaction.demand_open(one.campaign, exclusive=True)
        values = {
            "campaign": one.campaign,
            "award": one.award,
            "deadline": one.deadline,
            **moment_columns("before", one.before),
            **moment_columns("after", one.after),
            "order_no": one.order_no,
            "order_on": date_text(one.order_on),
            "reason": one.reason,
            "at": utc_text(one.at),
            "by": one.by,
        }
        return new_id(self._connection.execute(extension.insert(), values))

    def add_seat_act(self, act: SeatAct) -> int:
        """Keep a move of seats or a changed total; the set-up itself is changed by `campaigns`."""
        self._transaction.demand_open(act.campaign, exclusive=True)
        values = {
            "campaign": act.campaign,
            "kind": act.kind,
            "from_pool": act.from_pool or None,
            "to_pool": act.to_pool or None,
            "seats": act.seats,
            "total_before": act.total_before,
            "total_after": act.total_after,
            "order_no": act.order_no,
            "order_on": date_text(act.order_on),
            "reason": act.reason,
            "at": utc_text(act.at),
            "by": act.by,
        }
        return new_id(self._connection.execute(seat_act.insert(), values))

    def add_cascade(self, record: CascadeRecord) -> int:
        """Keep a confirmed cascade."""
        self._transaction.demand_open(record.campaign, exclusive=True)
        values = {
            "campaign": record.campaign,
            "run": record.run,
            "minutes_no": record.minutes_no,
            "minutes_on": record.minutes_on.isoformat(),
            "document": record.document,
            "at": utc_text(record.at),
            "by": record.by,
        }
        return new_id(self._connection.execute(cascade.insert(), values))


class RoundQueries:
    """The part of a reading that looks at what happened after a seal."""

    _connection: Connection

    def campaign_acts(self, campaign_id: int, kind: str = "") -> Sequence[CampaignAct]:
        """The campaign's dated acts, or those of a kind, in the order they were done."""
        query = select(campaign_act).where(campaign_act.c.campaign == campaign_id)
        if kind:
            query = query.where(campaign_act.c.kind == kind)
        return [_act(row) for row in self._connection.execute(query.order_by(campaign_act.c.id))]

    def extensions(self, campaign_id: int) -> Sequence[Extension]:
        """Every deadline put off, with whose it was, the latest first."""
        query = (
            select(extension, application.c.no, person.c.surname, person.c.given, person.c.patronymic)
            .outerjoin(award, award.c.id == extension.c.award)
            .outerjoin(application, application.c.id == award.c.application)
            .outerjoin(person, person.c.id == application.c.person)
            .where(extension.c.campaign == campaign_id)
            .order_by(extension.c.id.desc())
        )
        return [_extension(row) for row in self._connection.execute(query)]

    def seat_acts(self, campaign_id: int) -> Sequence[SeatAct]:
        """Every move of seats and changed total, the latest first."""
        query = select(seat_act).where(seat_act.c.campaign == campaign_id).order_by(seat_act.c.id.desc())
        return [_seat_act(row) for row in self._connection.execute(query)]

    def cascades(self, campaign_id: int) -> Sequence[CascadeRecord]:
        """Every confirmed cascade, the latest first."""
        query = select(cascade).where(cascade.c.campaign == campaign_id).order_by(cascade.c.id.desc())
        return [_cascade(row) for row in self._connection.execute(query)]

    def latest_event(self, since_act: str) -> datetime | None:
        """The latest moment the journal names since its last event of this act, that event included."""
        after = select(func.coalesce(func.max(journal.c.seq), 0)).where(journal.c.act == since_act)
        query = select(func.max(journal.c.at)).where(journal.c.seq >= after.scalar_subquery())
        found = self._connection.execute(query).scalar()
        return utc_of(found) if found else None


def _act(row: Row[Any]) -> CampaignAct:
    return CampaignAct(
        id=row.id,
        campaign=row.campaign,
        kind=row.kind,
        run=row.run,
        minutes_no=row.minutes_no,
        minutes_on=date_of(row.minutes_on),
        reason=row.reason,
        at=moment_of(row.at, row.at_offset),
        by=row.by,
    )


def _extension(row: Row[*tuple[Any, ...]]) -> Extension:
    return Extension(
        id=row.id,
        campaign=row.campaign,
        award=row.award,
        application_no=row.no or "",
        full_name=" ".join(part for part in (row.surname, row.given, row.patronymic) if part),
        deadline=row.deadline,
        before=moment_or_none(row.before, row.before_offset),
        after=moment_of(row.after, row.after_offset),
        order_no=row.order_no,
        order_on=date_of(row.order_on),
        reason=row.reason,
        at=utc_of(row.at),
        by=row.by,
    )


def _seat_act(row: Row[Any]) -> SeatAct:
    return SeatAct(
        id=row.id,
        campaign=row.campaign,
        kind=cast("SeatActKind", row.kind),
        from_pool=row.from_pool or "",
        to_pool=row.to_pool or "",
        seats=row.seats,
        total_before=row.total_before,
        total_after=row.total_after,
        order_no=row.order_no,
        order_on=date_of(row.order_on),
        reason=row.reason,
        at=utc_of(row.at),
        by=row.by,
    )


def _cascade(row: Row[Any]) -> CascadeRecord:
    return CascadeRecord(
        id=row.id,
        campaign=row.campaign,
        run=row.run,
        minutes_no=row.minutes_no,
        minutes_on=cast("date", date_of(row.minutes_on)),
        document=row.document,
        at=utc_of(row.at),
        by=row.by,
    )
