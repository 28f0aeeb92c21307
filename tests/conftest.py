"""What every test stands on: no display, no file of the user, real databases, a tenth of the hard figures."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _apart_from_the_user() -> None:
    """Point everything that depends on the user or the screen to fresh folders, before Qt is imported."""
    home = Path(tempfile.mkdtemp(prefix="grants-home-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    os.environ |= {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LOCALAPPDATA": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_STATE_HOME": str(home / "state"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    for name in ("GRANTS_APP_DB", "DISPLAY", "WAYLAND_DISPLAY", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        os.environ.pop(name, None)
    os.environ["LANG"] = "C.UTF-8"


_apart_from_the_user()

_PROVE = bool(os.environ.get("GRANTS_PROVE"))
# No deadline: how long an example takes is the machine's business, not the promise's.
settings.register_profile(
    "ours",
    deadline=None,
    max_examples=1000 if _PROVE else 100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ours")


@pytest.fixture(autouse=True)
def _own_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every test is on a machine of its own, which has seen no copy of a database before."""
    data = str(tmp_path_factory.mktemp("data"))
    monkeypatch.setenv("XDG_DATA_HOME", data)
    monkeypatch.setenv("LOCALAPPDATA", data)


@pytest.fixture(scope="session")
def figure() -> Callable[[int], int]:
    """Answers how many times a hard rig runs: the full figure in `make prove`, a tenth of it otherwise."""
    return lambda full: full if _PROVE else max(1, full // 10)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a real PostgreSQL server that lives as long as this test process."""
    with postgres.server() as url:
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of a new empty PostgreSQL database."""
    with postgres.database(postgres_url) as url:
        yield url
