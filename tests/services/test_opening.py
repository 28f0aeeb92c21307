"""Sitting down: a new campaign, a sample, a file already there, a backup; and who sits there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.journal import Actor
from grants_app.services import beginning, intake, opening, rule_changes, standing, upkeep
from grants_app.services.access import Folders
from grants_app.services.opening import Premises
from grants_app.services.presets import default_rules
from tests import offices
from tests.services.desks import CLOSED, applied, moved_to, refuses

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


def test_the_next_campaign_is_made_beside_the_last_one_in_its_file(premises: Premises, empty: Office) -> None:
    office = beginning.new_campaign(premises, wanted(beginning.LAST, address(empty)), OFFICER)
    setup = office.campaign().setup
    assert (setup.code, setup.titles.ru, setup.sample) == ("2027", "Гранты", False)
    assert {deadline.at.year for deadline in setup.deadlines} == {2027}
    assert [c.setup.code for c in beginning.look(premises, address(empty)).campaigns] == ["2027", "2026"]
    office.store.close()
    with refuses("campaign_exists"):
        beginning.new_campaign(premises, wanted(beginning.LAST, address(empty)), OFFICER)


def test_last_years_rules_go_on_as_the_new_campaigns_first_version(premises: Premises, empty: Office) -> None:
    lowered = replace(default_rules(), version=2, legal_source="приказ 7")
    rule_changes.put(empty, lowered, "решение комиссии")
    office = beginning.new_campaign(premises, wanted(beginning.LAST, address(empty)), OFFICER)
    rules = standing.current_rules(office)
    assert (rules.version, rules.legal_source) == (1, "приказ 7")
    office.store.close()


def test_a_new_campaign_in_a_new_file_begins_from_a_preset(premises: Premises) -> None:
    own = beginning.own_address(premises)
    office = beginning.new_campaign(premises, wanted("sample", own, "2028"), OFFICER)
    assert office.campaign().setup.code == "2028"
    office.store.close()
    known = beginning.look(premises, own)
    assert [actor.name for actor in known.actors] == [OFFICER.name]


def test_a_file_elsewhere_may_hold_the_new_campaign_and_keeps_the_setups_own_name(
    premises: Premises, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite"
    unnamed = replace(wanted("sample", str(elsewhere), "autumn"), title="")
    office = beginning.new_campaign(premises, unnamed, OFFICER)
    setup = office.campaign().setup
    assert setup.titles.en == "Kazakhstan's education grants, 2026"
    assert {deadline.at.year for deadline in setup.deadlines} == {2026}, "its code is no year: dates stay"
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
