"""What the screen of seats shows beside the ledger: who held a seat before, who waits in reserve for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants_app.domain.award import Award

if TYPE_CHECKING:
    from grants_app.domain.award import IssuedPaper
    from grants_app.domain.runs import RankedLine, RunRecord
    from grants_app.services.access import Office


@dataclass(frozen=True, slots=True)
class SeatHolder:
    """One award a seat had, with its holder's name."""

    award: Award
    full_name: str


def history(office: Office, pool: str, seat: int) -> tuple[SeatHolder, ...]:
    """Everybody the seat was offered to, the first one first."""
    with office.store.reading() as reading:
        found = [
            award for award in reading.awards(office.campaign_id) if award.pool == pool and award.seat == seat
        ]
        return tuple(
            SeatHolder(award, reading.application(award.application).entry.person.full_name)
            for award in sorted(found, key=lambda one: one.id)
        )


def last_sealed(office: Office) -> RunRecord | None:
    """The run whose grants were offered last, or None before the first seal."""
    with office.store.reading() as reading:
        return reading.last_run(office.campaign_id, "sealed")


def reserve(office: Office, pool: str) -> tuple[RankedLine, ...]:
    """The pool's reserve in the order it would be asked, by the last sealed run; empty before one."""
    with office.store.reading() as reading:
        sealed = reading.last_run(office.campaign_id, "sealed")
        return () if sealed is None else tuple(reading.reserve(sealed.id, pool))


def reserve_counts(office: Office) -> dict[str, int]:
    """How many people each pool has in reserve by the last sealed run."""
    with office.store.reading() as reading:
        sealed = reading.last_run(office.campaign_id, "sealed")
        if sealed is None:
            return {}
        return {one.pool: one.reserve for one in reading.pool_summaries(sealed.id)}


def letters_of(office: Office, award: int) -> tuple[IssuedPaper, ...]:
    """The papers in force that were issued for an award; giving the seat back cancels them."""
    with office.store.reading() as reading:
        return tuple(
            paper
            for paper in reading.papers(office.campaign_id)
            if paper.award == award and paper.state == "issued"
        )
