"""Whose numbers a campaign types a second time, and second typings that differed from the first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"


def text(name: str) -> sa.Column[str]:
    """Text, ordered by code point on both engines."""
    return sa.Column(name, sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False)


def number(name: str) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=False, autoincrement=False)


def upgrade() -> None:
    """Create both tables; without a row a campaign types everybody's numbers twice, as before."""
    op.create_table(
        "second_look",
        number("campaign"),
        number("percent"),
        text("seed"),
        text("drawn_at"),
        text("drawn_by"),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_second_look")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_second_look_campaign_campaign")),
    )
    op.create_table(
        "second_typing",
        number("application"),
        text("criterion"),
        text("value"),
        text("typed_by"),
        text("typed_at"),
        sa.PrimaryKeyConstraint("application", "criterion", name=op.f("pk_second_typing")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_second_typing_application_application")
        ),
    )
