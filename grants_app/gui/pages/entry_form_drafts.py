"""Keeps what is typed at most two seconds behind, so that Esc, another line or a power cut loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from grants_app.domain.errors import Refused
from grants_app.services import drafts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grants_app.domain.application import Entry
    from grants_app.gui.page import PageContext

KEEP_MS = 1500
"""After the first key not kept yet; with the write itself this stays under two seconds."""


class DraftKeeper(QObject):
    """Writes the form under its key a moment after a key press; the form says what there is to write."""

    kept = Signal()
    """Something was written or let go."""
    failed = Signal(object)

    def __init__(
        self, context: PageContext, typed: Callable[[], tuple[Entry, Mapping[str, str]]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._typed = typed
        self._key = ""
        self._seen: int | None = None
        self._stored = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep_now)

    @property
    def key(self) -> str:
        """The key of the form on view."""
        return self._key

    @property
    def stored(self) -> bool:
        """Whether something of the form on view is kept."""
        return self._stored

    @property
    def waiting(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._timer.isActive()

    def begin(self, key: str, seen: int | None, *, stored: bool = False) -> None:
        """Another form is on view; `stored` says whether it came out of what was kept."""
        self._timer.stop()
        self._key = key
        self._seen = seen
        self._stored = stored

    @Slot()
    def touch(self) -> None:
        """Something was typed."""
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def keep_now(self) -> None:
        """Write what is typed, now."""
        self._timer.stop()
        entry, texts = self._typed()
        try:
            drafts.keep(self._context.office, self._key, entry, texts, self._seen)
        except Refused as refusal:
            self.failed.emit(refusal)
            return
        self._stored = True
        self.kept.emit()

    def finish(self) -> None:
        """The form was saved or thrown away: what was kept of it goes."""
        self._timer.stop()
        if self._stored:
            drafts.drop(self._context.office, self._key)
            self._stored = False
            self.kept.emit()
