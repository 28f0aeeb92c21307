"""Applications as rows: one dictionary per row and table, ready to be inserted; reading them is elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grants_app.store import application_tables as t
from grants_app.store.lines import entry_line, own_flags
from grants_app.store.moments import date_text, moment_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Table

    from grants_app.domain.application import Application

Values = dict[str, Any]


def head_values(application: Application) -> Values:
    """The application's own row but its id, its person's columns and its score."""
    entry = application.entry
    school, consent = entry.school, entry.consent
    return {
        "campaign": application.campaign,
        "person": application.person_id,
        "no": application.no,
        "branch": entry.branch,
        "register_no": entry.register_no,
        "state": application.state.value,
        **moment_columns("received_at", entry.received_at),
        "received_by": entry.received_by,
        **moment_columns("entered_at", application.entered_at),
        "entered_by": application.entered_by,
        "paper_language": entry.paper_language,
        "school_name": school.name,
        "school_kind": school.kind,
        "school_type": school.type,
        "school_language": school.language,
        "school_region": school.region,
        "school_district": school.district,
        "graduated": school.graduated,
        "consent_version": consent.version if consent else None,
        "consent_given_on": date_text(consent.given_on) if consent else None,
        "consent_cross_border": consent.cross_border if consent else False,
        "consent_by_guardian": consent.signed_by_guardian if consent else False,
        "asks_upgrade": entry.asks_upgrade,
        "late": application.late,
        "late_basis": entry.late_basis,
        "note": entry.note,
        "version": application.version,
        "own_flags": own_flags(application),
        **entry_line(entry),
    }


def _choices(application: Application) -> list[Values]:
    return [
        {"application": application.id, "place": place, "campaign": application.campaign, "pool": pool}
        for place, pool in enumerate(application.entry.choices)
    ]


def _scores(application: Application) -> list[Values]:
    return [
        {
            "application": application.id,
            "place": place,
            "criterion": score.criterion,
            "value": format(score.value, "f"),
            "source": score.source,
            "entered_by": score.entered_by,
            "verified_by": score.verified_by,
        }
        for place, score in enumerate(application.entry.scores)
    ]


def _grounds(application: Application) -> list[Values]:
    return [
        {
            "application": application.id,
            "place": place,
            "ground": claim.ground,
            "paper": claim.paper,
            "seen": claim.seen,
            "seen_by": claim.seen_by,
        }
        for place, claim in enumerate(application.entry.grounds)
    ]


def _checklist(application: Application) -> list[Values]:
    return [
        {
            "application": application.id,
            "place": place,
            "item": item.item,
            "received": item.received,
            "original": item.original,
            "count": item.count,
            "received_on": date_text(item.received_on),
            "valid_until": date_text(item.valid_until),
            "received_by": item.received_by,
            "returned_to": item.returned_to,
        }
        for place, item in enumerate(application.entry.checklist)
    ]


def _accepted(application: Application) -> list[Values]:
    return [
        {
            "application": application.id,
            "place": place,
            "code": warning.code,
            "field": warning.field,
            "reason": warning.reason,
            "accepted_by": warning.accepted_by,
        }
        for place, warning in enumerate(application.entry.accepted)
    ]


def _conflicts(application: Application) -> list[Values]:
    return [
        {
            "application": application.id,
            "place": place,
            "field": conflict.field,
            "decided": conflict.decided,
            "paper": conflict.paper,
            "reason": conflict.reason,
            "decided_by": conflict.decided_by,
            **moment_columns("decided_at", conflict.decided_at),
        }
        for place, conflict in enumerate(application.conflicts)
    ]


def _conflict_versions(application: Application) -> list[Values]:
    return [
        {
            "application": application.id,
            "conflict": number,
            "place": place,
            "branch": version.branch,
            "value": version.value,
            "source": version.source,
        }
        for number, conflict in enumerate(application.conflicts)
        for place, version in enumerate(conflict.versions)
    ]


# Parents before children; each with the part of an application it is made of.
PARTS: Mapping[Table, tuple[str, Callable[[Application], list[Values]]]] = {
    t.choice: ("choices", _choices),
    t.score: ("scores", _scores),
    t.ground_claim: ("grounds", _grounds),
    t.checklist_item: ("checklist", _checklist),
    t.accepted_warning: ("accepted", _accepted),
    t.conflict: ("conflicts", _conflicts),
    t.conflict_version: ("conflicts", _conflict_versions),
}


def changed_parts(before: Application, after: Application) -> Sequence[Table]:
    """The tables whose rows differ between two states of an application, parents before children."""
    return [table for table, (part, _) in PARTS.items() if _part(before, part) != _part(after, part)]


def _part(application: Application, part: str) -> object:
    return application.conflicts if part == "conflicts" else getattr(application.entry, part)
