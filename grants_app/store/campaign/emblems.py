"""Pictures for letterheads, kept by what they hold: one taken off a branch stays for reprints."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from grants_app.store.register_tables import emblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.engine import Connection

    from grants_app.store.transaction import Transaction


def load_emblems(connection: Connection, digests: Iterable[str]) -> Mapping[str, bytes]:
    """The pictures of these names that are there, by name."""
    wanted = sorted({digest for digest in digests if digest})
    if not wanted:
        return {}
    rows = connection.execute(select(emblem).where(emblem.c.digest.in_(wanted)))
    return {row.digest: bytes(row.png) for row in rows}


class EmblemRepository:
    """Pictures by the SHA-256 of their bytes."""

    def __init__(self, transaction: Transaction) -> None:
        self._connection = transaction.connection

    def put(self, png: bytes) -> str:
        """Keep a picture; answers its name, the same for the same picture."""
        digest = hashlib.sha256(png).hexdigest()
        there = select(emblem.c.digest).where(emblem.c.digest == digest)
        if self._connection.execute(there).first() is None:
            self._connection.execute(emblem.insert(), {"digest": digest, "png": png})
        return digest
