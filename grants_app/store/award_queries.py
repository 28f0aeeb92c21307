"""Questions about seats, awards and papers: the ledger with its holders, and the papers' register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from grants_app.domain.award import AwardState, LedgerLine
from grants_app.domain.errors import Refused
from grants_app.store.application_tables import application, person
from grants_app.store.awards import load_award, load_awards
from grants_app.store.decision_tables import award, paper, seat
from grants_app.store.moments import moment_or_none
from grants_app.store.papers import load_papers
from grants_app.store.register_tables import pool as pool_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection, Row

    from grants_app.domain.award import Award, IssuedPaper


class AwardQueries:
    """The part of a reading that looks at awards and papers."""

    _connection: Connection

    def ledger(self, campaign_id: int) -> list[LedgerLine]:
        """Every seat of the campaign, pool by pool in the campaign's order, with its present holder."""
        before = (
            select(award.c.seat, func.count().label("n"))
            .where(award.c.campaign == campaign_id, award.c.holding.is_(None))
            .group_by(award.c.seat)
            .subquery()
        )
        query = (
            select(
                seat.c.pool,
                seat.c.number,
                award.c.id.label("award"),
                award.c.label,
                award.c.state,
                award.c.deadline,
                award.c.deadline_offset,
                application.c.id.label("application"),
                application.c.no,
                application.c.phone,
                person.c.surname,
                person.c.given,
                person.c.patronymic,
                before.c.n,
            )
            .select_from(seat)
            .join(
                pool_table, and_(pool_table.c.campaign == seat.c.campaign, pool_table.c.code == seat.c.pool)
            )
            .outerjoin(award, and_(award.c.seat == seat.c.id, award.c.holding == 1))
            .outerjoin(application, application.c.id == award.c.application)
            .outerjoin(person, person.c.id == application.c.person)
            .outerjoin(before, before.c.seat == seat.c.id)
            .where(seat.c.campaign == campaign_id, seat.c.active == 1)
            .order_by(pool_table.c.place, seat.c.number)
        )
        return [_ledger_line(row) for row in self._connection.execute(query)]

    def awards(self, campaign_id: int) -> Sequence[Award]:
        """Every award ever offered, in that order."""
        return load_awards(self._connection, award.c.campaign == campaign_id)

    def award(self, award_id: int) -> Award:
        """The award; Refused (not_found) when there is none."""
        return load_award(self._connection, award_id)

    def papers(self, campaign_id: int, kind: str = "") -> Sequence[IssuedPaper]:
        """The papers of a kind, or all, by number, cancelled ones included."""
        where = [paper.c.campaign == campaign_id]
        if kind:
            where.append(paper.c.kind == kind)
        return load_papers(self._connection, *where)

    def paper(self, paper_id: int) -> IssuedPaper:
        """The paper; Refused (not_found) when there is none."""
        found = load_papers(self._connection, paper.c.id == paper_id)
        if not found:
            raise Refused("not_found", kind="paper", key=paper_id)
        return found[0]

    def paper_by_number(self, campaign_id: int, number: str) -> IssuedPaper:
        """The campaign's paper with this number; Refused (paper_unknown) when there is none."""
        found = load_papers(self._connection, paper.c.campaign == campaign_id, paper.c.number == number)
        if not found:
            raise Refused("paper_unknown", number=number)
        return found[0]


def _ledger_line(row: Row[*tuple[Any, ...]]) -> LedgerLine:
    held = row.award is not None
    return LedgerLine(
        pool=row.pool,
        seat=row.number,
        label=row.label if held else "",
        award=row.award,
        application=row.application,
        application_no=row.no if held else "",
        full_name=" ".join(part for part in (row.surname, row.given, row.patronymic) if part),
        phone=row.phone if held else "",
        state=AwardState(row.state) if held else None,
        deadline=moment_or_none(row.deadline, row.deadline_offset) if held else None,
        held_before=row.n or 0,
    )
