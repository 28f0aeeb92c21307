"""What a database was restored from, and the numbers a restore skipped because they were given out before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    """Text, ordered by code point on both engines."""
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=null)


def number(name: str) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=False, autoincrement=False)


def upgrade() -> None:
    """Add the parent, unknown of databases made before, and the table of void numbers, empty at first."""
    op.add_column("about", text("parent", null=True))
    op.create_table(
        "void_numbers",
        number("campaign"),
        text("kind"),
        text("owner"),
        number("first"),
        number("last"),
        sa.PrimaryKeyConstraint("campaign", "kind", "owner", "first", name=op.f("pk_void_numbers")),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaign.id"], name=op.f("fk_void_numbers_campaign_campaign")
        ),
        sa.CheckConstraint("first > 0 AND last >= first", name=op.f("ck_void_numbers_range")),
    )
