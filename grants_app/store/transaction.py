"""One transaction as repositories see it: connection, clock, campaign locks; it knows no use case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from grants_app.domain.errors import Refused
from grants_app.domain.records import DuplicatePair
from grants_app.domain.reversal import ApplicationChange, AwardChange, PersonChange, TypingChange
from grants_app.store.register_tables import campaign

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from grants_app.domain.application import Application, PersonFacts
    from grants_app.domain.award import Award
    from grants_app.domain.second_look import SecondTyping

CLOSED = "closed"
_STANDING = select(campaign.c.state, campaign.c.code).where(campaign.c.id == bindparam("this"))
_SHARED, _EXCLUSIVE = _STANDING.with_for_update(read=True), _STANDING.with_for_update()


@dataclass(slots=True)
class Touched:
    """What one transaction changed, each thing as it was when the transaction first changed it."""

    applications: dict[int, ApplicationChange] = field(default_factory=dict)
    people: dict[int, PersonChange] = field(default_factory=dict)
    awards: dict[int, AwardChange] = field(default_factory=dict)
    placements: list[int] = field(default_factory=list)
    pairs: dict[int, DuplicatePair] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)
    typings: dict[tuple[int, str], TypingChange] = field(default_factory=dict)

    def application(self, before: Application | None, after: Application) -> None:
        """Note that an application was made or saved."""
        known = self.applications.get(after.id)
        first = before if known is None else known.before
        self.applications[after.id] = ApplicationChange(
            id=after.id, no=after.no, before=first, left=after.version
        )

    def person(self, person_id: int, before: PersonFacts, after: PersonFacts) -> None:
        """Note that a person was corrected."""
        known = self.people.get(person_id)
        first = before if known is None else known.before
        self.people[person_id] = PersonChange(id=person_id, before=first, left=after)

    def typing(self, application: int, criterion: str, before: SecondTyping | None) -> None:
        """Note that a second typing was kept or taken away."""
        change = TypingChange(application=application, criterion=criterion, before=before)
        self.typings.setdefault((application, criterion), change)

    def award(self, before: Award, after: Award) -> None:
        """Note that an award was changed."""
        known = self.awards.get(after.id)
        first = before if known is None else known.before
        self.awards[after.id] = AwardChange(before=first, left=after.version)


class Transaction:
    """What the repositories of one unit of work share.

    Locks are taken in one order everywhere (campaign, rows by id, number series, journal), so that two
    desks never wait for each other in a circle.
    """

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self.connection = connection
        self.now = clock
        # A writer has the whole SQLite file to itself.
        self.rows_need_locks = connection.dialect.name != "sqlite"
        # People this transaction read or wrote, while nobody else can write them.
        self.people: dict[int, PersonFacts] = {}
        self.touched = Touched()
        # The last number this transaction took from each series: campaign, kind, owner.
        self.numbers: dict[tuple[int, str, str], int] = {}
        self.codes: dict[int, str] = {}
        """Codes of the campaigns it writes in."""
        self._shared: set[int] = set()
        self._exclusive: set[int] = set()

    def demand_open(self, campaign_id: int, *, exclusive: bool = False) -> None:
        """Lock the campaign for this transaction and refuse when it is closed: every write comes here first.

        `exclusive` keeps every other writer of the campaign out: for runs, awards, imports, set-up. On
        SQLite the whole file is locked already.
        """
        if campaign_id in self._exclusive or (not exclusive and campaign_id in self._shared):
            return
        query = _EXCLUSIVE if exclusive else _SHARED
        row = self.connection.execute(query, {"this": campaign_id}).one_or_none()
        if row is None:
            raise Refused("not_found", kind="campaign", key=campaign_id)
        if row.state == CLOSED:
            raise Refused("campaign_closed", campaign=row.code)
        self.codes[campaign_id] = row.code
        (self._exclusive if exclusive else self._shared).add(campaign_id)
