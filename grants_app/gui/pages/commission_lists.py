"""The lists of the commission's tab: sittings, members, who is at a sitting, its items; columns and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal

from grants_app.gui.table_models import ChipText, Column, LinesModel
from grants_app.gui.widgets.column_fit import FittedTable
from grants_app.services import minutes

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.records import CommissionMember
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.services.commission import Seat, Sitting
    from grants_app.services.resolutions import Item


class CommissionList(FittedTable):
    """A list of the commission whose lines are all at hand; the cursor stays where it was."""

    def __init__(
        self, theme: Theme, columns: list[Column], spare: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, LinesModel(columns), spare, parent)
        self.lines.setParent(self)

    def show_lines(self, lines: tuple[object, ...], row: int) -> None:
        """Show lines with the cursor on one of them; nobody is told, what is looked at stays."""
        with QSignalBlocker(self):
            self.lines.show_all(lines)
            self.choose_row(min(row, len(lines) - 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming to the list is looking at its line."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason and self.current_line() is not None:
            self.line_chosen.emit(self.current_line())

    @property
    def row(self) -> int:
        """The row of the cursor, -1 for none."""
        return self.currentIndex().row()


class AttendanceList(CommissionList):
    """Who is at the sitting: Space, or a press on the first column, ticks."""

    ticked = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks and goes on to the next."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if (seat := self.current_line()) is not None:
                self.ticked.emit(seat)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the first column ticks."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0 and (seat := self.current_line()) is not None:
            self.ticked.emit(seat)


def sitting_columns(words: Speech) -> list[Column]:
    """A sitting: number, date, quorum."""

    def chips(one: Sitting) -> tuple[ChipText, ...]:
        figures = f"{one.quorum.present} / {one.quorum.needed}"
        return (
            ChipText("ok", figures, "check") if one.quorum.reached else ChipText("bad", figures, "cross"),
        )

    return [
        Column(
            key="no",
            title=lambda: words("Minutes No."),
            text=lambda one: one.meeting.minutes_no,
            width=64,
            bold=True,
            stretch=True,
        ),
        Column(
            key="on",
            title=lambda: words("Date"),
            text=lambda one: words.current.date(one.meeting.minutes_on),
            width=90,
        ),
        Column(
            key="quorum",
            title=lambda: words("Quorum"),
            text=lambda one: chips(one)[0].text,
            chips=chips,
            width=84,
        ),
    ]


def member_columns(words: Speech, interested: Callable[[], frozenset[int]]) -> list[Column]:
    """A member: name, and in signs who is chair, who left, whose relative applies; in words on the card."""

    def standing(one: CommissionMember) -> str:
        if not one.active:
            return words("left the commission")
        told = (
            words("chair") if one.chairs else "",
            words("relative is an applicant") if relative(one) else "",
        )
        return ", ".join(part for part in told if part)

    def relative(one: CommissionMember) -> bool:
        return one.active and one.id in interested()

    def sign(one: CommissionMember) -> str:
        if not one.active:
            return "withdrawn"
        return "conflict" if relative(one) else "star" if one.chairs else ""

    return [
        Column(
            key="standing",
            title=lambda: "",
            text=standing,
            icon=sign,
            width=36,
        ),
        Column(key="name", title=lambda: words("Name"), text=lambda one: one.name, width=150, stretch=True),
    ]


def seat_columns(words: Speech) -> list[Column]:
    """A member at a sitting: there or not, name, post, why not."""

    def chips(one: Seat) -> tuple[ChipText, ...]:
        if one.present:
            return (ChipText("ok", words("present"), "check"),)
        return (ChipText("neutral", words("absent"), "minus"),)

    return [
        Column(
            key="present",
            title=lambda: words("Attendance"),
            text=lambda one: chips(one)[0].text,
            chips=chips,
            width=124,
        ),
        Column(
            key="name",
            title=lambda: words("Name"),
            text=lambda one: one.member.name,
            width=190,
            bold=True,
            stretch=True,
        ),
        Column(
            key="post",
            title=lambda: words("Job title"),
            text=lambda one: one.member.post,
            width=170,
            tone="muted",
        ),
        Column(
            key="reason",
            title=lambda: words("Reason for absence"),
            text=lambda one: one.reason,
            width=130,
            tone="muted",
        ),
    ]


def item_columns(words: Speech, setup: Callable[[], CampaignSetup | None]) -> list[Column]:
    """An item: number, matter with what it is about, the figures, the outcome."""

    def title(one: Item) -> str:
        matter = words.code(f"matter_{one.resolution.matter}")
        campaign = setup()
        about = one.resolution.application_no  # its number alone, which fits; the rest stands on the card
        if not about and campaign is not None:
            about = minutes.subject_text(one, campaign, words.current)
        return f"{matter}: {about}" if about else matter

    def figures(one: Item) -> str:
        counts = one.tally.counts
        return f"{counts['for']} : {counts['against']} : {counts['abstained']}"

    def chips(one: Item) -> tuple[ChipText, ...]:
        adopted = one.resolution.outcome == "adopted"
        text = words.code(f"resolution_{one.resolution.outcome}")
        return (ChipText("ok" if adopted else "bad", text, "check" if adopted else "cross"),)

    return [
        Column(
            key="no",
            title=lambda: words("No."),
            text=lambda one: str(one.resolution.item),
            width=42,
            align="right",
        ),
        Column(
            key="matter", title=lambda: words("Item type"), text=title, width=180, bold=True, stretch=True
        ),
        Column(key="votes", title=lambda: words("Votes"), text=figures, width=84, align="center"),
        Column(
            key="outcome",
            title=lambda: words("Outcome"),
            text=lambda one: chips(one)[0].text,
            chips=chips,
            width=140,
        ),
    ]
