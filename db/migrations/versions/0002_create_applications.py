"""People, applications and imports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    """Text, ordered by code point on both engines."""
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=null)


def number(name: str, *, null: bool = False) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=null, autoincrement=False)


def big(name: str, *, null: bool = False) -> sa.Column[int]:
    """A whole number of 64 bits."""
    return sa.Column(name, sa.BigInteger, nullable=null)


def flag(name: str) -> sa.Column[bool]:
    """Yes or no."""
    return sa.Column(name, sa.Boolean, nullable=False)


def upgrade() -> None:
    """Create the tables, each after those it refers to."""
    _person()
    _guardian()
    _import_batch()
    _person_identifier()
    _phone()
    _application()
    _import_entry()
    _accepted_warning()
    _checklist_item()
    _conflict()
    _duplicate_pair()
    _ground_claim()
    _score()
    _choice()
    _conflict_version()


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, nullable=False),
        text("surname"),
        text("given"),
        text("patronymic"),
        text("latin"),
        text("sex"),
        text("born", null=True),
        text("pin"),
        text("citizenship"),
        text("document_kind"),
        text("document_no"),
        text("region"),
        text("district"),
        text("address"),
        text("email"),
        text("name_key"),
        number("version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_document_no", "person", ["document_no"])
    op.create_index("ix_person_name_key", "person", ["name_key"])
    op.create_index("ix_person_pin", "person", ["pin"])


def _guardian() -> None:
    op.create_table(
        "guardian",
        number("person"),
        text("full_name"),
        text("relation"),
        text("phone"),
        flag("signs_consent"),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_guardian")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_guardian_person_person")),
    )


def _import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        text("files"),
        text("counts"),
        text("at"),
        text("by"),
        text("undone_at"),
        text("undone_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaign.id"], name=op.f("fk_import_batch_campaign_campaign")
        ),
    )
    op.create_index("ix_import_batch_campaign", "import_batch", ["campaign"])


def _person_identifier() -> None:
    op.create_table(
        "person_identifier",
        sa.Column("id", sa.Integer, nullable=False),
        number("person"),
        text("kind"),
        text("value"),
        text("until"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_identifier")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_person_identifier_person_person")),
    )
    op.create_index("ix_person_identifier_kind_value", "person_identifier", ["kind", "value"])
    op.create_index("ix_person_identifier_person", "person_identifier", ["person"])


def _phone() -> None:
    op.create_table(
        "phone",
        number("person"),
        number("place"),
        text("number"),
        text("owner"),
        sa.PrimaryKeyConstraint("person", "place", name=op.f("pk_phone")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_phone_person_person")),
    )


def _application() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        number("person"),
        text("no"),
        text("branch"),
        text("register_no"),
        text("state"),
        text("received_at"),
        number("received_at_offset"),
        text("received_by"),
        text("entered_at"),
        number("entered_at_offset"),
        text("entered_by"),
        text("paper_language"),
        text("school_name"),
        text("school_kind"),
        text("school_type"),
        text("school_language"),
        text("school_region"),
        text("school_district"),
        number("graduated", null=True),
        text("consent_version", null=True),
        text("consent_given_on", null=True),
        flag("consent_cross_border"),
        flag("consent_by_guardian"),
        flag("asks_upgrade"),
        flag("late"),
        text("late_basis"),
        text("note"),
        number("version"),
        text("sort_key"),
        text("search_key"),
        text("pin"),
        text("phone"),
        text("born"),
        text("first_choice"),
        text("score", null=True),
        big("score_key"),
        number("verified"),
        text("own_flags"),
        text("flags"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.ForeignKeyConstraint(
            ["campaign", "branch"],
            ["branch.campaign", "branch.code"],
            name=op.f("fk_application_campaign_branch_branch"),
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_application_campaign_campaign")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_application_person_person")),
        sa.UniqueConstraint("campaign", "no", name=op.f("uq_application_campaign_no")),
        sa.UniqueConstraint("campaign", "person", name=op.f("uq_application_campaign_person")),
    )
    op.create_index("ix_application_born", "application", ["campaign", "born", "id"])
    op.create_index("ix_application_branch", "application", ["campaign", "branch", "sort_key", "id"])
    op.create_index(
        "ix_application_first_choice", "application", ["campaign", "first_choice", "sort_key", "id"]
    )
    op.create_index("ix_application_name", "application", ["campaign", "sort_key", "id"])
    op.create_index("ix_application_person", "application", ["person"])
    op.create_index("ix_application_phone", "application", ["campaign", "phone", "id"])
    op.create_index("ix_application_pin", "application", ["campaign", "pin", "id"])
    op.create_index("ix_application_received", "application", ["campaign", "received_at", "id"])
    op.create_index("ix_application_score", "application", ["campaign", "score_key", "sort_key", "id"])
    op.create_index("ix_application_state", "application", ["campaign", "state", "sort_key", "id"])
    op.create_index("ix_application_verified", "application", ["campaign", "verified", "sort_key", "id"])


def _import_entry() -> None:
    op.create_table(
        "import_entry",
        number("batch"),
        number("place"),
        text("branch"),
        text("identity"),
        text("entry"),
        sa.PrimaryKeyConstraint("batch", "place", name=op.f("pk_import_entry")),
        sa.ForeignKeyConstraint(
            ["batch"], ["import_batch.id"], name=op.f("fk_import_entry_batch_import_batch")
        ),
    )


def _accepted_warning() -> None:
    op.create_table(
        "accepted_warning",
        number("application"),
        number("place"),
        text("code"),
        text("field"),
        text("reason"),
        text("accepted_by"),
        sa.PrimaryKeyConstraint("application", "place", name=op.f("pk_accepted_warning")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_accepted_warning_application_application")
        ),
    )


def _checklist_item() -> None:
    op.create_table(
        "checklist_item",
        number("application"),
        number("place"),
        text("item"),
        flag("received"),
        flag("original"),
        number("count"),
        text("received_on", null=True),
        text("valid_until", null=True),
        text("received_by"),
        text("returned_to"),
        sa.PrimaryKeyConstraint("application", "place", name=op.f("pk_checklist_item")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_checklist_item_application_application")
        ),
    )


def _conflict() -> None:
    op.create_table(
        "conflict",
        number("application"),
        number("place"),
        text("field"),
        text("decided", null=True),
        text("paper"),
        text("reason"),
        text("decided_by"),
        text("decided_at"),
        number("decided_at_offset"),
        sa.PrimaryKeyConstraint("application", "place", name=op.f("pk_conflict")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_conflict_application_application")
        ),
    )


def _duplicate_pair() -> None:
    op.create_table(
        "duplicate_pair",
        sa.Column("id", sa.Integer, nullable=False),
        number("campaign"),
        number("first"),
        number("second"),
        number("score"),
        text("reasons"),
        text("decided"),
        text("reason"),
        text("decided_by"),
        text("decided_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaign.id"], name=op.f("fk_duplicate_pair_campaign_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["first"], ["application.id"], name=op.f("fk_duplicate_pair_first_application")
        ),
        sa.ForeignKeyConstraint(
            ["second"], ["application.id"], name=op.f("fk_duplicate_pair_second_application")
        ),
        sa.UniqueConstraint("first", "second", name=op.f("uq_duplicate_pair_first_second")),
        sa.CheckConstraint("first < second", name=op.f("ck_duplicate_pair_order")),
    )
    op.create_index("ix_duplicate_pair_campaign", "duplicate_pair", ["campaign"])
    op.create_index("ix_duplicate_pair_second", "duplicate_pair", ["second"])


def _ground_claim() -> None:
    op.create_table(
        "ground_claim",
        number("application"),
        number("place"),
        text("ground"),
        text("paper"),
        flag("seen"),
        text("seen_by"),
        sa.PrimaryKeyConstraint("application", "place", name=op.f("pk_ground_claim")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_ground_claim_application_application")
        ),
        sa.UniqueConstraint("application", "ground", name=op.f("uq_ground_claim_application_ground")),
    )


def _score() -> None:
    op.create_table(
        "score",
        number("application"),
        number("place"),
        text("criterion"),
        text("value"),
        text("source"),
        text("entered_by"),
        text("verified_by"),
        sa.PrimaryKeyConstraint("application", "place", name=op.f("pk_score")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_score_application_application")
        ),
        sa.UniqueConstraint("application", "criterion", name=op.f("uq_score_application_criterion")),
    )


def _choice() -> None:
    op.create_table(
        "choice",
        number("application"),
        number("place"),
        number("campaign"),
        text("pool"),
        sa.PrimaryKeyConstraint("application", "place", name=op.f("pk_choice")),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_choice_application_application")
        ),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_choice_campaign_campaign")),
        sa.ForeignKeyConstraint(
            ["campaign", "pool"], ["pool.campaign", "pool.code"], name=op.f("fk_choice_campaign_pool_pool")
        ),
        sa.UniqueConstraint("application", "pool", name=op.f("uq_choice_application_pool")),
    )
    op.create_index("ix_choice_campaign_pool", "choice", ["campaign", "pool"])


def _conflict_version() -> None:
    op.create_table(
        "conflict_version",
        number("application"),
        number("conflict"),
        number("place"),
        text("branch"),
        text("value"),
        text("source"),
        sa.PrimaryKeyConstraint("application", "conflict", "place", name=op.f("pk_conflict_version")),
        sa.ForeignKeyConstraint(
            ["application", "conflict"],
            ["conflict.application", "conflict.place"],
            name=op.f("fk_conflict_version_application_conflict_conflict"),
        ),
    )
