"""Notices that a day turned, a date passed or the computer slept, and says that something is stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from grants_app.wording import local_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

TICK_MS = 15_000
_SLEPT_SECONDS = 180
"""A gap between two looks longer than this is a computer that slept, or whose clock was put forward."""


class ClockWatch(QObject):
    """Looks at the clock a few times a minute; `passed` says that what depends on it must be read again."""

    passed = Signal()

    def __init__(self, clock: Callable[[], datetime | None], parent: QObject) -> None:
        """`clock` answers the present moment, or None while no office is open."""
        super().__init__(parent)
        self._clock = clock
        self._zone = ""
        self._looked: datetime | None = None
        self._day: date | None = None
        self._until: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def wait_for(self, moment: datetime | None, zone: str) -> None:
        """The next date after which something stands differently, and the office's zone ("" with no office).

        Both are told from outside: the watch itself never asks the database, which may be away.
        """
        self._until = moment
        if zone != self._zone:
            self._zone, self._day = zone, None

    def stop(self) -> None:
        """The window goes."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Look once: a new day, a date passed, a long gap."""
        now = self._clock()
        if now is None or not self._zone:
            self._looked = self._day = self._until = None
            return
        day, looked = local_day(now, self._zone), self._looked
        turned = self._day is not None and day != self._day
        slept = looked is not None and abs((now - looked).total_seconds()) > _SLEPT_SECONDS
        due = self._until is not None and now >= self._until
        self._looked, self._day = now, day
        if due:
            self._until = None
        if turned or slept or due:
            self.passed.emit()
