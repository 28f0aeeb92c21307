"""Tables of runs, the commission's decisions, seats, awards and the papers issued for them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Table, UniqueConstraint

from grants_app.store.metadata import (
    METADATA,
    flag,
    key,
    moment,
    number,
    number_or_null,
    octets,
    part,
    ref,
    text,
    text_or_null,
)

run = Table(
    "run",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    number("no"),
    text("kind", None),
    number("round", 1),
    number("rules"),
    number("applications"),
    number("awards"),
    number("open_ties"),
    text("created_at", None),
    text("created_by", None),
    text("fingerprint"),
    text("signature"),
    text("minutes_no"),
    text_or_null("minutes_on"),
    text("sealed_at"),
    text("sealed_by"),
    text("name"),
    octets("file"),
    UniqueConstraint("campaign", "no"),
)

run_line = Table(
    "run_line",
    METADATA,
    ref("run", "run", primary=True),
    part("pool"),
    ref("application", "application", primary=True),
    number("place"),
    number("choice"),
    number_or_null("position"),
    text("merit", None),
    text("outcome", None),
    text("seat"),
    number_or_null("reserve"),
    text("deciding_level"),
    text("decided_against"),
    text("cutoff"),
    Index("ix_run_line_run_pool_place", "run", "pool", "place"),
)

run_explanation = Table(
    "run_explanation",
    METADATA,
    ref("run", "run", primary=True),
    ref("application", "application", primary=True),
    octets("document"),
)

tie_decision = Table(
    "tie_decision",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    text("pool", None),
    text("how", None),
    text("kind", None),
    text("minutes_no"),
    text_or_null("minutes_on"),
    text("seed"),
    text_or_null("seed_from"),
    text_or_null("seed_note"),
    text("present"),
    *moment("decided_at"),
    text("decided_by", None),
    text("revoked_at"),
    text("revoked_by"),
    text("revoked_reason"),
    ForeignKeyConstraint(["campaign", "pool"], ["pool.campaign", "pool.code"]),
    Index("ix_tie_decision_campaign", "campaign"),
)

tie_order = Table(
    "tie_order",
    METADATA,
    ref("tie", "tie_decision", primary=True),
    part("place", kind="number"),
    ref("application", "application"),
    UniqueConstraint("tie", "application"),
)

# `standing` is 1 while the placement is in force and NULL afterwards: one standing placement per application.
placement = Table(
    "placement",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    ref("application", "application"),
    text("pool", None),
    text("seat"),
    text("reason", None),
    *moment("placed_at"),
    text("placed_by", None),
    number_or_null("standing"),
    text("revoked_at"),
    text("revoked_by"),
    text("revoked_reason"),
    ForeignKeyConstraint(["campaign", "pool"], ["pool.campaign", "pool.code"]),
    UniqueConstraint("application", "standing"),
    CheckConstraint("standing = 1", name="standing"),
    Index("ix_placement_campaign", "campaign"),
)

# A seat that was given up (`active` 0) keeps its history; awards may only hold active ones.
seat = Table(
    "seat",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    text("pool", None),
    number("number"),
    number("active", 1),
    ForeignKeyConstraint(["campaign", "pool"], ["pool.campaign", "pool.code"]),
    UniqueConstraint("campaign", "pool", "number"),
    UniqueConstraint("id", "active"),
    CheckConstraint("active in (0, 1)", name="active"),
    CheckConstraint("number > 0", name="number"),
)

# `holding` is 1 while the award holds its seat and NULL once it gave it back. So the engine itself, in any
# order of events, keeps one holder per seat, one seat per application, and no holder on a closed seat:
# NULLs are never equal in a unique constraint, and a foreign key with a NULL in it is not looked up.
award = Table(
    "award",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    ref("application", "application"),
    ref("seat", "seat"),
    number_or_null("holding"),
    text("label", None),
    ref("run", "run"),
    number("round", 1),
    text("state", None),
    *moment("offered_at"),
    *moment("deadline"),
    *moment("answered_at"),
    text("reason"),
    number("version", 1),
    UniqueConstraint("seat", "holding"),
    UniqueConstraint("application", "holding"),
    ForeignKeyConstraint(["seat", "holding"], ["seat.id", "seat.active"]),
    CheckConstraint("holding = 1", name="holding"),
    CheckConstraint("(state in ('offered', 'confirmed')) = (holding is not null)", name="state"),
    Index("ix_award_campaign", "campaign"),
)

# `in_force` is 1 while the paper stands, NULL once cancelled or replaced: one standing letter per award.
paper = Table(
    "paper",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    text("kind", None),
    text("branch", None),
    text("number", None),
    ref("application", "application", null=True),
    ref("award", "award", null=True),
    ref("run", "run", null=True),
    text("langs"),
    text("facts", None),
    text("state", None),
    number_or_null("in_force"),
    number("prints", 0),
    text("issued_at", None),
    text("issued_by", None),
    text("ended_at"),
    text("ended_reason"),
    UniqueConstraint("campaign", "kind", "number"),
    UniqueConstraint("award", "kind", "in_force"),
    ForeignKeyConstraint(["campaign", "branch"], ["branch.campaign", "branch.code"]),
    Index("ix_paper_application", "application"),
)

scenario = Table(
    "scenario",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    text("name", None),
    text("document", None),
    text("saved_at", None),
    text("saved_by", None),
    UniqueConstraint("campaign", "name"),
)

appeal = Table(
    "appeal",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    ref("application", "application"),
    *moment("received_at"),
    *moment("deadline"),
    text("subject", None),
    text("decision"),
    text("minutes_no"),
    text_or_null("minutes_on"),
    text("effect"),
    Index("ix_appeal_campaign", "campaign"),
)

commission_member = Table(
    "commission_member",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    text("name", None),
    text("post"),
    flag("chairs"),
    flag("active", default=True),
    Index("ix_commission_member_campaign", "campaign"),
)

vote = Table(
    "vote",
    METADATA,
    ref("campaign", "campaign", primary=True),
    ref("member", "commission_member", primary=True),
    part("minutes_no"),
    part("matter"),
    text("vote", None),
    flag("interest"),
)

transfer = Table(
    "transfer",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    text("at", None),
    text("by", None),
    text("what", None),
    text("recipient", None),
    text("country"),
    text("basis"),
    number("people"),
    Index("ix_transfer_campaign", "campaign"),
)
