"""Districts, schools and Latin names are offered while an application is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.places import REGIONS, places_from
from grants_app.domain.values import LANGS
from grants_app.paths import shipped
from grants_app.services.register.known import known

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.services.access import Office


def test_every_district_of_the_country_is_offered_under_todays_name(
    office_at: Callable[[str], Office],
) -> None:
    office = office_at("imported")
    offered = {(place.region, place.names.ru) for place in known(office).districts}
    today = office.now().date()
    places = places_from(shipped("db/reference/places.toml").read_text(encoding="utf-8"))
    assert offered >= {(place.region, place.names.ru) for place in places if place.in_force(today)}
    assert ("KG-J", "Манас") in offered
    assert {place.region for place in places} <= set(REGIONS)
    assert all(place.names.get(lang) for place in places for lang in LANGS)


def test_what_was_recorded_before_is_offered_once(office_at: Callable[[str], Office]) -> None:
    office = office_at("imported")
    with office.store.reading() as reading:
        schools = {one.entry.school.name for one in reading.applications(office.campaign_id)} - {""}
    offered = known(office)
    assert schools <= {place.names.ru for place in offered.schools}
    assert len(offered.districts) == len({(place.region, place.names.ru) for place in offered.districts})


def test_a_latin_name_is_suggested_by_two_tables_and_none_without_a_name(
    office_at: Callable[[str], Office],
) -> None:
    offered = known(office_at("empty"))
    assert offered.latin_names("Жумабаев", "Юсуп ") == ("ZHUMABAEV IUSUP", "DZHUMABAEV YUSUP")
    assert offered.latin_names("Асанов", "Үсөн") == ("ASANOV USON",)
    assert offered.latin_names("", "") == ()
