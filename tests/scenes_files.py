"""Pictures of files: those opened before, a backup about to be restored, what an older state says."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from grants_app.services import upkeep
from grants_app.services.office.memory import Memory
from grants_app.services.start import recent
from tests.scenes import Scene

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scenes import Stage


def sheet_of(stage: Stage) -> Any:
    """The sheet of the first start."""
    return stage.page.sheet


def start_recent(stage: Stage) -> None:
    """Three files opened before, one of them gone."""
    folders = stage.window.parts.desk.premises.folders
    folders.data.mkdir(exist_ok=True, parents=True)
    for name in ("grants-2024.sqlite", "gone.sqlite", "grants.sqlite"):
        path = folders.data / name
        if name != "gone.sqlite" and not path.exists():
            shutil.copy(stage.office.store.address, path)
        recent.opened(folders, replace(stage.office, store=Named(stage.office.store, path)))
    sheet = sheet_of(stage)
    sheet.choose_way("new")
    sheet.choose_way("open")
    sheet.recent_list.setFocus()
    sheet.recent_list.setCurrentRow(0)


class Named:
    """A store under the name of another file."""

    def __init__(self, store: Any, path: Path) -> None:
        self._store = store
        self.address = str(path)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def start_backup(stage: Stage) -> None:
    """A backup chosen: what it is, and the new file it would become."""
    folders = stage.window.parts.desk.premises.folders
    backup = folders.data / "grants-2026-08-06-0930.sqlite"
    backup.unlink(missing_ok=True)
    upkeep.backup(stage.office, backup)
    with stage.office.store.reading() as reading:
        state = reading.state()
    last = {series: number + 12 for series, number in state.series.items()}
    Memory(folders).saw(replace(state, journal=state.journal + 57, series=last))
    sheet = sheet_of(stage)
    sheet.name_edit.setText("Токтогулова А.")
    sheet.open_file(str(backup))
    stage.settle()


def start_restore(stage: Stage) -> None:
    """The restore confirmed in words."""
    start_backup(stage)
    sheet_of(stage).begin()


def start_over(stage: Stage) -> None:
    """Another file is about to be opened; what is open stays open."""
    stage.window.stack.show_start({"way": "open"})


def today_second_missing(stage: Stage) -> None:
    """The stick with the second copies is not plugged in."""
    stick = stage.office.folders.data / "usb-stick"
    stick.mkdir(exist_ok=True)
    upkeep.set_second_folder(stage.office, stick)
    shutil.rmtree(stick)
    stage.window.parts.desk.tell(None)


SCENES = (
    Scene("files_recent", "start", start_recent, without_office=True),
    Scene("files_backup", "start", start_backup, without_office=True),
    Scene("files_restore", "start", start_restore, without_office=True),
    Scene("files_start_over", "today", start_over),
    Scene("files_second_missing", "today", today_second_missing),
)
