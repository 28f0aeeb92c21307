"""Applications out of their rows, one or a whole campaign in a few queries."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from grants_app.domain.application import (
    AcceptedWarning,
    Application,
    ChecklistItem,
    Conflict,
    Consent,
    Entry,
    GroundClaim,
    School,
    Score,
    State,
    Version,
)
from grants_app.domain.collation import code_key
from grants_app.domain.errors import Refused
from grants_app.domain.stopping import breathing
from grants_app.store import application_tables as t
from grants_app.store.moments import date_of, moment_of, moment_or_none
from grants_app.store.person_rows import PERSON_COLUMNS, contacts, contacts_of_one, person_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import ColumnElement, Select, Table
    from sqlalchemy.engine import Connection, Row

    from grants_app.domain.application import PersonFacts

_LINE = frozenset({"sort_key", "search_key", "pin", "phone", "born", "score_key", "flags"})
# Made once: building a statement of so many columns costs more than running it.
_HEADS = (
    select(*(column for column in t.application.c if column.name not in _LINE), *PERSON_COLUMNS)
    .join(t.person, t.person.c.id == t.application.c.person)
    .order_by(t.application.c.id)
)
_HEAD = _HEADS.where(t.application.c.id == bindparam("this"))


def _rows_of(table: Table) -> Select[Any]:
    return select(table).order_by(*table.primary_key.columns)


_PARTS_OF_ONE = {
    table: _rows_of(table).where(table.c.application == bindparam("this"))
    for table in (
        t.choice,
        t.score,
        t.ground_claim,
        t.checklist_item,
        t.accepted_warning,
        t.conflict,
        t.conflict_version,
    )
}


def load_application(connection: Connection, application_id: int) -> Application:
    """The application; Refused (not_found) when there is none."""
    row = connection.execute(_HEAD, {"this": application_id}).one_or_none()
    if row is None:
        raise Refused("not_found", kind="application", key=application_id)
    phones, adults = contacts_of_one(connection, row.person)
    parts = _Parts(lambda table: connection.execute(_PARTS_OF_ONE[table], {"this": application_id}).all())
    return _application(row, person_of(row, phones.get(row.person, ()), adults.get(row.person)), parts)


def load_by_no(connection: Connection, campaign_id: int, no: str) -> Application:
    """The campaign's application with this number; Refused (application_unknown) when there is none.

    «в-0015», typed under the other layout or with letters drawn alike, is B-0015 too.
    """
    inside = t.application.c.campaign == campaign_id
    query = select(t.application.c.id).where(inside, t.application.c.no == no)
    application_id = connection.execute(query).scalar()
    if application_id is None:
        application_id = _by_key(connection, inside, code_key(no))
    if application_id is None:
        raise Refused("application_unknown", no=no)
    return load_application(connection, application_id)


def _by_key(connection: Connection, inside: ColumnElement[bool], key: str) -> int | None:
    likely = select(t.application.c.id, t.application.c.no).where(
        inside, t.application.c.search_key.contains(f" {key} ", autoescape=True)
    )
    return next((row.id for row in connection.execute(likely) if code_key(row.no) == key), None)


def load_by_person(connection: Connection, campaign_id: int, person_id: int) -> Application | None:
    """The person's application in the campaign, or None."""
    query = select(t.application.c.id).where(
        t.application.c.campaign == campaign_id, t.application.c.person == person_id
    )
    application_id = connection.execute(query).scalar()
    return None if application_id is None else load_application(connection, application_id)


def load_applications(connection: Connection, campaign_id: int) -> list[Application]:
    """Every application of the campaign, in the order they were entered."""
    inside = t.application.c.campaign == campaign_id
    heads = connection.execute(_HEADS.where(inside)).all()
    phones, adults = contacts(connection, select(t.application.c.person).where(inside))
    ids = select(t.application.c.id).where(inside)
    parts = _Parts(
        lambda table: connection.execute(_rows_of(table).where(table.c.application.in_(ids))).all()
    )
    return [
        _application(row, person_of(row, phones.get(row.person, ()), adults.get(row.person)), parts)
        for row in heads
    ]


