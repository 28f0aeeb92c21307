"""Keeping the data whole: check, backups read back, restore, the journal, the keys trusted here."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grants_app.services.files import make_folder, write_whole
from grants_app.store import backup as backups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.journal import Event
    from grants_app.domain.values import Finding
    from grants_app.services.access import Clock, Office
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
    """A backup before an act that changes much, the oldest let go; None for a server's database."""
    if office.store.engine_name != "sqlite":
        return None
    make_folder(office.folders.backups)
    with office.store.reading() as reading:
        head = reading.journal_head()
    path = office.folders.backups / f"{office.clock():%Y%m%d-%H%M%S}-{head:07}-{occasion}.sqlite"
    path.unlink(missing_ok=True)  # a copy of this very state, made in the same second
    report = office.store.backup_to(path)
    for old in sorted(office.folders.backups.glob("*.sqlite"))[:-KEPT_BACKUPS]:
        old.unlink(missing_ok=True)
    return report


@dataclass(frozen=True, slots=True)
class Restoration:
    """The backup brought back, how many applications it holds, and where the replaced database is kept."""

    file: Path
    applications: int
    kept: Path | None


def restore(address: str, source: Path, clock: Clock) -> Restoration:
    """Bring a backup back in place of the database at `address`, which is kept beside it."""
    done = backups.restore(address, source, clock)
    return Restoration(done.file, done.applications, done.kept)


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


def trust_own_key(office: Office, folder: Path) -> Path:
    """Put the campaign's public key among those this machine trusts; answers the file."""
    with office.store.reading() as reading:
        public = reading.public_key(office.campaign_id)
    path = folder / f"{office.campaign().setup.code}-{public.hex()[:8]}.pub"
    write_whole(path, base64.b64encode(public) + b"\n")
    return path
