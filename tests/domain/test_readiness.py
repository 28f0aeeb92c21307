"""A campaign says, line by line, what it still lacks before it can begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from grants_app.domain.readiness import ReadinessFacts, checklist, intake_lacks, listed
from grants_app.domain.ruleset import ProgrammeRule
from grants_app.domain.values import LANGS, Names
from tests.domain.test_setup_checks import BRANCH, DATE, PAPER, POOL, PROGRAMME, SETUP, SIGNS
from tests.rules.rule_makers import preset

FOUR = Names("а", "б", "в", "d")
DAY = date(2028, 3, 1)
READY = ReadinessFacts(today=DAY, backup_place=True, key_published=True)
RULES = preset(programmes=(ProgrammeRule(programme="6B01"),))


def day(month: int, year: int = 2028) -> datetime:
    return datetime(year, month, 1, tzinfo=UTC)


GOOD = replace(
    SETUP,
    titles=FOUR,
    branches=(replace(BRANCH, names=FOUR, short=FOUR, city=FOUR),),
    programmes=(replace(PROGRAMME, names=FOUR),),
    deadlines=tuple(
        replace(DATE, code=code, at=day(month), names=FOUR)
        for code, month in (("open", 3), ("close", 4), ("confirm", 6))
    ),
    signatories=(replace(SIGNS, post=FOUR, name=FOUR),),
    required_papers=(replace(PAPER, names=FOUR),),
)


def lacking(setup: Any = GOOD, rules: Any = RULES, facts: ReadinessFacts = READY) -> dict[str, list[str]]:
    return {
        line.code: [one.code for one in line.lacking]
        for line in checklist(setup, rules, facts)
        if not line.done
    }


def test_a_campaign_that_is_set_up_lacks_nothing() -> None:
    assert lacking() == {}
    assert intake_lacks(GOOD, RULES) == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"branches": ()}, {"branches": ["lacking_branches"]}),
        ({"titles": Names(ru="а")}, {"names": ["lacking_name_ky", "lacking_name_kk", "lacking_name_en"]}),
        (
            {"total": 0, "pools": ()},
            {"seats": ["lacking_programmes", "lacking_programme_seats", "lacking_total"]},
        ),
        ({"pools": (replace(POOL, seats=0),)}, {"seats": ["lacking_programme_seats", "lacking_seats"]}),
        (
            {"pools": (replace(POOL, seats=0, closed=True),)},
            {"seats": ["lacking_programmes", "lacking_seats"]},
        ),
        ({"total": 3}, {"seats": ["lacking_seats"]}),
        ({"deadlines": GOOD.deadlines[1:]}, {"dates": ["lacking_date"]}),
        (
            {"deadlines": (*GOOD.deadlines[:2], replace(GOOD.deadlines[2], at=day(2)))},
            {"dates": ["lacking_date_order"]},
        ),
        (
            {"deadlines": tuple(replace(one, at=one.at.replace(year=2026)) for one in GOOD.deadlines)},
            {"dates": ["lacking_date_year"] * 3},
        ),
        ({"signatories": ()}, {"signatories": ["lacking_signatories"]}),
        ({"required_papers": ()}, {"papers": ["lacking_required_papers"]}),
        (
            {
                "required_papers": (
                    *GOOD.required_papers,
                    replace(PAPER, code="x", names=FOUR, condition="moon"),
                )
            },
            {"rules": ["lacking_ground"]},
        ),
        (
            {"programmes": (*GOOD.programmes, replace(PROGRAMME, code="6B02", names=FOUR))},
            {"seats": ["lacking_programme_seats"], "rules": ["lacking_tests"]},
        ),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else None,
)
def test_each_line_names_what_is_lacking(changes: dict[str, Any], told: dict[str, list[str]]) -> None:
    found = lacking(replace(GOOD, **changes))
    assert {line: found.get(line, []) for line in told} == told


def test_rules_that_are_none_or_not_yet_in_force_are_lacking() -> None:
    assert lacking(rules=None) == {"rules": ["lacking_rules"]}
    assert [one.code for one in intake_lacks(GOOD, None)] == ["lacking_rules"]
    assert lacking(rules=replace(RULES, in_force_from=date(2029, 1, 1))) == {"rules": ["lacking_rules_yet"]}


def test_a_place_for_backups_and_a_published_key_are_asked_for() -> None:
    facts = replace(READY, backup_place=False, key_published=False)
    assert lacking(facts=facts) == {"backup": ["lacking_backup"], "key": ["lacking_key"]}


def test_a_signatory_left_over_from_the_sample_is_named() -> None:
    facts = replace(READY, made_up=frozenset({"б"}))
    assert lacking(facts=facts) == {"signatories": ["lacking_real_signatory"]}


def test_closed_things_need_no_names_and_a_code_that_is_no_year_asks_for_none() -> None:
    closed = tuple(replace(one, names=Names(), closed=True) for one in (*GOOD.deadlines, DATE))
    setup = replace(
        GOOD,
        code="осень",
        deadlines=(*GOOD.deadlines, *closed),
        branches=(*GOOD.branches, replace(BRANCH, code="X", closed=True)),
        signatories=(*GOOD.signatories, replace(SIGNS, closed=True)),
        required_papers=(*GOOD.required_papers, replace(PAPER, closed=True)),
        programmes=(*GOOD.programmes, replace(PROGRAMME, code="6B02", closed=True)),
    )
    assert lacking(setup) == {}


def test_the_line_of_names_opens_the_place_of_the_first_that_lacks_one() -> None:
    setup = replace(GOOD, signatories=(replace(SIGNS, post=FOUR, name=FOUR), SIGNS))
    line = next(one for one in checklist(setup, RULES, READY) if one.code == "names")
    assert line.place == "signatories"
    assert line.lacking[0].facts["names"] == dict.fromkeys(LANGS, "Имя")


def test_many_names_are_counted_after_the_first_few() -> None:
    assert listed([Names(ru="а"), Names(ru="а"), Names(ru="б")])["ky"] == "а, б"
    assert listed(Names(en=str(n)) for n in range(8))["kk"] == "0, 1, 2, 3, 4 … +3"


def test_what_is_lacking_is_named_in_the_reader_s_language() -> None:
    branch = replace(GOOD.branches[0], short=Names("КазУУ", "КазНУ", "ҚазҰУ", "KazNU"))
    setup = replace(GOOD, branches=(branch,), signatories=())
    line = next(one for one in checklist(setup, RULES, READY) if one.code == "signatories")
    assert line.lacking[0].facts["names"] == {"ky": "КазУУ", "ru": "КазНУ", "kk": "ҚазҰУ", "en": "KazNU"}
