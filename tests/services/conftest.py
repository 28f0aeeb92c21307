"""Offices at the stages of the sample campaign, made once a test run, copied for each test."""

from __future__ import annotations

import io
import shutil
from contextlib import redirect_stdout
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from grants_app.bootstrap import Outside
from grants_app.cli import program
from grants_app.services import demonstration
from grants_app.services.access import Folders
from grants_app.wording import Words
from tests import offices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from grants_app.services.access import Office


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sample campaign at each stage, made once for whoever asks in a session."""
    folder = tmp_path_factory.getbasetemp() / "stages"
    if not folder.exists():
        offices.make_stages(folder)
        (folder / "empty").mkdir()
        offices.new_office(folder / "empty").store.close()
    return folder


@pytest.fixture
def office_at(stages: Path, tmp_path: Path) -> Iterator[Callable[[str], Office]]:
    """Opens an office on a copy of one of the stages."""
    made: list[Office] = []

    def open_at(stage: str) -> Office:
        folder = tmp_path / stage
        folder.mkdir()
        shutil.copy(stages / stage / "grants.sqlite", folder / "grants.sqlite")
        office = offices.opened(folder)
        if stage == "sealed":
            office = replace(office, clock=lambda: demonstration.SAMPLE_DAY)
        made.append(office)
        return office

    yield open_at
    for office in made:
        office.store.close()


@pytest.fixture
def empty(office_at: Callable[[str], Office]) -> Office:
    """An office with the sample's programmes and nobody in it."""
    return office_at("empty")


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `demo`, all the command `demo` made; its JSON and the keys lie beside it."""
    folder = tmp_path_factory.getbasetemp() / "shown"
    if not folder.exists():
        outside = Outside()
        outside.folders = Folders(folder)
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with redirect_stdout(out):
            code = program.run(
                ["demo", str(folder / "demo"), "--json", "--lang", "ru"], outside, outside.report_bug
            )
        out.flush()
        (folder / "made.json").write_bytes(out.buffer.getvalue())
        assert code == 0
    return folder


@pytest.fixture(scope="session")
def words() -> Words:
    """Russian words."""
    return Words("ru")
