"""Dated acts after a seal come back as they were given, on either engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from grants_app.domain.rounds import CampaignAct, CascadeRecord, Extension, SeatAct
from tests.makers import PERMIT
from tests.store.store_makers import NOW
from tests.store.test_awards import offered, ready

if TYPE_CHECKING:
    from grants_app.store.engine import Store

DAY = date(2026, 8, 20)


def test_extensions_come_back_the_latest_first_with_whose_they_were(store: Store) -> None:
    campaign, run, ids = ready(store, 1)
    with store.work(PERMIT) as work:
        award = offered(work, campaign, run, ids[0])
        first = Extension(
            campaign=campaign,
            award=award.id,
            deadline="confirm",
            before=None,
            after=NOW + timedelta(days=2),
            order_no="18-к",
            order_on=DAY,
            reason="паводок",
            at=NOW,
            by="А.",
        )
        calendar = replace(first, award=None, deadline="close", before=NOW, order_on=None)
        first, calendar = (replace(one, id=work.rounds.add_extension(one)) for one in (first, calendar))
        work.commit()
    with store.reading() as reading:
        found = reading.extensions(campaign)
        person = reading.application(ids[0]).entry.person.full_name
    assert found == [calendar, replace(first, application_no=award.application_no, full_name=person)]


def test_seat_acts_come_back_with_the_pools_they_name(store: Store) -> None:
    campaign, _, _ = ready(store, 1)
    act = SeatAct(
        campaign=campaign,
        kind="moved",
        from_pool="K/6B01",
        to_pool="E/6B03",
        seats=2,
        total_before=50,
        total_after=50,
        order_no="19-к",
        order_on=DAY,
        reason="мало желающих",
        at=NOW,
        by="А.",
    )
    total = replace(act, kind="total", from_pool="", to_pool="", seats=10, total_after=60, order_on=None)
    with store.work(PERMIT) as work:
        act, total = (replace(one, id=work.rounds.add_seat_act(one)) for one in (act, total))
        work.commit()
    with store.reading() as reading:
        assert reading.seat_acts(campaign) == [total, act]


def test_cascades_and_acts_on_the_campaign_come_back(store: Store) -> None:
    campaign, run, _ = ready(store, 1)
    chain = CascadeRecord(
        campaign=campaign, run=run, minutes_no="4", minutes_on=DAY, document="{}", at=NOW, by="А."
    )
    freeze = CampaignAct(
        campaign=campaign, kind="freeze", run=run, minutes_no="4", minutes_on=DAY, reason="", at=NOW, by="А."
    )
    confirmed = replace(freeze, kind="clock_confirmed", run=None, minutes_on=None, reason="часы верны")
    with store.work(PERMIT) as work:
        chain = replace(chain, id=work.rounds.add_cascade(chain))
        freeze, confirmed = (replace(one, id=work.rounds.add_act(one)) for one in (freeze, confirmed))
        work.commit()
    with store.reading() as reading:
        assert reading.cascades(campaign) == [chain]
        assert reading.campaign_acts(campaign) == [freeze, confirmed]
        assert reading.campaign_acts(campaign, "clock_confirmed") == [confirmed]


def test_the_latest_event_is_looked_for_since_the_last_confirmation_of_the_clock(store: Store) -> None:
    campaign, _, _ = ready(store, 1)
    with store.reading() as reading:
        assert reading.latest_event("clock.confirmed") == NOW
    with store.work(PERMIT) as work:
        work.transaction.now = lambda: NOW - timedelta(days=3)
        work.journal.add("clock.confirmed", "2026", campaign=campaign)
        work.commit()
    with store.reading() as reading:
        assert reading.latest_event("clock.confirmed") == NOW - timedelta(days=3)


def test_of_too_many_seats_the_highest_free_one_goes_and_comes_back_first(store: Store) -> None:
    campaign, run, ids = ready(store, 3)
    with store.work(PERMIT) as work:
        for application, place in zip(ids, (1, 2, 10), strict=True):
            work.awards.offer(
                campaign=campaign,
                application=application,
                pool="E/6B03",
                label="open",
                run=run,
                round=1,
                at=NOW,
                seat_number=place,
            )
        work.commit()

    def with_seats(seats: int) -> list[int]:
        with store.work(PERMIT) as work:
            present = work.campaigns.get(campaign)
            pools = tuple(
                replace(one, seats=seats) if one.id == "E/6B03" else one for one in present.setup.pools
            )
            work.campaigns.put(
                replace(present, setup=replace(present.setup, pools=pools)), seen=present.version
            )
            work.commit()
        with store.reading() as reading:
            return [line.seat for line in reading.ledger(campaign) if line.pool == "E/6B03"]

    assert with_seats(4) == [1, 2, 3, 10]
    assert with_seats(6) == [1, 2, 3, 10, 11, 12]
    assert store.check() == ()
