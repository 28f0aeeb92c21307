"""What if: scenarios tried on people held in memory, and kept under a name; nothing official moves."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from grants_app.domain import scenario as documents
from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.ranking import Ranked, RunInputs, RunResult, is_identifier
from grants_app.domain.records import Scenario
from grants_app.domain.scenario import DIMENSIONS, Dimension, Effect, Profile, Tally, WhatIf
from grants_app.domain.values import Finding
from grants_app.rules import allocation, runfile, scenario
from grants_app.services import runs, standing
from grants_app.services.entry_changes import text_of
from grants_app.services.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.domain.papers import Table
    from grants_app.domain.permit import Permit
    from grants_app.domain.runs import RunRecord
    from grants_app.services.access import Office
    from grants_app.wording import Words

MOST_KEPT = 100
_SEXES = ("F", "M")
_SCHOOLS = ("bishkek", "town", "rural", "mountain")

BasisKind = Literal["sealed", "draft", "now"]


@dataclass(frozen=True, slots=True)
class Basis:
    """The official run a scenario is compared with: sealed, else the newest draft, else proposed in memory.

    `outdated`: the register has changed since, so that differences are not the scenario's alone.
    """

    kind: BasisKind
    run: int
    inputs: RunInputs
    result: RunResult
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Everything what-ifs are made from, read once; read again when the register changes."""

    ranked: Ranked
    basis: Basis
    people: Mapping[str, Profile]
    setup: CampaignSetup


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario comes to: everybody's change, and the grants by branch, programme and so on."""

    effect: Effect
    totals: Mapping[Dimension, tuple[Tally, ...]]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A kept scenario brought to the campaign as it stands, and what could not be brought along."""

    changed: WhatIf
    notes: tuple[Finding, ...] = ()


def held(office: Office) -> Held:
    """Gather the people, the rules in force and the official run; nothing is written."""
    ranked = runs.gathered(office)
    with office.store.reading() as reading:
        record = reading.last_run(office.campaign_id, "sealed") or reading.last_run(office.campaign_id)
        people = reading.profiles(office.campaign_id)
    return Held(ranked, _basis(office, ranked, record), people, office.campaign().setup)


def _basis(office: Office, ranked: Ranked, record: RunRecord | None) -> Basis:
    if record is None:
        return Basis("now", 0, ranked.inputs, allocation.allocate(ranked.inputs))
    run = runfile.parse(runs.run_file(office, record.no))
    kind: BasisKind = "sealed" if record.kind == "sealed" else "draft"
    same = _comparable(run.inputs) == _comparable(ranked.inputs)
    return Basis(kind, record.no, run.inputs, run.result or RunResult(), outdated=not same)


def _comparable(inputs: RunInputs) -> tuple[object, ...]:
    """What a run is made from, in one order: the seats and everybody's choices, merits and grounds."""
    people = sorted(inputs.applications, key=lambda one: one.no)
    pools = sorted(inputs.pools, key=lambda one: one.id)
    return inputs.total, pools, [(one.no, one.choices, tuple(sorted(one.grounds))) for one in people]


def begun(held: Held) -> WhatIf:
    """A new scenario: the rules, seats and total as they stand."""
    seats, total = scenario.unchanged(held.ranked)
    return WhatIf(rules=held.ranked.ruleset, seats=seats, total=total)


def what_if(held: Held, changed: WhatIf) -> Outcome:
    """What the scenario comes to beside the official run; Refused in plain words when it cannot be."""
    basis = held.basis
    effect = scenario.what_if(held.ranked, basis.inputs, basis.result, changed)
    totals = {
        dimension: scenario.tallies(basis.result, effect.result, *_groups(held, dimension))
        for dimension in DIMENSIONS
    }
    return Outcome(effect, totals, len(basis.result.awards), len(effect.result.awards))


def _groups(held: Held, dimension: Dimension) -> tuple[Callable[[str, str], str], tuple[str, ...]]:
    """Which group of a dimension an award belongs to, and the groups always shown."""
    setup, people = held.setup, held.people
    branches = {pool.id: pool.branch for pool in setup.pools}
    if dimension == "branch":
        return lambda _no, pool: branches.get(pool, ""), tuple(one.code for one in setup.branches)
    if dimension == "programme":
        return lambda _no, pool: pool, tuple(pool.id for pool in setup.pools)

    def of_person(no: str, _pool: str) -> str:
        return str(getattr(people[no], dimension)) if no in people else ""

    return of_person, {"sex": _SEXES, "school": _SCHOOLS}.get(dimension, ())


