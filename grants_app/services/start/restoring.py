"""Bringing a backup back: what it is and what would be lost is told first, then it becomes a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from grants_app.domain.values import Names
from grants_app.services.office import rights
from grants_app.services.office.memory import Memory
from grants_app.store.backup import read_back
from grants_app.store.database import restoring as store
from grants_app.store.database.state import NumberRange
from grants_app.store.engine import is_server, open_store
from grants_app.store.sqlite import is_copy

if TYPE_CHECKING:
    from grants_app.domain.journal import Actor
    from grants_app.services.opening import Premises


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A backup as it is before it is brought back.

    `codes` and `titles` are its campaigns, the newest first; `last_at` is the moment of its journal's last
    entry, which is entry `journal`. `lost` are the entries this machine has seen beyond that, `void` the
    numbers that were given out since and will not be given again.
    """

    file: Path
    codes: tuple[str, ...]
    titles: tuple[Names, ...]
    last_at: datetime | None
    applications: int
    journal: int
    lost: tuple[int, int] | None
    void: tuple[NumberRange, ...]
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """A backup brought back: from which file, to where, and where what it replaced is kept."""

    file: Path
    target: str
    applications: int
    journal: int
    codes: tuple[str, ...]
    last_at: datetime | None
    database: str
    parent: str
    lost: tuple[int, int] | None
    void: tuple[NumberRange, ...]
    kept: Path | None


def look(premises: Premises, file: Path) -> Source:
    """What a backup is and what restoring it beside would leave out; Refused when it is none, or damaged."""
    facts = read_back(file)
    remembered = Memory(premises.folders).remembered(facts.database)
    told = store.foresee(file, facts, remembered)
    return Source(
        file=file,
        codes=facts.codes,
        titles=facts.titles,
        last_at=_moment(facts.last_at),
        applications=facts.applications,
        journal=facts.journal_seq,
        lost=told.lost,
        void=told.void,
        marked=is_copy(file),
    )


def is_backup(file: Path) -> bool:
    """Whether the file says of itself that it is a backup; those of earlier versions do not say it."""
    return is_copy(file)


def free_name(premises: Premises, file: Path, near: str) -> Path:
    """A free name beside the database `near` (else beside the user's own files) for what a backup becomes."""
    folder = premises.folders.data if not near or is_server(near) else Path(near).absolute().parent
    stem = file.stem if not near or is_server(near) else Path(near).stem
    names = (f"{stem}-restored.sqlite", *(f"{stem}-restored-{number}.sqlite" for number in range(2, 1000)))
    return next(path for name in names if not (path := folder / name).exists())


def restore(
    premises: Premises, address: str, file: Path, actor: Actor, *, beside: bool = False
) -> Restoration:
    """Bring a backup back at the address; what stood there is kept beside it, with `beside` it is refused."""
    permit = rights.demand(actor, "restore")
    memory = Memory(premises.folders)
    facts = read_back(file)
    premises.make_room(address)
    done = store.restore(
        address,
        file,
        premises.clock,
        permit=permit,
        remembered=memory.remembered(facts.database),
        beside=beside,
    )
    opened = open_store(done.target, premises.clock, backups=premises.folders.backups)
    try:
        with opened.reading() as reading:
            memory.saw(reading.state())
    finally:
        opened.close()
    return Restoration(
        file=file,
        target=done.target,
        applications=facts.applications,
        journal=facts.journal_seq,
        codes=facts.codes,
        last_at=_moment(facts.last_at),
        database=done.database,
        parent=done.parent,
        lost=done.lost,
        void=done.void,
        kept=done.kept,
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
