"""The campaigns' Ed25519 keys; what is signed with them is known to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from grants_app.domain.errors import Refused
from grants_app.domain.journal import utc_text
from grants_app.domain.runs import SigningKey
from grants_app.store.register_tables import signing_key

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from grants_app.store.transaction import Transaction


def key_of(connection: Connection, campaign_id: int) -> SigningKey:
    """The campaign's present key; Refused (no_signing_key) when it has none."""
    query = (
        select(signing_key)
        .where(signing_key.c.campaign == campaign_id)
        .order_by(signing_key.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise Refused("no_signing_key", campaign=campaign_id)
    return SigningKey(id=row.id, campaign=row.campaign, public=row.public, private=row.private)


def public_keys(connection: Connection) -> list[tuple[int, bytes]]:
    """Every campaign with every public key it ever had, the oldest first."""
    query = select(signing_key.c.campaign, signing_key.c.public).order_by(signing_key.c.id)
    return [(row.campaign, row.public) for row in connection.execute(query)]


class KeyRepository:
    """Signing keys by campaign."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def make(self, campaign_id: int) -> SigningKey:
        """Draw a new key for the campaign; older ones stay, so that old papers still verify."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._transaction.demand_open(campaign_id, exclusive=True)
        private = Ed25519PrivateKey.generate()
        self._connection.execute(
            signing_key.insert(),
            {
                "campaign": campaign_id,
                "public": private.public_key().public_bytes_raw(),
                "private": private.private_bytes_raw(),
                "made_at": utc_text(self._transaction.now()),
            },
        )
        return self.of_campaign(campaign_id)

    def of_campaign(self, campaign_id: int) -> SigningKey:
        """The campaign's present key."""
        return key_of(self._connection, campaign_id)
