"""What tests of the desks share: entries the judge takes, roles, a campaign moved to another state."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.application import ChecklistItem, Consent, Guardian
from grants_app.domain.campaign import CampaignState
from grants_app.domain.errors import Refused
from grants_app.domain.journal import Actor
from grants_app.services import campaign_acts, intake
from tests import makers
from tests.makers import PERMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grants_app.domain.application import Application, Entry
    from grants_app.domain.journal import Role
    from grants_app.services.access import Office

SIGNED = date(2026, 7, 1)


def entry_for(office: Office, place: int = 0) -> Entry:
    """A paper the judge takes without a word; another person for every place."""
    return list(makers.entries(office.campaign().setup, place + 1))[place]


def lacking_nothing(office: Office, place: int = 0) -> Entry:
    """An entry that lacks nothing: every paper, the consents, a guardian, the papers of its grounds seen."""
    entry = entry_for(office, place)
    guardian = Guardian(full_name="Асанова Гүлнара", relation="mother", phone="+996555000001")
    papers = tuple(
        ChecklistItem(item=one.code, received=True, count=one.count)
        for one in office.campaign().setup.required_papers
    )
    return replace(
        entry,
        person=replace(entry.person, guardian=guardian),
        checklist=papers,
        consent=Consent(version="1", given_on=SIGNED, cross_border=True, signed_by_guardian=True),
    )


def applied(office: Office, place: int = 0) -> Application:
    """One who has applied at this desk."""
    return intake.save(office, intake.SaveForm(entry=entry_for(office, place))).application


def as_role(office: Office, role: Role, name: str = "Асанов У.") -> Office:
    """The desk with somebody of this role at it."""
    return office.acting_as(Actor(name=name, branch=office.actor.branch, role=role))


def moved_to(office: Office, state: CampaignState) -> Office:
    """The desk after the chair moved the campaign to this state."""
    chair = as_role(office, "chair")
    if state is CampaignState.CLOSED:
        campaign_acts.close(chair, "решение комиссии")
        return office
    campaign_acts.freeze(chair, "решение комиссии")
    if state is CampaignState.PUBLISHED:
        with chair.store.work(PERMIT) as work:  # as if a run had been sealed and published
            campaign = chair.campaign()
            work.campaigns.put_state(campaign.id, state, seen=campaign.version)
            work.commit()
    return office


FROZEN, PUBLISHED, CLOSED = CampaignState.FROZEN, CampaignState.PUBLISHED, CampaignState.CLOSED


@contextmanager
def refuses(code: str, **facts: object) -> Iterator[None]:
    """What is done inside is refused with this code and at least these facts."""
    with pytest.raises(Refused) as refused:
        yield
    assert refused.value.code == code, refused.value.facts
    assert {name: refused.value.facts.get(name) for name in facts} == facts
