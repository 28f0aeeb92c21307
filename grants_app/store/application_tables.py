"""Tables of people and what they hand in; the `line` columns of `application` are derived, for lists only."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Table,
    UniqueConstraint,
)

from grants_app.store.metadata import (
    METADATA,
    flag,
    key,
    moment,
    number,
    number_or_null,
    part,
    ref,
    text,
    text_or_null,
)

person = Table(
    "person",
    METADATA,
    key(),
    text("surname", None),
    text("given", None),
    text("patronymic"),
    text("latin"),
    text("sex"),
    text_or_null("born"),
    text("pin"),
    text("citizenship"),
    text("document_kind"),
    text("document_no"),
    text("region"),
    text("district"),
    text("address"),
    text("email"),
    text("name_key", None),
    number("version", 1),
    Index("ix_person_pin", "pin"),
    Index("ix_person_document_no", "document_no"),
    Index("ix_person_name_key", "name_key"),
)

phone = Table(
    "phone",
    METADATA,
    ref("person", "person", primary=True),
    part("place", kind="number"),
    text("number", None),
    text("owner"),
)

guardian = Table(
    "guardian",
    METADATA,
    ref("person", "person", primary=True),
    text("full_name", None),
    text("relation"),
    text("phone"),
    flag("signs_consent", default=True),
)

# PINs and documents change; the old ones still find the person (domain.md, persons).
person_identifier = Table(
    "person_identifier",
    METADATA,
    key(),
    ref("person", "person"),
    text("kind", None),
    text("value", None),
    text("until", None),
    Index("ix_person_identifier_kind_value", "kind", "value"),
    Index("ix_person_identifier_person", "person"),
)

# Every word of a name once: what is typed with an error is compared with these, not with everybody.
name_word = Table("name_word", METADATA, key(), text("word", None), Index("ix_name_word_word", "word"))

application = Table(
    "application",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    ref("person", "person"),
    text("no", None),
    text("branch", None),
    text("register_no"),
    text("state", None),
    *moment("received_at"),
    text("received_by"),
    *moment("entered_at"),
    text("entered_by"),
    text("paper_language"),
    text("school_name"),
    text("school_kind"),
    text("school_type"),
    text("school_language"),
    text("school_region"),
    text("school_district"),
    number_or_null("graduated"),
    text_or_null("consent_version"),
    text_or_null("consent_given_on"),
    flag("consent_cross_border"),
    flag("consent_by_guardian"),
    flag("asks_upgrade", default=True),
    flag("late"),
    text("late_basis"),
    text("note"),
    number("version", 1),
    # --- line: what lists sort, search and filter on
    text("sort_key", None),
    text("search_key", None),
    text("pin"),
    text("phone"),
    text("born"),
    text("first_choice"),
    text_or_null("score"),
    Column("score_key", BigInteger, nullable=False),
    number("verified", 0),
    text("own_flags"),
    text("flags"),
    UniqueConstraint("campaign", "no"),
    UniqueConstraint("campaign", "person"),
    ForeignKeyConstraint(["campaign", "branch"], ["branch.campaign", "branch.code"]),
    Index("ix_application_person", "person"),
    Index("ix_application_name", "campaign", "sort_key", "id"),
    Index("ix_application_pin", "campaign", "pin", "id"),
    Index("ix_application_phone", "campaign", "phone", "id"),
    Index("ix_application_born", "campaign", "born", "id"),
    Index("ix_application_received", "campaign", "received_at", "id"),
    Index("ix_application_branch", "campaign", "branch", "sort_key", "id"),
    Index("ix_application_first_choice", "campaign", "first_choice", "sort_key", "id"),
    Index("ix_application_score", "campaign", "score_key", "sort_key", "id"),
    Index("ix_application_state", "campaign", "state", "sort_key", "id"),
    Index("ix_application_verified", "campaign", "verified", "sort_key", "id"),
)

choice = Table(
    "choice",
    METADATA,
    ref("application", "application", primary=True),
    part("place", kind="number"),
    ref("campaign", "campaign"),
    text("pool", None),
    ForeignKeyConstraint(["campaign", "pool"], ["pool.campaign", "pool.code"]),
    UniqueConstraint("application", "pool"),
    Index("ix_choice_campaign_pool", "campaign", "pool"),
)

score = Table(
    "score",
    METADATA,
    ref("application", "application", primary=True),
    part("place", kind="number"),
    text("criterion", None),
    text("value", None),
    text("source"),
    text("entered_by"),
    text("verified_by"),
    UniqueConstraint("application", "criterion"),
)

# Whose numbers are typed a second time; without a row everybody's.
second_look = Table(
    "second_look",
    METADATA,
    ref("campaign", "campaign", primary=True),
    number("percent"),
    text("seed"),
    text("drawn_at"),
    text("drawn_by"),
)

# A number typed a second time that was not the first one, until somebody decides with the paper.
second_typing = Table(
    "second_typing",
    METADATA,
    ref("application", "application", primary=True),
    part("criterion"),
    text("value", None),
    text("typed_by", None),
    text("typed_at", None),
)

ground_claim = Table(
    "ground_claim",
    METADATA,
    ref("application", "application", primary=True),
    part("place", kind="number"),
    text("ground", None),
    text("paper"),
    flag("seen"),
    text("seen_by"),
    UniqueConstraint("application", "ground"),
)

checklist_item = Table(
    "checklist_item",
    METADATA,
    ref("application", "application", primary=True),
    part("place", kind="number"),
    text("item", None),
    flag("received"),
    flag("original"),
    number("count", 1),
    text_or_null("received_on"),
    text_or_null("valid_until"),
    text("received_by"),
    text("returned_to"),
)

accepted_warning = Table(
    "accepted_warning",
    METADATA,
    ref("application", "application", primary=True),
    part("place", kind="number"),
    text("code", None),
    text("field", None),
    text("reason", None),
    text("accepted_by"),
)

conflict = Table(
    "conflict",
    METADATA,
    ref("application", "application", primary=True),
    part("place", kind="number"),
    text("field", None),
    text_or_null("decided"),
    text("paper"),
    text("reason"),
    text("decided_by"),
    *moment("decided_at"),
)

conflict_version = Table(
    "conflict_version",
    METADATA,
    part("application", kind="number"),
    part("conflict", kind="number"),
    part("place", kind="number"),
    text("branch", None),
    text("value", None),
    text("source"),
    ForeignKeyConstraint(["application", "conflict"], ["conflict.application", "conflict.place"]),
)

duplicate_pair = Table(
    "duplicate_pair",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    ref("first", "application"),
    ref("second", "application"),
    number("score", 0),
    text("reasons"),
    text("decided"),
    text("reason"),
    text("decided_by"),
    text("decided_at"),
    UniqueConstraint("first", "second"),
    CheckConstraint("first < second", name="order"),
    Index("ix_duplicate_pair_second", "second"),
    Index("ix_duplicate_pair_campaign", "campaign"),
)

import_batch = Table(
    "import_batch",
    METADATA,
    key(),
    ref("campaign", "campaign"),
    text("files", None),
    text("counts", None),
    text("at", None),
    text("by", None),
    text("undone_at"),
    text("undone_by"),
    Index("ix_import_batch_campaign", "campaign"),
)

import_entry = Table(
    "import_entry",
    METADATA,
    ref("batch", "import_batch", primary=True),
    part("place", kind="number"),
    text("branch", None),
    text("identity", None),
    text("entry", None),
)
