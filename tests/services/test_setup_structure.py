"""The office makes a campaign's structure itself: things are added, changed, taken away, closed, ordered."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from grants_app.domain.application import ChecklistItem, Consent
from grants_app.domain.campaign import Branch, Deadline, Pool, Programme, RequiredPaper, Signatory
from grants_app.domain.ruleset import ANY_POOL, PoolQuotas, Quota
from grants_app.domain.values import LANGS, Names
from grants_app.services import campaign_acts, intake, rule_changes, standing
from grants_app.services.campaign import structure
from grants_app.wording import Words
from tests import offices
from tests.services.desks import applied, as_role, refuses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.journal import Event
    from grants_app.services.access import Office


def names(text: str) -> Names:
    return Names(ky=text, ru=text, kk=text, en=text)


def branch(code: str = "NARYN", letter: str = "N", prefix: str = "НФ", **changes: Any) -> Branch:
    values: dict[str, Any] = {
        "code": code,
        "letter": letter,
        "prefix": prefix,
        "names": names(f"Филиал {code}"),
        "short": names(code),
        "city": names("Нарын"),
    }
    return Branch(**values | changes)


def programme(code: str = "6B01101", at: str = "KAZNU-BSH", **changes: Any) -> Programme:
    values: dict[str, Any] = {
        "code": code,
        "branch": at,
        "level": "bachelor",
        "names": names(f"Программа {code}"),
    }
    return Programme(**values | changes)


def setup(office: Office) -> CampaignSetup:
    return office.campaign().setup


def seen(office: Office) -> int:
    return office.campaign().version


def last(office: Office) -> Event:
    with office.store.reading() as reading:
        return reading.recent(office.campaign_id, 1)[0]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Office]:
    """An office on an empty campaign."""
    office = offices.new_office(tmp_path, "empty")
    yield office
    office.store.close()


def add(office: Office, thing: structure.Thing, **given: Any) -> None:
    structure.add(office, thing, seen(office), **given)


# ---- adding ---------------------------------------------------------------------------------------------


def test_a_branch_is_added_with_everything_letters_say_of_it(fresh: Office) -> None:
    given = branch(
        address=names("ул. Ленина, 1"),
        phone=" 0555  111 111 ",
        hours=names("9–18"),
        letterhead=Names(ru="ул. Ленина, 1\n\n 0555 111 111 "),
    )
    add(fresh, given)
    kept = setup(fresh).branches[-1]
    assert (kept.code, kept.address.ru, kept.phone) == ("NARYN", "ул. Ленина, 1", "0555 111 111")
    assert kept.letterhead.ru == "ул. Ленина, 1\n0555 111 111"
    event = last(fresh)
    assert (event.act, event.subject, event.before) == ("setup.added", "NARYN", "")
    assert json.loads(event.after)["branches"]["code"] == "NARYN"


def test_codes_typed_in_cyrillic_look_alikes_become_latin(fresh: Office) -> None:
    add(fresh, branch(code="нарын".replace("ы", "y").replace("н", "H").replace("р", "P"), letter="Т"))
    assert [(one.code, one.letter) for one in setup(fresh).branches][-1] == ("HAPYH", "T")
    add(fresh, programme(code="6В01101"), seats=0)
    assert setup(fresh).programmes[-1].code == "6B01101"


def test_a_programme_brings_its_seats_and_its_row_in_the_rules(fresh: Office) -> None:
    add(
        fresh,
        programme(languages=("ru", "ky"), form="full_time", months=48),
        seats=3,
        tests=("math", "physics"),
    )
    kept = setup(fresh)
    assert kept.pools == (
        Pool(id="KAZNU-BSH/6B01101", branch="KAZNU-BSH", programme="6B01101", level="bachelor", seats=3),
    )
    assert (kept.programmes[0].languages, kept.programmes[0].months) == (("ky", "ru"), 48)
    row = standing.current_rules(fresh).programme("6B01101")
    assert row is not None
    assert row.any_subject == ("math", "physics")
    assert json.loads(last(fresh).after)["tests"] == ["math", "physics"]


def test_a_programme_of_which_nobody_said_the_tests_has_no_row_yet(fresh: Office) -> None:
    add(fresh, programme(), seats=3)
    assert standing.current_rules(fresh).programme("6B01101") is None


def test_a_test_the_rules_do_not_know_is_refused(fresh: Office) -> None:
    with refuses("rules_unknown_code"):
        add(fresh, programme(), tests=("juggling",))
    assert setup(fresh).programmes == ()


def test_a_date_signatories_and_a_paper_are_added(fresh: Office) -> None:
    at = datetime(2026, 7, 20, 14, tzinfo=UTC)
    add(fresh, Deadline(code="close", at=at, names=Names(), note="по приказу 7"))
    add(fresh, Signatory(branch="KAZNU-BSH", paper="", post=names("ректор"), name=names("Асанов У.")))
    add(fresh, RequiredPaper(code="", names=names("Справка"), under_age=True))
    kept = setup(fresh)
    assert (kept.deadlines[0].names.kk, kept.deadlines[0].note) != ("", "")
    assert kept.signatories[0].name.ru == "Асанов У."
    assert (kept.required_papers[-1].code, kept.required_papers[-1].when) == ("paper-1", "under_age")


def test_a_kind_of_date_nobody_knows_is_refused(fresh: Office) -> None:
    with refuses("setup_kind_unknown"):
        add(fresh, Deadline(code="party", at=datetime(2026, 7, 1, tzinfo=UTC), names=Names()))


def test_further_seats_of_a_programme_are_added_at_another_branch(fresh: Office) -> None:
    add(fresh, programme(level="master"), seats=2)
    add(fresh, Pool(id="", branch="ENU-OSH", programme="6B01101", level="bachelor", seats=1))
    assert [(pool.id, pool.level) for pool in setup(fresh).pools] == [
        ("KAZNU-BSH/6B01101", "master"),
        ("ENU-OSH/6B01101", "master"),
    ]
    with refuses("setup_programme_unknown"):
        add(fresh, Pool(id="", branch="ENU-OSH", programme="6B0", level="bachelor", seats=1))


# ---- changing -------------------------------------------------------------------------------------------


def test_a_change_is_one_entry_about_just_that_thing(fresh: Office) -> None:
    structure.change(fresh, 0, replace(setup(fresh).branches[0], phone="0312 11"), seen(fresh))
    event = last(fresh)
    assert (event.act, event.subject) == ("setup.changed", "KAZNU-BSH")
    assert json.loads(event.before) == {"branches": {"phone": ""}}
    assert json.loads(event.after) == {"branches": {"phone": "0312 11"}}


def test_nothing_changed_is_no_act(fresh: Office) -> None:
    before = seen(fresh)
    assert structure.change(fresh, 0, setup(fresh).branches[0], before).campaign is False
    assert seen(fresh) == before


def test_a_branch_is_renamed_with_all_that_names_it(fresh: Office) -> None:
    add(fresh, programme(), seats=2, tests=("math",))
    add(fresh, Signatory(branch="KAZNU-BSH", paper="", post=names("ректор"), name=names("Асанов У.")))
    add(fresh, programme("6B02", "ENU-OSH"), seats=1)
    rules = standing.current_rules(fresh)
    quota = PoolQuotas(pool="KAZNU-BSH/6B01101", quotas=(Quota(ground="orphan", seats=1),))
    everywhere = PoolQuotas(pool=ANY_POOL, quotas=(Quota(ground="mountain", seats=1),))
    rule_changes.put(fresh, replace(rules, quotas=(quota, everywhere)), "квота")
    structure.change(fresh, 0, replace(setup(fresh).branches[0], code="KNU"), seen(fresh))
    kept = setup(fresh)
    assert [one.branch for one in kept.programmes] == ["KNU", "ENU-OSH"]
    assert [pool.id for pool in kept.pools] == ["KNU/6B01101", "ENU-OSH/6B02"]
    assert kept.signatories[0].branch == "KNU"
    assert [one.pool for one in standing.current_rules(fresh).quotas] == ["KNU/6B01101", ANY_POOL]


def test_a_programme_is_renamed_moved_and_raised_with_its_seats_and_rules(fresh: Office) -> None:
    add(fresh, programme(), seats=2, tests=("math",))
    add(fresh, programme("6B02"), seats=1)
    changed = replace(setup(fresh).programmes[0], code="7M01", branch="ENU-OSH", level="master")
    structure.change(fresh, 0, changed, seen(fresh), tests=("physics",))
    pool = setup(fresh).pools[0]
    assert (pool.id, pool.level, pool.seats) == ("ENU-OSH/7M01", "master", 2)
    rows = standing.current_rules(fresh).programmes
    assert [(row.programme, row.any_subject) for row in rows] == [("7M01", ("physics",))]
    assert json.loads(last(fresh).before)["tests"] == ["math"]


def test_the_tests_a_programme_admits_are_changed_alone(fresh: Office) -> None:
    add(fresh, programme(), seats=2)
    structure.change(fresh, 0, setup(fresh).programmes[0], seen(fresh), tests=("math",))
    assert standing.current_rules(fresh).programmes[0].any_subject == ("math",)
    before = seen(fresh)
    structure.change(fresh, 0, setup(fresh).programmes[0], before, tests=("math",))
    assert seen(fresh) == before, "said once more it changes nothing"


def test_pools_are_renamed_where_their_branch_is_put_right(fresh: Office) -> None:
    add(fresh, programme(), seats=2)
    add(fresh, Pool(id="", branch="ENU-OSH", programme="6B01101", level="bachelor", seats=1))
    structure.remove(fresh, "pools", 0, seen(fresh))
    structure.change(fresh, 0, replace(setup(fresh).pools[0], branch="KAZNU-BSH"), seen(fresh))
    assert [pool.id for pool in setup(fresh).pools] == ["KAZNU-BSH/6B01101"]
    structure.change(fresh, 0, replace(setup(fresh).pools[0], seats=5), seen(fresh))
    assert setup(fresh).pools[0].seats == 5


def test_a_code_others_hang_on_is_not_renamed(empty: Office) -> None:
    applied(empty)
    with refuses("in_use", name="KAZNU-BSH"):
        structure.change(empty, 0, replace(setup(empty).branches[0], letter="Z"), seen(empty))
    structure.change(empty, 0, replace(setup(empty).branches[0], phone="1"), seen(empty))


def test_two_changes_from_one_screen_are_not_both_taken(fresh: Office) -> None:
    before = seen(fresh)
    structure.change(fresh, 0, replace(setup(fresh).branches[0], phone="1"), before)
    with refuses("saved_by_another", by="Токтогулова А."):
        structure.change(fresh, 0, replace(setup(fresh).branches[0], phone="2"), before)


def test_the_campaign_itself_is_renamed_until_its_year_stands_in_numbers(fresh: Office) -> None:
    head = structure.head_of(setup(fresh))
    structure.change_head(fresh, replace(head, code="2027", total=7, zone="Asia/Almaty"), seen(fresh))
    kept = setup(fresh)
    assert (kept.code, kept.total, kept.zone) == ("2027", 7, "Asia/Almaty")
    assert json.loads(last(fresh).after)["total"] == 7
    for wrong in ("27", "2206", "1999", "год", "20270"):
        with refuses("year_not_likely"):
            structure.change_head(fresh, replace(head, code=wrong), seen(fresh))


def test_the_year_of_a_sealed_campaign_stays(office_at: Any) -> None:
    office = office_at("sealed")
    head = structure.head_of(setup(office))
    with refuses("campaign_code_used"):
        structure.change_head(office, replace(head, code="2027"), seen(office), reason="x")


def test_two_campaigns_do_not_have_one_year(fresh: Office) -> None:
    from grants_app.services.campaigns import create_campaign
    from grants_app.services.presets import default_rules

    other = create_campaign(
        fresh.store, fresh.clock, fresh.actor, replace(setup(fresh), code="2027"), default_rules()
    )
    assert other != fresh.campaign_id
    head = structure.head_of(setup(fresh))
    with refuses("campaign_exists"):
        structure.change_head(fresh, replace(head, code="2027"), seen(fresh))


# ---- taking away, closing -------------------------------------------------------------------------------


def test_what_nothing_hangs_on_is_taken_away(fresh: Office) -> None:
    add(fresh, programme(), seats=2, tests=("math",))
    assert structure.hanging(fresh, "programmes", 0) == ()
    structure.remove(fresh, "programmes", 0, seen(fresh))
    kept = setup(fresh)
    assert (kept.programmes, kept.pools) == ((), ())
    assert standing.current_rules(fresh).programmes == (), "its row in the rules goes with it"
    assert last(fresh).act == "setup.removed"
    for _ in setup(fresh).branches:
        structure.remove(fresh, "branches", 0, seen(fresh))
    assert setup(fresh).branches == ()


def test_a_branch_with_programmes_and_signatories_is_not_taken_away(fresh: Office) -> None:
    add(fresh, programme(), seats=2)
    add(fresh, Signatory(branch="KAZNU-BSH", paper="", post=names("ректор"), name=names("Асанов У.")))
    found = {one.code: one.count for one in structure.hanging(fresh, "branches", 0)}
    assert found == {"hanging_own_programmes": 1, "hanging_own_pools": 1, "hanging_own_signatories": 1}
    with refuses("in_use"):
        structure.remove(fresh, "branches", 0, seen(fresh))


def test_what_applications_hang_on_is_refused_by_its_reason(empty: Office) -> None:
    applied(empty)
    place = next(
        n for n, one in enumerate(setup(empty).programmes) if structure.hanging(empty, "programmes", n)
    )
    (found,) = structure.hanging(empty, "programmes", place)
    assert (found.code, found.count) == ("hanging_choices", 1)
    what = {lang: Words(lang).code("hanging_choices", count=1) for lang in LANGS}
    with refuses("in_use", what=what):
        structure.remove(empty, "programmes", place, seen(empty))
    branches = {one.code for one in structure.hanging(empty, "branches", 0)}
    assert {"hanging_applications", "hanging_numbers"} <= branches


def test_what_a_sealed_run_and_letters_hang_on_says_so(office_at: Any) -> None:
    office = office_at("sealed")
    codes = {
        one.code for n in range(len(setup(office).pools)) for one in structure.hanging(office, "pools", n)
    }
    assert {"hanging_choices", "hanging_runs", "hanging_awards"} <= codes


def test_a_paper_ticked_in_a_file_or_wanted_by_the_rules_is_not_taken_away(empty: Office) -> None:
    papers = setup(empty).required_papers
    wanted = next(n for n, one in enumerate(papers) if one.code == "id")
    assert [one.code for one in structure.hanging(empty, "required_papers", wanted)] == ["hanging_rules"]
    with refuses("in_use"):
        structure.remove(empty, "required_papers", wanted, seen(empty))
    free = next(n for n, one in enumerate(papers) if one.code == "photos")
    structure.remove(empty, "required_papers", free, seen(empty))


def test_dates_and_signatories_are_taken_away_freely(empty: Office) -> None:
    structure.remove(empty, "deadlines", 0, seen(empty))
    structure.remove(empty, "signatories", 0, seen(empty))
    assert structure.hanging(empty, "deadlines", 0) == ()


def test_a_line_that_is_there_no_more_is_said(fresh: Office) -> None:
    with refuses("setup_gone"):
        structure.remove(fresh, "deadlines", 0, seen(fresh))


def test_a_programme_is_closed_with_its_seats_given_back_first_and_opened_again(empty: Office) -> None:
    with refuses("closed_with_seats"):
        structure.close(empty, "programmes", 0, seen(empty))
    pool = next(
        n for n, one in enumerate(setup(empty).pools) if one.programme == setup(empty).programmes[0].code
    )
    structure.change(empty, pool, replace(setup(empty).pools[pool], seats=0), seen(empty))
    structure.close(empty, "programmes", 0, seen(empty))
    assert (setup(empty).programmes[0].closed, setup(empty).pools[pool].closed) == (True, True)
    assert last(empty).act == "setup.closed"
    before = seen(empty)
    structure.close(empty, "programmes", 0, before)
    assert seen(empty) == before
    structure.reopen(empty, "programmes", 0, before)
    assert (setup(empty).programmes[0].closed, setup(empty).pools[pool].closed) == (False, False)


def test_a_pool_with_seats_is_not_closed(empty: Office) -> None:
    with refuses("closed_with_seats"):
        structure.close(empty, "pools", 0, seen(empty))


def test_a_branch_is_closed_once_its_programmes_are(fresh: Office) -> None:
    add(fresh, programme())
    with refuses("closed_with_programmes"):
        structure.close(fresh, "branches", 0, seen(fresh))
    structure.close(fresh, "programmes", 0, seen(fresh))
    structure.close(fresh, "branches", 0, seen(fresh))
    assert setup(fresh).branches[0].closed
    structure.close(fresh, "required_papers", 0, seen(fresh))
    assert setup(fresh).required_papers[0].closed


def test_a_closed_date_binds_no_more(empty: Office) -> None:
    close = next(n for n, one in enumerate(setup(empty).deadlines) if one.code == "close")
    structure.close(empty, "deadlines", close, seen(empty))
    assert setup(empty).deadline("close") is None


# ---- order ----------------------------------------------------------------------------------------------


def test_things_are_put_in_order_and_the_ends_hold(fresh: Office) -> None:
    structure.move(fresh, "branches", 0, 1, seen(fresh))
    assert [one.code for one in setup(fresh).branches] == ["ENU-OSH", "KAZNU-BSH"]
    assert json.loads(last(fresh).after) == {"branches": {"place": 2}}
    before = seen(fresh)
    structure.move(fresh, "branches", 1, 5, before)
    assert seen(fresh) == before


# ---- what every act asks ---------------------------------------------------------------------------------


def test_only_who_may_set_up_does(fresh: Office) -> None:
    officer = as_role(fresh, "officer")
    version = seen(fresh)
    for act in (
        lambda: structure.add(officer, branch(), version),
        lambda: structure.change(officer, 0, branch(), version),
        lambda: structure.remove(officer, "branches", 0, version),
        lambda: structure.close(officer, "branches", 0, version),
        lambda: structure.reopen(officer, "branches", 0, version),
        lambda: structure.move(officer, "branches", 0, 1, version),
        lambda: structure.remove_emblem(officer, 0, version),
        lambda: structure.change_head(officer, structure.head_of(setup(fresh)), version),
    ):
        with refuses("not_allowed"):
            act()


def test_after_the_freeze_a_change_has_its_reason(empty: Office) -> None:
    campaign_acts.freeze(empty)
    changed = replace(setup(empty).branches[0], phone="1")
    with refuses("reason_missing"):
        structure.change(empty, 0, changed, seen(empty))
    structure.change(empty, 0, changed, seen(empty), reason="приказ 3")
    assert last(empty).reason == "приказ 3"


def test_after_the_seal_seats_and_total_change_by_order_alone(office_at: Any) -> None:
    office = office_at("sealed")
    pool = replace(setup(office).pools[0], seats=setup(office).pools[0].seats - 1)
    with refuses("seats_by_act"):
        structure.change(office, 0, pool, seen(office), reason="x")
    head = structure.head_of(setup(office))
    with refuses("seats_by_act"):
        structure.change_head(office, replace(head, total=60), seen(office), reason="x")
    structure.add(office, programme("6B09", seats_at := "KAZNU-BSH"), seen(office), reason="новая")
    assert setup(office).pools[-1].id == f"{seats_at}/6B09"


def test_rules_still_to_come_follow_too(fresh: Office) -> None:
    rules = standing.current_rules(fresh)
    later = replace(rules, in_force_from=date(2026, 8, 1), late="refused")
    rule_changes.put(fresh, later, "с августа")
    add(fresh, programme(), seats=1, tests=("math",))
    with fresh.store.reading() as reading:
        today = reading.rule_set(fresh.campaign_id, date(2026, 7, 10))
        august = reading.rule_set(fresh.campaign_id, date(2026, 8, 2))
    assert (today.late, [row.programme for row in today.programmes]) == ("with_basis", ["6B01101"])
    assert (august.late, [row.programme for row in august.programmes]) == ("refused", ["6B01101"])


def test_rules_put_in_force_hold_no_row_of_a_programme_that_is_not_there(fresh: Office) -> None:
    from grants_app.domain.ruleset import ProgrammeRule

    rules = standing.current_rules(fresh)
    foreign = ProgrammeRule(programme="6B06102", any_subject=("math",))
    rule_changes.put(fresh, replace(rules, late="refused", programmes=(foreign,)), "x")
    assert standing.current_rules(fresh).programmes == ()


# ---- pictures -------------------------------------------------------------------------------------------


def png(width: int = 64, height: int = 64) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (10, 110, 114, 128)).save(out, "PNG")
    return out.getvalue()


def test_a_branch_gets_its_own_picture_and_loses_it(fresh: Office) -> None:
    structure.put_emblem(fresh, 0, png(), seen(fresh))
    digest = setup(fresh).branches[0].emblem
    assert structure.emblem(fresh, digest) == png()
    structure.put_emblem(fresh, 1, png(), seen(fresh))
    structure.remove_emblem(fresh, 0, seen(fresh))
    assert setup(fresh).branches[0].emblem == ""
    assert structure.emblem(fresh, digest) == png(), "letters printed with it are printed with it again"
    with refuses("not_found"):
        structure.emblem(fresh, "0" * 64)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "emblem_not_png"),
        (b"GIF89a" + bytes(100), "emblem_not_png"),
        (png()[:-20], "emblem_not_png"),
        (png()[:40] + bytes(30) + png()[70:], "emblem_not_png"),
        (png() + bytes(300_000), "emblem_too_big"),
        (png(16, 64), "emblem_sides"),
        (png(64, 2100), "emblem_sides"),
    ],
    ids=("empty", "gif", "cut", "damaged", "big", "narrow", "tall"),
)
def test_what_no_letterhead_can_bear_is_refused(fresh: Office, content: bytes, code: str) -> None:
    with refuses(code):
        structure.put_emblem(fresh, 0, content, seen(fresh))


def test_what_the_list_shows_of_applications_follows_the_set_up(empty: Office) -> None:
    from grants_app.domain.application import State

    applicant = applied(empty)
    papers = setup(empty).required_papers
    held = tuple(ChecklistItem(item=paper.code, received=True) for paper in papers)
    consent = Consent(version=setup(empty).consent_version, given_on=date(2026, 7, 1), cross_border=True)
    person = applicant.entry.person
    grown = f"{person.pin[0]}02012007{person.pin[9:]}"
    person = replace(person, pin=grown, born=date(2007, 1, 2))
    entry = replace(applicant.entry, person=person, checklist=held, grounds=(), consent=consent)
    known = intake.application_by_no(empty, applicant.no)
    saved = intake.save(
        empty, intake.SaveForm(entry=entry, application=known.id, seen=known.version)
    ).application
    before = intake.application_by_no(empty, saved.no).state
    add(empty, RequiredPaper(code="essay", names=names("Эссе")))
    after = intake.application_by_no(empty, saved.no).state
    structure.close(empty, "required_papers", len(papers), seen(empty))
    assert (before, after) == (State.COMPLETE, State.INCOMPLETE)
    assert intake.application_by_no(empty, saved.no).state is before
