"""What the papers page shows of letters: every award with its letter, issued or not yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grants_app.domain.award import AwardState, IssuedPaper
from grants_app.domain.campaign import Campaign
from grants_app.services import awards, letters

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from grants_app.domain.award import LedgerLine
    from grants_app.services.access import Office

LetterState = Literal["missing", "stopped", "issued", "printed", "extended", "cancelled"]

LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "own": (),
    "ky": ("ky",),
    "ru": ("ru",),
    "kk": ("kk",),
    "en": ("en",),
    "ky+ru": ("ky", "ru"),
    "kk+ru": ("kk", "ru"),
    "en+ru": ("en", "ru"),
}
"""The choices of language for letters; `own` is what the person asked for."""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One award and its letter; `paper` is None while none was issued, `lacks` the papers it waits for."""

    number: str
    full_name: str
    application_no: str
    pool: str
    state: LetterState
    paper: IssuedPaper | None = None
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letters:
    """Every letter of the campaign and every award still without one."""

    campaign: Campaign
    rows: tuple[LetterRow, ...]

    @property
    def missing(self) -> int:
        """How many awards have no letter yet and may have one."""
        return sum(row.state == "missing" for row in self.rows)

    @property
    def stopped(self) -> int:
        """How many letters wait for papers."""
        return sum(row.state == "stopped" for row in self.rows)

    @property
    def in_force(self) -> tuple[LetterRow, ...]:
        """The letters one may print."""
        return tuple(row for row in self.rows if row.paper is not None and row.state != "cancelled")

    def programme(self, lang: str, pool_id: str) -> str:
        """A pool's programme in a language."""
        setup = self.campaign.setup
        return setup.programme(setup.pool(pool_id).programme).names.get(lang) if pool_id else ""


def read_letters(office: Office) -> Letters:
    """Letters and the awards they belong to, in the order of their numbers; those without a letter last."""
    papers = letters.issued(office)
    again = letters.to_print_again(office)
    ledger = awards.ledger(office)
    with office.store.reading() as reading:
        known = {award.id: award for award in reading.awards(office.campaign_id)}
        names = {line.award: line.full_name for line in ledger}
        rows = []
        for paper in papers:
            award = known.get(paper.award or 0)
            name = names.get(paper.award) or (
                reading.application(paper.application).entry.person.full_name if paper.application else ""
            )
            rows.append(
                LetterRow(
                    paper.number,
                    name,
                    award.application_no if award else "",
                    award.pool if award else "",
                    _state(paper, again),
                    paper,
                )
            )
    have = {paper.award for paper in papers if paper.state == "issued"}
    stopped = letters.stopped(office)
    rows += [
        _unissued(line, stopped.get(line.application_no, ()))
        for line in ledger
        if line.award is not None
        and line.award not in have
        and line.state in (AwardState.OFFERED, AwardState.CONFIRMED)
    ]
    return Letters(office.campaign(), tuple(rows))


def _unissued(line: LedgerLine, lacks: tuple[str, ...]) -> LetterRow:
    state: LetterState = "stopped" if lacks else "missing"
    return LetterRow("", line.full_name, line.application_no, line.pool, state, lacks=lacks)


def _state(paper: IssuedPaper, again: Collection[int]) -> LetterState:
    if paper.state != "issued":
        return "cancelled"
    if paper.id in again:
        return "extended"
    return "printed" if paper.prints else "issued"
