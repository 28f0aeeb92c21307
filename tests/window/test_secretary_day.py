"""A secretary's hardest day in the real window, by keys alone: a question, a lot, a seal, refusals, a chain.

Told offscreen in `tests/gui/test_secretary_day.py`; here every step is a press of a key, and what came of it
is read over a connection of its own, from the workbook and from the printed PDF.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from grants_app.domain.journal import Actor
from grants_app.services import awards, chair_sheet, decisions, scenarios, seats, ties, upkeep
from tests.commission import make_equals
from tests.window.desktop import Desktop, until
from tests.window.program import Program, wait_for_file
from tests.window.sample import begin_with_the_sample

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.register import Register

OFFICER = "Осмонова"
COLLEAGUE = Actor(name="Токтогулова А.", branch="KAZNU-BSH", role="secretary")
QUESTION, REASON, REFUSAL = "математика полтора", "решение комиссии", "заявление об отказе"
SEED = "482915"
YEAR = datetime.now(UTC).year
FIRST_DUE, SECOND_DUE = f"20.08.{YEAR + 1}", f"20.09.{YEAR + 1}"


@pytest.mark.parametrize("desktop", ["ru"], indirect=True)
def test_a_question_a_lot_a_seal_and_four_refusals_end_in_a_printed_cascade_by_keys_alone(
    desktop: Desktop, tmp_path: Path
) -> None:
    with Program(desktop, tmp_path / "home", "ru") as program:
        register = begin_with_the_sample(program, OFFICER)
        with register.office() as office:  # at the other desk the results of two people came out alike
            make_equals(replace(office, actor=COLLEAGUE))
        _asks_what_mathematics_would_change(desktop, program, register)
        _decides_the_tie_by_lot(program, register)
        _seals_what_the_sheet_lets_through(program, register)
        refused = _four_refuse(program, register)
        _confirms_the_chain_as_one_act(program, register, refused)
        annex = _saves_the_annex(program)
    _tells_who_went_and_who_came(annex, register, refused)
    with register.office() as office:
        assert upkeep.check(office) == ()
    assert (program.said, program.reports) == ("", [])


def _asks_what_mathematics_would_change(desktop: Desktop, program: Program, register: Register) -> None:
    before = register.run().fingerprint
    program.press("ctrl+3")
    program.quickly("ctrl+Tab", "ctrl+Tab")  # from the lists to the scenarios
    program.quickly("F6", "Tab", "Return", "Return", "Return")  # past the weights there are
    program.enter("матем", "1,5")
    desktop.letter_chord("alt", "a")  # Файл; Ф is on the key of A
    program.rest()
    program.quickly(*["Down"] * 4, "Return")  # the table of gains and losses as a workbook
    program.enter("что если")
    program.press("Return", "Escape")
    told = CalamineWorkbook.from_path(wait_for_file(program, "что если.xlsx")).get_sheet_by_index(0)
    program.press("ctrl+2", "ctrl+3", "Tab")  # the question stands as it was left
    program.enter(QUESTION)
    with register.office() as office:
        (kept,) = until(lambda: scenarios.kept(office), "the scenario was kept")
        held = scenarios.held(office)
        asked = scenarios.opened(held, kept).changed
        changes = scenarios.what_if(held, asked).effect.awards
    weights = {term.criterion: term.weight for term in asked.rules.score.terms}
    assert (kept.name, weights["math"], register.run().fingerprint) == (QUESTION, Decimal("1.5"), before)
    cells = {str(cell) for row in told.to_python() for cell in row}
    assert changes
    assert {change.application for change in changes} <= cells


def _decides_the_tie_by_lot(program: Program, register: Register) -> None:
    program.quickly("ctrl+shift+Tab", "ctrl+shift+Tab", "F5")  # to the lists again
    until(lambda: register.run().no == 2, "a run was proposed")
    program.rest()
    (tie,) = register.run().result.open_ties
    program.quickly("shift+Tab", "Return")  # the next step: to decide the tie
    program.quickly("shift+Tab", "Right", "Tab")  # by lot
    program.enter(SEED, "", "Асанов У. Б., Ким А. В.", "3", "")
    program.press("Return")
    until(lambda: register.run().no == 3, "a run was proposed after the lot")
    program.rest()
    drawn = tuple(one.number for one in decisions.draw_lot(SEED, tie.applications))
    with register.office() as office:
        (decided,) = ties.decided(office)
    result = register.run().result
    awarded = {award.application for award in result.awards}
    assert (decided.decision.kind, decided.decision.order, result.open_ties) == ("lot", drawn, ())
    assert [number for number in drawn if number in awarded] == list(drawn[: tie.seats_at_stake])


def _seals_what_the_sheet_lets_through(program: Program, register: Register) -> None:
    program.quickly("shift+Tab", "shift+Tab", "Return")  # the next step again: the chair's sheet
    with register.office() as office:
        waiting = len(chair_sheet.look(office).waiting)
    program.enter(REASON)
    program.quickly(*["ctrl+Down", "Return"] * (waiting - 1))
    program.enter("3", "", FIRST_DUE, "1800", "3")
    program.press("Return")
    until(lambda: register.run().state == "sealed", "the run was sealed")
    program.rest()
    with register.office() as office:
        totals = awards.totals(office)
    assert (totals.offered, totals.total) == (50, 50)


def _four_refuse(program: Program, register: Register) -> list[str]:
    with register.office() as office:
        refused = [line.application_no for line in awards.ledger(office)][:4]
    program.press("ctrl+4")
    program.quickly("F6", "space", *["Down", "space"] * 3)
    program.quickly("Tab", "Tab", "Return")  # past those who accept
    program.enter("", "", REFUSAL)  # received now
    program.quickly("Tab", "Tab", "Return")  # not one by one: the whole chain
    with register.office() as office:
        assert awards.totals(office).declined == 0  # shown, not done
    return refused


def _confirms_the_chain_as_one_act(program: Program, register: Register, refused: list[str]) -> None:
    program.enter("4", "", SECOND_DUE, "1800", "4")
    program.press("Return")
    until(lambda: register.run().minutes_no == "4", "the chain was confirmed")
    program.rest()
    with register.office() as office:
        totals, ledger, last = awards.totals(office), awards.ledger(office), seats.last_sealed(office)
    assert (totals.declined, totals.adds_up, totals.free) == (4, True, 0)
    assert last is not None
    assert last.minutes_no == "4"
    came = [
        line for line in ledger if line.deadline is not None and f"{line.deadline:%Y-%m}" == f"{YEAR + 1}-09"
    ]
    assert len(came) >= 4
    assert not {line.application_no for line in ledger} & set(refused)


def _saves_the_annex(program: Program) -> Path:
    program.press("Return")  # the link to the annex has the focus
    program.quickly("Tab", "Tab", "Tab")
    program.enter("приложение")
    program.press("Return")
    path = wait_for_file(program, "приложение.pdf")
    program.rest()
    return path


def _tells_who_went_and_who_came(annex: Path, register: Register, refused: list[str]) -> None:
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(annex))
    with register.office() as office:
        came = [line.application_no for line in awards.ledger(office) if line.held_before]
    assert len(came) >= 4
    assert all(number in text for number in (*refused, *came))
