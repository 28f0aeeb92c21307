"""What the commission decided by hand: orders of equals, and placements; revoked ones stay readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from grants_app.domain.errors import Refused
from grants_app.domain.journal import utc_text
from grants_app.domain.runs import PlacementRecord, TieDecision
from grants_app.store.application_tables import application
from grants_app.store.decision_tables import placement, tie_decision, tie_order
from grants_app.store.moments import date_of, date_text, moment_columns, moment_of, utc_or_none
from grants_app.store.rows import new_id, row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection, Row

    from grants_app.store.transaction import Transaction


def load_ties(connection: Connection, campaign_id: int, *, revoked: bool = False) -> list[TieDecision]:
    """The orders in force, or with `revoked` all there ever were, in the order they were decided."""
    query = (
        select(tie_order.c.tie, application.c.no)
        .join(application, application.c.id == tie_order.c.application)
        .where(application.c.campaign == campaign_id)
        .order_by(tie_order.c.tie, tie_order.c.place)
    )
    orders: dict[int, list[str]] = {}
    for tie, no in connection.execute(query):
        orders.setdefault(tie, []).append(no)
    decisions = select(tie_decision).where(tie_decision.c.campaign == campaign_id).order_by(tie_decision.c.id)
    if not revoked:
        decisions = decisions.where(tie_decision.c.revoked_at == "")
    return [_tie(row, orders.get(row.id, [])) for row in connection.execute(decisions)]


def _tie(row: Row[Any], order: list[str]) -> TieDecision:
    return TieDecision(
        id=row.id,
        campaign=row.campaign,
        pool=row.pool,
        order=tuple(order),
        how=row.how,
        kind=cast("Literal['commission', 'lot']", row.kind),
        minutes_no=row.minutes_no,
        minutes_on=date_of(row.minutes_on),
        seed=row.seed,
        present=row.present,
        seed_from=row.seed_from or "",
        seed_note=row.seed_note or "",
        decided_at=moment_of(row.decided_at, row.decided_at_offset),
        decided_by=row.decided_by,
        revoked_at=utc_or_none(row.revoked_at),
        revoked_by=row.revoked_by,
        revoked_reason=row.revoked_reason,
    )


def load_placements(connection: Connection, campaign_id: int) -> list[PlacementRecord]:
    """The placements in force, in the order they were made."""
    query = (
        select(placement, application.c.no)
        .join(application, application.c.id == placement.c.application)
        .where(placement.c.campaign == campaign_id, placement.c.standing == 1)
        .order_by(placement.c.id)
    )
    return [
        PlacementRecord(
            id=row.id,
            campaign=row.campaign,
            application_no=row.no,
            pool=row.pool,
            reason=row.reason,
            seat=row.seat,
            placed_at=moment_of(row.placed_at, row.placed_at_offset),
            placed_by=row.placed_by,
        )
        for row in connection.execute(query)
    ]


class DecisionRepository:
    """Tie decisions and placements by campaign."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def add_tie(self, tie: TieDecision) -> int:
        """Record in which order a group of equals of a pool was put."""
        self._transaction.demand_open(tie.campaign, exclusive=True)
        ids = [self._application(tie.campaign, no) for no in tie.order]
        tie_id = new_id(
            self._connection.execute(
                tie_decision.insert(),
                {
                    "campaign": tie.campaign,
                    "pool": tie.pool,
                    "how": tie.how,
                    "kind": tie.kind,
                    "minutes_no": tie.minutes_no,
                    "minutes_on": date_text(tie.minutes_on),
                    "seed": tie.seed,
                    "present": tie.present,
                    "seed_from": tie.seed_from,
                    "seed_note": tie.seed_note,
                    **moment_columns("decided_at", tie.decided_at),
                    "decided_by": tie.decided_by,
                },
            )
        )
        rows = [{"tie": tie_id, "place": place, "application": one} for place, one in enumerate(ids)]
        self._connection.execute(tie_order.insert(), rows)
        return tie_id

    def ties(self, campaign_id: int, *, revoked: bool = False) -> Sequence[TieDecision]:
        """The orders in force, or with `revoked` all there ever were."""
        return load_ties(self._connection, campaign_id, revoked=revoked)

    def revoke_tie(self, tie_id: int, reason: str, by: str) -> None:
        """Take an order out of force."""
        row = row_of(self._connection, tie_decision, tie_id)
        self._transaction.demand_open(row.campaign, exclusive=True)
        self._connection.execute(
            update(tie_decision).where(tie_decision.c.id == tie_id).values(**self._revoked(reason, by))
        )

    def add_placement(self, record: PlacementRecord) -> int:
        """Record that somebody was put into a pool by hand; Refused (already_placed) while another stands."""
        self._transaction.demand_open(record.campaign, exclusive=True)
        values = {
            "campaign": record.campaign,
            "application": self._application(record.campaign, record.application_no),
            "pool": record.pool,
            "seat": record.seat,
            "reason": record.reason,
            **moment_columns("placed_at", record.placed_at),
            "placed_by": record.placed_by,
            "standing": 1,
        }
        try:
            return new_id(self._connection.execute(placement.insert(), values))
        except IntegrityError as error:
            raise Refused("already_placed", no=record.application_no) from error

    def placements(self, campaign_id: int) -> Sequence[PlacementRecord]:
        """The placements in force."""
        return load_placements(self._connection, campaign_id)

    def revoke_placement(self, placement_id: int, reason: str, by: str) -> None:
        """Take a placement out of force."""
        row = row_of(self._connection, placement, placement_id)
        self._transaction.demand_open(row.campaign, exclusive=True)
        self._connection.execute(
            update(placement)
            .where(placement.c.id == placement_id)
            .values(standing=None, **self._revoked(reason, by))
        )
        self._transaction.touched.placements.append(placement_id)

    def restore_placement(self, placement_id: int) -> None:
        """Bring a revoked placement back into force; Refused where the person was placed anew since."""
        row = row_of(self._connection, placement, placement_id)
        self._transaction.demand_open(row.campaign, exclusive=True)
        again = (
            update(placement)
            .where(placement.c.id == placement_id)
            .values(standing=1, revoked_at="", revoked_by="", revoked_reason="")
        )
        try:
            self._connection.execute(again)
        except IntegrityError as error:
            raise Refused("already_placed", no=self._no_of(row.application)) from error

    def _no_of(self, application_id: int) -> str:
        return str(
            self._connection.execute(
                select(application.c.no).where(application.c.id == application_id)
            ).scalar_one()
        )

    def _revoked(self, reason: str, by: str) -> dict[str, object]:
        return {
            "revoked_at": utc_text(self._transaction.now()),
            "revoked_by": by,
            "revoked_reason": reason,
        }

    def _application(self, campaign_id: int, no: str) -> int:
        query = select(application.c.id).where(application.c.campaign == campaign_id, application.c.no == no)
        found = self._connection.execute(query).scalar()
        if found is None:
            raise Refused("application_unknown", no=no)
        return int(found)
