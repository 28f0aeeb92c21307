"""What the ranking shows, gathered in the background: the run in force, the campaign, a pool's list."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from grants_app.domain.campaign import Campaign
from grants_app.domain.errors import Refused
from grants_app.domain.ruleset import RuleSet
from grants_app.gui.dialogs.paper import Paper
from grants_app.gui.dialogs.ties import TiesShown
from grants_app.gui.pages.explanation_panel import Shown, choice_on_view, compared_with
from grants_app.gui.pages.ranking_pools import PoolLine
from grants_app.gui.pages.ranking_table import RankedRow
from grants_app.services import appeal_sheets, lot_records, pool_lists, runs, standing, ties
from grants_app.services.pool_lists import PoolTable
from grants_app.services.runs import RunView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grants_app.domain.ranking import OpenTie
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import ChipKind
    from grants_app.services.access import Office
    from grants_app.services.naming import Naming
    from grants_app.services.ties import DecidedTie
    from grants_app.wording import Words


@dataclass(frozen=True, slots=True)
class Board:
    """The run in force and what names it."""

    view: RunView
    campaign: Campaign
    rules: RuleSet
    """Those in force today."""
    run_rules: RuleSet
    """Those the run was made by: the lists and the explanations are worded by them."""

    decided_ties: int = 0
    """How many decisions on ties there are, those taken back among them."""

    def tie_in(self, pool: str) -> OpenTie | None:
        """The first open tie of a pool, or of any pool for ""."""
        return next((tie for tie in self.view.result.open_ties if pool in ("", tie.pool)), None)


@dataclass(frozen=True, slots=True)
class PoolRows:
    """A pool's list, ready to show."""

    pool: str
    table: PoolTable
    rows: tuple[RankedRow, ...]

    @property
    def names(self) -> Mapping[str, str]:
        """Full names by application number."""
        return {row.line.application_no: full_name(row) for row in self.rows}


def full_name(row: RankedRow) -> str:
    """Surname, given name and patronymic of a row."""
    line = row.line
    return " ".join(part for part in (line.surname, line.given, line.patronymic) if part)


def read_board(office: Office) -> Board:
    """The run in force; slow enough for the background, as it compares the run with the register."""
    rules = standing.current_rules(office)
    record = runs.run_record(office)
    own = standing.rules_of_run(office, record) if record is not None else rules
    return Board(runs.overview(office), office.campaign(), rules, own, ties.count(office))


def read_ties(office: Office, naming: Naming) -> TiesShown:
    """The ties that wait and those decided; compares the decisions with the register."""
    campaign = office.campaign()
    decided = ties.decided(office)
    settled = {
        (one.decision.pool, frozenset(one.decision.order)) for one in decided if one.state == "in_force"
    }
    waiting = (tie for tie in ties.waiting(office) if (tie.pool, frozenset(tie.applications)) not in settled)
    return TiesShown(
        naming=naming,
        zone=campaign.setup.zone,
        waiting=tuple(waiting),
        decided=decided,
        may_decide="decide_tie" in office.allowed(campaign),
        may_print=office.may("papers"),
    )


def place_of(office: Office, tie: OpenTie) -> int:
    """The place on the pool's list the equals share."""
    told = runs.explain(office, tie.applications[0])
    return next((line.position or 0 for line in told.choices if line.pool == tie.pool), 0)


def appeal_paper(office: Office, words: Speech, number: str) -> Paper:
    """The appeal sheet of somebody in the run on view."""
    return Paper(
        name=f"appeal-{number}",
        title=words("Appeal sheet of {no}", no=number),
        draw=lambda language: appeal_sheets.drawn(office, number, language),
        write=lambda language, path: appeal_sheets.write(office, number, language, path),
        record=lambda: appeal_sheets.record_printed(office, number),
    )


