"""Codes built from values, as state_draft is: each value of a type has words; it reads no sources."""

from __future__ import annotations

from typing import get_args

from grants_app.domain.application import State
from grants_app.domain.award import AwardState
from grants_app.domain.campaign import CALENDAR, FORMS, SIGNED_PAPERS, WHENS, CampaignState, Level
from grants_app.domain.chair_sheet import LineCode
from grants_app.domain.commission import MATTERS, VOTE_WORDS, Outcome
from grants_app.domain.comparison import AwardChangeKind
from grants_app.domain.journal import Role
from grants_app.domain.ranking import ChoiceOutcome, PersonOutcome
from grants_app.domain.readiness import LINES
from grants_app.domain.rounds import SeatActKind
from grants_app.domain.ruleset import LateRule
from grants_app.domain.setup_checks import PARTS
from grants_app.domain.setup_copy import COPIED
from grants_app.domain.setup_file import HEAD
from grants_app.domain.values import LANGS
from grants_app.services.appeals import AppealState
from grants_app.services.campaign.open_matters import MATTERS as OPEN_MATTERS
from grants_app.services.campaign_acts import PUBLICATIONS, ActKind
from grants_app.services.verification import PROOFS, VERDICTS
from grants_app.store import refusals

# Prefix -> the values that follow it where the code is spoken.
FAMILIES: dict[str, tuple[str, ...]] = {
    "act_appeal": ("granted", "refused"),
    "act_award": ("confirmed", "declined", "expired", "offered"),
    "act_campaign": (*CampaignState, *PUBLICATIONS),
    "act_seats": get_args(SeatActKind),
    "act_setup": ("added", "changed", "removed", "closed", "reopened", "moved", "imported"),
    "act_duplicate": ("same", "different"),
    "act_tie": ("order", "lot"),
    "appeal_state": get_args(AppealState),
    "award": tuple(AwardState),
    "calendar": CALENDAR,
    "campaign_act": (*get_args(ActKind), "clock_confirmed"),
    "change": ("added", "changed", "removed", "moved"),
    "do": get_args(ActKind),
    "do_note": get_args(ActKind),
    "form": tuple(form for form in FORMS if form),
    "finding": get_args(LineCode),
    "fragile_threshold": ("main", "subject", "main_of_programme", "subject_of_programme"),
    "award_change": get_args(AwardChangeKind),
    "hanging_own": ("programmes", "pools", "signatories"),
    "lacking_name": LANGS,
    "late_rule": get_args(LateRule),
    "letter": (
        *("name", "number", "programme", "issued_on", "guardian", "level", "basis", "position", "confirm"),
        *("branch", "missing", "stopped", "issued", "printed", "extended", "cancelled"),
    ),
    "matter": MATTERS,
    "open": OPEN_MATTERS,
    "out": tuple(state for state in AwardState if not state.holds_seat),
    "outcome": (*get_args(ChoiceOutcome), *get_args(PersonOutcome)),
    "paper_kind": ("all", *SIGNED_PAPERS),
    "part": tuple(dict.fromkeys((HEAD, *PARTS, *COPIED))),
    "person": get_args(PersonOutcome),
    "programme": get_args(Level),
    "proof": PROOFS,
    "proven": ("letter", "run", "backup", "unknown"),
    "ready": LINES,
    "resolution": get_args(Outcome),
    "role": get_args(Role),
    "shown": ("sample", "minutes"),
    "shows": (
        *("number", "name", "programme", "branch", "date", "standing", "registered_name", "sample", "key"),
        *("letters", "campaign", "minutes", "awards", "fingerprint", "applications", "journal"),
    ),
    "setup": (
        *("titles", "zone_names", "consent_version", "names", "short", "city", "address", "hours", "phone"),
        *("letterhead", "spellings", "order_no", "reason", "note", "name", "post"),
    ),
    "sitting": (
        *("tie", "lot", "placement", "run_sealed", "cascade", "appeal_granted", "appeal_refused"),
        *("open", "freeze", "publish_preliminary", "publish_final", "close", "reopen"),
    ),
    "stage": tuple(CampaignState),
    "stage_note": tuple(CampaignState),
    "standing": ("in_force", "not_registered", "not_known_void", "not_known_void_on"),
    "state": tuple(State),
    "thing": ("campaign", "branch", "programme", "signatory", "required_paper"),
    "tie_state": ("in_force", "void", "revoked"),
    "verdict": VERDICTS,
    "vote": VOTE_WORDS,
    "tie_void": ("gone", "unequal", "joined"),
    "when": WHENS,
    # what wants a reason before the seal; what forbids it has refusals of its own
    "unaccepted": (
        *("seats", "conflicts", "duplicates", "unverified", "grounds_unproven", "papers_missing"),
        *("consent_missing", "late", "intake_open", "unfrozen", "placements", "accepted_warnings"),
        *("sensitivity", "difference", "backup"),
    ),
}
# The evidence for and against one person (domain/matching.py).
EVIDENCE = {
    *("same_pin", "same_document", "same_born", "same_phone", "name_alike", "pin_one_digit_off"),
    *("other_pin", "other_born", "other_name"),
}


def built_codes() -> set[str]:
    """Every code the program can build from a value or answer to an engine's error."""
    codes = {f"{prefix}_{value}" for prefix, values in FAMILIES.items() for value in values}
    engines = {code for _, code in refusals._BY_MESSAGE} | set(refusals._BY_STATE.values())
    return codes | engines | EVIDENCE | {"server_unreachable"}
