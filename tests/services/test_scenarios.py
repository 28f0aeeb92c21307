"""What-ifs are tried and kept while nothing official moves; what hangs by a thread is told before sealing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from grants_app.domain import scenario as documents
from grants_app.domain.campaign import CampaignState
from grants_app.domain.papers import Column, Table
from grants_app.domain.scenario import DIMENSIONS, ScoreChange, WhatIf
from grants_app.domain.sensitivity import Fragile
from grants_app.domain.values import Finding
from grants_app.services import campaigns, runs, scenarios, sensitivity, upkeep
from grants_app.services.fragile_words import after_text, why_text
from grants_app.services.naming import Naming
from grants_app.wording import Words
from tests.makers import PERMIT
from tests.services.desks import as_role, moved_to, refuses
from tests.services.test_runs import tied

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.services.access import Office


def heavier(changed: WhatIf, weight: str = "3") -> WhatIf:
    """The main test's weight made another."""
    score = changed.rules.score
    terms = (replace(score.terms[0], weight=Decimal(weight)), *score.terms[1:])
    return replace(changed, rules=replace(changed.rules, score=replace(score, terms=terms)))


def test_a_changed_weight_shows_gains_and_losses_that_add_up(office_at: Callable[[str], Office]) -> None:
    held = scenarios.held(office_at("settled"))
    outcome = scenarios.what_if(held, heavier(scenarios.begun(held)))
    gained, lost = outcome.effect.count("gained"), outcome.effect.count("lost")
    assert gained > 0
    assert outcome.after - outcome.before == gained - lost
    for dimension in DIMENSIONS:
        tallies = outcome.totals[dimension]
        assert sum(tally.before for tally in tallies) == outcome.before
        assert sum(tally.after for tally in tallies) == outcome.after
    assert {tally.key for tally in outcome.totals["sex"]} >= {"F", "M"}
    assert held.people[outcome.effect.awards[0].application].full_name


def test_a_new_scenario_changes_nothing(office_at: Callable[[str], Office]) -> None:
    held = scenarios.held(office_at("settled"))
    outcome = scenarios.what_if(held, scenarios.begun(held))
    assert outcome.effect.awards == ()
    assert outcome.before == outcome.after


