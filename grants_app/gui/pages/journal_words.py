"""Names acts and fields of the journal in the reader's language; what happened it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grants_app.gui.qt_words import Speech

ACTS = (
    "application.drafted",
    "application.submitted",
    "application.corrected",
    "application.imported",
    "application.merged",
    "application.withdrawn",
    "application.annulled",
    "score.verified",
    "conflict.decided",
    "duplicate.same",
    "duplicate.different",
    "import.applied",
    "run.proposed",
    "run.sealed",
    "tie.order",
    "tie.lot",
    "placement.made",
    "placement.undone",
    "award.offered",
    "award.confirmed",
    "award.declined",
    "award.expired",
    "award.revoked",
    "paper.issued",
    "paper.printed",
    "paper.reprinted",
    "paper.cancelled",
    "list.exported",
    "campaign.created",
    "campaign.changed",
    "campaign.setup",
    "campaign.open",
    "campaign.frozen",
    "campaign.published",
    "campaign.closed",
    "rules.changed",
    "backup.made",
)
"""Every act services write, in the order an officer meets them."""

_FIELDS = frozenset(
    {
        "accepted",
        "address",
        "application",
        "asks_upgrade",
        "at",
        "awards",
        "born",
        "branch",
        "cancelled",
        "checklist",
        "choices",
        "citizenship",
        "code",
        "consent",
        "consent_version",
        "criterion",
        "deadlines",
        "district",
        "document_kind",
        "document_no",
        "email",
        "field",
        "fingerprint",
        "format",
        "full_name",
        "given",
        "graduated",
        "grounds",
        "guardian",
        "kept",
        "kind",
        "language",
        "late_basis",
        "latin",
        "minutes_no",
        "name",
        "note",
        "number",
        "order",
        "paper",
        "paper_language",
        "patronymic",
        "phone",
        "phones",
        "pin",
        "pool",
        "pools",
        "reason",
        "received_at",
        "received_by",
        "received_on",
        "region",
        "register_no",
        "relation",
        "required_papers",
        "rows",
        "scores",
        "seat",
        "seats",
        "sex",
        "signatories",
        "source",
        "state",
        "surname",
        "total",
        "type",
        "value",
        "verified_by",
        "owner",
        "ground",
        "seen",
        "version",
        "school",
    }
)


def act_text(words: Speech, act: str) -> str:
    """An act in words; one this version does not know, as it is written."""
    return words.code(f"act_{act.replace('.', '_')}") if act in ACTS else act


def act_kind(act: str) -> str:
    """What an act is about: its first word."""
    return act.partition(".")[0]


def field_text(words: Speech, name: str) -> str:
    """A field's dotted name in words where they are known, else as it is stored."""
    return " · ".join(_one(words, part) for part in name.split(".") if part != "person")


def _one(words: Speech, part: str) -> str:
    name, _, number = part.partition(" ")
    text = words.code(f"field_{name}") if name in _FIELDS else name
    return f"{text} {number}".strip()
