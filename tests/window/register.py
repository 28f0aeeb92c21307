"""What stands in the database the window writes, read from outside over a connection of its own."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from grants_app.domain.errors import Refused
from grants_app.domain.journal import Actor
from grants_app.services import drafts, runs
from grants_app.services.access import Folders, Office
from grants_app.store.engine import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grants_app.domain.application import Application
    from grants_app.services.drafts import Draft


def _now() -> datetime:
    return datetime.now(UTC)


class Register:
    """Looks into a database file, each time anew; it changes nothing."""

    def __init__(self, file: Path, officer: str) -> None:
        self._file = file
        self._officer = officer

    @contextmanager
    def office(self) -> Iterator[Office]:
        """A desk on the database as it stands now."""
        store = open_store(str(self._file), _now)
        try:
            with store.reading() as reading:
                campaign = reading.campaigns()[0].id
            yield Office(
                store=store,
                clock=_now,
                folders=Folders(self._file.parent),
                actor=Actor(name=self._officer, branch="", role="auditor"),
                campaign_id=campaign,
                reader_command=(),
            )
        finally:
            store.close()

    def acts(self) -> list[str]:
        """What was done, the oldest act first; nothing while the file is only being made."""
        with suppress(Refused), self.office() as office, office.store.reading() as reading:
            return [event.act for event in reversed(reading.recent(office.campaign_id, 10_000))]
        return []

    def applications(self, pin: str) -> list[Application]:
        """The applications with this PIN."""
        with self.office() as office, office.store.reading() as reading:
            return [one for one in reading.applications(office.campaign_id) if one.entry.person.pin == pin]

    def drafts(self) -> tuple[Draft, ...]:
        """What the officer left half typed."""
        with self.office() as office:
            return drafts.kept(office)

    def run(self) -> runs.RunView:
        """The run in force."""
        with self.office() as office:
            return runs.overview(office)
