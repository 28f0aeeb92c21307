"""Sitting down: a new campaign, a sample, a file already there, a backup; and who sits there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.journal import Actor
from grants_app.services import beginning, intake, opening, rule_changes, standing, upkeep
from grants_app.services.access import Folders
from grants_app.services.campaign import setup_file, structure
from grants_app.services.campaigns import create_campaign
from grants_app.services.opening import Premises
from grants_app.services.presets import default_rules, sample_rules
from tests import offices
from tests.services.desks import CLOSED, applied, as_role, moved_to, refuses
from tests.services.test_setup_structure import png

if TYPE_CHECKING:
    from pathlib import Path

    from grants_app.services.access import Office
    from grants_app.wording import Words

OFFICER = Actor(name="Асанов У.", branch="ENU-OSH", role="officer")


@pytest.fixture
def premises(tmp_path: Path) -> Premises:
    """A machine on which nothing was done yet."""
    return Premises(offices.summer, Folders(tmp_path / "own"), offices.READER)


def address(office: Office) -> str:
    return str(office.folders.data / "grants.sqlite")


# New ones


def test_the_first_start_makes_the_users_own_folder_and_an_empty_campaign(premises: Premises) -> None:
    office = beginning.begin(premises, beginning.own_address(premises), "empty", Actor(name="А.", branch=""))
    setup = office.campaign().setup
    assert (setup.code, setup.sample) == ("2026", False)
    assert office.actor.branch == setup.branches[0].code, "without a branch, the campaign's first one"
    office.store.close()
    with refuses("database_exists"):
        beginning.begin(premises, beginning.own_address(premises), "empty", OFFICER)


def test_a_preset_nobody_knows_is_named(premises: Premises) -> None:
    with refuses("preset_unknown", preset="golden"):
        beginning.begin(premises, beginning.own_address(premises), "golden", OFFICER)
    assert not premises.folders.data.exists()


def test_a_branch_of_another_campaign_is_named_with_those_there_are(premises: Premises) -> None:
    with refuses("branch_unknown", branch="MOON", known="KAZNU-BSH, ENU-OSH"):
        beginning.begin(premises, "x.sqlite", "sample", replace(OFFICER, branch="MOON"))


def test_the_sample_comes_with_its_people_and_says_so_on_its_papers(premises: Premises, words: Words) -> None:
    told: list[tuple[int, int]] = []
    premises.folders.data.mkdir()
    sample = beginning.sample_address(premises)
    office = beginning.begin_sample(
        premises, sample, OFFICER, words, lambda done, total: told.append((done, total))
    )
    assert intake.lines(office)[0] > 100
    assert office.campaign().setup.sample
    assert told == [(1, 3), (2, 3), (3, 3)]
    office.store.close()
    assert beginning.sample_address(premises) != sample, "a second sample has a file of its own"


def wanted(source: str, where: str, code: str = "2027") -> beginning.NewCampaign:
    return beginning.NewCampaign(code=code, title="Гранты", source=source, address=where)


def real(empty: Office) -> Office:
    """The desk at a real campaign beside the sample, of its own year, with the sample's programmes."""
    setup = offices.next_year(empty.campaign().setup)
    made = create_campaign(empty.store, empty.clock, empty.actor, setup, sample_rules())
    return empty.in_campaign(made)


def test_the_next_campaign_is_made_beside_the_last_one_in_its_file(premises: Premises, empty: Office) -> None:
    last = real(empty).campaign().setup
    office = beginning.new_campaign(premises, wanted(beginning.LAST, address(empty), "2028"), OFFICER)
    setup = office.campaign().setup
    assert (setup.code, setup.titles.ru, setup.sample) == ("2028", "Гранты", False)
    assert {deadline.at.year for deadline in setup.deadlines} == {2028}
    assert (setup.programmes, setup.pools, setup.signatories) == (
        last.programmes,
        last.pools,
        last.signatories,
    )
    codes = [c.setup.code for c in beginning.look(premises, address(empty)).campaigns]
    assert codes == ["2028", "2027", "2026"]
    office.store.close()
    with refuses("campaign_exists"):
        beginning.new_campaign(premises, wanted(beginning.LAST, address(empty), "2028"), OFFICER)


@pytest.mark.parametrize("code", ["", "осень", "27", "2206", "1999", "2026-2"])
def test_a_year_is_a_year(premises: Premises, code: str) -> None:
    with refuses("year_not_likely", value=code):
        beginning.new_campaign(premises, wanted("empty", beginning.own_address(premises), code), OFFICER)
    assert not premises.folders.data.exists()


def test_last_years_rules_go_on_as_the_new_campaigns_first_version(premises: Premises, empty: Office) -> None:
    lowered = replace(sample_rules(), version=2, legal_source="приказ 7")
    rule_changes.put(real(empty), lowered, "решение комиссии")
    office = beginning.new_campaign(premises, wanted(beginning.LAST, address(empty), "2028"), OFFICER)
    rules = standing.current_rules(office)
    assert (rules.version, rules.legal_source) == (1, "приказ 7")
    office.store.close()


def test_only_the_parts_chosen_are_copied(premises: Premises, empty: Office) -> None:
    last = real(empty).campaign().setup
    some = replace(
        wanted(beginning.LAST, address(empty), "2028"),
        parts=frozenset({"branches", "programmes"}),
        copy_of="2027",
    )
    office = beginning.new_campaign(premises, some, OFFICER)
    setup = office.campaign().setup
    assert (setup.branches, setup.programmes) == (last.branches, last.programmes)
    assert (setup.total, {pool.seats for pool in setup.pools}) == (0, {0})
    assert (setup.deadlines, setup.signatories, setup.required_papers) == ((), (), ())
    assert standing.current_rules(office).legal_source == default_rules().legal_source
    office.store.close()


