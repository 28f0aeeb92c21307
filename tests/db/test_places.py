"""The places of the country are whole, dated and coded as the classifier codes them."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

from grants_app.domain.places import REGIONS
from grants_app.paths import shipped
from grants_app.wording import LANGUAGES


def _places() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(shipped("db/reference/places.toml").read_text(encoding="utf-8"))


def _in_force(day: dt.date) -> list[dict[str, Any]]:
    return [
        place
        for place in _places()["places"]
        if place["valid_from"] <= day <= place.get("valid_to", dt.date.max)
    ]


def test_the_nine_regions_are_those_of_the_standard_each_with_a_code_of_its_own() -> None:
    regions = _places()["regions"]
    assert {region["iso"] for region in regions} == set(REGIONS)
    assert len({region["soate"] for region in regions}) == len(REGIONS)


def test_every_place_lies_in_the_region_its_code_says() -> None:
    data = _places()
    prefixes = {region["iso"]: region["soate"][:5] for region in data["regions"]}
    for place in data["places"]:
        assert len(place["soate"]) == 14
        assert place["soate"].isdigit()
        assert place["soate"].startswith(prefixes[place["region"]])


def test_a_code_stands_for_one_place_at_a_time() -> None:
    for day in (dt.date(2020, 1, 1), dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2026, 8, 15)):
        codes = [place["soate"] for place in _in_force(day)]
        assert len(codes) == len(set(codes)) == 58


def test_the_city_of_jalal_abad_is_called_manas_since_2025() -> None:
    def name(day: dt.date) -> str:
        return next(place["ky"] for place in _in_force(day) if place["soate"] == "41703410000000")

    assert (name(dt.date(2024, 12, 31)), name(dt.date(2025, 1, 1))) == ("Жалал-Абад", "Манас")


def test_a_manas_district_is_in_talas_too() -> None:
    found = {
        (place["region"], place["kind"]) for place in _in_force(dt.date(2026, 1, 1)) if "Манас" in place["ky"]
    }
    assert found == {("KG-J", "city"), ("KG-T", "district")}


def test_every_region_and_every_place_has_a_name_in_four_languages() -> None:
    data = _places()
    unnamed = [
        (one["soate"], lang)
        for one in (*data["regions"], *data["places"])
        for lang in LANGUAGES
        if not str(one.get(lang, "")).strip()
    ]
    assert unnamed == []


def test_a_district_is_called_a_district_in_every_language() -> None:
    ends = {"ky": " району", "ru": " район", "kk": " ауданы", "en": " district"}
    for place in _places()["places"]:
        called = {lang for lang, end in ends.items() if place[lang].endswith(end)}
        assert called == (set(ends) if place["kind"] == "district" else set()), place["soate"]
