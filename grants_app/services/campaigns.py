"""Campaigns: making one, changing its set-up and its rules, and the list of all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.campaign import Campaign, CampaignSetup, CampaignState
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.services import seat_acts, standing
from grants_app.services.office import rights
from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from grants_app.domain.journal import Actor
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Clock, Office
    from grants_app.store.engine import Store


def create_campaign(store: Store, clock: Clock, actor: Actor, setup: CampaignSetup, rules: RuleSet) -> int:
    """Make a campaign with its rules, its seats, its signing key and the one who made it; answers its id."""
    _demand_sound(setup)
    with store.work(rights.demand(actor, "found")) as work:
        campaign = work.campaigns.add(setup, CampaignState.OPEN, local_day(clock(), setup.zone))
        work.rule_sets.add(campaign.id, rules)
        work.keys.make(campaign.id)
        work.actors.add(actor)
        work.journal.add(
            "campaign.created",
            setup.code,
            after=msgspec.json.encode(setup, order="sorted").decode(),
            campaign=campaign.id,
        )
        work.commit()
    return campaign.id


def _demand_sound(setup: CampaignSetup) -> None:
    seats = sum(pool.seats for pool in setup.pools)
    if seats > setup.total:
        raise Refused("seats_over_total", seats=seats, total=setup.total)
    if not setup.branches:
        raise Refused("campaign_without_branch")


def all_campaigns(office: Office) -> Sequence[Campaign]:
    """Every campaign of the database, the newest first."""
    with office.store.reading() as reading:
        return reading.campaigns()


def only_open(campaigns: Sequence[Campaign]) -> Campaign:
    """The one campaign that is not closed; Refused when there is none, or more than one."""
    open_ones = [campaign for campaign in campaigns if not campaign.read_only]
    if len(open_ones) == 1:
        return open_ones[0]
    if not open_ones:
        raise Refused("no_open_campaign")
    raise Refused("several_open_campaigns", codes=", ".join(c.setup.code for c in open_ones))


def change_setup(office: Office, setup: CampaignSetup, seen: int, reason: str = "") -> Changed:
    """Replace the set-up; seats may not go under what is held, nor over the total.

    Once a run was sealed, seats and total stay as they are: they change by an act with its order (seat_acts).
    """
    permit = office.demand("setup")
    campaign = office.campaign()
    standing.demand_writable(campaign)
    _demand_sound(setup)
    if campaign.state in standing.DECIDED and not reason.strip():
        raise Refused("reason_missing")
    seat_acts.demand_no_silent_change(office, campaign.setup, setup)
    with office.store.work(permit) as work:
        work.campaigns.put(replace(campaign, setup=setup), seen=seen)
        work.journal.add(
            "campaign.changed",
            setup.code,
            reason=reason,
            before=msgspec.json.encode(campaign.setup, order="sorted").decode(),
            after=msgspec.json.encode(setup, order="sorted").decode(),
            campaign=campaign.id,
        )
        work.commit()
    return Changed(campaign=True)


def moved_on(setup: CampaignSetup, code: str, years: int) -> CampaignSetup:
    """A set-up for another year: its dates moved by whole years, no sample any more."""
    deadlines = tuple(replace(one, at=_same_day(one.at, years)) for one in setup.deadlines)
    return replace(setup, code=code, deadlines=deadlines, sample=False)


def _same_day(at: datetime, years: int) -> datetime:
    """The same day so many years on; 29 February becomes the 28th where there is none."""
    try:
        return at.replace(year=at.year + years)
    except ValueError:
        return at.replace(year=at.year + years, day=28)
