"""A store on each engine: what is promised of one is promised of both."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from grants_app.store.engine import create_store, open_store
from tests import postgres
from tests.store.store_makers import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from grants_app.store.engine import Store

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new database may be made, on SQLite and on a real PostgreSQL."""
    if request.param == "sqlite":
        return str(tmp_path / "grants.sqlite")
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database in a file, made once a session and copied for each test."""
    file = tmp_path_factory.mktemp("empty") / "grants.sqlite"
    create_store(str(file), clock).close()
    return file


@pytest.fixture(scope="session")
def empty_on_server(postgres_url: str) -> Iterator[str]:
    """The name of an empty database of ours on the server, made once a session and copied for each test."""
    with postgres.database(postgres_url) as url:
        create_store(url, clock).close()
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture(scope="session")
def empty_copy(request: pytest.FixtureRequest) -> Callable[[contextlib.ExitStack, str, Path], Store]:
    """Opens a copy of the empty database on the engine asked for, in the folder given if it is a file."""

    def copied(stack: contextlib.ExitStack, engine: str, folder: Path) -> Store:
        if engine == "sqlite":
            address = str(shutil.copy(request.getfixturevalue("empty_file"), folder / "grants.sqlite"))
        else:
            server = request.getfixturevalue("postgres_url")
            template = request.getfixturevalue("empty_on_server")
            address = stack.enter_context(postgres.database(server, template))
        store = open_store(address, clock)
        stack.callback(store.close)
        return store

    return copied


@pytest.fixture(params=ENGINES)
def store(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    empty_copy: Callable[[contextlib.ExitStack, str, Path], Store],
) -> Iterator[Store]:
    """An empty database on each engine."""
    with contextlib.ExitStack() as stack:
        yield empty_copy(stack, request.param, tmp_path)


@pytest.fixture
def sqlite_store(
    tmp_path: Path, empty_copy: Callable[[contextlib.ExitStack, str, Path], Store]
) -> Iterator[Store]:
    """An empty database in a file."""
    with contextlib.ExitStack() as stack:
        yield empty_copy(stack, "sqlite", tmp_path)


@pytest.fixture
def postgres_store(
    tmp_path: Path, empty_copy: Callable[[contextlib.ExitStack, str, Path], Store]
) -> Iterator[Store]:
    """An empty database on the server."""
    with contextlib.ExitStack() as stack:
        yield empty_copy(stack, "postgresql", tmp_path)