# ---- kept under a name ---------------------------------------------------------------------------------


def kept(office: Office) -> tuple[Scenario, ...]:
    """The campaign's scenarios by name."""
    with office.store.reading() as reading:
        return tuple(reading.scenarios(office.campaign_id))


def by_name(office: Office, name: str) -> Scenario:
    """The scenario of this name; Refused when there is none."""
    found = next((one for one in kept(office) if one.name == name), None)
    if found is None:
        raise Refused("scenario_unknown", name=name)
    return found


def opened(held: Held, record: Scenario) -> Opened:
    """A kept scenario for the campaign as it stands; Refused when its document is not readable.

    Programmes added since have their seats of now; those gone since are left out and said.
    """
    changed = documents.load(record.document)
    now = begun(held).seats
    gone = sorted(changed.seats.keys() - now.keys())
    seats = {pool: changed.seats.get(pool, count) for pool, count in now.items()}
    unknown = [one for one in changed.scores if one.application not in held.ranked.candidates]
    notes = [Finding("scenario_pool_gone", {"pool": pool}) for pool in gone]
    notes += [Finding("scenario_person_gone", {"application": one.application}) for one in unknown]
    scores = tuple(one for one in changed.scores if one not in unknown)
    return Opened(replace(changed, seats=seats, scores=scores), tuple(notes))


def keep(office: Office, name: str, changed: WhatIf, replacing: str = "") -> Changed:
    """Keep a scenario under a name; only the one it replaces may have had that name before."""
    permit, campaign = _demand(office)
    record = Scenario(
        campaign=campaign,
        name=_sound(name),
        document=documents.dump(changed),
        saved_at=office.clock(),
        saved_by=office.actor.name,
    )
    return _put(office, permit, record, replacing)


def bring_back(office: Office, record: Scenario) -> Changed:
    """Keep a scenario again that was removed."""
    permit, _ = _demand(office)
    return _put(office, permit, record, "")


def _put(office: Office, permit: Permit, record: Scenario, replacing: str) -> Changed:
    with office.store.work(permit) as work:
        names = {one.name for one in work.scenarios.all(record.campaign)}
        if record.name in names and record.name != replacing:
            raise Refused("scenario_name_taken", name=record.name)
        if len(names) >= MOST_KEPT and record.name not in names:
            raise Refused("scenarios_too_many", most=MOST_KEPT)
        work.scenarios.put(record)
        work.journal.add("scenario.kept", record.name, after=_digest(record), campaign=record.campaign)
        work.commit()
    return Changed()


def rename(office: Office, name: str, new: str) -> Changed:
    """Give a kept scenario another name that none has yet."""
    permit, campaign = _demand(office)
    new = _sound(new)
    record = by_name(office, name)
    with office.store.work(permit) as work:
        if work.scenarios.get(campaign, new) is not None:
            raise Refused("scenario_name_taken", name=new)
        work.scenarios.remove(campaign, name)
        work.scenarios.put(replace(record, name=new))
        work.journal.add(
            "scenario.renamed",
            new,
            before=text_of({"name": name}),
            after=text_of({"name": new}),
            campaign=campaign,
        )
        work.commit()
    return Changed()


def remove(office: Office, name: str) -> Scenario:
    """Take a scenario out of the list; answers what it was, for whoever wants it back."""
    permit, campaign = _demand(office)
    record = by_name(office, name)
    with office.store.work(permit) as work:
        work.scenarios.remove(campaign, name)
        work.journal.add("scenario.removed", name, before=_digest(record), campaign=campaign)
        work.commit()
    return record


def _digest(record: Scenario) -> str:
    """What the journal says of a scenario: enough to know it again."""
    return text_of({"fingerprint": hashlib.sha256(record.document.encode()).hexdigest()})


def write(office: Office, words: Words, made: Table, form: str, path: Path) -> int:
    """Write a comparison to a file, whole or not at all, note it in the journal, and answer its rows."""
    from grants_app.services import exports

    permit = office.demand("papers")
    write_whole(path, exports.drawn(made, words, form))
    with office.store.work(permit) as work:
        work.journal.add(
            "list.exported",
            "scenario",
            after=text_of({"format": form, "rows": len(made.rows)}),
            campaign=office.campaign_id,
        )
        work.commit()
    return len(made.rows)


def _demand(office: Office) -> tuple[Permit, int]:
    permit = office.demand("run")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    return permit, campaign.id


def _sound(name: str) -> str:
    name = name.strip()
    if not is_identifier(name):
        raise Refused("scenario_name_missing")
    return name
