"""Questions about runs: lists with people's names, pool by pool and over all, and everybody's reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from grants_app.domain.runs import RankedLine
from grants_app.store.application_tables import application, person
from grants_app.store.decision_tables import run, run_line
from grants_app.store.decisions import load_placements, load_ties
from grants_app.store.run_rows import (
    load_explanation,
    load_file,
    load_last_run,
    load_lines,
    load_run,
    load_run_by_no,
    load_runs,
)
from grants_app.store.run_summaries import TAKEN, load_summaries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection, Row

    from grants_app.domain.ranking import Explanation
    from grants_app.domain.runs import PlacementRecord, PoolSummary, RunKind, RunLine, RunRecord, TieDecision


class RunQueries:
    """The part of a reading that looks at runs and decisions."""

    _connection: Connection

    def runs(self, campaign_id: int) -> Sequence[RunRecord]:
        """The campaign's runs, the latest first."""
        return load_runs(self._connection, run.c.campaign == campaign_id)

    def run(self, run_id: int) -> RunRecord:
        """The run; Refused (not_found) when there is none."""
        return load_run(self._connection, run_id)

    def run_by_no(self, campaign_id: int, no: int) -> RunRecord:
        """The campaign's run with this number; Refused (run_unknown) when there is none."""
        return load_run_by_no(self._connection, campaign_id, no)

    def last_run(self, campaign_id: int, kind: RunKind | None = None) -> RunRecord | None:
        """The latest run, of the kind asked for; scenarios count only when asked for."""
        return load_last_run(self._connection, campaign_id, kind)

    def run_file(self, run_id: int) -> bytes:
        """The run file's bytes."""
        return load_file(self._connection, run_id)

    def run_lines(self, run_id: int, pool: str = "") -> Sequence[RunLine]:
        """The run's lines, or one pool's, in the order of the list."""
        return load_lines(self._connection, run_id, pool)

    def explanation(self, run_id: int, no: str) -> Explanation:
        """Why the application stands where it stands; Refused (not_in_run) when it is not in the run."""
        return load_explanation(self._connection, run_id, no)

    def ranked(
        self, run_id: int, pool: str = "", *, limit: int | None = None, offset: int = 0
    ) -> tuple[int, list[RankedLine]]:
        """How many lines, and the page asked for: one pool's list, or over all by the first level of merit.

        Over all, everybody stands once: with the pool they were taken in, else with their first choice.
        """
        if pool:
            where = [run_line.c.run == run_id, run_line.c.pool == pool]
            order: list[Any] = [run_line.c.place]
        else:
            where = [run_line.c.run == run_id, _speaks_for(run_id)]
            order = [run_line.c.outcome.not_in(TAKEN), run_line.c.pool, run_line.c.place]
        total = self._connection.execute(
            select(func.count()).select_from(run_line).where(*where)
        ).scalar_one()
        return total, self._ranked(where, order, limit, offset)

    def reserve(self, run_id: int, pool: str) -> list[RankedLine]:
        """Those the pool refused, in the order they would be asked."""
        where = [run_line.c.run == run_id, run_line.c.pool == pool, run_line.c.reserve.is_not(None)]
        return self._ranked(where, [run_line.c.reserve], None, 0)

    def _ranked(
        self, where: list[ColumnElement[bool]], order: list[Any], limit: int | None, offset: int
    ) -> list[RankedLine]:
        query = (
            select(
                run_line,
                application.c.no,
                application.c.branch,
                person.c.surname,
                person.c.given,
                person.c.patronymic,
            )
            .join(application, application.c.id == run_line.c.application)
            .join(person, person.c.id == application.c.person)
            .where(*where)
            .order_by(*order)
            .limit(limit)
            .offset(offset)
        )
        return [_ranked_line(row) for row in self._connection.execute(query)]

    def pool_summaries(self, run_id: int) -> list[PoolSummary]:
        """Each pool of the run in the campaign's order: who competes, who is taken, the last merit taken.

        The last one taken is that of the open seats, where there are any: quotas may reach further down.
        """
        return load_summaries(self._connection, run_id)

    def ties(self, campaign_id: int, *, revoked: bool = False) -> Sequence[TieDecision]:
        """The orders of equals in force, or with `revoked` all there ever were."""
        return load_ties(self._connection, campaign_id, revoked=revoked)

    def placements(self, campaign_id: int) -> Sequence[PlacementRecord]:
        """The placements in force."""
        return load_placements(self._connection, campaign_id)


def _speaks_for(run_id: int) -> ColumnElement[bool]:
    """The one line that stands for each application over all: where it was taken, else its first choice."""
    other = run_line.alias("other")
    taken = (
        select(other.c.application).where(other.c.run == run_id, other.c.outcome.in_(TAKEN)).scalar_subquery()
    )
    return run_line.c.outcome.in_(TAKEN) | ((run_line.c.choice == 1) & run_line.c.application.not_in(taken))


def _ranked_line(row: Row[Any]) -> RankedLine:
    return RankedLine(
        pool=row.pool,
        application=row.application,
        application_no=row.no,
        surname=row.surname,
        given=row.given,
        patronymic=row.patronymic,
        branch=row.branch,
        choice=row.choice,
        position=row.position,
        merit=tuple(row.merit.split()),
        outcome=row.outcome,
        seat=row.seat,
        reserve=row.reserve,
        deciding_level=row.deciding_level,
        decided_against=row.decided_against,
        cutoff=tuple(row.cutoff.split()),
    )
