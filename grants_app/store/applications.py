"""Applications: saved whole, stale saves refused, numbered without gaps; it does not know what they mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from grants_app.domain.application import Application, ListLine
from grants_app.store import application_tables as t
from grants_app.store.application_loading import (
    load_application,
    load_applications,
    load_by_no,
    load_by_person,
)
from grants_app.store.application_rows import PARTS, changed_parts, head_values
from grants_app.store.lines import person_line, shown_line
from grants_app.store.numbers import next_numbers
from grants_app.store.persons import PersonRepository, insert_all
from grants_app.store.rows import pairs
from grants_app.store.stale import demand_seen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from grants_app.domain.application import Conflict, Entry, State
    from grants_app.store.transaction import Transaction

_SERIES = "application"


def _blank(application: Application) -> ListLine:
    """What stands there until it is worked out."""
    return ListLine(score=None, flags=(), verified=0, state=application.state)


# Made once: building a statement costs more than running it. What is changed are the keys given with it.
_CAMPAIGN = select(t.application.c.campaign).where(t.application.c.id == bindparam("this"))
_LOCK = select(t.application.c.id).where(t.application.c.id == bindparam("this")).with_for_update()
_CHANGE = update(t.application).where(t.application.c.id == bindparam("this"))


class ApplicationRepository:
    """Applications by id."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection
        self._known: dict[int, Application] = {}

    def add(  # noqa: PLR0913 - an application is kept whole
        self,
        *,
        campaign: int,
        person_id: int,
        no: str,
        entry: Entry,
        state: State,
        entered_at: datetime,
        entered_by: str,
        late: bool = False,
        conflicts: tuple[Conflict, ...] = (),
    ) -> Application:
        """Keep a new application of a person already kept, without a score yet."""
        application = Application(
            id=0,
            campaign=campaign,
            person_id=person_id,
            no=no,
            state=state,
            entry=entry,
            conflicts=conflicts,
            entered_at=entered_at,
            entered_by=entered_by,
            late=late,
        )
        saved = replace(application, id=self.add_many([application], {})[0])
        self._known[saved.id] = saved
        return saved

    def add_many(
        self,
        applications: Sequence[Application],
        lines: Mapping[str, ListLine],
    ) -> list[int]:
        """Keep many new ones at once and answer their ids in the order given.

        A `person_id` of 0 means a person not kept yet, who is kept with it. `lines` are what the list shows,
        by number.
        """
        if not applications:
            return []
        for campaign in {application.campaign for application in applications}:
            self._transaction.demand_open(campaign, exclusive=len(applications) > 1)
        strangers = [a.entry.person for a in applications if not a.person_id]
        people = iter(PersonRepository(self._transaction).add_many(strangers))
        owned = [
            application if application.person_id else replace(application, person_id=next(people))
            for application in applications
        ]
        rows: list[dict[str, Any]] = [
            {
                **head_values(application),
                **person_line(application.entry.person, application.no),
                **shown_line(lines.get(application.no) or _blank(application)),
            }
            for application in owned
        ]
        ids = insert_all(self._transaction, t.application, rows)
        made = [replace(application, id=new) for application, new in zip(owned, ids, strict=True)]
        for table, (_, rows_of) in PARTS.items():
            parts = [row for application in made for row in rows_of(application)]
            if parts:
                self._connection.execute(table.insert(), parts)
        for application in made:
            self._transaction.touched.application(None, application)
        return ids

    def get(self, application_id: int, *, seen: int | None = None) -> Application:
        """The application, locked until the end of this transaction.

        Refused (saved_by_another) when `seen`, the version a form showed, is not the one stored.
        """
        known = self._known.get(application_id)  # locked since it was read in this transaction
        if known is None:
            if self._transaction.rows_need_locks:
                self._lock(application_id)
            known = load_application(self._connection, application_id)
            self._transaction.demand_open(known.campaign)
            self._known[application_id] = known
            self._transaction.people[known.person_id] = known.entry.person
        demand_seen(self._connection, known.version, seen, campaign=known.campaign, subject=known.no)
        return known

    def _lock(self, application_id: int) -> None:
        """Lock the campaign, then the row; from then on nobody else can save it before this transaction."""
        given = {"this": application_id}
        campaign = self._connection.execute(_CAMPAIGN, given).scalar()
        if campaign is not None:
            self._transaction.demand_open(campaign)
            self._connection.execute(_LOCK, given)

    def by_no(self, campaign_id: int, no: str) -> Application:
        """The campaign's application with this number; Refused (application_unknown) when there is none."""
        return load_by_no(self._connection, campaign_id, no)

    def by_person(self, campaign_id: int, person_id: int) -> Application | None:
        """The person's application in the campaign, or None."""
        return load_by_person(self._connection, campaign_id, person_id)

    def numbers(self, campaign_id: int) -> Mapping[str, int]:
        """The ids of the campaign's applications by number."""
        mine = select(t.application.c.no, t.application.c.id).where(t.application.c.campaign == campaign_id)
        return pairs(self._connection, mine)

    def load(self, campaign_id: int) -> list[Application]:
        """Every application of the campaign, in the order they were entered."""
        return load_applications(self._connection, campaign_id)

    def put(self, application: Application, *, seen: int | None = None) -> Application:
        """Save what changed and answer it with its new version; the person is saved by `persons.put`.

        Refused (saved_by_another) when somebody saved it after it was read: `seen`, else the version it
        carries, must be the stored one.
        """
        wanted = application.version if seen is None else seen
        before = self._known.get(application.id)  # locked since it was read in this transaction
        if before is None or before.version != wanted:
            before = self.get(application.id, seen=wanted)
        after = replace(application, version=before.version + 1)
        self._connection.execute(_CHANGE, {"this": after.id, **head_values(after)})
        changed = changed_parts(before, after)
        for table in reversed(changed):
            self._connection.execute(delete(table).where(table.c.application == after.id))
        for table in changed:
            if rows := PARTS[table][1](after):
                self._connection.execute(table.insert(), rows)
        self._known[after.id] = after
        self._transaction.touched.application(before, after)
        return after

    def set_lines(self, lines: Mapping[int, ListLine]) -> None:
        """What lists show of these, by id; it follows from what was saved, so the versions stay."""
        if lines:
            rows = [{"this": one, **shown_line(line)} for one, line in lines.items()]
            self._connection.execute(_CHANGE, rows)
        for one, line in lines.items():
            if one in self._known:
                self._known[one] = replace(self._known[one], state=line.state)

    def next_no(self, campaign_id: int, letter: str) -> str:
        """The next number of the branch's letter, as "B-0017"; given back when this is not committed."""
        return self.next_numbers(campaign_id, letter, 1)[0]

    def next_numbers(self, campaign_id: int, letter: str, count: int) -> list[str]:
        """The next `count` numbers of the branch's letter."""
        self._transaction.demand_open(campaign_id, exclusive=count > 1)
        return [
            f"{letter}-{number:04d}"
            for number in next_numbers(self._transaction, campaign_id, _SERIES, letter, count)
        ]
