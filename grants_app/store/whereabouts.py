"""Whether a database may lie where it is wanted: no network share, no synchronised folder; it opens none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from grants_app.domain.errors import Refused

# File systems whose locks or flushes cannot be trusted (architecture.md: two desks mean PostgreSQL).
_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "9p",
        "ceph",
        "glusterfs",
        "fuse.sshfs",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.davfs",
        "fuse.s3fs",
        "fuse.gvfsd-fuse",
        "davfs",
        "lustre",
        "beegfs",
        "gfs2",
        "ocfs2",
        "coda",
    }
)
# Folders that clients of cloud storage keep in step with a server, copying files while they change.
_CLOUD = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "my drive",
    "yandex.disk",
    "yandexdisk",
    "яндекс.диск",
    "icloud drive",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "mega",
    "megasync",
    "pcloud",
    "box sync",
    "cloud mail.ru",
    "облако mail.ru",
)
_REMOTE_DRIVE = 4  # GetDriveTypeW: DRIVE_REMOTE


def demand_safe_place(path: Path, mounts: str | None = None) -> None:
    """Refused (network_folder, cloud_folder) when the file's folder is no place for a database.

    `mounts` is the text of /proc/mounts, read here when not given.
    """
    folder = path.resolve().parent
    for part in folder.parts:
        name = part.casefold()
        if any(name == cloud or name.startswith((cloud + " -", cloud + " (")) for cloud in _CLOUD):
            raise Refused("cloud_folder", folder=str(folder), service=part)
    if _on_network(folder, mounts):
        raise Refused("network_folder", folder=str(folder))


def _on_network(folder: Path, mounts: str | None) -> bool:
    if sys.platform == "win32":
        return _windows_network(folder)
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False  # no such list on this system: nothing is known against the folder
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:  # noqa: PLR2004 - device, mount point, type
            continue
        point = fields[1].replace("\\040", " ")
        inside = str(folder) == point or str(folder).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind in _NETWORK


def _windows_network(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    import ctypes

    windll = getattr(ctypes, "windll", None)
    return windll is not None and windll.kernel32.GetDriveTypeW(folder.anchor) == _REMOTE_DRIVE


def demand_folder(path: Path) -> None:
    """Refused when the folder the file is to lie in does not exist or may not be written."""
    folder = path.resolve().parent
    if not folder.is_dir():
        raise Refused("folder_missing", folder=str(folder))
    if not os.access(folder, os.W_OK):
        raise Refused("cannot_write", file=str(path), why="")