def test_nothing_official_moves_when_a_scenario_is_tried_and_kept(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    run = runs.propose(office)
    held = scenarios.held(office)
    changed = heavier(scenarios.begun(held))
    scenarios.what_if(held, changed)
    scenarios.keep(office, "Тяжелее", changed)
    view = runs.overview(office)
    assert (view.no, view.outdated, view.result) == (run.no, False, run.result)


# ---- what it is compared with ---------------------------------------------------------------------------


def test_without_a_run_a_scenario_is_compared_with_what_proposing_now_would_give(
    office_at: Callable[[str], Office],
) -> None:
    basis = scenarios.held(office_at("empty")).basis
    assert (basis.kind, basis.run, basis.outdated) == ("now", 0, False)


def test_a_draft_is_what_a_scenario_is_compared_with_until_one_is_sealed(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("settled")
    run = runs.propose(office)
    basis = scenarios.held(office).basis
    assert (basis.kind, basis.run, basis.outdated) == ("draft", run.no, False)
    assert basis.result == run.result
    sealed = scenarios.held(office_at("sealed")).basis
    assert sealed.kind == "sealed"


def test_a_register_changed_since_the_run_is_said(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    runs.propose(office)
    campaign = office.campaign()
    setup = replace(campaign.setup, total=campaign.setup.total + 10)
    campaigns.change_setup(as_role(office, "chair"), setup, campaign.version, "приказ 7")
    assert scenarios.held(office).basis.outdated


# ---- kept under a name ----------------------------------------------------------------------------------


def test_a_scenario_is_kept_opened_renamed_and_removed(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    held = scenarios.held(office)
    changed = heavier(scenarios.begun(held))
    scenarios.keep(office, "  Тяжелее ", changed)
    record = scenarios.by_name(office, "Тяжелее")
    assert scenarios.opened(held, record) == scenarios.Opened(changed)
    assert record.saved_by == office.actor.name
    scenarios.rename(office, "Тяжелее", "Втрое")
    assert [one.name for one in scenarios.kept(office)] == ["Втрое"]
    removed = scenarios.remove(office, "Втрое")
    assert scenarios.kept(office) == ()
    scenarios.bring_back(office, removed)
    assert scenarios.opened(held, scenarios.by_name(office, "Втрое")).changed == changed
    acts = [event.act for event in upkeep.journal(office)[1] if event.act.startswith("scenario.")]
    assert sorted(acts) == ["scenario.kept", "scenario.kept", "scenario.removed", "scenario.renamed"]


def test_a_name_is_given_once(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    changed = scenarios.begun(scenarios.held(office))
    scenarios.keep(office, "А", changed)
    with refuses("scenario_name_taken", name="А"):
        scenarios.keep(office, "А", changed)
    scenarios.keep(office, "А", heavier(changed), replacing="А")
    scenarios.keep(office, "Б", changed)
    with refuses("scenario_name_taken", name="А"):
        scenarios.rename(office, "Б", "А")


@pytest.mark.parametrize("name", ["", "  ", "a" * 65, "a\nb"])
def test_a_name_that_is_none_is_refused(office_at: Callable[[str], Office], name: str) -> None:
    office = office_at("settled")
    with refuses("scenario_name_missing"):
        scenarios.keep(office, name, scenarios.begun(scenarios.held(office)))


def test_there_is_an_end_to_how_many_are_kept(
    office_at: Callable[[str], Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenarios, "MOST_KEPT", 1)
    office = office_at("settled")
    changed = scenarios.begun(scenarios.held(office))
    scenarios.keep(office, "А", changed)
    with refuses("scenarios_too_many", most=1):
        scenarios.keep(office, "Б", changed)


def test_a_scenario_there_is_none_of_is_refused(office_at: Callable[[str], Office]) -> None:
    office = office_at("empty")
    for act in (scenarios.by_name, scenarios.remove):
        with refuses("scenario_unknown", name="Нет"):
            act(office, "Нет")


def test_only_who_may_run_keeps_scenarios_but_everybody_may_try_them(
    office_at: Callable[[str], Office],
) -> None:
    office = as_role(office_at("settled"), "auditor")
    changed = scenarios.begun(held := scenarios.held(office))
    assert scenarios.what_if(held, changed).effect.awards == ()
    with refuses("not_allowed"):
        scenarios.keep(office, "А", changed)


def test_a_closed_campaign_keeps_no_scenario(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    changed = scenarios.begun(scenarios.held(office))
    moved_to(office, CampaignState.CLOSED)
    with refuses("campaign_closed"):
        scenarios.keep(office, "А", changed)


def test_a_kept_scenario_is_brought_to_the_campaign_as_it_stands(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    held = scenarios.held(office)
    now = scenarios.begun(held)
    first, *others = now.seats
    gone = ScoreChange(application="X-9999", criterion="math", value=Decimal(1))
    there = ScoreChange(application=next(iter(held.people)), criterion="math", value=Decimal(1))
    old = replace(now, seats={"KAZNU-BSH/OLD": 4, first: 1}, scores=(gone, there))
    scenarios.keep(office, "Прошлогодний", old)
    opened = scenarios.opened(held, scenarios.by_name(office, "Прошлогодний"))
    assert opened.changed.seats == {first: 1, **{pool: now.seats[pool] for pool in others}}
    assert opened.changed.scores == (there,)
    assert opened.notes == (
        Finding("scenario_pool_gone", {"pool": "KAZNU-BSH/OLD"}),
        Finding("scenario_person_gone", {"application": "X-9999"}),
    )


def test_a_spoilt_document_is_refused_and_can_be_removed(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    held = scenarios.held(office)
    scenarios.keep(office, "А", scenarios.begun(held))
    spoilt = replace(scenarios.by_name(office, "А"), document="{}")
    with office.store.work(PERMIT) as work:
        work.scenarios.put(spoilt)
        work.commit()
    with refuses("scenario_unreadable"):
        scenarios.opened(held, scenarios.by_name(office, "А"))
    assert scenarios.remove(office, "А").document == "{}"
    with refuses("scenario_unreadable"):
        documents.load("{}")


# ---- what hangs by a thread -------------------------------------------------------------------------------


def test_what_hangs_by_a_thread_is_told_of_the_run_in_force(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    without = sensitivity.warnings(office)
    assert without.run == 0
    run = runs.propose(office)
    found = sensitivity.warnings(office)
    assert (found.run, found.outdated, found.awards) == (run.no, False, len(run.result.awards))
    assert found.fragile == without.fragile
    assert found.holders()
    assert set(found.holders()) <= {award.application for award in run.result.awards}
    assert set(found.holders("score")) <= set(found.holders())


def test_a_sealed_run_is_looked_at_by_its_own_decisions(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    found = sensitivity.warnings(office, 1)
    assert (found.run, found.outdated) == (1, False)
    assert found.awards == len(runs.overview(office).result.awards)


def test_a_run_the_register_has_left_behind_is_said_to_be(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    tied(office)
    found = sensitivity.warnings(office, 1)
    assert (found.run, found.outdated) == (1, True)


def test_looking_may_be_bounded_and_says_how_far_it_is(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    steps: list[tuple[int, int]] = []
    found = sensitivity.warnings(office, progress=lambda *step: steps.append(step), most=0)
    assert found.left > 0
    assert steps[-1][0] == steps[-1][1]


def test_what_a_grant_hangs_on_is_said_in_the_readers_words(office_at: Callable[[str], Office]) -> None:
    held = scenarios.held(office_at("empty"))
    rules, pool = held.ranked.ruleset, held.setup.pools[0]
    naming = Naming(Words("ru"), held.setup, rules)
    points = {"has_points": "1", "would_points": "0.95"}

    def line(code: str, **facts: str) -> Fragile:
        return Fragile(application="B-0001", pool=pool.id, kind="weight", why=Finding(code, points | facts))

    named = line("fragile_threshold_main_of_programme", programme=pool.programme)
    gone = line("fragile_threshold_main_of_programme", programme="6B00000")
    profile = line("fragile_weight", criterion="profile")
    assert why_text(naming, profile) == "Вес «профильный предмет»: 0,95 вместо 1"
    assert held.setup.programme(pool.programme).names.ru in why_text(naming, named)
    assert "6B00000" in why_text(naming, gone)
    assert after_text(naming, profile) == "нет гранта"
    assert after_text(naming, replace(profile, tied=True)) == "равенство, решает комиссия"
    assert after_text(naming, replace(profile, after=pool.id)) == naming.programme(pool.id)


def test_a_comparison_is_written_whole_and_noted(office_at: Callable[[str], Office], tmp_path: Path) -> None:
    office = office_at("empty")
    made = Table(title="Сценарий", columns=(Column("what", "What"),), rows=(("=1",), ("2",)))
    assert scenarios.write(office, Words("ru"), made, "csv", tmp_path / "a.csv") == 2
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[0] == "Что"
    assert upkeep.journal(office, act="list.exported")[1][0].subject == "scenario"
