"""The commission at work: one chair, quorum, a relative's case hidden from the vote, decisions counted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.commission import Quorum
from grants_app.services import commission, decisions, interests, members, resolutions, runs, sealing, upkeep
from tests.boards import DAY, hold_sitting, make_members
from tests.commission import make_equals
from tests.services.desks import CLOSED, as_role, moved_to, refuses

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.commission import VoteWord
    from grants_app.services.access import Office

FORM = commission.MeetingForm(minutes_no="3", minutes_on=DAY)


@pytest.fixture
def settled(office_at: Callable[[str], Office]) -> Office:
    return office_at("settled")


def item(votes: dict[int, VoteWord], **changes: object) -> resolutions.ItemForm:
    """An item put to the vote."""
    form = resolutions.ItemForm(matter="other", wording="утвердить порядок", votes=votes)
    return replace(form, **changes)  # type: ignore[arg-type]  # fields of the form


# Members


def test_the_commission_has_exactly_one_chair(empty: Office) -> None:
    first, second, *_ = make_members(empty)
    with refuses("chair_needs_successor"):
        members.put_member(empty, members.MemberForm(id=first.id, name=first.name))
    with refuses("chair_needs_successor"):
        members.leave(empty, first.id, "увольнение")
    members.put_member(empty, members.MemberForm(id=second.id, name="Бакыт кызы Асел", chairs=True))
    assert [one.id for one in members.members(empty) if one.chairs] == [second.id]
    members.leave(empty, first.id, "увольнение")
    assert not members.members(empty)[0].active


def test_a_member_who_left_stays_in_the_list_and_leaves_with_a_reason_only(empty: Office) -> None:
    _, second, *_ = make_members(empty)
    with refuses("reason_missing"):
        members.leave(empty, second.id, " ")
    members.leave(empty, second.id, "по собственному желанию")
    assert len(members.members(empty)) == 5
    assert upkeep.journal(empty, act="commission.left")[1][0].reason == "по собственному желанию"
    with refuses("not_found"):
        members.leave(empty, 99, "нет такого")


def test_custom_wants_a_chair_and_an_odd_number_of_members(empty: Office) -> None:
    def codes() -> list[str]:
        return [finding.code for finding in members.warnings(empty)]

    assert codes() == ["commission_empty"]
    members.put_member(empty, members.MemberForm(name="Ким А."))
    assert codes() == ["commission_without_chair"]
    members.put_member(empty, members.MemberForm(name="Асанов У.", chairs=True))
    assert members.warnings(empty)[0].facts == {"n": "2"}
    members.put_member(empty, members.MemberForm(name="Осмонова Г."))
    assert codes() == []


def test_a_member_without_a_name_or_with_an_endless_one_is_refused(empty: Office) -> None:
    with refuses("member_name_missing"):
        members.put_member(empty, members.MemberForm(name="  "))
    with refuses("text_too_long", most=200):
        members.put_member(empty, members.MemberForm(name="А" * 201))


@pytest.mark.parametrize("role", ["officer", "verifier", "auditor"])
def test_only_secretary_and_chair_record_for_the_commission(empty: Office, role: str) -> None:
    desk = as_role(empty, role)  # type: ignore[arg-type]  # the roles above
    with refuses("not_allowed", act="commission"):
        members.put_member(desk, members.MemberForm(name="Ким А."))
    with refuses("not_allowed", act="commission"):
        commission.call_meeting(desk, FORM)


def test_a_closed_campaign_has_no_more_sittings(empty: Office) -> None:
    make_members(empty)
    moved_to(empty, CLOSED)
    with refuses("campaign_closed"):
        commission.call_meeting(empty, FORM)


# Sittings


def test_before_a_sitting_is_recorded_nobody_is_there(empty: Office) -> None:
    assert commission.quorum(empty, "3") == Quorum(0, 0, 0, reached=False)
    make_members(empty)
    assert commission.quorum(empty, "3") == Quorum(5, 0, 4, reached=False)


def test_the_quorum_is_two_thirds_of_the_roster(empty: Office) -> None:
    made = hold_sitting(empty, there=3)
    assert commission.quorum(empty, " 3 ") == Quorum(5, 3, 4, reached=False)
    commission.attend(empty, "3", {made[4].id: (True, "")})
    assert commission.quorum(empty, "3") == Quorum(5, 4, 4, reached=True)
    seats = commission.sitting(empty, "3").seats
    assert [(seat.present, seat.reason) for seat in seats[3:]] == [(False, "командировка"), (True, "")]


def test_a_member_added_later_joins_until_something_is_decided(empty: Office) -> None:
    made = hold_sitting(empty)
    late = members.put_member(empty, members.MemberForm(name="Жусупов Н."))
    assert len(commission.sitting(empty, "3").seats) == 6
    resolutions.resolve(empty, "3", item({one.id: "for" for one in made[:4]}))
    newest = members.put_member(empty, members.MemberForm(name="Сыдыков А."))
    roster = {seat.member.id for seat in commission.sitting(empty, "3").seats}
    assert newest.id not in roster
    assert late.id not in roster
    with refuses("not_found"):
        commission.attend(empty, "3", {newest.id: (True, "")})


def test_sittings_are_listed_the_latest_first_and_can_be_put_right(empty: Office) -> None:
    hold_sitting(empty)
    commission.call_meeting(empty, replace(FORM, minutes_no="4", minutes_on=date(2026, 8, 9)))
    assert [one.meeting.minutes_no for one in commission.meetings(empty)] == ["4", "3"]
    with refuses("minutes_no_taken"):
        commission.change_meeting(empty, "4", FORM)
    with refuses("meeting_unknown"):
        commission.change_meeting(empty, "9", FORM)
    with refuses("minutes_missing"):
        commission.call_meeting(empty, replace(FORM, minutes_no=" "))
    commission.change_meeting(empty, "4", replace(FORM, minutes_no="5", place="Ош"))
    assert commission.sitting(empty, "5").meeting.place == "Ош"
    assert '"place":"Ош"' in upkeep.journal(empty, act="meeting.changed")[1][0].after


def test_who_has_voted_is_not_marked_absent_afterwards(empty: Office) -> None:
    made = hold_sitting(empty)
    resolutions.resolve(empty, "3", item({one.id: "for" for one in made[:4]}))
    with refuses("member_voted", name=made[0].name):
        commission.attend(empty, "3", {made[0].id: (False, "ушёл")})
    commission.attend(empty, "3", {made[4].id: (True, "")})


# Items


def test_an_item_is_counted_and_numbered_never_typed(empty: Office) -> None:
    made = hold_sitting(empty)
    first = resolutions.resolve(
        empty,
        "3",
        item({made[0].id: "for", made[1].id: "for", made[2].id: "against", made[3].id: "abstained"}),
    )
    second = resolutions.resolve(empty, "3", item({one.id: "against" for one in made[:4]}))
    assert [(one.item, one.outcome) for one in (first, second)] == [(1, "adopted"), (2, "rejected")]
    kept = resolutions.items(empty, "3")
    assert kept[0].resolution == first
    assert kept[0].tally.counts == {"for": 2, "against": 1, "abstained": 1, "absent": 1}
    assert [ballot.vote for ballot in kept[0].ballots] == ["for", "for", "against", "abstained", "absent"]
    told = json.loads(upkeep.journal(empty, act="resolution.recorded")[1][-1].after)
    assert told["votes"] == {"for": 2, "against": 1, "abstained": 1, "absent": 1}


def test_a_tied_vote_falls_to_the_chair(empty: Office) -> None:
    made = hold_sitting(empty)
    votes: dict[int, VoteWord] = {
        made[0].id: "against", made[1].id: "for", made[2].id: "for", made[3].id: "against"
    }  # fmt: skip
    assert resolutions.resolve(empty, "3", item(votes)).outcome == "rejected"
    assert resolutions.items(empty, "3")[0].tally.weight == "chair"
    members.put_member(empty, members.MemberForm(id=made[1].id, name=made[1].name, chairs=True))
    assert resolutions.items(empty, "3")[0].tally.outcome == "rejected"


def test_nothing_is_decided_without_a_quorum(empty: Office) -> None:
    made = hold_sitting(empty, there=3)
    with refuses("no_quorum", present=3, needed=4):
        resolutions.resolve(empty, "3", item({one.id: "for" for one in made[:3]}))
    assert resolutions.items(empty, "3") == ()


def test_who_left_the_room_before_the_vote_makes_no_quorum(empty: Office) -> None:
    made = hold_sitting(empty)
    votes: dict[int, VoteWord] = {one.id: "for" for one in made[:4]}
    with refuses("no_quorum", present=3, needed=4):
        resolutions.resolve(empty, "3", item(votes | {made[3].id: "absent"}))


def test_every_member_there_votes_and_nobody_else(empty: Office) -> None:
    made = hold_sitting(empty)
    votes: dict[int, VoteWord] = {one.id: "for" for one in made[:4]}
    with refuses("votes_missing", names=made[3].name):
        resolutions.resolve(empty, "3", item({one.id: "for" for one in made[:3]}))
    with refuses("vote_of_absent", name=made[4].name):
        resolutions.resolve(empty, "3", item(votes | {made[4].id: "for"}))
    with refuses("not_found"):
        resolutions.resolve(empty, "3", item(votes | {99: "for"}))
    with refuses("wording_missing"):
        resolutions.resolve(empty, "3", item(votes, wording=" "))
    with refuses("matter_unknown"):
        resolutions.resolve(empty, "3", item(votes, matter="supper"))
    with refuses("meeting_unknown"):
        resolutions.resolve(empty, "4", item(votes))


def test_an_item_is_put_right_with_a_reason_and_the_journal_keeps_what_it_was(empty: Office) -> None:
    made = hold_sitting(empty)
    votes: dict[int, VoteWord] = {one.id: "for" for one in made[:4]}
    resolutions.resolve(empty, "3", item(votes))
    turned = item(dict.fromkeys(votes, "against"))
    with refuses("reason_missing"):
        resolutions.correct(empty, "3", 1, turned, "")
    with refuses("item_unknown", item=2):
        resolutions.correct(empty, "3", 2, turned, "ошибка записи")
    assert resolutions.correct(empty, "3", 1, turned, "ошибка записи").outcome == "rejected"
    (kept,) = resolutions.items(empty, "3")
    assert kept.tally.counts["against"] == 4
    event = upkeep.journal(empty, act="resolution.corrected")[1][0]
    assert ('"outcome":"adopted"' in event.before, event.reason) == (True, "ошибка записи")


# Interests


def test_a_relatives_case_is_hidden_from_the_members_vote(settled: Office) -> None:
    made = hold_sitting(settled, there=5)
    interests.declare_interest(settled, made[1].id, "b-0001", "племянник")
    rows = resolutions.ballots(settled, "3", "placement", application_no="В-0001")  # typed with a Cyrillic В
    assert [(row.takes_part, row.relation) for row in rows[:2]] == [(True, ""), (False, "племянник")]
    everybody: dict[int, VoteWord] = {one.id: "for" for one in made}
    form = item(everybody, matter="placement", application_no="B-0001")
    with refuses("vote_of_interested", name=made[1].name):
        resolutions.resolve(settled, "3", form)
    del everybody[made[1].id]
    resolutions.resolve(settled, "3", item(everybody, matter="placement", application_no="B-0001"))
    (kept,) = resolutions.items(settled, "3")
    assert (kept.ballots[1].vote, kept.ballots[1].relation) == (None, "племянник")
    assert (kept.tally.counts["for"], kept.tally.interested) == (4, 1)


def test_an_interested_member_does_not_count_for_that_matter_alone(settled: Office) -> None:
    made = hold_sitting(settled)
    interests.declare_interest(settled, made[0].id, "B-0001", "сын")
    assert commission.quorum(settled, "3") == Quorum(5, 4, 4, reached=True)
    assert commission.quorum(settled, "3", "B-0001") == Quorum(4, 3, 3, reached=True)
    assert commission.quorum(settled, "3", "B-0002") == Quorum(5, 4, 4, reached=True)


def test_a_relative_named_among_equals_is_found_too(settled: Office) -> None:
    made = hold_sitting(settled)
    interests.declare_interest(settled, made[2].id, "B-0002", "дочь")
    rows = resolutions.ballots(settled, "3", "tie", "KAZNU-BSH/6B06102: B-0001, B-0002")
    assert [row.relation for row in rows] == ["", "", "дочь", "", ""]


def test_on_a_whole_list_everybody_votes_and_the_relative_alone_is_named(settled: Office) -> None:
    made = hold_sitting(settled)
    declared = interests.declare_interest(settled, made[1].id, "B-0001", "племянник")
    runs.propose(settled)
    votes: dict[int, VoteWord] = {one.id: "for" for one in made[:4]}
    resolutions.resolve(settled, "3", item(votes, matter="seal", run_no=1, subject="B-0001"))
    (kept,) = resolutions.items(settled, "3")
    assert kept.ballots[1].vote == "for"
    assert kept.named == ((made[1].name, declared),)
    interests.withdraw_interest(settled, declared.id, "ошибка")
    assert resolutions.items(settled, "3")[0].named == ()


def test_an_interest_is_withdrawn_with_a_reason_and_a_past_vote_stays_as_it_was(settled: Office) -> None:
    made = hold_sitting(settled, there=5)
    declared = interests.declare_interest(settled, made[1].id, "B-0001", "племянник")
    votes: dict[int, VoteWord] = {one.id: "for" for one in made if one.id != made[1].id}
    resolutions.resolve(settled, "3", item(votes, matter="placement", application_no="B-0001"))
    with refuses("reason_missing"):
        interests.withdraw_interest(settled, declared.id, " ")
    interests.withdraw_interest(settled, declared.id, "однофамилец")
    with refuses("interest_unknown"):
        interests.withdraw_interest(settled, declared.id, "ещё раз")
    assert [row.relation for row in resolutions.ballots(settled, "3", "placement", "", "B-0001")] == [""] * 5
    (kept,) = resolutions.items(settled, "3")
    assert (kept.ballots[1].vote, kept.ballots[1].takes_part) == (None, False)
    assert [one.stands for one in interests.interests(settled)] == [False]


def test_an_interest_names_a_relation_and_somebody_who_applied(settled: Office) -> None:
    made = make_members(settled)
    with refuses("relation_missing"):
        interests.declare_interest(settled, made[1].id, "B-0001", "")
    with refuses("application_unknown"):
        interests.declare_interest(settled, made[1].id, "B-9999", "сын")
    interests.declare_interest(settled, made[1].id, "B-0001", "сын")
    with refuses("interest_declared"):
        interests.declare_interest(settled, made[1].id, "B-0001", "сын")


# Acts under a number


def test_everything_done_under_a_number_can_be_listed(settled: Office) -> None:
    hold_sitting(settled)
    pool, equals = make_equals(settled)
    runs.propose(settled)
    how = decisions.TieHow(kind="lot", minutes_no="3", on=DAY, seed="482915", present="комиссия")
    decisions.decide_tie(settled, pool, equals, how)
    other = next(one for one in runs.ranked(settled) if one.pool != pool)
    decisions.place(settled, other.rows[-1].application, other.pool, "решение суда 12")
    proposal = runs.propose(settled)
    sealing.seal(settled, proposal.no, "3", DAY, accepting="протокол 3")
    kinds = [act.kind for act in resolutions.acts_under(settled, "3")]
    assert sorted(kinds) == ["lot", "placement", "run_sealed"]
    assert resolutions.acts_under(settled, "4") == []
