"""Imports that were applied: which files, what each row said, so that the same file twice is nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from grants_app.domain.journal import utc_text
from grants_app.domain.records import ImportBatch
from grants_app.store.application_tables import import_batch, import_entry
from grants_app.store.moments import utc_of, utc_or_none
from grants_app.store.rows import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from grants_app.store.transaction import Transaction


def load_batches(connection: Connection, campaign_id: int) -> list[ImportBatch]:
    """The campaign's imports, the latest first."""
    query = (
        select(import_batch).where(import_batch.c.campaign == campaign_id).order_by(import_batch.c.id.desc())
    )
    return [
        ImportBatch(
            id=row.id,
            campaign=row.campaign,
            files=tuple((name, digest) for name, digest in json.loads(row.files)),
            counts=json.loads(row.counts),
            at=utc_of(row.at),
            by=row.by,
            undone_at=utc_or_none(row.undone_at),
            undone_by=row.undone_by,
        )
        for row in connection.execute(query)
    ]


def load_base(connection: Connection, campaign_id: int) -> dict[tuple[str, str], str]:
    """What each office's list said last of each identity, as JSON; undone imports said nothing."""
    query = (
        select(import_entry.c.branch, import_entry.c.identity, import_entry.c.entry)
        .join(import_batch, import_batch.c.id == import_entry.c.batch)
        .where(import_batch.c.campaign == campaign_id, import_batch.c.undone_at == "")
        .order_by(import_entry.c.batch, import_entry.c.place)
    )
    return {(branch, identity): entry for branch, identity, entry in connection.execute(query)}


class ImportRepository:
    """Imports by campaign."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def add(
        self,
        campaign_id: int,
        *,
        files: Sequence[tuple[str, str]],
        counts: Mapping[str, int],
        entries: Sequence[tuple[str, str, str]],
        at: datetime,
        by: str,
    ) -> int:
        """Keep an import: files (name, SHA-256), counts, and what each row said (branch, identity, JSON)."""
        self._transaction.demand_open(campaign_id, exclusive=True)
        batch = new_id(
            self._connection.execute(
                import_batch.insert(),
                {
                    "campaign": campaign_id,
                    "files": json.dumps([list(file) for file in files], ensure_ascii=False),
                    "counts": json.dumps(dict(counts), sort_keys=True),
                    "at": utc_text(at),
                    "by": by,
                },
            )
        )
        rows = [
            {"batch": batch, "place": place, "branch": branch, "identity": identity, "entry": entry}
            for place, (branch, identity, entry) in enumerate(entries)
        ]
        if rows:
            self._connection.execute(import_entry.insert(), rows)
        self._transaction.touched.batches.append(batch)
        return batch

    def batches(self, campaign_id: int) -> Sequence[ImportBatch]:
        """The campaign's imports, the latest first."""
        return load_batches(self._connection, campaign_id)

    def base(self, campaign_id: int) -> Mapping[tuple[str, str], str]:
        """What each office's list said last, by (branch, identity)."""
        return load_base(self._connection, campaign_id)

    def mark_undone(self, batch_id: int, by: str) -> None:
        """Say that what the import wrote was taken back."""
        query = select(import_batch.c.campaign).where(import_batch.c.id == batch_id)
        self._transaction.demand_open(self._connection.execute(query).scalar_one(), exclusive=True)
        self._connection.execute(
            update(import_batch)
            .where(import_batch.c.id == batch_id)
            .values(undone_at=utc_text(self._transaction.now()), undone_by=by)
        )
