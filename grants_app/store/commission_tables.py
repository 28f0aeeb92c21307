"""Tables of the commission's sittings and acts, of what changes seats and deadlines, and of cascades."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Table, UniqueConstraint

from grants_app.store.metadata import (
    METADATA,
    flag,
    key,
    moment,
    number,
    number_or_null,
    ref,
    text,
    text_or_null,
)

# A sitting of the commission, found by the number of its minutes.
meeting = Table(
    "meeting",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    text("minutes_no", None),
    text("minutes_on", None),
    text("place"),
    text("agenda"),
    UniqueConstraint("campaign", "minutes_no"),
)

attendance = Table(
    "attendance",
    METADATA,
    ref("meeting", "meeting", primary=True),
    ref("member", "commission_member", primary=True),
    flag("present"),
    text("reason"),
)

# What a sitting decided, item by item; the votes of an item are those of `vote` whose matter is its number.
resolution = Table(
    "resolution",
    METADATA,
    key(),
    ref("meeting", "meeting"),
    number("item"),
    text("matter", None),
    text("subject"),
    text("wording"),
    text("outcome", None),
    ref("application", "application", null=True),
    ref("run", "run", null=True),
    UniqueConstraint("meeting", "item"),
)

# A member's declared interest in an application. `standing` is 1 while it holds and NULL once withdrawn.
interest = Table(
    "interest",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    ref("member", "commission_member"),
    ref("application", "application"),
    text("relation", None),
    number_or_null("standing"),
    text("declared_at", None),
    text("declared_by", None),
    text("withdrawn_at"),
    text("withdrawn_reason"),
    UniqueConstraint("member", "application", "standing"),
    CheckConstraint("standing = 1", name="standing"),
    Index("ix_interest_campaign", "campaign"),
)

# Freezing, publishing, closing, reopening, confirming the computer's clock: separate dated acts.
campaign_act = Table(
    "campaign_act",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    text("kind", None),
    ref("run", "run", null=True),
    text("minutes_no"),
    text_or_null("minutes_on"),
    text("reason"),
    *moment("at"),
    text("by", None),
    Index("ix_campaign_act_campaign", "campaign"),
)

# A finding of the chair's sheet that was accepted for one run, with the reason.
accepted_finding = Table(
    "accepted_finding",
    METADATA,
    key(),
    ref("run", "run"),
    text("code", None),
    text("reason", None),
    text("accepted_at", None),
    text("accepted_by", None),
    text_or_null("extent"),
    UniqueConstraint("run", "code"),
)

# A deadline put off: of one award, or of the calendar's date with this code.
extension = Table(
    "extension",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    ref("award", "award", null=True),
    text("deadline", None),
    *moment("before"),
    *moment("after"),
    text("order_no", None),
    text_or_null("order_on"),
    text("reason", None),
    text("at", None),
    text("by", None),
    Index("ix_extension_campaign", "campaign"),
)

# Seats moved between pools, or a changed total; pools are NULL where seats come from or go to no pool.
seat_act = Table(
    "seat_act",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    text("kind", None),
    text_or_null("from_pool"),
    text_or_null("to_pool"),
    number("seats"),
    number("total_before"),
    number("total_after"),
    text("order_no"),
    text_or_null("order_on"),
    text("reason", None),
    text("at", None),
    text("by", None),
    ForeignKeyConstraint(["campaign", "from_pool"], ["pool.campaign", "pool.code"]),
    ForeignKeyConstraint(["campaign", "to_pool"], ["pool.campaign", "pool.code"]),
    Index("ix_seat_act_campaign", "campaign"),
)

# A cascade as it was confirmed; `document` is what its annex to the minutes is drawn from.
cascade = Table(
    "cascade",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    ref("run", "run"),
    text("minutes_no", None),
    text("minutes_on", None),
    text("document", None),
    text("at", None),
    text("by", None),
    UniqueConstraint("run"),
    Index("ix_cascade_campaign", "campaign"),
)
