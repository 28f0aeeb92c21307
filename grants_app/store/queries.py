"""Reading, apart from writing: frozen lines and records of a consistent moment, sorted and paged in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from grants_app.store.accepted import AcceptedQueries
from grants_app.store.application_queries import ApplicationQueries
from grants_app.store.award_queries import AwardQueries
from grants_app.store.campaign_queries import CampaignQueries
from grants_app.store.commission_queries import CommissionQueries
from grants_app.store.database.state import StateQueries
from grants_app.store.journal_queries import JournalQueries
from grants_app.store.rounds import RoundQueries
from grants_app.store.run_queries import RunQueries
from grants_app.store.second_look import SecondLookQueries

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy.engine import Connection, Engine

    from grants_app.store.shelf import Shelf


class Reading(
    CampaignQueries,
    ApplicationQueries,
    RunQueries,
    AwardQueries,
    RoundQueries,
    CommissionQueries,
    AcceptedQueries,
    SecondLookQueries,
    JournalQueries,
    StateQueries,
):
    """`with store.reading() as reading: …`: everything read in it is of one moment."""

    _connection: Connection

    def __init__(self, engine: Engine, shelf: Shelf) -> None:
        self._engine = engine
        self._shelf = shelf

    def __enter__(self) -> Self:
        options: dict[str, object] = {}
        if self._engine.dialect.name == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._connection = self._engine.connect().execution_options(**options)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