def test_a_new_campaign_without_branches_is_begun_by_somebody_at_none(
    premises: Premises, empty: Office
) -> None:
    real(empty)
    none = replace(wanted(beginning.LAST, address(empty), "2028"), parts=frozenset({"calendar"}))
    office = beginning.new_campaign(premises, none, replace(OFFICER, branch=""))
    assert (office.campaign().setup.branches, office.actor.branch) == ((), "")
    office.store.close()


@pytest.mark.parametrize("source", ["sample", "last", "this", "file"])
def test_nothing_made_up_in_the_sample_goes_into_a_real_campaign(
    premises: Premises, empty: Office, tmp_path: Path, source: str
) -> None:
    file = tmp_path / "sample.toml"
    setup_file.export_setup(empty, file)
    asked = replace(wanted(source, address(empty)), file=file)
    if source == "this":
        office = beginning.next_campaign(empty, asked)
    else:
        office = beginning.new_campaign(premises, asked, OFFICER)
    setup = office.campaign().setup
    assert (setup.code, setup.sample) == ("2027", False)
    assert (setup.programmes, setup.pools, setup.deadlines, setup.signatories) == ((), (), (), ())
    assert [branch.code for branch in setup.branches] == ["KAZNU-BSH", "ENU-OSH"]
    assert standing.current_rules(office).programmes == ()
    if source != "this":
        office.store.close()


def test_another_year_is_begun_from_the_campaign_on_view_at_the_same_desk(empty: Office) -> None:
    desk = real(empty)
    structure.put_emblem(desk, 0, png(), desk.campaign().version)
    later = beginning.next_campaign(desk, wanted("this", "", "2028"))
    setup = later.campaign().setup
    assert (setup.code, setup.titles.ru) == ("2028", "Гранты")
    assert structure.emblem(later, setup.branches[0].emblem) == png()
    assert later.store is desk.store
    with refuses("not_allowed"):
        beginning.next_campaign(as_role(desk, "officer"), wanted("this", "", "2028"))


def test_a_new_campaign_begins_equal_from_a_file(premises: Premises, empty: Office, tmp_path: Path) -> None:
    desk = real(empty)
    structure.put_emblem(desk, 0, png(), desk.campaign().version)
    file = tmp_path / "setup.toml"
    setup_file.export_setup(desk, file)
    asked = replace(wanted("file", beginning.own_address(premises)), title="", file=file)
    office = beginning.new_campaign(premises, asked, OFFICER)
    assert office.campaign().setup == desk.campaign().setup
    assert structure.emblem(office, office.campaign().setup.branches[0].emblem) == png()
    office.store.close()
    with refuses("file_missing"):
        beginning.new_campaign(premises, replace(asked, file=None), OFFICER)


def test_a_new_campaign_in_a_new_file_begins_from_a_preset(premises: Premises) -> None:
    own = beginning.own_address(premises)
    office = beginning.new_campaign(premises, replace(wanted("empty", own, "2028"), title=""), OFFICER)
    setup = office.campaign().setup
    assert (setup.code, setup.titles.en) == ("2028", "Kazakhstan's education grants, 2028")
    assert setup.branches
    office.store.close()
    known = beginning.look(premises, own)
    assert [actor.name for actor in known.actors] == [OFFICER.name]


def test_whoever_sat_at_a_branch_that_is_gone_sits_at_the_first_one(
    premises: Premises, empty: Office
) -> None:
    where = address(empty)
    structure.change(
        empty, 0, replace(empty.campaign().setup.branches[0], code="KNU"), empty.campaign().version
    )
    office = opening.open_desk(premises, where, None)
    assert office.actor.branch == "KNU"
    office.store.close()


def test_a_file_without_a_campaign_gives_no_setup(premises: Premises, tmp_path: Path) -> None:
    from grants_app.store.engine import create_store

    create_store(str(tmp_path / "bare.sqlite"), offices.summer).close()
    with refuses("no_open_campaign"):
        beginning.source_setup(premises, beginning.LAST, str(tmp_path / "bare.sqlite"))


# Those already there


def test_whoever_worked_last_sits_there_again(premises: Premises, empty: Office) -> None:
    applied(opening.sit_down(empty, OFFICER))
    office = opening.open_desk(premises, address(empty), None)
    assert replace(office.actor, id=OFFICER.id) == OFFICER
    assert office.actor in opening.known_actors(office)
    office.store.close()


def test_sitting_down_needs_a_name_and_is_journaled(empty: Office) -> None:
    with refuses("actor_without_name"):
        opening.sit_down(empty, Actor(name="  ", branch=""))
    with refuses("branch_unknown"):
        opening.sit_down(empty, replace(OFFICER, branch="MOON"))
    opening.sit_down(empty, OFFICER)
    assert upkeep.journal(empty, act="officer.sat_down")[1][0].actor == OFFICER.name


def test_a_campaign_is_chosen_by_code_or_number_and_an_unknown_one_is_named(
    premises: Premises, empty: Office
) -> None:
    for chosen in ("2026", str(empty.campaign_id)):
        office = opening.open_desk(premises, address(empty), OFFICER, chosen)
        assert office.campaign_id == empty.campaign_id
        office.store.close()
    with refuses("campaign_unknown", campaign="1999"):
        opening.open_desk(premises, address(empty), OFFICER, "1999")


def test_a_closed_campaign_is_opened_only_when_it_is_named(premises: Premises, empty: Office) -> None:
    moved_to(empty, CLOSED)
    with refuses("no_open_campaign"):
        opening.open_desk(premises, address(empty), None)
    office = opening.open_desk(premises, address(empty), None, "2026")
    assert office.campaign().read_only
    office.store.close()
