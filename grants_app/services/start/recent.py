"""The files opened before, the last one first; it opens none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from grants_app.domain.errors import Refused
from grants_app.services.files import write_whole
from grants_app.store.engine import is_server

if TYPE_CHECKING:
    from grants_app.services.access import Folders, Office
    from grants_app.services.opening import Premises

MOST = 10


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    address: str
    campaign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentFile:
    """A file opened before: where it is, the campaign that was on view, and whether it is there now."""

    address: str
    name: str
    folder: str
    campaign: str
    there: bool


def recent_files(folders: Folders) -> tuple[RecentFile, ...]:
    """The files opened before, the last one first, those that are gone among them."""
    return tuple(_file(entry) for entry in _read(folders))


def reopen(premises: Premises) -> Office | None:
    """A desk on what was open last, in the campaign that was on view; None where nothing ever was.

    Refused (last_file_missing) when it is gone. Before anything was remembered it is the user's own file.
    """
    from grants_app.services import beginning, opening

    entries = _read(premises.folders)
    if not entries:
        own = beginning.own_address(premises)
        return opening.open_desk(premises, own, None, shown=True) if Path(own).exists() else None
    last = _file(entries[0])
    if not last.there:
        raise Refused("last_file_missing", file=last.address)
    return opening.open_desk(premises, last.address, None, last.campaign, shown=True)


def opened(folders: Folders, office: Office) -> None:
    """Remember what is open now as the last one; a server's password is never kept."""
    address = without_password(office.store.address)
    entry = _Entry(address=address, campaign=office.campaign().setup.code)
    others = [one for one in _read(folders) if one.address != address]
    _write(folders, [entry, *others][:MOST])


def forget(folders: Folders, address: str) -> None:
    """Take a file out of the list; the file itself stays where it is."""
    _write(folders, [one for one in _read(folders) if one.address != address])


def without_password(address: str) -> str:
    """The address as it may be written down and shown."""
    if not is_server(address):
        return address
    parts = urlsplit(address)
    user, at, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=user.partition(":")[0] + at + host).geturl()


def place_of(address: str, campaign: str = "") -> RecentFile:
    """A database by its name and the folder it is in, or the server."""
    if is_server(address):
        parts = urlsplit(without_password(address))
        name, folder, there = parts.path.strip("/"), parts.netloc.rpartition("@")[2] or parts.query, True
    else:
        path = Path(address)
        name, folder, there = path.name, str(path.parent), path.exists()
    return RecentFile(address=address, name=name, folder=folder, campaign=campaign, there=there)


def same_file_key(address: str) -> str:
    """What two addresses of one database have in common, whatever links lead to it."""
    return without_password(address) if is_server(address) else str(Path(address).resolve())


def to_open(premises: Premises) -> str:
    """The address a start without one opens: what was open last, else the user's own file."""
    from grants_app.services import beginning

    entries = _read(premises.folders)
    return entries[0].address if entries else beginning.own_address(premises)


def _file(entry: _Entry) -> RecentFile:
    return place_of(entry.address, entry.campaign)


def _read(folders: Folders) -> list[_Entry]:
    try:
        return msgspec.json.decode(folders.recent.read_bytes(), type=list[_Entry])
    except (OSError, msgspec.DecodeError):  # never opened anything yet, or nothing of ours
        return []


def _write(folders: Folders, entries: list[_Entry]) -> None:
    write_whole(folders.recent, msgspec.json.encode(entries))
