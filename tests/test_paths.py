"""Shipped files are found from a checkout; the user's folder is the system's place for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grants_app import paths

if TYPE_CHECKING:
    from pathlib import Path


def test_shipped_files_are_found_in_the_checkout() -> None:
    assert paths.shipped("db/reference").is_dir()
    assert paths.shipped("resources").is_dir()


@pytest.mark.parametrize("place", ["db/reference/none.toml", "tests", "../etc"])
def test_what_is_not_shipped_is_not_found(place: str) -> None:
    with pytest.raises(FileNotFoundError):
        paths.shipped(place)


def test_the_users_folder_is_the_systems_own_and_is_not_made_by_asking(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = paths.user_folder()
    assert folder == tmp_path / "data" / "grants-app"
    assert not folder.exists()
