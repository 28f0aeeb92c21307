"""Accepted findings come back as they were kept, run by run, on both engines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.campaign import CampaignState
from grants_app.domain.chair_sheet import AcceptedFinding
from grants_app.domain.errors import Refused
from tests.makers import PERMIT
from tests.store.store_makers import NOW, kept_run, made_campaign

if TYPE_CHECKING:
    from grants_app.store.engine import Store


def test_nothing_is_accepted_in_a_closed_campaign(store: Store) -> None:
    campaign = made_campaign(store)
    with store.work(PERMIT) as work:
        run = kept_run(work, campaign.id)
        work.campaigns.put_state(campaign.id, CampaignState.CLOSED, seen=campaign.version)
        work.commit()
    with store.work(PERMIT) as work, pytest.raises(Refused) as refused:
        work.accepted.put(AcceptedFinding(run=run, code="late", reason="приказ 7", at=NOW, by="А."))
    assert refused.value.code == "campaign_closed"


def test_a_later_reason_takes_the_place_of_the_earlier_one(store: Store) -> None:
    campaign = made_campaign(store).id
    with store.work(PERMIT) as work:
        first, second = (kept_run(work, campaign) for _ in range(2))
        late = AcceptedFinding(run=first, code="late", reason="приказ 7", at=NOW, by="А.", extent="3 f00d")
        work.accepted.put(late)
        work.accepted.put(replace(late, code="backup", reason="вечером"))
        work.accepted.put(replace(late, reason="приказ 8", by="Б."))
        assert [one.reason for one in work.accepted.of_run(first)] == ["вечером", "приказ 8"]
        work.commit()
    with store.reading() as reading:
        assert reading.accepted_findings(first)[1] == replace(late, reason="приказ 8", by="Б.")
        assert reading.accepted_findings(second) == [], "another run needs its own reasons"
