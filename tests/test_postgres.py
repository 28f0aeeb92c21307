"""The tests' own PostgreSQL: a real server, a fresh database each, and nothing left behind."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import psycopg

from tests import postgres


def test_every_test_gets_an_empty_database_of_a_real_server(postgres_database: str) -> None:
    with psycopg.connect(postgres_database) as connection:
        (version,) = connection.execute("SHOW server_version_num").fetchone() or ("0",)
        (tables,) = connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchone() or (None,)
    assert int(version) >= 160000
    assert tables == 0


def test_a_database_is_gone_after_its_test_though_somebody_is_still_connected(postgres_url: str) -> None:
    with postgres.database(postgres_url) as url:
        connection = psycopg.connect(url)
    connection.close()
    name = url.rpartition("?")[0].rpartition("/")[2]
    with psycopg.connect(postgres_url) as other:
        found = other.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name]).fetchone()
    assert found == (0,)


def test_what_a_killed_test_process_left_is_removed() -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    folder = Path(tempfile.gettempdir()) / f"grants-pg-{gone.pid}-left"
    folder.mkdir()
    (folder / "PG_VERSION").write_text("18", encoding="utf-8")
    postgres.end_leftovers()
    assert not folder.exists()
