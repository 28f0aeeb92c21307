"""Words what the journal keeps as codes: states, kinds, ids, moments; what people typed stays as typed."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.application import State
from grants_app.domain.award import AwardState
from grants_app.domain.campaign import CALENDAR, FORMS, LEVELS, SIGNED_PAPERS, CampaignState
from grants_app.gui.pages.entry_lists import OWNERS, REGION_NAMES, SCHOOL_KINDS, SCHOOL_TYPES, SEXES, TEACHING
from grants_app.gui.pages.journal_words import field_text
from grants_app.gui.pages.papers_lists import KINDS as LISTS
from grants_app.gui.pages.papers_lists import list_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grants_app.gui.qt_words import Speech

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*")
_DECIMAL = re.compile(r"-?\d+\.\d+")
_ID = re.compile(r"[A-Z0-9][A-Z0-9-]*(?:/[A-Z0-9-]+)?")
# What an officer wrote: a word in it that looks like a code is still their word.
_TYPED = frozenset(
    {
        *("address", "agenda", "district", "email", "entered_by", "file", "full_name", "given", "latin"),
        *("letter", "letterhead", "minutes_no", "name", "names", "note", "number", "order_no", "owner_name"),
        *("patronymic", "pin", "place", "post", "prefix", "reason", "received_by", "register_no", "seed"),
        *("seed_from", "seed_note", "source", "surname", "titles", "verified_by", "wording", "spellings"),
    }
)
_LISTED: Mapping[str, Mapping[str, str]] = {
    "sex": SEXES,
    "region": REGION_NAMES,
    "owner": OWNERS,
    "school.kind": SCHOOL_KINDS,
    "school.type": SCHOOL_TYPES,
    "school.language": TEACHING,
    "paper_language": TEACHING,
    "languages": TEACHING,
}
_SEATS = ("open", "placement")


def value_text(words: Speech, names: Mapping[str, str], act: str, name: str, value: str, zone: str) -> str:
    """What was stored under a field's dotted name, part by part of a list; moments by the zone's clock."""
    leaf = _leaf(name)
    if not value:
        return ""
    if leaf in _TYPED or name.split(".", maxsplit=1)[0] in ("names", "titles"):
        return value
    if leaf in ("choices", "grounds"):  # an import and a decision write them without spaces
        value = re.sub(r",(?=\S)", ", ", value)
    return ", ".join(_part(words, names, act, name, part, zone) for part in value.split(", "))


def subject_text(words: Speech, names: Mapping[str, str], act: str, subject: str) -> str:
    """What an act was about: a thing of the campaign by its name, a list by its title."""
    if act == "list.exported" and subject in LISTS:
        return list_name(words, subject)
    if act == "list.exported" and subject == "scenario":
        return words("Scenario")
    if act == "list.exported" and subject == "chair_sheet":
        return words("chair's sheets")
    if act.startswith("setup.") and subject in SIGNED_PAPERS:
        return words.code(f"paper_kind_{subject}")
    if (
        act.startswith(("score.", "setup."))
        or "_" in subject
        or _ID.fullmatch(subject)
        or subject in CALENDAR
    ):
        return names.get(subject, subject)
    return subject


def _leaf(name: str) -> str:
    return re.split(r"[.:]", name)[-1].partition(" ")[0]


def _part(words: Speech, names: Mapping[str, str], act: str, name: str, part: str, zone: str) -> str:
    leaf = _leaf(name)
    told = _coded(words, act, leaf, part) or _listed(words, name.replace(":", "."), part)
    if not told and _names_a_field(act, name, leaf):
        told = field_text(words, names, part)
    if not told and leaf in ("fingerprint", "sha256"):
        told = part.removeprefix("sha256:")
    return told or names.get(part) or _plain(words, names, part, zone)


def _listed(words: Speech, owner: str, part: str) -> str:
    """A choice of the form by its word; "" for any other value."""
    for of, listed in _LISTED.items():
        if part in listed and (owner == of or owner.endswith(f".{of}")):
            return words(listed[part])
    return ""


def _plain(words: Speech, names: Mapping[str, str], part: str, zone: str) -> str:
    """Yes and no, moments, days and numbers as people write them; ids within any other text by name."""
    if part in ("True", "False"):
        told = words("yes") if part == "True" else words("no")
    elif _MOMENT.fullmatch(part):
        told = words.current.date_time(datetime.fromisoformat(part), zone)
    elif _DAY.fullmatch(part):
        told = words.current.date(date.fromisoformat(part))
    elif _DECIMAL.fullmatch(part):
        told = words.current.number(Decimal(part))
    else:
        told = _ID.sub(lambda found: names.get(found.group(), found.group()), part)
    return told


def _names_a_field(act: str, name: str, leaf: str) -> bool:
    """Whether the value says which fields: those in conflict, the one a doubt was about, those a file set."""
    return (
        leaf == "conflicts"
        or (leaf == "field" and name.startswith("accepted"))
        or (act == "setup.imported" and leaf != "file")
    )


def _coded(words: Speech, act: str, leaf: str, part: str) -> str:
    """The words of a value that is one of ours, by its field and act; "" for any other."""
    family = ""
    if leaf == "state":
        for states, name in ((State, "state"), (AwardState, "award"), (CampaignState, "stage")):
            if part in tuple(states) and (act.partition(".")[0] in ("act", *_OF[name])):
                family = name
                break
    elif leaf in _FAMILIES and part in _FAMILIES[leaf][1]:
        family = _FAMILIES[leaf][0]
    elif leaf in ("kind", "label") and act.startswith("award.") and part in _SEATS:
        family = "seat"
    elif leaf in ("matter", "outcome") and act.startswith("resolution."):
        family = {"matter": "matter", "outcome": "resolution"}[leaf]
    elif leaf == "finding" and act.startswith("finding."):
        family = "finding"
    elif act == "setup.imported" and part in ("added", "changed", "removed", "moved"):
        family = "change"
    elif leaf == "format" and part == "printer":
        return words("sent to the printer")
    return words.code(f"{family}_{part}") if family else ""


_OF = {"state": ("application",), "award": ("award",), "stage": ("campaign",)}
_FAMILIES = {
    "level": ("programme", LEVELS),
    "form": ("form", FORMS[1:]),
    "paper": ("paper_kind", SIGNED_PAPERS),
}
