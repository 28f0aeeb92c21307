"""A scenario is kept as one document and comes back as it was; what is not one is refused."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from grants_app.domain.errors import Refused
from grants_app.domain.scenario import LONGEST_DOCUMENT, Profile, ScoreChange, Tally, WhatIf, dump, load
from tests.rules.rule_makers import preset

APPEAL = ScoreChange(application="B-0001", criterion="math", value=Decimal("94.5"))
GONE = ScoreChange(application="O-0002", criterion="average", value=None)
KEPT = WhatIf(rules=preset(), seats={"B/P": 3, "B/Q": 0}, total=60, scores=(APPEAL, GONE), released=True)


def changed(**fields: object) -> str:
    return json.dumps(json.loads(dump(KEPT)) | fields)


def test_a_kept_scenario_comes_back_as_it_was() -> None:
    assert load(dump(KEPT)) == KEPT
    assert dump(load(dump(KEPT))) == dump(KEPT)


@pytest.mark.parametrize(
    "document",
    [
        "",
        "[]",
        "[" * 100_000,
        changed(format="grants-scenario/9"),
        changed(rules={}),
        changed(more=1),
        changed(total=-1),
        changed(total=10**7),
        changed(seats={"B/P": -1}),
        changed(seats={"B/P": 1.5}),
        changed(seats={" B": 1}),
        changed(scores=[{"application": "", "criterion": "math", "value": "1"}]),
        changed(scores=[{"application": "B-1", "criterion": "", "value": "1"}]),
        changed(scores=[{"application": "B-1", "criterion": "math", "value": "NaN"}]),
        changed(scores=[{"application": "B-1", "criterion": "math", "value": "1e99"}]),
    ],
)
def test_a_document_that_is_no_scenario_is_refused(document: str) -> None:
    with pytest.raises(Refused) as refused:
        load(document)
    assert refused.value.code == "scenario_unreadable"


def test_a_document_too_long_to_be_a_scenario_is_refused_unread() -> None:
    with pytest.raises(Refused) as refused:
        load(dump(KEPT) + " " * LONGEST_DOCUMENT)
    assert refused.value.code == "scenario_unreadable"


def test_a_tally_says_how_many_more_or_fewer() -> None:
    assert Tally("KG-N", 3, 5).difference == 2
    assert Tally("KG-N", 3, 1).difference == -2


def test_a_person_is_named_as_papers_print_them() -> None:
    named = Profile(surname="Бакыт уулу", given="Үсөн", patronymic="", sex="M", region="KG-N", school="rural")
    assert named.full_name == "Бакыт уулу Үсөн"
