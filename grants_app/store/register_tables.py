"""Tables of the register itself: the database's identity, actors, the journal, campaigns and their set-up."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, Table, UniqueConstraint

from grants_app.store.metadata import (
    METADATA,
    flag,
    key,
    moment,
    names,
    number,
    octets,
    part,
    ref,
    text,
    text_or_null,
)

about = Table(
    "about",
    METADATA,
    key(),
    text("product", None),
    text("database", None),
    text("made_at", None),
    text_or_null("parent"),
    CheckConstraint("id = 1", name="one_row"),
)

actor = Table(
    "actor",
    METADATA,
    key(),
    text("name", None),
    text("branch"),
    text("role", None),
    flag("active", default=True),
    UniqueConstraint("name", "branch", "role"),
)

journal = Table(
    "journal",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    text("at", None),
    text("actor", None),
    text("role"),
    text("branch", None),
    text("act", None),
    text("subject", None),
    text("reason"),
    text("before"),
    text("after"),
    ref("campaign", "campaign", null=True),
    text("previous", None),
    text("link", None),
    Index("ix_journal_campaign_subject", "campaign", "subject"),
    Index("ix_journal_campaign_seq", "campaign", "seq"),
)

journal_head = Table(
    "journal_head",
    METADATA,
    key(),
    number("seq"),
    text("link", None),
    CheckConstraint("id = 1", name="one_row"),
)

campaign = Table(
    "campaign",
    METADATA,
    key(),
    text("code", None),
    *names("title"),
    number("total"),
    text("zone", None),
    *names("zone_name"),
    text("state", None),
    text_or_null("opened_on"),
    text("consent_version"),
    flag("sample"),
    number("version", 1),
    UniqueConstraint("code"),
    CheckConstraint("total >= 0", name="total"),
)

branch = Table(
    "branch",
    METADATA,
    ref("campaign", "campaign", primary=True),
    part("code"),
    number("place"),
    text("letter", None),
    text("prefix", None),
    *names("name"),
    *names("short"),
    *names("city"),
    *names("address"),
    text("phone"),
    *names("hours"),
    *names("letterhead"),
    text("emblem"),
    flag("closed"),
)

# By what it holds: a picture taken off a branch stays for the reprints of the letters that bore it.
emblem = Table("emblem", METADATA, part("digest"), octets("png"))

programme = Table(
    "programme",
    METADATA,
    ref("campaign", "campaign", primary=True),
    part("code"),
    number("place"),
    text("branch", None),
    text("level", None),
    *names("name"),
    text("group_code"),
    text("languages"),
    text("form"),
    number("months", 0),
    flag("closed"),
    ForeignKeyConstraint(["campaign", "branch"], ["branch.campaign", "branch.code"]),
)

programme_spelling = Table(
    "programme_spelling",
    METADATA,
    part("campaign", kind="number"),
    part("programme"),
    part("place", kind="number"),
    text("spelling", None),
    ForeignKeyConstraint(["campaign", "programme"], ["programme.campaign", "programme.code"]),
)

pool = Table(
    "pool",
    METADATA,
    ref("campaign", "campaign", primary=True),
    part("code"),
    number("place"),
    text("branch", None),
    text("programme", None),
    text("level", None),
    number("seats"),
    flag("closed"),
    ForeignKeyConstraint(["campaign", "branch"], ["branch.campaign", "branch.code"]),
    ForeignKeyConstraint(["campaign", "programme"], ["programme.campaign", "programme.code"]),
    CheckConstraint("seats >= 0", name="seats"),
)

deadline = Table(
    "deadline",
    METADATA,
    ref("campaign", "campaign", primary=True),
    part("place", kind="number"),
    text("code", None),
    *moment("at"),
    *names("name"),
    text("order_no"),
    text("reason"),
    text("note"),
    flag("closed"),
)

signatory = Table(
    "signatory",
    METADATA,
    ref("campaign", "campaign", primary=True),
    part("place", kind="number"),
    text("branch", None),
    text("paper", None),
    *names("post"),
    *names("name"),
    text_or_null("since"),
    text_or_null("until"),
    flag("closed"),
    ForeignKeyConstraint(["campaign", "branch"], ["branch.campaign", "branch.code"]),
)

required_paper = Table(
    "required_paper",
    METADATA,
    ref("campaign", "campaign", primary=True),
    part("place", kind="number"),
    text("code", None),
    *names("name"),
    flag("required", default=True),
    text("condition"),
    flag("original", default=True),
    number("count", 1),
    flag("under_age"),
    flag("closed"),
)

rule_set = Table(
    "rule_set",
    METADATA,
    ref("campaign", "campaign", primary=True),
    part("version", kind="number"),
    text("in_force_from", None),
    text("legal_source"),
    octets("document"),
)

signing_key = Table(
    "signing_key",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    octets("public"),
    octets("private"),
    text("made_at", None),
)

# Numbers without gaps come from a row, never from a sequence: a rolled back act gives its number back.
number_series = Table(
    "number_series",
    METADATA,
    ref("campaign", "campaign", primary=True),
    part("kind"),
    part("owner"),
    number("last", 0),
)

# Numbers given out by what a restored database followed: never given again, and void in this one.
void_numbers = Table(
    "void_numbers",
    METADATA,
    ref("campaign", "campaign", primary=True),
    part("kind"),
    part("owner"),
    part("first", kind="number"),
    number("last"),
    CheckConstraint("first > 0 AND last >= first", name="range"),
)

draft = Table(
    "draft",
    METADATA,
    part("actor"),
    part("key"),
    text("form", None),
    text("saved_at", None),
)
