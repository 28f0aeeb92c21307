"""What is offered while one types: districts and schools already known, a name in Latin letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants_app.domain.places import fold, places_from
from grants_app.domain.transliteration import Letters, in_latin, tables_from
from grants_app.domain.values import Names
from grants_app.paths import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grants_app.services.access import Office


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A district, or a school, with the region it lies in ("" where that was not recorded)."""

    region: str
    names: Names


@dataclass(frozen=True, slots=True)
class Known:
    """Districts of the country, then those typed before; schools typed before; how names are put in Latin."""

    districts: tuple[KnownPlace, ...] = ()
    schools: tuple[KnownPlace, ...] = ()
    tables: tuple[Letters, ...] = ()

    def latin_names(self, surname: str, given: str) -> tuple[str, ...]:
        """The name as passports of today, then older ones, may write it; empty without a name."""
        name = " ".join(f"{surname} {given}".split())
        return tuple(dict.fromkeys(in_latin(name, letters) for letters in self.tables)) if name else ()


def known(office: Office) -> Known:
    """What the fields offer: the classifier's districts of today, what this database holds, two tables."""
    today = office.today()
    places = places_from(_reference("places"))
    official = [KnownPlace(place.region, place.names) for place in places if place.in_force(today)]
    with office.store.reading() as reading:
        districts = [KnownPlace(region, Names(ru=name)) for region, name in reading.known_districts()]
        schools = [KnownPlace(region, Names(ru=name)) for region, name in reading.known_schools()]
    return Known(_once([*official, *districts]), _once(schools), tables_from(_reference("transliteration")))


def _reference(name: str) -> str:
    return shipped(f"db/reference/{name}.toml").read_text(encoding="utf-8")


def _once(places: Iterable[KnownPlace]) -> tuple[KnownPlace, ...]:
    """Each place once, however its name was written."""
    kept: dict[tuple[str, str], KnownPlace] = {}
    for place in places:
        kept.setdefault((place.region, fold(place.names.ru)), place)
    return tuple(kept.values())
