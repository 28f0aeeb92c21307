"""Acts on the whole office from the menu: a backup, the check; it knows no page."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from grants_app.services import upkeep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.domain.values import Finding
    from grants_app.gui.main_window import MainWindow


class OfficeActs(QObject):
    """Asks, runs in the background, and says in the strip what came of it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._words = window.words
        self._path = Path()

    def back_up(self) -> None:
        """Ask where to, then copy the database there and read the copy back."""
        office = self._context.office
        name = f"grants-{office.now():%Y-%m-%d-%H%M}.sqlite"
        with suppress(OSError):  # the dialog begins in the folder of copies before the first of them is there
            office.folders.backups.mkdir(parents=True, exist_ok=True)
        file, _filter = QFileDialog.getSaveFileName(
            self._window, self._words("Back up now…"), str(office.folders.backups / name), "*.sqlite"
        )
        if file:
            self.back_up_to(Path(file))

    def back_up_to(self, path: Path) -> None:
        """Copy the database to this file and read the copy back."""
        office = self._context.office
        self._path = path
        self._context.tasks.run(
            lambda _task: upkeep.backup(office, path),
            done=self._on_backed_up,
            failed=self._on_failed,
            title=self._words("Backing up…"),
        )

    def check(self) -> None:
        """Check the database, the journal's chain and the ledger."""
        office = self._context.office
        self._context.tasks.run(
            lambda _task: upkeep.check(office),
            done=self._on_checked,
            failed=self._on_failed,
            title=self._words("Checking the database and the journal…"),
        )

    @Slot(object)
    def _on_backed_up(self, _facts: object) -> None:
        self._context.desk.tell(None)
        sentence = self._words("The backup was made and verified: {path}", path=str(self._path))
        self._context.show_message("ok", sentence)

    @Slot(object)
    def _on_checked(self, findings: Sequence[Finding]) -> None:
        if not findings:
            self._context.show_message(
                "ok", self._words("The database, journal and seat ledger are consistent.")
            )
            return
        told = " ".join(self._words.code(finding.code, **finding.facts) for finding in findings[:3])
        self._context.show_message("bad", told)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._context.tell_failure(error)
