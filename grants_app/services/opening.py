"""Sitting down at a desk on a file or a server already there, or on a backup; and who sits there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Actor
from grants_app.services import standing
from grants_app.services.access import Clock, Folders, Office
from grants_app.services.campaigns import only_open
from grants_app.services.files import make_folder
from grants_app.services.office.memory import acquaint
from grants_app.services.start import restoring
from grants_app.store.database.leftovers import sweep
from grants_app.store.engine import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.campaign import Campaign, CampaignSetup
    from grants_app.store.engine import Store


@dataclass(frozen=True, slots=True)
class Premises:
    """What every desk on this machine has before any database is open."""

    clock: Clock
    folders: Folders
    reader_command: tuple[str, ...]

    def make_room(self, address: str) -> None:
        """Make the user's own folder where the address lies in it: on first use it is not there yet."""
        if "://" not in address and Path(address).parent == self.folders.data:
            make_folder(self.folders.data)

    def office(self, store: Store, campaign_id: int, actor: Actor) -> Office:
        """A desk on an open database, after it was compared with what this machine has seen of it."""
        sweep(self.folders.backups)
        return Office(
            store=store,
            clock=self.clock,
            folders=self.folders,
            actor=actor,
            campaign_id=campaign_id,
            reader_command=self.reader_command,
            notices=acquaint(self.folders, store),
        )


def at_branch(actor: Actor, setup: CampaignSetup) -> Actor:
    """The actor at a branch of the campaign: their own, the first one when none is named, else Refused.

    While a campaign has no branch yet, whoever sets it up sits at none.
    """
    codes = [branch.code for branch in setup.branches]
    if actor.branch and actor.branch not in codes and codes:
        raise Refused("branch_unknown", branch=actor.branch, known=", ".join(codes))
    return actor if actor.branch or not codes else replace(actor, branch=codes[0])


def open_desk(
    premises: Premises,
    address: str,
    actor: Actor | None,
    campaign: str = "",
    *,
    shown: bool = False,
    any_campaign: bool = False,
) -> Office:
    """A desk on the database at the address, in the campaign named (code or id) or the only open one.

    Without an actor whoever acted last sits there again. `shown` is for the window: it shows the newest
    campaign rather than none, and refuses a backup (file_is_backup), which is restored instead. With
    `any_campaign` the newest does too where none is named: what is asked concerns them all.
    """
    given = actor is not None
    store = open_store(address, premises.clock, backups=premises.folders.backups)
    try:
        if shown:
            _demand_no_copy(store)
        with store.reading() as reading:
            pick = to_show if shown or (any_campaign and not campaign) else choose
            chosen = pick(reading.campaigns(), campaign)
            last = reading.recent(chosen.id, 1)
            known = {(one.name, one.branch): one for one in reading.actors()}
        if actor is None and last:
            actor = known.get((last[0].actor, last[0].branch))
        if actor is None:
            actor = next(iter(known.values()), Actor(name="", branch=""))
        actor = at_branch(actor if given else somewhere(actor, chosen.setup), chosen.setup)
        office = premises.office(store, chosen.id, actor)
        standing.refresh_upgraded(office)
    except Refused:
        store.close()
        raise
    return office


def _demand_no_copy(store: Store) -> None:
    if store.is_copy:
        raise Refused("file_is_backup", file=store.address)


def to_show(campaigns: Sequence[Campaign], wanted: str) -> Campaign:
    """The campaign the window shows: the one on view before, else the newest open one, else the newest."""
    by_choice = sorted(campaigns, key=lambda one: (one.setup.code != wanted, one.read_only))
    if not by_choice:
        raise Refused("no_open_campaign")
    return by_choice[0]


def somewhere(actor: Actor, setup: CampaignSetup) -> Actor:
    """The actor without a branch that is there no more, so that the first one is theirs."""
    there = actor.branch in {branch.code for branch in setup.branches}
    return actor if there else replace(actor, branch="")


def choose(campaigns: Sequence[Campaign], wanted: str) -> Campaign:
    """The campaign by code or id, else the only open one; Refused when that is not clear."""
    if not wanted:
        return only_open(campaigns)
    for campaign in campaigns:
        if wanted in (str(campaign.id), campaign.setup.code):
            return campaign
    raise Refused("campaign_unknown", campaign=wanted)


def from_backup(premises: Premises, address: str, backup: Path, actor: Actor) -> Office:
    """A desk on a backup restored into a new file at the address; Refused where anything stands there."""
    restoring.restore(premises, address, backup, actor, beside=True)
    return open_desk(premises, address, actor, shown=True)


def let_go(office: Office) -> None:
    """Close the office's database: nobody here uses it any more."""
    office.store.close()


def known_actors(office: Office) -> Sequence[Actor]:
    """Everybody who has worked in this database, to choose from."""
    with office.store.reading() as reading:
        return reading.actors()


def sit_down(office: Office, actor: Actor) -> Office:
    """Another person takes the desk; the branch must be the campaign's, the name must not be empty."""
    if not actor.name.strip():
        raise Refused("actor_without_name")
    actor = at_branch(actor, office.campaign().setup)
    permit = office.acting_as(actor).demand("sit_down")
    with office.store.work(permit) as work:
        saved = work.actors.add(actor)
        work.journal.add("officer.sat_down", saved.name, campaign=office.campaign_id)
        work.commit()
    return office.acting_as(saved)
