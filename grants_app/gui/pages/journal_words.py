"""Names acts and fields of the journal in the reader's language; what happened it does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grants_app.domain.campaign import CALENDAR
from grants_app.domain.commission import VOTE_WORDS
from grants_app.domain.ruleset import ANY_POOL, GROUNDS, PROFILE
from grants_app.services.campaign.open_matters import MATTERS as OPEN_MATTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import RuleSet
    from grants_app.gui.qt_words import Speech

ACTS = (
    "database.restored",
    "database.behind",
    "application.drafted",
    "application.submitted",
    "application.corrected",
    "application.imported",
    "application.merged",
    "application.withdrawn",
    "application.annulled",
    "application.reinstated",
    "act.undone",
    "score.verified",
    "score.differed",
    "score.decided",
    "second_look.chosen",
    "conflict.decided",
    "duplicate.same",
    "duplicate.different",
    "import.applied",
    "run.proposed",
    "run.sealed",
    "finding.accepted",
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
    "annex.printed",
    "cascade.confirmed",
    "deadline.extended",
    "seats.moved",
    "seats.total",
    "officer.sat_down",
    "clock.confirmed",
    "paper.issued",
    "paper.printed",
    "paper.reprinted",
    "paper.saved",
    "paper.cancelled",
    "paper.replaced",
    "list.exported",
    "campaign.created",
    "campaign.changed",
    "setup.added",
    "setup.changed",
    "setup.removed",
    "setup.closed",
    "setup.reopened",
    "setup.moved",
    "setup.imported",
    "campaign.setup",
    "campaign.open",
    "campaign.frozen",
    "campaign.published",
    "campaign.publish_preliminary",
    "campaign.publish_final",
    "campaign.closed",
    "rules.changed",
    "backup.made",
    "key.published",
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
        "accepted_by",
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
        "by",
        "cancelled",
        "chairs",
        "changed",
        "checklist",
        "choices",
        "citizenship",
        "city",
        "closed",
        "code",
        "condition",
        "conflicts",
        "consent",
        "consent_version",
        "count",
        "criterion",
        "cross_border",
        "deadlines",
        "decided",
        "district",
        "document_kind",
        "document_no",
        "due_at",
        "email",
        "emblem",
        "en",
        "entered_by",
        "field",
        "file",
        "finding",
        "fingerprint",
        "form",
        "format",
        "full_name",
        "given",
        "given_on",
        "graduated",
        "ground",
        "grounds",
        "group",
        "guardian",
        "hours",
        "id",
        "item",
        "kept",
        "kind",
        "kk",
        "ky",
        "language",
        "languages",
        "late_basis",
        "latin",
        "letter",
        "letterhead",
        "level",
        "matter",
        "member",
        "minutes_no",
        "minutes_on",
        "months",
        "name",
        "names",
        "new",
        "note",
        "number",
        "order",
        "order_no",
        "original",
        "outcome",
        "owner",
        "owner_name",
        "paper",
        "paper_language",
        "patronymic",
        "percent",
        "phone",
        "phones",
        "pin",
        "place",
        "pool",
        "pools",
        "post",
        "prefix",
        "present",
        "programme",
        "programmes",
        "reason",
        "received",
        "received_at",
        "received_by",
        "received_on",
        "region",
        "register_no",
        "relation",
        "required",
        "required_papers",
        "returned_to",
        "rows",
        "ru",
        "rules",
        "run",
        "sample",
        "school",
        "scores",
        "seat",
        "seats",
        "seed",
        "seed_from",
        "seed_note",
        "seen",
        "seen_by",
        "sex",
        "sha256",
        "short",
        "signatories",
        "signed_by_guardian",
        "signs_consent",
        "since",
        "source",
        "spellings",
        "state",
        "subject",
        "surname",
        "tests",
        "titles",
        "total",
        "type",
        "under_age",
        "until",
        "valid_until",
        "value",
        "verified_by",
        "version",
        "void",
        "void_ties",
        "votes",
        "wording",
        "zone",
        "zone_names",
    }
)
"""The names of fields the catalogue has words for."""


def act_text(words: Speech, act: str) -> str:
    """An act in words; one this version does not know, as it is written."""
    return words.code(f"act_{act.replace('.', '_')}") if act in ACTS else act


def called(words: Speech, setup: CampaignSetup, versions: Iterable[RuleSet]) -> dict[str, str]:
    """What campaign and rules, the later version before the earlier, call what they know, by its code."""
    lang = words.lang
    names = {
        PROFILE: words("Best subject accepted by the programme"),
        GROUNDS: words("Highest-ranked priority category"),
        ANY_POOL: words("Every programme"),
    }
    for rules in versions:
        names |= {measure.code: measure.names.get(lang) for measure in rules.measures}
        names |= {ground.code: ground.names.get(lang) for ground in rules.grounds}
    names |= {code: words.code(f"calendar_{code}") for code in CALENDAR}
    names |= {date.code: date.names.get(lang) or names[date.code] for date in setup.deadlines}
    names |= {paper.code: paper.names.get(lang) for paper in setup.required_papers}
    names |= {branch.code: branch.short.get(lang) for branch in setup.branches}
    names |= {programme.code: programme.names.get(lang) for programme in setup.programmes}
    return names | {pool.id: names.get(pool.programme, pool.programme) for pool in setup.pools}


def field_text(words: Speech, names: Mapping[str, str], name: str) -> str:
    """A field's dotted name in words; a code as `names` calls it; what nobody knows as it is stored."""
    parts = [part for part in re.split(r"[.:]", name) if part not in ("person", "score")]
    return " · ".join(_one(words, names, part) for part in parts)


def _one(words: Speech, names: Mapping[str, str], part: str) -> str:
    name, _, number = part.partition(" ")
    if name in VOTE_WORDS:
        text = words.code(f"vote_{name}")
    elif name.startswith("open_") and name.removeprefix("open_") in OPEN_MATTERS:
        text = words.code(name)
    else:
        text = words.code(f"field_{name}") if name in _FIELDS else names.get(name, name)
    return f"{text} {number}".strip()
