"""The words of all names, so that what is typed with an error finds them; lists' keys are made anew after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    """Make the table; `rebuild_lines` fills it and the keys once the schema is the present one."""
    op.create_table(
        "name_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_word")),
    )
    op.create_index("ix_name_word_word", "name_word", ["word"])
