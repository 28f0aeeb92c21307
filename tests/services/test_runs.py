"""Runs, ties, seals and awards, as the commission does them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from grants_app.domain.errors import Refused
from grants_app.services import (
    awards,
    decisions,
    demonstration,
    intake,
    letters,
    lists,
    pool_lists,
    runs,
    sealing,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.services.access import Office
    from grants_app.wording import Words

DAY = date(2026, 8, 6)


def tied(office: Office) -> str:
    """Make two people equal across the last seat of a pool; answers the pool."""
    view = runs.propose(office).result
    reserve = next(one for one in view.reserve if len(one.applications) > 1)
    last = max((a for a in view.awards if a.pool == reserve.pool), key=lambda a: a.position or 0)
    copy_from = intake.application_by_no(office, last.application)
    first_out = intake.application_by_no(office, reserve.applications[0])
    entry = replace(
        first_out.entry,
        scores=copy_from.entry.scores,
        grounds=copy_from.entry.grounds,
        choices=(reserve.pool,),
    )
    intake.save(
        office, intake.SaveForm(entry=entry, application=first_out.id, seen=first_out.version, submit=False)
    )
    entry = replace(copy_from.entry, choices=(reserve.pool,))
    intake.save(
        office, intake.SaveForm(entry=entry, application=copy_from.id, seen=copy_from.version, submit=False)
    )
    return reserve.pool


def test_a_tie_across_the_last_seat_stops_the_run(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    pool = tied(office)
    proposal = runs.propose(office)
    assert pool in {tie.pool for tie in proposal.result.open_ties}
    with pytest.raises(Refused) as refused:
        sealing.seal(office, proposal.no, "3", DAY)
    assert refused.value.code == "run_has_open_ties"


def test_a_recorded_lot_can_be_redone_by_anyone() -> None:
    first = decisions.lot_order("seed", ["B-0002", "B-0001", "O-0009"])
    assert first == decisions.lot_order("seed", ["O-0009", "B-0001", "B-0002"])
    assert set(first) == {"B-0002", "B-0001", "O-0009"}


def test_the_commissions_order_settles_the_tie(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    tied(office)
    proposal = runs.propose(office)
    how = decisions.TieHow(kind="order", minutes_no="3", on=DAY)
    for tie in proposal.result.open_ties:
        decisions.decide_tie(office, tie.pool, tie.applications, how)
    settled = runs.propose(office)
    assert not {t.pool for t in proposal.result.open_ties} & {t.pool for t in settled.result.open_ties}


def test_a_lot_without_seed_or_witnesses_is_refused(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    with pytest.raises(Refused) as refused:
        decisions.decide_tie(
            office,
            "ENU-OSH/6B06103",
            ["B-0001", "B-0002"],
            decisions.TieHow(kind="lot", minutes_no="3", on=DAY, seed="x"),
        )
    assert refused.value.code == "lot_incomplete"


def test_a_run_from_before_a_score_changed_cannot_be_sealed(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    proposal = runs.propose(office)
    row = runs.ranked(office)[0].rows[0]
    known = intake.application_by_no(office, row.application)
    scores = tuple(
        replace(s, value=s.value - Decimal(1)) if s.criterion == "ort_main" else s for s in known.entry.scores
    )
    intake.save(
        office,
        intake.SaveForm(
            entry=replace(known.entry, scores=scores), application=known.id, seen=known.version, submit=False
        ),
    )
    assert runs.overview(office).outdated
    if not proposal.result.open_ties:
        with pytest.raises(Refused) as refused:
            sealing.seal(office, proposal.no, "3", DAY)
        assert refused.value.code == "run_outdated"


def test_a_sealed_run_is_not_sealed_twice(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    with pytest.raises(Refused) as refused:
        sealing.seal(office, runs.overview(office).no, "4", DAY)
    assert refused.value.code == "run_not_draft"


def test_the_ledger_adds_up_to_the_total(office_at: Callable[[str], Office]) -> None:
    sums = awards.totals(office_at("sealed"))
    assert (sums.total, sums.offered, sums.free) == (50, 50, 0)
    assert sums.adds_up


def test_declining_frees_the_seat_and_the_preview_says_who_comes(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    line = awards.ledger(office)[0]
    steps = awards.preview(office, line.application_no, "decline")
    assert steps[0].kind == "declined"
    assert any(step.kind == "enters" for step in steps)
    assert awards.totals(office).free == 0, "a preview writes nothing"
    awards.record(office, line.application_no, "decline", reason="refusal of 07.08.2026")
    assert (awards.totals(office).free, awards.totals(office).adds_up) == (1, True)


def test_the_next_round_brings_in_exactly_whom_the_preview_named(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    line = awards.ledger(office)[0]
    named = {
        (step.application, step.pool)
        for step in awards.preview(office, line.application_no, "decline")
        if step.kind in ("enters", "moves")
    }
    before = {(one.application_no, one.pool) for one in awards.ledger(office)}
    awards.record(office, line.application_no, "decline")
    awards.offer_next(office, "4", DAY)
    after = {(one.application_no, one.pool) for one in awards.ledger(office)}
    assert after - before == named
    assert awards.totals(office).offered == 50


def test_who_declined_never_comes_back_by_a_later_round(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    number = awards.ledger(office)[0].application_no
    awards.record(office, number, "decline")
    awards.offer_next(office, "4", DAY)
    assert number not in {line.application_no for line in awards.ledger(office)}


def test_a_declined_grants_letter_is_cancelled_not_deleted(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    letters.issue_missing(office)
    line = awards.ledger(office)[0]
    awards.record(office, line.application_no, "decline")
    states = [p.state for p in letters.issued(office) if p.application == line.application]
    assert states == ["cancelled"]


def test_an_offer_cannot_expire_before_its_deadline(office_at: Callable[[str], Office]) -> None:
    office = office_at("sealed")
    with pytest.raises(Refused) as refused:
        awards.record(office, awards.ledger(office)[0].application_no, "expire")
    assert refused.value.code == "not_overdue"


def test_a_placement_survives_every_later_run(office_at: Callable[[str], Office]) -> None:
    office = office_at("settled")
    pool = runs.ranked(office)[0]
    number = pool.rows[-1].application
    decisions.place(office, number, pool.pool, "court decision 12")
    for _ in range(2):
        result = runs.propose(office).result
        assert (number, pool.pool, "placement") in {
            (a.application, a.pool, a.seat) for a in result.awards
        } or (
            number,
            pool.pool,
        ) in {(a.application, a.pool) for a in result.awards}


def test_the_public_list_names_nobody(office_at: Callable[[str], Office], words: Words) -> None:
    office = office_at("sealed")
    public = lists.table(office, words, "public")
    shown = {str(cell) for row in public.rows for cell in row if cell is not None}
    with office.store.reading() as reading:
        people = [a.entry.person for a in reading.applications(office.campaign_id)]
    for person in people:
        assert person.pin not in shown
        assert person.full_name not in shown
    assert {column.key for column in public.columns}.isdisjoint({"name", "pin", "phone", "born", "grounds"})


def test_the_exported_list_equals_the_screens(office_at: Callable[[str], Office], words: Words) -> None:
    office = office_at("sealed")
    exported = [tuple(row[1:]) for row in lists.table(office, words, "shortlist").rows]
    shown = [
        row
        for pool in office.campaign().setup.pools
        for row in pool_lists.pool_table(office, words, pool.id).rows
    ]
    assert exported == shown


def test_ties_across_the_last_seat_are_settled_by_recorded_lots(
    office_at: Callable[[str], Office], words: Words
) -> None:
    office = office_at("settled")
    tied(office)
    said: list[str] = []
    proposal, decided = demonstration.settle_ties(office, words, said.append)
    assert decided > 0
    assert not proposal.result.open_ties
    with office.store.reading() as reading:
        lots = [tie for tie in reading.ties(office.campaign_id) if tie.kind == "lot"]
    assert len({lot.seed for lot in lots}) == len(lots)
    assert all(lot.seed.startswith(demonstration.LOT_SEED) for lot in lots)
    assert all(lot.order == decisions.lot_order(lot.seed, lot.order) for lot in lots)
