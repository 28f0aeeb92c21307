"""Pairs of applications that may be one person's, until an officer says so or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select, update

from grants_app.domain.journal import utc_text
from grants_app.domain.records import DuplicatePair
from grants_app.domain.values import Finding
from grants_app.store.application_tables import application, duplicate_pair
from grants_app.store.rows import row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.engine import Connection, Row

    from grants_app.store.transaction import Transaction


def load_duplicates(
    connection: Connection, campaign_id: int, *, undecided: bool = False
) -> list[DuplicatePair]:
    """The campaign's pairs, the likeliest first."""
    first, second = application.alias("one"), application.alias("other")
    query: Select[Any] = (
        select(duplicate_pair, first.c.no.label("first_no"), second.c.no.label("second_no"))
        .join(first, first.c.id == duplicate_pair.c.first)
        .join(second, second.c.id == duplicate_pair.c.second)
        .where(duplicate_pair.c.campaign == campaign_id)
        .order_by(duplicate_pair.c.score.desc(), duplicate_pair.c.id)
    )
    if undecided:
        query = query.where(duplicate_pair.c.decided == "")
    return [_pair(row) for row in connection.execute(query)]


def _pair(row: Row[Any]) -> DuplicatePair:
    return DuplicatePair(
        id=row.id,
        campaign=row.campaign,
        first=row.first,
        first_no=row.first_no,
        second=row.second,
        second_no=row.second_no,
        score=row.score,
        reasons=msgspec.json.decode(row.reasons, type=tuple[Finding, ...]),
        decided=row.decided,
        reason=row.reason,
        decided_by=row.decided_by,
    )


class DuplicateRepository:
    """Likely duplicates by campaign."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def add(self, campaign_id: int, first: int, second: int, score: int, reasons: Sequence[Finding]) -> None:
        """Note a pair, once; a pair noted before stays as it was decided."""
        self._transaction.demand_open(campaign_id)
        low, high = sorted((first, second))
        query = select(duplicate_pair.c.id).where(
            duplicate_pair.c.first == low, duplicate_pair.c.second == high
        )
        if self._connection.execute(query).first() is None:
            values = {
                "campaign": campaign_id,
                "first": low,
                "second": high,
                "score": score,
                "reasons": msgspec.json.encode(tuple(reasons)).decode(),
            }
            self._connection.execute(duplicate_pair.insert(), values)

    def open(self, campaign_id: int) -> Sequence[DuplicatePair]:
        """Pairs nobody has decided yet."""
        return load_duplicates(self._connection, campaign_id, undecided=True)

    def get(self, pair_id: int) -> DuplicatePair:
        """The pair as it stands; Refused (not_found) when there is none."""
        found = load_duplicates(self._connection, row_of(self._connection, duplicate_pair, pair_id).campaign)
        return next(pair for pair in found if pair.id == pair_id)

    def reopen(self, pair_id: int) -> None:
        """Take the verdict back: the pair waits for a decision again."""
        self._transaction.demand_open(self.get(pair_id).campaign)
        self._connection.execute(
            update(duplicate_pair)
            .where(duplicate_pair.c.id == pair_id)
            .values(decided="", reason="", decided_by="", decided_at="")
        )

    def decide(self, pair_id: int, decided: str, reason: str, by: str) -> None:
        """Say whether the two are one person ("same") or not ("different")."""
        pair = self.get(pair_id)
        self._transaction.demand_open(pair.campaign)
        self._transaction.touched.pairs.setdefault(pair_id, pair)
        self._connection.execute(
            update(duplicate_pair)
            .where(duplicate_pair.c.id == pair_id)
            .values(
                decided=decided, reason=reason, decided_by=by, decided_at=utc_text(self._transaction.now())
            )
        )
