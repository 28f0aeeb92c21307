"""The commission's sittings and acts, what changes seats and deadlines, cascades, and the seeds of lots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"


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


def upgrade() -> None:
    """Create the tables, each after those it refers to."""
    _seed_from()
    _meeting()
    _attendance()
    _resolution()
    _interest()
    _campaign_act()
    _accepted_finding()
    _extension()
    _seat_act()
    _cascade()


def _seed_from() -> None:
    """How the seed of a recorded lot came about; unknown of lots recorded before."""
    op.add_column("tie_decision", text("seed_from", null=True))
    op.add_column("tie_decision", text("seed_note", null=True))


def _meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        text("minutes_no"),
        text("minutes_on"),
        text("place"),
        text("agenda"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_meeting_campaign_campaign")),
        sa.UniqueConstraint("campaign", "minutes_no", name=op.f("uq_meeting_campaign_minutes_no")),
    )


def _attendance() -> None:
    op.create_table(
        "attendance",
        number("meeting"),
        number("member"),
        flag("present"),
        text("reason"),
        sa.PrimaryKeyConstraint("meeting", "member", name=op.f("pk_attendance")),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_attendance_meeting_meeting")),
        sa.ForeignKeyConstraint(
            ["member"], ["commission_member.id"], name=op.f("fk_attendance_member_commission_member")
        ),
    )


def _resolution() -> None:
    op.create_table(
        "resolution",
        sa.Column("id", sa.Integer, nullable=False),
        number("meeting"),
        number("item"),
        text("matter"),
        text("subject"),
        text("wording"),
        text("outcome"),
        number("application", null=True),
        number("run", null=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_resolution_application_application")
        ),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_resolution_meeting_meeting")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_resolution_run_run")),
        sa.UniqueConstraint("meeting", "item", name=op.f("uq_resolution_meeting_item")),
    )


def _interest() -> None:
    op.create_table(
        "interest",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        number("member"),
        number("application"),
        text("relation"),
        number("standing", null=True),
        text("declared_at"),
        text("declared_by"),
        text("withdrawn_at"),
        text("withdrawn_reason"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_interest_application_application")
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_interest_campaign_campaign")),
        sa.ForeignKeyConstraint(
            ["member"], ["commission_member.id"], name=op.f("fk_interest_member_commission_member")
        ),
        sa.CheckConstraint("standing = 1", name=op.f("ck_interest_standing")),
        sa.UniqueConstraint(
            "member", "application", "standing", name=op.f("uq_interest_member_application_standing")
        ),
    )
    op.create_index("ix_interest_campaign", "interest", ["campaign"])


def _campaign_act() -> None:
    op.create_table(
        "campaign_act",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        text("kind"),
        number("run", null=True),
        text("minutes_no"),
        text("minutes_on", null=True),
        text("reason"),
        text("at"),
        number("at_offset"),
        text("by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_act")),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaign.id"], name=op.f("fk_campaign_act_campaign_campaign")
        ),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_campaign_act_run_run")),
    )
    op.create_index("ix_campaign_act_campaign", "campaign_act", ["campaign"])


def _accepted_finding() -> None:
    op.create_table(
        "accepted_finding",
        sa.Column("id", sa.Integer, nullable=False),
        number("run"),
        text("code"),
        text("reason"),
        text("accepted_at"),
        text("accepted_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_finding")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_accepted_finding_run_run")),
        sa.UniqueConstraint("run", "code", name=op.f("uq_accepted_finding_run_code")),
    )


def _extension() -> None:
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        number("award", null=True),
        text("deadline"),
        text("before"),
        number("before_offset"),
        text("after"),
        number("after_offset"),
        text("order_no"),
        text("order_on", null=True),
        text("reason"),
        text("at"),
        text("by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        sa.ForeignKeyConstraint(["award"], ["award.id"], name=op.f("fk_extension_award_award")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_extension_campaign_campaign")),
    )
    op.create_index("ix_extension_campaign", "extension", ["campaign"])


def _seat_act() -> None:
    op.create_table(
        "seat_act",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        text("kind"),
        text("from_pool", null=True),
        text("to_pool", null=True),
        number("seats"),
        number("total_before"),
        number("total_after"),
        text("order_no"),
        text("order_on", null=True),
        text("reason"),
        text("at"),
        text("by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_act")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_seat_act_campaign_campaign")),
        sa.ForeignKeyConstraint(
            ["campaign", "from_pool"],
            ["pool.campaign", "pool.code"],
            name=op.f("fk_seat_act_campaign_from_pool_pool"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign", "to_pool"],
            ["pool.campaign", "pool.code"],
            name=op.f("fk_seat_act_campaign_to_pool_pool"),
        ),
    )
    op.create_index("ix_seat_act_campaign", "seat_act", ["campaign"])


def _cascade() -> None:
    op.create_table(
        "cascade",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        number("run"),
        text("minutes_no"),
        text("minutes_on"),
        text("document"),
        text("at"),
        text("by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cascade")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_cascade_campaign_campaign")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_cascade_run_run")),
        sa.UniqueConstraint("run", name=op.f("uq_cascade_run")),
    )
    op.create_index("ix_cascade_campaign", "cascade", ["campaign"])
