"""Shipped files are found from a checkout; the user's folder is the system's place for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grants_app import paths


def test_shipped_files_are_found_in_the_checkout() -> None:
    assert paths.shipped("db/reference").is_dir()
    assert paths.shipped("resources").is_dir()


@pytest.mark.parametrize("place", ["db/reference/none.toml", "tests", "../etc"])
def test_what_is_not_shipped_is_not_found(place: str) -> None:
    with pytest.raises(FileNotFoundError):
        paths.shipped(place)


def test_the_users_folder_is_the_systems_own_and_is_not_made_by_asking() -> None:
    folder = paths.user_folder()
    assert folder == Path(os.environ["XDG_DATA_HOME"]) / "grants-app"
    assert not folder.exists()
