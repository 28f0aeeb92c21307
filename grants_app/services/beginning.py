"""A new campaign out of a preset or another's set-up, and what the first start must know before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grants_app.domain.campaign import Campaign
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Actor
from grants_app.domain.setup_checks import demand_sound, demand_year
from grants_app.domain.setup_copy import COPIED, copied
from grants_app.domain.setup_file import SetupFile
from grants_app.services import opening
from grants_app.services.campaign.setup_file import read_setup
from grants_app.services.campaigns import create_campaign
from grants_app.services.presets import default_rules, preset
from grants_app.store.engine import create_store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office
    from grants_app.services.opening import Premises
    from grants_app.store.engine import Store
    from grants_app.store.queries import Reading
    from grants_app.wording import Words

OWN_FILE = "grants.sqlite"
LAST, EMPTY, FILE, THIS = "last", "empty", "file", "this"


@dataclass(frozen=True, slots=True)
class Known:
    """What a database holds: its campaigns, the newest first, and who acted in it."""

    campaigns: tuple[Campaign, ...]
    actors: tuple[Actor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCampaign:
    """What is typed for a new campaign: its code (the year), its name, what its set-up is copied from.

    `source` is a preset ("sample", "empty"), "last": the newest campaign of the file at `address` (or the
    one with the code `copy_of`), or "file": the set-up file `file`. `parts` of it are taken.
    """

    code: str
    title: str
    source: str
    address: str
    parts: frozenset[str] = frozenset(COPIED)
    copy_of: str = ""
    file: Path | None = None


def own_address(premises: Premises) -> str:
    """The user's own database file."""
    return str(premises.folders.data / OWN_FILE)


def sample_address(premises: Premises) -> str:
    """A free file for a sample, beside the user's own."""
    names = ["sample.sqlite", *(f"sample-{number}.sqlite" for number in range(2, 1000))]
    return str(next(path for name in names if not (path := premises.folders.data / name).exists()))


def look(premises: Premises, address: str) -> Known:
    """What a database holds; Refused when it is not there or not ours."""
    store = open_store(address, premises.clock, backups=premises.folders.backups)
    try:
        with store.reading() as reading:
            return Known(tuple(reading.campaigns()), tuple(reading.actors()))
    finally:
        store.close()


def source_setup(premises: Premises, source: str, address: str, copy_of: str = "") -> CampaignSetup:
    """The set-up a new campaign would be copied from."""
    if source != LAST:
        return preset(source, premises.clock().year)[0]
    return _earlier(look(premises, address).campaigns, copy_of).setup


def _earlier(campaigns: Sequence[Campaign], copy_of: str) -> Campaign:
    """The campaign with this code, else the newest."""
    found = [campaign for campaign in campaigns if copy_of in ("", campaign.setup.code)]
    if not found:
        raise Refused("no_open_campaign")
    return found[0]


def begin(premises: Premises, address: str, source: str, actor: Actor) -> Office:
    """A desk on a new database with a preset's campaign as it is; Refused when the address is taken.

    An actor without a branch sits at the campaign's first one.
    """
    setup, rules = preset(source, premises.clock().year)
    actor = opening.at_branch(actor, setup)
    return _founded(premises, _new_store(premises, address), actor, setup, rules)


def begin_sample(
    premises: Premises, address: str, actor: Actor, words: Words, progress: Callable[[int, int], None]
) -> Office:
    """The sample campaign with its people imported, ready to be tried; its papers say SAMPLE."""
    from grants_app.services import demonstration

    office = begin(premises, address, "sample", actor)
    steps = len(demonstration.WORKBOOKS)
    done = iter(range(1, steps + 1))
    demonstration.fill(office, words, lambda _sentence: progress(next(done), steps))
    return office


def new_campaign(premises: Premises, wanted: NewCampaign, actor: Actor) -> Office:
    """A desk at a new campaign in a new file, or beside the earlier ones of a file that is there already.

    Refused unless its code is a year near enough to now.
    """
    made = _made(_read(premises, wanted), wanted, premises.clock().year)
    actor = opening.at_branch(actor, made.setup)
    if "://" not in wanted.address and not Path(wanted.address).exists():
        store = _new_store(premises, wanted.address)
    else:
        store = open_store(wanted.address, premises.clock, backups=premises.folders.backups)
    return _founded(premises, store, actor, made.setup, made.rules or default_rules(), made.emblems)


def next_campaign(office: Office, wanted: NewCampaign) -> Office:
    """The same desk at a new campaign of the same database; `source` "this" copies the one on view."""
    office.demand("setup")
    source = _this(office) if wanted.source == THIS else _from_outside(wanted, office.clock().year)
    made = _made(source, wanted, office.clock().year)
    actor = opening.at_branch(opening.somewhere(office.actor, made.setup), made.setup)
    rules = made.rules or default_rules()
    campaign = create_campaign(office.store, office.clock, actor, made.setup, rules, made.emblems)
    return office.in_campaign(campaign).acting_as(actor)


def _made(source: SetupFile, wanted: NewCampaign, year: int) -> SetupFile:
    """The new campaign's set-up and rules out of what it is copied from."""
    code = demand_year(wanted.code, year)
    # the empty preset is for the year it is asked for, and everything of it is real
    parts = COPIED if wanted.source == EMPTY else wanted.parts
    setup = copied(source.setup, code, parts, wanted.title.strip())
    demand_sound(setup)
    rules = source.rules if "rules" in parts and not source.setup.sample else None
    return replace(source, setup=setup, rules=rules and replace(rules, version=1))


def _read(premises: Premises, wanted: NewCampaign) -> SetupFile:
    """What the new campaign is copied from: its set-up, rules and pictures."""
    if wanted.source != LAST:
        return _from_outside(wanted, premises.clock().year)
    store = open_store(wanted.address, premises.clock, backups=premises.folders.backups)
    try:
        with store.reading() as reading:
            return _of_campaign(reading, _earlier(reading.campaigns(), wanted.copy_of))
    finally:
        store.close()


def _this(office: Office) -> SetupFile:
    with office.store.reading() as reading:
        return _of_campaign(reading, reading.campaign(office.campaign_id))


def _from_outside(wanted: NewCampaign, year: int) -> SetupFile:
    """What a preset or a set-up file holds."""
    if wanted.source == FILE:
        if wanted.file is None:
            raise Refused("file_missing", file="")
        return read_setup(wanted.file)
    setup, rules = preset(wanted.source, year)
    return SetupFile(setup=setup, rules=rules, emblems={}, parts=frozenset())


def _of_campaign(reading: Reading, campaign: Campaign) -> SetupFile:
    """A campaign's set-up, its newest rules and its branches' pictures."""
    newest = max(reading.rule_sets(campaign.id), key=lambda one: one.version, default=None)
    emblems = reading.emblems([branch.emblem for branch in campaign.setup.branches])
    return SetupFile(setup=campaign.setup, rules=newest, emblems=emblems, parts=frozenset())


def _new_store(premises: Premises, address: str) -> Store:
    premises.make_room(address)
    return create_store(address, premises.clock)


def _founded(
    premises: Premises,
    store: Store,
    actor: Actor,
    setup: CampaignSetup,
    rules: RuleSet,
    emblems: Mapping[str, bytes] | None = None,
) -> Office:
    """A desk at the campaign made in this store, which is closed where that is refused."""
    try:
        made = create_campaign(store, premises.clock, actor, setup, rules, emblems or {})
    except Refused:
        store.close()
        raise
    return premises.office(store, made, actor)
