"""The commission in the store: a sitting's number is its own, votes and interests keep to their campaign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.commission import Attendance, Interest, Meeting, Resolution
from grants_app.domain.errors import Refused
from grants_app.domain.records import Appeal, CommissionMember, Vote
from grants_app.domain.rounds import CampaignAct, CascadeRecord
from grants_app.domain.runs import PlacementRecord, SealFacts, TieDecision
from tests.makers import PERMIT
from tests.store.store_makers import NOW, handed_in, kept_run, made_campaign

if TYPE_CHECKING:
    from grants_app.store.engine import Store

DAY = date(2026, 8, 6)


def _member(store: Store, campaign: int, name: str = "Асанов У.") -> int:
    with store.work(PERMIT) as work:
        made = work.commission.put_member(CommissionMember(campaign=campaign, name=name))
        work.commit()
    return made


def _meeting(store: Store, campaign: int, minutes_no: str = "3", on: date = DAY) -> Meeting:
    one = Meeting(campaign=campaign, minutes_no=minutes_no, minutes_on=on, place="Бишкек", agenda="1. Гранты")
    with store.work(PERMIT) as work:
        one = replace(one, id=work.commission.put_meeting(one))
        work.commit()
    return one


def test_sittings_are_found_by_their_number_and_listed_by_date(store: Store) -> None:
    campaign, other = made_campaign(store).id, made_campaign(store, code="2027").id
    later, first = _meeting(store, campaign, "4", date(2026, 8, 9)), _meeting(store, campaign)
    elsewhere = _meeting(store, other)
    with store.reading() as reading:
        assert reading.meetings(campaign) == [first, later]
        assert reading.meetings(other) == [elsewhere]
        assert reading.meeting_by_no(campaign, "4") == later
        with pytest.raises(Refused) as refused:
            reading.meeting_by_no(campaign, "5")
    assert refused.value.code == "meeting_unknown"


def test_no_two_sittings_have_one_number(store: Store) -> None:
    campaign = made_campaign(store).id
    first = _meeting(store, campaign)
    with pytest.raises(Refused) as refused, store.work(PERMIT) as work:
        work.commission.put_meeting(replace(first, id=0))
    assert refused.value.code == "minutes_no_taken"


def test_a_sittings_new_number_takes_its_votes_along(store: Store) -> None:
    campaign = made_campaign(store).id
    member, one = _member(store, campaign), _meeting(store, campaign)
    cast = Vote(campaign=campaign, member=member, minutes_no="3", matter="1", vote="for")
    with store.work(PERMIT) as work:
        work.commission.put_vote(cast)
        work.commission.put_vote(replace(cast, vote="against"))
        work.commission.put_meeting(replace(one, minutes_no="3а"))
        work.commit()
    with store.reading() as reading:
        assert reading.votes(campaign, "3") == []
        assert reading.votes(campaign, "3а") == [replace(cast, minutes_no="3а", vote="against")]
    with store.work(PERMIT) as work:
        assert work.commission.meeting(campaign, "3а") == replace(one, minutes_no="3а")
        assert work.commission.meeting(campaign, "3") is None


def test_attendance_is_recorded_again_in_its_place(store: Store) -> None:
    campaign = made_campaign(store).id
    here, gone = _member(store, campaign), _member(store, campaign, "Ким А.")
    one = _meeting(store, campaign)
    with store.work(PERMIT) as work:
        work.commission.attend(
            one, [Attendance(member=here, present=False), Attendance(member=gone, present=True)]
        )
        work.commission.attend(one, [Attendance(member=gone, present=False, reason="болен")])
        assert work.commission.attendance(one.id) == [
            Attendance(member=here, present=False),
            Attendance(member=gone, present=False, reason="болен"),
        ]
        work.commit()
    with store.reading() as reading:
        assert len(reading.attendance(one.id)) == 2


def test_items_come_back_in_their_order_with_what_they_are_about(store: Store) -> None:
    campaign = made_campaign(store).id
    handed_in(store, campaign, 1)
    one = _meeting(store, campaign)
    with store.work(PERMIT) as work:
        kept_run(work, campaign)
        second = Resolution(
            meeting=one.id, item=2, matter="seal", wording="утвердить", outcome="adopted", run_no=1
        )
        first = Resolution(
            meeting=one.id,
            item=1,
            matter="placement",
            subject="K/6B01",
            wording="разместить",
            outcome="rejected",
            application_no="B-0001",
        )
        second = replace(second, id=work.commission.put_resolution(campaign, second))
        first = replace(first, id=work.commission.put_resolution(campaign, first))
        again = replace(first, outcome="adopted")
        work.commission.put_resolution(campaign, again)
        assert work.commission.resolutions(one.id) == [again, second]
        work.commit()
    with store.reading() as reading:
        assert reading.resolutions(one.id) == [again, second]


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"application_no": "B-0099"}, "application_unknown"), ({"run_no": 9}, "run_unknown")],
)
def test_an_item_about_what_is_not_there_is_refused(
    store: Store, changes: dict[str, object], code: str
) -> None:
    campaign = made_campaign(store).id
    one = _meeting(store, campaign)
    item = Resolution(meeting=one.id, item=1, matter="other", wording="—", outcome="adopted")
    with pytest.raises(Refused) as refused, store.work(PERMIT) as work:
        work.commission.put_resolution(campaign, replace(item, **changes))  # type: ignore[arg-type]  # fields of it
    assert refused.value.code == code


def test_an_interest_stands_once_and_stays_readable_when_withdrawn(store: Store) -> None:
    campaign = made_campaign(store).id
    handed_in(store, campaign, 1)
    member = _member(store, campaign)
    declared = Interest(
        campaign=campaign,
        member=member,
        application_no="B-0001",
        relation="племянник",
        declared_at=NOW,
        declared_by="А.",
    )
    with store.work(PERMIT) as work:
        declared = replace(declared, id=work.commission.add_interest(declared))
        work.commit()
    with pytest.raises(Refused) as refused, store.work(PERMIT) as work:
        work.commission.add_interest(replace(declared, id=0))
    assert refused.value.code == "interest_declared"
    with store.work(PERMIT) as work:
        work.commission.withdraw_interest(declared.id, NOW + timedelta(hours=1), "ошибка")
        again = replace(declared, id=work.commission.add_interest(replace(declared, id=0)))
        assert len(work.commission.interests(campaign)) == 2
        work.commit()
    with store.reading() as reading:
        gone, standing = reading.interests(campaign)
    assert (gone.stands, gone.withdrawn_reason, gone.withdrawn_at) == (
        False,
        "ошибка",
        NOW + timedelta(hours=1),
    )
    assert standing == again


def test_what_was_done_under_a_number_is_listed_in_the_order_it_was_done(store: Store) -> None:
    campaign = made_campaign(store).id
    ids = handed_in(store, campaign, 2)
    tie = TieDecision(
        campaign=campaign,
        pool="K/6B01",
        order=("B-0002", "B-0001"),
        how="",
        kind="lot",
        minutes_no="3",
        minutes_on=DAY,
        seed="4829",
        decided_at=NOW,
        decided_by="А.",
    )
    placed = PlacementRecord(
        campaign=campaign,
        application_no="B-0001",
        pool="K/6B01",
        reason="суд",
        placed_at=NOW + timedelta(minutes=1),
        placed_by="А.",
    )
    granted = Appeal(
        campaign=campaign,
        application=ids[1],
        received_at=NOW,
        subject="балл",
        decision="granted",
        minutes_no="3",
        minutes_on=DAY,
    )
    with store.work(PERMIT) as work:
        run = kept_run(work, campaign)
        work.decisions.add_tie(tie)
        work.decisions.add_tie(replace(tie, kind="commission", minutes_no="2"))
        work.decisions.add_placement(placed)
        work.appeals.add(granted)
        facts = SealFacts(
            file=b"{}",
            fingerprint="sha256:ab",
            signature="",
            minutes_no="3",
            minutes_on=DAY,
            at=NOW + timedelta(minutes=2),
            by="А.",
        )
        work.runs.seal(run, facts)
        late = NOW + timedelta(minutes=3)
        chain = CascadeRecord(
            campaign=campaign, run=run, minutes_no="3", minutes_on=DAY, document="{}", at=late, by="А."
        )
        work.rounds.add_cascade(chain)
        frozen = CampaignAct(
            campaign=campaign, kind="freeze", minutes_no="3", at=late + timedelta(minutes=1), by="А."
        )
        work.rounds.add_act(frozen)
        work.rounds.add_act(replace(frozen, minutes_no="2"))
        work.commit()
    with store.reading() as reading:
        acts = reading.sitting_acts(campaign, "3")
        assert [act.kind for act in reading.sitting_acts(campaign, "2")] == ["tie", "freeze"]
    assert [(act.kind, act.subject) for act in acts] == [
        ("lot", "K/6B01"),
        ("placement", "K/6B01"),
        ("run_sealed", "1"),
        ("cascade", "1"),
        ("freeze", ""),
        ("appeal_granted", "B-0002"),
    ]
    assert acts[0].facts["order"] == "B-0002, B-0001"
    assert acts[2].facts["fingerprint"] == "sha256:ab"
