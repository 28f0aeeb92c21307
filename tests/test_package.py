"""The wheel holds what git holds of the program, and the compiled catalogues; nothing of the user."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Folder in the project -> folder in the wheel.
SHIPPED = {"grants_app/": "grants_app/", "db/": "grants_app/_db/", "resources/": "grants_app/_resources/"}
LANGUAGES = ("ky", "ru", "kk", "en")


def _tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [name for name in done.stdout.decode("utf-8").split("\0") if name and (ROOT / name).exists()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of what git holds and set-up compiled, built beside stray files no release may carry."""
    project = tmp_path_factory.mktemp("project")
    catalogues = [f"resources/i18n/{lang}/LC_MESSAGES/grants_app.mo" for lang in LANGUAGES]
    for name in [*_tracked(), *catalogues]:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    for stray in (
        "db/people.sqlite",
        "resources/people.sqlite-journal",
        "grants_app/__pycache__/x.pyc",
        "build/x",
    ):
        (project / stray).parent.mkdir(parents=True, exist_ok=True)
        (project / stray).write_bytes(b"private")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=project,
        check=True,
        capture_output=True,
    )
    (built,) = (project / "dist").glob("*.whl")
    return built


def test_the_wheel_holds_what_git_holds_and_the_compiled_catalogues(wheel: Path) -> None:
    expected = {f"grants_app/_resources/i18n/{lang}/LC_MESSAGES/grants_app.mo" for lang in LANGUAGES}
    for name in _tracked():
        for folder, inside in SHIPPED.items():
            if name.startswith(folder):
                expected.add(inside + name.removeprefix(folder))
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == expected


def test_the_wheel_carries_every_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        licences = {name.partition("/licenses/")[2] for name in archive.namelist() if "/licenses/" in name}
    fonts = {f"resources/fonts/{path.name}" for path in (ROOT / "resources/fonts").glob("*.txt")}
    assert licences == {"LICENSE", "resources/icons/LICENSE.txt", *fonts}


def test_the_installed_wheel_makes_a_campaign_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    where = subprocess.run(
        [sys.executable, "-c", "from grants_app import paths; print(paths.shipped('db/reference'))"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.strip() == str(place / "grants_app/_db/reference")
    made = subprocess.run(
        [sys.executable, "-m", "grants_app", "init", "--preset", "sample", "--db", "campaign.sqlite"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode, (tmp_path / "campaign.sqlite").exists()) == (0, True), made.stderr
