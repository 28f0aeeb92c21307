"""Records of the register come back as they were given, each under its campaign, changed in their place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Actor
from grants_app.domain.records import Appeal, CommissionMember, Scenario, Transfer, Vote
from grants_app.services.presets import default_rules
from tests.makers import PERMIT
from tests.store.store_makers import NOW, OFFICER, handed_in, made_campaign

if TYPE_CHECKING:
    from grants_app.store.engine import Store


def test_a_scenario_takes_the_place_of_the_one_of_its_name(store: Store) -> None:
    campaign = made_campaign(store).id
    first = Scenario(campaign=campaign, name="40 мест", document="{}", saved_at=NOW, saved_by="А.")
    other = replace(first, name="30 мест", document='{"seats":30}')
    with store.work(PERMIT) as work:
        work.scenarios.put(first)
        work.scenarios.put(other)
        work.scenarios.put(replace(first, document='{"seats":40}', saved_by="Б."))
        work.commit()
    with store.work(PERMIT) as work:
        kept = work.scenarios.all(campaign)
        assert [(one.name, one.document, one.saved_by) for one in kept] == [
            ("30 мест", '{"seats":30}', "А."),
            ("40 мест", '{"seats":40}', "Б."),
        ]
        assert work.scenarios.get(campaign, "30 мест") == replace(other, id=kept[0].id)
        assert work.scenarios.get(campaign, "20 мест") is None
    with store.work(PERMIT) as work:
        work.scenarios.remove(campaign, "30 мест")
        work.commit()
    with store.reading() as reading:
        assert [one.name for one in reading.scenarios(campaign)] == ["40 мест"]


def test_an_appeal_comes_back_with_what_was_decided(store: Store) -> None:
    campaign = made_campaign(store).id
    ids = handed_in(store, campaign, 2)
    later = Appeal(
        campaign=campaign, application=ids[0], received_at=NOW + timedelta(hours=2), subject="балл ОРТ"
    )
    earlier = replace(later, application=ids[1], received_at=NOW, deadline=NOW + timedelta(days=3))
    with store.work(PERMIT) as work:
        later, earlier = (replace(one, id=work.appeals.add(one)) for one in (later, earlier))
        decided = replace(
            later,
            decision="granted",
            minutes_no="5",
            minutes_on=date(2026, 8, 12),
            effect="балл исправлен",
        )
        work.appeals.put(decided)
        work.commit()
    with store.work(PERMIT) as work:
        assert work.appeals.all(campaign) == [earlier, decided]


def test_a_member_who_left_stays_on_the_commissions_list_with_their_votes(store: Store) -> None:
    campaign = made_campaign(store).id
    chair = CommissionMember(campaign=campaign, name="Асанов У.", post="декан", chairs=True)
    member = CommissionMember(campaign=campaign, name="Ким А.")
    with store.work(PERMIT) as work:
        chair, member = (replace(one, id=work.commission.put_member(one)) for one in (chair, member))
        votes = [
            Vote(campaign=campaign, member=chair.id, minutes_no="3", matter="B-0001", vote="for"),
            Vote(
                campaign=campaign,
                member=member.id,
                minutes_no="3",
                matter="B-0001",
                vote="abstained",
                interest=True,
            ),
        ]
        for one in (votes[1], votes[0], replace(votes[0], minutes_no="4")):
            work.commission.put_vote(one)
        gone = replace(member, active=False)
        assert work.commission.put_member(gone) == member.id
        work.commit()
    with store.work(PERMIT) as work:
        assert work.commission.members(campaign) == [chair, gone]
        assert work.commission.votes(campaign, "3") == votes


def test_every_handing_out_of_personal_data_is_logged_the_latest_first(store: Store) -> None:
    campaign = made_campaign(store).id
    list_sent = Transfer(
        campaign=campaign,
        at=NOW,
        by="А.",
        what="список",
        recipient="ЕНУ",
        country="KZ",
        basis="согласие",
        people=50,
    )
    letter = replace(list_sent, what="письмо", people=1, at=NOW + timedelta(minutes=1))
    with store.work(PERMIT) as work:
        sent = [replace(one, id=work.transfers.add(one)) for one in (list_sent, letter)]
        work.commit()
    with store.work(PERMIT) as work:
        assert work.transfers.all(campaign) == sent[::-1]


def test_a_form_being_typed_is_kept_in_its_last_state_until_it_is_given_up(store: Store) -> None:
    with store.work(PERMIT) as work:
        work.drafts.put("А.", "new", '{"surname":"Ки"}')
        work.drafts.put("А.", "new", '{"surname":"Ким"}')
        work.drafts.put("Б.", "new", "{}")
        work.commit()
    with store.work(PERMIT) as work:
        assert work.drafts.get("А.", "new") == '{"surname":"Ким"}'
        assert [one.key for one in work.drafts.of_actor("А.")] == ["new"]
        work.drafts.remove("А.", "new")
        work.commit()
    with store.reading() as reading:
        assert reading.drafts("А.") == []
        assert [one.form for one in reading.drafts("Б.")] == ["{}"]


def test_somebody_known_is_not_kept_twice_and_one_who_left_is_offered_no_more(store: Store) -> None:
    with store.work(PERMIT) as work:
        kept = work.actors.add(OFFICER)
        assert work.actors.add(OFFICER) == kept
        chair = work.actors.add(Actor(name="Асанов У.", branch="E", role="chair"))
        work.actors.put(replace(kept, branch="E"))
        work.actors.put(chair, active=False)
        work.commit()
    with store.work(PERMIT) as work:
        assert work.actors.all() == [replace(kept, branch="E")]
        assert work.actors.by_name(OFFICER.name) == replace(kept, branch="E")
        assert work.actors.by_name("Асанов У.") is None
    with store.reading() as reading:
        assert reading.actors() == [replace(kept, branch="E")]


def test_an_import_taken_back_said_nothing_and_an_earlier_one_counts_again(store: Store) -> None:
    campaign = made_campaign(store).id
    given = {"files": (("osh.ods", "ab"),), "counts": {"new": 1}, "at": NOW, "by": "А."}
    with store.work(PERMIT) as work:
        work.imports.add(campaign, entries=(("E", "pin:1", '{"v":1}'), ("E", "pin:2", "{}")), **given)
        second = work.imports.add(campaign, entries=(("E", "pin:1", '{"v":2}'),), **given)
        work.commit()
    with store.work(PERMIT) as work:
        assert work.imports.base(campaign) == {("E", "pin:1"): '{"v":2}', ("E", "pin:2"): "{}"}
        work.imports.mark_undone(second, "Б.")
        work.commit()
    with store.reading() as reading:
        assert reading.imported_entries(campaign)["E", "pin:1"] == '{"v":1}'
        latest, first = reading.import_batches(campaign)
        assert (latest.undone_by, latest.undone_at, first.undone_at) == ("Б.", NOW, None)
        assert (first.files, first.counts) == ((("osh.ods", "ab"),), {"new": 1})
    with store.work(PERMIT) as work:
        assert work.imports.batches(campaign) == [latest, first]


def test_a_new_signing_key_takes_over_and_a_campaign_without_one_is_refused(store: Store) -> None:
    campaign = made_campaign(store).id
    with pytest.raises(Refused) as caught, store.reading() as reading:
        reading.public_key(campaign)
    assert caught.value.code == "no_signing_key"
    with store.work(PERMIT) as work:
        first, second = work.keys.make(campaign), work.keys.make(campaign)
        work.commit()
    assert first.public != second.public
    with store.reading() as reading:
        assert reading.public_key(campaign) == second.public
    with store.work(PERMIT) as work:
        assert work.keys.of_campaign(campaign) == second


def test_rules_are_in_force_from_their_day_on_and_before_the_first_day_the_first_are(store: Store) -> None:
    campaign = made_campaign(store).id
    with pytest.raises(Refused) as caught, store.reading() as reading:
        reading.rule_set(campaign, date(2026, 7, 1))
    assert caught.value.code == "not_found"
    first = replace(default_rules(), version=1, in_force_from=date(2026, 6, 1))
    second = replace(first, version=2, in_force_from=date(2026, 7, 15), unseen_grounds_count=False)
    with store.work(PERMIT) as work:
        work.rule_sets.add(campaign, first)
        work.rule_sets.add(campaign, second)
        with pytest.raises(Refused) as caught:
            work.rule_sets.add(campaign, second)
        assert work.rule_sets.all(campaign) == [first, second]
        assert work.rule_sets.in_force(campaign, date(2026, 7, 15)) == second
        work.commit()
    assert caught.value.code == "rules_version_taken"
    with store.reading() as reading:
        days = (date(2026, 1, 1), date(2026, 7, 14), date(2026, 7, 15))
        assert [reading.rule_set(campaign, day).version for day in days] == [1, 1, 2]
        assert reading.rule_sets(campaign) == [first, second]
