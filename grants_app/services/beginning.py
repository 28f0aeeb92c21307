"""A new campaign out of a preset or another's set-up, and what the first start must know before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grants_app.domain.campaign import Campaign
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Actor
from grants_app.services import opening
from grants_app.services.campaigns import create_campaign, moved_on
from grants_app.services.presets import default_rules, preset
from grants_app.store.engine import create_store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office
    from grants_app.services.opening import Premises
    from grants_app.store.engine import Store
    from grants_app.wording import Words

OWN_FILE = "grants.sqlite"
LAST = "last"


@dataclass(frozen=True, slots=True)
class Known:
    """What a database holds: its campaigns, the newest first, and who acted in it."""

    campaigns: tuple[Campaign, ...]
    actors: tuple[Actor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCampaign:
    """What is typed for a new campaign: its code (the year), its name, what its set-up is copied from.

    `source` is a preset ("sample", "empty") or "last": the newest campaign of the file at `address`.
    """

    code: str
    title: str
    source: str
    address: str


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


def source_setup(premises: Premises, source: str, address: str) -> CampaignSetup:
    """The set-up a new campaign would be copied from."""
    if source != LAST:
        return preset(source, premises.clock().year)[0]
    known = look(premises, address).campaigns
    if not known:
        raise Refused("no_open_campaign")
    return known[0].setup


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
    """A desk at a new campaign in a new file, or beside the earlier ones of a file that is there already."""
    source = source_setup(premises, wanted.source, wanted.address)
    setup = copied(source, wanted.code.strip(), wanted.title.strip())
    actor = opening.at_branch(actor, setup)
    if "://" not in wanted.address and not Path(wanted.address).exists():
        store = _new_store(premises, wanted.address)
    else:
        store = open_store(wanted.address, premises.clock, backups=premises.folders.backups)
    return _founded(premises, store, actor, setup, _rules(store, wanted.source))


def _new_store(premises: Premises, address: str) -> Store:
    premises.make_room(address)
    return create_store(address, premises.clock)


def _founded(premises: Premises, store: Store, actor: Actor, setup: CampaignSetup, rules: RuleSet) -> Office:
    """A desk at the campaign made in this store, which is closed where that is refused."""
    try:
        made = create_campaign(store, premises.clock, actor, setup, rules)
    except Refused:
        store.close()
        raise
    return premises.office(store, made, actor)


def _rules(store: Store, source: str) -> RuleSet:
    """Last year's newest rules where its set-up is copied, else the default ones."""
    if source == LAST:
        with store.reading() as reading:
            earlier = reading.rule_sets(reading.campaigns()[0].id)
        if earlier:
            return replace(max(earlier, key=lambda rules: rules.version), version=1)
    return default_rules()


def copied(setup: CampaignSetup, code: str, title: str = "") -> CampaignSetup:
    """A set-up for another year, as `moved_on` makes it, under another name if one is given."""
    years = int(code) - setup.deadlines[0].at.year if code.isdigit() and setup.deadlines else 0
    titles = replace(setup.titles, ky=title, ru=title, kk=title, en=title) if title else setup.titles
    return replace(moved_on(setup, code, years), titles=titles)
