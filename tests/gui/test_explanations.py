"""Explanations and ties beside the list: lots with their hashes, decisions taken back, papers in print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from grants_app.domain.ruleset import PoolQuotas, Quota
from grants_app.domain.values import LANGS, Names
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.panels import ItemRow
from grants_app.services import (
    appeal_sheets,
    chair_sheet,
    decisions,
    lot_records,
    pool_lists,
    runs,
    standing,
    ties,
)
from grants_app.wording import Words
from tests.commission import too_wide
from tests.gui import pressing as keys
from tests.gui.desks import desk_window, sample_stages, stage_office  # noqa: F401 - fixtures
from tests.gui.fitting import cut_off, outside
from tests.gui.test_ranking import commission  # noqa: F401 - the fixture
from tests.makers import PERMIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from grants_app.domain.ranking import OpenTie
    from tests.gui.test_ranking import Commission

    Desk = Callable[..., Commission]


def tied(commission: Desk) -> tuple[Commission, OpenTie]:  # noqa: F811 - the fixture
    """The ranking with a tie across a last seat."""
    desk = commission(tied=True)
    desk.propose()
    return desk, ties.waiting(desk.office)[0]


def drawn(desk: Commission, tie: OpenTie, seed: str = "482915") -> None:
    """Decide the tie by lot in the panel."""
    desk.page.run_tab.ask_tie(tie.pool)
    panel = desk.page.run_tab.board.tie_panel
    panel.kind_tabs.choose("lot")
    panel.seed_edit.setText(seed)
    panel.present_edit.setText("Асанов У.")
    panel.minutes_edit.setText("3")
    panel.act_button.click()
    desk.settle()


def listed(desk: Commission) -> list[ItemRow]:
    """The ties in the list of ties."""
    desk.page.run_tab.board.list.ties_button.click()
    desk.settle()
    panel = desk.page.run_tab.board.right.ties_panel
    assert desk.page.run_tab.board.right.currentWidget() is panel
    return [row for row in panel.findChildren(ItemRow) if row.isVisible()]


def press(desk: Commission, name: str) -> None:
    """Press a button of the list of ties."""
    panel = desk.page.run_tab.board.right.ties_panel
    next(one for one in panel.findChildren(KeyButton, name) if one.isVisible()).click()
    desk.settle()


# Lots


def test_a_lot_shows_every_hash_and_the_order_before_it_is_recorded(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk, tie = tied(commission)
    desk.page.run_tab.ask_tie("")
    panel = desk.page.run_tab.board.tie_panel
    panel.kind_tabs.choose("lot")
    assert panel.hashes.drawn == ()
    panel.seed_edit.setText("482915")
    lot = decisions.draw_lot("482915", tie.applications)
    assert panel.hashes.drawn == lot
    desk.settle()
    rows = [row for row in panel.hashes.findChildren(ItemRow) if not row.isHidden()]
    assert [row.text for row in rows] == [f"{place}. {one.number}" for place, one in enumerate(lot, start=1)]
    assert [row.notes[0].replace(" ", "") for row in rows] == [one.sha256 for one in lot]
    assert ties.decided(desk.office) == ()
    panel.kind_tabs.choose("order")
    assert panel.hashes.drawn == ()


def test_a_seed_that_can_be_written_in_two_ways_is_refused_beside_the_field(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk, _ = tied(commission)
    desk.page.run_tab.ask_tie("")
    panel = desk.page.run_tab.board.tie_panel
    panel.kind_tabs.choose("lot")
    for editor, text in (
        (panel.present_edit, "Асанов"),
        (panel.minutes_edit, "3"),
        (panel.seed_edit, "семь"),
    ):
        editor.setText(text)
    assert panel.form.fields["seed"].state == "error"
    assert not panel.act_button.isEnabled()
    panel.seed_edit.setText("7")
    assert panel.form.fields["seed"].state == "plain"
    assert panel.act_button.isEnabled()


def test_a_published_seed_asks_where_it_was_published(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk, _ = tied(commission)
    desk.page.run_tab.ask_tie("")
    panel = desk.page.run_tab.board.tie_panel
    panel.kind_tabs.choose("lot")
    assert not panel.form.fields["seed_note"].isVisible()
    panel.origin_edit.set_code("published")
    panel.origin_edit.chosen.emit("published")
    for editor, text in ((panel.present_edit, "Асанов"), (panel.minutes_edit, "3"), (panel.seed_edit, "7")):
        editor.setText(text)
    assert panel.form.fields["seed_note"].isVisible()
    assert not panel.act_button.isEnabled()
    panel.note_edit.setText("сайт филиала, 01.06.2026")
    panel.act_button.click()
    desk.settle()
    (one,) = ties.decided(desk.office)
    assert (one.decision.seed_from, one.decision.seed_note) == ("published", "сайт филиала, 01.06.2026")


def test_the_tie_says_which_place_is_shared(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk, tie = tied(commission)
    desk.page.run_tab.ask_tie("")
    told = runs.explain(desk.office, tie.applications[0])
    place = next(choice.position for choice in told.choices if choice.pool == tie.pool)
    assert f"Они делят место {place} в списке." in desk.page.run_tab.board.tie_panel.sentence_label.text()


# Decisions


def test_without_ties_there_is_no_button_for_them(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk = commission()
    desk.propose()
    assert not desk.page.run_tab.board.list.ties_button.isVisible()


def test_a_waiting_tie_is_decided_from_the_list_of_ties(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk, tie = tied(commission)
    (row,) = listed(desk)
    assert row.chip == "ждёт"
    assert ", ".join(tie.applications) in row.notes
    press(desk, "decide_button")
    assert desk.page.run_tab.board.right.currentWidget() is desk.page.run_tab.board.tie_panel


def test_a_decision_says_who_when_and_how_and_is_taken_back_with_a_reason(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk, tie = tied(commission)
    drawn(desk, tie)
    assert not ties.waiting(desk.office)
    (row,) = listed(desk)
    said = " ".join(row.notes)
    for part in ("482915", "№ 3", desk.office.actor.name, "Асанов У."):
        assert part in said
    assert row.chip == "действует"
    press(desk, "take_back_button")
    panel = desk.page.run_tab.board.right.reason_panel
    assert not panel.act_button.isEnabled()
    panel.reason_edit.setText("кворума не было")
    panel.act_button.click()
    desk.settle()
    assert [one.pool for one in ties.waiting(desk.office)] == [tie.pool]
    rows = listed(desk)
    assert [row.chip for row in rows] == ["ждёт", "отменено"]
    assert "кворума не было" in " ".join(rows[1].notes)


def test_who_may_not_decide_reads_the_ties_and_changes_none(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk = commission(tied=True, role="officer")
    runs.propose(desk.office.acting_as(replace(desk.office.actor, role="secretary")))
    desk.page.refresh()
    desk.settle()
    assert len(listed(desk)) == 1
    panel = desk.page.run_tab.board.right.ties_panel
    assert [one.objectName() for one in panel.findChildren(KeyButton) if one.isVisible()] == ["back_button"]


def test_escape_leads_back_from_the_ties_to_the_explanation(commission: Desk, qtbot: QtBot) -> None:  # noqa: F811 - the fixture
    desk, _ = tied(commission)
    listed(desk)
    qtbot.keyClick(desk.page.run_tab.board.right.ties_panel, Qt.Key.Key_Escape)
    assert desk.page.run_tab.board.right.currentWidget() is desk.page.run_tab.board.explanation


# Papers


def test_the_appeal_sheet_on_view_is_the_one_that_is_saved(
    commission: Desk,  # noqa: F811 - the fixture
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    desk = commission("sealed")
    award = runs.overview(desk.office).result.awards[3]
    desk.show(award.application, award.pool)
    shown: list[bytes] = []
    panel = desk.page.run_tab.board.right.paper_panel
    panel.drawn.connect(shown.append)
    desk.page.commands()["print_preview"]()
    desk.settle()
    assert desk.page.run_tab.board.list.stack.currentWidget() is desk.page.run_tab.board.list.preview
    assert shown == [appeal_sheets.drawn(desk.office, award.application, Words("ru"))]
    panel.language_edit.set_code("kk")
    panel.language_edit.chosen.emit("kk")
    desk.settle()
    assert shown[-1] == appeal_sheets.drawn(desk.office, award.application, Words("kk"))
    panel.path_edit.setText(str(tmp_path / "sheet"))
    panel.act_button.click()
    desk.settle()
    assert (tmp_path / "sheet.pdf").read_bytes() == shown[-1]
    assert desk.page.strip.kind == "ok"
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert desk.page.run_tab.board.list.stack.currentWidget() is desk.page.run_tab.board.list.table
    assert desk.page.run_tab.board.right.currentWidget() is desk.page.run_tab.board.explanation


def test_the_record_of_a_lot_is_shown_as_it_prints(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk, tie = tied(commission)
    drawn(desk, tie)
    listed(desk)
    shown: list[bytes] = []
    desk.page.run_tab.board.right.paper_panel.drawn.connect(shown.append)
    press(desk, "record_button")
    known = ties.decided(desk.office)[0].decision.id
    assert shown == [lot_records.drawn(desk.office, known, Words("ru"))]


def test_another_pool_takes_the_papers_place(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk = commission("sealed")
    award = runs.overview(desk.office).result.awards[3]
    desk.show(award.application, award.pool)
    desk.page.commands()["print_preview"]()
    desk.settle()
    other = next(pool.pool for pool in runs.overview(desk.office).pools if pool.pool != award.pool)
    desk.page.apply_filter({"pool": other})
    desk.settle()
    assert desk.page.run_tab.board.list.stack.currentWidget() is desk.page.run_tab.board.list.table
    assert desk.page.run_tab.board.right.currentWidget() is desk.page.run_tab.board.explanation


# Explanations


def test_who_was_placed_sees_the_reason_and_no_comparison(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk = commission()
    pool = runs.ranked(desk.office)[0]
    decisions.place(desk.office, pool.rows[-1].application, pool.pool, "решение суда 12")
    desk.propose()
    desk.show(pool.rows[-1].application, pool.pool)
    shown = desk.page.run_tab.board.explanation.shown
    assert shown is not None
    assert (shown.told.outcome, shown.other_no) == ("placed", "")
    assert "Причина: решение суда 12" in [label.text() for label in texts_of(desk)]
    cut = pool_lists.pool_table(desk.office, Words("ru"), pool.pool).cutoff_after
    assert cut is not None
    assert cut < len(pool.rows), "a placement does not move the end of the seats"


def place_button(desk: Commission) -> KeyButton:
    found = desk.page.run_tab.board.explanation.findChildren(KeyButton, "place_button")
    return next(one for one in found if one.isVisible())


def test_somebody_is_placed_by_hand_and_taken_back_from_the_list_by_keys(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk = commission()
    desk.propose()
    pool = runs.ranked(desk.office)[0]
    number = next(
        row.application
        for row in reversed(pool.rows)
        if decisions.placing(desk.office, row.application).chosen == 1
        and row.application not in {award.application for award in runs.overview(desk.office).result.awards}
    )
    desk.show(number, pool.pool)
    place_button(desk).setFocus()
    keys.press(Qt.Key.Key_Return)
    panel = desk.page.run_tab.board.right.placement_panel
    assert desk.page.run_tab.board.right.currentWidget() is panel
    assert panel.pool.value == pool.pool  # the only choice the rules admit
    assert "Решение и причина" in panel.act_button.toolTip()
    keys.press(Qt.Key.Key_Return)
    keys.type_text("Решение суда № 12 от 01.08.2026")
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    given = {award.application: award.seat for award in runs.overview(desk.office).result.awards}
    assert given[number] == "placement"
    assert drafted_placements(desk) == (number,)

    desk.show(number, pool.pool)
    assert place_button(desk).text() == "Отменить размещение…"
    place_button(desk).setFocus()
    keys.press(Qt.Key.Key_Return)
    asked = desk.page.run_tab.board.right.reason_panel
    assert "Решение суда № 12" in asked.sentence_label.text()
    keys.type_text("решение суда отменено")
    asked.act_button.click()
    desk.settle()
    assert number not in {award.application for award in runs.overview(desk.office).result.awards}
    assert drafted_placements(desk) == ()


def drafted_placements(desk: Commission) -> tuple[str, ...]:
    """Whom the chair's sheet names as placed by hand."""
    sheet = chair_sheet.look(desk.office)
    return next((line.applications for line in sheet.lines if line.code == "placements"), ())


