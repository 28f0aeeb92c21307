"""The screen a window is tried on, under the keyboard layout a test asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.window.desktop import Desktop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def desktop(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desktop]:
    """A virtual screen under the layout the test is asked for."""
    folder = tmp_path / "screen"
    folder.mkdir()
    with Desktop(folder) as made:
        made.choose_layout(request.param)
        yield made
