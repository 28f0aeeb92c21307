"""The role in which whoever acted did so, in every event of the journal from now on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Add the column; events written before stay without a role, and their links as they are."""
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("journal", sa.Column("role", kind, nullable=False, server_default=""))
