"""The program run in this process, on copies of the sample campaign's stages."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from grants_app.bootstrap import Outside
from grants_app.cli import program
from tests.services.conftest import shown, stages  # noqa: F401 - fixtures of these tests too

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.cli.answers import Opener


@dataclass(frozen=True, slots=True)
class Ended:
    """How one command ended: its exit code, what is on standard output, what it said."""

    code: int
    output: str
    said: str

    @property
    def told(self) -> Any:
        """Standard output as JSON; nothing else may be on it."""
        return json.loads(self.output)


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ended]:
    """Runs one command as the program does, with another opener if given."""

    def ran(*arguments: str | Path, opener: Opener | None = None) -> Ended:
        outside = Outside()
        code = program.run([str(one) for one in arguments], opener or outside, outside.report_bug)
        out, err = capsysbinary.readouterr()
        ended = Ended(int(code), out.decode(), err.decode())
        assert "Traceback" not in ended.said
        return ended

    return ran


@pytest.fixture
def database_at(stages: Path, tmp_path: Path) -> Callable[[str], Path]:  # noqa: F811 - the fixture imported
    """A copy of the sample's database at one of its stages."""

    def copied(stage: str) -> Path:
        target = tmp_path / f"{stage}.sqlite"
        shutil.copy(stages / stage / "grants.sqlite", target)
        return target

    return copied
