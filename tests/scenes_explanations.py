"""Pictures of explanations and ties: every outcome explained, ties decided, the papers of both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtTest import QTest

from grants_app.domain.ruleset import PoolQuotas, Quota
from grants_app.services import decisions, runs, standing, ties
from tests.commission import make_equals
from tests.makers import PERMIT
from tests.scenes import Scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from grants_app.domain.ranking import ChoiceLine, Explanation
    from grants_app.services.access import Office
    from tests.scenes import Stage


def _everybody(office: Office) -> list[Explanation]:
    with office.store.reading() as reading:
        numbers = [one.no for one in reading.applications(office.campaign_id)]
    return [runs.explain(office, number) for number in numbers]


def _explained(wanted: Callable[[ChoiceLine], bool]) -> Callable[[Stage], None]:
    """The first person with such a choice, explained at that choice's pool."""

    def show(stage: Stage) -> None:
        for told in _everybody(stage.office):
            for choice in told.choices:
                if wanted(choice):
                    stage.page.apply_filter({"pool": choice.pool, "no": told.application})
                    stage.settle()
                    return

    return show


def _board(stage: Stage) -> Any:
    page: Any = stage.page
    return page.run_tab.board


def _drawn(stage: Stage) -> None:
    """Wait until the preview has drawn its page."""
    for _ in range(100):
        QTest.qWait(50)
        if _board(stage).list.preview.drawn_pages:
            return


def _quotas(stage: Stage) -> None:
    """Quotas for three grounds in every pool, a new run, somebody on such a seat."""
    office = stage.office
    rules = standing.current_rules(office)
    if not rules.quotas:
        held = tuple(Quota(ground=ground.code, seats=1) for ground in rules.grounds[:3])
        later = replace(
            rules,
            version=rules.version + 1,
            in_force_from=office.now().date(),
            quotas=(PoolQuotas(pool="*", quotas=held),),
        )
        with office.store.work(PERMIT) as work:
            work.rule_sets.add(office.campaign_id, later)
            work.commit()
    stage.page.run_tab.propose()  # type: ignore[attr-defined]  # the ranking page
    stage.settle()
    _explained(lambda choice: choice.outcome == "refused" and sum(q.held for q in choice.quotas) > 1)(stage)


def _placed(stage: Stage) -> None:
    office = stage.office
    pool = runs.ranked(office)[0]
    with office.store.reading() as reading:
        placed = reading.placements(office.campaign_id)
    if not placed:
        decisions.place(office, pool.rows[-1].application, pool.pool, "решение суда № 12 от 01.08.2026")
    stage.page.run_tab.propose()  # type: ignore[attr-defined]  # the ranking page
    stage.settle()
    _explained(lambda choice: choice.outcome == "placed")(stage)


def _placing(stage: Stage) -> None:
    stage.page.run_tab.propose()  # type: ignore[attr-defined]  # the ranking page
    stage.settle()
    _explained(lambda choice: choice.admitted and choice.outcome != "awarded")(stage)
    panel = stage.page.run_tab.board.explanation  # type: ignore[attr-defined]  # the ranking page
    panel.place_wanted.emit(panel.shown.told.application)
    stage.page.run_tab.board.right.placement_panel.reason.editor.setFocus()  # type: ignore[attr-defined]  # the ranking page
    stage.settle()


def _tied(stage: Stage) -> None:
    if not ties.waiting(stage.office):
        make_equals(stage.office)
        stage.page.run_tab.propose()  # type: ignore[attr-defined]  # the ranking page
        stage.settle()


def _tie_by_lot(stage: Stage) -> None:
    _tied(stage)
    stage.page.run_tab.ask_tie("")  # type: ignore[attr-defined]  # the ranking page
    stage.settle()
    panel = _board(stage).tie_panel
    panel.kind_tabs.choose("lot")
    panel.origin_edit.set_code("published")
    panel.seed_edit.setText("482915")
    panel.note_edit.setText("сайт филиала, 01.06.2026")
    panel.present_edit.setText("Асанов У., Бакытова А.")
    panel.minutes_edit.setText("3")


def _lot_unclear(stage: Stage) -> None:
    _tie_by_lot(stage)
    _board(stage).tie_panel.seed_edit.setText("семь")


def _ties_listed(stage: Stage) -> None:
    """A lot in force, an order taken back, one that waits again."""
    _tied(stage)
    office = stage.office
    day = office.now().date()
    tie = ties.waiting(office)[0]
    if not ties.decided(office):
        decisions.decide_tie(
            office,
            tie.pool,
            tie.applications,
            decisions.TieHow(kind="order", minutes_no="3", on=day),
        )
        ties.revoke(office, ties.decided(office)[0].decision.id, "на заседании не было кворума")
        decisions.decide_tie(
            office,
            tie.pool,
            tie.applications,
            decisions.TieHow(
                kind="lot",
                minutes_no="4",
                on=day,
                seed="482915",
                present="Асанов У., Бакытова А., Сыдыкова Ж.",
            ),
        )
    stage.page.refresh()  # type: ignore[attr-defined]  # every page
    stage.settle()
    _board(stage).show_ties()
    stage.settle()


def _take_back(stage: Stage) -> None:
    _ties_listed(stage)
    panel = _board(stage).right.ties_panel
    panel.take_back_wanted.emit(panel.shown.decided[0])


def _lot_record(stage: Stage) -> None:
    _ties_listed(stage)
    panel = _board(stage).right.ties_panel
    panel.record_wanted.emit(panel.shown.decided[0])
    stage.settle()
    _drawn(stage)


def _appeal_sheet(stage: Stage) -> None:
    _explained(lambda choice: choice.outcome == "refused" and choice.deciding_level not in ("", "score"))(
        stage
    )
    _board(stage).right.show_appeal_sheet(_board(stage).chosen)
    stage.settle()
    _drawn(stage)


SCENES = (
    Scene("explained_awarded", "ranking", _explained(lambda choice: choice.outcome == "awarded")),
    Scene(
        "explained_by_level",
        "ranking",
        _explained(lambda choice: choice.outcome == "refused" and choice.deciding_level not in ("", "score")),
    ),
    Scene("explained_not_admitted", "ranking", _explained(lambda choice: not choice.admitted)),
    Scene("explained_quotas", "ranking", _quotas, stage="imported"),
    Scene("explained_placed", "ranking", _placed, stage="imported"),
    Scene("placing", "ranking", _placing, stage="settled"),
    Scene("lot_hashes", "ranking", _tie_by_lot, stage="settled"),
    Scene("lot_unclear", "ranking", _lot_unclear, stage="settled"),
    Scene("ties_listed", "ranking", _ties_listed, stage="settled"),
    Scene("ties_take_back", "ranking", _take_back, stage="settled"),
    Scene("paper_lot_record", "ranking", _lot_record, stage="settled"),
    Scene("paper_appeal_sheet", "ranking", _appeal_sheet),
)