def lot_paper(office: Office, words: Speech, tie: DecidedTie) -> Paper:
    """The record of a lot."""
    known = tie.decision.id
    return Paper(
        name=f"lot-{known}",
        title=words("Draw record: {people}", people=", ".join(tie.decision.order)),
        draw=lambda language: lot_records.drawn(office, known, language),
        write=lambda language, path: lot_records.write(office, known, language, path),
        record=lambda: lot_records.record_printed(office, known),
    )


def read_pool(office: Office, words: Words, pool: str) -> PoolRows:
    """A pool's ranked list ("" for all pools), worded."""
    table = pool_lists.pool_table(office, words, pool)
    rows = tuple(RankedRow(line, cells) for line, cells in zip(table.lines, table.rows, strict=True))
    return PoolRows(pool, table, rows)


def matching(rows: tuple[RankedRow, ...], search: str) -> tuple[RankedRow, ...]:
    """The rows whose number or name holds every word searched for, whatever its case."""
    wanted = search.casefold().split()
    if not wanted:
        return rows
    return tuple(
        row
        for row in rows
        if all(part in f"{row.line.application_no} {full_name(row)}".casefold() for part in wanted)
    )


def read_person(office: Office, board: Board, pool: PoolRows, number: str, name: str) -> Shown:
    """One person's explanation, with the choice of whom they are compared with."""
    told = runs.explain(office, number)
    choice = choice_on_view(told, pool.pool)
    other_no = compared_with(choice)
    other = None
    if other_no and choice is not None:
        try:
            others = runs.explain(office, other_no)
        except Refused:
            other_no = ""
        else:
            other = next((line for line in others.choices if line.pool == choice.pool and line.merit), None)
    names = pool.names
    return Shown(
        told=told,
        name=name,
        pool=pool.pool,
        other_no=other_no,
        other_name=names.get(other_no, ""),
        other=other,
        may_place="place" in office.allowed(board.campaign),
        tie_open=board.view.state == "draft"
        and any(number in tie.applications for tie in board.view.result.open_ties),
    )


def pool_lines(naming: Naming, board: Board) -> tuple[PoolLine, ...]:
    """The pools for the list at the left, all of them together first."""
    words = naming.words
    view = board.view
    number = words.number
    lines = []
    for pool in view.pools:
        note = [words("cutoff {points}", points=number(Decimal(pool.cutoff)))] if pool.cutoff else []
        note.append(words.plural("{n} application", "{n} applications", pool.competing))
        note.append(naming.branch(pool.pool))
        chip = words("{filled} of {seats}", filled=pool.filled, seats=pool.seats)
        kind: ChipKind = "bad" if pool.tie else "ok" if pool.filled == pool.seats else "neutral"
        lines.append(
            PoolLine(
                pool.pool,
                naming.programme(pool.pool),
                " · ".join(note),
                chip,
                kind,
                "tie" if pool.tie else "",
            )
        )
    filled = sum(pool.filled for pool in view.pools)
    seats = sum(pool.seats for pool in view.pools)
    everybody = PoolLine(
        "",
        words("All programmes"),
        words.plural("{n} programme", "{n} programmes", len(view.pools)),
        words("{filled} of {seats}", filled=filled, seats=seats),
        "ok" if filled == seats else "neutral",
    )
    return (everybody, *lines)


def cutoff_words(naming: Naming, board: Board, pool: PoolRows) -> tuple[str, bool]:
    """The sentence across the table at the cutoff, and whether a tie is open there."""
    words = naming.words
    tie = board.tie_in(pool.pool) if pool.pool else None
    if tie is not None:
        return (
            words.plural(
                "last places: {n} seat, {people} tied at every level; the commission decides",
                "last places: {n} seats, {people} tied at every level; the commission decides",
                tie.seats_at_stake,
                people=len(tie.applications),
            ),
            True,
        )
    seen = next((one for one in board.view.pools if one.pool == pool.pool), None)
    if seen is None or not seen.cutoff:
        return words("cutoff"), False
    return words("cutoff: {points}", points=Decimal(seen.cutoff)), False
