"""A store on each engine: what is promised of one is promised of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grants_app.store.engine import create_store
from tests.store.store_makers import clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grants_app.store.engine import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new database may be made, on SQLite and on a real PostgreSQL."""
    if request.param == "sqlite":
        return str(tmp_path / "grants.sqlite")
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty database."""
    made = create_store(address, clock)
    yield made
    made.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty database in a file."""
    made = create_store(str(tmp_path / "grants.sqlite"), clock)
    yield made
    made.close()
