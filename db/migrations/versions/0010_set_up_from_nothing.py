"""What an office sets up itself: addresses, letterheads, pictures, terms of study, who signs from when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"

LANGS = ("ky", "ru", "kk", "en")


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    """Text, ordered by code point on both engines; empty in the rows that are there already."""
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=null, server_default=None if null else "")


def flag(name: str) -> sa.Column[bool]:
    """Yes or no; no in the rows that are there already."""
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def names(prefix: str) -> tuple[sa.Column[str], ...]:
    """One name in the four languages."""
    return tuple(text(f"{prefix}_{lang}") for lang in LANGS)


def upgrade() -> None:
    """Add the columns; a signatory's only name becomes the Russian one, which stands in for the others."""
    added: dict[str, tuple[sa.Column[str] | sa.Column[int] | sa.Column[bool], ...]] = {
        "branch": (
            *names("address"),
            text("phone"),
            *names("hours"),
            *names("letterhead"),
            text("emblem"),
            flag("closed"),
        ),
        "programme": (
            text("languages"),
            text("form"),
            sa.Column("months", sa.Integer, nullable=False, server_default="0"),
            flag("closed"),
        ),
        "pool": (flag("closed"),),
        "deadline": (text("note"), flag("closed")),
        "signatory": (
            *names("name"),
            text("since", null=True),
            text("until", null=True),
            flag("closed"),
        ),
        "required_paper": (flag("under_age"), flag("closed")),
    }
    for table, columns in added.items():
        for column in columns:
            op.add_column(table, column)
    op.execute("UPDATE signatory SET name_ru = name")
    op.drop_column("signatory", "name")
    _emblem()


def _emblem() -> None:
    op.create_table(
        "emblem",
        sa.Column("digest", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("png", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_emblem")),
    )
