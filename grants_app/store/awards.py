"""Awards and the seats they hold; the engine's constraints keep one holder a seat and one seat a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from grants_app.domain.award import Award, AwardState
from grants_app.domain.errors import Refused
from grants_app.store.application_tables import application
from grants_app.store.decision_tables import award, seat
from grants_app.store.moments import moment_columns, moment_of, moment_or_none
from grants_app.store.rows import new_id, row_of
from grants_app.store.stale import demand_seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection, Row

    from grants_app.store.transaction import Transaction


def load_awards(connection: Connection, *where: ColumnElement[bool]) -> list[Award]:
    """Awards in the order they were offered."""
    query = (
        select(award, seat.c.pool, seat.c.number, application.c.no)
        .join(seat, seat.c.id == award.c.seat)
        .join(application, application.c.id == award.c.application)
        .where(*where)
        .order_by(award.c.id)
    )
    return [_award(row) for row in connection.execute(query)]


def load_award(connection: Connection, award_id: int) -> Award:
    """The award; Refused (not_found) when there is none."""
    found = load_awards(connection, award.c.id == award_id)
    if not found:
        raise Refused("not_found", kind="award", key=award_id)
    return found[0]


def _award(row: Row[Any]) -> Award:
    return Award(
        id=row.id,
        campaign=row.campaign,
        application=row.application,
        application_no=row.no,
        pool=row.pool,
        seat=row.number,
        label=row.label,
        run=row.run,
        round=row.round,
        state=AwardState(row.state),
        offered_at=moment_of(row.offered_at, row.offered_at_offset),
        deadline=moment_or_none(row.deadline, row.deadline_offset),
        answered_at=moment_or_none(row.answered_at, row.answered_at_offset),
        reason=row.reason,
        version=row.version,
    )


class AwardRepository:
    """Awards by id; every use locks the campaign, as what is free decides what may be offered."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def offer(  # noqa: PLR0913 - an award is offered whole
        self,
        *,
        campaign: int,
        application: int,
        pool: str,
        label: str,
        run: int,
        round: int,  # noqa: A002 - the field's name in the run file
        at: datetime,
        deadline: datetime | None = None,
        seat_number: int | None = None,
    ) -> Award:
        """Offer a seat of the pool, the lowest free one unless said.

        Refused: no_seat_left, seat_taken, holds_award.
        """
        free = self.free_seats(campaign, pool)
        if seat_number is not None and seat_number not in free:
            raise Refused("seat_taken", pool=pool, seat=seat_number)
        if not free:
            raise Refused("no_seat_left", pool=pool)
        held = self.of_application(application)
        if held is not None:
            raise Refused("holds_award", no=held.application_no)
        wanted = free[0] if seat_number is None else seat_number
        seat_id = self._connection.execute(
            select(seat.c.id).where(seat.c.campaign == campaign, seat.c.pool == pool, seat.c.number == wanted)
        ).scalar_one()
        values = {
            "campaign": campaign,
            "application": application,
            "seat": seat_id,
            "holding": 1,
            "label": label,
            "run": run,
            "round": round,
            "state": AwardState.OFFERED.value,
            **moment_columns("offered_at", at),
            **moment_columns("deadline", deadline),
            **moment_columns("answered_at", None),
        }
        return load_award(self._connection, new_id(self._connection.execute(award.insert(), values)))

    def get(self, award_id: int, *, seen: int | None = None) -> Award:
        """The award; Refused (saved_by_another) when `seen` is not the version stored."""
        row = row_of(self._connection, award, award_id)
        self._transaction.demand_open(row.campaign, exclusive=True)
        found = load_award(self._connection, award_id)
        demand_seen(
            self._connection, found.version, seen, campaign=found.campaign, subject=found.application_no
        )
        return found

    def put(self, changed: Award, *, seen: int | None = None) -> Award:
        """Save state, label, run, round, dates and reason; giving the seat back or taking it again follows.

        Refused: saved_by_another, seat_taken (somebody else holds the seat by now).
        """
        before = self.get(changed.id, seen=changed.version if seen is None else seen)
        after = replace(changed, version=before.version + 1)
        change = (
            update(award)
            .where(award.c.id == after.id)
            .values(
                state=after.state.value,
                holding=1 if after.state.holds_seat else None,
                label=after.label,
                run=after.run,
                round=after.round,
                **moment_columns("deadline", after.deadline),
                **moment_columns("answered_at", after.answered_at),
                reason=after.reason,
                version=after.version,
            )
        )
        try:
            self._connection.execute(change)
        except IntegrityError as error:
            raise Refused("seat_taken", pool=after.pool, seat=after.seat) from error
        self._transaction.touched.award(before, after)
        return after

    def holding(self, campaign_id: int) -> Sequence[Award]:
        """Awards that hold a seat."""
        self._transaction.demand_open(campaign_id, exclusive=True)
        return load_awards(self._connection, award.c.campaign == campaign_id, award.c.holding == 1)

    def of_campaign(self, campaign_id: int) -> Sequence[Award]:
        """Every award ever offered, in that order."""
        self._transaction.demand_open(campaign_id, exclusive=True)
        return load_awards(self._connection, award.c.campaign == campaign_id)

    def of_application(self, application_id: int) -> Award | None:
        """The award that holds the application's seat, or None."""
        found = load_awards(self._connection, award.c.application == application_id, award.c.holding == 1)
        return next(iter(found), None)

    def history(self, application_id: int) -> Sequence[Award]:
        """Every award ever offered to the application."""
        return load_awards(self._connection, award.c.application == application_id)

    def free_seats(self, campaign_id: int, pool: str) -> list[int]:
        """Numbers of the pool's seats nobody holds."""
        self._transaction.demand_open(campaign_id, exclusive=True)
        taken = select(award.c.seat).where(award.c.campaign == campaign_id, award.c.holding == 1)
        query = (
            select(seat.c.number)
            .where(
                seat.c.campaign == campaign_id,
                seat.c.pool == pool,
                seat.c.active == 1,
                seat.c.id.not_in(taken),
            )
            .order_by(seat.c.number)
        )
        return list(self._connection.execute(query).scalars())
