"""Keeping the data whole: check, backups read back, the journal."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from grants_app.domain.errors import Refused
from grants_app.services.files import make_folder, write_whole
from grants_app.store.database.leftovers import unfinished

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.journal import Event
    from grants_app.domain.values import Finding
    from grants_app.services.access import Folders, Office
    from grants_app.store.backup import BackupFacts

KEPT_BACKUPS = 30


def check(office: Office) -> tuple[Finding, ...]:
    """Everything found wrong with the database, the journal's chain and the ledger; empty when in order."""
    return office.store.check()


def backup(office: Office, path: Path) -> BackupFacts:
    """Copy the database to `path` and read the copy back; Refused when either fails."""
    permit = office.demand("backup")
    report = office.store.backup_to(path)
    with office.store.work(permit) as work:
        work.journal.add("backup.made", path.name, campaign=office.campaign_id)
        work.commit()
    return report


def automatic_backup(office: Office, occasion: str) -> BackupFacts | None:
    """A backup before an act that changes much, the oldest let go; None for a server's database.

    Its name begins with the database's id and the journal's position, so that databases never push out each
    other's and a wrong clock does no harm. It is copied to the second folder where that is there.
    """
    if office.store.engine_name != "sqlite":
        return None
    folder = office.folders.backups
    make_folder(folder)
    with office.store.reading() as reading:
        state = reading.state()
    path = folder / f"{state.database}-{state.journal:09}-{occasion}.sqlite"
    fresh = folder / f".{path.name}.{uuid.uuid4().hex[:8]}.new" if path.exists() else path
    report = office.store.backup_to(fresh)
    if fresh != path:
        fresh.replace(path)  # an earlier copy of this very state is replaced, never missed
    _let_go(folder, state.database, path)
    second = second_folder(office.folders)
    if second is not None and second.is_dir():
        _copy_to(second, path, state.database)
    return replace(report, file=path)


def _let_go(folder: Path, database: str, made: Path) -> None:
    """Delete a database's oldest backups by its journal's position, never the one just made."""
    known = sorted(file for file in folder.glob(f"{database}-*.sqlite") if file != made)
    for old in known[: max(0, len(known) + 1 - KEPT_BACKUPS)]:
        old.unlink(missing_ok=True)


def _copy_to(second: Path, path: Path, database: str) -> None:
    """The backup in the second folder too; where that fails, `backup_place` says that it lacks it."""
    copy = second / path.name
    with contextlib.suppress(OSError):
        with unfinished(copy) as part:
            shutil.copyfile(path, part)
            part.replace(copy)
        _let_go(second, database, copy)


class _Second(msgspec.Struct, frozen=True):
    folder: str


def second_folder(folders: Folders) -> Path | None:
    """The second folder backups are copied to on this machine; None when none is set."""
    try:
        return Path(msgspec.json.decode(folders.second_backups.read_bytes(), type=_Second).folder)
    except (OSError, msgspec.DecodeError):  # never set
        return None


def set_second_folder(office: Office, folder: Path | None) -> BackupFacts | None:
    """Copy every automatic backup to this folder too from now on, beginning with one made now; None: no more.

    Refused where it is not there, or is where backups lie already.
    """
    office.demand("backup")
    if folder is None:
        office.folders.second_backups.unlink(missing_ok=True)
        return None
    if not folder.is_dir():
        raise Refused("folder_missing", folder=str(folder))
    own = office.folders.backups
    if folder.resolve() == own.resolve():
        raise Refused("second_folder_is_first", folder=str(folder))
    if not os.access(folder, os.W_OK):
        raise Refused("cannot_write", file=str(folder), why="")
    write_whole(office.folders.second_backups, msgspec.json.encode(_Second(str(folder.absolute()))))
    return automatic_backup(office, "second")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPlace:
    """Where this database's backups lie and when the last one was made.

    `folder` is None for a server's database: its administrator makes the copies. `second` is the second
    folder where one is set; `second_state` says whether it is `there`, `absent` (a stick not plugged in),
    or `lacking` the newest backup.
    """

    folder: Path | None
    last: datetime | None
    second: Path | None
    second_state: Literal["none", "there", "absent", "lacking"]


def backup_place(office: Office) -> BackupPlace:
    """What is to be said of backups, on the first page, in the status bar, before a campaign is ready."""
    last = last_backup(office)
    if office.store.engine_name != "sqlite":
        return BackupPlace(folder=None, last=last, second=None, second_state="none")
    second = second_folder(office.folders)
    return BackupPlace(
        folder=office.folders.backups,
        last=last,
        second=second,
        second_state="none" if second is None else _state_of(second, _own(office)),
    )


def _state_of(second: Path, own: Sequence[Path]) -> Literal["there", "absent", "lacking"]:
    if not second.is_dir():
        return "absent"
    return "lacking" if own and not (second / own[-1].name).exists() else "there"


def _own(office: Office) -> list[Path]:
    """The automatic backups of this database, the newest last."""
    with office.store.reading() as reading:
        database = reading.state().database
    return sorted(office.folders.backups.glob(f"{database}-*.sqlite"))


def last_backup(office: Office) -> datetime | None:
    """When the newest copy was made, by the program itself or on somebody's wish; None when never."""
    with office.store.reading() as reading:
        _, events = reading.events(None, act="backup.made", limit=1)
    moments = [datetime.fromisoformat(event.at) for event in events]
    moments += [datetime.fromtimestamp(file.stat().st_mtime, UTC) for file in _own(office)[-1:]]
    return max(moments, default=None)


def journal(
    office: Office,
    *,
    act: str = "",
    actor: str = "",
    subject: str = "",
    limit: int = 200,
    offset: int = 0,
) -> tuple[int, Sequence[Event]]:
    """How many events fit the filters, and the page of them asked for, the newest first."""
    with office.store.reading() as reading:
        return reading.events(
            office.campaign_id, act=act, actor=actor, subject=subject, limit=limit, offset=offset
        )
