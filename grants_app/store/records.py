"""Plain records, kept as they are given: scenarios, appeals, transfers of personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, select, update

from grants_app.domain.journal import utc_text
from grants_app.domain.records import Appeal, AppealDecision, Scenario, Transfer
from grants_app.store.decision_tables import appeal, scenario, transfer
from grants_app.store.moments import (
    date_of,
    date_text,
    moment_columns,
    moment_of,
    moment_or_none,
    utc_of,
)
from grants_app.store.rows import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection, Row

    from grants_app.store.transaction import Transaction


class ScenarioRepository:
    """Scenarios by name."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def put(self, kept: Scenario) -> None:
        """Keep a scenario, in the place of the one of this name."""
        self._transaction.demand_open(kept.campaign)
        values = {"document": kept.document, "saved_at": utc_text(kept.saved_at), "saved_by": kept.saved_by}
        mine = (scenario.c.campaign == kept.campaign) & (scenario.c.name == kept.name)
        if self._connection.execute(update(scenario).where(mine).values(**values)).rowcount == 0:
            row = {"campaign": kept.campaign, "name": kept.name, **values}
            self._connection.execute(scenario.insert(), row)

    def get(self, campaign_id: int, name: str) -> Scenario | None:
        """The scenario of this name, or None."""
        return next((one for one in self.all(campaign_id) if one.name == name), None)

    def all(self, campaign_id: int) -> Sequence[Scenario]:
        """The campaign's scenarios by name."""
        return load_scenarios(self._connection, campaign_id)

    def remove(self, campaign_id: int, name: str) -> None:
        """Forget the scenario of this name."""
        self._transaction.demand_open(campaign_id)
        mine = (scenario.c.campaign == campaign_id) & (scenario.c.name == name)
        self._connection.execute(delete(scenario).where(mine))


def load_scenarios(connection: Connection, campaign_id: int) -> list[Scenario]:
    """The campaign's scenarios by name."""
    query = select(scenario).where(scenario.c.campaign == campaign_id).order_by(scenario.c.name)
    return [
        Scenario(
            id=row.id,
            campaign=row.campaign,
            name=row.name,
            document=row.document,
            saved_at=utc_of(row.saved_at),
            saved_by=row.saved_by,
        )
        for row in connection.execute(query)
    ]


class AppealRepository:
    """Appeals by id."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def add(self, one: Appeal) -> int:
        """Keep a new appeal."""
        self._transaction.demand_open(one.campaign)
        return new_id(self._connection.execute(appeal.insert(), _appeal_values(one)))

    def put(self, one: Appeal) -> None:
        """Record what was decided."""
        self._transaction.demand_open(one.campaign)
        self._connection.execute(update(appeal).where(appeal.c.id == one.id).values(**_appeal_values(one)))

    def all(self, campaign_id: int) -> Sequence[Appeal]:
        """The campaign's appeals in the order they came in."""
        return load_appeals(self._connection, campaign_id)


def load_appeals(connection: Connection, campaign_id: int) -> list[Appeal]:
    """The campaign's appeals in the order they came in."""
    query = select(appeal).where(appeal.c.campaign == campaign_id).order_by(appeal.c.received_at, appeal.c.id)
    return [_appeal(row) for row in connection.execute(query)]


def _appeal_values(one: Appeal) -> dict[str, Any]:
    return {
        "campaign": one.campaign,
        "application": one.application,
        **moment_columns("received_at", one.received_at),
        **moment_columns("deadline", one.deadline),
        "subject": one.subject,
        "decision": one.decision,
        "minutes_no": one.minutes_no,
        "minutes_on": date_text(one.minutes_on),
        "effect": one.effect,
    }


def _appeal(row: Row[Any]) -> Appeal:
    return Appeal(
        id=row.id,
        campaign=row.campaign,
        application=row.application,
        received_at=moment_of(row.received_at, row.received_at_offset),
        deadline=moment_or_none(row.deadline, row.deadline_offset),
        subject=row.subject,
        decision=cast("AppealDecision", row.decision),
        minutes_no=row.minutes_no,
        minutes_on=date_of(row.minutes_on),
        effect=row.effect,
    )


class TransferRepository:
    """The log of personal data handed out or sent abroad."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def add(self, made: Transfer) -> int:
        """Log a transfer."""
        self._transaction.demand_open(made.campaign)
        return new_id(
            self._connection.execute(
                transfer.insert(),
                {
                    "campaign": made.campaign,
                    "at": utc_text(made.at),
                    "by": made.by,
                    "what": made.what,
                    "recipient": made.recipient,
                    "country": made.country,
                    "basis": made.basis,
                    "people": made.people,
                },
            )
        )

    def all(self, campaign_id: int) -> Sequence[Transfer]:
        """The campaign's transfers, the latest first."""
        query = select(transfer).where(transfer.c.campaign == campaign_id).order_by(transfer.c.id.desc())
        return [
            Transfer(
                id=row.id,
                campaign=row.campaign,
                at=utc_of(row.at),
                by=row.by,
                what=row.what,
                recipient=row.recipient,
                country=row.country,
                basis=row.basis,
                people=row.people,
            )
            for row in self._connection.execute(query)
        ]
