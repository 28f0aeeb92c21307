"""Runs: kept with their file, their lists and everybody's explanation; a sealed one never changes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from grants_app.domain.errors import Refused
from grants_app.domain.journal import utc_text
from grants_app.store.application_tables import application
from grants_app.store.decision_tables import run, run_explanation, run_line
from grants_app.store.moments import date_text
from grants_app.store.rows import new_id, pairs
from grants_app.store.run_rows import (
    joined,
    list_order,
    load_explanation,
    load_file,
    load_last_run,
    load_lines,
    load_run,
    load_run_by_no,
    load_runs,
    packed,
)
from grants_app.store.run_summaries import load_summaries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.ranking import Explanation
    from grants_app.domain.runs import NewRun, PoolSummary, RunKind, RunLine, RunRecord, SealFacts
    from grants_app.store.transaction import Transaction


class RunRepository:
    """Runs by id, and by their number within the campaign."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def add(self, new: NewRun) -> RunRecord:
        """Keep a run under the campaign's next number."""
        self._transaction.demand_open(new.campaign, exclusive=True)
        last = select(func.coalesce(func.max(run.c.no), 0)).where(run.c.campaign == new.campaign)
        run_id = new_id(
            self._connection.execute(
                run.insert(),
                {
                    "campaign": new.campaign,
                    "no": self._connection.execute(last).scalar_one() + 1,
                    "kind": new.kind,
                    "round": new.round,
                    "rules": new.rules,
                    "applications": len(new.explanations),
                    "awards": new.awards,
                    "open_ties": new.open_ties,
                    "created_at": utc_text(new.at),
                    "created_by": new.by,
                    "name": new.name,
                    "file": new.file,
                },
            )
        )
        self._add_lines(run_id, new.lines)
        self._add_explanations(run_id, new)
        return load_run(self._connection, run_id)

    def _add_lines(self, run_id: int, lines: Sequence[RunLine]) -> None:
        rows = [
            {
                "run": run_id,
                "pool": line.pool,
                "application": line.application,
                "place": place,
                "choice": line.choice,
                "position": line.position,
                "merit": joined(line.merit),
                "outcome": line.outcome,
                "seat": line.seat,
                "reserve": line.reserve,
                "deciding_level": line.deciding_level,
                "decided_against": line.decided_against,
                "cutoff": joined(line.cutoff),
            }
            for place, line in enumerate(sorted(lines, key=list_order))
        ]
        if rows:
            self._connection.execute(run_line.insert(), rows)

    def _add_explanations(self, run_id: int, new: NewRun) -> None:
        query = select(application.c.no, application.c.id).where(application.c.campaign == new.campaign)
        ids = pairs(self._connection, query)
        rows = [
            {"run": run_id, "application": ids[no], "document": packed(explanation)}
            for no, explanation in new.explanations.items()
        ]
        if rows:
            self._connection.execute(run_explanation.insert(), rows)

    def seal(self, run_id: int, facts: SealFacts) -> RunRecord:
        """Seal a draft; Refused (already_sealed, tie_open, not_a_draft) when it cannot be."""
        record = load_run(self._connection, run_id)
        self._transaction.demand_open(record.campaign, exclusive=True)
        record = load_run(self._connection, run_id)
        if record.kind == "sealed":
            raise Refused("already_sealed", run=record.no)
        if record.kind != "draft":
            raise Refused("not_a_draft", run=record.no)
        if record.open_ties:
            raise Refused("tie_open", run=record.no, n=record.open_ties)
        self._connection.execute(
            update(run)
            .where(run.c.id == run_id)
            .values(
                kind="sealed",
                file=facts.file,
                fingerprint=facts.fingerprint,
                signature=facts.signature,
                minutes_no=facts.minutes_no,
                minutes_on=date_text(facts.minutes_on),
                sealed_at=utc_text(facts.at),
                sealed_by=facts.by,
            )
        )
        return load_run(self._connection, run_id)

    def get(self, run_id: int) -> RunRecord:
        """The run; Refused (not_found) when there is none."""
        return load_run(self._connection, run_id)

    def by_no(self, campaign_id: int, no: int) -> RunRecord:
        """The campaign's run with this number; Refused (run_unknown) when there is none."""
        return load_run_by_no(self._connection, campaign_id, no)

    def of_campaign(self, campaign_id: int) -> Sequence[RunRecord]:
        """The campaign's runs, the latest first."""
        return load_runs(self._connection, run.c.campaign == campaign_id)

    def last(self, campaign_id: int, kind: RunKind | None = None) -> RunRecord | None:
        """The latest run, of the kind asked for; scenarios count only when asked for."""
        return load_last_run(self._connection, campaign_id, kind)

    def last_sealed(self, campaign_id: int) -> RunRecord | None:
        """The latest sealed run, or None."""
        return load_last_run(self._connection, campaign_id, "sealed")

    def lines(self, run_id: int, pool: str = "") -> Sequence[RunLine]:
        """The run's lines, or one pool's, in the order of the list."""
        return load_lines(self._connection, run_id, pool)

    def summaries(self, run_id: int) -> Sequence[PoolSummary]:
        """Each pool of the run: who competes, who is taken, the last merit taken."""
        return load_summaries(self._connection, run_id)

    def file(self, run_id: int) -> bytes:
        """The run file's bytes."""
        return load_file(self._connection, run_id)

    def explanation(self, run_id: int, no: str) -> Explanation:
        """Why the application stands where it stands in the run."""
        return load_explanation(self._connection, run_id, no)
