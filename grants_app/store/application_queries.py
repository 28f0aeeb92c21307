"""Questions about applications and people: the list as searched, sorted and filtered, and single ones."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, literal, literal_column, or_, select, tuple_, union_all

from grants_app.domain.application import GONE, ApplicationLine, State
from grants_app.domain.errors import Refused
from grants_app.domain.scenario import Profile
from grants_app.store.application_loading import load_application, load_applications, load_by_no
from grants_app.store.application_tables import application, choice, duplicate_pair, person
from grants_app.store.duplicates import load_duplicates
from grants_app.store.moments import date_of, moment_or_none
from grants_app.store.people.search import steps
from grants_app.store.person_rows import ids_by_pin, ids_like, known_people
from grants_app.store.rows import pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Subquery
    from sqlalchemy.engine import Connection, Row

    from grants_app.domain.application import Application, PersonFacts
    from grants_app.domain.records import DuplicatePair
    from grants_app.domain.runs import KnownPerson
    from grants_app.store.shelf import Shelf

_a = application.c
# What each sort runs along, one index for each (application_tables.py); ids make the order complete.
_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "no": (_a.no,),
    "name": (_a.sort_key, _a.id),
    "pin": (_a.pin, _a.id),
    "phone": (_a.phone, _a.id),
    "born": (_a.born, _a.id),
    "received_at": (_a.received_at, _a.id),
    "branch": (_a.branch, _a.sort_key, _a.id),
    "first_choice": (_a.first_choice, _a.sort_key, _a.id),
    "score": (_a.score_key, _a.sort_key, _a.id),
    "state": (_a.state, _a.sort_key, _a.id),
    "verified": (_a.verified, _a.sort_key, _a.id),
}
_FEW = 4_000
_MOST_KNOWN = 1_000
_CAMPAIGN_LAST: ColumnElement[int] = literal_column("+application.campaign")
_PROFILE = ("surname", "given", "patronymic", "sex", "region")


class ApplicationQueries:
    """The part of a reading that looks at applications."""

    _connection: Connection
    _shelf: Shelf

    def application(self, application_id: int) -> Application:
        """The application; Refused (not_found) when there is none."""
        return load_application(self._connection, application_id)

    def application_by_no(self, campaign_id: int, no: str) -> Application:
        """The campaign's application with this number; Refused (application_unknown) when there is none."""
        return load_by_no(self._connection, campaign_id, no)

    def applications(self, campaign_id: int) -> list[Application]:
        """Every application of the campaign, in the order they were entered."""
        return load_applications(self._connection, campaign_id)

    def profiles(self, campaign_id: int) -> Mapping[str, Profile]:
        """The name, sex, region and school's category of everybody in the campaign, by number."""
        query = (
            select(_a.no, _a.school_kind, *(person.c[name] for name in _PROFILE))
            .join(person, person.c.id == _a.person)
            .where(_a.campaign == campaign_id)
        )
        return {
            no: Profile(
                surname=surname, given=given, patronymic=patronymic, sex=sex, region=region, school=kind
            )
            for no, kind, surname, given, patronymic, sex, region in self._connection.execute(query)
        }

    def application_lines(
        self,
        campaign_id: int,
        *,
        search: str = "",
        filters: Mapping[str, str] | None = None,
        sort: str = "name",
        descending: bool = False,
        limit: int | None = 50,
        offset: int = 0,
    ) -> tuple[int, list[ApplicationLine]]:
        """How many fit, and the page of them asked for.

        `search` finds parts of names in any spelling, numbers, PINs, documents and telephones; every word
        must fit. Where nobody does, words typed in the other layout, then with an error, are looked for.
        `filters` (state, branch, pool, first_choice, flag, kind, numbers) hold values parted by commas, any
        of which fits; a flag is work that waits, so it shows nobody who is gone. Refused: sort_unknown,
        filter_unknown.
        """
        if sort not in _SORTS:
            raise Refused("sort_unknown", key=sort, known=", ".join(_SORTS))
        total, where = self._fitting(campaign_id, self._filtered(filters or {}), search)
        order = [column.desc() if descending else column for column in _SORTS[sort]]
        if not total:
            return 0, []
        # The page is found along an index by ids alone; only its own rows are then read whole.
        page = select(_a.id).where(*where).order_by(*order).limit(limit).offset(offset).correlate(None)
        query = _LINES.where(_a.id.in_(page)).order_by(*order)
        return total, [_line(row) for row in self._connection.execute(query)]

    def application_place(
        self,
        campaign_id: int,
        application_id: int,
        *,
        search: str = "",
        filters: Mapping[str, str] | None = None,
        sort: str = "name",
        descending: bool = False,
    ) -> int | None:
        """At which row (from 0) the list so asked has the application; None where it has not."""
        columns = _SORTS[sort]
        _, where = self._fitting(campaign_id, self._filtered(filters or {}), search)
        mine = select(*columns).where(*where, _a.id == application_id)
        row = self._connection.execute(mine).one_or_none()
        if row is None:
            return None
        here, there = tuple_(*columns), tuple_(*(literal(value) for value in row))
        before = here > there if descending else here < there
        return self._connection.execute(
            select(func.count()).select_from(application).where(*where, before)
        ).scalar_one()

    def _filtered(self, filters: Mapping[str, str]) -> list[ColumnElement[bool]]:
        where: list[ColumnElement[bool]] = []
        for key, given in filters.items():
            values = [value.strip() for value in given.split(",") if value.strip()]
            if not values:
                continue
            if key in ("state", "branch", "first_choice"):
                where.append(_a[key].in_(values))
            elif key == "numbers":
                where.append(_a.no.in_(values))
            elif key == "kind":
                where.append(_a.school_kind.in_(values))
            elif key == "pool":
                where.append(exists().where(choice.c.application == _a.id, choice.c.pool.in_(values)))
            elif key == "flag":
                where += [or_(*(_flagged(value) for value in values)), _a.state.not_in(sorted(GONE))]
            else:
                raise Refused("filter_unknown", key=key)
        return where

    def _fitting(
        self, campaign_id: int, filtered: list[ColumnElement[bool]], search: str
    ) -> tuple[int, list[ColumnElement[bool]]]:
        """How many fit what was typed, and how it was understood: by the first step that finds anybody.

        A filter that hides those whom a step finds does not make the search look further.
        """
        total, where = 0, []
        for step in steps(self._connection, search, lambda: self._shelf.words.vocabulary(self._connection)):
            # A few rows found through the index of trigrams are fetched by their ids; SQLite would sooner
            # walk through the whole campaign and ask of everybody whether the index found them.
            inside = (_CAMPAIGN_LAST if step.few else _a.campaign) == campaign_id
            where = [inside, *filtered, *step.where]
            count = select(func.count()).select_from(application).where(*where)
            total = self._connection.execute(count).scalar_one()
            if total > _FEW:
                where[0] = _a.campaign == campaign_id  # enough to meet a page of them soon, in order
            anybody = select(exists().where(inside, *step.where))
            if total or (filtered and self._connection.execute(anybody).scalar_one()):
                break
        return total, where

    def known_districts(self) -> Sequence[tuple[str, str]]:
        """Districts recorded of people and schools, each with its region, the commonest first."""
        of_people = select(person.c.region.label("region"), person.c.district.label("name"))
        of_schools = select(_a.school_region, _a.school_district)
        return self._known(union_all(of_people, of_schools).subquery())

    def known_schools(self) -> Sequence[tuple[str, str]]:
        """Schools recorded, each with its region, the commonest first."""
        return self._known(select(_a.school_region.label("region"), _a.school_name.label("name")).subquery())

    def _known(self, names: Subquery) -> Sequence[tuple[str, str]]:
        query = (
            select(names.c.region, names.c.name)
            .where(names.c.name != "")
            .group_by(names.c.region, names.c.name)
            .order_by(func.count().desc(), names.c.name)
            .limit(_MOST_KNOWN)
        )
        return [(row[0], row[1]) for row in self._connection.execute(query)]

    def people_with_pin(self, campaign_id: int, pin: str) -> Sequence[KnownPerson]:
        """Those who carry the PIN now or once did, with their application of the campaign."""
        return known_people(self._connection, campaign_id, ids_by_pin(self._connection, pin))

    def people_like(self, campaign_id: int, facts: PersonFacts) -> Sequence[KnownPerson]:
        """People worth comparing with these facts, the surest first."""
        return known_people(self._connection, campaign_id, ids_like(self._connection, facts))

    def person_ids_by_pin(self) -> Mapping[str, int]:
        """Everybody's id by PIN; of two with one PIN the first."""
        query = select(person.c.pin, person.c.id).where(person.c.pin != "").order_by(person.c.id.desc())
        return pairs(self._connection, query)

    def duplicates(self, campaign_id: int) -> Sequence[DuplicatePair]:
        """Likely duplicates, decided ones included, the likeliest first."""
        return load_duplicates(self._connection, campaign_id)


