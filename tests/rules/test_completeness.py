"""What an application lacks: one answer, each kind of thing missing by its own reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args

import pytest

from grants_app.domain.application import (
    ChecklistItem,
    Consent,
    Entry,
    GroundClaim,
    Guardian,
    PersonFacts,
    Score,
)
from grants_app.domain.campaign import CampaignSetup, Pool, RequiredPaper
from grants_app.domain.ruleset import PaperBlock, PoolQuotas, Quota, Stage
from grants_app.domain.second_look import SecondLook
from grants_app.domain.values import Names
from grants_app.rules.completeness import completeness, day_of
from grants_app.rules.second_look import DecisiveNumbers
from tests.rules.rule_makers import ECOLOGY, INFORMATICS, LAW, preset

DAY = date(2026, 7, 1)
NO_NAMES = Names()
BORN = date(2008, 7, 2)  # seventeen on the day
PAPERS = (
    RequiredPaper(code="id", names=NO_NAMES),
    RequiredPaper(code="cv", names=NO_NAMES, required=False),
    RequiredPaper(code="orphan_paper", names=NO_NAMES, required=False, condition="orphan"),
    RequiredPaper(code="birth_certificate", names=NO_NAMES, required=False, under_age=True),
    RequiredPaper(code="old_form", names=NO_NAMES, closed=True),
)


def setup(papers: tuple[RequiredPaper, ...] = PAPERS) -> CampaignSetup:
    pools = tuple(
        Pool(id=one.id, branch=one.branch, programme=one.programme, level="bachelor", seats=one.seats)
        for one in (INFORMATICS, ECOLOGY, LAW)
    )
    return CampaignSetup(
        code="2026", titles=NO_NAMES, total=9, zone="Asia/Bishkek", zone_names=NO_NAMES, branches=(),
        programmes=(), pools=pools, required_papers=papers,
    )  # fmt: skip


def held(*codes: str) -> tuple[ChecklistItem, ...]:
    return tuple(ChecklistItem(item=code, received=True) for code in codes)


def scores(**values: str) -> tuple[Score, ...]:
    return tuple(Score(criterion=code, value=Decimal(value)) for code, value in values.items())


def whole(**changes: Any) -> Entry:
    """Somebody of seventeen who lacks nothing, with these fields otherwise."""
    entry = Entry(
        person=PersonFacts(
            surname="Асанова", given="Айпери", born=BORN,
            guardian=Guardian(full_name="Асанова Гүлнара", relation="mother"),
        ),
        choices=(INFORMATICS.id,),
        scores=scores(ort_main="150", math="94", average="4.85"),
        checklist=held("id", "birth_certificate"),
        consent=Consent(version="1", cross_border=True, signed_by_guardian=True),
    )  # fmt: skip
    person = {name: changes.pop(name) for name in ("born", "guardian") if name in changes}
    return replace(entry, person=replace(entry.person, **person), **changes)


def lacks(entry: Entry, day: date = DAY, **changes: Any) -> list[tuple[str, ...]]:
    """What is missing, each as its code and its facts."""
    told = completeness(entry, setup(), preset(**changes), day)
    return [(one.code, *one.facts.values()) for one in told.lacks]


def test_who_has_everything_lacks_nothing() -> None:
    assert lacks(whole()) == []
    assert completeness(whole(), setup(), preset(), DAY).flags == ()


# Papers


def test_a_paper_asked_of_everybody_is_missing_until_it_is_received() -> None:
    assert lacks(whole(checklist=held("birth_certificate"))) == [("lacks_paper", "id")]
    not_yet = (ChecklistItem(item="id"), *held("birth_certificate"))
    assert lacks(whole(checklist=not_yet)) == [("lacks_paper", "id")]


def test_a_paper_for_those_under_age_is_asked_of_nobody_older() -> None:
    assert lacks(whole(checklist=held("id"))) == [("lacks_paper", "birth_certificate")]
    grown = whole(checklist=held("id"), born=date(2008, 7, 1), guardian=None)
    assert lacks(grown) == []


def test_the_paper_of_a_ground_is_asked_of_those_who_claim_it() -> None:
    seen = whole(grounds=(GroundClaim(ground="orphan", seen=True),))
    assert lacks(seen) == [("lacks_paper", "orphan_paper")]
    other = whole(grounds=(GroundClaim(ground="honours", seen=True),))
    assert lacks(other) == []


@pytest.mark.parametrize("stage", get_args(Stage))
def test_a_paper_asked_of_nobody_is_missing_only_where_the_rules_stop_something_for_it(stage: Stage) -> None:
    assert lacks(whole(), blocks=(PaperBlock(paper="cv", stage=stage),)) == [("lacks_paper", "cv")]


def test_papers_nobody_ticked_off_are_not_known_and_not_called_missing() -> None:
    told = completeness(whole(checklist=()), setup(), preset(), DAY, papers_known=False)
    assert [one.code for one in told.lacks] == ["papers_not_ticked"]
    assert told.flags == ("lacks_papers",)
    assert not told.papers_known


# Guardian and consent


def test_somebody_under_age_on_the_day_needs_a_guardian() -> None:
    assert lacks(whole(guardian=None)) == [("lacks_guardian",)]
    assert lacks(whole(guardian=None), date(2026, 7, 2)) == []


def test_without_a_birth_date_it_is_not_known_whether_a_guardian_is_needed() -> None:
    told = whole(born=None, guardian=None)
    assert lacks(told) == [("lacks_birth_date",)]


def test_consent_has_its_line_on_sending_abroad_and_under_age_the_guardian_s_signature() -> None:
    assert lacks(whole(consent=None)) == [("lacks_consent",)]
    assert lacks(whole(consent=Consent(version="1"))) == [
        ("lacks_guardian_signature",),
        ("lacks_cross_border",),
    ]
    grown = whole(consent=Consent(version="1", cross_border=True), born=date(2000, 1, 1))
    assert lacks(grown) == []


# Choices and results


def test_without_a_choice_or_without_the_main_test_an_application_is_not_whole() -> None:
    assert lacks(whole(choices=())) == [("lacks_choice",)]
    assert lacks(whole(choices=(), scores=())) == [("lacks_choice",), ("ort_main_absent",)]
    assert lacks(whole(scores=scores(math="94", average="4.85"))) == [("ort_main_absent",)]


def test_a_test_no_choice_admits_is_lacking_and_one_choice_that_admits_it_is_enough() -> None:
    history = scores(ort_main="150", history="94", average="4.85")
    assert [one[0] for one in lacks(whole(scores=history))] == ["no_admitted_subject"]
    assert lacks(whole(scores=history, choices=(INFORMATICS.id, LAW.id))) == []


def test_a_choice_short_of_its_threshold_lacks_no_test_and_asks_for_none_of_another() -> None:
    entry = whole(
        choices=(INFORMATICS.id, LAW.id), scores=scores(ort_main="150", history="10", average="4.85")
    )
    assert lacks(entry) == []


def test_where_no_choice_has_its_test_the_first_one_s_is_named() -> None:
    only = scores(ort_main="150", average="4.85")
    alone = lacks(whole(choices=(INFORMATICS.id,), scores=only))
    assert lacks(whole(choices=(INFORMATICS.id, LAW.id), scores=only)) == alone
    assert lacks(whole(choices=(LAW.id,), scores=only)) != alone


def test_results_below_every_threshold_are_a_mark_of_their_own_and_nothing_missing() -> None:
    low = whole(scores=scores(ort_main="90", math="94", average="4.85"))
    told = completeness(low, setup(), preset(), DAY)
    assert told.lacks == ()
    assert [one.code for one in told.below] == ["ort_main_below"]
    assert told.flags == ("below_threshold",)
    twice = replace(low, choices=(INFORMATICS.id, INFORMATICS.id))
    assert completeness(twice, setup(), preset(), DAY).below == told.below


def test_a_choice_the_campaign_does_not_have_is_no_reason_to_ask_for_more() -> None:
    assert lacks(whole(choices=("X/Y",))) == []


# Grounds


def test_the_paper_of_a_ground_that_decides_must_have_been_seen() -> None:
    unseen = whole(checklist=held("id", "birth_certificate", "orphan_paper"), grounds=(
        GroundClaim(ground="orphan"),))  # fmt: skip
    assert lacks(unseen) == [("lacks_ground_paper", "orphan")]
    told = completeness(unseen, setup(), preset(), DAY)
    assert told.lacking("lacks_grounds") == told.lacks
    assert told.lacking("lacks_papers") == ()


def test_a_ground_that_decides_nothing_waits_for_no_paper() -> None:
    rules = preset()
    unranked = tuple(replace(one, ranked=False) for one in rules.grounds)
    claim = whole(grounds=(GroundClaim(ground="honours"),))
    assert lacks(claim, grounds=unranked, quotas=()) == []
    quota = (PoolQuotas(pool="*", quotas=(Quota(ground="honours", seats=1),)),)
    assert lacks(claim, grounds=unranked, quotas=quota) == [("lacks_ground_paper", "honours")]


# The day


@pytest.mark.parametrize(
    ("received", "day"),
    [
        (datetime(2026, 6, 30, 17, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 18, 0, tzinfo=UTC), date(2026, 7, 1)),
        (None, date(2026, 7, 9)),
    ],
)
def test_age_is_judged_on_the_day_of_receipt_as_dated_here_else_on_that_of_entry(
    received: datetime | None, day: date
) -> None:
    entered = datetime(2026, 7, 8, 18, 30, tzinfo=UTC)
    assert day_of(whole(received_at=received), entered, setup()) == day


# Which numbers decide


def test_the_numbers_that_decide_are_listed_as_the_rules_list_them() -> None:
    numbers = DecisiveNumbers(setup(), preset())
    entry = whole(scores=scores(average="4.85", biology="70", math="94", ort_main="150"))
    assert [one.criterion for one in numbers.of(entry)] == ["ort_main", "math", "average"]
    assert [one.criterion for one in numbers.of(replace(entry, choices=("X/Y",)))] == ["ort_main", "average"]


def test_a_number_somebody_else_typed_again_wants_no_second_look() -> None:
    numbers = DecisiveNumbers(setup(), preset())
    entry = whole()
    first, *rest = entry.scores
    entry = replace(entry, scores=(replace(first, verified_by="Ким А."), *rest))
    assert [one.criterion for one in numbers.unverified(entry)] == ["math", "average"]


def test_a_share_is_drawn_by_the_seed_alone_and_everybody_by_no_seed() -> None:
    numbers = [f"B-{place:04d}" for place in range(1000)]
    fifth = SecondLook(campaign=1, percent=20, seed="7")
    assert 150 < sum(fifth.asks(no) for no in numbers) < 250
    assert [fifth.asks(no) for no in numbers] == [replace(fifth, campaign=2).asks(no) for no in numbers]
    assert [fifth.asks(no) for no in numbers] != [replace(fifth, seed="8").asks(no) for no in numbers]
    half = replace(fifth, percent=50)
    assert all(half.asks(no) for no in numbers if fifth.asks(no))
    assert all(SecondLook(campaign=1).asks(no) for no in numbers)
