"""Where applications and campaigns stand: complete or not, late or not, writable or not, ruled by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.application import State
from grants_app.domain.campaign import CampaignState
from grants_app.domain.errors import Refused

if TYPE_CHECKING:
    from grants_app.domain.application import Application, Entry
    from grants_app.domain.campaign import Campaign
    from grants_app.domain.ruleset import RuleSet
    from grants_app.services.access import Office
    from grants_app.store.unit_of_work import UnitOfWork

DECIDED = (CampaignState.FROZEN, CampaignState.PUBLISHED, CampaignState.CLOSED)


def demand_writable(campaign: Campaign) -> None:
    """Refuse any change of a closed campaign."""
    if campaign.read_only:
        raise Refused("campaign_closed", campaign=campaign.setup.code)


def is_late(entry: Entry, campaign: Campaign) -> bool:
    """Whether the paper was received after the calendar's closing moment; unknown is not late."""
    close = campaign.setup.deadline("close")
    return close is not None and entry.received_at is not None and entry.received_at > close.at


def missing_papers(entry: Entry, campaign: Campaign) -> tuple[str, ...]:
    """Codes of the required papers the file does not hold yet, in the campaign's order."""
    held = {item.item for item in entry.checklist if item.received}
    claimed = {claim.ground for claim in entry.grounds}
    return tuple(
        paper.code
        for paper in campaign.setup.required_papers
        if paper.required and paper.code not in held and (not paper.condition or paper.condition in claimed)
    )


def state_of(entry: Entry, campaign: Campaign) -> State:
    """Complete when every required paper is there, else incomplete."""
    return State.INCOMPLETE if missing_papers(entry, campaign) else State.COMPLETE


def current_rules(office: Office) -> RuleSet:
    """The rule set in force today in the campaign chosen."""
    with office.store.reading() as reading:
        return reading.rule_set(office.campaign_id, office.clock().date())
