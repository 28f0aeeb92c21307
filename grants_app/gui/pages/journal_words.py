"""Names acts and fields of the journal in the reader's language; what happened it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grants_app.domain.campaign import CampaignSetup
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
    "scenario.kept",
    "scenario.renamed",
    "scenario.removed",
    "tie.order",
    "tie.lot",
    "tie.revoked",
    "appeal_sheet.printed",
    "lot_record.printed",
    "placement.made",
    "placement.undone",
    "award.offered",
    "award.confirmed",
    "award.declined",
    "award.expired",
    "award.revoked",
    "award.reinstated",
    "award.relabelled",
    "award.extended",
    "award.called",
    "cascade.confirmed",
    "deadline.extended",
    "seats.moved",
    "seats.total",
    "clock.confirmed",
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
    "commission.member",
    "commission.left",
    "interest.declared",
    "interest.withdrawn",
    "meeting.called",
    "meeting.changed",
    "meeting.attended",
    "resolution.recorded",
    "resolution.corrected",
    "minutes.written",
    "appeal.received",
    "appeal.granted",
    "appeal.refused",
    "appeal.run",
)
"""Every act services write, in the order an officer meets them."""

_FIELDS = frozenset(
    {
        "absent",
        "accepted",
        "address",
        "agenda",
        "answers",
        "application",
        "asks_upgrade",
        "at",
        "awards",
        "born",
        "branch",
        "branches",
        "cancelled",
        "chairs",
        "checklist",
        "choices",
        "citizenship",
        "code",
        "consent",
        "consent_version",
        "criterion",
        "cross_border",
        "deadlines",
        "decided",
        "district",
        "document_kind",
        "document_no",
        "due_at",
        "email",
        "entered_by",
        "field",
        "fingerprint",
        "format",
        "full_name",
        "given",
        "given_on",
        "graduated",
        "ground",
        "grounds",
        "group",
        "guardian",
        "id",
        "kept",
        "kind",
        "language",
        "late_basis",
        "latin",
        "matter",
        "member",
        "minutes_no",
        "minutes_on",
        "name",
        "note",
        "number",
        "order",
        "order_no",
        "original",
        "outcome",
        "owner",
        "paper",
        "paper_language",
        "patronymic",
        "phone",
        "phones",
        "pin",
        "place",
        "pool",
        "pools",
        "post",
        "present",
        "programmes",
        "reason",
        "received",
        "received_at",
        "received_by",
        "received_on",
        "region",
        "register_no",
        "relation",
        "required_papers",
        "rows",
        "run",
        "school",
        "scores",
        "seat",
        "seats",
        "seed",
        "seed_from",
        "seed_note",
        "seen",
        "sex",
        "signatories",
        "source",
        "state",
        "subject",
        "surname",
        "total",
        "type",
        "value",
        "verified_by",
        "version",
        "void_ties",
        "votes",
        "wording",
    }
)
"""The names of fields the catalogue has words for."""


def act_text(words: Speech, act: str) -> str:
    """An act in words; one this version does not know, as it is written."""
    return words.code(f"act_{act.replace('.', '_')}") if act in ACTS else act


def called(setup: CampaignSetup, lang: str) -> dict[str, str]:
    """What the campaign calls its branches, programmes and pools, by their codes."""
    names = {branch.code: branch.short.get(lang) for branch in setup.branches}
    names |= {programme.code: programme.names.get(lang) for programme in setup.programmes}
    return names | {pool.id: names.get(pool.programme, pool.programme) for pool in setup.pools}


def field_text(words: Speech, name: str) -> str:
    """A field's dotted name in words where they are known, else as it is stored."""
    return " · ".join(_one(words, part) for part in name.split(".") if part != "person")


def _one(words: Speech, part: str) -> str:
    name, _, number = part.partition(" ")
    text = words.code(f"field_{name}") if name in _FIELDS else name
    return f"{text} {number}".strip()
