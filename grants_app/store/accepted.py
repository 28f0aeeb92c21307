"""What was accepted of a chair's sheet before its run was sealed, each with its reason."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from grants_app.domain.chair_sheet import AcceptedFinding
from grants_app.domain.journal import utc_text
from grants_app.store.commission_tables import accepted_finding
from grants_app.store.decision_tables import run
from grants_app.store.moments import utc_of
from grants_app.store.rows import row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from grants_app.store.transaction import Transaction


def load_accepted(connection: Connection, run_id: int) -> list[AcceptedFinding]:
    """What was accepted for a run, by code."""
    query = select(accepted_finding).where(accepted_finding.c.run == run_id).order_by(accepted_finding.c.code)
    return [
        AcceptedFinding(
            run=row.run,
            code=row.code,
            reason=row.reason,
            at=utc_of(row.accepted_at),
            by=row.accepted_by,
            extent=row.extent or "",
        )
        for row in connection.execute(query)
    ]


class AcceptedFindingRepository:
    """Accepted findings by run and code."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def put(self, accepted: AcceptedFinding) -> None:
        """Keep the reason, in the place of one given before for the same run and code."""
        self._transaction.demand_open(row_of(self._connection, run, accepted.run).campaign, exclusive=True)
        values = {
            "reason": accepted.reason,
            "accepted_at": utc_text(accepted.at),
            "accepted_by": accepted.by,
            "extent": accepted.extent,
        }
        mine = (accepted_finding.c.run == accepted.run) & (accepted_finding.c.code == accepted.code)
        change = update(accepted_finding).where(mine).values(**values)
        if self._connection.execute(change).rowcount == 0:
            row = {"run": accepted.run, "code": accepted.code, **values}
            self._connection.execute(accepted_finding.insert(), row)

    def of_run(self, run_id: int) -> Sequence[AcceptedFinding]:
        """What was accepted for a run, by code."""
        return load_accepted(self._connection, run_id)


class AcceptedWork:
    """The part of a unit of work that keeps what was accepted before a seal."""

    transaction: Transaction

    @cached_property
    def accepted(self) -> AcceptedFindingRepository:
        """Findings accepted before a seal."""
        return AcceptedFindingRepository(self.transaction)


class AcceptedQueries:
    """The part of a reading that looks at accepted findings."""

    _connection: Connection

    def accepted_findings(self, run_id: int) -> Sequence[AcceptedFinding]:
        """What was accepted for a run before its seal, by code."""
        return load_accepted(self._connection, run_id)