_SHOWN = (
    "id",
    "no",
    "pin",
    "phone",
    "branch",
    "first_choice",
    "score",
    "state",
    "own_flags",
    "flags",
    "verified",
    "received_at",
    "received_at_offset",
    "born",
    "version",
)


def _flagged(flag: str) -> ColumnElement[bool]:
    if flag == "duplicate":
        return exists().where(
            duplicate_pair.c.decided == "",
            or_(duplicate_pair.c.first == _a.id, duplicate_pair.c.second == _a.id),
        )
    return or_(
        _a.own_flags.contains(f" {flag} ", autoescape=True), _a.flags.contains(f" {flag} ", autoescape=True)
    )


# Made once: building a statement of so many columns costs more than running it.
_LINES = select(
    *(_a[name] for name in _SHOWN),
    person.c.surname,
    person.c.given,
    person.c.patronymic,
    _flagged("duplicate").label("doubted"),
).join(person, person.c.id == _a.person)


def _line(row: Row[*tuple[Any, ...]]) -> ApplicationLine:
    doubted = ("duplicate",) if row.doubted else ()
    flags = dict.fromkeys((*row.own_flags.split(), *doubted, *row.flags.split()))
    return ApplicationLine(
        id=row.id,
        no=row.no,
        surname=row.surname,
        given=row.given,
        patronymic=row.patronymic,
        pin=row.pin,
        phone=row.phone,
        branch=row.branch,
        first_choice=row.first_choice,
        score=None if row.score is None else Decimal(row.score),
        state=State(row.state),
        flags=tuple(flags),
        verified=row.verified,
        received_at=moment_or_none(row.received_at, row.received_at_offset),
        born=date_of(row.born),
        version=row.version,
    )