def test_only_who_may_decide_it_is_offered_to_place_somebody(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk = commission("sealed", role="auditor")
    pool = runs.ranked(desk.office)[0]
    desk.show(pool.rows[0].application, pool.pool)
    assert not desk.page.run_tab.board.explanation.findChildren(KeyButton, "place_button")


def texts_of(desk: Commission) -> list:
    from PySide6.QtWidgets import QLabel

    return desk.page.run_tab.board.explanation.findChildren(QLabel)


def test_every_quota_tried_says_how_one_fared(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk = commission()
    rules = standing.current_rules(desk.office)
    quota = PoolQuotas(pool="*", quotas=tuple(Quota(ground=one.code, seats=1) for one in rules.grounds[:2]))
    later = replace(rules, version=rules.version + 1, quotas=(quota,))
    with desk.office.store.work(PERMIT) as work:
        work.rule_sets.add(desk.office.campaign_id, later)
        work.commit()
    desk.propose()
    told = next(
        one
        for number in runs.overview(desk.office).result.not_awarded
        for one in [runs.explain(desk.office, number)]
        if one.choices[0].outcome == "refused"
    )
    desk.show(told.application, told.choices[0].pool)
    notes = desk.items()[0].notes
    assert any("занято" in note for note in notes)
    assert any("не рассматривались, такой льготы нет" in note for note in notes)


def test_who_is_not_admitted_sees_the_values_beside_the_reasons(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk = commission("sealed")
    with desk.office.store.reading() as reading:
        people = [runs.explain(desk.office, one.no) for one in reading.applications(desk.office.campaign_id)]
    told, choice = next(
        (one, choice)
        for one in people
        for choice in one.choices
        if any(finding.code == "ort_main_below" for finding in choice.findings)
    )
    desk.show(told.application, choice.pool)
    (finding,) = (one for one in choice.findings if one.code == "ort_main_below")
    assert desk.facts()["Основной тест ОРТ"] == finding.facts["has"]
    assert any(finding.facts["needs"] in note for row in desk.items() for note in row.notes)


def test_the_panel_keeps_the_words_of_the_runs_rules(commission: Desk) -> None:  # noqa: F811 - the fixture
    desk = commission("sealed")
    award = runs.overview(desk.office).result.awards[0]
    rules = standing.current_rules(desk.office)
    renamed = tuple(replace(one, names=Names(ru="Иначе")) for one in rules.measures)
    with desk.office.store.work(PERMIT) as work:
        work.rule_sets.add(desk.office.campaign_id, replace(rules, version=2, measures=renamed))
        work.commit()
    desk.page.refresh()
    desk.settle()
    desk.show(award.application, award.pool)
    assert "Основной тест ОРТ" in desk.facts()
    assert "Иначе" not in desk.facts()


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
@pytest.mark.parametrize("lang", LANGS)
def test_ties_lots_and_papers_fit_in_every_language(
    commission: Desk,  # noqa: F811 - the fixture
    size: tuple[int, int],
    lang: str,
) -> None:
    desk = commission(tied=True)
    desk.window.resize(*size)
    desk.window.words.switch(lang)
    desk.propose()
    tie = ties.waiting(desk.office)[0]
    desk.page.run_tab.ask_tie("")
    panel = desk.page.run_tab.board.tie_panel
    panel.kind_tabs.choose("lot")
    panel.origin_edit.set_code("published")
    panel.note_edit.setText("сайт филиала, 01.06.2026")
    panel.seed_edit.setText("семь")
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    drawn(desk, tie)
    listed(desk)
    assert cut_off(desk.page) + too_wide(desk.page) == []
    assert outside(desk.page) == []
    press(desk, "take_back_button")
    assert cut_off(desk.page) + too_wide(desk.page) == []
    desk.show(tie.applications[0], tie.pool)
    desk.page.commands()["print_preview"]()
    desk.settle()
    assert cut_off(desk.page) + too_wide(desk.page) == []
    assert outside(desk.page) == []
