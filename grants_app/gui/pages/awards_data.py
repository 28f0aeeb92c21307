"""What the awards page shows, gathered in the background: ledger, sum, reserve, the sealed run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grants_app.domain import papers
from grants_app.domain.award import AwardState, LedgerLine
from grants_app.domain.campaign import Campaign
from grants_app.domain.runs import RunRecord
from grants_app.domain.values import Finding
from grants_app.gui.pages.awards_seats import SeatCell, SeatRow
from grants_app.services import awards, clock, holders, lists, seats
from grants_app.services.awards import Totals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind
    from grants_app.services.access import Office
    from grants_app.wording import Words

Standing = Literal["free", "returned", "offered", "overdue", "confirmed"]

KINDS: Mapping[Standing, tuple[ChipKind, str]] = {
    "free": ("neutral", ""),
    "returned": ("bad", "undo"),
    "offered": ("info", "hourglass"),
    "overdue": ("warn", "clock"),
    "confirmed": ("ok", "check"),
}
"""The chip of each way a seat may stand."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One seat: its line, its cells as they are exported, and how it stands now."""

    line: LedgerLine
    cells: tuple[papers.Cell, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything the page shows at once."""

    campaign: Campaign
    totals: Totals
    columns: tuple[papers.Column, ...]
    rows: tuple[LedgerRow, ...]
    reserve: Mapping[str, int]
    sealed: RunRecord | None
    unfit: tuple[Finding, ...] = ()
    clock_behind: bool = False
    allowed: frozenset[str] = frozenset()
    """The acts the officer at the desk may do now."""

    def programme(self, words: Speech, pool_id: str) -> str:
        """A pool's programme in the language in force."""
        setup = self.campaign.setup
        return setup.programme(setup.pool(pool_id).programme).names.get(words.lang)

    def branch(self, words: Speech, pool_id: str) -> str:
        """The short name of a pool's branch."""
        setup = self.campaign.setup
        return setup.branch(setup.pool(pool_id).branch).short.get(words.lang)

    def kind_of_seat(self, row: LedgerRow) -> str:
        """What a seat is held as, as the ledger's own column says it; a ground by its name."""
        place = next(place for place, column in enumerate(self.columns) if column.key == "label")
        return str(row.cells[place])


def standing_of(line: LedgerLine, now: datetime) -> Standing:
    """How a seat stands: free, given back and free, waiting, waiting too long, confirmed."""
    if line.state is AwardState.CONFIRMED:
        return "confirmed"
    if line.state is AwardState.OFFERED:
        return "overdue" if line.overdue(now) else "offered"
    return "returned" if line.held_before else "free"


def read_ledger(office: Office, words: Words) -> Ledger:
    """The ledger as it stands, worded."""
    lines = awards.ledger(office)
    table = lists.table(office, words, "ledger")
    now = office.clock()
    rows = tuple(
        LedgerRow(line, tuple(cells), standing_of(line, now))
        for line, cells in zip(lines, table.rows, strict=True)
    )
    sealed = seats.last_sealed(office)
    campaign = office.campaign()
    return Ledger(
        campaign,
        awards.totals(office),
        table.columns,
        rows,
        seats.reserve_counts(office),
        sealed,
        holders.unfit(office),
        clock.behind(office) is not None,
        office.allowed(campaign),
    )


def seat_rows(words: Speech, ledger: Ledger) -> tuple[SeatRow, ...]:
    """The pools' seats as squares."""
    by_pool: dict[str, list[LedgerRow]] = {pool.id: [] for pool in ledger.campaign.setup.pools}
    for row in ledger.rows:
        by_pool.setdefault(row.line.pool, []).append(row)
    return tuple(
        SeatRow(
            pool=pool,
            name=ledger.programme(words, pool),
            branch=ledger.branch(words, pool),
            cells=tuple(_cell(words, row) for row in rows),
            confirmed=sum(row.standing == "confirmed" for row in rows),
            reserve=ledger.reserve.get(pool, 0),
        )
        for pool, rows in by_pool.items()
    )


def _cell(words: Speech, row: LedgerRow) -> SeatCell:
    kind = None if row.standing == "free" else KINDS[row.standing][0]
    state = words.code(f"seat_{row.standing}")
    who = f"{row.line.application_no} {row.line.full_name}".strip()
    return SeatCell(row.line.seat, kind, f"{row.line.seat}. {state}" + (f"\n{who}" if who else ""))


def sum_text(totals: Totals) -> str:
    """The ledger's sum as a line of figures: every seat counted once = the total."""
    counted = totals.offered + totals.confirmed + totals.free + totals.unassigned
    return f"{counted} = {totals.total}"


def total_chips(words: Speech, totals: Totals) -> list[tuple[ChipKind, str, str]]:
    """The figures no filter shows, as chips; what is nought is left out."""
    chips: Sequence[tuple[ChipKind, int, str, str]] = (
        ("bad", totals.declined, words("declined {n}", n=totals.declined), ""),
        ("neutral", totals.expired, words("expired {n}", n=totals.expired), ""),
        (
            "warn",
            totals.unassigned,
            words("not assigned to a programme: {n}", n=totals.unassigned),
            "warning",
        ),
    )
    return [(kind, text, icon) for kind, number, text, icon in chips if number]


def filter_counts(totals: Totals) -> dict[str, int]:
    """How many seats each filter shows."""
    return {
        "all": totals.total - totals.unassigned,
        "offered": totals.offered,
        "overdue": totals.overdue,
        "confirmed": totals.confirmed,
        "free": totals.free,
    }
