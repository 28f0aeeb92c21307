"""Numbered papers: one gap-free series per kind, branch and campaign; what a paper says is only text here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from grants_app.domain.award import IssuedPaper
from grants_app.domain.errors import Refused
from grants_app.domain.journal import utc_text
from grants_app.store.decision_tables import paper
from grants_app.store.moments import utc_of
from grants_app.store.numbers import next_numbers
from grants_app.store.rows import new_id, row_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection, Row

    from grants_app.store.transaction import Transaction


def load_papers(connection: Connection, *where: ColumnElement[bool]) -> list[IssuedPaper]:
    """Papers by number, kind after kind."""
    query = select(paper).where(*where).order_by(paper.c.kind, paper.c.number, paper.c.id)
    return [paper_of(row) for row in connection.execute(query)]


def paper_of(row: Row[Any]) -> IssuedPaper:
    """The paper out of its row."""
    return IssuedPaper(
        id=row.id,
        campaign=row.campaign,
        kind=row.kind,
        branch=row.branch,
        number=row.number,
        application=row.application,
        award=row.award,
        run=row.run,
        langs=tuple(row.langs.split()),
        facts=row.facts,
        state=row.state,
        prints=row.prints,
        issued_at=utc_of(row.issued_at),
        issued_by=row.issued_by,
        ended_at=utc_of(row.ended_at) if row.ended_at else None,
        ended_reason=row.ended_reason,
    )


class PaperRepository:
    """Papers by id."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def next_number(self, campaign_id: int, branch: str, kind: str, prefix: str, year: str) -> str:
        """The next number of the series, as "КБ-2026-0017"; given back when this is not committed."""
        self._transaction.demand_open(campaign_id, exclusive=True)
        number = next_numbers(self._transaction, campaign_id, f"paper:{kind}", branch)[0]
        return f"{prefix}-{year}-{number:04d}"

    def add(  # noqa: PLR0913 - a paper is kept whole
        self,
        *,
        campaign: int,
        kind: str,
        branch: str,
        number: str,
        application: int | None,
        award: int | None,
        run: int | None,
        langs: tuple[str, ...],
        facts: str,
        at: datetime,
        by: str,
    ) -> IssuedPaper:
        """Keep a paper; Refused (paper_issued) while another of the kind stands for the award."""
        self._transaction.demand_open(campaign, exclusive=True)
        values = {
            "campaign": campaign,
            "kind": kind,
            "branch": branch,
            "number": number,
            "application": application,
            "award": award,
            "run": run,
            "langs": " ".join(langs),
            "facts": facts,
            "state": "issued",
            "in_force": 1,
            "issued_at": utc_text(at),
            "issued_by": by,
        }
        try:
            paper_id = new_id(self._connection.execute(paper.insert(), values))
        except IntegrityError as error:
            raise Refused("paper_issued", number=number) from error
        return self.get(paper_id)

    def get(self, paper_id: int) -> IssuedPaper:
        """The paper; Refused (not_found) when there is none."""
        return paper_of(row_of(self._connection, paper, paper_id))

    def by_number(self, campaign_id: int, number: str) -> IssuedPaper:
        """The campaign's paper with this number; Refused (paper_unknown) when there is none."""
        found = load_papers(self._connection, paper.c.campaign == campaign_id, paper.c.number == number)
        if not found:
            raise Refused("paper_unknown", number=number)
        return found[0]

    def of_kind(self, campaign_id: int, kind: str) -> Sequence[IssuedPaper]:
        """Papers of a kind, by number, cancelled ones included."""
        self._transaction.demand_open(campaign_id, exclusive=True)
        return load_papers(self._connection, paper.c.campaign == campaign_id, paper.c.kind == kind)

    def of_award(self, award_id: int) -> Sequence[IssuedPaper]:
        """Papers issued for an award."""
        return load_papers(self._connection, paper.c.award == award_id)

    def count_print(self, paper_id: int) -> None:
        """Count one more print."""
        self._transaction.demand_open(self.get(paper_id).campaign)
        change = update(paper).where(paper.c.id == paper_id).values(prints=paper.c.prints + 1)
        self._connection.execute(change)

    def cancel(
        self, paper_id: int, *, reason: str, state: Literal["cancelled", "replaced"] = "cancelled"
    ) -> None:
        """Take a paper out of force; its number is never used again."""
        self._transaction.demand_open(self.get(paper_id).campaign, exclusive=True)
        self._connection.execute(
            update(paper)
            .where(paper.c.id == paper_id)
            .values(
                state=state, in_force=None, ended_at=utc_text(self._transaction.now()), ended_reason=reason
            )
        )