class _Parts:
    """Everything hung on the applications, by application."""

    def __init__(self, rows: Callable[[Table], Iterable[Row[Any]]]) -> None:
        self._rows = rows
        self.choices = self._grouped(t.choice, lambda row: row[3])
        scores = _Scores()
        self.scores = self._grouped(t.score, lambda row: scores[row[2:]])
        self.grounds = self._grouped(t.ground_claim, _ground)
        self.checklist = self._grouped(t.checklist_item, _item)
        self.accepted = self._grouped(t.accepted_warning, _warning)
        self.conflicts = self._conflicts()

    def _grouped(self, table: Table, made: Callable[[Any], Any]) -> dict[int, list[Any]]:
        grouped: dict[int, list[Any]] = {}
        for row in self._rows(table):
            grouped.setdefault(row[0], []).append(made(row))
        return grouped

    def _conflicts(self) -> dict[int, list[Conflict]]:
        rows = list(self._rows(t.conflict))
        if not rows:
            return {}
        versions: dict[tuple[int, int], list[Version]] = {}
        for row in self._rows(t.conflict_version):
            made = Version(branch=row.branch, value=row.value, source=row.source)
            versions.setdefault((row.application, row.conflict), []).append(made)
        found: dict[int, list[Conflict]] = {}
        for row in breathing(rows):
            conflict = Conflict(
                field=row.field,
                versions=tuple(versions.get((row.application, row.place), ())),
                decided=row.decided,
                paper=row.paper,
                reason=row.reason,
                decided_by=row.decided_by,
                decided_at=moment_or_none(row.decided_at, row.decided_at_offset),
            )
            found.setdefault(row.application, []).append(conflict)
        return found


class _Scores(dict[tuple[Any, ...], Score]):
    """Scores by what their rows say; most come many times in a campaign, and are made once."""

    def __missing__(self, facts: tuple[Any, ...]) -> Score:
        criterion, value, source, entered_by, verified_by = facts
        score = self[facts] = Score(
            criterion=criterion,
            value=Decimal(value),
            source=source,
            entered_by=entered_by,
            verified_by=verified_by,
        )
        return score


def _ground(row: Row[*tuple[Any, ...]]) -> GroundClaim:
    _, _, ground, paper, seen, seen_by = row
    return GroundClaim(ground=ground, paper=paper, seen=seen, seen_by=seen_by)


def _item(row: Row[Any]) -> ChecklistItem:
    return ChecklistItem(
        item=row.item,
        received=row.received,
        original=row.original,
        count=row._mapping["count"],  # noqa: SLF001 - a row is a tuple: `row.count` is the tuple's method
        received_on=date_of(row.received_on),
        valid_until=date_of(row.valid_until),
        received_by=row.received_by,
        returned_to=row.returned_to,
    )


def _warning(row: Row[Any]) -> AcceptedWarning:
    return AcceptedWarning(code=row.code, field=row.field, reason=row.reason, accepted_by=row.accepted_by)


def _application(row: Row[Any], person: PersonFacts, parts: _Parts) -> Application:
    return Application(
        id=row.id,
        campaign=row.campaign,
        person_id=row.person,
        no=row.no,
        state=State(row.state),
        entry=_entry(row, person, parts),
        conflicts=tuple(parts.conflicts.get(row.id, ())),
        entered_at=moment_of(row.entered_at, row.entered_at_offset),
        entered_by=row.entered_by,
        late=row.late,
        version=row.version,
    )


def _entry(row: Row[Any], person: PersonFacts, parts: _Parts) -> Entry:
    consent = None
    if row.consent_version is not None:
        consent = Consent(
            version=row.consent_version,
            given_on=date_of(row.consent_given_on),
            cross_border=row.consent_cross_border,
            signed_by_guardian=row.consent_by_guardian,
        )
    return Entry(
        person=person,
        branch=row.branch,
        register_no=row.register_no,
        received_at=moment_or_none(row.received_at, row.received_at_offset),
        received_by=row.received_by,
        paper_language=row.paper_language,
        school=_school(row),
        scores=tuple(parts.scores.get(row.id, ())),
        choices=tuple(parts.choices.get(row.id, ())),
        grounds=tuple(parts.grounds.get(row.id, ())),
        checklist=tuple(parts.checklist.get(row.id, ())),
        consent=consent,
        asks_upgrade=row.asks_upgrade,
        late_basis=row.late_basis,
        note=row.note,
        accepted=tuple(parts.accepted.get(row.id, ())),
    )


def _school(row: Row[Any]) -> School:
    return School(
        name=row.school_name,
        kind=row.school_kind,
        type=row.school_type,
        language=row.school_language,
        region=row.school_region,
        district=row.school_district,
        graduated=row.graduated,
    )
