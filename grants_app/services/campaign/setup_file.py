"""A campaign's set-up written to a file, and taken from one: what would change is told before anything is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grants_app.domain import ruleset, setup_file
from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.ruleset import RuleSet
from grants_app.domain.setup_checks import PARTS, demand_sound, demand_year, things
from grants_app.domain.setup_copy import MADE_UP
from grants_app.domain.setup_file import SetupChange, SetupFile, changes, taken
from grants_app.rules.rule_changes import differences
from grants_app.services import seat_acts, standing
from grants_app.services.campaign import structure
from grants_app.services.entry_changes import text_of
from grants_app.services.files import read_limited, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from grants_app.domain.campaign import Campaign
    from grants_app.services.access import Office

__all__ = [
    "SetupChange",
    "SetupPlan",
    "export_setup",
    "import_setup",
    "parts_of",
    "plan_import",
    "read_setup",
]

_PART_OF_COPY = {
    "programmes": "programmes",
    "seats": "pools",
    "calendar": "deadlines",
    "signatories": "signatories",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupPlan:
    """What a set-up file would make of a campaign: how many things of each part, and every change.

    `left_out` names the parts of a sample's file that are made up and not taken into a real campaign.
    """

    parts: dict[str, int]
    changes: tuple[SetupChange, ...]
    setup: CampaignSetup
    rules: RuleSet | None
    left_out: tuple[str, ...] = ()


def export_setup(office: Office, target: Path) -> dict[str, int]:
    """Write the set-up with its rules and pictures as TOML; answers how many things each part has."""
    office.demand("setup_export")
    campaign = office.campaign()
    rules = standing.current_rules(office)
    with office.store.reading() as reading:
        emblems = reading.emblems([branch.emblem for branch in campaign.setup.branches])
    write_whole(target, setup_file.write(campaign.setup, rules, emblems).encode())
    return parts_of(campaign.setup, rules)


def parts_of(setup: CampaignSetup, rules: RuleSet | None) -> dict[str, int]:
    """How many things each part of a set-up has."""
    counted: dict[str, int] = {part: len(things(setup, part)) for part in PARTS}
    return {setup_file.HEAD: 1, **counted, setup_file.RULES: int(rules is not None)}


def read_setup(source: Path) -> SetupFile:
    """What a set-up file holds; Refused when it cannot be read or anything in it is not understood."""
    from grants_app.papers.emblems import demand_drawable

    read = setup_file.read(read_limited(source, setup_file.MOST_BYTES))
    for png in read.emblems.values():
        demand_drawable(png)
    return read


def plan_import(office: Office, source: Path) -> SetupPlan:
    """What taking the file would change; nothing is written. Refused, by name, what cannot be taken."""
    office.demand("setup")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    return _planned(office, campaign, read_setup(source))


def import_setup(office: Office, source: Path, seen: int, *, reason: str = "") -> tuple[Changed, SetupPlan]:
    """Take the file's parts in place of the campaign's own, all or nothing, in one journal entry.

    The campaign keeps its code; parts the file does not hold stay. Refused by name where something would go
    that others hang on, and after a seal where seats or the total would change.
    """
    permit = office.demand("setup")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    if campaign.state in standing.DECIDED and not reason.strip():
        raise Refused("reason_missing")
    file = read_setup(source)
    plan = _planned(office, campaign, file)
    if not plan.changes:
        return Changed(), plan
    with office.store.work(permit) as work:
        work.campaigns.lock(campaign.id)
        for png in file.emblems.values():
            work.emblems.put(png)
        if plan.rules is not None:
            last = max(rules.version for rules in work.rule_sets.all(campaign.id))
            work.rule_sets.add(campaign.id, replace(plan.rules, version=last + 1))
        else:
            structure.follow_rules(office, work, plan.setup)
        saved = work.campaigns.put(replace(campaign, setup=plan.setup), seen=seen)
        structure.refresh(office, work, campaign.setup, saved)
        work.journal.add(
            "setup.imported",
            campaign.setup.code,
            reason=reason.strip(),
            before=text_of({"file": source.name}),
            after=text_of(_told(plan.changes)),
            campaign=campaign.id,
        )
        work.commit()
    return Changed(campaign=True, runs=True), plan


def _planned(office: Office, campaign: Campaign, file: SetupFile) -> SetupPlan:
    left_out: tuple[str, ...] = ()
    if file.setup.sample and not campaign.setup.sample:
        file, left_out = _without_made_up(file)
    setup = taken(campaign.setup, file)
    demand_sound(setup)
    demand_year(setup.code, office.now().year)
    _demand_free(office, campaign.setup, setup)
    seat_acts.demand_no_silent_change(office, campaign.setup, setup)
    found = list(changes(campaign.setup, setup))
    rules = None
    if file.rules is not None:
        current = standing.current_rules(office)
        codes = [one.code for one in setup.programmes]
        rules = ruleset.following(file.rules, codes, [pool.id for pool in setup.pools])
        differing = tuple(dict.fromkeys(one.what for one in differences(current, rules)))
        if differing:
            found.append(SetupChange(part="rules", key="", kind="changed", fields=differing))
        else:
            rules = None
    return SetupPlan(
        parts=parts_of(setup, rules or file.rules),
        changes=tuple(found),
        setup=setup,
        rules=rules,
        left_out=left_out,
    )


def _without_made_up(file: SetupFile) -> tuple[SetupFile, tuple[str, ...]]:
    """A sample's file without what is made up in it, and the names of the parts left out."""
    out = tuple(_PART_OF_COPY[name] for name in sorted(MADE_UP))
    held = tuple(part for part in PARTS if part in out and part in file.parts)
    return replace(file, parts=file.parts - set(out) - {"rules"}, rules=None), held


def _demand_free(office: Office, before: CampaignSetup, after: CampaignSetup) -> None:
    """Refused, by name, where a thing would go that something hangs on beside the set-up itself."""
    for part in ("branches", "programmes", "pools", "required_papers"):
        kept = {structure.name_of(thing) for thing in things(after, part)}
        for place, thing in enumerate(things(before, part)):
            if structure.name_of(thing) not in kept:
                structure.demand_free(office, before, part, place, but=("hanging_own_", "hanging_rules"))


def _told(found: tuple[SetupChange, ...]) -> dict[str, object]:
    """The changes as the journal keeps them: part, thing, what became of it."""
    told: dict[str, dict[str, object]] = {}
    for one in found:
        told.setdefault(one.part, {})[one.key or "order"] = list(one.fields) if one.fields else one.kind
    return dict(told)
