"""What a campaign's set-up may hold, and what is refused by name before it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from grants_app.domain.campaign import (
    Branch,
    CampaignSetup,
    Deadline,
    Pool,
    Programme,
    RequiredPaper,
    Signatory,
)
from grants_app.domain.errors import Refused
from grants_app.domain.setup_checks import (
    THINGS,
    demand_sound,
    demand_year,
    key_of,
    part_of,
    things,
    tidy,
    with_things,
)
from grants_app.domain.setup_copy import copied
from grants_app.domain.setup_file import changes
from grants_app.domain.values import Names

if TYPE_CHECKING:
    from grants_app.domain.setup_checks import Thing

NAMED = Names(ru="Имя")
AT = datetime(2028, 2, 29, 9, tzinfo=UTC)
BRANCH = Branch(code="OSH", letter="O", prefix="ОШ", names=NAMED, short=NAMED, city=NAMED)
OTHER = replace(BRANCH, code="BSH", letter="B", prefix="БШ")
PROGRAMME = Programme(code="6B01", branch="OSH", level="bachelor", names=NAMED)
POOL = Pool(id="OSH/6B01", branch="OSH", programme="6B01", level="bachelor", seats=2)
DATE = Deadline(code="close", at=AT, names=NAMED)
SIGNS = Signatory(branch="OSH", paper="", post=NAMED, name=NAMED)
PAPER = RequiredPaper(code="id", names=NAMED)
SETUP = CampaignSetup(
    code="2028",
    titles=NAMED,
    total=2,
    zone="Asia/Bishkek",
    zone_names=NAMED,
    branches=(BRANCH, OTHER),
    programmes=(PROGRAMME,),
    pools=(POOL,),
    deadlines=(DATE,),
    signatories=(SIGNS,),
    required_papers=(PAPER,),
)
LONG = "я" * 251


def refusal(setup: CampaignSetup) -> str:
    try:
        demand_sound(setup)
    except Refused as refused:
        return refused.code
    return ""


def test_a_sound_setup_is_not_refused() -> None:
    assert refusal(SETUP) == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"titles": Names()}, "setup_name_missing"),
        ({"titles": Names(ru=LONG)}, "setup_text_long"),
        ({"consent_version": LONG}, "setup_text_long"),
        ({"zone": "Mars/Base"}, "zone_unknown"),
        ({"zone": "../../etc"}, "zone_unknown"),
        ({"total": -1}, "setup_number"),
        ({"total": 1}, "seats_over_total"),
        ({"deadlines": (DATE, DATE)}, "calendar_kind_taken"),
        ({"branches": (BRANCH, replace(OTHER, code="OSH"))}, "setup_code_taken"),
        ({"branches": (BRANCH, replace(OTHER, letter="O"))}, "branch_letter_taken"),
        ({"branches": (BRANCH, replace(OTHER, prefix="ош"))}, "branch_prefix_taken"),
        ({"pools": (POOL, POOL), "total": 4}, "setup_code_taken"),
        ({"required_papers": (PAPER, PAPER)}, "setup_code_taken"),
        ({"required_papers": (PAPER,) * (THINGS + 1)}, "setup_too_many"),
    ],
)
def test_what_does_not_fit_together_is_refused(changes: dict[str, Any], code: str) -> None:
    assert refusal(replace(SETUP, **changes)) == code


@pytest.mark.parametrize(
    ("thing", "code"),
    [
        (replace(BRANCH, code="-"), "setup_code"),
        (replace(BRANCH, code="O" * 25), "setup_code"),
        (replace(BRANCH, letter="Ы"), "branch_letter"),
        (replace(BRANCH, letter="OS"), "branch_letter"),
        (replace(BRANCH, prefix=""), "branch_prefix"),
        (replace(BRANCH, prefix="АБВГД"), "branch_prefix"),
        (replace(BRANCH, prefix="1"), "branch_prefix"),
        (replace(BRANCH, names=Names()), "setup_name_missing"),
        (replace(BRANCH, phone=LONG), "setup_text_long"),
        (replace(BRANCH, address=Names(kk=LONG)), "setup_text_long"),
        (replace(BRANCH, letterhead=Names(ky="а\n" * 5)), "letterhead_long"),
        (replace(BRANCH, letterhead=Names(ky=LONG)), "setup_text_long"),
        (replace(PROGRAMME, branch="MOON"), "setup_branch_unknown"),
        (replace(PROGRAMME, level="king"), "setup_kind_unknown"),
        (replace(PROGRAMME, form="lazy"), "setup_kind_unknown"),
        (replace(PROGRAMME, months=121), "setup_number"),
        (replace(PROGRAMME, group="?"), "setup_code"),
        (replace(PROGRAMME, names=Names()), "setup_name_missing"),
        (replace(PROGRAMME, spellings=(LONG,)), "setup_text_long"),
        (replace(PROGRAMME, spellings=("а",) * (THINGS + 1)), "setup_too_many"),
        (replace(POOL, branch="MOON"), "setup_branch_unknown"),
        (replace(POOL, programme="6B99"), "setup_programme_unknown"),
        (replace(POOL, id="OSH/6B99"), "setup_kind_unknown"),
        (replace(POOL, level="master"), "setup_kind_unknown"),
        (replace(POOL, seats=-1), "setup_number"),
        (replace(POOL, closed=True), "closed_with_seats"),
        (replace(DATE, code="party"), "setup_kind_unknown"),
        (replace(DATE, at=AT.replace(tzinfo=None)), "setup_moment_without_zone"),
        (replace(DATE, names=Names(en=LONG)), "setup_text_long"),
        (replace(DATE, note=LONG), "setup_text_long"),
        (replace(SIGNS, branch="MOON"), "setup_branch_unknown"),
        (replace(SIGNS, paper="cheque"), "setup_kind_unknown"),
        (replace(SIGNS, name=Names()), "setup_name_missing"),
        (replace(SIGNS, post=Names(ru=LONG)), "setup_text_long"),
        (replace(SIGNS, since=date(2026, 2, 1), until=date(2026, 1, 1)), "signatory_dates"),
        (replace(PAPER, code="?"), "setup_code"),
        (replace(PAPER, condition="?"), "setup_code"),
        (replace(PAPER, count=0), "setup_number"),
        (replace(PAPER, names=Names()), "setup_name_missing"),
    ],
    ids=str,
)
def test_a_thing_that_cannot_be_kept_is_refused_with_its_reason(thing: Thing, code: str) -> None:
    part = part_of(thing)
    others = things(SETUP, part)[1:]
    assert refusal(with_things(SETUP, part, (thing, *others))) == code


def test_things_are_put_right_as_they_are_typed() -> None:
    typed = replace(PROGRAMME, code=" 6в01 ", spellings=(" а  б ", "а б", " "), languages=("en", "ky"))
    made = tidy(typed)
    assert isinstance(made, Programme)
    assert (made.code, made.spellings, made.languages) == ("6B01", ("а б",), ("ky", "en"))
    assert key_of(tidy(replace(PAPER, code=" ID "))) == "id"
    assert key_of(tidy(replace(POOL, id=""))) == "OSH/6B01"


def test_a_year_is_a_year_near_to_now() -> None:
    assert demand_year(" 2028 ", 2027) == "2028"
    for typed in ("", "28", "autumn", "2030", "2016", "٢٠٢٧"):
        with pytest.raises(Refused, match="year_not_likely"):
            demand_year(typed, 2027)


def test_a_copy_moves_its_dates_by_whole_years_and_leaves_what_was_closed() -> None:
    source = replace(
        SETUP,
        titles=Names(ru="Гранты, 2028"),
        branches=(BRANCH, replace(OTHER, closed=True)),
        deadlines=(replace(DATE, order_no="7", reason="мороз"),),
        signatories=(SIGNS, replace(SIGNS, branch="BSH")),
    )
    made = copied(source, "2029")
    assert (made.code, made.titles.ru) == ("2029", "Гранты, 2029")
    assert (made.deadlines[0].at.date(), made.deadlines[0].order_no) == (date(2029, 2, 28), "")
    assert copied(source, "2032").deadlines[0].at.date() == date(2032, 2, 29)
    assert [one.code for one in made.branches] == ["OSH"]
    assert made.signatories == (SIGNS,)
    assert copied(replace(source, code="осень"), "2029").deadlines[0].at == AT


def test_a_part_that_is_not_chosen_stays_behind() -> None:
    made = copied(SETUP, "2029", {"branches"})
    assert (made.branches, made.programmes, made.signatories) == (SETUP.branches, (), ())


def test_programmes_and_signatories_come_with_their_branches_only() -> None:
    made = copied(SETUP, "2029", {"programmes", "signatories", "seats", "required_papers"})
    assert (made.branches, made.programmes, made.pools, made.signatories) == ((), (), (), ())
    assert (made.total, made.required_papers) == (2, (PAPER,))


def test_the_exact_paper_wins_over_all_papers_for_its_branch_and_day() -> None:
    exact = replace(SIGNS, paper="list", since=date(2026, 1, 1), until=date(2026, 1, 31))
    setup = replace(SETUP, signatories=(SIGNS, exact, replace(SIGNS, closed=True)))
    assert setup.signers("OSH", "list", date(2026, 1, 31)) == (exact,)
    assert setup.signers("OSH", "list", date(2026, 2, 1)) == (SIGNS,)
    assert setup.signers("BSH", "list", date(2026, 1, 31)) == ()


def test_a_closed_branch_receives_no_applications() -> None:
    assert SETUP.receiving("OSH") == BRANCH
    for setup, code in ((SETUP, "MOON"), (replace(SETUP, branches=(replace(BRANCH, closed=True),)), "OSH")):
        with pytest.raises(Refused, match="branch_not_receiving"):
            setup.receiving(code)


@pytest.mark.parametrize(
    ("changes", "when"),
    [
        ({}, "always"),
        ({"under_age": True}, "under_age"),
        ({"condition": "orphan", "under_age": True}, "ground"),
        ({"required": False}, "offered"),
    ],
)
def test_a_paper_says_when_it_is_asked_for(changes: dict[str, Any], when: str) -> None:
    assert replace(PAPER, **changes).when == when


def test_dates_of_one_kind_are_told_apart_by_their_count() -> None:
    other = replace(DATE, code="other")
    before = replace(SETUP, deadlines=(other, replace(other, note="a")))
    after = replace(before, deadlines=(other, replace(other, note="b")))
    assert [(one.key, one.kind, one.fields) for one in changes(before, after)] == [
        ("other (2)", "changed", ("note",))
    ]
