"""Pictures of the commission's pages: ranking, ties, sealing, awards, papers, journal, campaign."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtTest import QTest

from grants_app.domain.campaign import CampaignState
from grants_app.services import campaign_acts, letters, runs
from tests.commission import make_equals
from tests.scenes import Scene

if TYPE_CHECKING:
    from tests.scenes import Stage


def _page(stage: Stage) -> Any:
    return stage.page


def _proposed(stage: Stage) -> None:
    _page(stage).run_tab.propose()
    stage.settle()


def _tie_explained(stage: Stage) -> None:
    """A draft with a tie across the last seat, one of the equals explained."""
    page = _page(stage)
    if not runs.overview(stage.office).result.open_ties:
        make_equals(stage.office)
    _proposed(stage)
    tie = runs.overview(stage.office).result.open_ties[0]
    page.apply_filter({"pool": tie.pool, "no": tie.applications[0]})
    stage.settle()


def _tie_deciding(stage: Stage) -> None:
    _tie_explained(stage)
    _page(stage).run_tab.ask_tie("")
    stage.settle()
    panel = _page(stage).run_tab.board.tie_panel
    panel.minutes_edit.setText("3")


def _tie_by_lot(stage: Stage) -> None:
    _tie_explained(stage)
    _page(stage).run_tab.ask_tie("")
    stage.settle()
    panel = _page(stage).run_tab.board.tie_panel
    panel.kind_tabs.choose("lot")
    panel.seed_edit.setText("482915")
    panel.minutes_edit.setText("3")


def _sealed_explained(stage: Stage) -> None:
    page = _page(stage)
    pool = runs.overview(stage.office).pools[0].pool
    page.apply_filter({"pool": pool})
    stage.settle()
    page.run_tab.board.list.table.table.choose_row(8)
    stage.settle()


def _everybody(stage: Stage) -> None:
    page = _page(stage)
    page.apply_filter({"pool": ""})
    stage.settle()
    page.run_tab.board.list.table.table.choose_row(3)
    stage.settle()


def _nobody_found(stage: Stage) -> None:
    _page(stage).search_edit.setText("ыыы")
    QTest.qWait(300)


def _rules(stage: Stage) -> None:
    _page(stage).tabs.choose("rules")


def _letters(stage: Stage) -> None:
    letters.issue_missing(stage.office)
    _page(stage).refresh()
    stage.settle()
    _page(stage).letters_view.table.choose_row(2)
    stage.settle()
    _drawn(stage)


def _drawn(stage: Stage) -> None:
    """Wait until PDFium has drawn what is on view."""
    page = _page(stage)
    preview = page.letters_view.preview if page.stack.currentIndex() == 0 else page.lists_view.preview
    for _ in range(100):
        QTest.qWait(50)
        if preview.drawn_pages:
            break


def _list(stage: Stage) -> None:
    _page(stage).apply_filter({"kind": "shortlist"})
    stage.settle()
    _drawn(stage)


def _event(stage: Stage) -> None:
    page = _page(stage)
    page.table.choose_row(1)
    stage.settle()


def _tab(name: str) -> Any:
    def choose(stage: Stage) -> None:
        _page(stage).tabs.choose(name)
        stage.settle()

    return choose


def _edit_deadline(stage: Stage) -> None:
    _tab("calendar")(stage)
    _page(stage).lists.choose("calendar", 4)
    stage.window.do("edit")


def _sheet(stage: Stage) -> None:
    """A fresh draft's sheet with two reasons given, a third half typed."""
    if runs.overview(stage.office).state != "draft":
        _proposed(stage)
    page = _page(stage)
    page.run_tab.open_sheet()
    stage.settle()
    for text in ("сверено со списком центра тестирования", "справка сдаётся до ответа"):
        row = next((one for one in page.run_tab.sheet.body.rows if one.reason_edit is not None), None)
        if (
            row is None
            or sum(1 for one in page.run_tab.sheet.body.rows if one.line.standing == "accepted") > 1
        ):
            break
        row.reason_edit.setText(text)
        row.accept_button.click()
        stage.settle()


def _sheet_blocked(stage: Stage) -> None:
    """Equals across a last seat forbid the seal."""
    _tie_explained(stage)
    _page(stage).run_tab.open_sheet()
    stage.settle()


def _sheet_ready(stage: Stage) -> None:
    """Every reason given, the minutes typed."""
    _sheet(stage)
    page = _page(stage)
    for _ in range(8):
        row = next((one for one in page.run_tab.sheet.body.rows if one.reason_edit is not None), None)
        if row is None:
            break
        row.reason_edit.setText("решение комиссии")
        row.accept_button.click()
        stage.settle()
    page.run_tab.sheet.seal_bar.minutes_edit.setText("3")
    page.run_tab.sheet.seal_bar.again_edit.setText("3")


def _sheet_paper(stage: Stage) -> None:
    """The page that prints."""
    _page(stage).run_tab.open_sheet()
    stage.settle()
    _page(stage).run_tab.sheet.show_paper()
    stage.settle()
    for _ in range(100):
        QTest.qWait(50)
        if _page(stage).run_tab.sheet.paper.preview.drawn_pages:
            break


def _acts(stage: Stage) -> None:
    """Frozen and published, what may follow beside."""
    chair = stage.office.acting_as(replace(stage.office.actor, role="chair"))
    if stage.office.campaign().state is CampaignState.OPEN:
        campaign_acts.freeze(chair, "приём окончен")
        campaign_acts.publish(chair, "publish_preliminary", "4", stage.office.now().date())
    _page(stage).refresh()
    stage.settle()


def _act(stage: Stage) -> None:
    """The final list about to be published."""
    _acts(stage)
    _page(stage).right.card.act_wanted.emit("publish_final")
    stage.settle()


SCENES = (
    Scene("ranking_empty", "ranking", stage="imported"),
    Scene("sheet_reasons", "ranking", _sheet, stage="settled"),
    Scene("sheet_ready", "ranking", _sheet_ready, stage="settled"),
    Scene("sheet_paper", "ranking", _sheet_paper),
    Scene("ranking_tie", "ranking", _tie_explained, stage="settled"),
    Scene("sheet_blocked", "ranking", _sheet_blocked, stage="settled"),
    Scene("ranking_tie_order", "ranking", _tie_deciding, stage="settled"),
    Scene("ranking_tie_lot", "ranking", _tie_by_lot, stage="settled"),
    Scene("ranking_sealed", "ranking", _sealed_explained),
    Scene("ranking_everybody", "ranking", _everybody),
    Scene("ranking_nobody", "ranking", _nobody_found),
    Scene("ranking_rules", "ranking", _rules),
    Scene("papers_empty", "papers", stage="imported"),
    Scene("papers_letters", "papers", _letters),
    Scene("papers_list", "papers", _list),
    Scene("journal", "journal", _event),
    Scene("campaign_seats", "campaign", _tab("seats")),
    Scene("campaign_calendar", "campaign", _edit_deadline),
    Scene("campaign_signatories", "campaign", _tab("signatories")),
    Scene("campaign_papers", "campaign", _tab("papers")),
    Scene("campaign_rules", "campaign", _tab("rules")),
    Scene("campaign_acts", "campaign", _acts),
    Scene("campaign_act", "campaign", _act),
)
