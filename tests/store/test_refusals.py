"""What is not there, not allowed or not known is refused by a code that says which, on both engines."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from grants_app.domain.application import ListLine, State
from grants_app.domain.award import AwardState
from grants_app.domain.campaign import CampaignState
from grants_app.domain.errors import Refused
from grants_app.store.engine import open_store
from grants_app.store.moments import moment_columns
from grants_app.store.refusals import code_of
from tests.makers import PERMIT
from tests.store.store_makers import NOW, OFFICER, clock, entry, handed_in, kept_run, made_campaign, setup

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.store.engine import Store
    from grants_app.store.queries import Reading
    from grants_app.store.unit_of_work import UnitOfWork

NOWHERE = 4711
READ: dict[str, tuple[str, Callable[[Reading], object]]] = {
    "campaign": ("not_found", lambda reading: reading.campaign(NOWHERE)),
    "application": ("not_found", lambda reading: reading.application(NOWHERE)),
    "number": ("application_unknown", lambda reading: reading.application_by_no(1, "B-9999")),
    "award": ("not_found", lambda reading: reading.award(NOWHERE)),
    "paper": ("not_found", lambda reading: reading.paper(NOWHERE)),
    "paper number": ("paper_unknown", lambda reading: reading.paper_by_number(1, "КБ-2026-0001")),
    "run": ("not_found", lambda reading: reading.run(NOWHERE)),
    "run number": ("run_unknown", lambda reading: reading.run_by_no(1, NOWHERE)),
    "run file": ("not_found", lambda reading: reading.run_file(NOWHERE)),
}
WRITTEN: dict[str, tuple[str, Callable[[UnitOfWork], object]]] = {
    "campaign": ("not_found", lambda work: work.campaigns.get(NOWHERE)),
    "campaign's lock": ("not_found", lambda work: work.campaigns.lock(NOWHERE)),
    "application": ("not_found", lambda work: work.applications.get(NOWHERE)),
    "application number": ("application_unknown", lambda work: work.applications.by_no(1, "B-9999")),
    "person": ("not_found", lambda work: work.persons.get(NOWHERE)),
    "award": ("not_found", lambda work: work.awards.get(NOWHERE)),
    "paper": ("not_found", lambda work: work.papers.get(NOWHERE)),
    "paper number": ("paper_unknown", lambda work: work.papers.by_number(1, "КБ-2026-0001")),
    "run": ("not_found", lambda work: work.runs.get(NOWHERE)),
    "tie": ("not_found", lambda work: work.decisions.revoke_tie(NOWHERE, "", "")),
}


@pytest.mark.parametrize("what", READ)
def test_what_is_not_there_cannot_be_read(store: Store, what: str) -> None:
    code, act = READ[what]
    with pytest.raises(Refused) as caught, store.reading() as reading:
        act(reading)
    assert caught.value.code == code


@pytest.mark.parametrize("what", WRITTEN)
def test_what_is_not_there_cannot_be_changed(store: Store, what: str) -> None:
    code, act = WRITTEN[what]
    with pytest.raises(Refused) as caught, store.work(PERMIT) as work:
        act(work)
    assert caught.value.code == code


def test_a_campaigns_code_is_its_own(store: Store) -> None:
    made_campaign(store)
    with pytest.raises(Refused) as caught:
        made_campaign(store)
    assert caught.value.code == "campaign_exists"


def test_campaigns_are_listed_the_newest_first(store: Store) -> None:
    first, second = made_campaign(store), made_campaign(store, code="2027")
    with store.reading() as reading:
        assert reading.campaigns() == [second, first]
    with store.work(PERMIT) as work:
        assert work.campaigns.all() == [second, first]


def test_a_campaign_read_again_after_somebody_changed_it_is_the_changed_one(store: Store) -> None:
    campaign = made_campaign(store)
    other = open_store(store.address, clock)
    with other.reading() as reading:
        assert reading.campaign(campaign.id) == campaign
    with store.work(PERMIT) as work:
        work.campaigns.put(replace(campaign, setup=setup(total=70)), seen=1)
        work.commit()
    with other.reading() as reading:
        assert reading.campaign(campaign.id).setup.total == 70
    with store.work(PERMIT) as work:
        work.campaigns.put_state(campaign.id, CampaignState.CLOSED, seen=2)
        work.commit()
    with other.reading() as reading:
        assert reading.campaign(campaign.id).state is CampaignState.CLOSED
    other.close()


def test_a_set_up_that_was_not_committed_is_never_read_later(store: Store) -> None:
    campaign = made_campaign(store)
    with store.work(PERMIT) as work:
        work.campaigns.put(replace(campaign, setup=setup(total=99)), seen=1)
        assert work.campaigns.get(campaign.id).setup.total == 99
    with store.reading() as reading:
        assert reading.campaign(campaign.id) == campaign


def test_a_seat_is_given_by_its_number_while_it_is_free(store: Store) -> None:
    campaign = made_campaign(store).id
    ids = handed_in(store, campaign, 2)
    with store.work(PERMIT) as work:
        run = kept_run(work, campaign)
        given: dict[str, Any] = {
            "campaign": campaign, "pool": "E/6B03", "label": "open", "run": run, "round": 1, "at": NOW
        }  # fmt: skip
        first = work.awards.offer(application=ids[0], seat_number=4, **given)
        with pytest.raises(Refused) as caught:
            work.awards.offer(application=ids[1], seat_number=4, **given)
        assert first.seat == 4
        assert work.awards.of_application(ids[0]) == first
        revoked = work.awards.put(replace(first, state=AwardState.REVOKED))
        again = work.awards.offer(application=ids[0], **given)
        assert work.awards.history(ids[0]) == [revoked, again]
        assert work.awards.of_campaign(campaign) == [revoked, again]
        work.commit()
    assert caught.value.code == "seat_taken"
    with store.reading() as reading:
        assert reading.award(again.id) == again


def test_only_a_draft_run_is_sealed(store: Store) -> None:
    from grants_app.domain.runs import SealFacts

    campaign = made_campaign(store).id
    facts = SealFacts(
        file=b"{}", fingerprint="", signature="", minutes_no="1", minutes_on=NOW.date(), at=NOW, by="А."
    )
    with store.work(PERMIT) as work:
        scenario = kept_run(work, campaign, kind="scenario", name="меньше мест")
        assert work.runs.last(campaign) is None
        draft = kept_run(work, campaign)
        with pytest.raises(Refused) as caught:
            work.runs.seal(scenario, facts)
        assert work.runs.last_sealed(campaign) is None
        assert work.runs.last(campaign, "scenario") == work.runs.get(scenario)
        assert [one.id for one in work.runs.of_campaign(campaign)] == [draft, scenario]
        assert work.runs.by_no(campaign, 2).id == draft
        assert (work.runs.file(draft), work.runs.lines(draft)) == (b"{}", [])
        with pytest.raises(Refused) as unexplained:
            work.runs.explanation(draft, "B-0001")
    assert (caught.value.code, unexplained.value.code) == ("not_a_draft", "not_in_run")


def test_papers_are_found_by_kind_and_by_award(store: Store) -> None:
    campaign = made_campaign(store).id
    (one,) = handed_in(store, campaign, 1)
    with store.work(PERMIT) as work:
        run = kept_run(work, campaign)
        grant = work.awards.offer(
            campaign=campaign, application=one, pool="E/6B03", label="open", run=run, round=1, at=NOW
        )
        letter, receipt = (
            work.papers.add(
                campaign=campaign, kind=kind, branch="K", number=f"КБ-2026-{number:04}", application=one,
                award=award, run=run, langs=("ru",), facts="{}", at=NOW, by="А.",
            )
            for number, kind, award in ((1, "award_letter", grant.id), (2, "receipt", None))
        )  # fmt: skip
        assert work.papers.of_kind(campaign, "receipt") == [receipt]
        assert work.papers.of_award(grant.id) == [letter]
        work.commit()
    with store.reading() as reading:
        assert reading.papers(campaign) == [letter, receipt]
        assert reading.paper(letter.id) == letter
        assert reading.paper_by_number(campaign, "КБ-2026-0002") == receipt


def test_lists_can_be_brought_up_to_date_for_many_at_once(store: Store) -> None:
    from decimal import Decimal

    campaign = made_campaign(store).id
    ids = handed_in(store, campaign, 2)
    with store.work(PERMIT) as work:
        assert work.applications.add_many([], {}) == []
        assert work.applications.next_numbers(campaign, "B", 0) == []
        work.applications.set_lines(
            {
                ids[0]: ListLine(
                    score=Decimal("7.5"), flags=("unverified",), verified=1, state=State.INCOMPLETE
                ),
                ids[1]: ListLine(score=None, flags=(), verified=0, state=State.COMPLETE),
            }
        )
        work.commit()
    with store.reading() as reading:
        lines = reading.application_lines(campaign, sort="no")[1]
        assert [(line.score, line.flags, line.verified, line.state, line.version) for line in lines] == [
            (Decimal("7.5"), ("unverified",), 1, State.INCOMPLETE, 1),
            (None, (), 0, State.COMPLETE, 1),
        ]


def test_applications_added_one_by_one_each_have_their_own_parts_and_are_found(store: Store) -> None:
    from tests.store.store_makers import person

    campaign = made_campaign(store).id
    handed_in(store, campaign, 3)
    made = []
    with store.work(PERMIT) as work:
        for number, surname in ((10, "Бейшенов"), (11, "Дүйшөнов")):
            one = entry(number, person=person(number, surname=surname), choices=("K/6B01",))
            made.append(
                work.applications.add(
                    campaign=campaign,
                    person_id=work.persons.add(one.person),
                    no=work.applications.next_no(campaign, "B"),
                    entry=one,
                    state=State.COMPLETE,
                    entered_at=NOW,
                    entered_by=OFFICER.name,
                )
            )
        work.commit()
    with store.reading() as reading:
        assert [reading.application(one.id) for one in made] == made
        for one in made:
            found = reading.application_lines(campaign, search=one.entry.person.surname)[1]
            assert [line.id for line in found] == [one.id]
    assert store.check() == ()


def test_a_person_saved_twice_in_one_transaction_stays_as_saved_last(store: Store) -> None:
    campaign = made_campaign(store).id
    (one,) = handed_in(store, campaign, 1)
    with store.work(PERMIT) as work:
        known = work.applications.get(one)
        first = replace(known.entry.person, given="Алина", phones=(), guardian=None)
        work.persons.put(known.person_id, first)
        work.persons.put(known.person_id, known.entry.person)
        work.persons.put(known.person_id, first)
        work.commit()
    with store.reading() as reading:
        assert reading.application(one).entry.person == first


def test_two_desks_beginning_a_series_at_once_get_different_numbers(postgres_store: Store) -> None:
    campaign = made_campaign(postgres_store).id
    other = open_store(postgres_store.address, clock)
    got: list[str] = []
    ready = threading.Barrier(2)

    def take(store: Store) -> None:
        with store.work(PERMIT) as work:
            ready.wait(30)
            got.append(work.applications.next_no(campaign, "O"))
            work.commit()

    threads = [threading.Thread(target=take, args=(store,)) for store in (postgres_store, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert sorted(got) == ["O-0001", "O-0002"]


def test_a_moment_without_a_time_zone_is_never_kept() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        moment_columns("received_at", datetime(2026, 7, 1, 10))  # noqa: DTZ001 - what is refused here


def test_events_are_found_by_subject_and_between_two_moments(store: Store) -> None:
    campaign = made_campaign(store).id
    handed_in(store, campaign, 3)
    today, tomorrow = NOW.isoformat()[:10], (NOW + timedelta(days=1)).isoformat()[:10]
    with store.reading() as reading:
        assert reading.events(campaign, subject="B-0002")[0] == 1
        assert reading.events(campaign, since=today, until=tomorrow)[0] == 4
        assert reading.events(campaign, since=tomorrow)[0] == 0
        assert reading.events()[0] == 4
        assert [one.subject for one in reading.recent(campaign, 2)] == ["B-0003", "B-0002"]
        assert [one.seq for one in reading.whole_journal()] == [1, 2, 3, 4]


def test_a_server_that_refuses_the_way_in_is_out_of_reach(postgres_url: str) -> None:
    nobody = make_url(postgres_url).set(username="nobody").render_as_string(hide_password=False)
    with pytest.raises(Refused) as caught:
        open_store(nobody, clock)
    assert caught.value.code == "server_unreachable"


def test_what_a_server_says_is_told_apart() -> None:
    assert code_of(psycopg.errors.DiskFull()) == "disk_full"
    assert code_of(psycopg.errors.DeadlockDetected()) == "database_busy"
    assert code_of(psycopg.errors.AdminShutdown()) == "server_unreachable"
    assert code_of(psycopg.errors.UniqueViolation()) is None
