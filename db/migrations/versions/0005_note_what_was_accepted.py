"""What exactly a finding counted when its reason was given, so that the reason covers that and no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Add the column; unknown of reasons given before, which are asked for once more."""
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("accepted_finding", sa.Column("extent", kind, nullable=True))
