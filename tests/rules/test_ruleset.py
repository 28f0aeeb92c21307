"""Rules as data: read, written, refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from grants_app.domain.errors import Refused
from grants_app.domain.ruleset import dump, from_data, from_toml, load
from tests.rules.rule_makers import PRESETS, preset


@pytest.mark.parametrize("name", ["ort_default", "kz_priorities", "no_quotas"])
def test_every_preset_survives_being_written_and_read(name: str) -> None:
    rules = preset(name)
    assert load(dump(rules)) == rules
    assert dump(load(dump(rules))) == dump(rules)


def test_every_preset_names_its_sources_in_every_group() -> None:
    for path in PRESETS.glob("*.toml"):
        rules = from_toml(path.read_text(encoding="utf-8"))
        groups = (*rules.measures, *rules.programmes, *rules.grounds, *rules.quotas)
        assert all(group.source for group in (*groups, rules.thresholds, rules.score, rules.ties))
        assert all(
            names.get(lang)
            for m in rules.measures
            for names in [m.names]
            for lang in ("ky", "ru", "kk", "en")
        )


def test_the_default_rules_hold_the_published_figures() -> None:
    rules = preset()
    main, math = rules.measure("ort_main"), rules.measure("math")
    assert main is not None
    assert math is not None
    assert (main.maximum, main.places, main.uncertain) == (245, 0, False)
    assert (math.maximum, math.uncertain) == (150, True)
    assert (rules.thresholds.main, rules.thresholds.subject) == (Decimal(110), Decimal(60))
    assert rules.ties.levels == ("grounds", "average", "profile", "ort_main")
    assert rules.quotas == ()
    assert rules.measure("x") is rules.programme("x") is rules.ground("x") is None
    assert rules.ground("orphan") is not None


def test_the_kazakh_preset_ranks_what_the_custom_names_and_calls_nothing_official() -> None:
    rules = preset("kz_priorities")
    ranked = [ground.code for ground in rules.grounds if ground.ranked]
    assert ranked == ["honours", "olympiad", "orphan", "disability"]
    assert rules.ties.levels == ("grounds", "average", "profile")
    assert rules.ties.uncertain
    assert all(pool.uncertain for pool in rules.quotas)


def test_a_preset_without_quotas_ranks_no_ground() -> None:
    rules = preset("no_quotas")
    assert rules.quotas == ()
    assert not any(ground.ranked for ground in rules.grounds)
    assert "grounds" not in rules.ties.levels


Change = Callable[[dict], object]
BAD: list[tuple[str, str, Change]] = [
    ("rules_unknown_key", "$.extra", lambda d: d.update(extra=1)),
    ("rules_unknown_key", "$.score.terms[0].x", lambda d: d["score"]["terms"][0].update(x=1)),
    ("rules_unreadable", "$.score.terms[0].weight", lambda d: d["score"]["terms"][0].update(weight="heavy")),
    ("rules_unreadable", "$", lambda d: d.pop("title")),
    ("rules_out_of_range", "version", lambda d: d.update(version=0)),
    ("rules_out_of_range", "measures[0].places", lambda d: d["measures"][0].update(places=7)),
    ("rules_out_of_range", "measures[0].maximum", lambda d: d["measures"][0].update(minimum="300")),
    ("rules_out_of_range", "measures[0].maximum", lambda d: d["measures"][0].update(maximum="NaN")),
    ("rules_out_of_range", "score.terms", lambda d: d["score"].update(terms=[])),
    ("rules_out_of_range", "score.terms[0].best_of", lambda d: d["score"]["terms"][0].update(best_of=2)),
    ("rules_out_of_range", "thresholds.main", lambda d: d["thresholds"].update(main="-1")),
    ("rules_out_of_range", "programmes[0].subject", lambda d: d["programmes"][0].update(subject="0.0000001")),
    ("rules_repeated_code", "measures[1]", lambda d: d["measures"][1].update(code="ort_main")),
    ("rules_repeated_code", "programmes[1]", lambda d: d["programmes"][1].update(programme="6B06102")),
    ("rules_repeated_code", "quotas[1]", lambda d: d["quotas"].append(d["quotas"][0])),
    ("rules_bad_code", "grounds[0]", lambda d: d["grounds"][0].update(code="")),
    ("rules_unknown_code", "grounds", lambda d: d["grounds"][0].update(code="open")),
    ("rules_unknown_code", "measures", lambda d: d["measures"][11].update(code="profile")),
    ("rules_unknown_code", "thresholds.main", lambda d: d["measures"][0].update(code="main")),
    (
        "rules_unknown_code",
        "programmes[0].any_subject",
        lambda d: d["programmes"][0].update(any_subject=["average"]),
    ),
    ("rules_unknown_code", "ties.levels", lambda d: d["ties"].update(levels=["arrival"])),
    ("rules_unknown_code", "quotas[0].quotas", lambda d: d["quotas"][0]["quotas"][0].update(ground="rural")),
    ("rules_unknown_code", "competing_states", lambda d: d.update(competing_states=["draft"])),
    ("rules_seats_or_percent", "quotas[0].quotas[0]", lambda d: d["quotas"][0]["quotas"][0].update(seats=1)),
    (
        "rules_seats_or_percent",
        "quotas[0].quotas[0]",
        lambda d: d["quotas"][0]["quotas"][0].update(percent=None),
    ),
    (
        "rules_out_of_range",
        "quotas[0].quotas[0].percent",
        lambda d: d["quotas"][0]["quotas"][0].update(percent="101"),
    ),
    (
        "rules_out_of_range",
        "quotas[0].quotas[0].seats",
        lambda d: d["quotas"][0]["quotas"][0].update(percent=None, seats=-1),
    ),
]


@pytest.mark.parametrize(("code", "place", "change"), BAD)
def test_bad_rules_are_refused_with_their_place(code: str, place: str, change: Change) -> None:
    data = json.loads(dump(preset("kz_priorities")))
    change(data)
    with pytest.raises(Refused) as refused:
        from_data(data)
    assert (refused.value.code, refused.value.facts["place"]) == (code, place)


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(Refused, match="rules_repeated_key"):
        load(b'{"version": 1, "version": 2}')


@pytest.mark.parametrize("text", [b"", b"[1", b"\xff"])
def test_what_is_not_json_is_refused(text: bytes) -> None:
    with pytest.raises(Refused, match="rules_unreadable"):
        load(text)


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(Refused, match="rules_unreadable"):
        from_toml("version = ")


def test_a_programme_may_ask_for_its_own_main_threshold() -> None:
    data = json.loads(dump(preset()))
    data["programmes"][0].update(main="130", subject=None)
    data["thresholds"] = {"main": None}
    rules = from_data(data)
    assert rules.programmes[0].main == Decimal(130)
    assert rules.thresholds.main is None
