"""Seats and awards: one holder a seat, one seat a person, never a fifty-first, whoever asks at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from grants_app.domain.award import AwardState
from grants_app.domain.errors import Refused
from grants_app.store.decision_tables import award, seat
from grants_app.store.engine import open_store
from tests.makers import PERMIT
from tests.store.store_makers import NOW, clock, handed_in, kept_run, made_campaign

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.award import Award
    from grants_app.store.engine import Store
    from grants_app.store.unit_of_work import UnitOfWork


def ready(store: Store, people: int) -> tuple[int, int, list[int]]:
    """A campaign with a run and so many applications."""
    campaign = made_campaign(store)
    ids = handed_in(store, campaign.id, people)
    with store.work(PERMIT) as work:
        run = kept_run(work, campaign.id)
        work.commit()
    return campaign.id, run, ids


def offered(work: UnitOfWork, campaign: int, run: int, application: int, pool: str = "E/6B03") -> Award:
    return work.awards.offer(
        campaign=campaign,
        application=application,
        pool=pool,
        label="open",
        run=run,
        round=1,
        at=NOW,
        deadline=NOW,
    )


def test_an_offer_takes_the_lowest_free_seat(store: Store) -> None:
    campaign, run, ids = ready(store, 3)
    with store.work(PERMIT) as work:
        first, second = offered(work, campaign, run, ids[0]), offered(work, campaign, run, ids[1])
        declined = work.awards.put(
            replace(first, state=AwardState.DECLINED, answered_at=NOW, reason="уехала")
        )
        third = offered(work, campaign, run, ids[2])
        work.commit()
    assert (first.seat, second.seat, third.seat) == (1, 2, 1)
    assert declined.version == 2
    with store.reading() as reading:
        ledger = [line for line in reading.ledger(campaign) if line.pool == "E/6B03"]
        assert [award_.state for award_ in reading.awards(campaign)] == ["declined", "offered", "offered"]
    assert [(line.seat, line.application, line.held_before) for line in ledger[:3]] == [
        (1, ids[2], 1),
        (2, ids[1], 0),
        (3, None, 0),
    ]
    assert len(ledger) == 10
    assert store.check() == ()


def test_nobody_holds_two_seats(store: Store) -> None:
    campaign, run, ids = ready(store, 1)
    with store.work(PERMIT) as work:
        offered(work, campaign, run, ids[0])
        with pytest.raises(Refused) as caught:
            offered(work, campaign, run, ids[0], "K/6B01")
    assert caught.value.code == "holds_award"


def test_a_full_pool_offers_nothing_more(store: Store) -> None:
    campaign, run, ids = ready(store, 11)
    with store.work(PERMIT) as work:
        for one in ids[:10]:
            offered(work, campaign, run, one)
        with pytest.raises(Refused) as caught:
            offered(work, campaign, run, ids[10])
    assert caught.value.code == "no_seat_left"


def test_a_seat_given_back_and_taken_again_cannot_be_reclaimed(store: Store) -> None:
    campaign, run, ids = ready(store, 2)
    with store.work(PERMIT) as work:
        first = offered(work, campaign, run, ids[0])
        first = work.awards.put(replace(first, state=AwardState.EXPIRED))
        offered(work, campaign, run, ids[1])
        work.commit()
    with pytest.raises(Refused) as caught, store.work(PERMIT) as work:
        work.awards.put(replace(first, state=AwardState.CONFIRMED))
    assert caught.value.code == "seat_taken"


def test_a_held_seat_cannot_be_closed_and_a_free_one_can(store: Store) -> None:
    campaign, run, ids = ready(store, 10)
    with store.work(PERMIT) as work:
        held = [offered(work, campaign, run, one) for one in ids]
        work.awards.put(replace(held[9], state=AwardState.DECLINED))
        work.commit()
    for seats, refused in ((9, ""), (8, "seat_held")):
        with store.work(PERMIT) as work:
            present = work.campaigns.get(campaign)
            pools = tuple(
                replace(pool, seats=seats) if pool.id == "E/6B03" else pool for pool in present.setup.pools
            )
            changed = replace(present, setup=replace(present.setup, pools=pools))
            if refused:
                with pytest.raises(Refused) as caught:
                    work.campaigns.put(changed, seen=present.version)
                assert caught.value.code == refused
            else:
                work.campaigns.put(changed, seen=present.version)
                work.commit()
    assert store.check() == ()


@pytest.mark.parametrize("trick", ["same seat", "same person", "closed seat", "no state"])
def test_the_engines_constraints_hold_against_any_writer(store: Store, trick: str) -> None:
    campaign, run, ids = ready(store, 2)
    with store.work(PERMIT) as work:
        offered(work, campaign, run, ids[0])
        work.commit()
    row = {
        "campaign": campaign,
        "run": run,
        "label": "open",
        "state": "confirmed",
        "holding": 1,
        "offered_at": "",
        "offered_at_offset": 0,
        "deadline": "",
        "deadline_offset": 0,
        "answered_at": "",
        "answered_at_offset": 0,
    }
    with store.engine.execution_options(writing=True).connect() as connection, connection.begin():
        first, second = connection.execute(
            seat.select().where(seat.c.pool == "E/6B03").order_by(seat.c.number).limit(2)
        )
        if trick == "closed seat":
            connection.execute(seat.update().where(seat.c.id == second.id).values(active=0))
        changes = {
            "same seat": {"application": ids[1], "seat": first.id},
            "same person": {"application": ids[0], "seat": second.id},
            "closed seat": {"application": ids[1], "seat": second.id},
            "no state": {"application": ids[1], "seat": second.id, "state": "declined"},
        }[trick]
        with pytest.raises(IntegrityError):
            connection.execute(award.insert(), row | changes)


@pytest.mark.prove
def test_twenty_desks_at_once_never_award_a_fifty_first_grant(
    store: Store, figure: Callable[[int], int]
) -> None:
    rounds, desks, each = figure(100), 20, 4
    campaign, run, ids = ready(store, desks * each)
    others = [open_store(store.address, clock) for _ in range(desks)]
    trouble: list[BaseException] = []

    def desk(number: int) -> None:
        try:
            for one in ids[number * each : (number + 1) * each]:
                _offer_anywhere(others[number], campaign, run, one)
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            trouble.append(error)

    for _ in range(max(1, rounds // 5)):
        threads = [threading.Thread(target=desk, args=(number,)) for number in range(desks)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert trouble == []
        with store.work(PERMIT) as work:
            holding = work.awards.holding(campaign)
            assert len(holding) == 50
            assert len({(one.pool, one.seat) for one in holding}) == 50
            assert len({one.application for one in holding}) == 50
            for one in holding:
                work.awards.put(replace(one, state=AwardState.REVOKED))
            work.commit()
    for other in others:
        other.close()
    assert store.check() == ()


def _offer_anywhere(store: Store, campaign: int, run: int, application: int) -> None:
    for pool in ("K/6B01", "K/6B02", "E/6B03"):
        while True:
            try:
                with store.work(PERMIT) as work:
                    made = offered(work, campaign, run, application, pool)
                    work.journal.add("award.offered", made.application_no, campaign=campaign)
                    work.commit()
            except Refused as refused:
                if refused.code == "no_seat_left":
                    break
                if refused.code != "database_busy":
                    raise
            else:
                return


def test_numbers_of_papers_have_no_gaps_and_one_letter_stands_for_an_award(store: Store) -> None:
    campaign, run, ids = ready(store, 2)
    with store.work(PERMIT) as work:
        grants = [offered(work, campaign, run, one) for one in ids]
        work.commit()
    with store.work(PERMIT) as work:
        work.papers.next_number(campaign, "K", "award_letter", "КБ", "2026")
    numbers = []
    for grant in grants:
        with store.work(PERMIT) as work:
            number = work.papers.next_number(campaign, "K", "award_letter", "КБ", "2026")
            letter = work.papers.add(
                campaign=campaign,
                kind="award_letter",
                branch="K",
                number=number,
                application=grant.application,
                award=grant.id,
                run=run,
                langs=("ky", "ru"),
                facts="{}",
                at=NOW,
                by="А.",
            )
            work.papers.count_print(letter.id)
            work.commit()
        numbers.append(letter.number)
    assert numbers == ["КБ-2026-0001", "КБ-2026-0002"]
    with pytest.raises(Refused) as caught, store.work(PERMIT) as work:
        work.papers.add(**_again(campaign, grants[0], run, "КБ-2026-0009"))
    assert caught.value.code == "paper_issued"
    with store.work(PERMIT) as work:
        old = work.papers.by_number(campaign, "КБ-2026-0001")
        work.papers.cancel(old.id, reason="имя", state="replaced")
        number = work.papers.next_number(campaign, "K", "award_letter", "КБ", "2026")
        work.papers.add(**_again(campaign, grants[0], run, number))
        work.commit()
    with store.reading() as reading:
        register = reading.papers(campaign, "award_letter")
    assert [(one.number, one.state, one.prints) for one in register] == [
        ("КБ-2026-0001", "replaced", 1),
        ("КБ-2026-0002", "issued", 1),
        ("КБ-2026-0003", "issued", 0),
    ]
    assert store.check() == ()


def _again(campaign: int, grant: Award, run: int, number: str) -> dict[str, object]:
    return {
        "campaign": campaign,
        "kind": "award_letter",
        "branch": "K",
        "number": number,
        "application": grant.application,
        "award": grant.id,
        "run": run,
        "langs": ("ru",),
        "facts": "{}",
        "at": NOW,
        "by": "А.",
    }
