"""An hour typed with figures, beside a date; the two make a moment on the campaign's clock."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from grants_app.gui.widgets.editors import DateEdit, TextEdit
from grants_app.wording import local, local_day

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from grants_app.gui.theme import Theme

_HOUR_AND_MINUTE = 4


def read_time(text: str) -> dt.time | None:
    """The hour somebody meant by `14:00`, `14.00`, `1400`, `930` or `9`; else None."""
    parts = [part for part in re.split(r"\D+", text.strip()) if part]
    if len(parts) == 1 and len(parts[0]) in (_HOUR_AND_MINUTE - 1, _HOUR_AND_MINUTE):
        parts = [parts[0][:-2], parts[0][-2:]]
    if not 0 < len(parts) <= 2:  # noqa: PLR2004 - hour and minute
        return None
    try:
        return dt.time(int(parts[0]), int(parts[1]) if len(parts) > 1 else 0)
    except ValueError:
        return None


class TimeEdit(TextEdit):
    """Hour and minute; leaving it writes them as HH:MM, what is no hour stays as typed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setMaxLength(5)
        self.editingFinished.connect(self._on_editing_finished)

    @property
    def time(self) -> dt.time | None:
        """The hour typed, or None while it is none."""
        return read_time(self.text())

    def set_time(self, time: dt.time | None) -> None:
        """Show an hour, or nothing."""
        self.setText(f"{time:%H:%M}" if time else "")

    def _on_editing_finished(self) -> None:
        if self.time is not None:
            self.set_time(self.time)


def moment_typed(date_edit: DateEdit, time_edit: TimeEdit, zone: dt.tzinfo) -> dt.datetime | None:
    """The moment a date and an hour make on the clock of this zone, or None while one of them is missing."""
    day, hour = date_edit.date, time_edit.time
    return dt.datetime.combine(day, hour, tzinfo=zone) if day is not None and hour is not None else None


def show_moment(
    date_edit: DateEdit, time_edit: TimeEdit, moment: dt.datetime | None, zone: dt.tzinfo | None
) -> None:
    """Show a moment as date and hour on the clock of this zone, or nothing."""
    there = local(moment, zone or dt.UTC) if moment is not None else None
    date_edit.set_date(local_day(there, there.tzinfo or dt.UTC) if there else None)
    time_edit.set_time(there.time() if there else None)
