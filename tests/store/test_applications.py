"""Applications come back as saved; a stale save is refused; numbers have no gaps; nothing closed changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from grants_app.domain.application import (
    AcceptedWarning,
    ChecklistItem,
    Conflict,
    Consent,
    GroundClaim,
    Guardian,
    Phone,
    Score,
    State,
    Version,
)
from grants_app.domain.campaign import CampaignState
from grants_app.domain.errors import Refused
from tests.makers import PERMIT
from tests.store.store_makers import (
    NOW,
    OFFICER,
    application,
    entry,
    handed_in,
    made_campaign,
    person,
    setup,
)

if TYPE_CHECKING:
    from grants_app.domain.application import Application
    from grants_app.store.engine import Store


def everything(campaign: int) -> dict[str, Any]:
    """An application with something in every place there is."""
    full = person(
        7,
        phones=(Phone("+996555000007"), Phone("+996700000007", "mother")),
        guardian=Guardian(full_name="Бакыт кызы Асел", relation="mother", phone="+996700000007"),
        address="Ош",
        email="a@b.kg",
    )
    return {
        "campaign": campaign,
        "entry": entry(
            7,
            person=full,
            grounds=(
                GroundClaim(ground="orphan", paper="№ 3", seen=True, seen_by="А."),
                GroundClaim(ground="honours"),
            ),
            checklist=(ChecklistItem(item="id", received=True, received_on=date(2026, 7, 1), count=2),),
            consent=Consent(
                version="1", given_on=date(2026, 7, 1), cross_border=True, signed_by_guardian=True
            ),
            accepted=(AcceptedWarning(code="pin_born", field="born", reason="паспорт", accepted_by="А."),),
            late_basis="§3",
            note="звонить вечером",
            asks_upgrade=False,
        ),
        "conflicts": (
            Conflict(
                field="score:math",
                versions=(
                    Version(branch="K", value="118"),
                    Version(branch="E", value="119", source="osh.ods"),
                ),
            ),
            Conflict(
                field="choices",
                versions=(Version(branch="K", value="a"),),
                decided="a",
                paper="заявление",
                reason="сверено",
                decided_by="А.",
                decided_at=NOW,
            ),
        ),
        "late": True,
    }


def saved(store: Store, campaign: int, application_id: int) -> Application:
    with store.reading() as reading:
        return reading.application(application_id)


def test_an_application_comes_back_whole(store: Store) -> None:
    campaign = made_campaign(store)
    with store.work(PERMIT) as work:
        parts = everything(campaign.id)
        no = work.applications.next_no(campaign.id, "B")
        made = work.applications.add(
            person_id=work.persons.add(parts["entry"].person),
            no=no,
            state=State.SUBMITTED,
            entered_at=NOW,
            entered_by="А.",
            **parts,
        )
        work.commit()
    found = saved(store, campaign.id, made.id)
    assert found == made
    assert found.entry.received_at is not None
    assert found.entry.received_at.isoformat() == "2026-07-01T10:30:00+06:00"


def test_many_at_once_are_the_same_as_one_by_one(store: Store) -> None:
    campaign = made_campaign(store)
    ids = handed_in(store, campaign.id, 5)
    with store.reading() as reading:
        together = reading.applications(campaign.id)
        singly = [reading.application(one) for one in ids]
    assert together == singly
    assert [one.entry for one in together] == [entry(number) for number in range(1, 6)]
    assert [one.no for one in together] == ["B-0001", "B-0002", "B-0003", "B-0004", "B-0005"]


def test_a_correction_changes_what_it_says_and_counts_up(store: Store) -> None:
    campaign = made_campaign(store)
    (one,) = handed_in(store, campaign.id, 1)
    with store.work(PERMIT) as work:
        known = work.applications.get(one, seen=1)
        corrected = replace(
            known.entry,
            choices=("K/6B02",),
            scores=(Score(criterion="math", value=Decimal("99.5")),),
            note="исправлено",
        )
        after = work.applications.put(replace(known, entry=corrected, state=State.COMPLETE), seen=1)
        work.commit()
    assert after.version == 2
    assert saved(store, campaign.id, one) == after
    assert after.entry.choices == ("K/6B02",)


def test_the_second_of_two_saves_of_one_version_is_refused_and_says_who_was_first(store: Store) -> None:
    campaign = made_campaign(store)
    (one,) = handed_in(store, campaign.id, 1)
    with store.work(PERMIT) as work:
        known = work.applications.get(one, seen=1)
        work.applications.put(replace(known, state=State.COMPLETE), seen=1)
        work.journal.add("application.corrected", known.no, campaign=campaign.id)
        work.commit()
    with pytest.raises(Refused) as caught, store.work(PERMIT) as work:
        work.applications.put(replace(known, state=State.WITHDRAWN), seen=1)
    assert caught.value.code == "saved_by_another"
    assert caught.value.facts["by"] == OFFICER.name
    assert caught.value.facts["no"] == "B-0001"
    assert saved(store, campaign.id, one).state is State.COMPLETE


def test_leaving_without_a_commit_undoes_everything_and_gives_the_number_back(store: Store) -> None:
    campaign = made_campaign(store)
    with store.work(PERMIT) as work:
        work.applications.add_many(
            [application(campaign.id, work.applications.next_no(campaign.id, "B"))], {}
        )
        work.journal.add("application.submitted", "B-0001", campaign=campaign.id)
    with store.work(PERMIT) as work:
        assert work.applications.next_no(campaign.id, "B") == "B-0001"
        assert work.journal_head() == 1
    with store.reading() as reading:
        assert reading.applications(campaign.id) == []


def test_each_letter_counts_for_itself(store: Store) -> None:
    campaign = made_campaign(store)
    with store.work(PERMIT) as work:
        first = [work.applications.next_no(campaign.id, letter) for letter in "BOB"]
        work.commit()
    assert first == ["B-0001", "O-0001", "B-0002"]


def test_one_person_has_one_application_in_a_campaign(store: Store) -> None:
    campaign = made_campaign(store)
    (one,) = handed_in(store, campaign.id, 1)
    person_id = saved(store, campaign.id, one).person_id
    with store.work(PERMIT) as work:
        assert work.applications.by_person(campaign.id, person_id) is not None
        with pytest.raises(Exception, match=r"(?i)unique"):
            work.applications.add_many([application(campaign.id, "B-0009", person_id=person_id)], {})


@pytest.mark.parametrize(
    "act", ["application", "campaign", "award", "rules", "tie", "import", "paper", "number"]
)
def test_a_closed_campaign_takes_no_change(store: Store, act: str) -> None:
    campaign = made_campaign(store)
    (one,) = handed_in(store, campaign.id, 1)
    with store.work(PERMIT) as work:
        work.campaigns.put_state(campaign.id, CampaignState.CLOSED, seen=1)
        work.commit()
    with pytest.raises(Refused) as caught, store.work(PERMIT) as work:
        {
            "application": lambda: work.applications.get(one),
            "campaign": lambda: work.campaigns.put(campaign, seen=2),
            "award": lambda: work.awards.offer(
                campaign=campaign.id, application=one, pool="K/6B01", label="open", run=1, round=1, at=NOW
            ),
            "rules": lambda: work.keys.make(campaign.id),
            "tie": lambda: work.decisions.add_tie(_tie(campaign.id)),
            "import": lambda: work.imports.add(campaign.id, files=(), counts={}, entries=(), at=NOW, by="А."),
            "paper": lambda: work.papers.next_number(campaign.id, "K", "award_letter", "КБ", "2026"),
            "number": lambda: work.applications.next_no(campaign.id, "B"),
        }[act]()
    assert caught.value.code == "campaign_closed"


def test_a_closed_campaign_can_be_reopened(store: Store) -> None:
    campaign = made_campaign(store)
    with store.work(PERMIT) as work:
        work.campaigns.put_state(campaign.id, CampaignState.CLOSED, seen=1)
        work.campaigns.put_state(campaign.id, CampaignState.OPEN, seen=2)
        work.commit()
    handed_in(store, campaign.id, 1)


def _tie(campaign: int) -> Any:
    from grants_app.domain.runs import TieDecision

    return TieDecision(
        campaign=campaign,
        pool="K/6B01",
        order=("B-0001",),
        how="",
        kind="commission",
        decided_at=NOW,
        decided_by="А.",
    )


def test_the_set_up_comes_back_and_changes_whole(store: Store) -> None:
    campaign = made_campaign(store)
    changed = setup(total=60, titles=campaign.setup.titles, deadlines=())
    with store.work(PERMIT) as work:
        work.campaigns.put(replace(campaign, setup=changed), seen=1)
        work.commit()
    with store.reading() as reading:
        found = reading.campaign(campaign.id)
    assert found.setup == changed
    assert found.version == 2


def test_a_pool_somebody_chose_cannot_be_taken_away(store: Store) -> None:
    campaign = made_campaign(store)
    handed_in(store, campaign.id, 1)
    with pytest.raises(Refused) as caught, store.work(PERMIT) as work:
        work.campaigns.put(
            replace(campaign, setup=replace(campaign.setup, pools=campaign.setup.pools[1:])), seen=1
        )
    assert caught.value.code == "pool_in_use"


def test_more_seats_than_grants_are_refused(store: Store) -> None:
    with pytest.raises(Refused) as caught:
        made_campaign(store, total=49)
    assert caught.value.code == "seats_over_total"


def test_a_person_is_found_by_an_old_pin_a_document_and_a_name_spelled_otherwise(store: Store) -> None:
    with store.work(PERMIT) as work:
        one = work.persons.add(person(1))
        work.persons.put(one, person(1, pin="11503200899999"))
        assert work.persons.by_pin(person(1).pin) == [one]
        assert work.persons.by_pin("11503200899999") == [one]
        assert work.persons.by_pin("") == []
        assert work.persons.by_document("ID0000001", date(2008, 3, 15)) == [one]
        assert work.persons.by_document("ID0000001", date(2007, 1, 1)) == []
        assert work.persons.by_name("Усонова", "Айгерим", None) == [one]
        assert work.persons.get(one).pin == "11503200899999"
