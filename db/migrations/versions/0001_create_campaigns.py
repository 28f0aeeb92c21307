"""Campaigns, their set-up, actors and the journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    """Text, ordered by code point on both engines."""
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=null)


def number(name: str, *, null: bool = False) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=null, autoincrement=False)


def flag(name: str) -> sa.Column[bool]:
    """Yes or no."""
    return sa.Column(name, sa.Boolean, nullable=False)


def octets(name: str) -> sa.Column[bytes]:
    """Bytes."""
    return sa.Column(name, sa.LargeBinary, nullable=False)


def names(prefix: str) -> tuple[sa.Column[str], ...]:
    """One name in the four languages."""
    return tuple(text(f"{prefix}_{lang}") for lang in ("ky", "ru", "kk", "en"))


def upgrade() -> None:
    """Create the tables, each after those it refers to."""
    _about()
    _actor()
    _campaign()
    _draft()
    _journal_head()
    _branch()
    _deadline()
    _journal()
    _number_series()
    _required_paper()
    _rule_set()
    _signing_key()
    _programme()
    _signatory()
    _pool()
    _programme_spelling()
    op.execute(
        sa.text("INSERT INTO journal_head (id, seq, link) VALUES (1, 0, :link)").bindparams(link="0" * 64)
    )


def _about() -> None:
    op.create_table(
        "about",
        sa.Column("id", sa.Integer, nullable=False),
        text("product"),
        text("database"),
        text("made_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_about")),
        sa.CheckConstraint("id = 1", name=op.f("ck_about_one_row")),
    )


def _actor() -> None:
    op.create_table(
        "actor",
        sa.Column("id", sa.Integer, nullable=False),
        text("name"),
        text("branch"),
        text("role"),
        flag("active"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint("name", "branch", "role", name=op.f("uq_actor_name_branch_role")),
    )


def _campaign() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer, nullable=False),
        text("code"),
        *names("title"),
        number("total"),
        text("zone"),
        *names("zone_name"),
        text("state"),
        text("opened_on", null=True),
        text("consent_version"),
        flag("sample"),
        number("version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("code", name=op.f("uq_campaign_code")),
        sa.CheckConstraint("total >= 0", name=op.f("ck_campaign_total")),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        text("actor"),
        text("key"),
        text("form"),
        text("saved_at"),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_draft")),
    )


def _journal_head() -> None:
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer, nullable=False),
        number("seq"),
        text("link"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
        sa.CheckConstraint("id = 1", name=op.f("ck_journal_head_one_row")),
    )


def _branch() -> None:
    op.create_table(
        "branch",
        number("campaign"),
        text("code"),
        number("place"),
        text("letter"),
        text("prefix"),
        *names("name"),
        *names("short"),
        *names("city"),
        sa.PrimaryKeyConstraint("campaign", "code", name=op.f("pk_branch")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_branch_campaign_campaign")),
    )


def _deadline() -> None:
    op.create_table(
        "deadline",
        number("campaign"),
        number("place"),
        text("code"),
        text("at"),
        number("at_offset"),
        *names("name"),
        text("order_no"),
        text("reason"),
        sa.PrimaryKeyConstraint("campaign", "place", name=op.f("pk_deadline")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_deadline_campaign_campaign")),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        number("seq"),
        text("at"),
        text("actor"),
        text("branch"),
        text("act"),
        text("subject"),
        text("reason"),
        text("before"),
        text("after"),
        number("campaign", null=True),
        text("previous"),
        text("link"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_journal_campaign_campaign")),
    )
    op.create_index("ix_journal_campaign_seq", "journal", ["campaign", "seq"])
    op.create_index("ix_journal_campaign_subject", "journal", ["campaign", "subject"])


def _number_series() -> None:
    op.create_table(
        "number_series",
        number("campaign"),
        text("kind"),
        text("owner"),
        number("last"),
        sa.PrimaryKeyConstraint("campaign", "kind", "owner", name=op.f("pk_number_series")),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaign.id"], name=op.f("fk_number_series_campaign_campaign")
        ),
    )


def _required_paper() -> None:
    op.create_table(
        "required_paper",
        number("campaign"),
        number("place"),
        text("code"),
        *names("name"),
        flag("required"),
        text("condition"),
        flag("original"),
        number("count"),
        sa.PrimaryKeyConstraint("campaign", "place", name=op.f("pk_required_paper")),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaign.id"], name=op.f("fk_required_paper_campaign_campaign")
        ),
    )


def _rule_set() -> None:
    op.create_table(
        "rule_set",
        number("campaign"),
        number("version"),
        text("in_force_from"),
        text("legal_source"),
        octets("document"),
        sa.PrimaryKeyConstraint("campaign", "version", name=op.f("pk_rule_set")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_rule_set_campaign_campaign")),
    )


def _signing_key() -> None:
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        octets("public"),
        octets("private"),
        text("made_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_signing_key_campaign_campaign")),
    )


def _programme() -> None:
    op.create_table(
        "programme",
        number("campaign"),
        text("code"),
        number("place"),
        text("branch"),
        text("level"),
        *names("name"),
        text("group_code"),
        sa.PrimaryKeyConstraint("campaign", "code", name=op.f("pk_programme")),
        sa.ForeignKeyConstraint(
            ["campaign", "branch"],
            ["branch.campaign", "branch.code"],
            name=op.f("fk_programme_campaign_branch_branch"),
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_programme_campaign_campaign")),
    )


def _signatory() -> None:
    op.create_table(
        "signatory",
        number("campaign"),
        number("place"),
        text("branch"),
        text("paper"),
        *names("post"),
        text("name"),
        sa.PrimaryKeyConstraint("campaign", "place", name=op.f("pk_signatory")),
        sa.ForeignKeyConstraint(
            ["campaign", "branch"],
            ["branch.campaign", "branch.code"],
            name=op.f("fk_signatory_campaign_branch_branch"),
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_signatory_campaign_campaign")),
    )


def _pool() -> None:
    op.create_table(
        "pool",
        number("campaign"),
        text("code"),
        number("place"),
        text("branch"),
        text("programme"),
        text("level"),
        number("seats"),
        sa.PrimaryKeyConstraint("campaign", "code", name=op.f("pk_pool")),
        sa.ForeignKeyConstraint(
            ["campaign", "branch"],
            ["branch.campaign", "branch.code"],
            name=op.f("fk_pool_campaign_branch_branch"),
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_pool_campaign_campaign")),
        sa.ForeignKeyConstraint(
            ["campaign", "programme"],
            ["programme.campaign", "programme.code"],
            name=op.f("fk_pool_campaign_programme_programme"),
        ),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_pool_seats")),
    )


def _programme_spelling() -> None:
    op.create_table(
        "programme_spelling",
        number("campaign"),
        text("programme"),
        number("place"),
        text("spelling"),
        sa.PrimaryKeyConstraint("campaign", "programme", "place", name=op.f("pk_programme_spelling")),
        sa.ForeignKeyConstraint(
            ["campaign", "programme"],
            ["programme.campaign", "programme.code"],
            name=op.f("fk_programme_spelling_campaign_programme_programme"),
        ),
    )
