"""Runs, decisions, seats, awards and papers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


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


def upgrade() -> None:
    """Create the tables, each after those it refers to."""
    _commission_member()
    _run()
    _scenario()
    _transfer()
    _vote()
    _appeal()
    _run_explanation()
    _run_line()
    _placement()
    _seat()
    _tie_decision()
    _award()
    _tie_order()
    _paper()


def _commission_member() -> None:
    op.create_table(
        "commission_member",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        text("name"),
        text("post"),
        flag("chairs"),
        flag("active"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commission_member")),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaign.id"], name=op.f("fk_commission_member_campaign_campaign")
        ),
    )
    op.create_index("ix_commission_member_campaign", "commission_member", ["campaign"])


def _run() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        number("no"),
        text("kind"),
        number("round"),
        number("rules"),
        number("applications"),
        number("awards"),
        number("open_ties"),
        text("created_at"),
        text("created_by"),
        text("fingerprint"),
        text("signature"),
        text("minutes_no"),
        text("minutes_on", null=True),
        text("sealed_at"),
        text("sealed_by"),
        text("name"),
        octets("file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_run_campaign_campaign")),
        sa.UniqueConstraint("campaign", "no", name=op.f("uq_run_campaign_no")),
    )


def _scenario() -> None:
    op.create_table(
        "scenario",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        text("name"),
        text("document"),
        text("saved_at"),
        text("saved_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_scenario_campaign_campaign")),
        sa.UniqueConstraint("campaign", "name", name=op.f("uq_scenario_campaign_name")),
    )


def _transfer() -> None:
    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        text("at"),
        text("by"),
        text("what"),
        text("recipient"),
        text("country"),
        text("basis"),
        number("people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_transfer_campaign_campaign")),
    )
    op.create_index("ix_transfer_campaign", "transfer", ["campaign"])


def _vote() -> None:
    op.create_table(
        "vote",
        number("campaign"),
        number("member"),
        text("minutes_no"),
        text("matter"),
        text("vote"),
        flag("interest"),
        sa.PrimaryKeyConstraint("campaign", "member", "minutes_no", "matter", name=op.f("pk_vote")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_vote_campaign_campaign")),
        sa.ForeignKeyConstraint(
            ["member"], ["commission_member.id"], name=op.f("fk_vote_member_commission_member")
        ),
    )


def _appeal() -> None:
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        number("application"),
        text("received_at"),
        number("received_at_offset"),
        text("deadline"),
        number("deadline_offset"),
        text("subject"),
        text("decision"),
        text("minutes_no"),
        text("minutes_on", null=True),
        text("effect"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_appeal_application_application")
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_appeal_campaign_campaign")),
    )
    op.create_index("ix_appeal_campaign", "appeal", ["campaign"])


def _run_explanation() -> None:
    op.create_table(
        "run_explanation",
        number("run"),
        number("application"),
        octets("document"),
        sa.PrimaryKeyConstraint("run", "application", name=op.f("pk_run_explanation")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_run_explanation_application_application")
        ),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_run_explanation_run_run")),
    )


def _run_line() -> None:
    op.create_table(
        "run_line",
        number("run"),
        text("pool"),
        number("application"),
        number("place"),
        number("choice"),
        number("position", null=True),
        text("merit"),
        text("outcome"),
        text("seat"),
        number("reserve", null=True),
        text("deciding_level"),
        text("decided_against"),
        text("cutoff"),
        sa.PrimaryKeyConstraint("run", "pool", "application", name=op.f("pk_run_line")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_run_line_application_application")
        ),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_run_line_run_run")),
    )
    op.create_index("ix_run_line_run_pool_place", "run_line", ["run", "pool", "place"])


def _placement() -> None:
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        number("application"),
        text("pool"),
        text("seat"),
        text("reason"),
        text("placed_at"),
        number("placed_at_offset"),
        text("placed_by"),
        number("standing", null=True),
        text("revoked_at"),
        text("revoked_by"),
        text("revoked_reason"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_placement_application_application")
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_placement_campaign_campaign")),
        sa.ForeignKeyConstraint(
            ["campaign", "pool"], ["pool.campaign", "pool.code"], name=op.f("fk_placement_campaign_pool_pool")
        ),
        sa.UniqueConstraint("application", "standing", name=op.f("uq_placement_application_standing")),
        sa.CheckConstraint("standing = 1", name=op.f("ck_placement_standing")),
    )
    op.create_index("ix_placement_campaign", "placement", ["campaign"])


def _seat() -> None:
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        text("pool"),
        number("number"),
        number("active"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_seat_campaign_campaign")),
        sa.ForeignKeyConstraint(
            ["campaign", "pool"], ["pool.campaign", "pool.code"], name=op.f("fk_seat_campaign_pool_pool")
        ),
        sa.UniqueConstraint("campaign", "pool", "number", name=op.f("uq_seat_campaign_pool_number")),
        sa.UniqueConstraint("id", "active", name=op.f("uq_seat_id_active")),
        sa.CheckConstraint("active in (0, 1)", name=op.f("ck_seat_active")),
        sa.CheckConstraint("number > 0", name=op.f("ck_seat_number")),
    )


def _tie_decision() -> None:
    op.create_table(
        "tie_decision",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        text("pool"),
        text("how"),
        text("kind"),
        text("minutes_no"),
        text("minutes_on", null=True),
        text("seed"),
        text("present"),
        text("decided_at"),
        number("decided_at_offset"),
        text("decided_by"),
        text("revoked_at"),
        text("revoked_by"),
        text("revoked_reason"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie_decision")),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaign.id"], name=op.f("fk_tie_decision_campaign_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["campaign", "pool"],
            ["pool.campaign", "pool.code"],
            name=op.f("fk_tie_decision_campaign_pool_pool"),
        ),
    )
    op.create_index("ix_tie_decision_campaign", "tie_decision", ["campaign"])


def _award() -> None:
    op.create_table(
        "award",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        number("application"),
        number("seat"),
        number("holding", null=True),
        text("label"),
        number("run"),
        number("round"),
        text("state"),
        text("offered_at"),
        number("offered_at_offset"),
        text("deadline"),
        number("deadline_offset"),
        text("answered_at"),
        number("answered_at_offset"),
        text("reason"),
        number("version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_award_application_application")
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_award_campaign_campaign")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_award_run_run")),
        sa.ForeignKeyConstraint(
            ["seat", "holding"], ["seat.id", "seat.active"], name=op.f("fk_award_seat_holding_seat")
        ),
        sa.ForeignKeyConstraint(["seat"], ["seat.id"], name=op.f("fk_award_seat_seat")),
        sa.UniqueConstraint("application", "holding", name=op.f("uq_award_application_holding")),
        sa.UniqueConstraint("seat", "holding", name=op.f("uq_award_seat_holding")),
        sa.CheckConstraint("holding = 1", name=op.f("ck_award_holding")),
        sa.CheckConstraint(
            "(state in ('offered', 'confirmed')) = (holding is not null)", name=op.f("ck_award_state")
        ),
    )
    op.create_index("ix_award_campaign", "award", ["campaign"])


def _tie_order() -> None:
    op.create_table(
        "tie_order",
        number("tie"),
        number("place"),
        number("application"),
        sa.PrimaryKeyConstraint("tie", "place", name=op.f("pk_tie_order")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_tie_order_application_application")
        ),
        sa.ForeignKeyConstraint(["tie"], ["tie_decision.id"], name=op.f("fk_tie_order_tie_tie_decision")),
        sa.UniqueConstraint("tie", "application", name=op.f("uq_tie_order_tie_application")),
    )


def _paper() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        text("kind"),
        text("branch"),
        text("number"),
        number("application", null=True),
        number("award", null=True),
        number("run", null=True),
        text("langs"),
        text("facts"),
        text("state"),
        number("in_force", null=True),
        number("prints"),
        text("issued_at"),
        text("issued_by"),
        text("ended_at"),
        text("ended_reason"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_paper_application_application")
        ),
        sa.ForeignKeyConstraint(["award"], ["award.id"], name=op.f("fk_paper_award_award")),
        sa.ForeignKeyConstraint(
            ["campaign", "branch"],
            ["branch.campaign", "branch.code"],
            name=op.f("fk_paper_campaign_branch_branch"),
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_paper_campaign_campaign")),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name=op.f("fk_paper_run_run")),
        sa.UniqueConstraint("award", "kind", "in_force", name=op.f("uq_paper_award_kind_in_force")),
        sa.UniqueConstraint("campaign", "kind", "number", name=op.f("uq_paper_campaign_kind_number")),
    )
    op.create_index("ix_paper_application", "paper", ["application"])
