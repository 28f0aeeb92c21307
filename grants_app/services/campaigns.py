"""Campaigns: making one, changing its set-up and its rules, and the list of all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.campaign import Campaign, CampaignSetup, CampaignState
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Changed
from grants_app.domain.ruleset import following
from grants_app.domain.setup_checks import demand_sound
from grants_app.services import seat_acts, standing
from grants_app.services.office import rights
from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grants_app.domain.journal import Actor
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Clock, Office
    from grants_app.store.engine import Store


def create_campaign(
    store: Store,
    clock: Clock,
    actor: Actor,
    setup: CampaignSetup,
    rules: RuleSet,
    emblems: Mapping[str, bytes] | None = None,
) -> int:
    """Make a campaign with its rules, its seats, its signing key and the one who made it; answers its id.

    Rules of programmes and pools it does not have stay behind.
    """
    demand_sound(setup)
    rules = following(rules, [one.code for one in setup.programmes], [pool.id for pool in setup.pools])
    with store.work(rights.demand(actor, "found")) as work:
        campaign = work.campaigns.add(setup, CampaignState.OPEN, local_day(clock(), setup.zone))
        for png in (emblems or {}).values():
            work.emblems.put(png)
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
    demand_sound(setup)
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
